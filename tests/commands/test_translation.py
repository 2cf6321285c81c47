"""``groundrules translation``: a translation is begun, noted as read, and told apart from one that fell behind."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from support.small import SmallToolkit

WELSH = "agreements/clauses/publicity.cy.md"


@pytest.fixture
def translate(small: SmallToolkit):
    def run(*words: str, name: str = "clauses/publicity"):
        return CliRunner().invoke(main, ["--root", str(small.root), "translation", name, "cy", *words])

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
