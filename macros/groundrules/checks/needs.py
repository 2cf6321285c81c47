"""Checks of what a template needs: that each agreement settles it, and that the template itself offers it."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement.document import answers as answer
from ..agreement.document.assemble import clause_in
from ..files import clock
from ..model.front import Need, RecordFront
from ..model.pieces import Agreement, History, Template, Toolkit
from ..model.remember import remember
from ..model.renamed import followed
from ..model.runs import key_of, runs
from ..text.days import read_date
from ..text.markup.nodes import Blank
from ..text.problems import Level, did_you_mean
from .registry import Found, Place, at, check, on_line
from .walk import answers, defined, known


def hole_level(agreement: Agreement) -> Level:
    """The level of a hole: in a draft a warning, in what is to be agreed an error.

    Once a round is closed, its words are kept and stand, whatever the library or an edit did since: a warning again.
    """
    front = agreement.front
    closed = bool(front.rounds and front.rounds[-1].agreed)
    return "warning" if front.status == "draft" or closed else "error"


def needs(agreement: Agreement, toolkit: Toolkit) -> Iterator[Need]:
    """What the template asks of ``agreement``."""
    template = toolkit.template(agreement.front.template)
    for one in template.front.needs if template else ():
        if one.when != "end" or agreement.front.end:
            yield one


@remember
def open_blanks(agreement: Agreement) -> tuple[tuple[str, Blank], ...]:
    """The blanks in the text that nobody has answered, wherever they stand, each with its key."""
    front, given, asked = agreement.front, answers(agreement), defined(agreement)
    filled = {"parties": front.parties, "title": front.title, "start": front.start, "end": front.end}
    settled = {key for key, value in filled.items() if value}
    return tuple(
        (key, blank)
        for run in runs(agreement)
        for key, blank in run.blanks
        if (key in filled or key in asked) and key not in settled and answer.is_empty(given.get(key, ("", ""))[1])
    )


@check("need")
def need(toolkit: Toolkit) -> Found:
    """The agreement's template says what must be settled, and this is not: a clause is gone, an answer is
    open, nobody holds a role, a date has passed. What is needed stands in the template, under `needs`."""
    clauses = known(toolkit, "clauses")
    for agreement in toolkit.agreements:
        for one in needs(agreement, toolkit):
            if one.clause and one.clause not in clauses:
                continue
            if unmet := _unmet(agreement, one, toolkit):
                yield unmet, one.message, hole_level(agreement)
            elif passed := _passed(agreement, one, toolkit):
                # Time does that to every agreement: no reason to stop a build.
                yield passed, one.message, "warning"


def _unmet(agreement: Agreement, need: Need, toolkit: Toolkit) -> Place | None:
    """Where ``need`` is not met."""
    front = agreement.front
    if need.contacts:
        for index, party in enumerate(front.parties):
            if not (party.contact or party.organisation or party.role):
                return at(agreement, "parties", index)
        return None if front.parties else at(agreement, "parties")
    if need.clause:
        renamed = followed(agreement, toolkit)
        fits = any(
            renamed.get(section.id, section.id) == need.clause and need.wording in ("", section.wording)
            for section in agreement.sections
        )
        return None if fits else on_line(agreement, agreement.body_line)
    return _unanswered(agreement, need)


def _unanswered(agreement: Agreement, need: Need) -> Place | None:
    key = key_of(need.answer)
    name, given = answers(agreement).get(key, (need.answer, ""))
    if answer.is_empty(given):
        lines = (blank.line for found, blank in open_blanks(agreement) if found == key)
        return on_line(agreement, next(lines, agreement.body_line))
    if need.columns and isinstance(given, list):
        for index, row in enumerate(given):
            if isinstance(row, dict) and any(answer.is_empty(row.get(column)) for column in need.columns):
                return at(agreement, "answers", name, index)
    return None


def _passed(agreement: Agreement, need: Need, toolkit: Toolkit) -> Place | None:
    """The place of a day that must lie ahead and does not; a review may have set a later one."""
    if not need.future or agreement.front.status == "ended" or agreement.kind == "examples":
        return None
    name, given = answers(agreement).get(key_of(need.answer), (need.answer, ""))
    day = read_date(given) if isinstance(given, str) else None
    records = toolkit.histories.get(agreement.id, History()).records.values()
    later = [one.front.next for one in records if isinstance(one.front, RecordFront) and one.front.next]
    return at(agreement, "answers", name) if day and max(day, *later, day) < clock.today() else None


@check("needed-clause")
def needed_clause(toolkit: Toolkit) -> Found:
    """A template needs a clause or an answer that it does not itself offer, so no agreement made from it
    could be complete."""
    for template in toolkit.templates.values():
        entries = {entry.id: entry for entry in template.front.clauses}
        columns = _columns(template, toolkit)
        # A clause that could not be read may be the one with the blank.
        lost = any(f"/clauses/{identity}/" in toolkit.unread for identity in entries)
        for index, one in enumerate(template.front.needs):
            here = at(template, "needs", index)
            if one.clause and one.clause in toolkit.clauses:
                if one.clause not in entries:
                    yield here, f'"{one.clause}" is needed but not listed under "clauses". Add it there.'
                elif entries[one.clause].optional:
                    yield here, f'"{one.clause}" is needed, so it cannot be optional. Remove one of the two.'
            key = key_of(one.answer)
            if one.answer and key not in columns and not lost:
                near = did_you_mean(key, columns)
                yield here, f'No clause of this template has a blank "{one.answer}". {near}'
            for column in one.columns if key in columns else ():
                if column not in columns[key]:
                    near = did_you_mean(column, columns[key])
                    yield here, f'"{one.answer}" has no column "{column}". {near}'


def _columns(template: Template, toolkit: Toolkit) -> dict[str, list[str]]:
    """The names of the columns of each blank that ``template`` offers, by the blank's key."""
    found = (clause_in(toolkit, entry.id, template.language) for entry in template.front.clauses)
    return {
        key_of(name): list(definition.columns)
        for clause in found
        for name, definition in (clause.front.blanks if clause else {}).items()
    }
