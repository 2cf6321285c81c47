"""A rhythm: how often something happens. Other words than those that a calendar understands may be kept as well."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from functools import cache

from ...text.days import read_date
from ...text.tables import phrase, table
from . import BlankType, Rhythm

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# In these alone the document writes a day in words. What was signed must not read otherwise since more are understood.
_PLAIN = re.compile(
    r"every\s+(?:[1-9][0-9]?\s+)?(?:day|week|month|year)s?"
    rf"(?:\s+on\s+(?:{'|'.join(WEEKDAYS)}))?"
    r"(?:\s+at\s+(?P<hour>[0-2]?[0-9])[:.][0-5][0-9])?"
    r",?\s+(?:from|starting)\s+(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.I,
)
_EXAMPLE = "every 4 weeks on Tuesday at 14:00 from 1 December 2026"


def reading(text: str) -> Rhythm | str:
    """The rhythm that ``text`` states, or why no calendar can hold it."""
    words = re.sub(r"[.; ]+$", "", " ".join(text.lower().replace("’", "'").replace(",", " ").split()))
    for doubtful in table("rhythms")["doubtful"]:
        if found := re.search(f"(?:^| )({_pattern(doubtful['pattern']).pattern})", words):
            return phrase("rhythmDoubtful", words=found[1], one=doubtful["one"], other=doubtful["other"])
    said = _said(words)
    if isinstance(said, str):
        return phrase("rhythmNotUnderstood", words=said)
    try:
        return _rhythm(said)
    except ValueError:
        return phrase("rhythmDoesNotFit")
    except LookupError as missing:
        return str(missing.args[0])


def read_rhythm(text: str) -> Rhythm | None:
    """The rhythm that ``text`` states, or ``None`` for other words."""
    found = reading(text)
    return found if isinstance(found, Rhythm) else None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(spelt_out(pattern).replace("(?<", "(?P<"))


def spelt_out(pattern: str) -> str:
    """A pattern of the table with what it names in braces; it ends where a word does."""
    words: dict[str, str] = table("rhythms")["words"]
    while wanted := re.search(r"\{([a-z]+)\}", pattern):
        pattern = pattern.replace(wanted[0], words[wanted[1]])
    return f"(?:{pattern})(?= |$)"


def _said(words: str) -> dict[str, str] | str:
    """What ``words`` say, by the rules of the table; or those that no rule reads."""
    said: dict[str, str] = {}
    while words:
        tried = ((rule, _pattern(rule["pattern"]).match(words)) for rule in table("rhythms")["rules"])
        rule, found = next(((rule, found) for rule, found in tried if found and found[0]), ({}, None))
        new = {key: value for key, value in {**rule, **(found.groupdict() if found else {})}.items() if value}
        new.pop("pattern", None)
        if not found or any(said.get(key, value) != value for key, value in new.items()):
            return words
        said |= new
        words = words[found.end() :].lstrip()
    return said


def _rhythm(said: dict[str, str]) -> Rhythm:
    """The rhythm that was ``said``; ValueError where its parts do not fit, LookupError with the message of a gap."""
    names = table("rhythms")
    weekdays = tuple(sorted({_weekday(one) for one in _listed(said, "weekdays")}))
    nths = tuple(int(names["nths"][one]) for one in _listed(said, "nths"))
    monthday, within = int(said.get("monthday", "0")), said.get("within", "")
    named = said.get("unit") or within or ("month" if nths or monthday else "week" if weekdays else "")
    if not named:
        raise LookupError(phrase("rhythmNoInterval"))
    times, unit = names["units"][named].split()
    count = int(times) * int(names["numbers"].get(said.get("count"), said.get("count", "1")))
    in_month = unit in ("month", "year")
    odd = (
        (within in ("week", "month") and within != unit)
        or (within == "month" and weekdays and not nths)
        or (not in_month and (nths or monthday))
        or (in_month and weekdays and (monthday or (len(weekdays) > 1 and not nths)))
        or int(said.get("many", "0")) not in (0, len(weekdays) * max(1, len(nths)))
        or not -1 <= monthday <= 31
    )
    if odd:
        raise ValueError
    if "first" not in said:
        raise LookupError(phrase("rhythmNoFirstDay"))
    if unit == "day" and weekdays:
        # "Every 3 days on Monday" cannot be meant: it counts as every Monday.
        count, unit = 1, "week"
    first, last = _day(said["first"]), _day(said["last"]) if "last" in said else None
    time, ends = (_time(said[key]) if key in said else None for key in ("time", "ends"))
    if (last and last < first) or (time and ends and ends <= time):
        raise ValueError
    return Rhythm(count, unit, weekdays, time, first, nths, monthday, last, ends)


def _listed(said: dict[str, str], key: str) -> list[str]:
    return [one for one in re.findall(r"[a-z0-9]+", said.get(key, "")) if one not in ("and", "or", "to")]


def _weekday(word: str) -> int:
    found: int = table("rhythms")["weekdays"].split().index(word[:2])
    return found


def _day(words: str) -> datetime.date:
    """The day that ``words`` name; ValueError where there is none, or where it is another weekday."""
    found = next(found for one in table("rhythms")["dates"] if (found := _pattern(one).fullmatch(words)))
    month, weekday = found["month"], found.groupdict().get("weekday")
    number = int(month) if month.isdigit() else table("rhythms")["months"].split().index(month[:3]) + 1
    day = read_date(f"{found['year']}-{number:02}-{int(found['day']):02}")
    if not day or (weekday and _weekday(weekday) != day.weekday()):
        raise ValueError
    return day


def _time(words: str) -> datetime.time:
    if "noon" in words or "mid" in words:
        return datetime.time(12)
    hour, minute = [*map(int, re.findall("[0-9]+", words)), 0][:2]
    half = re.search("[ap]", words)
    if half and not 1 <= hour <= 12:
        raise ValueError
    return datetime.time(hour % 12 + (12 if half[0] == "p" else 0) if half else hour, minute)


# --- the days it falls on -----------------------------------------------------------------------


def occurs(rhythm: Rhythm, first: datetime.date, day: datetime.date) -> bool:
    """Whether it happens on ``day``, if ``first`` is the first time."""
    if day < first or (rhythm.last and day > rhythm.last):
        return False
    if rhythm.unit == "day":
        return (day - first).days % rhythm.count == 0
    if rhythm.unit == "week":
        weeks = (day - first + datetime.timedelta(first.weekday() - day.weekday())).days // 7
        return weeks % rhythm.count == 0 and day.weekday() in (rhythm.weekdays or (first.weekday(),))
    months = 12 * (day.year - first.year) + day.month - first.month
    return months % (rhythm.count * (12 if rhythm.unit == "year" else 1)) == 0 and _in_month(rhythm, first, day)


def _in_month(rhythm: Rhythm, first: datetime.date, day: datetime.date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    if not rhythm.weekdays:
        number = rhythm.monthday or first.day
        return day.day == (length if number < 0 else min(number, length))
    place = (day.day - 1) // 7 + 1
    places = {place, -1} if day.day + 7 > length else {place}
    return day.weekday() in rhythm.weekdays and bool(places & set(places_in_month(rhythm, first)))


def places_in_month(rhythm: Rhythm, first: datetime.date) -> tuple[int, ...]:
    """Which of its weekdays in a month it is; where none is named, that of ``first``, and the last for a fifth."""
    return rhythm.nths or ((first.day - 1) // 7 + 1 if first.day < 29 else -1,)


def first_day(rhythm: Rhythm) -> datetime.date | None:
    """The first day on or after the one it names that is one of its days; ``None`` if it is over before."""
    days = (rhythm.first + datetime.timedelta(days=later) for later in range(400))
    fitting = (day for day in days if _is_its_day(rhythm, day))
    day = next(fitting, None)
    return None if day is None or (rhythm.last and day > rhythm.last) else day


def _is_its_day(rhythm: Rhythm, day: datetime.date) -> bool:
    if rhythm.unit in ("day", "week") or (rhythm.weekdays and not rhythm.nths):
        return day.weekday() in (rhythm.weekdays or (day.weekday(),))
    return _in_month(rhythm, rhythm.first, day)


class RhythmType(BlankType):
    name = "rhythm"
    dated = True
    room = (55, 70)

    def written(self, text: str, date: Callable[[datetime.date], str]) -> str:
        plain = _PLAIN.fullmatch(text.strip())
        first = read_date(plain["first"]) if plain and int(plain["hour"] or 0) < 24 else None
        return text.replace(first.isoformat(), date(first)) if first else text

    def when(self, text: str) -> tuple[datetime.date, Rhythm] | None:
        rhythm = read_rhythm(text)
        day = first_day(rhythm) if rhythm else None
        return (day, rhythm) if rhythm and day else None

    def remark(self, text: str) -> str:
        why = reading(text)
        if isinstance(why, Rhythm):
            return ""
        example = f"{text.strip().rstrip('.')} from 1 December 2026" if why == phrase("rhythmNoFirstDay") else _EXAMPLE
        return phrase("noCalendarEntry", why=why, example=example)


TYPE = RhythmType()
