"""The files with which a reader's browser keeps the site for reading offline: a worker, and a list of all others."""

from __future__ import annotations

import json
from pathlib import Path

from .assets import assets
from .library import Library
from .page_keys import digest

# It may keep the pages of the folder that it stands in, so it stands at the site's root.
WORKER = "offline-worker.js"
FILES = "offline-files.json"


def write_worker(site: Path, library: Library) -> None:
    """Write the offline worker, and the list of all files that stand now: it drops what is not among them."""
    versions = {f"assets/{name}": f"?v={version}" for name, (version, _) in library.shipped.items()}
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    listed = json.dumps([path + versions.get(path, "") for path in paths if path not in (WORKER, FILES)], indent=0)
    address = f"{FILES}?v={digest(listed)[:12]}"
    (site / FILES).write_bytes(listed.encode())
    (site / WORKER).write_bytes(assets()[WORKER].replace("FILES", address).encode())
