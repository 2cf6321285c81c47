"""The hostile texts: what people may write anywhere in an agreement, and where it is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "hostile"
# The places of ``agreement.md``, by what kind of text stands in them.
KINDS = {
    "wording": ("WORDING", "ENTRY", "NOTE"),
    "heading": ("HEADING",),
    "value": ("TITLE", "QUESTION", "EXAMPLE", "EVENT", "REASON"),
    "answer": ("PARTY", "CONTACT", "ANSWER", "STORY", "ITEM", "CELL"),
}
KIND_OF = {place: kind for kind, places in KINDS.items() for place in places}


@dataclass(frozen=True)
class Hostile:
    """A text, and by which checks it is refused in each place."""

    name: str
    text: str
    refused: dict[str, set[str]]
    without_font: bool

    @property
    def accepted(self) -> list[str]:
        return [place for place in KIND_OF if not self.refused[place]]


@cache
def table(name: str) -> Any:
    # The loader in C refuses half a surrogate pair, which is one of the texts.
    return yaml.load((FOLDER / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)


@cache
def texts() -> list[Hostile]:
    return [
        Hostile(
            one["is"],
            one["text"] * int(one.get("times", 1)),
            {place: set(one.get(place, one.get(kind, "")).split()) for place, kind in KIND_OF.items()},
            "font" in one,
        )
        for one in table("texts")
    ]


def filled(text: str, places: Iterable[str]) -> str:
    """``agreement.md`` with ``text`` in these places."""
    file = (FOLDER / "agreement.md").read_text("utf-8")
    bare = {*KINDS["wording"], *KINDS["heading"]}
    words = {place: text if place in bare else json.dumps(text, ensure_ascii=False) for place in places}
    return re.sub(r"\b[A-Z]{3,}\b", lambda place: words.get(place[0], place[0]), file)
