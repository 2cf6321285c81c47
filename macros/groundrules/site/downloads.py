"""The files beside the pages: written at build time, and kept by content so that an unchanged one costs nothing."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Set
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata, resources
from pathlib import Path

from ..agreement.document.labels import labels
from ..agreement.document.links import CALENDAR
from ..agreement.document.told import told
from ..files.disk import files_below, write
from ..files.load.kept import SAY_EVERY
from ..model.pieces import Agreement, Template, Toolkit, address
from ..model.translations import in_both
from ..text.problems import NoFont
from ..writers.beside import bilingual_kinds, bilingual_name
from ..writers.bilingual import BILINGUAL
from ..writers.calendars import calendar_of_all
from ..writers.content import fonts_of, published
from ..writers.kinds import writers
from ..writers.pdf_fonts import ENDINGS
from ..writers.writer import Writer
from .library import Library
from .page_keys import digest, piece_key

log = logging.getLogger("groundrules")

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part of so many, such as 3 of 8, of what several machines make: each piece belongs to one."""

    number: int = 1
    of: int = 1

    def has(self, place: int) -> bool:
        return place % self.of == self.number - 1


@dataclass(frozen=True, slots=True)
class _File:
    """One download: its address from the site's root, its name among those that are kept, and what makes it."""

    place: str
    kept: str
    make: Callable[[], None]


