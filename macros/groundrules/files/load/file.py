"""One file being read: its text, its front matter, and what is wrong with them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ...model.pieces import Origin
from ...text import frontmatter
from ...text.markup.blocks import parse
from ...text.markup.hidden import hidden_characters
from ...text.markup.nodes import Block, Finding
from ...text.problems import Problem, did_you_mean, few
from ...text.tables import characters, code_point, limit, phrase
from ..disk import MAX_BYTES, read_bytes

MAX_LINE = limit("line")
MAX_PROBLEMS = limit("problems")
MAX_KEPT = limit("kept")

# Characters that show nothing; some programs, YAML among them, take some of these for the end of a line.
_CONTROL = re.compile(f"[{characters('control')}]")
CODE = re.compile(r"\{\{|\{%|\{#(?![a-z0-9-]*[ }])")
_HTML = re.compile(r"<[A-Za-z/!?]")

# Values that are put into the document as text, never into a page's title, so they may hold any character.
_ANY_PATHS = (("answers",), ("parties",), ("signatures",))

FrontT = TypeVar("FrontT", bound=BaseModel)


class Unreadable(Exception):
    """Raised when the rest of a file means nothing, because its start is not right; the problem was named."""


class File:
    """One file being read: its text, and what is wrong with it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.text = ""
        # The number of the last line; 0 as long as nothing was read.
        self.last = 0
        self.digest = ""
        self.unknown = 0
        # A kept version holds answers as text, a record quotes them, and an answer may hold any character.
        self.any_sign = False

    def problem(self, line: int, name: str, message: str) -> None:
        # YAML may find an end one line after the last.
        self.problems.append(Problem(self.where, min(line, self.last or line), name, message))

    def findings(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.problem(finding.line, finding.name, finding.message)

    def read(self, path: Path, info: os.stat_result) -> bool:
        if not stat.S_ISREG(info.st_mode):
            self.problem(1, "unexpected-file", "This is not an ordinary file.")
            return False
        data = read_bytes(path, MAX_BYTES * MAX_KEPT)
        size = max(info.st_size, len(data))
        if size > MAX_BYTES * (MAX_KEPT if _is_kept(data[:MAX_BYTES].decode("utf-8", "replace")) else 1):
            self.too_large(size, " Split it up.")
            return False
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
        return self.take(text)

    def take(self, text: str) -> bool:
        """Have ``text`` as the file's; whether the lines are short enough to be read."""
        self.text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.last = self.text.count("\n") + 1
        size = len(self.text.encode("utf-8", "surrogatepass"))
        kept = _is_kept(self.text)
        if size > MAX_BYTES * (MAX_KEPT if kept else 1):
            self.too_large(size)
        elif kept or not self.too_long_a_line():
            self.control_signs()
            self.digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            return True
        return False

    def too_large(self, size: int, more: str = "") -> None:
        # As many as there are, rounded up: one byte too many is more than the most.
        said = phrase("fileTooLarge", kilobytes=-(-size // 1024), most=MAX_BYTES // 1024)
        self.problem(1, "too-large", said + more)

    def too_long_a_line(self) -> bool:
        for number, line in enumerate(self.text.split("\n"), 1):
            if len(line) > MAX_LINE:
                self.problem(
                    number,
                    "too-large",
                    phrase("lineTooLong", count=len(line), most=MAX_LINE),
                )
                return True
        return False

    def control_signs(self) -> None:
        """Name the control characters, and read them as spaces."""
        if not _CONTROL.search(self.text):
            return
        ends = [match.start() for match in re.finditer("\n", self.text)]
        for match in _CONTROL.finditer(self.text):
            self.problem(
                bisect_right(ends, match.start()) + 1,
                "hidden-characters",
                phrase("controlCharacter", code=code_point(match[0])),
            )
        self.text = _CONTROL.sub(" ", self.text)

    def read_with(self, reader: Callable[[File], Any]) -> Any:
        try:
            return reader(self)
        except Unreadable:
            return None
        except RecursionError:
            self.problem(1, "too-large", "Brackets stand inside brackets too many times here to be read.")
            return None
        finally:
            self.problems = few(self.problems)

    def front_matter(self, model_class: type[FrontT]) -> tuple[FrontT | None, frontmatter.FrontMatter, str, int]:
        """The checked front matter (``None`` if broken), its lines, the body and the body's first line."""
        parts = frontmatter.split(self.text)
        if parts is None:
            self.problem(
                1,
                "no-front-matter",
                phrase("frontMatterNeverClosed")
                if self.text.startswith("---\n")
                else 'This file must start with front matter between two lines of "---".',
            )
            raise Unreadable
        front_text, body, body_line = parts
        front, findings = frontmatter.read(front_text, 2)
        self.findings(findings)
        if findings and not front.data:
            return None, front, body, body_line
        return self.validated(model_class, front), front, body, body_line

    def validated(self, model_class: type[FrontT], front: frontmatter.FrontMatter) -> FrontT | None:
        self.values(front.data, front, ())
        return self.modelled(model_class, front)

    def modelled(self, model_class: type[FrontT], front: frontmatter.FrontMatter) -> FrontT | None:
        try:
            return model_class.model_validate(front.data)
        except ValidationError as error:
            self.explain_all(error, front, model_class)
            return None

    def explain_all(self, error: ValidationError, front: frontmatter.FrontMatter, model_class: type[BaseModel]) -> None:
        """Name what is wrong; a key that is missing because it is misspelt is named once."""
        found = error.errors(include_url=False, include_input=False)
        found.sort(key=lambda one: front.line(*one["loc"]))
        meant: set[tuple[str | int, ...]] = set()
        # No more than these are shown, and looking for the key that was meant takes time.
        looked: Counter[tuple[str | int, ...]] = Counter()
        for details in found:
            *above, unknown = details["loc"] or ("",)
            if details["type"] == "extra_forbidden" and looked[tuple(above)] < MAX_PROBLEMS:
                looked[tuple(above)] += 1
                near = get_close_matches(str(unknown), _keys_at(model_class, tuple(above)), n=1)
                meant.update((*above, key) for key in near)
        for details in found:
            if details["type"] != "missing" or tuple(details["loc"]) not in meant:
                self.explain(details, front, model_class)

    def values(self, value: Any, front: frontmatter.FrontMatter, path: tuple[str | int, ...]) -> None:
        """Name what no value may hold: characters nobody can see, code and HTML."""
        if isinstance(value, str):
            if _may_hold(value):
                self.text_value(value, front.line(*path), path[:1] in _ANY_PATHS)
        elif isinstance(value, dict):
            for key, below in value.items():
                if _may_hold(key):
                    self.text_value(key, front.line(*path, key), False)
                self.values(below, front, (*path, key))
        elif isinstance(value, list):
            for index, below in enumerate(value):
                self.values(below, front, (*path, index))

    def text_value(self, value: str, line: int, any_sign: bool) -> None:
        if found := next(filter(None, map(hidden_characters, value.split("\n"))), None):
            self.problem(line, "hidden-characters", found)
        if any_sign:
            return
        if _HTML.search(value):
            self.problem(line, "raw-html", phrase("htmlInValue"))
        self.code(value, line)

    def code(self, text: str, line: int) -> None:
        match = CODE.search(text)
        if match:
            self.problem(
                line,
                "template-code",
                phrase("looksLikeCode", code=match[0]),
            )

    def explain(self, details: ErrorDetails, front: frontmatter.FrontMatter, model_class: type[BaseModel]) -> None:
        path = tuple(details["loc"])
        line = front.line(*path)
        key = _called(path)
        kind = details["type"]
        if kind == "extra_forbidden":
            self.unknown += 1
            shown = self.unknown <= MAX_PROBLEMS
            meant = did_you_mean(str(path[-1]), _keys_at(model_class, path[:-1])) if shown else ""
            self.problem(line, "unknown-key", phrase("unknownKey", key=key, meant=meant))
        elif kind == "missing":
            self.problem(line, "missing-key", phrase("missingKey", key=path[-1]))
        elif kind == "groundrules":
            about = re.match(r'"([^"]+)"', details["msg"])
            line = front.line(*path, about[1]) if about else line
            message = phrase("valueOf", key=key, message=details["msg"]) if path else details["msg"]
            self.problem(line, "bad-value", message)
        elif kind == "literal_error":
            given: Any = front.data
            for step in path:
                given = given[step]
            known = re.findall("'([^']*)'", details["ctx"]["expected"])
            if isinstance(given, str):
                message = phrase("unknownValue", value=given, key=key, meant=did_you_mean(given, known))
            else:
                message = phrase("mustBeOneLine", key=key)
            self.problem(line, "bad-value", message)
        elif kind in ("tuple_type", "list_type"):
            self.problem(
                line,
                "bad-value",
                phrase("mustBeList", key=key),
            )
        elif kind in ("dict_type", "model_type", "model_attributes_type"):
            self.problem(
                line,
                "bad-value",
                phrase("mustHoldKeys", key=key) if path else phrase("frontMatterHoldsKeys"),
            )
        elif kind == "string_type":
            self.problem(line, "bad-value", phrase("mustBeOneLine", key=key))
        else:
            self.problem(line, "bad-value", f"{key}: {details['msg']}")

    def blocks(self, text: str, line: int) -> tuple[Block, ...]:
        blocks, findings = parse(text, line)
        self.findings(findings)
        if "{" in text and not self.any_sign:
            for number, words in enumerate(text.split("\n"), line):
                self.code(words.replace("\\", ""), number)
        return blocks

    def origin(self, front: frontmatter.FrontMatter) -> Origin:
        return Origin(self.where, front, self.digest)

    @property
    def identity(self) -> tuple[str, str]:
        """The id and the language that the file's name gives; the language is empty for an original."""
        path = Path(self.where)
        stem = path.stem
        if path.name in ("agreement.md", "taken.md"):
            stem = path.parent.name
        elif path.parent.name == "versions":
            stem = path.parent.parent.name
        _, _, language = stem.partition(".")
        return stem, language


def _may_hold(text: str) -> bool:
    """Whether ``text`` is worth a look for what no value may hold."""
    return not (text.isascii() and text.isprintable()) or "<" in text or "{" in text


def _is_kept(text: str) -> bool:
    """Whether ``text`` is a kept version: only these note their own fingerprint."""
    return text.startswith("---\n") and "\nfingerprint: " in text[: text.find("\n---", 3)]


def _called(path: tuple[str | int, ...]) -> str:
    """What a message calls the place in front matter that ``path`` leads to."""
    if not path:
        return "What stands here"
    return phrase("entryNumber", number=path[-1] + 1) if isinstance(path[-1], int) else f'"{path[-1]}"'


def _keys_at(model_class: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand at ``path``, found by way of the model's JSON Schema."""
    schema = _schema(model_class)
    here = schema
    for step in path:
        here = _referred(schema, here)
        if isinstance(step, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(step) or here.get("additionalProperties") or {}
    return tuple(_referred(schema, here).get("properties", {}))


@cache
def _schema(model_class: type[BaseModel]) -> dict[str, Any]:
    return model_class.model_json_schema(by_alias=True)


def _referred(schema: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][here["$ref"].rsplit("/", 1)[1]] if "$ref" in here else here
    return found
