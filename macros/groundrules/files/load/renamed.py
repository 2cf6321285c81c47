"""Files that say an earlier name of a piece, read as if they said the name of today."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ...model.front import Exempt, Question, Situation
from ...model.pieces import Agreement, Clause, Template, Toolkit
from ...model.renamed import called_now, file_now, page_now
from ...text.frontmatter import FrontMatter, split

_REFERENCE = re.compile(r"(?<!\\)(?<=\[\[#)[a-z0-9-]+(?=\]\])")
_HEADING = re.compile(r"(?<=\{#)[a-z0-9-]+(?=[ \t}])")
_LINK = re.compile(r"(?<=\]\()/[^\s()]+")

Path = tuple[str | int, ...]
# The keys of a name in front matter, the kind of piece that it names (or "address" or "file"), and the name.
Named = tuple[Path, str, str]
_LED = {"address": page_now, "file": file_now}


def named_in(piece: Any) -> Iterator[Named]:
    """What the front matter of ``piece`` names, or what the entries of a data file do."""
    if isinstance(piece, tuple):
        for index, one in enumerate(piece):
            yield from (((index, *path), kind, name) for path, kind, name in _named_by(one))
        return
    for index, address in enumerate(getattr(piece.front, "related", ())):
        yield ("related", index), "address", address
    if isinstance(piece, Template):
        for index, entry in enumerate(piece.front.clauses):
            yield ("clauses", index, "id"), "clauses", entry.id
        for index, need in enumerate(piece.front.needs):
            yield ("needs", index, "clause"), "clauses", need.clause
    elif isinstance(piece, Agreement):
        yield ("template",), "templates", piece.front.template
        for index, name in enumerate(piece.front.left_out):
            yield ("left out", index), "clauses", name
    elif isinstance(piece, Clause):
        for name, blank in piece.front.blanks.items():
            yield ("blanks", name, "settled by"), "records", blank.settled_by


def _named_by(one: Any) -> Iterator[Named]:
    if isinstance(one, Situation):
        yield ("page",), "address", one.page
    elif isinstance(one, Exempt):
        yield ("file",), "file", one.file
    elif isinstance(one, Question):
        for number, answer in enumerate(one.answers):
            yield ("answers", number, "template"), "templates", answer.template
            yield ("answers", number, "page"), "address", answer.page
            for other, also in enumerate(answer.also):
                yield ("answers", number, "also", other, "template"), "templates", also.template


@dataclass
class Following:
    """The lines of one file, in which each earlier name becomes the one of today; ``notes`` are line, old and new."""

    toolkit: Toolkit
    lines: list[str]
    notes: set[tuple[int, str, str]] = field(default_factory=set)

    def front(self, front: FrontMatter, named: Iterator[Named]) -> None:
        for path, kind, name in named:
            now = _LED[kind](self.toolkit, name) if kind in _LED else self.toolkit.now_called(kind, name)
            if now != name:
                whole = rf"(?<![^\s\"'\[,]){re.escape(name)}(?![^\s\"'\],])"
                self.change(front.line(*path), re.compile(whole), partial(_always, now), kind not in _LED)

    def body(self, headings: bool) -> None:
        parts = split("\n".join(self.lines))

        def clause(name: str) -> str:
            return self.toolkit.now_called("clauses", name)

        for number in range(parts[2] if parts else 1, len(self.lines) + 1):
            self.change(number, _REFERENCE, clause)
            self.change(number, _LINK, lambda address: page_now(self.toolkit, address), False)
            if headings and self.lines[number - 1].startswith("## "):
                self.change(number, _HEADING, clause)

    def change(self, number: int, pattern: re.Pattern[str], current: Callable[[str], str], name: bool = True) -> None:
        def become(match: re.Match[str]) -> str:
            old, new = match[0], current(match[0])
            if new != old:
                self.notes.add((number, old, new) if name else (number, *called_now(old, new)))
            return new

        self.lines[number - 1] = pattern.sub(become, self.lines[number - 1])


def _always(now: str, _: str) -> str:
    return now
