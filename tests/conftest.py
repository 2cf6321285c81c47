"""What tests may ask for, and the order in which they run: what is quick comes first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings
from playwright.sync_api import Browser, sync_playwright

from support.installed import Installed, install
from support.office import OFFICE, read_the_form
from support.programs import BROWSER_ARGUMENTS, find_browser
from support.sites import SmallSite, build_ours, once_for_all
from support.small import SmallToolkit

# Tests read plain words, whatever colours whoever runs them likes, and wherever they run: on a machine that says "CI"
# some programs write in colour into a pipe.
for wish in ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "CLICOLOR", "COLORTERM", "CI", "GITHUB_ACTIONS"):
    os.environ.pop(wish, None)

# Generated cases are the same in every run.
settings.register_profile("the same each time", derandomize=True, deadline=None, database=None)
settings.load_profile("the same each time")


@pytest.fixture(autouse=True)
def _nothing_at_random(monkeypatch: pytest.MonkeyPatch) -> None:
    """An agreement that a test begins has no id, so that it is the same each time."""
    monkeypatch.setattr("groundrules.files.chance.fresh_id", lambda: "")


@pytest.fixture
def small(tmp_path: Path) -> SmallToolkit:
    return SmallToolkit(tmp_path)


@pytest.fixture
def names(small: SmallToolkit) -> Callable[[], set[str]]:
    """The names of the problems in the small toolkit."""
    return lambda: {problem.name for problem in small.problems()}


@pytest.fixture
def small_site(tmp_path: Path) -> SmallSite:
    return SmallSite(tmp_path)


@pytest.fixture(scope="session")
def our_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, as it is published; for reading only."""
    return once_for_all(tmp_path_factory, "published", build_ours) / "site"


@pytest.fixture(scope="session")
def our_folder(tmp_path_factory: pytest.TempPathFactory, our_site: Path) -> Path:
    """A copy of this repository's toolkit; its site in ``site`` can be opened from the folder. For reading only."""
    return once_for_all(
        tmp_path_factory,
        "in-a-folder",
        lambda root: build_ours(root, "use_directory_urls: false\n", before=our_site.parent),
    )


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what LibreOffice reads in a form of ours."""
    if not OFFICE:
        pytest.skip("LibreOffice is not installed here")
    return once_for_all(tmp_path_factory, "office", read_the_form)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The program as somebody has it who installed the wheel; for reading only."""
    return Installed(once_for_all(tmp_path_factory, "installed", install))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, started once; each test opens a context or a page of its own in it."""
    found = find_browser()
    assert found, "There is no Chromium; `make test` installs one."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=BROWSER_ARGUMENTS)
        yield running
        running.close()


# Whoever asks for one of these builds a site, or starts a browser or an office. Generated cases are slow, too.
OURS = {"our_folder", "our_site"}
SLOW = {"browser", "installed", "office", "our_folder", "our_site", "rebuilt", "small_site", "third_site"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and put it last, so that a plain mistake shows in the first seconds.

    Of what is slow, one test that needs our sites comes first and the others last: one worker builds them while the
    others have something to do.
    """
    for item in items:
        if SLOW & set(getattr(item, "fixturenames", ())) or is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("slow")
    late = [item for item in items if OURS & set(getattr(item, "fixturenames", ()))]
    builder = next((item for item in late if "our_folder" in item.fixturenames), None)  # type: ignore[attr-defined]
    after = dict.fromkeys(late, 3) | {builder: 1}
    items.sort(key=lambda item: after.get(item, 2) if item.get_closest_marker("slow") else 0)
