"""A command as it is declared: its work is in the file of its name, and is loaded when somebody calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .shared import Place, partnerships_option

COMMANDS: dict[str, click.Command] = {}


def examples(*lines: str) -> str:
    """The end of a command's help: lines that can be copied."""
    return "\n".join(["\b", "For example:", *(f"  {line}" for line in lines)])


def command(*lines: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command with examples; its work is given its ``Place`` first, and its errors are sentences."""

    def declared(asked: Callable[..., None]) -> click.Command:
        name = asked.__name__

        @partnerships_option
        @click.pass_context
        def run(context: click.Context, /, partnerships: Path | None, **options: Any) -> None:
            place: Place = context.obj
            # A refusal names its commands for this place, too.
            context.find_root().obj = place = replace(place, partnerships=partnerships or place.partnerships)
            work = getattr(import_module(f".{name}", __package__), name)
            work(place, **options)

        run.__doc__ = asked.__doc__
        run.__click_params__ += getattr(asked, "__click_params__", [])  # type: ignore[attr-defined]
        COMMANDS[name] = click.command(name, epilog=examples(*lines))(run)
        return COMMANDS[name]

    return declared
