"""The small Markdown that agreement text is written in.

What is allowed is stated in ``docs/project/formats.md``; everything else is a finding.
Text that passes means the same to any CommonMark reader, which a test proves against one.
"""

from .blocks import parse
from .hidden import hidden_characters
from .nodes import (
    Blank,
    Block,
    Emphasis,
    Finding,
    Inline,
    Item,
    ItemList,
    Link,
    Note,
    Paragraph,
    Reference,
    Strong,
    Text,
    blank_key,
    inlines,
    lone_blank,
    plain,
)

__all__ = [
    "Blank",
    "Block",
    "Emphasis",
    "Finding",
    "Inline",
    "Item",
    "ItemList",
    "Link",
    "Note",
    "Paragraph",
    "Reference",
    "Strong",
    "Text",
    "blank_key",
    "hidden_characters",
    "inlines",
    "lone_blank",
    "parse",
    "plain",
]
