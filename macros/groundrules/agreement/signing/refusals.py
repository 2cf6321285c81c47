"""Reasons that keep somebody from signing today's words, and a round of signing from being closed."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.pieces import definitions
from ...text.markup.hidden import hidden_characters
from ...text.markup.nodes import blank_key
from ...text.problems import InvalidFiles, Problem, UserError, errors
from ...text.tables import phrase
from ..document.assemble import blanks_in
from .signing_state import SigningState


class WordsChanged(Exception):
    """Raised when today's words are not those that others have signed in the round that is open."""

    def __init__(self, where: SigningState) -> None:
        super().__init__()
        self.where = where


def refuse(found: list[Problem]) -> None:
    """Raise ``InvalidFiles`` with the errors among ``found``, if there are any."""
    if errors(found):
        raise InvalidFiles(errors(set(found)))


def refuse_changed(where: SigningState) -> None:
    """Raise ``WordsChanged``, unless the kept text itself was tampered with, which the checks name."""
    kept = where.kept.get(where.round.version) if where.round else None
    if kept and kept.intact and where.changed_while_signed:
        raise WordsChanged(where)


def reason(because: str) -> str:
    """A reason on one line; raises ``UserError`` if it holds what nobody can see."""
    because = " ".join(because.split())
    hidden = hidden_characters(because)
    if hidden:
        raise UserError(f"--because: {hidden}")
    return because


def nothing_to_close(where: SigningState) -> str:
    """Why there is nothing to agree, where no round is open."""
    if where.state == "ended":
        return phrase("endedAlready")
    if not where.agreed:
        return 'Nobody has signed today\'s words yet. Each party signs first, with "groundrules sign".'
    if where.as_agreed:
        return phrase("agreedAlready", version=where.agreed)
    return phrase("changedSinceAgreed", version=where.agreed)


def open_questions(where: SigningState) -> list[Problem]:
    """A problem for each question that nobody has answered."""
    agreement = where.agreement
    known = definitions(agreement.front.blanks)
    found = []
    for name, line in open_lines(where):
        definition = known.get(blank_key(name))
        asks = definition.ask if definition else "Fill it in above, in the front matter."
        found.append(Problem(agreement.origin.file, line, "unanswered", f'"{name}" is not answered yet. {asks}'))
    return found


def open_lines(where: SigningState) -> Iterator[tuple[str, int]]:
    """The name of each open question, and the line that asks it."""
    agreement = where.agreement
    lines: dict[str, int] = {}
    for blocks in (agreement.preamble, *(section.blocks for section in agreement.sections)):
        for blank in blanks_in(blocks):
            lines.setdefault(blank_key(blank.name), blank.line)
    for name in where.open_questions:
        yield name, lines.get(blank_key(name), agreement.body_line)


def unsigned(where: SigningState, version: int) -> list[Problem]:
    """A problem for each party for which nobody has signed ``version``."""
    agreement = where.agreement
    return [
        Problem(
            agreement.origin.file,
            agreement.origin.front.line("parties", index),
            "unsigned",
            phrase("nobodySigned", version=version, party=party.name),
        )
        for index, party in enumerate(agreement.front.parties)
        if party in where.missing
    ]
