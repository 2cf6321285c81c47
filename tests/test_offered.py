"""What other repositories run from this one: the hook for pre-commit, and the action."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml
from click.testing import CliRunner

from groundrules.cli import main
from support import REPOSITORY
from support.small import FILES, SmallToolkit

ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
(HOOK,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
LINES = [HOOK["entry"], ACTION["runs"]["steps"][-1]["run"]]


@pytest.mark.parametrize("line", LINES)
def test_what_they_run_stops_at_a_mistake_and_at_nothing_else(small: SmallToolkit, monkeypatch, line):
    monkeypatch.chdir(small.root)
    program, *words = shlex.split(line)
    assert program == "groundrules"
    assert CliRunner().invoke(main, words).exit_code == 0
    small.replace("agreements/clauses/publicity.md", "title:", "tilte:")
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, "agreements/clauses/publicity.md" in done.output) == (1, True)


def test_the_hook_runs_when_a_file_changes_that_the_check_reads():
    assert [name for name in (*FILES, "mkdocs.yml") if not re.search(HOOK["files"], name)] == []
    assert not re.search(HOOK["files"], "README.md")
    # A file that nobody touched may hold what a change broke.
    assert HOOK["pass_filenames"] is False


def test_the_action_takes_what_its_steps_name():
    steps = str(ACTION["runs"]["steps"])
    assert set(re.findall(r"inputs\.([\w-]+)", steps)) == set(ACTION["inputs"])
    assert all(one.get("shell") == "bash" for one in ACTION["runs"]["steps"] if "run" in one)
