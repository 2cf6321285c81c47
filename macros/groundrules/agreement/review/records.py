"""The draft of a record, from its form: what the agreement says, and below it what to ask about that.

A form is written like a checklist. A reference alone on its line brings in the words that this agreement has in that
clause; ``[[about]]`` brings in the clauses that somebody names. The questions below are asked only if the words are
there. What is quoted are the words in force, without the phone numbers and addresses that no record needs.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from ...model.front import ABOUT, RESERVED_BLANKS, BlankDefinition, RecordFront
from ...model.pieces import Agreement, History, Origin, RecordForm, Section, Template, Toolkit
from ...text.frontmatter import FrontMatter
from ...text.markup.nodes import (
    Becomes,
    Blank,
    Item,
    ItemList,
    Note,
    Paragraph,
    Reference,
    Strong,
    Text,
    blank_key,
    lone,
    mapped,
)
from ...text.markup.nodes import plain as words_of
from ..document.answers import stopped
from ..document.labels import labels
from ..document.language import written_date
from ..document.nodes import Block, ClauseNumber, Document, DocumentClause, Hole, Table
from ..document.redact import public
from ..signing.signing_state import SigningState
from ..signing.version import source_text

_LONGEST_NAME = 60
_NOT_IN_A_NAME = re.compile(r"[*_\\#\[\]`<>{}|~&!]")
# Where a question pauses or ends, in the scripts that we know of.
_PAUSE = re.compile(r"(?<=\S)[,:;?.!(،؛؟،、。？，：（–—]")


def form_of(toolkit: Toolkit, kind: str, language: str) -> RecordForm | None:
    """The form in ``language`` where it was translated, else the original."""
    return toolkit.records.get(f"{kind}.{language.split('-')[0]}") or toolkit.records.get(kind)


def of_kind(kind: str, history: History, toolkit: Toolkit) -> list[str]:
    """The names of the records of this ``kind``, the latest last."""
    kind = toolkit.now_called("records", kind)
    return sorted(
        name for name, one in history.records.items() if toolkit.now_called("records", one.front.template) == kind
    )


def sets_a_day(kind: str, agreement: Agreement, template: Template, toolkit: Toolkit) -> bool:
    """Whether ``agreement`` waits for records of this ``kind`` again and again, as its ``template`` asks."""
    ahead = {blank_key(need.answer) for need in template.front.needs if need.future}
    named = partial(toolkit.now_called, "records")
    blanks = agreement.front.blanks.items()
    return any(blank_key(name) in ahead and named(one.settled_by) == named(kind) for name, one in blanks)


def has_place_for_clauses(form: RecordForm) -> bool:
    """Whether ``form`` says where the clauses stand that a record is about."""
    return any(_is_about(block) for section in form.sections for block in section.blocks)


def draft_record(
    form: RecordForm,
    kind: str,
    where: SigningState,
    toolkit: Toolkit,
    day: datetime.date,
    about: Sequence[str] = (),
    following: datetime.date | None = None,
) -> Agreement:
    """The record of that ``day``, to be written down; ``following`` is the day of the next review."""
    document = public(where.in_force)
    kept = where.kept.get(where.agreed)
    drafter = _Drafter(document, toolkit, about)
    known = labels(document.language)
    dated = [(known["date"], day), *([(known["next review"], following)] if following else [])]
    facts = [stopped(f"{label}: {written_date(one, document.language)}") for label, one in dated]
    preamble = [*drafter.said(form.intro), _line(Text(" ".join([*facts, _which_words(where, document.language, day)])))]
    sections = [
        Section(section.id or f"part-{number}", section.title, "", source_text(blocks, document), (), 0)
        for number, section in enumerate(form.sections, 1)
        if (blocks := drafter.section(section.blocks))
    ]
    front = RecordFront(
        title=f"{form.front.title}: {document.title}",
        template=kind,
        language=document.language,
        parties=document.parties,
        blanks=drafter.asked,
        date=day,
        version=kept.version if kept else None,
        fingerprint=kept.fingerprint if kept else where.today.fingerprint,
        next=following,
    )
    origin = Origin("", FrontMatter({}), "")
    return Agreement(f"{day}-{kind}", "", origin, front, source_text(preamble, document), (), tuple(sections), 0)


def _which_words(where: SigningState, language: str, day: datetime.date) -> str:
    agreed = next((one.agreed for one in where.agreement.front.rounds if one.version == where.agreed), None)
    if where.agreed in where.kept and agreed:
        pattern = labels(language)["quoted version"]
        return pattern.format(version=where.agreed, day=written_date(agreed, language))
    return labels(language)["quoted today"].format(day=written_date(day, language))


class _Drafter:
    """Turns a form's blocks into a record's; ``asked`` are the blanks for the answers."""

    def __init__(self, document: Document, toolkit: Toolkit, about: Sequence[str]) -> None:
        self.document = document
        self.toolkit = toolkit
        self.clauses = {toolkit.now_called("clauses", clause.id): clause for clause in document.clauses}
        self.about = [self.clauses[toolkit.now_called("clauses", identity)] for identity in about]
        self.asked: dict[str, BlankDefinition] = {}
        self.becomes: Becomes = {Reference: self.reference}

    def section(self, blocks: Iterable[Any]) -> list[Block]:
        """What stands below one heading; nothing where the agreement leaves no question to ask."""
        made: list[Block] = []
        wanted, asked, applies = False, False, True
        for block in blocks:
            quoted = self.quoted(block)
            if quoted is not None:
                applies = bool(quoted)
                made += [part for clause in quoted for part in self.quote(clause)]
            elif isinstance(block, ItemList):
                wanted = True
                if applies:
                    asked = True
                    made += [part for item in block.items for part in self.question(item)]
            elif applies:
                made += self.said([block])
        return made if asked or not wanted else []

    def quoted(self, block: Any) -> list[DocumentClause] | None:
        """The clauses that ``block`` brings in; ``None`` if it brings in nothing."""
        if _is_about(block):
            return self.about
        reference = lone(block, Reference)
        if not reference:
            return None
        clause = self.clauses.get(self.toolkit.now_called("clauses", reference.clause))
        return [clause] if clause else []

    def quote(self, clause: DocumentClause) -> Iterator[Block]:
        lead = labels(self.document.language)["agreed words"].format(number=clause.number, title=clause.title)
        yield _line(Strong((Text(lead),)))
        before: Block | None = None
        for block in self.quotable(clause.blocks):
            if isinstance(before, ItemList) and isinstance(block, ItemList) and before.ordered == block.ordered:
                # Two lists in a row would be read as one that somebody broke up.
                before = ItemList(before.ordered, before.items + block.items, 0)
            else:
                yield from [before] if before else []
                before = block
        yield from [before] if before else []

    def quotable(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """``blocks`` without notes; a table becomes a list, since a record's blanks are its own questions."""
        for block in blocks:
            if isinstance(block, Table):
                rows = [_row(block, row) for row in block.rows] or [f"[{block.name}]"]
                yield ItemList(False, tuple(Item((Text(text),), None, 0) for text in rows), 0)
            elif not isinstance(block, Note):
                # A record does not ask for what nobody has answered.
                yield mapped(block, {Hole: lambda hole: Text(f"[{hole.name}]")})

    def question(self, item: Item) -> Iterator[Block]:
        """The question in bold, and a blank for its answer."""
        text = words_of(item.children)
        asked = mapped(item, self.becomes)
        strong = any(isinstance(one, Strong) for one in asked.children)
        yield _line(*asked.children) if strong else _line(Strong(asked.children))
        yield from [asked.sublist] if asked.sublist else []
        name = self.name(text)
        self.asked[name] = BlankDefinition(ask=text, type="long text")
        yield _line(Blank(name, 0))

    def name(self, question: str) -> str:
        """A name for the answer, in the first words of the question, which no other answer has."""
        words = " ".join(_NOT_IN_A_NAME.sub(" ", _PAUSE.split(question)[0]).split()).lower()
        while len(words) > _LONGEST_NAME and " " in words:
            words = words.rpartition(" ")[0]
        words = words[:_LONGEST_NAME] or "answer"
        taken = {*map(blank_key, self.asked), *RESERVED_BLANKS, ABOUT}
        numbered = (words if number == 1 else f"{words} {number}" for number in range(1, len(taken) + 2))
        return next(name for name in numbered if blank_key(name) not in taken)

    def said(self, blocks: Iterable[Any]) -> list[Block]:
        """The form's own words; its notes are for whoever writes forms."""
        return [mapped(block, self.becomes) for block in blocks if not isinstance(block, Note)]

    def reference(self, node: Reference) -> ClauseNumber:
        clause = self.clauses.get(self.toolkit.now_called("clauses", node.clause))
        known = self.toolkit.clause(node.clause)
        title = clause.title if clause else known.front.title if known else node.clause
        return ClauseNumber(node.clause, clause.number if clause else 0, title)


def _is_about(block: Any) -> bool:
    blank = lone(block, Blank)
    return blank is not None and blank_key(blank.name) == ABOUT


def _line(*children: Any) -> Paragraph:
    return Paragraph(children, 0)


def _row(table: Table, row: tuple[str, ...]) -> str:
    """``book the hall (who: Ben Price; by when: the first of each month)``."""
    first, *rest = row
    others = [f"{name}: {cell}" for name, cell in zip(table.columns[1:], rest, strict=True) if cell]
    return " ".join(filter(None, [first, f"({'; '.join(others)})" if others else ""])) or "–"
