"""A toolkit as if its library and data files said the names of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...model.pieces import Agreement, Toolkit
from ...text.frontmatter import FrontMatter
from .file import File
from .kept import Reading
from .renamed import Following, named_in


def follow(toolkit: Toolkit, kinds: Iterable[str], reading: Reading) -> Toolkit:
    """``toolkit`` with its pieces of these ``kinds`` under the names of today; ``renamed`` notes each earlier one.

    Partnerships' own agreements stay as they are signed: an upgrade follows there, when people decide it.
    """
    if not any(toolkit.former.values()):
        return toolkit
    following = _Follower(toolkit, reading)
    changed: dict[str, Any] = {}
    for kind in kinds:
        pieces = getattr(toolkit, kind).items()
        changed[kind] = {name: following.followed(one.origin.file, one, one.origin.front) for name, one in pieces}
    for kind in ("situations", "chooser", "exceptions"):
        name, told = f"{kind}.yml", getattr(toolkit, kind)
        if told:
            again = following.followed(f"agreements/{name}", told, toolkit.data_lines[name])
            changed[kind] = again if again is told else again[0]
    return replace(toolkit, **changed, renamed=tuple(following.renamed))


class _Follower:
    def __init__(self, toolkit: Toolkit, reading: Reading) -> None:
        self.toolkit = toolkit
        self.reading = reading
        self.renamed: list[tuple[str, int, str, str]] = []

    def followed(self, where: str, piece: Any, front: FrontMatter) -> Any:
        """``piece`` as it is read once the earlier names in its file are those of today."""
        path, file = Path(self.toolkit.root, where), File(where)
        try:
            if not file.read(path, path.stat()):
                return piece
        except OSError:
            return piece
        following = Following(self.toolkit, file.text.split("\n"))
        following.front(front, named_in(piece))
        if not isinstance(piece, tuple):
            following.body(isinstance(piece, Agreement))
        if not following.notes:
            return piece
        self.renamed += [(where, *note) for note in following.notes]
        return self.reading.read_as(where, "\n".join(following.lines)) or piece
