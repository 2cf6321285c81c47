"""The table of commands: each is a file and a line, and the help of all of them loads none."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from groundrules import cli

FOLDER = Path(cli.__file__).parent / "commands"


def commands_in(path: Path) -> list[str]:
    """The names of the functions in a file that are commands."""
    functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    return [one.name for one in functions if any("click.command" in ast.unparse(each) for each in one.decorator_list)]


def test_each_command_is_in_the_file_of_its_name_and_in_the_table():
    found = {path.stem: commands_in(path) for path in FOLDER.rglob("*.py")}
    assert {name: names for name, names in found.items() if names} == {name: [name] for name in cli.COMMANDS}


@pytest.mark.parametrize(("name", "said"), cli.COMMANDS.items())
def test_the_table_says_what_the_command_says_of_itself(name, said):
    assert cli.command(name).get_short_help_str(limit=1000) == said


def test_the_help_of_all_commands_loads_none():
    ask = "import sys; from groundrules.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert not {f"groundrules.commands.{name}" for name in cli.COMMANDS} & set(said.split())
    assert "pydantic" not in said.split()


def test_a_new_command_is_a_file_and_a_line(monkeypatch):
    @click.command()
    def greet() -> None:
        """Say good morning."""
        click.echo("Good morning.")

    monkeypatch.setitem(sys.modules, "groundrules.commands.greet", type("Module", (), {"greet": greet}))
    group = cli.Commands("groundrules", commands={"greet": click.Command("greet", help="Say good morning.")})
    assert "Say good morning." in CliRunner().invoke(group, ["--help"]).output
    assert CliRunner().invoke(group, ["greet"]).output == "Good morning.\n"
