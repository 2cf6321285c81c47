"""Blocks of agreement text as HTML. Everything that people wrote is escaped here, once."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from html import escape
from typing import Any

from ..agreement.document.labels import labels
from ..agreement.document.language import DEFAULT
from ..agreement.document.links import Links
from ..agreement.document.nodes import ClauseNumber, Filled, Hole, Table
from ..agreement.document.told import LABEL
from ..text.markup.nodes import (
    Blank,
    Emphasis,
    Item,
    ItemList,
    Link,
    Mark,
    Node,
    Note,
    Paragraph,
    Reference,
    Strong,
    Text,
    blank_key,
    handler,
    walk,
    worded,
)


class Writer:
    """Writes blocks for one page.

    ``links`` resolves addresses of the site; ``clause_link`` turns a reference outside any document
    (on a clause's own page, say) into HTML. ``within`` tells tables of one name apart that stand on one page.

    The rows of what ``ladders`` names by its key are steps, drawn as a list.
    """

    def __init__(
        self,
        links: Links,
        clause_link: Callable[[str], str] | None = None,
        language: str = DEFAULT,
        within: str = "",
        ladders: Container[str] = (),
    ) -> None:
        self.links = links
        self.within = within
        self.ladders = ladders
        self.labels = labels(language)
        self.clause_link = clause_link or escape

    def blocks(self, blocks: Iterable[Node]) -> str:
        return "".join(map(self.node, blocks))

    def inline(self, nodes: Iterable[Node]) -> str:
        return "".join(map(self.node, nodes))

    def node(self, node: Node) -> str:
        return handler(_BECOMES, node)(self, node)

    def paragraph(self, block: Paragraph) -> str:
        return f"<p>{self.inline(block.children)}</p>"

    def said(self, key: str) -> str:
        return escape(self.labels[key], quote=False)

    def text(self, node: Text) -> str:
        return escape(node.text, quote=False)

    def filled(self, node: Filled) -> str:
        return f'<span class="gr-answer">{escape(node.text, quote=False)}</span>'

    def blank(self, node: Blank | Hole) -> str:
        name = escape(node.says if isinstance(node, Hole) else node.name, quote=False)
        return f'<span class="gr-blank"><span class="gr-unseen">{self.said("blank")}: </span>{name}</span>'

    def reference(self, node: Reference) -> str:
        return self.clause_link(node.clause)

    def link(self, node: Link) -> str:
        return f'<a href="{escape(self.links.to(node.address))}">{self.inline(node.children)}</a>'

    def mark(self, node: Mark) -> str:
        tag = handler(TAGS, node)
        return f"<{tag}>{self.inline(node.children)}</{tag}>"

    def item_list(self, items: ItemList) -> str:
        tag = "ol" if items.ordered else "ul"
        return f"<{tag}>{''.join(map(self.item, items.items))}</{tag}>"

    def item(self, item: Item) -> str:
        below = self.item_list(item.sublist) if item.sublist else ""
        return f"<li>{self.inline(item.children)}{below}</li>"

    def table(self, table: Table) -> str:
        if table.rows and blank_key(table.name) in self.ladders:
            return self.ladder(table)
        head = "".join(f'<th scope="col">{escape(name[:1].upper() + name[1:])}</th>' for name in table.columns)
        if table.rows:
            body = "".join(
                "<tr>" + "".join(f"<td>{escape(text, quote=False)}</td>" for text in row) + "</tr>"
                for row in table.rows
            )
            kind = ""
        else:
            empty = f"<tr>{'<td>&nbsp;</td>' * len(table.columns)}</tr>"
            body, kind = empty * 2, " gr-open"
        caption = escape(table.name[:1].upper() + table.name[1:])
        return (
            f'<div class="gr-table" tabindex="0" role="region" aria-label="{escape(self.within)}{caption}">'
            f'<table class="gr-rows{kind}"><caption>{caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def ladder(self, table: Table) -> str:
        """The steps of a table; each row begins with what is done."""
        names = [f"{name[:1].upper()}{name[1:]}" for name in table.columns[1:]]
        steps = "".join(
            f"<li><strong>{escape(step, quote=False)}</strong>"
            + "".join(
                f'<span><span class="gr-unseen">{escape(name)}: </span>{escape(text, quote=False)}</span>'
                for name, text in zip(names, rest, strict=True)
                if text
            )
            + "</li>"
            for step, *rest in table.rows
        )
        caption = escape(table.name[:1].upper() + table.name[1:])
        return (
            f'<div class="gr-steps"><p>{caption}</p><ol aria-label="{escape(self.within)}{caption}">{steps}</ol></div>'
        )

    def note(self, note: Note) -> str:
        first, *rest = [self.inline(paragraph.children) for paragraph in note.paragraphs] or [""]
        kind = "-".join(note.label.lower().split())
        shown = self.labels["tell people"] if note.label == LABEL else note.label
        label = f'<strong class="gr-label">{escape(shown)}</strong>'
        more = "".join(f"<p>{text}</p>" for text in rest)
        return f'<aside class="gr-note" data-kind="{escape(kind)}"><p>{label} {first}</p>{more}</aside>'

    def clause_number(self, node: ClauseNumber) -> str:
        title = escape(node.title, quote=False)
        if not node.number:
            return f'<span class="gr-missing">{title} ({self.said("left out")})</span>'
        return f'<a href="#{escape(node.id)}">{self.said("clause")} {node.number}, {title}</a>'


TAGS: Mapping[type, str] = {Strong: "strong", Emphasis: "em"}

_BECOMES: Mapping[type, Callable[[Writer, Any], str]] = {
    Paragraph: Writer.paragraph,
    ItemList: Writer.item_list,
    Table: Writer.table,
    Note: Writer.note,
    Text: Writer.text,
    Filled: Writer.filled,
    Blank: Writer.blank,
    Hole: Writer.blank,
    ClauseNumber: Writer.clause_number,
    Reference: Writer.reference,
    Link: Writer.link,
    Mark: Writer.mark,
}


_FOUND: Mapping[type, Callable[[Any], str]] = {
    Text: lambda node: node.text,
    Filled: lambda node: node.text,
    Blank: lambda node: node.name,
    Hole: lambda node: node.name,
    ClauseNumber: lambda node: node.title,
    Reference: lambda node: "",
}


def words(blocks: Iterable[Node]) -> str:
    """The words of ``blocks`` without their marks: what search finds. Notes are among them."""
    found: list[str] = []
    for node in walk(blocks):
        if isinstance(node, Paragraph | Item):
            found.append(worded(node.children, _FOUND))
        elif isinstance(node, Table):
            found += [" ".join(row) for row in (node.columns, *node.rows)]
    return " ".join(found)
