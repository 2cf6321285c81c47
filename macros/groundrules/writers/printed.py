"""The text on paper: its headings, blocks, tables and runs of words, the same in every format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any
from urllib.parse import quote, urlsplit

from ..agreement.document.answers import capitalised
from ..agreement.document.labels import labels
from ..agreement.document.nodes import Block, ClauseNumber, Document, DocumentClause, Filled, Hole, Table
from ..text.markup.nodes import (
    MARKS,
    ItemList,
    Link,
    Mark,
    Node,
    Note,
    Paragraph,
    Strong,
    Text,
    blank_key,
    handler,
    lone,
    walk,
)

EMPTY_ROWS = 3
# Word refuses a file with a longer address.
_LONGEST_ADDRESS = 2000
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def holdable(text: str) -> str:
    """``text`` with something visible for each character that no XML or PDF can hold."""
    return _UNHOLDABLE.sub("\ufffd", text)


def target(address: str) -> str:
    """``address`` as a document may hold it; empty where it leads nowhere outside the site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "mailto", "tel"):
        return ""
    safe = quote(address, safe="!#$%&'()*+,/:;=?@~-._", errors="replace")
    return safe if len(safe) <= _LONGEST_ADDRESS else ""


def heading(clause: DocumentClause) -> str:
    """A clause's heading, its number written out.

    References say "clause 4" in words, and so do people in later letters: numbering by the word processor
    would shift when somebody deletes a clause, and leave those words behind. Written out, it is also read
    aloud, copied and converted as it stands.
    """
    return f"{clause.number}. {clause.title}"


def table_header(table: Table) -> list[str]:
    return [capitalised(name) for name in table.columns]


def printed(blocks: Iterable[Block]) -> Iterator[tuple[Paragraph | ItemList | Table, bool]]:
    """The blocks that are part of the agreement, and whether each must stay with the next.

    "We ring:" stays with the table or list of whom.
    """
    shown = [block for block in blocks if not isinstance(block, Note)]
    for block, following in zip_longest(shown, shown[1:]):
        belongs = isinstance(following, ItemList | Table) or is_box(following)
        yield block, isinstance(block, Paragraph) and belongs and not is_box(block)


def is_box(block: Block | None) -> bool:
    """Whether ``block`` is room for a long answer, which stays with the question above it."""
    hole = lone(block, Hole)
    return hole is not None and hole.definition.blank_type.structure in ("paragraphs", "list")


# --- blanks that stand in several places ---


def cell_key(table: str, column: str, row: int) -> str:
    return f"{blank_key(table)}/{blank_key(column)}/{row}"


def repeated(document: Document) -> list[str]:
    """The keys of the open blanks, and cells of open tables, that stand in more than one place."""
    blocks = chain(document.preamble, *(clause.blocks for clause in document.clauses))
    return [key for key, places in Counter(_places(list(blocks))).items() if places > 1]


def _places(blocks: Sequence[Block]) -> Iterator[str]:
    for block, _ in printed(blocks):
        if not isinstance(block, Table):
            yield from (blank_key(node.name) for node in walk([block]) if isinstance(node, Hole))
        elif not block.rows:
            yield from (
                cell_key(block.name, one, row)
                for row in range(block.definition.blank_type.lines)
                for one in block.columns
            )


# --- words ------------------------------------------------------------------------------------------


Marks = tuple[type[Mark], ...]
STRONG: Marks = (Strong,)


def marked(marks: Marks, node: Mark) -> Marks:
    """``marks`` and that of ``node``, each once, in the order of ``MARKS``."""
    return tuple(mark for mark in MARKS if mark in marks or isinstance(node, mark))


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same; ``link`` leads outside, ``clause`` to a clause, and ``hole`` is an open blank."""

    text: str
    marks: Marks = ()
    link: str = ""
    clause: str = ""
    hole: Hole | None = None


def runs(nodes: Iterable[Node], language: str, look: Run = Run("")) -> Iterator[Run]:
    """``nodes`` one after the other, each with all that it takes from those around it."""
    for node in nodes:
        yield from handler(_RUNS, node)(node, language, look)


def _words(node: Text | Filled, language: str, look: Run) -> Iterator[Run]:
    yield replace(look, text=holdable(node.text))


def _hole(node: Hole, language: str, look: Run) -> Iterator[Run]:
    yield replace(look, text=holdable(f"[{node.says}]"), hole=node)


def _clause_number(node: ClauseNumber, language: str, look: Run) -> Iterator[Run]:
    words = labels(language)
    if node.number:
        text = holdable(f"{words['clause']} {node.number}, {node.title}")
        yield replace(look, text=text, clause="" if look.link else node.id)
    else:
        yield replace(look, text=holdable(f"{node.title} ({words['left out']})"))


def _mark(node: Mark, language: str, look: Run) -> Iterator[Run]:
    return runs(node.children, language, replace(look, marks=marked(look.marks, node)))


def _link(node: Link, language: str, look: Run) -> Iterator[Run]:
    return runs(node.children, language, replace(look, link=look.link or target(node.address)))


_RUNS: Mapping[type, Callable[[Any, str, Run], Iterator[Run]]] = {
    Text: _words,
    Filled: _words,
    Hole: _hole,
    ClauseNumber: _clause_number,
    Mark: _mark,
    Link: _link,
}
