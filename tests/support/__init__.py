"""What the tests stand on: toolkits, documents, sites and programs that more than one of them needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
import yaml

from groundrules.files.load.folders import load
from groundrules.model.pieces import Toolkit
from groundrules.site import macros  # noqa: F401 - the check of guidance pages knows the macros that have registered

# A failed assertion in one of these shows its values, too.
pytest.register_assert_rewrite(*(f"{__name__}.{one.name}" for one in iter_modules(__path__)))

REPOSITORY = Path(__file__).parent.parent.parent


@cache
def table(path: Path) -> Any:
    """What stands in a file of cases, every scalar as text; read once, and nobody may change it."""
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))


@cache
def our_toolkit() -> Toolkit:
    """The toolkit of this repository, read once; nobody may change it."""
    return load(REPOSITORY).toolkit
