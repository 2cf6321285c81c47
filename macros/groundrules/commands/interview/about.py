"""Questions about the agreement as a whole, before its clauses."""

from __future__ import annotations

from ...model.front import BlankDefinition
from ...text.tables import phrase

ABOUT = {
    "title": BlankDefinition(ask="What do you call this agreement?"),
    "parties": BlankDefinition(ask=phrase("askParties")),
    "start": BlankDefinition(ask="From which day does it hold?", type="date", example="2026-12-01"),
    "end": BlankDefinition(ask="Until which day? Leave it open if there is none.", type="date", example="2027-07-30"),
}
