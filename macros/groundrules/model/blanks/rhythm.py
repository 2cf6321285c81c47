"""A rhythm: how often something happens. Other words than those that a calendar understands may be kept as well."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from ...text.days import read_date
from . import BlankType, Rhythm

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_RHYTHM = re.compile(
    r"every\s+(?:(?P<count>[1-9][0-9]?)\s+)?(?P<unit>day|week|month|year)s?"
    rf"(?:\s+on\s+(?P<weekday>{'|'.join(WEEKDAYS)}))?"
    r"(?:\s+at\s+(?P<time>[0-2]?[0-9][:.][0-5][0-9]))?"
    r",?\s+(?:from|starting)\s+(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.I,
)


def read_rhythm(text: str) -> Rhythm | None:
    """The rhythm that ``text`` states, or ``None`` for other words."""
    match = _RHYTHM.fullmatch(text.strip())
    first = read_date(match["first"]) if match else None
    if not match or not first:
        return None
    hour, _, minute = (match["time"] or "").replace(".", ":").partition(":")
    if hour and int(hour) > 23:
        return None
    return Rhythm(
        int(match["count"] or 1),
        match["unit"].lower(),
        (match["weekday"] or "").title(),
        datetime.time(int(hour), int(minute)) if hour else None,
        first,
    )


def _first_day(rhythm: Rhythm) -> datetime.date:
    """The first day on or after ``rhythm.first`` that is the weekday it names."""
    if not rhythm.weekday:
        return rhythm.first
    later = (WEEKDAYS.index(rhythm.weekday) - rhythm.first.weekday()) % 7
    return rhythm.first + datetime.timedelta(days=later)


class RhythmType(BlankType):
    name = "rhythm"
    dated = True

    def written(self, text: str, date: Callable[[datetime.date], str]) -> str:
        rhythm = read_rhythm(text)
        return text.replace(rhythm.first.isoformat(), date(rhythm.first)) if rhythm else text

    def when(self, text: str) -> tuple[datetime.date, Rhythm] | None:
        rhythm = read_rhythm(text)
        return (_first_day(rhythm), rhythm) if rhythm else None

    def remark(self, text: str) -> str:
        if read_rhythm(text):
            return ""
        return "Kept as words. For a calendar entry write it like: every 4 weeks on Tuesday at 14:00 from 2026-12-01"


TYPE = RhythmType()
