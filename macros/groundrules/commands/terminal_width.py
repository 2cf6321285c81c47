"""The width of a terminal, and prose that fits it: broken between words, whatever colours they have."""

from __future__ import annotations

import shutil
from typing import TextIO

import click


def width_of(stream: TextIO) -> int | None:
    """How wide the terminal is; ``None`` where the text goes elsewhere."""
    return max(shutil.get_terminal_size().columns, 60) if stream.isatty() else None


def fitted(text: str, stream: TextIO) -> str:
    """``text`` in lines that fit; the further ones begin where the first does. Elsewhere it is as it was."""
    width = width_of(stream)
    if width is None:
        return text
    start = " " * (len(text) - len(text.lstrip(" ")))
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else start + word
        if lines and len(click.unstyle(longer)) > width:
            lines.append(start + word)
        else:
            lines[-1:] = [longer]
    return "\n".join(lines)
