"""The command that names every mistake."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from .. import checks
from ..checks import load_and_check
from ..checks.uses import stale
from ..model.pieces import Toolkit
from ..text import problems
from ..text.problems import Problem, few
from .leading import about, listed
from .next_step import Step, echo_steps
from .shared import Place
from .terminal_colour import coloured_problem


def check(place: Place, style: str, words: bool) -> None:
    # The check of guidance pages knows the macros that have registered; no other command needs them.
    from ..site import macros  # noqa: F401

    toolkit, found = load_and_check(place.root, place.partnerships)
    if words:
        found = sorted(few({*found, *checks.run(toolkit, on_request=True)}))
    click.echo(problems.as_text(found, coloured_problem) if style == "text" else problems.FORMATS[style](found))
    if style == "text":
        say_what_still_leads(toolkit, found)
    if style == "text" and sys.stdout.isatty():
        say_what_is_next(place, toolkit, found)
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


def say_what_is_next(place: Place, toolkit: Toolkit, found: Sequence[Problem]) -> None:
    """The command for what nobody has answered, which is no mistake."""
    files = {one.file for one in found if one.name == "unanswered"}
    names = [name for name, one in toolkit.partnerships.items() if one.origin.file in files]
    if names:
        echo_steps(place, [Step(("ask", name, "--open"), "answer what is still open") for name in names])
