"""Puts the library into the package that is built: agreements/, docs/ and mkdocs.yml, for other toolkits."""

from pathlib import Path
from shutil import copy, copytree, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py

# What is this project's own: its partnerships, its pictures, its home page, and what it tells its engineers.
OURS = ("agreements/partnerships", "docs/assets", "docs/project", "docs/index.md")


class WithLibrary(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        library = Path(self.build_lib, "groundrules/library")
        rmtree(library, ignore_errors=True)
        for folder in ("agreements", "docs"):
            copytree(folder, library / folder, ignore=_ours)
        copy("mkdocs.yml", library)


def _ours(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.startswith(".") or Path(folder, name).as_posix() in OURS}


setup(cmdclass={"build_py": WithLibrary})
