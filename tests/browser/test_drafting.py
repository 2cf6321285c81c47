"""Drafting in a real browser: from nothing to the files, and everything that could lose somebody's work."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from groundrules.checks import load_and_check
from support import REPOSITORY
from support.browsing import DESK, PHONE, press_until, unstick, violations_everywhere
from support.drafting import (
    answer,
    answer_everything,
    document,
    drop,
    edit,
    go,
    half_filled,
    is_kept,
    menu,
    press,
    records,
    save,
    start_anew,
    step,
    told,
    warned,
    write_day,
)
from support.keystroke import KEYSTROKE
from support.sites import served

ONE_PAGE = "/templates/individual-co-working/draft.html"
LONGEST = "/templates/consortium/draft.html"


@pytest.fixture(scope="module")
def site(our_folder: Path) -> Path:
    """The site as it is built to be opened from a folder; the same files are served to the other tests."""
    return our_folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as where:
        yield where


def new_context(browser: Browser, address: str, **more: object) -> BrowserContext:
    settings = {"viewport": {"width": DESK, "height": 800}, "service_workers": "block"} | more
    made = browser.new_context(base_url=address, reduced_motion="reduce", **settings)  # type: ignore[arg-type]
    made.set_default_timeout(10_000)
    return made


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = new_context(browser, address)
    yield made
    made.close()


Draft = Callable[..., Page]


@pytest.fixture
def draft(context: BrowserContext) -> Draft:
    """Open a drafting page in a tab of its own."""

    def draft(path: str = ONE_PAGE, width: int = DESK) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        expect(step(page)).to_be_visible()
        return page

    return draft


# --- from nothing to the files -------------------------------------------------------------------


def test_a_draft_goes_from_nothing_to_the_files(draft: Draft, tmp_path: Path):
    page = draft()
    answer_everything(page)
    expect(page.locator("[data-part=open]")).to_have_text("Nothing. Every question has an answer.")
    expect(page.locator("[data-part=count]")).to_have_text(re.compile(", no questions open"))
    name, content = save(page)
    assert name == "individual-co-working-agreement.md"
    expect(page.locator("[data-part=kept]")).to_contain_text("Saved as a file at")
    folder = tmp_path / "partnerships/sam-and-jo"
    folder.mkdir(parents=True)
    (folder / "agreement.md").write_bytes(content)
    toolkit, problems = load_and_check(REPOSITORY, tmp_path / "partnerships")
    assert [str(one) for one in problems if "agreement.md" in one.file and one.level == "error"] == []
    agreement = toolkit.partnerships["sam-and-jo"]
    assert [party.name for party in agreement.front.parties] == ["Sam Hill", "Jo Bell"]
    name, content = save(page, "Word document (.docx)")
    assert name == "individual-co-working-agreement.docx"
    assert "what we said" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    name, content = save(page, "For the people it is about (.html)")
    assert name == "individual-co-working-agreement.html"
    assert "Sam Hill and Jo Bell work together" in re.sub("<.*?>", "", content.decode())


def test_the_calendar_is_offered_once_there_are_dates(draft: Draft):
    page = draft("/templates/team-co-working/draft.html")
    go(page, "Finish")
    expect(page.get_by_role("button", name="Calendar (.ics)")).to_be_hidden()
    go(page, "Meetings")
    page.locator("[name=unit]").first.select_option("week")
    page.locator("[name=times]").first.fill("2")
    page.locator("[name=day]").first.select_option("Tuesday")
    page.locator("[name=time]").first.fill("14:00")
    write_day(page, "The first time", "2026-12-01")
    expect(document(page)).to_contain_text("every 2 weeks on Tuesday at 14:00 from 1 December 2026")
    name, content = save(page, "Calendar (.ics)")
    assert name.endswith(".ics")
    assert b"BEGIN:VEVENT" in content


def test_the_document_grows_as_one_types_and_what_is_open_is_counted(draft: Draft):
    page = draft()
    press(page, "Next")
    before = page.locator("[data-part=count]").inner_text()
    page.get_by_label("What are you trying to do today?").press_sequentially("mend <b>bikes</b> & talk")
    expect(document(page)).to_contain_text("We want to mend <b>bikes</b> & talk")
    assert document(page).locator("b").count() == 0
    expect(page.locator("[data-part=count]")).not_to_have_text(before)
    go(page, "Finish")
    page.locator("[data-part=open] summary").first.click()
    page.locator("[data-part=open] button").first.click()
    assert page.evaluate("document.activeElement.matches('[data-field] *')")


def test_a_click_on_a_blank_in_the_document_leads_to_its_question(draft: Draft):
    page = draft()
    blank = document(page).locator("[data-blank='leaving signal']")
    blank.scroll_into_view_if_needed()
    box = blank.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(step(page)).to_have_text("Today's plan, signals and debrief")
    expect(page.get_by_label("Which words mean that it is time to go?")).to_be_focused()


def test_wordings_are_chosen_and_their_answers_are_not_lost(draft: Draft):
    page = draft()
    press(page, "Next")
    answer(page, "What are you trying to do today?", "meet the group")
    page.get_by_label("Before we go out").check()
    expect(document(page)).to_contain_text("Our aim today is to meet the group.")
    edit(page).fill("We only go out.")
    expect(document(page)).not_to_contain_text("meet the group")
    page.get_by_label("Short, for one page").check()
    expect(document(page)).to_contain_text("We want to meet the group.")
    told(page, "Your own words were replaced")
    press(page, "Undo")
    expect(document(page)).to_contain_text("We only go out.")
    press(page, "Redo")
    expect(document(page)).to_contain_text("We want to meet the group.")


def test_a_clause_is_left_out_and_brought_back_as_it_was(draft: Draft):
    page = draft()
    go(page, "Money")
    edit(page).fill("Nobody pays anybody.")
    press(page, "Leave this clause out")
    expect(document(page)).not_to_contain_text("Nobody pays anybody.")
    expect(page.locator("[data-part=list] button", has_text="Money")).to_contain_text("left out")
    expect(step(page)).to_be_focused()
    press(page, "Bring it back")
    expect(document(page)).to_contain_text("Nobody pays anybody.")
    assert [one for one in document(page).locator("h2").all_inner_texts() if "Money" in one] == ["7. Money"]


def test_text_that_cannot_be_read_waits_and_the_last_good_text_stays(draft: Draft):
    page = draft()
    go(page, "Money")
    edit(page).fill("Nobody pays.")
    edit(page).fill("Nobody <b>pays.")
    expect(page.locator(".gr-findings").filter(has_text="Line 1: HTML")).to_be_visible()
    expect(document(page)).to_contain_text("Nobody pays.")
    is_kept(page)
    page.reload()
    go(page, "Money")
    expect(edit(page)).to_have_value("Nobody <b>pays.")
    expect(document(page)).to_contain_text("Nobody pays.")
    _, content = save(page)
    assert b"Nobody pays." in content
    told(page, "What could not be read is not in it.")


def test_a_blank_of_ones_own_can_be_filled(draft: Draft):
    page = draft()
    go(page, "Money")
    edit(page).fill("We share [[what we share]].")
    answer(page, "what we share", "the petrol")
    expect(document(page)).to_contain_text("We share the petrol.")


def test_clauses_are_added_moved_and_removed(draft: Draft):
    page = draft()
    go(page, "Money")
    edit(page)
    press(page, "Add a clause after this one")
    page.get_by_label("Find one in the library").fill("publicity")
    press(page, "Publicity and credit")
    expect(step(page)).to_have_text("Publicity and credit")
    edit(page)
    press(page, "Add a clause after this one")
    press(page, "Write one of our own")
    page.keyboard.type("Tea")
    expect(step(page)).to_have_text("Tea")
    edit(page).fill("We bring biscuits.")
    press(page, "Move up")
    told(page, "Now clause 8 of 11.")
    expect(page.get_by_role("button", name="Move up")).to_be_focused()
    headings = [one.split(". ")[1] for one in document(page).locator("h2").all_inner_texts()[:-1]]
    assert headings[6:9] == ["Money", "Tea", "Publicity and credit"]
    press(page, "Remove this clause")
    expect(document(page)).not_to_contain_text("biscuits")
    press(page, "Undo")
    expect(document(page)).to_contain_text("biscuits")


def test_rows_come_and_go_and_the_focus_goes_with_them(draft: Draft):
    page = draft()
    press(page, "Next")
    answer(page, "Who?", "Sam")
    press(page, "Add a row")
    assert page.evaluate("document.activeElement.closest('.gr-row').querySelector('legend').textContent") == "Row 2"
    page.keyboard.type("Jo")
    expect(document(page).locator("[data-blank='phones today'] td").nth(3)).to_have_text("Jo")
    press(page, "Remove row 1")
    assert page.evaluate("document.activeElement.value") == "Jo"
    expect(document(page).locator("[data-blank='phones today'] tbody tr")).to_have_count(1)
    press(page, "Undo")
    expect(document(page).locator("[data-blank='phones today'] td").first).to_have_text("Sam")


def test_any_number_of_partners_of_both_kinds(draft: Draft):
    page = draft("/templates/team-co-working/draft.html")
    page.get_by_role("textbox", name="Name of the organisation").first.fill("Northgate")
    page.get_by_role("textbox", name="Who is the contact there?").first.fill("Ann Lee")
    page.locator(".gr-row").nth(1).get_by_label("A person").check()
    page.get_by_role("textbox", name="Name", exact=True).fill("Bo Ray")
    press(page, "Add a partner")
    page.get_by_role("textbox", name="Name of the organisation").nth(1).fill("Southgate")
    expect(document(page).locator(".gr-parties li")).to_have_text(
        ["Northgate. Contact: Ann Lee", "Bo Ray", "Southgate"]
    )
    is_kept(page)
    page.reload()
    expect(page.locator(".gr-row").nth(1).get_by_label("A person")).to_be_checked()


def test_an_end_before_the_start_is_not_taken(draft: Draft):
    page = draft()
    write_day(page, "When does it start?", "2026-12-01")
    write_day(page, "When does it end?", "2026-11-01")
    expect(page.get_by_text("The end is before the start.")).to_be_visible()
    expect(document(page)).not_to_contain_text("November")
    is_kept(page)
    page.reload()
    expect(page.get_by_text("The end is before the start.")).to_be_visible()
    write_day(page, "When does it start?", "2026-10-01")
    expect(page.get_by_text("The end is before the start.")).to_be_hidden()
    assert b"\nend: 2026-11-01\n" in save(page)[1]


# --- days -----------------------------------------------------------------------------------------

START = "When does it start?"


def fields(page: Page, question: str = START) -> Locator:
    return page.get_by_role("group", name=question).first


def part(page: Page, label: str, question: str = START) -> Locator:
    return fields(page, question).get_by_label(label, exact=True)


def said(page: Page, question: str = START) -> Locator:
    return fields(page, question).get_by_role("status")


@pytest.mark.parametrize("language", ["en-US", "de-DE", "ar-EG"])
def test_a_day_is_the_same_whatever_the_language_of_the_browser(browser: Browser, address: str, language: str):
    context = browser.new_context(base_url=address, locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(ONE_PAGE)
    part(page, "Day").press_sequentially("01")
    for typed in ("12", "2026"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    expect(said(page)).to_have_text("Tuesday 1 December 2026")
    assert b"\nstart: 2026-12-01\n" in save(page)[1]
    context.close()


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        ("1", "Dec", "2026", "Tuesday 1 December 2026"),
        ("1st", "december", "2026", "Tuesday 1 December 2026"),
        ("\u0661", "\u0661\u0662", "\u0662\u0660\u0662\u0666", "Tuesday 1 December 2026"),
        ("29", "2", "2028", "Tuesday 29 February 2028"),
        ("31", "6", "2027", "June has 30 days. Write the day as a number."),
        ("29", "Feb", "2027", "February 2027 has 28 days. Write the day as a number."),
        ("0", "6", "2027", "June has 30 days. Write the day as a number."),
        ("1", "13", "2027", "Write the month as a number from 1 to 12, or as its name."),
        ("1", "Ju", "2027", "Write the month as a number from 1 to 12, or as its name."),
        ("1", "6", "27", "Write the year in four digits, from 1900 to 2199."),
        ("1", "6", "", "Write the year too."),
        ("", "6", "2027", "Write the day too."),
    ],
)
def test_a_day_is_read_back_or_the_field_says_why_it_is_none(draft: Draft, day: str, month: str, year: str, words: str):
    page = draft()
    for label, typed in (("Day", day), ("Month", month), ("Year", year)):
        part(page, label).fill(typed)
    part(page, "Year").press("Tab")
    expect(said(page)).to_have_text(words)
    wrong = fields(page).locator("[aria-invalid=true]")
    assert wrong.count() == (words[-1] == ".")
    expect(part(page, "Day")).to_have_accessible_description(words)


def test_a_reason_waits_until_one_has_left_the_fields(draft: Draft):
    page = draft()
    part(page, "Day").press_sequentially("1")
    page.keyboard.press("Tab")
    expect(part(page, "Month")).to_be_focused()
    expect(said(page)).to_be_empty()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(said(page)).to_have_text("Write the month too.")


@pytest.mark.parametrize(
    "text", ["2026-12-01", "1 December 2026", "Tuesday, 1st of Dec. 2026", "December 1, 2026", "1/12/2026"]
)
def test_a_whole_date_may_be_pasted_or_typed_into_the_first_field(draft: Draft, text: str):
    page = draft()
    part(page, "Day").evaluate(
        """(one, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text", text);
            one.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        text,
    )
    expect(said(page)).to_have_text("Tuesday 1 December 2026")
    expect(document(page)).to_contain_text("1 December 2026")
    part(page, "Day", "When does it end?").press_sequentially(text)
    page.keyboard.press("Tab")
    expect(said(page, "When does it end?")).to_have_text("Tuesday 1 December 2026")


