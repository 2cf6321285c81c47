"""The sentences about the name of a piece or a page, and the places that lead to it: for several commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..checks.registry import Place
from ..checks.uses import known
from ..files.library import formerly, lent
from ..model.pieces import Toolkit
from ..model.renamed import page_now


def about(toolkit: Toolkit, name: str) -> str:
    """Where what is called ``name`` stands, or what it is called now."""
    kind, _, own = name.partition("/")
    now = page_now(toolkit, f"/{name}/").strip("/")
    here = known(toolkit)
    if now == name and name not in here:
        now = f"{kind}/{formerly(kind).get(own, own)}" if name not in lent() and kind in toolkit.former else name
    if now != name:
        return f"{name} is called {now} now."
    if name not in here:
        return f"{name} is not here{', but the library has it' if name in lent() else ''}."
    file = next((one for one in (f"agreements/{name}.md", f"docs/{name}.md") if one in toolkit.borrowed), "")
    return f"{name} comes from the library." if file else f"{name} is this toolkit's own."


def listed(toolkit: Toolkit, places: Iterable[Place]) -> Iterator[str]:
    """A line for each of these places."""
    for one in places:
        yield f"  {one.file}:{one.line}{' (from the library)' if one.file in toolkit.borrowed else ''}"
