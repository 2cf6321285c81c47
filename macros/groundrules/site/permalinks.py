"""The links beside the headings of a guidance page, each of which says what it leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_LINK = re.compile(r'<a class="headerlink" href="#([^"]+)" title="([^"]*)"')


def name_permalinks(content: str, titles: Mapping[str, str]) -> str:
    """``content`` in which the links to its parts are told apart by the titles of these; ``titles`` are by id."""

    def named(link: re.Match[str]) -> str:
        part = titles.get(link[1])
        return f'{link[0]} aria-label="{link[2]}: {escape(part)}"' if part else link[0]

    return _LINK.sub(named, content)
