"""Sentences of the commands about signatures: who has signed, who is to sign, which words have changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from ..agreement.changes.diff import compare
from ..agreement.document.answers import stopped
from ..agreement.signing.refusals import WordsChanged
from ..agreement.signing.signing_state import SigningState
from ..model.front import Signature
from ..text.names import same_name
from ..text.problems import InvalidFiles, UserError
from .next_step import Step, echo_steps, next_steps
from .refusing import echo_lines
from .shared import Place, echo
from .terminal_colour import coloured_problem
from .terminal_diff import LEGEND, changed_parts
from .terminal_width import fitted


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
        reopen = place.line(*next_steps(where)[0].words)
        echo_lines("Put them back as they were. Or open another round, in which everybody signs again", [reopen])
        raise click.exceptions.Exit(1) from None


@contextmanager
def going_on(said: str, again: Sequence[str], place: Place, stands: Callable[[], SigningState]) -> Iterator[None]:
    """Say after what is wrong that nothing came of it, and which command goes on from here: ``again``, if no other."""
    try:
        yield
    except UserError as wrong:
        # Of an option it says itself what to write; who may sign, the agreement knows.
        slip = str(wrong).startswith("--") and not str(wrong).startswith("--as")
        then = () if slip else _meant(next_steps(stands()), again)
        raise UserError(f"{wrong} {said}", then=then, instead=wrong.instead) from None
    except InvalidFiles as wrong:
        for problem in wrong.problems:
            click.echo(coloured_problem(problem), err=True)
        kinds = {one.name for one in wrong.problems}
        if kinds & {"unanswered", "need"} or kinds == {"unsigned"}:
            first, following = "To go on", next_steps(stands())[0].words
        else:
            first, following = "Put right what is named above, then", tuple(again)
        echo_lines(f"{said} {first}", [place.line(*following)])
        raise click.exceptions.Exit(1) from None


def _meant(steps: Sequence[Step], again: Sequence[str]) -> Sequence[str]:
    """The words of the step that does the same for the person who is named, else of the first."""
    name = again[-1].partition(",")[0].casefold()
    alike = (one for one in steps if one.command == again[0] and name in one.words[-1].casefold())
    return next(alike, steps[0]).words


def changed_words(where: SigningState, version: int) -> list[str]:
    """The differences of today's words from a kept version, as lines for a terminal."""
    comparison = compare(where.kept[version].document, where.today)
    if comparison.same:
        return ["", "Only how a date or the number of a clause is written."]
    return list(changed_parts(comparison))


def echo_changed(where: SigningState, version: int, error: bool = False) -> None:
    for line in changed_words(where, version):
        click.echo(fitted(line, sys.stderr if error else sys.stdout), err=error)


def described(one: Signature) -> str:
    return f"{one.name}, {one.role}," if one.role else one.name


def for_party(one: Signature) -> str:
    return f" for {one.party}" if not same_name(one.party, one.name) else ""


def echo_missing(where: SigningState, place: Place) -> None:
    """Who is still to sign, and the command for each."""
    missing = stopped("Still to sign: " + "; ".join(party.name for party in where.missing))
    echo_steps(place, next_steps(where), f"{missing if where.missing else 'Everybody has signed.'} Next:")
