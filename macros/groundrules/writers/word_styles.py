"""The looks of a Word file: its page, its styles and lists, and what it tells Word of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from xml.sax.saxutils import quoteattr

from ..agreement.document.language import direction
from .columns import PAGE_WIDTH, SMALLER

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# Twentieths of a point: A4, and margins that keep a form of one page on one page.
PAGE = (11906, 16838)
MARGINS = {"top": 680, "right": 1021, "bottom": 907, "left": 1021, "header": 425, "footer": 397, "gutter": 0}

BULLETS, NUMBERS, FIRST_OWN_LIST = 1, 2, 3

# Arial, because it (or Liberation Sans, of the same widths) is on every computer and phone: a form that
# fits one page here fits it everywhere. Space stands before and after each paragraph, and the larger
# counts, so tables keep their distance without empty paragraphs.
_STYLES = """<w:styles xmlns:w="{w}">
<w:docDefaults>
<w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>
<w:sz w:val="22"/><w:szCs w:val="22"/>
<w:lang w:val={language} w:eastAsia={language} w:bidi={language}/>
</w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr>
<w:widowControl/>{bidi}<w:spacing w:before="50" w:after="70" w:line="240" w:lineRule="auto"/>
</w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal">
<w:name w:val="Normal"/><w:qFormat/>
</w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:semiHidden/>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal">
<w:name w:val="Normal Table"/><w:semiHidden/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList">
<w:name w:val="No List"/><w:semiHidden/>
</w:style>
<w:style w:type="paragraph" w:styleId="Title">
<w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
<w:pPr>
<w:keepNext/><w:keepLines/>
<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="1F4E5F"/></w:pBdr>
<w:spacing w:before="0" w:after="100"/>
</w:pPr>
<w:rPr><w:b/><w:bCs/><w:color w:val="1F4E5F"/><w:sz w:val="34"/><w:szCs w:val="34"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Heading1">
<w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="100" w:after="20"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:bCs/><w:color w:val="1F4E5F"/><w:sz w:val="23"/><w:szCs w:val="23"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Signing">
<w:name w:val="Signing"/><w:basedOn w:val="Heading1"/><w:next w:val="Normal"/>
<w:pPr><w:spacing w:before="110" w:after="40"/></w:pPr>
<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>
</w:style>
{lists}
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Answer">
<w:name w:val="Answer"/><w:basedOn w:val="Normal"/>
<w:pPr><w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{width}"/></w:tabs></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="LongAnswer">
<w:name w:val="Long Answer"/><w:basedOn w:val="Answer"/>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="SmallPrint">
<w:name w:val="Small Print"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr>
<w:rPr><w:color w:val="404040"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText">
<w:name w:val="Table Text"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr>
<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHeading">
<w:name w:val="Table Heading"/><w:basedOn w:val="TableText"/>
<w:pPr><w:keepNext/></w:pPr>
<w:rPr><w:b/><w:bCs/><w:color w:val="1F4E5F"/></w:rPr>
</w:style>
{smaller}
<w:style w:type="paragraph" w:customStyle="1" w:styleId="End">
<w:name w:val="End"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>
<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Fingerprint">
<w:name w:val="Fingerprint"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="80" w:after="0"/></w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Footer">
<w:name w:val="footer"/><w:basedOn w:val="Normal"/>
<w:pPr>
<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="A6B8BF"/></w:pBdr>
<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>
<w:spacing w:before="0" w:after="0"/>
</w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="Hyperlink">
<w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E5F"/><w:u w:val="single"/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="PlaceholderText">
<w:name w:val="Placeholder Text"/>
<w:rPr>
<w:color w:val="1F4E5F"/><w:sz w:val="18"/><w:szCs w:val="18"/><w:shd w:val="clear" w:color="auto" w:fill="E1ECF0"/>
</w:rPr>
</w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Room">
<w:name w:val="Room"/>
<w:rPr><w:color w:val="1F4E5F"/><w:sz w:val="34"/><w:szCs w:val="34"/><w:u w:val="single"/></w:rPr>
</w:style>
<w:style w:type="table" w:styleId="TableGrid">
<w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow">
<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E1ECF0"/></w:tcPr>
</w:tblStylePr>
</w:style>
</w:styles>"""

_SMALLER_STYLE = """<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}{suffix}">
<w:name w:val="{name} {suffix}"/><w:basedOn w:val="{style}"/>
<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>
</w:style>"""
_LIST_STYLE = """<w:style w:type="paragraph" w:styleId="{id}">
<w:name w:val="{name}"/><w:basedOn w:val="Normal"/>
<w:pPr>
<w:numPr>{level}<w:numId w:val="{number}"/></w:numPr><w:spacing w:before="40" w:after="40"/>
</w:pPr>
</w:style>"""

_LEVEL = """<w:lvl w:ilvl="{level}">
<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="{left}" w:hanging="369"/></w:pPr>
</w:lvl>"""

# Without the mode, Word opens the file as one of an older Word.
_SETTINGS = """<w:settings xmlns:w="{w}">
<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val={language} w:bidi={language}/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""


