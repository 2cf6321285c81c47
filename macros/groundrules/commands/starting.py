"""The files with which somebody's own toolkit begins: each is theirs to change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..agreement.document.labels import Labels, labels
from ..files import disk
from ..files.library import ABOUT, BASES, OFFERED, library, library_version, offered
from ..files.load.lost_links import is_there
from ..files.source import Bare, entries, list_item, plain, scalar
from ..model.about import Takes
from ..model.pieces import Toolkit, places
from ..model.site import SECTIONS
from ..site.drawing import IN_SETTINGS
from ..text import frontmatter
from .adopting import offered_list
from .colours import sheet

# The pages to which the program itself leads.
_LED_TO = ("your-agreement", "guidance/fill-it-in", "guidance/signing", "reference/accessibility", "reference/privacy")
# It comes into the menu with the first partnership.
_LATER = "partnerships/index"

_TAKEN = """\
# What this toolkit has from the library that comes with the program: take lines out, or put others in.
# A file of the same name here takes the place of the library's. "groundrules adopt clauses/publicity" copies one.
"""
_IGNORED = """\
# The site is made from the rest, and what partners agree is theirs: it names people.
/site/
/.site.*/
/.cache/
.groundrules.*.new/
/agreements/partnerships/*
"""
_SITUATIONS = "# What people come for, in their words, and the page that helps. It stands on the home page.\n"
_HOME = """\
---
title: {title}
description: {description}
---

<!-- {yours} -->

# {heading}

{here}
{situations}
## {round}

{list}
"""
_CREDIT = "From Ground Rules: guidance under CC BY 4.0, clause wordings, templates and letters under CC0."


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of somebody who begins a toolkit."""

    title: str
    language: str
    colour: str
    takes: Takes


def takes(templates: Iterable[str], empty: bool, language: str) -> Takes:
    """What is taken from the library: these templates and what goes with them, all that there is, or nothing.

    Of translations, those into the toolkit's ``language``.
    """
    if empty:
        return Takes()
    if chosen := tuple(templates):
        translated = tuple(one for name in chosen if (one := f"{name}.{language}") in offered("templates"))
        pages = ("clauses/index", "templates/index", *_LED_TO)
        return Takes(
            templates=chosen + translated, records=tuple(offered("records")), pages=pages, data=("search.yml",)
        )
    everything = {
        kind: tuple(one for one in offered(kind) if kind == "data" or one.partition(".")[2] in ("", language))
        for kind in Takes.model_fields
    }
    return Takes(**everything | {"pages": tuple(one for one in everything["pages"] if one != _LATER)})


def about(takes: Takes) -> str:
    """``toolkit.yml``, for a toolkit that ``takes`` these."""
    return _TAKEN + "".join(entries({"library": library_version(), **_filled({"takes": plain(takes)})}))


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def files(wishes: Wishes, toolkit: Toolkit) -> dict[str, str]:
    """Each file by its place; ``toolkit`` is what comes from the library."""
    there = places(toolkit) | {"index.md"}
    situations = _situations(there)
    return _filled(
        {
            ".gitignore": _IGNORED,
            f"{BASES}/{OFFERED}": offered_list(),
            f"agreements/{ABOUT}": about(wishes.takes),
            "agreements/situations.yml": situations and _SITUATIONS + situations,
            "docs/index.md": _home(wishes, there, bool(situations)),
            "docs/assets/colours.css": wishes.colour and sheet(wishes.colour),
            "mkdocs.yml": _settings(wishes, there),
        }
    )


def _situations(there: frozenset[str]) -> str:
    front, _ = frontmatter.read(disk.read(library() / "agreements" / "situations.yml"))
    return "".join(line for one in front.data if is_there(one["page"], there) for line in list_item(one))


def _home(wishes: Wishes, there: frozenset[str], situations: bool) -> str:
    heading = re.sub(r"([\\`*_\[\]#<&])", r"\\\1", wishes.title)
    pages = [f"{kind}/index.md" for kind in SECTIONS] + ["guidance/which-agreement.md", "your-agreement.md"]
    listed = [f"- [{_page_title(page)}]({page})" for page in pages if page in there]
    said = labels(wishes.language)
    return _HOME.format(
        title=scalar(wishes.title),
        heading=heading,
        description=scalar(said["how we agree to work together"]),
        yours=said["this page is yours to change"],
        here=said["here people find what to ask"],
        situations=f"\n## {said['what brings you here']}\n\n{{{{ situations() }}}}\n" if situations else "",
        round=said["find your way round"],
        list="\n".join(listed) or said.say("nothing is here yet", folder="`agreements/clauses/`"),
    )


def _page_title(page: str) -> str:
    parts = frontmatter.split(disk.read(library() / "docs" / page))
    return str(frontmatter.read(parts[0])[0].data["title"]) if parts else page


def _settings(wishes: Wishes, there: frozenset[str]) -> str:
    """``mkdocs.yml`` as the library has it, with what was wished for and a menu of what is there."""
    head, _, menu = disk.read(library() / "mkdocs.yml").partition("\nnav:\n")
    said = labels(wishes.language)
    own = {
        "site_name": scalar(wishes.title),
        "site_description": scalar(said["how we agree to work together"]),
        "copyright": scalar(_CREDIT if plain(wishes.takes) else ""),
        "  language": wishes.language,
        "    logo": "material/handshake",
    }
    for key, value in own.items():
        head = re.sub(rf"^{key}: .*$", lambda _, line=f"{key}: {value}": line, head, count=1, flags=re.M)  # type: ignore[misc]
    for words in IN_SETTINGS:
        head = head.replace(f": {words}\n", f": {scalar(said.named(words))}\n")
    styles = "\nextra_css:\n  - assets/colours.css\n" if wishes.colour else ""
    front, _ = frontmatter.read("nav:\n" + menu)
    return head + styles + "\n" + "".join(entries({"nav": [*_menu(front.data["nav"], there, said)]}))


def _menu(items: list[Any], there: frozenset[str], said: Labels) -> Iterator[Any]:
    """Of the entries of a menu, the lists of a kind and those that lead to a page that is there."""
    for item in items:
        for title, value in item.items() if isinstance(item, dict) else [("", item)]:
            if isinstance(value, list):
                if below := [*_menu(value, there, said)]:
                    yield {said.named(title): below}
            elif value in there or value.endswith("/"):
                yield {said.named(title): Bare(value)} if title else Bare(value)
