"""The command that asks for one answer after the other."""

from __future__ import annotations

from dataclasses import replace

import click

from ..agreement.document.assemble import assemble, open_blanks
from ..agreement.signing.open_round import lapsing, opens_round
from ..agreement.signing.refusals import reason
from ..agreement.signing.signing_state import signing_state
from .interview.about import NEXT_REVIEW, RECORD
from .interview.clause_menu import ClauseMenu
from .interview.clause_text import say_opening
from .interview.interview import Interview
from .next_step import Step, echo_steps, next_steps, signing_steps
from .record_workspace import RecordWorkspace
from .shared import Place, shown
from .terminal import STOPPED, readable, say, typed
from .workspace import Workspace, how_many_open


def ask(place: Place, name: str, only_open: bool, record: str | None) -> None:
    readable()
    if record:
        _ask_record(RecordWorkspace(place, name, record), only_open)
        return
    workspace = Workspace(place, name)
    try:
        if not _may_change(workspace):
            click.echo("Nothing was changed.")
            return
        Interview(workspace, ClauseMenu(workspace).commands, only_open).run()
    except STOPPED:
        _stopped(workspace, "ask", name)
        if open_blanks(assemble(workspace.agreement)):
            return
    where = signing_state(workspace.agreement, workspace.history)
    steps = next_steps(where)
    if any(one.waits for one in steps):
        copy = Step(("export", name, "--to", "docx"), "write a Word file")
        steps += [Step(("check",), "see what is wrong or missing"), copy]
    if where.open_questions:
        steps += [replace(one, why="sign it, once nothing is open") for one in signing_steps(where)[:1]]
    click.echo("")
    echo_steps(place, steps)


def _ask_record(workspace: RecordWorkspace, only_open: bool) -> None:
    name, record = workspace.name, workspace.record
    # It may say that somebody's safety comes first.
    say_opening(workspace.document())
    try:
        Interview(workspace, {}, only_open, NEXT_REVIEW if workspace.asks_next else RECORD).run()
    except STOPPED:
        _stopped(workspace, "ask", name, "--record", record)
        return
    click.echo("")
    steps = [
        Step(("record", record, name, "--to", "docx"), "write it as a Word file"),
        Step(("status", name, "--due", "1y"), "see what falls due"),
        Step(("renegotiate", name, "--because", "Say why."), "change the agreement, if that came of it"),
    ]
    echo_steps(workspace.place, steps)


def _stopped(workspace: Workspace, *again: str) -> None:
    click.echo("")
    say(f"Stopped, {how_many_open(workspace.agreement)}. Everything so far is kept in {shown(workspace.path)}.")
    click.echo(f"Go on with: {workspace.place.line(*again)}")


def _may_change(workspace: Workspace) -> bool:
    """Say what a change means for those who have signed, and ask for its reason; ``False`` if there is none."""
    where = signing_state(workspace.agreement, workspace.history)
    said = lapsing(where)
    if said:
        say(said)
    if not opens_round(where):
        return True
    workspace.reason = reason(typed("Why do you change it? Enter: stop", "A sentence, which stays in the history."))
    return bool(workspace.reason)
