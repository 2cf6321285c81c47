"""A fork of a template: an agreement with the full wording and its own definitions.

Everything here is a pure function of the library, the choices and the answers. The page in the browser does
the same in JavaScript, and must come to the same bytes; ``docs/project/commands.md`` states the form.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...files.source import agreement_source, heading
from ...model.front import BlankDefinition, Need, Party, TemplateClause
from ...model.pieces import Agreement, Section, Template, Toolkit, definitions
from ...text.markup.nodes import blank_key
from .answers import entries, is_empty, settled
from .assemble import clause_in, draft

# Among what an agreement notes as taken: the version of the library. No clause has such an id.
VERSION = "library version"


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices for a fork; without ``clauses``, the template's own."""

    # What the entries of its calendar are known by.
    id: str = ""
    title: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    parties: tuple[Party, ...] = ()
    # The id and the wording of each clause, in order.
    clauses: tuple[tuple[str, str], ...] | None = None
    left_out: tuple[str, ...] = ()
    # By key of the blank, as they were given.
    answers: Mapping[str, Any] = field(default_factory=dict)
    # Answers of a worked example, by key of the blank: they become hints.
    hints: Mapping[str, Any] = field(default_factory=dict)


def taken(template: Template, toolkit: Toolkit, choices: Choices) -> Agreement:
    """The library text that a fork takes: clauses, wordings and definitions, and nobody's answers."""
    if choices.clauses is not None:
        chosen = tuple(TemplateClause(id=clause, wording=wording) for clause, wording in choices.clauses)
        template = replace(template, front=template.front.model_copy(update={"clauses": chosen}))
    return draft(template, toolkit)


def make(template: Template, toolkit: Toolkit, choices: Choices) -> Agreement:
    """The agreement that partners start from."""
    library = taken(template, toolkit, choices)
    version = toolkit.about.words_version
    blanks = {
        name: hinted(definition, choices.hints[blank_key(name)]) if blank_key(name) in choices.hints else definition
        for name, definition in library.front.blanks.items()
    }
    given = {name: settled(blanks[name], choices.answers.get(blank_key(name), "")) for name in blanks}
    front = library.front.model_copy(
        update={
            "id": choices.id,
            "title": choices.title or library.front.title,
            "start": choices.start,
            "end": choices.end,
            "parties": choices.parties,
            "blanks": blanks,
            "answers": {name: answer for name, answer in given.items() if answer},
            "left_out": choices.left_out,
            "taken": ({VERSION: version} if version else {}) | digests(library),
        }
    )
    return replace(library, front=front)


def files(template: Template, toolkit: Toolkit, choices: Choices) -> dict[str, str]:
    """The files of a new partnership, by name."""
    return {
        "agreement.md": agreement_source(make(template, toolkit, choices)),
        "taken.md": agreement_source(taken(template, toolkit, choices)),
    }


def digests(library: Agreement) -> dict[str, str]:
    """The digests for ``taken``: of the preamble, and of each clause with its heading."""
    found = {"preamble": text_digest(library.preamble_text)} if library.preamble_text else {}
    return found | {section.id: digest(section) for section in library.sections}


def digest(section: Section) -> str:
    return text_digest(f"{heading(section)}\n\n{section.text}")


def text_digest(text: str) -> str:
    return hashlib.sha256(f"{text}\n".encode("utf-8", "surrogatepass")).hexdigest()


def hinted(definition: BlankDefinition, answer: Any) -> BlankDefinition:
    """``definition`` with somebody's ``answer`` as its example."""
    if is_empty(answer):
        return definition
    if definition.blank_type.structure != "table":
        words = "; ".join(entries(answer))
        return definition.model_copy(update={"example": words})
    row = next((row for row in answer if isinstance(row, dict) and not is_empty(row)), {})
    columns = {
        name: column.model_copy(update={"example": row[name]}) if row.get(name) else column
        for name, column in definition.columns.items()
    }
    return definition.model_copy(update={"columns": columns})


def why_needed(template: Template, toolkit: Toolkit, identity: str) -> str:
    """Why a clause of ``template`` may not be left out; empty where it may."""
    entry = next((entry for entry in template.front.clauses if entry.id == identity), None)
    if entry is None or entry.optional:
        return ""
    clause = clause_in(toolkit, identity, template.language)
    blanks = definitions(clause.front.blanks) if clause else {}

    def about(need: Need) -> bool:
        return need.clause == identity or blank_key(need.answer) in blanks

    return next(
        (need.message for need in template.front.needs if about(need)), "The template does not make it optional."
    )
