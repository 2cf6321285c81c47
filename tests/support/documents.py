"""Documents for the tests of the writers, and what any file made from one must say."""

from __future__ import annotations

import re

from groundrules.agreement.document.nodes import ClauseNumber, Document, DocumentClause, Filled, Hole, Table
from groundrules.model.front import BlankDefinition, Party
from groundrules.text.markup.nodes import Item, ItemList, Note, Paragraph, Text

# The templates that promise to be one page.
ONE_PAGE = ("individual-co-working", "one-page-teams")
PLAIN = BlankDefinition(ask="?")
DATE = BlankDefinition(ask="When?", type="date")
CHOICE = BlankDefinition(ask="Which?", type="choice", choices=("by post", "by hand"))
LONG = BlankDefinition(ask="What?", type="long text")
ROWS = BlankDefinition(
    ask="Who?",
    type="rows",
    columns={
        "partner": {"ask": "Which partner?"},
        "day": {"ask": "When?", "type": "date"},
        "how": {"ask": "How?", "type": "choice", "choices": ["ring", "write"]},
    },
)


def paragraph(*children):
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in children), 1)


def items(ordered, *entries):
    made = []
    for entry in entries:
        text, below = entry if isinstance(entry, tuple) else (entry, None)
        made.append(Item((Text(text),), below, 1))
    return ItemList(ordered, tuple(made), 1)


def document(*blocks, **changes):
    clauses = changes.pop("clauses", None) or (
        DocumentClause("purpose", 1, "Purpose", "w", blocks or (paragraph("We work together."),)),
        DocumentClause("who-pays", 2, "Money", "w", (paragraph("Each pays its own costs."),)),
    )
    parts = {
        "id": "one",
        "kind": "partnerships",
        "title": "Joint working agreement",
        "language": "en-GB",
        "status": "draft",
        "parties": (),
        "start": None,
        "end": None,
        "preamble": (paragraph("We have talked this through."),),
        "signatures": (),
    }
    return Document(clauses=clauses, **(parts | changes))


MILL_ROAD = Party(name="Mill Road", contact="Asha Rao", role="leader", phone="07700 900123", email="a@b.org")
GARY = Party(name="Gary Dean", organisation="Northgate", role="youth worker")


def holding(text):
    return document(
        paragraph("before ", Filled(text, "name"), " after"),
        paragraph(text),
        items(True, text),
        Table("contacts", ROWS, tuple(ROWS.columns), ((text, text, text),)),
        paragraph(Hole(text, PLAIN)),
        parties=(Party.model_construct(**(GARY.model_dump() | {"name": text})),),
        title=text,
    )


def without_room(words, *blanks):
    """``words`` without the rules behind a blank's name, and the boxes to tick of ``blanks``."""
    for definition in blanks:
        for choice in sorted(definition.choices, key=len, reverse=True):
            words = words.replace(f" \u2610\u00a0{choice}", "")
    return re.sub("\u00a0{3,}(?:/\u00a0+)*", "", words)


def said(document):
    """The words of each block in order, notes left out: what every output has to say."""
    lines = [document.title, *(party.name for party in document.parties)]
    for blocks in (document.preamble, *(clause.blocks for clause in document.clauses)):
        for clause in document.clauses:
            if clause.blocks is blocks:
                lines.append(f"{clause.number}. {clause.title}")
        for block in blocks:
            lines += _lines(block)
    return lines


def _lines(block):
    if isinstance(block, Note):
        return []
    if isinstance(block, Paragraph):
        return [_words(block.children)]
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    return [
        line
        for item in block.items
        for line in (_words(item.children), *(_lines(item.sublist) if item.sublist else ()))
    ]


def _words(nodes):
    words = []
    for node in nodes:
        if isinstance(node, Text | Filled):
            words.append(node.text)
        elif isinstance(node, Hole):
            words.append(f"[{node.name}]")
        elif isinstance(node, ClauseNumber):
            words.append(f"clause {node.number}, {node.title}" if node.number else f"{node.title} (left out)")
        else:
            words.append(_words(node.children))
    return "".join(words)
