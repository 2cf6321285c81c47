"""The folders of a toolkit, and the names that may stand in them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from ...model.pieces import Agreement, GuidancePage, History, Toolkit
from ...model.site import Setting
from ...text import frontmatter
from ...text.problems import Problem, did_you_mean
from .data import DATA_READERS
from .file import File
from .readers import PIECE_READERS, read_guidance, read_partnership, read_record, read_version
from .renamed import Following, named_in
from .sections import ID
from .site import read_site

IN_AGREEMENTS = (*PIECE_READERS, "partnerships", *DATA_READERS)

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I)
_VERSION = re.compile(r"[1-9][0-9]{0,3}\.md")
_RECORD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_UNREADABLE_NAME = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


@dataclass
class Loaded:
    toolkit: Toolkit
    problems: list[Problem]


@dataclass(slots=True)
class Cached:
    stamp: tuple[int, int]
    result: Any
    problems: list[Problem]


@dataclass
class Cache:
    """A cache of what earlier loads read, by file; an entry counts while the file's time and size stay the same."""

    files: dict[str, Cached] = field(default_factory=dict)
    # Those that say an earlier name of something, by file: the digest of the text of today, and what was read from it.
    followed: dict[str, tuple[str, Any, list[Problem]]] = field(default_factory=dict)


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
    return _Loader(root, partnerships, cache if cache is not None else Cache(), public, settings).load()


