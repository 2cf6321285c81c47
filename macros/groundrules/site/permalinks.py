"""The links beside the headings of a guidance page, each of which says what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Any

_LINK = re.compile(r'<a class="headerlink" href="#([^"]+)" title="([^"]*)"')


def titles(parts: Iterable[Any]) -> dict[str, str]:
    """The titles of the parts in a contents list, by id; of a host each part has these, and ``children``."""
    return {one.id: unescape(one.title) for one in parts} | {
        identity: title for one in parts for identity, title in titles(one.children).items()
    }


def name_permalinks(content: str, titles: Mapping[str, str]) -> str:
    """``content`` in which the links to its parts are told apart by the titles of these; ``titles`` are by id."""

    def named(link: re.Match[str]) -> str:
        part = titles.get(link[1])
        return f'{link[0]} aria-label="{link[2]}: {escape(part)}"' if part else link[0]

    return _LINK.sub(named, content)
