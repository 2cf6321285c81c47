"""The agreement in a text, read as if it stood in a file: to see whether it would be right before it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from ...model.pieces import Agreement
from ...text.problems import Problem
from ...text.tables import phrase
from .file import MAX_BYTES, File
from .readers import read_partnership


def opened(
    text: str, where: str, reader: Callable[[File], Agreement | None] = read_partnership
) -> tuple[Agreement | None, list[Problem]]:
    """The agreement in ``text``, as it would be read from the file ``where``, and what is wrong with it."""
    file = File(where)
    file.text = normal(text)
    file.digest = hashlib.sha256(file.text.encode("utf-8", "surrogatepass")).hexdigest()
    size = len(file.text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        file.problem(1, "too-large", phrase("fileTooLarge", kilobytes=size // 1024, most=MAX_BYTES // 1024))
        return None, file.problems
    if file.too_long_a_line():
        return None, file.problems
    file.control_signs()
    return file.read_with(reader), file.problems


def normal(text: str) -> str:
    """``text`` with the line breaks that the readers know."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
