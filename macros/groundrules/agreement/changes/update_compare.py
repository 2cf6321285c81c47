"""The changes in a fork's template and library since it was taken, clause by clause.

Three texts are compared: the fork's own (``mine``), the library's as it stands (``theirs``), and the library's as
it was last taken or declined (``base``). Nothing is changed here and nothing is merged: people decide, and
``keeping.taking`` does what they decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...model.front import BlankDefinition, TemplateClause
from ...model.pieces import Agreement, History, Section, Template, Toolkit, definitions
from ...model.renamed import followed
from ...text.markup.blocks import parse
from ...text.markup.nodes import blank_key
from ...text.tables import phrase
from ..document.assemble import agreement_without_notes, blanks_in, clause_in, text_without_notes
from ..document.fork import VERSION, Choices, digest, text_digest
from ..document.fork import taken as library_text
from .clause_edits import ids_here, led, led_text

PREAMBLE = "preamble"

Kind = Literal["library", "both", "no base", "new", "dropped", "renamed", "question", "same"]
"""Only the library changed; both did; nobody knows what was taken; the template has one more clause; the library
no longer has this one; only its id changed; only what its blanks ask changed; both came to the same words."""

# What of a definition changes together: a type is nothing without its choices or columns.
_UNITS = (("ask",), ("example",), ("type", "choices", "columns", "calendar", "settled_by", "private"))


@dataclass(frozen=True, slots=True)
class Question:
    """A blank that the library defines in another way than it did; ``name`` is the fork's."""

    name: str
    mine: BlankDefinition
    theirs: BlankDefinition
    base: BlankDefinition | None

    @property
    def taken(self) -> BlankDefinition:
        """The library's definition, in which stays what only the partners changed."""
        kept = [name for unit in _UNITS if self.base and _alike(self.theirs, self.base, unit) for name in unit]
        return self.theirs.model_copy(update={name: getattr(self.mine, name) for name in kept})

    @property
    def disputed(self) -> bool:
        """Whether the partners changed what the library changed, too; without a base nobody knows."""
        return any(
            not _alike(self.mine, self.theirs, unit)
            and (self.base is None or not (_alike(self.mine, self.base, unit) or _alike(self.theirs, self.base, unit)))
            for unit in _UNITS
        )


def _alike(one: BlankDefinition, other: BlankDefinition, unit: tuple[str, ...]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in unit)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something for people to decide about one clause, or about the preamble.

    ``clause`` is its id in the agreement; ``theirs`` has another where the library gave it a new one. ``mine`` is
    missing from what is new and from what was left out, ``theirs`` from what the library dropped. None of the
    three texts has notes.
    """

    clause: str
    title: str
    kind: Kind
    mine: Section | None
    theirs: Section | None
    base: Section | None = None
    questions: tuple[Question, ...] = ()

    @property
    def rewords(self) -> bool:
        """Whether to take it is to have the library's words in the place of those that stand here."""
        return self.kind in ("library", "both", "no base")

    @property
    def renamed(self) -> bool:
        return self.theirs is not None and (
            self.theirs.id != self.clause or (self.mine is not None and self.theirs.wording != self.mine.wording)
        )


@dataclass(frozen=True, slots=True)
class Behind:
    """A clause in which a fork has not yet taken or declined what its library has learned."""

    clause: str
    title: str
    kind: Kind


def behind(agreement: Agreement, toolkit: Toolkit) -> list[Behind]:
    """The clauses in which ``agreement`` is behind its template and library, in the order of its text.

    Nothing where nobody can say: in an example, in what has ended, in a clause that notes no library text.
    """
    if agreement.kind != "partnerships" or agreement.front.status == "ended":
        return []
    history = toolkit.histories.get(agreement.id, History())
    noted = agreement.front.taken
    return [
        Behind(one.clause, one.title, one.kind)
        for one in proposals(agreement, history.taken, toolkit)
        if one.kind != "same"
        and (one.kind != "dropped" or one.mine)
        and (one.kind != "no base" or one.clause in noted)
        and (one.kind != "new" or one.clause not in noted)
        and (one.kind != "question" or any(question.base for question in one.questions))
    ]


