"""The changes of a later library in the pieces that a toolkit copied: shown, and taken where somebody says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import click

from ..agreement.changes.file_parts import Part, compared, updated
from ..agreement.changes.update_compare import version_numbers
from ..files import disk
from ..files.library import KINDS, formerly, lent, library_version
from ..text.problems import Unknown, UserError
from .adopting import Copies
from .next_step import Step, echo_steps
from .shared import Place, shown
from .terminal import say
from .upgrade_text import marked_lines


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in which the library has changed something: its text, and what became of each part."""

    text: str
    parts: list[Part]


def upgrade_library(place: Place, takes: tuple[str, ...], keeps: tuple[str, ...], dry_run: bool) -> None:
    copies = Copies(place)
    if version_numbers(copies.about.library) > version_numbers(library_version()):
        named = f"This toolkit names version {copies.about.library} of the library"
        raise UserError(f"{named}, and {library_version()} is installed. Install a later one first.", again=True)
    waiting = dict(_changed(copies))
    for name in (*takes, *keeps):
        if name not in waiting:
            raise Unknown(f'Nothing waits for you in "{name}".', name, waiting, then=("upgrade", "--library"))
    if both := {*takes} & {*keeps}:
        name = min(both)
        raise UserError(f'"{name}": take it or keep yours, not both.', instead={"--keep": ""})
    for name in dict.fromkeys((*takes, *keeps)) or waiting:
        _show(name, waiting[name].parts)
    _show_news(copies)
    if not dry_run:
        _write(copies, waiting, takes, keeps)
        _end(place, copies, [one for one in waiting if one not in (*takes, *keeps)])


def _changed(copies: Copies) -> Iterator[tuple[str, Copy]]:
    """Each copy in which the library has changed something, by its name."""
    for name in copies.about.adopted:
        if name in lent() and copies.path(name).is_file():
            mine = disk.read(copies.path(name))
            parts = compared(copies.base(name), copies.theirs(name), mine)
            if any(one.open for one in parts):
                yield name, Copy(mine, parts)


def _write(copies: Copies, waiting: Mapping[str, Copy], takes: Iterable[str], keeps: Iterable[str]) -> None:
    for name in dict.fromkeys(takes):
        # Killed in between, what the library changed is still known as such.
        copies.put(name, updated(waiting[name].parts), over=waiting[name].text)
        copies.note(name)
        click.echo(f"Wrote {shown(copies.path(name))}")
    for name in keeps:
        copies.note(name)
        click.echo(f"Left {shown(copies.path(name))} as it is")


def _show(name: str, parts: Iterable[Part]) -> None:
    say(name, bold=True)
    for part in parts:
        if part.both:
            _show_lines(f"{part.name}: both changed this, and yours stays. You changed:", part.base, part.mine)
            _show_lines("The library changed:", part.base, part.theirs)
        elif part.open:
            _show_lines(f"{part.name}:", part.mine, part.theirs)
    say("")


def _show_lines(head: str, was: str, now: str) -> None:
    """What changed between two texts; "…" stands for lines that stay."""
    say(head, "  ")
    before, after = was.split("\n"), now.split("\n")
    shown = [line if line not in before or line not in after else "…" for line in marked_lines(before, after)]
    for line, _ in groupby(shown):
        say(line, "    ")


def _show_news(copies: Copies) -> None:
    for name in copies.about.adopted:
        if name not in lent():
            kind, _, own = name.partition("/")
            now = formerly(kind).get(own) if kind in KINDS else None
            meant = f'It calls that "{kind}/{now}" now.' if now else "Yours stays as it is."
            say(f'The library has no "{name}" any more. {meant}')
    if unseen := copies.unseen():
        say("New in the library. Name what you want in agreements/toolkit.yml, or adopt it:", bold=True)
        for name in unseen:
            say(name, "  ")
        say("")


def _end(place: Place, copies: Copies, left: list[str]) -> None:
    if left:
        take = Step(("upgrade", "--library", "--take", left[0]), "have the library's words where you changed nothing")
        echo_steps(place, [take, Step(("upgrade", "--library", "--keep", left[0]), "leave yours as it is")])
        return
    copies.note_seen()
    click.echo(f"Nothing waits for you. agreements/toolkit.yml names version {library_version()} of the library.")
