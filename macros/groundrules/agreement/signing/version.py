"""The finished text of an agreement as a file of its own: what is kept of each version, word for word.

Its sentences hold the answers as words. Tables, and answers that the site may not show, stay blanks with their
answers beside them, since a sentence can hold neither. Dates stay there as well, for the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...model.front import AgreementFront, VersionFront
from ...model.pieces import Agreement, Origin, Section
from ...text.frontmatter import FrontMatter
from ...text.markup.blocks import parse
from ...text.markup.escape import escaped, escaped_start
from ...text.markup.nodes import (
    Becomes,
    Blank,
    ItemList,
    Link,
    Mark,
    Node,
    Note,
    Paragraph,
    Text,
    blank_key,
    handler,
    lone,
    mapped,
    worded,
)
from ..document.answers import entries, is_empty
from ..document.labels import labels
from ..document.nodes import Block, ClauseNumber, Document, Filled, Hole, Table, UsedBlank
from .fingerprint import NAME, clause_words, fingerprint

_SENTENCE = re.compile(r"(?<=[.!?]) (?=[^\W\d_])")


def finished(document: Document, front: AgreementFront, version: int, form: str = NAME) -> Agreement:
    """Version ``version``, to be kept; ``front`` is that of the agreement which ``document`` was assembled from."""
    kept = [blank for blank in document.blanks if _stays(blank)]
    made = VersionFront(
        title=document.title,
        template=front.template,
        language=front.language,
        start=front.start,
        end=front.end,
        parties=front.parties,
        blanks={blank.name: blank.definition for blank in kept},
        answers={blank.name: blank.answer for blank in kept if not is_empty(blank.answer)},
        version=version,
        fingerprint=fingerprint(document, form),
    )
    sections = [
        Section(one.id, one.title, one.wording, source_text(one.blocks, document), (), 0) for one in document.clauses
    ]
    origin = Origin("", FrontMatter({}), "")
    preamble = source_text(document.preamble, document)
    return Agreement(document.id, "", origin, made, preamble, (), tuple(sections), 0)


def as_read(document: Document) -> Document:
    """``document`` for its readers: in a kept version a reference is text, and has the words that were signed.

    They are the same in every language, so here they become those of its own.
    """
    label = labels(document.language)["clause"]
    said = {clause_words(one): f"{label} {one.number}, {one.title}" for one in document.clauses}
    if all(signed == own for signed, own in said.items()):
        return document
    pattern = re.compile("|".join(map(re.escape, sorted(said, key=len, reverse=True))))
    becomes: Becomes = {Text: lambda node: Text(pattern.sub(lambda found: said[found[0]], node.text))}

    def told(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(mapped(block, becomes) for block in blocks)

    clauses = tuple(replace(one, blocks=told(one.blocks)) for one in document.clauses)
    return replace(document, preamble=told(document.preamble), clauses=clauses)


def _stays(blank: UsedBlank) -> bool:
    definition = blank.definition
    return definition.blank_type.structure == "table" or definition.private or bool(definition.calendar)


def source_text(blocks: Sequence[Block], document: Document) -> str:
    """``blocks`` of ``document`` as agreement text, from which the same words are read."""
    source = _Source()
    plain = _Source(marked=False)
    runs: list[str] = []
    for block in blocks:
        private = _private(block, document)
        if private:
            # An answer of several paragraphs or entries is one blank.
            if runs[-1:] != [_blank(private)]:
                runs.append(_blank(private))
        elif not isinstance(block, Note):
            run = source.block(block)
            # A mark beside an answer that starts with punctuation may not be read as one, which is only a look.
            runs.append(plain.block(block) if parse(run)[1] else run)
    return "\n\n".join(runs)


def _private(block: Block, document: Document) -> Filled | None:
    """The private blank whose answer ``block`` is.

    A list counts only if it is the answer: one that somebody wrote may hold the blank as an item.
    """
    if not isinstance(block, ItemList):
        one = lone(block, Filled)
        return one if one and one.private else None
    nodes = [item.children[0] for item in block.items if len(item.children) == 1 and not item.sublist]
    first = nodes[0] if nodes else None
    if not isinstance(first, Filled) or not first.private:
        return None
    given = next(blank.answer for blank in document.blanks if blank_key(blank.name) == blank_key(first.name))
    texts = [node.text.casefold() for node in nodes if isinstance(node, Filled) and node.name == first.name]
    whole = len(texts) == len(block.items) and texts == [entry.casefold() for entry in entries(given)]
    return first if whole else None


def _blank(node: Blank | Hole | Filled | Table) -> str:
    return f"[[{node.name}]]"


class _Source:
    """Agreement text again, made of the blocks of a document; without ``marked``, of their words alone."""

    def __init__(self, marked: bool = True) -> None:
        self.blocks: Mapping[type, Callable[[Any], str]] = {
            Paragraph: self.paragraph,
            ItemList: lambda block: "\n".join(self.items(block, "")),
            Table: _blank,
        }
        self.inside: dict[type, Callable[[Any], str]] = {
            Text: lambda node: escaped(node.text),
            Filled: lambda node: _blank(node) + escaped(node.stop) if node.private else escaped(node.text),
            ClauseNumber: lambda node: escaped(clause_words(node)),
            Link: lambda node: f"[{worded(node.children, self.inside)}]({node.address})",
            Mark: self.mark if marked else lambda node: worded(node.children, self.inside),
            Hole: _blank,
            Blank: _blank,
        }

    def block(self, block: Block) -> str:
        return handler(self.blocks, block)(block)

    def paragraph(self, block: Paragraph) -> str:
        """One sentence a line, as far as characters tell: so versions compare well."""
        text = self.words(block.children, self.inside | {Text: self.sentences, Filled: self.sentences})
        return "\n".join(map(escaped_start, text.split("\n")))

    def sentences(self, node: Text | Filled) -> str:
        text = self.inside[type(node)](node)
        return text if isinstance(node, Filled) and node.private else _SENTENCE.sub("\n", text)

    def mark(self, node: Mark) -> str:
        return f"{node.sign}{worded(node.children, self.inside)}{node.sign}"

    def items(self, items: ItemList, indent: str) -> Iterator[str]:
        for number, item in enumerate(items.items, 1):
            mark = f"{number}. " if items.ordered else "- "
            yield f"{indent}{mark}{escaped_start(self.words(item.children, self.inside))}"
            if item.sublist:
                yield from self.items(item.sublist, indent + " " * len(mark))

    def words(self, nodes: Iterable[Node], say: Mapping[type, Callable[[Any], str]]) -> str:
        return worded(nodes, say).strip(" ")
