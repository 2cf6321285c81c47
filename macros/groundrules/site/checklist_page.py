"""The page of a checklist: its marks, each with a key that stays as long as its words do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from ..model.pieces import Checklist, Clause
from ..text.markup.nodes import ItemList, Reference, lone, plain
from .library import Heading, Library, Page


@dataclass(frozen=True)
class Mark:
    """One thing to settle in a checklist; ``key`` stays the same as long as its words do."""

    key: str
    html: Markup


@dataclass(frozen=True)
class MarkGroup:
    title: str
    link: str
    marks: tuple[Mark, ...] = ()
    text: Markup = field(default_factory=Markup)


def checklist_page(library: Library, checklist: Checklist) -> Page:
    sections = [(section, mark_groups(library, checklist, section.blocks)) for section in checklist.sections]
    headings = [
        Heading(
            section.id or f"section-{number}",
            section.title,
            " ".join(Markup(mark.html).striptags() for group in groups for mark in group.marks),
        )
        for number, (section, groups) in enumerate(sections, 1)
    ]
    total = sum(len(group.marks) for _, groups in sections for group in groups)
    return library.framed(
        checklist,
        "checklist.html",
        checklist.front.summary,
        headings,
        checklist.front.summary,
        checklist=checklist,
        intro=library.text(checklist.intro),
        total=total,
        sections=[
            (heading.id, section.title, groups) for heading, (section, groups) in zip(headings, sections, strict=True)
        ],
        sources=library.named(checklist.front.sources),
    )


def mark_groups(library: Library, checklist: Checklist, blocks: Iterable[Any]) -> list[MarkGroup]:
    """The marks of a section, in groups: paragraphs, its own items, and the questions of clauses."""
    groups: list[MarkGroup] = []
    seen: dict[str, int] = {}
    for block in blocks:
        clause = questions_of(library, block)
        if clause:
            groups.append(
                MarkGroup(
                    clause.front.title,
                    library.link(clause),
                    tuple(mark(library, item.children, seen) for item in clause.questions),
                )
            )
        elif isinstance(block, ItemList):
            groups.append(MarkGroup("", "", tuple(mark(library, item.children, seen) for item in block.items)))
        else:
            groups.append(MarkGroup("", "", text=library.text([block])))
    return groups


def questions_of(library: Library, block: Any) -> Clause | None:
    reference = lone(block, Reference)
    return library.toolkit.clauses.get(reference.clause) if reference else None


def mark(library: Library, children: Any, seen: dict[str, int]) -> Mark:
    words = plain(children)
    key = hashlib.sha256(words.encode()).hexdigest()[:12]
    seen[key] = seen.get(key, 0) + 1
    return Mark(key if seen[key] == 1 else f"{key}-{seen[key]}", Markup(library.writer().inline(children)))
