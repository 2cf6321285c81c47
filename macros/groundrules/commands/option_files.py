"""A file that an option names: a line ``key: value`` for each thing that somebody says in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..text import frontmatter
from ..text.problems import InvalidFiles, Problem, UserError


def read_lines(file: str, text: str, lines: str, fault: str, keep: Callable[[str, Any], None]) -> None:
    """Give ``keep`` each key and value in ``text``; it raises ``UserError`` for one that cannot be.

    ``lines`` says what the lines are, and ``fault`` names a problem of one. Raises ``InvalidFiles`` with all that is
    wrong.
    """
    front, findings = frontmatter.read(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    problems = [Problem(file, found.line, found.name, found.message) for found in findings]
    data = front.data or {}
    if not problems and not isinstance(data, dict):
        problems.append(Problem(file, 1, "bad-value", lines))
    for key, value in data.items() if not problems else ():
        try:
            keep(key, value)
        except UserError as wrong:
            problems.append(Problem(file, front.line(key), fault, str(wrong)))
    if problems:
        raise InvalidFiles(problems)
