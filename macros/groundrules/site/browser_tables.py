"""What the browser takes from Python: tables, each of whose names is a small module of its own.

``import { tabOnLine } from "../shared/messages.js"`` in a script reads as if there were such a file. The joiner asks
for one name at a time, so a script holds only what it names.
"""

from __future__ import annotations

import json
from string import Formatter
from typing import Any

from ..text.tables import table


def module(path: str, name: str) -> str:
    """The text of the module that exports ``name`` of the table at ``path``; KeyError if there is none."""
    return _TABLES[path](name)


def _message(name: str) -> str:
    words = table("messages")[name]
    places = list(dict.fromkeys(place for _, place, _, _ in Formatter().parse(words) if place))
    if not places:
        return _constant(name, words.format())
    text = words.replace("\\", "\\\\").replace("`", "\\`").format(**{place: f"${{{place}}}" for place in places})
    return f"export const {name} = ({{ {', '.join(places)} }}) => `{text}`;\n"


def _constant(name: str, value: Any) -> str:
    return f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n"


_TABLES = {
    "shared/messages.js": _message,
}
