"""A proposal as it reads on the screen: what is theirs, what is mine, and what both came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..agreement.changes.diff_words import Edit, Strip, Token, aligned, edits, tokens
from ..agreement.changes.update_apply import Lost
from ..agreement.changes.update_compare import PREAMBLE, Kind, Proposal, Question
from ..agreement.document.answers import entries
from ..files.source import plain
from ..model.pieces import Section
from ..text.tables import phrase

_SAID: dict[Kind, str] = {
    "library": phrase("libraryHasOtherWords"),
    "both": phrase("bothChanged"),
    "no base": phrase("baseUnknown"),
    "new": phrase("onlyInTemplate"),
    "dropped": phrase("goneFromLibrary"),
    "renamed": phrase("otherIdInLibrary"),
    "question": phrase("askedInAnotherWay"),
    "same": phrase("alreadyTheSame"),
}
_DROPPED = phrase("leftOutAndGone")
_REMOVED = "The template has this clause. You took it once, and it does not stand in your agreement any more."
_RENAMED = phrase("leftOutUnderOtherId")


def said(proposal: Proposal) -> str:
    """A sentence or two on what has happened."""
    if proposal.mine is None and proposal.kind in ("dropped", "renamed"):
        return _DROPPED if proposal.kind == "dropped" else _RENAMED
    if proposal.kind == "new" and proposal.base:
        return _REMOVED
    moved = proposal.renamed and proposal.theirs and proposal.kind != "renamed"
    also = phrase("libraryCallsIt", id=proposal.theirs.id) if moved and proposal.theirs else ""
    return _SAID[proposal.kind] + also


def shown(proposal: Proposal) -> Iterator[tuple[str, bool]]:
    """The lines of ``proposal``; those that are agreement text are marked."""
    mine, theirs, base = proposal.mine, proposal.theirs, proposal.base
    if proposal.kind == "new" and theirs:
        yield from text_lines("It would say:", theirs.text.split("\n"))
    elif proposal.kind == "library" and mine and theirs:
        yield from text_lines("What changes, [-removed-] and {+added+}:", marked(mine, theirs))
    elif proposal.kind == "both" and mine and theirs and base and base.text != "":
        yield from text_lines("Both came from:", base.text.split("\n"))
        yield from text_lines("What you changed, [-removed-] and {+added+}:", marked(base, mine))
        yield from text_lines("What the library changed:", marked(base, theirs))
    elif proposal.kind == "no base" and mine and theirs:
        yield from text_lines("From yours to the library's, [-removed-] and {+added+}:", marked(mine, theirs))
    for question in proposal.questions:
        yield from question_lines(question)


def text_lines(head: str, lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    yield head, False
    yield from ((line, True) for line in lines)


def marked(old: Section, new: Section) -> list[str]:
    """The lines of ``new``, with what of ``old`` is gone in ``[-…-]`` and what came in ``{+…+}``."""
    before, after = _strips(old, new), _strips(new, old)
    lines = []
    for i, j in aligned(before, after):
        was, now = before[i].tokens if i is not None else (), after[j].tokens if j is not None else ()
        lines.append("".join(map(_marked, edits(was, now))) if was or now else "")
    return lines


def _strips(section: Section, other: Section) -> list[Strip]:
    """The lines of ``section``, with its title where the two differ in it."""
    titled = [section.title] if section.title != other.title and section.id != PREAMBLE else []
    return [Strip("", line) for line in [*titled, *section.text.split("\n")]]


def _marked(edit: Edit) -> str:
    old, new = _text(edit.old), _text(edit.new)
    if edit.equal:
        return new
    return (f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else "")


def _text(words: Iterable[Token]) -> str:
    return "".join(word.text for word in words)


def question_lines(question: Question) -> Iterator[tuple[str, bool]]:
    """The lines on what changes in a blank's definition."""
    old, new = _flat(plain(question.mine)), _flat(plain(question.taken))
    yield f'The blank "{question.name}":', False
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now:
            yield f"{key}: " + "".join(map(_marked, edits(tokens(was), tokens(now)))), True
    if question.disputed:
        yield "You changed this too, or nobody knows whether you did. If you take it, you get the library's.", False


def _flat(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {key: text for name, below in value.items() for key, text in _flat(below, f"{path} {name}").items()}
    return {path.strip(): "; ".join(entries(value))}


def lost_lines(lost: Iterable[Lost]) -> Iterator[str]:
    """The answers that would lose their place."""
    for one in lost:
        yield f"{one.name}: {'; '.join(entries(one.answer))}"
        yield f"  {one.why}"
