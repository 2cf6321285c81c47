"""The command that drafts a record of a review, a report or a concern."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ..agreement.document.nodes import DocumentClause
from ..agreement.review.records import draft_record, form_of, has_place_for_clauses, sets_a_day
from ..agreement.signing.signing_state import signing_state
from ..files import clock, disk
from ..files.load.readers import read_record
from ..files.load.text import opened
from ..files.source import agreement_source
from ..model.pieces import Agreement, RecordForm, Toolkit
from ..text.problems import InvalidFiles, Unknown, UserError, errors
from ..writers.content import filled_in
from ..writers.kinds import writers
from .days import after, day_of
from .next_step import Step, echo_steps
from .shared import Place, already_there, shown
from .terminal import say
from .workspace import Workspace


def record(
    place: Place,
    kind: str,
    name: str,
    day: str | None,
    about: tuple[str, ...],
    following: str | None,
    file_kind: str | None,
) -> None:
    workspace = Workspace(place, name)
    language = workspace.agreement.front.language
    on = day_of("--on", day, language, back=True) if day else clock.today()
    next_day = day_of("--next", following, language) if following else None
    there = workspace.history.records.get(kind)
    if there:
        if not file_kind or day or about or following:
            said = f'The record "{kind}" is already there. All you can do here is write it out, with --to.'
            raise UserError(said, then=("record", kind, name, "--to", file_kind or "docx"))
        written = free(export_path(workspace, there, file_kind))
        write_out(there, file_kind, written, workspace.toolkit)
        click.echo(f"Wrote {shown(written)}.")
        return
    if next_day and next_day <= on:
        raise UserError(f"--next {next_day}: the next review comes after this one, which is on {on}.")
    with workspace.locked():
        path, drafted = draft(workspace, kind, on, about, next_day)
        target = free(export_path(workspace, drafted, file_kind)) if file_kind else None
        path.parent.mkdir(exist_ok=True)
        disk.create(path, agreement_source(drafted))
    if target and file_kind:
        write_out(drafted, file_kind, target, workspace.toolkit)
    click.echo(f"Made {shown(path)}, with {len(drafted.front.blanks)} questions.")
    if target:
        click.echo(f"Wrote {shown(target)}.")
    click.echo("")
    paper = [Step(("record", path.stem, name, "--to", "docx"), "or write it as a Word file")] if not target else []
    echo_steps(place, [Step(("ask", name, "--record", path.stem), "answer one question after the other"), *paper])
    say(f"In an editor, each answer stands in {path.name}, in place of its words in double square brackets.")
    if not next_day and sets_a_day(kind, workspace.agreement, workspace.template, workspace.toolkit):
        say(f'To set the next review there, add a line "next: {after(on, "6m")}" above the second "---".')


def draft(
    workspace: Workspace, kind: str, on: datetime.date, about: Sequence[str], following: datetime.date | None
) -> tuple[Path, Agreement]:
    """Where the new record goes, and the record as it will be read back."""
    kind = workspace.toolkit.now_called("records", kind)
    where = signing_state(workspace.agreement, workspace.history)
    form = one_form(workspace.toolkit, kind, where.in_force.language)
    if about and not has_place_for_clauses(form):
        said = f'A record of the kind "{kind}" is about the whole agreement: leave out --about.'
        raise UserError(said, instead={"--about": ""})
    clauses = [one_clause(where.in_force.clauses, one, workspace.now_called) for one in about]
    made = draft_record(form, kind, where, workspace.toolkit, on, list(dict.fromkeys(clauses)), following)
    path = free_name(workspace.folder / "records", f"{on}-{kind}")
    drafted, found = opened(agreement_source(made), path.as_posix(), read_record)
    if drafted is None or errors(found):
        raise InvalidFiles(errors(found))
    return path, drafted


def one_form(toolkit: Toolkit, kind: str, language: str) -> RecordForm:
    form = form_of(toolkit, kind, language) if "." not in kind else None
    if form is None:
        if f"/records/{kind}/" in toolkit.unread:
            raise UserError(f"agreements/records/{kind}.md cannot be read.", then=("check",))
        kinds = [identity for identity in toolkit.records if "." not in identity]
        raise Unknown(f'There is no kind of record "{kind}".', kind, kinds, kind="KIND")
    return form


def one_clause(clauses: Sequence[DocumentClause], named: str, now_called: Callable[[str], str]) -> str:
    """The id of the clause that is ``named`` by its id, an earlier or present one, or by its number."""
    for clause in clauses:
        if named in (clause.id, str(clause.number)) or now_called(named) == now_called(clause.id):
            return clause.id
    raise Unknown(f'The agreement has no clause "{named}".', named, [one.id for one in clauses], kind="CLAUSE")


def free_name(folder: Path, stem: str) -> Path:
    """A name in ``folder`` that nothing has: the second record of a day ends in ``-2``."""
    number = 1
    while True:
        path = folder / (f"{stem}.md" if number == 1 else f"{stem}-{number}.md")
        if not os.path.lexists(path):
            return path
        number += 1


def export_path(workspace: Workspace, record: Agreement, kind: str) -> Path:
    return Path(f"{workspace.name}-{record.id}.{kind}")


def free(path: Path) -> Path:
    if os.path.lexists(path):
        raise already_there(path, "Move it away, then try again.", again=True)
    return path


def write_out(record: Agreement, kind: str, target: Path, toolkit: Toolkit) -> None:
    disk.create(target, writers()[kind].file(filled_in(record, toolkit)))
