"""The tables of ``shared/``, which Python and the browser both read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "shared"


@cache
def table(name: str) -> Any:
    """What ``shared/<name>.yml`` holds: lists and maps, with every value a string."""
    # A command that reads no table starts without it.
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load((_FOLDER / f"{name}.yml").read_text("utf-8"), loader)


class Phrase(str):
    """A message in English, which ``Labels.told`` says in another language."""

    key: str
    about: Mapping[str, object]


def phrase(key: str, /, **about: object) -> Phrase:
    """The message of this key in ``shared/messages.yml``; ``about`` stands where it names it in braces."""
    said = Phrase(table("messages")[key].format(**about))
    said.key, said.about = key, about
    return said


def limit(name: str) -> int:
    """A row of ``shared/limits.yml``: the most that both engines take."""
    return int(table("limits")[name])


def characters(which: str) -> str:
    """A row of ``shared/letters.yml``, as it stands between the brackets of a pattern."""
    ranges = [one.split("-") for one in table("letters")[which].split()]
    return "".join("-".join(f"\\U{end:0>8}" for end in ends) for ends in ranges)


def code_point(character: str) -> str:
    """``U+200B``: what a message calls a character that nobody can see."""
    return f"U+{ord(character):04X}"
