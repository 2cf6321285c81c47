"""The golden cases of agreement text, and its tree as plain data.

The cases define the language: the same files are run against the parser in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from groundrules.text.markup.nodes import (
    Blank,
    Block,
    Emphasis,
    Finding,
    Inline,
    ItemList,
    Link,
    Mark,
    Note,
    Paragraph,
    Reference,
    Text,
)
from support import table

GOLDEN = Path(__file__).parent.parent / "text" / "markup"


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each case with a name of its own: ``text``, and if there is any ``tree`` and ``findings``."""
    for file in sorted(GOLDEN.glob("*.yml")):
        for case in table(file):
            yield f"{file.stem}: {case['case']}", case


def as_data(blocks: tuple[Block, ...]) -> list[Any]:
    """The tree as lists, dicts and strings, as the golden cases write it."""
    return [_block(block) for block in blocks]


def findings_as_data(findings: list[Finding]) -> list[dict[str, str]]:
    return [{"line": str(one.line), "name": one.name, "message": one.message} for one in findings]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"p": _inline(block.children)}
    if isinstance(block, ItemList):
        return _list(block)
    assert isinstance(block, Note)
    return {"note": block.label, "says": [_inline(one.children) for one in block.paragraphs]}


def _list(items: ItemList) -> dict[str, Any]:
    return {
        "ol" if items.ordered else "ul": [
            [*_inline(item.children), *([_list(item.sublist)] if item.sublist else [])] for item in items.items
        ]
    }


def _inline(children: tuple[Inline, ...]) -> list[Any]:
    return [_node(child) for child in children]


def _node(node: Inline) -> Any:
    if isinstance(node, Text):
        return node.text
    if isinstance(node, Mark):
        return {"em" if isinstance(node, Emphasis) else type(node).__name__.lower(): _inline(node.children)}
    if isinstance(node, Link):
        return {"link": _inline(node.children), "to": node.address}
    if isinstance(node, Blank):
        return {"blank": node.name}
    assert isinstance(node, Reference)
    return {"reference": node.clause}
