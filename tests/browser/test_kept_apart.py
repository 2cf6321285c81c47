"""What a browser keeps: each site's things apart, and nothing of what a person wrote hidden or lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from support.browsing import violations
from support.drafting import answer, document, edit, go, is_kept, menu, press, records, told, warned, write_day
from support.partnership import AGREEMENT
from support.sites import SmallSite, once_for_all, served
from support.small import TEMPLATE

OPEN_YOURS = "---\ntitle: Open your agreement\ndescription: Files.\n---\n\n# Open your agreement\n\n{{ keeping() }}\n"


def write(root: Path) -> SmallSite:
    root.mkdir()
    site = SmallSite(root)
    site.write("docs/yours.md", OPEN_YOURS)
    site.write("agreements/templates/crew.md", TEMPLATE.replace("Team agreement", "Crew agreement"))
    return site


VERSION = re.compile(r"\?v=(\w{12})")


def age(site: Path) -> None:
    """Make ``site`` a build of its own: the same pages, and the same scripts and styles in another version."""
    texts = {path: path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js", ".css")}
    versions = {one for text in texts.values() for one in VERSION.findall(text)}
    assert len(versions) > 10
    for path, text in texts.items():
        for one in versions & set(re.findall(r"\w{12}", text)):
            text = text.replace(one, one[::-1])
        path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sites of one host: two, and the first as it is once its template was renamed, and once it was taken away."""
    return once_for_all(tmp_path_factory, "host", build_all)


def build_all(root: Path) -> None:
    write(root / "one").build()
    shutil.copytree(root / "one/site", root / "other/site")
    shutil.copytree(root / "one/site", root / "older/site")
    age(root / "older/site")
    for name, template in (("renamed", "squad"), ("removed", "crew")):
        site = write(root / name)
        (site.root / "agreements/templates/team.md").unlink()
        site.replace("agreements/examples/two-teams.md", "template: team", f"template: {template}")
        if name == "renamed":
            site.write(f"agreements/templates/{template}.md", TEMPLATE.replace("---\n", "---\nformerly:\n- team\n", 1))
        site.build()
    site = write(root / "credited")
    for kind, old, new in (("clauses", "publicity", "credit"), ("checklists", "sign", "ready")):
        path = site.root / f"agreements/{kind}/{old}.md"
        text = path.read_text("utf-8").replace("---\n", f"---\nformerly:\n- {old}\n", 1)
        site.write(f"agreements/{kind}/{new}.md", text)
        path.unlink()
    needed = "needs:\n  - clause: publicity\n    message: Say whose names."
    site.replace("agreements/templates/team.md", "needs:", needed)
    site.build()


@pytest.fixture
def host(built: Path, tmp_path: Path) -> Path:
    """The sites, for a test that changes them."""
    return Path(shutil.copytree(built, tmp_path / "host"))


@pytest.fixture
def address(built: Path) -> Iterator[str]:
    with served(built) as where:
        yield where


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=address, service_workers="block", reduced_motion="reduce")
    made.set_default_timeout(10_000)
    yield made
    made.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(context: BrowserContext) -> Iterator[Visit]:
    """Open a page of a site; ``now`` is the state in which the site is served. No script may fail on it."""
    failures: list[str] = []

    def visit(site: str, page: str = "templates/team/draft", now: str = "") -> Page:
        tab = context.new_page()
        tab.on("pageerror", lambda error: failures.append(str(error)))
        if now:
            move(tab, site, now)
        tab.goto(f"/{site}/site/{page}/")
        return tab

    yield visit
    assert failures == []


def move(page: Page, site: str, now: str) -> None:
    here, there = f"/{site}/site/", f"/{now}/site/"
    page.route(f"**{here}**", lambda route: route.continue_(url=route.request.url.replace(here, there, 1)))


def name_it(page: Page, title: str) -> None:
    page.get_by_label("What do you call this agreement?").fill(title)
    is_kept(page)


def kept_names(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('groundrules')).sort()")


def put(page: Page, name: str, text: str) -> None:
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, text])


def record(title: str, template: str = "team") -> dict[str, object]:
    text = f"---\ntitle: {title}\ntemplate: {template}\n---\n"
    return {"revision": 1, "time": 1_790_000_000_000, "text": text, "template": template, "title": title}


def saved(page: Page, name: str) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_text("utf-8")


def drafts(page: Page):
    return page.locator("[data-part=drafts]")


