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
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..agreement.document.answers import capitalised
from ..agreement.document.labels import labels
from ..agreement.document.language import direction, locale
from ..agreement.document.nodes import Block, Document, Hole, Table
from ..text.markup.nodes import ItemList, Node, Paragraph, handler, lone
from .columns import PAGE_WIDTH, Columns, columns, width, words
from .frame import Frame, is_form
from .pdf_fonts import Fonts, fonts_of, refuse_letters
from .printed import EMPTY_ROWS, Run, heading, holdable, printed, runs, table_header
from .writer import Button, Writer

WRITER = Writer(
    kind="pdf",
    place=3,
    write=lambda content: pdf(content.document, content.fonts),
    form=Button(2, "PDF form", "Blank form (PDF)"),
    text=Button(2, "PDF"),
    records=True,
    libraries=("typst",),
    missing='There is no PDF without typst. Install it: pip install "groundrules[pdf]"',
)

log = logging.getLogger("groundrules.pdf")

# The room to write by hand, in millimetres.
_ROOM_IN_LINE = 14
_WRITING_HEIGHT, _SIGNING_HEIGHT = 4, 6
_ROOMS = {"list": 8, "paragraphs": 14}
# The room on a line where it is least, and the size of letters, in points. Words are measured if they nearly fill it.
_ROOM, _FOOTER_ROOM = PAGE_WIDTH - 900, PAGE_WIDTH - 2400
_SIZE, _FOOTER_SIZE = 10.5, 8.5
_NEARLY = 1.2
_LONGEST_ROW = 600
_MANY_ROWS = 8
_UNPARTED = re.compile(r"[^ \t\n]+")
_CREATED = 1767225600  # 2026-01-01: the time of making would differ each time.


def pdf(document: Document, more_fonts: Path | None = None) -> bytes:
    """The tagged PDF of ``document``, in the fonts that come with the program and those of the folder ``more_fonts``.

    PDF/UA-1 is demanded, which refuses characters that no font can show. Of those, letters raise ``NoFont``; others,
    such as emoji, are put down by name, so that none is lost, and a warning says so.
    """
    # Here, since it is slow to start, and need not be installed.
    import typst

    fonts = fonts_of(more_fonts)
    data: Any = _data(document) | {"fonts": fonts.families}
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
    return made


_UNDISPLAYABLE = re.compile(r'the text `"(.*?)"` could not be displayed', re.S)
# What belongs to the character before it: joiners with what they join, skin tones, accents, the letters of a flag.
_MODIFIED = "(?:\u200d.|[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f])*"
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
        return re.sub(re.escape(signs) + _MODIFIED, lambda one: _names(one[0]), value) if signs in value else value
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


def _data(document: Document) -> dict[str, Any]:
    form = is_form(document)
    language = document.language
    frame = Frame(document, form)
    return {
        "title": holdable(document.title) or document.id,
        "heading": _plain(document.title),
        "width": PAGE_WIDTH,
        **_language(language),
        "form": form,
        "room": _ROOM_IN_LINE,
        "footer": _words(frame.footer, _FOOTER_SIZE, _FOOTER_ROOM),
        "page-of-pages": frame.page_of_pages,
        "parties": [[_words(part) for part in party] for party in frame.parties],
        "days": frame.days,
        "preamble": _blocks(document.preamble, form, language),
        "clauses": [
            {
                "id": clause.id,
                "heading": _plain(heading(clause)),
                "blocks": _blocks(clause.blocks, form, language),
            }
            for clause in document.clauses
        ],
        "signing": {
            "name": capitalised(labels(language)["signed"]),
            "many": len(frame.signers) > _MANY_ROWS,
            **_rows(frame.signing_header, frame.signers, frame.signing_columns, _SIGNING_HEIGHT),
        },
        "signed": frame.is_signed,
        "fingerprint": frame.fingerprint,
    }


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


def _blocks(blocks: Iterable[Block], form: bool, language: str) -> list[dict[str, Any]]:
    return [handler(_BLOCKS, block)(block, keep, form, language) for block, keep in printed(blocks)]


def _paragraph(block: Paragraph, keep: bool, form: bool, language: str) -> dict[str, Any]:
    hole = lone(block, Hole)
    room = _ROOMS.get(hole.definition.blank_type.structure, 0) if form and hole else 0
    return {"kind": "paragraph", "runs": _runs(block.children, language), "keep": keep, "room": room}


def _list(block: ItemList, keep: bool, form: bool, language: str) -> dict[str, Any]:
    return {"kind": "list"} | _items(block, language)


def _table(block: Table, keep: bool, form: bool, language: str) -> dict[str, Any]:
    header = table_header(block)
    fitting = columns([header, *block.rows])
    if block.rows:
        return {"kind": "table"} | _rows(header, block.rows, fitting)
    return {"kind": "table"} | _rows(header, [("",) * len(header)] * EMPTY_ROWS, fitting, _WRITING_HEIGHT)


_BLOCKS: Mapping[type, Callable[[Any, bool, bool, str], dict[str, Any]]] = {
    Paragraph: _paragraph,
    ItemList: _list,
    Table: _table,
}


def _rows(header: Sequence[str], rows: Sequence[Sequence[str]], fitting: Columns, height: int = 0) -> dict[str, Any]:
    def cells(row: Sequence[str]) -> list[Any]:
        return [_words(text, fitting.size / 2, fitting.room(column)) for column, text in enumerate(row)]

    return {
        "widths": fitting.widths,
        "size": fitting.size / 2,
        "header": cells(header),
        # Unless it holds very much, a row stays on one page.
        "rows": [
            {"cells": cells(row), "height": height, "breakable": sum(map(len, row)) > _LONGEST_ROW} for row in rows
        ],
    }


def _items(items: ItemList, language: str) -> dict[str, Any]:
    return {
        "ordered": items.ordered,
        "items": [
            {
                "runs": _runs(item.children, language),
                "below": _items(item.sublist, language) if item.sublist else None,
            }
            for item in items.items
        ],
    }


def _runs(nodes: Iterable[Node], language: str) -> list[Any]:
    """The runs; ``None`` stands between two where a line may end, since they make up a word that is too wide for it."""
    found = list(runs(nodes, language))
    text = "".join(run.text for run in found)
    inside = {
        at for word in _UNPARTED.finditer(text) if _is_wide(word[0]) for at in range(word.start() + 1, word.end())
    }
    ends = accumulate(len(run.text) for run in found)
    return [one for run, end in zip(found, ends, strict=True) for one in (_run(run), None)[: 1 + (end in inside)]]


def _run(run: Run) -> Any:
    text = _words(run.text)
    if isinstance(text, str) and not (run.marks or run.link or run.clause or run.hole):
        return text
    return {
        "text": text,
        "marks": [mark.__name__ for mark in run.marks],
        "link": run.link,
        "clause": run.clause,
        "hole": bool(run.hole),
    }