_SIZE = re.compile(r'w:val="(\d+)"/><w:szCs w:val="\1"')


@cache
def styles(language: str, form: bool = False) -> str:
    """The part ``styles.xml``; a ``form`` has smaller letters, and so no more pages for its room to write."""
    if form:
        return _SIZE.sub(
            lambda one: 'w:val="{0}"/><w:szCs w:val="{0}"'.format(int(one[1]) * 41 // 50), styles(language)
        )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lists = (
        ("ListBullet", "List Bullet", BULLETS, 0),
        ("ListBullet2", "List Bullet 2", BULLETS, 1),
        ("ListNumber", "List Number", NUMBERS, 0),
        ("ListNumber2", "List Number 2", NUMBERS, 1),
    )
    return _STYLES.format(
        w=W,
        language=quoteattr(language),
        bidi="<w:bidi/>" if direction(language) == "rtl" else "",
        width=PAGE_WIDTH,
        borders="".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8FA6AF"/>' for side in sides),
        smaller="\n".join(
            _SMALLER_STYLE.format(style=style, name=name, suffix=suffix, size=size)
            for suffix, size in SMALLER.items()
            for style, name in (("TableText", "Table Text"), ("TableHeading", "Table Heading"))
        ),
        lists="\n".join(
            _LIST_STYLE.format(
                id=identity, name=name, number=number, level=f'<w:ilvl w:val="{level}"/>' if level else ""
            )
            for identity, name, number, level in lists
        ),
    )


def numbering(own_lists: Iterable[int]) -> str:
    """The two kinds of list, and one list of its own for each level in ``own_lists``, starting at 1.

    Both levels count in figures, as the page and the text do.
    """
    kinds = {BULLETS: ("bullet", "•", "–"), NUMBERS: ("decimal", "%1.", "%2)")}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="6072000{number}"/>'
        '<w:multiLevelType w:val="hybridMultilevel"/>'
        + "".join(
            _LEVEL.format(level=level, format=form, text=text, left=369 * (level + 1) + 57)
            for level, text in enumerate(texts)
        )
        + "</w:abstractNum>"
        for number, (form, *texts) in kinds.items()
    )
    plain = "".join(_list(number, number) for number in kinds)
    own = "".join(
        _list(
            number,
            NUMBERS,
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>',
        )
        for number, level in enumerate(own_lists, FIRST_OWN_LIST)
    )
    return f'<w:numbering xmlns:w="{W}">{abstract}{plain}{own}</w:numbering>'


def _list(number: int, kind: int, start: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{start}</w:num>'


def settings(language: str) -> str:
    return _SETTINGS.format(w=W, language=quoteattr(language))
