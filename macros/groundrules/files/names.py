"""The names that stand in a toolkit's files, as they are typed: read in a moment, and not checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..text.frontmatter import read, split
from .library import ABOUT, library

_PART = re.compile(r"^#{2,3} .*\{#([a-z0-9-]+)[^}]*\}$", re.M)


def stems(folder: Path) -> list[str]:
    """The pieces in ``folder``, each once, whatever languages it has."""
    return sorted({path.name.partition(".")[0] for path in folder.glob("*.md")}) if folder.is_dir() else []


def pieces(toolkit: Path, kind: str) -> list[str]:
    """The pieces of one ``kind`` that ``toolkit`` has, or takes from the library."""
    taken = front_of(toolkit / "agreements" / ABOUT).get("takes", {}).get(kind, ())
    return sorted({*stems(toolkit / "agreements" / kind), *taken})


def piece(toolkit: Path, kind: str, name: str) -> Path:
    """The file of a piece: the toolkit's own, or the library's."""
    own = toolkit / "agreements" / kind / f"{name}.md"
    return own if own.is_file() else library() / "agreements" / kind / f"{name}.md"


def agreements(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/agreement.md"))


def front(path: Path) -> Mapping[str, Any]:
    """The front matter of a file; nothing where there is none."""
    parts = split(path.read_text("utf-8")) if path.is_file() else None
    return _values(parts[0]) if parts else {}


def front_of(path: Path) -> Mapping[str, Any]:
    """The same for a file that is nothing else."""
    return _values(path.read_text("utf-8")) if path.is_file() else {}


def _values(text: str) -> Mapping[str, Any]:
    data = read(text)[0].data
    return data if isinstance(data, dict) else {}


def parts(path: Path) -> list[str]:
    """The ids of a file's headings: the clauses of an agreement, the wordings of a clause."""
    return _PART.findall(path.read_text("utf-8")) if path.is_file() else []
