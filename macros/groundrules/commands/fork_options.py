"""The choices that people make on the command line when they fork a template, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from ..agreement.document.assemble import clause_in
from ..agreement.document.fork import Choices, taken, why_needed
from ..model.front import Party
from ..model.pieces import Agreement, Clause, Template, Toolkit, definitions
from ..text.markup.nodes import blank_key
from ..text.problems import Unknown, UserError, did_you_mean
from ..text.tables import phrase
from .days import day_of, with_days
from .option_files import read_lines
from .shared import pairs
from .typed_values import party, reason_against, refuse_text, texts_in

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED_NAME = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_LONGEST_NAME = 60


def check_name(name: str) -> None:
    """Refuse ``name`` where no partnership's folder may be called so; raises ``UserError``."""
    if _ID.fullmatch(name) and not _RESERVED_NAME.fullmatch(name) and len(name) <= _LONGEST_NAME:
        return
    if len(name) > _LONGEST_NAME:
        said = f"This name has {len(name)} characters; {_LONGEST_NAME} is the most. The title may be longer."
        raise UserError(said, instead={name: "NAME"})
    near = "-".join(re.findall("[a-z0-9]+", name.lower()))
    if not near or _RESERVED_NAME.fullmatch(near):
        near = f"{near}-partnership".strip("-")
    raise UserError(
        f'"{name}" cannot be the name of a folder that every computer can hold. '
        f'Use small letters a to z, digits and single hyphens, such as "{near}".',
        instead={name: near},
    )


