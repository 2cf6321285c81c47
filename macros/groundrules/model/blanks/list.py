"""Any number of short texts: a list on a line of its own, and "a, b and c" inside a sentence."""

from __future__ import annotations

from typing import Any

from ...text.tables import phrase
from . import BlankType


class ListType(BlankType):
    name = "list"
    structure = "list"
    room = (60, 80)
    lines = 2

    def misfit(self, definition: Any, answer: Any) -> str | None:
        if isinstance(answer, list) and all(isinstance(entry, str) for entry in answer):
            return None
        return phrase("notAList")


TYPE = ListType()
