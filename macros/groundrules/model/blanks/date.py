"""A day, kept as year-month-day and written as the language of the agreement does."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from ...text.days import read_date
from ...text.tables import phrase
from . import BlankType


class DateType(BlankType):
    name = "date"
    in_column = True
    dated = is_day = True
    parts = (9, 9, 14)

    def text_misfit(self, definition: Any, text: str) -> str | None:
        if read_date(text):
            return None
        return phrase("notADate", text=text)

    def written(self, text: str, date: Callable[[datetime.date], str]) -> str:
        day = read_date(text)
        return date(day) if day else text

    def when(self, text: str) -> tuple[datetime.date, None] | None:
        day = read_date(text)
        return (day, None) if day else None


TYPE = DateType()
