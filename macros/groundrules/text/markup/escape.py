"""Words as agreement text, in which each of their characters stands for itself."""

from __future__ import annotations

import re

from .words import DELIMITERS, SPECIAL

_MEANT = re.compile(rf"[{SPECIAL}\]]")
# What means something at the start of a line; a mark there is one that somebody meant.
_STARTERS = re.escape("".join(sign for sign in "-+#>|=:" if sign not in DELIMITERS))
_START = re.compile(rf"^([0-9]{{1,9}}(?=[.)])|(?=[{_STARTERS}]))(.)")


def escaped(text: str) -> str:
    return _MEANT.sub(r"\\\g<0>", text)


def escaped_start(line: str) -> str:
    """``line``, which is escaped, as words whatever it starts with: ``1. May`` is no list."""
    return _START.sub(r"\1\\\2", line, count=1)
