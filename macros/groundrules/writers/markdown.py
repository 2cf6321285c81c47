"""The source of an agreement, which opens again: in a toolkit, and on the pages that fill in and sign."""

from __future__ import annotations

from ..files.source import agreement_source
from .writer import Button, Content, Writer


def source(content: Content) -> str:
    """The agreement's text; what there is to know of a translation stands above its front matter, for people alone."""
    remarks = "".join(f"# {one}\n" for one in content.document.remarks)
    return agreement_source(content.source).replace("---\n", f"---\n{remarks}", 1)


WRITER = Writer(
    kind="md",
    also=("markdown", "source"),
    place=4,
    write=lambda content: source(content).encode(),
    form=Button(3, "Markdown", "The text (Markdown)"),
    text=Button(4, "Markdown"),
    records=True,
)
