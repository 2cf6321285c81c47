"""Days and spans of time, as people type them at the terminal."""

from __future__ import annotations

import calendar
import datetime
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..agreement.document.language import DEFAULT
from ..agreement.document.typed_days import NotADay, day_in_words, days_meant, rhythm_in_words
from ..agreement.review.dates import Entry, next_day
from ..files import clock
from ..model.front import BlankDefinition, Column
from ..text.days import read_date
from ..text.problems import UserError
from ..text.tables import phrase
from .shared import echo

# How many days of a rhythm are said back.
_SHOWN = 3
_SPAN = re.compile(r"([0-9]{1,4}) ?([dwmy]?)[a-z]*", re.I)


def day_of(option: str, text: str, language: str = DEFAULT, back: bool = False) -> datetime.date:
    """The day that somebody typed behind ``option``, said back in words; ``back`` looks for it in the past."""
    found = _days_meant(option, text, language, back)
    words = [day_in_words(day, language) for day in found]
    if len(found) > 1:
        return found[_which(option, text, found, words)]
    if read_date(text.strip()):
        return found[0]
    if not sys.stdin.isatty():
        echo(f"{option}: {words[0]}.")
    elif not click.confirm(f"{option}: {words[0]}. Right?", default=True):
        raise UserError(f"{option}: nothing was done. Write the day in another way, such as {found[0]}.")
    return found[0]


def _days_meant(option: str, text: str, language: str, back: bool) -> list[datetime.date]:
    try:
        return days_meant(text, language, clock.today(), back)
    except NotADay as wrong:
        raise UserError(f"{option}: {wrong}") from None


def _which(option: str, text: str, found: Sequence[datetime.date], words: Sequence[str]) -> int:
    """The place of the one that is meant, of two that ``text`` may be."""
    if not sys.stdin.isatty():
        raise UserError(f'{option}: "{text.strip()}" may be {words[0]} or {words[1]}. Write {found[0]} or {found[1]}.')
    for number, one in enumerate(words, 1):
        echo(f"  {number}. {one}")
    chosen: int = click.prompt(f'{option}: which of these is "{text.strip()}"?', type=click.IntRange(1, len(found)))
    return chosen - 1


def day_or_today(option: str, text: str | None) -> datetime.date:
    """The day to reckon from, as programs write it; nothing is kept of it."""
    day = read_date(text.strip()) if text else clock.today()
    if day is None:
        raise UserError(f'{option} "{text}": this is not a date. Write it as year-month-day, such as 2026-11-21.')
    return day


def with_days(definition: Column, value: Any, language: str, where: str) -> Any:
    """An answer with each day in it as a file keeps it; raises ``UserError`` for one that cannot be read.

    What was understood is said, also of a rhythm.
    """
    if isinstance(definition, BlankDefinition) and definition.columns and isinstance(value, list):
        return [
            {
                name: with_days(definition.columns[name], cell, language, where) if name in definition.columns else cell
                for name, cell in row.items()
            }
            if isinstance(row, dict)
            else row
            for row in value
        ]
    if not isinstance(value, str) or not value.strip() or not definition.blank_type.dated:
        return value
    if definition.blank_type.is_day:
        return day_of(where, value, language).isoformat()
    value = rhythm_in_words(value, language)
    for said in filter(None, [remark(definition, value), next_days(definition, value, language)]):
        echo(f"{where}: {said}")
    return value


def remark(definition: Column, answer: str) -> str:
    """Why a calendar leaves out what should stand in it."""
    return definition.blank_type.remark(answer) if definition.calendar else ""


def next_days(definition: Column, answer: str, language: str) -> str:
    """The first days of a rhythm in words, for whoever has just typed it."""
    when = definition.blank_type.when(answer) if definition.calendar else None
    if not when or not when[1]:
        return ""
    entry, days = Entry((), "", *when), [when[0]]
    while len(days) < _SHOWN and (day := next_day(entry, days[-1] + datetime.timedelta(days=1), when[1].last)):
        days.append(day)
    return phrase("inCalendars", days="; ".join(day_in_words(day, language) for day in days))


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
