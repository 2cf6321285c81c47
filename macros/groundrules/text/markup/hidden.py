"""Characters that nobody can see, and marks that turn the reading direction."""

from __future__ import annotations

import re

from ..tables import phrase

# Unicode's bidirectional controls: openers with the closer that each needs (UAX #9).
_BIDI = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u202d": "\u202c",
    "\u202e": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
# Characters that show nothing, or break a line unseen, and so can hide a change. The joiners (U+200C,
# U+200D) and variation selectors are needed by scripts and emoji; tags only in flags such as that of Wales.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f")
SUSPECT = re.compile(f"{_UNSEEN.pattern[:-1]}\u202a-\u202e\u2066-\u2069]")


def hidden_characters(text: str) -> str | None:
    """A sentence on what in ``text``, a line, cannot be seen; ``None`` if all can."""
    if not SUSPECT.search(text):
        return None
    unseen = _UNSEEN.search(_FLAG.sub("", text))
    if unseen:
        code = f"U+{ord(unseen[0]):04X}"
        return phrase("unseenCharacter", code=code)
    waiting: list[str] = []
    for sign in text:
        if sign in _BIDI:
            waiting.append(_BIDI[sign])
        elif sign in "\u202c\u2069" and (not waiting or waiting.pop() != sign):
            return f"A direction mark (U+{ord(sign):04X}) ends here that was never begun. Delete it."
    if waiting:
        return phrase("directionNeverEnds")
    return None
