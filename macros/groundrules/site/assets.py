"""The scripts and styles that the package ships, made small for the reader's phone."""

from __future__ import annotations

from functools import cache
from importlib import resources

_KINDS = {"css": "text/css", "js": "application/javascript"}


@cache
def assets() -> dict[str, str]:
    """The text of each file by its name; as it was written, where the minifier is not installed."""
    folder = resources.files("groundrules") / "assets"
    return {one.name: _small(one.name, one.read_text("utf-8")) for one in folder.iterdir()}


def _small(name: str, text: str) -> str:
    try:
        import minify
    except ImportError:
        return text
    small: str = minify.string(_KINDS[name.rpartition(".")[2]], text)
    return small
