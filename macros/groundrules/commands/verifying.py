"""What the signatures of an agreement are worth: each against the text that was kept, that against today's."""

from __future__ import annotations

import re
from typing import Any

import click

from ..agreement.changes.diff import compare
from ..agreement.signing.signing_state import Signed, Standing
from ..model.front import FINGERPRINT
from ..text.problems import UserError
from .signing import problems, stands
from .terminal_diff import changed_parts
from .workspace import Desk


def report(desk: Desk) -> dict[str, Any]:
    """Everything that ``verify`` says, as data for other programs."""
    where = stands(desk)
    found = problems(desk)
    return {
        "name": desk.name,
        "state": where.state,
        "in force": where.agreed or None,
        "open round": where.round.version if where.round else None,
        "fingerprint": where.fingerprint,
        "versions": [
            {
                "version": one.version,
                "file": one.agreement.origin.file,
                "fingerprint": one.fingerprint,
                "intact": one.intact,
                "as today": one.fingerprint == where.fingerprint,
            }
            for one in where.kept.values()
        ],
        "signatures": [_signature(one) for one in where.signed],
        "missing": [party.name for party in where.missing],
        "open questions": where.open_questions,
        "changed": {
            str(version): [click.unstyle(line) for line in changed_words(where, version) if line]
            for version in sorted({one.signature.version or 0 for one in where.signed if one.match == "changed"})
        },
        "problems": [str(one) for one in found],
    }


def _signature(one: Signed) -> dict[str, Any]:
    given = one.signature
    return {
        "party": given.party,
        "name": given.name,
        "role": given.role,
        "date": given.date.isoformat(),
        "version": given.version,
        "fingerprint": given.fingerprint,
        "match": one.match,
        "why": one.why,
    }


def changed_words(where: Standing, version: int) -> list[str]:
    """What of today's words differs from a kept version, as lines for a terminal."""
    comparison = compare(where.kept[version].document, where.today)
    if comparison.same:
        return ["", "Only how a date or the number of a clause is written."]
    return list(changed_parts(comparison))


# --- one fingerprint ----------------------------------------------------------------------------------


def fingerprint_given(text: str) -> str:
    """A fingerprint as somebody copied it from paper: capitals and spaces do not matter."""
    plain = re.sub(r"\s+", "", text).lower()
    if not FINGERPRINT.fullmatch(plain):
        raise UserError(
            f'--fingerprint "{text}": this is not a fingerprint. It is "gr1:" and 64 signs, each 0 to 9 or a to f; '
            f"this has {len(plain.removeprefix('gr1:'))}."
        )
    return plain


def whose(given: str, where: Standing) -> list[str]:
    """Each text that has the fingerprint ``given``, in a sentence; none if there is none."""
    found = [
        f"It is that of version {one.version}, kept in {one.agreement.origin.file}."
        for one in where.kept.values()
        if one.fingerprint == given
    ]
    if given == where.fingerprint:
        found.append("It is that of today's words.")
    return found


def once(given: str, where: Standing) -> list[str]:
    """Where ``given`` is noted, although no text has that fingerprint any more."""
    return [
        f"Version {one.version} had it when it was kept; the words of {one.agreement.origin.file} were changed since."
        for one in where.kept.values()
        if one.noted == given and not one.intact
    ]
