"""The Word files: a blank form to fill in, and the finished text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from ..agreement.document.answers import capitalised
from ..agreement.document.nodes import Block, ClauseNumber, Document, Filled, Hole, Table
from ..model.front import Column
from ..text.markup.nodes import ItemList, Link, Mark, Node, Paragraph, Text, blank_key, handler, lone
from .by_hand import Questions, SmallPrint, boxes, room
from .columns import Columns, columns
from .frame import Frame, is_form
from .printed import STRONG, cell_key, heading, marked, repeated, table_header, target
from .word_answers import answer_parts, binding
from .word_body import PLAIN, SIGNING_HEIGHT, WRITING_HEIGHT, Body, Look
from .word_parts import Xml, bookmark, date_format, element, short
from .word_styles import BULLETS
from .writer import Button, Writer

WRITER = Writer(
    kind="docx",
    also=("word", "doc", "msword"),
    place=1,
    write=lambda content: word(content.document, content.questions is True),
    form=Button(1, "Word form", "Blank form (Word)"),
    text=Button(1, "Word"),
    records=True,
)

# Blanks whose answer may be several paragraphs when they stand alone.
_ANSWER_STYLES = {"list": "Answer", "paragraphs": "LongAnswer"}
# An empty control needs something to click on.
_CELL = "\u00a0" * 5
# How wide a space is that is ruled for writing, in millimetres.
_SPACE = 1.42
_ROOM = Look(style="Room")
_PROMPT = Look(style="PlaceholderText")


def word(document: Document, questions: bool = False) -> bytes:
    """A form where there is something to fill in, else the finished text."""
    return blank_form(document, questions) if is_form(document) else finished(document)


def blank_form(document: Document, questions: bool = False) -> bytes:
    """A form to fill in, on a screen or by hand: every open blank is a content control.

    A control's tag is ``field:`` and the blank's key; a cell's is that, a slash, and its column's key.
    """
    return WordWriter(Frame(document, form=True), questions).file()


def finished(document: Document) -> bytes:
    """The finished text: nothing in it can be filled in but the signatures."""
    return WordWriter(Frame(document, form=False)).file()


class WordWriter(Body):
    def __init__(self, frame: Frame, questions: bool = False) -> None:
        super().__init__(frame)
        self.questions = Questions(frame.document.language, questions)
        self.fillable = frame.form
        self.control_numbers = count(1)
        bound = repeated(frame.document) if frame.form else []
        self.bound = {key: number for number, key in enumerate(bound, 1)}
        self.prompts = dict.fromkeys(bound, Xml(""))

    def more_parts(self) -> Mapping[str, str]:
        return answer_parts(self.prompts) if self.prompts else {}

    # --- the order of things ---

    def content(self) -> Iterator[Xml]:
        document = self.document
        yield self.paragraph("Title", [self.run(document.title)])
        yield from self.blocks(self.frame.remarks)
        yield from self.opening()
        yield from self.bookmarked("preamble", list(self.blocks(document.preamble)))
        for clause in document.clauses:
            self.holding = self.frame.is_signed and clause is document.clauses[-1]
            title = self.paragraph("Heading1", [self.run(heading(clause))])
            yield from self.bookmarked(clause.id, [title, *self.blocks(clause.blocks)])
        if self.frame.is_signed:
            yield self.paragraph("Signing", [self.run(capitalised(self.labels["signed"]))])
            yield self.signing()
        self.holding = False
        # Word wants a paragraph after the last table; an empty one takes no room.
        line = self.frame.fingerprint
        yield self.paragraph("Fingerprint" if line else "End", [self.run(line)] if line else [])

    def opening(self) -> Iterator[Xml]:
        for name, text in self.frame.parties:
            yield self.paragraph("ListBullet", [self.run(name, Look(STRONG)), self.run(text)])
        if self.frame.days:
            yield self.paragraph("Normal", [self.run(self.frame.days)])

    def signing(self) -> Xml:
        fitting = self.frame.signing_columns
        # Each row holds on to the next, and the last clause to the first: nobody signs a page without either.
        body = [
            self.row([self.cell(text, fitting, keep=True) for text in row], fitting, SIGNING_HEIGHT)
            for row in self.frame.signers
        ]
        header = self.header_row(self.frame.signing_header, fitting)
        return self.table_of(self.labels["signed"], fitting, [header, *body])

    # --- blocks ---

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Xml]:
        for block, keep in self.questions.beside(blocks):
            yield from handler(_BLOCKS, block)(self, block, keep)

    def paragraph_block(self, block: Paragraph, keep: bool) -> Iterator[Xml]:
        hole = lone(block, Hole)
        style = _ANSWER_STYLES.get(hole.definition.blank_type.structure) if hole and self.fillable else None
        if hole and style:
            prompt = self.run(f"[{hole.says}]", _PROMPT)
            yield self.control(hole, prompt, shown=Xml(self.paragraph(style, [prompt]) + self.lines(hole, style)))
        else:
            yield self.paragraph("Normal", self.spans(block.children, PLAIN), keep=keep)

    def item_list(self, items: ItemList, keep: bool = False, level: int = 0) -> Iterator[Xml]:
        number = self.own_list(level) if items.ordered else BULLETS
        style = ("ListNumber" if items.ordered else "ListBullet") + ("2" if level else "")
        for item in items.items:
            yield self.paragraph(style, self.spans(item.children, PLAIN), (level, number))
            if item.sublist:
                yield from self.item_list(item.sublist, level=1)

    # --- words ---

    def spans(self, nodes: Iterable[Node], look: Look) -> Iterator[Xml]:
        for node in nodes:
            yield from handler(_SPANS, node)(self, node, look)

    def text(self, node: Text | Filled, look: Look) -> Iterator[Xml]:
        yield self.run(node.text, look)

    def mark(self, node: Mark, look: Look) -> Iterator[Xml]:
        return self.spans(node.children, replace(look, marks=marked(look.marks, node)))

    def hole(self, hole: Hole, look: Look) -> Iterator[Xml]:
        text = f"[{hole.says}]"
        if not self.fillable:
            yield self.run(text, look)
            return
        prompt = self.run(text, replace(look, style="PlaceholderText"))
        yield self.control(hole, Xml(prompt + self.room(hole.definition)), look)

    def room(self, definition: Column) -> Xml:
        """The room to write by hand: boxes to tick, or rules; an answer takes its place."""
        ticks = "".join(f" ☐\u00a0{one}" for one in boxes(definition))
        rules = [self.run("\u00a0" * round(one / _SPACE), _ROOM) for one in room(definition)]
        return self.run(ticks, _PROMPT) if ticks else Xml(self.run("/", _PROMPT).join(rules))

    def lines(self, hole: Hole, style: str) -> str:
        """Rules one below the other, for a long answer; one that stands elsewhere too is one paragraph."""
        rule = element("r", element("rPr", element("rStyle", val="Room")), element("tab"))
        count = 0 if blank_key(hole.name) in self.bound else hole.definition.blank_type.lines
        return self.paragraph(style, [rule], keep=True) * count

    def small_print(self, block: SmallPrint, keep: bool) -> Iterator[Xml]:
        asked = [
            run
            for at, (name, question) in enumerate(block.asked)
            for run in (self.run(f"{'   ' * bool(at)}{name}: ", Look(STRONG)), self.run(question))
        ]
        yield self.paragraph("SmallPrint", asked, keep=keep)

    def link(self, link: Link, look: Look) -> Iterator[Xml]:
        address = target(link.address)
        if not address or look.linked:
            yield from self.spans(link.children, look)
            return
        relation = self.link_to(address)
        inside = self.spans(link.children, replace(look, style="Hyperlink", linked=True))
        yield element("hyperlink", *inside, **{"r:id": relation})

    def clause_number(self, node: ClauseNumber, look: Look) -> Iterator[Xml]:
        if not node.number:
            yield self.run(f"{node.title} ({self.labels['left out']})", look)
            return
        text = f"{self.labels['clause']} {node.number}, {node.title}"
        if look.linked:
            yield self.run(text, look)
        else:
            inside = self.run(text, replace(look, style="Hyperlink"))
            yield element("hyperlink", inside, anchor=self.bookmark_of(node.id), history=1)

    def bookmark_of(self, identity: str) -> str:
        return bookmark(identity)

    # --- content controls ---

    def control(self, hole: Hole, prompt: Xml, look: Look = PLAIN, shown: Xml | None = None) -> Xml:
        """The control of ``hole``, which shows its prompt, or the paragraph around that, until it is filled in."""
        key = blank_key(hole.name)
        kind = self.kind(hole.definition)
        if not kind and key in self.bound:
            several = {"multiLine": 1} if hole.definition.blank_type.structure in _ANSWER_STYLES else {}
            kind = element("text", **several)
        # A control of plain text would be stricter, but LibreOffice 7.4 makes an unmarked field of it.
        return self.control_of(hole.says, _field(hole.name), key, kind or element("richText"), prompt, look, shown)

    def control_of(
        self, name: str, tag: str, key: str, kind: Xml, prompt: Xml, look: Look = PLAIN, shown: Xml | None = None
    ) -> Xml:
        answered = look.properties()
        placeholder, data = binding(self.bound[key]) if key in self.bound else (Xml(""), Xml(""))
        if key in self.bound:
            self.prompts[key] = self.prompts[key] or prompt
        properties = element(
            "sdtPr",
            *([element("rPr", *answered)] if answered else []),
            element("alias", val=short(name)),
            element("tag", val=short(tag)),
            element("id", val=next(self.control_numbers)),
            placeholder,
            element("showingPlcHdr"),
            data,
            kind,
        )
        return element("sdt", properties, element("sdtContent", shown or prompt))

    def kind(self, definition: Column) -> Xml | None:
        """The choices that a control offers; nothing where people write."""
        if definition.blank_type.is_day:
            return element(
                "date",
                element("dateFormat", val=date_format(self.document.language)),
                element("lid", val=self.document.language),
                element("storeMappedDataAs", val="date"),
                element("calendar", val="gregorian"),
            )
        if definition.choices:
            choices = dict.fromkeys(definition.choices)
            return element("dropDownList", *(element("listItem", displayText=one, value=one) for one in choices))
        return None

    # --- tables ---

    def table(self, table: Table, keep: bool) -> Iterator[Xml]:
        header = table_header(table)
        fitting = columns([header, *table.rows])
        if table.rows:
            body = [self.row([self.cell(text, fitting) for text in row], fitting) for row in table.rows]
        else:
            body = list(self.open_rows(table, fitting))
        yield self.table_of(capitalised(table.name), fitting, [self.header_row(header, fitting), *body])

    def open_rows(self, table: Table, fitting: Columns) -> Iterator[Xml]:
        # Plain rows: LibreOffice loses a repeating section on saving, and python-docx does not look inside.
        rows = table.definition.blank_type.lines
        for number in range(rows):
            keep = number + 1 < rows
            if self.fillable:
                cells = [self.open_cell(table, column, number, fitting, keep) for column in table.columns]
            else:
                cells = [self.cell("", fitting, keep) for _ in table.columns]
            yield self.row(cells, fitting, WRITING_HEIGHT)

    def open_cell(self, table: Table, column: str, number: int, fitting: Columns, keep: bool) -> Xml:
        tag = f"{_field(table.name)}/{blank_key(column)}"
        kind = self.kind(table.definition.columns[column]) or element("text")
        key = cell_key(table.name, column, number)
        return self.paragraph(
            "TableText" + fitting.suffix, [self.control_of(column, tag, key, kind, self.run(_CELL))], keep=keep
        )


_BLOCKS: Mapping[type, Callable[[WordWriter, Any, bool], Iterator[Xml]]] = {
    Paragraph: WordWriter.paragraph_block,
    SmallPrint: WordWriter.small_print,
    ItemList: WordWriter.item_list,
    Table: WordWriter.table,
}
_SPANS: Mapping[type, Callable[[WordWriter, Any, Look], Iterator[Xml]]] = {
    Text: WordWriter.text,
    Filled: WordWriter.text,
    Mark: WordWriter.mark,
    Link: WordWriter.link,
    ClauseNumber: WordWriter.clause_number,
    Hole: WordWriter.hole,
}


# --- what fits into Word --------------------------------------------------------------------------


def _field(name: str) -> str:
    return f"field:{blank_key(name)}"
