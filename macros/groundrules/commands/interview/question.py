"""A question of the interview, whatever its answer is: words, entries or a table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ...agreement.document.answers import written
from ...model.front import BlankDefinition, Column
from ..terminal import say
from ..typed_values import reason_against
from .prompt import Prompt


@dataclass(frozen=True, slots=True)
class Question:
    """A question: ``so_far`` gives its answer so far, and ``keep`` puts another in its place."""

    key: str
    definition: BlankDefinition
    language: str
    so_far: Callable[[], Any]
    keep: Callable[[Any], None]
    prompt: Prompt

    def shown(self, column: Column, answer: Any) -> str:
        return written(column, answer, self.language)

    def fits(self, answer: Any) -> bool:
        """Whether ``answer`` can be kept; if not, it says why."""
        wrong = reason_against(self.definition, answer)
        if wrong:
            say(wrong)
        return not wrong


def for_example(column: Column) -> str:
    return f"For example: {column.example}" if column.example else ""


def choice_of(column: Column, answer: str) -> str:
    """The choice that a number stands for; other answers as they are."""
    if column.choices and answer.isdecimal() and 0 < int(answer) <= len(column.choices):
        return column.choices[int(answer) - 1]
    with suppress(StopIteration):
        return next(one for one in column.choices if one.casefold() == answer.casefold())
    return answer
