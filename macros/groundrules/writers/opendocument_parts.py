"""The parts of every OpenDocument file: its XML, written out as strings, and the package around it."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from typing import NewType
from xml.sax.saxutils import escape, quoteattr

from .printed import holdable

# Markup, which the type keeps apart from what people wrote.
Xml = NewType("Xml", str)

_TYPE = "application/vnd.oasis.opendocument.text"
# Who made a file and when would say something about people, and differ each time it is made.
_TIME = "2026-01-01T00:00:00"
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)

NAMESPACES = (
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

_META = f"""<office:document-meta {NAMESPACES}><office:meta>
<dc:title>{{title}}</dc:title><dc:language>{{language}}</dc:language>
<meta:creation-date>{_TIME}</meta:creation-date><dc:date>{_TIME}</dc:date>
</office:meta></office:document-meta>"""

# Spaces that a reader would join or drop, and line ends.
_SPACES = re.compile(r"\A +| {2,}| +\Z|\t|\r\n|[\r\n]")


def element(tag: str, *children: Xml, **attributes: str | int) -> Xml:
    """XML: ``element("text:p", …, text__style_name="Title")``; two underscores stand for a colon, one for a hyphen."""
    opening = tag + "".join([_attribute(*one) for one in attributes.items()]) if attributes else tag
    return Xml(f"<{opening}>{''.join(children)}</{tag}>" if children else f"<{opening}/>")


def _attribute(name: str, value: str | int) -> str:
    quoted = quoteattr(holdable(value)) if isinstance(value, str) else f'"{value}"'
    return f" {_attribute_name(name)}={quoted}"


@cache
def _attribute_name(name: str) -> str:
    return name.replace("__", ":").replace("_", "-")


def words(text: str) -> Xml:
    """The words that people wrote, exactly so: OpenDocument keeps runs of spaces only as elements."""
    return Xml(_SPACES.sub(_space, escape(holdable(text))))


def _space(match: re.Match[str]) -> str:
    text = match[0]
    if text == "\t":
        return "<text:tab/>"
    return f'<text:s text:c="{len(text)}"/>' if text[0] == " " else "<text:line-break/>"


def meta(title: str, language: str) -> str:
    return _META.format(title=escape(holdable(title)), language=escape(holdable(language)))


def package(parts: dict[str, str]) -> bytes:
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
