"""What was worked out from a file is kept until the file is read anew, and no longer."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from groundrules.agreement.review.status import status_of
from groundrules.checks import load_and_check
from groundrules.files.load.kept import Cache
from groundrules.model.remember import Remembering, remember
from groundrules.model.runs import runs
from support.small import SmallToolkit


@dataclass(frozen=True, slots=True)
class Page(Remembering):
    text: str


class Result:
    pass


@pytest.fixture
def done() -> list[str]:
    """What was worked out, in order."""
    return []


def test_the_same_page_is_worked_out_once(done):
    upper = remember(lambda page: done.append(page.text) or page.text.upper())
    page = Page("a")
    assert [upper(page), upper(page), upper(Page("a")), upper(replace(page))] == ["A"] * 4
    assert done == ["a", "a", "a"]


def test_two_results_of_a_page_do_not_mix():
    page = Page("Ab")
    upper, lower = remember(lambda page: page.text.upper()), remember(lambda page: page.text.lower())
    assert [upper(page), lower(page), upper(page), lower(page)] == ["AB", "ab", "AB", "ab"]


def test_another_object_beside_it_is_worked_out_again_though_it_be_equal(done):
    joined = remember(lambda page, other: done.append(other.text) or page.text + other.text)
    page, first = Page("a"), Page("b")
    assert [joined(page, first), joined(page, first), joined(page, Page("b")), joined(page, Page("c"))] == [
        "ab",
        "ab",
        "ab",
        "ac",
    ]
    assert done == ["b", "b", "c"]


def test_only_what_it_is_made_from_counts(done):
    first = remember(
        lambda page, others: done.append("") or page.text + others[0].text, lambda page, others: others[:1]
    )
    page, other = Page("a"), Page("b")
    assert first(page, [other, Page("c")]) == first(page, [other, Page("d")]) == "ab"
    assert len(done) == 1


def test_a_page_is_what_it_says_whatever_was_worked_out_from_it():
    page = Page("a")
    remember(lambda page: 1)(page)
    assert page == Page("a")
    assert repr(page) == "Page(text='a')"


def test_nothing_outlives_the_page():
    work = remember(lambda page: Result())
    page = Page("a")
    result = weakref.ref(work(page))
    assert result() is not None
    del page
    gc.collect()
    assert result() is None


def test_threads_get_whole_results():
    pages = [Page(str(number)) for number in range(50)]
    work = remember(lambda page: tuple(page.text for _ in range(100)))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, pages * 20)) == [(page.text,) * 100 for page in pages * 20]


def test_only_a_file_that_was_read_anew_is_looked_at_again(small: SmallToolkit):
    cache = Cache()
    before, _ = load_and_check(small.root, cache=cache)
    small.replace("agreements/examples/two-teams.md", "fell out", "fell out badly")
    after, _ = load_and_check(small.root, cache=cache)
    assert runs(after.clauses["publicity"]) is runs(before.clauses["publicity"])
    assert runs(after.examples["two-teams"]) is not runs(before.examples["two-teams"])


def test_the_overview_of_an_agreement_follows_every_clause_that_it_may_be_behind(small: SmallToolkit):
    cache = Cache()
    before, _ = load_and_check(small.root, cache=cache)
    same, _ = load_and_check(small.root, cache=cache)
    small.replace("agreements/clauses/publicity.md", "title: Publicity", "title: Publicity and credit")
    after, _ = load_and_check(small.root, cache=cache)
    example = before.examples["two-teams"]
    assert after.examples["two-teams"] is example
    first = status_of(example, before)
    assert status_of(example, same) is first
    assert status_of(example, after) is not first
