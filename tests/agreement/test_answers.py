"""Answers: whether they fit, and how they read in a sentence of each language."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.agreement.document.answers import capitalised, entries, is_empty, misfit, paragraphs, written
from groundrules.agreement.document.labels import labels
from groundrules.agreement.document.language import direction, locale, written_date, written_list
from groundrules.model.blanks import Rhythm
from groundrules.model.blanks.rhythm import read_rhythm
from groundrules.model.front import BlankDefinition
from groundrules.text.days import read_date

QUICK = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
FIRST = datetime.date(2026, 12, 1)


def blank(kind: str, **more: object) -> BlankDefinition:
    return BlankDefinition.model_validate({"ask": "?", "type": kind, **more})


@pytest.mark.parametrize(("text", "day"), [
    ("2026-12-01", FIRST),
    ("2026-02-29", None),
    ("2028-02-29", datetime.date(2028, 2, 29)),
    ("01/12/2026", None),
    ("20261201", None),
    ("2026-W49-2", None),
    ("٢٠٢٦-١٢-٠١", None),
    (" 2026-12-01", None),
    ("2026-12-01\n", None),
    ("", None),
])  # fmt: skip
def test_read_date(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(("text", "rhythm"), [
    ("every 4 weeks on Tuesday at 14:00 from 2026-12-01", Rhythm(4, "week", (1,), datetime.time(14), FIRST)),
    ("Every week from 2026-12-01", Rhythm(1, "week", (), None, FIRST)),
    ("every day, starting 2026-12-01", Rhythm(1, "day", (), None, FIRST)),
    ("every 2 months on friday from 2026-12-01", Rhythm(2, "month", (4,), None, FIRST)),
    ("every year at 9.30 from 2026-12-01 ", Rhythm(1, "year", (), datetime.time(9, 30), FIRST)),
    ("every  week \n from  2026-12-01", Rhythm(1, "week", (), None, FIRST)),
    ("every week at 24:00 from 2026-12-01", None),
    ("every week from 2026-02-30", None),
    ("every week", None),
    ("every 0 weeks from 2026-12-01", None),
    ("every 100 weeks from 2026-12-01", None),
    ("whenever we can", None),
    ("on the first Monday of the month", None),
    ("bob wythnos o 2026-12-01", None),
    ("", None),
])  # fmt: skip
def test_read_rhythm(text, rhythm):
    assert read_rhythm(text) == rhythm


@pytest.mark.parametrize(("kind", "answer", "language", "words"), [
    ("date", "2026-12-01", "en-GB", "1 December 2026"),
    ("date", "2026-12-01", "en-US", "December 1, 2026"),
    ("date", "2026-12-01", "cy", "1 Rhagfyr 2026"),
    ("date", "2026-12-01", "de", "1. Dezember 2026"),
    ("date", "2026-12-01", "xx-unknown", "1 December 2026"),
    ("date", "next\nweek", "en-GB", "next week"),
    ("rhythm", "every 4 weeks on Tuesday at 14:00 from 2026-12-01", "en-GB",
     "every 4 weeks on Tuesday at 14:00 from 1 December 2026"),
    ("rhythm", " every week\nfrom 2026-12-01 ", "en-GB", "every week from 1 December 2026"),
    ("rhythm", "when it suits us", "en-GB", "when it suits us"),
    ("list", ["a"], "en-GB", "a"),
    ("list", ["a", "b"], "en-GB", "a and b"),
    ("list", ["a", "b", "c"], "en-GB", "a, b and c"),
    ("list", ["a", "b", "c"], "en-US", "a, b, and c"),
    ("list", ["Ann", "Bo", "Cai"], "cy", "Ann, Bo, a Cai"),
        ("list", ["Ann", "Ŵan"], "cy", "Ann ac Ŵan"),
        ("list", ["Ann", ""], "cy", "Ann"),
    ("list", ["a", "b", "c"], "ar", "a وb وc"),
    ("list", ["a", "b", "c"], "zh", "a、b和c"),
    ("list", ["a", "b", "c"], "xx", "a, b and c"),
    ("list", ["a", " ", "", "c\n d"], "en-GB", "a and c d"),
    ("list", "a", "en-GB", "a"),
    ("text", "  a \n b\tc\u00a0d ", "en-GB", "a b c d"),
    ("text", "- a\n# b", "en-GB", "- a # b"),
    ("text", ["a", "b"], "en-GB", "a and b"),
    ("text", [{"day": "Monday", "who": "Ann"}, {"day": "Tuesday", "who": ""}], "en-GB", "Monday Ann and Tuesday"),
    ("choice", "a", "en-GB", "a"),
])  # fmt: skip
def test_written(kind, answer, language, words):
    more = {"choices": ["a"]} if kind == "choice" else {}
    assert written(blank(kind, **more), answer, language) == words


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("he-IL", "rtl"), ("ur", "rtl"), ("cy", "ltr"), ("??", "ltr")]
)
def test_direction(language, way):
    assert direction(language) == way


@QUICK
@given(st.text(max_size=12))
def test_any_language_has_its_words(language):
    assert locale(language) is None or direction(language) in ("ltr", "rtl")
    assert written_date(FIRST, language)
    assert written_list(["a", "b"], language)
    assert labels(language)["clause"]


@pytest.mark.parametrize("language", ["../labels/en", "..", "/etc/passwd", "en/../en", ""])
def test_labels_are_read_from_their_own_folder_only(language):
    assert labels(language).words == labels("en").words


def test_labels_of_an_unknown_language_are_english():
    assert labels("xx-unknown")["clause"] == "clause"


@pytest.mark.parametrize("answer", ["", " \n", [], ["", " "], [{}], [{"a": ""}, {"b": " "}], None, {}])
def test_is_empty(answer):
    assert is_empty(answer)
    assert misfit(blank("date"), answer) is None
    assert entries(answer) == []


@pytest.mark.parametrize("answer", ["a", "0", ["", "a"], [{"a": ""}, {"a": "b"}], "no"])
def test_is_not_empty(answer):
    assert not is_empty(answer)


ROWS = blank("rows", columns={
    "day": {"ask": "?", "type": "date"},
    "who": {"ask": "?"},
    "how": {"ask": "?", "type": "choice", "choices": ["a"]},
})  # fmt: skip


@pytest.mark.parametrize(("definition", "answer", "message"), [
    (blank("text"), "a", None),
    (blank("text"), ["a"], "one line of text"),
    (blank("long text"), "a\n\nb", None),
    (blank("date"), "2026-12-01", None),
    (blank("date"), "soon", "not a date"),
    (blank("rhythm"), "when it suits us", None),
    (blank("choice", choices=["a", "b"]), "b", None),
    (blank("choice", choices=["a", "b"]), "c", "a, b"),
    (blank("list"), ["a"], None),
    (blank("list"), "a", "is a list"),
    (blank("list"), [{"a": "b"}], "is a list"),
    (ROWS, [{"day": "2026-12-01", "who": "Ann", "how": "a"}, {"who": ""}], None),
    (ROWS, "a", "list of rows"),
    (ROWS, ["a"], "list of rows"),
    (ROWS, [{"when": "x"}], "not a column"),
    (ROWS, [{"day": "soon"}], 'Row 1, "day"'),
    (ROWS, [{"day": ""}, {"how": "b"}], 'Row 2, "how"'),
    (ROWS, [{"who": ["a"]}], "one line of text"),
])  # fmt: skip
def test_misfit(definition, answer, message):
    found = misfit(definition, answer)
    assert found is None if message is None else message in (found or "")


def test_long_text_has_a_paragraph_for_each_line():
    assert paragraphs(" a \n\n  b\tc\n") == ["a", "b c"]
    assert paragraphs("- a\r\n1. b") == ["- a", "1. b"]
    assert paragraphs(["a", "", "b"]) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "result"),
    [("ann", "Ann"), ("élan", "Élan"), ("ßa", "ßa"), ("你", "你"), ("", ""), ("ﬁn", "ﬁn"), ("1a", "1a")],
)
def test_capitalised(text, result):
    assert capitalised(text) == result


answer = st.recursive(
    st.text(max_size=12) | st.sampled_from(["2026-12-01", "every week from 2026-12-01", "- a\n- b"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=4), below, max_size=3),
    max_leaves=6,
)


@QUICK
@given(answer, st.sampled_from(["text", "long text", "date", "rhythm", "list"]))
def test_no_answer_is_too_odd_to_write(given_answer, kind):
    definition = blank(kind)
    misfit(definition, given_answer)
    words = written(definition, given_answer, "en-GB")
    assert "\n" not in words
    assert words == " ".join(words.split())
    assert bool(words) != is_empty(given_answer)


@QUICK
@given(st.text(max_size=40))
def test_no_character_of_an_answer_is_lost(text):
    assert written(blank("text"), text, "cy").split() == text.split()
    assert " ".join(paragraphs(text)).split() == text.split()
    assert " ".join(entries([text])).split() == text.split()
