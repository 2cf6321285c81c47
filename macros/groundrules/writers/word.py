"""The Word files: a blank form to fill in, and the finished text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from ..answers import capitalised
from ..assemble import Block, ClauseNumber, Document, Filled, Hole, Span, Table
from ..language import direction, labels
from ..markup import Emphasis, Inline, ItemList, Link, Paragraph, Strong, Text, blank_key
from ..model import Column, Party
from .paper import (
    EMPTY_ROWS,
    SIGNING_SHARES,
    days,
    fingerprint_line,
    footer_title,
    heading,
    holdable,
    page_of_pages,
    party_words,
    printed,
    shares,
    signers,
    signing_header,
    table_header,
    target,
)
from .word_parts import (
    BULLETS,
    FIRST_OWN_LIST,
    MARGINS,
    PAGE,
    TEXT_WIDTH,
    Xml,
    bookmark,
    core_properties,
    date_format,
    element,
    link_relation,
    numbering,
    package,
    root,
    settings,
    short,
    styles,
    words,
)

_WRITING_HEIGHT = 397
_SIGNING_HEIGHT = 510
# Blanks whose answer may be several paragraphs when they stand alone.
_ANSWER_STYLES = {"list": "Answer", "long text": "LongAnswer"}
# An empty control needs something to click on; on paper this is room to write.
_ROOM = "\u00a0" * 5


def blank_form(document: Document) -> bytes:
    """A form to fill in, on a screen or by hand: every open blank is a content control.

    A control's tag is ``field:`` and the blank's key; a cell's is that, a slash, and its column's key.
    """
    return _Writer(document, fillable=True).file()


def finished(document: Document) -> bytes:
    """The finished text: nothing in it can be filled in but the signatures."""
    return _Writer(document, fillable=False).file()


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look that stand inside others."""

    strong: bool = False
    emphasis: bool = False
    style: str = ""
    linked: bool = False

    def properties(self) -> list[Xml]:
        properties = [element("rStyle", val=self.style)] if self.style else []
        if self.strong:
            properties += [element("b"), element("bCs")]
        if self.emphasis:
            properties += [element("i"), element("iCs")]
        return properties


_PLAIN = _Look()
# The scripts that are written from the right, by where their letters stand: browsers have no table of directions.
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_PROMPT = _Look(style="PlaceholderText")


