"""What the tests share: a small toolkit that is right, and ways to break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser_for_tests import find_browser
from playwright.sync_api import Browser, sync_playwright

from groundrules import checks
from groundrules.checks import load_and_check
from groundrules.site import macros  # noqa: F401 - the check of guidance pages knows the macros that have registered
from groundrules.text.problems import Problem

REPOSITORY = Path(__file__).parent.parent
# Nothing that a Chromium does by itself may reach for the network while tests count requests.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

GROUPS = """\
- title: Working together
  summary: Meetings and publicity.
"""

SOURCES = """\
ou:
  title: "Co-working agreements"
  author: "The Open University"
  address: "https://example.org/ou"
  licence: "CC BY-NC-SA 4.0"
  seen: "2026-11-21"
  says: "Asks partners to settle publicity."
  key: "O"
  founding: "yes"
"""

ELEMENTS = """\
element,O,sources naming it
Publicity,x,1
"""

CLAUSE = """\
---
title: Publicity
group: Working together
sources:
  - ou
elements:
  - Publicity
owner: The editors
reviewed: 2026-11-21
blanks:
  order of names:
    ask: "In what order?"
    example: "alphabetical"
---
Whose names are used.

## Why agree this

So that nobody claims all the glory.

## Ask each other

- Which names appear?

## Wording

### Every partner {#every-partner}

We name every partner, in [[order of names]] order.

## Watch out for

- Logos have rules.
"""

TEMPLATE = """\
---
title: Team agreement
summary: What two teams settle.
for: Teams.
time: One meeting.
binding: No.
signs: A manager.
not: A contract.
owner: The editors
reviewed: 2026-11-21
clauses:
  - id: publicity
    wording: every-partner
needs:
  - answer: order of names
    message: Say in what order.
---
This is what [[parties]] agreed.
"""

EXAMPLE = """\
---
title: Two teams
summary: Two teams agree.
basis: Invented.
template: team
owner: The editors
reviewed: 2026-11-21
status: agreed
parties:
  - name: Northgate
    contact: Ann Lee
  - name: Southgate
    contact: Bo Ray
blanks:
  order of names:
    ask: "In what order?"
    example: "alphabetical"
answers:
  order of names: alphabetical
signatures:
  - party: Northgate
    name: Ann Lee
    date: 2026-09-01
  - party: Southgate
    name: Bo Ray
    date: 2026-09-02
---
This is what [[parties]] agreed.

## Publicity {#publicity wording=every-partner}

We name every partner, in [[order of names]] order.

> Why: they fell out over it once.
"""

CHECKLIST = """\
---
title: Before you sign
summary: A last look.
owner: The editors
reviewed: 2026-11-21
---
Go through this together.

## Names

[[#publicity]]

- Has everybody read it?
"""

INDEX = """\
---
title: Home
description: The start.
---

# Home

See [publicity](clauses/publicity.md).
"""

FILES = {
    "agreements/groups.yml": GROUPS,
    "agreements/sources.yml": SOURCES,
    "agreements/elements.csv": ELEMENTS,
    "agreements/clauses/publicity.md": CLAUSE,
    "agreements/templates/team.md": TEMPLATE,
    "agreements/examples/two-teams.md": EXAMPLE,
    "agreements/checklists/sign.md": CHECKLIST,
    "docs/index.md": INDEX,
}


class SmallToolkit:
    """A toolkit in a folder of its own: a clause, a template, an example, a checklist and a page, all of them right."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def problems(self, on_request: bool = False) -> list[Problem]:
        toolkit, found = load_and_check(self.root)
        return sorted({*found, *(checks.run(toolkit, on_request=True) if on_request else ())})


@pytest.fixture
def small(tmp_path: Path) -> SmallToolkit:
    return SmallToolkit(tmp_path)


@pytest.fixture
def names(small: SmallToolkit) -> Callable[[], set[str]]:
    """The names of the problems in the small toolkit."""
    return lambda: {problem.name for problem in small.problems()}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, started once; each test opens a context or a page of its own in it."""
    found = find_browser()
    assert found, "There is no Chromium; `make test` installs one."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=BROWSER_ARGUMENTS)
        yield running
        running.close()


# What builds sites or drives a browser comes last, so that a plain mistake shows in the first seconds.
SLOW = ("test_rebuild", "test_site", "test_engine_js", "test_browser", "test_draft_browser", "test_checklist_browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: SLOW.index(item.path.stem) if item.path.stem in SLOW else -1)
