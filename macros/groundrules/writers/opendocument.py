"""The OpenDocument file: what the Word file says, for LibreOffice and whoever else reads the standard.

Written as strings, like the Word file, rather than with odfpy or odfdo: the whole format that we need is
the few styles below, those libraries add the time and their own name to each file, and building their
trees takes several times as long.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from itertools import combinations, groupby
from typing import Any, NewType
from xml.sax.saxutils import escape, quoteattr

from ..agreement.document.answers import capitalised
from ..agreement.document.labels import labels
from ..agreement.document.language import direction, locale
from ..agreement.document.nodes import Block, Document, Hole, Table
from ..text.markup.nodes import MARKS, Emphasis, ItemList, Mark, Node, Paragraph, Strong, handler, lone
from .printed import (
    EMPTY_ROWS,
    SIGNING_SHARES,
    STRONG,
    Run,
    days,
    fingerprint_line,
    footer_title,
    heading,
    holdable,
    is_form,
    is_signed,
    page_of_pages,
    party_words,
    printed,
    runs,
    shares,
    signers,
    signing_header,
    table_header,
)

# Markup, which the type keeps apart from what people wrote.
Xml = NewType("Xml", str)

# A4 with the Word file's margins, in millimetres.
_TEXT_WIDTH = 174.0
_MANY_ROWS = 9
_WRITING_STYLES = {"list": "Answer", "paragraphs": "LongAnswer"}
# Spaces that a reader would join or drop, and line ends.
_SPACES = re.compile(r"\A +| {2,}| +\Z|\t|\r\n|[\r\n]")


def opendocument(document: Document) -> bytes:
    return _Writer(document).file()


def element(tag: str, *children: Xml, **attributes: str | int) -> Xml:
    """``element("text:p", …, text__style_name="Title")``: two underscores stand for a colon, one for a hyphen."""
    opening = tag + "".join([_attribute(*one) for one in attributes.items()]) if attributes else tag
    return Xml(f"<{opening}>{''.join(children)}</{tag}>" if children else f"<{opening}/>")


def _attribute(name: str, value: str | int) -> str:
    quoted = quoteattr(holdable(value)) if isinstance(value, str) else f'"{value}"'
    return f" {_attribute_name(name)}={quoted}"


@cache
def _attribute_name(name: str) -> str:
    return name.replace("__", ":").replace("_", "-")


def words(text: str) -> Xml:
    """What people wrote, exactly so: OpenDocument keeps runs of spaces only as elements."""
    return Xml(_SPACES.sub(_space, escape(holdable(text))))


def _space(match: re.Match[str]) -> str:
    text = match[0]
    if text == "\t":
        return "<text:tab/>"
    return f'<text:s text:c="{len(text)}"/>' if text[0] == " " else "<text:line-break/>"


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.form = is_form(document)
        self.labels = labels(document.language)
        self.column_styles: list[Xml] = []

    def file(self) -> bytes:
        # Writing the body first: it collects the widths of columns.
        body = element("office:body", element("office:text", *self.content()))
        writing = "rl-tb" if direction(self.document.language) == "rtl" else "lr-tb"
        tables = Xml(_TABLE_STYLES.format(writing=writing))
        automatic = element("office:automatic-styles", tables, *self.column_styles)
        language = holdable(self.document.language)
        return _package(
            {
                "content.xml": f"<office:document-content {_NAMESPACES}>{automatic}{body}</office:document-content>",
                "styles.xml": _STYLES.format(
                    namespaces=_NAMESPACES,
                    language=_language(language),
                    writing=writing,
                    footer=self.footer(),
                ),
                "meta.xml": _META.format(
                    namespaces=_NAMESPACES, title=escape(holdable(self.document.title)), language=escape(language)
                ),
            }
        )

    def footer(self) -> Xml:
        fields = {
            "{page}": element("text:page-number", Xml("1"), text__select_page="current"),
            "{pages}": element("text:page-count", Xml("1")),
        }
        numbers = [fields.get(part) or words(part) for part in page_of_pages(self.document)]
        return self.paragraph("Footer", [words(footer_title(self.document)), Xml("<text:tab/>"), *numbers])

    # --- the order of things ---

    def content(self) -> Iterator[Xml]:
        document = self.document
        yield self.paragraph("Title", [words(document.title)])
        yield from self.opening()
        yield from self.blocks(document.preamble)
        for clause in document.clauses:
            mark = element("text:bookmark", text__name=_bookmark(clause.id))
            yield element(
                "text:h", mark, words(heading(clause)), text__style_name="Heading_20_1", text__outline_level=1
            )
            yield from self.blocks(clause.blocks)
        if is_signed(document):
            yield from self.signing()
        line = fingerprint_line(document)
        if line:
            yield self.paragraph("Fingerprint", [words(line)])

    def signing(self) -> Iterator[Xml]:
        document = self.document
        signing = capitalised(self.labels["signed"])
        yield element("text:h", words(signing), text__style_name="Signing", text__outline_level=1)
        rows = signers(document, self.form)
        yield self.table_of(
            "Signing", signing, signing_header(document), [share / 100 for share in SIGNING_SHARES], rows, "SigningRow"
        )

    def opening(self) -> Iterator[Xml]:
        if self.document.parties:
            entries = []
            for party in self.document.parties:
                name, rest = party_words(party, self.document.language, reachable=not self.form)
                children = [self.span(Run(holdable(name), STRONG)), self.span(Run(holdable(rest)))]
                entries.append(element("text:list-item", self.paragraph("ListText", children)))
            yield element("text:list", *entries, text__style_name="Bullets")
        dates = days(self.document)
        if dates:
            yield self.paragraph("Standard", [words(dates)])

    # --- blocks ---

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Xml]:
        for block, keep in printed(blocks):
            yield handler(_BLOCKS, block)(self, block, keep)

    def paragraph_block(self, block: Paragraph, keep: bool) -> Xml:
        hole = lone(block, Hole)
        style = _WRITING_STYLES.get(hole.definition.blank_type.structure) if hole else None
        return self.paragraph(style or ("Kept" if keep else "Standard"), self.spans(block.children))

    def item_list(self, items: ItemList, keep: bool, top: bool = True) -> Xml:
        entries = [
            element(
                "text:list-item",
                self.paragraph("ListText", self.spans(item.children)),
                *([self.item_list(item.sublist, keep, top=False)] if item.sublist else []),
            )
            for item in items.items
        ]
        # A list inside another takes the level below of a style; it is named since its kind may differ.
        return element(
            "text:list",
            *entries,
            **{"text:style-name": "Numbers" if items.ordered else "Bullets"},
            **({"text:continue-numbering": "false"} if top else {}),
        )

    def paragraph(self, style: str, content: Iterable[Xml]) -> Xml:
        return element("text:p", *content, text__style_name=style)

    def spans(self, nodes: Iterable[Node]) -> Iterator[Xml]:
        found = runs(nodes, self.document.language)
        for (link, clause), group in groupby(found, key=lambda run: (run.link, run.clause)):
            inside = map(self.span, group)
            address = link or (f"#{_bookmark(clause)}" if clause else "")
            if address:
                yield element(
                    "text:a", *inside, xlink__type="simple", xlink__href=address, text__style_name="Internet_20_link"
                )
            else:
                yield from inside

    def span(self, run: Run) -> Xml:
        style = "".join([mark.__name__ for mark in run.marks] + ["Blank"] * run.hole)
        return element("text:span", words(run.text), text__style_name=style) if style else words(run.text)

    # --- tables ---

    def table(self, table: Table, keep: bool) -> Xml:
        header = table_header(table)
        rows = list(table.rows) or [("",) * len(header)] * EMPTY_ROWS
        style = "TableRow" if table.rows else "WritingRow"
        name = capitalised(table.name)
        return self.table_of(
            f"Table{len(self.column_styles)}", name, header, shares([header, *table.rows]), rows, style
        )

    def table_of(
        self,
        identity: str,
        name: str,
        header: Sequence[str],
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        row_style: str,
    ) -> Xml:
        columns = []
        for number, width in enumerate(widths):
            style = f"{identity}.{number}"
            properties = element("style:table-column-properties", style__column_width=f"{_TEXT_WIDTH * width:.2f}mm")
            self.column_styles.append(
                element("style:style", properties, style__name=style, style__family="table-column")
            )
            columns.append(element("table:table-column", table__style_name=style))
        first = self.row([self.cell(text, "TableHeading", "HeaderCell") for text in header], "TableRow")
        # Each row but the last of an empty table holds on to the next: nobody signs a page without the text's end.
        kept = row_style != "TableRow"
        body = [
            self.row(
                [self.cell(text, "TableKept" if kept and at < len(rows) else "TableText") for text in row], row_style
            )
            for at, row in enumerate(rows, 1)
        ]
        return element(
            "table:table",
            element("table:title", words(name)),
            *columns,
            element("table:table-header-rows", first),
            *body,
            table__name=identity,
            table__style_name="KeptRows" if kept and len(rows) < _MANY_ROWS else "Rows",
        )

    def row(self, cells: Sequence[Xml], style: str) -> Xml:
        return element("table:table-row", *cells, table__style_name=style)

    def cell(self, text: str, style: str, cell_style: str = "Cell") -> Xml:
        inside = self.paragraph(style, [words(text)] if text else [])
        return element("table:table-cell", inside, table__style_name=cell_style, office__value_type="string")


_BLOCKS: Mapping[type, Callable[[_Writer, Any, bool], Xml]] = {
    Paragraph: _Writer.paragraph_block,
    ItemList: _Writer.item_list,
    Table: _Writer.table,
}


def _bookmark(identity: str) -> str:
    return f"clause-{identity}"


@cache
def _language(language: str) -> str:
    known = locale(language)
    if known is None:
        return ""
    names = {"language": known.language, "country": known.territory or "none"}
    return " ".join(
        f"fo:{name}={quoteattr(value)} style:{name}-complex={quoteattr(value)}" for name, value in names.items()
    )


# --- the file ---------------------------------------------------------------------------------------

_TYPE = "application/vnd.oasis.opendocument.text"
# Who made a file and when would say something about people, and differ each time it is made.
_TIME = "2026-01-01T00:00:00"
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def _package(parts: dict[str, str]) -> bytes:
    """An OpenDocument file of ``parts``; the same bytes each time."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", _TYPE), *((name, "text/xml") for name in parts))
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.3">{entries}</manifest:manifest>'
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        # The standard wants this first, and as it is.
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), _TYPE)
        for name, content in {**parts, "META-INF/manifest.xml": manifest}.items():
            text = f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), text.encode())
    return stream.getvalue()


