"""Checks of clauses, templates and checklists: that what they name is there, and that somebody has read them."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from ..agreement.document.assemble import clause_in
from ..agreement.document.language import locale
from ..files import clock
from ..model.pieces import Agreement, RecordForm, Template, Toolkit, Written
from ..model.runs import runs
from ..text.markup.nodes import Reference
from ..text.problems import did_you_mean
from .registry import Found, Place, at, check, check_each, in_data, on_line
from .sentences import sentences
from .walk import known


@check("unknown-group")
def unknown_group(toolkit: Toolkit) -> Found:
    """A clause belongs to a group that `agreements/groups.yml` does not list, so no reader would find it."""
    groups = [group.title for group in toolkit.groups]
    if "groups.yml" in toolkit.unread:
        return
    for clause in toolkit.clauses.values():
        name = clause.front.group
        if name not in groups and not clause.language:
            yield at(clause, "group"), f'There is no group "{name}". {did_you_mean(name, groups)}'


@check("unknown-source")
def unknown_source(toolkit: Toolkit) -> Found:
    """A source is named that `agreements/sources.yml` does not hold, so nobody could look it up."""
    if "sources.yml" in toolkit.unread:
        return
    for piece in toolkit.pieces:
        for index, source in enumerate(getattr(piece.front, "sources", ())):
            if source not in toolkit.sources:
                near = did_you_mean(source, toolkit.sources)
                yield at(piece, "sources", index), f'There is no source "{source}". {near}'


@check("unknown-element")
def unknown_element(toolkit: Toolkit) -> Found:
    """A clause names an element of an agreement that is not a row of `agreements/elements.csv`."""
    if "elements.csv" in toolkit.unread:
        return
    for clause in toolkit.clauses.values():
        for index, element in enumerate(clause.front.elements):
            if element not in toolkit.elements:
                near = did_you_mean(element, toolkit.elements)
                yield at(clause, "elements", index), f'There is no row "{element}". {near}'


@check("uncovered-element", "warning")
def uncovered_element(toolkit: Toolkit) -> Found:
    """No clause covers this row of `agreements/elements.csv`, though published references name it."""
    if known(toolkit, "clauses") != set(toolkit.clauses):
        return
    covered = {element for clause in toolkit.clauses.values() for element in clause.front.elements}
    for element in toolkit.elements.values():
        if element.name not in covered:
            wrong = f'No clause covers "{element.name}". Name it under "elements" in the clause that does.'
            yield Place("agreements/elements.csv", element.line), wrong


@check("unknown-source-key")
def unknown_source_key(toolkit: Toolkit) -> Found:
    """A source has a `key` that is no column of `agreements/elements.csv`, so its column is lost."""
    if "elements.csv" in toolkit.unread:
        return
    for name, source in toolkit.sources.items():
        if source.key and source.key not in toolkit.keys:
            wrong = f'There is no column "{source.key}". {did_you_mean(source.key, toolkit.keys)}'
            yield in_data(toolkit, "sources.yml", name, "key"), wrong


@check("unknown-clause")
def unknown_clause(toolkit: Toolkit) -> Found:
    """A template, a checklist, a form or a reference names a clause that is not in the library."""
    clauses = {identity for identity in known(toolkit, "clauses") if "." not in identity}
    for place, name in _clauses_named(toolkit):
        if toolkit.now_called("clauses", name) not in clauses:
            yield place, f'There is no clause "{name}". {did_you_mean(name, clauses)}'


def _clauses_named(toolkit: Toolkit) -> Iterator[tuple[Place, str]]:
    """The id of each clause that is named, own clauses of agreements aside, and where."""
    for template in toolkit.templates.values():
        for index, entry in enumerate(template.front.clauses):
            yield at(template, "clauses", index, "id"), entry.id
        for index, need in enumerate(template.front.needs):
            if need.clause:
                yield at(template, "needs", index, "clause"), need.clause
    for piece in toolkit.pieces:
        if isinstance(piece, RecordForm) and piece.origin.file in toolkit.borrowed:
            continue  # The library's forms ask of more clauses than every toolkit has.
        own = {section.id for section in piece.sections} if isinstance(piece, Agreement) else set()
        for run in runs(piece):
            for node in run.references:
                if node.clause and node.clause not in own:
                    yield on_line(piece, node.line), node.clause


@check("unknown-wording")
def unknown_wording(toolkit: Toolkit) -> Found:
    """A template or an agreement asks for a wording that its clause does not have."""
    for template in toolkit.templates.values():
        for index, entry in enumerate(template.front.clauses):
            if wrong := _no_wording(toolkit, template, entry.id, entry.wording):
                yield at(template, "clauses", index, "wording"), wrong
        for index, need in enumerate(template.front.needs):
            if wrong := _no_wording(toolkit, template, need.clause, need.wording):
                yield at(template, "needs", index, "wording"), wrong
    for agreement in toolkit.agreements:
        for section in agreement.sections:
            if wrong := _no_wording(toolkit, agreement, section.id, section.wording):
                # The library may have had this wording when these partners took it.
                taken = section.id in agreement.front.taken
                yield on_line(agreement, section.line), wrong, "warning" if taken else "error"


def _no_wording(toolkit: Toolkit, piece: Written, identity: str, wording: str) -> str:
    clause = clause_in(toolkit, identity, piece.language)
    # A wording without its id may be the one; that it has none was said already.
    if not clause or not clause.wordings or not wording or wording in clause.wordings or "" in clause.wordings:
        return ""
    return f'The clause "{identity}" has no wording "{wording}". {did_you_mean(wording, clause.wordings)}'


@check_each("repeated-clause", Template)
def repeated_clause(template: Template) -> Found:
    """A template lists the same clause twice; in an agreement a clause stands once."""
    seen: set[str] = set()
    for index, entry in enumerate(template.front.clauses):
        if entry.id in seen:
            yield at(template, "clauses", index), f'"{entry.id}" is listed twice. Keep one of the two.'
        seen.add(entry.id)


@check("missing-reference")
def missing_reference(toolkit: Toolkit) -> Found:
    """A template's preamble or one of its wordings refers to a clause that the template does not hold, so
    every agreement made from it would have a hole."""
    for template in toolkit.templates.values():
        held = {entry.id for entry in template.front.clauses}

        def gone(references: tuple[Reference, ...], held: set[str] = held) -> Iterator[Reference]:
            return (one for one in references if one.clause not in held and one.clause in toolkit.clauses)

        for run in runs(template):
            for node in gone(run.references):
                yield (
                    on_line(template, node.line),
                    f'This refers to the clause "{node.clause}", which is not in this template. '
                    "Add it, or change the sentence.",
                )
        for index, entry in enumerate(template.front.clauses):
            clause = clause_in(toolkit, entry.id, template.language)
            for run in runs(clause) if clause else ():
                for node in gone(run.references) if run.fillable and run.name == entry.wording else ():
                    yield (
                        at(template, "clauses", index),
                        f'The wording "{entry.wording}" of "{entry.id}" refers to the clause '
                        f'"{node.clause}", which is not in this template. Add it, or choose another wording.',
                    )


@check_each("unknown-language")
def unknown_language(piece: Written) -> Found:
    """A language is named that does not exist, so nobody could write its dates or read it out."""
    language = piece.language or str(piece.origin.front.data.get("language", ""))
    if language and not locale(language):
        yield at(piece, "language"), f'"{language}" is not a language. Write it like "en-GB", "cy" or "ar".'


@check("review-due", "warning")
def review_due(toolkit: Toolkit) -> Found:
    """Nobody has read this page through for more than a year, so it may no longer be right."""
    for piece in toolkit.pieces:
        reviewed = getattr(piece.front, "reviewed", None)
        if reviewed and reviewed < _a_year_ago():
            wrong = f'Last reviewed on {reviewed}. Read it through, then set "reviewed" to today.'
            yield at(piece, "reviewed"), wrong


@check("looked-up", "warning", on_request=True)
def looked_up(toolkit: Toolkit) -> Found:
    """A source, such as a law, was looked up more than a year ago and may say something else by now. That is read in
    `seen` in `agreements/sources.yml`, and in words such as "looked up on 28 November 2026". Runs with `--words`
    only."""
    for key, source in toolkit.sources.items():
        if source.seen < _a_year_ago():
            wrong = f'Last looked up on {source.seen}. Look again, then set "seen" to today.'
            yield in_data(toolkit, "sources.yml", key, "seen"), wrong
    for sentence in sentences(toolkit):
        for day in _LOOKED.findall(sentence.text):
            if datetime.datetime.strptime(day, "%d %B %Y").date() < _a_year_ago():
                yield sentence, f"Last looked up on {day}. Look again, then change the day."


_MONTHS = "|".join(calendar.month_name[1:])
_LOOKED = re.compile(rf"\blooked (?:[a-z]+ ){{0,4}}on (\d{{1,2}} (?:{_MONTHS}) \d{{4}})", re.I)


def _a_year_ago() -> datetime.date:
    return clock.today() - datetime.timedelta(days=366)
