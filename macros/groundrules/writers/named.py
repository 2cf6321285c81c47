"""The names of the kinds of file, read from what each writer's file says of itself, since to load them takes time."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from . import __path__ as folder

_WRITER = re.compile(r"^WRITER = Writer\((?:.*\)$|\n(?:    .*\n)*\))", re.M)


@cache
def kinds_named(records: bool = False) -> tuple[str, ...]:
    """The kinds in the order in which commands offer them; with ``records``, those that a record may be."""
    found = []
    for path in (path for room in folder for path in Path(room).glob("*.py")):
        if declared := _WRITER.search(path.read_text("utf-8")):
            call = ast.parse(declared[0].removeprefix("WRITER = "), mode="eval").body
            assert isinstance(call, ast.Call)
            said = {one.arg: one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)}
            if said.get("records") or not records:
                found.append((said["place"], said["kind"]))
    return tuple(str(kind) for _, kind in sorted(found))
