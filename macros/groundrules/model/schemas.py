"""JSON Schemas of every kind of front matter and of the data files, for editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from ..text.tables import table
from .about import About
from .front import (
    AgreementFront,
    ChecklistFront,
    ClauseFront,
    ExampleFront,
    Exempt,
    Group,
    LetterFront,
    Question,
    RecordFormFront,
    RecordFront,
    SearchWords,
    Situation,
    Source,
    TemplateFront,
)
from .values import Words

# The front matter of each kind of piece, by its folder in agreements/.
FRONT_MATTER = {
    "clauses": ClauseFront,
    "templates": TemplateFront,
    "examples": ExampleFront,
    "checklists": ChecklistFront,
    "letters": LetterFront,
    "records": RecordFormFront,
}
# What each data file in agreements/ holds.
DATA: dict[str, Any] = {
    "groups.yml": tuple[Group, ...],
    "sources.yml": dict[str, Source],
    "glossary.yml": dict[str, Words],
    "situations.yml": tuple[Situation, ...],
    "search.yml": SearchWords,
    "chooser.yml": tuple[Question, ...],
    "toolkit.yml": About,
    "exceptions.yml": tuple[Exempt, ...],
}
# The one that editors know best.
_DRAFT = "http://json-schema.org/draft-07/schema#"
# The beginning of a remark in each, by which they are known again.
MADE = "Made by Ground Rules for "
Schema = dict[str, Any]


def schemas() -> dict[str, tuple[str, str]]:
    """Each schema by its file's name: the files in a toolkit that it is for, and its text."""
    found = {f"{kind}.json": (f"agreements/{kind}/*.md", front) for kind, front in FRONT_MATTER.items()}
    found["agreements.json"] = ("agreements/partnerships/*/agreement.md", AgreementFront)
    found["kept-records.json"] = ("agreements/partnerships/*/records/*.md", RecordFront)
    found |= {name.replace(".yml", ".json"): (f"agreements/{name}", shape) for name, shape in DATA.items()}
    return {name: (files, _written(files, shape)) for name, (files, shape) in found.items()}


def _written(files: str, shape: Any) -> str:
    schema = {"$schema": _DRAFT, "$comment": f"{MADE}{files}", **TypeAdapter(shape).json_schema(schema_generator=_Keys)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Keys(GenerateJsonSchema):
    """The schema of a model as an editor should know it: each key explained, and what may stand in a file."""

    def str_schema(self, schema: core_schema.StringSchema) -> Schema:
        # An editor takes "12" for a number, "true" for a truth and an empty value for nothing. Here all are text.
        return {"type": ["string", "number", "boolean", "null"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        # Whatever has no value is left out.
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        # An editor writes down the default of a key that it completes: only words are worth that.
        worth = isinstance(schema.get("default"), str) and schema["default"]
        return super().default_schema(schema) if worth else self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        found = super().model_schema(schema)
        kinds = [one.__name__ for one in schema["cls"].__mro__]
        found.pop("description", None)
        found["title"] = next(_said(kinds, "(title)"))
        for key, value in found["properties"].items():
            value |= {"title": key.capitalize(), "description": next(_said(kinds, key))}
        return found


def _said(kinds: list[str], key: str) -> Iterator[str]:
    """The line about ``key`` in ``shared/keys.yml``, from the nearest of these kinds that has one."""
    keys = table("keys")
    yield from (keys[kind][key] for kind in [*kinds, "Front"] if key in keys.get(kind, ()))
