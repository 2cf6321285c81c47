"""A kind of download is one module: all else that names it, from the command to the buttons, reads its declaration."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules import writers as room
from groundrules.agreement.document.links import Links
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.site.browser_data import template_data
from groundrules.site.downloads import Downloads
from groundrules.site.library import Library
from groundrules.site.pages import draft_page, page_of
from groundrules.site.summary import agreements_json
from groundrules.writers.kinds import writers
from groundrules.writers.named import kinds_named
from support.fuller_toolkit import furnish

TITLES = """\
from .writer import Button, Writer

WRITER = Writer(
    kind="txt",
    place=0,
    write=lambda content: "".join(f"{one.title}\\n" for one in content.document.clauses).encode(),
    form=Button(0, "Titles to tick off", "The titles alone"),
    text=Button(99, "Titles"),
    records=True,
)
"""


@pytest.fixture
def titles(tmp_path_factory):
    """One module more among the writers."""
    folder = tmp_path_factory.mktemp("more")
    (folder / "titles.py").write_text(TITLES)
    room.__path__.append(str(folder))
    writers.cache_clear()
    kinds_named.cache_clear()
    yield
    room.__path__.remove(str(folder))
    writers.cache_clear()
    kinds_named.cache_clear()
    del sys.modules["groundrules.writers.titles"], room.titles


@pytest.fixture
def library(small, titles):
    return Library(load_and_check(small.root)[0], Links())


def groundrules(small, *words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(small.root), *words], catch_exceptions=False)


def test_the_commands_write_it(small, titles, tmp_path, monkeypatch):
    furnish(small)
    monkeypatch.chdir(tmp_path)
    for name in ("two-teams", "team"):
        assert groundrules(small, "export", name, "--to", "txt").exit_code == 0
        assert "Publicity\n" in Path(f"{name}.txt").read_text()
    assert groundrules(small, "export", "team", "-o", "other.txt").exit_code == 0
    for command in ("export", "record"):
        assert "[txt|docx|" in groundrules(small, command, "--help").output


def test_pages_offer_it_in_its_place(library):
    template, example = library.toolkit.templates["team"], library.toolkit.examples["two-teams"]
    assert library.kinds(template)[0] == "txt" == library.kinds(example)[-1]
    form = page_of(library.at("/templates/team/"), template).body
    assert 'href="../../templates/team/team.txt" download>Titles to tick off</a>' in form
    text = page_of(library.at("/examples/two-teams/"), example).body
    assert 'href="../../examples/two-teams/two-teams.txt" download>Titles</a>' in text
    here = library.at("/templates/team/draft/")
    assert (
        'href="../../../templates/team/team.txt" download>The titles alone</a>'
        in draft_page(here, template, template_data(template, here)).body
    )


def test_it_lies_beside_the_pages_and_in_the_list_for_programs(library, tmp_path):
    made = Downloads(tmp_path / "kept", print)
    made.begin(library)
    made.finish(tmp_path / "site")
    listed = json.loads(agreements_json(library))
    for kind, name in (("templates", "team"), ("examples", "two-teams")):
        place = f"/{kind}/{name}/{name}.txt"
        assert place in listed[kind][0]["downloads"]
        assert (tmp_path / "site" / place.lstrip("/")).read_text() == "Publicity\n"


def test_without_it_nothing_speaks_of_it(small):
    library = Library(load_and_check(small.root)[0], Links())
    assert groundrules(small, "export", "team", "--to", "txt").exit_code == 2
    assert ".txt" not in agreements_json(library) + page_of(library, library.toolkit.templates["team"]).body
