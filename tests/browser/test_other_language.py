"""Scripts say all that they say in the language of the page: a walk through a toolkit whose words nobody speaks."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from groundrules.agreement.document.links import Links
from groundrules.files.load.folders import load
from groundrules.site.library import Library
from support.other_language import english, write
from support.sites import SmallSite, served
from support.small import SmallToolkit

# All that a reader sees or hears, words for screen readers and of what is chosen too.
SHOWN = """() => {
  const said = [document.title, document.body.innerText];
  document.querySelectorAll("option").forEach((one) => said.push(one.textContent));
  for (const name of ["aria-label", "title", "placeholder", "alt", "data-empty", "data-odd"])
    document.querySelectorAll(`[${name}]`).forEach((one) => said.push(one.getAttribute(name)));
  return said;
}"""
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => (one.open = true))"
# Files hold a rhythm in the words that a calendar can read, and these are English in each language.
RHYTHM = "every week from"


class Reader:
    """Somebody who walks through the site; ``odd`` are the English words that stood on the way, by where."""

    def __init__(self, browser: Browser, site: str, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.odd: dict[str, set[str]] = {}
        self.context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], service_workers="block")
        self.context.set_default_timeout(5_000)
        self.context.add_init_script(
            "navigator.canShare = () => true;navigator.share = async () => { throw new Error(); };"
        )
        self.page = self.watched(self.context.new_page())

    def watched(self, page: Page) -> Page:
        page.on("dialog", lambda dialog: (self.look("dialog", [dialog.message]), dialog.accept()))
        return page

    def look(self, where: str, said: list[str] | None = None, page: Page | None = None, allowed: str = "") -> None:
        found = english((page or self.page).evaluate(SHOWN) if said is None else said, allowed)
        if found:
            self.odd.setdefault(where, set()).update(found)

    def at(self, address: str) -> Page:
        self.page.goto(f"{self.site}/{address}")
        return self.page

    def do(self, action: str, within: str = "") -> None:
        self.page.locator(f"{within} [data-do={action}]:visible").first.click()

    def taken(self, button: Locator) -> Path:
        with self.page.expect_download() as waiting:
            button.click()
        path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        self.look(path.name, [text_of(path)])
        return path


def text_of(path: Path) -> str:
    """The words of a file, without the keys and the markup of its kind."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
            return re.sub(r"<[^>]*>", " ", parts.read("word/document.xml").decode())
    text = path.read_text("utf-8")
    if path.suffix == ".ics":
        return " ".join(re.findall(r"^(?:SUMMARY|DESCRIPTION):(.*)", text.replace("\r\n ", ""), re.MULTILINE))
    return re.sub(r"\{#[^}]*\}|\[\[[^]]*\]\]", "", text.split("\n---\n", 1)[1])


def day(field: Locator, *parts: str) -> None:
    for box, part in zip(field.locator(".gr-day-parts input").all(), parts, strict=True):
        box.fill(part)
    field.locator(".gr-day-parts input").last.blur()


def step(reader: Reader, which: str) -> None:
    reader.page.locator("[data-part=steps]").evaluate("one => one.open = true")
    reader.page.locator(f"[data-part=list] [data-step={which}]").click()


def first_step(reader: Reader) -> None:
    page = reader.at("templates/zirtapal/draft/")
    expect(page.locator("[data-draft]")).to_have_attribute("data-live", "")
    page.evaluate(OPEN_ALL)
    reader.look("a first step")
    title = page.locator("[data-field=title] textarea")
    title.fill("<b>")
    expect(page.locator("[data-field=title] .gr-findings p").nth(1)).to_be_visible()
    reader.look("a heading that cannot stand")
    title.fill("Zirtapal zum")
    partners = page.locator("[data-field=parties]")
    for row, name in enumerate(("Zun Zar", "Zit")):
        partners.locator("[name=name]").nth(row).fill(name)
        partners.locator("[name=contact]").nth(row).fill(name)
    partners.locator("[data-do=add]").click()
    partners.locator("[data-do=remove]").last.click()
    reader.look("a partner removed")
    for action in ("undo", "redo"):
        reader.do(action)
        reader.look(action)
    for odd in (("31", "2", "2026"), ("1", "", "2026"), ("1", "zzz", "2026"), ("1", "12", "2026")):
        day(page.locator("[data-field=start]"), *odd)
        reader.look(f"the day {odd}")
    for year in ("2020", "2027"):
        day(page.locator("[data-field=end]"), "1", "12", year)
        reader.look(f"the end in {year}")


