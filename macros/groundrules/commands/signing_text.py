"""Sentences of the commands about signatures: who has signed, who is to sign, which words have changed."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ..agreement.changes.diff import compare
from ..agreement.document.answers import stopped
from ..agreement.signing.refusals import WordsChanged
from ..agreement.signing.signing_state import SigningState
from ..model.front import Party, Signature
from ..text.names import same_name
from ..text.problems import InvalidFiles, UserError
from .shared import Place, echo
from .terminal_diff import LEGEND, changed_parts

on_option = click.option("--on", metavar="DATE", help="The day on which it happened; today if left out.")


@contextmanager
def showing_what_changed(place: Place) -> Iterator[None]:
    """Show what was changed under others' signatures."""
    try:
        yield
    except WordsChanged as changed:
        where = changed.where
        version = where.version
        echo(f"Nothing was done: the words have changed since version {version} was first signed.", error=True)
        echo(LEGEND, error=True)
        echo_changed(where, version, error=True)
        echo(error=True)
        echo(
            "Put them back as they were. Or open another round, in which everybody signs again: "
            f'{place.command_line()} renegotiate {where.agreement.id} --because "…"',
            error=True,
        )
        raise click.exceptions.Exit(1) from None


@contextmanager
def going_on(
    said: Callable[[str], str], again: str, place: Place, stands: Callable[[], SigningState]
) -> Iterator[None]:
    """Say after what is wrong that nothing came of it, and which command goes on from here: ``again``, if no other."""
    start = place.command_line()
    try:
        yield
    except UserError as wrong:
        raise UserError(f"{wrong} {said(f'To go on: {start} {waits_for(stands())}')}") from None
    except InvalidFiles as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        where, kinds = stands(), {one.name for one in wrong.problems}
        if kinds & {"unanswered", "need"}:
            first, following = "To go on", f"ask {where.agreement.id}"
        elif kinds == {"unsigned"}:
            first, following = "To go on", waits_for(where)
        else:
            first, following = "Put right what is named above, then", again
        echo(said(f"{first}: {start} {following}"), error=True)
        raise click.exceptions.Exit(1) from None


def waits_for(where: SigningState) -> str:
    """The command by which an agreement comes nearer to being agreed, or ``status`` where it is."""
    name = where.agreement.id
    if where.state in ("agreed", "ended"):
        return f"status {name}"
    if where.open_questions or not where.agreement.front.parties:
        return f"ask {name}"
    if where.missing:
        return f"sign {name} --as {shlex.quote(as_words(where.missing[0]))}"
    return f"agree {name}" if where.round else f"status {name}"


def changed_words(where: SigningState, version: int) -> list[str]:
    """The differences of today's words from a kept version, as lines for a terminal."""
    comparison = compare(where.kept[version].document, where.today)
    if comparison.same:
        return ["", "Only how a date or the number of a clause is written."]
    return list(changed_parts(comparison))


def echo_changed(where: SigningState, version: int, error: bool = False) -> None:
    for line in changed_words(where, version):
        click.echo(line, err=error)


def described(one: Signature) -> str:
    return f"{one.name}, {one.role}," if one.role else one.name


def for_party(one: Signature) -> str:
    return f" for {one.party}" if not same_name(one.party, one.name) else ""


def echo_missing(where: SigningState, place: Place) -> None:
    """Who is still to sign, and the command for each."""
    start, name = place.command_line(), where.agreement.id
    if not where.missing:
        echo("Everybody has signed. Next:")
        echo(f"  {start} agree {name}")
        return
    echo(stopped("Still to sign: " + "; ".join(party.name for party in where.missing)) + " Next:")
    for party in where.missing:
        echo(f"  {start} sign {name} --as {shlex.quote(as_words(party))}")


def as_words(party: Party) -> str:
    """What to write after ``--as`` for somebody who signs for ``party``."""
    if party.contact:
        return ", ".join(filter(None, (party.contact, party.role, party.name)))
    if party.organisation or party.role:
        return ", ".join(filter(None, (party.name, party.role, party.organisation)))
    return f"Name, role, {party.name}"
