"""The few edits that make one sequence into another: words, lines, and the order of clauses.

Nothing here knows agreements. Whatever it is given, it takes time in proportion to its length: where two sequences
have too little in common, all of one is replaced by all of the other, which also reads better.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

# Lines with less in common than this are two different lines.
LIKENESS = 1 / 3
# More edits than this and nobody reads them one by one.
_MOST_EDITS = 400
_MOST_COMPARED = 200_000
_ISLAND_WORDS = 3
# Scripts that put no spaces between words: each character is a word. Thai and Lao, Tibetan, Myanmar, Khmer, the Han
# characters with Kana, and the rarer Han characters.
_SPACELESS = (
    ("\u0e00", "\u0fff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u2e80", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),
    ("\U00020000", "\U0003ffff"),
)
_JOINERS = "\u200c\u200d"
_APOSTROPHES = "'’"
# In the kinds of characters that ``_kind`` gives.
_TOKEN = re.compile(r"s+|w(?:w|m|'(?=w))*|.m*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of spaces or a character; two are the same if their keys are."""

    key: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: ``old`` became ``new``; where ``equal``, their keys are the same."""

    equal: bool
    old: tuple[Token, ...]
    new: tuple[Token, ...]


class Strip:
    """A line to align: it is the same as one with the same key, and paired only with one of the same ``kind``."""

    def __init__(self, kind: Hashable, text: str, key: Hashable = None) -> None:
        self.kind = kind
        self.text = text
        self._key = text if key is None else key

    @cached_property
    def key(self) -> tuple[Hashable, Hashable]:
        return self.kind, self._key

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokens(self.text)

    @cached_property
    def words(self) -> Counter[Hashable]:
        return _counted(self.tokens)

    def likeness(self, other: Strip) -> float:
        """How much of the words of both is the same, from 0 to 1."""
        if self.kind != other.kind:
            return 0
        total = self.words.total() + other.words.total()
        return 2 * (self.words & other.words).total() / total if total else 1


def tokens(text: str) -> tuple[Token, ...]:
    """``text`` cut into words, runs of spaces and single characters; joined again they are ``text``.

    A mark stays with what it stands on, an apostrophe within its word.
    """
    kinds = "".join(map(_kind, text))
    parts = (text[slice(*found.span())] for found in _TOKEN.finditer(kinds))
    return tuple(Token(part, part) for part in parts)


def words_in(text: str) -> Counter[Hashable]:
    """How often each word stands in ``text``."""
    return _counted(tokens(text))


def _counted(found: Iterable[Token]) -> Counter[Hashable]:
    return Counter(token.key for token in found if _is_word(token))


@lru_cache(4096)
def _kind(sign: str) -> str:
    """``s`` for space, ``m`` for what changes the character before, ``w`` for a letter or digit, ``'``, else ``x``."""
    if sign.isspace():
        return "s"
    category = unicodedata.category(sign)[0]
    if category == "M" or sign in _JOINERS:
        return "m"
    if category in "LN":
        return "x" if any(first <= sign <= last for first, last in _SPACELESS) else "w"
    return "'" if sign in _APOSTROPHES else "x"


# --- one line into another ----------------------------------------------------------------------