class _Writer:
    def __init__(self, document: Document, fillable: bool) -> None:
        self.document = document
        self.fillable = fillable
        self.labels = labels(document.language)
        self.right_to_left = direction(document.language) == "rtl"
        self.own_lists: list[int] = []
        self.links: dict[str, str] = {}
        self.control_numbers = count(1)
        self.bookmark_numbers = count(1)

    def file(self) -> bytes:
        language = holdable(self.document.language)
        return package(
            {
                "docProps/core.xml": core_properties(self.document.title, language),
                "word/document.xml": self.main(),
                "word/styles.xml": styles(language),
                "word/settings.xml": settings(language),
                "word/numbering.xml": numbering(self.own_lists),
                "word/footer1.xml": self.footer(),
            },
            self.links,
        )

    def main(self) -> Xml:
        return root("document", element("body", *self.content(), self.section()))

    def section(self) -> Xml:
        return element(
            "sectPr",
            element("footerReference", type="default", **{"r:id": link_relation(-1)}),
            element("pgSz", w=PAGE[0], h=PAGE[1]),
            element("pgMar", **MARGINS),
            *self.if_right_to_left("bidi"),
        )

    def footer(self) -> Xml:
        fields = {"{page}": " PAGE ", "{pages}": " NUMPAGES "}
        numbers = [
            element("fldSimple", self.run("1"), instr=fields[part]) if part in fields else self.run(part)
            for part in page_of_pages(self.document)
        ]
        tab = element("r", element("tab"))
        return root("ftr", self.paragraph("Footer", [self.run(footer_title(self.document)), tab, *numbers]))

    # --- the order of things ---

    def content(self) -> Iterator[Xml]:
        document = self.document
        yield self.paragraph("Title", [self.run(document.title)])
        yield from self.opening()
        yield from self.bookmarked("preamble", list(self.blocks(document.preamble)))
        for clause in document.clauses:
            title = self.paragraph("Heading1", [self.run(heading(clause))])
            yield from self.bookmarked(clause.id, [title, *self.blocks(clause.blocks)])
        yield self.paragraph("Signing", [self.run(capitalised(self.labels["signed"]))])
        yield self.signing()
        # Word wants a paragraph after the last table; an empty one takes no room.
        line = fingerprint_line(document)
        yield self.paragraph("Fingerprint" if line else "End", [self.run(line)] if line else [])

    def opening(self) -> Iterator[Xml]:
        for party in self.document.parties:
            yield self.paragraph("ListBullet", self.party(party))
        dates = days(self.document)
        if dates:
            yield self.paragraph("Normal", [self.run(dates)])

    def party(self, party: Party) -> list[Xml]:
        name, text = party_words(party, self.document.language, reachable=not self.fillable)
        return [self.run(name, _Look(strong=True)), self.run(text)]

    def bookmarked(self, identity: str, blocks: list[Xml]) -> list[Xml]:
        if not blocks:
            return []
        number = next(self.bookmark_numbers)
        start = element("bookmarkStart", id=number, name=bookmark(identity))
        return [start, *blocks, element("bookmarkEnd", id=number)]

    def signing(self) -> Xml:
        rows = signers(self.document, self.fillable)
        widths = [TEXT_WIDTH * share // 100 for share in SIGNING_SHARES]
        header = signing_header(self.document)
        # Each row but the last holds on to the next, so that nobody signs a page without the agreement's end.
        body = [
            self.row([self.cell(text, keep=number < len(rows)) for text in row], widths, _SIGNING_HEIGHT)
            for number, row in enumerate(rows, 1)
        ]
        return self.table_of(self.labels["signed"], header, widths, body)

    # --- blocks ---

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Xml]:
        for block, keep in printed(blocks):
            if isinstance(block, Paragraph):
                yield self.paragraph_block(block, keep)
            elif isinstance(block, ItemList):
                yield from self.item_list(block)
            else:
                yield self.table(block)

    def paragraph_block(self, block: Paragraph, keep: bool) -> Xml:
        hole = block.children[0] if len(block.children) == 1 else None
        style = _ANSWER_STYLES.get(hole.definition.type) if isinstance(hole, Hole) else None
        if not self.fillable or not style or not isinstance(hole, Hole):
            return self.paragraph("Normal", self.spans(block.children, _PLAIN), keep=keep)
        prompt = self.paragraph(style, [self.run(f"[{hole.name}]", _PROMPT)])
        return self.control(hole.name, _field(hole.name), element("richText"), prompt)

    def item_list(self, items: ItemList, level: int = 0) -> Iterator[Xml]:
        number = self.own_list(level) if items.ordered else BULLETS
        style = ("ListNumber" if items.ordered else "ListBullet") + ("2" if level else "")
        for item in items.items:
            yield self.paragraph(style, self.spans(item.children, _PLAIN), (level, number))
            if item.sublist:
                yield from self.item_list(item.sublist, 1)

    def own_list(self, level: int) -> int:
        """A number for an ordered list, without which it would go on counting from the one before."""
        self.own_lists.append(level)
        return FIRST_OWN_LIST + len(self.own_lists) - 1

    def paragraph(
        self,
        style: str,
        content: Iterable[Xml],
        in_list: tuple[int, int] | None = None,
        keep: bool = False,
    ) -> Xml:
        properties = [element("pStyle", val=style)]
        if keep:
            properties.append(element("keepNext"))
        if in_list:
            level, number = in_list
            properties.append(element("numPr", element("ilvl", val=level), element("numId", val=number)))
        properties += self.if_right_to_left("bidi")
        return element("p", element("pPr", *properties), *content)

    def if_right_to_left(self, tag: str) -> list[Xml]:
        return [element(tag)] if self.right_to_left else []

    # --- words ---

    def spans(self, nodes: Iterable[Span | Inline], look: _Look) -> Iterator[Xml]:
        for node in nodes:
            if isinstance(node, Text | Filled):
                yield self.run(node.text, look)
            elif isinstance(node, Strong):
                yield from self.spans(node.children, replace(look, strong=True))
            elif isinstance(node, Emphasis):
                yield from self.spans(node.children, replace(look, emphasis=True))
            elif isinstance(node, Link):
                yield from self.link(node, look)
            elif isinstance(node, ClauseNumber):
                yield from self.clause_number(node, look)
            elif isinstance(node, Hole):
                yield self.hole(node, look)

    def run(self, text: str, look: _Look = _PLAIN) -> Xml:
        properties = look.properties()
        if _reads_right_to_left(text, self.right_to_left):
            properties.append(element("rtl"))
        return element("r", *([element("rPr", *properties)] if properties else []), words(text))

    def hole(self, hole: Hole, look: _Look) -> Xml:
        text = f"[{hole.name}]"
        if not self.fillable:
            return self.run(text, look)
        # A control of plain text would be stricter, but LibreOffice 7.4 makes an unmarked field of it.
        kind = self.kind(hole.definition) or element("richText")
        prompt = self.run(text, replace(look, style="PlaceholderText"))
        return self.control(hole.name, _field(hole.name), kind, prompt, look)

    def link(self, link: Link, look: _Look) -> Iterator[Xml]:
        address = target(link.address)
        if not address or look.linked:
            yield from self.spans(link.children, look)
            return
        relation = self.links.setdefault(address, link_relation(len(self.links)))
        inside = self.spans(link.children, replace(look, style="Hyperlink", linked=True))
        yield element("hyperlink", *inside, **{"r:id": relation})

    def clause_number(self, node: ClauseNumber, look: _Look) -> Iterator[Xml]:
        if not node.number:
            yield self.run(f"{node.title} ({self.labels['left out']})", look)
            return
        text = f"{self.labels['clause']} {node.number}, {node.title}"
        if look.linked:
            yield self.run(text, look)
        else:
            inside = self.run(text, replace(look, style="Hyperlink"))
            yield element("hyperlink", inside, anchor=bookmark(node.id), history=1)

    # --- content controls ---

    def control(self, name: str, tag: str, kind: Xml, prompt: Xml, look: _Look = _PLAIN) -> Xml:
        answered = look.properties()
        properties = element(
            "sdtPr",
            *([element("rPr", *answered)] if answered else []),
            element("alias", val=short(name)),
            element("tag", val=short(tag)),
            element("id", val=next(self.control_numbers)),
            element("showingPlcHdr"),
            kind,
        )
        return element("sdt", properties, element("sdtContent", prompt))

    def kind(self, definition: Column) -> Xml | None:
        """What a control lets people choose from; nothing where they write."""
        if definition.type == "date":
            return element(
                "date",
                element("dateFormat", val=date_format(self.document.language)),
                element("lid", val=self.document.language),
                element("storeMappedDataAs", val="date"),
                element("calendar", val="gregorian"),
            )
        if definition.type == "choice":
            choices = dict.fromkeys(definition.choices)
            return element("dropDownList", *(element("listItem", displayText=one, value=one) for one in choices))
        return None

    # --- tables ---

    def table(self, table: Table) -> Xml:
        header = table_header(table)
        widths = _widths([header, *table.rows])
        if table.rows:
            body = [self.row([self.cell(text) for text in row], widths) for row in table.rows]
        else:
            body = list(self.open_rows(table, widths))
        return self.table_of(capitalised(table.name), header, widths, body)

    def open_rows(self, table: Table, widths: Sequence[int]) -> Iterator[Xml]:
        # Plain rows: LibreOffice loses a repeating section on saving, and python-docx does not look inside.
        for number in range(1, EMPTY_ROWS + 1):
            keep = number < EMPTY_ROWS
            if self.fillable:
                cells = [self.open_cell(table, column, keep) for column in table.columns]
            else:
                cells = [self.cell("", keep=keep) for _ in table.columns]
            yield self.row(cells, widths, _WRITING_HEIGHT)

    def open_cell(self, table: Table, column: str, keep: bool) -> Xml:
        tag = f"{_field(table.name)}/{blank_key(column)}"
        kind = self.kind(table.definition.columns[column]) or element("text")
        return self.paragraph("TableText", [self.control(column, tag, kind, self.run(_ROOM))], keep=keep)

    def table_of(self, name: str, header: Sequence[str], widths: Sequence[int], body: Sequence[Xml]) -> Xml:
        properties = element(
            "tblPr",
            element("tblStyle", val="TableGrid"),
            *self.if_right_to_left("bidiVisual"),
            element("tblW", w=sum(widths), type="dxa"),
            element("tblLayout", type="fixed"),
            element(
                "tblLook",
                val="0020",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            element("tblCaption", val=holdable(name)),
        )
        grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
        first = self.row([self.cell(text, "TableHeading") for text in header], widths, header=True)
        return element("tbl", properties, grid, first, *body)

    def row(self, cells: Sequence[Xml], widths: Sequence[int], height: int = 0, header: bool = False) -> Xml:
        properties = [element("cantSplit")]
        if height:
            properties.append(element("trHeight", val=height, hRule="atLeast"))
        if header:
            properties.append(element("tblHeader"))
        sized = (
            element("tc", element("tcPr", element("tcW", w=width, type="dxa")), cell)
            for cell, width in zip(cells, widths, strict=True)
        )
        return element("tr", element("trPr", *properties), *sized)

    def cell(self, text: str, style: str = "TableText", keep: bool = False) -> Xml:
        return self.paragraph(style, [self.run(text)] if text else [], keep=keep)


# --- what fits into Word --------------------------------------------------------------------------


def _field(name: str) -> str:
    return f"field:{blank_key(name)}"


def _reads_right_to_left(text: str, usual: bool) -> bool:
    """Whether Word is to order a run from the right; a run of one kind of letters follows those."""
    if text.isascii() and not usual:
        return False
    kinds = {bool(_LEFTWARD.match(sign)) for sign in text if sign.isalpha()}
    return kinds.pop() if len(kinds) == 1 else usual


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [int(TEXT_WIDTH * share) for share in shares(rows)]
