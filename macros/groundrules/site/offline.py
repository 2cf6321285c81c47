"""The files with which a reader's browser keeps the site for reading offline: a worker, and a list of all others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from .assets import WORKER, assets
from .library import Library
from .page_keys import digest

FILES = "offline-files.json"


def write_worker(site: Path, library: Library, paths: Iterable[str]) -> None:
    """Write the offline worker, and the list of all files of the site: it drops what is not among ``paths``.

    One such as ``assets/*`` stands for all that is in a folder.
    """
    versions = {f"assets/{name}": f"?v={version}" for name, (version, _) in library.shipped.items()}
    listed = json.dumps(
        [path + versions.get(path, "") for path in sorted(paths) if path not in (WORKER, FILES)], indent=0
    )
    address = f"{FILES}?v={digest(listed)[:12]}"
    (site / FILES).write_bytes(listed.encode())
    (site / WORKER).write_bytes(assets(library.labels())[WORKER].replace('"FILES"', f'"{address}"', 1).encode())
