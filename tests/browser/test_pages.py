"""What a reader's browser gets, seen in a real one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PageObject, PdfReader

from support.browsing import DESK, PHONE, choose_dark, violations, violations_everywhere
from support.keys import Keys
from support.sites import served

CHECKLIST = "/checklists/before-the-shift/"
PAGES = {
    "home": "/",
    "guidance": "/guidance/before-you-start/",
    "clause": "/clauses/decisions/",
    "template": "/templates/team-co-working/",
    "example": "/examples/gary-police/",
    "checklist": CHECKLIST,
    "letter": "/letters/meeting-note/",
    "catalogue of clauses": "/clauses/",
    "catalogue of templates": "/templates/",
    "catalogue of examples": "/examples/",
    "catalogue of checklists": "/checklists/",
    "chooser": "/guidance/which-agreement/",
    "coverage": "/reference/coverage/",
    "glossary": "/reference/glossary/",
    "sources": "/reference/sources/",
    "tags": "/reference/tags/",
    "checks": "/project/checks/",
    "not found": "/404.html",
}


@pytest.fixture(scope="module")
def address(our_site: Path) -> Iterator[str]:
    with served(our_site) as where:
        yield where


Visit = Callable[..., Page]


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address, reduced_motion="reduce", viewport={"width": DESK, "height": 800})
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def visit(context: BrowserContext) -> Visit:
    """Open a page of the site in a tab of its own."""

    def visit(path: str, width: int = DESK) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        return page

    return visit


@pytest.fixture
def without_scripts(browser: Browser, address: str) -> Iterator[Page]:
    made = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": PHONE, "height": 800})
    yield made.new_page()
    made.close()


# --- accessibility -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_on_any_kind_of_page(visit: Visit, kind: str):
    assert violations_everywhere(visit(PAGES[kind])) == []


def test_axe_finds_nothing_with_a_checklist_half_ticked(visit: Visit):
    page = visit(CHECKLIST)
    for number, state in enumerate(("Agreed", "Talking about it", "Not yet")):
        page.get_by_label(state).nth(number).check()
    assert violations_everywhere(page) == []


@pytest.mark.parametrize("kind", ["clause", "template"])
def test_axe_finds_nothing_with_every_part_opened(visit: Visit, kind: str):
    page = visit(PAGES[kind])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations_everywhere(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_menu_open(visit: Visit, scheme: str):
    page = visit(PAGES["clause"], PHONE)
    if scheme == "dark":
        choose_dark(page)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Navigation")).to_be_in_viewport()
    assert violations(page) == []


CAN_BE_CLICKED = ":is(a[href], button, input, select, textarea, summary)"

CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const colour = (css) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = css;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.slice(0, 3).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element.parentElement; one; one = one.parentElement) {
      const seen = colour(getComputedStyle(one).backgroundColor);
      if (seen[3] === 255) return seen;
    }
    return [255, 255, 255, 255];
  };
  const faint = [];
  const controls = ".gr-states label, .gr-button, .md-button, .md-search__form";
  for (const element of document.querySelectorAll(controls)) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(colour(style.borderTopColor)), light(behind(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (parseFloat(style.borderTopWidth) < 1 || contrast < 3) faint.push([element.outerHTML, contrast]);
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["template", "checklist"])
def test_every_control_has_an_edge_that_can_be_seen(visit: Visit, kind: str, scheme: str):
    page = visit(PAGES[kind])
    if scheme == "dark":
        choose_dark(page)
    assert page.evaluate(CONTRAST) == []


def test_the_colours_of_a_tool_are_those_of_every_page(visit: Visit):
    page = visit("/templates/memorandum/draft/")
    choose_dark(page)
    for path in (PAGES["clause"], "/your-agreement/"):
        page.goto(path)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("label[title='Switch to light colours']").click()
    page.goto(PAGES["clause"])
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_every_kind_of_page_has_one_top_heading_and_ids_of_its_own(visit: Visit):
    page = visit("/")
    for path in PAGES.values():
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
        assert len(ids) == len(set(ids)), path
        links = page.locator(".headerlink").evaluate_all("all => all.map(one => one.ariaLabel)")
        assert len(links) == len(set(links)), path
        assert "Ground Rules - " not in page.title(), path
        inside = page.locator(f":is(a[href], button, summary) {CAN_BE_CLICKED}")
        assert inside.count() == 0, f"{path}: something that can be clicked stands inside another"


def test_motion_is_left_out_for_those_who_ask(visit: Visit):
    page = visit(CHECKLIST)
    moving = page.evaluate("""() => [...document.querySelectorAll("*")]
        .filter((one) => getComputedStyle(one).transitionDuration.split(", ").some((time) => parseFloat(time) > 0))
        .map((one) => one.className)""")
    assert moving == []


def test_nothing_scrolls_sideways_on_a_phone(visit: Visit):
    page = visit("/")
    for path in PAGES.values():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width in (320, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


def test_the_three_states_of_a_question_stand_in_one_row_on_a_phone(visit: Visit):
    page = visit(CHECKLIST, PHONE)
    boxes = [page.locator(".gr-states label").nth(number).bounding_box() for number in range(3)]
    assert len({box["y"] for box in boxes if box}) == 1
    assert all(box and box["height"] >= 44 for box in boxes)


# --- privacy -------------------------------------------------------------------------------------


def test_no_page_asks_another_origin_for_anything(context: BrowserContext, address: str):
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    page = context.new_page()
    for path in PAGES.values():
        page.goto(path)
    page.locator(".md-search__input").fill("money")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in ("data", "blob")}
    assert len(asked) > len(PAGES)
    assert hosts == {urlsplit(address).netloc}


# --- keyboard ------------------------------------------------------------------------------------


def press_until(page: Page, key: str, reached: str, most: int = 60) -> None:
    """Press ``key`` until what has the focus matches the selector ``reached``."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", reached):
            return
    raise AssertionError(f"{reached} was not reached with {key}")


