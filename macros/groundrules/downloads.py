"""The files beside the pages: written at build time, and kept by content so that an unchanged one costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

from .assemble import Document, assemble, draft
from .model import Template, address
from .pages import DOWNLOADS, Library


def _word(document: Document) -> bytes:
    from .word import blank_form

    return blank_form(document)


WRITERS: dict[str, Callable[[Document], bytes]] = {"docx": _word}


class Downloads:
    """Writes the downloads of ``library`` into a site; ``kept`` is a folder for what was written before."""

    def __init__(self, library: Library, kept: Path) -> None:
        self.library = library
        self.kept = kept

    def write(self, site: Path) -> None:
        for piece in self.library.toolkit.published:
            kinds = DOWNLOADS.get(piece.kind, ())
            if not kinds or not isinstance(piece, Template):
                continue
            document = assemble(draft(piece, self.library.toolkit), self.library.titles)
            for kind in kinds:
                target = site / f"{address(piece).strip('/')}/{piece.id}.{kind}"
                content = self.content(document, kind)
                if not target.is_file() or target.read_bytes() != content:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)

    def content(self, document: Document, kind: str) -> bytes:
        digest = hashlib.sha256(f"{_engine()}\0{kind}\0{document!r}".encode()).hexdigest()
        kept = self.kept / f"{digest}.{kind}"
        if kept.is_file():
            return kept.read_bytes()
        content = WRITERS[kind](document)
        self.kept.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_bytes(content)
        fresh.replace(kept)
        return content


@cache
def _engine() -> str:
    """A digest of our own code: a changed writer makes everything anew."""
    folder = resources.files(__package__)
    sources = sorted((one.name, one.read_bytes()) for one in folder.iterdir() if one.name.endswith(".py"))
    return hashlib.sha256(repr(sources).encode()).hexdigest()