# --- two sites of one host ------------------------------------------------------------------------


def test_two_sites_of_one_host_know_nothing_of_one_another(visit: Visit):
    mine = visit("one")
    name_it(mine, "Harbour nights")
    ticked = visit("one", "checklists/sign")
    ticked.get_by_label("Agreed").first.check()
    ticked.wait_for_function("localStorage.length === 2")
    before = kept_names(mine)
    theirs = visit("other")
    expect(document(theirs)).not_to_contain_text("Harbour nights")
    menu(theirs)
    expect(drafts(theirs)).to_have_text("None yet.")
    expect(visit("other", "yours").locator("[data-part=drafts]")).to_be_empty()
    expect(visit("other", "checklists/sign").locator("fieldset input:checked")).to_have_count(0)
    asked: list[str] = []
    theirs.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    press(theirs, "Clear everything")
    told(theirs, "Everything is cleared.")
    assert asked == ["Clear all drafts and ticks that this site keeps in this browser? Your files stay."]
    assert kept_names(mine) == before
    mine.reload()
    told(mine, 'We brought back "Harbour nights"')


def test_folders_on_a_disk_are_kept_apart(browser: Browser, built: Path):
    context = browser.new_context()
    for site, there in (("one", True), ("other", False)):
        page = context.new_page()
        page.goto((built / site / "site/templates/team/draft/index.html").as_uri())
        if there:
            name_it(page, "Harbour nights")
            page.reload()
            told(page, "We brought back")
        menu(page)
        expect(drafts(page).get_by_text("Harbour nights")).to_have_count(int(there))
    context.close()


def test_drafts_of_earlier_days_go_once_to_a_site_that_has_their_template(visit: Visit):
    page = visit("one", "yours")
    put(page, "groundrules:draft:ours", json.dumps(record("Harbour nights")))
    put(page, "groundrules:draft:theirs", json.dumps(record("Somebody else's", "of-another-site")))
    mine = visit("one")
    told(mine, 'We brought back "Harbour nights"')
    menu(mine)
    expect(drafts(mine)).not_to_contain_text("Somebody else's")
    assert "groundrules:draft:ours" not in kept_names(mine)
    # A site whose scripts are old goes on with the old names.
    put(page, "groundrules:draft:later", json.dumps(record("Later")))
    mine.reload()
    menu(mine)
    expect(drafts(mine)).not_to_contain_text("Later")
    press(mine, "Show older drafts")
    assert saved(mine, "Save as it is: Somebody else's").startswith("---\ntitle: Somebody else's\n")
    assert {"groundrules:draft:later", "groundrules:draft:theirs"} <= set(kept_names(mine))


def test_ticks_of_earlier_days_go_to_the_checklist_that_has_their_questions(visit: Visit):
    page = visit("one", "checklists/sign")
    page.get_by_label("Agreed").first.check()
    (name,) = [one for one in kept_names(page) if "#checklist:" in one]
    text = page.evaluate("name => localStorage.getItem(name)", name)
    page.evaluate("localStorage.clear()")
    put(page, "groundrules:checklist:sign", '{"marks": {"a question of another site": "agreed"}}')
    page.reload()
    expect(page.locator("fieldset input:checked")).to_have_count(0)
    assert kept_names(page) == ["groundrules:checklist:sign"]
    put(page, "groundrules:checklist:sign", text)
    page.reload()
    expect(page.locator("fieldset input:checked")).to_have_count(1)
    assert kept_names(page) == [name]


def test_a_draft_follows_a_clause_that_was_renamed_and_loses_nothing(visit: Visit):
    first = visit("one")
    name_it(first, "Harbour nights")
    first.locator("summary", has_text="Change the opening words").click()
    answer(first, "The wording", "As [[#publicity]] has it, this is what [[parties]] agreed.")
    go(first, "Publicity")
    answer(first, "In what order?", "by age")
    unfinished = "We name every partner, in [[order of names]] order, on [[each page"
    edit(first).fill(unfinished)
    is_kept(first)
    first.close()
    page = visit("one", now="credited")
    told(page, "We brought back")
    steps = page.locator("[data-part=list] button")
    expect(steps.filter(has_text="Publicity")).to_have_count(1)
    expect(document(page)).to_contain_text("As clause 1, Publicity has it")
    expect(page.get_by_text("Say whose names.")).to_have_count(0)
    go(page, "Publicity")
    expect(page.get_by_label("In what order?")).to_have_value("by age")
    expect(page.get_by_label("The wording")).to_have_value(unfinished)
    edit(page).fill("We name all, in [[order of names]] order.")
    is_kept(page)
    text = str(records(page)[0]["text"])
    assert "{#credit wording=every-partner}" in text
    assert "[[#credit]]" in text
    assert "publicity" not in text
    page.locator("[data-do=leave]").evaluate("one => one.click()")
    page.wait_for_function("Object.values(localStorage).some((one) => one.includes('left out'))")
    assert 'left out:\n  - "credit"\n' in str(records(page)[0]["text"])
    expect(steps.filter(has_text="Publicity")).to_have_count(1)


