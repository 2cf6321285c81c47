"""A piece gets another name, and everybody who still says the earlier one means it all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.checks import load_and_check
from groundrules.cli import main
from support import partnership
from support.sites import SETTINGS, build
from support.small import CLAUSE, EXAMPLE, SmallToolkit

pytestmark = pytest.mark.slow

# A second clause that refers to the first, and everything else that can name a piece.
NAMES = CLAUSE.replace("title: Publicity", "title: Names").replace(
    "We name every", "As [[#publicity]] says, we name every"
)
FORM = """\
---
title: Review
summary: How it went.
owner: The editors
reviewed: 2026-11-21
---
Look at [the clause](/clauses/publicity/#why).

## Names

[[#publicity]]

- Did [[#publicity]] work?
"""
CHOOSER = """\
- id: start
  question: "Who are you?"
  answers:
    - answer: "Two teams"
      template: team
      why: "It fits."
"""
SITUATIONS = """\
- situation: We need words.
  page: /clauses/publicity/
  why: Start there.
- situation: We need all of it.
  page: /templates/team/
  why: Start there.
"""
PAGE = """\
---
title: Home
description: The start.
---

# Home

See [publicity](clauses/publicity.md#why), [the team](templates/team.md) and [two teams][two].

[two]: examples/two-teams.md

{{ clause("publicity") }} {{ wording("publicity", wording="every-partner") }} {{ questions("publicity") }}
{{ template("team") }} {{ checklist("sign") }} {{ example("two-teams") }} {{ example("two-teams", "publicity") }}
{{ agreement("two-teams", clause="publicity") }} {{ situations() }} {{ chooser() }} {{ register() }}
"""


def contents(site: Path) -> dict[str, bytes]:
    """What stands in ``site``, but for the day on which it was built."""
    files = (path for path in site.rglob("*") if path.is_file() and not path.name.startswith("sitemap"))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


RENAMED = {
    "clauses": ("publicity", "credit"),
    "templates": ("team", "teams"),
    "examples": ("two-teams", "both-teams"),
    "checklists": ("sign", "ready"),
}


def fill(small: SmallToolkit) -> None:
    small.write(
        "mkdocs.yml", f"{SETTINGS}nav:\n  - index.md\n  - Whose names: clauses/publicity.md\n  - templates/team.md\n"
    )
    small.write("agreements/clauses/names.md", NAMES)
    small.write("agreements/records/review.md", FORM)
    small.write("agreements/chooser.yml", CHOOSER)
    small.write("agreements/situations.yml", SITUATIONS)
    small.write("docs/index.md", PAGE)
    small.replace("agreements/templates/team.md", "needs:", "needs:\n  - clause: publicity\n    message: Say it.")
    small.replace("agreements/templates/team.md", "This is what", "As [[#publicity]] has it, this is what")
    listed = "  - id: publicity\n    wording: every-partner\n"
    small.replace("agreements/templates/team.md", listed, f"{listed}{listed.replace('publicity', 'names')}")
    related = "left out:\n  - names\nrelated:\n  - /clauses/publicity/#why\n  - /checklists/sign/\nstatus: agreed"
    small.write("agreements/examples/two-teams.md", EXAMPLE.replace("status: agreed", related))
    small.write("agreements/clauses/publicity.cy.md", CLAUSE.replace("title: Publicity", "title: Cyhoeddusrwydd"))


def rename(small: SmallToolkit) -> None:
    for kind, (old, new) in RENAMED.items():
        for path in sorted((small.root / "agreements" / kind).glob(f"{old}.*")):
            text = path.read_text("utf-8")
            if path.name == f"{old}.md":
                text = text.replace("owner:", f"formerly:\n  - {old}\nowner:", 1)
            path.unlink()
            small.write(f"agreements/{kind}/{path.name.replace(old, new)}", text)


def follow(small: SmallToolkit) -> None:
    """Write the new names everywhere by hand, as the check asks."""
    for path in small.root.rglob("*"):
        if path.suffix in (".md", ".yml"):
            lines = path.read_text("utf-8").split("\n")
            for number, line in enumerate(lines):
                if number and lines[number - 1] == "formerly:":
                    continue
                for kind, (old, new) in RENAMED.items():
                    line = line.replace(f"{kind}/{old}", f"{kind}/{new}").replace(f'"{old}"', f'"{new}"')
                    one = kind.removesuffix("s")
                    line = line.replace(f"{one}: {old}", f"{one}: {new}").replace(f"#{old}", f"#{new}")
                    line = line.replace(f"id: {old}", f"id: {new}")
                lines[number] = line
            small.write(path.relative_to(small.root).as_posix(), "\n".join(lines))


@pytest.fixture
def renamed(small: SmallToolkit) -> SmallToolkit:
    fill(small)
    noted = CliRunner().invoke(
        main, ["--root", str(small.root), "translation", "clauses/publicity", "cy", "--by", "Ann"]
    )
    assert (noted.exit_code, small.problems()) == (0, [])
    rename(small)
    return small


def test_the_site_is_the_one_that_says_the_new_names(renamed, tmp_path):
    old = build(renamed.root, tmp_path / "old", "--strict")
    assert old.returncode == 0, old.stdout + old.stderr
    said = renamed.problems()
    assert {(one.name, one.level) for one in said} == {("former-name", "warning")}
    follow(renamed)
    assert renamed.problems() == []
    new = build(renamed.root, tmp_path / "new", "--strict")
    assert new.returncode == 0, new.stdout + new.stderr
    one, other = contents(tmp_path / "old"), contents(tmp_path / "new")
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_each_place_that_says_an_earlier_name_is_named_once(renamed):
    said = {(one.file, one.line) for one in renamed.problems()}
    assert len(said) == len({*said})
    before = {
        path: path.read_text("utf-8").split("\n")
        for path in (renamed.root).rglob("*")
        if path.suffix in (".md", ".yml")
    }
    follow(renamed)
    changed = {
        (path.relative_to(renamed.root).as_posix(), number)
        for path, lines in before.items()
        for number, (old, new) in enumerate(zip(lines, path.read_text("utf-8").split("\n"), strict=True), 1)
        if old != new
    }
    # A definition of a Markdown link is named where the link stands.
    links = {("docs/index.md", 10)}
    assert said - {("docs/index.md", 8)} == changed - {("docs/index.md", 8)} - links


def test_a_partnership_keeps_its_words_and_every_signature(small):
    fill(small)
    partnership.agree(small)
    before = load_and_check(small.root)[0].partnerships["bridge"]
    rename(small)
    toolkit, said = load_and_check(small.root)
    assert toolkit.partnerships["bridge"].sections == before.sections
    ours = [one for one in said if one.file.startswith(partnership.FOLDER)]
    assert {one.level for one in ours} == {"warning"}
    assert {one.name for one in ours} >= {"former-name"}
    assert not {one.name for one in ours} & {"need", "unknown-clause", "unknown-section", "broken-site-link"}
