"""One command makes a release, or refuses and changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import REPOSITORY

LOG = "# What changed\n\n## Not released yet\n\n### Added\n\n- A thing.\n\n## 0.1.0\n\nThe first.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """As much of a project as a release touches; its make writes a wheel, or fails where there is a file "broken"."""
    files = {
        "CHANGELOG.md": LOG,
        "pyproject.toml": '[project]\nname = "groundrules"\nversion = "0.1.0"\n',
        "macros/groundrules/__init__.py": '__version__ = "0.1.0"\n',
        "docs/project/own-toolkit.md": "Take groundrules-0.1.0-py3-none-any.whl.\n",
        "Makefile": "wheel:\n\ttest ! -e broken\n\tmkdir dist\n\ttouch dist/groundrules.whl\n",
        ".gitignore": "dist/\nbroken\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def git(folder: Path, *words: str) -> str:
    person = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    done = subprocess.run(["git", *person, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def release(folder: Path, version: str) -> subprocess.CompletedProcess[str]:
    who = {f"GIT_{one}_{what}": "ann@example.org" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = [sys.executable, str(REPOSITORY / "tests/release.py"), version]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ | who)


def test_a_release_is_a_commit_a_tag_a_wheel_and_an_entry(project: Path):
    done = release(project, "0.2.0")
    assert done.returncode == 0, done.stderr
    log = (project / "CHANGELOG.md").read_text("utf-8")
    assert log.index("## Not released yet") < log.index("## 0.2.0") < log.index("- A thing.") < log.index("## 0.1.0")
    assert '"0.2.0"' in (project / "pyproject.toml").read_text("utf-8")
    assert '"0.2.0"' in (project / "macros/groundrules/__init__.py").read_text("utf-8")
    assert "groundrules-0.2.0-py3" in (project / "docs/project/own-toolkit.md").read_text("utf-8")
    assert (project / "dist/groundrules.whl").is_file()
    assert "- A thing." in git(project, "tag", "--list", "0.2.0", "--format=%(contents)")
    assert git(project, "rev-parse", "0.2.0^{commit}") == git(project, "rev-parse", "HEAD")
    assert git(project, "status", "--porcelain") == ""
    assert "git tag --delete 0.2.0" in done.stdout
    git(project, "tag", "--delete", "0.2.0")
    git(project, "reset", "--quiet", "--keep", "HEAD~1")
    assert (project / "CHANGELOG.md").read_text("utf-8") == LOG


@pytest.mark.parametrize(
    ("version", "file", "text", "said"),
    [
        ("two", "", "", "Name a version of three numbers"),
        ("0.1.0", "", "", "The version is 0.1.0 already"),
        ("0.2.0", "new.md", "Words.", "Commit these first"),
        ("0.2.0", "broken", "", "the wheel could not be"),
    ],
)
def test_a_refused_release_changes_nothing(project: Path, version: str, file: str, text: str, said: str):
    if file:
        (project / file).write_text(text, "utf-8")
    before = git(project, "status", "--porcelain")
    done = release(project, version)
    assert done.returncode == 1
    assert said in done.stderr
    assert git(project, "status", "--porcelain") == before
    assert git(project, "tag") == ""


def test_nothing_to_tell_is_no_release(project: Path):
    (project / "CHANGELOG.md").write_text(LOG.replace("- A thing.\n", ""), "utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "Take it back")
    assert 'says nothing under "Not released yet"' in release(project, "0.2.0").stderr