def test_a_renamed_clause_that_the_template_needs_is_there_when_it_is_signed(visit: Visit):
    page = visit("credited", "yours")
    page.locator("[data-part=file]").set_input_files(
        {"name": "agreement.md", "mimeType": "text/markdown", "buffer": AGREEMENT.encode()}
    )
    page.locator("details", has=page.locator("summary", has_text="Sign it")).evaluate("one => one.open = true")
    expect(page.get_by_text("It may not say what you mean")).to_have_count(0)
    press(page, "Sign version 1")
    expect(page.get_by_text("Type your name.")).to_be_visible()
    expect(page.get_by_text("Say whose names.")).to_have_count(0)


def test_signing_does_not_write_over_what_another_tab_typed(visit: Visit):
    page = visit("one")
    name_it(page, "Harbour nights")
    (name,) = [one for one in kept_names(page) if "#draft:" in one]
    draft = records(page)[0] | {"text": AGREEMENT, "title": "Bridge evenings"}
    put(page, name, json.dumps(draft))
    signing = visit("one", "yours")
    signing.goto(f"/one/site/yours/#draft={name.partition('#draft:')[2]}")
    signing.reload()
    other = json.dumps(draft | {"text": AGREEMENT.replace("every partner", "nobody"), "revision": 99})
    put(signing, name, other)
    signing.get_by_label("For which partner do you sign?").select_option("Northgate")
    signing.get_by_label("Your name").fill("Ann Lee")
    signing.get_by_label("Your role").fill("Coordinator")
    press(signing, "Sign version 1")
    expect(signing.locator(".gr-next")).to_contain_text("Nothing is kept in this browser.")
    assert signing.evaluate("name => localStorage.getItem(name)", name) == other


def test_lines_that_run_on_are_named_and_keep_nobody_from_signing(visit: Visit):
    page = visit("one", "yours")
    text = AGREEMENT.replace("We name every", "1.1 We share.\n1.2 We name every").replace(
        "names: alphabetical", 'names: "by\\nage"'
    )
    page.locator("[data-part=file]").set_input_files(
        {"name": "agreement.md", "mimeType": "text/markdown", "buffer": text.encode()}
    )
    expect(page.get_by_text('"1.2" does not start a line of its own')).to_be_visible()
    expect(page.get_by_text('"order of names": a line break here becomes a space.')).to_be_visible()
    assert violations(page) == []
    page.locator("details", has=page.locator("summary", has_text="Sign it")).evaluate("one => one.open = true")
    page.get_by_label("Your name").fill("Ann Lee")
    page.get_by_label("Which partner").or_(page.locator("select[name=party]")).first.select_option("Northgate")
    press(page, "Sign version 1")
    expect(page.get_by_text("Signed by Ann Lee, as version 1.")).to_be_visible()


def test_ticks_follow_a_checklist_that_was_renamed(visit: Visit):
    ticked = visit("one", "checklists/sign")
    ticked.get_by_label("Agreed").first.check()
    page = visit("one", "checklists/ready", now="credited")
    expect(page.get_by_label("Agreed").first).to_be_checked()
    assert [one for one in kept_names(page) if "checklist:sign" in one] == []


# --- what cannot be read --------------------------------------------------------------------------

DAMAGED = [
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    '{"text": 7, "revision": 1, "template": "team"}',
    '{"text": "x", "revision": 0, "template": "team"}',
    '{"text": "x", "revision": 1, "template": ["team"]}',
    '{"text": "x", "revision": 1, "template": "__proto__"}',
    '{"text": "x", "revision": 1, "template": "constructor"}',
]


