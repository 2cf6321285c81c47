"""Checks of agreements: worked examples and partnerships' own."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement.document import answers as answer
from ..model.front import Answer
from ..model.pieces import Agreement, Toolkit
from ..model.renamed import followed
from ..model.runs import key_of, runs
from ..text.markup.nodes import Note
from ..text.problems import did_you_mean
from ..text.tables import phrase
from .needs import hole_level, needs, open_blanks
from .registry import Found, at, check, check_each, on_line
from .walk import answers, defined, known


@check("unknown-template")
def unknown_template(toolkit: Toolkit) -> Found:
    """An agreement says it was made from a template that does not exist, so nothing can be asked of it."""
    templates = known(toolkit, "templates")
    for agreement in toolkit.agreements:
        name = agreement.front.template
        if name not in templates and not toolkit.template(name):
            yield at(agreement, "template"), f'There is no template "{name}". {did_you_mean(name, templates)}'


@check("unknown-section")
def unknown_section(toolkit: Toolkit) -> Found:
    """A heading's id is neither a clause of the library nor one of your own (own-1, own-2, …)."""
    clauses = {identity for identity in known(toolkit, "clauses") if "." not in identity}
    for agreement in toolkit.agreements:
        renamed = followed(agreement, toolkit)
        for section in agreement.sections:
            prefix, _, number = section.id.partition("-")
            own = prefix == "own" and number.isdigit()
            if (
                section.id in clauses
                or section.id in renamed
                or own
                or not section.id
                or section.id != section.id.lower()
            ):
                continue
            here = on_line(agreement, section.line)
            if section.id in agreement.front.taken:
                # The library had it when these partners took it.
                gone = f'There is no clause "{section.id}" any more. "groundrules upgrade" says what became of it.'
                yield here, gone, "warning"
            else:
                near = did_you_mean(section.id, clauses)
                advice = "A clause of your own has the id own-1, own-2, …"
                yield here, f'There is no clause "{section.id}". {near} {advice}'


@check("left-out")
def left_out(toolkit: Toolkit) -> Found:
    """The list of clauses that were left out must match the text: each is a clause of the template, and does
    not stand in the agreement. A clause of the template that is in neither place was lost, not left out."""
    clauses = known(toolkit, "clauses")
    for agreement in toolkit.agreements:
        template = toolkit.template(agreement.front.template)
        if template is None:
            continue
        front = agreement.front
        listed = [entry.id for entry in template.front.clauses if entry.id in clauses]
        renamed = followed(agreement, toolkit)
        standing = {renamed.get(one.id, one.id.lower()): one.line for one in agreement.sections}
        left_out = [renamed.get(one, one) for one in front.left_out]
        for index, identity in enumerate(left_out):
            here = at(agreement, "left out", index)
            if identity not in listed:
                wrong = f'"{identity}" is not a clause of the template. {did_you_mean(identity, listed)}'
                # The template may have had it when these partners left it out.
                yield here, wrong, "warning" if front.taken and identity in clauses else hole_level(agreement)
            elif identity in standing:
                yield here, f'"{identity}" is said to be left out, but stands on line {standing[identity]}.'
        for identity in listed:
            if identity not in standing and identity not in left_out:
                lost = identity in front.taken or agreement.kind == "examples"
                yield (
                    on_line(agreement, agreement.body_line),
                    f'The template\'s clause "{identity}" is missing. Bring it back, or list it under "left out".'
                    if lost
                    else f'The template has a clause "{identity}" that these partners have not decided about yet. '
                    '"groundrules upgrade" offers it.',
                    # What the template learned after it was forked keeps nobody from signing.
                    hole_level(agreement) if not front.taken or identity in front.taken else "warning",
                )


@check_each("unknown-answer", Agreement)
def unknown_answer(agreement: Agreement) -> Found:
    """An answer is given to a blank that is not defined, so it would appear nowhere."""
    for key, (name, _) in answers(agreement).items():
        if key not in defined(agreement):
            near = did_you_mean(key, defined(agreement))
            yield at(agreement, "answers", name), f'There is no blank "{name}" under "blanks". {near}'


@check_each("bad-answer", Agreement)
def bad_answer(agreement: Agreement) -> Found:
    """An answer does not fit its blank: a date that is none, a choice that is not offered, a column that does
    not exist. Or one blank has two answers."""
    given = answers(agreement)
    twice = set(agreement.front.answers) - {name for name, _ in given.values()}
    for name in twice:
        other = given[key_of(name)][0]
        yield at(agreement, "answers", name), f'"{name}" and "{other}" are the same blank. Keep one answer of the two.'
    for key, (name, value) in given.items():
        definition = defined(agreement).get(key)
        wrong = answer.misfit(definition, value) if definition else None
        if wrong:
            yield at(agreement, "answers", name), f'"{name}": {wrong}'


@check_each("joined-lines", Agreement, level="warning")
def joined_lines(agreement: Agreement) -> Found:
    """An answer that is one line of words, an entry of a list or a cell of a table has a line break in it. It becomes
    a space everywhere, so two lines of an address, say, read as one."""
    for key, (name, value) in answers(agreement).items():
        definition = defined(agreement).get(key)
        several = isinstance(value, str) and definition and definition.blank_type.structure == "paragraphs"
        if definition and not several and any("\n" in one.strip() for one in _texts(value)):
            yield at(agreement, "answers", name), phrase("joinedLines", name=name)


def _texts(value: Answer) -> Iterator[str]:
    for one in [value] if isinstance(value, str) else value:
        yield from [one] if isinstance(one, str) else one.values()


@check("unanswered")
def unanswered(toolkit: Toolkit) -> Found:
    """A blank is still open: a warning in a draft, an error once the agreement is agreed. What the template
    needs is named by the check `need` instead, with its reason."""
    for agreement in toolkit.agreements:
        needed = {key_of(one.answer) for one in needs(agreement, toolkit) if one.answer}
        for key, blank in open_blanks(agreement):
            definition = defined(agreement).get(key)
            if key not in needed:
                asks = definition.ask if definition else f'Add a line "{key}: …" to the front matter.'
                yield (
                    on_line(agreement, blank.line),
                    f'"{blank.name}" is not answered yet. {asks}',
                    hole_level(agreement),
                )


@check("left-out-reference")
def left_out_reference(toolkit: Toolkit) -> Found:
    """The text refers to a clause that this agreement does not hold, so its reader is sent nowhere."""
    for agreement in toolkit.agreements:
        held = {section.id for section in agreement.sections}
        earlier = {new: old for old, new in followed(agreement, toolkit).items() if old in held}
        for run in runs(agreement):
            for node in run.references:
                if node.clause not in held and toolkit.clause(node.clause):
                    old = earlier.get(node.clause)
                    wrong = (
                        f'This agreement still calls the clause "{node.clause}" by its earlier id. Write [[#{old}]], '
                        'or let "groundrules upgrade" write the new id.'
                        if old
                        else f'This refers to the clause "{node.clause}", which is not in the agreement. '
                        "Bring that clause back, or change the sentence."
                    )
                    yield on_line(agreement, node.line), wrong, hole_level(agreement)


@check_each("unexplained-clause", Agreement, level="warning")
def unexplained_clause(example: Agreement) -> Found:
    """A worked example teaches by its notes: each clause has one that says why it is there."""
    for section in example.sections if example.kind == "examples" else ():
        if not any(isinstance(block, Note) for block in section.blocks):
            yield on_line(example, section.line), f'"{section.title}" has no note. Add "> Why: …" below it.'
