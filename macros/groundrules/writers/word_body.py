"""The body of every Word file of an agreement: its pages, paragraphs, runs and tables.

Which of them stand in it, and in what order, is for the writers to say.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from ..agreement.document.labels import labels
from ..agreement.document.language import direction
from ..text.markup.nodes import Emphasis, Mark, Strong
from .columns import Columns
from .frame import Frame
from .printed import Marks, holdable
from .word_parts import Xml, bookmark, core_properties, element, link_relation, package, root, words
from .word_styles import FIRST_OWN_LIST, MARGINS, PAGE, numbering, settings, styles

# The properties of a run, in the order that Word wants.
MARK_PROPERTIES: Mapping[type[Mark], Sequence[Xml]] = {
    Strong: (element("b"), element("bCs")),
    Emphasis: (element("i"), element("iCs")),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The look of words that stand inside others."""

    marks: Marks = ()
    style: str = ""
    linked: bool = False

    def properties(self) -> list[Xml]:
        style = [element("rStyle", val=self.style)] if self.style else []
        return [*style, *(one for mark in self.marks for one in MARK_PROPERTIES[mark])]


PLAIN = Look()
# Room to write by hand.
WRITING_HEIGHT = 397
SIGNING_HEIGHT = 454
# The scripts that are written from the right, by where their letters stand: browsers have no table of directions.
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class Body(ABC):
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.document = document = frame.document
        self.labels = labels(document.language)
        self.right_to_left = direction(document.language) == "rtl"
        self.own_lists: list[int] = []
        self.links: dict[str, str] = {}
        self.bookmark_numbers = count(1)
        # Whether each paragraph stays with the next, as those that are signed do with the signatures.
        self.holding = False

    def file(self) -> bytes:
        language = holdable(self.document.language)
        return package(
            {
                "docProps/core.xml": core_properties(self.document.title, language),
                "word/document.xml": self.main(),
                "word/styles.xml": styles(language, self.frame.form),
                "word/settings.xml": settings(language),
                "word/numbering.xml": numbering(self.own_lists),
                "word/footer1.xml": self.footer(),
                **self.more_parts(),
            },
            self.links,
        )

    def more_parts(self) -> Mapping[str, str]:
        """What the content that was written needs besides."""
        return {}

    @abstractmethod
    def content(self) -> Iterator[Xml]:
        """The content of the pages, from the title to the end."""

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
            for part in self.frame.page_of_pages
        ]
        tab = element("r", element("tab"))
        return root("ftr", self.paragraph("Footer", [self.run(self.frame.footer), tab, *numbers]))

    def bookmarked(self, identity: str, blocks: list[Xml]) -> list[Xml]:
        if not blocks:
            return []
        number = next(self.bookmark_numbers)
        start = element("bookmarkStart", id=number, name=bookmark(identity))
        return [start, *blocks, element("bookmarkEnd", id=number)]

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
        change: Xml | None = None,
    ) -> Xml:
        """A paragraph; ``change`` says that it was itself inserted or deleted."""
        properties = [element("pStyle", val=style)]
        if keep or self.holding:
            properties.append(element("keepNext"))
        if in_list:
            level, number = in_list
            properties.append(element("numPr", element("ilvl", val=level), element("numId", val=number)))
        properties += self.if_right_to_left("bidi")
        if change:
            properties.append(element("rPr", change))
        return element("p", element("pPr", *properties), *content)

    def if_right_to_left(self, tag: str) -> list[Xml]:
        return [element(tag)] if self.right_to_left else []

    def link_to(self, address: str) -> str:
        """The relation by which the file knows ``address``."""
        return self.links.setdefault(address, link_relation(len(self.links)))

    def run(self, text: str, look: Look = PLAIN, deleted: bool = False) -> Xml:
        properties = look.properties()
        if _reads_right_to_left(text, self.right_to_left):
            properties.append(element("rtl"))
        return element("r", *([element("rPr", *properties)] if properties else []), words(text, deleted))

    def table_of(self, name: str, columns: Columns, rows: Sequence[Xml]) -> Xml:
        properties = element(
            "tblPr",
            element("tblStyle", val="TableGrid"),
            *self.if_right_to_left("bidiVisual"),
            element("tblW", w=sum(columns.widths), type="dxa"),
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
        grid = element("tblGrid", *(element("gridCol", w=width) for width in columns.widths))
        return element("tbl", properties, grid, *rows)

    def header_row(self, header: Sequence[str], columns: Columns) -> Xml:
        return self.row([self.cell(text, columns, style="TableHeading") for text in header], columns, header=True)

    def row(
        self,
        cells: Sequence[Xml],
        columns: Columns,
        height: int = 0,
        header: bool = False,
        change: Xml | None = None,
    ) -> Xml:
        properties = [element("cantSplit")]
        if height:
            properties.append(element("trHeight", val=height, hRule="atLeast"))
        if header:
            properties.append(element("tblHeader"))
        if change:
            properties.append(change)
        sized = (
            element("tc", element("tcPr", element("tcW", w=width, type="dxa")), cell)
            for cell, width in zip(cells, columns.widths, strict=True)
        )
        return element("tr", element("trPr", *properties), *sized)

    def cell(self, text: str, columns: Columns, keep: bool = False, style: str = "TableText") -> Xml:
        return self.paragraph(style + columns.suffix, [self.run(text)] if text else [], keep=keep)


def _reads_right_to_left(text: str, usual: bool) -> bool:
    """Whether Word is to order a run from the right; a run of one kind of letters follows those."""
    if text.isascii() and not usual:
        return False
    kinds = {bool(_LEFTWARD.match(sign)) for sign in text if sign.isalpha()}
    return kinds.pop() if len(kinds) == 1 else usual