def proposals(agreement: Agreement, taken: Agreement | None, toolkit: Toolkit) -> list[Proposal]:
    """The proposals in the order of the text; then what was left out, and what is new in the template."""
    template = toolkit.template(agreement.front.template)
    if template is None or is_older(agreement, toolkit):
        return []
    return _Comparison(agreement, taken, toolkit, template).proposals()


def is_older(agreement: Agreement, toolkit: Toolkit) -> bool:
    """Whether ``toolkit`` is older than the library that ``agreement`` was last compared with, as far as both say."""
    noted, here = (
        version_numbers(one) for one in (agreement.front.taken.get(VERSION, ""), toolkit.about.words_version)
    )
    return bool(here) and here < noted


def version_numbers(version: str) -> list[int]:
    """The numbers of a version of the library, which tell whether it is later than another."""
    return [int(one) for one in re.findall("[0-9]+", version)]


def outside(agreement: Agreement, toolkit: Toolkit) -> list[str]:
    """The titles of the library's clauses in ``agreement`` that its template does not list, now or any more."""
    template = toolkit.template(agreement.front.template)
    listed = {entry.id for entry in template.front.clauses} if template else set()
    return [one.title for one in agreement.sections if one.id in toolkit.clauses and one.id not in listed]


def mark(section: Section) -> str:
    """The digest of ``section`` as it stands under ``taken``."""
    return text_digest(section.text) if section.id == PREAMBLE else digest(section)


def parts(agreement: Agreement) -> dict[str, Section]:
    """The preamble, if there is one, and the clauses, by id."""
    preamble = Section(PREAMBLE, phrase("thePreamble"), "", agreement.preamble_text, agreement.preamble, 0)
    found = {PREAMBLE: preamble} if agreement.preamble_text else {}
    return found | {section.id: section for section in agreement.sections}


class Bases:
    """The library's text that each clause was taken from: from ``taken.md``, where its digest is the noted one.

    Where that file is missing or older, as after a command that was killed, the text may still stand in the
    library, or in the agreement itself.
    """

    def __init__(
        self, agreement: Agreement, taken: Agreement | None, library: Agreement, names: Mapping[str, str]
    ) -> None:
        self.noted = agreement.front.taken
        self.places = [parts(taken) if taken else {}, parts(agreement_without_notes(agreement))]
        self.library = parts(library)
        self.names = names

    def of(self, identity: str) -> Section | None:
        theirs = self.library.get(self.names.get(identity, identity))
        found = [place.get(identity) for place in self.places] + [replace(theirs, id=identity) if theirs else None]
        return next((one for one in found if one and mark(one) == self.noted.get(identity)), None)


