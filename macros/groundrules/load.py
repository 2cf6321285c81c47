"""Read a toolkit's files: the one place that does.

Every problem of reading is collected; what could be read is returned beside them.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from . import frontmatter, model
from .markup import Block, Finding, Item, ItemList, hidden_characters, parse
from .problems import Problem, did_you_mean

MAX_BYTES = 256 * 1024
MAX_LINE = 10_000
KINDS = ("clauses", "templates", "examples", "checklists")
DATA_FILES = ("groups.yml", "sources.yml", "glossary.yml", "situations.yml", "elements.csv")
IN_AGREEMENTS = (*KINDS, "partnerships", *DATA_FILES)
CLAUSE_HEADINGS = ("Why agree this", "Ask each other", "Wording", "Watch out for")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*$")
_ATTRIBUTES = re.compile(r"(.*?)[ \t]*\{#([^\s}]*)(?:[ \t]+wording=([^\s}]*))?[ \t]*\}$")
_UNREADABLE_NAME = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_LINE_SEPARATOR = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CODE = re.compile(r"\{\{|\{%|\{#(?![a-z0-9-]*[ }])")
_HTML = re.compile(r"<[A-Za-z/!?]")
_WEB = re.compile(r"https?://[^\s<>\"'\\]+")

# Values that are put into the document as text, never into a page's title, so they may hold any sign.
_ANY_PATHS = (("answers",), ("parties",), ("signatures",))

FrontT = TypeVar("FrontT", bound=BaseModel)


@dataclass
class Loaded:
    toolkit: model.Toolkit
    problems: list[Problem]


@dataclass(slots=True)
class _Cached:
    stamp: tuple[int, int]
    result: Any
    problems: list[Problem]


@dataclass
class Cache:
    """What earlier loads read, by file; an entry counts while the file's time and size stay the same."""

    files: dict[str, _Cached] = field(default_factory=dict)


def load(root: Path, partnerships: Path | None = None, cache: Cache | None = None) -> Loaded:
    """Read the toolkit in ``root``, which holds ``agreements/`` and ``docs/``.

    ``partnerships`` is the folder of the partnerships' own agreements, if it lies elsewhere.
    Raises nothing for a user's mistake: each is a ``Problem``.
    """
    return _Loader(root, partnerships, cache if cache is not None else Cache()).load()


