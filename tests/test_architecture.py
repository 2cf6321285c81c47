"""The house stays as it was drawn: data flows one way, and one module knows mkdocs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "macros/groundrules"
MODULES = sorted(PACKAGE.rglob("*.py"))

# The parts of the flow, first to last; a module may use those that stand before it, never those after.
READ = {"problems", "frontmatter", "markup", "model", "language", "answers"}
WRITERS = {
    f"writers.{one}"
    for one in (
        "html",
        "word",
        "opendocument",
        "pdf",
        "calendars",
        "record",
        "source",
        "summary",
        "finished",
        "tracked",
    )
}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")


HOSTS = {"macros", "plugin", "cli", *(one for one in map(name, MODULES) if one.endswith("commands"))}


def imports(path: Path) -> set[str]:
    """The modules that ``path`` imports; those of the package by their name in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            here = ["groundrules", *path.relative_to(PACKAGE).parent.parts]
            base = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return {one.removeprefix("groundrules.") for one in found}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_plugin_knows_mkdocs(path):
    knows = any(one.split(".")[0] in ("mkdocs", "material", "mkdocs_macros") for one in imports(path))
    assert knows == (name(path) == "plugin")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_imports_a_host(path):
    if name(path) not in HOSTS | {"__init__"}:
        assert not imports(path) & HOSTS


def test_writers_do_not_import_one_another():
    for path in MODULES:
        if name(path) in WRITERS:
            assert not imports(path) & (WRITERS - {name(path)}), name(path)


def test_what_is_read_first_does_not_depend_on_what_comes_later():
    later = {name(path) for path in MODULES if name(path).split(".")[0] not in READ | {"__init__"}}
    for path in MODULES:
        if name(path).split(".")[0] in READ:
            assert not imports(path) & later, name(path)


def test_only_load_reads_source_files():
    """Others may read what the package ships, what they wrote themselves, and mkdocs' own settings."""
    reading = {"open", "read_text", "read_bytes", "scandir", "iterdir", "rglob", "glob"}
    allowed = {"assets", "language", "writers.pdf", "downloads", "forking.files", "plugin"}
    for path in MODULES:
        calls = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        }
        if calls & reading:
            assert name(path) in allowed or name(path).startswith("load."), name(path)


def test_agreement_text_is_never_a_jinja_template():
    """Layouts are files of the package; nothing else is compiled."""
    for path in MODULES:
        text = path.read_text("utf-8")
        assert "from_string" not in text, name(path)
        if name(path) != "checks.guidance":
            assert "environment.parse(" not in text, name(path)