class Downloads:
    """Writes the downloads of a library into a site; ``kept`` is a folder for what was written before.

    They are made by threads from ``begin`` on, while the host draws its pages: typst, which takes most of
    the time, lets other threads work, and so both cores are busy. ``finish`` waits and puts the files in place.
    """

    def __init__(self, kept: Path, say: Callable[[str], None]) -> None:
        self.folder = kept / "downloads"
        self.say = say
        self.files: list[_File] = []
        self.offered: set[str] = set()
        self.placed: dict[str, str] = {}
        self.pool: ThreadPoolExecutor | None = None
        self.work: list[Future[None]] = []

    def begin(self, library: Library, part: Part = Part()) -> None:
        self.stop()
        for writer in writers().values():
            if not writer.available:
                _warn_once(writer)
        toolkit = library.toolkit
        setting = digest(
            _engine(),
            toolkit.language,
            toolkit.labels.words,
            _fonts(fonts_of(toolkit)),
            [(clause.id, clause.front.title, clause.front.group) for clause in toolkit.clauses.values()],
            toolkit.groups,
        )
        self.files, self.offered = [], set()
        there = {one.name for one in os.scandir(self.folder)} if self.folder.is_dir() else set()
        dated: dict[str, Agreement] = {}
        written = [piece for piece in toolkit.published if isinstance(piece, Template | Agreement)]
        for at, piece in enumerate(written):
            offered = [writer for _, writer in library.offers(piece)]
            about = told(piece, toolkit).preamble if isinstance(piece, Agreement) else ()
            key = digest(address(piece), piece_key(piece, toolkit, setting), about)
            if isinstance(piece, Agreement) and piece.kind == "partnerships" and library.dated(piece):
                dated[key] = piece
            self.offered.update(f"{key}.{one.kind}" for one in offered)
            if not part.has(at):
                continue
            for one in offered:
                make = partial(self.make, piece, toolkit, [one], key)
                self.files.append(_File(f"{address(piece)}{piece.id}.{one.kind}", f"{key}.{one.kind}", make))
            missing = [one for one in offered if f"{key}.{one.kind}" not in there]
            if missing:
                self.work.append(self.threads().submit(self.make, piece, toolkit, missing, key))
        for at, pair in enumerate(in_both(toolkit) if library.with_downloads else ()):
            key = digest("both", *(piece_key(one, toolkit, setting) for one in pair))
            for kind in bilingual_kinds():
                kept, make = f"{key}.{kind}", partial(self.make_bilingual, pair, toolkit, f"{key}.{kind}")
                self.offered.add(kept)
                if part.has(at):
                    self.files.append(_File(f"{address(pair[0])}{bilingual_name(*pair, kind)}", kept, make))
                    if kept not in there:
                        self.work.append(self.threads().submit(make))
        if dated:
            key = digest(*dated)
            self.offered.add(f"{key}.ics")
        if dated and part.has(0):
            make = partial(self.make_calendar, list(dated.values()), toolkit, key)
            self.files.append(_File(CALENDAR, f"{key}.ics", make))
            if f"{key}.ics" not in there:
                self.work.append(self.threads().submit(make))

    def threads(self) -> ThreadPoolExecutor:
        if self.pool is None:
            self.pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="downloads")
        return self.pool

    def stop(self) -> None:
        """Give up what was begun: the build has failed, or starts again."""
        if self.pool:
            self.pool.shutdown(cancel_futures=True)
        self.pool, self.work = None, []

    def make_calendar(self, agreements: list[Agreement], toolkit: Toolkit, key: str) -> None:
        """The calendar of all published partnerships."""
        documents = (published(one, toolkit).calendar for one in agreements)
        self.keep(f"{key}.ics", calendar_of_all(documents, labels(toolkit.language)["partnerships"]))

    def make_bilingual(self, pair: tuple[Template, Template], toolkit: Toolkit, name: str) -> None:
        first, second = (published(one, toolkit) for one in pair)
        self.keep(name, BILINGUAL[name.rpartition(".")[2]](first, second))

    def make(self, piece: Template | Agreement, toolkit: Toolkit, missing: list[Writer], key: str) -> None:
        content = published(piece, toolkit)
        for writer in missing:
            try:
                self.keep(f"{key}.{writer.kind}", writer.file(content))
            except NoFont as why:
                raise NoFont(f"{piece.origin.file}: {why}") from None

    def keep(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write(self.folder / name, content)

    def finish(self, site: Path, standing: Set[str] = frozenset()) -> set[str]:
        """Put the files in their places in ``site``, but for those that this made and that are ``standing`` there.

        Returns the places of those that nothing offers any more.
        """
        self.wait()
        before, self.placed = self.placed, {file.place.lstrip("/"): file.kept for file in self.files}
        for file in self.files:
            place = file.place.lstrip("/")
            if place not in standing or before.get(place) != file.kept:
                target = site / place
                target.parent.mkdir(parents=True, exist_ok=True)
                target.unlink(missing_ok=True)
                self.copy(file, target)
        self.forget()
        return before.keys() - self.placed.keys()

    @property
    def places(self) -> list[str]:
        """Where the files stand, from the site's root."""
        return [file.place.lstrip("/") for file in self.files]

    def copy(self, file: _File, target: Path) -> None:
        """Put one in its place; another build may have deleted what was kept."""
        try:
            shutil.copyfile(self.folder / file.kept, target)
        except FileNotFoundError:
            file.make()
            shutil.copyfile(self.folder / file.kept, target)

    def wait(self) -> None:
        waiting, said = set(self.work), time.monotonic()
        while waiting:
            done, waiting = wait(waiting, SAY_EVERY, FIRST_COMPLETED)
            for one in done:
                one.result()
            if time.monotonic() - said >= SAY_EVERY:
                said = time.monotonic()
                self.say(f"Downloads: {len(self.work) - len(waiting)} of {len(self.work)}")
        self.stop()

    def forget(self) -> None:
        """Delete what was kept and no page offers any more; another build may be writing what is hidden."""
        if self.folder.is_dir():
            for one in os.scandir(self.folder):
                with suppress(FileNotFoundError):
                    used = one.name.startswith(".") and time.time() - one.stat().st_mtime < _DAY
                    if one.name not in self.offered and not used:
                        os.unlink(one)


@cache
def _warn_once(writer: Writer) -> None:
    log.warning("%s Pages offer no %s.", writer.missing, writer.kind.upper())


def _fonts(folder: Path) -> list[tuple[str, str]]:
    """The names and digests of the fonts that the publisher added."""
    return [(one.name, hashlib.sha256(one.read_bytes()).hexdigest()) for one in files_below(folder, ENDINGS)]


@cache
def _engine() -> str:
    """A digest of our own code and of what writes for it: a changed writer makes everything anew."""
    package = Path(str(resources.files("groundrules")))
    files = sorted(one for one in package.rglob("*") if one.suffix in (".py", ".typ", ".yml", ".ttf"))
    sources = [(one.relative_to(package).as_posix(), one.read_bytes()) for one in files]
    return digest(sources, list(_versions()))


def _versions() -> Iterator[str]:
    for name in ["babel", *(library for writer in writers().values() for library in writer.libraries)]:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield name
