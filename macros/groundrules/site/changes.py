"""The page of what changed in a published agreement, from one agreed version to the next.

It shows what the site may show, and no words that nobody agreed. A kept version holds answers as words. So where an
answer is private now that once was not, the older words of that clause would tell it: they are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from markupsafe import Markup

from ..agreement.changes.diff import ClausePart, Comparison, Line, Part, Renumbered, clause_names, compare
from ..agreement.document.labels import Labels
from ..agreement.document.language import direction
from ..agreement.document.nodes import Block, Document, Filled, Table
from ..agreement.document.redact import public
from ..agreement.review.status import status_of
from ..agreement.signing.fingerprint import one_line
from ..agreement.signing.signing_state import KeptVersion
from ..model.front import Round
from ..model.pieces import Agreement
from ..text.markup.nodes import walk
from .library import Heading, Library, Page, changes_address
from .pictures import life

# Shorter answers, such as "yes", stand in any text.
_SHORTEST_SECRET = 4
_FACTS = {
    "title": "the title",
    "parties": "the partners",
    "start": "the first day",
    "end": "the last day",
    "preamble": "the opening words",
}


def changes_page(library: Library, agreement: Agreement) -> Page:
    """The page of changes of ``agreement``, which must be published; ``library`` draws for its address."""
    stands = library.signing_state(agreement)
    assert stands
    versions = [stands.kept[version].document for version in sorted(stands.kept)]
    secrets = _Secrets([*versions, stands.today])
    steps = list(_steps(agreement.front.rounds, stands.kept, secrets))[::-1]
    language = stands.in_force.language
    said = library.labels(language)
    title = said.say("changes of", title=agreement.front.title)
    body = library.draw(
        "changes.html",
        language,
        title=agreement.front.title,
        agreement=agreement,
        steps=steps,
        state=stands.state,
        life=life(status_of(agreement, library.toolkit, public=True), library.history(agreement)),
        language=language,
        direction=direction(language),
        drawn=partial(drawn, said=said),
    )
    summary = said["what the partners changed"]
    headings = tuple(
        Heading(f"version-{step.round.version}", said.say("version number", number=step.round.version))
        for step in steps
    )
    return Page(
        changes_address(agreement),
        title,
        summary,
        (),
        "",
        body,
        headings,
        summary,
        agreement.origin.file,
        library.around(language),
    )


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part that changed: ``lines`` is empty where its words are not shown, and ``hidden`` says why.

    ``name``, ``happened`` and ``hidden`` are keys of labels; a clause ``moved`` from a number to another.
    """

    name: str
    title: Line | None
    number: int
    happened: tuple[str, ...]
    lines: tuple[Line, ...]
    hidden: str = ""
    moved: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """A round that is over: what it changed since the version before, or why nothing can be shown."""

    round: Round
    since: int
    intact: bool
    parts: tuple[ShownPart, ...]
    renumbered: tuple[Renumbered, ...] = ()


def _steps(rounds: Sequence[Round], kept: Mapping[int, KeptVersion], secrets: _Secrets) -> Iterator[Step]:
    before: KeptVersion | None = None
    for one in rounds:
        now = kept.get(one.version)
        lapsed = not one.agreed and one is not rounds[-1]
        if lapsed:
            yield Step(one, 0, True, ())
        elif one.agreed and now and before:
            comparison = compare(public(before.document), public(now.document))
            shown = tuple(_parts(comparison, before.document, now.document, secrets))
            intact = before.intact and now.intact
            yield Step(one, before.version, intact, shown, tuple(comparison.renumbered))
        elif one.agreed:
            yield Step(one, 0, not now or now.intact, ())
        if one.agreed:
            before = now


# --- what may be shown ------------------------------------------------------------------------------


def _parts(shown: Comparison, old: Document, new: Document, secrets: _Secrets) -> Iterator[ShownPart]:
    before, after = _answers(old), _answers(new)
    for part in _all(shown):
        was, now = _places(part)
        private = sorted(before[was]) != sorted(after[now])
        moved = isinstance(part, ClausePart) and part.moved
        if part.change == "same" and not moved and not private:
            continue
        here = part.change in ("same", "reworded")
        tells = secrets.would_be_told(part, (old, was, before[was]), (new, now, after[now]))
        hidden = ""
        if tells and part.change != "same":
            hidden = "its words are not shown"
        elif private and here:
            hidden = "an answer that is not shown has changed"
        lines = () if part.change == "same" or tells else part.lines
        title = part.title if isinstance(part, ClausePart) else None
        number = (part.new_number or part.old_number) if isinstance(part, ClausePart) else 0
        happened = (*([] if part.change == "same" else [part.change]), *(["moved from to"] if moved else []))
        places = (part.old_number, part.new_number) if isinstance(part, ClausePart) else (0, 0)
        yield ShownPart(_FACTS.get(part.name, ""), title, number, happened or ("changed",), lines, hidden, places)


