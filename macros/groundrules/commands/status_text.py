"""Every partnership in a few lines, for people and for programs."""

from __future__ import annotations

import datetime
import os
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..agreement.document.language import written_date
from ..agreement.review.dates import SIGNING, is_made
from ..agreement.review.due import Due
from ..agreement.review.records import of_kind
from ..agreement.review.status import Status, status_of
from ..agreement.signing.signing_state import State
from ..files.load.folders import Loaded
from ..model.pieces import History, Toolkit
from ..text.problems import Problem, did_you_mean, errors, on_one_line
from .next_step import Step, next_steps
from .shared import Place
from .terminal_colour import Role, coloured

_WIDEST_NAME = 26
_MOST_NAMES = 6
_UNREADABLE = "cannot be read"
_ROLES: Mapping[State, Role] = {"agreed": "well", "ended": "plain"}
_HEADER = ("NAME", "STATE", "OPEN", "TO SIGN", "NEXT")


@dataclass(frozen=True, slots=True)
class Entry:
    """A partnership; without an ``status`` if its agreement cannot be read."""

    name: str
    status: Status | None
    problems: tuple[Problem, ...] = ()
    # The record of each kind that was drafted last, where nobody has filled it in.
    begun: Mapping[str, str] = field(default_factory=dict)

    def overdue(self, on: datetime.date) -> list[Due]:
        return self.status.overdue(on) if self.status else []

    def steps(self, on: datetime.date) -> list[Step]:
        """What can be done next, what the partnership waits for first."""
        if self.status is None:
            return [Step(("check",), "see what is wrong")]
        late = (one.entry.settled_by for one in self.status.promises if one.is_overdue(on))
        records = {kind: self.begun.get(kind, "") for kind in late if kind not in ("", SIGNING)}
        return next_steps(self.status.where, records, bool(self.status.behind))

    def next_step(self, on: datetime.date) -> Step | None:
        """What this partnership waits for."""
        return next((one for one in self.steps(on) if one.waits), None)

    @property
    def state(self) -> str:
        return self.status.state if self.status else _UNREADABLE

    @property
    def role(self) -> Role:
        if self.status is None:
            return "wrong"
        return _ROLES.get(self.status.where.state, "mild")


def entries(loaded: Loaded, root: Path, folder: Path) -> list[Entry]:
    """Every partnership in ``folder``, by name; a broken one with what is wrong with it."""
    toolkit = loaded.toolkit
    here = Path(os.path.relpath(folder.resolve(), root.resolve())).as_posix() + "/"
    wrong: dict[str, list[Problem]] = {}
    for problem in errors(loaded.problems):
        if problem.file.startswith(here):
            wrong.setdefault(problem.file.removeprefix(here).partition("/")[0], []).append(problem)
    for name, agreement in toolkit.partnerships.items():
        template = agreement.front.template
        if not toolkit.template(template):
            said = f'There is no template "{template}". {did_you_mean(template, toolkit.templates)}'
            line = agreement.origin.front.line("template")
            wrong.setdefault(name, []).append(Problem(agreement.origin.file, line, "unknown-template", said))
    return [
        Entry(
            name,
            status_of(toolkit.partnerships[name], toolkit) if name in toolkit.partnerships else None,
            tuple(wrong.get(name, ())),
            begun(toolkit, name),
        )
        for name in sorted({*toolkit.partnerships, *wrong})
    ]


def begun(toolkit: Toolkit, name: str) -> dict[str, str]:
    history = toolkit.histories.get(name, History())
    kinds = {toolkit.now_called("records", one.front.template) for one in history.records.values()}
    last = {kind: of_kind(kind, history, toolkit)[-1] for kind in kinds}
    return {kind: made for kind, made in last.items() if not is_made(history.records[made])}


def needs_somebody(found: Iterable[Entry], on: datetime.date) -> bool:
    """Whether something is overdue, or cannot be known."""
    return any(entry.problems or entry.overdue(on) for entry in found)


# --- for people ---------------------------------------------------------------------------------


def as_text(found: Sequence[Entry], on: datetime.date, place: Place, width: int | None = None) -> str:
    """A line of columns for each partnership, and below it what has to be said at more length.

    ``width`` is that of the terminal; where there is none, no line is cut or broken.
    """
    rows = [_HEADER, *(_columns(entry, on) for entry in found)]
    widths = [min(max(len(row[at]) for row in rows), _WIDEST_NAME) for at in range(len(_HEADER) - 1)]
    lines = [_row(_HEADER, widths, width, "plain")]
    for entry, row in zip(found, rows[1:], strict=True):
        lines.append(_row(row, widths, width, entry.role))
        for detail, role in _details(entry, on):
            text = f"  {on_one_line(detail)}"
            broken = textwrap.wrap(text, width, subsequent_indent="      ") if width else [text]
            lines += [coloured(line, role) for line in broken]
        if step := entry.next_step(on):
            # On one line however long it is, so that it can be copied.
            lines.append(f"  {coloured('Next:', 'head')} {place.line(*step.words)}")
    return "\n".join([*lines, "", _summary(found, on)])


