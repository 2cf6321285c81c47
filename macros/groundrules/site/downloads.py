"""The files beside the pages: written at build time, and kept by content so that an unchanged one costs nothing."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from ..agreement.document.assemble import assemble, draft
from ..agreement.document.links import CALENDAR
from ..agreement.document.nodes import Document
from ..agreement.document.redact import public_source
from ..files.source import agreement_source
from ..model.pieces import Agreement, Template, address
from ..writers import pdf
from ..writers.calendars import calendar_of_all
from ..writers.kinds import WRITERS
from .page_keys import digest, piece_key
from .pages import Library

log = logging.getLogger("groundrules")

_SAY_EVERY = 3.0
_WRITTEN_BY = ("typst", "icalendar", "babel")


@dataclass(frozen=True, slots=True)
class _File:
    """One download: its address from the site's root, and its name among those that are kept."""

    place: str
    kept: str


class Downloads:
    """Writes the downloads of a library into a site; ``kept`` is a folder for what was written before.

    They are made by threads from ``begin`` on, while the host draws its pages: typst, which takes most of
    the time, lets other threads work, and so both cores are busy. ``finish`` waits and puts the files in place.
    """

    def __init__(self, kept: Path, say: Callable[[str], None]) -> None:
        self.folder = kept / "downloads"
        self.say = say
        self.files: list[_File] = []
        self.placed: dict[str, str] = {}
        self.pool: ThreadPoolExecutor | None = None
        self.work: list[Future[None]] = []

    def begin(self, library: Library) -> None:
        self.stop()
        if not pdf.available():
            _warn_once(pdf.MISSING)
        toolkit = library.toolkit
        setting = digest(_engine(), [(clause.id, clause.front.title) for clause in toolkit.clauses.values()])
        self.files = []
        there = {one.name for one in os.scandir(self.folder)} if self.folder.is_dir() else set()
        dated: dict[str, Agreement] = {}
        for piece in toolkit.published:
            if not isinstance(piece, Template | Agreement):
                continue
            kinds = library.kinds(piece)
            key = digest(address(piece), piece_key(piece, toolkit, setting))
            if isinstance(piece, Agreement) and piece.kind == "partnerships" and "ics" in kinds:
                dated[key] = piece
            self.files += [_File(f"{address(piece)}{piece.id}.{kind}", f"{key}.{kind}") for kind in kinds]
            missing = [kind for kind in kinds if f"{key}.{kind}" not in there]
            if missing:
                self.work.append(self.threads().submit(self.make, piece, library, missing, key))
        if dated:
            key = digest(*dated)
            self.files.append(_File(CALENDAR, f"{key}.ics"))
            if f"{key}.ics" not in there:
                self.work.append(self.threads().submit(self.make_calendar, list(dated.values()), library, key))

    def threads(self) -> ThreadPoolExecutor:
        if self.pool is None:
            self.pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="downloads")
        return self.pool

    def stop(self) -> None:
        """Give up what was begun: the build has failed, or starts again."""
        if self.pool:
            self.pool.shutdown(cancel_futures=True)
        self.pool, self.work = None, []

    def make_calendar(self, agreements: list[Agreement], library: Library, key: str) -> None:
        """The calendar of all published partnerships."""
        documents = (library.calendar_document(one, library.document(one)) for one in agreements)
        self.keep(f"{key}.ics", calendar_of_all(documents, "Partnerships"))

    def make(self, piece: Template | Agreement, library: Library, kinds: list[str], key: str) -> None:
        document = document_of(piece, library) if set(kinds) - {"md"} else None
        for kind in kinds:
            if document is None or kind == "md":
                content = source_of(piece, library).encode()
            elif kind == "ics" and isinstance(piece, Agreement):
                content = WRITERS[kind](library.calendar_document(piece, document))
            else:
                content = WRITERS[kind](document)
            self.keep(f"{key}.{kind}", content)

    def keep(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f"{name}.new"
        fresh.write_bytes(content)
        fresh.replace(self.folder / name)

    def finish(self, site: Path) -> None:
        self.wait()
        for file in self.files:
            target = site / file.place.lstrip("/")
            if self.placed.get(str(target)) != file.kept or not target.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.folder / file.kept, target)
        placed = {str(site / file.place.lstrip("/")): file.kept for file in self.files}
        for gone in self.placed.keys() - placed.keys():
            if Path(gone).is_relative_to(site):
                Path(gone).unlink(missing_ok=True)
        self.placed = placed
        self.forget()

    def wait(self) -> None:
        waiting, said = set(self.work), time.monotonic()
        while waiting:
            done, waiting = wait(waiting, _SAY_EVERY, FIRST_COMPLETED)
            for one in done:
                one.result()
            if time.monotonic() - said >= _SAY_EVERY:
                said = time.monotonic()
                self.say(f"Downloads: {len(self.work) - len(waiting)} of {len(self.work)}")
        self.stop()

    def forget(self) -> None:
        """What no page offers any more is not kept."""
        if self.folder.is_dir():
            offered = {file.kept for file in self.files}
            for one in os.scandir(self.folder):
                if one.name not in offered:
                    Path(one).unlink(missing_ok=True)


def document_of(piece: Template | Agreement, library: Library) -> Document:
    """What the downloads of ``piece`` say: a template's blank form, or what the site may show of an agreement."""
    if isinstance(piece, Template):
        return replace(assemble(draft(piece, library.toolkit), library.toolkit.title), kind="templates")
    return library.document(piece)


def source_of(piece: Template | Agreement, library: Library) -> str:
    """The Markdown that a fork of a template starts from, that an agreement is made of, or that was agreed."""
    if isinstance(piece, Template):
        return agreement_source(draft(piece, library.toolkit))
    stands = library.standing(piece)
    in_force = stands.kept.get(stands.agreed) if stands else None
    return agreement_source(public_source(in_force.agreement if in_force else piece))


@cache
def _warn_once(message: str) -> None:
    log.warning("%s Pages offer no PDF.", message)


@cache
def _engine() -> str:
    """A digest of our own code and of what writes for it: a changed writer makes everything anew."""
    package = Path(str(resources.files("groundrules")))
    files = sorted(one for one in package.rglob("*") if one.suffix in (".py", ".typ", ".yml"))
    sources = [(one.relative_to(package).as_posix(), one.read_bytes()) for one in files]
    return digest(sources, list(_versions()))


def _versions() -> Iterator[str]:
    for name in _WRITTEN_BY:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield name