@pytest.mark.parametrize("kind", ["guidance", "clause", "template", "example", "checklist"])
def test_the_skip_link_leads_past_the_menus(visit: Visit, kind: str):
    page = visit(PAGES[kind])
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    target = page.evaluate("decodeURIComponent(location.hash)")
    assert target not in ("", "#")
    assert page.locator(target).evaluate("one => one.tagName") == "H1"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main article')")


def test_the_menu_of_a_small_screen_works_with_the_keyboard(visit: Visit):
    page = visit("/", 320)
    menu = page.get_by_role("button", name="Menu")
    press_until(page, "Tab", "button[aria-label=Menu]")
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    page.set_viewport_size({"width": DESK, "height": 800})
    expect(menu).to_be_hidden()


def test_a_closed_menu_does_not_catch_the_focus(visit: Visit):
    page = visit(PAGES["clause"], 320)
    for _ in range(25):
        page.keyboard.press("Tab")
        assert not page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")


def test_what_has_the_focus_can_be_seen(visit: Visit):
    page = visit(CHECKLIST)
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("""() => {
            const marked = (one) => {
                const style = getComputedStyle(one);
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            };
            const one = document.activeElement;
            return marked(one) || marked(one.closest("label") || one);
        }"""), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_what_has_the_focus_stands_below_the_header_on_the_way_back(visit: Visit):
    keys = Keys(visit(PAGES["catalogue of clauses"], PHONE))
    for _ in range(25):
        keys.tab(back=True)


def test_what_has_the_focus_stands_beside_the_column_that_stays_in_view(visit: Visit):
    page = visit(PAGES["coverage"], PHONE)
    page.locator(".gr-coverage tbody a").first.focus()
    for _ in range(page.locator(".gr-slanted a").count()):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("""() => {
            const at = document.activeElement.getBoundingClientRect();
            const column = document.activeElement.closest("tr").firstElementChild.getBoundingClientRect();
            return at.right - column.right > at.width / 2;
        }"""), page.evaluate("document.activeElement.innerText")


# --- checklists ----------------------------------------------------------------------------------


def mark(page: Page, question: int, state: str) -> None:
    page.locator("fieldset").nth(question).get_by_label(state).check()


def marks(page: Page) -> list[str]:
    return page.locator("fieldset input:checked").evaluate_all("all => all.map(one => one.value)")


def test_marks_survive_a_reload(visit: Visit):
    page = visit(CHECKLIST)
    mark(page, 0, "Agreed")
    mark(page, 1, "Talking about it")
    page.reload()
    assert marks(page) == ["agreed", "talking"]


def test_the_counts_are_announced(visit: Visit):
    page = visit(CHECKLIST)
    questions = page.locator("fieldset").count()
    mark(page, 0, "Agreed")
    mark(page, 1, "Talking about it")
    expect(page.get_by_role("status")).to_have_text(f"1 of {questions} agreed, 1 being talked about.")


