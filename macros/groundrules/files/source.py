"""Write agreements as source files: the form that opens again.

Strings are double-quoted, keys stand in one order, and the text of clauses is kept to the letter.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from pydantic import BaseModel

from ..model.pieces import Agreement, Section
from ..text.frontmatter import quote


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
    return "".join(entries(plain(front), 0))


def plain(value: Any) -> Any:
    """``value`` as keys, lists and text, as it stands in front matter."""
    if isinstance(value, BaseModel):
        return {
            field.alias or name: plain(getattr(value, name))
            for name, field in type(value).model_fields.items()
            if field.is_required() or getattr(value, name) != field.default
        }
    if isinstance(value, dict):
        return {str(key): plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [plain(below) for below in value]
    if isinstance(value, bool):
        return Bare("yes" if value else "no")
    if isinstance(value, int):
        return Bare(str(value))
    if isinstance(value, datetime.date):
        return Bare(value.isoformat())
    return str(value)


class Bare(str):
    """A value that needs no quotes: a date, yes or no."""


def entries(data: dict[str, Any], depth: int = 0) -> list[str]:
    """The lines of ``data``, which is plain; each ends in a line break."""
    lines: list[str] = []
    for key, value in data.items():
        lines += _entry(f"{'  ' * depth}{_key(key)}:", value, depth)
    return lines


def _entry(start: str, value: Any, depth: int) -> list[str]:
    below = _below(value, depth + 1)
    return [start + "\n", *below] if below else [f"{start} {scalar(value)}\n"]


def _below(value: Any, depth: int) -> list[str]:
    """The lines of a dict or a list; none for text, or for an empty list, which reads as empty text."""
    if isinstance(value, dict):
        return entries(value, depth)
    if isinstance(value, list):
        return [line for one in value for line in list_item(one, depth)]
    return []


def scalar(value: Any) -> str:
    return value if isinstance(value, Bare) else quote(value or "")


def list_item(value: Any, depth: int = 0) -> list[str]:
    dash = f"{'  ' * depth}- "
    below = _below(value, depth + 1)
    return [dash + below[0].lstrip(), *below[1:]] if below else [f"{dash}{scalar(value)}\n"]


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quote(key)


_PLAIN_KEY = re.compile(r"[A-Za-z](?:[A-Za-z0-9 -]*[A-Za-z0-9])?")
