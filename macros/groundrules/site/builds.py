"""The builds of a site: from what the one that stands was built, and the one that will take its place."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..files.stage import Stage
from .library import Page


@dataclass(frozen=True)
class Drawn:
    """A page as it was last drawn.

    ``key`` is a digest of everything it shows, ``entries`` are JSON for the search index.
    """

    key: str
    page: Page
    entries: bytes


class Builds:
    """The builds of one process, each of which goes beside the site and takes its place at the end.

    So a build that fails or is killed leaves the last good one, and the next one writes only what has changed.
    """

    def __init__(self) -> None:
        self.drawn: dict[str, Drawn] = {}
        # Of the site that stands: the keys of pages by their source or address, the stamps of files by their place.
        self.pages: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.stage: Stage | None = None
        self.stands = False

    def begin(self, place: Path, listed: Path | None, upon: bool) -> Path:
        """The folder to build in; with ``upon``, what this process built in ``place`` stays where it is not changed."""
        place = place.resolve()
        stood = None
        if upon and self.stands and self.stage is not None and self.stage.place == place and place.is_dir():
            stood = self.stage.written
        else:
            self.pages, self.files = {}, {}
        self.stage = Stage(place, listed)
        self.stands = False
        return self.stage.begin(stood)

    def draw(self, here: str, key: str, draw: Callable[[], tuple[Page, bytes]]) -> Drawn:
        """The page at the address ``here`` with its entries, drawn again if ``key`` is another than the last time."""
        if here not in self.drawn or self.drawn[here].key != key:
            self.drawn[here] = Drawn(key, *draw())
        return self.drawn[here]

    def is_new(self, page: str, key: str) -> bool:
        """Whether ``page`` shows something else than the one that stands; without a ``key`` nobody can tell."""
        return not key or self.pages.get(page) != key

    def clear(self, addresses: set[str], files: dict[str, str], written: set[str]) -> None:
        """Leave only what stays: nothing that is ``written`` again, nothing that stood for what is gone."""
        for gone in set(self.drawn) - addresses:
            del self.drawn[gone]
            self.pages.pop(gone, None)
        if self.stage:
            self.stage.gone |= written | (self.files.keys() - files.keys())
        self.files = files

    def finish(self, again: bool) -> Path | None:
        """Let the build take its place, and say where that is; ``again`` if edits will be built upon it."""
        if self.stage is None:
            return None
        self.stage.finish()
        self.stands = True
        if again and not gc.get_freeze_count():
            # What stands from the first build on is not looked through at every edit.
            gc.freeze()
        return self.stage.place

    def give_up(self) -> None:
        """Leave nothing half-made."""
        if self.stage and not self.stands:
            self.stage.give_up()


def stamp_of(path: Path) -> str:
    info = path.stat()
    return f"{path} {info.st_mtime_ns} {info.st_size} {info.st_ino}"


def folder_stamps(folder: str | None) -> list[str]:
    return sorted(stamp_of(path) for path in Path(folder).rglob("*") if path.is_file()) if folder else []
