"""The command that closes a round of signing."""

from __future__ import annotations

import click

from ..text.tables import phrase
from . import signing
from .next_step import echo_steps, next_steps
from .shared import Place, echo, in_place, partnership_argument
from .signing_text import going_on, on_option, showing_what_changed
from .workspace import Workspace


@click.command()
@partnership_argument
@on_option
@in_place
def agree(place: Place, name: str, on: str | None) -> None:
    """Close the open round of the partnership NAME: what all have signed is then agreed."""
    workspace = Workspace(place, name)
    with (
        showing_what_changed(place),
        going_on(_nothing_agreed, ("agree", name), place, lambda: signing.stands(workspace)),
        workspace.locked(),
    ):
        before = signing.stands(workspace)
        where = signing.agree(workspace, signing.day_given(on, workspace.agreement.front.language))
    last = where.agreement.front.rounds[-1]
    echo(f"Version {last.version} is agreed, as of {last.agreed}.")
    if before.agreed:
        echo(f"It takes the place of version {before.agreed}, which stays in the history.")
    echo(f"  fingerprint  {where.fingerprint}")
    echo()
    echo_steps(place, next_steps(where))


def _nothing_agreed(following: str) -> str:
    return phrase("nothingAgreed", next=following)
