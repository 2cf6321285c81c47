"""The places that lead to a piece or a page of a toolkit, whether or not it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ..files.library import called
from ..files.load.renamed import named_in
from ..model.pieces import Agreement, Toolkit, Written, places
from ..model.renamed import page_now
from ..model.runs import runs
from ..model.site import menu
from ..text.problems import Problem
from .guidance import linked_files
from .macro_calls import named_arguments
from .registry import Place, at, in_data, on_line

# A page of the site that is not its home page, or a piece; partners' own clauses stand in their agreement alone.
_PIECE = re.compile(r"(?!clauses/own-[0-9]+$)[^:]+")


def uses(toolkit: Toolkit, name: str) -> list[Place]:
    """Each place that leads to what is called ``name``, such as ``clauses/publicity``, or was called so before."""
    return _leading(toolkit).get(_now(toolkit, name), [])


def known(toolkit: Toolkit) -> set[str]:
    """What every piece and page here is called."""
    return {one.removesuffix(".md") for one in places(toolkit)} | {called(one.origin.file) for one in toolkit.pieces}


def stale(toolkit: Toolkit, found: Iterable[Problem]) -> Iterator[tuple[str, list[Place]]]:
    """Each name that nothing here has, or not any more, with the places where ``found`` names it: two at least."""
    said: dict[Place, list[str]] = {}
    for one in found:
        said.setdefault(Place(one.file, one.line), []).append(one.message)
    here, leading = {_now(toolkit, name) for name in known(toolkit)}, _leading(toolkit) if said else {}
    former = {f"{kind}/{old}" for kind, names in toolkit.former.items() for old in names}
    gone = {name for name in leading if name not in here and _PIECE.fullmatch(name)}
    for name in sorted(former | gone):
        quoted = re.compile(rf'"(?:[^"]*/)?{re.escape(name.rpartition("/")[2])}(?:\.md)?/?(?:#[^"]*)?"')
        leads = leading.get(_now(toolkit, name), ())
        still = [one for one in leads if any(map(quoted.search, said.get(one, ())))]
        if len(still) > 1:
            yield name, still


def _leading(toolkit: Toolkit) -> dict[str, list[Place]]:
    """The places that lead to each name of today; what stands in a file does not lead to it."""
    found: dict[str, set[Place]] = {}
    for place, name in _named(toolkit):
        if called(place.file) != (now := _now(toolkit, name)):
            found.setdefault(now, set()).add(place)
    return {name: sorted(leads, key=lambda one: (one.file, one.line)) for name, leads in found.items()}


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
