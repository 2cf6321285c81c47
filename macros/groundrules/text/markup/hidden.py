"""Characters that nobody can see, and marks that turn the reading direction."""

from __future__ import annotations

import re

from ..tables import characters, code_point, phrase, table

_DIRECTIONS = {chr(int(one, 16)): chr(int(end, 16)) for one, end in table("letters")["directions"].items()}
_ENDS = "".join(set(_DIRECTIONS.values()))
_UNSEEN = re.compile(f"[{characters('unseen')}]")
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f")
SUSPECT = re.compile(f"[{characters('unseen')}{''.join(_DIRECTIONS)}{_ENDS}]")


def hidden_characters(text: str) -> str | None:
    """A sentence on what in ``text``, a line, cannot be seen; ``None`` if all can."""
    if not SUSPECT.search(text):
        return None
    unseen = _UNSEEN.search(_FLAG.sub("", text))
    if unseen:
        return phrase("unseenCharacter", code=code_point(unseen[0]))
    waiting: list[str] = []
    for sign in text:
        if sign in _DIRECTIONS:
            waiting.append(_DIRECTIONS[sign])
        elif sign in _ENDS and (not waiting or waiting.pop() != sign):
            return phrase("directionNeverBegun", code=code_point(sign))
    if waiting:
        return phrase("directionNeverEnds")
    return None
