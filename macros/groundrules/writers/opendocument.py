"""The OpenDocument file: what the Word file says, for LibreOffice and whoever else reads the standard.

Written as strings, like the Word file, rather than with odfpy or odfdo: the whole format that we need is
the few styles below, those libraries add the time and their own name to each file, and building their
trees takes several times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ..agreement.document.answers import capitalised
from ..agreement.document.assemble import open_blanks
from ..agreement.document.labels import labels
from ..agreement.document.nodes import Block, Document, Hole, Table
from ..model.front import Column
from ..text.markup.nodes import ItemList, Node, Paragraph, blank_key, handler, lone
from .by_hand import Questions, SmallPrint, boxes, room
from .columns import PAGE_WIDTH, Columns, columns
from .frame import Frame, is_form
from .opendocument_parts import NAMESPACES, Xml, element, meta, package, words
from .opendocument_styles import TEXT_WIDTH, styles, table_styles
from .printed import STRONG, Run, heading, holdable, is_box, repeated, runs, table_header
from .writer import Button, Writer

WRITER = Writer(
    kind="odt",
    also=("opendocument", "libreoffice", "writer"),
    place=2,
    write=lambda content: opendocument(content.document, content.questions is True),
    form=Button(4, "OpenDocument"),
    text=Button(3, "OpenDocument"),
    records=True,
)

_MANY_ROWS = 9
# How wide a space is that is ruled for writing, in millimetres.
_SPACE = 1.27


def opendocument(document: Document, questions: bool = False) -> bytes:
    return _Writer(document, questions).file()


class _Writer:
    def __init__(self, document: Document, questions: bool) -> None:
        self.document = document
        self.frame = Frame(document, is_form(document))
        self.questions = Questions(document.language, questions and self.frame.form)
        # Whether each block stays with the next, as those that are signed do with the signatures.
        self.holding = False
        self.labels = labels(document.language)
        self.column_styles: list[Xml] = []
        several = repeated(document) if self.frame.form else []
        self.fields = {key: f"answer{number}" for number, key in enumerate(several, 1)}

    def file(self) -> bytes:
        # Writing the body first: it collects the widths of columns.
        body = element("office:body", element("office:text", *self.content()))
        language = self.document.language
        automatic = element("office:automatic-styles", table_styles(language), *self.column_styles)
        return package(
            {
                "content.xml": f"<office:document-content {NAMESPACES}>{automatic}{body}</office:document-content>",
                "styles.xml": styles(language, self.footer(), self.frame.form),
                "meta.xml": meta(self.document.title, language),
            }
        )

    def footer(self) -> Xml:
        fields = {
            "{page}": element("text:page-number", Xml("1"), text__select_page="current"),
            "{pages}": element("text:page-count", Xml("1")),
        }
        numbers = [fields.get(part) or words(part) for part in self.frame.page_of_pages]
        return self.paragraph("Footer", [words(self.frame.footer), Xml("<text:tab/>"), *numbers])

    # --- the order of things ---

    def content(self) -> Iterator[Xml]:
        document = self.document
        yield from self.field_declarations()
        yield self.paragraph("Title", [words(document.title)])
        yield from self.blocks(self.frame.remarks)
        yield from self.opening()
        yield from self.blocks(document.preamble)
        for clause in document.clauses:
            self.holding = self.frame.is_signed and clause is document.clauses[-1]
            mark = element("text:bookmark", text__name=_bookmark(clause.id))
            yield element(
                "text:h", mark, words(heading(clause)), text__style_name="Heading_20_1", text__outline_level=1
            )
            yield from self.blocks(clause.blocks)
        if self.frame.is_signed:
            yield from self.signing()
        if self.frame.fingerprint:
            yield self.paragraph("Fingerprint", [words(self.frame.fingerprint)])

    def field_declarations(self) -> Iterator[Xml]:
        names = {blank_key(name): name for name in reversed(open_blanks(self.document))}
        fields = [
            element(
                "text:user-field-decl",
                office__value_type="string",
                office__string_value=f"[{names[key]}]",
                text__name=field,
            )
            for key, field in self.fields.items()
            if key in names
        ]
        if fields:
            yield element("text:user-field-decls", *fields)

    def signing(self) -> Iterator[Xml]:
        signing = capitalised(self.labels["signed"])
        yield element("text:h", words(signing), text__style_name="Signing", text__outline_level=1)
        frame = self.frame
        yield self.table_of(
            "Signing", signing, frame.signing_header, frame.signing_columns, frame.signers, "SigningRow"
        )
        self.holding = False

    def opening(self) -> Iterator[Xml]:
        if self.document.parties:
            entries = []
            for name, rest in self.frame.parties:
                children = [self.span(Run(holdable(name), STRONG)), self.span(Run(holdable(rest)))]
                entries.append(element("text:list-item", self.paragraph("ListText", children)))
            yield element("text:list", *entries, text__style_name="Bullets")
        if self.frame.days:
            yield self.paragraph("Standard", [words(self.frame.days)])

    # --- blocks ---

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Xml]:
        for block, keep in self.questions.beside(blocks):
            yield handler(_BLOCKS, block)(self, block, keep or self.holding)

    def paragraph_block(self, block: Paragraph, keep: bool) -> Xml:
        hole = lone(block, Hole)
        name = "Kept" if keep else "Standard"
        if hole is None or not self.frame.form or not is_box(block):
            return self.paragraph(name, self.spans(block.children))
        rule = element("text:span", Xml("<text:line-break/><text:tab/>"), text__style_name="Room")
        rules = [rule] * hole.definition.blank_type.lines
        return self.paragraph("Answer", [*self.spans(block.children, ruled=False), *rules])

    def small_print(self, block: SmallPrint, keep: bool) -> Xml:
        asked = [
            self.span(one)
            for at, (name, question) in enumerate(block.asked)
            for one in (Run(holdable(f"{'   ' * bool(at)}{name}: "), STRONG), Run(holdable(question)))
        ]
        return self.paragraph("SmallPrintKept" if keep else "SmallPrint", asked)

    def item_list(self, items: ItemList, keep: bool, top: bool = True) -> Xml:
        entries = [
            element(
                "text:list-item",
                self.paragraph("ListKept" if keep else "ListText", self.spans(item.children)),
                *([self.item_list(item.sublist, keep, top=False)] if item.sublist else []),
            )
            for item in items.items
        ]
        # A list inside another takes the level below of a style; it is named since its kind may differ.
        return element(
            "text:list",
            *entries,
            **{"text:style-name": "Numbers" if items.ordered else "Bullets"},
            **({"text:continue-numbering": "false"} if top else {}),
        )

    def paragraph(self, style: str, content: Iterable[Xml]) -> Xml:
        return element("text:p", *content, text__style_name=style)

    def spans(self, nodes: Iterable[Node], ruled: bool = True) -> Iterator[Xml]:
        found = runs(nodes, self.document.language)
        for (link, clause), group in groupby(found, key=lambda run: (run.link, run.clause)):
            inside = (self.span(run, ruled) for run in group)
            address = link or (f"#{_bookmark(clause)}" if clause else "")
            if address:
                yield element(
                    "text:a", *inside, xlink__type="simple", xlink__href=address, text__style_name="Internet_20_link"
                )
            else:
                yield from inside

    def span(self, run: Run, ruled: bool = True) -> Xml:
        style = "".join([mark.__name__ for mark in run.marks] + ["Blank"] * bool(run.hole))
        field = self.fields.get(blank_key(run.hole.name)) if run.hole else None
        # What is written into one of these fields stands in all of its name.
        shown = (
            element("text:user-field-input", words(run.text), text__name=field, text__description=run.hole.says)
            if run.hole and field
            else words(run.text)
        )
        if not style:
            return shown
        room = self.room(run.hole.definition) if run.hole and ruled and self.frame.form else ""
        return Xml(element("text:span", shown, text__style_name=style) + room)

    def room(self, definition: Column) -> Xml:
        """The room to write by hand: boxes to tick, or rules."""
        ticks = "".join(f" ☐\u00a0{one}" for one in boxes(definition))
        rules = [
            element("text:span", words("\u00a0" * round(one / _SPACE)), text__style_name="Room")
            for one in room(definition)
        ]
        return element("text:span", words(ticks), text__style_name="Blank") if ticks else Xml("/".join(rules))

    # --- tables ---

    def table(self, table: Table, keep: bool) -> Xml:
        header = table_header(table)
        rows = list(table.rows) or [("",) * len(header)] * table.definition.blank_type.lines
        style = "TableRow" if table.rows else "WritingRow"
        name = capitalised(table.name)
        return self.table_of(
            f"Table{len(self.column_styles)}", name, header, columns([header, *table.rows]), rows, style
        )

    def table_of(
        self,
        identity: str,
        name: str,
        header: Sequence[str],
        fitting: Columns,
        rows: Sequence[Sequence[str]],
        row_style: str,
    ) -> Xml:
        shown = []
        for number, width in enumerate(fitting.widths):
            style = f"{identity}.{number}"
            properties = element(
                "style:table-column-properties", style__column_width=f"{TEXT_WIDTH * width / PAGE_WIDTH:.2f}mm"
            )
            self.column_styles.append(
                element("style:style", properties, style__name=style, style__family="table-column")
            )
            shown.append(element("table:table-column", table__style_name=style))
        first = self.row(
            [self.cell(text, "TableHeading" + fitting.suffix, "HeaderCell") for text in header], "TableRow"
        )
        # Each row but the last of an empty table holds on to the next; and of what is signed, all do.
        kept = row_style != "TableRow" or self.holding
        style, last = ("SignedRows", len(rows) + 1) if self.holding else ("KeptRows", len(rows))
        body = [
            self.row(
                [
                    self.cell(
                        text,
                        ("TableKept" if kept and at < last else "TableText") + fitting.suffix,
                    )
                    for text in row
                ],
                row_style,
            )
            for at, row in enumerate(rows, 1)
        ]
        return element(
            "table:table",
            element("table:title", words(name)),
            *shown,
            element("table:table-header-rows", first),
            *body,
            table__name=identity,
            table__style_name=style if kept and len(rows) < _MANY_ROWS else "Rows",
        )

    def row(self, cells: Sequence[Xml], style: str) -> Xml:
        return element("table:table-row", *cells, table__style_name=style)

    def cell(self, text: str, style: str, cell_style: str = "Cell") -> Xml:
        inside = self.paragraph(style, [words(text)] if text else [])
        return element("table:table-cell", inside, table__style_name=cell_style, office__value_type="string")


_BLOCKS: Mapping[type, Callable[[_Writer, Any, bool], Xml]] = {
    Paragraph: _Writer.paragraph_block,
    SmallPrint: _Writer.small_print,
    ItemList: _Writer.item_list,
    Table: _Writer.table,
}


def _bookmark(identity: str) -> str:
    return f"clause-{identity}"
