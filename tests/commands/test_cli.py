"""The command line, as people and other programs meet it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from support.small import EXAMPLE, SmallToolkit

GITHUB = re.compile(r"::(error|warning) file=([^,]+),line=(\d+),title=([a-z0-9-]+)::.+")


def check(small: SmallToolkit, *options: str, before: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(main, ["--root", str(small.root), *before, "check", *options])


def break_much(small: SmallToolkit) -> None:
    small.replace("agreements/templates/team.md", "id: publicity", "id: publicty")
    small.replace("agreements/clauses/publicity.md", "group: Working", "group: Wroking")
    small.replace("agreements/checklists/sign.md", "- Has", "<b>- Has")
    small.replace("docs/index.md", "clauses/publicity.md", "clauses/nothing.md")


def make_mild(small: SmallToolkit) -> None:
    small.replace("agreements/examples/two-teams.md", "\n> Why: they fell out over it once.\n", "")


def test_all_is_well(small: SmallToolkit) -> None:
    result = check(small)
    assert result.exit_code == 0
    assert result.output == "No problems.\n"


def test_every_problem_is_named_in_one_run_and_in_order(small: SmallToolkit) -> None:
    break_much(small)
    result = check(small)
    assert result.exit_code == 1
    *lines, total = result.output.splitlines()
    assert {line.split(":")[0] for line in lines} == {
        "agreements/checklists/sign.md",
        "agreements/clauses/publicity.md",
        "agreements/templates/team.md",
        "docs/index.md",
    }
    assert all(re.fullmatch(r"[^:]+:\d+: \[[a-z0-9-]+\] .+", line) for line in lines)
    places = [(line.split(":")[0], int(line.split(":")[1])) for line in lines]
    assert places == sorted(places)
    assert total == f"{len(lines)} errors, 0 warnings."


def test_a_warning_is_said_and_stops_nothing(small: SmallToolkit) -> None:
    make_mild(small)
    result = check(small)
    assert result.exit_code == 0
    assert "[unexplained-clause] warning: " in result.output
    assert result.output.endswith("0 errors, 1 warning.\n")


def test_json(small: SmallToolkit) -> None:
    assert json.loads(check(small, "--format", "json").output) == []
    break_much(small)
    make_mild(small)
    result = check(small, "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert {"error", "warning"} == {one["level"] for one in found}
    assert all(set(one) == {"file", "line", "name", "message", "level"} for one in found)
    assert all(isinstance(one["line"], int) and (small.root / one["file"]).exists() for one in found)


def test_github(small: SmallToolkit) -> None:
    assert check(small, "--format", "github").output.strip() == ""
    break_much(small)
    make_mild(small)
    result = check(small, "--format", "github")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert all(GITHUB.fullmatch(line) for line in lines)
    assert len(lines) == len(json.loads(check(small, "--format", "json").output))


def test_github_escapes_what_would_end_its_command(small: SmallToolkit) -> None:
    small.write("docs/50%,a.md", "x")
    assert "file=docs/50%25%2Ca.md," in check(small, "--format", "github").output


def test_what_is_quoted_from_a_file_stays_on_its_line(small: SmallToolkit) -> None:
    small.replace("agreements/templates/team.md", "title: Team agreement", '"ti\\ntle\\e[2J": Team\ntitle: Team')
    lines = check(small).output.splitlines()
    assert any('"ti\\u000atle\\u001b[2J" is not a key' in line for line in lines)
    assert "\x1b" not in "".join(lines)
    assert all(re.match(r"\S+:\d+: \[|\d+ error", line) for line in lines)


@pytest.mark.parametrize(
    "wrong", [["chek"], ["check", "--fromat", "json"], ["check", "--format", "xml"], ["check", "a"]]
)
def test_wrong_usage_exits_with_2(small: SmallToolkit, wrong: list[str]) -> None:
    assert CliRunner().invoke(main, ["--root", str(small.root), *wrong]).exit_code == 2


@pytest.mark.parametrize("option", ["--root", "--partnerships"])
def test_a_folder_that_is_not_there_is_wrong_usage(small: SmallToolkit, option: str) -> None:
    result = CliRunner().invoke(main, [option, str(small.root / "nowhere"), "check"])
    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_a_folder_that_is_no_toolkit(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--root", str(tmp_path), "check"])
    assert result.exit_code == 1
    assert result.output.startswith("agreements:1: [missing-folder] ")


def test_without_root_it_is_the_folder_that_one_is_in(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    assert CliRunner().invoke(main, ["check"]).output == "No problems.\n"


@pytest.fixture
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the toolkit, with one partnership whose contact has no name."""
    folder = tmp_path_factory.mktemp("private")
    agreement = EXAMPLE.replace("summary: Two teams agree.\nbasis: Invented.\n", "")
    agreement = agreement.replace("owner: The editors\nreviewed: 2026-11-21\n", "")
    (folder / "bridge").mkdir()
    (folder / "bridge" / "agreement.md").write_text(agreement, "utf-8")
    return folder


def test_partnerships_from_a_private_folder(small: SmallToolkit, private: Path) -> None:
    before = ("--partnerships", str(private))
    assert check(small, before=before).output == "No problems.\n"
    agreement = private / "bridge" / "agreement.md"
    agreement.write_text(agreement.read_text("utf-8").replace("template: team", "template: teem"), "utf-8")
    result = check(small, before=before)
    assert result.exit_code == 1
    place = Path(os.path.relpath(agreement, small.root)).as_posix()
    assert result.output.startswith(f'{place}:3: [unknown-template] There is no template "teem".')
    assert check(small).output == "No problems.\n"


def test_a_private_folder_may_be_a_link_that_its_owner_names(small: SmallToolkit, private: Path) -> None:
    link = private.parent / "link"
    link.symlink_to(private)
    assert check(small, before=("--partnerships", str(link))).output == "No problems.\n"


def test_help_names_the_command() -> None:
    assert "check" in CliRunner().invoke(main, ["--help"]).output
    assert CliRunner().invoke(main, ["check", "-h"]).exit_code == 0