@pytest.mark.parametrize("text", DAMAGED)
@pytest.mark.parametrize("path", ["templates/team/draft", "yours"])
def test_a_damaged_draft_is_named_and_can_be_saved_and_the_good_ones_stand(visit: Visit, text: str, path: str):
    first = visit("one")
    name_it(first, "Harbour nights")
    (good,) = [one for one in kept_names(first) if "#draft:" in one]
    put(first, f"{good.split('#')[0]}#draft:bad", text)
    page = visit("one", path)
    page.locator("details:has([data-part=drafts]), [data-part=drafts] details").evaluate("one => one.open = true")
    expect(drafts(page).get_by_role("button", name="Harbour nights", exact=True)).to_have_count(1)
    # What has a text and a template may be readable, until somebody opens it.
    untried = drafts(page).get_by_role("button", name=re.compile("^(__proto__|constructor)$"))
    if untried.count():
        untried.click()
    assert saved(page, "Save as it is") == (json.loads(text)["text"] if '"text": "x"' in text else text)
    page.on("dialog", lambda dialog: dialog.accept())
    drafts(page).get_by_role("button", name="Delete").click()
    expect(drafts(page).get_by_role("button", name="Delete")).to_have_count(0)
    assert [one for one in kept_names(page) if "#draft:" in one] == [good]


@pytest.mark.parametrize(
    "changes",
    [
        {"pending": None},
        {"pending": 7, "emptied": {"length": 2}, "saved": "yes", "time": "then", "title": 7},
        {"pending": {"parties": "x", "text publicity": 7}, "emptied": None, "saved": {}, "time": 1e300},
        {"pending": {"parties": [None]}, "revision": "3"},
        {"pending": {"parties": [{"name": {}}]}},
        {"from a newer site": {"kept": ["as it is"]}},
    ],
)
def test_a_draft_of_odd_parts_opens_and_keeps_what_it_does_not_know(visit: Visit, changes: dict[str, object]):
    page = visit("one")
    name_it(page, "Harbour nights")
    (place,) = [one for one in kept_names(page) if "#draft:" in one]
    whole = json.loads(page.evaluate("name => localStorage.getItem(name)", place))
    page.goto("about:blank")
    page = visit("one", "yours")
    put(page, place, json.dumps(whole | changes))
    page = visit("one")
    told(page, "We brought back")
    write_day(page, "When does it start?", "2026-12-01")
    is_kept(page)
    (after,) = records(page)
    assert "start: 2026-12-01" in str(after["text"])
    assert after.get("from a newer site") == changes.get("from a newer site")


def test_damaged_ticks_are_named_and_can_be_saved_and_new_ones_kept(visit: Visit):
    page = visit("one", "checklists/sign")
    page.get_by_label("Agreed").first.check()
    (place,) = kept_names(page)
    put(page, place, '{"marks": {"half')
    page.reload()
    page.get_by_label("Agreed").nth(1).check()
    page.reload()
    expect(page.locator("fieldset input:checked")).to_have_count(1)
    assert violations(page) == []
    assert saved(page, "Save as it is") == '{"marks": {"half'
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".gr-odd")).to_have_count(0)
    assert kept_names(page) == [place]


# --- templates that were renamed or removed -------------------------------------------------------


def test_a_renamed_template_opens_its_drafts(visit: Visit):
    before = visit("one")
    name_it(before, "Harbour nights")
    before.close()
    page = visit("one", "templates/squad/draft", now="renamed")
    told(page, 'We brought back "Harbour nights"')
    page.close()
    other = visit("one", "templates/crew/draft", now="renamed")
    menu(other)
    press(other, "Harbour nights")
    other.wait_for_url("**/squad/**")
    told(other, 'We brought back "Harbour nights"')


def test_an_agreement_keeps_up_with_its_renamed_template(visit: Visit):
    page = visit("renamed", "yours")
    text = "---\ntitle: Harbour nights\ntemplate: team\n---\nThis is what [[parties]] agreed.\n"
    page.locator("[data-part=file]").set_input_files(
        {"name": "agreement.md", "mimeType": "text/markdown", "buffer": text.encode()}
    )
    page.locator("summary", has_text="Keep up with the template").click()
    expect(page.locator("details", has_text="Keep up with the template").last).to_contain_text("Add this clause")


