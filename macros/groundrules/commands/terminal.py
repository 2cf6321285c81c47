"""Talk with somebody who sits at a terminal: lines that wrap, and lines that people type."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from contextlib import suppress

import click

from ..model.pieces import Clause
from ..text.markup.nodes import passages, plain
from ..text.problems import on_one_line

NO = "Enter keeps it; n drops it, so that you can write it again."


class Stop(Exception):
    """Raised when somebody wants to stop."""


# What somebody at a terminal does who wants to stop.
STOPPED = (Stop, click.Abort, KeyboardInterrupt, EOFError)


def readable() -> None:
    """Give the terminal's line its editing keys."""
    with suppress(ImportError):
        import readline  # noqa: F401


_ASKS_FOR_HELP = ("?", "/?", "help", "/help")


def typed(prompt: str, about: str = "") -> str:
    """The line that somebody types, without the spaces around it.

    Whoever asks for help there gets it: ``about`` explains what the line is for.
    """
    while True:
        text = str(click.prompt(prompt, default="", show_default=False, prompt_suffix="> ")).strip()
        if not about or text.lower() not in _ASKS_FOR_HELP:
            return text
        say(about)


def yes(question: str) -> bool:
    return typed(f"{question} y/n", "Write y for yes; anything else is no.").lower() in ("y", "yes")


def sure_of(question: str) -> bool:
    """Whether somebody at a terminal does not say no; who sends lines in from a file is asked nothing."""
    return not sys.stdin.isatty() or typed(f"{question} Enter: yes, n: no", NO).lower() not in ("n", "no")


def say(text: str, indent: str = "", bold: bool = False) -> None:
    """Write ``text``, broken into lines that a person reads with ease."""
    width = max(min(shutil.get_terminal_size((80, 24)).columns, 90), 40)
    for line in text.split("\n"):
        start = re.match(r" *", line)
        hang = indent + " " * (len(start[0]) if start else 0)
        wrapped = textwrap.wrap(
            on_one_line(line),
            width,
            initial_indent=indent,
            subsequent_indent=hang,
            break_on_hyphens=False,
            break_long_words=False,
            drop_whitespace=True,
        ) or [indent.rstrip()]
        for one in wrapped:
            click.secho(one, bold=bold or None)


def say_numbered(entries: Iterable[str], indent: str = "  ") -> None:
    for number, entry in enumerate(entries, 1):
        say(f"{indent}{number}. {entry}")


def say_why(clause: Clause | None) -> None:
    """Why people agree what the library's ``clause`` is about."""
    for line in reasons(clause) if clause else ["There is no more to say about this."]:
        say(line)


def reasons(clause: Clause) -> list[str]:
    """All that the library gives as reasons for ``clause``, a line for each paragraph and list item."""
    return [plain(one.children) for one in passages(clause.reasons)]
