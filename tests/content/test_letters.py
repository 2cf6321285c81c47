"""Each letter can be filled in, and shows how somebody did."""

from __future__ import annotations

import pytest

from groundrules.agreement.document.answers import is_empty
from groundrules.agreement.document.assemble import assemble, open_blanks
from groundrules.writers.content import published
from groundrules.writers.frame import Frame
from groundrules.writers.kinds import writers
from support import our_toolkit

LETTERS = sorted(our_toolkit().letters)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_shown_filled_in_with_answers_that_fit(name: str) -> None:
    letter = our_toolkit().letters[name]
    assert not open_blanks(assemble(letter))
    for blank, answer in letter.front.answers.items():
        assert letter.front.blanks[blank].misfit(answer) is None, blank


@pytest.mark.parametrize("name", LETTERS)
def test_its_downloads_hold_the_blanks_and_no_place_to_sign(name: str) -> None:
    content = published(our_toolkit().letters[name], our_toolkit())
    assert content.document.blanks
    assert all(is_empty(blank.answer) for blank in content.document.blanks)
    text = writers()["md"].file(content).decode()
    assert "> Why:" not in text
    assert not Frame(content.document, form=True).is_signed
