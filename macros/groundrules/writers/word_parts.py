"""The parts of every Word file: its XML, written out as strings, and the package around it.

They are written out here instead of taken from a ready-made template: nothing unneeded comes along, a
reader sees every setting, and making a file costs little more than its own text.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, NewType
from xml.sax.saxutils import escape, quoteattr

from babel import Locale

from ..agreement.document.language import DEFAULT, locale
from .printed import holdable
from .word_styles import W

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# What Word can hold as a tag, a control's name and a bookmark's name.
_LONGEST_TAG = 64
_LONGEST_BOOKMARK = 40

# Markup, which the type keeps apart from what people wrote. Written as strings: six times as fast as a tree.
Xml = NewType("Xml", str)


def element(tag: str, *children: Xml, **attributes: str | int) -> Xml:
    """XML: ``element("p", …)``; a name without prefix is one of Word's own."""
    name = tag if ":" in tag else f"w:{tag}"
    opening = name + "".join([_attribute(*one) for one in attributes.items()]) if attributes else name
    return Xml(f"<{opening}>{''.join(children)}</{name}>" if children else f"<{opening}/>")


def _attribute(name: str, value: str | int) -> str:
    quoted = quoteattr(holdable(value)) if isinstance(value, str) else f'"{value}"'
    return f" {name if ':' in name else f'w:{name}'}={quoted}"


def plain_element(tag: str, *children: Xml, **attributes: str) -> Xml:
    """XML of no namespace but what ``attributes`` say."""
    opening = tag + "".join(f" {name}={quoteattr(holdable(value))}" for name, value in attributes.items())
    return Xml(f"<{opening}>{''.join(children)}</{tag}>")


def words(text: str, deleted: bool = False) -> Xml:
    """The words that people wrote, exactly so."""
    escaped = escape(holdable(text), {"\r": "&#13;"})
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "  " in text else ""
    tag = "w:delText" if deleted else "w:t"
    return Xml(f"<{tag}{kept}>{escaped}</{tag}>")


def root(tag: str, *children: Xml) -> Xml:
    return element(tag, *children, **{"xmlns:w": W, "xmlns:r": R})


# --- the fixed parts ------------------------------------------------------------------------------

_CONTENT_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
{overrides}</Types>"""

_CORE = """<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>{title}</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>
<dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified>
<dc:language>{language}</dc:language>
</cp:coreProperties>"""

# Who made a file and when would say something about people, and differ each time it is made.
_TIME = "2026-01-01T00:00:00Z"
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)

_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "word/document.xml": f"{_OFFICE}document.main+xml",
    "word/styles.xml": f"{_OFFICE}styles+xml",
    "word/settings.xml": f"{_OFFICE}settings+xml",
    "word/numbering.xml": f"{_OFFICE}numbering+xml",
    "word/footer1.xml": f"{_OFFICE}footer+xml",
}
# What a form has besides where one answer stands in several places.
_ANSWER_TYPES = {
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "word/glossary/document.xml": f"{_OFFICE}document.glossary+xml",
    "word/glossary/styles.xml": f"{_OFFICE}styles+xml",
}
ANSWERS = "urn:groundrules:answers"
ANSWERS_STORE = "{60720000-0000-4000-8000-000000000000}"
_ANSWER_PROPERTIES = f"""<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"
 ds:itemID="{ANSWERS_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{ANSWERS}"/></ds:schemaRefs></ds:datastoreItem>"""
_ANSWER_RELATIONS = (
    (f"{R}/customXml", "../customXml/item1.xml", ""),
    (f"{R}/glossaryDocument", "glossary/document.xml", ""),
)
_PARTS = ("styles", "settings", "numbering", "footer")


def core_properties(title: str, language: str) -> str:
    return _CORE.format(title=escape(holdable(title)), language=escape(language), time=_TIME)


# --- what fits into Word ---------------------------------------------------------------------------


def short(text: str, longest: int = _LONGEST_TAG) -> str:
    """``text`` where it fits, else its beginning and a digest, so that different texts stay different."""
    text = holdable(text)
    if len(text.encode("utf-16-le")) // 2 <= longest:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    # Half as many characters fit even if each takes two of Word's units.
    return f"{text[: (longest - 9) // 2]}_{digest}" if not text.isascii() else f"{text[: longest - 9]}_{digest}"


def bookmark(identity: str) -> str:
    return short(re.sub(r"[^A-Za-z0-9]", "_", f"clause_{identity}"), _LONGEST_BOOKMARK)


def date_format(language: str) -> str:
    """The pattern by which ``language`` writes a long date, in the letters that Word's date picker knows."""
    known = locale(language) or Locale.parse(DEFAULT, sep="-")
    parts = known.date_formats["long"].pattern.split("'")
    parts[::2] = [re.sub("y+", "yyyy", part.replace("L", "M").replace("G", "")) for part in parts[::2]]
    return "'".join(parts).strip()


# --- the file ---------------------------------------------------------------------------------------


def package(parts: Mapping[str, str], links: Iterable[str]) -> bytes:
    """A Word file of ``parts``, and ``links`` to other places; the same bytes each time."""
    answers = "customXml/item1.xml" in parts
    types = _TYPES | (_ANSWER_TYPES if answers else {})
    files: dict[str, str] = {
        "[Content_Types].xml": _CONTENT_TYPES.format(overrides=_overrides(types)),
        "_rels/.rels": _relations(
            [
                (f"{R}/officeDocument", "word/document.xml", ""),
                (
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                    "",
                ),
            ]
        ),
        "word/_rels/document.xml.rels": _relations(
            [(f"{R}/{part}", f"{part}{'1' * (part == 'footer')}.xml", "") for part in _PARTS]
            + [(f"{R}/hyperlink", link, ' TargetMode="External"') for link in links]
            + list(_ANSWER_RELATIONS if answers else ())
        ),
        **parts,
        # A copy of the styles, since no two parts may share one.
        **(_around_answers() | {"word/glossary/styles.xml": parts["word/styles.xml"]} if answers else {}),
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode())
    return stream.getvalue()


def _overrides(types: Mapping[str, str]) -> str:
    return "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())


def answers_frame() -> dict[str, Any]:
    """What browsers need to write the answers of a form that stand in several places."""
    relations = [(kind, target) for kind, target, _ in _ANSWER_RELATIONS]
    return {"types": _overrides(_ANSWER_TYPES), "relations": relations, "parts": _around_answers()}


def _around_answers() -> dict[str, str]:
    return {
        "customXml/_rels/item1.xml.rels": _relations([(f"{R}/customXmlProps", "itemProps1.xml", "")]),
        "customXml/itemProps1.xml": _ANSWER_PROPERTIES,
        "word/glossary/_rels/document.xml.rels": _relations([(f"{R}/styles", "styles.xml", "")]),
    }


def link_relation(index: int) -> str:
    """The relation of the link at ``index`` among those given to ``package``."""
    return f"rId{len(_PARTS) + 1 + index}"


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target={quoteattr(target)}{mode}/>'
            for number, (kind, target, mode) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )
