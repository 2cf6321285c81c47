"""Links of the library's pieces to pages that it has and a toolkit lacks: only their words are shown."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from ...model.pieces import GuidancePage
from ..library import has_page

_LINK = re.compile(r"(?<!\\)\[([^\[\]]+)\]\((/[^\s()]+)\)")
_PAGE_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^\s()]+\.md(?:#[^\s()]*)?)\)(?:\{[^{}]*\})?")


def is_there(address: str, places: frozenset[str]) -> bool:
    """Whether ``address``, such as ``/clauses/press/#why``, leads to one of these places."""
    return not _places(address).isdisjoint(places)


def is_lost(address: str, places: frozenset[str]) -> bool:
    """Whether ``address`` leads to a page that the library has, and that is not in one of these places."""
    return not is_there(address, places) and any(has_page(place.removesuffix(".md")) for place in _places(address))


def _places(address: str) -> frozenset[str]:
    path = unquote(urlsplit(address).path).strip("/")
    return frozenset({f"{path}.md", f"{path}/index.md".lstrip("/")})


def without_lost_links(line: str, places: frozenset[str]) -> str:
    """A line of agreement text, in which a lost link is only its words."""
    return _LINK.sub(lambda link: link[1] if is_lost(link[2], places) else link[0], line)


def guidance_without_lost_links(text: str, file: str, places: frozenset[str]) -> str:
    """The text of the guidance page in ``file``, in which a lost link is only its words."""
    here = posixpath.dirname(file.removeprefix("docs/"))

    def kept(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, unquote(link[2].partition("#")[0])))
        return link[1] if target not in places and has_page(target.removesuffix(".md")) else link[0]

    return _PAGE_LINK.sub(kept, text)


def page_without_lost_links(page: GuidancePage, places: frozenset[str]) -> GuidancePage:
    text, body = (guidance_without_lost_links(one, page.file, places) for one in (page.text, page.body))
    return replace(page, text=text, body=body)
