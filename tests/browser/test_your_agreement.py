"""An agreement's life in a real browser, from files alone; the command line reads what comes of it."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.fork import Choices, files
from groundrules.agreement.document.links import Links
from groundrules.agreement.signing.fingerprint import fingerprint
from groundrules.agreement.signing.version import finished
from groundrules.checks import load_and_check
from groundrules.files.load import readers
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.front import BlankDefinition, Party
from groundrules.model.pieces import Agreement
from groundrules.site.browser_data import library_data
from groundrules.site.drawing import script_data
from groundrules.text.markup.nodes import blank_key
from support import REPOSITORY, our_toolkit, partnership
from support.browsing import DESK, PHONE, violations_everywhere
from support.drafting import edit, go, is_kept, press, records, write_day

COMMAND = str(Path(sys.executable).with_name("groundrules"))
TEMPLATE = "individual-co-working"
NAME = "individual-co-working-agreement"
SIGNED = f"{NAME}-v1-signed-by-sam-hill.md"


class Person:
    """Somebody with a browser of their own, and a folder with the files that they were sent."""

    def __init__(self, browser: Browser, root: Path, folder: Path, width: int = DESK, **more: Any) -> None:
        self.site = (root / "site").as_uri()
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        settings = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"} | more
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(10_000)
        self.requests: list[str] = []
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, *names: str) -> Page:
        self.page.goto(f"{self.site}/your-agreement.html")
        if names:
            self.add(*names)
        return self.page

    def add(self, *names: str) -> None:
        self.page.get_by_label("The agreement, and what you keep beside it").set_input_files(
            [self.folder / name for name in names]
        )
        expect(self.page.locator("[data-part=message]")).to_contain_text("open.")

    def task(self, title: str) -> Locator:
        box = self.page.locator("details.gr-task", has=self.page.locator("summary", has_text=title))
        if box.get_attribute("open") is None:
            box.locator("> summary").click()
        return box

    def sign(self, party: str, name: str, role: str = "") -> None:
        box = self.task("Sign it")
        box.get_by_label("For which partner do you sign?").select_option(party)
        box.get_by_label("Your name").fill(name)
        box.get_by_label("Your role").fill(role)
        box.get_by_role("button", name=re.compile("Sign version")).click()

    def keep(self) -> list[str]:
        """Save everything that waits to be saved into the folder; returns the names."""
        names = []
        waiting = self.page.locator(".gr-unsaved button")
        while waiting.count():
            names.append(self.download(waiting.first))
        return names

    def download(self, button: Locator) -> str:
        with self.page.expect_download() as download:
            button.click()
        name = download.value.suggested_filename
        download.value.save_as(self.folder / name)
        return name

    def stands(self, words: str) -> None:
        expect(self.page.locator(".gr-stands")).to_contain_text(words)

    def refused(self, box: Locator, words: str) -> None:
        expect(box.locator("[data-part=refused]")).to_contain_text(words)


@pytest.fixture
def person(browser: Browser, our_folder: Path, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    people: list[Person] = []

    def person(name: str = "somebody", width: int = DESK, root: Path = our_folder, **more: Any) -> Person:
        people.append(Person(browser, root, tmp_path / name, width, **more))
        return people[-1]

    yield person
    for one in people:
        assert [url for url in one.requests if not url.startswith(("file:", "blob:", "data:"))] == []
        one.context.close()


def printed(page: Page) -> str:
    """The fingerprint of today's words, as the page shows it."""
    return page.locator(".gr-print", has_text="Fingerprint of these words").locator("code").inner_text()


# --- the whole story ------------------------------------------------------------------------------


