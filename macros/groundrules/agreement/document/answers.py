"""Answers to blanks: whether one fits its definition, and how it reads in the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...model.front import Answer, BlankDefinition, Column
from ...text.markup.nodes import blank_key
from ...text.tables import characters
from .language import written_date, written_list

# The end of a sentence at the end of a text, with the quotes that close behind it; and the full stop of one at the
# start. Two of these are no full stop.
_QUOTES = characters("quotes")
_ENDED = re.compile(rf"[…{characters('sentence ends')}](?:[ \u00a0\u202f]?[{_QUOTES}])*\Z")
_FULL_STOP = re.compile(rf"([{_QUOTES}]*)([.։۔।॥።᙮。．｡])(?!\2)")


def is_empty(answer: Any) -> bool:
    """Whether nobody has answered yet; a list or a table of empty cells counts as empty."""
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, dict):
        return all(map(is_empty, answer.values()))
    if isinstance(answer, list):
        return all(map(is_empty, answer))
    return True


def misfit(definition: Column, answer: Any) -> str | None:
    """Why ``answer`` cannot stand for this blank, or ``None``. An empty answer always may."""
    if is_empty(answer):
        return None
    return definition.misfit(answer)


def written(definition: Column, answer: Any, language: str) -> str:
    """The words that ``answer`` puts into a sentence, also where it is of another kind than asked for."""
    if not isinstance(answer, str):
        return written_list(entries(answer), language)
    return definition.blank_type.written(_one_line(answer), lambda day: written_date(day, language))


def entries(answer: Any) -> list[str]:
    """The entries of a list, each on one line; a text is one entry, and so is a row of a table."""
    if isinstance(answer, str):
        return [] if is_empty(answer) else [_one_line(answer)]
    found = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    return [" ".join(entries(entry)) for entry in found if not is_empty(entry)]


def paragraphs(answer: Any) -> list[str]:
    """A long answer, a paragraph for each line that is not empty."""
    lines = answer.splitlines() if isinstance(answer, str) else entries(answer)
    return [_one_line(line) for line in lines if line.strip()]


def capitalised(text: str) -> str:
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 else text


def ended(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, so that no further full stop belongs there: "Smith & Co."."""
    return _ENDED.search(text) is not None


def stopped(text: str) -> str:
    """``text`` at the end of a sentence of ours, with one full stop."""
    return text if ended(text) else f"{text}."


def full_stop(text: str) -> re.Match[str] | None:
    """The full stop that ``text`` starts with, in group 2, and the closing quotes before it; three are none."""
    return _FULL_STOP.match(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def settled(definition: BlankDefinition, answer: Any) -> Answer:
    """``answer`` as it is kept: no white space around it, no empty entry, cell or row; columns in order."""
    if definition.blank_type.structure == "table":
        rows = [_row(definition, row) for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
        return [row for row in rows if row]
    if isinstance(answer, list):
        return [entry.strip() for entry in answer if isinstance(entry, str) and entry.strip()]
    return answer.strip() if isinstance(answer, str) else ""


def _row(definition: BlankDefinition, row: Mapping[str, str]) -> dict[str, str]:
    given = {blank_key(column): cell.strip() for column, cell in row.items() if isinstance(cell, str)}
    cells = {column: given.get(blank_key(column), "") for column in definition.columns}
    return {column: cell for column, cell in cells.items() if cell}