def test_half_a_day_is_kept_and_is_not_in_the_document(draft: Draft):
    page = draft()
    write_day(page, START, "2026-12-01")
    expect(document(page)).to_contain_text("1 December 2026")
    part(page, "Month").fill("")
    expect(document(page)).not_to_contain_text("December 2026")
    is_kept(page)
    page.reload()
    expect(part(page, "Day")).to_have_value("01")
    expect(part(page, "Month")).to_have_value("")
    expect(part(page, "Year")).to_have_value("2026")
    expect(said(page)).to_have_text("Write the month too.")
    assert b"\nstart:" not in save(page)[1]
    told(page, "What could not be read is not in it.")
    go(page, "Partners and dates")
    part(page, "Month").fill("12")
    assert b"\nstart: 2026-12-01\n" in save(page)[1]


def test_half_a_day_in_a_table_is_kept_and_the_rest_of_its_row_is_in_the_document(draft: Draft):
    page = draft(LONGEST)
    go(page, "Ending well")
    answer(page, "What must be done?", "Return the keys")
    asked = "By what date?"
    for label, words in (("Day", "23"), ("Year", "2027")):
        part(page, label, asked).fill(words)
    expect(document(page)).to_contain_text("Return the keys")
    expect(document(page)).not_to_contain_text("2027")
    is_kept(page)
    page.reload()
    go(page, "Ending well")
    expect(part(page, "Day", asked)).to_have_value("23")
    expect(part(page, "Month", asked)).to_have_value("")
    expect(part(page, "Year", asked)).to_have_value("2027")
    assert b'by when: "' not in save(page)[1]
    told(page, "What could not be read is not in it.")
    go(page, "Ending well")
    part(page, "Month", asked).fill("July")
    expect(document(page)).to_contain_text("23 July 2027")
    assert b'by when: "2027-07-23"' in save(page)[1]


