"""The program as others have it: built as a wheel, and installed away from this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support import REPOSITORY

# All that a wheel is built from.
PARTS = ("macros", "agreements", "docs", "mkdocs.yml", "LICENSES", "pyproject.toml", "setup.py", "README.md")


@dataclass(frozen=True)
class Installed:
    """The program in the folder ``place``, with the packages of this Python behind it."""

    place: Path

    def run(self, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """What becomes of ``groundrules`` with these ``words`` in ``folder``."""
        return subprocess.run(
            [self.place / "bin/groundrules", *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(self.place), "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def groundrules(self, *words: str, folder: Path) -> str:
        """What ``groundrules`` says to ``words`` in ``folder``, where nothing is wrong."""
        done = self.run(*words, folder=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def install(place: Path) -> None:
    """Build the wheel of this repository, and install it in ``place``."""
    source, pip = place / "source", [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    source.mkdir()
    for part in map(REPOSITORY.joinpath, PARTS):
        if part.is_dir():
            shutil.copytree(part, source / part.name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(part, source)
    subprocess.run([*pip, "wheel", "--no-build-isolation", "--no-deps", "-w", place, source], check=True)
    (wheel,) = place.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", place, wheel], check=True)
    shutil.rmtree(source)
