"""The library that comes with the program, for toolkits of other people to take from."""

from __future__ import annotations

from pathlib import Path

from ..text import frontmatter
from . import disk

ABOUT = "toolkit.yml"
_PROGRAM = Path(__file__).parent.parent


def library() -> Path:
    """The folder that holds the library: in an installed program its own, in this repository the repository."""
    packed = _PROGRAM / "library"
    return packed if packed.is_dir() else _PROGRAM.parent.parent


def library_version() -> str:
    """The version of the library, apart from the program's: its words change at other times."""
    front, _ = frontmatter.read(disk.read(library() / "agreements" / ABOUT), 1)
    return str(front.data["version"])
