"""Pieces that were copied from the library: their words there, and what the toolkit notes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..files import disk
from ..files.edit import rewrite
from ..files.library import ABOUT, BASES, OFFERED, earlier, lent, library, library_version
from ..files.load.folders import load
from ..text import frontmatter
from .shared import Place, refuse_broken


class Copies:
    """The pieces of the library that were, or are to be, copied into the toolkit in ``place``, by their names."""

    def __init__(self, place: Place) -> None:
        self.root = place.root
        loaded = load(place.root, place.partnerships)
        refuse_broken(loaded.problems, {f"agreements/{ABOUT}"})
        self.about = loaded.toolkit.about

    def path(self, name: str) -> Path:
        return self.root / lent()[name]

    def theirs(self, name: str) -> str:
        """The library's words of today."""
        return disk.read(library() / lent()[name])

    def base(self, name: str) -> str:
        """The words that were copied; empty if they were not kept."""
        return _read(self.root / BASES / lent()[name])

    def put(self, name: str, text: str, over: str | None = None) -> None:
        """Have ``text`` as the copy, ``over`` the text that stands there."""
        self._write(lent()[name], text, over)

    def note(self, name: str) -> None:
        """Note that the copy was made of the library of today, or compared with it."""
        self._write(f"{BASES}/{lent()[name]}", self.theirs(name))
        version = library_version()
        self._note(lambda data: {"library": version, **data, "adopted": {**data.get("adopted", {}), name: version}})

    # --- the library as a whole ---

    def unseen(self) -> list[str]:
        """What the library has that it did not have, by any name, when this toolkit last looked."""
        noted = self.root / BASES / OFFERED
        seen = {*_read(noted).split("\n")}
        return sorted(one for one in lent() if not seen & {one, *earlier(one)}) if noted.is_file() else []

    def note_seen(self) -> None:
        """Note that all was looked at that the library of today has."""
        self._write(f"{BASES}/{OFFERED}", offered_list())
        self._note(lambda data: {**data, "library": library_version()})

    def _note(self, noted: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        file = f"agreements/{ABOUT}"
        text = _read(self.root / file)
        front, _ = frontmatter.read(text)
        self._write(file, rewrite(text, noted(dict(front.data or {}))), over=text or None)

    def _write(self, file: str, text: str, over: str | None = None) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write(path, text, over)


def offered_list() -> str:
    """The names of all that the library of today has, a line each."""
    return "".join(f"{name}\n" for name in sorted(lent()))


def _read(path: Path) -> str:
    return disk.read(path) if path.is_file() else ""
