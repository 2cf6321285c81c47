"""Headings, and what stands under each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...text.markup.hidden import hidden_characters
from ...text.tables import phrase
from .file import CODE, File
from .listing import ID

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*$")
_ATTRIBUTES = re.compile(r"(.*?)[ \t]*\{#([^\s}]*)(?:[ \t]+wording=([^\s}]*))?[ \t]*\}$")


@dataclass(frozen=True, slots=True)
class Part:
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


def parts_of(file: File, body: str, first_line: int, levels: tuple[int, ...]) -> tuple[str, list[Part]]:
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
                file.problem(number, "bad-heading", phrase("headingWithoutWords"))
            elif CODE.search(title):
                file.code(title, number)
            elif not attributes and title.endswith("}"):
                file.problem(number, "bad-heading", phrase("bracesAfterHeading"))
            elif re.search(r"\[\[|\]\]|<[A-Za-z/!?]|[*_`]{1,3}\S.*[*_`]|\]\(|\{|\}", title):
                file.problem(
                    number,
                    "bad-heading",
                    phrase("headingNotPlain"),
                )
            parts.append((len(match[1]), title, identity, wording, number, []))
        elif match:
            allowed = " or ".join("#" * level for level in levels)
            file.problem(number, "bad-heading", phrase("headingLevel", level=allowed))
        elif parts:
            parts[-1][5].append(line)
        else:
            intro.append(line)
    return "\n".join(intro), [Part(a, b, c, d, e, "\n".join(f)) for a, b, c, d, e, f in parts]


def name_repeated_ids(file: File, parts: Iterable[Part]) -> None:
    seen: dict[str, int] = {}
    for part in parts:
        if part.id in seen:
            file.problem(
                part.line,
                "duplicate-id",
                phrase("idTwice", id=part.id, line=seen[part.id]),
            )
        elif part.id:
            seen[part.id] = part.line


def has_id(file: File, part: Part, example: str) -> bool:
    if ID.fullmatch(part.id):
        return True
    file.problem(
        part.line,
        "bad-heading",
        phrase("headingWithoutId", title=part.title, example=example),
    )
    return False
