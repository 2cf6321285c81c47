"""Pairs of texts of an agreement, as anybody might have changed one into the other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from groundrules.agreement.document.nodes import ClauseNumber, DocumentClause, Table, UsedBlank
from groundrules.text.markup.nodes import Emphasis, Link, Strong, Text
from support.documents import GARY, MILL_ROAD, ROWS, document, items, paragraph


def clause(identity, number, *blocks, title=None):
    blocks = blocks or (paragraph(f"Words of {identity}."),)
    return DocumentClause(identity, number, title or identity.capitalize(), "w", tuple(blocks))


def of(*clauses, **changes):
    """A document of ``clauses``, numbered in their order."""
    numbered = tuple(replace(one, number=number) for number, one in enumerate(clauses, 1))
    return document(clauses=numbered, **changes)


SIGNS = st.sampled_from("ab .,|'é\u0301字ไม้\u200cخ<&[]\U0001f469\u200d")
SAID = st.text(SIGNS, min_size=1, max_size=12).filter(str.strip)
SPANS = st.one_of(
    SAID.map(Text),
    SAID.map(lambda text: Strong((Text(text),))),
    SAID.map(lambda text: Emphasis((Strong((Text(text),)), Text("b")))),
    st.builds(lambda text, to: Link((Text(text),), f"https://{to}.org"), SAID, st.sampled_from("ab")),
    st.sampled_from("abcd").map(lambda name: ClauseNumber(name, "abcd".index(name), name.upper())),
)
PARAGRAPHS = st.lists(SPANS, min_size=1, max_size=3).map(lambda spans: paragraph(*spans))
TEXTS = st.lists(SAID, min_size=1, max_size=4)


def a_list(ordered, texts, below):
    return items(ordered, *texts[:-1], (texts[-1], items(not ordered, *below) if below else None))


LISTS = st.builds(a_list, st.booleans(), TEXTS, st.lists(SAID, max_size=2))
ROW = st.tuples(*[st.sampled_from(["", "Mill Road", "1 May 2027", "ring", "a|b"])] * 3).filter(any)
BLOCKS = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, LISTS), min_size=1, max_size=4)


@st.composite
def documents(draw):
    names = draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True))
    clauses = [
        clause(name, 0, *draw(BLOCKS), title=draw(st.sampled_from(["One", "One b", name.upper()]))) for name in names
    ]
    rows = tuple(draw(st.lists(ROW, max_size=3)))
    if draw(st.booleans()):
        table = Table("contacts", ROWS, tuple(ROWS.columns), rows)
        at = draw(st.integers(0, len(clauses[0].blocks)))
        blocks = (*clauses[0].blocks[:at], table, *clauses[0].blocks[at:])
        clauses[0] = replace(clauses[0], blocks=blocks)
    return of(
        *clauses,
        preamble=tuple(draw(st.lists(PARAGRAPHS, max_size=2))),
        title=draw(SAID),
        parties=tuple(draw(st.lists(st.sampled_from([GARY, MILL_ROAD]), unique_by=lambda one: one.name))),
        fingerprint=draw(st.sampled_from(["", f"gr1:{'a' * 64}", f"gr1:{'b' * 64}"])),
        blanks=(UsedBlank("contacts", ROWS, [dict(zip(ROWS.columns, row, strict=True)) for row in rows]),),
    )


@st.composite
def pairs(draw):
    """Two texts of one agreement: clauses, and blocks in them, came, went, changed and moved."""
    old, new = draw(documents()), draw(documents())
    kept = {one.id: one for one in old.clauses}
    clauses = []
    for one in new.clauses:
        before = kept.get(one.id)
        if before and draw(st.booleans()):
            mixed = draw(st.permutations([*before.blocks, *one.blocks[:1]]))
            tables = [block for block in mixed if isinstance(block, Table)]
            one = replace(one, blocks=tuple(block for block in mixed if block not in tables[1:]))
        clauses.append(one)
    return old, of(
        *clauses,
        preamble=new.preamble,
        title=new.title,
        parties=new.parties,
        fingerprint=new.fingerprint,
        blanks=new.blanks if any(isinstance(block, Table) for one in clauses for block in one.blocks) else (),
    )
