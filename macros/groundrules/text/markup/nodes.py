"""The tree that agreement text is read into, and the ways to go through it.

What is made of a tree (a page, a file, its words) is said node by node, in a table from the class of a node to what
becomes of it. A class stands for those derived from it, so whoever treats all marks alike says ``Mark``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, TypeVar

# What becomes of a node of each class.
Becomes = Mapping[type, Callable[[Any], Any]]
T = TypeVar("T")
N = TypeVar("N", bound="Node")


class Node:
    """Anything in the tree; ``below`` names its fields that hold further nodes."""

    __slots__ = ()
    below: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Text(Node):
    text: str


@dataclass(frozen=True, slots=True)
class Wrap(Node):
    """Something around words, which are the same without it."""

    below = ("children",)
    children: tuple[Node, ...]


class Mark(Wrap):
    """A look of words, and no more: it counts for nothing in what partners sign. ``sign`` stands on both sides."""

    __slots__ = ()
    sign: ClassVar[str]


class Strong(Mark):
    __slots__ = ()
    sign = "**"


class Emphasis(Mark):
    __slots__ = ()
    sign = "*"


# In the order in which a file names those that stand together.
MARKS: tuple[type[Mark], ...] = (Strong, Emphasis)


@dataclass(frozen=True, slots=True)
class Link(Wrap):
    address: str


@dataclass(frozen=True, slots=True)
class Blank(Node):
    """A blank, such as ``[[how often]]``; ``name`` as written, white space collapsed."""

    name: str
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reference(Node):
    """A reference to a clause, such as ``[[#publicity]]``."""

    clause: str
    line: int = field(compare=False)


Inline = Text | Mark | Link | Blank | Reference


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    below = ("children",)
    children: tuple[Node, ...]
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Item(Node):
    below = ("children", "sublist")
    children: tuple[Node, ...]
    sublist: ItemList | None
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class ItemList(Node):
    below = ("items",)
    ordered: bool
    items: tuple[Item, ...]
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A note, such as ``> Why: …``; shown on the page, never numbered, signed, exported or forked."""

    below = ("paragraphs",)
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


# --- through the tree -----------------------------------------------------------------------------


def walk(nodes: Iterable[Any]) -> Iterator[Any]:
    """Every node of ``nodes`` and below them, parents before their children."""
    for node in nodes:
        yield node
        for name in node.below:
            held = getattr(node, name)
            if held:
                yield from walk(held if type(held) is tuple else (held,))


def mapped(node: Any, becomes: Becomes) -> Any:
    """``node`` with other nodes in it: what ``becomes`` makes of those of its classes. All else stays as it is.

    Below a node that becomes another nothing is looked at.
    """
    if type(node) in becomes:
        return becomes[type(node)](node)
    changes: dict[str, Any] = {}
    for name in node.below:
        held = getattr(node, name)
        if type(held) is tuple:
            changes[name] = tuple(mapped(one, becomes) for one in held)
        elif held:
            changes[name] = mapped(held, becomes)
    return replace(node, **changes) if changes else node


class Unhandled(TypeError):
    """Nobody said what becomes of a kind of node."""


def handler(becomes: Mapping[type, T], node: Node) -> T:
    """What ``becomes`` holds for the class of ``node``, or else for the nearest one that this derives from."""
    for kind in type(node).__mro__:
        if kind in becomes:
            return becomes[kind]
    raise Unhandled(f"It is not said here what becomes of this: {type(node).__name__}.")


def worded(nodes: Iterable[Node], say: Mapping[type, Callable[[Any], str]]) -> str:
    """``nodes`` as one text, each as ``say`` puts it; what is around words adds nothing unless ``say`` names it."""
    everything: Mapping[type, Callable[[Any], str]] = {Wrap: lambda node: worded(node.children, say), **say}
    return "".join(handler(everything, node)(node) for node in nodes)


_PLAIN: Mapping[type, Callable[[Any], str]] = {
    Text: lambda node: node.text,
    Blank: lambda node: f"[{node.name}]",
    Reference: lambda node: f"[{node.clause}]",
}


def plain(children: Iterable[Node]) -> str:
    """The words alone; a blank as ``[its name]``."""
    return worded(children, _PLAIN)


def passages(blocks: Iterable[Any]) -> Iterator[Paragraph | Item]:
    """Each paragraph and list item of ``blocks``, those of notes among them."""
    return (node for node in walk(blocks) if isinstance(node, Paragraph | Item))


def numbered(items: ItemList, level: int = 0) -> Iterator[tuple[Item, int, str]]:
    """Each item, how many lists its own stands in, and what stands before it: ``2.`` or ``-``; then those below it."""
    for number, item in enumerate(items.items, 1):
        yield item, level, f"{number}." if items.ordered else "-"
        if item.sublist:
            yield from numbered(item.sublist, level + 1)


def lone(block: Any, kind: type[N]) -> N | None:
    """What stands alone on its line, if ``block`` is a paragraph of that one node and it is of ``kind``."""
    if isinstance(block, Paragraph) and len(block.children) == 1:
        child: Any = block.children[0]
        return child if isinstance(child, kind) else None
    return None
