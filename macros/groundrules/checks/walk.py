"""What stands in a piece's text, found once and shared by all checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..model.front import BlankDefinition
from ..model.pieces import Agreement, Checklist, Clause, RecordForm, Template, Toolkit, Written, definitions
from ..text.markup.nodes import (
    Blank,
    Block,
    ItemList,
    Link,
    Reference,
    blank_key,
    lone,
    passages,
    walk,
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of agreement text: a clause's wording or reasons, an agreement's section, a preamble, …

    ``name`` is the id of the wording or the section, or empty; ``fillable`` says whether blanks may stand
    here. Each blank comes with its key, each link with its line; ``alone`` are the blanks alone on their line.
    """

    name: str
    fillable: bool
    blocks: tuple[Block, ...]
    blanks: tuple[tuple[str, Blank], ...]
    references: tuple[Reference, ...]
    links: tuple[tuple[int, Link], ...]
    alone: tuple[Blank, ...]


key_of = lru_cache(maxsize=10_000)(blank_key)


def runs(piece: Written) -> tuple[Run, ...]:
    """The runs of text in ``piece``."""
    return _walk(piece).runs


def defined(piece: Written) -> dict[str, BlankDefinition]:
    """The blanks that ``piece`` defines, by key."""
    return _walk(piece).defined


def answers(agreement: Agreement) -> dict[str, tuple[str, Any]]:
    """The answers of ``agreement`` by key, each with the name it was given under."""
    return _walk(agreement).answers


def known(toolkit: Toolkit, kind: str) -> set[str]:
    """The ids of one kind, those of files that could not be read among them: nobody should miss these."""
    start = f"/{kind}/"
    broken = {address[len(start) : -1] for address in toolkit.unread if address.startswith(start)}
    return broken | set(getattr(toolkit, kind))


def line_of(piece: Written, *path: str | int) -> int:
    """The line of the file at which this place in the front matter stands."""
    return piece.origin.front.line(*path)


@dataclass(frozen=True, slots=True)
class _Walk:
    piece: Written
    runs: tuple[Run, ...]
    defined: dict[str, BlankDefinition]
    answers: dict[str, tuple[str, Any]]


# By file. An entry counts until the file is read anew, so checking again costs next to nothing.
_KEPT: dict[str, _Walk] = {}


def _walk(piece: Written) -> _Walk:
    kept = _KEPT.get(piece.origin.file)
    if kept is None or kept.piece is not piece:
        given = piece.front.answers if isinstance(piece, Agreement) else {}
        kept = _KEPT[piece.origin.file] = _Walk(
            piece,
            tuple(_runs(piece)),
            definitions(getattr(piece.front, "blanks", {})),
            {key_of(name): (name, value) for name, value in given.items()},
        )
    return kept


def _runs(piece: Written) -> Iterator[Run]:
    if isinstance(piece, Clause):
        questions = (ItemList(False, piece.questions, 1),) if piece.questions else ()
        for blocks in (piece.summary, piece.why, questions, piece.watch):
            yield _run("", False, blocks)
        for wording in piece.wordings.values():
            yield _run(wording.id, True, wording.blocks)
    elif isinstance(piece, Agreement):
        yield _run("", True, piece.preamble)
        for section in piece.sections:
            yield _run(section.id, True, section.blocks)
    elif isinstance(piece, Template):
        yield _run("", True, piece.preamble)
    elif isinstance(piece, Checklist):
        yield _run("", False, piece.intro)
        for part in piece.sections:
            yield _run(part.id, False, part.blocks)
    elif isinstance(piece, RecordForm):
        yield _run("", True, piece.intro)
        for part in piece.sections:
            yield _run(part.id, True, part.blocks)


def _run(name: str, fillable: bool, blocks: tuple[Block, ...]) -> Run:
    nodes = [(one.line, node) for one in passages(blocks) for node in walk(one.children) if type(node) in _WANTED]
    return Run(
        name,
        fillable,
        blocks,
        tuple((key_of(node.name), node) for _, node in nodes if isinstance(node, Blank)),
        tuple(node for _, node in nodes if isinstance(node, Reference)),
        tuple((line, node) for line, node in nodes if isinstance(node, Link)),
        tuple(blank for block in blocks if (blank := lone(block, Blank))),
    )


_WANTED = (Blank, Reference, Link)
