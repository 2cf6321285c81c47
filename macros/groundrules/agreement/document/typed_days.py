"""A day as people type it: "1 December 2026", "1st Dec", "1/12/26", "next Tuesday", in the agreement's language.

Files keep a day as year-month-day alone. This is for whoever types one, and is told in words what was understood.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers

from ...model.blanks import TYPES
from ...model.blanks.rhythm import read_rhythm
from ...text.days import read_date
from ...text.tables import phrase
from .language import DEFAULT, locale, written_date

_ENGLISH = "en-GB"
_FILLERS = {"the", "of", "on"}
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th|er|ère|re|de|ste|o|a|\.|af|ail|il|ydd|ed|fed|eg|ain)(?=[\s,.]|$)")
_NUMBERS = re.compile(r"([0-9]{1,4})\s*([-/. ])\s*([0-9]{1,2})(?:\s*[-/. ]\s*([0-9]{1,4}))?\.?")
_EAST_ASIAN = re.compile(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日일]")
_SPAN = re.compile(
    r"(?:in )?(?P<count>[0-9]{1,3}|an?|one|two|three|four|six) (?P<unit>day|week|month|year)s?(?P<ago> ago)?"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_RELATIVE = {"today": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2, "the day before yesterday": -2}
# A year this far away is hardly meant, if another reading is nearer.
_FAR = 10


class NotADay(Exception):
    """Words that name no day; the message says why, and what would be read."""


def day_in_words(day: datetime.date, language: str) -> str:
    """``Tuesday 1 December 2026``, as ``language`` writes it."""
    weekday = format_date(day, format="EEEE", locale=locale(language) or locale(DEFAULT))
    return f"{weekday} {written_date(day, language)}"


def rhythm_in_words(text: str, language: str) -> str:
    """A rhythm with its days as an agreement writes them, where it is read in the same way then."""
    words = re.sub("[0-9]{4}-[0-9]{2}-[0-9]{2}", lambda day: _written(day[0], language), text)
    plain = TYPES["rhythm"].written(text, lambda day: "") != text
    return words if not plain and read_rhythm(words) == read_rhythm(text) else text


def _written(text: str, language: str) -> str:
    day = read_date(text)
    return written_date(day, language) if day else text


def days_meant(text: str, language: str, today: datetime.date, back: bool = False) -> list[datetime.date]:
    """The days that ``text`` may mean: one, or two where people read it differently. Raises NotADay.

    Where no year is named it is the next such day, or if ``back`` the last.
    """
    words = _plain(text)
    if day := read_date(words):
        return [day]
    found = (
        _relative(words, today, language)
        or _on_weekday(words, today, language, back)
        or _in_numbers(words, text, today, language, back)
        or _with_a_month(words, text, today, language, back)
    )
    if not found:
        raise NotADay(
            f'"{text.strip()}" is not a date that can be understood. Write it like 1 December 2026, or 2026-12-01.'
        )
    return found


def _plain(text: str) -> str:
    """``text`` in small letters, with digits that everybody knows and one space between words."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    digits = "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in folded)
    return " ".join(digits.split()).strip(" .,;")