def test_a_draft_whose_template_was_removed_can_be_saved_and_deleted(visit: Visit):
    name_it(visit("one"), "Harbour nights")
    page = visit("one", "templates/crew/draft", now="removed")
    menu(page)
    assert 'title: "Harbour nights"\ntemplate: "team"\n' in saved(page, "Save as it is: Harbour nights")
    assert violations(page) == []
    page.on("dialog", lambda dialog: dialog.dismiss())
    press(page, "Delete: Harbour nights")
    assert len(records(page)) == 1
    yours = visit("one", "yours", now="removed")
    yours.get_by_text("Or a draft that this browser keeps").click()
    yours.get_by_role("button", name="Harbour nights").click()
    expect(yours.locator("h2", has_text="Harbour nights")).to_be_visible()


# --- a full store ---------------------------------------------------------------------------------

FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"


def test_going_on_with_a_full_store_stays_and_says_so(visit: Visit):
    page = visit("one", "yours")
    content = record("Harbour nights")["text"]
    page.locator("[data-part=file]").set_input_files(
        {"name": "agreement.md", "mimeType": "text/markdown", "buffer": str(content).encode()}
    )
    page.evaluate(FULL)
    page.get_by_role("region", name="What comes next").get_by_role("button").click()
    warned(page, "This browser has no room for the draft, so it cannot be handed on. Save the file, go to the page of")
    with page.expect_download() as waiting:
        page.locator("[data-part=wrong]").get_by_role("button", name="Save the agreement").click()
    assert "Harbour nights" in Path(waiting.value.path()).read_text("utf-8")
    assert "/yours/" in page.url


def test_going_on_where_nothing_is_kept_stays_and_says_so(visit: Visit):
    page = visit("one")
    menu(page)
    page.get_by_label("Keep nothing on this computer").check()
    page.goto("/one/site/yours/")
    page.locator("[data-part=file]").set_input_files(
        {
            "name": "agreement.md",
            "mimeType": "text/markdown",
            "buffer": str(record("Harbour nights")["text"]).encode(),
        }
    )
    page.get_by_role("region", name="What comes next").get_by_role("button").click()
    warned(page, "You chose to keep nothing on this computer, so it cannot be handed on. Save the file, go to the page")
    assert "/yours/" in page.url
    assert records(page) == []


def test_drafting_with_a_full_store_offers_the_file_and_asks_before_it_is_lost(visit: Visit):
    page = visit("one")
    page.evaluate(FULL)
    page.get_by_label("What do you call this agreement?").fill("Harbour nights")
    warned(page, "Your draft cannot be kept here: this browser has no room.")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    menu(page)
    with page.expect_event("dialog"):
        press(page, "Start a new draft")
    assert asked == ["This draft is kept nowhere. Go on, and lose it?"]
    expect(document(page)).to_contain_text("Harbour nights")
    with page.expect_download() as waiting:
        page.locator("[data-part=wrong]").get_by_role("button", name="Save as a file").click()
    assert "Harbour nights" in Path(waiting.value.path()).read_text("utf-8")


# --- without a network ----------------------------------------------------------------------------

IS_KEPT = "async (url) => Boolean(await caches.match(url))"


def test_a_page_that_is_gone_is_dropped_and_another_sites_pages_stay(browser: Browser, host: Path):
    with served(host) as where:
        context = browser.new_context(base_url=where)
        for site in ("one", "other"):
            page = context.new_page()
            page.goto(f"/{site}/site/templates/team/")
            page.wait_for_function(IS_KEPT, arg=page.url)
        shutil.rmtree(host / "one/site")
        shutil.copytree(host / "removed/site", host / "one/site")
        page.goto("/one/site/")
        gone, theirs = (f"{where}/{site}/site/templates/team/" for site in ("one", "other"))
        page.wait_for_function(f"async (url) => !(await ({IS_KEPT})(url))", arg=gone)
        # A page that is being kept anew is away for a moment.
        page.wait_for_function(IS_KEPT, arg=theirs)
        context.close()


# --- a host that sends what is old ----------------------------------------------------------------

DRAFT = "templates/team/draft"


class Cache:
    """A host between the reader and site "one", which may send a script or style of the older build."""

    def __init__(self, page: Page, old: str, stale: Callable[[int], bool]) -> None:
        self.visits = 0
        self.stale = stale
        self.sent: list[str] = []
        self.old = re.compile(old)
        page.route(re.compile(r"/one/site/"), self.answer)
        page.on("request", self.count)

    def count(self, request: Request) -> None:
        self.visits += request.is_navigation_request()

    def answer(self, route: Route) -> None:
        url = route.request.url
        if not self.old.search(url) or not self.stale(self.visits):
            return route.continue_()
        self.sent.append(url.rpartition("/")[2].partition("?")[0])
        return route.continue_(url=url.replace("/one/", "/older/", 1))