# A template with a day, a column of days and a rhythm among its questions.
TEAM = "/templates/team-co-working/draft.html"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fortnightly on Tuesday at 2pm from 1 December 2026", "In calendars: Tuesday 1 December 2026; Tuesday 15 Dec"),
        ("now and then", 'No calendar entry comes of these words. "now and then" is not understood. Write it like'),
        ("every month on the last Friday", "It names no first day."),
    ],
)
def test_the_page_says_what_it_understands_of_a_rhythm(draft: Draft, words: str, found: str):
    page = draft(TEAM)
    go(page, "Meetings")
    page.get_by_label("In other words").first.check()
    page.get_by_label("In your own words").first.fill(words)
    expect(page.locator(".gr-field:has([name=words]) > div > [role=status]").first).to_contain_text(found)
    expect(document(page)).to_contain_text(words)


def test_half_a_first_day_of_a_rhythm_is_kept(draft: Draft):
    page = draft(TEAM)
    go(page, "Meetings")
    page.locator("[name=unit]").first.select_option("week")
    part(page, "Day", "The first time").fill("1")
    expect(document(page)).to_contain_text("every week")
    is_kept(page)
    page.reload()
    go(page, "Meetings")
    expect(part(page, "Day", "The first time")).to_have_value("1")
    expect(page.locator("[name=unit]").first).to_have_value("week")
    write_day(page, "The first time", "2026-12-01")
    expect(document(page)).to_contain_text("every week from 1 December 2026")


# --- steps ---------------------------------------------------------------------------------------


