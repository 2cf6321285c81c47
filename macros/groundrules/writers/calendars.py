"""The calendar of one agreement, or of several: meetings, reviews and deadlines, and the day it ends.

An entry's id is made from the agreement's, the blank and the row's first cell, never from a title or a day:
importing the file again moves an entry instead of adding it once more. Nobody is invited: the file holds no
address at all.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from ..agreement.document.nodes import Document
from ..agreement.document.zones import end_of_day, stated, zone_of
from ..agreement.review.dates import Entry, entries
from ..model.blanks import Rhythm
from ..model.blanks.rhythm import places_in_month
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

_LENGTH = datetime.timedelta(hours=1)
# For an agreement nobody has signed yet: the time of making would differ each time.
_UNSIGNED = datetime.date(2026, 1, 1)
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _rule(entry: Entry, rhythm: Rhythm, until: datetime.date | None, zone: str) -> dict[str, object]:
    day = entry.day
    in_month = rhythm.unit in ("month", "year")
    rule: dict[str, object] = {"FREQ": _FREQUENCIES[rhythm.unit]}
    if rhythm.count > 1:
        rule["INTERVAL"] = rhythm.count
    if rhythm.unit == "year":
        rule["BYMONTH"] = day.month
    if rhythm.weekdays:
        places = places_in_month(rhythm, day) if in_month else ("",)
        rule["BYDAY"] = [f"{place}{_DAYS[one]}" for place in places for one in rhythm.weekdays]
    elif rhythm.monthday < 0:
        rule["BYMONTHDAY"] = -1
    elif in_month and (number := rhythm.monthday or day.day) > 28:
        # A month without that day would be skipped: take the last day it has.
        rule["BYMONTHDAY"] = list(range(28, number + 1))
        rule["BYSETPOS"] = -1
    if last := min(filter(None, [rhythm.last, until]), default=None):
        rule["UNTIL"] = last if not rhythm.time else _last_moment(last, zone)
    return rule


def _last_moment(day: datetime.date, zone: str) -> datetime.datetime:
    return end_of_day(zone, day) if zone else datetime.datetime.combine(day, datetime.time(23, 59, 59))


def _length(rhythm: Rhythm, time: datetime.time) -> datetime.timedelta:
    if not rhythm.ends:
        return _LENGTH
    minutes = 60 * (rhythm.ends.hour - time.hour) + rhythm.ends.minute - time.minute
    return datetime.timedelta(minutes=minutes)


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
    zones: dict[str, None] = {}
    for document in documents:
        zone = zone_of(document.language, document.time_zone)
        stamp = max([one.date for one in document.signatures], default=_UNSIGNED)
        seen: Counter[tuple[str, ...]] = Counter()
        for entry in entries(document):
            seen[entry.parts] += 1
            again = (str(seen[entry.parts]),) if seen[entry.parts] > 1 else ()
            event = Event()
            event.add("uid", _uid((document.key or document.id, *entry.parts, *again)))
            event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
            event.add("summary", Words(_text(f"{entry.title} ({document.title})")))
            if entry.details:
                event.add("description", Words(_text(entry.details)))
            if entry.rhythm and entry.rhythm.time:
                zones |= {zone: None} if zone else {}
                start = datetime.datetime.combine(entry.day, entry.rhythm.time)
                event.add("dtstart", start, parameters={"TZID": zone} if zone else {})
                event.add("duration", _length(entry.rhythm, entry.rhythm.time))
            else:
                event.add("dtstart", entry.day)
                event.add("dtend", entry.day + datetime.timedelta(days=1))
                event.add("transp", "TRANSPARENT")
            if entry.rhythm:
                event.add("rrule", vRecur(_rule(entry, entry.rhythm, document.end, zone)))
            made.add_component(event)
    made.subcomponents[:0] = [Timezone.from_ical("\r\n".join(stated(zone))) for zone in zones]
    written_out: bytes = made.to_ical()
    return written_out


def _text(words: str) -> str:
    """``words`` with the one kind of line end that a calendar can hold."""
    return holdable(words).replace("\r\n", "\n").replace("\r", "\n")


def _uid(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32] + "@groundrules"
