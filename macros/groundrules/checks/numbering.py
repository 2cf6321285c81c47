"""Numbers and letters that people type before a line, as in a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model.pieces import Agreement, Clause, Template, Written
from ..text.markup.nodes import Block
from ..text.tables import phrase
from .registry import Found, check_each, on_line

# "1.1", "2.3.4.", "(a)", "b)", "(iv)", "c.": a hyphen or "1." starts a list, and is none of these.
_TYPED = re.compile(
    r" {0,3}(\d{1,3}(?:\.\d{1,3})+[.)]?|\((?:\d{1,3}|[^\W\d_]|[ivxl]{2,5})\)|(?:[a-z]|[ivxl]{2,5})[.)])\s+\S"
)


@check_each("typed-number", Agreement, Clause, Template, level="warning")
def typed_number(piece: Written) -> Found:
    """A line begins with a number or a letter such as 1.1, (a) or b), right below another line. Only an empty line or
    the mark of a list starts a new paragraph, so it runs on behind the words above it."""
    for text, blocks in _texts(piece):
        for line, number in _joined(text, blocks):
            yield on_line(piece, line), phrase("typedNumber", number=number)


def _texts(piece: Written) -> Iterator[tuple[str, tuple[Block, ...]]]:
    if isinstance(piece, Clause):
        yield from ((one.text, one.blocks) for one in piece.wordings.values())
    if isinstance(piece, Agreement | Template):
        yield piece.preamble_text, piece.preamble
    if isinstance(piece, Agreement):
        yield from ((one.text, one.blocks) for one in piece.sections)


def _joined(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    """The lines that begin in such a way and join the line above, each with what it begins with."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at, (above, line) in enumerate(pairwise(lines), 1):
        found = _TYPED.match(line)
        if found and above.strip() and blocks:
            yield blocks[0].line + at - start, found[1]
