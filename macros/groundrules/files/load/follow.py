"""A toolkit as if its library and data files said the names of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...model.pieces import Agreement, Toolkit, places
from ...text.frontmatter import FrontMatter
from .file import File
from .kept import Reading
from .lost_links import is_lost, page_without_lost_links, without_lost_links
from .renamed import Following, named_in


def follow(toolkit: Toolkit, kinds: Iterable[str], reading: Reading) -> Toolkit:
    """``toolkit`` with its pieces of these ``kinds`` under the names of today; ``renamed`` notes each earlier one.

    Partnerships' own agreements stay as they are signed: an upgrade follows there, when people decide it.
    What comes from the library leads to no page of it that is not here.
    """
    if not any(toolkit.former.values()) and not toolkit.borrowed | toolkit.adopted:
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
    changed["guidance"] = tuple(
        page_without_lost_links(page, following.there) if page.file in following.lent else page
        for page in toolkit.guidance
    )
    return replace(toolkit, **changed, renamed=tuple(following.renamed))


class _Follower:
    def __init__(self, toolkit: Toolkit, reading: Reading) -> None:
        self.toolkit = toolkit
        self.reading = reading
        self.renamed: list[tuple[str, int, str, str]] = []
        self.there = places(toolkit)
        self.lent = toolkit.borrowed | toolkit.adopted

    def followed(self, where: str, piece: Any, front: FrontMatter) -> Any:
        """``piece`` as it is read once the earlier names in its file are those of today."""
        path, file = self.reading.paths[where], File(where)
        try:
            if not file.read(path, path.stat()):
                return piece
        except OSError:
            return piece
        following = Following(self.toolkit, file.text.split("\n"))
        following.front(front, named_in(piece))
        if not isinstance(piece, tuple):
            following.body(isinstance(piece, Agreement))
        if where in self.lent:
            following.lines = [without_lost_links(line, self.there) for line in following.lines]
        if where not in self.toolkit.borrowed:
            self.renamed += [(where, *note) for note in following.notes]
        text = "\n".join(following.lines)
        piece = (text != file.text and self.reading.read_as(where, text)) or piece
        return self.related(piece) if where in self.lent else piece

    def related(self, piece: Any) -> Any:
        """``piece``, related to nothing that is not here."""
        named = getattr(getattr(piece, "front", None), "related", ())
        left = tuple(one for one in named if not is_lost(one, self.there))
        return piece if left == named else replace(piece, front=piece.front.model_copy(update={"related": left}))
