"""The promises of an agreement: what falls due under it, and what is overdue.

A promise is a date of the words in force. It is settled by what its blank names under ``settled by``: that everybody
has signed, or a record of some kind made on that day or later. A date that has passed unsettled is overdue. Rows of a
table and rhythms only come round: nobody can tell from a file whether a meeting took place.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ...model.front import BlankDefinition, RecordFront
from ...model.pieces import Agreement, History, Template
from ...text.days import read_date
from ...text.markup.nodes import blank_key
from ..document.answers import capitalised, stopped
from ..document.labels import labels
from ..document.language import written_date
from ..document.nodes import Document, UsedBlank
from ..document.redact import public_dates
from ..signing.signing_state import SigningState
from .dates import END, SIGNING, Entry, entries, is_made, next_day

# By it a calendar tells the entry from all others, so it is the same in every language.
_NEXT = "Next review"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: ``firm`` says that it is overdue once its day has passed, unless it is ``settled``."""

    entry: Entry
    end: datetime.date | None = None
    firm: bool = False
    settled: bool = False

    def next_day(self, on: datetime.date) -> datetime.date | None:
        return None if self.settled else next_day(self.entry, on, self.end)

    def is_overdue(self, on: datetime.date) -> bool:
        return self.firm and not self.settled and self.entry.day < on


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something that is due on ``day``: the end of the agreement if it ``ended`` then."""

    day: datetime.date
    title: str
    ended: bool = False

    @property
    def sentence(self) -> str:
        """What to say at the terminal once the day has passed."""
        day = written_date(self.day, "en-GB")
        if self.ended:
            return f"The agreement ended on {day}. Write the report, or set its status to ended."
        return stopped(f"This was due on {day}: {self.title}")


# --- what a host asks for -----------------------------------------------------------------------


def coming(promises: Iterable[Promise], on: datetime.date, until: datetime.date = datetime.date.max) -> list[Due]:
    """The next day of each promise that has one from ``on`` to ``until``, in the order of days."""
    found = {(promise.next_day(on), promise.entry.title) for promise in promises}
    return sorted(Due(day, title) for day, title in found if day and day <= until)


def through(promise: Promise, on: datetime.date, until: datetime.date, most: int) -> list[datetime.date]:
    """Each day of ``promise`` from ``on`` to ``until``; none if there are more than ``most``."""
    days: list[datetime.date] = []
    day = promise.next_day(on)
    while day and day <= until and len(days) <= most:
        days.append(day)
        day = promise.next_day(day + datetime.timedelta(days=1))
    return days if len(days) <= most else []


def overdue(promises: Iterable[Promise], on: datetime.date) -> list[Due]:
    """What is overdue: it should have happened before ``on`` and did not; the oldest first."""
    return sorted(_late(promise.entry) for promise in promises if promise.is_overdue(on))


def banners(promises: Iterable[Promise]) -> list[Due]:
    """The banners that a page shows once a day has passed, as far as anybody knows when the page is built."""
    return sorted(_late(promise.entry) for promise in promises if promise.firm and not promise.settled)


def _late(entry: Entry) -> Due:
    return Due(entry.day, entry.title, entry.parts == END)


# --- promises -----------------------------------------------------------------------------------


def promises(
    where: SigningState,
    history: History,
    template: Template | None,
    public: bool = False,
    now_called: Callable[[str], str] = str,
) -> tuple[Promise, ...]:
    """Everything with a date that people hold each other to. ``now_called`` knows the earlier names of kinds of record.

    What is ``public`` are the words in force alone, without private answers; partners also look at today's words.
    Nobody is held to anything once the agreement has ended.
    """
    if where.state == "ended":
        return ()
    made = [record for record in history.records.values() if is_made(record)]
    document = public_dates(where.in_force) if public else where.in_force
    ahead = {blank_key(need.answer) for need in template.front.needs if need.future} if template else set()

    def promise(entry: Entry) -> Promise:
        single = entry.rhythm is None and len(entry.parts) == 1
        return Promise(entry, document.end, single, single and _settled(entry, where, made, now_called))

    found = _entries(where, document, document if public else where.today, ahead)
    return tuple(promise(entry) for entry in _with_next(found, where, made, ahead))


def _entries(where: SigningState, document: Document, today: Document, ahead: set[str]) -> Iterator[Entry]:
    opened = where.round.opened if where.round and where.agreed else None
    for entry in entries(document):
        if not (opened and entry.settled_by == SIGNING):
            yield entry
    if opened:
        # What is signed now are today's words. A day before the round was opened was that of an earlier one.
        yield from (one for one in entries(today) if one.settled_by == SIGNING and one.day >= opened)
    for blank in today.blanks:
        # A date that must lie ahead counts without a calendar entry as well.
        day = read_date(blank.answer.strip()) if isinstance(blank.answer, str) else None
        if day and blank_key(blank.name) in ahead and not blank.definition.calendar:
            yield Entry((blank_key(blank.name),), capitalised(blank.name), day)


def _with_next(found: Iterable[Entry], where: SigningState, made: list[Agreement], ahead: set[str]) -> Iterator[Entry]:
    """``found``, with the day that the last review set in place of those that the agreement names."""
    day = _set_by_review(where, made)
    if not day:
        yield from found
        return
    title, settled_by = labels(where.agreement.front.language)["next review"], ""
    for entry in found:
        if entry.parts[0] in ahead and len(entry.parts) == 1:
            title, settled_by = entry.title, entry.settled_by
        else:
            yield entry
    yield Entry(("next",), title, day, settled_by=settled_by)


def _set_by_review(where: SigningState, made: Iterable[Agreement]) -> datetime.date | None:
    """The day of the next review that the last one set; words that were agreed after it count more."""
    agreed = next((one.agreed for one in where.agreement.front.rounds if one.version == where.agreed), None)
    set_days = [days for days in _review_days(made) if agreed is None or days[0] >= agreed]
    return max(set_days)[1] if set_days else None


def _review_days(made: Iterable[Agreement]) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The day of each review, and the day of the next that it set: that is what makes a record a review."""
    for record in made:
        if isinstance(front := record.front, RecordFront) and front.next:
            yield front.date, front.next


def reviewed(history: History) -> list[datetime.date]:
    """The days of the reviews that set the day of the next one: all that anybody may know of them."""
    return sorted({day for day, _ in _review_days(filter(is_made, history.records.values()))})


def for_calendar(document: Document, where: SigningState, history: History, template: Template | None) -> Document:
    """``document`` with the day of the next review as the last one set it: what its calendar is made from."""
    day = _set_by_review(where, filter(is_made, history.records.values()))
    if not day:
        return document
    ahead = {blank_key(need.answer) for need in template.front.needs if need.future} if template else set()
    moved = [one for one in document.blanks if blank_key(one.name) in ahead and one.definition.calendar]
    title = labels(document.language)["next review"]
    definition = BlankDefinition(ask=title, type="date", calendar=title)
    first = moved[0] if moved else UsedBlank(_NEXT, definition, "")
    others = (one for one in document.blanks if one not in moved)
    return replace(document, blanks=(*others, replace(first, answer=day.isoformat())))


def _settled(entry: Entry, where: SigningState, made: list[Agreement], now_called: Callable[[str], str]) -> bool:
    if entry.parts == END:
        return False
    if entry.settled_by == SIGNING:
        return where.state in ("agreed", "changed")
    return any(
        isinstance(front := record.front, RecordFront)
        and front.date >= entry.day
        and (not entry.settled_by or now_called(entry.settled_by) == now_called(front.template))
        for record in made
    )
