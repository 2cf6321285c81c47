"""Translations: the parts that an original has, and how far a translation stands for them.

A translation stands beside its original, and has its name with a language behind it: ``publicity.cy.md``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..text.markup.nodes import Block, passages, plain
from .front import MACHINE, Translation
from .language import Language
from .pieces import Agreement, Checklist, Clause, GuidancePage, RecordForm, Template, Toolkit, Written, address
from .remember import remember

Translated = Written | GuidancePage

FRONT = "front matter"
# Of front matter, what says nothing in a language, or is each language's own.
_NOT_TRANSLATED = {
    "also called",
    "elements",
    "formerly",
    "group",
    "language",
    "owner",
    "reviewed",
    "search",
    "sources",
    "translation",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a translation can be relied on.

    Of the parts of the original, ``changed`` are those that are others than what was translated, ``missing`` those
    that nobody has translated, and ``gone`` those that it no longer has. ``odd`` are names that no part of it can
    have had.
    """

    by: str
    checked_by: str
    checked_on: datetime.date | None
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether a machine made it, and no speaker of the language has read it."""
        return self.by == MACHINE and not self.checked_by

    @property
    def behind(self) -> tuple[str, ...]:
        return (*self.changed, *self.gone)


def original(piece: Translated, toolkit: Toolkit) -> Translated | None:
    """What ``piece`` is a translation of, if it is one and that is there."""
    if isinstance(piece, GuidancePage):
        file = page_original(piece)
        return next((one for one in toolkit.guidance if one.file == file), None) if file else None
    pieces: dict[str, Translated] = getattr(toolkit, piece.kind)
    return pieces.get(piece.id.partition(".")[0]) if piece.language else None


def in_both(toolkit: Toolkit) -> list[tuple[Template, Template]]:
    """Each template that is a translation, with its original."""
    found = ((one, toolkit.templates.get(one.id.partition(".")[0])) for one in toolkit.templates.values())
    return [(one, first) for one, first in found if one.language and first]


def page_original(page: GuidancePage) -> str:
    """The file of the page that ``page`` says it is a translation of; empty if it says nothing of the kind."""
    return re.sub(r"\.[A-Za-z0-9-]+\.md$", ".md", page.file) if page.translation else ""


def page_language(page: GuidancePage) -> str:
    """The language that ``page`` was translated into; empty for an original."""
    return page.file.split(".")[-2] if page.translation and page_original(page) != page.file else ""


def language_of(piece: Translated, toolkit: Toolkit) -> Language:
    """The language of the words of ``piece``: what it says at its top, what its file's name says, or the toolkit's."""
    if isinstance(piece, GuidancePage):
        said = str(piece.front.get("language", "")) or page_language(piece)
    else:
        said = piece.front.language or piece.language
    return Language(said or toolkit.language, toolkit.labels)


def translated(toolkit: Toolkit) -> set[str]:
    """The pages that are translations, by the place that each has for mkdocs: their originals lead to them."""
    pages = {one.file.removeprefix("docs/") for one in toolkit.guidance if original(one, toolkit)}
    return pages | {f"{address(one).strip('/')}.md" for one in toolkit.published if one.language}


def translation(piece: Translated) -> Translation | None:
    """What ``piece`` says of itself as a translation."""
    front = piece if isinstance(piece, GuidancePage) else piece.front
    found: Translation | None = getattr(front, "translation", None)
    return found


def standing(piece: Translated, toolkit: Toolkit) -> Standing | None:
    """How far ``piece`` can be relied on, if it says what it was translated from."""
    first, said = original(piece, toolkit), translation(piece)
    if first is None or said is None:
        return None
    now, known = parts(first), said.of
    lost = [name for name in known if name not in now]
    # A name that we gave stands in the translation, too; a heading is another there, so nobody can tell it from a slip.
    odd = [name for name in lost if isinstance(first, Clause | Template) and name not in parts(piece)]
    return Standing(
        said.by,
        said.checked_by,
        said.checked_on,
        tuple(name for name in now if name in known and known[name] != now[name]),
        tuple(name for name in now if name not in known),
        tuple(name for name in lost if name not in odd),
        tuple(odd),
    )


@remember
def parts(piece: Translated) -> dict[str, str]:
    """A digest of each part of ``piece``, by what the part is called; of two with one name, the later has a number."""
    found: dict[str, str] = {}
    times = Counter[str]()
    for name, words in _parts(piece):
        free = name
        while free in found:
            times[name] += 1
            free = f"{name} ({times[name] + 1})"
        found[free] = hashlib.sha256(words.encode()).hexdigest()[:12]
    return found


def _parts(piece: Translated) -> Iterator[tuple[str, str]]:
    if isinstance(piece, GuidancePage):
        yield FRONT, _front(piece.front)
        title, *below = re.split(r"^## +(.*?)(?: *\{.*\})? *$", piece.body, flags=re.M)
        yield "opening", title.strip()
        yield from zip(below[::2], map(str.strip, below[1::2]), strict=True)
        return
    yield FRONT, _front(piece.front.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    if isinstance(piece, Clause):
        yield "summary", _words(piece.summary)
        yield "why agree this", _words(piece.why)
        yield "ask each other", "\n".join(plain(one.children) for one in piece.questions)
        for wording in piece.wordings.values():
            yield f"wording {wording.id}", f"{wording.title}\n{wording.text}"
        yield "watch out for", _words(piece.watch)
    elif isinstance(piece, Template):
        yield "opening", piece.preamble_text
    elif isinstance(piece, Agreement):
        yield "opening", piece.preamble_text
        yield from ((one.title, one.text) for one in piece.sections)
    elif isinstance(piece, Checklist | RecordForm):
        yield "opening", _words(piece.intro)
        yield from ((one.title, _words(one.blocks)) for one in piece.sections)


def _words(blocks: Iterable[Block]) -> str:
    return "\n".join(plain(one.children) for one in passages(blocks))


def _front(data: Any) -> str:
    return json.dumps({key: one for key, one in data.items() if key not in _NOT_TRANSLATED}, ensure_ascii=False)
