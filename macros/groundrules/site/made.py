"""The files of a site that stand nowhere in ``docs/`` and are no pages: any host publishes them as they are."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement.document.links import redirect
from .assets import WORKER
from .library import Library, moved


def made_files(library: Library) -> Iterator[tuple[str, str]]:
    """Each with its place: what leads on from earlier addresses, and scripts and styles."""
    for here, (there, title) in moved(library).items():
        yield library.links.file(here), redirect(library.links.start(here).to(there), title, library.labels())
    for name, (_, text) in library.shipped.items():
        if name != WORKER:
            yield f"assets/{name}", text