class _Loader:
    def __init__(self, root: Path, partnerships: Path | None, cache: Cache) -> None:
        self.root = root.resolve()
        self.agreements = self.root / "agreements"
        self.private = partnerships is not None
        self.partnerships = partnerships.resolve() if partnerships else self.agreements / "partnerships"
        self.cache = cache
        self.problems: list[Problem] = []
        self.seen: set[str] = set()
        self.unread: set[str] = set()

    def load(self) -> Loaded:
        if self.is_link(self.agreements):
            return Loaded(model.Toolkit(str(self.root)), self.problems)
        if not self.agreements.is_dir():
            self.problem(
                "agreements",
                1,
                "missing-folder",
                "There is no folder agreements/ here. Run this in the toolkit's own folder.",
            )
            return Loaded(model.Toolkit(str(self.root)), self.problems)
        here = self.top()
        pieces = {kind: self.folder(kind) if kind in here else {} for kind in KINDS}
        data: dict[str, Any] = {}
        data_lines: dict[str, frontmatter.FrontMatter] = {}
        for name in DATA_FILES:
            if name in here:
                result = self.read(self.agreements / name, _DATA_READERS[name])
                if result is None:
                    self.unread.add(name)
                else:
                    data[name], data_lines[name] = result
        elements, keys = data.get("elements.csv", ({}, ()))
        toolkit = model.Toolkit(
            root=str(self.root),
            clauses=pieces["clauses"],
            templates=pieces["templates"],
            examples=pieces["examples"],
            checklists=pieces["checklists"],
            partnerships=self.partnership_folders() if self.private or "partnerships" in here else {},
            groups=data.get("groups.yml", ()),
            sources=data.get("sources.yml", {}),
            glossary=data.get("glossary.yml", {}),
            situations=data.get("situations.yml", ()),
            elements=elements,
            keys=keys,
            guidance=tuple(self.guidance()),
            data_lines=data_lines,
            unread=frozenset(self.unread),
        )
        for gone in set(self.cache.files) - self.seen:
            del self.cache.files[gone]
        return Loaded(toolkit, sorted(self.problems))

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

    def entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """What stands in ``folder``, by name; links, and names that some computers cannot hold, are named."""
        try:
            with os.scandir(folder) as found:
                entries = sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)
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
                self.problem(where, 1, "file-name", "This name holds a sign that nobody can see or read. Rename it.")
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
            elif entry.is_dir() != (entry.name not in DATA_FILES):
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
                piece = self.read(path, _PIECE_READERS[kind])
                if piece is not None:
                    pieces[path.stem] = piece
                else:
                    self.unread.add(f"/{kind}/{path.stem}/")
        return pieces

    def good_id(self, path: Path, stem: str) -> bool:
        identity, _, language = stem.partition(".")
        if not _ID.fullmatch(identity):
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

    def partnership_folders(self) -> dict[str, model.Agreement]:
        found: dict[str, model.Agreement] = {}
        if not self.partnerships.is_dir():
            self.problem(
                self.relative(self.partnerships),
                1,
                "missing-folder",
                "The folder of the partnerships' agreements is not there. Check how its name is spelt.",
            )
            return found
        for entry in self.entries(self.partnerships):
            path = Path(entry.path)
            if not entry.is_dir():
                self.problem(
                    self.relative(path),
                    1,
                    "unexpected-file",
                    "Each partnership has a folder of its own, with agreement.md in it.",
                )
                continue
            agreement = path / "agreement.md"
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
            elif self.good_id(path, path.name):
                piece = self.read(agreement, _read_partnership)
                if piece is not None:
                    found[path.name] = piece
                else:
                    self.unread.add(f"/partnerships/{path.name}/")
        return found

    def guidance(self) -> Iterable[model.GuidancePage]:
        docs = self.root / "docs"
        if self.is_link(docs) or not docs.is_dir():
            return
        waiting = self.entries(docs)[::-1]
        while waiting:
            entry = waiting.pop()
            path = Path(entry.path)
            if entry.is_dir():
                waiting.extend(self.entries(path)[::-1])
            elif path.suffix == ".md":
                page = self.read(path, _read_guidance)
                if page is not None:
                    yield page
                else:
                    self.unread.add(self.relative(path))

    def read(self, path: Path, reader: Callable[[_File], Any]) -> Any:
        """Read one file with ``reader``, or take what an earlier load made of the same bytes."""
        where = self.relative(path)
        self.seen.add(where)
        try:
            info = path.stat()
            stamp = (info.st_mtime_ns, info.st_size)
            cached = self.cache.files.get(where)
            if cached is None or cached.stamp != stamp:
                file = _File(where)
                result = file.read_with(reader) if file.read(path, info) else None
                cached = self.cache.files[where] = _Cached(stamp, result, file.problems)
        except OSError as error:
            self.cache.files.pop(where, None)
            self.unreadable(where, error)
            return None
        self.problems.extend(cached.problems)
        return cached.result


class _Unreadable(Exception):
    """The rest of a file means nothing, because its start is not right; the problem was named."""


