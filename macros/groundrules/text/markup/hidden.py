"""Characters that nobody can see, that turn the reading direction, or that pile up."""

from __future__ import annotations

import re
import unicodedata

from ..tables import characters, code_point, limit, phrase, table

_DIRECTIONS = {chr(int(one, 16)): chr(int(end, 16)) for one, end in table("letters")["directions"].items()}
_ENDS = "".join(set(_DIRECTIONS.values()))
# Joiners and variation selectors belong to scripts and emoji: after a letter of ours they would only hide a change.
_UNSEEN = re.compile(
    f"[{characters('unseen')}]|(?<![^\\0-\u052f])[\u200c\u200d]|(?<=[ @-z\u00c0-\u052f])[\ufe00-\ufe0f]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f")
SUSPECT = re.compile(f"[{characters('unseen')}{''.join(_DIRECTIONS)}{_ENDS}\u200c\u200d\ufe00-\ufe0f]")
_MAX_ACCENTS = limit("accents")
# Accents and joiners are among these.
_NO_WORD = re.compile(rf"[^\w\s!-~]{{{_MAX_ACCENTS + 1},}}")
_JOINERS = "\u200c\u200d"


def hidden_characters(text: str) -> str | None:
    """A sentence on what in ``text``, a line, cannot be seen, or hides others; ``None`` if all can."""
    if _is_accent(text[:1]) or any(map(_piled, _NO_WORD.findall(text))):
        return phrase("accentsPiled", most=_MAX_ACCENTS)
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


def _is_accent(sign: str) -> bool:
    return sign != "" and unicodedata.category(sign)[0] == "M"


def _piled(signs: str) -> bool:
    kinds = "".join("M" if sign in _JOINERS or _is_accent(sign) else " " for sign in signs)
    return "M" * (_MAX_ACCENTS + 1) in kinds
