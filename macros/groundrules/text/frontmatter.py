"""Front matter: a stated subset of YAML, read with every scalar a string.

Block style only, no anchors, aliases or tags. Other loaders turn ``07700900123`` into a number,
``12:30`` into 750 and ``no`` into False; here types come from the model alone.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import Any

import yaml

from .markup.nodes import Finding
from .tables import limit, phrase

MAX_DEPTH = limit("deep")

# YAML ends a line at these, people and editors do not: they would fold words and shift line numbers.
_UNSEEN_BREAK = re.compile("[\x85\u2028\u2029]")


@dataclass(slots=True)
class FrontMatter:
    """Front matter: ``data`` holds strings, lists and dicts; ``lines`` the line of each path of keys and indexes."""

    data: Any
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    first_line: int = 1

    def line(self, *path: str | int) -> int:
        """The line of ``path``, or of the nearest thing above it that stands in the file."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return self.first_line


def truth(value: Any) -> bool | None:
    """What mkdocs makes of the plain ``value`` of a page, such as ``True`` or ``off``; ``None`` of other words."""
    found: bool | None = yaml.SafeLoader.bool_values.get(str(value).lower())
    return found


def split(text: str) -> tuple[str, str, int] | None:
    """Front matter, body, and the line at which the body starts, or ``None`` where there is none."""
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---\n", 3)
    if end < 0:
        if not text.endswith("\n---"):
            return None
        end = len(text) - 4
    front = text[4 : end + 1]
    return front, text[end + 5 :], front.count("\n") + 3


def read(text: str, first_line: int = 1) -> tuple[FrontMatter, list[Finding]]:
    """Read a block of YAML that starts at ``first_line`` of its file."""
    unseen = [
        Finding(
            number,
            "hidden-characters",
            f"There is a line break here that nobody can see (U+{ord(match[0]):04X}). Delete it.",
        )
        for number, line in enumerate(text.split("\n"), first_line)
        if (match := _UNSEEN_BREAK.search(line))
    ]
    builder = _Builder(_UNSEEN_BREAK.sub(" ", text) if unseen else text, first_line)
    builder.findings += unseen
    try:
        builder.read()
    except yaml.MarkedYAMLError as error:
        builder.findings.append(_explain(error, first_line))
    except yaml.YAMLError as error:
        builder.findings.append(
            Finding(first_line, "broken-yaml", f"This cannot be read: {str(error).splitlines()[0]}")
        )
    return builder.front, builder.findings


# Agreements made from one template have most of their keys, and of the words in them, in common; each is kept once.
_PATHS: dict[tuple[str | int, ...], tuple[str | int, ...]] = {}


def _known(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return _PATHS.setdefault(path, path)


class _Refused(Exception):
    pass


class _Builder:
    """Builds plain data from YAML's events, so that what is refused is seen before anything is made of it."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.first_line = first_line
        self.front = FrontMatter({}, first_line=first_line)
        self.findings: list[Finding] = []

    def read(self) -> None:
        self.events = yaml.parse(self.text, Loader=_LOADER)
        try:
            next(self.events), next(self.events)
            first = self.next()
            if not isinstance(first, yaml.DocumentEndEvent | yaml.StreamEndEvent):
                self.front.data = self.value(first, (), 0)
            after = next(self.events, None)
            after = next(self.events, after)
            if isinstance(after, yaml.DocumentStartEvent):
                self.find(after, "yaml-style", phrase("anotherDocument"))
        except StopIteration:
            return
        except _Refused:
            self.front.data = {}

    def line(self, index: int) -> str:
        return self.lines[index] if index < len(self.lines) else ""

    def find(self, event: yaml.Event, name: str, message: str) -> None:
        self.findings.append(Finding(self.first_line + event.start_mark.line, name, message))

    def next(self) -> yaml.Event:
        event: yaml.Event = next(self.events)
        return event

    def refuse(self, event: yaml.Event, message: str) -> None:
        self.find(event, "yaml-style", message)
        raise _Refused

    def value(self, event: yaml.Event, path: tuple[str | int, ...], depth: int) -> Any:
        self.front.lines.setdefault(path, self.first_line + event.start_mark.line)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.refuse(
                event,
                phrase("anchorsInFrontMatter"),
            )
        if event.tag:
            self.refuse(event, phrase("tagsInFrontMatter"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if event.flow_style:
            self.refuse(
                event,
                phrase("bracesInFrontMatter"),
            )
        if depth >= MAX_DEPTH:
            self.refuse(event, phrase("nestedTooDeep", most=MAX_DEPTH))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def scalar(self, event: yaml.ScalarEvent) -> str:
        if event.style in ("|", ">"):
            self.find(event, "yaml-style", phrase("blockInFrontMatter"))
        elif not event.style:
            rest = self.line(event.end_mark.line)[event.end_mark.column :]
            if re.match(r"\s+#", rest):
                self.find(
                    event,
                    "yaml-style",
                    phrase("commentAfterValue"),
                )
        return sys.intern(event.value)

    def sequence(self, path: tuple[str | int, ...], depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self.value(event, _known((*path, len(items))), depth + 1))
        return items

    def mapping(self, path: tuple[str | int, ...], depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag or not event.value:
                self.refuse(event, phrase("oddKey"))
            if self.line(event.start_mark.line).lstrip(" -").startswith("? "):
                self.refuse(event, 'A key starting with "? " is not read. Write "key: value".')
            key: str = sys.intern(event.value)
            line = self.first_line + event.start_mark.line
            if key in data:
                self.findings.append(Finding(line, "duplicate-key", phrase("keyTwice", key=key)))
                self.value(self.next(), (*path, key), depth + 1)
                continue
            here = _known((*path, key))
            self.front.lines[here] = line
            data[key] = self.value(self.next(), here, depth + 1)
        return data


_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _explain(error: yaml.MarkedYAMLError, first_line: int) -> Finding:
    said = (error.problem or error.context or "it cannot be read").strip()
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in said:
        # Where the quotation mark stands, not where the file ends.
        mark = error.context_mark or mark
    line = first_line + (mark.line if mark else 0)
    hint = "Put the value in double quotes, and line keys up below each other."
    known = (words for part, words in _HINTS if part in said)
    return Finding(line, "broken-yaml", next(known, f"The front matter cannot be read here: {said}. {hint}"))


# What YAML calls a mistake, and what people do.
_HINTS = (
    ("found a tab character", phrase("tabInFrontMatter")),
    ("mapping values are not allowed", phrase("colonInValue")),
    (
        "could not find expected ':'",
        phrase("oneKeyALine"),
    ),
    (
        "cannot start any token",
        "Indent with spaces, not with tabs, and put a value that starts with a special character in double quotes.",
    ),
    (
        "did not find expected key",
        "Text stands after a closing quote, or the spaces at the start of this line do not match its neighbours.",
    ),
    ("unexpected end of stream", phrase("quoteNeverClosed")),
)


def quote(text: str) -> str:
    """``text`` as a double-quoted scalar on one line: what our writers put into front matter."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(sign: re.Match[str]) -> str:
    return _ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04X}"


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
