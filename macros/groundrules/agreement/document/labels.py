"""The labels of documents: the few words that an agreement's own outputs need, in its language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from ...text import frontmatter


@cache
def labels(language: str) -> Mapping[str, str]:
    """The documents' own words, in ``language`` where ``labels/`` has it, else in English."""
    folder = resources.files("groundrules") / "shared" / "labels"
    words: dict[str, str] = {}
    own = language.split("-")[0]
    for name in ("en", own if own.isalnum() else "en"):
        file = folder / f"{name}.yml"
        if file.is_file():
            words |= frontmatter.read(file.read_text("utf-8"))[0].data
    return words
