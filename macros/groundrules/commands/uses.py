"""The command that says what leads to a piece or a page."""

from __future__ import annotations

import click

from ..checks.uses import uses as places_of
from ..files.library import called, formerly, lent
from ..files.load.folders import load
from ..model.pieces import Toolkit, places
from ..model.renamed import page_now
from ..text.problems import Unknown
from .shared import Place


def uses(place: Place, name: str) -> None:
    # What a macro names is known once the macros have registered.
    from ..site import macros  # noqa: F401

    toolkit = load(place.root, place.partnerships).toolkit
    name = called(name)
    found = places_of(toolkit, name)
    known = {one.removesuffix(".md") for one in places(toolkit)} | {called(one.origin.file) for one in toolkit.pieces}
    if not found and name not in known | {*lent()}:
        raise Unknown(f'Nothing here is called "{name}".', name, known)
    click.echo(_about(toolkit, name, known))
    if found:
        click.echo(f"{len(found)} place{'s lead' if len(found) > 1 else ' leads'} to it:")
    for one in found:
        click.echo(f"  {one.file}:{one.line}{' (from the library)' if one.file in toolkit.borrowed else ''}")
    if not found:
        click.echo("Nothing leads to it.")


def _about(toolkit: Toolkit, name: str, known: set[str]) -> str:
    """Where what is called ``name`` stands, or what it is called now."""
    kind, _, own = name.partition("/")
    now = page_now(toolkit, f"/{name}/").strip("/")
    if now == name and name not in known:
        now = f"{kind}/{formerly(kind).get(own, own)}" if name not in lent() and kind in toolkit.former else name
    if now != name:
        return f"{name} is called {now} now."
    if name not in known:
        return f"{name} is not here{', but the library has it' if name in lent() else ''}."
    file = next((one for one in (f"agreements/{name}.md", f"docs/{name}.md") if one in toolkit.borrowed), "")
    return f"{name} comes from the library." if file else f"{name} is this toolkit's own."
