"""The command that names every mistake."""

from __future__ import annotations

import click

from .. import checks
from ..checks import load_and_check
from ..text import problems
from ..text.problems import few
from .shared import Choice, Place

FORMATS = {"text": problems.as_text, "json": problems.as_json, "github": problems.as_github}


@click.command()
@click.option("--format", "style", type=Choice(list(FORMATS)), default="text", help="How to write what was found.")
@click.option("--words", is_flag=True, help="Look at the words as well: long sentences, hard words, reading age.")
@click.pass_obj
def check(place: Place, style: str, words: bool) -> None:
    """Name every mistake, by file and line. Exits 1 when there is an error."""
    # The check of guidance pages knows the macros that have registered; no other command needs them.
    from ..site import macros  # noqa: F401

    toolkit, found = load_and_check(place.root, place.partnerships)
    if words:
        found = sorted(few({*found, *checks.run(toolkit, on_request=True)}))
    click.echo(FORMATS[style](found))
    if words and style == "text":
        click.echo(checks.words.figures(toolkit))
    if problems.errors(found):
        raise click.exceptions.Exit(1)
