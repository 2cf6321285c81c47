"""The house stays as it was drawn: rooms stand on floors, data flows one way, and one room knows a host."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "macros/groundrules"

# What stands on a floor may import what stands below it, and nothing else. A room is a module or folder at the top
# of the package; where a room is divided, each part has its own floor.
FLOORS = (
    ("text",),
    ("model",),
    ("files",),
    ("agreement.document",),
    ("agreement.signing",),
    ("agreement.changes",),
    ("agreement.review",),
    ("checks", "writers"),
    ("site",),
    ("commands",),
    ("cli", "__init__"),
)
DEEPEST = 12
HOSTS = {"mkdocs", "material", "mkdocs_macros"}
# Who may read what stands on disk: the loader, what the package ships, and what the program wrote itself.
READERS = {
    "text.tables",
    "files.load.listing",
    "files.load.file",
    "files.library",
    "files.disk",
    "files.names",
    "files.holding",
    "files.stage",
    "agreement.document.labels",
    "writers.named",
    "writers.pdf",
    "writers.pdf_fields",
    "site.assets",
    "site.browser_tables",
    "site.builds",
    "site.downloads",
    "site.plugin",
    "site.offline",
    "site.staging",
}
# Files of one kind that stand side by side: what they share is a module of its own.
SIDE_BY_SIDE = {
    # And each kind of download, which says so itself.
    "writers": {"tracked"},
    "commands": {
        "check",
        "build",
        "stage",
        "init",
        "adopt",
        "uses",
        "schema",
        "translation",
        "labels",
        "new",
        "ask",
        "export",
        "sign",
        "verify",
        "agree",
        "renegotiate",
        "diff",
        "upgrade",
        "status",
        "record",
    },
}


def name(path: Path) -> str:
    dotted = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    return dotted.removesuffix(".__init__")


MODULES = {name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {module: ast.parse(path.read_text("utf-8")) for module, path in MODULES.items()}


def imports(module: str, tree: ast.AST, is_package: bool = False) -> set[str]:
    """What ``module`` imports: modules of the package by their name in it, all else as it is written."""
    found: set[str] = set()
    here = ["groundrules", *module.split(".")] if module != "__init__" else ["groundrules", "__init__"]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            level = node.level - 1 if is_package and module != "__init__" else node.level
            base = ".".join([*here[: len(here) - level], *filter(None, [node.module])]) if node.level else node.module
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return {_nearest(one) for one in found}


def _nearest(dotted: str) -> str:
    """The module of the package that ``dotted`` is, or that holds it; a name from elsewhere as it is."""
    if not dotted.startswith("groundrules"):
        return dotted
    parts = dotted.removeprefix("groundrules").strip(".").split(".")
    candidates = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((one for one in candidates if one in MODULES), "__init__")


IMPORTS = {module: imports(module, TREES[module], MODULES[module].name == "__init__.py") for module in MODULES}


def floor(module: str) -> int:
    """The number of the floor on which ``module`` stands; an error names a module that has none."""
    for number, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return number
    assert module == "agreement", f"{module} stands on no floor. Give it a room, or the table a line."
    return 0


def room(module: str) -> str:
    return next(one for one in FLOORS[floor(module)] if module == one or module.startswith(f"{one}."))


def faults(module: str, imported: set[str]) -> list[str]:
    """What of ``imported`` may not be imported by ``module``."""
    inside = [one for one in imported if one in MODULES and one not in ("agreement", module)]
    if module == "agreement":
        return inside
    return [one for one in inside if room(one) != room(module) and floor(one) >= floor(module)]


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_upwards_or_across(module):
    assert faults(module, IMPORTS[module]) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("text.problems", "from ..model.front import Front"),
        ("model.front", "from ..files.load import load"),
        ("files.load.file", "from ... import checks"),
        ("agreement.document.assemble", "from ..signing import fingerprint"),
        ("writers.word", "from ..checks.registry import check"),
        ("checks.library", "from ..writers import html"),
        ("site.pages", "from ..commands.workspace import Workspace"),
        ("commands.new", "from ..cli import main"),
    ],
)
def test_a_forbidden_import_is_seen(module, line):
    assert faults(module, imports(module, ast.parse(line))) != []


def test_no_module_is_in_a_circle_and_none_is_deep():
    depths: dict[str, int] = {}

    def depth(module: str, path: tuple[str, ...] = ()) -> int:
        assert module not in path, f"These import one another: {' -> '.join([*path, module])}"
        if module not in depths:
            below = [one for one in IMPORTS[module] if one in MODULES and one != module]
            depths[module] = 1 + max((depth(one, (*path, module)) for one in below), default=0)
        return depths[module]

    assert max((depth(module), module) for module in MODULES)[0] <= DEEPEST


@pytest.mark.parametrize("module", MODULES)
def test_only_the_plugin_knows_a_host(module):
    assert any(one.split(".")[0] in HOSTS for one in IMPORTS[module]) == (module == "site.plugin")


def declares_a_writer(module: str) -> bool:
    return any(isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "WRITER" for one in TREES[module].body)


@pytest.mark.parametrize("room", SIDE_BY_SIDE)
def test_files_of_one_kind_do_not_import_one_another(room):
    kind = {f"{room}.{one}" for one in SIDE_BY_SIDE[room]}
    kind |= {module for module in MODULES if module.startswith(f"{room}.") and declares_a_writer(module)}
    for module in kind & set(MODULES):
        assert IMPORTS[module] & kind <= {module}, module


def calls(module: str) -> set[str]:
    called = (node.func for node in ast.walk(TREES[module]) if isinstance(node, ast.Call))
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in called}


def test_only_these_read_files():
    reading = {"open", "read_text", "read_bytes", "scandir", "iterdir", "rglob", "glob"}
    assert {module for module in MODULES if calls(module) & reading} <= READERS


def test_an_agreement_knows_no_clock():
    for module in MODULES:
        if module != "files.clock":
            assert not calls(module) & {"today", "now"} or "files.clock" in IMPORTS[module], module
        if floor(module) <= floor("agreement.review") and module.startswith("agreement"):
            assert "files.clock" not in IMPORTS[module], module


def test_agreement_text_is_never_a_jinja_template():
    """Layouts are files of the package; nothing else is compiled."""
    for module, path in MODULES.items():
        text = path.read_text("utf-8")
        assert "from_string" not in text, module
        if module != "checks.macro_calls":
            assert "environment.parse(" not in text, module
