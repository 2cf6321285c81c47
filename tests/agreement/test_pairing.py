"""Which clauses of two texts belong together when their ids and numbers are others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.agreement.changes.diff import compare, line_text, renumbered_words
from groundrules.agreement.document.nodes import ClauseNumber
from support.document_pairs import clause, of
from support.documents import paragraph
from support.renumbered import CASES


def text_of(clauses):
    return of(*(clause(identity, 0, paragraph(words), title=title) for identity, title, words in clauses))


def happened(found):
    return [
        (
            line_text(one.title, "new" if one.new_number else "old"),
            one.old_number,
            one.new_number,
            one.change,
            one.moved,
        )
        for one in found.clauses
    ]


@pytest.mark.parametrize("name", CASES)
def test_each_clause_finds_the_one_that_it_was(name):
    old, new, expected = CASES[name]
    assert happened(compare(text_of(old), text_of(new))) == expected


@pytest.mark.parametrize("name", CASES)
def test_backwards_the_same_clauses_belong_together(name):
    old, new, expected = CASES[name]
    back = compare(text_of(new), text_of(old))
    assert {(one.new_number, one.old_number) for one in back.clauses} == {case[1:3] for case in expected}


def test_what_was_renumbered_is_said_once_for_those_in_a_row():
    old, new = (
        text_of([(f"own-{at}", name, f"About {name}.") for at, name in enumerate(names)])
        for names in (("a", "b", "c", "d", "e"), ("new", "a", "b", "c", "e"))
    )
    found = compare(old, new)
    assert [(one.old, one.new) for one in found.renumbered] == [((1, 3), (2, 4))]
    assert renumbered_words(found) == "Renumbered: clauses 1 to 3 are 2 to 4 now."
    assert renumbered_words(compare(old, old)) == ""


def test_a_reference_follows_a_clause_that_has_another_id():
    def text(*ahead, number):
        money = clause(f"own-{number}", 0, paragraph("Half each."), title="Money")
        see = clause("z", 0, paragraph("As in ", ClauseNumber(money.id, number, "Money"), "."))
        return of(*ahead, money, see)

    dogs = clause("own-1", 0, paragraph("On a lead."), title="Dogs")
    found = compare(text(number=1), text(dogs, number=2))
    assert [(one.name, one.change) for one in found.changed] == [("own-1", "added")]
    piece = found.clauses[-1].lines[0].pieces[0]
    assert (piece.was, piece.text) == ("As in clause 1, Money.", "As in clause 2, Money.")
    # What stands under the old id now is another clause, and a reference to it another reference.
    elsewhere = of(
        dogs,
        clause("own-2", 0, paragraph("Half each."), title="Money"),
        clause("z", 0, paragraph("As in ", ClauseNumber("own-1", 1, "Dogs"), ".")),
    )
    last = compare(text(number=1), elsewhere).clauses[-1]
    assert [(line.change, line_text(line, "old"), line_text(line, "new")) for line in last.lines] == [
        ("reworded", "As in clause 1, Money.", "As in clause 1, Dogs.")
    ]


WORDS = st.lists(
    st.sampled_from(["we", "pay", "ring", "keys", "meet", "talk", "eat", "dogs", "rent", "walk"]),
    min_size=1,
    max_size=9,
)
TITLES = st.sampled_from(["Money", "Keys", "Dogs", "Food"])
CLAUSES = st.lists(st.tuples(TITLES, WORDS.map(" ".join)), min_size=1, max_size=7)


@given(CLAUSES, st.data())
def test_a_clause_that_nobody_touched_is_never_shown_as_changed(clauses, data):
    kept = data.draw(st.lists(st.sampled_from(clauses)))
    others = data.draw(CLAUSES)
    mixed = data.draw(st.permutations(kept + others))
    old, new = (text_of([(f"own-{at}", *one) for at, one in enumerate(each)]) for each in (clauses, mixed))
    found = compare(old, new)
    for one in set(clauses) | set(mixed):
        untouched = [
            part
            for part in found.clauses
            if part.change == "same" and (line_text(part.title, "new"), line_text(part.lines[0], "new")) == one
        ]
        assert len(untouched) == min(clauses.count(one), mixed.count(one))
    assert sorted(one.old_number for one in found.clauses if one.old_number) == list(range(1, len(clauses) + 1))
    assert [one.new_number for one in found.clauses if one.new_number] == list(range(1, len(mixed) + 1))
    back = compare(new, old)
    pairs = {(one.old_number, one.new_number) for one in found.clauses}
    assert pairs == {(one.new_number, one.old_number) for one in back.clauses}
