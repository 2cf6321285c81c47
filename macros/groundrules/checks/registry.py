"""How a check makes itself known."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..model import Toolkit
from ..problems import Level, Problem

Finder = Callable[[Toolkit], Iterable[Problem]]


@dataclass(frozen=True)
class Check:
    """``why`` is the paragraph of the reference page; ``level`` is the worst that it reports."""

    name: str
    level: Level
    why: str
    find: Finder


_CHECKS: list[Check] = []


def check(name: str, level: Level = "error") -> Callable[[Finder], Finder]:
    """Register a function as the check called ``name``; its docstring becomes its documentation."""

    def register(function: Finder) -> Finder:
        _CHECKS.append(Check(name, level, inspect.cleandoc(function.__doc__ or ""), function))
        return function

    return register


def today() -> datetime.date:
    """The day on which the checks run; the tests hold it still."""
    return datetime.date.today()


def registered() -> Iterator[Check]:
    return iter(_CHECKS)
