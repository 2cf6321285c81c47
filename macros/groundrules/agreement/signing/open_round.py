"""Open a round: the one way in which words that people signed become a draft again."""

from __future__ import annotations

import datetime
from typing import Any

from ...files.edit import set_key
from ...files.source import Bare
from .signing_state import SigningState


def open_round(data: dict[str, Any], where: SigningState, day: datetime.date, because: str) -> int:
    """Note in the front matter ``data`` that a round is open for a reason, and return its number.

    A round in which nobody has signed yet goes on, and takes the reason. One in which somebody has signed
    lapses: its version and its signatures stay, and it is never agreed.
    """
    rounds = [dict(one) for one in data.get("rounds") or []]
    number = where.next_round
    if where.round and where.round.version not in where.kept:
        number = where.round.version
        rounds[-1]["because"] = because or rounds[-1].get("because", "")
    else:
        rounds.append({"version": Bare(str(number)), "opened": Bare(day.isoformat())})
        if because:
            rounds[-1]["because"] = because
    set_key(data, "rounds", rounds)
    data.pop("status", None)
    return number
