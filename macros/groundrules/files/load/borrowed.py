"""The part of a toolkit that comes from the library. What stands in the toolkit itself wins."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...model.about import About
from ...model.pieces import Agreement, RecordForm, Toolkit
from ...model.runs import runs
from ..library import formerly, lent, library, offered
from .file import File
from .kept import Reading
from .renamed import named_in


class Borrowing(Reading):
    """The files of one load; ``borrowed`` are those of the library, by the place that each would have here."""

    about = About()

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.borrowed: set[str] = set()

    def taken(self, kind: str) -> Iterator[tuple[str, Path]]:
        """What ``toolkit.yml`` takes of one ``kind`` from the library: the place here, and the path."""
        for name in self.takes(kind):
            yield from self.in_library(kind, name)

    def takes(self, kind: str) -> Iterator[str]:
        """What ``toolkit.yml`` takes of one ``kind``, by the names of today."""
        for name in getattr(self.about.takes, kind):
            yield name if name in offered(kind) else formerly(kind).get(name, name)

    def in_library(self, kind: str, name: str) -> Iterator[tuple[str, Path]]:
        """The place here and the path of what the library calls so, if there is such a thing, and none of the same
        name here."""
        place = offered(kind).get(name) if self.about.library else None
        if place and not os.path.lexists(self.root / place):
            self.borrowed.add(place)
            yield place, library() / place

    @property
    def adopted(self) -> frozenset[str]:
        """The toolkit's files that are copies of the library's."""
        return frozenset(lent()[name] for name in self.about.adopted if name in lent())

    def borrow(self, pieces: Mapping[str, dict[str, Any]], readers: Mapping[str, Callable[[File], Any]]) -> None:
        """Add to ``pieces``, which are by kind and name, what is taken, and what they name and the toolkit lacks."""
        if not self.about.library:
            return
        own = [one for kind in pieces.values() for piece in kind.values() for one in named(piece)]
        wanted = deque([*((kind, name) for kind in pieces for name in self.takes(kind)), *own])
        while wanted:
            kind, name = wanted.popleft()
            if name in pieces.get(kind, {name}):
                continue
            for place, path in self.in_library(kind, name):
                piece = self.read(path, readers[kind], f"/{kind}/{name}/", place)
                if piece is not None:
                    pieces[kind][name] = piece
                    wanted.extend(named(piece))


def named(piece: Any) -> Iterator[tuple[str, str]]:
    """The kind and the name of each piece without which ``piece`` would have a hole.

    A form of a record passes over what an agreement does not have.
    """
    names = [(kind, name) for _, kind, name in named_in(piece)]
    yield from names
    if piece.language and piece.kind != "partnerships":
        yield piece.kind, piece.id.partition(".")[0]
        yield from ((kind, f"{name}.{piece.language}") for kind, name in names if kind == "clauses")
    if isinstance(piece, Agreement):
        yield from (("clauses", section.id) for section in piece.sections)
    if not isinstance(piece, RecordForm):
        yield from (("clauses", one.clause) for run in runs(piece) for one in run.references)


def filled(toolkit: Toolkit, lent: Mapping[str, Any]) -> Toolkit:
    """``toolkit`` with the groups, sources and elements that its pieces name and its own files lack.

    ``lent`` are the library's, by the names of their files.
    """
    (rows, keys), groups, sources = lent["elements.csv"], lent["groups.yml"], lent["sources.yml"]
    named = {one for clause in toolkit.clauses.values() for one in clause.front.elements} - {*toolkit.elements}
    elements = {name: row for name, row in rows.items() if name in named}
    columns = {key for row in elements.values() for key in row.keys}
    cited = {one for piece in toolkit.pieces for one in getattr(piece.front, "sources", ())} - {*toolkit.sources}
    columns |= {one.key for name, one in sources.items() if name in cited}
    wanted = {clause.front.group for clause in toolkit.clauses.values()} - {group.title for group in toolkit.groups}
    named_here = {name: one for name, one in sources.items() if name in cited or one.key in columns - {""}}
    return replace(
        toolkit,
        groups=(*toolkit.groups, *(group for group in groups if group.title in wanted)),
        sources=named_here | {**toolkit.sources},
        elements={**toolkit.elements, **elements},
        keys=(*toolkit.keys, *(key for key in keys if key in columns and key not in toolkit.keys)),
    )
