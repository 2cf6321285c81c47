"""A file that people signed or agreed, opened where a template is filled in: a change opens a round, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from groundrules.agreement.signing.fingerprint import OLD
from groundrules.cli import main
from groundrules.files.load.text import opened
from groundrules.model.pieces import Agreement
from support import partnership
from support.browsing import DESK, PHONE, unstick, violations
from support.drafting import answer, drop, edit, go, is_kept, menu, press, records, step, told, warned
from support.sites import SmallSite, once_for_all, served
from support.small import SmallToolkit

FILE = f"{partnership.FOLDER}/agreement.md"
REASON = "Two of us moved away"
QUESTION = "In what order?"


def signed(root: Path, *changes: tuple[str, str]) -> SmallToolkit:
    """The small toolkit with an agreement that both parties signed and agreed, changed as ``changes`` say."""
    small = SmallToolkit(root)
    partnership.agree(small)
    for old, new in changes:
        partnership.replace(small, old, new)
    return small


def words(small: SmallToolkit) -> bytes:
    return (small.root / FILE).read_bytes()


def agreement(text: bytes | str) -> Agreement:
    found, problems = opened(text if isinstance(text, str) else text.decode(), FILE)
    assert found, problems
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = once_for_all(tmp_path_factory, "signed-drafts", lambda root: SmallSite(root).build())
    with served(root / "site") as where:
        yield where


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, service_workers="block", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    made = context.new_page()
    failures: list[str] = []
    made.on("pageerror", lambda error: failures.append(str(error)))
    made.goto("/templates/team/draft/")
    expect(step(made)).to_be_visible()
    yield made
    assert failures == []
    context.close()


def notice(page: Page):
    return page.locator("[data-part=signed]")


def why(page: Page):
    return page.get_by_label("Why do you change it?")


def open_file(page: Page, small: SmallToolkit) -> None:
    drop(page, "agreement.md", words(small))
    told(page, '"Bridge evenings" is open.')


def change_answer(page: Page, to: str = "by age") -> None:
    go(page, "Publicity")
    answer(page, QUESTION, to)


def saved(page: Page) -> Agreement:
    with page.expect_download() as waiting:
        page.locator(".gr-tools").get_by_role("button", name="Save as a file").click()
    return agreement(Path(waiting.value.path()).read_text("utf-8"))


NOT_CLOSED = (("    agreed: 2026-09-02\n", ""), ("status: agreed\n", ""))
SECOND = "    agreed: 2026-09-02\n  - version: 2\n    opened: 2026-09-03\n    because: We grew.\n"
ENDED = (("status: agreed", "status: ended"),)
# What was signed, what stands above the form, and the rounds once an answer has changed.
SIGNED = {
    "agreed": ((), "Agreed on 2 September 2026, as version 1. Changing its words opens a new round", 2),
    "signed by both": (
        NOT_CLOSED,
        "Signed as version 1 by Ann Lee (Northgate), Bo Ray (Southgate), and not agreed yet. "
        "Changing its words opens a new round: these signatures lapse",
        2,
    ),
    "ended": (ENDED, "This agreement has ended. Changing its words opens a new round", 2),
    "agreed before there were rounds": (
        (("rounds:\n  - version: 1\n    opened: 2026-09-01\n    agreed: 2026-09-02\n", ""),),
        "This is agreed. Changing its words opens a new round",
        1,
    ),
}


@pytest.mark.parametrize("name", SIGNED)
def test_a_change_opens_the_round_that_the_command_line_would(page: Page, tmp_path: Path, name: str):
    changes, said, rounds = SIGNED[name]
    small = signed(tmp_path / "one", *changes)
    if rounds == 1:
        for one in ("version: 1", "fingerprint"):
            text = words(small).decode()
            small.write(FILE, "".join(f"{line}\n" for line in text.splitlines() if one not in line))
        (small.root / partnership.FOLDER / "versions/1.md").unlink()
    open_file(page, small)
    expect(notice(page)).to_contain_text(said)
    expect(why(page)).to_be_hidden()
    assert saved(page).front == agreement(words(small)).front
    change_answer(page)
    expect(notice(page)).to_contain_text(f"The words have changed: round {rounds} is open.")
    press(page, "Save as a file")
    warned(page, f"Say why you change it first. The reason stays in the history, with round {rounds}.")
    expect(why(page)).to_be_focused()
    why(page).fill(REASON)
    made = saved(page)
    command = ["--root", str(small.root), "renegotiate", "bridge", "--because", REASON]
    assert CliRunner().invoke(main, command).exit_code == 0
    small.replace(FILE, "order of names: alphabetical", 'order of names: "by age"')
    expected = agreement(words(small))
    assert made.front == expected.front
    assert [one.text for one in made.sections] == [one.text for one in expected.sections]


def test_a_round_that_is_open_goes_on(page: Page, tmp_path: Path):
    small = signed(tmp_path, ("    agreed: 2026-09-02\n", SECOND), ("status: agreed\n", ""))
    open_file(page, small)
    expect(notice(page)).to_contain_text("Round 2 is open, and nobody has signed in it yet.")
    change_answer(page)
    assert [(one.version, one.because) for one in saved(page).front.rounds] == [(1, ""), (2, "We grew.")]
    expect(why(page)).to_be_hidden()


def test_words_that_are_put_back_open_no_round(page: Page, tmp_path: Path):
    small = signed(tmp_path)
    open_file(page, small)
    change_answer(page)
    why(page).fill(REASON)
    answer(page, QUESTION, "alphabetical")
    expect(why(page)).to_be_hidden()
    assert saved(page).front == agreement(words(small)).front
    for _ in range(3):
        press(page, "Undo")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    assert saved(page).front == agreement(words(small)).front


def test_a_phone_number_is_no_word_that_was_signed(page: Page, tmp_path: Path):
    small = signed(tmp_path)
    open_file(page, small)
    page.get_by_label("Phone, if it helps").first.fill("01632 960145")
    assert saved(page).front.rounds == agreement(words(small)).front.rounds


def test_the_round_and_its_reason_outlive_a_reload(page: Page, tmp_path: Path):
    open_file(page, signed(tmp_path))
    change_answer(page)
    is_kept(page)
    page.reload()
    told(page, "We brought back")
    expect(notice(page)).to_contain_text("Round 2 is open, and nobody has signed in it yet.")
    why(page).fill(REASON)
    is_kept(page)
    assert f'because: "{REASON}"' in str(records(page)[-1]["text"])
    page.reload()
    told(page, "We brought back")
    assert saved(page).front.rounds[-1].because == REASON


def test_words_that_changed_before_they_were_opened_open_a_round_too(page: Page, tmp_path: Path):
    open_file(page, signed(tmp_path, ("order of names: alphabetical", "order of names: by age")))
    expect(notice(page)).to_contain_text("The words have changed: round 2 is open.")


PAY = "Money goes to [our account](https://good.example/) \\<https://evil.example/\\>."
PAY_OTHERS = "Money goes to [our account \\<https://good.example/\\>](https://evil.example/)."
WITH_LINK = partnership.AGREEMENT.replace("We name every", f"{PAY}\n\nWe name every")


def test_a_link_that_an_older_fingerprint_cannot_tell_apart_opens_a_round(page: Page, tmp_path: Path):
    small = SmallToolkit(tmp_path)
    partnership.agree(small, WITH_LINK, OLD)
    open_file(page, small)
    expect(notice(page)).to_contain_text("It covers every word and address, but not which words lead to an address.")
    assert saved(page).front == agreement(words(small)).front
    go(page, "Publicity")
    wording = edit(page)
    signed_words = wording.input_value()
    wording.fill(signed_words.replace(PAY, PAY_OTHERS))
    expect(notice(page)).to_contain_text("The words have changed: round 2 is open.")
    why(page).fill(REASON)
    made = saved(page)
    assert [(one.version, one.because) for one in made.front.rounds] == [(1, ""), (2, REASON)]
    assert PAY_OTHERS in made.sections[0].text
    wording.fill(signed_words)
    assert saved(page).front == agreement(words(small)).front


def test_what_was_signed_on_paper_is_said(page: Page, tmp_path: Path):
    small = SmallToolkit(tmp_path)
    partnership.write(small)
    signature = "signatures:\n  - party: Northgate\n    name: Ann Lee\n    date: 2026-09-01\n"
    partnership.replace(small, "publish: yes\n", f"publish: yes\n{signature}")
    open_file(page, small)
    expect(notice(page)).to_contain_text("Signed on paper by Ann Lee (Northgate).")
    change_answer(page)
    assert saved(page).front.rounds == ()


def test_lines_that_run_on_are_named_when_a_file_is_opened(page: Page, tmp_path: Path):
    small = signed(tmp_path)
    partnership.replace(small, "We name every", "1.1 We share.\n1.2 We name every")
    open_file(page, small)
    told(page, '"1.2" does not start a line of its own: this joins the line above.')


def test_another_draft_says_nothing_of_it(page: Page, tmp_path: Path):
    open_file(page, signed(tmp_path))
    menu(page)
    press(page, "Start a new draft")
    expect(notice(page)).to_be_hidden()


def test_what_is_asked_needs_its_script_and_nothing_is_opened_without(page: Page, tmp_path: Path):
    page.route("**/rounds.js*", lambda route: route.abort())
    drop(page, "agreement.md", words(signed(tmp_path)))
    warned(page, "the part of this page that opens files did not load. Nothing was changed.")
    page.unroute("**/rounds.js*")
    press(page, "Try again")
    expect(notice(page)).to_contain_text("Agreed on 2 September 2026")


def test_axe_finds_nothing_where_a_reason_is_asked(page: Page, tmp_path: Path):
    open_file(page, signed(tmp_path))
    change_answer(page)
    expect(why(page)).to_be_visible()
    unstick(page)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