def test_an_agreement_lives_in_the_browser_and_the_command_line_agrees(
    our_folder: Path, person: Callable[..., Person], tmp_path: Path
):
    # The library changes in this story.
    root = shutil.copytree(our_folder, tmp_path / "toolkit")
    sam, jo = person("sam", root=root), person("jo", root=root)

    written(sam.folder, title="")
    sam.open("agreement.md")

    # Sam reads the fingerprint and signs first. What to send, and to whom, is said.
    sam.stands("A draft. Nobody has signed it yet.")
    first = printed(sam.page)
    sam.sign("Sam Hill", "Sam Hill", "youth worker")
    assert sam.keep() == [SIGNED]
    sam.stands("Being signed, as version 1. Jo Bell has not signed yet.")
    next_step = sam.page.locator(".gr-next")
    expect(next_step).to_contain_text(f"Send {SIGNED} to whoever signs next: Jo Bell.")
    expect(next_step.locator("blockquote")).to_contain_text("Open your agreement")

    # Jo gets the file, checks it and signs; all have signed, so it is agreed.
    shutil.copy(sam.folder / SIGNED, jo.folder / SIGNED)
    jo.open(SIGNED)
    assert printed(jo.page) == first
    expect(jo.page.locator(".gr-signed li")).to_contain_text("signed these words")
    box = jo.task("Close the round")
    box.get_by_role("button", name="Close the round").click()
    jo.refused(box, 'Nobody has signed version 1 for "Jo Bell" yet.')
    jo.sign("Jo Bell", "Jo Bell", "police officer")
    jo.stands("(version 1).")
    expect(jo.page.locator("[data-part=message]")).to_contain_text("it is agreed.")
    assert jo.keep() == [f"{NAME}-v1-agreed.md", f"{NAME}-v1-kept.md"]
    # Printing prints the document, not the page around it.
    jo.page.emulate_media(media="print")
    expect(jo.page.locator(".gr-paper .gr-document")).to_be_visible()
    expect(jo.page.locator("#open-files, .gr-task, h1").filter(visible=True)).to_have_count(0)
    jo.page.emulate_media(media="screen")
    (jo.folder / f"{NAME}-v1-kept.md").rename(jo.folder / "1.md")
    shutil.copy(jo.folder / "1.md", sam.folder / "1.md")

    # It did not work, so Jo starts again from a reason, and changes the words on the template's page.
    box = jo.task("Change what was agreed")
    box.get_by_role("button", name="Open a new round only").click()
    jo.refused(box, "Say why, in a sentence")
    box.get_by_label("The reason").fill("Nobody knew who pays for the bus.")
    box.get_by_role("button", name="Open a round, and change the words").click()
    go(jo.page, "Money")
    edit(jo.page).fill("Jo's team pays for the bus.")
    is_kept(jo.page)
    go(jo.page, "Finish")
    press(jo.page, "Sign it here")

    # Both sign the new words; Sam has only the agreement and the first version at hand.
    jo.stands("Version 1 was agreed on")
    jo.stands("Version 2 is being settled.")
    second = printed(jo.page)
    assert second != first
    expect(jo.page.locator(".gr-signed li").first).to_contain_text("which have changed since")
    jo.sign("Jo Bell", "Jo Bell")
    (signed,) = jo.keep()
    assert signed == f"{NAME}-v2-signed-by-jo-bell.md"
    shutil.copy(jo.folder / signed, sam.folder / signed)
    sam.open(signed, "1.md")
    assert printed(sam.page) == second
    sam.sign("Sam Hill", "Sam Hill")
    sam.stands("(version 2).")
    assert sam.keep() == [f"{NAME}-v2-agreed.md", f"{NAME}-v2-kept.md"]
    (sam.folder / f"{NAME}-v2-agreed.md").rename(sam.folder / "agreement.md")
    (sam.folder / f"{NAME}-v2-kept.md").rename(sam.folder / "2.md")

    # What changed from the first version to the second.
    box = sam.task("See what changed")
    box.get_by_label("The older text").select_option(label="Version 1")
    box.get_by_role("button", name="Show what changed").click()
    changes = box.locator("[data-part=changes]")
    expect(changes.locator("h4")).to_have_count(1)
    expect(changes.locator("ins")).to_contain_text("Jo's team pays for the bus")
    expect(changes.locator("del").first).to_contain_text("[removed: ")

    # The template learns something; what was agreed stays, and taking it opens a round with a reason.
    learned(root)
    sam.open("agreement.md", "1.md", "2.md")
    box = sam.task("Keep up with the template")
    expect(box.get_by_role("heading", level=3)).to_have_text(["Safeguarding"])
    expect(box.locator("ins")).to_contain_text("Somebody new stands here.")
    expect(box.get_by_label("Why?")).to_have_value("Keeping up with the template: Safeguarding.")
    box.get_by_role("button", name="Take the library's text: Safeguarding").click()
    sam.stands("Version 2 was agreed on")
    sam.stands("Version 3 is being settled.")
    assert sam.keep() == [f"{NAME}-v3.md", "taken.md"]
    (sam.folder / f"{NAME}-v3.md").rename(sam.folder / "agreement.md")
    expect(sam.task("Keep up with the template")).to_contain_text("up to date with its template")

    # A record of the review, drafted from what was agreed.
    box = sam.task("Write a record")
    write_day(box, "The day it is about", "2027-01-12")
    write_day(box, "The next review", "2027-07-12")
    box.get_by_role("button", name="Draft the record").click()
    box = sam.task("Review: ")
    box.get_by_label("Who took part, and for which partner?").fill("Sam and Jo.\n\nNobody else.")
    assert sam.download(box.get_by_role("button", name="Save the record (.md)")) == "2027-01-12-review.md"

    # The command line reads the folder, and agrees.
    folder = tmp_path / "partnerships" / "sam-and-jo"
    for source, target in (("1.md", "versions"), ("2.md", "versions"), ("2027-01-12-review.md", "records")):
        (folder / target).mkdir(parents=True, exist_ok=True)
        shutil.copy(sam.folder / source, folder / target / source)
    for name in ("agreement.md", "taken.md"):
        shutil.copy(sam.folder / name, folder / name)
    third = printed(sam.page)
    checked = command(root, folder.parent, "check")
    assert "sam-and-jo" not in re.sub(r".*\bwarning\b.*", "", checked.stdout)
    seen = json.loads(command(root, folder.parent, "verify", "sam-and-jo", "--format", "json").stdout)
    assert seen["state"] == "renegotiating"
    assert seen["fingerprint"] == third
    assert [one["fingerprint"] for one in seen["versions"]] == [first, second]
    assert all(one["intact"] for one in seen["versions"])
    assert [one["match"] for one in seen["signatures"]] == ["changed"] * 4
    assert seen["problems"] == []
    record = (folder / "records/2027-01-12-review.md").read_text("utf-8")
    assert list(read_record(record).front.answers.values()) == ["Sam and Jo.\n\nNobody else."]
    status = command(root, folder.parent, "status", "sam-and-jo", "--format", "json").stdout
    assert json.loads(status)
    word = tmp_path / "ours.docx"
    command(root, folder.parent, "export", "sam-and-jo", "--version", "2", "--to", "docx", "-o", str(word))
    assert second in zipfile.ZipFile(word).read("word/document.xml").decode()
    name = sam.download(sam.task("Files, Word").get_by_role("button", name="Word document of version 2"))
    assert zipfile.ZipFile(sam.folder / name).read("word/document.xml") == zipfile.ZipFile(word).read(
        "word/document.xml"
    )
    about = sam.download(sam.task("Files, Word").get_by_role("button", name="For the people it is about"))
    assert "work together" in (sam.folder / about).read_text("utf-8")
    nothing = command(root, folder.parent, "upgrade", "sam-and-jo", "--dry-run").stdout
    assert "up to date with its template" in nothing


