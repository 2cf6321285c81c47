"""Checks of agreements: worked examples and partnerships' own."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement.document import answers as answer
from ..files import clock
from ..model.front import Need, RecordFront
from ..model.pieces import Agreement, History, Template, Toolkit
from ..text.days import read_date
from ..text.markup.nodes import Blank, Note
from ..text.problems import Level, Problem, did_you_mean
from .registry import check, check_each
from .walk import answers, defined, key_of, known, line_of, runs

Found = Iterator[Problem]


def level(agreement: Agreement) -> Level:
    """A hole in a draft is a warning; in what is to be agreed it is an error.

    Once a round is closed, its words are kept and stand, whatever the library or an edit did since: a warning again.
    """
    front = agreement.front
    closed = bool(front.rounds and front.rounds[-1].agreed)
    return "warning" if front.status == "draft" or closed else "error"


def template_of(agreement: Agreement, toolkit: Toolkit) -> Template | None:
    return toolkit.template(agreement.front.template)


@check("unknown-template")
def unknown_template(toolkit: Toolkit) -> Found:
    """An agreement says it was made from a template that does not exist, so nothing can be asked of it."""
    templates = known(toolkit, "templates")
    for agreement in toolkit.agreements:
        if agreement.front.template not in templates and not template_of(agreement, toolkit):
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "template"),
                "unknown-template",
                f'There is no template "{agreement.front.template}". '
                + did_you_mean(agreement.front.template, templates),
            )


@check("unknown-section")
def unknown_section(toolkit: Toolkit) -> Found:
    """A heading's id is neither a clause of the library nor one of your own (own-1, own-2, …)."""
    clauses = {identity for identity in known(toolkit, "clauses") if "." not in identity}
    for agreement in toolkit.agreements:
        for section in agreement.sections:
            prefix, _, number = section.id.partition("-")
            own = prefix == "own" and number.isdigit()
            if section.id not in clauses and not own and section.id and section.id == section.id.lower():
                yield Problem(
                    agreement.origin.file,
                    section.line,
                    "unknown-section",
                    f'There is no clause "{section.id}" any more. "groundrules upgrade" says what became of it.'
                    if section.id in agreement.front.taken
                    else f'There is no clause "{section.id}". {did_you_mean(section.id, clauses)} '
                    "A clause of your own has the id own-1, own-2, …",
                    # The library may have had it when these partners took it.
                    "warning" if section.id in agreement.front.taken else "error",
                )


@check("left-out")
def left_out(toolkit: Toolkit) -> Found:
    """The list of clauses that were left out must match the text: each is a clause of the template, and does
    not stand in the agreement. A clause of the template that is in neither place was lost, not left out."""
    clauses = known(toolkit, "clauses")
    for agreement in toolkit.agreements:
        template = template_of(agreement, toolkit)
        if template is None:
            continue
        listed = [entry.id for entry in template.front.clauses if entry.id in clauses]
        standing = {section.id.lower(): section.line for section in agreement.sections}
        for index, identity in enumerate(agreement.front.left_out):
            line = line_of(agreement, "left out", index)
            if identity not in listed:
                yield Problem(
                    agreement.origin.file,
                    line,
                    "left-out",
                    f'"{identity}" is not a clause of the template. {did_you_mean(identity, listed)}',
                    # The template may have had it when these partners left it out.
                    "warning" if agreement.front.taken and identity in clauses else level(agreement),
                )
            elif identity in standing:
                yield Problem(
                    agreement.origin.file,
                    line,
                    "left-out",
                    f'"{identity}" is said to be left out, but stands on line {standing[identity]}.',
                )
        for identity in listed:
            if identity not in standing and identity not in agreement.front.left_out:
                yield Problem(
                    agreement.origin.file,
                    agreement.body_line,
                    "left-out",
                    f'The template\'s clause "{identity}" is missing. Bring it back, or list it under "left out".'
                    if identity in agreement.front.taken or agreement.kind == "examples"
                    else f'The template has a clause "{identity}" that these partners have not decided about yet. '
                    '"groundrules upgrade" offers it.',
                    # What the template learned after it was forked keeps nobody from signing.
                    level(agreement) if not agreement.front.taken or identity in agreement.front.taken else "warning",
                )


