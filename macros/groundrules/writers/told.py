"""One page for the people whom the work is for, to read on a phone or to print: what was agreed, in plain words."""

from __future__ import annotations

from html import escape

from ..agreement.document.assemble import open_blanks
from ..agreement.document.labels import labels
from ..agreement.document.language import direction
from ..agreement.document.links import Links
from ..agreement.document.nodes import Document
from . import html
from .frame import Frame
from .writer import Button, Writer

WRITER = Writer(
    kind="html",
    also=("summary", "told"),
    place=6,
    write=lambda content: page(content.told or content.document),
    form=Button(5, "For the people it is about"),
    text=Button(6, "For the people it is about"),
)

# Large letters, short lines and much space, for whoever finds reading hard.
STYLE = """
body{margin:2rem auto;max-width:34rem;padding:0 1rem;font:1.25rem/1.6 Arial,sans-serif;color:#111;background:#fff}
h1{font-size:1.6rem;line-height:1.3}
p:has(>strong:only-child){margin:2rem 0 0}
.gr-blank{background:#fff3c4;border-bottom:2px dotted}
.form{font-size:1rem}
.gr-unseen{position:absolute;clip-path:inset(50%)}
@page{margin:18mm}
@media print{body{margin:0;max-width:none;padding:0;font-size:13pt;line-height:1.35}.form{display:none}
h1{margin:0}p{margin:.4rem 0}p:has(>strong:only-child){margin:.9rem 0 0}}
"""


def page(document: Document) -> bytes:
    """The page of ``document``, with nothing beside it that it would have to load."""
    title, said = escape(document.title), labels(document.language)
    form = f'<p class="form">{escape(said["told form"])}</p>' if open_blanks(document) else ""
    frame = Frame(document, form=False)
    language = escape(document.language)
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction(document.language)}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n{form}\n"
        f"{html.Writer(Links(), language=document.language).blocks([*frame.remarks, *document.preamble])}\n</html>\n"
    ).encode("utf-8", "backslashreplace")
