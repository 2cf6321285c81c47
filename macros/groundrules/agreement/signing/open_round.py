"""Open a round: the one way in which words that people signed become a draft again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from ...files.edit import set_key
from ...files.source import Bare
from ...model.front import Signature
from ...text.tables import phrase
from ..document.language import written_date
from .signing_state import SigningState


def _is_begun(where: SigningState) -> bool:
    """Whether somebody has signed in the round that is open."""
    number = where.round.version if where.round else 0
    return bool(number and (number in where.kept or where.signatures(number)))


def opens_round(where: SigningState) -> bool:
    """Whether a change of the words opens a round: they were agreed, have ended, or somebody has signed them."""
    return where.state != "draft" and (where.state == "ended" or where.round is None or _is_begun(where))


def lapsing(where: SigningState) -> str:
    """What a change of the words means for what was signed, in sentences; nothing where nobody has signed."""
    closed = next((one for one in where.agreement.front.rounds if one.agreed and one.version == where.agreed), None)
    paper = [one.signature for one in where.signed if not one.signature.version]
    if where.state == "ended":
        return phrase("endedOpensRound")
    if where.round:
        number = where.round.version
        if not _is_begun(where):
            return phrase("roundIsOpen", version=number)
        signed = [one.signature for one in where.signatures(number)]
        return phrase("signedOpensRound", version=number, names=_names(signed) or "nobody")
    if closed and closed.agreed:
        return phrase("agreedOpensRound", version=where.agreed, day=written_date(closed.agreed, "en-GB"))
    if where.state == "agreed":
        return phrase("agreedWithoutRound")
    return phrase("paperOpensNoRound", names=_names(paper)) if paper else ""


def _names(signatures: Iterable[Signature]) -> str:
    return ", ".join(dict.fromkeys(f"{one.name} ({one.party})" for one in signatures))


def open_round(data: dict[str, Any], where: SigningState, day: datetime.date, because: str) -> int:
    """Note in the front matter ``data`` that a round is open for a reason, and return its number.

    A round in which nobody has signed yet goes on, and takes the reason. One in which somebody has signed
    lapses: its version and its signatures stay, and it is never agreed.
    """
    rounds = [dict(one) for one in data.get("rounds") or []]
    number = where.next_round
    if where.round and not _is_begun(where):
        number = where.round.version
        rounds[-1]["because"] = because or rounds[-1].get("because", "")
    else:
        rounds.append({"version": Bare(str(number)), "opened": Bare(day.isoformat())})
        if because:
            rounds[-1]["because"] = because
    set_key(data, "rounds", rounds)
    data.pop("status", None)
    return number
