"""Make a release, or refuse with nothing changed: the change log's entry, the version, a commit, a wheel and a tag.

``make release VERSION=0.2.0`` looks at the style first, and runs this.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

LOG = "CHANGELOG.md"
COMING = "## Not released yet\n"
# Where the version stands, and what stands before it there.
PLACES = {
    "pyproject.toml": '\nversion = "',
    "macros/groundrules/__init__.py": '__version__ = "',
    "docs/project/own-toolkit.md": "groundrules-",
}


def git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()


def entry() -> str:
    """What the change log says of the release to come."""
    return Path(LOG).read_text("utf-8").partition(COMING)[2].partition("\n## ")[0].strip()


def refusal(version: str, now: str) -> str:
    """Why there can be no such release; empty if there can."""
    numbers = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    if not numbers:
        return 'Name a version of three numbers, such as "make release VERSION=0.2.0".'
    if tuple(map(int, version.split("."))) <= tuple(map(int, now.split("."))):
        return f"The version is {now} already. Name a later one."
    if changed := git("status", "--porcelain"):
        return f"Commit these first, or take them away:\n{changed}"
    if git("tag", "--list", version):
        return f"There is a tag {version} already."
    if not re.search(r"^- ", entry(), re.M):
        return f'{LOG} says nothing under "Not released yet".'
    return ""


def write(version: str, now: str) -> None:
    log = Path(LOG).read_text("utf-8")
    today = f"{date.today():%d %B %Y}".lstrip("0")
    Path(LOG).write_text(log.replace(COMING, f"{COMING}\n## {version}\n\n{today}.\n", 1), "utf-8")
    for place, before in PLACES.items():
        text = Path(place).read_text("utf-8")
        Path(place).write_text(text.replace(before + now, before + version), "utf-8")


def main(version: str) -> None:
    now = re.search(r'\nversion = "([^"]+)', Path("pyproject.toml").read_text("utf-8"))
    assert now
    if said := refusal(version, now[1]):
        sys.exit(f"No release was made. {said}")
    write(version, now[1])
    if subprocess.run(["make", "wheel"], check=False).returncode:
        git("checkout", "--", LOG, *PLACES)
        sys.exit("No release was made: the wheel could not be. The files are as they were.")
    git("commit", "--quiet", "--message", f"Release {version}", "--", LOG, *PLACES)
    git("tag", "--annotate", version, "--message", f"Ground Rules {version}\n\n{entry_of(version)}")
    print(f"Made {version}: a commit, a tag, and {', '.join(map(str, Path('dist').glob('*.whl')))}.")
    print(
        f"To publish it:  git push --follow-tags\nTo undo it:     git tag --delete {version}; git reset --keep HEAD~1"
    )


def entry_of(version: str) -> str:
    return Path(LOG).read_text("utf-8").partition(f"\n## {version}\n")[2].partition("\n## ")[0].strip()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
