"""The calendar of one agreement, or of several: meetings, reviews and deadlines, and the day it ends.

An entry's id is made from the agreement, the blank and the row's first cell, never from a place or a day:
importing the file again moves an entry instead of adding it once more. Nobody is invited: the file holds no
address at all.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from ..agreement.document.nodes import Document
from ..agreement.review.dates import Entry, entries
from ..model.blanks import Rhythm
from .printed import holdable
from .writer import Button, Writer

WRITER = Writer(
    kind="ics",
    also=("calendar", "ical"),
    place=6,
    write=lambda content: calendar(content.calendar),
    text=Button(5, "Calendar"),
    dated=True,
    libraries=("icalendar",),
)

# Where a language says which clock its people go by. Elsewhere a time is that of whoever reads the calendar.
_ZONES = {"en-GB": "Europe/London", "cy": "Europe/London", "cy-GB": "Europe/London"}
# The law's rule, so that the file does not change with the list of time zones on the machine that writes it.
_LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
_LENGTH = datetime.timedelta(hours=1)
# For an agreement nobody has signed yet: the time of making would differ each time.
_UNSIGNED = datetime.date(2026, 1, 1)
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _rule(entry: Entry, rhythm: Rhythm, until: datetime.date | None, zone: ZoneInfo | None) -> dict[str, object]:
    day = entry.day
    rule: dict[str, object] = {"FREQ": _FREQUENCIES[rhythm.unit]}
    if rhythm.count > 1:
        rule["INTERVAL"] = rhythm.count
    if rhythm.unit == "year":
        rule["BYMONTH"] = day.month
    if rhythm.weekday and rhythm.unit in ("month", "year"):
        # "Every month on Tuesday": the first, second, … Tuesday, as the first time; a fifth is the last.
        week = (day.day - 1) // 7 + 1
        rule["BYDAY"] = f"{week if week < 5 else -1}{_DAYS[day.weekday()]}"
    elif rhythm.weekday and rhythm.unit == "day":
        rule["FREQ"], rule["BYDAY"] = "WEEKLY", _DAYS[day.weekday()]
        rule.pop("INTERVAL", None)
    elif rhythm.weekday:
        rule["BYDAY"] = _DAYS[day.weekday()]
    elif rhythm.unit in ("month", "year") and day.day > 28:
        # A month without that day would be skipped: take the last day it has.
        rule["BYMONTHDAY"] = list(range(28, day.day + 1))
        rule["BYSETPOS"] = -1
    if until:
        rule["UNTIL"] = until if not rhythm.time else _last_moment(until, zone)
    return rule


def _last_moment(day: datetime.date, zone: ZoneInfo | None) -> datetime.datetime:
    last = datetime.datetime.combine(day, datetime.time(23, 59, 59), zone)
    return last.astimezone(datetime.UTC) if zone else last


def calendar(document: Document) -> bytes:
    """The calendar of ``document``; one without entries where it has no dates (ask ``has_dates`` first)."""
    return calendar_of_all([document], document.title)


def calendar_of_all(documents: Iterable[Document], title: str) -> bytes:
    """One calendar for all ``documents``; each entry has the id that it has in its own agreement's calendar."""
    # Here, since whoever asks only for dates should not wait for it to load.
    from icalendar import Calendar, Event, Timezone, vRecur, vText

    class Words(vText):
        """Text escaped as RFC 5545 (3.3.11) says. The library would also take a backslash and an N for a line end."""

        def to_ical(self) -> bytes:
            escaped = re.sub(r"[\\;,]", r"\\\g<0>", str(self)).replace("\n", "\\n")
            return escaped.encode()

    made = Calendar()
    made.add("prodid", "-//Ground Rules//groundrules//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", Words(_text(title)))
    timed = False
    for document in documents:
        zone = ZoneInfo(_ZONES[document.language]) if document.language in _ZONES else None
        stamp = max([one.date for one in document.signatures], default=_UNSIGNED)
        seen: Counter[tuple[str, ...]] = Counter()
        for entry in entries(document):
            if entry.rhythm and document.end and entry.day > document.end:
                continue
            seen[entry.parts] += 1
            again = (str(seen[entry.parts]),) if seen[entry.parts] > 1 else ()
            event = Event()
            event.add("uid", _uid((document.id, *entry.parts, *again)))
            event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
            event.add("summary", Words(_text(f"{entry.title} ({document.title})")))
            if entry.details:
                event.add("description", Words(_text(entry.details)))
            if entry.rhythm and entry.rhythm.time:
                timed = timed or zone is not None
                event.add("dtstart", datetime.datetime.combine(entry.day, entry.rhythm.time, zone))
                event.add("duration", _LENGTH)
            else:
                event.add("dtstart", entry.day)
                event.add("dtend", entry.day + datetime.timedelta(days=1))
                event.add("transp", "TRANSPARENT")
            if entry.rhythm:
                event.add("rrule", vRecur(_rule(entry, entry.rhythm, document.end, zone)))
            made.add_component(event)
    if timed:
        made.subcomponents.insert(0, Timezone.from_ical(_LONDON))
    written_out: bytes = made.to_ical()
    return written_out


def _text(words: str) -> str:
    """``words`` with the one kind of line end that a calendar can hold."""
    return holdable(words).replace("\r\n", "\n").replace("\r", "\n")


def _uid(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32] + "@groundrules"
