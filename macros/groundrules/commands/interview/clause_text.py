"""A clause on the screen: its heading, its text with the answers in it, and why people agree it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...agreement.document.nodes import ClauseNumber, Document, DocumentClause, Filled, Hole, Table
from ...model.pieces import Clause
from ...text.markup.nodes import Becomes, ItemList, Note, Paragraph, Text, handler, numbered, worded
from ..terminal import reasons, say


def say_opening(document: Document) -> None:
    """Show what stands before the first clause."""
    for line in lines_of(document.preamble, _SAID):
        say(line)
    say("")


def say_clause(document: Document, identity: str, library: Clause | None) -> None:
    """Show a clause of ``document``; ``library`` is what the library has of it."""
    clause = next(one for one in document.clauses if one.id == identity)
    say("")
    say(f"{clause.number}. {clause.title}", bold=True)
    for line in clause_lines(clause):
        say(line, indent="  | ")
    if library is None:
        return
    first, *others = reasons(library) or [""]
    for line in [f"Why: {first}", *others]:
        say(line)
    wordings = len(library.wordings)
    if wordings > 1:
        now = library.wordings.get(clause.wording)
        named = f'"{now.title}"' if now else "your own words"
        say(f"Wording: {named}, one of {wordings}; /wording chooses.")


def clause_lines(clause: DocumentClause) -> list[str]:
    """The text of a clause for the screen: answers filled in, open blanks in brackets."""
    return lines_of(clause.blocks, _SAID)


def lines_of(blocks: Iterable[Any], said: Becomes) -> list[str]:
    """The lines of ``blocks``, without notes; ``said`` puts what is in them into words."""

    def items(block: ItemList) -> list[str]:
        return [f"{'  ' * level}{mark} {worded(item.children, said)}" for item, level, mark in numbered(block)]

    lines: Mapping[type, Callable[[Any], list[str]]] = {
        Paragraph: lambda block: [worded(block.children, said)],
        ItemList: items,
        Table: _table,
        Note: lambda block: [],
    }
    return [line for block in blocks for line in handler(lines, block)(block)]


def _table(table: Table) -> list[str]:
    return [" | ".join(row) for row in table.rows] or [f"[{table.name}: {', '.join(table.columns)}]"]


_SAID: Becomes = {
    Text: lambda node: node.text,
    Filled: lambda node: node.text,
    Hole: lambda node: f"[{node.name}]",
    ClauseNumber: lambda node: f"clause {node.number}, {node.title}" if node.number else f"{node.title} (left out)",
}
