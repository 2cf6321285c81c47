"""Days and spans of time, as people type them at the terminal."""

from __future__ import annotations

import calendar
import datetime
import re

from ..files import clock
from ..text.days import read_date
from ..text.problems import UserError

_SPAN = re.compile(r"([0-9]{1,4}) ?([dwmy]?)[a-z]*", re.I)


def day_of(option: str, text: str) -> datetime.date:
    day = read_date(text.strip())
    if day is None:
        raise UserError(f'{option} "{text}": this is not a date. Write it as year-month-day, such as 2026-11-21.')
    return day


def day_or_today(option: str, text: str | None) -> datetime.date:
    return day_of(option, text) if text else clock.today()


def after(day: datetime.date, text: str) -> datetime.date:
    """The last day of the span ``text`` that begins on ``day``: ``30d``, ``2w``, ``3m``, ``1y``; a number is days.

    Raises ``UserError`` for anything else.
    """
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise UserError(f'--due "{text}": write a number of days, weeks, months or years, such as 30d, 2w, 3m or 1y.')
    number, unit = int(match[1]), match[2].lower()
    try:
        if unit in ("m", "y"):
            return _months_after(day, number * (12 if unit == "y" else 1))
        return day + datetime.timedelta(days=number * (7 if unit == "w" else 1))
    except (OverflowError, ValueError):
        raise UserError(f'--due "{text}": nobody plans that far ahead.') from None


def _months_after(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
