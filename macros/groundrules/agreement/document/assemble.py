"""The assembly of an agreement's text and answers into a document: the one place where clauses are
numbered, blanks filled and dates written. Every output is made from what comes out here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise
from typing import Any

from ...model.front import RESERVED_BLANKS, AgreementFront, BlankDefinition, Blanks, VersionFront
from ...model.pieces import Agreement, Clause, Section, Template, Toolkit, definitions
from ...text.markup.nodes import (
    Becomes,
    Blank,
    Item,
    ItemList,
    Node,
    Note,
    Paragraph,
    Reference,
    Text,
    Wrap,
    blank_key,
    lone,
    mapped,
    walk,
)
from ...text.markup.nodes import Block as SourceBlock
from . import answers as answer
from .labels import Labels, labels
from .language import DEFAULT, written_date, written_list
from .nodes import Block, ClauseNumber, Document, DocumentClause, Filled, Hole, Table, UsedBlank

# --- a template as an agreement nobody has answered yet ----------------------------------------


def draft(template: Template, toolkit: Toolkit) -> Agreement:
    """The agreement that a fork of ``template`` starts from: its full wording and its own definitions."""
    sections = []
    # In the order in which the text first uses them.
    blanks: Blanks = {}
    keys: set[str] = set()
    for entry in template.front.clauses:
        clause = clause_in(toolkit, entry.id, template.language)
        if clause is None or entry.wording not in clause.wordings:
            continue
        wording = clause.wordings[entry.wording]
        blocks = without_notes(wording.blocks)
        text = text_without_notes(wording.text)
        sections.append(Section(entry.id, clause.front.title, entry.wording, text, blocks, wording.line))
        defined = {blank_key(name): (name, one) for name, one in clause.front.blanks.items()}
        for key in [blank_key(blank.name) for blank in blanks_in(blocks)]:
            if key in defined and key not in keys:
                keys.add(key)
                name, one = defined[key]
                blanks[name] = one
    front = AgreementFront(
        title=template.front.title, template=template.id, language=template.front.language, blanks=blanks
    )
    return Agreement(
        template.id,
        template.language,
        template.origin,
        front,
        text_without_notes(template.preamble_text),
        without_notes(template.preamble),
        tuple(sections),
        template.body_line,
    )


def unanswered(letter: Agreement) -> Agreement:
    """``letter`` without notes, for somebody else to fill in."""
    front = letter.front.model_copy(update={"answers": {}})
    return replace(agreement_without_notes(letter), front=front)


def clause_in(toolkit: Toolkit, identity: str, language: str) -> Clause | None:
    """The clause that is or was called ``identity``, in ``language`` where it was translated, else the original."""
    identity = toolkit.now_called("clauses", identity)
    return toolkit.clauses.get(f"{identity}.{language}") or toolkit.clauses.get(identity)


def without_notes(blocks: tuple[SourceBlock, ...]) -> tuple[SourceBlock, ...]:
    return tuple(block for block in blocks if not isinstance(block, Note))


def text_without_notes(text: str) -> str:
    """Source text without its notes: a note is a run of lines that starts with ``>``."""
    kept = [run for run in re.split(r"\n[ \t]*\n", text) if not run.lstrip("\n ").startswith(">")]
    return "\n\n".join(kept).strip("\n")


def agreement_without_notes(agreement: Agreement) -> Agreement:
    """``agreement`` as it leaves the toolkit: notes are for the page alone."""
    return replace(
        agreement,
        preamble_text=text_without_notes(agreement.preamble_text),
        preamble=without_notes(agreement.preamble),
        sections=tuple(
            replace(one, text=text_without_notes(one.text), blocks=without_notes(one.blocks))
            for one in agreement.sections
        ),
    )


def blanks_in(blocks: Iterable[SourceBlock]) -> Iterator[Blank]:
    return (node for node in walk(blocks) if isinstance(node, Blank))


# --- assembling ---------------------------------------------------------------------------------


def assemble(agreement: Agreement, titles: Callable[[str], str] = str, one_stop: bool = True) -> Document:
    """Number, fill and date ``agreement``.

    ``titles`` names a clause that is referred to but was left out; by default its id does. Without ``one_stop``,
    "Mill St." has two full stops at the end of a sentence, as in what was signed before.
    """
    front = agreement.front
    filler = _Filler(agreement, titles, one_stop)
    preamble = filler.blocks(agreement.preamble)
    clauses = tuple(
        DocumentClause(section.id, number, section.title, section.wording, filler.blocks(section.blocks))
        for number, section in enumerate(agreement.sections, 1)
    )
    if isinstance(front, VersionFront):
        # Its sentences hold the answers as words; those that are dates are kept as well, for the calendar.
        for name in front.blanks:
            filler.use(name)
    return Document(
        id=agreement.id,
        kind=agreement.kind,
        title=front.title,
        language=front.language,
        status=front.status,
        parties=front.parties,
        start=front.start,
        end=front.end,
        preamble=preamble,
        clauses=clauses,
        blanks=tuple(filler.used.values()),
        key=front.id,
        time_zone=front.time_zone,
    )


_PLAIN = BlankDefinition(ask="?")


@cache
def _reserved(said: Labels) -> Blanks:
    return {
        "parties": BlankDefinition(ask=said["askParties"], type="list"),
        "start": BlankDefinition(ask=said["askStart"], type="date"),
        "end": BlankDefinition(ask=said["askEnd"], type="date"),
        "title": BlankDefinition(ask=said["askTitle"]),
    }


class _Filler:
    def __init__(self, agreement: Agreement, titles: Callable[[str], str], one_stop: bool) -> None:
        front = agreement.front
        self.language = front.language or DEFAULT
        self.labels = labels(self.language)
        self.definitions = definitions(front.blanks) | _reserved(self.labels)
        self.answers = {blank_key(name): given for name, given in front.answers.items()} | {
            "parties": [party.name for party in front.parties],
            "start": front.start.isoformat() if front.start else "",
            "end": front.end.isoformat() if front.end else "",
            "title": front.title,
        }
        self.numbers = {section.id: (number, section.title) for number, section in enumerate(agreement.sections, 1)}
        self.titles = titles
        self.used: dict[str, UsedBlank] = {}
        self.becomes: Becomes = {Blank: self.blank, Reference: self.reference}
        self.passages: Becomes = {Paragraph: self.passage, Item: self.passage} if one_stop else self.becomes

    def use(self, name: str) -> tuple[BlankDefinition, Any]:
        """The definition and the answer of the blank called ``name``, which stands in the document."""
        key = blank_key(name)
        if key not in self.used:
            self.used[key] = UsedBlank(name, self.definitions.get(key, _PLAIN), self.answers.get(key))
        return self.used[key].definition, self.used[key].answer

    def blocks(self, blocks: tuple[SourceBlock, ...]) -> tuple[Block, ...]:
        return tuple(self._blocks(blocks))

    def _blocks(self, blocks: tuple[SourceBlock, ...]) -> Iterator[Block]:
        for block in blocks:
            blank = lone(block, Blank)
            if blank:
                yield from self.alone(blank, block)
            else:
                yield mapped(block, self.passages)

    def passage(self, block: Paragraph | Item) -> Paragraph | Item:
        children = one_stop(tuple(mapped(node, self.becomes) for node in block.children))
        if isinstance(block, Item):
            return replace(block, children=children, sublist=block.sublist and mapped(block.sublist, self.passages))
        return replace(block, children=children)

    def alone(self, blank: Blank, block: SourceBlock) -> Iterator[Block]:
        """A blank on a line of its own: an answer with a structure becomes blocks of its own kind."""
        definition, given = self.use(blank.name)
        structure = definition.blank_type.structure
        if structure == "table":
            yield self.table(blank.name, definition, given)
        elif answer.is_empty(given) or not structure:
            yield mapped(block, self.becomes)
        elif structure == "list":
            entries = [self.filled(blank.name, text, definition) for text in answer.entries(given)]
            yield ItemList(False, tuple(Item((one,), None, block.line) for one in entries), block.line)
        else:
            for text in answer.paragraphs(given):
                yield Paragraph((self.filled(blank.name, text, definition),), block.line)

    def table(self, name: str, definition: BlankDefinition, given: object) -> Table:
        columns = tuple(definition.columns)
        rows: list[tuple[str, ...]] = []
        for row in given if isinstance(given, list) else ():
            if isinstance(row, dict) and not answer.is_empty(row):
                rows.append(
                    tuple(
                        answer.written(definition.columns[column], row.get(column, ""), self.language)
                        for column in columns
                    )
                )
        return Table(name, definition, columns, tuple(rows))

    def reference(self, node: Reference) -> ClauseNumber:
        number, title = self.numbers.get(node.clause, (0, ""))
        return ClauseNumber(node.clause, number, title or self.titles(node.clause))

    def blank(self, node: Blank) -> Hole | Filled:
        definition, given = self.use(node.name)
        if answer.is_empty(given):
            return Hole(node.name, definition, self.shown(node.name))
        return self.filled(node.name, answer.written(definition, given, self.language), definition)

    def shown(self, name: str) -> str:
        """What readers call the blank, where every toolkit has it under the same name."""
        key = blank_key(name)
        said = self.labels[key] if key in RESERVED_BLANKS else key
        return "" if said == key else answer.capitalised(said) if name[:1].isupper() else said

    def filled(self, name: str, text: str, definition: BlankDefinition) -> Filled:
        if name[:1].isupper():
            text = answer.capitalised(text)
        return Filled(text, name, definition.private)


def one_stop(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """``nodes`` with one full stop where a value that ends a sentence itself meets that of its own sentence."""
    leaves = [node for node in walk(nodes) if not isinstance(node, Wrap)]
    becomes: dict[int, Node] = {}
    for value, following in pairwise(leaves):
        found = answer.full_stop(following.text) if isinstance(following, Text) else None
        if found and isinstance(value, Filled) and answer.ended(value.text):
            becomes[id(value)] = replace(value, stop=found[2])
        elif not (found and isinstance(value, ClauseNumber) and answer.ended(value.title)):
            continue
        becomes[id(following)] = Text(found[1] + following.text[found.end() :])
    return _swapped(nodes, becomes) if becomes else nodes


def _swapped(nodes: tuple[Node, ...], becomes: dict[int, Node]) -> tuple[Node, ...]:
    """``nodes`` with others in the place of some leaves. A text that is empty now stays: a blank was not alone."""
    return tuple(
        replace(node, children=_swapped(node.children, becomes))
        if isinstance(node, Wrap)
        else becomes.get(id(node), node)
        for node in nodes
    )


def term(document: Document) -> tuple[str, str]:
    """The first and the last day, as written in the document's language; empty where there is none."""

    def day(date: datetime.date | None) -> str:
        return written_date(date, document.language) if date else ""

    return day(document.start), day(document.end)


def party_names(document: Document) -> str:
    return written_list([party.name for party in document.parties], document.language)


def open_blanks(document: Document) -> list[str]:
    """The names of the blanks that nobody has answered, each once, in the order of the text."""
    blocks = chain(document.preamble, *(clause.blocks for clause in document.clauses))
    nodes = walk(block for block in blocks if not isinstance(block, Note))
    return list(dict.fromkeys(node.name for node in nodes if _is_open(node)))


def _is_open(node: Node) -> bool:
    return isinstance(node, Hole) or (isinstance(node, Table) and not node.rows)
