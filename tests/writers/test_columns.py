"""The columns of tables, in Word files and OpenDocument as in PDFs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.writers.columns import PAGE_WIDTH, columns, width, words

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
ROWS = st.integers(1, 10).flatmap(lambda many: st.lists(st.tuples(*[TEXT] * many), min_size=1, max_size=4))


@given(ROWS)
def test_they_are_as_wide_as_the_page(rows):
    widths = columns(rows).widths
    assert PAGE_WIDTH - 3 * len(widths) <= sum(widths) <= PAGE_WIDTH
    assert min(widths) >= PAGE_WIDTH / 40


@pytest.mark.parametrize(
    ("row", "size", "whole"),
    [
        (("one", "two"), 20, 2),
        (("responsibilities",) * 5, 20, 5),
        (("responsibilities",) * 6, 20, 6),
        (("responsibilities",) * 7, 16, 7),
        (("responsibilities",) * 8, 15, 8),
        (("responsibilities",) * 9, 20, 0),
        (("x" * 90,) * 6, 20, 0),
        (("responsibilities",) * 3 + ("x" * 200,), 20, 3),
        (("合作協議" * 20,) * 10, 20, 10),
    ],
)
def test_letters_are_as_large_as_they_can(row, size, whole):
    found = columns([("a",) * len(row), row])
    assert found.size == size
    held = [max(map(width, words(text))) * size // 100 <= found.room(at) for at, text in enumerate(row)]
    assert sum(held) == whole


def test_what_fits_stays_as_it_was_shared_out():
    assert columns([("who", "what"), ("Asha", "brings the keys")]).widths == (3504, 6359)


def test_a_word_that_fits_is_not_broken_for_the_sake_of_a_longer_one():
    rows = [["Verantwortung"] * 6, ["Haftpflichtversicherungsgesellschaft"] * 6]
    found = columns(rows)
    assert all(width("Verantwortung", bold=True) * found.size // 100 <= found.room(at) for at in range(6))


def test_accents_take_no_room():
    assert width("e\u0301") == width("é") == width("e")