def _all(comparison: Comparison) -> list[Part]:
    return [*comparison.facts, comparison.preamble, *comparison.clauses]


def _places(part: Part) -> tuple[str, str]:
    """The names of ``part`` in the older text and in the newer one; an added or removed one has none in one of them."""
    was = part.was if isinstance(part, ClausePart) else part.name
    return ("" if part.change == "added" else was), ("" if part.change == "removed" else part.name)


_Answers = dict[str, list[tuple[str, str]]]


def _answers(document: Document) -> _Answers:
    """The private answers in each part of ``document``: under which name, and what, as a comparison writes it."""
    found: _Answers = defaultdict(list)
    for name, blocks in [("preamble", document.preamble), *((one.id, one.blocks) for one in document.clauses)]:
        found[name] += _private(blocks)
    return found


def _private(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for node in walk(blocks):
        if isinstance(node, Table):
            yield from _private_cells(node)
        elif isinstance(node, Filled) and node.private:
            yield node.name.lower(), one_line(node.text)


def _private_cells(table: Table) -> Iterator[tuple[str, str]]:
    for at, column in enumerate(table.columns):
        if table.definition.private or table.definition.columns[column].private:
            yield from ((f"{table.name} / {column}".lower(), one_line(row[at])) for row in table.rows)


class _Secrets:
    """The private answers of all versions and of today's text."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.answers = [_answers(document) for document in documents]

    @cached_property
    def kin(self) -> dict[tuple[int, str], str]:
        """One name for each part through all texts, by text and its name there, whatever its id has become.

        A clause that comes back after a while is taken for the last one that had its id.
        """
        found: dict[tuple[int, str], str] = {}
        last: dict[str, str] = {}
        before: Document | None = None
        for document in self.documents:
            were, are = clause_names(before, document) if before else ([], ["" for _ in document.clauses])
            known = {}
            if before:
                known = {name: found[id(before), one.id] for name, one in zip(were, before.clauses, strict=True)}
            for name, one in zip(are, document.clauses, strict=True):
                fresh = f"{len(found)} {one.id}"
                found[id(document), one.id] = known.get(name) or last.get(one.id) or fresh
            last |= {one.id: found[id(document), one.id] for one in document.clauses}
            before = document
        return found

    @cached_property
    def names(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for document, answers in zip(self.documents, self.answers, strict=True):
            for part, private in answers.items():
                found[self.kin.get((id(document), part), part)] |= {name for name, _ in private}
        return found

    @cached_property
    def texts(self) -> set[str]:
        texts = (text for answers in self.answers for private in answers.values() for _, text in private)
        return {text.casefold() for text in texts if len(text) >= _SHORTEST_SECRET}

    def would_be_told(self, part: Part, *sides: tuple[Document, str, Sequence[tuple[str, str]]]) -> bool:
        """Whether the words of ``part`` may hold one of them: its older text from when it was not private."""
        for document, place, private in sides:
            if place and self.names[self.kin.get((id(document), place), place)] - {name for name, _ in private}:
                return True
        words = "\n".join(piece.was + piece.text for line in part.lines for piece in line.pieces).casefold()
        return any(text in words for text in self.texts)


# --- how it is drawn --------------------------------------------------------------------------------

_MARKS = {"removed": "del", "added": "ins"}


def drawn(line: Line, said: Labels) -> Markup:
    """The words of ``line``; what went and what came are marked, and said to those who do not see it."""
    return Markup("").join(_drawn(piece.kind, piece.text, said) for piece in line.pieces)


def _drawn(kind: str, text: str, said: Labels) -> Markup:
    if kind == "equal":
        return Markup("{}").format(text)
    unseen = Markup('<span class="gr-unseen" lang="{}">{}: </span>').format(said.language, said[kind])
    return Markup("<{0}>{1}{2}</{0}>").format(Markup(_MARKS[kind]), unseen, text)
