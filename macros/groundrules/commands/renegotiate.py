"""The command that opens another round of signing."""

from __future__ import annotations

import sys

import click

from . import signing
from .next_step import Step, echo_steps, next_steps
from .shared import Place, echo, shown
from .signing_text import going_on
from .terminal_width import fitted
from .workspace import Workspace


def renegotiate(place: Place, name: str, because: str, on: str | None) -> None:
    workspace = Workspace(place, name)
    again = ("renegotiate", name, "--because", because)
    with (
        going_on("No round was opened.", again, place, lambda: signing.stands(workspace)),
        workspace.locked(),
    ):
        done = signing.renegotiate(workspace, because, signing.day_given(on, workspace.agreement.front.language))
    was = done.before
    if was.round and done.lapsed is None:
        echo(f"Round {done.number} was open already, and nobody has signed in it. It now has this reason.")
    else:
        echo(f"Round {done.number} is open.")
    if done.lapsed:
        names = ", ".join(one.signature.name for one in was.signatures(done.lapsed.version)) or "nobody"
        echo(f"Round {done.lapsed.version} has lapsed. It was signed by {names}; these signatures stay in the history,")
        echo("and everybody signs again.")
    if was.agreed:
        echo(f"Version {was.agreed} stays in force until round {done.number} is agreed.")
    echo()
    said = f'Change the words, with "ask" or in {shown(workspace.path)}. Then look at what has changed, and sign.'
    click.echo(fitted(said, sys.stdout))
    steps = next_steps(signing.stands(workspace))
    steps.insert(steps[0].command == "ask", Step(("diff", name), "see what has changed"))
    echo_steps(place, steps)
