"""The source of an agreement, which opens again: in a toolkit, and on the pages that fill in and sign."""

from __future__ import annotations

from ..files.source import agreement_source
from .writer import Button, Writer

WRITER = Writer(
    kind="md",
    also=("markdown", "source"),
    place=4,
    write=lambda content: agreement_source(content.source).encode(),
    form=Button(3, "Markdown", "The text (Markdown)"),
    text=Button(4, "Markdown"),
    records=True,
)
