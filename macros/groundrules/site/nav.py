"""The navigation: an entry such as ``Clauses: clauses/`` becomes a section with everything of that kind."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ..agreement.document.labels import Labels
from ..model.pieces import Clause, Piece, Toolkit
from ..model.renamed import file_now
from ..model.site import SECTIONS
from .library import Library

# A longer list beside every page helps nobody, and drawing it would cost every page more with each new one.
LONGEST = 40
BRANCHES = 16


def expand(items: Sequence[Any], library: Library, titles: Mapping[str, str]) -> list[Any]:
    """The navigation: ``items`` is mkdocs' ``nav``, ``titles`` are the titles of the guidance pages, by file.

    A page that is listed without a title gets its own, so that it is known before the page is read. One that is listed
    by an earlier name is that of today.
    """
    expanded: list[Any] = []
    for item in items:
        if isinstance(item, str):
            item = file_now(library.toolkit, item)
            expanded.append({titles[f"docs/{item}"]: item} if titles.get(f"docs/{item}") else item)
            continue
        for title, value in item.items():
            kind = value.rstrip("/") if isinstance(value, str) and value.endswith("/") else ""
            if isinstance(value, list) or kind in SECTIONS:
                section = _section(kind, library, titles) if kind else expand(value, library, titles)
                if section:
                    expanded.append({title: section})
            else:
                expanded.append({title: file_now(library.toolkit, value) if isinstance(value, str) else value})
    return expanded


def by_folder(toolkit: Toolkit, titles: Mapping[str, str]) -> list[Any]:
    """The navigation of a site that names none, as mkdocs makes it: a section for each folder."""
    pages = {file.removeprefix("docs/"): title for file, title in titles.items()}
    pages |= {f"{piece.kind}/{piece.id}.md": escape(piece.front.title) for piece in toolkit.published}
    listed: list[Any] = []
    for page, title in pages.items():
        below = listed
        for folder in page.split("/")[:-1]:
            words = re.sub("[-_]", " ", folder)
            words = words.capitalize() if words.islower() else words
            section = next((one[words] for one in below if isinstance(one.get(words), list)), None)
            if section is None:
                below.append({words: (section := [])})
            below = section
        below.append({title: page})
    return listed


def _section(kind: str, library: Library, titles: Mapping[str, str]) -> list[Any]:
    pieces = library.originals.get(kind, [])
    index: list[Any] = [f"{kind}/index.md"] if f"docs/{kind}/index.md" in titles else []
    if kind != "clauses":
        return index + _list(pieces, library.labels())
    for group in library.toolkit.groups:
        members = [piece for piece in pieces if isinstance(piece, Clause) and piece.front.group == group.title]
        if members:
            index.append({escape(group.title): _list(members, library.labels())})
    known = {group.title for group in library.toolkit.groups}
    return index + _list(
        [piece for piece in pieces if isinstance(piece, Clause) and piece.front.group not in known], library.labels()
    )


def _list(pieces: Sequence[Piece], said: Labels) -> list[Any]:
    """All of ``pieces``; a long list in runs, and runs of runs, of at most ``BRANCHES`` each."""
    if len(pieces) <= LONGEST:
        return [{escape(piece.front.title): f"{piece.kind}/{piece.id}.md"} for piece in pieces]
    return _runs(pieces, math.ceil(math.log(len(pieces), BRANCHES)) - 1, said)


def _runs(pieces: Sequence[Piece], depth: int, said: Labels) -> list[Any]:
    if depth == 0:
        return [{escape(piece.front.title): f"{piece.kind}/{piece.id}.md"} for piece in pieces]
    size = math.ceil(len(pieces) ** (depth / (depth + 1)))
    runs = [pieces[at : at + size] for at in range(0, len(pieces), size)]
    return [
        {said.say("a run of titles", first=_short(run[0]), last=_short(run[-1])): _runs(run, depth - 1, said)}
        for run in runs
    ]


def _short(piece: Piece) -> str:
    return escape(piece.front.title if len(piece.front.title) <= 24 else piece.front.title[:23].rstrip() + "…")
