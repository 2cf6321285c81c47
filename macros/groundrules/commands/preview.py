"""See whether an agreement would be right, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from .. import checks
from ..files.load.file import MAX_BYTES, File
from ..files.load.pieces import read_partnership
from ..model import Agreement, History, Toolkit
from ..text.problems import Problem


def opened(
    text: str, where: str, reader: Callable[[File], Agreement | None] = read_partnership
) -> tuple[Agreement | None, list[Problem]]:
    """The agreement in ``text``, as it would be read from the file ``where``, and what is wrong with it."""
    file = File(where)
    file.text = normal(text)
    file.digest = hashlib.sha256(file.text.encode("utf-8", "surrogatepass")).hexdigest()
    size = len(file.text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        file.problem(1, "too-large", f"This file has {size // 1024} KB; {MAX_BYTES // 1024} KB is the most.")
        return None, file.problems
    if file.too_long_a_line():
        return None, file.problems
    file.control_signs()
    return file.read_with(reader), file.problems


def normal(text: str) -> str:
    """``text`` with the line breaks that the readers know."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def checked(agreement: Agreement, toolkit: Toolkit) -> list[Problem]:
    """What the checks find in ``agreement`` and its kept versions; the rest of the toolkit is not looked at."""
    alone = replace(
        toolkit,
        examples={},
        checklists={},
        guidance=(),
        situations=(),
        partnerships={agreement.id: agreement},
    )
    history = toolkit.histories.get(agreement.id, History())
    files = {agreement.origin.file, *(version.origin.file for version in history.versions.values())}
    return sorted(one for one in checks.run(alone) if one.file in files)
