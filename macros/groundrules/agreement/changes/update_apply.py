"""The outcome of an upgrade: an agreement once people decided about what its template has learned.

Words and answers that people wrote go only where they said so. Nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ...files.edit import inserted
from ...model.front import AgreementFront, BlankDefinition, Blanks
from ...model.pieces import Agreement, Section, Toolkit, definitions
from ...model.renamed import followed
from ...text.markup.blocks import parse
from ...text.markup.nodes import blank_key
from ..document import answers as answer
from ..document.answers import settled
from ..document.assemble import blanks_in
from ..document.fork import VERSION
from .clause_edits import led
from .update_compare import PREAMBLE, Bases, Proposal, Question, library, mark, parts

Choice = Literal["take", "take and drop", "keep", "later"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a proposal: ``text`` are words of the partners' own, to stand in the place of the library's."""

    choice: Choice
    text: str = ""

    @property
    def takes(self) -> bool:
        return self.choice in ("take", "take and drop")


LATER = Decision("later")


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that has no place any more, or no longer fits its blank; ``clauses`` took its place away."""

    name: str
    answer: Any
    clauses: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The outcome: ``agreement`` and ``taken`` as they will be; ``ids`` are the clauses that have another id there."""

    agreement: Agreement
    taken: Agreement
    ids: Mapping[str, str]
    lost: tuple[Lost, ...]


def choices(proposal: Proposal) -> tuple[Choice, ...]:
    """What people may say to ``proposal``; nothing where there is nothing to decide."""
    if proposal.kind == "same":
        return ()
    return ("keep", "later") if proposal.kind == "dropped" else ("take", "take and drop", "keep", "later")


def decided(
    agreement: Agreement,
    taken: Agreement | None,
    toolkit: Toolkit,
    proposals: Sequence[Proposal],
    decisions: Mapping[str, Decision],
) -> Decided:
    """The outcome for ``agreement`` and its ``taken.md``; what nobody decided is left for later."""
    made = _Taking(agreement, taken, toolkit, [one.theirs for one in proposals if one.theirs])
    for proposal in proposals:
        same = Decision("keep") if proposal.kind == "same" else LATER
        made.decide(proposal, decisions.get(proposal.clause, same))
    return made.result()


