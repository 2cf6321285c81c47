"""The columns of tables on paper: so wide, and the letters so small, that their words fit where any can."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..text.tables import characters, table

PAGE_WIDTH = 9864
"""How wide a table is, in twentieths of a point, as are all widths here."""
# The letters may be this large, in halves of a point.
_SIZES = (20, 18, 16, 15)
# Between the words of a column and those of the next; and a little more, since widths are rough.
_GAP = 216
_ROUGHLY = 20
_OTHER_LETTER = (722, 722)
# What is left of a column whose words do not fit in any case: about nine letters.
_LEAST = 5000
# No column is narrower than about four.
_SOME_LETTERS = 2000
_UNSPACED = characters("unspaced")
_WORD = re.compile(f"[{_UNSPACED}]|[^ \t\n{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of a table's columns, and the size of its letters in halves of a point."""

    widths: tuple[int, ...]
    size: int

    @property
    def suffix(self) -> str:
        """What the name of a style ends in that has this size."""
        return "" if self.size == _SIZES[0] else str(self.size)

    def room(self, column: int) -> int:
        """The room for words in ``column``."""
        return self.widths[column] - _GAP


SMALLER = {Columns((), size).suffix: size for size in _SIZES[1:]}
"""The sizes of letters smaller than usual, each by what the name of its style ends in."""


def columns(rows: Sequence[Sequence[str]], hundredths: Sequence[int] = ()) -> Columns:
    """The columns for ``rows``, of which the first is the header.

    They are as wide as ``hundredths`` says, else half is shared out evenly and half by how much stands in each. Where
    a word does not fit, it takes from the others what they can spare; then letters become smaller, no more than helps.
    """
    wanted = [PAGE_WIDTH * one // 100 for one in hundredths] or _wanted(rows)
    letters = [
        {_SOME_LETTERS, *(width(word, bold=at == 0) for at, text in enumerate(column) for word in words(text))}
        for column in zip(*rows, strict=True)
    ]
    best: tuple[int, Columns] | None = None
    for size in _SIZES:
        needed = [{one * size // 100 + _ROUGHLY + _GAP for one in column} for column in letters]
        widths = _shared_out(_given(needed, sum(wanted), _LEAST * size // 100 + _GAP), wanted)
        broken = sum(one > had for column, had in zip(needed, widths, strict=True) for one in column)
        if not best or broken < best[0]:
            best = broken, Columns(widths, size)
    assert best
    return best[1]


def _wanted(rows: Sequence[Sequence[str]]) -> list[int]:
    held = list(zip(*rows, strict=True))
    weights = [min(max(map(len, column)), 40) or 1 if len(rows) > 1 else 1 for column in held]
    return [int(PAGE_WIDTH * (0.5 / len(held) + 0.5 * weight / sum(weights))) for weight in weights]


def _given(needed: Sequence[set[int]], room: int, least: int) -> list[int]:
    """What each column must have so that no word is broken but those wider than any that is not.

    A column has ``least`` for a word that must be broken.
    """
    for most in sorted({0}.union(*needed), reverse=True):
        given = [max(one if one <= most else min(one, least) for one in column) for column in needed]
        if sum(given) <= room:
            return given
    return [room // len(needed)] * len(needed)


def _shared_out(given: Sequence[int], wanted: Sequence[int]) -> tuple[int, ...]:
    """The columns with what is left over, which goes to those that want more than they are given."""
    more = [max(0, one - had) for one, had in zip(wanted, given, strict=True)]
    left = sum(wanted) - sum(given)
    return tuple(had + left * one // (sum(more) or 1) for had, one in zip(given, more, strict=True))


def words(text: str) -> list[str]:
    """The parts of ``text`` that a line may not end within."""
    return _WORD.findall(text)


@lru_cache(10_000)
def width(word: str, *, bold: bool = False) -> int:
    """About how wide ``word`` is, in thousandths of its letters' size."""
    return sum(_letter_width(letter)[bold] for letter in word)


@cache
def _letter_width(letter: str) -> tuple[int, int]:
    if unicodedata.category(letter)[0] == "M":
        return 0, 0
    known = _widths()
    return known.get(letter) or known.get(unicodedata.normalize("NFD", letter)[0]) or _OTHER_LETTER


@cache
def _widths() -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for sizes, letters in table("letters")["widths"].items():
        plain, bold = map(int, sizes.split())
        found |= dict.fromkeys(letters, (plain, bold))
    return found
