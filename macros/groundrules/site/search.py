"""The search index, in the form that Material's search reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from .library import Page


def search_entries(page: Page, location: str) -> str:
    """One entry for the page and one for each heading, as JSON in the form that Material's search reads."""
    tags = [escape(tag) for tag in page.tags]
    entries = [{"location": location, "title": escape(page.title), "text": escape(page.words), "tags": tags}]
    entries.extend(
        {"location": f"{location}#{one.id}", "title": escape(one.title), "text": escape(one.words)}
        for one in page.headings
    )
    return ",".join(map(as_json, entries))


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class SearchIndex:
    """Completes the index that the theme's search plugin writes.

    That index holds the guidance pages of this build alone. Here the pages that were not built again keep
    their entries, so that it says after each build what it would say after a clean one.
    """

    def __init__(self) -> None:
        self.kept: dict[str, list[dict[str, Any]]] = {}

    def complete(self, written: bytes, places: Iterable[str], entries: Iterable[str]) -> bytes:
        """Complete the index; ``places`` are the guidance pages, ``entries`` those of all other pages, as JSON."""
        index = json.loads(written)
        fresh: dict[str, list[dict[str, Any]]] = {}
        for entry in index["docs"]:
            fresh.setdefault(entry["location"].partition("#")[0], []).append(entry)
        self.kept |= fresh
        guidance = [as_json(entry) for place in places for entry in self.kept.get(place, ())]
        return f'{{"config":{as_json(index["config"])},"docs":[{",".join([*guidance, *entries])}]}}'.encode()
