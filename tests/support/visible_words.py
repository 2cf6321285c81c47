"""Every word that a reader may see or hear, on a page or in a file of any kind."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree, html
from pypdf import PdfReader

# Of a page, what is shown, read aloud, or kept for a script to say.
_SAID = ("aria-label", "title", "alt", "placeholder", "content", "data-empty", "data-odd", "data-waiting")
_SAID += ("data-failed", "data-instead")
_NAMED = ("og:", "twitter:", "viewport", "generator", "referrer", "color-scheme")
_NOT_SAID = ("script", "style", "code")


def of_page(content: bytes) -> Iterator[str]:
    tree = html.document_fromstring(content)
    for node in tree.iter():
        if not isinstance(node.tag, str) or (node.tag == "meta" and node.get("name", "og:").startswith(_NAMED)):
            continue
        yield from (node.get(name, "") for name in _SAID)
        yield from [node.text or ""] if node.tag not in _NOT_SAID else []
        yield node.tail or ""


def of_archive(content: bytes) -> Iterator[str]:
    """The text of a Word or OpenDocument file, and what its pictures and fields are called."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|footer\d*|header\d*)\.xml|content\.xml|docProps/core\.xml", name):
                tree = etree.fromstring(archive.read(name))
                yield from (str(text) for text in tree.itertext())
                yield from (str(one) for one in tree.xpath("//@*[local-name()='descr' or local-name()='title']"))
            if name == "styles.xml":
                yield from map(str, etree.fromstring(archive.read(name)).xpath("//*[local-name()='footer']//text()"))


def of_pdf(content: bytes) -> Iterator[str]:
    file = PdfReader(BytesIO(content))
    yield from (page.extract_text() for page in file.pages)
    yield from (str(one.get("/TU", "")) for one in (file.get_fields() or {}).values())
    yield file.metadata.title if file.metadata and file.metadata.title else ""
    yield from (str(one.title) for one in file.outline if not isinstance(one, list))


def of_text(content: bytes) -> Iterator[str]:
    """Agreement text below its front matter, without ids, without blanks that every file names in the same way, and
    without the word by which signed text refers to a clause, which is the same in every language.
    """
    yield re.sub(
        r"\{#[^}]*\}|\[\[(?:parties|start|end|title)\]\]|\bclause (?=\d+, )",
        "",
        content.decode().split("\n---\n", 1)[-1],
    )


def of_index(content: bytes) -> Iterator[str]:
    """What search finds, and shows of it."""
    for entry in json.loads(content).get("docs", ()):
        yield from (entry["title"], html.fromstring(f"<p>{entry['text']}</p>").text_content(), entry.get("kind", ""))


def of_calendar(content: bytes) -> Iterator[str]:
    unfolded = content.decode().replace("\r\n ", "")
    yield from re.findall(r"^(?:SUMMARY|DESCRIPTION|X-WR-CALNAME):(.*)$", unfolded, re.M)


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "html": of_page,
    "docx": of_archive,
    "odt": of_archive,
    "pdf": of_pdf,
    "md": of_text,
    "ics": of_calendar,
    "search_index.json": of_index,
}
