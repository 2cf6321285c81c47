"""A toolkit that is not in English shows no English word, on any page and in any file.

All labels are the English ones in marks, and the toolkit's own content is a handful of made-up words. So whatever is in
no marks, and is none of these words, stands in the program where nobody can translate it.
"""

from __future__ import annotations

import datetime
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundrules.agreement.document.labels import english
from groundrules.agreement.review.records import draft_record
from groundrules.agreement.signing.signing_state import signing_state
from groundrules.files.load.folders import load
from groundrules.files.source import agreement_source
from support import REPOSITORY
from support.sites import once_for_all
from support.third_language import LANGUAGE, WORDS, ThirdLanguage, locale_words
from support.visible_words import READERS

DAY = datetime.date(2026, 11, 21)
_SITE = REPOSITORY / "macros/groundrules/site"
_MARKED = re.compile(r"«[^«»]*»")
# Codes and addresses are the same in every language.
_NO_WORDS = re.compile(r"\S+@\S+|https?://\S+|gr[12]:\s*[0-9a-f\s]{64,}")


@pytest.fixture(scope="session")
def third_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once_for_all(tmp_path_factory, "third-language", lambda root: ThirdLanguage(root).build()) / "site"


def known() -> set[str]:
    """The words of the content and of the calendar, and the theme's own in its translation."""
    theme = importlib.util.find_spec("material")
    assert theme
    assert theme.submodule_search_locations
    words = Path(theme.submodule_search_locations[0], f"templates/partials/languages/{LANGUAGE}.html")
    said = re.findall(r'": "([^"]*)"', words.read_text("utf-8"))
    return {*WORDS, *locale_words(), *(word.casefold() for one in said for word in re.findall(r"\w+", one))}


def left_over(texts: Iterator[str], words: set[str]) -> list[str]:
    """The words in ``texts`` that are in no marks and not among ``words``."""
    said = _NO_WORDS.sub(" ", _MARKED.sub(" ", " ".join(" ".join(texts).split())))
    return [one for one in re.findall(r"[^\W\d_]{2,}", said) if one.casefold() not in words]


def files(site: Path) -> list[tuple[str, str]]:
    """Each file that people read, with how it is read."""
    found = (one for one in sorted(site.rglob("*")) if "assets" not in one.parts)
    return [(str(one), kind) for one in found for kind in READERS if one.name.endswith(kind)]


def left_in(file: str, kind: str, words: set[str]) -> list[str]:
    return left_over(READERS[kind](Path(file).read_bytes()), words)


def test_no_word_is_left_in_english(third_site: Path) -> None:
    words = known()
    found = {file: left for file, kind in files(third_site) if (left := left_in(file, kind, words))}
    assert not found, "\n".join(f"{file}: {' '.join(left)}" for file, left in found.items())


@pytest.mark.parametrize("kind", READERS)
def test_a_word_that_nobody_knows_is_found_in_files_of_every_kind(third_site: Path, kind: str) -> None:
    file = next(file for file, one in files(third_site) if one == kind)
    assert left_in(file, kind, known() - {*WORDS})


def test_the_record_of_a_meeting_is_drafted_in_the_language_of_its_agreement(third_site: Path) -> None:
    toolkit = load(third_site.parent).toolkit
    agreement, form = toolkit.partnerships["lumek"], toolkit.records["vezi"]
    stands = signing_state(agreement, toolkit.histories["lumek"])
    record = draft_record(form, "vezi", stands, toolkit, DAY, following=DAY)
    assert "«The words quoted here are those of version »2" in record.preamble_text
    text = agreement_source(record).encode()
    assert left_over(READERS["md"](text), known()) == []


_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<script>.*?</script>", re.S)
_SAID = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')


@pytest.mark.parametrize("folder", ["layouts", "theme"])
def test_what_draws_pages_holds_no_words_of_its_own(folder: str) -> None:
    """Also where it draws what no page of the test's toolkit shows."""
    for path in (_SITE / folder).rglob("*.html"):
        text = _CODE.sub("", path.read_text("utf-8"))
        words = [*_SAID.findall(text), re.sub(r"<[^>]*>|&\w+;", " ", text)]
        assert not re.findall(r"[A-Za-z]{2,}", " ".join(words)), path.name


def test_everything_that_is_said_is_in_the_list() -> None:
    files = [*_SITE.rglob("*.html"), *_SITE.glob("*.py")]
    said = {key for one in files for key in re.findall(r"""\bsay\(["']([^"']+)["'][,)]""", one.read_text("utf-8"))}
    assert said <= {*english()}
