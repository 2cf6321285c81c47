"""Shared parts of the commands: the place they work in, options that several have, and how they say what is wrong."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..files import disk
from ..text.problems import InvalidFiles, Problem, UserError, errors, nearest, on_one_line
from ..text.tables import phrase

# --- the place ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """The toolkit's folder, and the private folder that holds the partnerships' agreements, if there is one."""

    root: Path
    partnerships: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder that holds a folder for each partnership."""
        return self.partnerships or self.root / "agreements" / "partnerships"

    def line(self, *words: str) -> str:
        """The command of these ``words`` in this place, ready to be copied."""
        start = ["--root", str(self.root)] if self.root != Path(".") else []
        start += ["--partnerships", str(self.partnerships)] if self.partnerships else []
        return command_line([*start, *words])


def command_line(words: Iterable[str]) -> str:
    """The command of these ``words``, ready to be copied."""
    return " ".join(["groundrules", *map(quoted, words)])


def quoted(word: str) -> str:
    """``word`` as somebody writes it who copies a command: as it is, or in the quotes that each shell reads alike."""
    if re.fullmatch(r"[\w@%+=:,./-]+", word):
        return word
    if os.name == "nt":
        return '"' + word.replace('"', r"\"") + '"'
    return shlex.quote(word) if set(word) & set('"$`\\!') else f'"{word}"'


class Folder(click.Path):
    """A folder that is there. A shell leaves "~" as it is in ``--root=~/toolkit``, and for the Tab key."""

    def __init__(self) -> None:
        super().__init__(exists=True, file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(os.path.expanduser(value), param, ctx)


partnerships_option = click.option(
    "--partnerships",
    type=Folder(),
    help="A private folder that holds your partnerships' agreements.",
)


# --- arguments and options ----------------------------------------------------------------------


def partnership_name(text: str) -> str:
    """The name of a partnership, as people may write it: ``harbour``, or ``partnerships/harbour``."""
    return text.removeprefix("partnerships/")


def as_words(name: str, contact: str = "", role: str = "", organisation: str = "", **other: str) -> str:
    """What to write after ``--as`` for somebody who signs for the party of this name."""
    if contact:
        return ", ".join(filter(None, (contact, role, name)))
    if organisation or role:
        return ", ".join(filter(None, (name, role, organisation)))
    return f"Name, role, {name}"


class Choice(click.Choice[str]):
    """One of several words; where another stands, the nearest of them is named."""

    def near(self, word: str) -> str:
        return nearest(word.lower(), self.choices)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            option = max(param.opts, key=len) if param else ""
            near = self.near(str(value))
            said = phrase("didYouMean", word=near) if near else ""
            raise UserError(
                f'{option} "{value}": this is not one of: {", ".join(self.choices)}. {said}'.rstrip(),
                instead={option: near or self.choices[0]},
            ) from None


def needed(name: str | None) -> str:
    """The NAME of a command that can do without one in another case; raises what says that it is missing."""
    if name is None:
        context = click.get_current_context()
        (missing,) = (one for one in context.command.params if one.name == "name")
        raise click.MissingParameter(ctx=context, param=missing)
    return name


def pairs(option: str, given: Iterable[str], example: str) -> list[tuple[str, str]]:
    """What stands before and after the sign "=" in each of ``given``; ``example`` says how to write one."""
    found = []
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise UserError(f'{option} "{one}": write it as "{example}".')
        found.append((name, value))
    return found


# --- the terminal ----------------------------------------------------------------------------------


def showable() -> None:
    """Let nothing that people paste, and no terminal's alphabet, end a command: what cannot be shown is replaced.

    Where there is no terminal at all, nothing is read, and what is said goes nowhere.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), "utf-8"))
    for stream, how in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=how)


def forget_output() -> None:
    """Let what a full disk did not take be gone, or Python would try again at the end, and complain."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        sys.stdout = None


def refuse_broken(problems: Iterable[Problem], wanted: set[str]) -> None:
    """Stop if one of the files that are ``wanted`` cannot be relied on."""
    wrong = [one for one in errors(problems) if one.file in wanted or one.name == "missing-folder"]
    if wrong:
        raise InvalidFiles(wrong)


def refuse_beside(option: str, others: Mapping[str, Any]) -> None:
    """Refuse what was given of ``others`` beside ``option``, which has no use for it."""
    if unwanted := {word: "" for word, given in others.items() if given not in (None, False, (), "")}:
        raise UserError(f"With {option}, leave {' and '.join(unwanted)} out.", instead=unwanted)


# --- what is said -------------------------------------------------------------------------------


def echo(text: str = "", error: bool = False) -> None:
    """Write one line, whatever characters stand in ``text``."""
    click.echo(on_one_line(text), err=error)


def how_far() -> Callable[[str], None]:
    """Tells a person at a terminal how far long work is, and a program nothing."""
    return partial(click.echo, err=True) if sys.stderr.isatty() else lambda line: None


def echo_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def shown(path: Path) -> str:
    return on_one_line(path.as_posix())


# --- files that are written ---------------------------------------------------------------------


def already_there(path: Path, remedy: str, **goes_on: Any) -> UserError:
    # It may have been made by a command that was killed right after.
    disk.sweep(path.parent)
    return UserError(f"{shown(path)} is already there, and is left as it is. {remedy}", **goes_on)


def output_path(output: str | None, usual: str, force: bool) -> Path:
    """Where a file is to go: to what -o names, else to ``usual``; raises ``UserError`` if it may not."""
    path = Path(output or usual)
    if output != "-":
        disk.sweep(path.parent)
    if output is None and not force and path.exists():
        said = f"{shown(path)} is already there. Use --force to write over it, or name another with -o."
        raise UserError(said, instead={"--output": "FILE"})
    if output != "-" and path.is_dir():
        raise UserError(f"{shown(path)} is a folder. Name a file in it.", instead={"--output": str(path / usual)})
    if output != "-":
        refuse_no_folder(path)
    return path


def refuse_no_folder(path: Path) -> None:
    """Raise ``UserError`` where ``path`` has no folder to stand in."""
    folder = path.parent
    if not folder.is_dir():
        wrong = "is not a folder" if os.path.lexists(folder) else "is not there"
        raise UserError(
            f"{shown(path)}: the folder {shown(folder)} {wrong}. Make it first, or name another.", again=True
        )


def write_output(path: Path, output: str | None, content: bytes, force: bool) -> bool:
    """Write ``content`` to ``path``, or to the terminal if -o names it; whether it went to a file.

    A file that nobody named, and that has come meanwhile, is not written over without ``force``.
    """
    if output == "-":
        click.echo(content, nl=False)
        return False
    if output is None and not force:
        disk.create(path, content)
    else:
        disk.write(path, content)
    return True
