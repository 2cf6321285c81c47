"""One of the choices that the definition offers."""

from __future__ import annotations

from typing import Any

from ...text.tables import phrase
from . import BlankType


class ChoiceType(BlankType):
    name = "choice"
    in_column = True
    needs = "choices"

    def text_misfit(self, definition: Any, text: str) -> str | None:
        if text in definition.choices:
            return None
        return phrase("notAChoice", text=text, choices=", ".join(definition.choices))


TYPE = ChoiceType()
