"""Which clauses of two texts belong together, whatever their ids and numbers. ``browser/core/pairing.js`` does as well:

1. Clauses with the same title and the same words belong together: first from the start on, then from the end back,
   then in their order. So a clause that nobody touched is never struck.
2. Of those that are left, any two are worth: the share of their words that is the same, 1¼ for the same title, ¾ for
   the same id. A word or a title that more than ten clauses of a text have tells nothing, so no text takes long.
3. The two that are worth most belong together, then the next, down to 0.7: an id or a title is enough, and so are words
   that are nearly the same. Of equal ones those nearer the start go first, then those that moved less.

Nothing here depends on which text is the older one. An id alone is worth less than a title, because partners number
clauses of their own: another clause may have that number now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from .diff_words import words_in

_SAME_TITLE = 1.25
_SAME_ID = 0.75
_ENOUGH = 0.7
_TELLING = 10


@dataclass(frozen=True, slots=True)
class Kin:
    """A clause as it is told from others: ``lines`` are their kinds and texts."""

    id: str
    title: str
    lines: tuple[tuple[Hashable, str], ...]

    @property
    def text(self) -> tuple[Hashable, ...]:
        return self.title, self.lines

    def words(self) -> Counter[Hashable]:
        return words_in("\n".join(text for _, text in self.lines))


def identities(old: Sequence[Kin], new: Sequence[Kin]) -> tuple[list[str], list[str]]:
    """A name for each clause of both texts: those that belong together have the same."""
    partners = _partners(old, new)
    return [f"-{one.id}" for one in old], [
        f"-{old[partners[at]].id}" if at in partners else f"+{one.id}" for at, one in enumerate(new)
    ]


def _partners(old: Sequence[Kin], new: Sequence[Kin]) -> dict[int, int]:
    """The places in ``old``, by those in ``new``."""
    found = dict(_alike(old, new))
    here = set(found.values())
    left = [at for at in range(len(old)) if at not in here], [at for at in range(len(new)) if at not in found]
    taken: set[int] = set()
    for i, j in _by_worth([old[at] for at in left[0]], [new[at] for at in left[1]]):
        i, j = left[0][i], left[1][j]
        if i not in taken and j not in found:
            taken.add(i)
            found[j] = i
    return found


def _alike(old: Sequence[Kin], new: Sequence[Kin]) -> Iterator[tuple[int, int]]:
    shorter = min(len(old), len(new))
    start = end = 0
    while start < shorter and old[start].text == new[start].text:
        yield start, start
        start += 1
    while end < shorter - start and old[-1 - end].text == new[-1 - end].text:
        end += 1
        yield len(new) - end, len(old) - end
    places: dict[Hashable, list[int]] = defaultdict(list)
    for i in range(len(old) - end - 1, start - 1, -1):
        places[old[i].text].append(i)
    for j in range(start, len(new) - end):
        if places[new[j].text]:
            yield j, places[new[j].text].pop()


def _by_worth(old: Sequence[Kin], new: Sequence[Kin]) -> list[tuple[int, int]]:
    """The pairs that are worth enough, the best first."""
    worth: dict[tuple[int, int], float] = defaultdict(float)
    common, *totals = _common([one.words() for one in old], [one.words() for one in new])
    for (i, j), times in common.items():
        worth[i, j] += 2 * times / (totals[0][i] + totals[1][j])
    titles, *_ = _common([Counter([one.title]) for one in old], [Counter([one.title]) for one in new])
    for pair in titles:
        worth[pair] += _SAME_TITLE
    places = {one.id: at for at, one in enumerate(old)}
    for j, kin in enumerate(new):
        if kin.id in places:
            worth[places[kin.id], j] += _SAME_ID
    enough = (pair for pair, one in worth.items() if one >= _ENOUGH)
    return sorted(enough, key=lambda pair: (-worth[pair], sum(pair), abs(pair[0] - pair[1])))


def _common(
    old: Sequence[Counter[Hashable]], new: Sequence[Counter[Hashable]]
) -> tuple[Counter[tuple[int, int]], list[int], list[int]]:
    """How many telling things two have in common, and how many each has."""
    before, after = _places(old), _places(new)

    def telling(one: Hashable) -> bool:
        return all(len(side.get(one, ())) <= _TELLING for side in (before, after))

    found: Counter[tuple[int, int]] = Counter()
    for one in filter(telling, before.keys() & after.keys()):
        for i in before[one]:
            for j in after[one]:
                found[i, j] += min(old[i][one], new[j][one])
    totals = [[sum(each[one] for one in each if telling(one)) for each in side] for side in (old, new)]
    return found, totals[0], totals[1]


def _places(counted: Sequence[Counter[Hashable]]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at, each in enumerate(counted):
        for one in each:
            places[one].append(at)
    return places
