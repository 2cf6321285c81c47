"""The tree that agreement text is read into, and ways to walk it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    children: tuple[Inline, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Blank:
    """``[[how often]]``; ``name`` as written, white space collapsed."""

    name: str
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """``[[#publicity]]``."""

    clause: str
    line: int = field(compare=False)


Inline = Text | Strong | Emphasis | Link | Blank | Reference


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    children: tuple[Inline, ...]
    sublist: ItemList | None
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class ItemList:
    ordered: bool
    items: tuple[Item, ...]
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """``> Why: …``; shown on the page, never numbered, signed, exported or forked."""

    label: str
    paragraphs: tuple[Paragraph, ...]
    line: int = field(compare=False)


Block = Paragraph | ItemList | Note


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not part of the stated Markdown."""

    line: int
    name: str
    message: str


def blank_key(name: str) -> str:
    """Blanks of the same key are the same blank: case and white space do not count."""
    return " ".join(name.split()).lower()


def inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline node in ``blocks``, notes included, parents before their children."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _below(block.children)
        elif isinstance(block, ItemList):
            yield from _in_list(block)
        else:
            yield from inlines(block.paragraphs)


def _in_list(items: ItemList) -> Iterator[Inline]:
    for item in items.items:
        yield from _below(item.children)
        if item.sublist:
            yield from _in_list(item.sublist)


def _below(children: tuple[Inline, ...]) -> Iterator[Inline]:
    for child in children:
        yield child
        if isinstance(child, Strong | Emphasis | Link):
            yield from _below(child.children)


def plain(children: tuple[Inline, ...]) -> str:
    """The words alone; a blank as ``[its name]``."""
    words = []
    for child in children:
        if isinstance(child, Text):
            words.append(child.text)
        elif isinstance(child, Blank):
            words.append(f"[{child.name}]")
        elif isinstance(child, Reference):
            words.append(f"[{child.clause}]")
        else:
            words.append(plain(child.children))
    return "".join(words)


def lone_blank(block: Block) -> Blank | None:
    """The blank that stands alone on its line, if ``block`` is one."""
    if isinstance(block, Paragraph) and len(block.children) == 1 and isinstance(block.children[0], Blank):
        return block.children[0]
    return None
