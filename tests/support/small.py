"""The small toolkit: a clause, a template, an example, a checklist and a page, all of them right.

Its files stand in ``small_toolkit/``. A test gets a copy of its own, and breaks in it what it likes.
"""

from __future__ import annotations

from pathlib import Path

from groundrules import checks
from groundrules.checks import load_and_check
from groundrules.text.problems import Problem

FOLDER = Path(__file__).parent / "small_toolkit"
FILES = {
    path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in sorted(FOLDER.rglob("*")) if path.is_file()
}
CLAUSE = FILES["agreements/clauses/publicity.md"]
TEMPLATE = FILES["agreements/templates/team.md"]
EXAMPLE = FILES["agreements/examples/two-teams.md"]


class SmallToolkit:
    """The small toolkit, in the folder ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def problems(self, on_request: bool = False) -> list[Problem]:
        toolkit, found = load_and_check(self.root)
        return sorted({*found, *(checks.run(toolkit, on_request=True) if on_request else ())})