def _columns(entry: Entry, on: datetime.date) -> tuple[str, ...]:
    seen = entry.status
    if seen is None:
        return (on_one_line(entry.name), _UNREADABLE, "", "", "")
    following = seen.next(on)
    return (
        entry.name,
        seen.state,
        str(len(seen.where.open_questions) or "-"),
        str(len(seen.to_sign) or "-"),
        on_one_line(f"{following.day}  {following.title}") if following else "-",
    )


def _row(row: Sequence[str], widths: Sequence[int], width: int | None, role: Role) -> str:
    name, state, asked, to_sign, following = row
    start = name.ljust(widths[0])
    if len(name) > widths[0]:
        # A long name has its line to itself, so that the columns stay where they are.
        start = f"{name}\n{' ' * widths[0]}"
    middle = (
        f"{coloured(state, role)}{' ' * (widths[1] - len(state))}  {asked.rjust(widths[2])}  {to_sign.rjust(widths[3])}"
    )
    room = width - sum(widths) - 8 if width else 0
    if room and len(following) > room:
        following = following[: max(room - 1, 10)].rstrip() + "…"
    return f"{start}  {middle}  {following}".rstrip()


def _details(entry: Entry, on: datetime.date) -> Iterator[tuple[str, Role]]:
    seen = entry.status
    if seen:
        yield seen.agreement.front.title, "head"
        for due in seen.overdue(on):
            yield f"Overdue: {due.sentence}", "wrong"
        if seen.where.open_questions:
            yield f"Open: {_some(seen.where.open_questions)}", "plain"
        if seen.to_sign:
            yield f"To sign: {_some(seen.to_sign)}", "plain"
        if seen.behind:
            yield f"Behind the template: {_some([one.title for one in seen.behind])}", "plain"
    for problem in entry.problems:
        yield str(problem), "wrong"


def _some(names: Sequence[str]) -> str:
    """As many of ``names`` as somebody reads; the JSON has them all."""
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _summary(found: Sequence[Entry], on: datetime.date) -> str:
    states = Counter(entry.state for entry in found)
    late = sum(bool(entry.overdue(on)) for entry in found)
    many = f"{len(found)} partnership{'' if len(found) == 1 else 's'}"
    listed = ", ".join(f"{number} {state}" for state, number in sorted(states.items(), key=lambda one: (-one[1], one)))
    return f"{many}: {listed}. " + (f"Something is overdue in {late}." if late else "Nothing is overdue.")


def due_as_text(found: Sequence[Entry], on: datetime.date, until: datetime.date) -> str:
    """What is overdue, and what falls due from ``on`` to ``until``, in the order of days."""
    late = sorted((due.day, entry.name, due.sentence) for entry in found for due in entry.overdue(on))
    soon = sorted(
        (due.day, entry.name, due.title) for entry in found if entry.status for due in entry.status.coming(on, until)
    )
    width = max((len(name) for _, name, _ in late + soon), default=0)
    last = written_date(until, "en-GB")
    lines = []
    for title, listed in (("Overdue:", late), (f"Due by {last}:" if soon else f"Nothing falls due by {last}.", soon)):
        if listed or listed is soon:
            lines.append(coloured(title, "wrong" if listed is late and late else "head"))
        lines += [on_one_line(f"  {day}  {name.ljust(width)}  {said}") for day, name, said in listed]
    broken = [str(problem) for entry in found for problem in entry.problems]
    return "\n".join([*lines, *(["Cannot be read:", *(f"  {line}" for line in broken)] if broken else [])])


# --- for programs -------------------------------------------------------------------------------


def as_data(found: Iterable[Entry], on: datetime.date, until: datetime.date | None) -> dict[str, Any]:
    """The partnerships for other programs.

    Every key stands in every answer. ``state`` is ``unreadable`` where the agreement cannot be read."""
    return {
        "on": on.isoformat(),
        "until": until.isoformat() if until else None,
        "partnerships": [_entry_data(entry, on, until) for entry in found],
    }


def _entry_data(entry: Entry, on: datetime.date, until: datetime.date | None) -> dict[str, Any]:
    seen = entry.status
    following = seen.next(on) if seen else None
    return {
        "name": entry.name,
        "title": seen.agreement.front.title if seen else "",
        "state": seen.where.state if seen else "unreadable",
        "version": (seen.where.agreed or None) if seen else None,
        "open": seen.where.open_questions if seen else [],
        "to_sign": seen.to_sign if seen else [],
        "next": _due_data(following) if following else None,
        "due": [_due_data(one) for one in seen.coming(on, until)] if seen and until else [],
        "overdue": [{**_due_data(one), "sentence": one.sentence} for one in entry.overdue(on)],
        "behind": [{"clause": one.clause, "title": one.title, "kind": one.kind} for one in seen.behind] if seen else [],
        "problems": [
            {"file": one.file, "line": one.line, "name": one.name, "message": one.message} for one in entry.problems
        ],
    }


def _due_data(due: Due) -> dict[str, str]:
    return {"day": due.day.isoformat(), "title": due.title}