def test_clearing_asks_first(visit: Visit):
    page = visit(CHECKLIST)
    mark(page, 0, "Agreed")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear all marks").click()
    assert marks(page) == ["agreed"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear all marks").click()
    assert marks(page) == []
    page.reload()
    assert marks(page) == []
    assert page.evaluate("Object.keys(localStorage).filter(one => one.includes('checklist'))") == []


def test_two_tabs_stay_in_step(visit: Visit):
    one, other = visit(CHECKLIST), visit(CHECKLIST)
    mark(one, 0, "Agreed")
    expect(other.locator("fieldset").nth(0).get_by_label("Agreed")).to_be_checked()
    mark(other, 1, "Talking about it")
    expect(one.locator("fieldset").nth(1).get_by_label("Talking about it")).to_be_checked()
    one.once("dialog", lambda dialog: dialog.accept())
    one.get_by_role("button", name="Clear all marks").click()
    expect(other.get_by_role("status")).to_contain_text("0 of")


def test_two_checklists_keep_their_marks_apart(visit: Visit):
    mark(visit(CHECKLIST), 0, "Agreed")
    assert marks(visit("/checklists/issues-to-consider/")) == []


@pytest.mark.parametrize("kept", ["{", "null", "[]", "7", '"agreed"', '{"a": {"b": 1}}', '{"__proto__": "agreed"}'])
def test_marks_that_cannot_be_understood_do_no_harm(visit: Visit, kept: str):
    page = visit("/")
    page.evaluate("kept => localStorage.setItem('groundrules:checklist:before-the-shift', kept)", kept)
    page.goto(CHECKLIST)
    assert marks(page) == []
    mark(page, 0, "Agreed")
    page.reload()
    assert marks(page) == ["agreed"]


NOTHING_IS_KEPT = """Object.defineProperty(window, "localStorage", {
    get() { throw new Error("SecurityError"); }
})"""


def test_a_checklist_works_where_the_browser_keeps_nothing(visit: Visit, context: BrowserContext):
    context.add_init_script(NOTHING_IS_KEPT)
    wrong: list[str] = []
    context.on("weberror", lambda one: wrong.append(f"{one.error} {one.error.stack}"))
    page = visit(CHECKLIST)
    mark(page, 0, "Agreed")
    expect(page.get_by_role("status")).to_contain_text("does not keep marks")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear all marks").click()
    assert marks(page) == ["agreed"]
    # The theme's own scripts do not expect this; ours do.
    assert [one for one in wrong if "/assets/checklist.js" in one or "groundrules.js" in one] == []


def test_a_tool_changes_its_colours_where_the_browser_keeps_nothing(visit: Visit, context: BrowserContext):
    context.add_init_script(NOTHING_IS_KEPT)
    choose_dark(visit("/your-agreement/"))


def test_a_checklist_can_be_marked_and_cleared_with_the_keyboard_alone(visit: Visit):
    page = visit(CHECKLIST)
    press_until(page, "Tab", "fieldset input")
    page.keyboard.press("Space")
    assert marks(page) == ["not-yet"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert marks(page) == ["agreed"]
    page.once("dialog", lambda dialog: dialog.accept())
    press_until(page, "Shift+Tab", "[data-do=clear]")
    page.keyboard.press("Enter")
    assert marks(page) == []


def test_a_question_is_the_name_of_its_group(visit: Visit):
    page = visit(CHECKLIST)
    question = page.locator("fieldset legend").first.inner_text()
    expect(page.get_by_role("group", name=question)).to_have_count(1)


# --- without JavaScript --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PAGES)
def test_the_text_is_there_without_javascript(without_scripts: Page, kind: str):
    page = without_scripts
    page.goto(PAGES[kind])
    expect(page.locator("h1")).to_be_visible()
    assert len(page.locator("main article").first.inner_text()) > (10 if kind == "not found" else 300)


def test_a_checklist_can_be_marked_without_javascript(without_scripts: Page):
    page = without_scripts
    page.goto(CHECKLIST)
    mark(page, 0, "Agreed")
    mark(page, 0, "Not yet")
    mark(page, 1, "Talking about it")
    expect(page.locator("fieldset input:checked")).to_have_count(2)
    expect(page.locator(".gr-progress")).to_be_hidden()


def test_the_menus_work_without_javascript(without_scripts: Page):
    page = without_scripts
    page.goto("/")
    page.locator("label[for=__drawer].md-header__button").click()
    page.locator(".md-sidebar--primary").get_by_text("Reference", exact=True).first.click()
    page.locator("label[for=__drawer].md-header__button").click()
    page.locator(".md-sidebar--primary").get_by_text("Glossary", exact=True).first.click()
    expect(page.locator("h1")).to_have_text(re.compile("Glossary"))


def test_parts_that_open_do_so_without_javascript(without_scripts: Page):
    page = without_scripts
    page.goto(PAGES["template"])
    part = page.locator("details.gr-aside").first
    part.locator("summary").click()
    expect(part.get_by_role("link", name="All about this clause")).to_be_visible()


def test_the_word_form_can_be_had_without_javascript(without_scripts: Page):
    page = without_scripts
    page.goto(PAGES["template"])
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Word")).first.click()
    assert download.value.suggested_filename == "team-co-working.docx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


# --- paper ---------------------------------------------------------------------------------------

NOT_ON_PAPER = (
    ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-top, .md-content__button, .headerlink, .gr-actions, .gr-buttons"
)
TOO_WIDE = """all => all
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("kind", ["guidance", "clause", "template", "example", "checklist"])
def test_paper_shows_the_page_and_no_menus(visit: Visit, kind: str):
    page = visit(PAGES[kind], 700)
    page.emulate_media(media="print")
    menus = page.locator(NOT_ON_PAPER).evaluate_all("all => all.filter(one => one.checkVisibility()).length")
    assert menus == 0
    # A template's page prints as the form alone, which has the title, too.
    expect(page.locator("h1, .gr-document-title").filter(visible=True).first).to_be_visible()
    cut = page.locator("main article :not(.gr-unseen)").evaluate_all(TOO_WIDE)
    assert cut == []


def test_paper_is_white_whatever_the_screen(visit: Visit):
    page = visit(PAGES["example"])
    choose_dark(page)
    page.emulate_media(media="print")
    seen = page.evaluate("""() => [getComputedStyle(document.querySelector("article p")).color,
        getComputedStyle(document.querySelector(".gr-document")).backgroundColor]""")
    assert seen == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_paper_keeps_the_marks(visit: Visit):
    page = visit(CHECKLIST)
    mark(page, 0, "Agreed")
    page.emulate_media(media="print")
    ticked = page.locator("fieldset").nth(0).get_by_label("Agreed")
    expect(ticked).to_be_checked()
    expect(ticked).to_be_visible()
    assert page.get_by_text("Agreed", exact=True).first.evaluate("one => getComputedStyle(one).fontWeight") == "700"


WIDE_TABLE = """(table, words) => {
    const row = (tag) => `<tr>${words.map((word) => `<${tag}>${word}</${tag}>`).join("")}</tr>`;
    table.innerHTML = `<thead>${row("th")}</thead><tbody>${row("td")}</tbody>`;
}"""


def test_paper_cuts_no_column_off_and_breaks_no_word(visit: Visit):
    words = [
        "responsibilities",
        "Wednesday",
        "28.11.2026",
        "safeguarding",
        "volunteers",
        "organisation",
        "Rechenschaft",
    ]
    page = visit(PAGES["example"])
    page.locator("article .gr-table table").first.evaluate(
        WIDE_TABLE, [*words[:-1], "https://example.org/" * 4, words[-1]]
    )
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    found = {word: x for sheet in paper.pages for text, x in _placed(sheet) for word in text.split() if word in words}
    assert set(found) == set(words)
    assert max(found.values()) < paper.pages[0].mediabox.width - 40


def _placed(sheet: PageObject) -> list[tuple[str, float]]:
    """The pieces of text on a page, and how far to the right each starts."""
    found: list[tuple[str, float]] = []
    sheet.extract_text(
        visitor_text=lambda text, cm, tm, *_: found.append((text, tm[4] * cm[0] + tm[5] * cm[2] + cm[4]))
    )
    return found


def test_a_page_can_be_printed(visit: Visit):
    paper = visit(PAGES["template"]).pdf(format="A4")
    assert io.BytesIO(paper).read(5) == b"%PDF-"


# --- from a folder on disk -----------------------------------------------------------------------


def test_a_site_without_folder_addresses_works_from_disk(browser: Browser, our_folder: Path):
    page = browser.new_page()
    page.goto((our_folder / "site/templates/team-co-working.html").as_uri())
    page.locator("details.gr-aside summary").first.click()
    page.get_by_role("link", name="All about this clause").first.click()
    expect(page.locator(".gr-kind")).to_have_text("Clause")
    page.get_by_role("link", name="Checklists").first.click()
    page.locator(".gr-card a").first.click()
    mark(page, 0, "Agreed")
    page.reload()
    assert marks(page) == ["agreed"]
    page.close()


def test_a_letter_is_filled_in_on_its_page_and_copied(visit: Visit, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit("/letters/first-note/")
    page.get_by_role("textbox", name="your name").first.click()
    page.keyboard.type("Ann Lee")
    page.get_by_role("button", name="Copy the letter").click()
    page.get_by_text("Copied. Still open: 9.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "From: Ann Lee" in copied
    assert "\nAnn Lee, your number" in copied, "A name is written once."
    assert "blank" not in copied