def clauses(reader: Reader) -> None:
    page = reader.page
    reader.do("next")
    page.evaluate(OPEN_ALL)
    expect(page.locator("[data-part=form] details li").first).to_be_visible()
    reader.look("a clause")
    field = page.locator("[data-field=zimo] textarea")
    for words in ("zum " * 3000, "zum"):
        field.fill(words)
        reader.look("an answer")
    for name in ("zilo", "zimo"):
        page.locator(f"[data-field={name}] textarea").first.focus()
        page.keyboard.insert_text("zun\nzar")
        expect(page.locator("[data-part=message] p").first).to_be_visible()
        reader.look("several lines pasted")
    page.locator("[data-field=zulo] [name=unit]").select_option("week")
    day(page.locator("[data-field=zulo]"), "1", "12", "2026")
    expect(page.locator("[data-field=zulo] [role=status]").last).not_to_be_empty()
    reader.look("a rhythm", allowed=RHYTHM)
    page.locator("[data-field=zulo] [value=words]").check()
    page.locator("[data-field=zulo] [name=words]").fill("zum")
    day(page.locator("[data-field=zarto]"), "1", "2", "2027")
    page.locator("[data-field=zalo] textarea").first.fill("zun")
    own_words(reader)


def own_words(reader: Reader) -> None:
    page = reader.page
    words = page.locator("[data-field='text zorba'] textarea")
    words.fill("# zum\n\n\tzum *palo")
    expect(page.locator("[data-field='text zorba'] .gr-findings p").nth(1)).to_be_visible()
    reader.look("words that cannot stand")
    words.fill("Zum palo [[zimo]] zirt.")
    page.locator("[data-field=wording] [value=zena]").check()
    reader.look("another wording")
    page.evaluate(OPEN_ALL)
    for action in ("down", "up", "leave"):
        reader.do(action)
        reader.look(action)
    step(reader, "zorba")
    reader.look("a clause that is left out")
    reader.do("bring")
    page.evaluate(OPEN_ALL)
    reader.do("more")
    reader.look("adding a clause")
    reader.do("own")
    reader.look("a clause of one's own")
    reader.do("undo")
    reader.look("undone")


def finish(reader: Reader) -> Path:
    page = reader.page
    step(reader, "signed")
    expect(page.locator("[data-part=next]")).not_to_be_empty()
    page.evaluate(OPEN_ALL)
    reader.look("the last step")
    for action in ("docx", "ics"):
        reader.taken(page.locator(f"[data-part=form] [data-do={action}]"))
    reader.do("share")
    expect(page.locator("[data-part=wrong] p").first).to_be_visible()
    reader.look("what cannot be shared")
    saved = reader.taken(page.locator("[data-part=form] [data-do=md]"))
    reader.look("what is saved")
    return saved


def drafts(reader: Reader, saved: Path) -> None:
    page = reader.page
    other = reader.watched(reader.context.new_page())
    other.goto(page.url)
    expect(other.locator("[data-part=message] p").first).to_be_visible()
    reader.look("a second tab", page=other)
    other.close()
    text = saved.read_text("utf-8")
    chosen = page.locator("input[type=file][data-part=file]")
    wrong = {
        "zun.docx": "a",
        "zun.txt": "zun",
        "zar.md": text.replace('template: "zirtapal"', "template: zar"),
        "zit.md": text.replace("title:", "titel:").replace("start: 2026-12-01", "start: zun"),
    }
    for name, content in wrong.items():
        page.evaluate("document.querySelector('[data-part=wrong]').replaceChildren()")
        chosen.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content.encode()})
        expect(page.locator("[data-part=wrong] p").first).to_be_visible()
        reader.look(f"opening {name}")
    page.evaluate(
        "() => { const [key] = Object.keys(localStorage).filter((one) => one.includes('#draft:'));"
        " localStorage.setItem(key + 'zun', '{'); localStorage.setItem('groundrules:draft:zun', '{}'); }"
    )
    page.reload()
    expect(page.locator(".gr-odd").first).to_be_attached()
    page.evaluate(OPEN_ALL)
    reader.look("a draft that was brought back")
    page.locator("[data-part=nothing]").check()
    reader.look("nothing is kept")
    page.locator("[data-part=nothing]").uncheck()
    page.route("**/more.js*", lambda route: route.abort())
    reader.at("templates/zirtapal/draft/#step=signed")
    page.reload()
    expect(page.locator("[data-part=wrong] p").first).to_be_visible()
    reader.look("a script that does not come")
    page.unroute("**/more.js*")


