"""The runs of text in a piece, with the blanks, references and links that stand in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..text.markup.nodes import Blank, Block, ItemList, Link, Reference, blank_key, lone, passages, walk
from .pieces import Agreement, Checklist, Clause, RecordForm, Template, Written
from .remember import remember


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


@remember
def runs(piece: Written) -> tuple[Run, ...]:
    """The runs of text in ``piece``."""
    return tuple(_runs(piece))


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
    elif isinstance(piece, Checklist | RecordForm):
        fillable = isinstance(piece, RecordForm)
        yield _run("", fillable, piece.intro)
        for part in piece.sections:
            yield _run(part.id, fillable, part.blocks)


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
