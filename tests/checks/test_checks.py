"""Every check, by its cases in ``tests/checks/<name>.yml``.

To add a check, copy one of those files. Each holds ``failing:`` and ``passing:`` cases, by what is done
to the small toolkit of ``support/small_toolkit/``. A case is any of these steps, done in this order:

    copy: {a file: where to}            remove: [a file or folder]
    write: {a file: its text}           bytes: {a file: "its bytes, \\xff among them"}
    replace: {a file: {old: new}}       folder: [a folder]
    link: {a link: where it leads}      fill: {a file: how many letters}
    lock: [what may not be read]        repeat: {a file: {lines at its end: how often}}

and, in a failing case, ``says:``, the exact lines that ``groundrules check`` then writes, or ``ends:``, the last of
them. A passing case says
nothing. When a case fails, what was said is shown in a form that can be pasted.
"""

from __future__ import annotations

import ast
import datetime
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from groundrules.agreement.document.labels import program_labels
from groundrules.checks import catalogue, labels, reading, takes
from groundrules.checks.registry import registered
from groundrules.files import clock
from groundrules.text.problems import errors
from support import REPOSITORY, table
from support.small import SmallToolkit

FOLDER = Path(__file__).parent
TODAY = datetime.date(2026, 11, 21)
ON_REQUEST = {one.name for one in catalogue() if one.on_request}
STEPS = ("copy", "write", "replace", "link", "remove", "bytes", "folder", "fill", "repeat", "lock", "says", "ends")


@pytest.fixture(autouse=True)
def _the_day_the_library_and_the_labels_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(takes, "library_version", lambda: "1")
    some = {key: program_labels("en")[key] for key in ("clause", "version", "more agreements")}
    monkeypatch.setattr(labels, "english", lambda: some)


