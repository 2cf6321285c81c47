"""A few words."""

from __future__ import annotations

from . import BlankType


class TextType(BlankType):
    name = "text"
    in_column = True


TYPE = TextType()
