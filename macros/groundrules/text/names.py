"""Names of people and organisations, compared: when two of them are one, and by which character they differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from .problems import did_you_mean
from .tables import code_point, phrase, table

_ALIKE = {ord(one): like for like, others in table("letters")["same in a name"].items() for one in others}


@lru_cache(4096)
def fold_name(name: str) -> str:
    """``name`` without what does not tell two names apart.

    That is capitals, white space, how an accent is encoded, and the shape of apostrophes, quotation marks and dashes.
    """
    composed = unicodedata.normalize("NFKC", plain_marks(name))
    return unicodedata.normalize("NFKC", " ".join(composed.casefold().split()))


def plain_marks(name: str) -> str:
    """``name`` with straight apostrophes and quotation marks, and with hyphens for dashes."""
    return name.translate(_ALIKE)


def same_name(one: str, other: str) -> bool:
    return fold_name(one) == fold_name(other)


def name_meant(name: str, known: Iterable[str]) -> str:
    """A sentence on which of the ``known`` names ``name`` may be meant for, and by which character it differs."""
    others = list(known)
    for other in others:
        pair = _one_apart(fold_name(name), fold_name(other))
        if pair:
            mine, theirs = pair
            has, this = (f'"{sign}" ({code_point(sign)})' for sign in (theirs, mine))
            return f"{phrase('didYouMean', word=other)} That has {has} where this has {this}."
    return did_you_mean(name, others)


def _one_apart(one: str, other: str) -> tuple[str, str] | None:
    """The only character in which two names of the same length differ."""
    if len(one) != len(other):
        return None
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return pairs[0] if len(pairs) == 1 else None
