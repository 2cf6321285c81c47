"""The pages, the blanks and the answers of a toolkit, found once and shared by all checks."""

from __future__ import annotations

from typing import Any

from ..model.front import BlankDefinition
from ..model.pieces import Agreement, Toolkit, Written, definitions
from ..model.remember import remember
from ..model.runs import key_of


def unreadable(toolkit: Toolkit) -> set[str]:
    """The pages that would be there if they could be read, by the same places; what is wrong with them is named."""
    return {f"{one.strip('/')}.md" if one.startswith("/") else one.removeprefix("docs/") for one in toolkit.unread}


@remember
def defined(piece: Written) -> dict[str, BlankDefinition]:
    """The blanks that ``piece`` defines, by key."""
    return definitions(getattr(piece.front, "blanks", {}))


@remember
def answers(agreement: Agreement) -> dict[str, tuple[str, Any]]:
    """The answers of ``agreement`` by key, each with the name it was given under."""
    return {key_of(name): (name, value) for name, value in agreement.front.answers.items()}


def known(toolkit: Toolkit, kind: str) -> set[str]:
    """The ids of one kind, those of files that could not be read among them: nobody should miss these."""
    start = f"/{kind}/"
    broken = {address[len(start) : -1] for address in toolkit.unread if address.startswith(start)}
    return broken | set(getattr(toolkit, kind))