class _File:
    """One file being read: its text, and what is wrong with it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.text = ""
        self.digest = ""

    def problem(self, line: int, name: str, message: str) -> None:
        self.problems.append(Problem(self.where, line, name, message))

    def findings(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.problem(finding.line, finding.name, finding.message)

    def read(self, path: Path, info: os.stat_result) -> bool:
        if not stat.S_ISREG(info.st_mode):
            self.problem(1, "unexpected-file", "This is not an ordinary file.")
            return False
        if info.st_size > MAX_BYTES:
            self.problem(
                1,
                "too-large",
                f"This file has {info.st_size // 1024} KB; {MAX_BYTES // 1024} KB is the most. Split it up.",
            )
            return False
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.problem(line, "not-utf-8", "This file is not UTF-8 text. Save it again with the encoding UTF-8.")
            return False
        if "\0" in text:
            self.problem(
                text.count("\n", 0, text.index("\0")) + 1,
                "not-utf-8",
                "There is a byte of zero here, as in UTF-16. Save the file again with the encoding UTF-8.",
            )
            return False
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.too_long_a_line():
            return False
        self.separators()
        self.digest = hashlib.sha256(self.text.encode()).hexdigest()
        return True

    def too_long_a_line(self) -> bool:
        for number, line in enumerate(self.text.split("\n"), 1):
            if len(line) > MAX_LINE:
                self.problem(
                    number,
                    "too-large",
                    f"This line has {len(line)} signs; {MAX_LINE} is the most. Write one sentence a line.",
                )
                return True
        return False

    def separators(self) -> None:
        """Name signs that some programs, YAML among them, take for the end of a line; read them as spaces."""
        for match in _LINE_SEPARATOR.finditer(self.text):
            self.problem(
                self.text.count("\n", 0, match.start()) + 1,
                "hidden-characters",
                f"There is a line break here that nobody can see (U+{ord(match[0]):04X}). "
                "Delete it, or start a new line.",
            )
        self.text = _LINE_SEPARATOR.sub(" ", self.text)

    def read_with(self, reader: Callable[[_File], Any]) -> Any:
        try:
            return reader(self)
        except _Unreadable:
            return None
        except RecursionError:
            self.problem(1, "too-large", "Brackets stand inside brackets too many times here to be read.")
            return None

    def front_matter(self, model_class: type[FrontT]) -> tuple[FrontT | None, frontmatter.FrontMatter, str, int]:
        """The checked front matter (``None`` if broken), its lines, the body and the body's first line."""
        parts = frontmatter.split(self.text)
        if parts is None:
            self.problem(
                1,
                "no-front-matter",
                'The front matter is never closed. Add a line of "---" after it.'
                if self.text.startswith("---\n")
                else 'This file must start with front matter between two lines of "---".',
            )
            raise _Unreadable
        front_text, body, body_line = parts
        front, findings = frontmatter.read(front_text, 2)
        self.findings(findings)
        if findings and not front.data:
            return None, front, body, body_line
        return self.validated(model_class, front), front, body, body_line

    def validated(self, model_class: type[FrontT], front: frontmatter.FrontMatter) -> FrontT | None:
        self.values(front.data, front, ())
        try:
            return model_class.model_validate(front.data)
        except ValidationError as error:
            self.explain_all(error, front, model_class)
            return None

    def explain_all(self, error: ValidationError, front: frontmatter.FrontMatter, model_class: type[BaseModel]) -> None:
        """Name what is wrong; a key that is missing because it is misspelt is named once."""
        found = error.errors(include_url=False, include_input=False)
        meant: set[tuple[str | int, ...]] = set()
        for details in found:
            path = tuple(details["loc"])
            if details["type"] == "extra_forbidden":
                near = get_close_matches(str(path[-1]), _keys_at(model_class, path[:-1]), n=1)
                meant.update((*path[:-1], key) for key in near)
        for details in found:
            if details["type"] != "missing" or tuple(details["loc"]) not in meant:
                self.explain(details, front, model_class)

    def values(self, value: Any, front: frontmatter.FrontMatter, path: tuple[str | int, ...]) -> None:
        """Name what no value may hold: signs nobody can see, code and HTML."""
        if isinstance(value, str):
            self.text_value(value, front.line(*path), path[:1] in _ANY_PATHS)
        elif isinstance(value, dict):
            for key, below in value.items():
                self.text_value(key, front.line(*path, key), False)
                self.values(below, front, (*path, key))
        elif isinstance(value, list):
            for index, below in enumerate(value):
                self.values(below, front, (*path, index))

    def text_value(self, value: str, line: int, any_sign: bool) -> None:
        if not value.isascii() or not value.isprintable():
            found = next(filter(None, map(hidden_characters, value.split("\n"))), None)
            if found:
                self.problem(line, "hidden-characters", found)
        if any_sign:
            return
        if "<" in value and _HTML.search(value):
            self.problem(line, "raw-html", "HTML is not allowed here. Write plain text, with a space after the sign <.")
        if "{" in value:
            self.code(value, line)

    def code(self, text: str, line: int) -> None:
        match = _CODE.search(text)
        if match:
            self.problem(
                line,
                "template-code",
                f'"{match[0]}" looks like code, and nothing here is ever run. Write it another way.',
            )

    def explain(self, details: ErrorDetails, front: frontmatter.FrontMatter, model_class: type[BaseModel]) -> None:
        path = tuple(details["loc"])
        line = front.line(*path)
        key = _called(path)
        kind = details["type"]
        if kind == "extra_forbidden":
            known = _keys_at(model_class, path[:-1])
            unknown = str(path[-1])
            self.problem(line, "unknown-key", f"{key} is not a key that may stand here. {did_you_mean(unknown, known)}")
        elif kind == "missing":
            self.problem(line, "missing-key", f'{key} is missing. Add a line "{path[-1]}: …".')
        elif kind == "groundrules":
            about = re.match(r'"([^"]+)"', details["msg"])
            line = front.line(*path, about[1]) if about else line
            self.problem(line, "bad-value", (f"{key}: " if path else "") + details["msg"])
        elif kind == "literal_error":
            given: Any = front.data
            for step in path:
                given = given[step]
            known = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            self.problem(line, "bad-value", f'"{given}" may not stand for {key}. {did_you_mean(str(given), known)}')
        elif kind in ("tuple_type", "list_type"):
            self.problem(
                line,
                "bad-value",
                f'{key} must be a list. Write each entry on a line of its own, after "- ".',
            )
        elif kind in ("dict_type", "model_type", "model_attributes_type"):
            self.problem(
                line,
                "bad-value",
                f'{key} must hold keys, each on a line of its own: "key: value"'
                + (", indented below it." if path else "."),
            )
        elif kind == "string_type":
            self.problem(line, "bad-value", f"{key} must be one line of text.")
        else:
            self.problem(line, "bad-value", f"{key}: {details['msg']}")

    def blocks(self, text: str, line: int) -> tuple[Block, ...]:
        blocks, findings = parse(text, line)
        self.findings(findings)
        if "{" in text:
            for number, words in enumerate(text.split("\n"), line):
                self.code(words.replace("\\", ""), number)
        return blocks

    def origin(self, front: frontmatter.FrontMatter) -> model.Origin:
        return model.Origin(self.where, front, self.digest)

    @property
    def identity(self) -> tuple[str, str]:
        """The id and the language that the file's name gives; the language is empty for an original."""
        path = Path(self.where)
        stem = path.parent.name if path.name == "agreement.md" else path.stem
        _, _, language = stem.partition(".")
        return stem, language

    def only_items(self, part: _Part) -> tuple[Item, ...]:
        blocks = self.blocks(part.text, part.body_line)
        for block in blocks:
            if not isinstance(block, ItemList):
                self.problem(
                    block.line,
                    "list-expected",
                    f'Under "{part.title}" stand list items only, each starting with "- ".',
                )
        return tuple(item for block in blocks if isinstance(block, ItemList) for item in block.items)


