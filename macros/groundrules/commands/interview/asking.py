"""Ask a question in the way that its type of blank needs. Each function says whether the question is done."""

from __future__ import annotations

from collections.abc import Iterator

from ...agreement.document.answers import is_empty
from ..days import next_days
from ..terminal import say, say_numbered, typed
from .entries import ListEntries
from .question import Question, choice_of, for_example
from .table import Rows


def ask(question: Question) -> bool:
    """Ask for the answer of a blank."""
    definition = question.definition
    structure = definition.blank_type.structure
    say("")
    say(definition.ask)
    if structure == "table":
        Rows(question).ask()
        return True
    if definition.example:
        say(for_example(definition))
    if structure == "list":
        ListEntries(question).ask()
        return True
    return _ask_words(question)


def _ask_words(question: Question) -> bool:
    definition = question.definition
    blank_type = definition.blank_type
    say_numbered(definition.choices)
    say_now(question)
    if blank_type.structure == "paragraphs":
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
    if blank_type.structure == "paragraphs":
        answer = "\n".join([answer, *_more_lines()])
    meant = question.meant(definition, choice_of(definition, answer))
    if meant is None or not question.fits(meant):
        return False
    question.keep(meant)
    for said in filter(None, [blank_type.remark(meant), next_days(definition, meant, question.language)]):
        say(said)
    return True


def _more_lines() -> Iterator[str]:
    while line := typed("…", "Write one more line; an empty line ends it."):
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
    meant = None if answer.startswith("/") else question.meant(question.definition, answer)
    if meant is None or not question.fits(meant):
        return False
    question.keep(meant)
    return True


def say_now(question: Question) -> None:
    now = question.so_far()
    if not is_empty(now):
        say(f"Now: {question.shown(question.definition, now)}")