@check_each("unknown-answer", Agreement)
def unknown_answer(agreement: Agreement) -> Found:
    """An answer is given to a blank that is not defined, so it would appear nowhere."""
    for key, (name, _) in answers(agreement).items():
        if key not in defined(agreement):
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "answers", name),
                "unknown-answer",
                f'There is no blank "{name}" under "blanks". {did_you_mean(key, defined(agreement))}',
            )


@check_each("bad-answer", Agreement)
def bad_answer(agreement: Agreement) -> Found:
    """An answer does not fit its blank: a date that is none, a choice that is not offered, a column that does
    not exist. Or one blank has two answers."""
    given = answers(agreement)
    twice = set(agreement.front.answers) - {name for name, _ in given.values()}
    for name in twice:
        yield Problem(
            agreement.origin.file,
            line_of(agreement, "answers", name),
            "bad-answer",
            f'"{name}" and "{given[key_of(name)][0]}" are the same blank. Keep one answer of the two.',
        )
    for key, (name, value) in given.items():
        definition = defined(agreement).get(key)
        wrong = answer.misfit(definition, value) if definition else None
        if wrong:
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "answers", name),
                "bad-answer",
                f'"{name}": {wrong}',
            )


@check("unanswered")
def unanswered(toolkit: Toolkit) -> Found:
    """A blank is still open: a warning in a draft, an error once the agreement is agreed. What the template
    needs is named by the check `need` instead, with its reason."""
    for agreement in toolkit.agreements:
        needed = {key_of(one.answer) for one in _needs(agreement, toolkit) if one.answer}
        for key, blank in _open(agreement):
            definition = defined(agreement).get(key)
            if key not in needed:
                asks = definition.ask if definition else f'Add a line "{key}: …" to the front matter.'
                yield Problem(
                    agreement.origin.file,
                    blank.line,
                    "unanswered",
                    f'"{blank.name}" is not answered yet. {asks}',
                    level(agreement),
                )


def _open(agreement: Agreement) -> Iterator[tuple[str, Blank]]:
    """The blanks in the text that nobody has answered, wherever they stand."""
    front = agreement.front
    given = answers(agreement)
    filled = {"parties": front.parties, "title": front.title, "start": front.start, "end": front.end}
    settled = {key for key, value in filled.items() if value}
    for run in runs(agreement):
        for key, blank in run.blanks:
            known_blank = key in filled or key in defined(agreement)
            if known_blank and key not in settled and answer.is_empty(given.get(key, ("", ""))[1]):
                yield key, blank


@check("left-out-reference")
def left_out_reference(toolkit: Toolkit) -> Found:
    """The text refers to a clause that this agreement does not hold, so its reader is sent nowhere."""
    for agreement in toolkit.agreements:
        held = {section.id for section in agreement.sections}
        for run in runs(agreement):
            for node in run.references:
                if node.clause not in held and node.clause in toolkit.clauses:
                    yield Problem(
                        agreement.origin.file,
                        node.line,
                        "left-out-reference",
                        f'This refers to the clause "{node.clause}", which is not in the agreement. '
                        "Bring that clause back, or change the sentence.",
                        level(agreement),
                    )


@check("need")
def need(toolkit: Toolkit) -> Found:
    """The agreement's template says what must be settled, and this is not: a clause is gone, an answer is
    open, nobody holds a role, a date has passed. What is needed stands in the template, under `needs`."""
    clauses = known(toolkit, "clauses")
    for agreement in toolkit.agreements:
        for one in _needs(agreement, toolkit):
            if one.clause and one.clause not in clauses:
                continue
            line = _unmet(agreement, one)
            passed = 0 if line else _passed(agreement, one, toolkit)
            if line:
                yield Problem(agreement.origin.file, line, "need", one.message, level(agreement))
            elif passed:
                # Time does that to every agreement: no reason to stop a build.
                yield Problem(agreement.origin.file, passed, "need", one.message, "warning")


def _needs(agreement: Agreement, toolkit: Toolkit) -> Iterator[Need]:
    """What the template asks of ``agreement``."""
    template = template_of(agreement, toolkit)
    for one in template.front.needs if template else ():
        if one.when != "end" or agreement.front.end:
            yield one