def test_back_and_forward_move_between_steps_and_a_reload_stays(draft: Draft):
    page = draft()
    half_filled(page)
    go(page, "Money")
    page.go_back()
    expect(step(page)).to_have_text("Today's plan, signals and debrief")
    expect(page.get_by_label("What are you trying to do today?")).to_have_value("meet the group")
    page.go_back()
    expect(step(page)).to_have_text("Partners and dates")
    for _ in range(2):
        page.go_forward()
    expect(step(page)).to_have_text("Money")
    page.reload()
    expect(step(page)).to_have_text("Money")
    page.go_back()
    expect(page.get_by_label("What are you trying to do today?")).to_have_value("meet the group")


def test_a_step_that_is_gone_and_another_place_of_the_page_do_not_lead_away(draft: Draft):
    page = draft(f"{ONE_PAGE}#step=nowhere")
    expect(step(page)).to_have_text("Partners and dates")
    go(page, "Money")
    page.evaluate("location.hash = 'title'")
    page.wait_for_function("location.hash === '#title'")
    expect(step(page)).to_have_text("Money")


def test_an_address_names_the_draft_to_open(draft: Draft):
    page = draft()
    for title in ("Tuesdays", "Fridays"):
        answer(page, "What do you call this agreement?", title)
        is_kept(page)
        menu(page)
        start_anew(page)
    names = page.evaluate("Object.keys(localStorage).filter((one) => localStorage.getItem(one).includes('Tuesdays'))")
    ours = names[0].split("draft:")[1]
    page.close()
    page = draft(f"{ONE_PAGE}#draft={ours}")
    expect(page.get_by_label("What do you call this agreement?")).to_have_value("Tuesdays")
    page.reload()
    told(page, 'We brought back "Tuesdays"')
    page.close()
    told(draft(f"{ONE_PAGE}#draft=gone"), "We brought back")


# --- the first screen ----------------------------------------------------------------------------


def test_the_first_question_stands_in_the_first_screen_and_nothing_jumps(context: BrowserContext):
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.add_init_script("""
        window.moved = 0;
        const add = (list) => list.getEntries().forEach((one) => window.moved += one.value);
        new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    """)
    page.goto(LONGEST)
    field = page.locator("[data-part=form] input").first
    expect(field).to_be_visible()
    box = field.bounding_box()
    assert box
    assert box["y"] + box["height"] < 740 - 70, "it stands under the bar"
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert page.evaluate("moved") < 0.05


# --- keeping -------------------------------------------------------------------------------------


def test_a_reload_brings_everything_back(draft: Draft):
    page = draft()
    half_filled(page)
    before = document(page).inner_text()
    page.reload()
    told(page, re.compile(r'We brought back "Individual co-working agreement", kept in this browser at \d\d:\d\d'))
    assert document(page).inner_text() == before
    assert urlsplit(page.url).query == ""
    assert urlsplit(page.url).fragment == "step=shift-plan"


def test_an_answer_that_was_emptied_is_not_one_that_was_never_given(draft: Draft):
    page = draft()
    half_filled(page)
    answer(page, "What are you trying to do today?", "")
    expect(document(page)).to_contain_text("aim for today")
    is_kept(page)
    assert records(page)[0]["emptied"] == ["aim for today"]
    for title in ("Money", "Safeguarding", "Finish"):
        go(page, title)
    assert "Who leads today" not in str(records(page)[0]["emptied"])
    assert "aim for today: " not in str(records(page)[0]["text"])


def test_looking_around_writes_nothing(draft: Draft):
    page = draft()
    while step(page).inner_text() != "Finish":
        press(page, "Next")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert records(page) == []


def test_several_drafts_stand_side_by_side(draft: Draft):
    page = draft()
    answer(page, "What do you call this agreement?", "Tuesdays")
    is_kept(page)
    menu(page)
    start_anew(page)
    answer(page, "What do you call this agreement?", "Fridays")
    is_kept(page)
    menu(page)
    press(page, "Tuesdays")
    told(page, '"Tuesdays" is open.')
    expect(document(page)).to_contain_text("Tuesdays")
    assert sorted(str(one["title"]) for one in records(page)) == ["Fridays", "Tuesdays"]


def test_a_second_tab_reads_only_and_takes_over_when_the_first_is_closed(draft: Draft):
    first = draft()
    half_filled(first)
    second = draft()
    told(second, "open in another tab")
    expect(second.get_by_label("What do you call this agreement?")).to_be_disabled()
    expect(second.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    answer(first, "What are you trying to do today?", "mend bikes")
    expect(document(second)).to_contain_text("mend bikes")
    first.close()
    told(second, "You can write here now.")
    answer(second, "What do you call this agreement?", "Ours")
    is_kept(second)
    assert [one["title"] for one in records(second)] == ["Ours"]
    assert "mend bikes" in str(records(second)[0]["text"])


def test_what_another_tab_wrote_meanwhile_is_never_written_over(draft: Draft):
    """As in a browser without locks, where both tabs may write."""
    page = draft()
    half_filled(page)
    page.evaluate("""() => {
        const place = Object.keys(localStorage).find((one) => /^groundrules:.*#draft:/.test(one));
        const record = JSON.parse(localStorage.getItem(place));
        const text = record.text.replace("meet the group", "from the other tab");
        localStorage.setItem(place, JSON.stringify({...record, text, revision: record.revision + 1}));
    }""")
    answer(page, "What are you trying to do today?", "from this tab")
    warned(page, "changed in another tab")
    texts = [str(one["text"]) for one in records(page)]
    assert len(texts) == 2
    assert sum("from the other tab" in text for text in texts) == 1
    assert sum("from this tab" in text for text in texts) == 1


def test_nothing_is_kept_when_asked(draft: Draft):
    page = draft()
    half_filled(page)
    menu(page)
    page.get_by_label("Keep nothing on this computer").check()
    expect(page.locator("[data-part=kept]")).to_contain_text("Nothing is kept on this computer.")
    answer(page, "Who?", "Nobody")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert records(page) == []
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    assert asked in (["beforeunload"], [])


def test_everything_can_be_cleared(draft: Draft):
    page = draft()
    half_filled(page)
    ours = page.evaluate("Object.keys(localStorage).find((one) => one.includes('#draft:'))").split("#")[0]
    others = ["groundrules:/other/#draft:x", "groundrules:draft:y", f"{ours}b/#checklist:x"]
    for name in (f"{ours}#checklist:x", *others):
        page.evaluate("name => localStorage.setItem(name, '{}')", name)
    menu(page)
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "Clear everything")
    told(page, "Everything is cleared.")
    left = page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('groundrules'))")
    assert sorted(left) == sorted(others)
    expect(document(page)).not_to_contain_text("Sam Hill")
    page.reload()
    expect(document(page)).not_to_contain_text("Sam Hill")


