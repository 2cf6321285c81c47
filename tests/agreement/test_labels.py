"""The words of the program in other languages: which are said, and what they never change."""

from __future__ import annotations

import pytest

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.labels import english, labels, program_labels
from groundrules.agreement.document.language import known_locale
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.nodes import ClauseNumber
from groundrules.agreement.signing.fingerprint import canonical_text
from groundrules.checks import load_and_check
from groundrules.checks.labels import bad_label
from groundrules.model.language import Language, OwnLabels, Words
from groundrules.model.pieces import Toolkit
from groundrules.site.browser_data import keeping_data
from groundrules.site.library import Library
from groundrules.text.markup.nodes import Blank
from groundrules.text.tables import phrase
from groundrules.writers.html import Writer
from support import REPOSITORY, partnership
from support.small import SmallToolkit

OWN = OwnLabels(
    {
        "en": {"signed": "Agreed by", "clause": "rule"},
        "cy": {"clause": "cymal", "more agreements": {"two": "a dau arall", "other": "a {count} arall"}},
        "cy-GB": {"contact": "Cyswllt"},
    }
)


@pytest.mark.parametrize(
    ("language", "key", "said"),
    [
        ("en-GB", "signed", "Agreed by"),
        ("cy", "clause", "cymal"),
        ("cy-GB", "clause", "cymal"),
        ("cy-GB", "contact", "Cyswllt"),
        ("fo", "clause", "rule"),
        ("no such language", "name", "Name"),
    ],
)
def test_the_nearest_words_are_said(language: str, key: str, said: str) -> None:
    assert labels(Language(language, OWN))[key] == said


def test_nobody_elses_words_are_said_without_a_toolkit() -> None:
    assert labels("en-GB")["clause"] == "clause"


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("askParties", ""),
        ("clause", {"one": "rule", "other": "rules"}),
        ("more agreements", "and more"),
        ("version", "edition"),
        ("version", "edition {number:zz}"),
        ("version", "edition {number!r}"),
        ("version", "edition {number"),
    ],
)
def test_a_label_of_the_wrong_shape_is_never_said(key: str, odd: Words) -> None:
    assert labels(Language("en-GB", OwnLabels({"en": {key: odd}}))).words[key] == english()[key]


def test_a_file_that_holds_no_keys_is_named(small: SmallToolkit) -> None:
    small.write("agreements/labels/en.yml", "- clause\n")
    assert [(one.file, one.name) for one in small.problems()] == [("agreements/labels/en.yml", "bad-value")]


def test_a_label_is_text_on_a_page() -> None:
    own = Language("en-GB", OwnLabels({"en": {"clause": "<u>", "left out": "<i>", "blank": "<b>"}}))
    nodes = ClauseNumber("money", 1, "Money"), ClauseNumber("pay", None, "Pay"), Blank("day", 1)
    drawn = Writer(Links(), language=own).inline(nodes)
    assert all(one in drawn for one in ("&lt;u&gt; 1, Money", "Pay (&lt;i&gt;)", "&lt;b&gt;: "))


@pytest.mark.parametrize(("count", "said"), [(1, "a 1 arall"), (2, "a dau arall"), (3, "a 3 arall")])
def test_a_number_chooses_the_words(count: int, said: str) -> None:
    assert labels(Language("cy", OWN)).say("more agreements", count=count) == said


def test_a_message_is_said_again_in_another_language() -> None:
    own = OwnLabels({"cy": {"agreedAlready": "Cytunwyd ar fersiwn {version}."}})
    assert labels(Language("cy", own)).told(phrase("agreedAlready", version=3)) == "Cytunwyd ar fersiwn 3."


def test_a_toolkits_own_english_stands_in_its_documents_and_in_what_the_browser_makes(small: SmallToolkit) -> None:
    small.write("agreements/labels/en.yml", "clause: rule\n")
    toolkit, _ = load_and_check(small.root)
    assert labels(toolkit.examples["two-teams"].front.language)["clause"] == "rule"
    data = keeping_data(Library(toolkit, Links()))
    assert data["languages"]["en-GB"]["labels"]["clause"] == "rule"


@pytest.fixture
def welsh(small: SmallToolkit) -> SmallToolkit:
    small.write("mkdocs.yml", "site_name: Small\ntheme:\n  name: material\n  language: cy\n")
    small.write("agreements/labels/cy.yml", "clause: cymal\n")
    partnership.write(small, partnership.AGREEMENT.replace("[[order of names]]", "[[order of names]] ([[#publicity]])"))
    return small


def test_pieces_are_in_the_language_of_the_toolkit_and_signed_ones_in_english(welsh: SmallToolkit) -> None:
    toolkit, _ = load_and_check(welsh.root)
    assert toolkit.language == toolkit.templates["team"].front.language == toolkit.clauses["publicity"].front.language
    assert toolkit.language == "cy"
    assert toolkit.partnerships["bridge"].front.language == "en-GB"


def test_what_is_adopted_from_the_library_stays_english(welsh: SmallToolkit) -> None:
    welsh.write("agreements/toolkit.yml", 'library: "2026.11"\nadopted:\n  clauses/publicity: "2026.11"\n')
    toolkit, _ = load_and_check(welsh.root)
    assert toolkit.clauses["publicity"].front.language == "en-GB"


def test_no_label_changes_what_is_signed(welsh: SmallToolkit) -> None:
    partnership.replace(welsh, "publish: yes\n", "publish: yes\nlanguage: cy\n")
    agreement = load_and_check(welsh.root)[0].partnerships["bridge"]
    assert labels(agreement.front.language)["clause"] == "cymal"
    assert "clause 1, Publicity" in canonical_text(assemble(agreement))


def test_the_programs_own_languages_hold_what_they_should() -> None:
    names = [path.stem for path in (REPOSITORY / "macros/groundrules/shared/labels").glob("*.yml")]
    toolkit = Toolkit("", labels=OwnLabels({name: program_labels(name) for name in names}))
    assert "en" in names
    assert [message for _, message, *_ in bad_label(toolkit)] == []


def test_no_language_shows_the_months_of_another():
    assert [known_locale(one).months["stand-alone"]["wide"][11] for one in ("zh", "eo")] == ["十一月", "Novembro"]