def _called(path: tuple[str | int, ...]) -> str:
    """What a message calls the place in front matter that ``path`` leads to."""
    if not path:
        return "What stands here"
    return f"Entry {path[-1] + 1}" if isinstance(path[-1], int) else f'"{path[-1]}"'


def _keys_at(model_class: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand at ``path``, found by way of the model's JSON Schema."""
    schema = model_class.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    here: dict[str, Any] = schema
    for step in path:
        if "$ref" in here:
            here = definitions[here["$ref"].rsplit("/", 1)[1]]
        if isinstance(step, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(step) or here.get("additionalProperties") or {}
    if "$ref" in here:
        here = definitions[here["$ref"].rsplit("/", 1)[1]]
    return list(here.get("properties", {}))


# --- headings ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands under one heading."""

    level: int
    title: str
    id: str
    wording: str
    line: int
    text: str

    @property
    def body_line(self) -> int:
        return self.line + 1


def _parts(file: _File, body: str, first_line: int, levels: tuple[int, ...]) -> tuple[str, list[_Part]]:
    """The text before the first heading, and the parts under the headings of ``levels``."""
    intro: list[str] = []
    parts: list[tuple[int, str, str, str, int, list[str]]] = []
    for number, line in enumerate(body.split("\n"), first_line):
        match = _HEADING.match(line)
        if match and len(match[1]) in levels:
            title, identity, wording = match[2], "", ""
            attributes = _ATTRIBUTES.fullmatch(title)
            if attributes:
                title, identity, wording = attributes[1], attributes[2], attributes[3] or ""
            hidden = hidden_characters(title)
            if hidden:
                file.problem(number, "hidden-characters", hidden)
            if not title:
                file.problem(number, "bad-heading", "This heading has no words. Write them after the #.")
            elif _CODE.search(title):
                file.code(title, number)
            elif not attributes and title.endswith("}"):
                file.problem(number, "bad-heading", "The braces after this heading cannot be read. Write {#its-id}.")
            elif re.search(r"\[\[|\]\]|<[A-Za-z/!?]|[*_`]{1,3}\S.*[*_`]|\]\(|\{|\}", title):
                file.problem(
                    number,
                    "bad-heading",
                    "A heading is plain words: no blanks, links, emphasis, braces or HTML.",
                )
            parts.append((len(match[1]), title, identity, wording, number, []))
        elif match:
            allowed = " or ".join("#" * level for level in levels)
            file.problem(number, "bad-heading", f"A heading here starts with {allowed}.")
        elif parts:
            parts[-1][5].append(line)
        else:
            intro.append(line)
    return "\n".join(intro), [_Part(a, b, c, d, e, "\n".join(f)) for a, b, c, d, e, f in parts]


def _unique(file: _File, parts: Iterable[_Part]) -> None:
    seen: dict[str, int] = {}
    for part in parts:
        if part.id in seen:
            file.problem(
                part.line,
                "duplicate-id",
                f'"{part.id}" already stands on line {seen[part.id]}. Give this one another id.',
            )
        elif part.id:
            seen[part.id] = part.line


def _need_id(file: _File, part: _Part, example: str) -> bool:
    if _ID.fullmatch(part.id):
        return True
    file.problem(
        part.line,
        "bad-heading",
        "This heading needs an id of small letters, digits and hyphens after it, such as "
        f'"{part.title} {{#{example}}}".',
    )
    return False


# --- one reader for each kind of file ------------------------------------------------------------


def _read_clause(file: _File) -> model.Clause | None:
    front, lines, body, body_line = file.front_matter(model.ClauseFront)
    intro, parts = _parts(file, body, body_line, (2, 3))
    named: dict[str, _Part] = {}
    wordings: dict[str, model.Wording] = {}
    current = ""
    for part in parts:
        if part.level == 2:
            current = part.title
            if part.title not in CLAUSE_HEADINGS:
                file.problem(
                    part.line,
                    "missing-heading",
                    f'"{part.title}" is not a heading of a clause. ' + did_you_mean(part.title, CLAUSE_HEADINGS),
                )
            elif part.title in named:
                file.problem(
                    part.line,
                    "missing-heading",
                    f'The heading "{part.title}" stands here twice. Put both texts under one.',
                )
            named.setdefault(part.title, part)
            if part.title == "Wording" and part.text.strip():
                file.problem(
                    part.body_line,
                    "missing-heading",
                    'Under "Wording" comes a heading for each wording: "### Its name {#its-id}".',
                )
        elif current == "Wording":
            _need_id(file, part, "its-id")
            blocks = file.blocks(part.text, part.body_line)
            if not blocks:
                file.problem(part.line, "missing-text", "This wording has no text. Write it below the heading.")
            wording = model.Wording(part.id, part.title, part.text.strip("\n"), blocks, part.line)
            wordings.setdefault(part.id, wording)
        else:
            file.problem(part.line, "bad-heading", 'Headings with ### stand under "Wording" only.')
    _unique(file, parts)
    order = [title for title in named if title in CLAUSE_HEADINGS]
    missing = [title for title in CLAUSE_HEADINGS if title not in named]
    if missing:
        file.problem(
            body_line,
            "missing-heading",
            "A clause needs the heading"
            + ("s " if len(missing) > 1 else " ")
            + ", ".join(f'"## {title}"' for title in missing)
            + ".",
        )
    elif order != list(CLAUSE_HEADINGS):
        file.problem(
            named[order[0]].line,
            "missing-heading",
            "The headings stand in this order: " + ", ".join(CLAUSE_HEADINGS) + ".",
        )
    summary = file.blocks(intro, body_line)
    if len(summary) != 1:
        file.problem(
            body_line,
            "missing-text",
            "A clause starts with one plain sentence, before its first heading: what it is for.",
        )
    if "Wording" in named and not wordings:
        file.problem(
            named["Wording"].line,
            "missing-heading",
            'There is no wording yet. Add "### Its name {#its-id}" and the text below it.',
        )

    def text(title: str) -> tuple[Block, ...]:
        part = named.get(title)
        if part is None:
            return ()
        blocks = file.blocks(part.text, part.body_line)
        if not blocks:
            file.problem(part.line, "missing-text", f'There is nothing under "{title}". Write a sentence or two.')
        return blocks

    why, watch = text("Why agree this"), text("Watch out for")
    questions = file.only_items(named["Ask each other"]) if "Ask each other" in named else ()
    if "Ask each other" in named and not questions:
        file.problem(
            named["Ask each other"].line,
            "missing-text",
            'There is nothing under "Ask each other". Add questions, each starting with "- ".',
        )
    if front is None:
        return None
    identity, language = file.identity
    return model.Clause(identity, language, file.origin(lines), front, summary, why, questions, wordings, watch)


def _read_template(file: _File) -> model.Template | None:
    front, lines, body, body_line = file.front_matter(model.TemplateFront)
    preamble, parts = _parts(file, body, body_line, (2,))
    for part in parts:
        file.problem(
            part.line,
            "bad-heading",
            "A template holds its preamble only. Its clauses are listed in its front matter.",
        )
    blocks = file.blocks(preamble, body_line)
    if not blocks:
        file.problem(
            body_line,
            "missing-text",
            "A template opens with a preamble: a sentence or two after the front matter.",
        )
    if front is None:
        return None
    identity, language = file.identity
    text = preamble.strip("\n")
    return model.Template(identity, language, file.origin(lines), front, text, blocks, body_line)


def _read_example(file: _File) -> model.Agreement | None:
    return _read_agreement(file, model.ExampleFront)


def _read_partnership(file: _File) -> model.Agreement | None:
    return _read_agreement(file, model.AgreementFront)


def _read_agreement(file: _File, front_class: type[model.AgreementFront]) -> model.Agreement | None:
    front, lines, body, body_line = file.front_matter(front_class)
    preamble, parts = _parts(file, body, body_line, (2,))
    _unique(file, parts)
    for part in parts:
        _need_id(file, part, "publicity")
    sections = []
    for part in parts:
        blocks = file.blocks(part.text, part.body_line)
        if not blocks:
            file.problem(part.line, "missing-text", "This clause has no text. Write it below the heading.")
        text = part.text.strip("\n")
        sections.append(model.Section(part.id, part.title, part.wording, text, blocks, part.line))
    blocks = file.blocks(preamble, body_line)
    if front is None:
        return None
    identity, language = file.identity
    return model.Agreement(
        identity,
        language,
        file.origin(lines),
        front,
        preamble.strip("\n"),
        blocks,
        tuple(sections),
        body_line,
    )


def _read_checklist(file: _File) -> model.Checklist | None:
    front, lines, body, body_line = file.front_matter(model.ChecklistFront)
    intro, parts = _parts(file, body, body_line, (2,))
    _unique(file, parts)
    sections = tuple(
        model.ChecklistSection(part.id, part.title, file.blocks(part.text, part.body_line), part.line) for part in parts
    )
    for section in sections:
        if not section.blocks:
            file.problem(
                section.line,
                "missing-text",
                f'There is nothing under "{section.title}". Add items, each starting with "- ".',
            )
    if not sections:
        file.problem(body_line, "missing-heading", 'A checklist has at least one heading "## …" with items below it.')
    blocks = file.blocks(intro, body_line)
    if front is None:
        return None
    identity, language = file.identity
    return model.Checklist(identity, language, file.origin(lines), front, blocks, sections)


def _read_guidance(file: _File) -> model.GuidancePage | None:
    parts = frontmatter.split(file.text)
    if parts is None:
        if file.text.startswith("---\n"):
            file.problem(1, "no-front-matter", 'The front matter is never closed. Add a line of "---" after it.')
            return None
        return model.GuidancePage(file.where, {}, frontmatter.FrontMatter({}), file.text, file.text, 1)
    front_text, body, body_line = parts
    front, findings = frontmatter.read(front_text, 2)
    file.findings(findings)
    if not isinstance(front.data, dict):
        file.problem(2, "broken-yaml", 'Front matter is lines of "key: value".')
        return None
    if findings and not front.data:
        return None
    file.values({key: front.data[key] for key in ("title", "description") if key in front.data}, front, ())
    return model.GuidancePage(file.where, front.data, front, file.text, body, body_line)


def _as_it_is(file: _File, data: Any, front: frontmatter.FrontMatter) -> Any:
    return data


def _data_reader(
    shape: Any, look: Callable[[_File, Any, frontmatter.FrontMatter], Any] = _as_it_is
) -> Callable[[_File], Any]:
    """A reader of a data file of that ``shape``; ``look`` may name what else is wrong in it."""
    adapter = TypeAdapter(shape)

    def read(file: _File) -> Any:
        front, findings = frontmatter.read(file.text, 1)
        file.findings(findings)
        if findings and not front.data:
            return None
        file.values(front.data, front, ())
        try:
            return look(file, adapter.validate_python(front.data), front), front
        except ValidationError as error:
            file.explain_all(error, front, _wrap(shape))
            return None

    return read


def _with_addresses(
    file: _File, sources: dict[str, model.Source], front: frontmatter.FrontMatter
) -> dict[str, model.Source]:
    for name, source in sources.items():
        if source.address and not _WEB.fullmatch(source.address):
            file.problem(
                front.line(name, "address"),
                "bad-address",
                f'"{source.address}" is not the address of a page on the web. '
                "It starts with https:// or http://, and holds no space.",
            )
    return sources


def _wrap(shape: Any) -> type[BaseModel]:
    """A model class whose schema at the right path is ``shape``: what ``_keys_at`` wants."""

    class Wrapper(BaseModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)

        @classmethod
        def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
            return TypeAdapter(shape).json_schema(by_alias=True)

    return Wrapper


def _read_elements(file: _File) -> Any:
    reader = csv.reader(file.text.split("\n"), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        file.problem(
            max(reader.line_num, 1),
            "bad-table",
            f'This row cannot be read: {error}. Quote a cell like this: "a, b".',
        )
        return None
    if not rows or len(rows[0][1]) < 3:
        file.problem(
            1,
            "bad-table",
            'The first row names the columns: "element", a column for each reference, "sources naming it".',
        )
        return None
    head = rows[0][1]
    keys = tuple(head[1:-1])
    elements: dict[str, model.Element] = {}
    for line, row in rows[1:]:
        if len(row) != len(head):
            file.problem(
                line,
                "bad-table",
                f"This row has {len(row)} cells; the first has {len(head)}. "
                'A cell that holds a comma goes in double quotes: "a, b".',
            )
            continue
        named = tuple(key for key, cell in zip(keys, row[1:-1], strict=True) if cell.strip())
        if row[-1].strip() != str(len(named)):
            file.problem(
                line,
                "bad-table",
                f'The last cell says "{row[-1]}". The marks in this row make {len(named)}.',
            )
        if row[0] in elements:
            file.problem(
                line,
                "duplicate-id",
                f'"{row[0]}" already stands on line {elements[row[0]].line}. Keep one of the two rows.',
            )
        elements.setdefault(row[0], model.Element(row[0], named, line))
    return (elements, keys), frontmatter.FrontMatter({})


_PIECE_READERS: dict[str, Callable[[_File], Any]] = {
    "clauses": _read_clause,
    "templates": _read_template,
    "examples": _read_example,
    "checklists": _read_checklist,
}
_DATA_READERS: dict[str, Callable[[_File], Any]] = {
    "groups.yml": _data_reader(tuple[model.Group, ...]),
    "sources.yml": _data_reader(dict[str, model.Source], _with_addresses),
    "glossary.yml": _data_reader(dict[str, model.Words]),
    "situations.yml": _data_reader(tuple[model.Situation, ...]),
    "elements.csv": _read_elements,
}