def signing(reader: Reader, saved: Path) -> None:
    page = reader.at("your-agreement/")
    page.evaluate(OPEN_ALL)
    reader.look("nothing open yet")
    chosen = page.locator("input[type=file][data-part=file]")
    for name, content in {"zun.docx": b"a", "zun.md": b"zun", "zar.md": b"\xff"}.items():
        chosen.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
        expect(page.locator("[data-part=wrong]")).to_contain_text(name)
        reader.look(f"{name} is refused")
    chosen.set_input_files(saved)
    everything(reader, "an agreement that is open")
    for at, name in enumerate(("Zun Zar", "Zit")):
        box = page.locator("[data-task=sign]")
        box.evaluate("one => one.open = true")
        box.locator("[type=submit]").click()
        expect(box.locator("[data-part=refused] p").first).to_be_visible()
        reader.look("what is missing to sign")
        box.locator("[name=party]").select_option(name)
        box.locator("[name=name]").fill(name)
        box.locator("[type=submit]").click()
        expect(page.locator("ul.gr-signed li")).to_have_count(at + 1)
        everything(reader, f"signed by {name}")
        while page.locator(".gr-unsaved button").count():
            saved = reader.taken(page.locator(".gr-unsaved button").first)
        everything(reader, f"saved, signed by {name}")


def everything(reader: Reader, where: str) -> None:
    expect(reader.page.locator(".gr-stands")).to_be_visible()
    reader.page.evaluate(OPEN_ALL)
    reader.look(where)


def afterwards(reader: Reader) -> None:
    page = reader.page
    tried = {"paper": "gr2:" + "0" * 64, "renegotiate": "", "compare": "", "record": ""}
    for name, words in tried.items():
        box = page.locator(f"[data-task={name}]")
        box.evaluate("one => one.open = true")
        if words:
            box.locator("textarea").first.fill(words)
        box.locator("[type=submit]:visible").last.click()
        reader.look(f"the task {name}")
    fields = page.locator("[data-task^='record '] textarea")
    fields.first.fill("zum " * 3000)
    reader.look("an answer that is too long")
    fields.first.fill("zum")
    reader.taken(page.locator("[data-task^='record '] .gr-buttons button").first)
    reader.taken(page.locator("[data-task^='record '] .gr-buttons button").nth(1))
    box = page.locator("[data-task=renegotiate]")
    box.evaluate("one => one.open = true")
    box.locator("[name=because]").fill("zum palo")
    box.locator("[type=submit]").last.click()
    everything(reader, "another round")
    page.locator("[data-part=files] button").first.click()
    reader.look("put away")


def pages(reader: Reader) -> None:
    page = reader.at("elekti/")
    reader.look("a question")
    page.locator(".gr-choice").first.click()
    reader.look("a suggestion")
    reader.at("checklists/zirkvo/")
    page.locator("fieldset label").first.click()
    reader.look("a tick")
    reader.do("clear")
    reader.look("no tick")
    reader.at("letters/zetero/")
    page.locator("[data-letter] + .gr-buttons button").click()
    reader.look("a letter")
    reader.at("")
    reader.look("the front page")
    for words in ("zorba", "zorbo", "xxyyzz"):
        page.locator(".md-search__input").fill(words)
        page.locator(".md-search__input").focus()
        expect(page.locator(".md-search-result__meta")).not_to_be_empty()
        page.wait_for_function("!document.querySelector('.gr-nothing').hidden || document.querySelector('.gr-found')")
        reader.look(f"searching for {words}")


def test_scripts_say_everything_in_the_language_of_the_page(browser: Browser, small_site: SmallSite, tmp_path: Path):
    write(small_site)
    small_site.build()
    with served(small_site.site) as address:
        reader = Reader(browser, address, tmp_path)
        first_step(reader)
        clauses(reader)
        saved = finish(reader)
        drafts(reader, saved)
        signing(reader, saved)
        afterwards(reader)
        pages(reader)
        reader.context.close()
    assert reader.odd == {}


@pytest.mark.parametrize("text", ["⟦Kept at {time}.⟧ zum palo", "⟦Kept ⟦zun⟧⟧, zum.md"])
def test_words_in_marks_are_no_english(text: str):
    assert english([text]) == set()


def test_a_word_outside_the_marks_is_found():
    assert english(["⟦Kept⟧ only zum", "⟦a⟧"]) == {"only"}


def test_a_page_in_another_language_than_its_site_has_its_scripts_in_that_language(small: SmallToolkit):
    small.replace("agreements/templates/team.md", "title: Team", "language: eo\ntitle: Team")
    small.write("agreements/labels/eo.yml", "close: Zarto\nsearch: Zum\n")
    library = Library(load(small.root).toolkit, Links())
    assert '"Zarto"' in library.shipped["draft.eo.js"][1]
    assert '"Close"' in library.shipped["draft.js"][1]
    assert "draft.eo.js?v=" in library.asset("draft.js", "eo")
    assert "draft.js?v=" in library.asset("draft.js", "en-GB")
    # What has no words is the same for all.
    assert library.asset("finder.js", "eo") == library.asset("finder.js")
    page = f'<script src="{library.asset("groundrules.js")}"></script>'
    assert "groundrules.eo.js?v=" in library.heard(page, "eo")
