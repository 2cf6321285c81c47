"""The wheel holds all that a toolkit needs: somebody who installs it needs nothing of this repository."""

from __future__ import annotations

import tomllib

from groundrules import __version__
from groundrules.files.library import library, library_version
from support import REPOSITORY, our_toolkit
from support.installed import Installed


def test_the_program_says_the_version_under_which_it_is_packed():
    assert tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["version"] == __version__


def test_the_library_of_this_repository_is_the_repository():
    assert library() == REPOSITORY
    assert library_version() == our_toolkit().about.version


def test_the_list_of_changes_begins_with_what_comes_next_and_names_this_version():
    titles = [line for line in (REPOSITORY / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## ")]
    assert titles[0] == "## Not released yet"
    assert f"## {__version__}" in titles


def test_the_wheel_knows_both_versions(installed: Installed, tmp_path):
    assert installed.groundrules("--version", folder=tmp_path).split("\n")[:2] == [
        f"groundrules, version {__version__}",
        f"library, version {library_version()}",
    ]


def test_the_wheel_holds_the_library_and_nothing_that_is_ours_alone(installed: Installed):
    held = {path.relative_to(installed.place).as_posix() for path in installed.place.glob("groundrules/library/**/*")}
    pieces = {f"groundrules/library/{one.origin.file}" for one in our_toolkit().pieces if one.kind != "partnerships"}
    assert pieces <= held
    assert not [one for one in held if "partnerships/" in one.replace("docs/partnerships/index.md", "")]
    assert "groundrules/library/docs/index.md" not in held


def test_the_wheel_holds_every_file_of_the_package(installed: Installed):
    package = REPOSITORY / "macros/groundrules"
    ours = {path.relative_to(package).as_posix() for path in package.rglob("*") if "__pycache__" not in path.parts}
    held = {
        path.relative_to(installed.place / "groundrules").as_posix()
        for path in installed.place.rglob("*")
        if path.is_relative_to(installed.place / "groundrules")
    }
    assert ours - held == set()
