"""The command that closes a round of signing."""

from __future__ import annotations

from ..text.tables import phrase
from . import signing
from .next_step import echo_steps, next_steps
from .shared import Place, echo
from .signing_text import going_on, showing_what_changed
from .workspace import Workspace


def agree(place: Place, name: str, on: str | None) -> None:
    workspace = Workspace(place, name)
    with (
        showing_what_changed(place),
        going_on(phrase("nothingAgreed", next="").rstrip(), ("agree", name), place, lambda: signing.stands(workspace)),
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
