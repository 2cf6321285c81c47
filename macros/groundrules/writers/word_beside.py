"""The Word file of a document in two languages: a column for each, clause beside clause, in equal letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..agreement.document.answers import capitalised
from ..agreement.document.nodes import Document, DocumentClause
from .beside import both, clause_pairs
from .columns import PAGE_WIDTH, Columns, columns
from .frame import SIGNING_SHARES, Frame, is_form
from .printed import heading, holdable
from .word import WordWriter
from .word_answers import answer_parts
from .word_body import SIGNING_HEIGHT, Body
from .word_parts import Xml, element, link_relation
from .word_styles import MARGINS, PAGE

# A page on its side has room for two columns.
_WIDTH = PAGE[1] - MARGINS["left"] - MARGINS["right"]
_COLUMN = _WIDTH // 2
_INSET = 170


def word_beside(first: Document, second: Document, questions: bool = False) -> bytes:
    """A form where there is something to fill in, else the finished text, in both languages."""
    return _Beside(*(_Column(Frame(one, is_form(one)), questions) for one in (first, second))).file()


class _Column(WordWriter):
    """One of the two languages: its tables are as narrow as its column."""

    def table_of(self, name: str, columns: Columns, rows: Sequence[Xml]) -> Xml:
        return super().table_of(name, _narrow(columns), rows)

    def row(
        self, cells: Sequence[Xml], columns: Columns, height: int = 0, header: bool = False, change: Xml | None = None
    ) -> Xml:
        return super().row(cells, _narrow(columns), height, header, change)

    def opening_words(self) -> list[Xml]:
        title = self.paragraph("Title", [self.run(self.document.title)])
        preamble = self.bookmarked(self.place("preamble"), list(self.blocks(self.document.preamble)))
        return [title, *self.blocks(self.frame.remarks), *self.opening(), *preamble]

    def clause(self, clause: DocumentClause | None) -> list[Xml]:
        if clause is None:
            return []
        title = self.paragraph("Heading1", [self.run(heading(clause))])
        return self.bookmarked(self.place(clause.id), [title, *self.blocks(clause.blocks)])

    def place(self, identity: str) -> str:
        """The name of a place in this language: no two of a file may be called alike."""
        return f"{identity}-{self.document.language}"

    def bookmark_of(self, identity: str) -> str:
        return super().bookmark_of(self.place(identity))


class _Beside(Body):
    """The file of both: what belongs to a file is shared, what belongs to a language stands in its column."""

    def __init__(self, left: _Column, right: _Column) -> None:
        title = both(left.document.title, right.document.title)
        super().__init__(replace(left.frame, document=replace(left.document, title=title)))
        self.columns = (left, right)
        keys = dict.fromkeys([*left.bound, *right.bound]) if left.frame.form else {}
        bound, self.prompts = {key: at for at, key in enumerate(keys, 1)}, dict.fromkeys(keys, Xml(""))
        for one in self.columns:
            one.bound, one.prompts, one.control_numbers = bound, self.prompts, left.control_numbers
            one.own_lists, one.links, one.bookmark_numbers = self.own_lists, self.links, self.bookmark_numbers

    def more_parts(self) -> Mapping[str, str]:
        return answer_parts(self.prompts) if self.prompts else {}

    def content(self) -> Iterator[Xml]:
        left, right = self.columns
        yield from self.pair(left.opening_words(), right.opening_words())
        for clause, other in clause_pairs(left.document, right.document):
            yield from self.pair(left.clause(clause), right.clause(other))
        if self.frame.is_signed:
            said = [capitalised(both(*pair)) for pair in zip(*self.said(), strict=True)]
            yield self.paragraph("Signing", [self.run(said[0])])
            yield self.signing(said[0], said[1:])
        yield self.paragraph("End", [])

    def said(self) -> list[list[str]]:
        return [[one.labels["signed"], *one.frame.signing_header] for one in self.columns]

    def signing(self, name: str, header: list[str]) -> Xml:
        fitting = _wide(columns([header, *self.frame.signers], SIGNING_SHARES))
        rows = [
            self.row([self.cell(text, fitting, keep=True) for text in row], fitting, SIGNING_HEIGHT)
            for row in self.frame.signers
        ]
        return self.table_of(name, fitting, [self.header_row(header, fitting), *rows])

    def pair(self, left: Iterable[Xml], right: Iterable[Xml]) -> Iterator[Xml]:
        """What belongs together, in a table of its own: where its one row does not fit, it goes to the next page."""
        other = _spoken(self.columns[1].document.language, right)
        cells = (self.column(one) for one in (left, other))
        yield self.two_columns(element("tr", element("trPr", element("cantSplit")), *cells))
        # Two tables without a paragraph between them would be one.
        yield self.paragraph("End", [])

    def column(self, content: Iterable[Xml]) -> Xml:
        # A cell ends in a paragraph, and a table is none.
        end = self.paragraph("End", [])
        return element("tc", element("tcPr", element("tcW", w=_COLUMN, type="dxa")), *content, end)

    def two_columns(self, row: Xml) -> Xml:
        rule = element("insideV", val="single", sz=4, space=0, color="A6B8BF")
        properties = element(
            "tblPr",
            element("tblW", w=2 * _COLUMN, type="dxa"),
            element("tblBorders", rule),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=_INSET, type="dxa") for side in ("left", "right"))),
            element("tblCaption", val=holdable(self.document.title)),
        )
        grid = element("tblGrid", *[element("gridCol", w=_COLUMN)] * 2)
        return element("tbl", properties, grid, row)

    def footer(self) -> Xml:
        tabs = [element("tab", val="clear", pos=PAGE_WIDTH), element("tab", val="right", pos=_WIDTH)]
        style = element("pStyle", val="Footer")
        return Xml(super().footer().replace(style, style + element("tabs", *tabs)))

    def section(self) -> Xml:
        return element(
            "sectPr",
            element("footerReference", type="default", **{"r:id": link_relation(-1)}),
            element("pgSz", w=PAGE[1], h=PAGE[0], orient="landscape"),
            element("pgMar", **MARGINS),
            *self.if_right_to_left("bidi"),
        )


def _narrow(columns: Columns) -> Columns:
    return _scaled(columns, _COLUMN - 2 * _INSET)


def _wide(columns: Columns) -> Columns:
    return _scaled(columns, _WIDTH)


def _scaled(columns: Columns, room: int) -> Columns:
    return replace(columns, widths=tuple(one * room // PAGE_WIDTH for one in columns.widths))


def _spoken(language: str, content: Iterable[Xml]) -> list[Xml]:
    """``content`` marked as words of ``language``, which is another than that of the file."""
    mark = element("lang", val=language)
    with_properties = [Xml(re.sub("(?=</w:rPr></?w:)", mark, one)) for one in content]
    return [Xml(one.replace("<w:r><w:t", f"<w:r>{element('rPr', mark)}<w:t")) for one in with_properties]
