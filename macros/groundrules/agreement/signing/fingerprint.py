"""The canonical text of an agreement, and its fingerprint ``gr2``: what a signature stands for.

A line for each thing that the agreement says. A line without a tab is a paragraph; any other starts with what it
is. What people cannot read apart has one form: Unicode's NFC, one space for any white space inside a line, no
emphasis. What they can read apart differs: a list is not a paragraph, a cell is not a word, and a character that
somebody wrote is not one with which this text marks a link. A test reads the text back.

Signatures made before are ``gr1``. That text wrote no backslash before a character of its own, so it did not tell a
link from words that look like one. They still verify, and ``tells_links`` says whether that matters.

The characters that mean nothing to a reader and something to a computer (zero-width spaces, directions that do not
end) are refused when a file is read, so none of them stands here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from ...text.markup.nodes import (
    ItemList,
    Link,
    Node,
    Note,
    Paragraph,
    Text,
    Wrap,
    blank_key,
    handler,
    numbered,
    worded,
)
from ..document.answers import capitalised, is_empty
from ..document.assemble import open_blanks
from ..document.nodes import Block, ClauseNumber, Document, DocumentClause, Filled, Hole, Table

NAME = "gr2"
OLD = "gr1"
# Signed with the rest of the text, so they are the same in every language and every toolkit, and stay as they are.
_CLAUSE, _LEFT_OUT = "clause", "left out"
# What this text marks something with, and the beginnings that ``gr1`` could take for a link.
_MARKS = re.compile(r"[\\\[\]]")
_LIKE_A_LINK = re.compile(r" <(?:https?://|mailto:|tel:|/)")
_NOT_IN_AN_ADDRESS = re.compile("[^!-~\ud800-\udfff]|[()\\[\\]\\\\]")


def fingerprint(document: Document, name: str = NAME) -> str:
    """``gr2:`` and the SHA-256 of the canonical text, as 64 small hexadecimal digits."""
    text = canonical_text(document, name).encode("utf-8", "surrogatepass")
    return f"{name}:{hashlib.sha256(text).hexdigest()}"


def with_fingerprint(document: Document, name: str = NAME) -> Document:
    """``document`` with its fingerprint, if it is a partnership's own and nothing in it is open."""
    if document.kind != "partnerships" or open_blanks(document):
        return document
    return replace(document, fingerprint=fingerprint(document, name))


def form_of(noted: str) -> str:
    """The form of the text that has the fingerprint ``noted``."""
    return OLD if noted.startswith(f"{OLD}:") else NAME


def tells_links(document: Document) -> bool:
    """Whether a fingerprint ``gr1`` of ``document`` can be that of no other agreement.

    Where an address stands in the text it cannot tell which words lead there, or whether any do.
    """
    return not _LIKE_A_LINK.search(canonical_text(document, OLD))


def canonical_text(document: Document, name: str = NAME) -> str:
    """The lines of ``document``, each of which ends in a line break. Phones and emails of parties are not in it."""
    return "".join(f"{line}\n" for line in _Lines(document, name).all())


class _Lines:
    """The lines of one document, in one of the two forms."""

    def __init__(self, document: Document, name: str) -> None:
        self.document = document
        self.name = name
        self.words = old_words if name == OLD else words
        self.column: Callable[[str], str] = one_line if name == OLD else _column
        self.becomes: Mapping[type, Callable[[Any], Iterable[str]]] = {
            Paragraph: self.paragraph,
            ItemList: self.items,
            Table: self.table,
            Note: lambda block: (),
        }

    def all(self) -> Iterator[str]:
        document = self.document
        yield self.name
        yield _cells("title", document.title)
        for party in document.parties:
            yield _cells("party", party.name, party.organisation, party.contact, party.role)
        yield _cells("start", document.start.isoformat() if document.start else "")
        yield _cells("end", document.end.isoformat() if document.end else "")
        yield from self.blocks(document.preamble)
        for clause in document.clauses:
            yield _cells(f"{clause.number}.", clause.title)
            yield from self.blocks(clause.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from handler(self.becomes, block)(block)

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        yield one_line(self.words(block.children))

    def items(self, items: ItemList) -> Iterator[str]:
        for item, level, mark in numbered(items, 1):
            yield "\t" * level + _cells(mark, self.words(item.children))

    def table(self, table: Table) -> Iterator[str]:
        """The cells as they were given, so that no later way of writing a date makes another text of them."""
        yield _cells("table", self.column(table.name))
        yield _cells("|", *map(self.column, table.columns))
        key = blank_key(table.name)
        given = next((blank.answer for blank in self.document.blanks if blank_key(blank.name) == key), None)
        if not isinstance(given, list):
            # Not the answer itself, but what the site may show of it.
            given = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for row in given:
            if isinstance(row, dict) and not is_empty(row):
                yield _cells("|", *(str(row.get(column, "")) for column in table.columns))


# --- words ----------------------------------------------------------------------------------------


def words(nodes: Iterable[Node]) -> str:
    """``nodes`` on one line: links as ``[words](address)``, an open blank as ``[[its name]]``.

    A bracket or a backslash that is only a character has a backslash before it.
    """
    text = ""
    for address, runs in groupby(_runs(nodes), lambda run: run[0]):
        said = "".join(run for _, run in runs)
        if address is None:
            text += said
        else:
            # Whether a space belongs to a link, nobody can see.
            space = " "
            before, after = space * said[:1].isspace(), space * said[-1:].isspace()
            text += f"{before}[{said.strip()}]({_NOT_IN_AN_ADDRESS.sub(_percent, address)}){after}"
    return one_line(text)


def _runs(nodes: Iterable[Node], address: str | None = None) -> Iterator[tuple[str | None, str]]:
    """The words in ``nodes``, each with the address that they lead to."""
    for node in nodes:
        if isinstance(node, Wrap):
            yield from _runs(node.children, node.address if isinstance(node, Link) else address)
        elif isinstance(node, Hole):
            yield address, f"[[{escaped(node.name)}]]"
        elif text := old_words([node]):
            yield address, escaped(text)


def escaped(text: str) -> str:
    """``text`` with a backslash before what would mark something here."""
    return _MARKS.sub(r"\\\g<0>", text)


def _percent(found: re.Match[str]) -> str:
    """A character of an address as its bytes: how an accent is encoded there may lead elsewhere."""
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def old_words(nodes: Iterable[Node]) -> str:
    """``nodes`` as ``gr1`` has them: links with their address, an open blank as ``[its name]``."""
    return worded(
        nodes,
        {
            Text: lambda node: node.text,
            Filled: lambda node: node.text,
            Link: lambda node: f"{old_words(node.children)} <{node.address}>",
            ClauseNumber: lambda node: clause_words(node),
            Hole: lambda node: f"[{node.name}]",
        },
    )


def clause_words(node: ClauseNumber | DocumentClause) -> str:
    """``clause 4, Publicity and credit``; one that was left out has no words but its id."""
    return f"{_CLAUSE} {node.number}, {node.title}" if node.number else f"{node.id} ({_LEFT_OUT})"


def _column(name: str) -> str:
    """The name of a table or a column, which is shown with a capital however it is written."""
    return capitalised(one_line(name))


def _cells(*cells: str) -> str:
    return "\t".join(map(one_line, cells))


def one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