def learned(root: Path) -> None:
    """The library's text of one clause changes; only what the site has of it is made anew."""
    clause = root / "agreements/clauses/safeguarding.md"
    text = clause.read_text("utf-8")
    assert "\n## Watch out for" in text
    toolkit = load_and_check(root)[0]
    entry = next(one for one in toolkit.templates[TEMPLATE].front.clauses if one.id == "safeguarding")
    old = toolkit.clauses["safeguarding"].wordings[entry.wording].text
    clause.write_text(text.replace(old, f"{old}\n\nSomebody new stands here."), "utf-8")
    library = SimpleNamespace(toolkit=load_and_check(root)[0], links=Links("/", False))
    script = root / "site/assets/library.js"
    script.write_text(f"window.groundRulesLibrary = {script_data(library_data(library))};", "utf-8")


def command(root: Path, partnerships: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [COMMAND, "--root", str(root), "--partnerships", str(partnerships), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


# --- files that somebody has --------------------------------------------------------------------

START = datetime.date(2026, 12, 1)
ANSWERS: dict[str, Any] = {"date": "2030-03-09", "rhythm": "every week", "list": ["this", "that"]}


def answered(definition: BlankDefinition) -> Any:
    if definition.type == "choice":
        return definition.choices[0]
    if definition.type == "rows":
        return [{name: "2030-03-09" if column.type == "date" else "Sam" for name, column in definition.columns.items()}]
    return ANSWERS.get(definition.type, "what we said")


def written(folder: Path, **changes: Any) -> str:
    """Write an agreement with every question answered into ``folder``; returns its text."""
    toolkit = our_toolkit()
    template = toolkit.templates[TEMPLATE]
    parties = (Party(name="Sam Hill", organisation="Northgate"), Party(name="Jo Bell", organisation="the police"))
    bare, _ = opened(files(template, toolkit, Choices())["agreement.md"], "x/agreement.md")
    assert bare
    answers = {blank_key(name): answered(one) for name, one in bare.front.blanks.items()}
    made = files(
        template,
        toolkit,
        Choices(**{"title": "Night walks", "start": START, "parties": parties, "answers": answers} | changes),
    )
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    return made["agreement.md"]


def read_record(text: str) -> Agreement:
    record, _ = opened(text, "x/records/record.md", readers.read_record)
    assert record
    return record


def agreed(folder: Path) -> str:
    """The same, signed by both and agreed; returns the fingerprint."""
    text = written(folder)
    agreement, _ = opened(text, "x/agreement.md")
    assert agreement
    kept = agreement_source(finished(assemble(agreement), agreement.front, 1))
    (folder / "1.md").write_text(kept, "utf-8")
    words = fingerprint(assemble(agreement))
    signatures = "".join(
        partnership.signature(name, name, day, 1, words)
        for name, day in (("Sam Hill", "2026-09-01"), ("Jo Bell", "2026-09-02"))
    )
    rounds = "rounds:\n  - version: 1\n    opened: 2026-09-01\n    agreed: 2026-09-02\n"
    text = text.replace("parties:\n", "status: agreed\nparties:\n").replace(
        "\n---\n", f"\nsignatures:\n{signatures}{rounds}---\n", 1
    )
    (folder / "agreement.md").write_text(text, "utf-8")
    return words


BROKEN = {
    "ours.docx": (b"PK\x03\x04", 'Choose the file that ends in .md, such as "ours.md".'),
    "picture.md": (b"\xff\xd8\xff\x00", "is not a text file."),
    "notes.md": (b"# Our notes\n\nHello.\n", "This is not an agreement"),
    "half.md": (b'---\ntitle: "x"\n', "The front matter is never closed."),
    "clause.md": ((REPOSITORY / "agreements/clauses/money.md").read_bytes(), "is not a key that may stand here"),
    "example.md": ((REPOSITORY / "agreements/examples/gary-police.md").read_bytes(), "This is a worked example"),
    "print.md": (b'---\ntitle: x\ntemplate: x\nversion: 1\nfingerprint: "gr1:00"\n---\nA.\n', "is not a fingerprint"),
    "large.md": (b"x" * 1_100_000, "is too large"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_file_is_refused_with_its_reason_and_the_others_are_opened(person: Callable[..., Person], name: str):
    sam = person()
    written(sam.folder)
    content, words = BROKEN[name]
    (sam.folder / name).write_bytes(content)
    page = sam.open()
    page.locator("[data-part=file]").set_input_files([sam.folder / name, sam.folder / "agreement.md"])
    expect(page.locator("[data-part=wrong]")).to_contain_text(words)
    expect(page.locator("[data-part=wrong]")).to_be_focused()
    sam.stands("A draft.")


def test_files_can_be_dropped_and_are_told_apart_by_what_they_hold(person: Callable[..., Person]):
    sam = person()
    words = agreed(sam.folder)
    page = sam.open()
    page.evaluate(
        """texts => {
            const data = new DataTransfer();
            texts.forEach((text, at) => data.items.add(new File([text], `file ${at}.md`)));
            document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        [(sam.folder / name).read_text("utf-8") for name in ("1.md", "taken.md", "agreement.md")],
    )
    sam.stands("Agreed on 2 September 2026 (version 1).")
    expect(page.locator(".gr-files strong")).to_have_text(["Kept version", "The library's text, as taken", "Agreement"])
    assert printed(page) == words
    page.get_by_role("button", name="Put away: file 2.md").click()
    expect(page.locator("[data-part=agreement]")).to_contain_text("Open the agreement too, to see who signed it.")


def test_a_name_that_deceives_and_an_open_question_keep_people_from_signing(person: Callable[..., Person]):
    sam = person()
    written(sam.folder, answers={})
    sam.open("agreement.md")
    sam.sign("Sam Hill", "S\u0430m Hill")
    box = sam.task("Sign it")
    sam.refused(box, '"aim for today" is not answered yet.')
    sam.refused(box, "is Cyrillic, and others are not.")
    box.get_by_role("link", name="is Cyrillic").click()
    name = box.get_by_label("Your name")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(re.compile("is Cyrillic"))
    sam.refused(box, 'Nothing was signed. Fill in what is open: "Go on filling it in", further down.')
    write_day(box, "Signed on", "2026-06-31")
    box.get_by_role("button", name="Sign version 1").click()
    sam.refused(box, "Signed on: June has 30 days. Write the day as a number.")
    write_day(box, "Signed on", "1926-09-01")
    box.get_by_role("button", name="Sign version 1").click()
    sam.refused(box, "1926-09-01 lies in another century.")
    expect(box.locator("[data-part=refused]")).to_be_focused()
    assert sam.page.locator(".gr-unsaved").count() == 0


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Auckland", "2026-11-28"), ("Europe/London", "2026-11-27"), ("Asia/Tokyo", "2026-11-28")]
)
def test_who_signs_near_midnight_signs_on_the_day_that_it_is_there(person: Callable[..., Person], zone: str, day: str):
    sam = person(timezone_id=zone)
    sam.page.clock.set_fixed_time("2026-11-27T22:30:00Z")
    written(sam.folder)
    sam.open("agreement.md")
    sam.sign("Sam Hill", "Sam Hill")
    (signed,) = sam.keep()
    assert f"date: {day}" in (sam.folder / signed).read_text("utf-8")


def test_one_person_for_both_partners_is_told_so(person: Callable[..., Person]):
    sam = person()
    written(sam.folder)
    sam.open("agreement.md")
    sam.sign("Sam Hill", "Sam Hill")
    other = sam.task("Sign it").get_by_label("For which partner do you sign?").locator("option").last
    sam.sign(other.get_attribute("value") or "", "Sam Hill")
    expect(sam.page.locator("[data-part=message]")).to_contain_text(
        re.compile('"Sam Hill" has signed version 1 for more than one party: .*Make sure that this is meant.')
    )


def test_words_that_changed_under_a_signature_are_shown_and_not_signed(person: Callable[..., Person]):
    sam = person()
    written(sam.folder)
    sam.open("agreement.md")
    sam.sign("Sam Hill", "Sam Hill")
    (signed,) = sam.keep()
    sam.download(sam.task("Files, Word").get_by_role("button", name="Save the kept text of version 1"))
    file = sam.folder / signed
    file.write_text(file.read_text("utf-8").replace("what we said", "what <b>nobody</b> said", 1), "utf-8")
    sam.open(signed, "night-walks-v1-kept.md")
    box = sam.task("Sign it")
    expect(box).to_contain_text("These are not the words that others have signed as version 1.")
    box.get_by_text("Show what changed").click()
    expect(box.locator("ins").first).to_contain_text("<b>nobody</b>")
    assert sam.page.locator("[data-part=agreement] b").count() == 0


def test_a_kept_version_that_was_changed_is_named(person: Callable[..., Person]):
    sam = person()
    agreed(sam.folder)
    kept = sam.folder / "1.md"
    kept.write_text(kept.read_text("utf-8").replace("what we said", "what we never said", 1), "utf-8")
    page = sam.open("agreement.md", "1.md")
    expect(page.locator("[data-part=agreement]")).to_contain_text(
        "The words in the kept text of version 1 are not those"
    )
    expect(page.locator(".gr-match").first).to_contain_text("is not the one that was signed")


def test_what_the_template_has_learned_reads_as_words(person: Callable[..., Person]):
    sam = person()
    text = written(sam.folder).replace("We want to [[aim", "We only want to [[aim")
    text = re.sub(r"(?ms)^## [^\n]*\{#street-safety .*?(?=^## )", "", text)
    text = re.sub(r'(?m)^  shift-plan: "[0-9a-f]{8}', '  shift-plan: "00000000', text)
    (sam.folder / "agreement.md").write_text(re.sub(r"(?m)^  street[- ](safety|route): .+\n", "", text), "utf-8")
    sam.open("agreement.md")
    box = sam.task("Keep up with the template")
    expect(box.get_by_role("heading", level=3)).to_have_text(
        ["Today's plan, signals and debrief", "Safe on the street"]
    )
    reworded, new = (box.locator(".gr-proposal").nth(at).locator(".gr-marked") for at in (0, 1))
    expect(reworded.locator("del")).to_contain_text("only")
    expect(reworded).to_contain_text("want to what we said")
    expect(new.locator(".gr-blank").first).to_contain_text("street route")
    expect(box).not_to_contain_text("[[")


def test_a_site_older_than_the_agreement_offers_nothing(person: Callable[..., Person]):
    sam = person()
    text = re.sub(r'(?m)^  shift-plan: "[0-9a-f]{8}', '  shift-plan: "00000000', written(sam.folder))
    assert "  library version: " in text
    (sam.folder / "agreement.md").write_text(re.sub(r"(?<=library version: ).*", '"2999.1"', text), "utf-8")
    sam.open("agreement.md")
    box = sam.task("Keep up with the template")
    expect(box).to_contain_text("come from version 2999.1 of the library. Here is version")
    expect(box.locator(".gr-proposal")).to_have_count(0)


def test_a_fingerprint_from_paper_is_compared(person: Callable[..., Person]):
    sam = person()
    words = agreed(sam.folder)
    sam.open("agreement.md", "1.md")
    box = sam.task("Check a fingerprint from paper")
    paper = box.get_by_label("The fingerprint on the paper")
    for typed, said in (
        (f"Fingerprint: {words[:30]}\n {words[30:].upper()}", "It is the fingerprint of today's words and version 1."),
        (f"{words[:-1]}{'0' if words[-1] != '0' else '1'}", "No text that is open here has this fingerprint."),
        (words[:20], "This is not a whole fingerprint."),
    ):
        paper.fill(typed)
        box.get_by_role("button", name="Compare").click()
        expect(box.get_by_role("status")).to_contain_text(said)


def test_a_language_whose_dates_the_page_does_not_know_is_not_guessed(person: Callable[..., Person]):
    sam = person()
    text = written(sam.folder)
    (sam.folder / "agreement.md").write_text(text.replace("template:", "language: sw\ntemplate:", 1), "utf-8")
    page = sam.open("agreement.md")
    expect(page.locator("[data-part=agreement]")).to_contain_text('does not know how "sw" writes its dates')
    assert page.locator(".gr-print").count() == 0


def test_nothing_is_kept_in_the_browser_and_unsaved_work_is_not_lost_by_accident(person: Callable[..., Person]):
    sam = person()
    written(sam.folder)
    page = sam.open("agreement.md")
    sam.sign("Sam Hill", "Sam Hill")
    expect(page.locator(".gr-unsaved button").first).to_be_focused()
    assert page.evaluate("localStorage.length + sessionStorage.length") == page.evaluate(
        "Object.keys(localStorage).filter((one) => !one.startsWith('groundrules')).length + sessionStorage.length"
    )
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.locator("[data-part=file]").set_input_files(sam.folder / "agreement.md")
    assert asked == ["What you have not saved yet would be replaced. Go on?"]
    sam.stands("Being signed, as version 1.")


# --- records --------------------------------------------------------------------------------------


def drafted(sam: Person, kind: str = "review") -> Locator:
    """The task of filling in a new record of today."""
    box = sam.task("Write a record")
    box.get_by_label("Which record?").select_option(kind)
    write_day(box, "The day it is about", "2026-11-28")
    box.get_by_role("button", name="Draft the record").click()
    return sam.page.locator("details.gr-task[open]", has=sam.page.get_by_role("button", name="Save the record (.md)"))


def test_a_record_is_filled_in_and_kept_as_drafts_are(person: Callable[..., Person]):
    sam = person()
    agreed(sam.folder)
    page = sam.open("agreement.md", "1.md")
    box = drafted(sam)
    who, well = (box.get_by_label(one) for one in ("Who took part, and for which partner?", "What has worked well"))
    expect(who).to_be_focused()
    who.fill("Sam and Jo.")
    expect(box).to_contain_text(re.compile(r"1 of \d+ questions answered. Kept in this browser only, at \d\d:\d\d\."))
    well.fill("the rota " * 600)
    expect(box).to_contain_text("5000 is the most. Say it in fewer words. Until then it is kept here, but not in")
    page.reload()
    box = sam.task("Review: ")
    expect(who).to_have_value("Sam and Jo.")
    expect(well).to_have_value("the rota " * 600)
    sam.download(box.get_by_role("button", name="Save the record (.md)"))
    expect(box).to_contain_text("What is too long is not in it.")
    well.fill("The rota.")
    name = sam.download(box.get_by_role("button", name="Save the record (.md)"))
    answers = read_record((sam.folder / name).read_text("utf-8")).front.answers
    assert list(answers.values()) == ["Sam and Jo.", "The rota."]


def test_a_second_record_of_a_day_leaves_the_first(person: Callable[..., Person]):
    sam = person()
    agreed(sam.folder)
    sam.open("agreement.md", "1.md")
    drafted(sam).get_by_label("Who took part, and for which partner?").fill("Sam and Jo.")
    drafted(sam)
    expect(sam.page.locator(".gr-files")).to_contain_text("2026-11-28-review-2.md")
    expect(sam.page.get_by_label("Who took part, and for which partner?").first).to_have_value("Sam and Jo.")


def test_who_wants_it_keeps_nothing_of_a_record(person: Callable[..., Person]):
    sam = person()
    agreed(sam.folder)
    page = sam.open("agreement.md", "1.md")
    box = drafted(sam, "concern")
    box.locator("textarea").first.fill("Sam said so.")
    expect(box).to_contain_text("Kept in this browser only")
    assert len(records(page)) == 1
    box.get_by_label("Keep nothing on this computer").check()
    expect(box).to_contain_text("Nothing is kept in this browser.")
    box.locator("textarea").nth(1).fill("And so did Jo.")
    expect(box).to_contain_text("2 of")
    assert records(page) == []


def test_a_record_without_its_agreement_is_filled_in_as_well(person: Callable[..., Person]):
    sam = person()
    agreed(sam.folder)
    page = sam.open("agreement.md", "1.md")
    name = sam.download(drafted(sam).get_by_role("button", name="Save the record (.md)"))
    page.goto("about:blank")
    sam.open(name)
    box = sam.task("Review: ")
    box.get_by_label("Who took part, and for which partner?").fill("Sam and Jo.")
    sam.download(box.get_by_role("button", name="Save the record (.md)"))
    assert list(read_record((sam.folder / name).read_text("utf-8")).front.answers.values()) == ["Sam and Jo."]


# --- accessibility -------------------------------------------------------------------------------


def everything_open(sam: Person) -> None:
    """Every task unfolded, with something in it; a comparison and a record are drawn."""
    page = sam.page
    box = sam.task("See what changed")
    box.get_by_label("The older text").select_option(index=0)
    box.get_by_role("button", name="Show what changed").click()
    box = sam.task("Write a record")
    box.get_by_label("Which record?").select_option("concern")
    box.get_by_role("button", name="Draft the record").click()
    sam.sign("Sam Hill", "")
    for one in page.locator("details.gr-task").all():
        one.evaluate("one => one.open = true")


def changed_later(folder: Path) -> None:
    """An agreement whose words have changed since it was agreed, and whose library has changed as well."""
    agreed(folder)
    file = folder / "agreement.md"
    text = file.read_text("utf-8").replace("what we said", "what we say now", 2)
    text = re.sub(r"(\{#money wording=[a-z-]+\}\n\n)", r"\1We share the tea.\n", text)
    file.write_text(re.sub(r'(?m)^  money: "[0-9a-f]{8}', '  money: "00000000', text), "utf-8")


def darken(page: Page) -> None:
    """The theme's own switch needs a server."""
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")


def test_axe_finds_nothing_before_anything_is_open(person: Callable[..., Person]):
    assert violations_everywhere(person().open(), darken) == []


def test_axe_finds_nothing_when_everything_is_open(person: Callable[..., Person]):
    sam = person()
    changed_later(sam.folder)
    sam.open("agreement.md", "1.md", "taken.md")
    everything_open(sam)
    assert violations_everywhere(sam.page, darken) == []


@pytest.mark.parametrize("width", [320, PHONE])
def test_nothing_scrolls_sideways_on_a_phone_and_targets_are_large(person: Callable[..., Person], width: int):
    sam = person(width=width)
    changed_later(sam.folder)
    page = sam.open("agreement.md", "1.md", "taken.md")
    everything_open(sam)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate("""() => [...document.querySelectorAll(
        ".gr-keeping :is(button, select, textarea, summary, input:not([type=radio], [type=checkbox]), .gr-tick)")]
        .filter((one) => one.checkVisibility() && !one.closest(".gr-details"))
        .filter((one) => one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML.slice(0, 120))""")
    assert small == []
