"""What the tests stand on: toolkits, documents, sites and programs that more than one of them needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from groundrules.load import load
from groundrules.model import Toolkit

REPOSITORY = Path(__file__).parent.parent.parent


@cache
def our_toolkit() -> Toolkit:
    """The toolkit of this repository, read once; nobody may change it."""
    return load(REPOSITORY).toolkit
