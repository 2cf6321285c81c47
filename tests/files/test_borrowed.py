"""A toolkit has from the library what it takes and what its pieces name; what stands in it wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.checks import load_and_check
from groundrules.files.library import library_version, offered
from groundrules.files.load.folders import load
from groundrules.model.pieces import Toolkit
from groundrules.model.runs import runs
from groundrules.writers import html
from support import our_toolkit
from support.small import CLAUSE, TEMPLATE, SmallToolkit


def taking(folder: Path, **takes: list[str]) -> Toolkit:
    """The toolkit in ``folder``, which takes these from the library; nothing is wrong with it."""
    lines = [f'library: "{library_version()}"', *(["takes:"] if takes else [])]
    for kind, names in takes.items():
        lines += [f"  {kind}:", *(f"    - {name}" for name in names)]
    (folder / "agreements").mkdir(exist_ok=True)
    (folder / "agreements/toolkit.yml").write_text("\n".join(lines) + "\n", "utf-8")
    toolkit, found = load_and_check(folder)
    assert found == []
    return toolkit


@pytest.mark.parametrize("name", offered("templates"))
def test_a_template_comes_with_all_that_it_names(tmp_path, name):
    toolkit = taking(tmp_path, templates=[name])
    assert {one.id for one in toolkit.templates[name].front.clauses} <= set(toolkit.clauses)
    assert set(toolkit.clauses) < set(our_toolkit().clauses)
    assert {one.front.group for one in toolkit.clauses.values()} == {one.title for one in toolkit.groups}


def test_everything_can_be_taken(tmp_path):
    kinds = ("clauses", "templates", "examples", "checklists", "letters", "records", "pages", "data")
    toolkit = taking(tmp_path, **{kind: [*offered(kind)] for kind in kinds})
    assert len(toolkit.clauses) == len(our_toolkit().clauses)
    assert [one.title for one in toolkit.groups] == [one.title for one in our_toolkit().groups]


def test_nothing_is_taken_that_nobody_asked_for(tmp_path):
    assert [one.id for one in taking(tmp_path, clauses=["insurance"]).pieces] == ["insurance"]


def test_the_file_of_the_same_name_wins(small: SmallToolkit):
    small.write("agreements/clauses/insurance.md", CLAUSE.replace("title: Publicity", "title: Our own insurance"))
    toolkit = taking(small.root, clauses=["insurance", "exit"])
    assert toolkit.clauses["insurance"].front.title.startswith("Our own insurance")
    assert toolkit.borrowed & {"agreements/clauses/insurance.md", "agreements/clauses/exit.md"} == {
        "agreements/clauses/exit.md"
    }


def test_a_template_of_ones_own_may_name_clauses_of_the_library(small: SmallToolkit):
    street = TEMPLATE.replace("  - id: publicity\n", "  - id: exit\n    wording: planned-ending\n  - id: publicity\n")
    small.write("agreements/templates/street.md", street)
    assert {"exit", "publicity"} <= set(taking(small.root).clauses)


def test_what_comes_from_the_library_leads_to_no_page_that_is_not_here(tmp_path):
    toolkit = taking(tmp_path, clauses=["insurance"], pages=["guidance/signing", "your-agreement"])
    assert [link for run in runs(toolkit.clauses["insurance"]) for link in run.links] == []
    assert "see legal status." in html.words(toolkit.clauses["insurance"].watch)
    pages = {page.file: page.text for page in toolkit.guidance}
    assert "[Open your agreement](../your-agreement.md)" in pages["docs/guidance/signing.md"]
    assert "see keeping it alive." in pages["docs/guidance/signing.md"]


def test_without_a_list_nothing_comes_from_the_library(small: SmallToolkit):
    assert load(small.root).toolkit.borrowed == frozenset()


def test_a_translation_comes_with_its_original_and_with_its_clauses_in_both_languages(tmp_path):
    toolkit = taking(tmp_path, templates=["one-page-teams.cy"])
    assert {"one-page-teams", "one-page-teams.cy"} == set(toolkit.templates)
    assert {"insurance", "insurance.cy"} <= set(toolkit.clauses)
