"""A Word file of the new text in which everything that changed is a tracked change.

Accepting all gives the new text, rejecting all the old: the same paragraphs and cells as their own Word files hold.
How words look is the new text's throughout, because a change of layout alone is none. A clause that moved is
deleted at its old place and inserted at its new one; Word's own marks for moving may not hold tables.

Where a paragraph came or went right before a table, LibreOffice (7.4) leaves an empty one, which no table can take up.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, groupby
from typing import Any

from ..agreement.changes.diff import clause_names
from ..agreement.changes.diff_words import LIKENESS, Strip, Token, aligned, edits, reordered, tokens
from ..agreement.document.answers import capitalised
from ..agreement.document.labels import labels
from ..agreement.document.nodes import Block, Document, DocumentClause, Table
from ..agreement.signing.fingerprint import canonical_text, one_line
from ..text.markup.nodes import ItemList, Paragraph, handler
from .columns import Columns, columns
from .frame import SIGNING_SHARES, Frame
from .printed import EMPTY_ROWS, STRONG, Run, heading, holdable, printed, runs, table_header
from .word_body import SIGNING_HEIGHT, WRITING_HEIGHT, Body, Look
from .word_parts import Xml, bookmark, element
from .word_styles import BULLETS

AUTHOR = "Ground Rules"


def tracked(old: Document, new: Document, day: datetime.date, author: str = AUTHOR) -> bytes:
    """The Word file that leads from ``old`` to ``new``; ``day`` and ``author`` stand beside each change.

    What has one canonical text is no change: how a space or an accent is encoded, phones and emails.
    """
    if old.fingerprint == new.fingerprint and canonical_text(old) == canonical_text(new):
        old = new
    return _Writer(old, new, day, author).file()


# --- what is compared -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word(Token):
    """A word with the runs that it is in."""

    runs: tuple[Run, ...]


class _List:
    """A list; an ordered one counts on its own."""

    def __init__(self, level: int, ordered: bool) -> None:
        self.level = level
        self.ordered = ordered


class _Paragraph(Strip):
    def __init__(self, style: str, content: Iterable[Run], within: _List | None = None, keep: bool = False) -> None:
        self.style = style
        self.runs = [run for run in content if run.text]
        self.within = within
        self.keep = keep
        linked = tuple((link, "".join(run.text for run in found)) for link, found in self.by_link())
        key = tuple((link, one_line(text)) for link, text in linked)
        super().__init__(style, "".join(text for _, text in linked), key)

    def by_link(self) -> Iterator[tuple[str, list[Run]]]:
        for link, found in groupby(self.runs, lambda run: run.link):
            yield link, list(found)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(self.words_in_runs())

    def words_in_runs(self) -> Iterator[_Word]:
        for link, left in self.by_link():
            for token in tokens("".join(run.text for run in left)):
                inside: list[Run] = []
                wanted = len(token.text)
                while wanted:
                    run = left.pop(0)
                    inside.append(_cut(run, 0, wanted))
                    if len(run.text) > wanted:
                        left.insert(0, _cut(run, wanted, len(run.text)))
                    wanted -= min(wanted, len(run.text))
                yield _Word((link, one_line(token.text)), token.text, tuple(inside))


def _cut(run: Run, start: int, end: int) -> Run:
    return replace(run, text=run.text[start:end])


class _Row(Strip):
    def __init__(self, cells: Sequence[str], height: int = 0, header: bool = False) -> None:
        style = "TableHeading" if header else "TableText"
        self.cells = [_Paragraph(style, [Run(holdable(cell))]) for cell in cells]
        self.header = header
        self.texts = tuple(cells)
        self.height = height
        super().__init__("row", " | ".join(cells), tuple(map(one_line, cells)))


class _Table(Strip):
    """A table is paired with any other of the same columns."""

    def __init__(self, name: str, header: Sequence[str], rows: Sequence[_Row], shares: Sequence[int] = ()) -> None:
        self.name = name
        self.header = _Row(header, header=True)
        self.rows = rows
        self.shares = shares
        super().__init__(("table", tuple(header)), "\n".join(row.text for row in rows), tuple(row.key for row in rows))

    def likeness(self, other: Strip) -> float:
        return max(LIKENESS, super().likeness(other)) if self.kind == other.kind else 0


_Unit = _Paragraph | _Table


class _Text:
    """A document as paragraphs and tables, in the order in which its own Word file has them."""

    def __init__(self, document: Document) -> None:
        self.frame = Frame(document, form=False)
        self.document = document
        self.language = document.language

    def opening(self) -> Iterator[_Unit]:
        yield _Paragraph("Title", [Run(holdable(self.document.title))])
        yield from self.blocks(self.frame.remarks)
        for name, text in self.frame.parties:
            yield _Paragraph("ListBullet", [Run(holdable(name), STRONG), Run(holdable(text))])
        if self.frame.days:
            yield _Paragraph("Normal", [Run(self.frame.days)])

    def clause(self, clause: DocumentClause | None) -> Iterator[_Unit]:
        if not clause:
            return
        yield _Paragraph("Heading1", [Run(holdable(heading(clause)))])
        yield from self.blocks(clause.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[_Unit]:
        for block, keep in printed(blocks):
            yield from handler(_UNITS, block)(self, block, keep)

    def paragraph(self, block: Paragraph, keep: bool) -> Iterator[_Unit]:
        yield _Paragraph("Normal", runs(block.children, self.language), keep=keep)

    def items(self, items: ItemList, keep: bool = False, level: int = 0) -> Iterator[_Unit]:
        within = _List(level, items.ordered)
        style = ("ListNumber" if items.ordered else "ListBullet") + ("2" if level else "")
        for item in items.items:
            yield _Paragraph(style, runs(item.children, self.language), within)
            if item.sublist:
                yield from self.items(item.sublist, level=1)

    def table(self, table: Table, keep: bool) -> Iterator[_Unit]:
        empty = [_Row([""] * len(table.columns), WRITING_HEIGHT)] * EMPTY_ROWS
        yield _Table(capitalised(table.name), table_header(table), [_Row(row) for row in table.rows] or empty)

    def signing(self) -> Iterator[_Unit]:
        label = labels(self.language)["signed"]
        yield _Paragraph("Signing", [Run(capitalised(label))])
        rows = [_Row(row, SIGNING_HEIGHT) for row in self.frame.signers]
        yield _Table(label, self.frame.signing_header, rows, SIGNING_SHARES)

    def end(self) -> _Paragraph:
        return _Paragraph("End", [Run(self.frame.fingerprint)])


_UNITS: Mapping[type, Callable[[_Text, Any, bool], Iterator[_Unit]]] = {
    Paragraph: _Text.paragraph,
    ItemList: _Text.items,
    Table: _Text.table,
}


# --- how it is written ----------------------------------------------------------------------------


class _Writer(Body):
    def __init__(self, old: Document, new: Document, day: datetime.date, author: str) -> None:
        self.old, self.new = _Text(old), _Text(new)
        super().__init__(self.new.frame)
        self.by = {"author": author, "date": f"{day.isoformat()}T00:00:00Z"}
        self.change_numbers = count(1)
        self.list_numbers: dict[_List, int] = {}

    def content(self) -> Iterator[Xml]:
        old, new = self.old, self.new
        yield from self.section_of(old.opening(), new.opening())
        preambles = old.blocks(old.document.preamble), new.blocks(new.document.preamble)
        yield from self.bookmarked("preamble", self.section_of(*preambles))
        ids = {clause.id for clause in new.document.clauses}
        for i, j in reordered(*clause_names(old.document, new.document)):
            gone = old.document.clauses[i] if i is not None else None
            here = new.document.clauses[j] if j is not None else None
            blocks = self.section_of(old.clause(gone), new.clause(here))
            either = here or gone
            assert either
            # An id is the new text's clause, also where that moved: there references lead.
            yield from self.bookmarked(either.id, blocks) if here or either.id not in ids else blocks
        yield from self.section_of(old.signing(), new.signing())
        before, after = old.end(), new.end()
        style = "Fingerprint" if before.text or after.text else "End"
        yield self.paragraph(style, self.words(before, after))

    def section_of(self, old: Iterable[_Unit], new: Iterable[_Unit]) -> list[Xml]:
        before, after = list(old), list(new)
        pairs = [
            (before[i] if i is not None else None, after[j] if j is not None else None)
            for i, j in aligned(before, after)
        ]
        kept = [self.counts_on(one, other) for one, other in pairs]
        return [
            xml
            for pair, together in zip(pairs, kept, strict=True)
            for one, other in ([pair] if together else [(pair[0], None), (None, pair[1])])
            for xml in self.unit(one, other)
        ]

    def counts_on(self, old: _Unit | None, new: _Unit | None) -> bool:
        """Whether what became of ``old`` can stand in its place, and count on whatever is accepted.

        An ordered list counts on as one other; an item that went from one list to another goes and comes.
        """
        if not (isinstance(old, _Paragraph) and isinstance(new, _Paragraph) and old.within and new.within):
            return bool(old and new)
        if not old.within.ordered:
            return True
        if old.within not in self.list_numbers and new.within not in self.list_numbers:
            self.list_numbers[old.within] = self.list_numbers[new.within] = self.own_list(new.within.level)
        return self.list_numbers.get(old.within) == self.list_numbers.get(new.within)

    def list_number(self, within: _List) -> int:
        if not within.ordered:
            return BULLETS
        if within not in self.list_numbers:
            self.list_numbers[within] = self.own_list(within.level)
        return self.list_numbers[within]

    def unit(self, old: _Unit | None, new: _Unit | None) -> Iterator[Xml]:
        either = new or old
        if not either:
            return
        if isinstance(either, _Table):
            assert not isinstance(old, _Paragraph)
            assert not isinstance(new, _Paragraph)
            yield self.table(old, new)
        else:
            assert not isinstance(old, _Table)
            assert not isinstance(new, _Table)
            yield self.changed(old, new)

    def changed(self, old: _Paragraph | None, new: _Paragraph | None, keep: bool = False, suffix: str = "") -> Xml:
        either = new or old
        assert either
        in_list = (either.within.level, self.list_number(either.within)) if either.within else None
        change = self.change_of(old, new)
        return self.paragraph(either.style + suffix, self.words(old, new), in_list, keep or either.keep, change)

    def change_of(self, old: object, new: object) -> Xml | None:
        """The mark of what was inserted or deleted as a whole."""
        return None if old and new else self.change("ins" if new else "del")

    def change(self, tag: str, *inside: Xml) -> Xml:
        return element(tag, *inside, id=next(self.change_numbers), **self.by)

    # --- tables ---

    def table(self, old: _Table | None, new: _Table | None) -> Xml:
        either = new or old
        assert either
        before, after = (one.rows if one else [] for one in (old, new))
        fitting = columns([row.texts for row in (either.header, *before, *after)], either.shares)
        pairs = list(aligned(before, after))
        rows = [self.table_row(old.header if old else None, new.header if new else None, fitting)]
        for at, (i, j) in enumerate(pairs, 1):
            one, other = before[i] if i is not None else None, after[j] if j is not None else None
            rows.append(self.table_row(one, other, fitting, keep=bool(either.shares) and at < len(pairs)))
        return self.table_of(either.name, fitting, rows)

    def table_row(self, old: _Row | None, new: _Row | None, fitting: Columns, keep: bool = False) -> Xml:
        either = new or old
        assert either
        cells = [
            self.changed(old.cells[at] if old else None, new.cells[at] if new else None, keep, fitting.suffix)
            for at in range(len(either.cells))
        ]
        return self.row(cells, fitting, either.height, either.header, self.change_of(old, new))

    # --- words ---

    def words(self, old: _Paragraph | None, new: _Paragraph | None) -> Iterator[Xml]:
        if old and new and old.key == new.key:
            yield from self.written(new.runs)
            return
        for edit in edits(old.tokens if old else (), new.tokens if new else ()):
            if edit.equal:
                yield from self.written(_runs(edit.new))
            else:
                yield from self.written(_runs(edit.old), "del")
                yield from self.written(_runs(edit.new), "ins")

    def written(self, runs: Iterable[Run], change: str = "") -> Iterator[Xml]:
        """``runs``, those that look the same as one; a change stands inside a link, never around it."""
        for look, found in groupby(runs, lambda run: replace(run, text="")):
            style = "Hyperlink" if look.link or look.clause else ""
            text = "".join(run.text for run in found)
            run = self.run(text, Look(look.marks, style), deleted=change == "del")
            shown = self.change(change, run) if change else run
            if look.link:
                shown = element("hyperlink", shown, **{"r:id": self.link_to(look.link)})
            elif look.clause:
                shown = element("hyperlink", shown, anchor=bookmark(look.clause), history=1)
            yield shown


def _runs(found: Iterable[Token]) -> Iterator[Run]:
    for token in found:
        assert isinstance(token, _Word)
        yield from token.runs