class ForkOptions:
    """Gathers what a fork of ``template`` is to be; each method refuses what cannot be."""

    def __init__(self, template: Template, toolkit: Toolkit) -> None:
        self.template = template
        self.toolkit = toolkit
        self.choices = Choices()
        self.wordings = {entry.id: entry.wording for entry in template.front.clauses}
        self.left_out: list[str] = []
        self.given: dict[str, Any] = {}

    def like(self, example: Agreement) -> list[str]:
        """Take over an example's clauses and wordings. Returns the titles of those that stay behind.

        A clause of the example's own stays: its text names its own people, days and places.
        """
        if example.front.template != self.template.id:
            raise UserError(
                f'The example "{example.id}" was made from the template "{example.front.template}", '
                f'not from "{self.template.id}". Fork that template instead.',
                instead={self.template.id: example.front.template},
            )
        behind = []
        wordings = {}
        for section in example.sections:
            clause = self.toolkit.clauses.get(section.id)
            if clause and section.wording in clause.wordings:
                wordings[section.id] = section.wording
            else:
                behind.append(section.title)
        self.left_out = [entry.id for entry in self.template.front.clauses if entry.id not in wordings]
        self.wordings = wordings
        self.choices = replace(
            self.choices, hints={blank_key(name): given for name, given in example.front.answers.items()}
        )
        return behind

    def word(self, clause: str, wording: str) -> None:
        clause = self.toolkit.now_called("clauses", clause)
        if clause not in self.wordings:
            known = "was left out" if clause in self.left_out else "is not a clause of this template"
            raise Unknown(f'--wording: "{clause}" {known}.', clause, self.wordings, kind="CLAUSE")
        library = self.clause(clause)
        known_wordings = library.wordings if library else {}
        if wording not in known_wordings:
            said = f'--wording: "{clause}" has no wording "{wording}".'
            raise Unknown(said, wording, known_wordings, kind="WORDING")
        self.wordings[clause] = wording

    def leave_out(self, clause: str) -> None:
        clause = self.toolkit.now_called("clauses", clause)
        listed = {entry.id: entry for entry in self.template.front.clauses}
        if clause in self.left_out:
            return
        if clause not in self.wordings:
            raise Unknown(f'--without: "{clause}" is not a clause of this template.', clause, listed, kind="CLAUSE")
        if clause in listed:
            reason = why_needed(self.template, self.toolkit, clause)
            if reason:
                raise UserError(
                    f'--without: this template needs the clause "{clause}". {reason} '
                    "You can still leave it out later, with groundrules ask; the check will then name it.",
                    instead={"--without": ""},
                )
            self.left_out.append(clause)
        del self.wordings[clause]

    def clause(self, identity: str) -> Clause | None:
        return clause_in(self.toolkit, identity, self.template.language)

    # --- answers ---

    def library(self) -> Agreement:
        return taken(self.template, self.toolkit, self.made())

    def set_words(self, words: Sequence[str]) -> None:
        """Take answers given as ``blank=answer``, any number of them; a list has one for each entry."""
        known = definitions(self.library().front.blanks)
        seen: dict[str, list[str]] = {}
        for name, value in pairs("--set", words, "blank=answer"):
            seen.setdefault(blank_key(name), []).append(value)
        for key, values in seen.items():
            definition = known.get(key)
            structure = definition.blank_type.structure if definition else ""
            if structure == "table":
                raise UserError(
                    f'--set "{key}": its answer is a table. Put it into a file for --answers, or use groundrules ask.',
                    instead={"--set": ""},
                )
            if len(values) > 1 and structure != "list":
                raise UserError(f'--set "{key}": this is set twice. Keep one of them.')
            self.set(key, values if structure == "list" else values[0], f'--set "{key}"')

    def set(self, name: str, value: Any, where: str) -> None:
        key = blank_key(name)
        if key in ("title", "start", "end"):
            self.set_front(key, value, where)
            return
        known = definitions(self.library().front.blanks)
        if key == "parties":
            raise UserError(f"{where}: name each party with --party.", instead={"--set": "", "--party": "PARTY"})
        if key not in known:
            raise UserError(f"{where}: {self.unknown(key, [*known, 'title', 'start', 'end'])}")
        value = with_days(known[key], value, self.template.front.language, where)
        wrong = reason_against(known[key], value)
        if wrong:
            raise UserError(f"{where}: {wrong}")
        self.given[key] = value

    def unknown(self, key: str, known: Iterable[str]) -> str:
        """Why there is no such blank: it may belong to a clause or a wording that was not chosen."""
        for entry in self.template.front.clauses:
            clause = self.clause(entry.id)
            if clause and key in definitions(clause.front.blanks):
                if entry.id not in self.wordings:
                    return f'"{key}" belongs to the clause "{entry.id}", which is left out.'
                return f'"{key}" belongs to another wording of the clause "{entry.id}". Choose it with --wording.'
        return f'There is no blank "{key}". {did_you_mean(key, known)}'

    def set_front(self, key: str, value: Any, where: str) -> None:
        if not isinstance(value, str):
            raise UserError(f"{where}: this is one line of text.")
        value = value.strip()
        if key == "title":
            refuse_text(where, value)
            if not value:
                raise UserError(f"{where}: this is empty.")
            self.choices = replace(self.choices, title=value)
            return
        day = day_of(where, value, self.template.front.language) if value else None
        if key == "start":
            self.choices = replace(self.choices, start=day)
        else:
            self.choices = replace(self.choices, end=day)

    def add_party(self, one: Party, where: str) -> None:
        if one.name in (other.name for other in self.choices.parties):
            raise UserError(f'{where}: "{one.name}" is named twice. Keep one of them.')
        self.choices = replace(self.choices, parties=(*self.choices.parties, one))

    def read_answers(self, file: str, text: str) -> None:
        """The answers in a file: blank and answer, and if wanted title, start, end and parties."""

        def keep(name: str, value: Any) -> None:
            if name == "parties":
                self.parties_of(value)
            else:
                self.set(name, value, f'"{name}"')

        read_lines(file, text, 'Answers are lines of "blank: answer".', "bad-answer", keep)

    def parties_of(self, value: Any) -> None:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                self.add_party(party(one), '"parties"')
                continue
            for text in texts_in(one):
                refuse_text('"parties"', text)
            try:
                self.add_party(Party.model_validate(one), '"parties"')
            except ValidationError as error:
                about = error.errors(include_url=False)[0]
                place = ".".join(map(str, about["loc"])) or "an entry"
                known = ", ".join(Party.model_fields)
                raise UserError(f'"parties": {place} cannot stand here. A party has: {known}.') from None

    def made(self) -> Choices:
        chosen = self.choices
        if chosen.start and chosen.end and chosen.end < chosen.start:
            raise UserError(f'--set "end": {phrase("endBeforeStart")}')
        return replace(
            chosen,
            clauses=tuple(self.wordings.items()),
            left_out=tuple(entry.id for entry in self.template.front.clauses if entry.id in self.left_out),
            answers=dict(self.given),
        )
