"""Ask a question in the way that its type of blank needs. Each function says whether the question is done."""

from __future__ import annotations

from collections.abc import Iterator

from ...agreement.document.answers import is_empty, read_rhythm
from ..terminal import say, say_numbered, typed
from .entries import ListEntries
from .question import Question, choice_of, for_example
from .table import Rows


def ask(question: Question) -> bool:
    """Ask for the answer of a blank."""
    definition = question.definition
    say("")
    say(definition.ask)
    if definition.type == "rows":
        Rows(question).ask()
        return True
    if definition.example:
        say(for_example(definition))
    if definition.type == "list":
        ListEntries(question).ask()
        return True
    return _ask_words(question)


def _ask_words(question: Question) -> bool:
    definition = question.definition
    say_numbered(definition.choices)
    say_now(question)
    if definition.type == "long text":
        say("Write as many lines as you need; an empty line ends it.")
    answer = question.prompt.answer(question.key)
    if answer == "/clear":
        question.keep("")
        return True
    if answer.startswith(("/remove", "/change")):
        say("There are no entries here; write the answer anew, or /clear it.")
        return False
    if not answer:
        return True
    if definition.type == "long text":
        answer = "\n".join([answer, *_more_lines()])
    answer = choice_of(definition, answer)
    if not question.fits(answer):
        return False
    question.keep(answer)
    if definition.type == "rhythm" and not read_rhythm(answer):
        say("Kept as words. For a calendar entry write it like: every 4 weeks on Tuesday at 14:00 from 2026-12-01")
    return True


def _more_lines() -> Iterator[str]:
    while line := typed("…"):
        yield line


def ask_about(question: Question, needed: bool) -> bool:
    """Ask for the title or a date of the agreement; one that is ``needed`` cannot be taken away."""
    say("")
    say(question.definition.ask)
    if question.definition.example:
        say(for_example(question.definition))
    say_now(question)
    answer = question.prompt.answer(question.key)
    if answer == "/clear" and not needed:
        question.keep("")
        return True
    if not answer:
        return True
    if answer.startswith("/") or not question.fits(answer):
        return False
    question.keep(answer)
    return True


def say_now(question: Question) -> None:
    now = question.so_far()
    if not is_empty(now):
        say(f"Now: {question.shown(question.definition, now)}")
