"""Sign an agreement, close a round of signing, open another.

The text that is signed is kept first, and the agreement's own file is written last and in one step. A command that
is killed leaves the old state, the new one, or a kept text that nobody has signed yet, which does no harm.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..agreement.document.assemble import assemble
from ..agreement.document.language import DEFAULT
from ..agreement.signing.fingerprint import fingerprint
from ..agreement.signing.open_round import open_round
from ..agreement.signing.refusals import (
    nothing_to_close,
    open_lines,
    open_questions,
    reason,
    refuse,
    refuse_changed,
    unsigned,
)
from ..agreement.signing.signatory import signatory
from ..agreement.signing.signing_state import SigningState, signing_state
from ..agreement.signing.standing import too_early
from ..agreement.signing.version import finished
from ..checks import checked
from ..files import clock, disk
from ..files.edit import Data, Source, set_key
from ..files.load.readers import read_version
from ..files.load.text import opened
from ..files.source import Bare, agreement_source, plain
from ..model.front import EARLIEST, Round, Signature
from ..model.pieces import Agreement
from ..text.names import same_name
from ..text.problems import Problem, UserError
from ..text.tables import phrase
from .days import day_of
from .workspace import Workspace

# What a change of a signed agreement may not be built on.
SIGNATURE_CHECKS = ("kept-version", "odd-rounds", "odd-signature", "one-signatory", "unsigned")


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature that was just made; ``opened`` says whether this opened a round, ``early`` why its day is odd."""

    signature: Signature
    path: Path
    opened: bool
    where: SigningState
    early: str


def stands(workspace: Workspace) -> SigningState:
    return signing_state(workspace.agreement, workspace.history)


def day_given(text: str | None, language: str = DEFAULT) -> datetime.date:
    """The day on which something happened: today, unless ``text`` names another; raises ``UserError``."""
    now = clock.today()
    if text is None:
        return now
    day = day_of("--on", text, language, back=True)
    if day < EARLIEST:
        raise UserError(f"--on {day}: this lies in another century. Write the day on which it happened, such as {now}.")
    if day > now:
        raise UserError(f"--on {day}: this lies in the future. Write the day on which it happened.")
    return day


def problems(workspace: Workspace, agreement: Agreement | None = None) -> list[Problem]:
    """The problems of the signatures, the rounds and the kept versions; what is odd about them is a warning."""
    found = checked(agreement or workspace.agreement, workspace.toolkit)
    return [one for one in found if one.name in SIGNATURE_CHECKS]


# --- sign -------------------------------------------------------------------------------------------


def sign(workspace: Workspace, words: str, day: datetime.date, because: str = "") -> Signing:
    """Sign today's words as the person whom ``words`` name; ``because`` is the reason for a round that this opens.

    Raises ``UserError``, ``InvalidFiles``, or ``WordsChanged`` where others have signed other words in this round.
    """
    because = reason(because)
    where = stands(workspace)
    if where.state == "ended":
        raise UserError('This agreement has ended. Open a round of it with "groundrules renegotiate", or fork another.')
    refuse_changed(where)
    refuse(_once_agreed(workspace, where) + open_questions(where))
    front = workspace.agreement.front
    who = signatory(words, front.parties, (one.name for one in front.signatures))
    version = where.version
    for one in front.signatures:
        if one.version == version and same_name(one.party, who.party) and same_name(one.name, who.name):
            raise UserError(phrase("signedAlready", name=who.name, version=version, party=who.party, day=one.date))
    early = too_early(version, day, front.rounds)
    if early and early[1]:
        raise UserError(f"--on: {early[0]} Give the day on which it was signed.")
    opens = where.round is None and version not in {one.version for one in front.rounds}
    if because and not opens and (where.round is None or where.round.because not in ("", because)):
        raise UserError(
            "--because: this opens no round, so there is nothing to give a reason for. Leave it out.",
            instead={"--because": ""},
        )
    signature = Signature(
        party=who.party,
        name=who.name,
        role=who.role,
        date=plain(day),
        version=plain(version),
        fingerprint=where.fingerprint,
    )

    def edit(source: Source, data: Data) -> None:
        now = stands(workspace)
        if now.fingerprint != where.fingerprint:
            raise UserError("Somebody has changed the words just now. Read them, then sign again.")
        if opens:
            open_round(data, now, day, because)
        elif because:
            set_key(data, "rounds", [*data["rounds"][:-1], {**data["rounds"][-1], "because": because}])
        set_key(data, "signatures", [*(data.get("signatures") or []), plain(signature)])

    path = workspace.folder / "versions" / f"{version}.md"
    with _kept(workspace, where, path):
        workspace.change(edit)
    return Signing(signature, path, opens, stands(workspace), early[0] if early else "")


