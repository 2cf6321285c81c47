"""What publishers and engineers are told is complete: an undocumented command, macro or module fails here."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path

import click
import pytest

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.signing.fingerprint import canonical_text, fingerprint
from groundrules.cli import COMMANDS
from groundrules.files.load.text import opened
from groundrules.site.macros import MACROS
from groundrules.writers.kinds import writers

REPOSITORY = Path(__file__).parent.parent
PROJECT = REPOSITORY / "docs/project"
PACKAGE = REPOSITORY / "macros/groundrules"
# Those that write files of any kind.
WRITING = ("export", "record")


def text(page: str) -> str:
    return (PROJECT / page).read_text("utf-8")


@pytest.mark.parametrize("macro", MACROS)
def test_every_macro_is_explained(macro):
    assert f"{macro}(" in text("macros.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name):
    page = text("commands.md")
    assert f"groundrules {name}" in page
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option) and not option.hidden:
            assert any(word in page for word in option.opts), f"groundrules {name} {option.opts[-1]}"


def test_every_kind_of_file_is_explained():
    export, record = (text("commands.md").split(f"## `groundrules {name} ")[1].split("\n## ")[0] for name in WRITING)
    assert re.findall(r"^\| `(\w+)` \|", export, re.M) == list(writers())
    offered = re.findall(r"`(\w+)`", next(line for line in record.splitlines() if line.startswith("| `--to KIND`")))
    assert offered == [kind for kind, one in writers().items() if one.records]


# Indented code is not looked for: nobody writes it here by accident.
TERMINAL = re.compile(r"^(?:```|~~~|\$ )|`[^`\n]*\b(?:groundrules|git|make|mkdocs|pip) [\w-]", re.M)


def test_guidance_holds_no_terminal_command():
    """Readers are not programmers: what is typed at a terminal stands on the pages for publishers."""
    assert TERMINAL.search("Then run `.venv/bin/groundrules check`.")
    pages = [page for page in REPOSITORY.glob("docs/**/*.md") if PROJECT not in page.parents]
    assert [page.name for page in pages if TERMINAL.search(page.read_text("utf-8"))] == []


def test_every_room_stands_in_the_readme_and_on_the_design_page():
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    for page in (text("design.md"), (REPOSITORY / "README.md").read_text("utf-8")):
        drawn = next(part for part in page.split("```")[1::2] if "agreement/" in part and "cli.py" in part)
        assert set(re.findall(r"^ *(\w+)/ ", drawn, re.M)) >= rooms


def test_the_design_names_no_module_that_is_gone():
    listed = text("design.md").split("## Where to look")[1].split("\n## ")[0]
    named = {one.rstrip("/") for one in re.findall(r"`([a-z_]+/[a-z_/]*)`", listed)}
    gone = [one for one in named if not (PACKAGE / one).is_dir() and not (PACKAGE / f"{one}.py").is_file()]
    assert named
    assert gone == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_first_what_it_holds(path):
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert re.match(r"[A-Z`“\"/].*[.:;]", said), said
    assert not re.match(r"(What|Where|How|Whether|Why) ", said), said


WORKFLOW = ".github/workflows/publish.yml"
ACTION = "action.yml"
HOSTING = "docs/project/publish.md"
OWN = "docs/project/own-toolkit.md"


def actions(*pages: str) -> list[str]:
    """The actions that these files name; a reader puts their own in place of capitals."""
    named = (one for page in pages for one in re.findall(r"\buses: (.*)", (REPOSITORY / page).read_text("utf-8")))
    return [one for one in named if not one.startswith("OWNER/")]


def test_actions_are_named_by_commit_and_everywhere_by_the_same():
    used, shown = actions(WORKFLOW, ACTION), actions(HOSTING, OWN)
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []
    assert len({one.split("@")[0] for one in used}) == len({*used})
    assert shown
    assert set(shown) <= set(used)


@pytest.mark.parametrize("page", ["Makefile", "README.md", WORKFLOW, ACTION, HOSTING])
def test_nothing_is_installed_without_its_hash(page):
    installed = re.findall(r"(?:pip|PIP\)) install (.+)", (REPOSITORY / page).read_text("utf-8"))
    # uv makes the hashes.
    known = r"--require-hashes -r \S+\.lock|--no-build-isolation --no-deps (-e )?\.\S*|uv"
    assert installed
    assert [one for one in installed if not re.fullmatch(known, one)] == []


NIGHT_WALKS = """\
---
title: Night walks
template: team-co-working
start: 2026-12-01
parties:
  - name: Northgate Youth
    contact: Ann Lee
    role: Youth worker
    phone: 01632 960111
  - name: Harwick Police
blanks:
  how often we meet:
    ask: "How often do you meet?"
    type: rhythm
  phones:
    ask: "Who has which phone?"
    type: rows
    columns:
      worker:
        ask: "Who?"
      phone:
        ask: "Which number?"
answers:
  how often we meet: every 4 weeks on Tuesday from 2026-12-01
  phones:
    - worker: Ann Lee
      phone: 01632 960111
---
[[Parties]] walk **together**
from [[start]].

> Why: a note says nothing that anybody signs.

## Meetings {#meetings wording=reflect-and-plan}

We meet [[how often we meet]] (see [[#own-1]]).

1. look back
   - what went well
2. plan ahead

## Phones {#own-1}

[[phones]]

Write to [the council](https://council.example/).
"""


def test_the_canonical_text_on_the_page_is_what_the_program_makes():
    part = text("formats.md").split("## The canonical text")[1]
    shown = re.search(r"```\n(gr2\n.*?)```", part, re.S)[1].replace("→", "\t")
    noted = re.search(r"Its fingerprint is `(gr2:[0-9a-f]{64})`", part)[1]
    agreement, _ = opened(NIGHT_WALKS, "agreement.md")
    document = assemble(agreement)
    assert canonical_text(document) == shown
    assert fingerprint(document) == noted == f"gr2:{hashlib.sha256(shown.encode()).hexdigest()}"
