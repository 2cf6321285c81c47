"""The command that shows what has changed between two texts of an agreement."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from ..agreement.changes.diff import ClausePart, Comparison, Part, compare
from ..agreement.document.nodes import Document
from ..agreement.signing.signing_state import SigningState, signing_state
from ..files import clock
from ..model.front import Round
from ..text.problems import UserError, on_one_line
from .next_step import next_steps
from .shared import Place, echo_json, output_path, shown, write_output
from .terminal_diff import LEGEND, changed_parts
from .terminal_width import fitted
from .workspace import Workspace

NOW = "now"


@dataclass(frozen=True, slots=True)
class _Side:
    """A kept version, or today's text, whose ``version`` is 0."""

    version: int
    document: Document

    def __str__(self) -> str:
        return f"version {self.version}" if self.version else "today's text"


def diff(
    place: Place,
    name: str,
    before: str | None,
    targets: tuple[str, ...],
    output: str | None,
    force: bool,
    style: str | None,
) -> None:
    workspace = Workspace(place, name)
    where = signing_state(workspace.agreement, workspace.history, workspace.title_of)
    word = "docx" in targets or (output is not None and output.lower().endswith(".docx"))
    if not word and (output or force):
        raise UserError("-o and --force go with --to docx.", instead={"--to": "docx"})
    if word and style:
        said = "--format goes with what is shown, not with --to docx. Leave one of the two out."
        raise UserError(said, instead={"--format": ""})
    old, new = _sides(where, before, [one for one in targets if one != "docx"])
    _warn(where, (old, new))
    if word:
        _write_word(workspace, where, old, new, output, force)
        return
    comparison = compare(old.document, new.document)
    reasons = _rounds_between(where, old, new)
    if style == "json":
        echo_json(_data(name, old, new, reasons, comparison))
    else:
        for line in _lines(where, old, new, reasons, comparison):
            click.echo(fitted(line, sys.stdout))


def _sides(where: SigningState, before: str | None, targets: Sequence[str]) -> tuple[_Side, _Side]:
    if len(targets) > 1:
        two = " and ".join(f'"{one}"' for one in targets)
        raise UserError(f"--to names two texts: {two}. Name one, and docx beside it for a Word file.")
    known = ", ".join(map(str, where.kept)) or "none yet"
    if before is None:
        if not where.kept:
            raise UserError(
                f'"{where.agreement.id}" has no kept version to compare with. The first is kept when somebody signs.',
                then=next_steps(where)[0].words,
            )
        before = str(where.agreed if where.agreed in where.kept else max(where.kept))

    def side(option: str, given: str) -> _Side:
        if given == NOW:
            return _Side(0, where.today)
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
        if number not in where.kept:
            raise UserError(f'{option} "{given}": there is no such version. It may be "{NOW}", or a kept one: {known}.')
        return _Side(number, where.kept[number].document)

    return side("--from", before), side("--to", targets[0] if targets else NOW)


def _warn(where: SigningState, sides: Iterable[_Side]) -> None:
    for side in sides:
        if side.version and not where.kept[side.version].intact:
            file = on_one_line(where.kept[side.version].agreement.origin.file)
            click.echo(f"{file}: these words were changed after they were signed.", err=True)


def _rounds_between(where: SigningState, old: _Side, new: _Side) -> list[Round]:
    """The rounds that led from one to the other; today's text stands behind them all."""
    last = max([*where.kept, *(one.version for one in where.agreement.front.rounds)], default=0) + 1
    first, final = sorted(side.version or last for side in (old, new))
    return [one for one in where.agreement.front.rounds if first < one.version <= final]


# --- shown --------------------------------------------------------------------------------------


def _lines(where: SigningState, old: _Side, new: _Side, reasons: Sequence[Round], comparison: Comparison) -> list[str]:
    title = on_one_line(new.document.title)
    if comparison.same:
        return [f"{title}: {old} and {new} say the same."]
    return [
        f"{title}: from {_dated(where, old)}, to {_dated(where, new)}",
        LEGEND,
        *(f"Version {one.version}, because: {on_one_line(one.because)}" for one in reasons if one.because),
        *changed_parts(comparison),
    ]


def _dated(where: SigningState, side: _Side) -> str:
    agreed = [one.agreed for one in where.agreement.front.rounds if side.version == one.version and one.agreed]
    return f"{side}, agreed on {agreed[0]}" if agreed else str(side)


def _data(name: str, old: _Side, new: _Side, reasons: Sequence[Round], comparison: Comparison) -> dict[str, Any]:
    return {
        "name": name,
        "from": old.version or NOW,
        "to": new.version or NOW,
        "same": comparison.same,
        "rounds": [
            {
                "version": one.version,
                "opened": one.opened.isoformat(),
                "because": one.because,
                "agreed": one.agreed.isoformat() if one.agreed else None,
            }
            for one in reasons
        ],
        "changed": [_part(one) for one in comparison.changed],
        "renumbered": [asdict(one) for one in comparison.renumbered],
    }


def _part(part: Part) -> dict[str, Any]:
    found = {key.replace("_", " "): value for key, value in asdict(part).items()}
    kind = "clause" if isinstance(part, ClausePart) else "preamble" if part.name == "preamble" else "fact"
    return {"kind": kind, **found}


# --- written ------------------------------------------------------------------------------------


def _write_word(
    workspace: Workspace, where: SigningState, old: _Side, new: _Side, output: str | None, force: bool
) -> None:
    from ..writers.tracked import AUTHOR, tracked

    target = output_path(output, f"{workspace.name}-changes.docx", force)
    author = workspace.toolkit.site.at("site_name").text or AUTHOR
    if not write_output(target, output, tracked(old.document, new.document, _day(where, new), author), force):
        return
    same = ". Nothing has changed" if compare(old.document, new.document).same else ""
    click.echo(f"Wrote {shown(target)}, from {old} to {new}{same}.")


def _day(where: SigningState, side: _Side) -> datetime.date:
    """The day that stands beside each change: when the version was agreed or opened, for today's text today."""
    days = [one.agreed or one.opened for one in where.agreement.front.rounds if one.version == side.version]
    return days[0] if days else clock.today()
