"""Names that look like other names: one letter borrowed from another alphabet, or one that nobody can see.

A name is what a signature stands or falls by. So ``Аnn`` with a Cyrillic ``А`` is refused, and so is a name that
only looks like one that is known. The table holds letters that most typefaces draw alike, by what they look like;
it follows Unicode's list of confusable letters (UTS #39), for the alphabets that people type names in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LOOKS_LIKE = {
    "a": "аαɑ", "b": "Ь", "c": "сϲᴄⲥ", "d": "ԁ", "e": "еҽ", "f": "ք", "g": "ɡց", "h": "һհ", "i": "іιıɩ", "j": "јϳ",
    "k": "кκ", "l": "I1|ǀӏІӀΙⲒ", "n": "ոռ", "o": "оοσօⲟ0", "p": "рρⲣ", "q": "ԛգզ", "r": "гⲅ", "s": "ѕꜱ", "u": "υս",
    "v": "νѵ", "w": "ԝѡա", "x": "хχ", "y": "уүγ", "z": "ᴢ",
    "A": "АΑᎪ", "B": "ВΒᏴ", "C": "СϹᏟⲤ", "D": "Ꭰ", "E": "ЕΕᎬ", "G": "ԌᏀ", "H": "НΗᎻⲎ", "J": "ЈͿᎫ", "K": "КΚᏦⲔ",
    "L": "Ꮮ", "M": "МΜᎷⲘ", "N": "ΝⲚ", "O": "ОΟՕⲞ", "P": "РΡᏢⲢ", "R": "Ꮢ", "S": "ЅՏᏚ", "T": "ТΤᎢⲦ", "U": "Ս",
    "V": "ѴᏙ", "W": "ԜᎳ", "X": "ХΧⲬ", "Y": "УҮΥᎩⲨ", "Z": "ΖᏃ",
    "ی": "يى", "ک": "ك",
}  # fmt: skip
_TABLE = {ord(sign): like for like, signs in _LOOKS_LIKE.items() for sign in signs}

# Alphabets that lend letters to one another; no word of a name is written in two of them.
_ALPHABETS = ("Latin", "Greek", "Cyrillic", "Armenian", "Cherokee", "Coptic")
_WORD = re.compile(r"[^\W\d_]+")
_JOINERS = "\u200c\u200d"
# These show nothing as well, though Unicode counts them among letters and marks.
_EMPTY = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def folded(text: str) -> str:
    """``text`` without what does not tell two names apart: capitals, white space, how an accent is encoded."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return unicodedata.normalize("NFC", composed.casefold())


def looks(text: str) -> str:
    """A key for ``text``, the same for two texts that look the same."""
    apart = unicodedata.normalize("NFKD", " ".join(text.split()))
    return unicodedata.normalize("NFC", apart.translate(_TABLE).replace("\u200d", "").casefold())


def odd_name(name: str, known: Iterable[str] = ()) -> str | None:
    """Why ``name`` may deceive, or ``None``; ``known`` are the names that it must not merely look like."""
    return _unseen(name) or _mixed(name) or _only_looks_like(name, known)


def _unseen(name: str) -> str | None:
    """Marks of direction are among these: inside a name, none is needed."""
    for before, sign in zip(" " + name, name, strict=False):
        # Persian and Indian names need the joiners, which show nothing beside the letters of _ALPHABETS.
        unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        joins = sign in _JOINERS and before.isalpha() and not _alphabet(before)
        # A selector picks the shape of a Chinese letter or an emoji; behind other letters it picks nothing.
        selects = _SELECTORS.match(sign) and (_alphabet(before) or before.isspace())
        if sign in _EMPTY or selects or (unseen and not joins):
            return (
                f"The name holds a character that nobody can see (U+{ord(sign):04X}). "
                "Delete it, and type the name again."
            )
    return None


def _mixed(name: str) -> str | None:
    for word in _WORD.findall(unicodedata.normalize("NFC", name)):
        seen = [(alphabet, sign) for sign in word if (alphabet := _alphabet(sign))]
        if len({alphabet for alphabet, _ in seen}) > 1:
            alphabets = [alphabet for alphabet, _ in seen]
            # The stranger is the one with the fewest letters; beside as many Latin ones, it is not these.
            odd = min(sorted(set(alphabets), key=_ALPHABETS.index, reverse=True), key=alphabets.count)
            sign = next(sign for alphabet, sign in seen if alphabet == odd)
            return (
                f'In "{word}" the letter "{sign}" (U+{ord(sign):04X}) is {odd}, and others are not. '
                "Type the name again, in one alphabet."
            )
    return None


def _only_looks_like(name: str, known: Iterable[str]) -> str | None:
    others = list(known)
    if folded(name) in map(folded, others):
        return None
    other = next((one for one in others if looks(one) == looks(name)), None)
    if other is None:
        return None
    composed = unicodedata.normalize("NFC", name)
    signs = [sign for sign in composed if sign not in unicodedata.normalize("NFC", other)] or list(composed)
    return (
        f'"{name}" only looks like "{other}": "{signs[0]}" (U+{ord(signs[0]):04X}) is another letter. '
        "Type the name again."
    )


def _alphabet(letter: str) -> str:
    """The one of ``_ALPHABETS`` that ``letter`` belongs to, or nothing."""
    first = unicodedata.name(letter, "").partition(" ")[0].title()
    return first if first in _ALPHABETS and letter.isalpha() else ""
