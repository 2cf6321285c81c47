"""Other hosts build the same site: Zensical from what ``groundrules stage`` writes, ProperDocs from ``mkdocs.yml``.

Where they do not install, these tests are skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from groundrules.cli import main
from support import REPOSITORY
from support.drafting import answer, is_kept, save
from support.programs import host
from support.sites import SmallSite, once_for_all, served

pytestmark = pytest.mark.slow
EDITED = {"EDIT_URI": "https://example.org/edit/main/docs/"}


def run(name: str, folder: Path, *words: str) -> None:
    """Build the site of ``folder`` with another host, which finds the program, and the plugins that are installed."""
    program = host(name)
    if program is None:
        pytest.skip(f"{name} is not installed here")
    places = [str(REPOSITORY / "macros"), *([sysconfig.get_path("purelib")] if name == "properdocs" else [])]
    about = os.environ | EDITED | {"PYTHONPATH": os.pathsep.join(places), "NO_MKDOCS_2_WARNING": "1"}
    command = [program, "build", "--strict", *words]
    done = subprocess.run(command, cwd=folder, env=about, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def zensical(root: Path, folder: Path) -> Path:
    done = CliRunner(env=EDITED).invoke(main, ["--root", str(root), "stage", str(folder)])
    assert done.exit_code == 0, done.output
    run("zensical", folder)
    return folder / "site"


class Main(HTMLParser):
    """What stands in the main part of a page: its words, and where its links lead.

    And the first line of the menu, the scripts of ours that the page asks for, and what its frame says of language.
    """

    def __init__(self, site: Path, place: str) -> None:
        super().__init__()
        self.place, self.inside, self.tabs = place, 0, 0
        self.menu: list[str] = []
        self.scripts: set[str] = set()
        self.frame: list[str | None] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed((site / place).read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "article"
        self.tabs = self.tabs + 1 if self.tabs or ("class", "md-tabs") in attributes else 0
        found = [value for key, value in attributes if key in ("href", "src") and value and self.inside]
        self.links += [unquote(urljoin(f"/{self.place}", one)).replace("/./", "/") for one in found]
        self.frame += [one for key, one in attributes if key in ("data-waiting", "data-failed", "data-instead")]
        self.frame += [one for key, one in attributes if tag == "html" and key == "lang"]
        self.scripts |= {unquote(urljoin(f"/{self.place}", one)) for key, one in attributes if one and ".js?v=" in one}

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "article"
        self.tabs -= self.tabs > 0

    def handle_data(self, data: str) -> None:
        self.words += data.split() if self.inside else []
        self.menu += data.split() if self.tabs else []


def places(site: Path) -> set[str]:
    """All files of ``site`` but those that each host has for itself."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    own = re.compile(r"assets/(javascripts|stylesheets|images)/|assets/staged|search\.json|sitemap|offline-")
    return {one for one in found if not own.match(one)}


def same(one: Path, other: Path) -> None:
    """Both sites have the same files; pages say the same and lead to the same; all else is the same to the byte."""
    assert places(one) == places(other)
    for place in sorted(places(one)):
        if place.endswith("index.html"):
            first, second = Main(one, place), Main(other, place)
            assert (first.words, first.links, first.menu) == (second.words, second.links, second.menu), place
            assert (first.frame, first.scripts) == (second.frame, second.scripts), place
        elif place == "search/search_index.json":
            first_index, second_index = (json.loads((site / place).read_bytes()) for site in (one, other))
            assert first_index["docs"] == second_index["docs"]
            assert second_index["config"].items() <= first_index["config"].items()
        elif place != "404.html":
            assert (one / place).read_bytes() == (other / place).read_bytes(), place


@pytest.fixture(scope="module")
def on_zensical(tmp_path_factory: pytest.TempPathFactory, our_site: Path) -> Path:
    """Our own site, as Zensical builds it."""
    if not host("zensical"):
        pytest.skip("zensical is not installed here")
    return once_for_all(tmp_path_factory, "on-zensical", lambda to: zensical(our_site.parent, to)) / "site"


def test_zensical_builds_our_whole_site(on_zensical: Path, our_site: Path):
    same(our_site, on_zensical)


def test_zensical_builds_a_small_site_that_has_no_menu_of_its_own(small_site: SmallSite):
    small_site.replace("agreements/clauses/publicity.md", "title: Publicity", "title: Publicity < press & more")
    small_site.build()
    built = zensical(small_site.root, small_site.root / "staged")
    same(small_site.site, built)
    assert "<title>Publicity &lt; press &amp; more - Small</title>" in (
        built / "clauses/publicity/index.html"
    ).read_text("utf-8")


def test_properdocs_builds_a_small_site_from_the_same_settings(small_site: SmallSite, tmp_path: Path):
    small_site.build()
    run("properdocs", small_site.root, "-d", str(tmp_path / "other"))
    same(small_site.site, tmp_path / "other")


@pytest.mark.skipif("WHOLE" not in os.environ, reason="ten seconds more: make test-hosts")
def test_properdocs_builds_our_whole_site(our_site: Path, tmp_path: Path):
    root = shutil.copytree(our_site.parent, tmp_path / "toolkit")
    run("properdocs", root, "-d", str(tmp_path / "other"))
    same(our_site, tmp_path / "other")


@pytest.fixture(scope="module")
def address(on_zensical: Path) -> Iterator[str]:
    with served(on_zensical) as at:
        yield at


def test_a_reader_on_zensical_finds_fills_in_and_finishes_without_a_network(browser: Browser, address: str):
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/clauses/publicity/")
    expect(page.locator(".md-tabs__item--active")).to_have_text("Clauses")
    expect(page.locator(".md-sidebar--secondary .md-nav__link").first).to_have_text("Why agree this")
    page.locator(".md-search__input").fill("one page for teams")
    page.locator(".md-search-result__link", has_text="One-page").first.click()
    page.get_by_role("link", name="Fill it in here").first.click()
    answer(page, "What do you call this agreement?", "Thursdays")
    is_kept(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function(KEPT)
    context.set_offline(True)
    page.reload()
    assert 'title: "Thursdays"' in save(page)[1].decode()
    expect(page.locator(".md-header")).to_have_css("position", "sticky")
    context.set_offline(False)
    page.goto("/your-agreement/")
    expect(page.get_by_role("heading", name="Open the files")).to_be_visible()
    page.goto("/404.html")
    expect(page.get_by_role("link", name="Templates").first).to_have_attribute("href", "/templates/")
    context.close()


# Whether all that the page is made of is kept, the host's own styles as well.
KEPT = """async () => {
    const loaded = performance.getEntriesByType("resource").map((one) => one.name);
    const own = loaded.filter((one) => /\\.(css|js)/.test(one) && !one.includes("offline-worker"));
    return (await Promise.all([location.href, ...own].map((one) => caches.match(one)))).every(Boolean);
}"""
