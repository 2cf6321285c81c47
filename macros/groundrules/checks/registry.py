"""The registry of checks: how each makes itself known, and how it says what it found.

A check yields a place and a message, for each thing that is wrong. Its name and its level come from its decorator.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from ..model.pieces import Toolkit, Written
from ..model.remember import remember
from ..text.frontmatter import FrontMatter
from ..text.problems import Level, Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file: ``file`` is relative to the project's folder, ``line`` counts from 1."""

    file: str
    line: int


def at(piece: Written, *path: str | int) -> Place:
    """The place of these keys in the front matter of ``piece``."""
    return Place(piece.origin.file, piece.origin.front.line(*path))


def on_line(piece: Written, line: int) -> Place:
    """A line of ``piece``."""
    return Place(piece.origin.file, line)


def in_data(toolkit: Toolkit, name: str, *path: str | int) -> Place:
    """The place of these keys in the file of ``agreements/`` that is called ``name``."""
    return Place(f"agreements/{name}", toolkit.data_lines.get(name, FrontMatter({})).line(*path))


# A place, a message and, where one finding is milder or worse than the check, its own level.
Found = Iterator[tuple[Place, str] | tuple[Place, str, Level]]
Finder = Callable[[Toolkit], Found]
PieceT = TypeVar("PieceT", bound=Written)


def nowhere(_: object) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True)
class Check:
    """A check: ``why`` is its paragraph on the reference page, ``level`` is the worst that it reports.

    It finds in a whole toolkit or in one piece. One ``on_request`` runs only when somebody asks for it, because it
    takes longer.
    """

    name: str
    level: Level
    why: str
    find: Callable[[Toolkit], Iterable[Problem]] = nowhere
    find_in: Callable[[Written], Iterable[Problem]] = nowhere
    on_request: bool = False


_CHECKS: list[Check] = []


def check(name: str, level: Level = "error", on_request: bool = False) -> Callable[[Finder], Finder]:
    """Register a function as the check called ``name``; its docstring becomes its documentation."""

    def register(function: Finder) -> Finder:
        def find(toolkit: Toolkit) -> Iterator[Problem]:
            return _problems(name, level, function(toolkit))

        _CHECKS.append(Check(name, level, inspect.cleandoc(function.__doc__ or ""), find, on_request=on_request))
        return function

    return register


def check_each(
    name: str, *kinds: type[PieceT], level: Level = "error"
) -> Callable[[Callable[[PieceT], Found]], Callable[[PieceT], Found]]:
    """Register a check that needs one piece at a time and nothing beside it; all kinds if none is named."""

    def register(function: Callable[[PieceT], Found]) -> Callable[[PieceT], Found]:
        def find_in(piece: Any) -> Iterable[Problem]:
            return _problems(name, level, function(piece)) if not kinds or isinstance(piece, kinds) else ()

        _CHECKS.append(Check(name, level, inspect.cleandoc(function.__doc__ or ""), find_in=find_in))
        return function

    return register


def _problems(name: str, level: Level, found: Found) -> Iterator[Problem]:
    for place, message, *own in found:
        yield Problem(place.file, place.line, name, message, own[0] if own else level)


def registered() -> Iterator[Check]:
    return iter(_CHECKS)


@remember
def found_in(piece: Written) -> tuple[Problem, ...]:
    """What all checks find in ``piece`` alone. With many files, only what changed is looked at again."""
    return tuple(problem for one in registered() for problem in one.find_in(piece))
