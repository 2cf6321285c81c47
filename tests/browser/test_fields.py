"""Fields on a drafting page: they take a text whole, grow with it, and go back one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from support.browsing import DESK
from support.drafting import answer, document, go, is_kept, press, step, told
from support.sites import served

PRINCIPLES = "/templates/principles/draft.html"
ONE_PAGE = "/templates/individual-co-working/draft.html"


@pytest.fixture(scope="module")
def address(our_folder: Path) -> Iterator[str]:
    with served(our_folder / "site") as where:
        yield where


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(
        base_url=address,
        viewport={"width": DESK, "height": 800},
        service_workers="block",
        permissions=["clipboard-read", "clipboard-write"],
    )
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def draft(context: BrowserContext) -> Callable[[str], Page]:
    def draft(path: str = ONE_PAGE) -> Page:
        page = context.new_page()
        page.goto(path)
        expect(step(page)).to_be_visible()
        return page

    return draft


def paste(field: Locator, words: str) -> None:
    field.focus()
    field.page.evaluate("words => navigator.clipboard.writeText(words)", words)
    field.press("ControlOrMeta+v")


LINES = "•\tbring the key\n\n•\tlock up.\n•\ttell Jo"


def test_lines_in_a_sentence_become_its_parts(draft: Callable[..., Page]):
    page = draft()
    press(page, "Next")
    field = page.get_by_label("What are you trying to do today?")
    paste(field, LINES)
    expect(field).to_have_value("bring the key; lock up. tell Jo")
    told(page, "semicolons now in place of the lines")
    expect(document(page)).to_contain_text("bring the key; lock up. tell Jo")
    field.press("Enter")
    expect(field).to_have_value("bring the key; lock up. tell Jo")


def test_lines_in_a_list_become_its_entries(draft: Callable[..., Page]):
    page = draft(PRINCIPLES)
    go(page, "What we expect of each other")
    entries = page.get_by_label("What do you expect of every partner?")
    paste(entries.first, LINES)
    told(page, "3 entries, one for each line.")
    assert [one.input_value() for one in entries.all()] == ["bring the key", "lock up.", "tell Jo"]
    expect(document(page).locator("li", has_text="lock up.")).to_be_visible()


def test_a_long_text_is_kept_whole_and_its_field_grows(draft: Callable[..., Page]):
    page = draft()
    press(page, "Next")
    field = page.get_by_label("What are you trying to do today?")
    low = field.bounding_box()["height"]
    words = "walk the park " * 300
    paste(field, words)
    assert field.bounding_box()["height"] > 5 * low
    expect(document(page)).to_contain_text(words.strip())


def test_a_text_that_a_file_has_no_room_for_is_kept_and_the_field_says_so(draft: Callable[..., Page]):
    page = draft()
    press(page, "Next")
    field = page.get_by_label("What are you trying to do today?")
    words = "walk the park " * 400
    paste(field, words)
    said = "This has 5600 characters; 5000 is the most. Say it in fewer words. Until then it is kept here, but not in"
    expect(page.locator(".gr-field", has=field)).to_contain_text(said)
    expect(document(page)).not_to_contain_text("walk the park")
    is_kept(page)
    page.reload()
    expect(field).to_have_value(words)
    expect(page.locator(".gr-field", has=field)).to_contain_text(said)
    field.fill("walk the park")
    expect(document(page)).to_contain_text("walk the park")


def test_fields_grow_in_a_browser_whose_styles_cannot_do_it(context: BrowserContext):
    context.add_init_script("CSS.supports = () => false")
    page = context.new_page()
    page.goto(ONE_PAGE)
    page.add_style_tag(content="textarea { field-sizing: fixed !important }")
    field = page.get_by_label("What do you call this agreement?")
    low = field.bounding_box()["height"]
    field.fill("walk the park " * 100)
    assert field.bounding_box()["height"] > 5 * low
    page.get_by_text("Change the opening words").click()
    assert page.get_by_label("The wording").bounding_box()["height"] > 2 * low


def test_fields_beside_each_other_begin_at_one_height(draft: Callable[..., Page]):
    page = draft()
    fields = [page.get_by_role("textbox", name=one, exact=True).first for one in ("Name", "Works or volunteers for")]
    fields[1].fill("Northgate Detached Youth Team " * 9)
    assert fields[0].bounding_box()["y"] == fields[1].bounding_box()["y"]


def test_undo_goes_back_one_field_at_a_time_and_leaves_an_empty_partner(draft: Callable[..., Page]):
    page = draft()
    names = page.get_by_role("textbox", name="Name", exact=True)
    names.first.fill("Sam Hill")
    page.get_by_role("textbox", name="Works or volunteers for").first.fill("Northgate")
    press(page, "Undo")
    expect(page.get_by_role("textbox", name="Works or volunteers for").first).to_have_value("")
    expect(names.first).to_have_value("Sam Hill")
    expect(names).to_have_count(2)
    press(page, "Undo")
    expect(names.first).to_have_value("")
    expect(names).to_have_count(2)


def test_that_a_draft_cannot_be_kept_is_said_once_with_what_to_do(context: BrowserContext):
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    page = context.new_page()
    page.goto(ONE_PAGE)
    answer(page, "What do you call this agreement?", "Ours")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("cannot be kept here: this browser has no room. Save it as a file")
    with page.expect_download():
        alert.get_by_role("button", name="Save as a file").click()
    answer(page, "What do you call this agreement?", "Ours too")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    expect(alert).to_be_empty()
