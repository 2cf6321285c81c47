"""An old address leads to the page of today, to the same part of it: on a server, from a folder, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support import partnership
from support.sites import SETTINGS, SmallSite, served


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site twice: as a server shows it, and as it is opened from a folder."""
    root = tmp_path_factory.mktemp("moved")
    for name, more in (("served", ""), ("folder", "use_directory_urls: false\n")):
        (root / name).mkdir()
        site = SmallSite(root / name)
        site.write("mkdocs.yml", more + SETTINGS)
        for kind, new, old in (("clauses", "publicity", "press"), ("templates", "team", "crew")):
            site.replace(f"agreements/{kind}/{new}.md", "owner:", f"formerly:\n  - {old}\nowner:")
        partnership.write(site)
        site.build()
    return root


@pytest.fixture(scope="module")
def places(built: Path) -> Iterator[dict[str, str]]:
    with served(built / "served/site") as address:
        yield {"served": address, "folder": (built / "folder/site").as_uri()}


CASES = [
    ("served", "/clauses/press/?from=here#why", "/clauses/publicity/?from=here#why"),
    ("served", "/templates/crew/draft/#gr-step", "/templates/team/draft/#gr-step"),
    ("folder", "/clauses/press.html?from=here#why", "/clauses/publicity.html?from=here#why"),
    ("folder", "/templates/crew/draft.html", "/templates/team/draft.html"),
]


@pytest.mark.parametrize(("place", "old", "new"), CASES)
def test_an_old_address_leads_to_the_same_part_of_the_page(browser: Browser, places, place, old, new):
    page = browser.new_page(service_workers="block")
    page.goto(f"{places[place]}{old}")
    page.wait_for_url(f"{places[place]}{new}")
    expect(page.locator("h1").first).to_be_visible()
    page.close()


@pytest.mark.parametrize(("place", "old", "new"), CASES)
def test_without_scripts_it_leads_to_the_page(browser: Browser, places, place, old, new):
    made = browser.new_context(java_script_enabled=False)
    page = made.new_page()
    page.goto(f"{places[place]}{old}")
    target = new.partition("?")[0].partition("#")[0]
    page.wait_for_url(lambda url: url.partition("?")[0].partition("#")[0] == f"{places[place]}{target}")
    expect(page.locator("h1").first).to_be_visible()
    made.close()
