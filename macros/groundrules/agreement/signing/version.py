"""The finished text of an agreement as a file of its own: what is kept of each version, word for word.

Its sentences hold the answers as words. Tables, and answers that the site may not show, stay blanks with their
answers beside them, since a sentence can hold neither. Dates stay there as well, for the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...model.front import AgreementFront, VersionFront
from ...model.pieces import Agreement, Origin, Section
from ...text.frontmatter import FrontMatter
from ...text.markup.blocks import parse
from ...text.markup.nodes import Blank, Emphasis, Inline, ItemList, Link, Note, Paragraph, Strong, Text, blank_key
from ..document.answers import entries, is_empty
from ..document.assemble import Block, ClauseNumber, Document, Filled, Hole, Span, Table, UsedBlank
from .fingerprint import clause_words, fingerprint

_SIGNS = re.compile(r"[\\`*_\[\]<&!~]")
# What a line of agreement text may not start with.
_START = re.compile(r"^([0-9]{1,9}(?=[.)])|(?=[-+#>|=:]))(.)")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[^\W\d_])")


def finished(document: Document, front: AgreementFront, version: int) -> Agreement:
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
        fingerprint=fingerprint(document),
    )
    sections = [
        Section(one.id, one.title, one.wording, source_text(one.blocks, document), (), 0) for one in document.clauses
    ]
    origin = Origin("", FrontMatter({}), "")
    preamble = source_text(document.preamble, document)
    return Agreement(document.id, "", origin, made, preamble, (), tuple(sections), 0)


def _stays(blank: UsedBlank) -> bool:
    definition = blank.definition
    return definition.type == "rows" or definition.private or bool(definition.calendar)


def source_text(blocks: Sequence[Block], document: Document) -> str:
    """``blocks`` of ``document`` as agreement text, from which the same words are read."""
    runs: list[str] = []
    for block in blocks:
        private = _private(block, document)
        if isinstance(block, Table):
            runs.append(f"[[{block.name}]]")
        elif private:
            # An answer of several paragraphs or entries is one blank.
            if runs[-1:] != [f"[[{private}]]"]:
                runs.append(f"[[{private}]]")
        elif isinstance(block, Paragraph | ItemList):
            run = _run(block, _Words(document.language, marked=True))
            # Stars beside an answer that starts with a sign may not be read as emphasis, which is only a look.
            runs.append(_run(block, _Words(document.language, marked=False)) if parse(run)[1] else run)
        else:
            assert isinstance(block, Note)
    return "\n\n".join(runs)


def _private(block: Block, document: Document) -> str:
    """The name of the private blank whose answer ``block`` is, or nothing.

    A list counts only if it is the answer: one that somebody wrote may hold the blank as an item.
    """
    if isinstance(block, Paragraph):
        nodes = block.children
    elif isinstance(block, ItemList):
        nodes = tuple(item.children[0] for item in block.items if len(item.children) == 1 and not item.sublist)
    else:
        return ""
    one = nodes[0] if nodes else None
    if not isinstance(one, Filled) or not one.private:
        return ""
    if isinstance(block, Paragraph):
        return one.name if len(nodes) == 1 else ""
    given = next(blank.answer for blank in document.blanks if blank_key(blank.name) == blank_key(one.name))
    texts = [node.text.casefold() for node in nodes if isinstance(node, Filled) and node.name == one.name]
    whole = len(texts) == len(block.items) and texts == [entry.casefold() for entry in entries(given)]
    return one.name if whole else ""


def _run(block: Paragraph | ItemList, words: _Words) -> str:
    if isinstance(block, ItemList):
        return "\n".join(_items(block, words, ""))
    # One sentence a line, as far as signs tell: so versions compare well.
    text = words.of(block.children, sentence_ends=True)
    return "\n".join(map(_unmarked, text.split("\n")))


def _items(items: ItemList, words: _Words, indent: str) -> Iterator[str]:
    for number, item in enumerate(items.items, 1):
        mark = f"{number}. " if items.ordered else "- "
        yield f"{indent}{mark}{_unmarked(words.of(item.children))}"
        if item.sublist:
            yield from _items(item.sublist, words, indent + " " * len(mark))


@dataclass(frozen=True, slots=True)
class _Words:
    language: str
    marked: bool

    def of(self, nodes: Iterable[Span | Inline], sentence_ends: bool = False) -> str:
        return "".join(self.word(node, sentence_ends) for node in nodes).strip(" ")

    def word(self, node: Span | Inline, sentence_ends: bool) -> str:
        if isinstance(node, Filled) and node.private:
            return f"[[{node.name}]]"
        if isinstance(node, Text | Filled):
            text = _SIGNS.sub(r"\\\g<0>", node.text)
            return _SENTENCE.sub("\n", text) if sentence_ends else text
        if isinstance(node, ClauseNumber):
            return _SIGNS.sub(r"\\\g<0>", clause_words(node, self.language))
        if isinstance(node, Strong | Emphasis):
            stars = ("**" if isinstance(node, Strong) else "*") if self.marked else ""
            return f"{stars}{self.inside(node.children)}{stars}"
        if isinstance(node, Link):
            return f"[{self.inside(node.children)}]({node.address})"
        assert isinstance(node, Hole | Blank)
        return f"[[{node.name}]]"

    def inside(self, nodes: Iterable[Span | Inline]) -> str:
        return "".join(self.word(node, False) for node in nodes)


def _unmarked(line: str) -> str:
    """``line`` as words, whatever it starts with: ``1. May`` is no list."""
    return _START.sub(r"\1\\\2", line, count=1)