def _entry(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = kind
    entry.create_system = 0
    return entry


_NAMESPACES = (
    " ".join(
        f'xmlns:{prefix}="{address}"'
        for prefix, address in {
            **{
                name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
                for name in ("office", "style", "text", "table", "meta")
            },
            "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
            "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
            "dc": "http://purl.org/dc/elements/1.1/",
        }.items()
    )
    + ' office:version="1.3"'
)

_META = f"""<office:document-meta {{namespaces}}><office:meta>
<dc:title>{{title}}</dc:title><dc:language>{{language}}</dc:language>
<meta:creation-date>{_TIME}</meta:creation-date><dc:date>{_TIME}</dc:date>
</office:meta></office:document-meta>"""


def _style(name: str, parent: str, paragraph: str, text: str = "", more: str = "", inside: str = "") -> str:
    shown = f' style:display-name="{name.replace("_20_", " ")}"' if "_20_" in name else ""
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}"{shown} style:family="paragraph"{above}{more}>'
        f"<style:paragraph-properties {paragraph}>{inside}</style:paragraph-properties>"
        + (f"<style:text-properties {text}/>" if text else "")
        + "</style:style>"
    )


def _bold(size: str) -> str:
    return (
        f'fo:font-size="{size}" style:font-size-complex="{size}" fo:font-weight="bold"'
        ' style:font-weight-complex="bold" fo:color="#1f4e5f"'
    )


