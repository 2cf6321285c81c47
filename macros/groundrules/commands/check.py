"""The command that names every mistake."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from .. import checks
from ..checks import load_and_check
from ..checks.uses import stale
from ..files.load.kept import Cache
from ..model.pieces import Toolkit
from ..text import problems
from ..text.problems import Problem, few
from .leading import about, listed
from .next_step import Step, echo_steps
from .open_questions import by_clause, folded
from .shared import Place, how_far
from .terminal_colour import coloured_problem


def check(place: Place, style: str, words: bool, singly: bool) -> None:
    # The check of guidance pages knows the macros that have registered; no other command needs them.
    from ..site import macros  # noqa: F401

    toolkit, found = load_and_check(place.root, place.partnerships, Cache(say=how_far()))
    if words:
        found = sorted(few({*found, *checks.run(toolkit, on_request=True)}))
    to_a_person = style == "text" and sys.stdout.isatty()
    folds = folded(toolkit, found) if to_a_person and not singly else {}
    hidden = {one for several in folds.values() for one in several}

    def line(one: Problem) -> str:
        return "" if one in hidden else coloured_problem(one)

    click.echo(problems.as_text(found, line) if style == "text" else problems.FORMATS[style](found))
    for name, several in folds.items():
        click.echo(f"\n{several[0].file}: {len(several)} questions are open.")
        click.echo("\n".join(by_clause(toolkit.partnerships[name], several)))
    if style == "text":
        say_what_still_leads(toolkit, found)
    if to_a_person:
        say_what_is_next(place, toolkit, found, bool(folds))
    if words and style == "text":
        click.echo(checks.words.figures(toolkit))
    if problems.errors(found):
        raise click.exceptions.Exit(1)


def say_what_still_leads(toolkit: Toolkit, found: Sequence[Problem]) -> None:
    """In one message what leads to a piece that was removed or renamed, where several places do."""
    for name, still in stale(toolkit, found):
        click.echo(f"\n{about(toolkit, name)} {len(still)} places still lead to it:")
        for line in listed(toolkit, still):
            click.echo(line)


def say_what_is_next(place: Place, toolkit: Toolkit, found: Sequence[Problem], is_folded: bool) -> None:
    """The command for what nobody has answered, which is no mistake."""
    files = {one.file for one in found if one.name == "unanswered"}
    names = [name for name, one in toolkit.partnerships.items() if one.origin.file in files]
    steps = [Step(("ask", name, "--open"), "answer what is still open") for name in names]
    if is_folded:
        steps.append(Step(("check", "--singly"), "see each open question by itself"))
    if steps:
        echo_steps(place, steps)