def _unmet(agreement: Agreement, need: Need) -> int:
    """The line at which ``need`` is not met, or 0."""
    front = agreement.front
    if need.contacts:
        for index, party in enumerate(front.parties):
            if not (party.contact or party.organisation or party.role):
                return line_of(agreement, "parties", index)
        return 0 if front.parties else line_of(agreement, "parties")
    if need.clause:
        fits = any(
            section.id == need.clause and need.wording in ("", section.wording) for section in agreement.sections
        )
        return 0 if fits else agreement.body_line
    return _unanswered_need(agreement, need)


def _unanswered_need(agreement: Agreement, need: Need) -> int:
    key = key_of(need.answer)
    name, given = answers(agreement).get(key, (need.answer, ""))
    if answer.is_empty(given):
        return next((blank.line for found, blank in _open(agreement) if found == key), agreement.body_line)
    if need.columns and isinstance(given, list):
        for index, row in enumerate(given):
            if isinstance(row, dict) and any(answer.is_empty(row.get(column)) for column in need.columns):
                return line_of(agreement, "answers", name, index)
    return 0


def _passed(agreement: Agreement, need: Need, toolkit: Toolkit) -> int:
    """The line of a day that must lie ahead and does not, or 0; a review may have set a later one."""
    if not need.future or agreement.front.status == "ended" or agreement.kind == "examples":
        return 0
    name, given = answers(agreement).get(key_of(need.answer), (need.answer, ""))
    day = read_date(given) if isinstance(given, str) else None
    records = toolkit.histories.get(agreement.id, History()).records.values()
    later = [one.front.next for one in records if isinstance(one.front, RecordFront) and one.front.next]
    return line_of(agreement, "answers", name) if day and max(day, *later, day) < clock.today() else 0


@check_each("unexplained-clause", Agreement, level="warning")
def unexplained_clause(example: Agreement) -> Found:
    """A worked example teaches by its notes: each clause has one that says why it is there."""
    for section in example.sections if example.kind == "examples" else ():
        if not any(isinstance(block, Note) for block in section.blocks):
            yield Problem(
                example.origin.file,
                section.line,
                "unexplained-clause",
                f'"{section.title}" has no note. Add "> Why: …" below it.',
                "warning",
            )


@check("needed-clause")
def needed_clause(toolkit: Toolkit) -> Found:
    """A template needs a clause or an answer that it does not itself offer, so no agreement made from it
    could be complete."""
    for template in toolkit.templates.values():
        listed = {entry.id: entry for entry in template.front.clauses}
        offered = {
            key_of(blank)
            for entry in template.front.clauses
            if entry.id in toolkit.clauses
            for blank in toolkit.clauses[entry.id].front.blanks
        }
        # A clause that could not be read may be the one with the blank.
        lost = any(f"/clauses/{entry.id}/" in toolkit.unread for entry in template.front.clauses)
        columns = {
            key_of(name): definition.columns
            for entry in template.front.clauses
            if entry.id in toolkit.clauses
            for name, definition in toolkit.clauses[entry.id].front.blanks.items()
        }
        for index, one in enumerate(template.front.needs):
            line = template.origin.front.line("needs", index)
            if one.clause and one.clause in toolkit.clauses:
                entry = listed.get(one.clause)
                if entry is None:
                    yield Problem(
                        template.origin.file,
                        line,
                        "needed-clause",
                        f'"{one.clause}" is needed but not listed under "clauses". Add it there.',
                    )
                elif entry.optional:
                    yield Problem(
                        template.origin.file,
                        line,
                        "needed-clause",
                        f'"{one.clause}" is needed, so it cannot be optional. Remove one of the two.',
                    )
            if one.answer and key_of(one.answer) not in offered and not lost:
                yield Problem(
                    template.origin.file,
                    line,
                    "needed-clause",
                    f'No clause of this template has a blank "{one.answer}". '
                    + did_you_mean(key_of(one.answer), offered),
                )
            for column in one.columns if key_of(one.answer) in offered else ():
                named = columns.get(key_of(one.answer), {})
                if column not in named:
                    yield Problem(
                        template.origin.file,
                        line,
                        "needed-clause",
                        f'"{one.answer}" has no column "{column}". {did_you_mean(column, named)}',
                    )
