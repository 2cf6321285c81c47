"""The dates that an agreement promises, and when each comes next.

A calendar states a rhythm as a rule and leaves the counting to whoever reads it; ``next_day`` counts the same days.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from ...model.blanks import Rhythm
from ...model.blanks.rhythm import occurs
from ...model.front import BlankDefinition, Column, RecordFront
from ...model.pieces import Agreement
from ...text.markup.nodes import blank_key
from ..document.answers import written
from ..document.assemble import assemble, open_blanks
from ..document.labels import labels
from ..document.nodes import Document, UsedBlank

END = ("end",)
# What settles a date that waits for signatures; other dates wait for records.
SIGNING = "signing"
# Every 99 years is the slowest rhythm there is.
_LONGEST = 100 * 366


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens on ``day``, or from then on in a rhythm. ``parts`` tell it from all others."""

    parts: tuple[str, ...]
    title: str
    day: datetime.date
    rhythm: Rhythm | None = None
    details: str = ""
    settled_by: str = ""


def has_dates(document: Document) -> bool:
    return next(entries(document), None) is not None


def entries(document: Document) -> Iterator[Entry]:
    """The entries of the agreement's calendar; a date in words of another kind stays out of it.

    No rhythm begins after the end. Of what has ended nothing is left after it, and nothing at all if nobody knows when.
    """
    ended = document.status == "ended"
    for entry in _all_entries(document):
        last = document.end if ended or entry.rhythm else None
        if not (ended and last is None) and (last is None or entry.day <= last):
            yield entry


def _all_entries(document: Document) -> Iterator[Entry]:
    for blank in document.blanks:
        key = blank_key(blank.name)
        if blank.definition.blank_type.structure == "table":
            yield from _in_rows(blank, key, document.language)
        elif blank.definition.calendar and isinstance(blank.answer, str):
            yield from _entry((key,), blank.definition.calendar, blank.definition, blank.answer)
    if document.end:
        yield Entry(END, labels(document.language)["ends"], document.end)


def _in_rows(blank: UsedBlank, key: str, language: str) -> Iterator[Entry]:
    columns = blank.definition.columns
    for row in blank.answer if isinstance(blank.answer, list) else ():
        if not isinstance(row, dict):
            continue
        first = str(next((row[name] for name in columns if row.get(name)), ""))
        for name, column in columns.items():
            if not column.calendar:
                continue
            details = "\n".join(
                f"{other}: {written(columns[other], row[other], language)}"
                for other in columns
                if other != name and row.get(other)
            )
            title = f"{column.calendar}: {first}" if column is not columns[next(iter(columns))] else column.calendar
            yield from _entry((key, blank_key(name), first), title, column, str(row.get(name, "")), details)


def _entry(parts: tuple[str, ...], title: str, definition: Column, answer: str, details: str = "") -> Iterator[Entry]:
    when = definition.blank_type.when(answer.strip())
    settled_by = definition.settled_by if isinstance(definition, BlankDefinition) else ""
    if when:
        day, rhythm = when
        yield Entry(parts, title, day, rhythm, details, settled_by)


# --- when it comes next -------------------------------------------------------------------------


def next_day(entry: Entry, on: datetime.date, end: datetime.date | None = None) -> datetime.date | None:
    """The first day on or after ``on`` at which ``entry`` happens; no rhythm goes on after ``end``."""
    rhythm = entry.rhythm
    if rhythm is None:
        return entry.day if entry.day >= on else None
    last = min(filter(None, [rhythm.last, end]), default=None)
    days = (max(on, entry.day) + datetime.timedelta(days=later) for later in range(_LONGEST))
    ahead = (day for day in days if occurs(rhythm, entry.day, day))
    day = next(takewhile(lambda day: last is None or day <= last, ahead), None)
    return day


def is_made(record: Agreement) -> bool:
    """Whether ``record`` is more than a draft: it sets a day, or one of its questions is answered."""
    front = record.front
    asked = {blank_key(name) for name in front.blanks}
    still = {blank_key(name) for name in open_blanks(assemble(record))}
    return bool((isinstance(front, RecordFront) and front.next) or not asked or asked - still)