def _relative(words: str, today: datetime.date, language: str) -> list[datetime.date]:
    if words in _RELATIVE:
        return [today + datetime.timedelta(days=_RELATIVE[words])]
    span = _SPAN.fullmatch(words)
    if span and (span["ago"] or words.startswith("in ")):
        count = _COUNTS.get(span["count"]) or int(span["count"])
        count = -count if span["ago"] else count
        if span["unit"] in ("day", "week"):
            return [today + datetime.timedelta(days=count * (7 if span["unit"] == "week" else 1))]
        months = 12 * today.year + today.month - 1 + count * (12 if span["unit"] == "year" else 1)
        return [_in_month(months // 12, months % 12 + 1, today.day)]
    end = re.fullmatch(r"(?:the )?(?:end|last day) of (\w+)\.?(?: ([0-9]{4}))?", words)
    month = _months(language).get(end[1]) if end else None
    if end and month:
        year = int(end[2]) if end[2] else today.year + (month < today.month)
        return [_in_month(year, month, 31)]
    return []


def _in_month(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _on_weekday(words: str, today: datetime.date, language: str, back: bool) -> list[datetime.date]:
    found = re.fullmatch(r"(?:on )?(?:(this|next|last|coming) )?(\S+)", words)
    number = _weekdays(language).get(found[2]) if found else None
    if not found or number is None:
        return []
    ahead = (number - today.weekday()) % 7
    coming = today + datetime.timedelta(days=ahead or 7)
    past = today - datetime.timedelta(days=(7 - ahead) if ahead else 7)
    if found[1] == "last" or (back and not found[1]):
        return [past]
    if found[1] == "next":
        # "Next Friday", said on a Monday: some mean this week's.
        this_week = coming.isocalendar()[:2] == today.isocalendar()[:2]
        return [coming, coming + datetime.timedelta(days=7)] if this_week else [coming]
    return [coming]


def _in_numbers(words: str, text: str, today: datetime.date, language: str, back: bool) -> list[datetime.date]:
    if found := _EAST_ASIAN.fullmatch(words):
        return [_made(text, int(found[1]), int(found[2]), int(found[3]))]
    if re.fullmatch("[0-9]{8}", words):
        if whole := read_date(f"{words[:4]}-{words[4:6]}-{words[6:]}"):
            return [whole]
        words = f"{words[:2]}/{words[2:4]}/{words[4:]}"
    found = _NUMBERS.fullmatch(words)
    if not found or (found[2] == " " and not found[4]):
        return []
    first, sign, second, third = found.groups()
    if len(first) > 2:
        if not third or len(third) > 2:
            return []
        return [_made(text, int(first), int(second), int(third))]
    if third and len(third) not in (2, 4):
        return []
    year = _year(third) if third else None
    pairs = [(int(second), int(first)) if order == "dmy" else (int(first), int(second)) for order in _orders(language)]
    other = [(day, month) for month, day in pairs]
    read = list(_fitting(pairs, year, today, back)) or list(_fitting(other, year, today, back))
    if third and len(third) == 2 and sign == "-" and all(abs(one.year - today.year) > _FAR for one in read):
        read += _fitting([(int(second), int(third))], _year(first), today, back)
    if not read:
        month, day = pairs[0] if pairs[0][0] < 13 else (pairs[0][1], pairs[0][0])
        _made(text, year or today.year, month, day)
    return list(dict.fromkeys(read))


def _fitting(
    pairs: Iterable[tuple[int, int]], year: int | None, today: datetime.date, back: bool
) -> Iterator[datetime.date]:
    for month, day in pairs:
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
            yield datetime.date(year, month, day) if year else _nearest(month, day, today, back)


def _nearest(month: int, day: int, today: datetime.date, back: bool) -> datetime.date:
    """The next such day, or the last; a 29 February waits for its year."""
    years = range(today.year, today.year - 9, -1) if back else range(today.year, today.year + 9)
    days = (datetime.date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1])
    return next(one for one in days if (one <= today if back else one >= today))


def _with_a_month(words: str, text: str, today: datetime.date, language: str, back: bool) -> list[datetime.date]:
    parts = re.findall(r"[^\W\d_]+|[0-9]+", _ORDINAL.sub(r"\1 ", words))
    months, weekdays = _months(language), _weekdays(language)
    numbers = [one for one in parts if one.isdigit()]
    named = [months[one] for one in parts if one in months]
    on = [weekdays[one] for one in parts if one in weekdays and one not in months]
    known = {*months, *weekdays, *_FILLERS, *_literals(language)}
    if len(named) != 1 or len(on) > 1 or not 1 <= len(numbers) <= 2 or not {*parts} <= known | {*numbers}:
        return []
    if len(numbers) == 2 and len(numbers[0]) == 4:
        numbers.reverse()
    day, year = int(numbers[0]), _year(numbers[1]) if len(numbers) == 2 else None
    if len(numbers[0]) > 2 or (len(numbers) == 2 and len(numbers[1]) not in (2, 4)):
        return []
    if year is None and 1 <= day <= calendar.monthrange(2000, named[0])[1]:
        found = _nearest(named[0], day, today, back)
    else:
        found = _made(text, year or today.year, named[0], day)
    if on and on != [found.weekday()]:
        raise NotADay(f'"{text.strip()}" is not a date: that day is {day_in_words(found, _ENGLISH)}.')
    return [found]


def _year(words: str) -> int:
    return int(words) + (2000 if len(words) < 3 else 0)


def _made(text: str, year: int, month: int, day: int) -> datetime.date:
    """The day of these numbers; raises NotADay with the reason where there is none."""
    if found := read_date(f"{year:04}-{month:02}-{day:02}"):
        return found
    if not 1 <= month <= 12 or not 1900 <= year <= 2199 or not day >= 1:
        raise NotADay(phrase("notADate", text=text.strip()))
    length = calendar.monthrange(year, month)[1]
    name = format_date(
        datetime.date(year, month, 1), format="MMMM y" if month == 2 else "MMMM", locale=locale(_ENGLISH)
    )
    raise NotADay(f'"{text.strip()}" is not a date: {name} has {length} days.')


# --- what a language calls things -----------------------------------------------------------------


def _locales(language: str) -> list[Locale]:
    return [one for one in (locale(_ENGLISH), locale(language)) if one]


@cache
def _months(language: str) -> dict[str, int]:
    """The number of each name of a month; English names are known everywhere."""
    found = {"sept": 9}
    for one in _locales(language):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {_plain(name): number for number, name in one.months[context][width].items()}
    return {name: number for name, number in found.items() if not re.search("[0-9]", name)}


@cache
def _weekdays(language: str) -> dict[str, int]:
    found = {"tues": 1, "thur": 3, "thurs": 3, "weds": 2}
    for one in _locales(language):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {_plain(name): number for number, name in one.days[context][width].items()}
    return found


@cache
def _literals(language: str) -> set[str]:
    """The words that stand between the parts of a day: "1 de diciembre de 2026"."""
    patterns = [one.date_formats[width].pattern for one in _locales(language) for width in ("full", "long", "medium")]
    return {word for one in patterns for text in re.findall("'([^']*)'", one) for word in _plain(text).split()}


@cache
def _orders(language: str) -> tuple[str, ...]:
    """Whether the day or the month comes first; both, where the language's regions differ or begin with the year."""
    one = locale(language)
    if one is None or not one.territory:
        own = language.split("-")[0]
        tags = [tag for tag in locale_identifiers() if tag.split("_")[0] == own] or ["en_GB", "en_US"]
        known = [Locale.parse(tag) for tag in tags]
    else:
        known = [one]
    found = {re.sub("[^dMy]|(?<=(.))\\1", "", one.date_formats["short"].pattern).lower() for one in known}
    return tuple(order for order in ("dmy", "mdy") if order in found) or ("dmy", "mdy")
