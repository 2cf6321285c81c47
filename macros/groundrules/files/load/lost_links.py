"""Links that would lead nowhere, taken out of what comes from the library: their words stay."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from ...model.pieces import GuidancePage

_LINK = re.compile(r"(?<!\\)\[([^\[\]]+)\]\((/[^\s()]+)\)")
_PAGE_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^\s()]+\.md(?:#[^\s()]*)?)\)(?:\{[^{}]*\})?")


def is_there(address: str, places: frozenset[str]) -> bool:
    """Whether ``address``, such as ``/clauses/press/#why``, leads to one of these places."""
    path = unquote(urlsplit(address).path).strip("/")
    return not {f"{path}.md", f"{path}/index.md".lstrip("/")}.isdisjoint(places)


def without_lost_links(line: str, places: frozenset[str]) -> str:
    """A line of agreement text, without links to pages other than these."""
    return _LINK.sub(lambda link: link[0] if is_there(link[2], places) else link[1], line)


def guidance_without_lost_links(text: str, file: str, places: frozenset[str]) -> str:
    """The text of the guidance page in ``file``, without links to pages other than these."""
    here = posixpath.dirname(file.removeprefix("docs/"))

    def kept(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, unquote(link[2].partition("#")[0])))
        return link[0] if urlsplit(link[2]).scheme or target in places else link[1]

    return _PAGE_LINK.sub(kept, text)


def page_without_lost_links(page: GuidancePage, places: frozenset[str]) -> GuidancePage:
    text, body = (guidance_without_lost_links(one, page.file, places) for one in (page.text, page.body))
    return replace(page, text=text, body=body)
