"""The canonical text of an agreement, and its fingerprint ``gr1``: what a signature stands for.

A line for each thing that the agreement says. A line without a tab is a paragraph; any other starts with what it
is. What people cannot read apart has one form: Unicode's NFC, one space for any white space inside a line, no
emphasis. What they can read apart differs: a list is not a paragraph, a cell is not a word.

The characters that mean nothing to a reader and something to a computer (zero-width spaces, directions that do not
end) are refused when a file is read, so none of them stands here.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...text.markup.nodes import ItemList, Link, Node, Note, Paragraph, Text, blank_key, handler, numbered, worded
from ..document.answers import is_empty
from ..document.assemble import open_blanks
from ..document.labels import labels
from ..document.nodes import Block, ClauseNumber, Document, Filled, Hole, Table

NAME = "gr1"


def fingerprint(document: Document) -> str:
    """``gr1:`` and the SHA-256 of the canonical text, as 64 small hexadecimal digits."""
    text = canonical_text(document).encode("utf-8", "surrogatepass")
    return f"{NAME}:{hashlib.sha256(text).hexdigest()}"


def with_fingerprint(document: Document) -> Document:
    """``document`` with its fingerprint, if it is a partnership's own and nothing in it is open."""
    if document.kind != "partnerships" or open_blanks(document):
        return document
    return replace(document, fingerprint=fingerprint(document))


def canonical_text(document: Document) -> str:
    """The lines of ``document``, each of which ends in a line break. Phones and emails of parties are not in it."""
    return "".join(f"{line}\n" for line in _lines(document))


def clause_lines(document: Document, blocks: Iterable[Block]) -> list[str]:
    """The lines of the canonical text that ``blocks`` of ``document`` become."""
    return list(_blocks(blocks, document))


def _lines(document: Document) -> Iterator[str]:
    yield NAME
    yield _cells("title", document.title)
    for party in document.parties:
        yield _cells("party", party.name, party.organisation, party.contact, party.role)
    yield _cells("start", document.start.isoformat() if document.start else "")
    yield _cells("end", document.end.isoformat() if document.end else "")
    yield from _blocks(document.preamble, document)
    for clause in document.clauses:
        yield _cells(f"{clause.number}.", clause.title)
        yield from _blocks(clause.blocks, document)


def _blocks(blocks: Iterable[Block], document: Document) -> Iterator[str]:
    for block in blocks:
        yield from handler(_LINES, block)(block, document)


def _paragraph(block: Paragraph, document: Document) -> Iterator[str]:
    yield one_line(words(block.children, document.language))


def _items(items: ItemList, document: Document) -> Iterator[str]:
    for item, level, mark in numbered(items, 1):
        yield "\t" * level + _cells(mark, words(item.children, document.language))


def _table(table: Table, document: Document) -> Iterator[str]:
    """The cells as they were given, so that no later way of writing a date makes another text of them."""
    yield _cells("table", table.name)
    yield _cells("|", *table.columns)
    key = blank_key(table.name)
    given = next((blank.answer for blank in document.blanks if blank_key(blank.name) == key), None)
    if not isinstance(given, list):
        # Not the answer itself, but what the site may show of it.
        given = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    for row in given:
        if isinstance(row, dict) and not is_empty(row):
            yield _cells("|", *(str(row.get(column, "")) for column in table.columns))


_LINES: Mapping[type, Callable[[Any, Document], Iterable[str]]] = {
    Paragraph: _paragraph,
    ItemList: _items,
    Table: _table,
    Note: lambda block, document: (),
}


def words(nodes: Iterable[Node], language: str) -> str:
    """``nodes`` as plain text: links with their address, an open blank as ``[its name]``."""
    return worded(
        nodes,
        {
            Text: lambda node: node.text,
            Filled: lambda node: node.text,
            Link: lambda node: f"{words(node.children, language)} <{node.address}>",
            ClauseNumber: lambda node: clause_words(node, language),
            Hole: lambda node: f"[{node.name}]",
        },
    )


def clause_words(node: ClauseNumber, language: str) -> str:
    """``clause 4, Publicity and credit``; one that was left out has no words but its id."""
    known = labels(language)
    return f"{known['clause']} {node.number}, {node.title}" if node.number else f"{node.id} ({known['left out']})"


def _cells(*cells: str) -> str:
    return "\t".join(map(one_line, cells))


def one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
