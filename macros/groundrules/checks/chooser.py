"""The check of the chooser: every way through it must end in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.front import Question
from ..model.pieces import Toolkit
from ..text.problems import did_you_mean
from .registry import Found, check, in_data
from .walk import known

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@check("broken-chooser")
def broken_chooser(toolkit: Toolkit) -> Found:
    """A way through the chooser leads nowhere: to a template or a question that does not exist, or round in
    a circle. Or a question is never asked, or shares its id with another."""
    for path, message in _wrong(toolkit):
        yield in_data(toolkit, "chooser.yml", *path), message


def _wrong(toolkit: Toolkit) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong with the chooser, and under which keys."""
    templates = known(toolkit, "templates")

    def missing(template: str) -> str:
        return f'There is no template "{template}". {did_you_mean(template, templates)}'

    first: dict[str, int] = {}
    for index, question in enumerate(toolkit.chooser):
        if not _ID.fullmatch(question.id):
            yield (index, "id"), f'"{question.id}" is not an id. Use small letters, digits and hyphens.'
        elif question.id in first:
            yield (index, "id"), f'There is another question "{question.id}". Give this one another id.'
        first.setdefault(question.id, index)
    for index, question in enumerate(toolkit.chooser):
        for number, answer in enumerate(question.answers):
            here = (index, "answers", number)
            if answer.next and answer.next not in first:
                wrong = f'There is no question "{answer.next}". {did_you_mean(answer.next, first)}'
                yield (*here, "next"), wrong
            if answer.template and answer.template not in templates:
                yield (*here, "template"), missing(answer.template)
            for other, also in enumerate(answer.also):
                if also.template not in templates:
                    yield (*here, "also", other, "template"), missing(also.template)
                elif also.template == answer.template:
                    yield (*here, "also", other), "This template is suggested already. Remove it here."
    if not toolkit.chooser:
        return
    asked, circles = _walk(toolkit.chooser, first)
    for index, number in circles:
        target = toolkit.chooser[index].answers[number].next
        wrong = f'This leads back to "{target}", so people would go round in a circle. Lead to a template.'
        yield (index, "answers", number, "next"), wrong
    for name, index in first.items():
        if name not in asked:
            yield (index, "id"), f'No answer leads to the question "{name}". Let one lead here, or remove it.'


def _walk(questions: tuple[Question, ...], first: dict[str, int]) -> tuple[set[str], list[tuple[int, int]]]:
    """The questions that can be reached from the first one, and the answers that close a circle."""
    asked: set[str] = set()
    circles: list[tuple[int, int]] = []
    start = questions[0].id
    open_now = [(start, iter(enumerate(questions[0].answers)))]
    asked.add(start)
    while open_now:
        name, answers = open_now[-1]
        for number, answer in answers:
            if answer.next not in first:
                continue
            if any(answer.next == before for before, _ in open_now):
                circles.append((first[name], number))
            elif answer.next not in asked:
                asked.add(answer.next)
                open_now.append((answer.next, iter(enumerate(questions[first[answer.next]].answers))))
                break
        else:
            open_now.pop()
    return asked, circles
