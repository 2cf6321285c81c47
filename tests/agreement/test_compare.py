"""What has changed between two texts: small cases in full, and what must hold whatever the texts are."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.agreement.changes.diff import compare, line_text
from groundrules.agreement.changes.diff_words import Strip, aligned, edits, reordered, tokens
from groundrules.agreement.document.nodes import ClauseNumber, Filled, Table
from groundrules.text.markup.nodes import Emphasis, Link, Note, Strong, Text
from support.document_pairs import clause, documents, of, pairs
from support.documents import GARY, MILL_ROAD, ROWS, document, items, paragraph

SIGNS = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def marked(line):
    return "".join(SIGNS[piece.kind].format(piece.text) for piece in line.pieces)


def shown(old, new):
    """The lines of the first clause that changed, marked."""
    found = compare(document(*old), document(*new)).clauses[0]
    return [marked(line) for line in found.lines if line.change != "same"]


def states(old, new):
    return [
        (one.name, one.change, (one.old_number, one.new_number) if one.moved else None)
        for one in compare(old, new).clauses
    ]


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We meet weekly.", "We meet every month.", "We meet [-weekly-]{+every month+}."),
        ("We meet.", "We meet, and eat.", "We meet{+, and eat+}."),
        ("We all meet on Monday.", "We meet on Monday.", "We [-all -]meet on Monday."),
        (
            "The big red van is ours to use together.",
            "The small blue van is ours to use together.",
            "The [-big red-]{+small blue+} van is ours to use together.",
        ),
        ("Don't ring her.", "Don’t ring her.", "[-Don't-]{+Don’t+} ring her."),
        ("Costs: £20 (at most).", "Costs: £25 (at most).", "Costs: £[-20-]{+25+} (at most)."),
        ("每周三开会讨论", "每周五开会讨论", "每周[-三-]{+五+}开会讨论"),
        ("เราพบกันทุกวัน", "เราพบกันทุกปี", "เราพบกันทุก[-วัน-]{+ปี+}"),
        ("ما هر هفته می‌خواهیم", "ما هر ماه می‌خواهیم", "ما هر [-هفته-]{+ماه+} می‌خواهیم"),
        ("हम हर हफ़्ते मिलते हैं", "हम हर महीने मिलते हैं", "हम हर [-हफ़्ते-]{+महीने+} मिलते हैं"),
        ("Rydym yn cwrdd bob dydd.", "Rydym yn cwrdd bob mis.", "Rydym yn cwrdd bob [-dydd-]{+mis+}."),
    ],
)
def test_words_that_changed_are_marked_and_nothing_beside_them(old, new, expected):
    assert shown([paragraph(old)], [paragraph(new)]) == [expected]


def test_a_line_with_little_in_common_is_another_line():
    assert shown([paragraph("Everybody pays alone.")], [paragraph("Lunch is at one.")]) == [
        "[-Everybody pays alone.-]",
        "{+Lunch is at one.+}",
    ]


def test_an_item_added_in_front_changes_no_other():
    old, new = (
        items(True, "ring the office", "write it down"),
        items(True, "sit down", "ring the office", "write it down"),
    )
    assert shown([old], [new]) == ["{+sit down+}"]


def test_each_line_finds_the_one_that_it_came_from():
    old = items(False, "Ann rings the school", "Bo books the hall")
    new = items(False, "Ann rings the new school", "we all clean up", "Bo books the old hall")
    assert shown([old], [new]) == [
        "Ann rings the {+new +}school",
        "{+we all clean up+}",
        "Bo books the {+old +}hall",
    ]


def test_a_cell_is_marked_in_its_row():
    def table(*rows):
        return Table("contacts", ROWS, tuple(ROWS.columns), rows)

    old = table(("Mill Road", "1 May 2027", "ring"), ("Gary", "", "write"))
    new = table(("Mill Road", "8 June 2027", "write"), ("Gary", "", "write"))
    assert shown([old], [new]) == ["Mill Road | [-1 May-]{+8 June+} 2027 | [-ring-]{+write+}"]


# --- what is a change, and what is none ------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paragraph("We ", Strong((Text("must"),)), " ring."), paragraph("We ", Emphasis((Text("must"),)), " ring.")),
        (paragraph("We  meet\n every\tday"), paragraph("We meet every day")),
        (paragraph("Caf\u00e9"), paragraph("Cafe\u0301")),
        (paragraph("On ", Filled("1 May 2027", "day")), paragraph("On 1 May 2027")),
    ],
    ids=["emphasis", "white space", "composed letters", "answer or words"],
)
def test_a_change_in_layout_is_none(old, new):
    assert compare(document(old), document(new)).same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (items(False, "we meet"), paragraph("we meet")),
        (items(False, "we meet"), items(True, "we meet")),
        (paragraph("One. Two."), (paragraph("One."), paragraph("Two."))),
        (paragraph(Link((Text("us"),), "https://a.org")), paragraph(Link((Text("us"),), "https://b.org"))),
        ((items(True, "a", "b"), Note("Why", (paragraph("x"),), 1), items(True, "c")), items(True, "a", "b", "c")),
        (items(False, ("a", items(False, "b"))), items(False, "a", "b")),
    ],
    ids=["list to paragraph", "bullets to numbers", "paragraph split", "address", "numbers start again", "depth"],
)
def test_a_change_of_what_is_said_or_how_it_hangs_together_is_one(old, new):
    old, new = (side if isinstance(side, tuple) else (side,) for side in (old, new))
    found = compare(document(*old), document(*new))
    assert [one.change for one in found.clauses] == ["reworded", "same"]
    assert shown(old, new)


def test_notes_and_how_to_reach_somebody_are_not_part_of_it():
    noted = document(Note("Why", (paragraph("because"),), 1), paragraph("We work together."), parties=(MILL_ROAD,))
    silent = MILL_ROAD.model_copy(update={"phone": "", "email": "x@y.org"})
    assert compare(noted, document(paragraph("We work together."), parties=(silent,))).same


def test_the_facts_are_compared():
    old = document(parties=(GARY,), start=datetime.date(2026, 12, 1), title="Night walks")
    new = document(parties=(GARY, MILL_ROAD), end=datetime.date(2027, 5, 3), title="Night and day walks")
    found = compare(old, new)
    assert [
        (one.name, one.change, [marked(line) for line in one.lines if line.change != "same"]) for one in found.facts
    ] == [
        ("title", "reworded", ["Night {+and day +}walks"]),
        ("parties", "reworded", ["{+Mill Road. Contact: Asha Rao, leader+}"]),
        ("start", "removed", ["[-1 December 2026-]"]),
        ("end", "added", ["{+3 May 2027+}"]),
    ]
    assert found.preamble.change == "same"


# --- clauses ---------------------------------------------------------------------------------------


def test_a_clause_that_only_has_another_number_is_the_same():
    one, two, three = (clause(name, 0) for name in ("money", "meetings", "names"))
    assert states(of(one, three), of(one, two, three)) == [
        ("money", "same", None),
        ("meetings", "added", None),
        ("names", "same", None),
    ]


def test_a_clause_that_only_changed_its_place_has_moved():
    a, b, c, d, e = (clause(name, 0) for name in "abcde")
    assert states(of(a, b, c, d, e), of(a, b, e, c, d)) == [
        ("a", "same", None),
        ("b", "same", None),
        ("e", "same", (5, 3)),
        ("c", "same", None),
        ("d", "same", None),
    ]


def test_a_removed_clause_stands_where_it_stood():
    a, b, c = (clause(name, 0) for name in "abc")
    assert [name for name, *_ in states(of(a, b, c), of(a, clause("new", 0), c))] == ["a", "b", "new", "c"]


def test_another_title_is_a_rewording():
    found = compare(of(clause("money", 0, title="Money")), of(clause("money", 0, title="Money and time"))).clauses[0]
    assert (found.change, marked(found.title)) == ("reworded", "Money{+ and time+}")


def test_a_reference_follows_its_clause():
    def text(number, at, title="Meetings"):
        ahead = [clause(f"c{one}", 0) for one in range(number - 1)]
        return of(*ahead, clause("meetings", 0, title=title), clause("money", 0, paragraph("As in ", at, ".")))

    by_id = ClauseNumber("meetings", 2, "Meetings")
    renumbered = ClauseNumber("meetings", 3, "Meetings")
    # A kept version holds the words alone.
    for old in (by_id, Text("clause 2, Meetings")):
        found = compare(text(2, old), text(3, renumbered))
        assert [one.name for one in found.changed] == ["c1"]
    assert compare(text(2, by_id), text(2, ClauseNumber("meetings", 2, "Talks"), "Talks")).clauses[-1].change == "same"
    elsewhere = compare(text(2, by_id), text(2, ClauseNumber("c0", 1, "C0"))).clauses[-1]
    assert [marked(line) for line in elsewhere.lines] == ["As in [-clause 2, Meetings-]{+clause 1, C0+}."]


# --- whatever the texts are ------------------------------------------------------------------------


def sides(part):
    return tuple(
        [line_text(line, side) for line in part.lines if line.change != ("added" if side == "old" else "removed")]
        for side in ("old", "new")
    )


@given(pairs())
def test_both_texts_can_be_read_from_what_changed(both):
    old, new = both
    found = compare(old, new)
    alone_old, alone_new = compare(old, old), compare(new, new)
    clauses_old = {one.was: sides(one)[0] for one in found.clauses if one.old_number}
    clauses_new = {one.name: sides(one)[1] for one in found.clauses if one.new_number}
    assert clauses_old == {one.name: sides(one)[0] for one in alone_old.clauses}
    assert clauses_new == {one.name: sides(one)[1] for one in alone_new.clauses}
    assert sides(found.preamble) == (sides(alone_old.preamble)[0], sides(alone_new.preamble)[1])
    assert [one.name for one in found.clauses if one.new_number] == [one.id for one in new.clauses]


@given(documents())
def test_a_text_is_the_same_as_itself(one):
    found = compare(one, one)
    assert found.same
    assert all(line.change == "same" for clause in found.clauses for line in clause.lines)


@given(st.permutations("abcdef"), st.permutations("abcdef"))
def test_another_order_is_nothing_but_moves(old, new):
    found = compare(of(*(clause(name, 0) for name in old)), of(*(clause(name, 0) for name in new)))
    assert {one.change for one in found.clauses} == {"same"}
    assert "".join(one.name for one in found.clauses) == "".join(new)
    # Those that did not move stand in the same order in both.
    stayed = [one.old_number for one in found.clauses if not one.moved]
    assert stayed == sorted(stayed)
    assert found.same == (old == new)


@given(st.text(), st.text())
def test_the_pieces_join_to_both_lines(old, new):
    found = edits(tokens(old), tokens(new))
    assert "".join(token.text for edit in found for token in edit.old) == old
    assert "".join(token.text for edit in found for token in edit.new) == new
    assert all(one.equal != other.equal for one, other in pairwise(found))


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_aligning_keeps_every_line_once_and_in_order(old, new):
    pairs = list(aligned([Strip("p", one) for one in old], [Strip("p", one) for one in new]))
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


@given(st.permutations(range(7)), st.permutations(range(7)), st.integers(0, 7), st.integers(0, 7))
def test_the_new_order_comes_of_the_old_one(old, new, some, others):
    old, new = [f"{one}" for one in old[:some]], [f"{one}" for one in new[:others]]
    steps = list(reordered(old, new))
    assert [old[i] for i, _ in steps if i is not None] == old
    assert [new[j] for _, j in steps if j is not None] == new
    assert all(old[i] == new[j] for i, j in steps if i is not None and j is not None)


@pytest.mark.slow
def test_repeated_words_by_the_thousand_are_no_trouble():
    """Each of these would take a minute if every word were compared with every other."""
    many = ["the same"] * 6_000
    turned = (["one two", "two one"] * 3_000)[1:]
    for old, new in ((many, many[1:]), (many, turned), (turned, many), (turned, turned[1:])):
        assert not compare(document(paragraph(" ".join(old))), document(paragraph(" ".join(new)))).same
        lines = compare(document(items(False, *old[:2000])), document(items(False, *new[:2000]))).clauses[0].lines
        assert sum(line.change != "added" for line in lines) == 2000