def newly(source: str, target: str) -> None:
    """Copy a file as one that changed later than any before."""
    shutil.copy(source, target)
    os.utime(target, (time.time() + 60,) * 2)


def once(visits: int) -> bool:
    return visits < 2


def always(_: int) -> bool:
    return True


# Each script and style alone, all together, and a page that a browser kept while its scripts are new.
OLD = [r"\?v=", r"engine\.js", r"draft\.js", r"groundrules\.js", r"groundrules\.css", r"draft\.css", r"/draft/$"]


@pytest.mark.parametrize("old", OLD)
def test_a_page_whose_host_sends_an_old_file_asks_once_for_itself_anew(context: BrowserContext, old: str):
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    cache = Cache(page, old, once)
    page.goto(f"/one/site/{DRAFT}/")
    expect(page.locator("[data-draft][data-live]")).to_have_count(1)
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    name_it(page, "Harbour nights")
    assert cache.visits == 2
    assert cache.sent
    # Without the engine a script ends at its first line, before the page is asked for anew.
    assert set(failures) <= ({"GroundRules is not defined"} if old == r"engine\.js" else set())


def test_a_script_that_is_not_the_one_its_page_asked_for_does_not_run(context: BrowserContext):
    page = context.new_page()
    cache = Cache(page, r"\.js\?", always)
    page.goto(f"/one/site/{DRAFT}/")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    page.wait_for_load_state()
    assert page.evaluate("[window.GroundRules, window.groundRulesOld]") == [None, 1]
    expect(page.get_by_text("To fill it in on this page you need a browser that runs scripts.")).to_be_visible()
    assert kept_names(page) == []
    # A host that goes on sending old ones is not asked again and again.
    assert cache.visits == 2


def test_a_rare_script_that_is_old_is_not_run_and_can_be_asked_for_again(context: BrowserContext):
    page = context.new_page()
    cache = Cache(page, r"reader\.js", always)
    page.goto(f"/one/site/{DRAFT}/")
    content = str(record("Harbour nights")["text"]).encode()
    page.locator("[data-part=file]").set_input_files(
        {"name": "agreement.md", "mimeType": "text/markdown", "buffer": content}
    )
    warned(page, "the part of this page that opens files did not load. Nothing was changed.")
    assert set(cache.sent) == {"reader.js"}
    cache.stale = lambda _: False
    press(page, "Try again")
    told(page, '"Harbour nights" is open.')


def test_a_page_that_is_kept_has_its_own_scripts_without_a_network(browser: Browser, host: Path):
    with served(host) as where:
        context = browser.new_context(base_url=where)
        # The host has the older build first.
        shutil.rmtree(host / "one/site")
        shutil.copytree(host / "older/site", host / "one/site")
        page = context.new_page()
        page.goto(f"/one/site/{DRAFT}/")
        address = page.url
        scripts = page.evaluate(
            "[...document.querySelectorAll('script[src*=\"?v=\"]')].map((one) => one.src)"
            ".concat(['reader', 'more'].map((one) =>"
            " new URL(document.querySelector('[data-draft]').dataset[one], location).href))"
        )
        for one in (address, *scripts):
            page.wait_for_function(IS_KEPT, arg=one)
        # Then the newer one, of which another page is visited.
        shutil.rmtree(host / "one/site")
        shutil.copytree(host / "other/site", host / "one/site", copy_function=newly)
        page.goto("/one/site/templates/team/")
        newer = page.evaluate("document.querySelector('script[src*=\"groundrules.js?v=\"]').src")
        page.wait_for_function(IS_KEPT, arg=newer)
        assert newer not in scripts
        context.set_offline(True)
        page.goto(address)
        expect(page.locator("[data-draft][data-live]")).to_have_count(1)
        name_it(page, "Harbour nights")
        # A page that the worker gives may begin in a process to which what was kept just now has not come yet.
        for _ in range(3):
            page.reload()
            expect(page.locator("[data-draft][data-live]")).to_have_count(1)
            if page.locator("[data-part=message]").text_content():
                break
        told(page, 'We brought back "Harbour nights"')
        context.set_offline(False)
        page.goto(address)
        assert page.evaluate("document.querySelector('script[src*=\"groundrules.js?v=\"]').src") == newer
        told(page, 'We brought back "Harbour nights"')
        context.close()
