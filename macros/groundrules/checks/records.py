"""Checks of what partnerships wrote down: records of reviews, reports, concerns."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..agreement.review.dates import SIGNING, is_made
from ..files import clock
from ..model.front import EARLIEST, RecordFront
from ..model.pieces import Toolkit
from ..text.problems import did_you_mean
from .registry import Found, at, check
from .walk import known


@check("unknown-form", "warning")
def unknown_form(toolkit: Toolkit) -> Found:
    """A record says it was made from a form that does not exist, or a date waits for a record of a kind that
    nobody can make. Such a date would stay overdue."""
    forms = {identity for identity in known(toolkit, "records") if "." not in identity}
    for clause in toolkit.clauses.values():
        for name, blank in clause.front.blanks.items():
            if blank.settled_by and blank.settled_by not in (*forms, SIGNING):
                near = did_you_mean(blank.settled_by, {*forms, SIGNING})
                wrong = f'There is no kind of record "{blank.settled_by}". {near}'
                yield at(clause, "blanks", name, "settled by"), wrong
    for history in toolkit.histories.values():
        for record in history.records.values():
            if toolkit.now_called("records", record.front.template) not in forms:
                # Nothing is quoted: a public build may log this, and records are for the partners alone.
                near = did_you_mean(record.front.template, forms)
                yield at(record, "template"), f"The form that this record was made from is not there. {near}"


@check("odd-record", "warning")
def odd_record(toolkit: Toolkit) -> Found:
    """The day of a record cannot be right, so what it settles may still be due: it lies in another century, or in
    the future although somebody filled it in, or it is not the one in the file's name. Or the next review is not
    after it."""
    for history in toolkit.histories.values():
        for name, record in history.records.items():
            front = record.front
            assert isinstance(front, RecordFront)
            # Nothing is quoted, as above.
            for key, wrong in _odd_days(name, front, is_made(record)):
                yield at(record, key), wrong


def _odd_days(name: str, front: RecordFront, made: bool) -> Iterator[tuple[str, str]]:
    if front.date < EARLIEST:
        yield "date", "This day lies in another century. Write the day on which it happened."
    elif made and front.date - clock.today() > datetime.timedelta(days=1):
        yield "date", "This day lies in the future. Write the day on which it happened."
    elif not name.startswith(front.date.isoformat()):
        yield "date", "The file's name says another day. Make the two agree."
    if front.next and front.next <= front.date:
        yield "next", "The next review comes after this one. Write a later day."
