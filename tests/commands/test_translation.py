"""``groundrules translation``: a translation is begun, noted as read, and told apart from one that fell behind."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from support.small import SmallToolkit

WELSH = "agreements/clauses/publicity.cy.md"
TOP = "---\ntitle: A page\ndescription: It has parts.\n---\n# A page\n\n"


@pytest.fixture
def translate(small: SmallToolkit):
    def run(*words: str, name: str = "clauses/publicity", language: str = "cy"):
        return CliRunner().invoke(main, ["--root", str(small.root), "translation", name, language, *words])

    return run


def test_it_begins_with_the_words_of_the_original_and_nothing_is_wrong_with_it(small, translate):
    assert translate().exit_code == 0
    assert "We name every partner" in (small.root / WELSH).read_text("utf-8")
    assert not small.problems()


def test_a_page_is_begun_too(small, translate):
    assert translate(name="index").exit_code == 0
    assert not small.problems()


def test_it_says_which_part_of_the_original_has_changed_until_somebody_has_looked(small, translate):
    translate()
    small.replace("agreements/clauses/publicity.md", "claims all the glory", "is forgotten")
    assert "Parts of the original, changed: why agree this." in translate().output
    assert [one.name for one in small.problems()] == ["translation-behind"]
    translate("--checked-by", "Mair Jones", "--on", "2026-11-20")
    assert not small.problems()
    assert "translated by a machine, checked by Mair Jones on 2026-11-20." in translate().output


def test_a_heading_that_the_original_no_longer_has_is_said_as_gone(small, translate):
    small.write("docs/page.md", f"{TOP}## Start\n\nOne.\n")
    translate(name="page")
    small.replace("docs/page.cy.md", "## Start", "## Dechrau")
    small.replace("docs/page.md", "## Start", "## Begin")
    said = translate(name="page").output
    assert "Parts of the original, gone: Start." in said
    assert "Parts of the original, not translated: Begin." in said
    assert [(one.name, one.level) for one in small.problems()] == [("translation-behind", "warning")]


@pytest.mark.parametrize("name", ["Same", "opening", "front matter"])
def test_parts_of_one_name_are_told_apart(small, translate, name):
    small.write("docs/page.md", f"{TOP}First.\n\n## {name}\n\nSecond.\n\n## {name}\n\nThird.\n")
    translate(name="page")
    for part in ("Second", "Third", "First"):
        small.replace("docs/page.md", part, "Other")
        assert [one.name for one in small.problems()] == ["translation-behind"]
        translate("--by", "machine", name="page")
        assert not small.problems()


@pytest.mark.parametrize(("typed", "written"), [("CY", "cy"), ("cy-gb", "cy-GB"), ("SR-LATN", "sr-Latn")])
def test_a_language_is_written_in_its_usual_capitals(small, translate, typed, written):
    assert translate(name="index", language=typed).exit_code == 0
    assert [one.name for one in (small.root / "docs").glob("index.*.md")] == [f"index.{written}.md"]


def test_a_file_with_other_capitals_stays_the_one_for_its_language(small, translate):
    translate(name="index")
    (small.root / "docs/index.cy.md").rename(small.root / "docs/index.CY.md")
    assert "docs/index.CY.md: translated by a machine" in translate(name="index").output


@pytest.mark.parametrize("language", ["cy.b", "cy@b", "cy_GB", "nosuch"])
def test_what_is_no_language_is_refused(small, translate, language):
    refused = translate(name="index", language=language)
    assert refused.exit_code
    assert f'"{language}" is not a language. Write it like "cy" or "fr".' in refused.output
    assert not [*(small.root / "docs").glob("index.*.md")]


def test_what_is_translated_anew_is_checked_no_longer(small, translate):
    translate()
    translate("--checked-by", "Mair Jones")
    translate("--by", "Sam Ellis")
    assert f"{WELSH}: translated by Sam Ellis, not yet checked." in translate().output


def test_a_machine_reads_nothing_through(small, translate):
    translate()
    small.replace(WELSH, '"machine"', "machine\n  checked by: machine\n  checked on: 2026-11-20")
    assert [one.message for one in small.problems()] == [
        '"translation": A machine cannot check a translation. Name the speaker who has read it.'
    ]


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("clauses/publicty", (), 'There is no original "clauses/publicty". Did you mean "clauses/publicity"?'),
        ("clauses/publicity", ("--on", "2026-11-20"), "--on is the day of a reading."),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(small, translate, name, words, said):
    refused = translate(*words, name=name)
    assert refused.exit_code
    assert said in refused.output
    assert not (small.root / WELSH).exists()


def test_what_a_toolkit_has_from_the_library_is_begun_in_a_folder_of_its_own(tmp_path):
    kitchens = str(tmp_path / "kitchens")

    def run(*words: str) -> int:
        return CliRunner().invoke(main, list(words)).exit_code

    assert run("init", kitchens, "--template", "one-page-teams") == 0
    assert run("--root", kitchens, "translation", "clauses/money", "fr") == 0
    assert (tmp_path / "kitchens/agreements/clauses/money.fr.md").is_file()
    assert run("--root", kitchens, "check") == 0