@dataclass
class _Taking:
    agreement: Agreement
    base: Agreement | None
    toolkit: Toolkit
    theirs: list[Section]
    ids: dict[str, str] = field(default_factory=dict)
    taking: list[str] = field(default_factory=list)
    bases: dict[str, Section] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)

    def __post_init__(self) -> None:
        front = self.agreement.front
        template = self.toolkit.template(front.template)
        assert template is not None
        self.template = template
        self.listed = [entry.id for entry in self.template.front.clauses]
        self.names = followed(self.agreement, self.toolkit)
        more = [(one.id, one.wording) for one in self.theirs if one.wording]
        self.library = library(self.agreement, self.toolkit, self.template, more)
        self.sections = list(parts(self.agreement).values())
        self.blanks: Blanks = dict(front.blanks)
        self.answers: dict[str, Any] = dict(front.answers)
        self.left_out = list(front.left_out)
        self.noted = dict(front.taken)
        self.base_blanks: Blanks = dict(self.base.front.blanks) if self.base else {}
        finder = Bases(self.agreement, self.base, self.library, self.names)
        self.bases |= {identity: found for identity in self.noted if (found := finder.of(identity))}

    # --- one decision ---

    def decide(self, proposal: Proposal, decision: Decision) -> None:
        if decision.choice == "later":
            return
        if proposal.mine is None:
            self.without_mine(proposal, decision)
        elif proposal.theirs is None:
            self.let_go(proposal.mine)
        else:
            self.with_both(proposal, proposal.mine, proposal.theirs, decision)
        if decision.takes:
            self.taking.append(proposal.clause)
        version = self.toolkit.about.words_version
        if version and proposal.kind != "same":
            self.noted = {VERSION: version} | self.noted | {VERSION: version}

    def without_mine(self, proposal: Proposal, decision: Decision) -> None:
        """Take in what is new, and what was left out and has another id now, or none."""
        if proposal.kind == "new" and proposal.theirs and decision.takes:
            self.sections.insert(self.place(proposal.theirs.id), proposal.theirs)
            self.note(proposal.clause, proposal.theirs)
            self.ask_all(proposal, decision)
            return
        out = {*self.left_out, proposal.theirs.id} if proposal.theirs else {*self.left_out}
        if proposal.kind != "new":
            out.discard(proposal.clause)
        others = [one for one in self.left_out if one in out and one not in self.listed]
        self.left_out = others + [one for one in self.listed if one in out]

    def let_go(self, mine: Section) -> None:
        """The library no longer has this clause, or this wording of it: its words are the partners' own now."""
        self.noted.pop(mine.id, None)
        if mine.id != PREAMBLE:
            known = mine.id in self.toolkit.clauses or mine.id in self.names
            identity = self.names.get(mine.id, mine.id) if known else self.own_id()
            self.put(mine.id, replace(self.section(mine.id), id=identity, wording=""))

    def with_both(self, proposal: Proposal, mine: Section, theirs: Section, decision: Decision) -> None:
        full = self.section(mine.id)
        kept = replace(full, id=theirs.id, wording=theirs.wording)
        if decision.takes and proposal.rewords:
            text = decision.text or theirs.text
            text = "\n\n".join([text, *(note for note in notes(full.text) if note not in notes(text))])
            title = _title(mine, theirs, proposal.base) if decision.text else theirs.title
            kept = replace(kept, title=title, text=text, blocks=parse(text)[0])
        self.put(mine.id, kept)
        self.note(mine.id, theirs)
        self.ask_all(proposal, decision)

    def ask_all(self, proposal: Proposal, decision: Decision) -> None:
        for question in proposal.questions:
            _put(self.base_blanks, question.name, question.theirs)
            if decision.takes:
                self.ask(question, proposal.clause)

    def ask(self, question: Question, clause: str) -> None:
        """Define a blank as the library does now; an answer that no longer fits it goes."""
        self.blanks[question.name] = question.taken
        key = blank_key(question.name)
        name = next((one for one in self.answers if blank_key(one) == key), None)
        given = self.answers.get(name) if name is not None else None
        if name is None or answer.is_empty(given) or answer.misfit(question.mine, given):
            return
        why = answer.misfit(question.taken, given)
        if not why:
            return
        rest = settled(question.taken, given)
        fits = bool(rest) and not answer.misfit(question.taken, rest)
        if not fits or rest != settled(question.mine, given):
            self.lost.append(Lost(name, given, (clause,), why))
        if fits:
            self.answers[name] = rest
        else:
            del self.answers[name]

    # --- places ---

    def section(self, identity: str) -> Section:
        return next(one for one in self.sections if one.id == identity)

    def put(self, identity: str, section: Section) -> None:
        self.sections = [section if one.id == identity else one for one in self.sections]
        if section.id != identity:
            self.ids[identity] = section.id

    def note(self, identity: str, theirs: Section) -> None:
        """Note that ``theirs`` is what the clause was last compared with."""
        noted = {(theirs.id if name == identity else name): value for name, value in self.noted.items()}
        if theirs.id not in noted:
            noted = inserted(noted, theirs.id, "", [one.id for one in self.sections])
        self.noted = noted | {theirs.id: mark(theirs)}
        self.bases[theirs.id] = theirs

    def place(self, identity: str) -> int:
        """Where a new clause of the template goes: behind the nearest one that stands before it there."""
        here = [self.names.get(one.id, one.id) for one in self.sections]
        before = [one for one in (PREAMBLE, *self.listed[: self.listed.index(identity)]) if one in here]
        return here.index(before[-1]) + 1 if before else 0

    def own_id(self) -> str:
        numbers = [int(one.id[4:]) for one in self.sections if re.fullmatch("own-[0-9]+", one.id)]
        return f"own-{max(numbers, default=0) + 1}"

    # --- what follows from all of them ---

    def result(self) -> Decided:
        self.sections = [led(section, self.ids) for section in self.sections]
        for name, base in self.bases.items():
            self.bases[name] = led(base, self.ids)
            if self.noted.get(name) == mark(base):
                self.noted[name] = mark(self.bases[name])
        self.settle()
        changed = {"blanks": self.blanks, "answers": self.answers, "taken": self.noted}
        front = self.agreement.front.model_copy(update={**changed, "left_out": tuple(self.left_out)})
        return Decided(_agreement(self.agreement, front, self.sections), self.taken(), self.ids, tuple(self.lost))

    def settle(self) -> None:
        """Define what the text newly asks; what no text asks any more goes, and its answer with it."""
        before, after = _asked(parts(self.agreement).values()), _asked(self.sections)
        known = set(map(blank_key, self.blanks))
        for name, definition in self.library.front.blanks.items():
            if blank_key(name) in after - known:
                self.blanks = inserted(self.blanks, name, definition, list(self.library.front.blanks))
        gone = before - after
        self.blanks = {name: one for name, one in self.blanks.items() if blank_key(name) not in gone}
        for name in [name for name in self.answers if blank_key(name) in gone]:
            given = self.answers.pop(name)
            if not answer.is_empty(given):
                self.lost.append(Lost(name, given, self.takers(blank_key(name)), "Nothing would ask for it any more."))

    def takers(self, key: str) -> tuple[str, ...]:
        """The clauses that asked for a blank, and whose text was taken."""
        here = parts(self.agreement)
        return tuple(one for one in self.taking if one in here and key in _asked([here[one]]))

    def taken(self) -> Agreement:
        """What ``taken.md`` is to hold: each clause as it was last taken, and what its blanks asked then."""
        kept = [self.bases[name] for name in self.noted if name in self.bases]
        asked, now = _asked(kept), definitions(self.blanks)
        for name, theirs in self.library.front.blanks.items():
            if now.get(blank_key(name), theirs) == theirs:
                _put(self.base_blanks, name, theirs)
        blanks = {name: one for name, one in self.base_blanks.items() if blank_key(name) in asked}
        return _agreement(self.library, self.library.front.model_copy(update={"blanks": blanks}), kept)


def _agreement(agreement: Agreement, front: AgreementFront, sections: Iterable[Section]) -> Agreement:
    """``agreement`` with other front matter and ``sections``, the first of which may be the preamble."""
    here = {section.id: section for section in sections}
    preamble = here.pop(PREAMBLE, None)
    return replace(
        agreement,
        front=front,
        preamble_text=preamble.text if preamble else "",
        preamble=preamble.blocks if preamble else (),
        sections=tuple(here.values()),
    )


def _asked(sections: Iterable[Section]) -> set[str]:
    return {blank_key(blank.name) for section in sections for blank in blanks_in(section.blocks)}


def _put(blanks: Blanks, name: str, definition: BlankDefinition) -> None:
    own = next((one for one in blanks if blank_key(one) == blank_key(name)), name)
    blanks[own] = definition


def _title(mine: Section, theirs: Section, base: Section | None) -> str:
    """The title above words of the partners' own: the library's, unless they changed that as well."""
    return theirs.title if base and mine.title == base.title else mine.title


def notes(text: str) -> list[str]:
    """The notes in ``text``, the source of a clause."""
    return [run.strip("\n") for run in re.split(r"\n[ \t]*\n", text) if run.lstrip("\n ").startswith(">")]
