"""The command that names every mistake."""

from __future__ import annotations

import click

from .. import checks
from ..checks import load_and_check
from ..text import problems
from ..text.problems import few
from .colour import coloured_problem
from .shared import Place


def check(place: Place, style: str, words: bool) -> None:
    # The check of guidance pages knows the macros that have registered; no other command needs them.
    from ..site import macros  # noqa: F401

    toolkit, found = load_and_check(place.root, place.partnerships)
    if words:
        found = sorted(few({*found, *checks.run(toolkit, on_request=True)}))
    click.echo(problems.as_text(found, coloured_problem) if style == "text" else problems.FORMATS[style](found))
    if words and style == "text":
        click.echo(checks.words.figures(toolkit))
    if problems.errors(found):
        raise click.exceptions.Exit(1)
