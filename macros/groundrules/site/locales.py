"""The ways of languages to write days and lists, as babel knows them, for scripts."""

from __future__ import annotations

import datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, tokenize_pattern

from ..agreement.document.language import known_locale


def locale_data(language: str) -> dict[str, Any]:
    """How ``language`` writes a date of each month, with ``{d}`` and ``{y}``, names months and days, and lists things.

    The week begins with Sunday, as scripts count. As ``typed``, a month has all its names, and the English one.
    """
    known = known_locale(language)
    patterns = known.list_patterns["standard"]
    return {
        "dates": [_month(month, known) for month in range(1, 13)],
        "months": [known.months["stand-alone"]["wide"][month] for month in range(1, 13)],
        "typed": [_names(month, known) for month in range(1, 13)],
        "weekdays": [known.days["format"]["wide"][(day - 1) % 7] for day in range(7)],
        "lists": {
            "two": patterns.get("2", patterns["end"]),
            "start": patterns["start"],
            "middle": patterns["middle"],
            "end": patterns["end"],
            "welsh": known.language == "cy",
        },
    }


def _names(month: int, known: Locale) -> str:
    both = [
        one.months[form]["wide"][month] for one in (known, known_locale("en")) for form in ("stand-alone", "format")
    ]
    return " ".join(dict.fromkeys(both))


def _month(month: int, known: Locale) -> str:
    day = datetime.date(2001, month, 1)
    written = []
    for kind, value in tokenize_pattern(known.date_formats["long"].pattern):
        if kind == "chars":
            written.append(str(value))
            continue
        field = str(value[0]) * int(value[1])
        written.append(f"{{{field}}}" if field[0] in "dy" else format_date(day, field, locale=known))
    return "".join(written)
