"""After an edit, ``mkdocs serve --dirty`` serves what a clean build would serve, search included."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import lived
import pytest
from conftest import CLAUSE, EXAMPLE, SmallToolkit
from mkdocs.commands.build import build
from mkdocs.config import load_config

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
        import subprocess
        import sys

        where = self.folder / "clean"
        command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(where)]
        subprocess.run(command, cwd=self.toolkit.root, check=True, capture_output=True)
        return contents(where)


def contents(site: Path) -> dict[str, bytes]:
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("sitemap")}


@pytest.fixture
def site(small: SmallToolkit, tmp_path_factory: pytest.TempPathFactory) -> Site:
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
    toolkit.replace("agreements/sources.yml", "Asks partners", "Tells partners")
    yield "a source"
    toolkit.write(
        "agreements/clauses/money.md",
        CLAUSE.replace("title: Publicity", "title: Money").replace("order of names", "order of payment"),
    )
    yield "a new clause"
    toolkit.replace("agreements/checklists/sign.md", "[[#publicity]]", "[[#money]]")
    yield "a checklist"
    lived.agree(toolkit)
    yield "a partnership"
    lived.replace(toolkit, "order of names: alphabetical", "order of names: random")
    yield "words that nobody has agreed yet"
    words = lived.keep(toolkit, 2)
    signed = lived.signature("Northgate", "Ann Lee", "2026-10-01", 2, words)
    signed += lived.signature("Southgate", "Bo Ray", "2026-10-02", 2, words)
    agreed = "  - version: 2\n    opened: 2026-10-01\n    because: It was unfair.\n    agreed: 2026-10-02\n"
    lived.replace(toolkit, "rounds:\n", f"{signed}rounds:\n")
    lived.replace(toolkit, "agreed: 2026-09-02\n", f"agreed: 2026-09-02\n{agreed}")
    yield "a second version, and so a page of changes"
    toolkit.write(f"{lived.FOLDER}/records/2026-10-20-review.md", RECORD)
    yield "a record"
    shutil.rmtree(toolkit.root / lived.FOLDER)
    yield "a partnership removed"


def test_every_kind_of_edit_is_served_as_a_clean_build_would(site):
    for edit in edits(site.toolkit):
        site.rebuild()
        served, clean = site.served(), site.clean()
        assert set(served) == set(clean), edit
        different = [name for name in clean if served[name] != clean[name]]
        assert not different, f"after {edit}: {different}"


def test_a_rebuild_draws_only_the_pages_that_change(site):
    written = site.folder / "served/clauses/publicity/index.html"
    untouched = site.folder / "served/checklists/sign/index.html"
    before = untouched.stat().st_mtime_ns, written.stat().st_mtime_ns
    site.toolkit.replace("agreements/examples/two-teams.md", "fell out", "fell out badly")
    site.rebuild()
    assert (untouched.stat().st_mtime_ns, written.stat().st_mtime_ns) == before
    assert b"fell out badly" in (site.folder / "served/examples/two-teams/index.html").read_bytes()


def test_the_last_good_site_stays_when_a_check_fails(site):
    before = site.served()
    site.toolkit.replace("agreements/examples/two-teams.md", "[[parties]]", "[[partis]]")
    with pytest.raises(SystemExit):
        site.build(site.folder / "served", dirty=False)
    assert site.served() == before
