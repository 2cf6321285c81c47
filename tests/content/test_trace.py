"""Every fact of the founding sources, and every element of an agreement, has a place where a reader finds it.

``trace.csv`` names the place: the file, and a run of words that stands there. A row fails when its sentence is cut.
S1 to S69 number what the two founding sources say; the other rows are those of ``agreements/elements.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from groundrules.writers.html import words
from support import REPOSITORY, our_toolkit

FACTS = [f"S{number}" for number in range(1, 70)]


@dataclass(frozen=True)
class Row:
    fact: str
    says: str
    file: str
    words: str


def rows() -> Iterator[Row]:
    with (Path(__file__).parent / "trace.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield Row(**row)


ROWS = list(rows())


@cache
def text(file: str) -> str:
    return " ".join((REPOSITORY / file).read_text("utf-8").split())


def test_every_fact_has_its_place() -> None:
    assert [fact for fact in FACTS if fact not in {row.fact for row in ROWS}] == []


def test_every_element_has_its_place() -> None:
    assert [element for element in our_toolkit().elements if element not in {row.fact for row in ROWS}] == []


def test_nothing_else_is_traced() -> None:
    assert {row.fact for row in ROWS} <= {*FACTS, *our_toolkit().elements}


def test_every_place_is_on_the_site() -> None:
    published = {piece.origin.file for piece in our_toolkit().published} | {
        page.file for page in our_toolkit().guidance
    }
    assert {row.file for row in ROWS} <= published


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.fact}: {row.says}")
def test_the_words_stand_there(row: Row) -> None:
    assert len(row.says.split()) >= 2
    assert len(row.words) >= 8
    assert row.words in text(row.file), f'"{row.words}" no longer stands in {row.file}, which should say: {row.says}'


@pytest.mark.parametrize("row", [row for row in ROWS if row.fact not in FACTS], ids=lambda row: row.fact)
def test_the_clause_says_that_it_covers_the_element(row: Row) -> None:
    clauses = {clause.origin.file: clause for clause in our_toolkit().clauses.values()}
    assert row.fact in clauses[row.file].front.elements


def test_a_page_of_many_clauses_does_not_tell_of_gary_in_each() -> None:
    """What a source tells stands on the clause's own page; the reasons stand on every template's."""
    clauses = our_toolkit().clauses.values()
    assert [one.id for one in clauses if "Gary" in words(one.provenance)]
    assert [one.id for one in clauses if "Gary" in words(one.reasons)] == []
