"""What the people are told whom the work is for: only what was agreed, in the words of the clauses' notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from groundrules.agreement.document.assemble import blanks_in, draft, open_blanks, without_notes
from groundrules.agreement.document.told import LABEL, told
from groundrules.model.pieces import Agreement
from groundrules.text.markup.blocks import parse
from groundrules.text.markup.nodes import Note, blank_key
from groundrules.writers.told import page
from support import our_toolkit

NOTED = [
    (clause.id, wording.id)
    for clause in our_toolkit().clauses.values()
    for wording in clause.wordings.values()
    if any(isinstance(block, Note) for block in wording.blocks)
]


def with_consent(text: str) -> Agreement:
    """The team agreement, in which the partners have written this for the clause on consent."""
    agreement = draft(our_toolkit().templates["team-co-working"], our_toolkit())
    own = [
        replace(one, text=text, blocks=parse(text, 1)[0]) if one.id == "consent" else one for one in agreement.sections
    ]
    return replace(agreement, sections=tuple(own))


def said(agreement: Agreement) -> str:
    return page(told(agreement, our_toolkit())).decode()


def test_the_words_of_the_library_bring_what_is_told() -> None:
    agreement = draft(our_toolkit().templates["team-co-working"], our_toolkit())
    assert "You choose whether to take part" in said(agreement)


def test_of_other_words_nothing_is_told_until_somebody_writes_it() -> None:
    changed = with_consent("Everybody must come.")
    assert "You choose whether to take part" not in said(changed)
    assert "Consent and people's rights" in open_blanks(told(changed, our_toolkit()))


def test_a_note_of_the_partners_own_is_told() -> None:
    assert "You come on Mondays." in said(with_consent("Everybody must come.\n\n> Tell people: You come on Mondays."))


def test_adults_read_no_heading_about_young_people() -> None:
    street = said(our_toolkit().examples["millgate-street-code"])
    assert "<strong>Safety</strong>" in street
    assert "young people" not in street


@pytest.mark.parametrize(("clause", "wording"), NOTED)
def test_a_note_asks_for_nothing_that_its_wording_does_not(clause: str, wording: str) -> None:
    blocks = our_toolkit().clauses[clause].wordings[wording].blocks
    notes = [block for block in blocks if isinstance(block, Note)]
    assert {note.label for note in notes} == {LABEL}
    asked = {blank_key(blank.name) for blank in blanks_in(without_notes(blocks))}
    assert {blank_key(blank.name) for blank in blanks_in(notes)} <= asked
