"""The line on which people type: an answer, or a command that starts with a slash."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...text.problems import UserError
from ..terminal import Stop, say, typed

HELP = """\
Enter keeps what is there and goes on. Besides answers you can write:
  /skip          go on; at a clause's heading, go on to the next clause
  /back          go back to the question before
  /clear         take this answer away
  /why           read why people agree this
  /go 4          go to clause 4; /go open goes to the next open question
  /wording       choose another wording for this clause
  /leave-out     leave this clause out
  /bring-back    bring back a clause that was left out
  /add           add a clause from the library
  /own           add a clause of your own
  /remove 2      in a list or a table: remove entry 2
  /change 2      in a list or a table: change entry 2
  /quit          stop; everything is kept
?, help and /help explain. An answer that itself starts with a slash is written with two: //"""
IN_A_ROW = "In a row: Enter keeps the cell, /back goes to the cell before, /clear empties it, /quit stops."
# What a question itself understands.
_OF_ANSWERS = ("clear", "remove", "change")

# Is given the clause that somebody is at, empty for none, and what stands behind the command. Says whether the clause
# has changed; what leads elsewhere is a ``Go``.
MenuCommand = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One question; without a ``key``, a clause's heading."""

    clause: str
    key: str = ""


class Go(Exception):
    """Go on at another question, or stop after the last."""

    def __init__(self, step: Step | None) -> None:
        super().__init__()
        self.step = step


class Prompt:
    """Reads answers; each of ``commands`` is given what stands behind it, and may lead elsewhere by ``Go``."""

    def __init__(self, commands: Mapping[str, Callable[[str], None]]) -> None:
        self.commands = commands

    @property
    def help(self) -> str:
        """The help, without what cannot be done here."""
        known = {*self.commands, *_OF_ANSWERS, "quit"}
        said = ((re.match(r"  /([a-z-]+)", line), line) for line in HELP.split("\n"))
        return "\n".join(line for command, line in said if not command or command[1] in known)

    def answer(self, prompt: str) -> str:
        """An answer, or a command about answers with its slash; the other commands are carried out."""
        while True:
            text = typed(prompt, self.help)
            if not text.startswith("/"):
                return text
            if text.startswith("//"):
                return text[1:]
            word, _, rest = text[1:].partition(" ")
            word = word.lower()
            if word in ("quit", "q"):
                raise Stop
            elif word in self.commands:
                self.commands[word](rest.strip())
            elif word in _OF_ANSWERS:
                return text
            else:
                say(f'There is no "/{word}". /help lists what there is.')


def number_in(text: str, entries: Sequence[Any]) -> int:
    """The place in ``entries`` of the number that somebody typed, which counts from 1."""
    if text.isdecimal() and 0 < int(text) <= len(entries):
        return int(text) - 1
    if not entries:
        raise UserError("There is no entry yet.")
    raise UserError(f"Write a number from 1 to {len(entries)}.")