def edits(old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    """The edits from ``old`` to ``new``, equal and changed by turns.

    A word or two left between two changes goes with them.
    """
    found: list[Edit] = []
    common = _common([token.key for token in old], [token.key for token in new])
    i = j = 0
    for first, second, length in [*common, (len(old), len(new), 0)]:
        if i < first or j < second:
            found.append(Edit(False, tuple(old[i:first]), tuple(new[j:second])))
            _join_last(found)
        i, j = first + length, second + length
        if length:
            found.append(Edit(True, tuple(old[first:i]), tuple(new[second:j])))
    parts = (part for edit in found for part in _trimmed(edit) if part.old or part.new)
    return [_joined(equal, list(run)) for equal, run in groupby(parts, lambda part: part.equal)]


def _trimmed(edit: Edit) -> Iterator[Edit]:
    """``edit`` without what is the same at both its ends, once islands have gone into it."""
    start, end = 0, 0
    shorter = min(len(edit.old), len(edit.new))
    if not edit.equal:
        while start < shorter and edit.old[start].key == edit.new[start].key:
            start += 1
        while end < shorter - start and edit.old[-1 - end].key == edit.new[-1 - end].key:
            end += 1
    old_end, new_end = len(edit.old) - end, len(edit.new) - end
    yield Edit(True, edit.old[:start], edit.new[:start])
    yield Edit(edit.equal, edit.old[start:old_end], edit.new[start:new_end])
    yield Edit(True, edit.old[old_end:], edit.new[new_end:])


def _joined(equal: bool, parts: Sequence[Edit]) -> Edit:
    old = tuple(token for part in parts for token in part.old)
    return Edit(equal, old, tuple(token for part in parts for token in part.new))


def _join_last(found: list[Edit]) -> None:
    """Make one change of the last two as long as what stands between them is tiny."""
    while len(found) > 2 and _tiny(found[-2].new, found[-3], found[-1]):
        before, island, after = found[-3:]
        found[-3:] = [Edit(False, before.old + island.old + after.old, before.new + island.new + after.new)]


def _tiny(island: Sequence[Token], before: Edit, after: Edit) -> bool:
    # What a bar separates are cells, and stay so.
    if any(token.text == "|" for token in island):
        return False
    words = list(filter(_is_word, island))
    if len(words) > _ISLAND_WORDS:
        return False
    return not words or all(_length(island) <= max(_length(one.old), _length(one.new)) for one in (before, after))


def _is_word(token: Token) -> bool:
    return any(map(str.isalnum, token.text))


def _length(of: Sequence[Token]) -> int:
    return sum(len(token.text) for token in of)


# --- many lines into others ---------------------------------------------------------------------


def aligned(old: Sequence[Strip], new: Sequence[Strip]) -> Iterator[tuple[int | None, int | None]]:
    """The lines that became each other, by index and in order; ``None`` stands beside one that was removed or added."""
    i = j = 0
    common = _common([strip.key for strip in old], [strip.key for strip in new])
    for first, second, length in [*common, (len(old), len(new), 0)]:
        for one, other in _paired(old[i:first], new[j:second]):
            yield None if one is None else i + one, None if other is None else j + other
        yield from zip(range(first, first + length), range(second, second + length), strict=True)
        i, j = first + length, second + length


def _paired(old: Sequence[Strip], new: Sequence[Strip]) -> Iterator[tuple[int | None, int | None]]:
    """The lines that are most alike beside each other, in their order."""
    i = j = 0
    for first, second in [*_likest(old, new), (len(old), len(new))]:
        yield from ((one, None) for one in range(i, first))
        yield from ((None, one) for one in range(j, second))
        if first < len(old):
            yield first, second
        i, j = first + 1, second + 1


def _likest(old: Sequence[Strip], new: Sequence[Strip]) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    work = len(new) * sum(len(one.words) + 1 for one in old)
    if work > _MOST_COMPARED:
        return [
            (at, at)
            for at, pair in enumerate(zip(old, new, strict=False))
            if len(old) == len(new) and pair[0].likeness(pair[1]) >= LIKENESS
        ]
    # best[i][j]: the most that the lines from i and from j on can have in common.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[one.likeness(other) for other in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= LIKENESS else 0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= LIKENESS and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


# --- what stayed --------------------------------------------------------------------------------


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """The runs that stay, as (index in ``old``, index in ``new``, length); none, if nearly everything changes."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    pairs = [(at, at) for at in range(start)]
    middle = _shortest(old[start : len(old) - end], new[start : len(new) - end])
    pairs += [(start + i, start + j) for i, j in middle]
    pairs += [(len(old) - at, len(new) - at) for at in range(end, 0, -1)]
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs:
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _shortest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The pairs that stay on the shortest way from ``old`` to ``new``, after Myers (1986)."""
    if not old or not new:
        return []
    rows: list[list[int]] = []
    for cost in range(min(len(old) + len(new), _MOST_EDITS) + 1):
        row: list[int] = []
        for at in range(cost + 1):
            # The furthest that ``cost`` edits lead on the diagonal 2 * at - cost.
            if cost == 0:
                i = 0
            elif at == 0 or (at < cost and rows[-1][at - 1] < rows[-1][at]):
                i = rows[-1][at]
            else:
                i = rows[-1][at - 1] + 1
            j = i - (2 * at - cost)
            while i < len(old) and j < len(new) and old[i] == new[j]:
                i, j = i + 1, j + 1
            row.append(i)
            if i >= len(old) and j >= len(new):
                return _way_back(rows, at, len(old), len(new))
        rows.append(row)
    return []


def _way_back(rows: Sequence[Sequence[int]], at: int, i: int, j: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for cost in range(len(rows), 0, -1):
        above = rows[cost - 1]
        down = at == 0 or (at < cost and above[at - 1] < above[at])
        at = at if down else at - 1
        from_i = above[at]
        from_j = from_i - (2 * at - (cost - 1))
        while i > from_i and j > from_j:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        i, j = from_i, from_j
    while i and j:
        i, j = i - 1, j - 1
        pairs.append((i, j))
    return pairs[::-1]


# --- the order of things ------------------------------------------------------------------------


def reordered(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """The steps from one order to another, by index: what stays is a pair, the rest goes and comes.

    As much as possible stays: the longest run of names that stand in the same order in both. Something that moved
    goes at its old place and comes at its new one. Between two that stay, what goes stands before what comes.
    """
    places = {name: at for at, name in enumerate(old)}
    common = [(places[name], at) for at, name in enumerate(new) if name in places]
    i = j = 0
    for first, second in [*_rising(common), (len(old), len(new))]:
        yield from ((one, None) for one in range(i, first))
        yield from ((None, one) for one in range(j, second))
        if first < len(old):
            yield first, second
        i, j = first + 1, second + 1


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` whose first numbers rise."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, (value, _) in enumerate(pairs):
        length = bisect_left(lasts, value)
        before.append(ends[length - 1] if length else None)
        lasts[length : length + 1] = [value]
        ends[length : length + 1] = [at]
    found: list[tuple[int, int]] = []
    step = ends[-1] if ends else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]
