"""``groundrules upgrade --library``: what a later library changed in what was copied; nobody's words are lost."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.agreement.changes.file_parts import compared, updated
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.commands.adopting import Copies
from groundrules.files import library
from support import our_toolkit

MINE = Path("agreements/clauses/insurance.md")
THEIRS = "agreements/clauses/insurance.md"
# Two lines of the library's clause, each in another part of it.
WATCH, ASK = "## Watch out for\n\n- ", "## Ask each other\n\n- "


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def forget() -> None:
    """Let the library be looked at anew."""
    for known in (library.offered, library.lent, library.formerly):
        known.cache_clear()


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, tuple[str, str]]], None]]:
    """Install a made-up later release of the library, in which these files have other words in place of some.

    The toolkit stands in this folder, and has copied a clause.
    """
    monkeypatch.chdir(tmp_path)
    assert run("init", "kitchens", "--template", "individual-co-working").exit_code == 0
    monkeypatch.chdir("kitchens")
    assert run("adopt", "clauses/insurance").exit_code == 0

    def release(changes: dict[str, tuple[str, str]]) -> None:
        there = tmp_path / "later/library"
        for folder in ("agreements", "docs"):
            shutil.copytree(library.library() / folder, there / folder)
        change(there / "agreements/toolkit.yml", f'"{our_toolkit().about.version}"', '"2099.1"')
        for file, (old, new) in changes.items():
            change(there / file, old, new)
        monkeypatch.setattr(library, "_PROGRAM", there.parent)
        forget()

    yield release
    forget()


def test_what_the_library_changed_is_shown_and_nothing_is_written(later):
    later({THEIRS: (WATCH, f"{WATCH}Ask again each year.\n- ")})
    before = MINE.read_text("utf-8")
    done = run("upgrade", "--library")
    assert done.exit_code == 0, done.output
    assert done.output.startswith('clauses/insurance\n  "Watch out for":\n')
    assert "{+- Ask again each year.+}" in done.output
    assert "groundrules upgrade --library --take clauses/insurance" in done.output
    assert MINE.read_text("utf-8") == before
    assert 'library: "2099.1"' not in Path("agreements/toolkit.yml").read_text("utf-8")


def test_what_is_taken_has_both_the_librarys_words_and_mine(later):
    later({THEIRS: (WATCH, f"{WATCH}Ask again each year.\n- ")})
    change(MINE, ASK, f"{ASK}Who cooks?\n- ")
    assert run("upgrade", "--library", "--take", "clauses/insurance").exit_code == 0
    text = MINE.read_text("utf-8")
    assert f"{ASK}Who cooks?" in text
    assert f"{WATCH}Ask again each year." in text
    assert load_and_check(Path())[1] == []
    assert Path("agreements/toolkit.yml").read_text("utf-8").count('"2099.1"') == 2
    assert run("upgrade", "--library").output.startswith("Nothing waits for you.")


def test_where_both_changed_the_same_mine_stays_and_both_are_shown(later):
    later({THEIRS: (WATCH, f"{WATCH}Ask again each year.\n- ")})
    change(MINE, WATCH, f"{WATCH}Ask the hall, too.\n- ")
    done = run("upgrade", "--library", "--take", "clauses/insurance")
    assert "{+- Ask the hall, too.+}" in done.output
    assert "{+- Ask again each year.+}" in done.output
    assert f"{WATCH}Ask the hall, too." in MINE.read_text("utf-8")
    assert "Ask again each year." not in MINE.read_text("utf-8")


def test_a_command_that_is_killed_loses_nothing_that_the_library_changed(later, monkeypatch):
    later({THEIRS: (WATCH, f"{WATCH}Ask again each year.\n- ")})
    change(MINE, ASK, f"{ASK}Who cooks?\n- ")
    with monkeypatch.context() as killed:
        killed.setattr(Copies, "note", lambda *_: sys.exit(9))
        assert run("upgrade", "--library", "--take", "clauses/insurance").exit_code == 9
    taken = MINE.read_text("utf-8")
    assert f"{WATCH}Ask again each year." in taken
    assert run("upgrade", "--library").exit_code == 0
    assert MINE.read_text("utf-8") == taken


def test_what_is_kept_is_not_asked_again(later):
    later({THEIRS: (WATCH, f"{WATCH}Ask again each year.\n- ")})
    before = MINE.read_text("utf-8")
    assert run("upgrade", "--library", "--keep", "clauses/insurance").exit_code == 0
    assert MINE.read_text("utf-8") == before
    assert run("upgrade", "--library").output.startswith("Nothing waits for you.")


def test_a_new_piece_is_offered_once_and_not_published(later, tmp_path):
    later({})
    piece = tmp_path / "later/library/agreements/checklists/kitchen.md"
    shutil.copy(piece.with_name("first-meeting.md"), piece)
    forget()
    assert "  checklists/kitchen\n" in run("upgrade", "--library").output
    assert "kitchen" not in load_and_check(Path())[0].checklists
    assert "kitchen" not in run("upgrade", "--library").output


def test_what_the_library_called_otherwise_is_said(later, tmp_path):
    later({THEIRS: ("title: ", "formerly:\n  - insurance\ntitle: ")})
    there = tmp_path / "later/library" / THEIRS
    there.rename(there.with_name("cover.md"))
    forget()
    assert 'The library has no "clauses/insurance" any more. It calls that "clauses/cover" now.' in " ".join(
        run("upgrade", "--library").output.split()
    )


def test_a_piece_that_the_library_calls_otherwise_is_not_new(later, tmp_path):
    later({THEIRS: ("title: ", "formerly:\n  - insurance\ntitle: ")})
    there = tmp_path / "later/library" / THEIRS
    for ending in (".md", ".cy.md"):
        there.with_suffix(ending).rename(there.with_name(f"cover{ending}"))
    forget()
    assert "New in the library" not in run("upgrade", "--library").output


def test_a_template_that_is_taken_may_be_called_otherwise(later, tmp_path):
    later(
        {"agreements/templates/individual-co-working.md": ("title: ", "formerly:\n  - individual-co-working\ntitle: ")}
    )
    there = tmp_path / "later/library/agreements/templates"
    (there / "individual-co-working.md").rename(there / "one-page.md")
    forget()
    toolkit, found = load_and_check(Path())
    assert list(toolkit.templates) == ["one-page"]
    assert [(one.name, one.level) for one in found] == [
        ("former-name", "warning"),
        ("library-version", "warning"),
        ("not-in-library", "warning"),
    ]


def test_an_earlier_library_is_not_gone_back_to(later):
    later({})
    change(Path("agreements/toolkit.yml"), our_toolkit().about.version, "2100.1")
    done = run("upgrade", "--library")
    assert done.exit_code == 2
    assert "Install a later one first." in done.stderr


@pytest.mark.parametrize("words", [("adopt", "clauses/insurance"), ("upgrade", "--library"), ("uses", "clauses/x")])
def test_where_there_is_no_toolkit_nothing_is_written(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.exit_code == 1
    assert "There is no folder agreements/ here." in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_taken_and_what_is_kept_are_both_shown_and_one_piece_is_not_both(later):
    assert run("adopt", "clauses/money").exit_code == 0
    later({THEIRS: (WATCH, f"{WATCH}Later. "), "agreements/clauses/money.md": (WATCH, f"{WATCH}Later, too. ")})
    both = run("upgrade", "--library", "--take", "clauses/money", "--keep", "clauses/money")
    assert "take it or keep yours, not both" in both.stderr
    done = run("upgrade", "--library", "--take", "clauses/money", "--keep", "clauses/insurance")
    assert done.exit_code == 0
    assert "clauses/money\n" in done.output
    assert "clauses/insurance\n" in done.output


def test_beside_the_library_an_option_for_agreements_is_refused(later):
    later({})
    done = run("upgrade", "bridge", "--library", "--write-decisions", "form.yml")
    assert done.exit_code == 2
    assert "With --library, leave --write-decisions and bridge out." in done.stderr
    assert not Path("form.yml").exists()


def test_only_what_waits_can_be_taken(later):
    later({})
    done = run("upgrade", "--library", "--take", "clauses/insurance")
    assert done.stderr.startswith('Error: Nothing waits for you in "clauses/insurance".')


@pytest.mark.parametrize("piece", our_toolkit().clauses.values(), ids=lambda piece: piece.id)
def test_a_file_that_nobody_changed_stays_to_the_letter(piece):
    text = (Path(our_toolkit().root) / piece.origin.file).read_text("utf-8")
    assert updated(compared(text, text, text)) == text


def test_parts_that_came_and_went_are_where_they_belong():
    base = "---\na: 1\nb: 2\n---\nOpening.\n\n## One\n\nx\n\n## Two\n\ny\n"
    theirs = "---\na: 1\nnew: 3\nb: 2\n---\nOpening.\n\n## One\n\nx\n\n### Fresh {#fresh}\n\nz\n"
    mine = "---\na: 9\nb: 2\n---\nMy opening.\n\n## One\n\nx\n\n## Mine\n\nm\n\n## Two\n\ny\n"
    assert updated(compared(base, theirs, mine)) == (
        "---\na: 9\nnew: 3\nb: 2\n---\nMy opening.\n\n## One\n\nx\n\n### Fresh {#fresh}\n\nz\n\n## Mine\n\nm\n"
    )
