"""The checks of words beyond their cases in ``tests/checks/``: how text is cut, counted and summed up."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner, Result

from groundrules import checks
from groundrules.checks import load_and_check, sentences, words
from groundrules.cli import main
from support import our_toolkit
from support.small import SmallToolkit

LONG = "We put this down so that " + "nobody at all " * 8 + "forgets it."


def check(small: SmallToolkit, *options: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(small.root), "check", *options])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Ring 01632 960144. 999 comes first.", ["Ring 01632 960144.", "999 comes first."]),
        ("Things, e.g. Ann's, or Dr. Lee's.", ["Things, e.g. Ann's, or Dr. Lee's."]),
        ("A date such as 3.30 pm or v. late.", ["A date such as 3.30 pm or v. late."]),
        ("", []),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentence in sentences.split(text)] == expected


def test_each_sentence_knows_its_line() -> None:
    assert list(sentences.split("One\ntwo. Three.\nfour\n\nfive.")) == [
        (0, "One two."),
        (1, "Three."),
        (2, "four five."),
    ]


def test_a_blank_counts_as_its_example_and_keeps_its_capital(small: SmallToolkit) -> None:
    small.replace("agreements/clauses/publicity.md", "We name every partner, in", "[[Order of names]] comes first, in")
    found = [one.text for one in sentences.sentences(load_and_check(small.root)[0]) if one.part == "wording"]
    assert "Alphabetical comes first, in alphabetical order." in found


def test_words_are_counted_as_people_count_them() -> None:
    assert sentences.Sentence("", 1, "The co-worker's 24/7 line - 999, it's well-lit (really).", "").words == 8


# Counted by hand.
SYLLABLES = {
    1: "a the we you all they two name named names write shared called while clause through could signed date young",
    2: "about any only people money meeting open into agree partner's clauses wanted changes table settled again",
    3: "agreement organise somebody nobody policy manager decided together confidence co-worker volunteer safeguarding",
    4: "information facilitate disagreement responsible community independent anybody",
    5: "organisation confidentially communication evaluation opportunity",
}


@pytest.mark.parametrize(("count", "said"), SYLLABLES.items())
def test_syllables_are_counted_as_people_say_them(count: int, said: str) -> None:
    assert {word: words.syllables(word) for word in said.split()} == dict.fromkeys(said.split(), count)


def test_what_is_no_word_still_counts_as_one_syllable() -> None:
    assert [words.syllables(word) for word in ("999", "24/7", "UK")] == [1, 1, 1]


def test_the_grade_is_that_of_the_published_formula() -> None:
    # 10 words, 2 sentences, 14 syllables.
    two = [words.Sentence("", 1, text, "") for text in ("We meet a partner on Monday.", "Nobody comes too late.")]
    assert words.grade(two) == pytest.approx(0.39 * 10 / 2 + 11.8 * 14 / 10 - 15.59)
    assert words.grade([]) is None


def test_without_the_option_no_word_is_looked_at(small: SmallToolkit) -> None:
    small.replace("docs/index.md", "See [publicity](clauses/publicity.md).", LONG)
    assert check(small).output == "No problems.\n"
    assert "[long-sentence] warning: " in check(small, "--words").output


def test_words_are_warnings_and_stop_nothing(small: SmallToolkit) -> None:
    small.replace(
        "docs/index.md", "See [publicity](clauses/publicity.md).", LONG + " You shall ask the PCC in order to go."
    )
    assert check(small, "--words").exit_code == 0
    assert {one.level for one in checks.catalogue() if one.on_request} == {"warning"}


def test_the_last_line_gives_the_figures(small: SmallToolkit) -> None:
    last = check(small, "--words").output.splitlines()[-1]
    number = r"grade -?\d+\.\d, \d+\.\d words a sentence"
    assert re.fullmatch(
        rf".*wordings: {number} \({number} with short lines\)\. Goal: below grade 9 and 15 words\.", last
    )


def test_other_programs_get_the_same_list(small: SmallToolkit) -> None:
    small.replace("docs/index.md", "See [publicity](clauses/publicity.md).", LONG)
    assert [one["name"] for one in json.loads(check(small, "--words", "--format", "json").output)] == ["long-sentence"]
    assert len(check(small, "--words", "--format", "github").output.splitlines()) == 1


def test_without_the_library_it_says_how_to_get_it(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_hyphenator", lambda: None)
    result = check(small, "--words")
    assert result.exit_code == 0
    assert "pip install 'groundrules[words]'" in result.output
    assert "grade" not in result.output.splitlines()[-1].split("Goal")[0]


def test_our_own_words_are_plain_and_every_exception_is_there_on_purpose() -> None:
    toolkit = our_toolkit()
    assert [str(problem) for problem in checks.run(toolkit, on_request=True)] == []
    assert len(toolkit.exceptions) <= 12, "An exception is for what cannot be said more simply."


def test_our_own_words_reach_the_goal() -> None:
    toolkit = our_toolkit()
    for part in ("guidance", "wording"):
        full = [one for one in sentences.sentences(toolkit) if one.part == part and one.words >= words.FULL_SENTENCE]
        reached = words.grade(full)
        assert reached is not None
        assert reached < 9
        assert sum(one.words for one in full) / len(full) < 15