def test_clearing_in_another_tab_is_not_undone_by_this_one(draft: Draft):
    page = draft()
    half_filled(page)
    page.evaluate("localStorage.clear()")
    answer(page, "Who?", "Nobody")
    warned(page, "cleared in another tab")
    assert records(page) == []


def test_a_browser_that_keeps_nothing_says_so(context: BrowserContext):
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    page = context.new_page()
    page.goto(ONE_PAGE)
    answer(page, "What do you call this agreement?", "Ours")
    expect(page.locator("[data-part=kept]")).to_contain_text("cannot be kept here")
    expect(document(page)).to_contain_text("Ours")


# --- files ---------------------------------------------------------------------------------------


def test_a_saved_file_opens_again_also_after_it_was_edited_by_hand(draft: Draft):
    page = draft()
    half_filled(page)
    _, content = save(page)
    edited = content.replace(b"meet the group", "meet the group عند الجسر 🚲".encode()).replace(b"\n", b"\r\n")
    drop(page, "ours.md", b"\xef\xbb\xbf" + edited)
    told(page, '"Individual co-working agreement" is open.')
    expect(document(page)).to_contain_text("meet the group عند الجسر 🚲")
    assert len(records(page)) == 2
    assert save(page)[1] == edited.replace(b"\r\n", b"\n")


def test_a_file_can_be_dropped_on_the_page(draft: Draft):
    page = draft()
    half_filled(page)
    _, content = save(page)
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "ours.md"));
            document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        content.decode().replace("meet the group", "dropped"),
    )
    expect(document(page)).to_contain_text("dropped")


