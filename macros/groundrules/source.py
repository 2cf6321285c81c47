"""Write agreements as source files: the form that opens again.

Strings are double-quoted, keys stand in one order, and the text of clauses is kept to the letter.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from pydantic import BaseModel

from .frontmatter import quote
from .model import Agreement, Section


def agreement_source(agreement: Agreement) -> str:
    """``agreement`` as the text of its file."""
    parts = ["---\n" + front_matter(agreement.front) + "---"]
    if agreement.preamble_text:
        parts.append(agreement.preamble_text)
    for section in agreement.sections:
        parts.append(heading(section))
        parts.append(section.text)
    return "\n\n".join(parts).replace("---\n\n", "---\n", 1) + "\n"


def heading(section: Section) -> str:
    wording = f" wording={section.wording}" if section.wording else ""
    return f"## {section.title} {{#{section.id}{wording}}}"


def front_matter(front: BaseModel) -> str:
    """The keys that differ from their defaults, in the order of the model."""
    return "".join(_entries(_plain(front), 0))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {
            field.alias or name: _plain(getattr(value, name))
            for name, field in type(value).model_fields.items()
            if field.is_required() or getattr(value, name) != field.default
        }
    if isinstance(value, dict):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(below) for below in value]
    if isinstance(value, bool):
        return _Bare("yes" if value else "no")
    if isinstance(value, datetime.date):
        return _Bare(value.isoformat())
    return str(value)


class _Bare(str):
    """A value that needs no quotes: a date, yes or no."""


def _entries(data: dict[str, Any], depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        lines += _entry(f"{'  ' * depth}{_key(key)}:", value, depth)
    return lines


def _entry(start: str, value: Any, depth: int) -> list[str]:
    below = _below(value, depth + 1)
    return [start + "\n", *below] if below else [f"{start} {_scalar(value)}\n"]


def _below(value: Any, depth: int) -> list[str]:
    """The lines of a dict or a list; none for text, or for an empty list, which reads as empty text."""
    if isinstance(value, dict):
        return _entries(value, depth)
    if isinstance(value, list):
        return [line for one in value for line in _list_item(one, depth)]
    return []


def _scalar(value: Any) -> str:
    return value if isinstance(value, _Bare) else quote(value or "")


def _list_item(value: Any, depth: int) -> list[str]:
    dash = f"{'  ' * depth}- "
    below = _below(value, depth + 1)
    return [dash + below[0].lstrip(), *below[1:]] if below else [f"{dash}{_scalar(value)}\n"]


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quote(key)


_PLAIN_KEY = re.compile(r"[A-Za-z](?:[A-Za-z0-9 -]*[A-Za-z0-9])?")
