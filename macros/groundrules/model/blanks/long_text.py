"""Words of several lines, each of which becomes a paragraph."""

from __future__ import annotations

from . import BlankType


class LongTextType(BlankType):
    name = "long text"
    structure = "paragraphs"
    alone = True
    lines = 4


TYPE = LongTextType()
