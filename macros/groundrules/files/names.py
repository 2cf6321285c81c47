"""The names that stand in a toolkit's files, as they are typed: read in a moment, and not checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..text.frontmatter import read, split

_PART = re.compile(r"^#{2,3} .*\{#([a-z0-9-]+)[^}]*\}$", re.M)


def stems(folder: Path) -> list[str]:
    """The pieces in ``folder``, each once, whatever languages it has."""
    return sorted({path.name.partition(".")[0] for path in folder.glob("*.md")}) if folder.is_dir() else []


def agreements(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/agreement.md"))


def front(path: Path) -> Mapping[str, Any]:
    """The front matter of a file; nothing where there is none."""
    parts = split(path.read_text("utf-8")) if path.is_file() else None
    data = read(parts[0])[0].data if parts else {}
    return data if isinstance(data, dict) else {}


def parts(path: Path) -> list[str]:
    """The ids of a file's headings: the clauses of an agreement, the wordings of a clause."""
    return _PART.findall(path.read_text("utf-8")) if path.is_file() else []
