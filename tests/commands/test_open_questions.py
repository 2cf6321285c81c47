"""What a check says of the open questions of a fresh draft: by clause, with how many."""

from __future__ import annotations

from dataclasses import replace

from groundrules.agreement.document.fork import Choices, files
from groundrules.commands.open_questions import by_clause, folded
from groundrules.files.load.text import opened
from groundrules.text.problems import Problem
from support import our_toolkit

FILE = "agreements/partnerships/harbour/agreement.md"


def test_many_open_questions_are_told_by_clause():
    ours = our_toolkit()
    harbour, _ = opened(files(ours.templates["team-co-working"], ours, Choices())["agreement.md"], FILE)
    assert harbour
    toolkit = replace(ours, partnerships={"harbour": harbour})
    first, second = harbour.sections[:2]

    def question(line: int, level: str = "warning") -> Problem:
        return Problem(FILE, line, "unanswered", "Who?", level)

    some = [question(line) for line in (first.line - 1, *[first.line + 2] * 3, second.line + 2)]
    assert folded(toolkit, some) == {}, "A few can be named one by one."
    several = [*some, question(second.line + 3)]
    wrong = question(1, "error")
    assert folded(toolkit, [wrong, *several]) == {"harbour": several}
    assert list(by_clause(harbour, several)) == [
        "    1  the opening words",
        f"    3  1. {first.title}",
        f"    2  2. {second.title}",
    ]
