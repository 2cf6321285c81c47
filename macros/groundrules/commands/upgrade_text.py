"""A proposal as it reads on the screen: what is theirs, what is mine, and what both came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..agreement.changes.diff_words import Edit, Strip, Token, aligned, edits, tokens
from ..agreement.changes.update_apply import Lost
from ..agreement.changes.update_compare import PREAMBLE, Kind, Proposal, Question
from ..agreement.document.answers import entries, is_empty, written
from ..agreement.document.language import written_date
from ..files.source import plain
from ..model.pieces import Agreement, Section, definitions
from ..text.markup.blocks import parse
from ..text.markup.nodes import Becomes, Blank, Reference, Text, blank_key
from ..text.tables import phrase
from .interview.clause_text import lines_of

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


def in_words(agreement: Agreement, title_of: Callable[[str], str]) -> Becomes:
    """What a clause says to these partners: their answers in its blanks, and the titles of other clauses."""
    front = agreement.front
    known = definitions(front.blanks)
    dates = {"start": front.start, "end": front.end}
    said = {"title": front.title, **{key: written_date(day, front.language) for key, day in dates.items() if day}}
    for name, given in front.answers.items():
        if isinstance(given, str) and not is_empty(given) and "\n" not in given and blank_key(name) in known:
            said[blank_key(name)] = written(known[blank_key(name)], given, front.language)
    titles = {section.id: section.title for section in agreement.sections}
    return {
        Text: lambda node: node.text,
        Blank: lambda node: said.get(blank_key(node.name), f"[{node.name}]"),
        Reference: lambda node: titles.get(node.clause) or title_of(node.clause),
    }


def shown(proposal: Proposal, words: Becomes) -> Iterator[tuple[str, bool]]:
    """The lines of ``proposal``; those that are agreement text are marked."""
    mine, theirs, base = proposal.mine, proposal.theirs, proposal.base
    if proposal.kind == "new" and theirs:
        yield from text_lines("It would say:", _lines(theirs, words))
    elif proposal.kind == "library" and mine and theirs:
        yield from text_lines("What changes, [-removed-] and {+added+}:", marked(mine, theirs, words))
    elif proposal.kind == "both" and mine and theirs and base and base.text != "":
        yield from text_lines("Both came from:", _lines(base, words))
        yield from text_lines("What you changed, [-removed-] and {+added+}:", marked(base, mine, words))
        yield from text_lines("What the library changed:", marked(base, theirs, words))
    elif proposal.kind == "no base" and mine and theirs:
        yield from text_lines("From yours to the library's, [-removed-] and {+added+}:", marked(mine, theirs, words))
    for question in proposal.questions:
        yield from question_lines(question)


def text_lines(head: str, lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    yield head, False
    yield from ((line, True) for line in lines)


def _lines(section: Section, words: Becomes) -> list[str]:
    return [line for text in lines_of(parse(section.text)[0], words) for line in text.split("\n")]


def marked(old: Section, new: Section, words: Becomes) -> list[str]:
    """The lines of ``new``, with what of ``old`` is gone in ``[-…-]`` and what came in ``{+…+}``.

    What reads the same is shown as it stands in the file, or nobody would see what has changed.
    """
    texts = [_lines(old, words), _lines(new, words)]
    if texts[0] == texts[1]:
        texts = [old.text.split("\n"), new.text.split("\n")]
    return marked_lines(_titled(old, new, texts[0]), _titled(new, old, texts[1]))


def marked_lines(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """The same for lines of any text."""
    before, after = ([Strip("", line) for line in one] for one in (old, new))
    lines = []
    for i, j in aligned(before, after):
        was, now = before[i].tokens if i is not None else (), after[j].tokens if j is not None else ()
        lines.append("".join(map(_marked, edits(was, now))) if was or now else "")
    return lines


def _titled(section: Section, other: Section, lines: list[str]) -> list[str]:
    """The lines of ``section``, with its title where the two differ in it."""
    titled = [section.title] if section.title != other.title and section.id != PREAMBLE else []
    return [*titled, *lines]


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
