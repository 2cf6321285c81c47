"""One agreement as JSON, for other programs: what it is, what it says, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..agreement.document.answers import is_empty
from ..agreement.document.nodes import Block, Document, Hole, Table
from ..model.front import Party, Signature
from ..text.markup.nodes import ItemList, Node, Note, Paragraph, handler, lone
from .printed import runs
from .writer import Writer

WRITER = Writer(kind="json", place=5, write=lambda content: record(content.document))


def record(document: Document) -> bytes:
    """The JSON of ``document``: blocks hold plain text, an open blank in it stands as ``[its name]``."""
    made = {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "language": document.language,
        "status": document.status,
        "start": document.start.isoformat() if document.start else None,
        "end": document.end.isoformat() if document.end else None,
        "parties": [_known(party) for party in document.parties],
        **({"remarks": list(document.remarks)} if document.remarks else {}),
        "preamble": _blocks(document.preamble, document.language),
        "clauses": [
            {
                "id": clause.id,
                "number": clause.number,
                "title": clause.title,
                "wording": clause.wording,
                "blocks": _blocks(clause.blocks, document.language),
            }
            for clause in document.clauses
        ],
        "blanks": [
            {
                "name": blank.name,
                "ask": blank.definition.ask,
                "type": blank.definition.type,
                "answer": None if is_empty(blank.answer) else blank.answer,
            }
            for blank in document.blanks
        ],
        "signatures": [_known(one) for one in document.signatures],
    }
    # Half a character, which UTF-8 cannot hold, stays as its escape.
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _known(of: Party | Signature) -> dict[str, str]:
    return {name: value for name, value in of.model_dump(mode="json").items() if value}


def _blocks(blocks: Iterable[Block], language: str) -> list[dict[str, Any]]:
    return [handler(_BECOMES, block)(block, language) for block in blocks if not isinstance(block, Note)]


def _table(block: Table, language: str) -> dict[str, Any]:
    rows = [list(row) for row in block.rows]
    return {"type": "table", "blank": block.name, "columns": list(block.columns), "rows": rows}


def _list(block: ItemList, language: str) -> dict[str, Any]:
    return {"type": "list"} | _items(block, language)


def _paragraph(block: Paragraph, language: str) -> dict[str, Any]:
    hole = lone(block, Hole)
    text = {"type": "paragraph", "text": _text(block.children, language)}
    return text | ({"open": hole.name} if hole else {})


_BECOMES: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {
    Paragraph: _paragraph,
    ItemList: _list,
    Table: _table,
}


def _items(items: ItemList, language: str) -> dict[str, Any]:
    return {
        "ordered": items.ordered,
        "items": [
            {"text": _text(item.children, language)}
            | ({"below": _items(item.sublist, language)} if item.sublist else {})
            for item in items.items
        ],
    }


def _text(nodes: Iterable[Node], language: str) -> str:
    return "".join(run.text for run in runs(nodes, language))
