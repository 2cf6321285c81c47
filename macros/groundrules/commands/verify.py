"""The command that says what the signatures of an agreement are worth.

Each signature is held against the text that was kept, and that text against today's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import click

from ..agreement.signing.fingerprint import form_of
from ..agreement.signing.signing_state import Match, Signed, SigningState
from ..model.values import FINGERPRINT
from ..text.problems import Problem, UserError, errors, on_one_line
from ..text.tables import phrase
from .next_step import next_steps
from .shared import Place, echo, echo_json
from .signing import problems, stands
from .signing_text import changed_words, described, echo_changed, echo_missing, for_party
from .terminal_colour import Role, coloured, coloured_problem
from .terminal_diff import LEGEND
from .terminal_width import fitted
from .workspace import Workspace


def verify(place: Place, name: str, given: str | None, style: str) -> None:
    wanted = fingerprint_given(given) if given is not None else ""
    workspace = Workspace(place, name)
    where = stands(workspace)
    found = problems(workspace)
    wrong = bool(errors(found))
    if wanted:
        texts = whose(wanted, where)
        said = texts or once(wanted, where) or ["No text of this agreement has this fingerprint."]
        wrong = not texts
        if style == "json":
            echo_json({"name": name, "fingerprint": wanted, "found": bool(texts), "said": said})
        else:
            for line in said:
                echo(line)
    elif style == "json":
        echo_json(report(name, where, found))
    else:
        echo_report(where, found, place)
    if wrong:
        raise click.exceptions.Exit(1)


_ROLES: Mapping[Match, Role] = {"matches": "well", "changed": "mild", "cannot check": "wrong"}


# --- all signatures ------------------------------------------------------------------------------


def report(name: str, where: SigningState, found: list[Problem]) -> dict[str, Any]:
    """The report of ``verify``, as data for other programs."""
    return {
        "name": name,
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
                "as today": one.as_today,
                "tells links": one.tells_links,
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


def echo_report(where: SigningState, found: list[Problem], place: Place) -> None:
    click.echo(fitted(on_one_line(f"{where.agreement.front.title}: {state_in_words(where)}"), sys.stdout))
    unfinished = f"not finished yet: {len(where.open_questions)} open" if where.open_questions else ""
    # A fingerprint has a line to itself, as wide as it is.
    echo(f"  today's words{f': {unfinished}' if unfinished else ''}")
    if not unfinished:
        echo(f"    {where.fingerprint}")
    for kept in where.kept.values():
        state = coloured("intact", "well") if kept.intact else coloured("NOT the words that were kept", "wrong")
        state += ", the same as today's" if kept.as_today else ""
        click.echo(f"  version {kept.version}: {state}")
        echo(f"    {kept.fingerprint}")
    for kept in where.kept.values():
        if not kept.tells_links:
            echo(phrase("olderFingerprint", version=kept.version))
    echo()
    for one in where.signed:
        given = one.signature
        of = f"version {given.version}" if given.version else "no version"
        replaced = given.version is not None and given.version < where.agreed
        said = {
            "matches": "matches, and today's words are the same",
            "changed": f"matches the kept text; version {where.agreed} has taken its place"
            if replaced
            else "matches the kept text; today's words have changed since",
            "cannot check": f"cannot check. {one.why}",
        }
        who = f"{described(given)}{for_party(given)}".rstrip(",")
        worth = phrase("signedInLapsedRound", version=given.version) if where.lapsed(one) else said[one.match]
        role: Role = "plain" if replaced or where.lapsed(one) else _ROLES[one.match]
        click.echo(fitted(f"{on_one_line(who)}, {given.date}, {of}: {coloured(worth, role)}", sys.stdout))
    if not where.signed:
        echo("Nobody has signed.")
    changed = {one.signature.version or 0 for one in where.signed if one.match == "changed"}
    for version in sorted(one for one in changed if one >= where.agreed):
        echo()
        click.echo(fitted(f"Changed since version {version}: {LEGEND}", sys.stdout))
        echo_changed(where, version)
    if any(one.waits for one in next_steps(where)):
        echo()
        echo_missing(where, place)
    if found:
        echo()
    for problem in found:
        click.echo(coloured_problem(problem))


def state_in_words(where: SigningState) -> str:
    agreed = next((one for one in where.agreement.front.rounds if one.agreed and one.version == where.agreed), None)
    force = f"version {where.agreed} is in force, agreed on {agreed.agreed}" if agreed else "no version is in force yet"
    if where.state == "ended":
        return f"it has ended; {force.replace('is in force, ', 'was ')}."
    if where.state == "agreed" and not agreed:
        return "it is called agreed, but its words were not kept when they were signed."
    if where.round:
        return f"{force}; round {where.round.version} is open."
    return f"{force}; the words have changed since." if where.state == "changed" else f"{force}."


# --- one fingerprint ----------------------------------------------------------------------------------


def fingerprint_given(text: str) -> str:
    """A fingerprint as somebody copied it from paper: capitals and spaces do not matter."""
    plain = re.sub(r"\s+", "", text).lower()
    if not FINGERPRINT.fullmatch(plain):
        raise UserError(
            f'--fingerprint "{text}": this is not a fingerprint. It is "gr1:" or "gr2:" and 64 characters, each 0 '
            f"to 9 or a to f; this has {len(re.sub('^gr[12]:', '', plain))}."
        )
    return plain


def whose(given: str, where: SigningState) -> list[str]:
    """Each text that has the fingerprint ``given``, in a sentence; none if there is none."""
    found = [
        f"It is that of version {one.version}, kept in {one.agreement.origin.file}."
        for one in where.kept.values()
        if one.fingerprint == given
    ]
    if given == where.fingerprint_as(form_of(given)):
        found.append("It is that of today's words.")
    return found


def once(given: str, where: SigningState) -> list[str]:
    """Sentences on where ``given`` is noted, although no text has that fingerprint any more."""
    return [
        f"Version {one.version} had it when it was kept; the words of {one.agreement.origin.file} were changed since."
        for one in where.kept.values()
        if one.noted == given and not one.intact
    ]
