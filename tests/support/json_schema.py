"""As much of JSON Schema as our schemas use, and YAML as an editor reads it: ``12`` a number, ``yes`` a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

_KINDS: dict[str, Any] = {
    "string": str, "number": (int, float), "integer": int, "boolean": bool, "null": type(None), "array": list,
    "object": dict,
}  # fmt: skip
_SAID = {"$schema", "$comment", "$defs", "title", "description", "default", "format"}


class Editor(yaml.SafeLoader):
    """YAML 1.2, in which neither ``yes`` nor a day is anything but text."""


Editor.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Editor)


def slips(value: Any, schema: dict[str, Any], whole: dict[str, Any] | None = None, at: str = "") -> Iterator[str]:
    """The places in ``value`` that do not fit ``schema``, each with the word of the schema that says so."""
    whole = whole or schema
    if "$ref" in schema:
        yield from slips(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole, at)
    for word, asked in schema.items():
        if word in _RULES:
            if not _RULES[word](value, asked, whole):
                yield f"{at} {word}".strip()
        elif word in ("properties", "additionalProperties"):
            yield from _below(word, value, schema, whole, at)
        elif word == "items":
            for index, one in enumerate(value if isinstance(value, list) else ()):
                yield from slips(one, asked, whole, f"{at}/{index}")
        else:
            assert word in _SAID | {"$ref"}, f"Nothing here knows {word}"


def _below(word: str, value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for key, one in value.items() if isinstance(value, dict) else ():
        if (key in known) != (word == "properties"):
            continue
        below = known[key] if key in known else schema[word]
        if below is False:
            yield f"{at}/{key} {word}"
        elif below is not True:
            yield from slips(one, below, whole, f"{at}/{key}")


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


_RULES: dict[str, Any] = {
    "type": lambda value, asked, _: any(_is(value, one) for one in ([asked] if isinstance(asked, str) else asked)),
    "enum": lambda value, asked, _: any(type(value) is type(one) and value == one for one in asked),
    "pattern": lambda value, asked, _: not isinstance(value, str) or re.search(asked, value),
    "minimum": lambda value, asked, _: not isinstance(value, int) or value >= asked,
    "maximum": lambda value, asked, _: not isinstance(value, int) or value <= asked,
    "required": lambda value, asked, _: not isinstance(value, dict) or {*asked} <= {*value},
    "oneOf": lambda value, asked, whole: sum(not [*slips(value, one, whole)] for one in asked) == 1,
    "anyOf": lambda value, asked, whole: any(not [*slips(value, one, whole)] for one in asked),
}
