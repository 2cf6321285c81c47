"""The checks: one function each, found by being listed here, documented by its docstring.

A check takes the whole toolkit and yields problems; it never stops at the first.
To add one, write a function with a docstring in the module that fits, decorate it with ``@check``
and add a failing and a passing case under ``tests/checks/``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Toolkit
from ..problems import Problem
from . import agreements, guidance, library, reading
from .registry import Check, registered

__all__ = ["Check", "agreements", "catalogue", "guidance", "library", "run"]


def run(toolkit: Toolkit) -> list[Problem]:
    """Every problem that the checks find in ``toolkit``, in the order of files and lines."""
    found = {problem for one in registered() for problem in one.find(toolkit)}
    return sorted(found)


def catalogue() -> Iterator[Check]:
    """Everything that can be found wrong, by name: for the reference page."""
    yield from sorted([*registered(), *reading.CHECKS], key=lambda one: one.name)
