"""``/agreements.json``: what the site holds, for other programs."""

from __future__ import annotations

import json
from typing import Any

from ..model.pieces import Agreement, Clause, Piece, Template, address
from .library import Library


def agreements_json(library: Library) -> str:
    """Every published piece by kind. Nothing private is in it: no unpublished partnership, no phone, no email."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for piece in library.toolkit.published:
        kinds.setdefault(piece.kind, []).append(_entry(piece, library))
    return json.dumps(kinds, ensure_ascii=False, indent=1, sort_keys=True)


def _entry(piece: Piece, library: Library) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": piece.id, "title": piece.front.title, "address": address(piece)}
    if isinstance(piece, Clause):
        entry |= {"group": piece.front.group, "wordings": list(piece.wordings)}
    elif isinstance(piece, Template):
        entry |= {
            "summary": piece.front.summary,
            "clauses": [
                {"id": one.id, "wording": one.wording, "optional": one.optional} for one in piece.front.clauses
            ],
        }
    elif isinstance(piece, Agreement) and piece.kind != "letters":
        stands = library.signing_state(piece)
        held = stands.in_force.clauses if stands else piece.sections
        entry |= {
            "template": library.toolkit.now_called("templates", piece.front.template),
            "status": "agreed" if stands and stands.agreed and stands.state != "ended" else piece.front.status,
            "language": piece.front.language,
            "clauses": [one.id for one in held],
        }
        if stands and stands.agreed:
            entry["version"] = stands.agreed
    else:
        entry |= {"summary": getattr(piece.front, "summary", "")}
    if piece.language:
        entry["language"] = piece.language
    downloads = [f"{address(piece)}{piece.id}.{kind}" for kind in library.kinds(piece)]
    return entry | ({"downloads": downloads} if downloads else {})
