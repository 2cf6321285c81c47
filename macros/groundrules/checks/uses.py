"""The places that lead to a piece or a page of a toolkit, whether or not it is there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from ..files.library import called
from ..files.load.renamed import named_in
from ..model.pieces import Agreement, Toolkit, Written
from ..model.renamed import page_now
from ..model.runs import runs
from ..model.site import menu
from .guidance import linked_files
from .macro_calls import named_arguments
from .registry import Place, at, in_data, on_line


def uses(toolkit: Toolkit, name: str) -> list[Place]:
    """Each place that leads to what is called ``name``, such as ``clauses/publicity``, or was called so before."""
    wanted = _now(toolkit, name)
    found = {place for place, one in _named(toolkit) if _now(toolkit, one) == wanted}
    return sorted((one for one in found if called(one.file) != wanted), key=lambda one: (one.file, one.line))


def _now(toolkit: Toolkit, name: str) -> str:
    return page_now(toolkit, f"/{name}/").strip("/").removesuffix("/index")


def _named(toolkit: Toolkit) -> Iterator[tuple[Place, str]]:
    """Each place that names something, and its name there."""
    for piece in toolkit.pieces:
        yield from _in_piece(piece)
    for file, told in (("situations.yml", toolkit.situations), ("chooser.yml", toolkit.chooser)):
        for path, kind, name in named_in(told):
            yield in_data(toolkit, file, *path), _name(kind, name)
    for page in toolkit.guidance:
        for line, target in linked_files(page):
            yield Place(page.file, line), target.removesuffix(".md")
        for line, kind, name in named_arguments(page, toolkit):
            yield Place(page.file, line), _name(kind, name)
    for _, entry in menu(toolkit.site.at("nav").items):
        yield Place(entry.file, entry.line), entry.text.removesuffix(".md")


def _in_piece(piece: Written) -> Iterator[tuple[Place, str]]:
    for path, kind, name in named_in(piece):
        yield at(piece, *path), _name(kind, name)
    for section in piece.sections if isinstance(piece, Agreement) else ():
        yield on_line(piece, section.line), _name("clauses", section.id)
    for run in runs(piece):
        yield from ((on_line(piece, one.line), _name("clauses", one.clause)) for one in run.references)
        yield from ((on_line(piece, line), _name("address", one.address)) for line, one in run.links)


def _name(kind: str, name: str) -> str:
    return unquote(name.partition("#")[0]).strip("/") if kind == "address" else f"{kind}/{name}"