def read(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    data: dict[str, dict[str, dict[str, Any]]] = table(path)
    assert set(data) == {"failing", "passing"}, f"{path.name} needs failing and passing cases"
    return data


def cases(kind: str) -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for title, case in read(path)[kind].items():
            found.append(pytest.param(path.stem, case or {}, id=f"{path.stem}: {title}"))
    return found


def change(small: SmallToolkit, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what ``case`` says to ``small``."""
    assert set(case) <= set(STEPS), f"A case holds only {', '.join(STEPS)}"
    root = small.root
    for old, new in case.get("copy", {}).items():
        small.write(new, (root / old).read_bytes())
    for name, text in case.get("write", {}).items():
        small.write(name, text)
    for name, changes in case.get("replace", {}).items():
        for old, new in changes.items():
            small.replace(name, old, new)
    for name in case.get("remove", ()):
        shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
    for name, text in case.get("bytes", {}).items():
        small.write(name, text.encode("latin-1"))
    for name, count in case.get("fill", {}).items():
        small.write(name, "abcdefghi\n" * (int(count) // 10))
    for name, lines in case.get("repeat", {}).items():
        more = "".join(line * int(count) for line, count in lines.items())
        small.write(name, (root / name).read_text("utf-8") + more)
    for name in case.get("folder", ()):
        (root / name).mkdir(parents=True)
    for name, target in case.get("link", {}).items():
        (root / name).symlink_to(target)
    if "lock" in case:
        lock(monkeypatch, {str(root / name) for name in case["lock"]})


def lock(monkeypatch: pytest.MonkeyPatch, paths: set[str]) -> None:
    """Let these files and folders be closed to us, as they would be for somebody who is not root."""

    def refuse(real: Callable[..., Any]) -> Callable[..., Any]:
        def read(path: Path, *rest: Any, **more: Any) -> Any:
            if str(path) in paths:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *rest, **more)

        return read

    monkeypatch.setattr(os, "open", refuse(os.open))
    monkeypatch.setattr(os, "scandir", refuse(os.scandir))


def as_yaml(lines: list[str]) -> str:
    return "\n".join("      - " + "'" + line.replace("'", "''") + "'" for line in lines) or "      (nothing)"


@pytest.mark.parametrize(("name", "case"), cases("failing"))
def test_failing(name: str, case: dict[str, Any], small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    change(small, case, monkeypatch)
    said = [str(problem) for problem in small.problems(name in ON_REQUEST)]
    if "ends" in case:
        said = said[-len(case["ends"]) :]
    assert said == case.get("says", case.get("ends")), f"This was said:\n    says:\n{as_yaml(said)}"
    assert any(f"[{name}]" in line for line in said)


@pytest.mark.parametrize(("name", "case"), cases("passing"))
def test_passing(name: str, case: dict[str, Any], small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    change(small, case, monkeypatch)
    said = [str(problem) for problem in small.problems(name in ON_REQUEST)]
    assert not said, f"This was said:\n{as_yaml(said)}"


def test_every_check_has_its_cases() -> None:
    names = [one.name for one in catalogue()]
    assert len(names) == len(set(names))
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(names)
    for path in FOLDER.glob("*.yml"):
        found = read(path)
        assert found["failing"], path
        assert found["passing"], path


def test_every_check_says_why() -> None:
    for one in catalogue():
        assert len(one.why.split()) >= 8, one.name
        assert one.why.rstrip().endswith("."), one.name


def test_a_check_reports_no_worse_than_it_says(small: SmallToolkit) -> None:
    mild = {one.name for one in catalogue() if one.level == "warning"}
    for path in sorted(FOLDER.glob("*.yml")):
        for title, case in read(path)["failing"].items():
            lines = [line for line in case.get("says", case.get("ends")) if f"[{path.stem}]" in line]
            if path.stem in mild:
                assert all("warning: " in line for line in lines), (path.stem, title)


def test_every_name_in_the_code_is_in_the_catalogue() -> None:
    """A check is called what its decorator says; any other problem is named where it is made."""
    said: set[str] = set()
    for call in calls():
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = {"Problem": 2, "Finding": 1, "find": 1, "Refusal": 0}.get(called)
        if called == "problem":
            place = len(call.args) - 2
        if place is not None and 0 <= place < len(call.args):
            said |= text_of(call.args[place])
    known, in_reading = {one.name for one in catalogue()}, {one.name for one in reading.CHECKS}
    assert len(said) > 25
    assert said <= known, f"not in the catalogue: {', '.join(sorted(said - known))}"
    assert in_reading <= said, f"nothing ever says: {', '.join(sorted(in_reading - said))}"


def test_the_name_of_a_check_is_said_once() -> None:
    decorators = ("check", "check_each", "words_check")
    named = [text_of(call.args[0]) for call in calls("checks") if getattr(call.func, "id", "") in decorators]
    names = set().union(*named)
    assert names == {one.name for one in registered()}
    strings = [text for tree in trees("checks") for node in ast.walk(tree) for text in text_of(node)]
    assert {name: strings.count(name) for name in names} == dict.fromkeys(names, 1)


def text_of(node: ast.AST) -> set[str]:
    """The text that stands there, if one does."""
    return {node.value} - {""} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def trees(room: str = "") -> Iterator[ast.Module]:
    for path in sorted((REPOSITORY / "macros/groundrules" / room).rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def calls(room: str = "") -> Iterator[ast.Call]:
    return (node for tree in trees(room) for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_the_small_toolkit_is_right(small: SmallToolkit) -> None:
    assert small.problems() == []


def test_a_broken_file_is_not_missed_elsewhere(small: SmallToolkit) -> None:
    """One mistake in a file that many others name is one problem, not a problem in each of them."""
    for name in ("clauses/publicity.md", "templates/team.md", "sources.yml", "groups.yml", "elements.csv"):
        whole = (small.root / "agreements" / name).read_text("utf-8")
        small.write(f"agreements/{name}", whole.replace("\ntitle: ", "\ntitel: ").replace("title: ", "titel: "))
        if name == "elements.csv":
            small.write(f"agreements/{name}", 'element,"O')
        found = errors(small.problems())
        assert {problem.file for problem in found} == {f"agreements/{name}"}, found
        small.write(f"agreements/{name}", whole)
