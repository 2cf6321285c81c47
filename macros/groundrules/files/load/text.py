"""The agreement in a text, read as if it stood in a file: to see whether it would be right before it is written."""

from __future__ import annotations

from collections.abc import Callable

from ...model.pieces import Agreement
from ...text.problems import Problem
from .file import File
from .readers import read_partnership


def opened(
    text: str, where: str, reader: Callable[[File], Agreement | None] = read_partnership
) -> tuple[Agreement | None, list[Problem]]:
    """The agreement in ``text``, as it would be read from the file ``where``, and what is wrong with it."""
    file = File(where)
    if not file.take(text):
        return None, file.problems
    agreement = file.read_with(reader)
    return agreement, file.problems
