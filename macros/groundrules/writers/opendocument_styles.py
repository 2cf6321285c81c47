"""The looks of an OpenDocument file: its page, its styles, its lists and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from xml.sax.saxutils import quoteattr

from ..agreement.document.language import direction, locale
from ..text.markup.nodes import MARKS, Emphasis, Mark, Strong
from .columns import SMALLER
from .opendocument_parts import NAMESPACES, Xml
from .printed import holdable

# A4 with the Word file's margins, in millimetres.
TEXT_WIDTH = 174.0


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
        f' style:width="{TEXT_WIDTH}mm" table:align="left" table:border-model="collapsing" fo:margin-top="1pt"'
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
_LOOKS = {mark.__name__: _MARKS[mark] for mark in MARKS} | {
    "Blank": 'fo:color="#1f4e5f" fo:background-color="#e1ecf0" fo:font-size="9pt" style:font-size-complex="9pt"'
}
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
    f"<office:document-styles {NAMESPACES}>"
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
    + _style("ListKept", "ListText", 'fo:keep-with-next="always"')
    + _style(
        "Answer",
        "Standard",
        'fo:keep-together="always"',
        inside="<style:tab-stops>"
        f'<style:tab-stop style:position="{TEXT_WIDTH}mm" style:type="right" style:leader-style="solid"'
        ' style:leader-text="_"/></style:tab-stops>',
    )
    + _style(
        "SmallPrint",
        "Standard",
        _GAP("0pt", "3pt"),
        'fo:font-size="8pt" style:font-size-complex="8pt" fo:color="#404040"',
    )
    + _style("SmallPrintKept", "SmallPrint", 'fo:keep-with-next="always"')
    + _style("TableText", "Standard", _GAP("1.5pt", "1.5pt"), 'fo:font-size="10pt" style:font-size-complex="10pt"')
    + _style("TableKept", "TableText", 'fo:keep-with-next="always"')
    + _style("TableHeading", "TableKept", 'fo:keep-with-next="always"', _bold("10pt"))
    + "".join(
        _style(f"{name}{suffix}", name, "", f'fo:font-size="{size / 2}pt" style:font-size-complex="{size / 2}pt"')
        for suffix, size in SMALLER.items()
        for name in ("TableText", "TableKept", "TableHeading")
    )
    + _style(
        "Footer",
        "Standard",
        f'{_GAP("0pt", "0pt")} fo:border-top="0.5pt solid #a6b8bf" fo:padding-top="4pt"',
        'fo:font-size="8.5pt" style:font-size-complex="8.5pt" fo:color="#595959"',
        inside="<style:tab-stops>"
        f'<style:tab-stop style:position="{TEXT_WIDTH}mm" style:type="right"/></style:tab-stops>',
    )
    + "".join(_character("".join(names), " ".join(_LOOKS[name] for name in names)) for names in _COMBINED)
    + _character(
        "Room",
        'fo:color="#1f4e5f" fo:font-size="16pt" style:font-size-complex="16pt" style:text-underline-style="solid"'
        ' style:text-underline-width="auto" style:text-underline-color="font-color"',
    )
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
    ' fo:margin-top="10mm" fo:margin-bottom="6mm" fo:margin-left="18mm" fo:margin-right="18mm"'
    ' style:writing-mode="{writing}"/>'
    '<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="2mm"/>'
    "</style:footer-style></style:page-layout></office:automatic-styles>"
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">'
    "<style:footer>{footer}</style:footer></style:master-page></office:master-styles>"
    "</office:document-styles>"
)

# LibreOffice looks for these only among the styles of the text itself.
_TABLE_STYLES = (
    _table("Rows")
    + _table("KeptRows", ' style:may-break-between-rows="false"')
    + _table("SignedRows", ' style:may-break-between-rows="false" fo:keep-with-next="always"')
    + _cell("Cell")
    + _cell("HeaderCell", ' fo:background-color="#e1ecf0"')
    + _row("TableRow")
    + _row("WritingRow", "7mm")
    + _row("SigningRow", "7.4mm")
)


_SIZES = re.compile(r'(font-size(?:-complex|-asian)?)="([0-9.]+)pt"')


def styles(language: str, footer: Xml, form: bool = False) -> str:
    """The part ``styles.xml``, with the ``footer`` of every page; a ``form`` has smaller letters, as in Word."""
    shown = _STYLES
    if form:
        shown = _SIZES.sub(lambda one: f'{one[1]}="{float(one[2]) * 0.81:.1f}pt"', shown)
    return shown.format(language=_language(holdable(language)), writing=_writing(language), footer=footer)


def table_styles(language: str) -> Xml:
    return Xml(_TABLE_STYLES.format(writing=_writing(language)))


def _writing(language: str) -> str:
    return "rl-tb" if direction(language) == "rtl" else "lr-tb"


@cache
def _language(language: str) -> str:
    known = locale(language)
    if known is None:
        return ""
    names = {"language": known.language, "country": known.territory or "none"}
    return " ".join(
        f"fo:{name}={quoteattr(value)} style:{name}-complex={quoteattr(value)}" for name, value in names.items()
    )
