"""The command that lists the partnerships: where each stands, and what falls due."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..files.load.folders import load
from ..files.load.kept import Cache
from ..text.problems import Unknown
from .days import after, day_or_today
from .next_step import echo_steps
from .shared import Place, echo_json, how_far, partnership_name, refuse_broken
from .status_text import Entry, as_data, as_text, due_as_text, entries, needs_somebody
from .terminal_width import fitted, width_of


def status(place: Place, names: tuple[str, ...], span: str | None, day: str | None, style: str) -> None:
    on = day_or_today("--on", day)
    until = after(on, span) if span is not None else None
    loaded = load(place.root, place.partnerships, Cache(say=how_far()))
    refuse_broken(loaded.problems, set())
    found = chosen(entries(loaded, place.root, place.folder), names)
    if style == "json":
        echo_json(as_data(found, on, until))
    elif not found:
        click.echo("There are no partnerships here yet. To make one:")
        click.echo(f"  {place.line('new', 'TEMPLATE', 'NAME')}")
        templates = [one for one in loaded.toolkit.templates if "." not in one]
        click.echo(fitted(f"The templates are: {', '.join(templates)}.", sys.stdout))
    elif until:
        click.echo(due_as_text(found, on, until))
    else:
        click.echo(as_text(found, on, place, width_of(sys.stdout)))
        if len(found) == len(names) == 1 and not found[0].next_step(on):
            click.echo("")
            echo_steps(place, found[0].steps(on))
    if needs_somebody(found, on):
        raise click.exceptions.Exit(1)


def chosen(found: list[Entry], names: Sequence[str]) -> list[Entry]:
    wanted = [partnership_name(name.strip("/")) for name in names]
    known = {entry.name: entry for entry in found}
    for name in wanted:
        if name not in known:
            raise Unknown(f'There is no partnership "{name}".', name, known, then=("status",))
    return [known[name] for name in dict.fromkeys(wanted)] if wanted else found
