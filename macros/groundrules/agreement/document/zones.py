"""Time zones: whose clock a time of an agreement means, and how a calendar states its rule.

The rules stand in a table, so that a file does not change with the list of zones on the machine that writes it.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...text.tables import table

_RULE = re.compile(
    r"(?P<name><[^>]+>|[A-Za-z]+)(?P<west>[-0-9:]+)"
    r"(?:(?P<other><[^>]+>|[A-Za-z]+)(?P<other_west>[-0-9:]+)?,M(?P<starts>[-0-9.:/]+),M(?P<ends>[-0-9.:/]+))?"
)
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_HOUR = 3600
# Any year will do, if each engine takes the same.
_FROM = 1996


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the clocks, once a year: in the ``week`` (5 is the last) of ``month`` that has ``weekday``."""

    month: int
    week: int
    weekday: int
    # Days that the clock's time lies behind or before that one: "the day after the fourth Saturday".
    later: int
    seconds: int
    name: str
    before: int
    after: int

    def day(self, year: int) -> datetime.date:
        first = datetime.date(year, self.month, 1)
        day = first + datetime.timedelta((self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        if day.month != self.month:
            day -= datetime.timedelta(7)
        return day + datetime.timedelta(self.later)

    def rule(self) -> str:
        if not self.later:
            return f"BYDAY={self.week if self.week < 5 else -1}{_DAYS[self.weekday]};BYMONTH={self.month}"
        last = calendar.monthrange(_FROM, self.month)[1] if self.week == 5 else 7 * self.week
        days = ",".join(str(day + self.later) for day in range(last - 6, last + 1))
        return f"BYDAY={_DAYS[(self.weekday + self.later) % 7]};BYMONTHDAY={days};BYMONTH={self.month}"


def zones_for(language: str) -> list[str]:
    """The zones of the region that a tag such as ``en-GB`` names, or in which alone its language is spoken."""
    zones = table("zones")
    region = next((part for part in language.split("-")[1:] if re.fullmatch("[A-Z]{2}", part)), "")
    return str(zones["regions"].get(region or zones["languages"].get(language, ""), "")).split()


def zone_of(language: str, named: str = "") -> str:
    """The zone that an agreement has ``named``, else the only one of its language's region, if there is just one."""
    if named:
        return named if rule_of(named) else ""
    found = zones_for(language)
    return found[0] if len(found) == 1 else ""


def rule_of(zone: str) -> str:
    return next((rule for rule, zones in table("zones")["zones"].items() if zone in zones.split()), "")


def known_zones() -> list[str]:
    return [zone for zones in table("zones")["zones"].values() for zone in zones.split()]


def _seconds(words: str) -> int:
    hours, *smaller = words.split(":")
    return abs(int(hours)) * _HOUR + sum(int(one) * 60 for one in smaller[:1])


def _signed(words: str) -> int:
    return -_seconds(words) if words.startswith("-") else _seconds(words)


def turns(zone: str) -> tuple[tuple[str, int], list[Turn]]:
    """The name and the seconds east of Greenwich of the time that ``zone`` keeps, and its two turns a year, if any."""
    rule = _RULE.fullmatch(rule_of(zone))
    assert rule, zone
    name, east = rule["name"].strip("<>"), -_signed(rule["west"])
    if not rule["other"]:
        return (name, east), []
    other = rule["other"].strip("<>")
    other_east = -_signed(rule["other_west"]) if rule["other_west"] else east + _HOUR
    return (name, east), [_turn(rule["starts"], other, east, other_east), _turn(rule["ends"], name, other_east, east)]


def _turn(words: str, name: str, before: int, after: int) -> Turn:
    day, _, time = words.partition("/")
    month, week, weekday = map(int, day.split("."))
    later, seconds = divmod(_signed(time or "2"), 24 * _HOUR)
    if week == 5 and later > 0:
        # The day after the last of a month may lie in the next: a second earlier, it does not.
        later, seconds = 0, 24 * _HOUR - 1
    return Turn(month, week, weekday, later, seconds, name, before, after)


def end_of_day(zone: str, day: datetime.date) -> datetime.datetime:
    """The last second of ``day`` where ``zone`` is kept, as Greenwich has it."""
    (_, east), found = turns(zone)
    if found:
        past = sorted((one.day(year), one.after) for year in (day.year - 1, day.year) for one in found)
        east = [after for turned, after in past if turned <= day][-1]
    last = datetime.datetime.combine(day, datetime.time(23, 59, 59), datetime.UTC)
    return last - datetime.timedelta(seconds=east)


def stated(zone: str) -> Iterator[str]:
    """The lines that state ``zone`` in a calendar."""
    (name, east), found = turns(zone)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone}")
    for one in sorted(found, key=lambda one: one.before > one.after):
        kind = "DAYLIGHT" if one.after > one.before else "STANDARD"
        hour, rest = divmod(one.seconds, _HOUR)
        yield from (
            f"BEGIN:{kind}",
            f"DTSTART:{one.day(_FROM):%Y%m%d}T{hour:02}{rest // 60:02}{rest % 60:02}",
            f"RRULE:FREQ=YEARLY;{one.rule()}",
            f"TZNAME:{one.name}",
            f"TZOFFSETFROM:{_offset(one.before)}",
            f"TZOFFSETTO:{_offset(one.after)}",
            f"END:{kind}",
        )
    if not found:
        yield from ("BEGIN:STANDARD", f"DTSTART:{_FROM}0101T000000", f"TZNAME:{name}")
        yield from (f"TZOFFSETFROM:{_offset(east)}", f"TZOFFSETTO:{_offset(east)}", "END:STANDARD")
    yield "END:VTIMEZONE"


def _offset(east: int) -> str:
    return f"{'-' if east < 0 else '+'}{abs(east) // _HOUR:02}{abs(east) % _HOUR // 60:02}"
