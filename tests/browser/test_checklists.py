"""What time brings to a page that stays as it was built: new questions, and days that pass. In a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support import partnership
from support.browsing import violations
from support.dated_agreement import AGREEMENT
from support.sites import REGISTER, SmallSite, once_for_all, served

SHELF = "groundrules:/site/#checklist:sign"
# A question of the clause is put in other words, one is new, and one of the checklist's own is gone.
OLD = "- Which names appear?\n- Who writes to the press?", "- Has everybody read it?\n- Is there tea?"
NEW = "- Whose names appear?\n- Who writes to the press?\n- Who checks the logos?", "- Has everybody read it?"
# The same words under two headings of the checklist, beside those of the clause.
TWICE = OLD[0], f"{OLD[1]}\n\n## On the day {{#on-the-day}}\n\n- Has everybody read it?\n- Which names appear?"
MOVED = OLD[0], TWICE[1].replace("On the day", "In the evening")
LESS = "- Which names appear?\n- Who writes to the press?", "- Has everybody read it?"


def write(root: Path, questions: tuple[str, str]) -> None:
    site = SmallSite(root)
    site.replace("agreements/clauses/publicity.md", "- Which names appear?", questions[0])
    site.replace("agreements/checklists/sign.md", "- Has everybody read it?", questions[1])
    site.write("docs/partnerships/index.md", REGISTER)
    partnership.agree(site, AGREEMENT.replace('"2027-04-01"', '"2020-04-01"').replace('"2027-05-01"', '"2199-05-01"'))
    site.build()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server, so that what the browser keeps for one state of the site meets the next."""
    with served(once_for_all(tmp_path_factory, "checklists", write_all)) as where:
        yield where


def write_all(root: Path) -> None:
    for name, questions in (("old", OLD), ("new", NEW), ("less", LESS), ("twice", TWICE), ("moved", MOVED)):
        (root / name).mkdir()
        write(root / name, questions)


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address, service_workers="block", timezone_id="Europe/London")
    made.set_default_timeout(15_000)
    yield made
    made.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(context: BrowserContext) -> Visit:
    """Open a page of the one site, as it is in that state, on that day."""

    def visit(state: str, day: str, page: str = "checklists/sign") -> Page:
        tab = context.new_page()
        where = re.compile("^(http://[^/]*)/site/")
        tab.route(where, lambda route: route.continue_(url=where.sub(rf"\1/{state}/site/", route.request.url)))
        tab.clock.set_fixed_time(f"{day}T10:00:00")
        tab.goto(f"/site/{page}/")
        return tab

    return visit


def tick(page: Page, question: str, answer: str = "Agreed") -> None:
    page.get_by_role("group", name=question).get_by_label(answer).check()


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("place => localStorage.getItem(place)", SHELF))


def notice(page: Page):
    return page.locator(".gr-since")


# --- checklists -----------------------------------------------------------------------------------


def test_it_says_which_questions_have_changed_since_it_was_ticked(visit):
    before = visit("old", "2026-05-03")
    tick(before, "Has everybody read it?")
    tick(before, "Which names appear?", "Talking about it")
    expect(notice(before)).to_have_count(0)
    page = visit("new", "2026-11-21")
    expect(notice(page)).to_have_text(
        "Since you last ticked this, on 3 May 2026, 2 questions have changed or are new. They are marked."
    )
    marked = page.locator("fieldset", has=page.locator(".gr-fresh")).locator("legend")
    expect(marked).to_have_text(["Whose names appear? New or changed", "Who checks the logos? New or changed"])
    expect(page.get_by_role("group", name="Has everybody read it?").get_by_label("Agreed")).to_be_checked()
    expect(page.get_by_role("status").first).to_have_text("1 of 4 agreed, 0 being talked about.")
    assert violations(page) == []


def test_once_ticked_again_nothing_is_new(visit):
    tick(visit("old", "2026-05-03"), "Has everybody read it?")
    page = visit("new", "2026-11-21")
    expect(notice(page)).to_have_count(1)
    tick(page, "Who checks the logos?")
    again = visit("new", "2026-11-22")
    expect(again.get_by_role("status").first).to_have_text("2 of 4 agreed, 0 being talked about.")
    expect(notice(again)).to_have_count(0)


def test_what_is_ticked_before_the_script_is_there_is_kept(context):
    page = context.new_page()
    held = []
    page.route("**/checklist.js*", lambda route: held.append(route))
    page.goto("/old/site/checklists/sign/", wait_until="commit")
    tick(page, "Has everybody read it?")
    expect(page.get_by_role("status").first).to_be_hidden()
    held[0].continue_()
    expect(page.get_by_role("status").first).to_have_text("1 of 4 agreed, 0 being talked about.")
    page.unroute("**/checklist.js*")
    page.reload()
    expect(page.get_by_role("group", name="Has everybody read it?").get_by_label("Agreed")).to_be_checked()


def test_two_tabs_keep_what_was_ticked_in_either(context, visit):
    # Neither hears of the other in time.
    context.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation())")
    first, second = visit("old", "2026-05-03"), visit("old", "2026-05-03")
    tick(first, "Has everybody read it?")
    tick(second, "Is there tea?", "Talking about it")
    assert len(kept(second)["marks"]) == 2


