"""Blocks of agreement text as HTML. Everything that people wrote is escaped here, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from ..agreement.document.assemble import Block, ClauseNumber, Filled, Hole, Span, Table
from ..agreement.document.labels import labels
from ..agreement.document.language import DEFAULT
from ..agreement.document.links import Links
from ..text.markup.nodes import Blank, Emphasis, Inline, Item, ItemList, Link, Note, Paragraph, Reference, Strong, Text
from ..text.markup.nodes import Block as SourceBlock

Node = Span | Inline


class Writer:
    """Writes blocks for one page.

    ``links`` resolves addresses of the site; ``clause_link`` turns a reference outside any document
    (on a clause's own page, say) into HTML.
    """

    def __init__(
        self,
        links: Links,
        clause_link: Callable[[str], str] | None = None,
        language: str = DEFAULT,
    ) -> None:
        self.links = links
        self.labels = labels(language)
        self.clause_link = clause_link or escape

    def blocks(self, blocks: Iterable[Block | SourceBlock]) -> str:
        return "".join(map(self.block, blocks))

    def block(self, block: Block | SourceBlock) -> str:
        if isinstance(block, Paragraph):
            return f"<p>{self.inline(block.children)}</p>"
        if isinstance(block, ItemList):
            return self.item_list(block)
        if isinstance(block, Table):
            return self.table(block)
        return self.note(block)

    def inline(self, nodes: Iterable[Node]) -> str:
        return "".join(map(self.node, nodes))

    def node(self, node: Node) -> str:
        if isinstance(node, Text):
            return escape(node.text, quote=False)
        if isinstance(node, Filled):
            return f'<span class="gr-answer">{escape(node.text, quote=False)}</span>'
        if isinstance(node, Blank | Hole):
            return blank(node.name)
        if isinstance(node, ClauseNumber):
            return self.clause_number(node)
        if isinstance(node, Reference):
            return self.clause_link(node.clause)
        if isinstance(node, Link):
            return f'<a href="{escape(self.links.to(node.address))}">{self.inline(node.children)}</a>'
        tag = "strong" if isinstance(node, Strong) else "em"
        assert isinstance(node, Strong | Emphasis)
        return f"<{tag}>{self.inline(node.children)}</{tag}>"

    def item_list(self, items: ItemList) -> str:
        tag = "ol" if items.ordered else "ul"
        return f"<{tag}>{''.join(map(self.item, items.items))}</{tag}>"

    def item(self, item: Item) -> str:
        below = self.item_list(item.sublist) if item.sublist else ""
        return f"<li>{self.inline(item.children)}{below}</li>"

    def table(self, table: Table) -> str:
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
            f'<div class="gr-table" tabindex="0" role="region" aria-label="{caption}">'
            f'<table class="gr-rows{kind}"><caption>{caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def note(self, note: Note) -> str:
        first, *rest = [self.inline(paragraph.children) for paragraph in note.paragraphs] or [""]
        kind = "-".join(note.label.lower().split())
        label = f'<strong class="gr-label">{escape(note.label)}</strong>'
        more = "".join(f"<p>{text}</p>" for text in rest)
        return f'<aside class="gr-note" data-kind="{escape(kind)}"><p>{label} {first}</p>{more}</aside>'

    def clause_number(self, node: ClauseNumber) -> str:
        title = escape(node.title, quote=False)
        if not node.number:
            return f'<span class="gr-missing">{title} ({self.labels["left out"]})</span>'
        return f'<a href="#{escape(node.id)}">{self.labels["clause"]} {node.number}, {title}</a>'


def blank(name: str) -> str:
    return f'<span class="gr-blank"><span class="gr-unseen">blank: </span>{escape(name, quote=False)}</span>'


def words(blocks: Iterable[Block | SourceBlock]) -> str:
    """The words of ``blocks`` without their marks: what search finds. Notes are among them."""
    found: list[str] = []

    def inside(nodes: Iterable[Node]) -> None:
        text = []
        stack = list(nodes)[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, Text | Filled):
                text.append(node.text)
            elif isinstance(node, Blank | Hole):
                text.append(node.name)
            elif isinstance(node, ClauseNumber):
                text.append(node.title)
            elif isinstance(node, Strong | Emphasis | Link):
                stack.extend(reversed(node.children))
        found.append("".join(text))

    def items(of: ItemList) -> None:
        for item in of.items:
            inside(item.children)
            if item.sublist:
                items(item.sublist)

    for block in blocks:
        if isinstance(block, Paragraph):
            inside(block.children)
        elif isinstance(block, ItemList):
            items(block)
        elif isinstance(block, Table):
            found.extend(" ".join(row) for row in (block.columns, *block.rows))
        else:
            found.append(words(block.paragraphs))
    return " ".join(found)