class _Loader:
    def __init__(
        self, root: Path, partnerships: Path | None, cache: Cache, public: bool, settings: Path | None
    ) -> None:
        self.root = root.resolve()
        self.settings = settings.resolve() if settings else self.root / "mkdocs.yml"
        self.agreements = self.root / "agreements"
        self.private = partnerships is not None
        self.partnerships = partnerships.resolve() if partnerships else self.agreements / "partnerships"
        self.cache = cache
        self.public = public
        self.problems: list[Problem] = []
        self.seen: set[str] = set()
        self.unread: set[str] = set()
        self.renamed: list[tuple[str, int, str, str]] = []

    def load(self) -> Loaded:
        if self.is_link(self.agreements):
            return Loaded(Toolkit(str(self.root)), self.problems)
        if not self.agreements.is_dir():
            self.problem(
                "agreements",
                1,
                "missing-folder",
                "There is no folder agreements/ here. Run this in the toolkit's own folder.",
            )
            return Loaded(Toolkit(str(self.root)), self.problems)
        here = self.top()
        pieces = {kind: self.folder(kind) if kind in here else {} for kind in PIECE_READERS}
        data: dict[str, Any] = {}
        data_lines: dict[str, frontmatter.FrontMatter] = {}
        for name in DATA_READERS:
            if name in here:
                result = self.read(self.agreements / name, DATA_READERS[name])
                if result is None:
                    self.unread.add(name)
                else:
                    data[name], data_lines[name] = result
        elements, keys = data.get("elements.csv", ({}, ()))
        site = self.site(self.settings)
        partnerships = self.partnership_folders() if self.private or "partnerships" in here else {}
        toolkit = Toolkit(
            root=str(self.root),
            clauses=pieces["clauses"],
            templates=pieces["templates"],
            examples=pieces["examples"],
            checklists=pieces["checklists"],
            records=pieces["records"],
            partnerships={name: agreement for name, (agreement, _) in partnerships.items()},
            histories={name: history for name, (_, history) in partnerships.items()},
            groups=data.get("groups.yml", ()),
            sources=data.get("sources.yml", {}),
            glossary=data.get("glossary.yml", {}),
            situations=data.get("situations.yml", ()),
            chooser=data.get("chooser.yml", ()),
            exceptions=data.get("exceptions.yml", ()),
            elements=elements,
            keys=keys,
            guidance=tuple(self.guidance(_left_out(site))),
            site=site,
            data_lines=data_lines,
            unread=frozenset(self.unread),
        )
        for gone in set(self.cache.files) - self.seen:
            del self.cache.files[gone]
        return Loaded(self.follow(toolkit), sorted(self.problems))

    # --- what is called otherwise now ---

    def follow(self, toolkit: Toolkit) -> Toolkit:
        """``toolkit`` as if its library and data files said the names of today; each earlier one is named.

        Partnerships' own agreements stay as they are signed: an upgrade follows there, when people decide it.
        """
        if not any(toolkit.former.values()):
            return toolkit
        changed: dict[str, Any] = {}
        for kind, reader in PIECE_READERS.items():
            changed[kind] = {
                name: self.followed(toolkit, piece.origin.file, piece, piece.origin.front, reader)
                for name, piece in getattr(toolkit, kind).items()
            }
        for kind in ("situations", "chooser"):
            name, told = f"{kind}.yml", getattr(toolkit, kind)
            if told:
                again = self.followed(toolkit, f"agreements/{name}", told, toolkit.data_lines[name], DATA_READERS[name])
                changed[kind] = again if again is told else again[0]
        return replace(toolkit, **changed, renamed=tuple(self.renamed))

    def followed(
        self,
        toolkit: Toolkit,
        where: str,
        piece: Any,
        front: frontmatter.FrontMatter,
        reader: Callable[[File], Any],
    ) -> Any:
        """``piece`` as it is read once the earlier names in its file are those of today."""
        path, file = self.root / where, File(where)
        try:
            if not file.read(path, path.stat()):
                return piece
        except OSError:
            return piece
        following = Following(toolkit, file.text.split("\n"))
        following.front(front, named_in(piece))
        if not isinstance(piece, tuple):
            following.body(isinstance(piece, Agreement))
        if not following.notes:
            return piece
        self.renamed += [(where, *note) for note in following.notes]
        again = File(where)
        again.take("\n".join(following.lines))
        known = self.cache.followed.get(where)
        if known is None or known[0] != again.digest:
            known = again.digest, again.read_with(reader), again.problems
            self.cache.followed[where] = known
        self.problems += [one for one in known[2] if one not in self.problems]
        return known[1] or piece

    # --- files ---

    def problem(self, file: str, line: int, name: str, message: str) -> None:
        self.problems.append(Problem(file, line, name, message))

    def relative(self, path: Path) -> str:
        try:
            near = Path(os.path.relpath(path, self.root))
        except ValueError:  # Another drive of a Windows computer.
            near = path
        return near.as_posix().encode("utf-8", "replace").decode()

    def is_link(self, path: Path | os.DirEntry[str]) -> bool:
        if path.is_symlink():
            self.problem(
                self.relative(Path(path)),
                1,
                "symlink",
                "This is a link to another place. Put the file or folder itself here.",
            )
            return True
        return False

    def unreadable(self, where: str, error: OSError) -> None:
        self.problem(
            where,
            1,
            "unreadable",
            f"This cannot be opened: {error.strerror}. Check who may read it, then try again.",
        )

    def entries(
        self, folder: Path, left_out: Callable[[os.DirEntry[str]], bool] = lambda entry: False
    ) -> list[os.DirEntry[str]]:
        """The entries of ``folder``, by name; links, and names that some computers cannot hold, are named."""
        try:
            with os.scandir(folder) as found:
                fit = (e for e in found if not e.name.startswith(".") and not left_out(e))
                entries = sorted(fit, key=lambda e: e.name)
        except OSError as error:
            self.unreadable(self.relative(folder), error)
            return []
        lower: dict[str, str] = {}
        fine = []
        here = self.relative(folder)
        for entry in entries:
            where = f"{here}/{entry.name}".encode("utf-8", "replace").decode()
            same = unicodedata.normalize("NFC", entry.name).casefold()
            if self.is_link(entry):
                continue
            if _WINDOWS.fullmatch(entry.name) or _UNREADABLE_NAME.search(entry.name):
                self.problem(where, 1, "file-name", f'Windows cannot hold a file named "{entry.name}". Rename it.')
            elif not entry.name.isprintable():
                self.problem(where, 1, "file-name", "This name holds a character nobody can see or read. Rename it.")
            elif same in lower:
                self.problem(
                    where,
                    1,
                    "file-name",
                    f'Only capitals or accents tell this apart from "{lower[same]}". Rename one of them.',
                )
            else:
                lower[same] = entry.name
                fine.append(entry)
        return fine

    def top(self) -> set[str]:
        """The names in ``agreements/`` that are read; anything else there is named."""
        here = set()
        for entry in self.entries(self.agreements):
            where = self.relative(Path(entry.path))
            if entry.name not in IN_AGREEMENTS:
                self.problem(
                    where,
                    1,
                    "unexpected-file",
                    f'Nothing in agreements/ is called "{entry.name}". ' + did_you_mean(entry.name, IN_AGREEMENTS),
                )
            elif entry.is_dir() != (entry.name not in DATA_READERS):
                wanted, found = ("file", "folder") if entry.is_dir() else ("folder", "file")
                self.problem(where, 1, "unexpected-file", f"This must be a {wanted}, and it is a {found}.")
            else:
                here.add(entry.name)
        return here

    def folder(self, kind: str) -> dict[str, Any]:
        pieces: dict[str, Any] = {}
        for entry in self.entries(self.agreements / kind):
            path = Path(entry.path)
            if entry.is_dir():
                self.problem(
                    self.relative(path),
                    1,
                    "unexpected-file",
                    f"A folder has no place in agreements/{kind}/. Move its files up.",
                )
            elif path.suffix != ".md":
                self.problem(
                    self.relative(path),
                    1,
                    "unexpected-file",
                    f"agreements/{kind}/ holds Markdown files only. End its name in .md, or move it away.",
                )
            elif self.good_id(path, path.stem):
                piece = self.read(path, PIECE_READERS[kind])
                if piece is not None:
                    pieces[path.stem] = piece
                else:
                    self.unread.add(f"/{kind}/{path.stem}/")
        return pieces

    def good_id(self, path: Path, stem: str) -> bool:
        identity, _, language = stem.partition(".")
        if not ID.fullmatch(identity):
            self.problem(
                self.relative(path),
                1,
                "file-name",
                f'"{stem}" is not an id. Use small letters a to z, digits and single hyphens, such as "lone-working".',
            )
            return False
        if language and not _LANGUAGE.fullmatch(language):
            self.problem(
                self.relative(path),
                1,
                "file-name",
                f'"{language}" is not a language. An id holds no dot, except before a language such as "cy".',
            )
            return False
        return True

    def partnership_folders(self) -> dict[str, tuple[Agreement, History]]:
        found: dict[str, tuple[Agreement, History]] = {}
        if not self.partnerships.is_dir():
            self.problem(
                self.relative(self.partnerships),
                1,
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
            self.problem(
                self.relative(path),
                1,
                "unexpected-file",
                "Each partnership has a folder of its own, with agreement.md in it.",
            )
            return None
        before = len(self.problems)
        inside = [one.name for one in self.entries(path)]
        if "agreement.md" not in inside:
            if len(self.problems) == before:
                self.problem(
                    self.relative(path),
                    1,
                    "missing-agreement",
                    "There is no file agreement.md in this folder. "
                    + (f"It holds {', '.join(inside)}." if inside else "It is empty."),
                )
            return None
        if not self.good_id(path, path.name):
            return None
        piece: Agreement | None = self.read(path / "agreement.md", read_partnership)
        if piece is None:
            self.unread.add(f"/partnerships/{path.name}/")
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
            self.read_or_note(taken, read_partnership) if self.is_a("file", taken) else None,
            {int(stem): version for stem, version in versions.items()},
            records,
        )

    def is_a(self, wanted: str, path: Path) -> bool:
        """Whether ``path`` is there, as a ``file`` or a ``folder``; links were named already."""
        if path.is_symlink() or not path.exists():
            return False
        found = "folder" if path.is_dir() else "file"
        if found != wanted:
            self.problem(self.relative(path), 1, "unexpected-file", f"This must be a {wanted}, and it is a {found}.")
        return found == wanted

    def kept(
        self, folder: Path, pattern: re.Pattern[str], reader: Callable[[File], Any], called: str
    ) -> dict[str, Agreement]:
        found: dict[str, Agreement] = {}
        for entry in self.entries(folder) if self.is_a("folder", folder) else ():
            path = Path(entry.path)
            if not entry.is_file() or not pattern.fullmatch(entry.name):
                self.problem(
                    self.relative(path),
                    1,
                    "unexpected-file",
                    f"A file in {folder.name}/ is called {called}. Rename it, or move it away.",
                )
            else:
                piece = self.read_or_note(path, reader)
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
                else:
                    self.unread.add(self.relative(path))

    def read_or_note(self, path: Path, reader: Callable[[File], Any]) -> Any:
        """Read one file, or note that it is there and could not be read."""
        piece = self.read(path, reader)
        if piece is None:
            self.unread.add(self.relative(path))
        return piece

    def read(self, path: Path, reader: Callable[[File], Any]) -> Any:
        """Read one file with ``reader``, or take what an earlier load made of the same bytes."""
        where = self.relative(path)
        self.seen.add(where)
        try:
            info = path.stat()
            stamp = (info.st_mtime_ns, info.st_size)
            cached = self.cache.files.get(where)
            if cached is None or cached.stamp != stamp:
                file = File(where)
                result = file.read_with(reader) if file.read(path, info) else None
                cached = self.cache.files[where] = Cached(stamp, result, file.problems)
        except OSError as error:
            self.cache.files.pop(where, None)
            self.unreadable(where, error)
            return None
        self.problems.extend(cached.problems)
        return cached.result


def _left_out(site: Setting) -> Callable[[str], bool]:
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
