"""Load and check in one step: what every host begins with."""

from __future__ import annotations

from pathlib import Path

from . import checks
from .load import Cache, load
from .model import Toolkit
from .problems import Problem


def read(
    root: Path, partnerships: Path | None = None, cache: Cache | None = None, public: bool = False
) -> tuple[Toolkit, list[Problem]]:
    """The toolkit in ``root``, and everything that is wrong with it, in the order of files and lines.

    ``public`` is for builds: partnerships that are not published are left out of both.
    """
    loaded = load(root, partnerships, cache, public)
    found = set(loaded.problems)
    if loaded.toolkit.clauses or loaded.toolkit.templates or loaded.toolkit.guidance:
        found |= set(checks.run(loaded.toolkit))
    return loaded.toolkit, sorted(found)
