"""The command that copies pieces of the library into the toolkit, to be changed there."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from ..files.library import lent
from ..text.problems import UserError, did_you_mean, nearest
from .adopting import Copies
from .next_step import Step, echo_steps
from .shared import Place, shown


def adopt(place: Place, names: tuple[str, ...]) -> None:
    copies = Copies(place)
    wrong = list(_wrong(copies, names))
    if wrong:
        raise UserError(" ".join(message for message, _, _ in wrong), instead={word: near for _, word, near in wrong})
    for name in names:
        # Killed in between, there is no copy of which nobody knows where it comes from.
        copies.note(name)
        copies.put(name, copies.theirs(name))
        click.echo(f"Copied {shown(copies.path(name))}")
    echo_steps(place, [Step(("check",), "see that nothing is wrong, once you have changed it")])


def _wrong(copies: Copies, names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with each name, that name, and what could stand there instead."""
    for name in names:
        if name not in lent():
            yield f'The library has no "{name}". {did_you_mean(name, lent())}', name, nearest(name, lent()) or "NAME"
        elif os.path.lexists(copies.path(name)):
            yield f"{shown(copies.path(name))} is there already, and is yours.", name, ""
