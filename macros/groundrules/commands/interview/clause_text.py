"""A clause on the screen: its heading, its text with the answers in it, and why people agree it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...agreement.document.assemble import ClauseNumber, Document, DocumentClause, Filled, Hole, Span, Table
from ...model.pieces import Clause
from ...text.markup.nodes import Block, Emphasis, Inline, ItemList, Link, Paragraph, Strong, Text, plain
from ..terminal import say


def say_clause(document: Document, identity: str, library: Clause | None) -> None:
    """Show a clause of ``document``; ``library`` is what the library has of it."""
    clause = next(one for one in document.clauses if one.id == identity)
    say("")
    say(f"{clause.number}. {clause.title}", bold=True)
    for line in clause_lines(clause):
        say(line, indent="  | ")
    if library is None:
        return
    say(f"Why: {first_sentence(library.why)}")
    others = len(library.wordings)
    if others > 1:
        now = library.wordings.get(clause.wording)
        named = f'"{now.title}"' if now else "your own words"
        say(f"Wording: {named}, one of {others}; /wording chooses.")


def clause_lines(clause: DocumentClause) -> list[str]:
    """The text of a clause for the screen: answers filled in, open blanks in brackets."""
    lines: list[str] = []
    for block in clause.blocks:
        if isinstance(block, Paragraph):
            lines.append(_words(block.children))
        elif isinstance(block, ItemList):
            lines += _items(block, "")
        elif isinstance(block, Table):
            lines += [" | ".join(row) for row in block.rows] or [f"[{block.name}: {', '.join(block.columns)}]"]
    return lines


def _items(items: ItemList, indent: str) -> list[str]:
    lines = []
    for number, item in enumerate(items.items, 1):
        lines.append(f"{indent}{f'{number}.' if items.ordered else '-'} {_words(item.children)}")
        if item.sublist:
            lines += _items(item.sublist, indent + "  ")
    return lines


def _words(children: Iterable[Span | Inline]) -> str:
    words = []
    for child in children:
        if isinstance(child, Text | Filled):
            words.append(child.text)
        elif isinstance(child, Hole):
            words.append(f"[{child.name}]")
        elif isinstance(child, Strong | Emphasis | Link):
            words.append(_words(child.children))
        elif isinstance(child, ClauseNumber):
            words.append(f"clause {child.number}, {child.title}" if child.number else f"{child.title} (left out)")
    return "".join(words)


def first_sentence(blocks: Iterable[Block]) -> str:
    """The first sentence of a clause's reasons."""
    for block in blocks:
        if isinstance(block, Paragraph):
            text = plain(block.children)
            match = re.match(r".+?[.!?](?=\s+[\"“‘(]?[A-Z0-9]|$)", text, re.S)
            return match[0] if match else text
    return ""
