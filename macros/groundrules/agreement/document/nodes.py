"""The finished document: a tree in which answers, holes and numbers stand where blanks and references stood."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from ...model.front import BlankDefinition, Party, Signature
from ...text.markup.nodes import ItemList, Link, Mark, Node, Note, Paragraph, Text


@dataclass(frozen=True, slots=True)
class Filled(Node):
    """The answer to the blank called ``name``; ``stop`` is the sentence's full stop where ``text`` has its own."""

    text: str
    name: str
    private: bool = False
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Hole(Node):
    """A blank that nobody has answered yet; ``shown`` is what readers call it, where that is not its name."""

    name: str
    definition: BlankDefinition
    shown: str = ""

    @property
    def says(self) -> str:
        return self.shown or self.name


@dataclass(frozen=True, slots=True)
class ClauseNumber(Node):
    """A reference to a clause of the same document; ``number`` is 0 when that clause was left out."""

    id: str
    number: int
    title: str


Span = Text | Mark | Link | Filled | Hole | ClauseNumber


@dataclass(frozen=True, slots=True)
class Table(Node):
    """The answer to a blank of rows; no rows when it is still open."""

    name: str
    definition: BlankDefinition
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | ItemList | Note | Table


@dataclass(frozen=True, slots=True)
class DocumentClause:
    id: str
    number: int
    title: str
    wording: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class UsedBlank:
    """A blank that stands in the document, with its answer as it was given."""

    name: str
    definition: BlankDefinition
    answer: Any


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    kind: str
    title: str
    language: str
    status: str
    parties: tuple[Party, ...]
    start: datetime.date | None
    end: datetime.date | None
    preamble: tuple[Block, ...]
    clauses: tuple[DocumentClause, ...]
    # Only those that stand for these very words, as ``signing.standing`` says.
    signatures: tuple[Signature, ...] = ()
    blanks: tuple[UsedBlank, ...] = ()
    # Of the exact words, as ``canonical`` makes it; empty where none is to be shown.
    fingerprint: str = ""
    # What the agreement is known by, whatever it is called; empty in one that is older than such keys.
    key: str = ""
    time_zone: str = ""
    # What there is to know of its words where they are a translation's, a sentence each; no part of what is signed.
    remarks: tuple[str, ...] = ()
    # The number of the version that these words were kept or signed as; 0 where there is none.
    version: int = 0
