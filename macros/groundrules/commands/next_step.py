"""The next step of a partnership: what its agreement waits for, and the commands that go on from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import click

from ..agreement.signing.open_round import opens_round
from ..agreement.signing.signing_state import SigningState
from .shared import Place, as_words, echo
from .terminal_colour import coloured


@dataclass(frozen=True, slots=True)
class Step:
    """A command, word by word, and what it is for; ``waits`` says that the agreement is not settled without it."""

    words: tuple[str, ...]
    why: str
    waits: bool = True

    @property
    def command(self) -> str:
        return self.words[0]


def next_steps(where: SigningState, records: Mapping[str, str] | None = None, behind: bool = False) -> list[Step]:
    """What can be done next, the first thing first; nothing waits for an agreement that has ended.

    ``records`` are the kinds of record that something overdue waits for, each with the name of one that was begun;
    ``behind`` says that the library knows more.
    """
    name = where.agreement.id
    reopen = ("renegotiate", name, "--because", "Say why.")
    if where.state == "ended":
        return [Step(reopen, "open a round, if it goes on after all", waits=False)]
    if where.changed_while_signed:
        return [
            Step(reopen, "have everybody sign the new words"),
            Step(("diff", name), "see which words have changed since they were signed"),
        ]
    if where.open_questions or not where.agreement.front.parties:
        only_open = ("--open",) if where.agreement.front.answers else ()
        return [Step(("ask", name, *only_open), "answer what is still open")]
    if where.round and where.as_agreed and not opens_round(where):
        return [Step(("ask", name), "change the words"), *signing_steps(where)]
    if where.state == "agreed":
        return [
            *(_record(name, kind, begun) for kind, begun in (records or {}).items()),
            *([Step(("upgrade", name), "see what the template has learned")] if behind else []),
            Step(("export", name, "--to", "docx"), "give each partner a copy; it ends in the fingerprint", False),
            Step(("status", name, "--due", "1y"), "see what falls due", False),
            Step(reopen, "change the words", False),
        ]
    if where.state == "changed":
        return [Step(("diff", name), "see what has changed since it was agreed"), *signing_steps(where)]
    return signing_steps(where) or [Step(("agree", name), "close the round: everybody has signed")]


def _record(name: str, kind: str, begun: str) -> Step:
    why = "write down what is overdue"
    return Step(("ask", name, "--record", begun), why) if begun else Step(("record", kind, name), why)


def signing_steps(where: SigningState) -> list[Step]:
    """The command of each who has not signed today's words."""
    return [
        # For whom it is stands in the words.
        Step(("sign", where.agreement.id, "--as", as_words(**one.model_dump())), "")
        for one in where.missing
    ]


def echo_steps(place: Place, steps: Iterable[Step], head: str = "Next:", error: bool = False) -> None:
    """Each step on a line of its own, ready to be copied, and what it is for: beside it, or below a long one."""
    lines = [(place.line(*one.words), one.why) for one in steps]
    short = [len(line) for line, _ in lines if len(line) <= _ROOM]
    click.echo(coloured(head, "head"), err=error)
    for line, why in lines:
        if len(line) <= _ROOM:
            echo(f"  {line.ljust(max(short))}   {why}".rstrip(), error)
            continue
        echo(f"  {line}", error)
        if why:
            echo(f"      {why}", error)


# How much of a line a command may take that has its reason beside it.
_ROOM = 44