def test_it_says_when_a_question_is_no_longer_asked(visit):
    tick(visit("old", "2026-05-03"), "Is there tea?")
    page = visit("less", "2026-11-21")
    expect(notice(page)).to_have_text("Since you last ticked this, on 3 May 2026, 1 question is no longer asked.")
    expect(page.locator(".gr-fresh")).to_have_count(0)


def test_nothing_is_said_while_nothing_has_changed(visit):
    tick(visit("old", "2026-05-03"), "Has everybody read it?")
    page = visit("old", "2026-11-21")
    expect(page.get_by_role("status").first).to_have_text("1 of 4 agreed, 0 being talked about.")
    expect(notice(page)).to_have_count(0)


def test_marks_from_before_days_were_kept_still_load(visit):
    page = visit("old", "2026-05-03")
    tick(page, "Has everybody read it?")
    marks = kept(page)["marks"]
    page.evaluate("([place, text]) => localStorage.setItem(place, text)", [SHELF, json.dumps(marks)])
    later = visit("new", "2026-11-21")
    expect(later.get_by_role("group", name="Has everybody read it?").get_by_label("Agreed")).to_be_checked()
    expect(notice(later)).to_have_count(0)


def ticked(page: Page) -> list[int]:
    """Which questions have a mark, by their place on the page."""
    return page.locator("fieldset").evaluate_all(
        "sets => sets.flatMap((set, place) => (set.querySelector(':checked') ? [place] : []))"
    )


def questions(page: Page, words: str):
    return page.locator("fieldset", has_text=words)


@pytest.mark.parametrize("words", ["Has everybody read it?", "Which names appear?"])
def test_the_same_words_under_two_headings_are_two_questions(visit, words):
    page = visit("twice", "2026-05-03")
    one, other = questions(page, words).all()
    one.get_by_label("Agreed").check()
    other.get_by_label("Talking about it").check()
    expect(one.get_by_label("Agreed")).to_be_checked()
    page.reload()
    expect(one.get_by_label("Agreed")).to_be_checked()
    expect(other.get_by_label("Talking about it")).to_be_checked()
    expect(page.get_by_role("status").first).to_have_text("1 of 6 agreed, 1 being talked about.")


def test_marks_stay_with_their_words_when_a_heading_changes(visit):
    page = visit("twice", "2026-05-03")
    for question in questions(page, "Has everybody read it?").all():
        question.get_by_label("Agreed").check()
    later = visit("moved", "2026-11-21")
    assert ticked(later) == ticked(page)
    expect(notice(later)).to_have_count(0)


def test_a_mark_does_not_pass_to_a_question_that_nobody_ticked(visit):
    page = visit("twice", "2026-05-03")
    questions(page, "Has everybody read it?").nth(1).get_by_label("Agreed").check()
    later = visit("old", "2026-11-21")
    assert ticked(later) == []


def test_marks_that_were_kept_by_their_words_alone_still_load(visit):
    page = visit("twice", "2026-05-03")
    tick(page, "Is there tea?")
    questions(page, "Has everybody read it?").nth(0).get_by_label("Agreed").check()
    record = kept(page)
    marks = {name.partition(".")[0]: mark for name, mark in record["marks"].items()}
    asked = [name.partition(".")[0] for name in record["questions"]]
    before = ticked(page)
    for old in (marks, {"marks": marks, "day": "2026-05-03", "questions": asked}):
        page.evaluate("([place, text]) => localStorage.setItem(place, text)", [SHELF, json.dumps(old)])
        page.reload()
        assert ticked(page) == before
        tick(page, "Who writes to the press?")
        assert all("." in name for name in [*kept(page)["marks"], *kept(page)["questions"]])


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "null",
        "[]",
        '{"marks": {}, "day": "2026-05-03"}',
        '{"marks": {}, "day": "a day in May", "questions": []}',
        '{"marks": 7, "day": "2026-99-99", "questions": {"length": 2}}',
        '{"marks": {"a": "agreed"}, "day": null, "questions": [null]}',
    ],
)
def test_what_nobody_can_read_does_no_harm(visit, text):
    page = visit("old", "2026-05-03")
    failures: list[str] = []
    page.evaluate("([place, text]) => localStorage.setItem(place, text)", [SHELF, text])
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.reload()
    expect(page.get_by_role("status").first).to_have_text("0 of 4 agreed, 0 being talked about.")
    expect(notice(page)).to_have_count(0)
    tick(page, "Has everybody read it?")
    assert kept(page)["day"] == "2026-05-03"
    assert failures == []


def test_clearing_all_marks_leaves_nothing_behind(visit):
    page = visit("old", "2026-05-03")
    tick(page, "Has everybody read it?")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear all marks").click()
    assert page.evaluate("place => localStorage.getItem(place)", SHELF) is None


# --- what is overdue --------------------------------------------------------------------------------


def test_a_day_that_passes_after_the_build_shows_as_overdue(visit):
    review = "This was due on 1 March 2027: Review it."
    for day, seen in (("2027-03-01", False), ("2027-03-02", True)):
        page = visit("old", day, "partnerships")
        expect(page.get_by_text(review)).to_be_visible(visible=seen)


def test_without_scripts_the_day_of_the_build_decides(browser, address):
    made = browser.new_context(base_url=address, java_script_enabled=False)
    page = made.new_page()
    page.goto("/old/site/partnerships/")
    expect(page.get_by_text("This was due on 1 April 2020: Write the report.")).to_be_visible()
    expect(page.get_by_text("This was due on 1 May 2199: Give the keys back.")).to_be_hidden()
    made.close()
