"""Changes as lines for a terminal: ``[-so-]`` was removed, ``{+so+}`` was added. Colour is only an extra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from ..agreement.changes.diff import ClausePart, Comparison, Line, Part, renumbered_words
from ..text.problems import on_one_line

LEGEND = "[-so-] was removed, {+so+} was added; … stands for lines that stay."
_MARKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}
_NAMES: Mapping[str, str] = {
    "title": "The title",
    "parties": "The partners",
    "start": "The first day",
    "end": "The last day",
    "preamble": "The opening words",
}


def changed_parts(comparison: Comparison) -> Iterator[str]:
    """Each part that changed: an empty line, its heading, and its lines; then what was renumbered."""
    for part in comparison.changed:
        yield ""
        yield click.style(f"{name_of(part)}: {what_happened(part)}", bold=True)
        if part.change != "same":
            yield from (f"  {line}" for line in _changed_lines(part))
    if comparison.renumbered:
        yield from ("", renumbered_words(comparison))


def name_of(part: Part) -> str:
    if not isinstance(part, ClausePart):
        return _NAMES[part.name]
    # Where a clause came or went as a whole, its heading says so.
    whole = part.change in ("added", "removed")
    title = on_one_line("".join(piece.text for piece in part.title.pieces)) if whole else marked(part.title)
    return f"Clause {part.new_number or part.old_number}, {title}"


def what_happened(part: Part) -> str:
    """``reworded``, ``moved from 5 to 3``, or both."""
    happened: list[str] = [] if part.change == "same" else [part.change]
    if isinstance(part, ClausePart) and part.moved:
        happened.append(f"moved from {part.old_number} to {part.new_number}")
    return ", ".join(happened)


def _changed_lines(part: Part) -> Iterator[str]:
    staying = False
    for line in part.lines:
        if line.change != "same":
            yield marked(line, "  " * max(line.level - 1, 0) + (f"{line.mark} " if line.mark else ""))
        elif not staying:
            yield "…"
        staying = line.change == "same"


def marked(line: Line, start: str = "") -> str:
    """``line``, with ``start`` before it."""
    text = start
    for piece in line.pieces:
        before, after, colour = _MARKS.get(piece.kind, ("", "", None))
        said = f"{before}{on_one_line(piece.text)}{after}"
        text += click.style(said, fg=colour) if colour else said
    return text
