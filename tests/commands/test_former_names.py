"""A clause, a template and a kind of record get other names; commands know them by either, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.model.pieces import Agreement
from support import partnership
from support.small import CLAUSE, SmallToolkit

FILE = f"{partnership.FOLDER}/agreement.md"
NAMES = CLAUSE.replace("title: Publicity", "title: Names").replace("order of names", "whose names")
NAMES = NAMES.replace("We name every", "As [[#publicity]] says, we name every")
LISTED = "  - id: publicity\n    wording: every-partner\n"
NEW = ("new", "team", "bridge", "--party", "Northgate", "--party", "Southgate", "--set", "start=2026-12-01")


def run(small: SmallToolkit, *words: str, lines: str = "", code: int = 0) -> str:
    result = CliRunner().invoke(main, ["--root", str(small.root), *words], input=lines)
    assert result.exit_code == code, result.output
    return result.output


def agreement(small: SmallToolkit) -> Agreement:
    return load_and_check(small.root)[0].partnerships["bridge"]


def text(small: SmallToolkit) -> str:
    return (small.root / FILE).read_text("utf-8")


def names(small: SmallToolkit) -> dict[str, str]:
    return {one.name: one.message for one in small.problems() if one.file == FILE}


@pytest.fixture
def renamed(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> SmallToolkit:
    """A fork of two clauses, the first of which is called "credit" since, and its template "teams"."""
    monkeypatch.chdir(small.root)
    small.write("agreements/clauses/names.md", NAMES)
    optional = "    optional: yes\n"
    listed = f"{LISTED}{optional}{LISTED.replace('publicity', 'names')}{optional}"
    small.replace("agreements/templates/team.md", LISTED, listed)
    small.replace(
        "agreements/templates/team.md", "needs:\n  - answer: order of names\n    message: Say in what order.\n", ""
    )
    small.replace("agreements/examples/two-teams.md", "status: agreed", "status: agreed\nleft out:\n  - names")
    small.write("agreements/records/review.md", partnership.REVIEW_FORM + "\n## About\n\n[[about]]\n\n- How is it?\n")
    run(small, *NEW)
    for kind, old, new in (("clauses", "publicity", "credit"), ("templates", "team", "teams")):
        path = small.root / f"agreements/{kind}/{old}.md"
        words = path.read_text("utf-8").replace("owner:", f"formerly:\n  - {old}\nowner:", 1)
        small.write(f"agreements/{kind}/{new}.md", words.replace("publicity\n    w", "credit\n    w"))
        path.unlink()
    small.replace("agreements/clauses/names.md", "[[#publicity]]", "[[#credit]]")
    return small


def test_an_upgrade_offers_the_new_id_and_no_words_that_only_say_it(renamed):
    said = run(renamed, "upgrade", "bridge", "--dry-run")
    assert "Publicity" in said
    assert "Names" not in said
    run(renamed, "upgrade", "bridge", "--take", "credit")
    made = agreement(renamed)
    assert [one.id for one in made.sections] == ["credit", "names"]
    assert "[[#credit]]" in made.sections[1].text
    assert "publicity" not in text(renamed)
    assert "up to date" in run(renamed, "upgrade", "bridge", "--dry-run")
    taken = (renamed.root / partnership.FOLDER / "taken.md").read_text("utf-8")
    assert "[[#credit]]" in taken
    assert "publicity" not in taken


def test_words_of_the_library_refer_to_a_clause_by_the_id_that_it_has_here(renamed):
    renamed.replace("agreements/clauses/names.md", "we name every", "we always name every")
    run(renamed, "upgrade", "bridge", "--take", "names")
    assert "As [[#publicity]] says, we always name every" in text(renamed)
    assert "left-out-reference" not in names(renamed)


def test_a_reference_by_the_new_id_is_named_with_what_would_be_right(renamed):
    renamed.replace(FILE, "[[#publicity]]", "[[#credit]]")
    said = names(renamed)["left-out-reference"]
    assert said.startswith('This agreement still calls the clause "credit" by its earlier id. Write [[#publicity]], or')


def test_a_renamed_clause_is_left_out_and_brought_back_in_an_interview(renamed):
    run(renamed, "ask", "bridge", lines="/go 1\n/leave-out\n/quit\n")
    made = agreement(renamed)
    assert [one.id for one in made.sections] == ["names"]
    assert made.front.left_out == ("credit",)
    run(renamed, "ask", "bridge", lines="/go 1\n/bring-back\n1\n/quit\n")
    made = agreement(renamed)
    assert [one.id for one in made.sections] == ["credit", "names"]
    assert made.front.left_out == ()


def test_what_was_left_out_by_an_earlier_id_is_brought_back(renamed):
    sections = text(renamed).partition("## Publicity")
    rest = sections[2].partition("## Names")
    renamed.write(FILE, sections[0].replace("template:", "left out:\n  - publicity\ntemplate:", 1) + rest[1] + rest[2])
    run(renamed, "ask", "bridge", lines="/go 1\n/bring-back\n1\n/quit\n")
    made = agreement(renamed)
    assert [one.id for one in made.sections] == ["credit", "names"]
    assert made.front.left_out == ()


def test_a_clause_that_is_added_refers_to_one_by_the_id_that_it_has_here(renamed):
    run(renamed, "ask", "bridge", lines="/go 2\n/leave-out\n/quit\n")
    run(renamed, "ask", "bridge", lines="/go 1\n/bring-back\n1\n/quit\n")
    assert [one.id for one in agreement(renamed).sections] == ["publicity", "names"]
    assert "As [[#publicity]] says" in text(renamed)
    assert "left-out-reference" not in names(renamed)


@pytest.mark.parametrize("name", ["publicity", "credit", "1"])
def test_a_record_is_about_a_clause_by_any_of_its_names(renamed, name):
    run(renamed, "record", "review", "bridge", "--about", name, "--on", "2026-12-02")


def test_a_record_of_a_renamed_kind_settles_what_waits_for_it(renamed):
    definition = '  next look:\n    ask: "When?"\n    type: date\n    calendar: "Look"\n    settled by: review\n'
    renamed.replace(FILE, "blanks:\n", f"blanks:\n{definition}")
    renamed.replace(FILE, "## Names", "We look on [[next look]].\n\n## Names")
    answers = 'answers:\n  next look: "2026-01-05"\n'
    renamed.write(FILE, text(renamed).replace("\n---\n", f"\n{answers}---\n", 1))
    run(renamed, "record", "review", "bridge", "--on", "2026-01-05")
    form = renamed.root / "agreements/records/review.md"
    renamed.write(
        "agreements/records/look-back.md", form.read_text().replace("owner:", "formerly:\n  - review\nowner:")
    )
    form.unlink()
    assert "unknown-form" not in {one.name for one in renamed.problems()}
    path = renamed.root / partnership.FOLDER / "records/2026-01-05-review.md"
    asked = path.read_text("utf-8")
    assert "Overdue" in run(renamed, "status", "bridge", code=1), "nobody has written it down yet"
    for kind in ("review", "look-back"):
        written = re.sub(r"\n---\n", "\nnext: 2126-01-05\n---\n", asked.replace("review", kind), count=1)
        path.write_text(written, "utf-8")
        assert "Overdue" not in run(renamed, "status", "bridge")
    path.unlink()
    run(renamed, "record", "review", "bridge", "--on", "2026-01-05")
    made = renamed.root / partnership.FOLDER / "records/2026-01-05-look-back.md"
    assert 'template: "look-back"' in made.read_text("utf-8")


@pytest.mark.parametrize("name", ["team", "teams", "templates/team"])
def test_a_template_is_exported_by_any_of_its_names(renamed, name):
    run(renamed, "export", name, "--to", "md", "-o", "-")
