"""Pictures of data: what each shows, in the order in which it is read. ``layouts/pictures.html`` makes them lists.

The words are the picture, so it reads aloud, prints and scales as they do; the styles only draw lines and marks.
None depends on the day on which it is looked at: a full mark says that something happened, a ring that it was promised.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ..agreement.review.due import banners, reviewed, through
from ..agreement.review.status import Status
from ..model.pieces import Clause, History, Template

_MONTHS = 12
# How many agreements a month can name before it only counts what is due.
_MANY = 12
# How many days a year do not make a picture of it restless.
_OFTEN = 10


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """Something that happened on ``day``, or was ``promised`` for it; a ``title`` is in the agreement's language."""

    day: datetime.date
    promised: bool
    said: str
    version: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What belongs to one day in the life of an agreement; ``gap`` is the number of days until the next one."""

    day: datetime.date
    promised: bool
    what: tuple[Happening, ...]
    gap: int = 0


def life(seen: Status, history: History) -> list[Moment]:
    """The days on which the agreement was agreed, reviewed and changed, then those that it promises."""
    agreed = [(one.agreed, one.version) for one in seen.where.agreement.front.rounds if one.agreed]
    found = {
        Happening(day, False, "it was changed" if at else "it was agreed", version)
        for at, (day, version) in enumerate(agreed)
    }
    found |= {Happening(day, False, "it was reviewed") for day in reviewed(history)}
    found |= {Happening(due.day, True, "it is due", title=due.title) for due in banners(seen.promises)}
    days = [Moment(*key, tuple(what)) for key, what in groupby(sorted(found), lambda one: (one.day, one.promised))]
    return [replace(one, gap=(later.day - one.day).days) for one, later in pairwise(days)] + days[-1:]


@dataclass(frozen=True, slots=True)
class Month:
    """A month, and what falls due in it by partnership: on which days, and what."""

    first: datetime.date
    due: tuple[tuple[Status, list[tuple[list[datetime.date], str]]], ...]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Of a month in which much is due, the language and title of each thing, and how many agreements promise it."""
        if len(self.due) <= _MANY:
            return []
        promised = {
            (seen.agreement.id, seen.where.in_force.language, what) for seen, all_ in self.due for _, what in all_
        }
        counted = Counter((language, what) for _, language, what in promised)
        return [(*one, count) for one, count in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))]


def year_ahead(partnerships: Iterable[Status], on: datetime.date) -> list[Month]:
    """What falls due in each month from that of ``on``; what comes round every month or more often is left out."""
    *months, end = [_month(on, later) for later in range(_MONTHS + 1)]
    due: dict[datetime.date, list[tuple[Status, list[tuple[list[datetime.date], str]]]]] = {one: [] for one in months}
    for seen in partnerships:
        found: dict[datetime.date, list[tuple[list[datetime.date], str]]] = defaultdict(list)
        for promise in seen.promises:
            days = through(promise, on, end - datetime.timedelta(days=1), _OFTEN)
            for month, here in groupby(days, lambda day: day.replace(day=1)):
                found[month].append((list(here), promise.entry.title))
        for month, entries in found.items():
            due[month].append((seen, sorted(entries)))
    return [Month(first, tuple(entries)) for first, entries in due.items()]


def _month(on: datetime.date, later: int) -> datetime.date:
    years, month = divmod(on.month - 1 + later, 12)
    return datetime.date(on.year + years, month + 1, 1)


@dataclass(frozen=True, slots=True)
class Share:
    """What one template holds of one group of clauses: a mark for each clause, those that it holds first."""

    marks: tuple[str, ...]

    @property
    def held(self) -> int:
        return sum(map(bool, self.marks))


def shares(templates: Sequence[Template], groups: Iterable[Sequence[Clause]]) -> list[tuple[Template, list[Share]]]:
    """How much of each group each template holds."""
    parts = list(groups)
    return [(one, [Share(tuple(sorted(marks(one, part), key=ORDER.index))) for part in parts]) for one in templates]


ORDER = ("yes", "optional", "")


def marks(template: Template, clauses: Iterable[Clause]) -> list[str]:
    """Whether ``template`` holds each of ``clauses``: yes, as one that may be left out, or not."""
    held = {entry.id: "optional" if entry.optional else "yes" for entry in template.front.clauses}
    return [held.get(clause.id, "") for clause in clauses]
