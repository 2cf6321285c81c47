"""Parties and answers as people type them, and why one cannot be kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..agreement.document import answers as answer
from ..agreement.document.answers import settled
from ..files.load.file import MAX_LINE
from ..model.front import BlankDefinition, Party
from ..text import frontmatter
from ..text.markup.hidden import hidden_characters
from ..text.problems import UserError
from ..text.tables import phrase

_PHONE = re.compile(r"[+(]?[0-9][0-9 ()+-]{4,}(?: ?(?:ext|x)\.? ?[0-9]+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
# An answer stands on one line of the file, in which some characters take the room of several.
_LONGEST_ANSWER = MAX_LINE // 2


def party(words: str) -> Party:
    """A party from one line: ``Harbour Trust: Ann Lee, drugs worker`` or ``Ann Lee, drugs worker, Harbour Trust``.

    A phone number and an email address may stand anywhere after a comma.
    """
    refuse_text("party", words)
    name, colon, rest = words.partition(":")
    parts = [part.strip() for part in (rest if colon else words).split(",")]
    known: dict[str, str] = {}
    plain = []
    for part in filter(None, parts):
        kind = "email" if _EMAIL.fullmatch(part) else "phone" if _PHONE.fullmatch(part) else ""
        if kind and kind not in known:
            known[kind] = part
        else:
            plain.append(part)
    keys = ("contact", "role") if colon else ("name", "role", "organisation")
    if colon:
        known["name"] = name.strip()
    if len(plain) > len(keys) or not (known.get("name") or (plain and not colon)):
        raise UserError(
            f'"{words}" is not a party. Write an organisation as "Name" or "Name: contact, role", '
            'and a person as "Name, role, organisation". A phone number and an email address may follow. '
            "A name that holds a comma goes into the answers file.",
            instead={"--party": "PARTY"},
        )
    return Party(**known, **dict(zip(keys, plain, strict=False)))


def reason_against(definition: BlankDefinition, given: Any) -> str | None:
    """Why ``given`` cannot be kept as the answer, or ``None``."""
    table = definition.blank_type.structure == "table"
    wrong = answer.misfit(definition, given if table else settled(definition, given))
    return wrong or next(filter(None, map(_unacceptable, texts_in(given))), None)


def texts_in(given: Any) -> Iterable[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict):
        for cell in given.values():
            yield from texts_in(cell)
    elif isinstance(given, list):
        for entry in given:
            yield from texts_in(entry)


def _unacceptable(text: str) -> str | None:
    if len(frontmatter.quote(text)) > _LONGEST_ANSWER:
        return phrase("answerTooLong", count=len(text), most=_LONGEST_ANSWER)
    return next(filter(None, map(hidden_characters, text.split("\n"))), None)


def refuse_text(what: str, text: str) -> None:
    wrong = _unacceptable(text)
    if wrong:
        raise UserError(f"{what}: {wrong}")