@contextmanager
def _kept(workspace: Workspace, where: SigningState, path: Path) -> Iterator[None]:
    """Keep today's text in ``path``, if it is not there; and take it back if it could not be signed."""
    if where.version in where.kept:
        yield
        return
    text = _finished(workspace, where, path)
    before = disk.read(workspace.path)
    fresh = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    try:
        disk.create(path, text)
        workspace.load()
        yield
    except Exception:
        with suppress(OSError):
            if disk.read(workspace.path) == before:
                path.unlink(missing_ok=True)
                if fresh:
                    path.parent.rmdir()
        raise


def _finished(workspace: Workspace, where: SigningState, path: Path) -> str:
    """The finished text, once it has been read back and says the same."""
    text = agreement_source(finished(where.today, workspace.agreement.front, where.version))
    again, found = opened(text, path.as_posix(), read_version)
    refuse(found)
    if again is None or fingerprint(assemble(again)) != where.fingerprint:
        raise UserError(phrase("notQuiteTheSame"))
    return text


# --- agree ------------------------------------------------------------------------------------------


def agree(workspace: Workspace, day: datetime.date) -> SigningState:
    """Close the round that is open: what was signed in it is then agreed.

    Raises ``UserError``, ``InvalidFiles``, or ``WordsChanged`` where today's words are others than those signed.
    """
    where = stands(workspace)
    if where.round is None:
        raise UserError(nothing_to_close(where))
    refuse_changed(where)
    version = where.round.version
    refuse(_once_agreed(workspace, where) + open_questions(where) + unsigned(where, version))
    last = max(one.signature.date for one in where.signatures(version))
    if day < last:
        raise UserError(
            f"--on {day}: version {version} was still being signed on {last}. Give that day or a later one."
        )

    def edit(source: Source, data: Data) -> None:
        if stands(workspace).fingerprint != where.fingerprint:
            raise UserError("Somebody has changed the words just now. Look at them first.")
        set_key(data, "rounds", [*data["rounds"][:-1], {**data["rounds"][-1], "agreed": Bare(day.isoformat())}])
        set_key(data, "status", Bare("agreed"))

    workspace.change(edit)
    return stands(workspace)


# --- renegotiate ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Renegotiation:
    """The round that is open now, and the one that had signatures and lapsed for it."""

    number: int
    lapsed: Round | None
    before: SigningState


def renegotiate(workspace: Workspace, because: str, day: datetime.date) -> Renegotiation:
    """Open a round for a reason, or give the reason of one in which nobody has signed yet."""
    because = reason(because)
    if not because:
        raise UserError('--because: say why, in a sentence, such as "two of us moved away". It stays in the history.')
    where = stands(workspace)
    refuse(problems(workspace))
    if where.state == "draft" and not where.agreement.front.rounds:
        raise UserError(phrase("nothingToRenegotiate"))
    early = too_early(where.next_round, day, where.agreement.front.rounds)
    if early:
        raise UserError(f"--on: {early[0]} Give the day on which the round was opened.")
    number = 0

    def edit(source: Source, data: Data) -> None:
        nonlocal number
        number = open_round(data, stands(workspace), day, because)

    workspace.change(edit)
    lapsed = where.round if where.round and where.round.version != number else None
    return Renegotiation(number, lapsed, where)


# --- what is refused ----------------------------------------------------------------------------------


def _once_agreed(workspace: Workspace, where: SigningState) -> list[Problem]:
    """The errors as they stand, and those that would keep these words from being agreed."""
    front = workspace.agreement.front
    # Without its rounds, so that the checks do not take the words for those of an earlier one.
    closed = replace(workspace.agreement, front=front.model_copy(update={"status": "agreed", "rounds": ()}))
    # Each open question is named below, with the words that ask it; who has not signed, where it matters.
    named = [
        replace(one, level="error")
        for one in checked(closed, workspace.toolkit)
        if (one.level == "error" or one.name == "need")
        and one.name not in (*SIGNATURE_CHECKS, "unanswered")
        and not _asks(one, where)
    ]
    # What was called agreed before there were rounds is a draft again with the first signature.
    draft = None if front.rounds else replace(workspace.agreement, front=front.model_copy(update={"status": "draft"}))
    return named + problems(workspace, draft)


def _asks(problem: Problem, where: SigningState) -> bool:
    """Whether ``problem`` is that a needed answer is open."""
    lines = {line for _, line in open_lines(where)}
    return problem.name == "need" and problem.line in lines
