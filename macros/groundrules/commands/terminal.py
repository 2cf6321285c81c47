"""Talk with somebody who sits at a terminal: lines that wrap, and lines that people type."""

from __future__ import annotations

import io
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from contextlib import suppress

import click

from ..model.pieces import Clause
from ..text.markup.nodes import Paragraph, plain
from ..text.problems import on_one_line


class Stop(Exception):
    """Raised when somebody wants to stop."""


# What somebody at a terminal does who wants to stop.
STOPPED = (Stop, click.Abort, KeyboardInterrupt, EOFError)


def readable() -> None:
    """Let nothing that people paste, and no terminal's alphabet, end the conversation."""
    for stream, how in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=how)
    with suppress(ImportError):
        import readline  # noqa: F401 - gives the terminal's line its editing keys


def typed(prompt: str) -> str:
    """The line that somebody types, without the spaces around it."""
    return str(click.prompt(prompt, default="", show_default=False, prompt_suffix="> ")).strip()


def yes(question: str) -> bool:
    return typed(f"{question} y/n").lower() in ("y", "yes")


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
    for block in clause.why if clause else ():
        if isinstance(block, Paragraph):
            say(plain(block.children))
    if clause is None:
        say("There is no more to say about this.")
