"""The headings of guidance pages, as links name them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html import unescape

from ..model.pieces import GuidancePage
from ..model.remember import remember

_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]*(.+?)[ \t]*#*$|^[ \t>]*(\S.*)\n[ \t>]*(?:=+|-+)[ \t]*$", re.M)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[^}]*\}$")
_NAMED = re.compile(r"""\{:?[^}\n]*#([^\s}]+)|\b(?:id|name)\s*=\s*["']?([^\s"'>]+)""")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_TAG = re.compile(r"<[^>]*>")
# What may put headings there that the page itself does not show.
_MORE = re.compile(r"--8<--|\{%|^[ \t>]*#.*\{\{", re.M)


@remember
def parts(page: GuidancePage) -> frozenset[str] | None:
    """The names by which links may lead to a part of ``page``, rather too many; ``None`` if only a build can know."""
    return None if _MORE.search(page.body) else frozenset(_parts(page.body))


def _parts(text: str) -> Iterator[str]:
    yield from (one or other for one, other in _NAMED.findall(text))
    names: Counter[str] = Counter()
    for hashes, underlined in _HEADING.findall(text):
        words = _LINK.sub(lambda link: link[1], _ATTRIBUTES.sub("", hashes or underlined))
        # Whether underscores and tags are code, and so stay, is not asked.
        names.update({_name(one) for some in (words, _TAG.sub("", words)) for one in (some, some.replace("_", ""))})
    for name, times in names.items():
        yield name
        yield from (f"{name}_{number}" for number in range(1, times))


def _name(words: str) -> str:
    """The name that Python-Markdown gives a heading."""
    plain = unicodedata.normalize("NFKD", unescape(words)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
