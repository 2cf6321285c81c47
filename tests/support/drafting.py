"""What a person does on a drafting page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def step(page: Page) -> Locator:
    return page.locator("#gr-step")


def document(page: Page) -> Locator:
    return page.locator("article.gr-document")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def answer(page: Page, question: str, words: str) -> None:
    page.get_by_label(question).first.fill(words)


def write_day(where: Page | Locator, question: str, day: str) -> None:
    """Type year-month-day into the three fields of a day."""
    fields = where.get_by_role("group", name=question).first
    for label, part in zip(("Year", "Month", "Day"), day.split("-"), strict=True):
        fields.get_by_label(label, exact=True).fill(part)


def go(page: Page, title: str) -> None:
    """Jump to a step by the list of all clauses."""
    page.locator("[data-part=steps]").evaluate("one => one.open = true")
    page.locator("[data-part=list] button", has_text=title).click()
    expect(step(page)).to_have_text(title)


def edit(page: Page) -> Locator:
    """Open what changes a clause: its wording is returned."""
    page.locator("details", has=page.get_by_label("The wording")).evaluate("one => one.open = true")
    return page.get_by_label("The wording")


def menu(page: Page) -> None:
    page.locator("[data-part=menu]").evaluate("one => one.open = true")


def is_kept(page: Page) -> None:
    """Wait until what was typed is kept."""
    expect(page.locator("[data-part=kept]")).to_contain_text(re.compile(r"Kept in this browser only, at \d\d:\d\d\."))
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")


def save(page: Page, kind: str = "Save the draft as a file (.md)") -> tuple[str, bytes]:
    go(page, "Finish")
    with page.expect_download() as waiting:
        page.locator("[data-part=form]").get_by_role("button", name=kind, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def drop(page: Page, name: str, content: bytes) -> None:
    page.locator("[data-part=file]").set_input_files({"name": name, "mimeType": "text/markdown", "buffer": content})


def told(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-part=message]")).to_contain_text(words)


def warned(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-part=wrong]")).to_contain_text(words)


def start_anew(page: Page) -> None:
    """Begin another draft, and wait until its own fields stand there."""
    press(page, "Start a new draft")
    told(page, "This is a new draft.")


def records(page: Page) -> list[dict[str, object]]:
    texts = page.evaluate("""() => Object.keys(localStorage).filter((one) => /^groundrules:.*#draft:/.test(one))
        .map((one) => localStorage.getItem(one))""")
    return [json.loads(text) for text in texts]


def two_people(page: Page) -> None:
    for number, (name, organisation) in enumerate((("Sam Hill", "Northgate"), ("Jo Bell", "the police"))):
        page.get_by_role("textbox", name="Name", exact=True).nth(number).fill(name)
        page.get_by_role("textbox", name="Works or volunteers for").nth(number).fill(organisation)


def half_filled(page: Page) -> None:
    two_people(page)
    press(page, "Next")
    answer(page, "What are you trying to do today?", "meet the group")
    answer(page, "Who?", "Sam")
    is_kept(page)


def answer_everything(page: Page) -> None:
    """Put something into every field of every step."""
    two_people(page)
    write_day(page, "When does it start?", "2026-12-01")
    while True:
        for field in page.locator("[data-part=answers] .gr-day:visible").all():
            for part, words in zip(field.locator("input").all(), ("1", "March", "2027"), strict=True):
                part.fill(words)
        for field in page.locator("[data-part=answers] :is(input[type=text], textarea):visible").all():
            if not field.input_value():
                field.fill("what we said")
        for field in page.locator("[data-part=answers] fieldset:has(> label [type=radio])").all():
            field.locator("[type=radio]").nth(1).check()
        if step(page).inner_text() == "Finish":
            return
        press(page, "Next")
