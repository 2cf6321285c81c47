"""The digest of all that a page depends on: the same digest, the same page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from ..agreement.document.translated import remarks
from ..model.pieces import Agreement, Checklist, Clause, History, Piece, Template, Toolkit
from ..text.markup.nodes import Reference, walk


def digest(*values: Any) -> str:
    return hashlib.sha256("\0".join(map(str, values)).encode()).hexdigest()


def piece_key(piece: Piece, toolkit: Toolkit, setting: str) -> str:
    """A digest of everything that the page of ``piece`` shows.

    ``setting`` stands for what all pages share: the settings, and ``shared_key``.
    """
    shown = [piece.origin.digest, *remarks(piece, toolkit, toolkit.language)]
    for identity in _clauses_shown(piece):
        identity = toolkit.now_called("clauses", identity)
        for clause in (toolkit.clauses.get(identity), toolkit.clauses.get(f"{identity}.{piece.language}")):
            shown.append(clause.origin.digest if clause else "")
    if isinstance(piece, Agreement) and piece.kind == "partnerships":
        template = toolkit.template(piece.front.template)
        shown += [history_key(toolkit.histories.get(piece.id)), template.origin.digest if template else ""]
    return digest(setting, *shown)


def history_key(history: History | None) -> str:
    """A digest of the files that stand beside a partnership's agreement."""
    if history is None:
        return ""
    kept = [history.taken, *history.versions.values(), *history.records.values()]
    return digest(*(one.origin.digest if one else "" for one in kept))


def _clauses_shown(piece: Piece) -> Iterator[str]:
    if isinstance(piece, Template):
        yield from (entry.id for entry in piece.front.clauses)
    elif isinstance(piece, Agreement) and piece.kind == "partnerships":
        # The page says which of these have changed since they were taken.
        yield from (section.id for section in piece.sections)
    elif isinstance(piece, Checklist):
        for section in piece.sections:
            yield from (node.clause for node in walk(section.blocks) if isinstance(node, Reference))


def shared_key(toolkit: Toolkit) -> str:
    """A digest of what any page may show of the others: their titles, their places, and what holds what."""
    pieces = [(one.kind, one.id, one.front.title, one.front.formerly, _held(one)) for one in toolkit.published]
    guidance = [(page.file, page.front.get("title")) for page in toolkit.guidance]
    about = (toolkit.about.founding, sorted(toolkit.borrowed), toolkit.language, toolkit.labels.words)
    return digest(pieces, guidance, toolkit.groups, toolkit.sources, toolkit.elements, about)


def _held(piece: Piece) -> tuple[str, ...]:
    if isinstance(piece, Clause):
        return (piece.front.group, *piece.front.elements, *piece.front.ladders)
    if isinstance(piece, Template):
        return tuple(entry.id for entry in piece.front.clauses)
    if isinstance(piece, Agreement):
        return (piece.front.template, *(section.id for section in piece.sections))
    return ()
