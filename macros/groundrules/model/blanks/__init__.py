"""The types of blank, one file for each: a file here is all that a type needs, and is found by itself."""

from __future__ import annotations

import datetime
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from ...text.tables import phrase

Structure = Literal["", "paragraphs", "list", "table"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm: ``every 4 weeks on Tuesday at 14:00 from 2026-12-01``.

    ``weekdays`` count from 0 for Monday. ``nths`` say which of them in a month, and ``monthday`` its number there; the
    last is -1. ``last`` is the day after which it does not go on, and ``ends`` the time at which each meeting does.
    """

    count: int
    unit: str
    weekdays: tuple[int, ...]
    time: datetime.time | None
    first: datetime.date
    nths: tuple[int, ...] = ()
    monthday: int = 0
    last: datetime.date | None = None
    ends: datetime.time | None = None


class BlankType:
    """A type of blank. Its answer is one line of text, unless ``structure`` says otherwise.

    ``structure`` is what an answer becomes that stands alone on its line: paragraphs of a text of several lines, a
    list of several texts, a table of rows. The answer to a type without any is words in a sentence everywhere.
    """

    name: str
    structure: Structure = ""
    # Whether it must stand alone on its line.
    alone = False
    # Whether a column of a table may be of this type.
    in_column = False
    # The key of a definition that goes with this type.
    needs: Literal["", "choices", "columns"] = ""
    # The room to write an answer by hand: on a line from so much to so much, in millimetres;
    # and so many lines, or rows of a table, where it stands alone.
    room: tuple[int, int] = (24, 64)
    lines = 0
    # The rules that an answer has parts for, as a day has.
    parts: tuple[int, ...] = ()
    # Whether an answer may stand in a calendar, and whether it is always one day, which people pick from one.
    dated = is_day = False

    def misfit(self, definition: Any, answer: Any) -> str | None:
        """Why ``answer``, which is not empty, cannot stand where ``definition`` asks for it, or ``None``."""
        if not isinstance(answer, str):
            return phrase("notOneLine")
        return self.text_misfit(definition, answer)

    def text_misfit(self, definition: Any, text: str) -> str | None:
        """The same for one line of text."""
        return None

    def written(self, text: str, date: Callable[[datetime.date], str]) -> str:
        """The words that ``text`` puts into a sentence; ``date`` writes a day in the sentence's language."""
        return text

    def when(self, text: str) -> tuple[datetime.date, Rhythm | None] | None:
        """The day, or the first one and how it goes on from there, that ``text`` stands for in a calendar."""
        return None

    def remark(self, text: str) -> str:
        """Why a calendar leaves out ``text``, which fits, and what it would read; mostly nothing."""
        return ""


def _found() -> dict[str, BlankType]:
    modules = (import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    return {module.TYPE.name: module.TYPE for module in modules}


TYPES: Mapping[str, BlankType] = _found()
