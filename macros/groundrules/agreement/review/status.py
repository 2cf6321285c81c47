"""Where each partnership stands, in a line: its state, who is still to sign, what comes next and what is overdue."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from operator import is_

from ...model.pieces import Agreement, History, Toolkit
from ..changes.update_compare import Behind, behind
from ..document import redact
from ..document.assemble import Document, assemble
from ..signing.signing_state import Standing, State, standing
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
class Overview:
    agreement: Agreement
    where: Standing
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


# By file, with what each was made from: with many agreements, only what changed is looked at again.
_KEPT: dict[tuple[str, bool], tuple[tuple[object, ...], Overview]] = {}


def overview(agreement: Agreement, toolkit: Toolkit, public: bool = False) -> Overview:
    """``public`` is for pages that anybody may read: they show no date of words that nobody has agreed yet."""
    history = toolkit.histories.get(agreement.id, History())
    template = toolkit.template(agreement.front.template)
    sources = (agreement, history.taken, *history.versions.values(), *history.records.values(), template)
    used = (*sources, *toolkit.clauses.values())
    kept = _KEPT.get((agreement.origin.file, public))
    if kept is None or len(kept[0]) != len(used) or not all(map(is_, kept[0], used)):
        where = standing(agreement, history, toolkit.title)
        dates = promises(where, history, template, public)
        made = Overview(agreement, where, dates, tuple(behind(agreement, toolkit)))
        kept = _KEPT[agreement.origin.file, public] = used, made
    return kept[1]


def public_overview(agreement: Agreement, toolkit: Toolkit) -> Overview | None:
    """Where a partnership's own agreement stands, as anybody may know; ``None`` for a worked example."""
    return None if agreement.kind == "examples" else overview(agreement, toolkit, public=True)


def public_document(agreement: Agreement, toolkit: Toolkit) -> Document:
    """What anybody may read of ``agreement``: of a partnership's own, the version in force."""
    seen = public_overview(agreement, toolkit)
    return redact.public(seen.where.in_force if seen else assemble(agreement, toolkit.title))
