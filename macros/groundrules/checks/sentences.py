"""The sentences that a reader of the toolkit meets, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

from ..agreement.document.answers import capitalised
from ..model.front import Blanks, Front
from ..model.pieces import Agreement, Checklist, Clause, GuidancePage, RecordForm, Template, Toolkit
from ..model.remember import remember
from ..model.translations import language_of
from ..text.frontmatter import FrontMatter, truth
from ..text.markup.nodes import (
    Becomes,
    Blank,
    Block,
    ItemList,
    Node,
    Reference,
    Text,
    Wrap,
    blank_key,
    passages,
    worded,
)
from .registry import Place

_SENTENCE_END = re.compile(r"(?<=[.!?…])([\"')\]]*)(?:\s*\n|\s+(?=[\"'(\[]?[A-Z0-9]))")
_NO_END = re.compile(r"\b(?:e\.g|i\.e|etc|Dr|Mr|Mrs|Ms|No|St|vs)\.$")
WORD = re.compile(r"[^\W_](?:[\w'’.,:/@-]*\w)?", re.UNICODE)
_CODE = "Code"


@dataclass(frozen=True, slots=True)
class Sentence(Place):
    """A sentence: ``part`` is guidance, wording or other, what the figures are kept apart by."""

    text: str
    part: str

    @property
    def words(self) -> int:
        return len(WORD.findall(self.text))


def split(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of ``text``, each with the number of line ends before it."""
    start = 0
    ends = [match for match in _SENTENCE_END.finditer(text) if not _NO_END.search(text[: match.start()])]
    for last, end in [(match.end(1), match.end()) for match in ends] + [(len(text), len(text))]:
        sentence = " ".join(text[start:last].split())
        if sentence:
            yield text.count("\n", 0, start), sentence
        start = end


@remember
def sentences(toolkit: Toolkit) -> tuple[Sentence, ...]:
    """Every sentence that a reader of the toolkit meets, partners' agreements aside."""
    return tuple(_sentences(toolkit))


def _sentences(toolkit: Toolkit) -> Iterator[Sentence]:
    for page in toolkit.guidance:
        if language_of(page, toolkit).is_english:
            yield from _page(page)
    pieces: tuple[Clause | Template | Checklist | Agreement | RecordForm, ...] = (
        *toolkit.clauses.values(),
        *toolkit.templates.values(),
        *toolkit.checklists.values(),
        *toolkit.letters.values(),
        *toolkit.records.values(),
    )
    for piece in pieces:
        if language_of(piece, toolkit).is_english:
            yield from _piece(piece)
    if not toolkit.language.is_english:
        return
    for name, data in (
        ("groups.yml", toolkit.groups),
        ("sources.yml", toolkit.sources),
        ("glossary.yml", toolkit.glossary),
        ("situations.yml", toolkit.situations),
        ("chooser.yml", toolkit.chooser),
    ):
        front = toolkit.data_lines.get(name, FrontMatter({}))
        for path, text in _values(data, ()):
            if path[-1] in _PROSE_KEYS or name == "glossary.yml":
                yield from _from(f"agreements/{name}", front.line(*path), text, "other")


def _from(file: str, line: int, text: str, part: str) -> Iterator[Sentence]:
    for below, sentence in split(text):
        yield Sentence(file, line + below, sentence, part)


_PROSE_KEYS = frozenset(
    [
        "summary",
        "for",
        "time",
        "binding",
        "signs",
        "not",
        "advice",
        "works",
        "message",
        "ask",
        "situation",
        "why",
        "question",
        "hint",
        "answer",
        "says",
    ]
)


def _values(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in ``value``, with the keys that lead to it in the file."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Front):
        for name, field in type(value).model_fields.items():
            yield from _values(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _values(below, (*path, key))
    elif isinstance(value, tuple):
        for index, below in enumerate(value):
            yield from _values(below, (*path, index))


def _piece(piece: Clause | Template | Checklist | Agreement | RecordForm) -> Iterator[Sentence]:
    file, front = piece.origin.file, piece.origin.front
    for path, text in _values(piece.front, ()):
        if path[-1] in _PROSE_KEYS:
            yield from _from(file, front.line(*path), text, "other")

    def read(blocks: Iterable[Block], part: str, blanks: Blanks | None = None) -> Iterator[Sentence]:
        for line, text in _texts(blocks, {blank_key(name): one.example for name, one in (blanks or {}).items()}):
            yield from _from(file, line, text, part)

    if isinstance(piece, Clause):
        questions = (ItemList(False, piece.questions, 1),) if piece.questions else ()
        for blocks in (piece.summary, piece.why, questions, piece.watch):
            yield from read(blocks, "other")
        for wording in piece.wordings.values():
            yield from read(wording.blocks, "wording", piece.front.blanks)
    elif isinstance(piece, Template | Agreement):
        yield from read(piece.preamble, "wording", getattr(piece.front, "blanks", {}))
    else:
        yield from read(piece.intro, "other")
        for section in piece.sections:
            yield from read(section.blocks, "other")


def _texts(blocks: Iterable[Block], examples: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Each paragraph and list item with its line; a blank reads as its example."""
    for one in passages(blocks):
        yield one.line, _said(one.children, examples)


def _said(nodes: tuple[Node, ...], examples: dict[str, str]) -> str:
    if len(nodes) == 1 and isinstance(nodes[0], Blank | Reference):
        return ""  # Alone on its line: a list, a table or the questions of a clause stand here.

    def example(blank: Blank) -> str:
        words = examples.get(blank_key(blank.name)) or blank.name
        return capitalised(words) if blank.name[:1].isupper() else words

    said: Becomes = {
        Text: lambda node: node.text,
        Blank: example,
        Reference: lambda node: "clause 4",
        Wrap: lambda node: _said(node.children, examples),
    }
    return worded(nodes, said)


_READER = MarkdownIt("commonmark").enable("table")


def _page(page: GuidancePage) -> Iterator[Sentence]:
    description = page.front.get("description")
    if isinstance(description, str):
        yield from _from(page.file, page.lines.line("description"), description, "guidance")
    body = page.body
    if truth(page.front.get("render_macros")) is not False:
        # Macros are blanked out, line by line.
        body = re.sub(r"\{[{%#].*?[}%#]\}", lambda code: re.sub(r"[^\n]", " ", code[0]), body, flags=re.S)
    for token in _READER.parse(body):
        if token.type != "inline" or token.map is None:
            continue
        said = []
        for child in token.children or ():
            if child.type == "text":
                said.append(child.content)
            elif child.type == "code_inline":
                said.append(_CODE)
            elif child.type in ("softbreak", "hardbreak"):
                said.append("\n")
        yield from _from(page.file, page.body_line + token.map[0], "".join(said), "guidance")
