"""How a check makes itself known."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from ..model.pieces import Toolkit, Written
from ..text.problems import Level, Problem

PieceT = TypeVar("PieceT", bound=Written)
Finder = Callable[[Toolkit], Iterable[Problem]]


@dataclass(frozen=True)
class Check:
    """``why`` is the paragraph of the reference page; ``level`` is the worst that it reports.

    A check ``on_request`` runs only when somebody asks for it, because it takes longer.
    """

    name: str
    level: Level
    why: str
    find: Finder
    on_request: bool = False


_CHECKS: list[Check] = []


def check(name: str, level: Level = "error", on_request: bool = False) -> Callable[[Finder], Finder]:
    """Register a function as the check called ``name``; its docstring becomes its documentation."""

    def register(function: Finder) -> Finder:
        _CHECKS.append(Check(name, level, inspect.cleandoc(function.__doc__ or ""), function, on_request))
        return function

    return register


def check_each(
    name: str, *kinds: type[PieceT], level: Level = "error"
) -> Callable[[Callable[[PieceT], Iterable[Problem]]], Finder]:
    """The same for a check that needs one piece at a time and nothing beside it; all kinds if none is named.

    What it found is kept until the file is read anew: with many files, only what changed is looked at again.
    """

    def register(function: Callable[[PieceT], Iterable[Problem]]) -> Finder:
        kept: dict[str, tuple[Written, tuple[Problem, ...]]] = {}

        def find(toolkit: Toolkit) -> Iterator[Problem]:
            for piece in toolkit.pieces:
                if not kinds or isinstance(piece, kinds):
                    known = kept.get(piece.origin.file)
                    if known is None or known[0] is not piece:
                        known = kept[piece.origin.file] = (piece, tuple(function(cast("PieceT", piece))))
                    yield from known[1]

        find.__doc__ = function.__doc__
        return check(name, level)(find)

    return register


def registered() -> Iterator[Check]:
    return iter(_CHECKS)
