"""The command that says what leads to a piece or a page."""

from __future__ import annotations

import click

from ..checks.uses import known
from ..checks.uses import uses as places_of
from ..files.library import called, lent
from ..files.load.folders import load
from ..text.problems import Unknown
from .leading import about, listed
from .shared import Place, refuse_broken


def uses(place: Place, name: str) -> None:
    # What a macro names is known once the macros have registered.
    from ..site import macros  # noqa: F401

    loaded = load(place.root, place.partnerships)
    refuse_broken(loaded.problems, set())
    toolkit = loaded.toolkit
    name = called(name)
    found, here = places_of(toolkit, name), known(toolkit)
    if not found and name not in here | {*lent()}:
        raise Unknown(f'Nothing here is called "{name}".', name, here)
    click.echo(about(toolkit, name))
    if found:
        click.echo(f"{len(found)} place{'s lead' if len(found) > 1 else ' leads'} to it:")
    for line in listed(toolkit, found):
        click.echo(line)
    if not found:
        click.echo("Nothing leads to it.")
