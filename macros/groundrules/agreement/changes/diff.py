"""The differences between two texts of an agreement. The rules, which ``browser/core/diff.js`` follows as well:

1. The facts (title, parties, start, end), the preamble and each clause are a part each. Parts of both texts belong
   together by their name, and clauses as ``pairing`` says.
2. A part is a sequence of lines, as a reader sees them: a paragraph, an item of a list, a table's name, the names of
   its columns, a row. Phones and emails of parties are none, nor are notes. A line is words: emphasis, white space,
   and how Unicode writes a letter make no difference, nor does the number of an item or how a row's date is stored.
   Its kind does: a list is not a paragraph.
3. A reference to another clause ("clause 4, Meetings") is the same as long as it leads to the same clause, whatever
   its number and title are now. It is found by its words, because a kept version holds nothing else.
4. A part is ``same``, ``reworded``, ``added`` or ``removed``. A clause with another title is reworded. If nothing
   differs but where numbered lists start again, those items count as replaced.
5. A clause ``moved`` if it is not in the longest run of clauses that stand in the same order in both texts. Having
   another number is no change, but it is said once for all clauses that were ``renumbered`` in a row.
6. Lines are aligned by the fewest edits. Lines between two that stay are paired in their order where they are of one
   kind and at least a third of their words is the same; they are reworded. Others are removed or added.
7. A reworded line is in pieces: words, spaces and characters, equal, removed or added. Up to three equal words that
   are no longer than the changes on both sides go with these, bars between cells never. What is the same at the start
   or the end of a change is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ...model.front import Party
from ...text.markup.nodes import ItemList, Note, Paragraph, handler, numbered
from ..document.answers import stopped
from ..document.assemble import term
from ..document.labels import labels
from ..document.nodes import Block, Document, Table
from ..signing.fingerprint import clause_words, escaped, one_line, words
from .diff_words import Edit, Strip, Token, aligned, edits, reordered, tokens
from .pairing import Kin, identities

Change = Literal["same", "reworded", "added", "removed"]
LineKind = Literal["paragraph", "bullet", "number", "table", "columns", "row", "party"]


@dataclass(frozen=True, slots=True)
class LinePiece:
    """Some words of a line; an equal piece has a ``was`` only if a reference in it read otherwise before."""

    kind: Literal["equal", "removed", "added"]
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its equal and removed pieces are the old one, equal and added the new; ``level`` is a list's depth."""

    change: Change
    kind: LineKind
    level: int
    mark: str
    pieces: tuple[LinePiece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A fact, the preamble or a clause: ``name`` is what it is called, or the clause's id."""

    name: str
    change: Change
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ClausePart(Part):
    """A clause of two texts: ``title`` is a line; ``was`` is its id in the old one.

    Where the clause does not stand in a text, its number there is 0.
    """

    title: Line
    was: str
    old_number: int
    new_number: int
    moved: bool


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Clauses in a row, the first and the last, that have other numbers now."""

    old: tuple[int, int]
    new: tuple[int, int]

    def __str__(self) -> str:
        if self.old[0] == self.old[1]:
            return f"clause {self.old[0]} is {self.new[0]} now"
        return f"clauses {self.old[0]} to {self.old[1]} are {self.new[0]} to {self.new[1]} now"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side: ``clauses`` are in the new order; a removed one stands behind those that it followed."""

    facts: tuple[Part, ...]
    preamble: Part
    clauses: tuple[ClausePart, ...]

    @property
    def changed(self) -> list[Part]:
        """The parts in which anything changed, their place included."""
        return [one for one in (*self.facts, self.preamble) if one.change != "same"] + [
            one for one in self.clauses if one.change != "same" or one.moved
        ]

    @property
    def renumbered(self) -> list[Renumbered]:
        """The clauses that stayed in their order and have other numbers."""
        found: list[Renumbered] = []
        for one in self.clauses:
            old, new = one.old_number, one.new_number
            if not old or not new or old == new or one.moved:
                continue
            if found and (found[-1].old[1] + 1, found[-1].new[1] + 1) == (old, new):
                last = found.pop()
                found.append(Renumbered((last.old[0], old), (last.new[0], new)))
            else:
                found.append(Renumbered((old, old), (new, new)))
        return found

    @property
    def same(self) -> bool:
        return not self.changed


def renumbered_words(comparison: Comparison) -> str:
    """What was renumbered, as a sentence; empty if nothing was."""
    found = "; ".join(map(str, comparison.renumbered))
    return f"Renumbered: {found}." if found else ""


def compare(old: Document, new: Document) -> Comparison:
    before, after = _pair(old, new)
    parts = zip(before.parts(), after.parts(), strict=True)
    *facts, preamble = [_part(name, one, other) for (name, one), (_, other) in parts]
    return Comparison(tuple(facts), preamble, tuple(_clauses(before, after)))


def clause_names(old: Document, new: Document) -> tuple[list[str], list[str]]:
    """A name for each clause of both texts: those that belong together have the same."""
    before, after = _pair(old, new)
    return before.names, after.names


def line_text(line: Line, side: Literal["old", "new"]) -> str:
    """The text of ``line``, the old one or the new."""
    if side == "new":
        return "".join(piece.text for piece in line.pieces if piece.kind != "removed")
    return "".join(piece.was or piece.text for piece in line.pieces if piece.kind != "added")


# --- the lines of a text ------------------------------------------------------------------------


class _References:
    """The words by which a text refers to its own clauses."""

    def __init__(self, document: Document) -> None:
        self.places = {one_line(escaped(clause_words(one))): at for at, one in enumerate(document.clauses)}
        longest_first = sorted(map(re.escape, self.places), key=len, reverse=True)
        self.pattern = re.compile("|".join(longest_first) or r"(?!)")

    def named(self, text: str, names: Sequence[str]) -> str:
        return self.pattern.sub(lambda found: f"\0{names[self.places[found[0]]]}\0", text)

    def tokens(self, text: str, names: Sequence[str]) -> Iterator[Token]:
        start = 0
        for found in self.pattern.finditer(text):
            yield from tokens(text[start : found.start()])
            yield Token(("clause", names[self.places[found[0]]]), found[0])
            start = found.end()
        yield from tokens(text[start:])


class _Line(Strip):
    """A line of ``within``, whose clauses have their names by the time that it is compared."""

    def __init__(self, kind: LineKind, text: str, within: _Text, level: int = 0, mark: str = "") -> None:
        super().__init__((kind, level), one_line(text))
        self.line_kind = kind
        self.level = level
        self.mark = mark
        self.within = within

    @cached_property
    def key(self) -> tuple[Hashable, Hashable]:
        return self.kind, self.within.references.named(self.text, self.within.names)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(self.within.references.tokens(self.text, self.within.names))


class _Text:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.references = _References(document)
        self.becomes: Mapping[type, Callable[[Any], Iterable[_Line]]] = {
            Paragraph: self.paragraph,
            ItemList: self.items,
            Table: self.table,
            Note: lambda note: (),
        }
        self.lines = [list(self.blocks(clause.blocks)) for clause in document.clauses]
        self.names: list[str] = []

    def kin(self) -> list[Kin]:
        """The clauses as they are told from others; a reference is its clause's title."""
        titles = [one_line(clause.title) for clause in self.document.clauses]
        return [
            Kin(clause.id, title, tuple((one.kind, self.references.named(one.text, titles)) for one in lines))
            for clause, title, lines in zip(self.document.clauses, titles, self.lines, strict=True)
        ]

    def parts(self) -> Iterator[tuple[str, list[_Line]]]:
        document = self.document
        start, end = term(document)
        yield "title", self.lines_of(document.title)
        yield "parties", [self.line("party", _party(one, document.language)) for one in document.parties]
        yield "start", self.lines_of(start)
        yield "end", self.lines_of(end)
        yield "preamble", list(self.blocks(document.preamble))

    def lines_of(self, text: str) -> list[_Line]:
        return [self.line("paragraph", text)] if text.strip() else []

    def blocks(self, blocks: Iterable[Block]) -> Iterator[_Line]:
        for block in blocks:
            yield from handler(self.becomes, block)(block)

    def paragraph(self, block: Paragraph) -> Iterator[_Line]:
        yield self.line("paragraph", words(block.children))

    def items(self, items: ItemList) -> Iterator[_Line]:
        for item, level, mark in numbered(items, 1):
            kind: LineKind = "bullet" if mark == "-" else "number"
            yield self.line(kind, words(item.children), level, mark)

    def table(self, table: Table) -> Iterator[_Line]:
        yield self.line("table", table.name)
        yield self.line("columns", _row(table.columns))
        yield from (self.line("row", _row(row)) for row in table.rows)

    def line(self, kind: LineKind, text: str, level: int = 0, mark: str = "") -> _Line:
        return _Line(kind, text, self, level, mark)


def _party(party: Party, language: str) -> str:
    name = ", ".join(filter(None, [party.name, party.organisation]))
    if not party.contact:
        return ", ".join(filter(None, [name, party.role]))
    contact = ", ".join(filter(None, [party.contact, party.role]))
    return f"{stopped(name)} {labels(language)['contact']}: {contact}"


def _row(cells: Iterable[str]) -> str:
    return " | ".join(map(one_line, cells))


# --- from one to the other ----------------------------------------------------------------------


def _pair(old: Document, new: Document) -> tuple[_Text, _Text]:
    before, after = _Text(old), _Text(new)
    before.names, after.names = identities(before.kin(), after.kin())
    return before, after


def _clauses(before: _Text, after: _Text) -> Iterator[ClausePart]:
    old_places, new_names = {name: at for at, name in enumerate(before.names)}, set(after.names)
    for i, j in reordered(before.names, after.names):
        if i is not None and j is None and before.names[i] in new_names:
            continue
        moved = i is None and j is not None and after.names[j] in old_places
        if moved and j is not None:
            i = old_places[after.names[j]]
        yield _clause(before, after, i, j, moved)


def _clause(before: _Text, after: _Text, i: int | None, j: int | None, moved: bool) -> ClausePart:
    old = before.document.clauses[i] if i is not None else None
    new = after.document.clauses[j] if j is not None else None
    either = new or old
    assert either
    title = _line(
        before.line("paragraph", old.title) if old else None, after.line("paragraph", new.title) if new else None
    )
    lines = _lines(before.lines[i] if i is not None else [], after.lines[j] if j is not None else [])
    change: Change = "reworded" if any(one.change != "same" for one in (title, *lines)) else "same"
    if not old or not new:
        change = "added" if new else "removed"
    numbers = old.number if old else 0, new.number if new else 0
    return ClausePart(either.id, change, tuple(lines), title, old.id if old else "", *numbers, moved)


def _part(name: str, old: list[_Line], new: list[_Line]) -> Part:
    lines = _lines(old, new)
    change: Change = "reworded" if any(line.change != "same" for line in lines) else "same"
    if change != "same" and not (old and new):
        change = "added" if new else "removed"
    return Part(name, change, tuple(lines))


def _lines(old: Sequence[_Line], new: Sequence[_Line]) -> list[Line]:
    pairs = [(old[i] if i is not None else None, new[j] if j is not None else None) for i, j in aligned(old, new)]
    lines = [_line(one, other) for one, other in pairs]
    if all(line.change == "same" for line in lines):
        # Only where the numbers of lists start again can still differ.
        lines = [
            line
            for one, other in pairs
            for line in ([_line(one, other)] if one and other and one.mark == other.mark else _both(one, other))
        ]
    return lines


def _both(old: _Line | None, new: _Line | None) -> list[Line]:
    return [_line(old, None), _line(None, new)]


def _line(old: _Line | None, new: _Line | None) -> Line:
    either = new or old
    assert either
    if old and new and old.key == new.key:
        pieces: tuple[LinePiece, ...] = (_equal(old.text, new.text),)
        change: Change = "same"
    else:
        pieces = tuple(_pieces(edits(old.tokens if old else (), new.tokens if new else ())))
        change = "reworded" if old and new else "added" if new else "removed"
    return Line(change, either.line_kind, either.level, either.mark, pieces)


def _equal(old: str, new: str) -> LinePiece:
    return LinePiece("equal", new, old if old != new else "")


def _pieces(found: Iterable[Edit]) -> Iterator[LinePiece]:
    for edit in found:
        old, new = ("".join(token.text for token in side) for side in (edit.old, edit.new))
        if edit.equal:
            yield _equal(old, new)
        else:
            if old:
                yield LinePiece("removed", old)
            if new:
                yield LinePiece("added", new)
