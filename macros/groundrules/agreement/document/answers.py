"""Answers to blanks: whether one fits its definition, and how it reads in the document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...model.front import BlankDefinition, Column, read_date
from .language import written_date, written_list

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_RHYTHM = re.compile(
    r"every\s+(?:(?P<count>[1-9][0-9]?)\s+)?(?P<unit>day|week|month|year)s?"
    rf"(?:\s+on\s+(?P<weekday>{'|'.join(WEEKDAYS)}))?"
    r"(?:\s+at\s+(?P<time>[0-2]?[0-9][:.][0-5][0-9]))?"
    r",?\s+(?:from|starting)\s+(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``every 4 weeks on Tuesday at 14:00 from 2026-12-01``."""

    count: int
    unit: str
    weekday: str
    time: datetime.time | None
    first: datetime.date


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


def is_empty(answer: Any) -> bool:
    """Whether nobody has answered yet; a list or a table of empty cells counts as empty."""
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, dict):
        return all(map(is_empty, answer.values()))
    if isinstance(answer, list):
        return all(map(is_empty, answer))
    return True


def misfit(definition: BlankDefinition, answer: Any) -> str | None:
    """Why ``answer`` cannot stand for this blank, or ``None``. An empty answer always may."""
    if is_empty(answer):
        return None
    if definition.type == "rows":
        return _rows_misfit(definition.columns, answer)
    if definition.type == "list":
        if not isinstance(answer, list) or not all(isinstance(entry, str) for entry in answer):
            return 'The answer is a list. Write each entry on a line of its own, after "- ".'
        return None
    if not isinstance(answer, str):
        return "The answer is one line of text, not a list."
    return _text_misfit(definition, answer)


def _rows_misfit(columns: Mapping[str, Column], answer: Any) -> str | None:
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        return (
            "The answer is a list of rows, each with " + written_list([f'"{name}"' for name in columns], "en-GB") + "."
        )
    for number, row in enumerate(answer, 1):
        for name, cell in row.items():
            if name not in columns:
                return f'Row {number} has "{name}", which is not a column. The columns are: {", ".join(columns)}.'
            if not isinstance(cell, str):
                return f'Row {number}: "{name}" is one line of text.'
            wrong = None if is_empty(cell) else _text_misfit(columns[name], cell)
            if wrong:
                return f'Row {number}, "{name}": {wrong}'
    return None


def _text_misfit(definition: Column, answer: str) -> str | None:
    if definition.type == "date" and not read_date(answer):
        return f'"{answer}" is not a date. Write it as year-month-day, such as 2026-11-21.'
    if definition.type == "choice" and answer not in definition.choices:
        return f'"{answer}" is not one of the choices: {", ".join(definition.choices)}.'
    return None


def written(definition: Column | BlankDefinition, answer: Any, language: str) -> str:
    """The words that ``answer`` puts into a sentence, also where it is of another kind than asked for."""
    if not isinstance(answer, str):
        return written_list(entries(answer), language)
    words = _one_line(answer)
    kind: str = definition.type
    if kind == "date":
        day = read_date(words)
        return written_date(day, language) if day else words
    rhythm = read_rhythm(words) if kind == "rhythm" else None
    if rhythm:
        return words.replace(rhythm.first.isoformat(), written_date(rhythm.first, language))
    return words


def entries(answer: Any) -> list[str]:
    """The entries of a list, each on one line; a text is one entry, and so is a row of a table."""
    if isinstance(answer, str):
        return [] if is_empty(answer) else [_one_line(answer)]
    found = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    return [" ".join(entries(entry)) for entry in found if not is_empty(entry)]


def paragraphs(answer: Any) -> list[str]:
    """A long answer, a paragraph for each line that is not empty."""
    lines = answer.splitlines() if isinstance(answer, str) else entries(answer)
    return [_one_line(line) for line in lines if line.strip()]


def capitalised(text: str) -> str:
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
