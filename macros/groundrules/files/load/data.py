"""The readers of the data files, one for each."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ...model.front import Source
from ...model.pieces import Element
from ...model.schemas import DATA
from ...text import frontmatter
from .file import File

_WEB = re.compile(r"https?://[^\s<>\"'\\]+")


def _as_it_is(file: File, data: Any, front: frontmatter.FrontMatter) -> Any:
    return data


def _data_reader(
    shape: Any, look: Callable[[File, Any, frontmatter.FrontMatter], Any] = _as_it_is
) -> Callable[[File], Any]:
    """A reader of a data file of that ``shape``; ``look`` may name what else is wrong in it."""
    adapter, wrapped = TypeAdapter(shape), _wrap(shape)

    def read(file: File) -> Any:
        front, findings = frontmatter.read(file.text, 1)
        file.findings(findings)
        if findings and not front.data:
            return None
        file.values(front.data, front, ())
        try:
            return look(file, adapter.validate_python(front.data), front), front
        except ValidationError as error:
            file.explain_all(error, front, wrapped)
            return None

    return read


def _with_addresses(file: File, sources: dict[str, Source], front: frontmatter.FrontMatter) -> dict[str, Source]:
    for name, source in sources.items():
        if source.address and not _WEB.fullmatch(source.address):
            file.problem(
                front.line(name, "address"),
                "bad-address",
                f'"{source.address}" is not the address of a page on the web. '
                "It starts with https:// or http://, and holds no space.",
            )
    return sources


def _wrap(shape: Any) -> type[BaseModel]:
    """A model class whose schema at the right path is ``shape``: what ``_keys_at`` wants."""

    class Wrapper(BaseModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)

        @classmethod
        def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
            return TypeAdapter(shape).json_schema(by_alias=True)

    return Wrapper


def _read_elements(file: File) -> Any:
    reader = csv.reader(file.text.split("\n"), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        file.problem(
            max(reader.line_num, 1),
            "bad-table",
            f'This row cannot be read: {error}. Quote a cell like this: "a, b".',
        )
        return None
    if not rows or len(rows[0][1]) < 3:
        file.problem(
            1,
            "bad-table",
            'The first row names the columns: "element", a column for each reference, "sources naming it".',
        )
        return None
    head = rows[0][1]
    keys = tuple(head[1:-1])
    elements: dict[str, Element] = {}
    for line, row in rows[1:]:
        if len(row) != len(head):
            file.problem(
                line,
                "bad-table",
                f"This row has {len(row)} cells; the first has {len(head)}. "
                'A cell that holds a comma goes in double quotes: "a, b".',
            )
            continue
        named = tuple(key for key, cell in zip(keys, row[1:-1], strict=True) if cell.strip())
        if row[-1].strip() != str(len(named)):
            file.problem(
                line,
                "bad-table",
                f'The last cell says "{row[-1]}". The marks in this row make {len(named)}.',
            )
        if row[0] in elements:
            file.problem(
                line,
                "duplicate-id",
                f'"{row[0]}" already stands on line {elements[row[0]].line}. Keep one of the two rows.',
            )
        elements.setdefault(row[0], Element(row[0], named, line))
    return (elements, keys), frontmatter.FrontMatter({})


DATA_READERS: dict[str, Callable[[File], Any]] = {
    **{name: _data_reader(shape) for name, shape in DATA.items()},
    "sources.yml": _data_reader(DATA["sources.yml"], _with_addresses),
    "elements.csv": _read_elements,
}
