"""The page for the people whom the work is for: an agreement in plain words, made from notes in its clauses.

A wording says in a note, ``> Tell people: …``, what the people it is about should know. Partners who write a clause
anew say so in a note of their own. Where they do not, a blank asks for it: nobody is told what was not agreed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from ...model.pieces import Agreement, Section, Toolkit, Wording
from ...text.markup.nodes import Blank, Block, Node, Note, Paragraph, Strong, Text
from .answers import capitalised
from .assemble import assemble, clause_in, text_without_notes
from .labels import labels
from .nodes import Document

LABEL = "Tell people"


def told(agreement: Agreement, toolkit: Toolkit) -> Document:
    """What the people whom the work of ``agreement`` is for are told, in the groups of its clauses."""
    words = labels(agreement.front.language)
    blocks = [_paragraph(Blank("Parties", 0), Text(f" {words['work together']}"))]
    days = [one for one in ("start", "end") if getattr(agreement.front, one) or not agreement.front.parties]
    if days:
        said = {"start": f"{capitalised(words['from'])} ", "end": f" {words['to']} "}
        blocks.append(_paragraph(*chain.from_iterable((Text(said[day]), Blank(day, 0)) for day in days), Text(".")))
    language = agreement.front.language.split("-")[0]
    found = [(section, clause_in(toolkit, section.id, language)) for section in agreement.sections]
    for group in toolkit.groups:
        held = [(section, clause.wordings) for section, clause in found if clause and clause.front.group == group.title]
        below = list(chain.from_iterable(_told(section, wordings.get(section.wording)) for section, wordings in held))
        blocks += [_paragraph(Strong((Text(group.told or group.title),))), *below] if below else []
    blocks += [_paragraph(Strong((Text(words["told more"]),))), _paragraph(Text(words["told whom"]))]
    title = words["told"].format(title=agreement.front.title)
    front = agreement.front.model_copy(update={"title": title})
    return replace(assemble(replace(agreement, front=front, preamble=tuple(blocks), sections=())), kind="letters")


def _told(section: Section, library: Wording | None) -> Iterator[Paragraph]:
    """What is told of ``section``: by its own note, or by that of the ``library`` where its words are the same."""
    own, learned = list(_notes(section.blocks)), list(_notes(library.blocks)) if library else []
    if own or not learned:
        return iter(own)
    if library and text_without_notes(section.text) == text_without_notes(library.text):
        return iter(learned)
    return iter([_paragraph(Blank(section.title, 0))])


def noted(wording: Wording) -> bool:
    """Whether ``wording`` says what people are told of it."""
    return any(_notes(wording.blocks))


def _notes(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    notes = (block for block in blocks if isinstance(block, Note) and block.label == LABEL)
    return chain.from_iterable(note.paragraphs for note in notes)


def _paragraph(*children: Node) -> Paragraph:
    return Paragraph(children, 0)
