"""A question of the interview, whatever its answer is: words, entries or a table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ...agreement.document.answers import written
from ...agreement.document.typed_days import NotADay, day_in_words, days_meant, rhythm_in_words
from ...files import clock
from ...model.front import BlankDefinition, Column
from ...text.days import read_date
from ..terminal import say, say_numbered
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

    def meant(self, column: Column, answer: str) -> str | None:
        """What is kept of ``answer``: of a day the one that was understood, once somebody has read it in words."""
        if not column.blank_type.is_day:
            return rhythm_in_words(answer, self.language) if column.blank_type.dated else answer
        if read_date(answer.strip()):
            return answer.strip()
        try:
            found = days_meant(answer, self.language, clock.today())
        except NotADay as wrong:
            say(str(wrong))
            return None
        words = [day_in_words(day, self.language) for day in found]
        if len(found) > 1:
            say(f'"{answer}" may be each of these:')
            say_numbered(words)
            reply = self.prompt.answer("Which? Write its number, or the day")
            if reply.isdecimal() and 0 < int(reply) <= len(found):
                return found[int(reply) - 1].isoformat()
        else:
            reply = self.prompt.answer(f"{words[0]}. Right? Enter keeps it, n asks again")
            if reply.casefold() in ("", "y", "yes"):
                return found[0].isoformat()
        return None if reply.casefold() in ("", "n", "no") or reply.startswith("/") else self.meant(column, reply)

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
