"""The ways in: from the front page to a form, and back to what a browser keeps. In a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support import REPOSITORY
from support.browsing import ADD_UP_SHIFTS, PHONE, shifts, violations, words_above
from support.drafting import answer, is_kept, step
from support.sites import served

FORM = "/templates/individual-co-working/draft/"
TONIGHT = "Two of us go out together tonight"


@pytest.fixture(scope="module")
def address(our_site: Path) -> Iterator[str]:
    with served(our_site) as where:
        yield where


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address, service_workers="block", viewport={"width": PHONE, "height": 800})
    made.set_default_timeout(15_000)
    made.add_init_script(ADD_UP_SHIFTS)
    yield made
    made.close()


Visit = Callable[[str], Page]


@pytest.fixture
def visit(context: BrowserContext) -> Visit:
    def visit(path: str) -> Page:
        page = context.new_page()
        page.goto(path)
        return page

    return visit


# --- in ------------------------------------------------------------------------------------------


def test_two_clicks_and_few_words_lead_from_the_front_page_to_the_first_field_of_the_one_page_form(visit: Visit):
    page = visit("/")
    read = 0
    for name in (TONIGHT, "Fill it in here"):
        link = page.get_by_role("link", name=name)
        read += words_above(link)
        link.click()
    expect(step(page)).to_be_visible()
    assert page.url.endswith(FORM)
    read += words_above(page.locator("[data-part=form] :is(input, textarea)").first)
    assert 50 < read < 200


def test_a_checklist_leads_to_the_form_that_it_names(visit: Visit):
    page = visit("/checklists/before-the-shift/")
    page.get_by_role("link", name="Fill it in: Individual co-working agreement").click()
    expect(step(page)).to_be_visible()
    assert page.url.endswith(FORM)


# --- and back ------------------------------------------------------------------------------------


def here(page: Page):
    return page.get_by_role("region", name="What you have here")


def test_who_comes_back_finds_the_draft_on_the_front_page(visit: Visit):
    page = visit(FORM)
    answer(page, "Name", "Aoife")
    is_kept(page)
    page.goto("/")
    expect(here(page).get_by_role("listitem")).to_contain_text("Individual co-working agreement. A draft, changed on")
    assert violations(page) == []
    here(page).get_by_role("listitem").get_by_role("link").click()
    expect(page.get_by_label("Name").first).to_have_value("Aoife")


KEEP = """([id, record]) => localStorage.setItem(`groundrules:/#draft:${id}`, JSON.stringify(record))"""
DRAFT = {"template": "team-co-working", "revision": 1, "time": 1_790_000_000_000, "text": "---\ntitle: A\n---\n"}
SIGNED = DRAFT | {"text": '---\ntitle: A\nrounds:\n  - opened: "2026-01-01"\n---\n'}


def test_what_is_signed_is_opened_where_it_is_signed_on(visit: Visit):
    page = visit("/")
    page.evaluate(KEEP, ["one", SIGNED | {"title": "Night walks"}])
    page.evaluate(KEEP, ["two", DRAFT | {"title": "<b>Day</b> walks"}])
    page.evaluate(KEEP, ["three", {"damaged": True}])
    page.reload()
    links = here(page).get_by_role("listitem").get_by_role("link")
    assert {one.inner_text(): one.get_attribute("href") for one in links.all()} == {
        "Night walks": "your-agreement/#draft=one",
        "<b>Day</b> walks": "templates/team-co-working/draft/#draft=two",
    }


@pytest.mark.parametrize("kept", [[], [["one", DRAFT | {"title": "Night walks"}]]])
def test_nothing_jumps_on_the_front_page(visit: Visit, kept: list):
    page = visit("/")
    for one in kept:
        page.evaluate(KEEP, one)
    page.reload()
    expect(here(page)).to_be_visible(visible=bool(kept))
    assert shifts(page) == 0


@pytest.mark.parametrize("path", ["/guidance/which-agreement/", "/checklists/issues-to-consider/", FORM])
def test_nothing_jumps_when_a_script_starts(visit: Visit, path: str):
    assert shifts(visit(path)) < 0.05


def test_a_chooser_whose_script_does_not_come_shows_all_of_its_questions(context: BrowserContext):
    context.route("**/chooser.js*", lambda route: route.abort())
    page = context.new_page()
    page.goto("/guidance/which-agreement/")
    expect(page.locator("[data-question]").last).to_be_visible()


def test_what_opens_agreements_comes_when_there_is_one_to_open(visit: Visit):
    page = visit("/your-agreement/")
    assert page.locator("script[src*='/keeping.js']").count() == 0
    page.route("**/signing.js*", lambda route: route.abort())
    page.locator("[data-part=file]").set_input_files(REPOSITORY / "agreements/partnerships/quarry-lane/agreement.md")
    expect(page.get_by_role("alert")).to_contain_text("did not load")
    page.unroute("**/signing.js*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-part=agreement] h2").first).to_be_focused()


@pytest.mark.parametrize("path", ["/partnerships/", "/partnerships/quarry-lane/", "/templates/memorandum/"])
def test_an_agreement_is_opened_from_every_page_that_tells_of_one(our_site: Path, path: str):
    text = (our_site / path.strip("/") / "index.html").read_text("utf-8")
    main = text[text.index('<div class="md-content"') :]
    assert 'your-agreement/">Open your agreement</a>' in main
