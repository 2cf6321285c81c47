"""The questions that nobody has answered yet, folded by clause: a fresh draft has forty, and none is a mistake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ..model.pieces import Agreement, Toolkit
from ..text.problems import Problem

FEW = 5


def folded(toolkit: Toolkit, found: Iterable[Problem]) -> dict[str, list[Problem]]:
    """What is merely open, by the name of its partnership, where it is more than a few."""
    names = {one.origin.file: name for name, one in toolkit.partnerships.items()}
    open_in = defaultdict(list)
    for one in found:
        if one.name == "unanswered" and one.level == "warning" and one.file in names:
            open_in[names[one.file]].append(one)
    return {name: several for name, several in open_in.items() if len(several) > FEW}


def by_clause(agreement: Agreement, questions: Iterable[Problem]) -> Iterator[str]:
    """A line for each clause that asks something, with how many it asks."""
    asked = Counter(_clause(agreement, one.line) for one in questions)
    for title, count in asked.items():
        yield f"  {count:>3}  {title}"


def _clause(agreement: Agreement, line: int) -> str:
    held = [section for section in agreement.sections if section.line <= line]
    return f"{len(held)}. {held[-1].title}" if held else "the opening words"
