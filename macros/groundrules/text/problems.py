"""Problems: what is wrong, where, and what would be right."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from .tables import limit, phrase

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in one place.

    ``file`` is relative to the project's folder, with forward slashes; ``line`` counts from 1.
    """

    file: str
    line: int
    name: str
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        mild = "warning: " if self.level == "warning" else ""
        return on_one_line(f"{self.file}:{self.line}: [{self.name}] {mild}{self.message}")


class ProblemsFound(Exception):
    """Raised when the checks found errors, so that nothing is built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class UserError(Exception):
    """Raised when what somebody asked for cannot be; nothing was written.

    ``then`` is the command that goes on from there, word by word. Or ``instead`` has words of the command that was
    typed, each with what would be right: an option with its value, and nothing where it had better be left out.
    ``again`` says that the same command goes on, once somebody has done what the message says.
    """

    def __init__(
        self,
        message: str,
        then: Sequence[str] = (),
        instead: Mapping[str, str] | None = None,
        again: bool = False,
    ) -> None:
        super().__init__(message)
        self.then = tuple(then)
        self.instead = instead or {}
        self.again = again


class Unknown(UserError):
    """Raised for a word that is none of the ``known`` ones: says which may be meant.

    ``then`` goes on where none is like it; without it, ``kind`` stands for a word that somebody must choose.
    """

    def __init__(
        self, message: str, word: str, known: Iterable[str], kind: str = "NAME", then: Sequence[str] = ()
    ) -> None:
        words = sorted(set(known))
        near = nearest(word, words)
        instead = {word: near or kind} if near or not then else {}
        super().__init__(f"{message} {did_you_mean(word, words)}", () if near else then, instead)


class NoFont(UserError):
    """Raised when no font at hand has the letters of a text; nothing was written."""


class InvalidFiles(Exception):
    """Raised when a file that is needed is not right; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = sorted(problems)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level == "error"]


MAX_PROBLEMS = limit("problems")


def few(problems: Iterable[Problem]) -> list[Problem]:
    """As many of ``problems`` as somebody reads of one file, with a line that counts the others.

    Each kind of mistake in turn has one more, so that many of one kind do not hide another.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    return [problem for found in by_file.values() for problem in _few(found)]


def _few(found: list[Problem]) -> list[Problem]:
    if len(found) <= MAX_PROBLEMS:
        return found
    found = sorted(found, key=lambda one: one.line)
    so_far: Counter[str] = Counter()
    turns: list[list[Problem]] = []
    for problem in found:
        turn = so_far[problem.name]
        so_far[problem.name] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(problem)
    by_turns = [problem for turn in turns for problem in turn]
    kept, others = sorted(by_turns[:MAX_PROBLEMS], key=lambda one: one.line), by_turns[MAX_PROBLEMS:]
    level: Level = "error" if errors(others) else "warning"
    last = found[-1]
    return [*kept, Problem(last.file, last.line, "too-many", phrase("andMore", count=len(others)), level)]


def on_one_line(text: str) -> str:
    """``text`` with each character that would break the line or command the terminal made visible."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like ``word``; empty if none is."""
    return next(iter(difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message: the nearest known word, or the first few of them."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near:
        return phrase("didYouMean", word=near)
    if not words:
        return "There is none to choose from."
    some = ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
    return phrase("shouldBeOneOf", words=some)


def as_text(problems: list[Problem], line: Callable[[Problem], str] = str) -> str:
    lines = [said for problem in problems if (said := line(problem))]
    found = len(errors(problems))
    mild = len(problems) - found
    lines.append(f"{_count(found, 'error')}, {_count(mild, 'warning')}." if problems else "No problems.")
    return "\n".join(lines)


def as_json(problems: list[Problem]) -> str:
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def as_github(problems: list[Problem]) -> str:
    """The problems as workflow commands: GitHub shows each beside the line it is about.

    The escapes are those that GitHub's own toolkit uses for data and for properties.
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{p.level} file={value(p.file)},line={p.line},title={value(p.name)}::{data(p.message)}" for p in problems
    )


FORMATS = {"text": as_text, "json": as_json, "github": as_github}


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
