"""The tables of ``shared/``, which Python and the browser both read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent.parent / "shared"


@cache
def table(name: str) -> Any:
    """What ``shared/<name>.yml`` holds: lists and maps, with every value a string."""
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load((_FOLDER / f"{name}.yml").read_text("utf-8"), loader)


def phrase(key: str, /, **about: object) -> str:
    """The message of this key in ``shared/messages.yml``; ``about`` stands where it names it in braces."""
    words: str = table("messages")[key]
    return words.format(**about)
