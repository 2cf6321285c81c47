"""The overview of a partnership, in a line: its state, who is still to sign, what comes next and what is overdue."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from ...model.pieces import Agreement, History, Toolkit
from ...model.remember import remember
from ..changes.update_compare import Behind, behind
from ..document import redact
from ..document.nodes import Document
from ..signing.signing_state import SigningState, State, on_its_own, signing_state
from ..signing.version import as_read
from .due import Due, Promise, banners, coming, overdue, promises

STATES: Mapping[State, str] = {
    "being signed": "being signed",
    "renegotiating": "being renegotiated",
    "changed": "agreed, changed since",
    "agreed": "agreed",
    "draft": "draft",
    "ended": "ended",
}
"""The states in plain words, those that wait for somebody first."""


@dataclass(frozen=True, slots=True)
class Status:
    agreement: Agreement
    where: SigningState
    promises: tuple[Promise, ...]
    behind: tuple[Behind, ...]

    @property
    def state(self) -> str:
        return STATES[self.where.state]

    @property
    def to_sign(self) -> list[str]:
        """The parties that have not signed today's words; what has ended waits for nobody."""
        return [] if self.where.state == "ended" else [party.name for party in self.where.missing]

    def next(self, on: datetime.date) -> Due | None:
        return next(iter(coming(self.promises, on)), None)

    def coming(self, on: datetime.date, until: datetime.date) -> list[Due]:
        return coming(self.promises, on, until)

    def overdue(self, on: datetime.date) -> list[Due]:
        return overdue(self.promises, on)

    @property
    def banners(self) -> list[Due]:
        return banners(self.promises)


def _status_of(agreement: Agreement, toolkit: Toolkit, public: bool = False) -> Status:
    """The overview of a partnership; a ``public`` one shows no date of words that nobody has agreed yet."""
    history = toolkit.histories.get(agreement.id, History())
    where = signing_state(agreement, history, toolkit.title)
    dates = promises(
        where, history, toolkit.template(agreement.front.template), public, partial(toolkit.now_called, "records")
    )
    return Status(agreement, where, dates, tuple(behind(agreement, toolkit)))


def _made_from(agreement: Agreement, toolkit: Toolkit, public: bool = False) -> Iterator[object]:
    history = toolkit.histories.get(agreement.id, History())
    yield from (public, history.taken, toolkit.template(agreement.front.template))
    kept = chain(history.versions.values(), history.records.values())
    yield from chain(kept, toolkit.clauses.values(), toolkit.records.values())


# With many agreements, only what changed is looked at again.
status_of = remember(_status_of, _made_from)


def public_status(agreement: Agreement, toolkit: Toolkit) -> Status | None:
    """The public overview of a partnership's own agreement; ``None`` for an example or a letter."""
    return status_of(agreement, toolkit, public=True) if agreement.kind == "partnerships" else None


def public_document(agreement: Agreement, toolkit: Toolkit) -> Document:
    """What anybody may read of ``agreement``: of a partnership's own, the version in force."""
    seen = public_status(agreement, toolkit)
    return redact.public(as_read(seen.where.in_force if seen else on_its_own(agreement, toolkit.title)))