BROKEN = {
    "ours.docx": (b"PK\x03\x04", "Choose the file that ends in .md, such as"),
    "picture.md": (b"\xff\xd8\xff\x00", "is not a text file."),
    "empty.md": (b"", "cannot be opened."),
    "notes.md": (b"# Our notes\n\nHello.\n", "cannot be opened."),
    "half.md": (b'---\ntitle: "x"\n', "cannot be opened."),
    "other.md": (b'---\ntitle: "x"\ntemplate: "memorandum"\n---\nHello.\n', "made from another template."),
    "unknown.md": (b'---\ntitle: "x"\ntemplate: "nowhere"\n---\nHello.\n', "made from another template."),
    "large.md": (b"x" * 1_100_000, "is too large"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_a_clear_message_and_changes_nothing(draft: Draft, name: str):
    page = draft()
    half_filled(page)
    before = records(page)
    content, words = BROKEN[name]
    drop(page, name, content)
    warned(page, words)
    warned(page, "Nothing was changed.")
    expect(page.locator("[data-part=wrong]")).to_be_focused()
    expect(document(page)).to_contain_text("meet the group")
    assert records(page) == before


# --- the script that reads files -------------------------------------------------------------------


def scripts(page: Page) -> list[str]:
    """The project's scripts that the page has loaded, apart from those of every page."""
    names = page.evaluate("[...document.scripts].map((one) => one.src.split('/').pop().split('?')[0])")
    return [one for one in names if one in {"engine.js", "draft.js"} | LATER]


LATER = {"reader.js", "fingerprint.js", "signing.js", "exports.js", "library.js"}


def saved_file(draft: Draft) -> bytes:
    """A file that somebody saved from another browser."""
    page = draft()
    half_filled(page)
    _, content = save(page)
    page.evaluate("localStorage.clear()")
    page.close()
    return content


def test_a_new_draft_loads_two_scripts_and_each_other_when_it_is_used(draft: Draft):
    page = draft()
    assert scripts(page) == ["engine.js", "draft.js"]
    half_filled(page)
    assert scripts(page) == ["engine.js", "draft.js"]
    _, content = save(page)
    assert "reader.js" not in scripts(page)
    drop(page, "ours.md", content)
    told(page, '"Individual co-working agreement" is open.')
    assert scripts(page).count("reader.js") == 1


def test_what_to_ask_each_other_comes_when_somebody_gets_to_a_clause(draft: Draft, context: BrowserContext):
    page = draft()
    asked = page.locator("details", has_text="what to ask each other")
    press(page, "Next")
    expect(asked.get_by_role("listitem").first).to_be_visible()
    context.route("**/talk.js*", lambda route: route.abort())
    page.reload()
    expect(asked).to_contain_text("did not load")


def test_what_reads_files_is_loaded_for_a_draft_that_is_brought_back(draft: Draft):
    page = draft()
    half_filled(page)
    page.reload()
    told(page, "We brought back")
    assert sorted(scripts(page)) == ["draft.js", "engine.js", "reader.js"]


def test_a_slow_network_is_said_while_a_draft_is_brought_back(draft: Draft, context: BrowserContext):
    page = draft()
    half_filled(page)
    held = []
    context.route("**/reader.js*", lambda route: held.append(route))
    with page.expect_request("**/reader.js*"):
        page.reload(wait_until="commit")
    expect(page.get_by_text("Bringing back the draft that is kept in this browser")).to_be_visible()
    expect(page.locator("[data-part=app]")).to_be_hidden()
    expect(page.locator("[data-part=foot]")).to_be_hidden()
    held.pop().continue_()
    told(page, "We brought back")
    expect(page.get_by_text("Bringing back the draft")).to_be_hidden()
    expect(document(page)).to_contain_text("meet the group")


def test_a_slow_network_is_said_while_a_file_is_opened_and_nothing_typed_meanwhile_is_lost(
    draft: Draft, context: BrowserContext
):
    content = saved_file(draft)
    page = draft()
    held = []
    context.route("**/reader.js*", lambda route: held.append(route))
    with page.expect_request("**/reader.js*"):
        drop(page, "ours.md", content)
    told(page, 'Opening "ours.md" …')
    answer(page, "What do you call this agreement?", "Meanwhile")
    held.pop().continue_()
    told(page, '"Individual co-working agreement" is open.')
    titles = [str(one["title"]) for one in records(page)]
    assert sorted(titles) == ["Individual co-working agreement", "Meanwhile"]


def test_a_file_that_cannot_be_opened_for_want_of_a_script_can_be_tried_again(draft: Draft, context: BrowserContext):
    content = saved_file(draft)
    page = draft()
    half_filled(page)
    before = records(page)
    context.route("**/reader.js*", lambda route: route.abort())
    for _ in range(2):
        drop(page, "ours.md", content.replace(b"meet the group", b"from the file"))
        warned(page, "the part of this page that opens files did not load. Nothing was changed.")
        expect(page.locator("[data-part=wrong]")).to_be_focused()
        expect(document(page)).to_contain_text("meet the group")
        assert records(page) == before
    context.unroute("**/reader.js*")
    press(page, "Try again")
    told(page, '"Individual co-working agreement" is open.')
    expect(document(page)).to_contain_text("from the file")
    assert len(records(page)) == 2


def test_a_draft_that_cannot_be_brought_back_for_want_of_a_script_is_untouched(draft: Draft, context: BrowserContext):
    page = draft()
    half_filled(page)
    before = records(page)
    context.route("**/reader.js*", lambda route: route.abort())
    page.reload()
    warned(page, '"Individual co-working agreement" is kept in this browser, but the part of this page that opens it')
    expect(step(page)).to_be_visible()
    page.reload()
    warned(page, "did not load")
    assert records(page) == before
    press(page, "Try again")
    warned(page, "did not load")
    menu(page)
    press(page, "Individual co-working agreement")
    warned(page, "did not load")
    context.unroute("**/reader.js*")
    press(page, "Try again")
    told(page, '"Individual co-working agreement" is open.')
    expect(document(page)).to_contain_text("meet the group")
    assert records(page) == before


def test_why_a_wording_is_refused_is_loaded_when_the_first_one_is(draft: Draft, context: BrowserContext):
    page = draft()
    go(page, "Finish")
    press(page, "Add a clause")
    press(page, "Write one of our own")
    context.route("**/reader.js*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        edit(page).fill("We meet <b>often</b>.")
    findings = page.locator(".gr-findings").last
    expect(findings).to_have_text("The document keeps the last text that could be read.")
    context.unroute("**/reader.js*")
    edit(page).fill("We meet <b>often</b>, all of us.")
    expect(findings).to_contain_text("Line 1: HTML is not allowed")
    edit(page).fill("We meet often.")
    expect(findings).to_be_empty()


def test_a_draft_too_large_for_a_file_that_opens_says_so(draft: Draft):
    page = draft()
    go(page, "Finish")
    press(page, "Add a clause")
    press(page, "Write one of our own")
    edit(page).fill("word " * 3000)
    expect(page.locator("[data-part=kept]")).to_contain_text(
        "cannot be kept here: This line has 15000 characters; 10000 is the most."
    )


def test_only_the_document_is_printed(draft: Draft):
    page = draft()
    half_filled(page)
    page.emulate_media(media="print")
    expect(document(page)).to_be_visible()
    for hidden in (page.locator("h1"), step(page), page.locator("[data-part=foot]"), page.locator(".md-header")):
        expect(hidden).to_be_hidden()


def test_sharing_is_offered_where_the_device_can(context: BrowserContext):
    context.add_init_script("""
        window.shared = [];
        navigator.canShare = ({files}) => files.every((one) => one.name.endsWith(".txt"));
        navigator.share = async ({files}) => window.shared.push(files[0].name);
    """)
    page = context.new_page()
    page.goto(ONE_PAGE)
    go(page, "Finish")
    press(page, "Share")
    page.wait_for_function("window.shared.length")
    assert page.evaluate("window.shared") == ["individual-co-working-agreement.txt"]


# --- accessibility -------------------------------------------------------------------------------


def unfold(page: Page) -> None:
    """Everything; and no bar covers part of it."""
    unstick(page)
    page.evaluate("document.querySelectorAll('.gr-draft details').forEach((one) => one.open = true)")


def in_error(page: Page) -> None:
    half_filled(page)
    edit(page).fill("<b>")
    drop(page, "x.md", b"")
    warned(page, "cannot be opened")


def restored(page: Page) -> None:
    half_filled(page)
    page.reload()
    told(page, "We brought back")


def left_out(page: Page) -> None:
    go(page, "Money")
    edit(page)
    press(page, "Leave this clause out")


def adding(page: Page) -> None:
    go(page, "Finish")
    press(page, "Add a clause")
    expect(page.get_by_role("button", name="Meetings", exact=True)).to_be_visible()


STATES: dict[str, Callable[[Page], object]] = {
    "empty": unfold,
    "half filled": lambda page: (half_filled(page), unfold(page)),
    "error": in_error,
    "restored": restored,
    "left out": left_out,
    "adding": adding,
    "document on a phone": lambda page: (
        page.set_viewport_size({"width": PHONE, "height": 800}),
        press(page, "See the document"),
    ),
    "finish": lambda page: (half_filled(page), go(page, "Finish")),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(draft: Draft, state: str):
    page = draft()
    STATES[state](page)
    unstick(page)
    assert violations_everywhere(page) == []


def test_axe_finds_nothing_in_a_tab_that_only_reads(draft: Draft):
    first = draft()
    half_filled(first)
    second = draft()
    told(second, "open in another tab")
    assert violations_everywhere(second) == []


def test_axe_finds_nothing_among_rhythms_and_lists(draft: Draft):
    page = draft("/templates/team-co-working/draft.html")
    go(page, "Meetings")
    page.get_by_label("In other words").first.check()
    unstick(page)
    assert violations_everywhere(page) == []


@pytest.mark.parametrize("width", [320, PHONE])
def test_nothing_scrolls_sideways_on_a_phone(draft: Draft, width: int):
    page = draft(width=width)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    while True:
        unfold(page)
        assert not page.evaluate(wide), step(page).inner_text()
        if step(page).inner_text() == "Finish":
            break
        press(page, "Next")
    press(page, "See the document")
    assert not page.evaluate(wide)


def test_a_phone_shows_questions_or_the_document(draft: Draft):
    page = draft(width=PHONE)
    expect(document(page)).to_be_hidden()
    press(page, "See the document")
    expect(document(page)).to_be_visible()
    expect(step(page)).to_be_hidden()
    press(page, "Back to the questions")
    expect(step(page)).to_be_visible()


def test_what_is_touched_is_large_enough(draft: Draft):
    page = draft(width=PHONE)
    press(page, "Next")
    unfold(page)
    small = page.evaluate("""() => [...document.querySelectorAll(
        ".gr-draft :is(button, select, textarea, input:not([type=radio], [type=checkbox]), .gr-tick)")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML.slice(0, 120))""")
    assert small == []


def test_a_window_as_low_as_at_four_hundred_per_cent_keeps_room_for_the_text(draft: Draft):
    page = draft()
    page.set_viewport_size({"width": 320, "height": 256})
    press(page, "Next")
    assert page.locator("[data-part=foot]").evaluate("one => getComputedStyle(one).position") == "static"


def test_the_two_columns_stay_in_step(draft: Draft):
    page = draft()
    go(page, "Signing up")
    clause = page.locator("[data-clause=signing]")
    expect(clause).to_be_in_viewport()
    expect(clause).to_have_attribute("data-now", "")


def test_the_keyboard_alone_is_enough(draft: Draft):
    page = draft()
    press_until(page, "[name=name]")
    page.keyboard.type("Sam Hill")
    press_until(page, "[data-do=next]")
    page.keyboard.press("Enter")
    expect(step(page)).to_be_focused()
    press_until(page, "[type=radio]")
    page.keyboard.press("ArrowUp")
    expect(document(page)).to_contain_text("Our aim today")
    expect(page.locator("[type=radio]:focus")).to_be_checked()
    press_until(page, "[data-do=add]")
    page.keyboard.press("Enter")
    page.keyboard.type("Sam")
    expect(document(page).locator("[data-blank='phones today'] td").first).to_have_text("Sam")
    press_until(page, "[data-do=remove]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.gr-row textarea')")
    press_until(page, "details:has(textarea[rows='8']) > summary")
    page.keyboard.press("Enter")
    press_until(page, "textarea[rows='8']")
    page.keyboard.press("Control+a")
    page.keyboard.type("We talk.")
    expect(document(page)).to_contain_text("We talk.")
    press_until(page, "[data-do=leave]")
    page.keyboard.press("Control+z")
    expect(document(page)).not_to_contain_text("We talk.")


def test_what_has_the_focus_can_be_seen(draft: Draft):
    page = draft()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        }"""), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


UNDER_A_BAR = """() => {
    const at = document.activeElement;
    const { top, bottom } = at.getBoundingClientRect();
    const over = (bar) => bar.getBoundingClientRect().top < bottom - 1 && bar.getBoundingClientRect().bottom > top + 1;
    const bars = [...document.querySelectorAll(".md-header, .gr-foot")].filter((one) => !one.contains(at));
    return at.closest(".gr-form") && bars.some(over) ? at.outerHTML.slice(0, 200) : "";
}"""


@pytest.mark.parametrize("at", ["preamble", "shift-plan", "signed"])
def test_the_focus_is_never_under_a_bar(draft: Draft, at: str):
    page = draft(f"{ONE_PAGE}#step={at}", width=PHONE)
    for first, key in (("[data-do=md]", "Tab"), ("[data-do=view]", "Shift+Tab")):
        page.locator(first).first.focus()
        for _ in range(25):
            page.keyboard.press(key)
            assert page.evaluate(UNDER_A_BAR) == "", key


def test_every_id_stands_once(draft: Draft):
    page = draft()
    while step(page).inner_text() != "Finish":
        twice = page.evaluate("""() => {
            const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
            return ids.filter((one, index) => ids.indexOf(one) !== index);
        }""")
        assert twice == []
        press(page, "Next")


# --- speed and size ------------------------------------------------------------------------------


def test_a_keystroke_shows_at_once_on_a_long_template(draft: Draft):
    page = draft(LONGEST)
    for title in ("Tea", "Coffee"):
        go(page, "Finish")
        press(page, "Add a clause")
        press(page, "Write one of our own")
        page.keyboard.type(title)
    assert document(page).locator("section[data-clause]").count() >= 30
    while not page.locator("[data-part=answers] > .gr-field > textarea").count():
        press(page, "Back")
    # Before the browser draws its next frame; how long that took is not for a test to say.
    assert page.evaluate(KEYSTROKE) is not None, "the document did not show it at once"


def test_only_the_clause_that_changed_is_drawn_again(draft: Draft):
    page = draft()
    press(page, "Next")
    page.evaluate("""() => {
        window.drawn = new Set();
        new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) =>
            node.dataset && node.dataset.clause && window.drawn.add(node.dataset.clause))))
            .observe(document.querySelector("article.gr-document"), {childList: true, subtree: true});
    }""")
    answer(page, "What are you trying to do today?", "meet")
    expect(document(page)).to_contain_text("We want to meet.")
    assert page.evaluate("[...window.drawn]") == ["shift-plan"]


# --- the site around it --------------------------------------------------------------------------


def test_nothing_is_asked_of_anybody_else_and_nothing_is_sent(context: BrowserContext, address: str):
    asked = []
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    page.goto(ONE_PAGE)
    half_filled(page)
    save(page)
    save(page, "Word document (.docx)")
    others = [
        one.url
        for one in asked
        if one.method != "GET"
        or (urlsplit(one.url).scheme != "blob" and not one.url.startswith(f"{address}/"))
        or "Sam" in one.url
    ]
    assert len(asked) > 3
    assert others == []


def test_the_page_is_found_from_its_template_only(context: BrowserContext, site: Path):
    page = context.new_page()
    page.goto("/templates/individual-co-working.html")
    first = page.locator(".gr-actions a").first
    expect(first).to_have_text("Fill it in here")
    first.click()
    expect(step(page)).to_have_text("Partners and dates")
    assert page.locator(".md-nav a[href*=draft]").count() == 0
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert [one for one in index["docs"] if "/draft" in one["location"]] == []


def test_without_scripts_the_page_says_what_to_do(browser: Browser, address: str):
    context = new_context(browser, address, java_script_enabled=False)
    page = context.new_page()
    page.goto(ONE_PAGE)
    expect(page.get_by_text("you need a browser that runs scripts")).to_be_visible()
    expect(page.get_by_text("The document grows as you type")).to_be_hidden()
    expect(page.locator(".gr-actions a").first).to_have_text("Blank form (Word)")
    expect(page.locator("article.gr-document")).to_contain_text("Whoever knows the street")
    expect(page.locator("[data-part=app]")).to_be_hidden()
    context.close()


def test_drafting_works_from_a_folder_on_disk(browser: Browser, site: Path):
    context = new_context(browser, "http://nowhere.invalid")
    page = context.new_page()
    page.goto(f"{site.as_uri()}{ONE_PAGE}")
    half_filled(page)
    page.reload()
    expect(document(page)).to_contain_text("meet the group")
    go(page, "Finish")
    press(page, "Add a clause")
    expect(page.get_by_role("button", name="Meetings", exact=True)).to_be_visible()
    assert b"Sam Hill" in save(page)[1]
    assert save(page, "Word document (.docx)")[1][:2] == b"PK"
    context.close()


def test_a_visited_page_opens_without_a_network(browser: Browser, site: Path):
    with served(site) as where:
        context = new_context(browser, where, service_workers="allow")
        page = context.new_page()
        page.goto(ONE_PAGE)
        page.wait_for_function("""async () => {
            const named = [...document.scripts].map((one) => one.src);
            const later = Object.values(document.querySelector("[data-draft]").dataset);
            const scripts = [...named, ...later].filter((one) => one.includes(".js?v="));
            const wanted = [location.href, ...scripts].map((one) => new URL(one, location.href).href);
            if (scripts.length < 8) return false;
            return (await Promise.all(wanted.map((one) => caches.match(one)))).every(Boolean);
        }""")
        half_filled(page)
    context.set_offline(True)
    page.reload()
    expect(document(page)).to_contain_text("meet the group")
    go(page, "Partners and dates")
    answer(page, "What do you call this agreement?", "Without signal")
    _, content = save(page)
    assert "Without signal" in content.decode()
    assert save(page, "Word document (.docx)")[1][:2] == b"PK"
    page.evaluate("localStorage.clear()")
    page.reload()
    drop(page, "ours.md", content)
    told(page, '"Without signal" is open.')
    page.goto("/clauses/money.html")
    expect(page.locator("h1")).to_have_text("No network")
    context.close()


def test_what_is_online_is_never_served_from_what_was_kept(browser: Browser, site: Path, tmp_path: Path):
    site = shutil.copytree(site, tmp_path / "site")
    page_file = site / "guidance/ending-well.html"
    before = page_file.read_text("utf-8")
    with served(site) as where:
        context = new_context(browser, where, service_workers="allow")
        page = context.new_page()
        page.goto("/guidance/ending-well.html")
        page.wait_for_function("async () => Boolean(await caches.match(location.href))")
        page_file.write_text(before.replace("</h1>", " (new)</h1>", 1), "utf-8")
        page.goto("/index.html")
        page.goto("/guidance/ending-well.html")
        expect(page.locator("h1")).to_contain_text("(new)")
        context.close()


# --- long lists -----------------------------------------------------------------------------------

COUNTED = """() => {
    const { querySelectorAll, querySelector } = Element.prototype;
    window.looks = 0;
    Element.prototype.querySelector = function (one) { window.looks += 1; return querySelector.call(this, one); };
    Element.prototype.querySelectorAll = function (one) { window.looks += 1; return querySelectorAll.call(this, one); };
}"""


def test_the_work_for_many_partners_grows_as_their_number(draft: Draft):
    looks = []
    for number in (50, 100):
        page = draft()
        page.evaluate(COUNTED)
        parties = "".join(f"  - name: Party {one}\n" for one in range(number))
        drop(page, "ours.md", f"---\ntitle: Ours\ntemplate: individual-co-working\nparties:\n{parties}---\n".encode())
        told(page, '"Ours" is open.')
        expect(page.get_by_role("group", name=f"Partner {number}", exact=True)).to_have_count(1)
        looks.append(page.evaluate("looks"))
        page.close()
    assert looks[1] < 2.2 * looks[0]
