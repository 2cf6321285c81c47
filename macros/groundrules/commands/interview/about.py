"""Questions about an agreement or a record as a whole, before its clauses or behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ...model.front import BlankDefinition
from ...text.tables import phrase


@dataclass(frozen=True, slots=True)
class About:
    """What is asked ``first`` and ``last``; of this is open what is ``needed`` and not there."""

    heading: str
    first: Mapping[str, BlankDefinition] = field(default_factory=dict)
    last: Mapping[str, BlankDefinition] = field(default_factory=dict)
    needed: Collection[str] = ()

    @property
    def asked(self) -> Mapping[str, BlankDefinition]:
        return {**self.first, **self.last}


AGREEMENT = About(
    "About the agreement",
    {
        "title": BlankDefinition(ask="What do you call this agreement?"),
        "parties": BlankDefinition(ask=phrase("askParties")),
        "start": BlankDefinition(ask="From which day does it hold?", type="date", example="2026-12-01"),
        "end": BlankDefinition(
            ask="Until which day? Leave it open if there is none.", type="date", example="2027-07-30"
        ),
    },
    needed=("parties", "start"),
)
RECORD = About("The next time")
NEXT_REVIEW = About(
    "The next time",
    last={
        "next": BlankDefinition(
            ask="On which day is the next review? Leave it open if nobody knows.", type="date", example="2027-07-30"
        )
    },
    needed=("next",),
)