class _Comparison:
    def __init__(self, agreement: Agreement, taken: Agreement | None, toolkit: Toolkit, template: Template) -> None:
        self.agreement = agreement
        self.toolkit = toolkit
        self.template = template
        self.noted = agreement.front.taken
        self.names = followed(agreement, toolkit)
        self.mine = parts(agreement_without_notes(agreement))
        self.new = [(entry.id, entry.wording) for entry in self.offered()]
        self.library = library(agreement, toolkit, template, self.new)
        self.bases = Bases(agreement, taken, self.library, self.names)
        reworded = [found for section in agreement.sections if (found := self.reworded(section))]
        if reworded:
            self.library = library(agreement, toolkit, template, [*reworded, *self.new])
        self.theirs = parts(self.library)
        self.their_blanks = definitions(self.library.front.blanks)
        self.own_names = {blank_key(name): name for name in agreement.front.blanks}
        self.base_blanks = definitions(taken.front.blanks) if taken else {}
        self.asked: set[str] = set()

    def proposals(self) -> list[Proposal]:
        found = [one for section in self.mine.values() if (one := self.compared(section))]
        found += [one for identity in self.agreement.front.left_out if (one := self.left_out(identity))]
        new = (self.theirs[identity] for identity, _ in self.new if identity in self.theirs)
        return found + [
            Proposal(one.id, one.title, "new", None, one, self.bases.of(one.id), self.questions(one)) for one in new
        ]

    def offered(self) -> list[TemplateClause]:
        """The template's clauses that are neither here nor left out."""
        front = self.agreement.front
        here = [*(section.id for section in self.agreement.sections), *front.left_out]
        known = {self.names.get(one, one) for one in here}
        return [entry for entry in self.template.front.clauses if entry.id not in known]

    def unread(self, identity: str) -> bool:
        return f"/clauses/{identity}/" in self.toolkit.unread

    def compared(self, mine: Section) -> Proposal | None:
        noted = self.noted.get(mine.id)
        if self.unread(mine.id):
            return None
        theirs, base = self.theirs.get(self.names.get(mine.id, mine.id)), self.bases.of(mine.id)
        if theirs is None:
            return Proposal(mine.id, mine.title, "dropped", mine, None, base) if noted else None
        here = replace(theirs, id=mine.id, wording=mine.wording)
        questions = self.questions(theirs)
        kind = self.kind(mark(mine), mark(here), noted, base is not None)
        if kind in (None, "same") and questions:
            kind = "question"
        elif kind in (None, "same") and (theirs.id, theirs.wording) != (mine.id, mine.wording):
            kind = "renamed"
        elif kind == "library" and any(one.disputed for one in questions):
            kind = "both"
        return Proposal(mine.id, mine.title, kind, mine, theirs, base, questions) if kind else None

    def kind(self, mine: str, theirs: str, noted: str | None, has_base: bool) -> Kind | None:
        """The kind of proposal that a clause's text calls for, from its digests."""
        if theirs == noted:
            return None
        if mine == theirs:
            return "same"
        if mine == noted:
            return "library"
        return "both" if has_base else "no base"

    def reworded(self, mine: Section) -> tuple[str, str] | None:
        """The clause and the wording that has the words of the base, where that of ``mine`` is gone."""
        identity, base = self.names.get(mine.id, mine.id), self.bases.of(mine.id)
        clause = clause_in(self.toolkit, identity, self.template.language)
        if clause is None or base is None or mine.wording in clause.wordings:
            return None
        ids = ids_here(self.agreement, self.toolkit)
        texts = {name: led_text(text_without_notes(one.text), ids) for name, one in clause.wordings.items()}
        return next(((identity, name) for name, text in texts.items() if text == base.text), None)

    def questions(self, theirs: Section) -> tuple[Question, ...]:
        """The blanks of ``theirs`` that the library now defines otherwise; each belongs to one clause alone."""
        found = []
        for key in dict.fromkeys(blank_key(blank.name) for blank in blanks_in(theirs.blocks)):
            name, theirs_now = self.own_names.get(key), self.their_blanks.get(key)
            if key in self.asked or name is None or theirs_now is None:
                continue
            self.asked.add(key)
            question = Question(name, self.agreement.front.blanks[name], theirs_now, self.base_blanks.get(key))
            if theirs_now != question.base and question.taken != question.mine:
                found.append(question)
        return tuple(found)

    def left_out(self, identity: str) -> Proposal | None:
        """A proposal on what was left out, if its id has changed or the template no longer has it."""
        listed = {entry.id: entry for entry in self.template.front.clauses}
        if identity in listed or self.unread(identity):
            return None
        now = self.names.get(identity)
        if now in listed:
            theirs = _draft(self.template, self.toolkit, [(now, listed[now].wording)]).sections
            return Proposal(identity, theirs[0].title, "renamed", None, theirs[0]) if theirs else None
        clause = clause_in(self.toolkit, identity, self.template.language)
        return Proposal(identity, clause.front.title if clause else identity, "dropped", None, None)


def library(agreement: Agreement, toolkit: Toolkit, template: Template, more: Iterable[tuple[str, str]]) -> Agreement:
    """The library's text as it stands for the clauses of ``agreement``, and for ``more``, each with its wording.

    It refers to a clause by the id that it has in ``agreement``.
    """
    names, ids = followed(agreement, toolkit), ids_here(agreement, toolkit)
    here = [(names.get(section.id, section.id), section.wording) for section in agreement.sections if section.wording]
    whole = _draft(template, toolkit, [*here, *more])
    preamble = led_text(whole.preamble_text, ids)
    sections = tuple(led(section, ids) for section in whole.sections)
    return replace(whole, preamble_text=preamble, preamble=parse(preamble)[0], sections=sections) if ids else whole


def _draft(template: Template, toolkit: Toolkit, clauses: list[tuple[str, str]]) -> Agreement:
    return library_text(template, toolkit, Choices(clauses=tuple(clauses)))
