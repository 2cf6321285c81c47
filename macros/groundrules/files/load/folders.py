"""A toolkit as it is read from its folders."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from ...model.about import About
from ...model.front import SearchWords
from ...model.language import NO_LABELS, OwnLabels
from ...model.pieces import Agreement, GuidancePage, History, Toolkit
from ...model.site import Setting
from ...text import frontmatter
from ...text.problems import Problem, did_you_mean
from ..library import ABOUT, by_need
from .borrowed import Borrowing, filled
from .data import DATA_READERS
from .file import File
from .follow import follow
from .kept import Cache
from .languages import in_their_languages, read_labels
from .readers import PIECE_READERS, read_guidance, read_partnership, read_record, read_version
from .site import read_site

IN_AGREEMENTS = (*PIECE_READERS, "partnerships", "labels", *DATA_READERS)

_VERSION = re.compile(r"[1-9][0-9]{0,3}\.md")
_RECORD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*\.md")


@dataclass
class Loaded:
    toolkit: Toolkit
    problems: list[Problem]


def load(
    root: Path,
    partnerships: Path | None = None,
    cache: Cache | None = None,
    public: bool = False,
    settings: Path | None = None,
) -> Loaded:
    """Read the toolkit in ``root``, which holds ``agreements/`` and ``docs/``.

    ``partnerships`` is the folder of the partnerships' own agreements, if it lies elsewhere, and ``settings`` the
    file of the site's settings, if it is not ``mkdocs.yml``.
    ``public`` leaves out every partnership that is not published, and whatever is wrong with it: a public
    build says nothing of it, in a page or in a log.
    Raises nothing for a user's mistake: each is a ``Problem``.
    """
    with nothing_thrown_away():
        return _Loader(root, partnerships, cache if cache is not None else Cache(), public, settings).load()


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Let Python not look for what is used no more: all that is read stays, and looking through it takes an eighth."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class _Loader(Borrowing):
    def __init__(
        self, root: Path, partnerships: Path | None, cache: Cache, public: bool, settings: Path | None
    ) -> None:
        super().__init__(root.resolve(), cache)
        self.settings = settings.resolve() if settings else self.root / "mkdocs.yml"
        self.agreements = self.root / "agreements"
        self.private = partnerships is not None
        self.partnerships = partnerships.resolve() if partnerships else self.agreements / "partnerships"
        self.public = public

    def load(self) -> Loaded:
        if self.is_link(self.agreements):
            return Loaded(Toolkit(str(self.root)), self.problems)
        if not self.agreements.is_dir():
            self.problem(
                self.agreements,
                "missing-folder",
                "There is no folder agreements/ here. Run this in the toolkit's own folder.",
            )
            return Loaded(Toolkit(str(self.root)), self.problems)
        here = self.top()
        data, data_lines = self.data(here)
        pieces = {kind: self.folder(kind) if kind in here else {} for kind in PIECE_READERS}
        self.borrow(pieces, PIECE_READERS)
        elements, keys = data.get("elements.csv", ({}, ()))
        site = self.site(self.settings)
        labels = dict(self.labels()) if "labels" in here else {}
        partnerships = self.partnership_folders() if self.private or "partnerships" in here else {}
        toolkit = Toolkit(
            root=str(self.root),
            clauses=pieces["clauses"],
            templates=pieces["templates"],
            examples=pieces["examples"],
            checklists=pieces["checklists"],
            letters=pieces["letters"],
            records=pieces["records"],
            partnerships={name: agreement for name, (agreement, _) in partnerships.items()},
            histories={name: history for name, (_, history) in partnerships.items()},
            groups=data.get("groups.yml", ()),
            sources=data.get("sources.yml", {}),
            glossary=data.get("glossary.yml", {}),
            situations=data.get("situations.yml", ()),
            search=data.get("search.yml", SearchWords()),
            chooser=data.get("chooser.yml", ()),
            exceptions=data.get("exceptions.yml", ()),
            about=self.about,
            elements=elements,
            keys=keys,
            guidance=tuple(self.pages(left_out(site))),
            site=site,
            data_lines=data_lines | {f"labels/{name}.yml": front for name, front in labels.items()},
            labels=self.own_labels(labels),
            borrowed=frozenset(self.borrowed),
            adopted=self.adopted,
            unread=frozenset(self.unread),
        )
        if self.about.library:
            toolkit = filled(toolkit, {name: self.read_data(path, f"library/{name}")[0] for name, path in by_need()})
        self.forget()
        return Loaded(in_their_languages(follow(toolkit, PIECE_READERS, self), PIECE_READERS), sorted(self.problems))

    def data(self, here: set[str]) -> tuple[dict[str, Any], dict[str, frontmatter.FrontMatter]]:
        """What the data files say, and the lines on which they say it; the one about the toolkit itself comes first."""
        read = {ABOUT: self.read_data(self.agreements / ABOUT)} if ABOUT in here else {}
        self.about = (read.get(ABOUT) or (About(),))[0]
        whole = {path.name: path for _, path in self.taken("data")}
        for name in DATA_READERS:
            if name in {*here, *whole} - {*read}:
                read[name] = self.read_data(whole.get(name, self.agreements / name))
        found = {name: one for name, one in read.items() if one is not None}
        return {name: data for name, (data, _) in found.items()}, {name: lines for name, (_, lines) in found.items()}

    def read_data(self, path: Path, where: str = "") -> Any:
        """What the data file ``path`` says, and its lines; it counts as one that stands here, or ``where``."""
        return self.read(path, DATA_READERS[path.name], path.name, where or f"agreements/{path.name}")

    def top(self) -> set[str]:
        """The names in ``agreements/`` that are read; anything else there is named."""
        here = set()
        for entry in self.entries(self.agreements):
            if entry.name not in IN_AGREEMENTS:
                self.unexpected(
                    entry,
                    f'Nothing in agreements/ is called "{entry.name}". ' + did_you_mean(entry.name, IN_AGREEMENTS),
                )
            elif entry.is_dir() != (entry.name not in DATA_READERS):
                wanted, found = ("file", "folder") if entry.is_dir() else ("folder", "file")
                self.unexpected(entry, f"This must be a {wanted}, and it is a {found}.")
            else:
                here.add(entry.name)
        return here

    def labels(self) -> Iterator[tuple[str, frontmatter.FrontMatter]]:
        """The toolkit's own labels, by language."""
        for entry in self.entries(self.agreements / "labels"):
            path = Path(entry.path)
            if not entry.is_file() or path.suffix != ".yml":
                self.unexpected(path, 'agreements/labels/ holds a file for each language, such as "cy.yml".')
            elif read := self.read(path, read_labels):
                yield path.stem, read

    def own_labels(self, files: dict[str, frontmatter.FrontMatter]) -> OwnLabels:
        """The same object as long as the files are the same, so that what is remembered stays."""
        words = {name: front.data for name, front in files.items()}
        if list(map(id, words.values())) != list(map(id, self.cache.labels.words.values())):
            self.cache.labels = OwnLabels(words) if words else NO_LABELS
        return self.cache.labels

    def folder(self, kind: str) -> dict[str, Any]:
        pieces: dict[str, Any] = {}
        for entry in self.entries(self.agreements / kind):
            path = Path(entry.path)
            if entry.is_dir():
                self.unexpected(
                    path,
                    f"A folder has no place in agreements/{kind}/. Move its files up.",
                )
            elif path.suffix != ".md":
                self.unexpected(
                    path,
                    f"agreements/{kind}/ holds Markdown files only. End its name in .md, or move it away.",
                )
            elif self.good_id(path, path.stem):
                piece = self.read(path, PIECE_READERS[kind], f"/{kind}/{path.stem}/")
                if piece is not None:
                    pieces[path.stem] = piece
        return pieces

    def partnership_folders(self) -> dict[str, tuple[Agreement, History]]:
        found: dict[str, tuple[Agreement, History]] = {}
        if not self.partnerships.is_dir():
            self.problem(
                self.partnerships,
                "missing-folder",
                "The folder of the partnerships' agreements is not there. Check how its name is spelt.",
            )
            return found
        for entry in self.entries(self.partnerships):
            before = len(self.problems)
            piece = self.partnership(entry)
            if piece is not None and (piece.front.publish or not self.public):
                history = self.history(Path(entry.path))
                found[entry.name] = _as_agreed(piece, history) if self.public else piece, history
            elif self.public:
                del self.problems[before:]
        return found

    def partnership(self, entry: os.DirEntry[str]) -> Agreement | None:
        path = Path(entry.path)
        if not entry.is_dir():
            self.unexpected(
                path,
                "Each partnership has a folder of its own, with agreement.md in it.",
            )
            return None
        before = len(self.problems)
        inside = [one.name for one in self.entries(path)]
        if "agreement.md" not in inside:
            if len(self.problems) == before:
                self.problem(
                    path,
                    "missing-agreement",
                    "There is no file agreement.md in this folder. "
                    + (f"It holds {', '.join(inside)}." if inside else "It is empty."),
                )
            return None
        if not self.good_id(path, path.name):
            return None
        piece: Agreement | None = self.read(path / "agreement.md", read_partnership, f"/partnerships/{path.name}/")
        return piece

    def history(self, folder: Path) -> History:
        """The history that stands beside an agreement; a file that cannot be read is missing from it, and named.

        What is wrong with a record goes unsaid in a public build.
        """
        taken = folder / "taken.md"
        versions = self.kept(folder / "versions", _VERSION, read_version, 'a number, such as "1.md"')
        before = len(self.problems)
        records = self.kept(
            folder / "records", _RECORD, read_record, 'a day and a kind, such as "2027-01-12-review.md"'
        )
        if self.public:
            # Records are for the partners alone, and what is wrong with one may quote it.
            del self.problems[before:]
        return History(
            self.read(taken, read_partnership) if self.is_a("file", taken) else None,
            {int(stem): version for stem, version in versions.items()},
            records,
        )

    def kept(
        self, folder: Path, pattern: re.Pattern[str], reader: Callable[[File], Any], called: str
    ) -> dict[str, Agreement]:
        found: dict[str, Agreement] = {}
        for entry in self.entries(folder) if self.is_a("folder", folder) else ():
            path = Path(entry.path)
            if not entry.is_file() or not pattern.fullmatch(entry.name):
                self.unexpected(
                    path,
                    f"A file in {folder.name}/ is called {called}. Rename it, or move it away.",
                )
            else:
                piece = self.read(path, reader)
                if piece is not None:
                    found[path.stem] = piece
        return found

    def site(self, path: Path, within: tuple[Path, ...] = ()) -> Setting:
        """The settings in the file ``path``, and in those that it builds upon."""
        own: Setting | None = self.read(path, read_site) if path.is_file() and path not in within else None
        if own is None:
            return Setting({}, self.relative(path))
        upon = own.at("INHERIT").text
        return own.over(self.site((path.parent / upon).resolve(), (*within, path))) if upon else own

    def pages(self, left_out: Callable[[str], bool]) -> Iterator[GuidancePage]:
        """The toolkit's own pages, then those that it has from the library."""
        yield from self.guidance(left_out)
        for place, path in self.taken("pages"):
            page = self.read(path, read_guidance, where=place)
            if page is not None:
                yield page

    def guidance(self, left_out: Callable[[str], bool]) -> Iterable[GuidancePage]:
        """The pages in ``docs/`` that are published, all that mkdocs does not leave out."""
        docs = self.root / "docs"
        if self.is_link(docs) or not docs.is_dir():
            return

        def out(entry: os.DirEntry[str]) -> bool:
            place = Path(entry.path).relative_to(docs).as_posix()
            # Of a folder that is left out, a file may still be let in.
            return left_out(place) and (not entry.is_dir() or entry.is_symlink())

        waiting = self.entries(docs, out)[::-1]
        while waiting:
            entry = waiting.pop()
            path = Path(entry.path)
            if entry.is_dir():
                waiting.extend(self.entries(path, out)[::-1])
            elif path.suffix == ".md":
                page = self.read(path, read_guidance)
                if page is not None:
                    yield page


def left_out(site: Setting) -> Callable[[str], bool]:
    """Says of a file in ``docs/`` whether mkdocs leaves it out of what is published, by mkdocs' own rule."""
    if not site.keys:
        return lambda place: False
    usual = GitIgnoreSpec.from_lines([".*", "/templates/"])
    left_out = usual + GitIgnoreSpec.from_lines(site.at("exclude_docs").text.splitlines())
    drafts = GitIgnoreSpec.from_lines(site.at("draft_docs").text.splitlines())
    return lambda place: left_out.match_file(place) or drafts.match_file(place)


def _as_agreed(agreement: Agreement, history: History) -> Agreement:
    """``agreement`` under the title of the version in force: a new one is for the public once it is agreed."""
    force = max((one.version for one in agreement.front.rounds if one.agreed), default=0)
    title = history.versions[force].front.title if force in history.versions else agreement.front.title
    if title == agreement.front.title:
        return agreement
    return replace(agreement, front=agreement.front.model_copy(update={"title": title}))
