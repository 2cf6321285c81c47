"""The search index: what each page says, and what people call it. ``browser/pages/searching/`` reads it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import chain, groupby
from typing import Any

from ..agreement.document.links import guidance_address, page_at
from ..model.pieces import Agreement, Piece, Toolkit, address
from ..text.frontmatter import truth
from .drawing import slug
from .library import Library, Page

_TAG = re.compile(r"<[^>]*>")


def search_entries(page: Page, location: str, whole: bool = True) -> bytes:
    """One entry for the page and one for each heading, as JSON; unless ``whole``, the page's title alone."""
    if not whole:
        return as_json({"location": location, "title": page.title, "text": "", "kind": page.kind}).encode()
    entries = [{"location": location, "title": page.title, "text": page.words, "kind": page.kind}]
    entries.extend({"location": f"{location}#{one.id}", "title": one.title, "text": one.words} for one in page.headings)
    return ",".join(map(as_json, entries)).encode()


def says_all(piece: Piece, asked: str) -> bool:
    """Whether all that the page of ``piece`` says is in the index; of agreements only titles, where these are asked."""
    return asked != "titles" or not isinstance(piece, Agreement)


def glossary_entries(glossary: Mapping[str, str], location: str) -> list[str]:
    """An entry for each term of the glossary, which stands on the page at ``location``, as JSON."""
    return [
        as_json({"location": f"{location}#{slug(term)}", "title": term, "text": meaning})
        for term, meaning in glossary.items()
    ]


def other_names(toolkit: Toolkit) -> Mapping[str, list[str]]:
    """What people call each page beside its title, by its address; nobody sees these names."""
    names: dict[str, list[str]] = defaultdict(list)
    for piece in toolkit.published:
        names[address(piece)] += getattr(piece.front, "also_called", ())
    for page in toolkit.guidance:
        names[guidance_address(page.file)] += page.front.get("also called", ())
    for one in toolkit.situations:
        names[page_at(one.page)].append(one.situation)
    for question in toolkit.chooser:
        for answer in question.answers:
            if answer.template:
                names[f"/templates/{answer.template}/"].append(answer.answer)
    return {place: listed for place, listed in names.items() if listed}


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def search_scripts(base: str, library: Library, asked: str) -> Mapping[str, str]:
    """The links to the scripts of search from a page from which ``base`` leads to the site's root.

    Where the index has only titles, one is Pagefind's, which finds what else the pages say.
    """
    scripts = {"box": "search.js", "finder": "finder.js"}
    places = {one: f"assets/{name}?v={library.shipped[name][0]}" for one, name in scripts.items()}
    places |= {"pages": "pagefind/pagefind.js"} if asked == "titles" else {}
    return {one: f"{base.rstrip('/')}/{place}" if base else place for one, place in places.items()}


def leave_out_shim(extra: Any) -> None:
    """Leave out what the plugin offline asks another host for: only the theme's own search needs it."""
    extra["polyfills"] = [one for one in extra.get("polyfills", ()) if "iframe-worker" not in str(one)]


def as_script(index: Iterable[bytes]) -> Iterator[bytes]:
    """The index as a script, which a page opened from a folder can load; the plugin offline writes the same."""
    return chain([b"var __index = "], index)


class SearchIndex:
    """Completes the index that the theme's search plugin writes.

    That index holds the guidance pages of this build alone. Here the pages that were not built again keep
    their entries, so that it says after each build what it would say after a clean one.
    """

    def __init__(self) -> None:
        self.kept: dict[str, list[dict[str, Any]]] = {}

    def complete(
        self, written: bytes, library: Library, entries: Iterable[bytes], calls: Mapping[str, Iterable[tuple[Any, ...]]]
    ) -> Iterator[bytes]:
        """The whole index, part by part.

        ``entries`` are those of pieces, as JSON, and ``calls`` the macros that each page calls.
        """
        index = json.loads(written)
        # The plugin may add what pages say now behind what they said before: the last run of a page counts.
        for place, run in groupby(index["docs"], lambda entry: entry["location"].partition("#")[0]):
            self.kept[place] = [entry | {key: _plain(entry[key]) for key in ("title", "text")} for entry in run]
        toolkit, shown = library.toolkit, library.links.shown
        found = []
        for page in toolkit.guidance:
            place = shown(guidance_address(page.file))
            if truth((page.front.get("search") or {}).get("exclude")):
                continue
            found += [as_json(entry) for entry in self.kept.get(place, ())]
            if any(name == "glossary" for name, *_ in calls.get(page.file.removeprefix("docs/"), ())):
                found += glossary_entries(toolkit.glossary, place)
        names = {shown(place): listed for place, listed in other_names(toolkit).items()}
        same = [[one.strip() for one in line.split(",")] for line in toolkit.search.same]
        config = index["config"] | {"names": names, "same": same, "ignored": toolkit.search.ignored}
        yield f'{{"config":{as_json(config)},"docs":['.encode()
        for number, entry in enumerate(chain((one.encode() for one in found), entries)):
            if number:
                yield b","
            yield entry
        yield b"]}"


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
