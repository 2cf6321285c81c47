"""The decisions on an upgrade that people made beforehand: in a file, or on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..agreement.changes.update_apply import Choice, Decision, choices
from ..agreement.changes.update_compare import Proposal
from ..files.source import Bare, entries
from ..text.markup.blocks import parse
from ..text.problems import Unknown, UserError, did_you_mean
from .option_files import read_lines

_CHOICES: tuple[Choice, ...] = ("take", "take and drop", "keep", "later")


def from_file(file: str, text: str, proposals: Sequence[Proposal]) -> dict[str, Decision]:
    """The decisions in a file, a line ``clause: choice`` for each; raises ``InvalidFiles`` with all that is wrong."""
    decisions: dict[str, Decision] = {}

    def keep(clause: str, value: Any) -> None:
        proposal = about(clause, proposals)
        decisions[proposal.clause] = _decision(proposal, value)

    read_lines(file, text, 'Decisions are lines of "clause: take", keep or later.', "bad-value", keep)
    return decisions


def from_options(
    given: Iterable[tuple[Choice, Iterable[str]]], proposals: Sequence[Proposal], before: dict[str, Decision]
) -> dict[str, Decision]:
    """``before``, and the decisions of the options, each a choice with its clauses; raises ``UserError``."""
    wrong: list[UserError] = []
    decisions: dict[str, Decision] = {}
    for choice, clauses in given:
        for clause in clauses:
            try:
                proposal = about(clause, proposals)
                if decisions.get(proposal.clause, Decision(choice)) != Decision(choice):
                    said = f'"{clause}": this is decided in two ways. Keep one of them.'
                    raise UserError(said, instead={f"--{choice.replace(' ', '-')}": ""})
                decisions[proposal.clause] = _decision(proposal, choice)
            except UserError as error:
                wrong.append(error)
    if wrong:
        said = " ".join(map(str, wrong))
        instead = {word: right for one in wrong for word, right in one.instead.items()}
        raise UserError(said, then=wrong[0].then, instead=instead)
    return {**before, **decisions}


def about(clause: str, proposals: Sequence[Proposal]) -> Proposal:
    """The proposal that is meant by the id of a clause, the earlier or the present one."""
    open_ones = [one for one in proposals if choices(one)]
    for one in open_ones:
        if clause == one.clause or (one.theirs and clause == one.theirs.id):
            return one
    if not open_ones:
        raise UserError(
            f'"{clause}": there is nothing to decide. The agreement is up to date with its template.', then=("status",)
        )
    known = [one.clause for one in open_ones]
    raise Unknown(f'"{clause}": there is nothing to decide about it.', clause, known, kind="CLAUSE")


def _decision(proposal: Proposal, value: Any) -> Decision:
    choice, text = value, ""
    if isinstance(value, dict):
        unknown = [key for key in value if key not in ("choice", "text")]
        if unknown:
            raise UserError(f'"{proposal.clause}": {did_you_mean(unknown[0], ("choice", "text"))}')
        choice, text = value.get("choice", "take"), value.get("text", "")
    known = choices(proposal)
    found = next((one for one in known if one == choice), None)
    if found is None and choice in _CHOICES:
        raise UserError(
            f'"{proposal.clause}": the library no longer has this, so there is nothing to take. Write keep.',
            instead={"--take": "", "--take-and-drop": "", "--keep": proposal.clause},
        )
    if found is None:
        raise UserError(f'"{proposal.clause}": {did_you_mean(str(choice), known)}')
    decision = Decision(found, text.strip("\n") if isinstance(text, str) else "?")
    if decision.text:
        _refuse_text(proposal, decision, text)
    return decision


def _refuse_text(proposal: Proposal, decision: Decision, text: object) -> None:
    if not isinstance(text, str):
        raise UserError(f'"{proposal.clause}": "text" is one line in double quotes. Write "\\n" where a line ends.')
    if not (decision.takes and proposal.rewords):
        raise UserError(f'"{proposal.clause}": words of your own go with "take", where the library has other words.')
    for finding in parse(text)[1]:
        raise UserError(f'"{proposal.clause}": in line {finding.line} of "text": {finding.message}')


def form(proposals: Sequence[Proposal], said: dict[str, str]) -> str:
    """A file of decisions to fill in; ``said`` is a line on each clause."""
    lines = ["# For each clause: take, keep or later. Words of your own go below it, with choice: and text:."]
    for one in proposals:
        if choices(one):
            lines += [
                "",
                f"# {said[one.clause]}",
                *(line.rstrip("\n") for line in entries({one.clause: Bare("later")})),
            ]
    return "\n".join(lines) + "\n"
