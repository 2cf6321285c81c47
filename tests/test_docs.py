"""What publishers and engineers are told is complete: an undocumented command, macro or module fails here."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from groundrules.cli import main
from groundrules.macros import MACROS

PROJECT = Path(__file__).parent.parent / "docs/project"
PACKAGE = Path(__file__).parent.parent / "macros/groundrules"


def text(page: str) -> str:
    return (PROJECT / page).read_text("utf-8")


@pytest.mark.parametrize("macro", MACROS)
def test_every_macro_is_explained(macro):
    assert f"{macro}(" in text("macros.md")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_option_is_explained(name):
    page = text("commands.md")
    assert f"groundrules {name}" in page
    for option in main.commands[name].params:
        if isinstance(option, click.Option) and not option.hidden:
            assert any(word in page for word in option.opts), f"groundrules {name} {option.opts[-1]}"


def test_every_module_has_its_line_in_the_design():
    page = text("design.md")
    modules = {
        f"{path.parent.name}/" if path.parent != PACKAGE else path.stem
        for path in PACKAGE.rglob("*.py")
        if path.stem != "__init__"
    }
    assert {name for name in modules if f"`{name}`" not in page} == set()


def test_the_design_names_no_module_that_is_gone():
    listed = text("design.md").split("## One module, one duty")[1].split("##")[0]
    named = {
        part.split("`")[0] for line in listed.splitlines() if line.startswith("- ") for part in line.split("`")[1::2]
    }
    there = {path.stem for path in PACKAGE.rglob("*.py")} | {
        f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir()
    }
    assert named - there == set()
