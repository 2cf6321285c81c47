"""Colour on a terminal: whether somebody wants it, and which words have one. Without it each line says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import click

from ..text.problems import Problem, on_one_line

Role = Literal["wrong", "mild", "well", "head", "plain"]
_STYLES: Mapping[Role, Mapping[str, str | bool]] = {
    "wrong": {"fg": "red"},
    # Yellow cannot be read on a white ground, nor plain magenta well on a black one.
    "mild": {"fg": "magenta", "bold": True},
    "well": {"fg": "green"},
    "head": {"bold": True},
    "plain": {},
}


def wanted(environment: Mapping[str, str]) -> bool | None:
    """Whether what is written has colour; ``None`` where each stream decides, by being a terminal."""
    if environment.get("NO_COLOR"):
        return False
    forced = environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE")
    if forced:
        return forced.lower() not in ("0", "false")
    return False if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb" else None


def coloured(text: str, role: Role) -> str:
    """``text`` on one line, in the colour of its ``role``."""
    return click.style(on_one_line(text), reset=bool(_STYLES[role]), **_STYLES[role])  # type: ignore[arg-type]


def coloured_problem(problem: Problem) -> str:
    """A problem as it is written, its name in the colour of how bad it is."""
    place, name, message = str(problem).partition(f"[{problem.name}]")
    return place + coloured(name, "mild" if problem.level == "warning" else "wrong") + message
