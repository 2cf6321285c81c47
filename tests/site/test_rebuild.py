"""After an edit, ``mkdocs serve --dirty`` serves what a clean build would serve, search included."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from support import partnership
from support.sites import build as build_elsewhere
from support.small import CLAUSE, EXAMPLE, SmallToolkit

MKDOCS = """\
site_name: Small
theme: material
use_directory_urls: true
exclude_docs: |
  !/templates/
plugins:
  - groundrules
  - search
  - macros:
      modules: [groundrules]
      on_undefined: strict
      on_error_fail: true
nav:
  - index.md
  - Clauses: clauses/
  - Templates: templates/
  - Examples: examples/
  - Checklists: checklists/
  - guide.md
"""

GUIDE = """\
---
title: Guide
description: A guide.
---

# Guide

{{ wording("publicity") }}

{{ catalogue("examples") }}

{{ register() }}
"""


RECORD = """\
---
title: A review
template: review
date: 2026-10-20
next: 2027-04-20
---
## How it went {#went}

Well.
"""


class Site:
    """One toolkit, built again and again by a plugin that remembers, as under ``mkdocs serve``."""

    def __init__(self, toolkit: SmallToolkit, folder: Path) -> None:
        self.toolkit = toolkit
        self.folder = folder
        toolkit.write("mkdocs.yml", MKDOCS)
        toolkit.write("docs/guide.md", GUIDE)
        self.build(folder / "served", dirty=False)

    def build(self, where: Path, dirty: bool) -> None:
        config = load_config(str(self.toolkit.root / "mkdocs.yml"), site_dir=str(where))
        if not dirty:
            config.plugins.on_startup(command="serve", dirty=True)
        build(config, dirty=dirty)

    def rebuild(self) -> None:
        self.build(self.folder / "served", dirty=True)

    def served(self) -> dict[str, bytes]:
        return contents(self.folder / "served")

    def clean(self) -> dict[str, bytes]:
        """What another process would build from the same files."""
        where = self.folder / "clean"
        done = build_elsewhere(self.toolkit.root, where)
        assert done.returncode == 0, done.stdout + done.stderr
        return contents(where)


def contents(site: Path) -> dict[str, bytes]:
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("sitemap")}


@pytest.fixture
def rebuilt(small: SmallToolkit, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(small, tmp_path_factory.mktemp("sites"))


def edits(toolkit: SmallToolkit) -> Iterator[str]:
    """One edit after another; each is yielded by name once it is made."""
    toolkit.replace("agreements/clauses/publicity.md", "We name every partner", "We name each partner")
    yield "a wording"
    toolkit.replace("agreements/clauses/publicity.md", "title: Publicity", "title: Publicity and credit")
    yield "a clause's title"
    toolkit.write("agreements/examples/third.md", EXAMPLE.replace("title: Two teams", "title: A third"))
    yield "a new example"
    toolkit.replace("agreements/examples/third.md", "fell out", "fell out badly")
    yield "a note"
    (toolkit.root / "agreements/examples/third.md").unlink()
    yield "an example removed"
    toolkit.replace("docs/guide.md", "# Guide", "# Guide\n\nMore words.")
    yield "a guidance page"
    toolkit.write("docs/our räume #1.md", GUIDE.replace("title: Guide", "title: Rooms"))
    toolkit.write("docs/plan.svg", "<svg/>")
    yield "a new guidance page, and an asset"
    toolkit.replace("docs/our räume #1.md", "# Guide", "# Rooms\n\nMore words.")
    toolkit.write("docs/plan.svg", "<svg></svg>")
    yield "another text of each"
    (toolkit.root / "docs/our räume #1.md").unlink()
    (toolkit.root / "docs/plan.svg").unlink()
    toolkit.write("docs/LICENCE", GUIDE.replace("title: Guide", "title: Licence"))
    yield "a guidance page and an asset removed"
    (toolkit.root / "docs/LICENCE").rename(toolkit.root / "docs/LICENCE.md")
    yield "a file that becomes a page"
    toolkit.replace("docs/guide.md", "title: Guide\n", "title: Guide\nsearch:\n  exclude: True\n")
    yield "a page that search leaves out"
    toolkit.write("docs/first.md", GUIDE.replace("title: Guide", "title: First"))
    toolkit.write("docs/second.md", GUIDE.replace("title: Guide", "title: Second"))
    yield "two pages"
    toolkit.replace("docs/first.md", "# Guide", "# Guide\n\nOne.")
    toolkit.replace("docs/second.md", "# Guide", "# Guide\n\nTwo.")
    yield "both of them at once"
    toolkit.replace("agreements/sources.yml", "Asks partners", "Tells partners")
    yield "a source"
    toolkit.write(
        "agreements/clauses/money.md",
        CLAUSE.replace("title: Publicity", "title: Money").replace("order of names", "order of payment"),
    )
    yield "a new clause"
    toolkit.replace("agreements/checklists/sign.md", "[[#publicity]]", "[[#money]]")
    yield "a checklist"
    partnership.agree(toolkit)
    yield "a partnership"
    partnership.replace(toolkit, "order of names: alphabetical", "order of names: random")
    yield "words that nobody has agreed yet"
    words = partnership.keep(toolkit, 2)
    signed = partnership.signature("Northgate", "Ann Lee", "2026-10-01", 2, words)
    signed += partnership.signature("Southgate", "Bo Ray", "2026-10-02", 2, words)
    agreed = "  - version: 2\n    opened: 2026-10-01\n    because: It was unfair.\n    agreed: 2026-10-02\n"
    partnership.replace(toolkit, "rounds:\n", f"{signed}rounds:\n")
    partnership.replace(toolkit, "agreed: 2026-09-02\n", f"agreed: 2026-09-02\n{agreed}")
    yield "a second version, and so a page of changes"
    toolkit.write(f"{partnership.FOLDER}/records/2026-10-20-review.md", RECORD)
    yield "a record"
    shutil.rmtree(toolkit.root / partnership.FOLDER)
    yield "a partnership removed"


def test_every_kind_of_edit_is_served_as_a_clean_build_would(rebuilt):
    for edit in edits(rebuilt.toolkit):
        rebuilt.rebuild()
        served, clean = rebuilt.served(), rebuilt.clean()
        assert set(served) == set(clean), edit
        different = [name for name in clean if served[name] != clean[name]]
        assert not different, f"after {edit}: {different}"


def test_a_rebuild_draws_only_the_pages_that_change(rebuilt):
    written = rebuilt.folder / "served/clauses/publicity/index.html"
    untouched = rebuilt.folder / "served/checklists/sign/index.html"
    before = untouched.stat().st_mtime_ns, written.stat().st_mtime_ns
    rebuilt.toolkit.replace("agreements/examples/two-teams.md", "fell out", "fell out badly")
    rebuilt.rebuild()
    assert (untouched.stat().st_mtime_ns, written.stat().st_mtime_ns) == before
    assert b"fell out badly" in (rebuilt.folder / "served/examples/two-teams/index.html").read_bytes()


def test_the_last_good_site_stays_when_a_check_fails(rebuilt):
    before = rebuilt.served()
    rebuilt.toolkit.replace("agreements/examples/two-teams.md", "[[parties]]", "[[partis]]")
    with pytest.raises(SystemExit):
        rebuilt.build(rebuilt.folder / "served", dirty=False)
    assert rebuilt.served() == before
