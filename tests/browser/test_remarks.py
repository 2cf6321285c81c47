"""What the checks warn of in an agreement's own text is said by the pages that open it, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from groundrules.checks import load_and_check
from support import partnership, table
from support.engine import Engine
from support.small import SmallToolkit

NAMES = ("typed-number", "joined-lines")
CASES = Path(__file__).parent.parent / "checks"
FILE = "agreements/examples/two-teams.md"


def cases() -> list[dict[str, str]]:
    """The changes to the example in the cases of these checks, failing and passing."""
    read = [table(CASES / f"{name}.yml") for name in NAMES]
    found = [case.get("replace", {}).get(FILE) for one in read for kind in one.values() for case in kind.values()]
    return [one for one in found if one]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine("engine.js", "reader.js")


def remarks(engine: Engine, text: str) -> set[Any]:
    found = engine.run("(text) => GroundRules.read(text).remarks", text)
    return {(one["line"], one["name"], one["message"]) for one in found}


@pytest.mark.parametrize("changes", cases())
def test_both_engines_remark_on_the_same_lines(engine: Engine, small: SmallToolkit, changes: dict[str, str]):
    for old, new in changes.items():
        small.replace(FILE, old, new)
    said = {(one.line, one.name, one.message) for one in small.problems() if one.name in NAMES and one.file == FILE}
    assert remarks(engine, (small.root / FILE).read_text("utf-8")) == said


TEXT = partnership.AGREEMENT.replace(
    "This is what [[parties]] agreed.",
    "Some words.\n\n  (\u0664) This is what [[parties]] agreed.\n\n(xiv) Again."
    "\n1.1) And\n\u00a0a. not.\n   ii) So.\n(ab) no",
).replace("order of names: alphabetical", 'order of names: "  by age\\n\\nand size\\n"')


def test_both_remark_on_odd_ones(engine: Engine, small: SmallToolkit):
    partnership.write(small, TEXT)
    file = f"{partnership.FOLDER}/agreement.md"
    said = {(one.line, one.name, one.message) for one in load_and_check(small.root)[1] if one.name in NAMES}
    assert {name for _, name, _ in said} == set(NAMES)
    assert remarks(engine, (small.root / file).read_text("utf-8")) == said
