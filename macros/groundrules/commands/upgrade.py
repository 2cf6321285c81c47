"""The command that keeps a fork up with its template: it proposes, and people decide."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..agreement.changes.update_apply import Choice, choices
from ..agreement.changes.update_compare import Proposal, is_older, proposals
from ..agreement.changes.update_write import refuse_loss
from ..agreement.document.fork import VERSION
from ..files import disk
from ..files.load.folders import load
from ..text.tables import phrase
from . import upgrade_decisions
from .shared import Place, already_there, needed, refuse_beside, refuse_broken, refuse_no_folder, shown
from .terminal import STOPPED, readable, say
from .upgrade_session import Session, mend
from .upgrade_text import said
from .upgrading_library import upgrade_library
from .workspace import Workspace


def upgrade(
    place: Place,
    name: str | None,
    of_library: bool,
    dry_run: bool,
    file: Path | None,
    form_file: Path | None,
    takes: tuple[str, ...],
    drops: tuple[str, ...],
    keeps: tuple[str, ...],
    because: str,
) -> None:
    if of_library:
        others = {"--decisions": file, "--write-decisions": form_file, "--take-and-drop": drops, "--because": because}
        refuse_beside("--library", others | {name or "": name})
        upgrade_library(place, takes, keeps, dry_run)
        return
    readable()
    workspace = Workspace(place, needed(name))
    if workspace.agreement.front.status == "ended":
        click.echo("This agreement has ended, so there is nothing to keep up with.")
        return
    if is_older(workspace.agreement, workspace.toolkit):
        noted, here = workspace.agreement.front.taken[VERSION], workspace.toolkit.about.words_version
        click.echo(phrase("olderLibrary", noted=noted, here=here))
        return
    refuse_broken(load(place.root, place.partnerships, workspace.cache).problems, sources(workspace))
    found = proposals(workspace.agreement, workspace.history.taken, workspace.toolkit)
    open_ones = [one for one in found if choices(one)]
    if not dry_run and mend(workspace, found) and not open_ones:
        # Whoever runs a command again that was cut off has decided all this before.
        say("Everything was decided, and stands in agreement.md.")
        return
    options: list[tuple[Choice, tuple[str, ...]]] = [("take", takes), ("take and drop", drops), ("keep", keeps)]
    before = upgrade_decisions.from_file(str(file), disk.read(file), found) if file else {}
    decisions = upgrade_decisions.from_options(options, found, before)
    given = file is not None or any(clauses for _, clauses in options)
    session = Session(workspace, found, decisions, because)
    if form_file and open_ones:
        write_form(form_file, open_ones)
    elif given and not dry_run:
        session.finish()
    elif dry_run or not at_a_terminal():
        show(session, given)
    else:
        try:
            session.go_through()
        except STOPPED:
            click.echo("")
            click.echo("Stopped. Nothing was changed.")
            return
        session.finish()


def show(session: Session, given: bool) -> None:
    """Show what there is to decide, and what would come of the decisions that were ``given``."""
    session.show_all()
    if given:
        refuse_loss(session.outcome(session.decisions), session.decisions)
        session.say_done(session.decisions)
        say("Nothing was changed: this was a dry run.")
    elif session.open:
        session.say_how()
    if not session.has_base():
        raise click.exceptions.Exit(1)


def at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def sources(workspace: Workspace) -> set[str]:
    """The files of the library that the agreement is compared with."""
    entries = [entry.id for entry in workspace.template.front.clauses]
    here = {*entries, *(section.id for section in workspace.agreement.sections)}
    known = {clause.origin.file for one in here if (clause := workspace.clause(one))}
    return {workspace.template.origin.file, *known, *(f"agreements/clauses/{one}.md" for one in here)}


def write_form(path: Path, open_ones: Sequence[Proposal]) -> None:
    if path.exists():
        raise already_there(path, "Choose another name.", instead={"--write-decisions": "FILE"})
    refuse_no_folder(path)
    form = upgrade_decisions.form(open_ones, {one.clause: f"{one.title}: {said(one)}" for one in open_ones})
    disk.create(path, form)
    click.echo(f"Wrote {shown(path)}. Fill it in, and name it with --decisions.")
