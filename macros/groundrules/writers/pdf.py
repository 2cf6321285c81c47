"""The PDF, set by typst, which is installed only by ``pip install "groundrules[pdf]"``.

What people wrote goes to ``layouts/agreement.typ`` as JSON, and is put in there as text: no answer can
become markup, read a file or run anything.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..agreement.document.answers import capitalised
from ..agreement.document.labels import labels
from ..agreement.document.language import direction, locale
from ..agreement.document.nodes import Block, Document, Hole, Table
from ..text.markup.nodes import ItemList, Node, Paragraph, handler, lone
from .beside import both, clause_pairs
from .by_hand import Questions, SmallPrint, boxes, room
from .columns import PAGE_WIDTH, Columns, columns, width, words
from .frame import Frame, is_form
from .pdf_fields import Fields
from .pdf_fonts import Fonts, fonts_of, refuse_letters
from .printed import Run, cell_key, heading, holdable, is_box, runs, table_header
from .writer import Button, Writer

WRITER = Writer(
    kind="pdf",
    place=3,
    write=lambda content: pdf(content.document, content.fonts, content.questions is not False),
    form=Button(2, "PDF form", "Blank form (PDF)"),
    text=Button(2, "PDF"),
    records=True,
    libraries=("typst", "pikepdf"),
    missing='There is no PDF without typst. Install it: pip install "groundrules[pdf]"',
)

log = logging.getLogger("groundrules.pdf")

# The room to write by hand, in millimetres.
_WRITING_HEIGHT, _SIGNING_HEIGHT = 4.8, 6
# The room on a line where it is least, and the size of letters, in points. Words are measured if they nearly fill it.
_ROOM, _FOOTER_ROOM = PAGE_WIDTH - 900, PAGE_WIDTH - 2400
_SIZE, _FOOTER_SIZE, _CAPTION_SIZE = 10.5, 8.5, 6.5
# A form of a few pages has the largest letters with which it has the fewest.
_FORM_SIZES = (10, 9.4, 8.8)
_FEW_PAGES = 12
_MM_PER_POINT, _SHORT_CAPTION, _WIDEST = 0.353, 46, 120
_NEARLY = 1.2
_LONGEST_ROW = 600
_MANY_ROWS = 8
_UNPARTED = re.compile(r"[^ \t\n]+")
_CREATED = 1767225600  # 2026-01-01: the time of making would differ each time.


def pdf(
    document: Document, more_fonts: Path | None = None, questions: bool = True, beside: Document | None = None
) -> bytes:
    """The tagged PDF of ``document``, in the fonts that come with the program and those of the folder ``more_fonts``.

    PDF/UA-1 is demanded, which refuses characters that no font can show. Of those, letters raise ``NoFont``; others,
    such as emoji, are put down by name, so that none is lost, and a warning says so. ``beside`` is the same document
    in another language, which stands in a column of its own.
    """
    # Here, since it is slow to start, and need not be installed.
    import typst

    fonts = fonts_of(more_fonts)
    form = _Form(document, questions)
    said = _two_columns(form, _Form(beside, questions, "beside-")) if beside else form.data()
    data: Any = said | {"fonts": fonts.families, "size": _SIZE}
    named: list[str] = []
    while True:
        try:
            made = _set(data, fonts)
            break
        except typst.TypstError as error:
            unshown = _undisplayable(error.diagnostic)
            refuse_letters(unshown)
            fresh = [signs for signs in unshown if signs not in named]
            if not fresh:
                raise
            # What only joins others goes with them, and by itself only when nothing else is left.
            fresh = [signs for signs in fresh if signs.strip(_JOINERS)] or fresh
            for signs in fresh:
                data = _by_name(data, signs)
            named += fresh
    if named:
        names = ", ".join(map(_names, named))
        log.warning("The PDF of %s gives names for what its fonts do not show: %s", document.id, names)
    if form.frame.form and _pages(made) <= _FEW_PAGES:
        made = min((_set(data | {"size": size}, fonts) for size in _FORM_SIZES), key=_pages)
    return form.fields.put_into(made)


def _pages(made: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(made)) as file:
        return len(file.pages)


_UNDISPLAYABLE = re.compile(r'the text `"(.*?)"` could not be displayed', re.S)
# What belongs to the character before it: joiners with what they join, skin tones, accents, the letters of a flag.
_MODIFIED = "(?:\u200d.|[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f])"
_JOINERS = "\u200d\ufe0e\ufe0f"
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def _undisplayable(message: str) -> list[str]:
    """The characters that typst could not show, in order; it writes them as Rust does."""
    found = [
        _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], match)
        for match in _UNDISPLAYABLE.findall(message)
    ]
    return list(dict.fromkeys(found))


def _by_name(value: Any, signs: str) -> Any:
    if isinstance(value, str):
        together = re.escape(signs) + _MODIFIED + ("+" if signs.isascii() else "*")
        return re.sub(together, lambda one: _names(one[0]), value) if signs in value else value
    if isinstance(value, dict):
        # The title in the file's properties is no text on a page.
        return {key: below if key == "title" else _by_name(below, signs) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_by_name(below, signs) for below in value]
    return value


def _names(signs: str) -> str:
    seen = [sign for sign in signs if sign not in _JOINERS] or list(signs)
    return "[" + " ".join(unicodedata.name(sign, "").lower() or f"U+{ord(sign):04X}" for sign in seen) + "]"


_here = threading.local()


def _set(data: Any, fonts: Fonts) -> bytes:
    made: bytes = _compiler(fonts).compile(
        input=_layout(),
        format="pdf",
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=_CREATED,
    )
    return made


def _compiler(fonts: Fonts) -> Any:
    """The compiler of this thread for ``fonts``: reading them takes longer than setting a page."""
    import typst

    there: dict[Fonts, Any] = _here.__dict__.setdefault("compilers", {})
    if fonts not in there:
        compiler: Any = typst.Compiler
        there[fonts] = compiler(_layout(), font_paths=list(fonts.folders), ignore_system_fonts=True)
    return there[fonts]


@cache
def _layout() -> bytes:
    return (resources.files(__package__) / "agreement.typ").read_bytes()


# --- the document as data ---------------------------------------------------------------------------


class _Form:
    """``document`` as data for the layout, and the ``fields`` of what is still open in it."""

    def __init__(self, document: Document, questions: bool, mark: str = "") -> None:
        self.document, self.mark = document, mark
        self.frame = Frame(document, is_form(document))
        self.language = document.language
        self.questions = Questions(document.language, questions and self.frame.form)
        self.fields = Fields(document.language)

    def data(self) -> dict[str, Any]:
        document, frame = self.document, self.frame
        return {
            "title": holdable(document.title) or document.id,
            "heading": _plain(document.title),
            "width": PAGE_WIDTH,
            "form": frame.form,
            **_language(self.language),
            "footer": _words(frame.footer, _FOOTER_SIZE, _FOOTER_ROOM),
            "page-of-pages": frame.page_of_pages,
            "remarks": self.blocks(frame.remarks),
            "parties": [[_words(part) for part in party] for party in frame.parties],
            "days": frame.days,
            "preamble": self.blocks(document.preamble),
            "clauses": [
                {
                    "id": self.mark + clause.id,
                    "heading": _plain(heading(clause)),
                    "blocks": self.blocks(clause.blocks),
                    "signed": frame.is_signed and clause is document.clauses[-1],
                }
                for clause in document.clauses
            ],
            "signing": {
                "name": capitalised(labels(self.language)["signed"]),
                "many": len(frame.signers) > _MANY_ROWS,
                **self.signing(),
            },
            "signed": frame.is_signed,
            "fingerprint": frame.fingerprint,
        }

    # --- blocks ---

    def blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        found = self.questions.beside(blocks, captions=True)
        return [handler(_BLOCKS, block)(self, block, keep) for block, keep in found]

    def paragraph(self, block: Paragraph, keep: bool) -> dict[str, Any]:
        hole = lone(block, Hole) if self.frame.form and is_box(block) else None
        if hole is None:
            return {"kind": "paragraph", "runs": self.runs(block.children), "keep": keep}
        field = self.fields.text(hole.name, hole.definition)
        name = _words(holdable(f"[{hole.says}]"))
        return {"kind": "box", "name": name, "lines": hole.definition.blank_type.lines, "field": field}

    def small_print(self, block: SmallPrint, keep: bool) -> dict[str, Any]:
        asked = [[_words(name), _words(question)] for name, question in block.asked]
        return {"kind": "small print", "asked": asked, "keep": keep}

    def item_list(self, block: ItemList, keep: bool) -> dict[str, Any]:
        return {"kind": "list"} | self.items(block)

    def items(self, items: ItemList) -> dict[str, Any]:
        return {
            "ordered": items.ordered,
            "items": [
                {
                    "runs": self.runs(item.children),
                    "below": self.items(item.sublist) if item.sublist else None,
                }
                for item in items.items
            ],
        }

    def table(self, block: Table, keep: bool) -> dict[str, Any]:
        header = table_header(block)
        fitting = columns([header, *block.rows])
        if block.rows:
            return {"kind": "table"} | _rows(header, [_cells(row, fitting) for row in block.rows], fitting)
        rows = [
            [self.cell(block, column, row) if self.frame.form else "" for column in block.columns]
            for row in range(block.definition.blank_type.lines)
        ]
        return {"kind": "table"} | _rows(header, rows, fitting, _WRITING_HEIGHT)

    def cell(self, table: Table, column: str, row: int) -> dict[str, Any]:
        said = f"{table.definition.ask} {capitalised(column)}, {row + 1}"
        return {"field": self.fields.cell(cell_key(table.name, column, row), said, table.definition.columns[column])}

    def signing(self) -> dict[str, Any]:
        frame = self.frame
        fitting = frame.signing_columns
        rows = [
            [
                {"field": self.fields.cell(f"signed/{row}/{column}", f"{frame.signing_header[column]}, {row}")}
                if frame.form and not shown
                else shown
                for column, shown in enumerate(_cells(cells, fitting))
            ]
            for row, cells in enumerate(frame.signers, 1)
        ]
        return _rows(frame.signing_header, rows, fitting, _SIGNING_HEIGHT)

    # --- words ---

    def runs(self, nodes: Iterable[Node]) -> list[Any]:
        """The runs; ``None`` stands between two where a line may end, since they make up a word too wide for it."""
        found = list(runs(nodes, self.language))
        text = "".join(run.text for run in found)
        inside = {
            at for word in _UNPARTED.finditer(text) if _is_wide(word[0]) for at in range(word.start() + 1, word.end())
        }
        ends = accumulate(len(run.text) for run in found)
        return [
            one for run, end in zip(found, ends, strict=True) for one in (self.run(run), None)[: 1 + (end in inside)]
        ]

    def run(self, run: Run) -> Any:
        text = _words(run.text)
        if isinstance(text, str) and not (run.marks or run.link or run.clause or run.hole):
            return text
        return {
            "text": text,
            "marks": [mark.__name__ for mark in run.marks],
            "link": run.link,
            "clause": run.clause and self.mark + run.clause,
            "hole": self.hole(run.hole) if run.hole and self.frame.form else bool(run.hole),
        }

    def hole(self, hole: Hole) -> dict[str, Any]:
        definition = hole.definition
        caption = definition.ask if self.questions.fresh(hole) else f"[{hole.says}]"
        ticks = self.fields.choice(hole.name, definition, boxes(definition))
        rules = room(definition)
        below = max(sum(rules), _caption_width(caption))
        return {
            "caption": _words(caption, _CAPTION_SIZE, int(below / _MM_PER_POINT * 20)),
            "width": below,
            "boxes": [[field, _words(one)] for field, one in zip(ticks, boxes(definition), strict=True)],
            "rules": list(zip(self.fields.rules(hole, len(rules)), rules, strict=True)),
        }


def _two_columns(form: _Form, other: _Form) -> dict[str, Any]:
    """What a file of two languages says otherwise: ``pairs`` are clauses of both, or ``None`` where one has none."""
    other.fields = form.fields
    here, there = form.data(), other.data()
    known = {one["id"]: one for one in (*here["clauses"], *there["clauses"])}
    signing = here["signing"] | {"name": both(here["signing"]["name"], there["signing"]["name"])}
    headers = zip(here["signing"]["header"], there["signing"]["header"], strict=True)
    signing["header"] = [both(*pair) for pair in headers]
    return here | {
        "title": holdable(both(form.document.title, other.document.title)),
        "width": PAGE_WIDTH * 18 // 25,
        "other": there,
        "signing": signing,
        "pairs": [
            [known.get(mark.mark + one.id) if one else None for mark, one in zip((form, other), pair, strict=True)]
            for pair in clause_pairs(form.document, other.document)
        ],
    }


_BLOCKS: Mapping[type, Callable[[Any, Any, bool], dict[str, Any]]] = {
    Paragraph: _Form.paragraph,
    SmallPrint: _Form.small_print,
    ItemList: _Form.item_list,
    Table: _Form.table,
}


def _caption_width(caption: str) -> float:
    """The width of a caption in millimetres: that of one line where it is short, else of two."""
    whole = width(caption) * _CAPTION_SIZE * _MM_PER_POINT / 1000 + 1
    return whole if whole <= _SHORT_CAPTION else max(_SHORT_CAPTION, min(whole * 0.56, _WIDEST))


def _language(language: str) -> dict[str, Any]:
    known = locale(language)
    territory = known.territory if known else None
    return {
        "language": known.language if known else "en",
        "region": territory if territory and re.fullmatch("[A-Z]{2}", territory) else None,
        "right-to-left": direction(language) == "rtl",
    }


def _words(text: str, size: float = _SIZE, room: int = _ROOM) -> str | dict[str, Any]:
    """``text``, or with it the ``room`` on a line, where a word in it may be wider than that."""
    text = _plain(text)
    return {"text": text, "room": room} if any(_is_wide(word, size, room) for word in words(text)) else text


def _is_wide(word: str, size: float = _SIZE, room: int = _ROOM) -> bool:
    return width(word, bold=True) * size * _NEARLY > room * 50


def _plain(text: str) -> str:
    return holdable(text).replace("\t", " ")


def _cells(row: Sequence[str], fitting: Columns) -> list[Any]:
    return [_words(text, fitting.size / 2, fitting.room(column)) for column, text in enumerate(row)]


def _rows(header: Sequence[str], rows: Sequence[Sequence[Any]], fitting: Columns, height: float = 0) -> dict[str, Any]:
    return {
        "widths": fitting.widths,
        "size": fitting.size / 2,
        "header": _cells(header, fitting),
        # Unless it holds very much, a row stays on one page.
        "rows": [{"cells": row, "height": height, "breakable": _length(row) > _LONGEST_ROW} for row in rows],
    }


def _length(row: Sequence[Any]) -> int:
    return sum(len(cell if isinstance(cell, str) else cell.get("text", "")) for cell in row)
