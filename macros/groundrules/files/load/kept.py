"""Files as they were last read, so that a file that has not changed is not read again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.language import NO_LABELS, OwnLabels
from ...text.problems import Problem
from .file import File
from .listing import Listing

# Seconds between two lines about work that takes long.
SAY_EVERY = 3.0


@dataclass(slots=True)
class Cached:
    stamp: tuple[str, int, int]
    result: Any
    problems: list[Problem]


@dataclass
class Cache:
    """A cache of what earlier loads read, by file; an entry counts while the file's time and size stay the same."""

    files: dict[str, Cached] = field(default_factory=dict)
    # Those that say an earlier name of something, by file: the digest of the text of today, and what was read from it.
    followed: dict[str, tuple[str, Any, list[Problem]]] = field(default_factory=dict)
    labels: OwnLabels = NO_LABELS
    # Told now and then how far a long load is.
    say: Callable[[str], None] = lambda line: None


class Reading(Listing):
    """The files of one load. ``unread`` are those that are there and cannot be read, by place or address."""

    def __init__(self, root: Path, cache: Cache) -> None:
        super().__init__(root)
        self.cache = cache
        self.readers: dict[str, Callable[[File], Any]] = {}
        self.paths: dict[str, Path] = {}
        self.unread: set[str] = set()
        self.said = time.monotonic()

    def read(self, path: Path, reader: Callable[[File], Any], address: str = "", where: str = "") -> Any:
        """Read one file with ``reader``, or take what an earlier load made of the same bytes.

        A file that cannot be read gives ``None``, and is noted under its place, or the ``address`` of its page.
        ``where`` is its place in the toolkit, if it stands elsewhere.
        """
        where = where or self.relative(path)
        self.readers[where], self.paths[where] = reader, path
        try:
            info = path.stat()
            stamp = (str(path), info.st_mtime_ns, info.st_size)
            cached = self.cache.files.get(where)
            if cached is None or cached.stamp != stamp:
                file = File(where)
                result = file.read_with(reader) if file.read(path, info) else None
                cached = self.cache.files[where] = Cached(stamp, result, file.problems)
                self.say_how_far()
        except OSError as error:
            self.cache.files.pop(where, None)
            self.unreadable(path, error)
            cached = Cached(("", 0, 0), None, [])
        self.problems.extend(cached.problems)
        if cached.result is None:
            self.unread.add(address or where)
        return cached.result

    def say_how_far(self) -> None:
        if time.monotonic() - self.said >= SAY_EVERY:
            self.said = time.monotonic()
            self.cache.say(f"Reading: {len(self.readers)} files")

    def read_as(self, where: str, text: str) -> Any:
        """What the file ``where`` says when ``text`` stands for its own."""
        file = File(where)
        file.take(text)
        known = self.cache.followed.get(where)
        if known is None or known[0] != file.digest:
            known = file.digest, file.read_with(self.readers[where]), file.problems
            self.cache.followed[where] = known
        self.problems += [one for one in known[2] if one not in self.problems]
        return known[1]

    def forget(self) -> None:
        """Drop from the cache the files that this load did not come across."""
        for gone in set(self.cache.files) - set(self.readers):
            del self.cache.files[gone]
