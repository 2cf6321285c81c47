"""Results that are kept until the file they were made from is read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from operator import is_
from typing import Any, Concatenate, ParamSpec, TypeVar


@dataclass(frozen=True, slots=True)
class Remembering:
    """What was read once, with the results that were worked out from it.

    ``memory`` is no part of its value. It goes when the piece goes: nothing outlives the file that it is about.
    """

    memory: dict[Callable[..., Any], tuple[tuple[object, ...], Any]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )


PieceT = TypeVar("PieceT", bound=Remembering)
Others = ParamSpec("Others")
Result = TypeVar("Result")


def remember(
    work: Callable[Concatenate[PieceT, Others], Result],
    made_from: Callable[Concatenate[PieceT, Others], Iterable[object]] | None = None,
) -> Callable[Concatenate[PieceT, Others], Result]:
    """``work``, done once for a piece, until something else that it is ``made_from`` is another object than before.

    That is everything else it is handed, if nothing is said. Two threads may do the same work twice; both get a
    whole result, so it must be one that nobody changes.
    """

    @wraps(work)
    def remembered(piece: PieceT, /, *others: Others.args, **named: Others.kwargs) -> Result:
        beside = tuple(made_from(piece, *others, **named)) if made_from else (*others, *named.values())
        known = piece.memory.get(work)
        if known is None or len(known[0]) != len(beside) or not all(map(is_, known[0], beside)):
            known = piece.memory[work] = beside, work(piece, *others, **named)
        result: Result = known[1]
        return result

    return remembered
