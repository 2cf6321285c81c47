"""Every headed part of a real agreement finds its clause, and so does what such documents say without a heading.

``headings.csv`` holds headings as partners' own documents word them, and the clause that covers each.
A reader searches with a word of the heading: it must stand in the clause's title, other names, questions or wordings.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from groundrules.text.markup.nodes import Inline
from support import our_toolkit

# Longest first: what a word loses before it is compared.
ENDINGS = ("ations", "ation", "ities", "ments", "ions", "ment", "ing", "ies", "ion", "ity", "al", "ed", "es", "s", "y")
# Words of a heading that say nothing about its matter.
EMPTY = {"about", "from", "other", "that", "their", "them", "this", "what", "when", "which", "will", "with", "your"}


@dataclass(frozen=True)
class Row:
    heading: str
    kind: str
    said: str
    clause: str


def rows() -> Iterator[Row]:
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield Row(**row)


ROWS = list(rows())


def stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word.removesuffix("e")


def stems(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return {stem(word) for word in words if len(word) > 3 and word not in EMPTY}


def plain(nodes: tuple[Inline, ...]) -> str:
    return "".join(getattr(node, "text", "") or plain(getattr(node, "children", ())) for node in nodes)


@cache
def found_by(name: str) -> frozenset[str]:
    clause = our_toolkit().clauses[name]
    text = [clause.front.title, *clause.front.also_called, *(plain(item.children) for item in clause.questions)]
    text += [wording.text for wording in clause.wordings.values()]
    return frozenset(stems(" ".join(text)))


@cache
def too_common() -> frozenset[str]:
    """Words that stand in half of all clauses: a reader who searches for them finds everything and nothing."""
    clauses = our_toolkit().clauses
    count = Counter(word for clause in clauses for word in found_by(clause))
    return frozenset(word for word, times in count.items() if times * 2 >= len(clauses))


def test_the_headings_come_from_many_kinds_of_document() -> None:
    assert len(ROWS) >= 120
    assert len({row.kind for row in ROWS}) >= 9
    assert {row.said for row in ROWS} == {"heading", "in the text"}
    assert [heading for heading, times in Counter(row.heading for row in ROWS).items() if times > 1] == []


def test_every_clause_is_looked_for() -> None:
    originals = {name for name, clause in our_toolkit().clauses.items() if not clause.language}
    assert originals - {clause for row in ROWS for clause in row.clause.split()} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.heading)
def test_the_heading_finds_its_clause(row: Row) -> None:
    named = row.clause.split()
    assert named
    assert [clause for clause in named if clause not in our_toolkit().clauses] == []
    told = stems(row.heading) - too_common()
    assert told, "Only words that stand everywhere."
    assert [clause for clause in named if told & found_by(clause)], f"None of {sorted(told)} is found."
