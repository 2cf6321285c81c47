"""The whole way, from the front page to an agreement that is signed again, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browsing import DESK
from support.drafting import is_kept, step
from support.keys import Keys
from support.sites import served

NAME = "individual-co-working-agreement"


@pytest.fixture(params=["from a folder", "from a sub-path"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of the front page."""
    if request.param == "from a folder":
        yield (request.getfixturevalue("our_folder") / "site/index.html").as_uri()
        return
    (tmp_path / "toolkit").symlink_to(request.getfixturevalue("our_site"))
    with served(tmp_path) as address:
        yield f"{address}/toolkit/"


@pytest.fixture
def person(browser: Browser, home: str) -> Iterator[Callable[[], Keys]]:
    """Somebody with a browser of their own, on the front page."""
    contexts = []

    def person() -> Keys:
        contexts.append(browser.new_context(viewport={"width": DESK, "height": 900}, reduced_motion="reduce"))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        page.goto(home)
        return Keys(page)

    yield person
    for one in contexts:
        one.close()


ANSWERS = {"Name": ["Sam Hill", "Jo Bell"], "Day": ["1", "1"], "Month": ["3", "9"], "Year": ["2027", "2027"]}


def fill_in(keys: Keys, but: str = "") -> None:
    """Answer every question of every step, except the one that is asked in the words ``but``."""
    answers = {label: iter(words) for label, words in ANSWERS.items()}
    while step(keys.page).inner_text() != "Finish":
        while not (stop := keys.tab()) or stop["said"] != "Next":
            is_field = stop and (stop["tag"] == "TEXTAREA" or stop["type"] in ("text", "tel"))
            if is_field and not stop["value"] and not (but and re.search(but, stop["said"])):
                keys.type(next(answers.get(stop["said"], iter(())), "yes"))
        keys.key("Enter")
        expect(step(keys.page)).to_be_focused()


def stands(page: Page, words: str) -> None:
    expect(page.locator(".gr-stands")).to_contain_text(words)


def open_files(keys: Keys, *files: Path, back: bool = False) -> None:
    keys.choose_files("^The agreement, and what you keep", *files, back=back)
    expect(keys.page.locator("[data-part=message]")).to_contain_text("open.")


def sign(keys: Keys, name: str) -> None:
    """Who signs is known by the name."""
    keys.fill("^Your name", name)
    keys.press("^Sign version")


def test_from_the_front_page_to_the_signature_and_round_again(person: Callable[[], Keys], home: str, tmp_path: Path):
    sam = person()

    # A situation leads to a template, and the template to its form.
    sam.follow("^Two of us go out together tonight")
    sam.skip()
    sam.follow("^Fill it in here")
    expect(step(sam.page)).to_be_visible()
    fill_in(sam, but="keep a copy")

    # One question is open, so Sam shares the draft; home greets Sam with it.
    draft = sam.save(tmp_path, "^Save the draft, to share it")
    is_kept(sam.page)
    sam.page.goto(home)
    expect(sam.page.get_by_role("region", name="What you have here")).to_contain_text("A draft, changed on")

    # Jo opens it, answers what is open, and signs.
    jo = person()
    jo.follow("^Open your agreement")
    jo.skip()
    open_files(jo, tmp_path / draft)
    stands(jo.page, "A draft. Nobody has signed it yet.")
    expect(jo.page.get_by_role("heading", name="The files, and who keeps them")).to_be_hidden()
    jo.follow("^Go on filling it in")
    jo.fill("keep a copy", "here")
    answered = sam.actions + jo.actions
    jo.press("^Next")
    jo.follow("^Sign it here")
    stands(jo.page, "A draft. Nobody has signed it yet.")
    sign(jo, "Jo Bell")
    jo.at()
    signed = jo.save(tmp_path)
    stands(jo.page, "Being signed, as version 1. Sam Hill has not signed yet.")
    jo.press("^Copy the message")
    # Jo's browser has the signature, too.
    jo.page.reload()
    stands(jo.page, "Being signed, as version 1. Sam Hill has not signed yet.")

    # Sam has Jo's file, signs, and keeps what is agreed.
    sam.follow("^Open your agreement")
    sam.skip()
    open_files(sam, tmp_path / signed)
    sign(sam, "Sam Hill")
    sam.save(tmp_path)
    kept = sam.save(tmp_path)
    stands(sam.page, "(version 1).")
    assert sam.actions + jo.actions - answered <= 12
    sam.save(tmp_path, "^Put its dates into your calendar")

    # The day of the review comes: they write down what they found.
    sam.press("^Write a record")
    sam.press("^Draft the record")
    sam.type("Sam and Jo.")
    assert re.match(r"\d{4}-\d\d-\d\d-review.md", sam.save(tmp_path, "^Save the record"))

    # Something does not work, so the words change, and both sign again.
    sam.press("^Change what was agreed")
    begun = sam.actions + jo.actions
    sam.fill("^The reason", "Who pays?")
    sam.reach("^Which clause do you change first")
    sam.type("7. Money")
    sam.follow("^Open a round, and change the words")
    # The clause that Sam named stands open.
    expect(step(sam.page)).to_contain_text("Money")
    sam.fill("^The wording", "Sam pays.")
    is_kept(sam.page)
    sam.follow("^Sign the new words", back=True)
    stands(sam.page, "Version 2 is being settled.")
    sign(sam, "Sam Hill")
    assert sam.actions + jo.actions - begun <= 7
    signed = sam.save(tmp_path)
    open_files(jo, tmp_path / signed, tmp_path / kept, back=True)
    sign(jo, "Jo Bell")
    stands(jo.page, "(version 2).")
    assert sam.actions + jo.actions - begun <= 11
    assert [jo.save(tmp_path), jo.save(tmp_path)] == [f"{NAME}-v2-agreed.md", f"{NAME}-v2-kept.md"]
