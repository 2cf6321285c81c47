"""Dates and lists as a language writes them."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from ...model.language import DEFAULT as DEFAULT


@cache
def locale(language: str) -> Locale | None:
    """The locale for a BCP 47 tag such as ``en-GB``, or ``None`` if there is no such language."""
    # The names of locales may have more behind them, such as "en_GB.UTF-8".
    if "." in language or "@" in language:
        return None
    try:
        found = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    # Babel keeps what one language looks up in data that others share, so that they would show its names.
    own: Any = deepcopy(localedata.load(vars(found)["_Locale__data_identifier"]))
    vars(found)["_Locale__data"] = localedata.LocaleDataDict(own)
    return found


def usual(language: str) -> str:
    """The tag ``language`` in the capitals that it usually has, as RFC 5646 gives them: ``cy-GB``, ``sr-Latn``."""
    first, *rest = language.lower().split("-")
    return "-".join([first, *({2: one.upper(), 4: one.capitalize()}.get(len(one), one) for one in rest)])


def known_locale(language: str) -> Locale:
    """The locale for ``language``, or that of English where there is none."""
    found = locale(language) or locale(DEFAULT)
    assert found
    return found


def direction(language: str) -> str:
    """The direction of ``language``: ``ltr`` or ``rtl``."""
    written: str = known_locale(language).text_direction
    return written


@cache
def written_date(day: datetime.date, language: str) -> str:
    return format_date(day, format="long", locale=known_locale(language))


def written_month(day: datetime.date, language: str) -> str:
    """The month of ``day``, and its year."""
    return format_skeleton("yMMMM", day, locale=known_locale(language))


def written_list(items: Sequence[str], language: str) -> str:
    """A list in words, such as ``a, b and c``."""
    found = known_locale(language)
    words = format_list(list(items), style="standard", locale=found)
    if found.language == "cy" and len(items) > 1:
        # The locale data leaves the choice open: "a(c)"; it is "ac" before a vowel.
        last = items[-1]
        vowel = unicodedata.normalize("NFD", last)[:1].casefold() in set("aeiouwy")
        words = words.removesuffix(f"a(c) {last}") + f"{'ac' if vowel else 'a'} {last}"
    return words
