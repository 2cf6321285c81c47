"""Pieces that come in after Markdown: a word goes through it unchanged, and the HTML takes its place at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# A macro's name and what it was called with.
Call = tuple[str, tuple[Any, ...], dict[str, Any]]

_PLACE = re.compile(r"groundrulespiece(\d+)x")
_MARK = re.compile(r"<!--groundrules piece (\d+)-->")


def placeholder(number: int) -> str:
    """A word that goes through Markdown unchanged and stands for a piece."""
    return f"groundrulespiece{number}x"


def mark_places(content: str) -> str:
    """Turn each word that stands for a piece into a comment, outside any paragraph that Markdown made around it."""

    def paragraph(match: re.Match[str]) -> str:
        parts = _PLACE.split(match[1])
        words = [f"<p>{text}</p>" if text.strip() else "" for text in parts[::2]]
        marks = [_mark(number) for number in parts[1::2]]
        return "".join(text + mark for text, mark in zip(words, [*marks, ""], strict=True))

    content = re.sub(r"<p>((?:(?!</p>).)*?groundrulespiece\d+x.*?)</p>", paragraph, content, flags=re.S)
    return _PLACE.sub(lambda match: _mark(match[1]), content)


def fill_places(content: str, placed: Sequence[str]) -> str:
    """Put each piece where its comment stands."""
    return _MARK.sub(lambda match: placed[int(match[1])], content)


def _mark(number: str) -> str:
    return f"<!--groundrules piece {number}-->"