def _cell(name: str, more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        f' fo:border="0.5pt solid #8fa6af" fo:padding-left="1.9mm" fo:padding-right="1.9mm"'
        f' fo:padding-top="0mm" fo:padding-bottom="0mm"{more}/></style:style>'
    )


def _table(name: str, more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table"><style:table-properties'
        f' style:width="{_TEXT_WIDTH}mm" table:align="left" table:border-model="collapsing" fo:margin-top="1pt"'
        f' fo:margin-bottom="3pt" style:writing-mode="{{writing}}"{more}/></style:style>'
    )


def _row(name: str, height: str = "") -> str:
    least = f' style:min-row-height="{height}"' if height else ""
    return (
        f'<style:style style:name="{name}" style:family="table-row">'
        f'<style:table-row-properties fo:keep-together="always"{least}/></style:style>'
    )


def _character(name: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'


_MARKS: Mapping[type[Mark], str] = {
    Strong: 'fo:font-weight="bold" style:font-weight-complex="bold"',
    Emphasis: 'fo:font-style="italic" style:font-style-complex="italic"',
}
_LOOKS = {mark.__name__: _MARKS[mark] for mark in MARKS} | {"Blank": 'fo:color="#1f4e5f" fo:background-color="#e1ecf0"'}
_COMBINED = [names for length in range(1, len(_LOOKS) + 1) for names in combinations(_LOOKS, length)]


def _list_levels(kind: str) -> str:
    levels = []
    for level, sign in ((1, "•"), (2, "–")) if kind == "bullet" else ((1, "."), (2, ")")):
        left = f"{6.5 * level + 1:.1f}mm"
        marks = f'text:bullet-char="{sign}"' if kind == "bullet" else f'style:num-format="1" style:num-suffix="{sign}"'
        levels.append(
            f'<text:list-level-style-{kind} text:level="{level}" {marks}>'
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            f'<style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="{left}"'
            f' fo:text-indent="-6.5mm" fo:margin-left="{left}"/></style:list-level-properties>'
            f"</text:list-level-style-{kind}>"
        )
    return "".join(levels)


_GAP = 'fo:margin-top="{0}" fo:margin-bottom="{1}"'.format

# Arial, as in the Word file: it, or Liberation Sans of the same widths, is on every computer.
_STYLES = (
    "<office:document-styles {namespaces}>"
    '<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial"'
    ' style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>'
    '<office:styles><style:default-style style:family="paragraph">'
    '<style:paragraph-properties fo:orphans="2" fo:widows="2" style:writing-mode="{writing}"/>'
    '<style:text-properties style:font-name="Arial" style:font-name-complex="Arial" style:font-name-asian="Arial"'
    ' fo:font-size="11pt" style:font-size-complex="11pt" style:font-size-asian="11pt" {language}/>'
    "</style:default-style>"
    '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/>'
    "</style:default-style>"
    + _style("Standard", "", _GAP("0pt", "3pt"), more=' style:class="text"')
    + _style("Kept", "Standard", 'fo:keep-with-next="always"')
    + _style(
        "Title",
        "Standard",
        f'fo:keep-with-next="always" fo:keep-together="always" {_GAP("0pt", "4pt")}'
        ' fo:border-bottom="1pt solid #1f4e5f" fo:padding-bottom="3pt"',
        _bold("17pt"),
    )
    + _style(
        "Heading_20_1",
        "Standard",
        f'fo:keep-with-next="always" fo:keep-together="always" {_GAP("3pt", "1pt")}',
        _bold("11.5pt"),
        ' style:next-style-name="Standard" style:default-outline-level="1"',
    )
    + _style("Signing", "Heading_20_1", _GAP("3pt", "1pt"), _bold("10pt"))
    + _style(
        "Fingerprint",
        "Standard",
        _GAP("4pt", "0pt"),
        'fo:color="#595959" fo:font-size="7.5pt" style:font-size-complex="7.5pt"',
    )
    + _style("ListText", "Standard", _GAP("0pt", "3pt"))
    + _style("Answer", "Standard", 'fo:background-color="#e1ecf0"', 'fo:color="#1f4e5f"')
    + _style("LongAnswer", "Answer", 'fo:padding-bottom="31pt" fo:border="none" fo:background-color="#e1ecf0"')
    + _style("TableText", "Standard", _GAP("1.5pt", "1.5pt"), 'fo:font-size="10pt" style:font-size-complex="10pt"')
    + _style("TableKept", "TableText", 'fo:keep-with-next="always"')
    + _style("TableHeading", "TableKept", 'fo:keep-with-next="always"', _bold("10pt"))
    + _style(
        "Footer",
        "Standard",
        f'{_GAP("0pt", "0pt")} fo:border-top="0.5pt solid #a6b8bf" fo:padding-top="4pt"',
        'fo:font-size="8.5pt" style:font-size-complex="8.5pt" fo:color="#595959"',
        inside="<style:tab-stops>"
        f'<style:tab-stop style:position="{_TEXT_WIDTH}mm" style:type="right"/></style:tab-stops>',
    )
    + "".join(_character("".join(names), " ".join(_LOOKS[name] for name in names)) for names in _COMBINED)
    + _character(
        "Internet_20_link",
        'fo:color="#1f4e5f" style:text-underline-style="solid" style:text-underline-width="auto"'
        ' style:text-underline-color="font-color"',
    )
    + f'<text:list-style style:name="Bullets">{_list_levels("bullet")}</text:list-style>'
    + f'<text:list-style style:name="Numbers">{_list_levels("number")}</text:list-style>'
    + "</office:styles>"
    '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties'
    ' fo:page-width="210mm" fo:page-height="297mm" style:print-orientation="portrait"'
    ' fo:margin-top="14mm" fo:margin-bottom="7mm" fo:margin-left="18mm" fo:margin-right="18mm"'
    ' style:writing-mode="{writing}"/>'
    '<style:footer-style><style:header-footer-properties fo:min-height="9mm" fo:margin-top="3mm"/>'
    "</style:footer-style></style:page-layout></office:automatic-styles>"
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">'
    "<style:footer>{footer}</style:footer></style:master-page></office:master-styles>"
    "</office:document-styles>"
)

# LibreOffice looks for these only among the styles of the text itself.
_TABLE_STYLES = (
    _table("Rows")
    + _table("KeptRows", ' style:may-break-between-rows="false"')
    + _cell("Cell")
    + _cell("HeaderCell", ' fo:background-color="#e1ecf0"')
    + _row("TableRow")
    + _row("WritingRow", "7mm")
    + _row("SigningRow", "8mm")
)
