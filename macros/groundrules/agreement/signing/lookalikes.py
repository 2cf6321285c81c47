"""Names that look like other names: one letter borrowed from another alphabet, or one that nobody can see.

A name is what a signature stands or falls by. So ``Аnn`` with a Cyrillic ``А`` is refused, and so is a name that
only looks like one that is known. The letters stand in ``shared/letters.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ...text.names import fold_name, plain_marks
from ...text.tables import characters, code_point, phrase, table

_LOOKS_LIKE = {
    ord(sign): like
    for alike in (table("confusables"), table("letters")["looks like"])
    for like, signs in alike.items()
    for sign in signs
}
_ALPHABETS = tuple(table("letters")["alphabets"])
_WORD = re.compile(r"[^\W\d_]+")
_JOINERS = "\u200c\u200d"
_EMPTY = re.compile(f"[{characters('empty in a name')}]")
_SELECTORS = re.compile(f"[{characters('selectors')}]")


def looks(text: str) -> str:
    """A key for ``text``, the same for two texts that look the same."""
    apart = unicodedata.normalize("NFKD", " ".join(plain_marks(text).split()))
    return unicodedata.normalize("NFC", apart.translate(_LOOKS_LIKE).replace("\u200d", "").casefold())


class KnownNames:
    """Names that another must not merely look like; finding one takes as long among a thousand as among ten."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.folds: set[str] = set()
        self.by_looks: dict[str, str] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        self.folds.add(fold_name(name))
        self.by_looks.setdefault(looks(name), name)

    def only_looks_like(self, name: str) -> str | None:
        """The known name that ``name`` looks like without being one."""
        return None if fold_name(name) in self.folds else self.by_looks.get(looks(name))


def odd_name(name: str, known: KnownNames | Iterable[str] = ()) -> str | None:
    """Why ``name`` may deceive, or ``None``; ``known`` are the names that it must not merely look like."""
    names = known if isinstance(known, KnownNames) else KnownNames(known)
    return _unseen(name) or _mixed(name) or _only_looks_like(name, names)


def _unseen(name: str) -> str | None:
    """Marks of direction are among these: inside a name, none is needed."""
    for before, sign in zip(" " + name, name, strict=False):
        # Persian and Indian names need the joiners, which show nothing beside the letters of _ALPHABETS.
        unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        joins = sign in _JOINERS and before.isalpha() and not _alphabet(before)
        # A selector picks the shape of a Chinese letter or an emoji; behind other letters it picks nothing.
        selects = _SELECTORS.match(sign) and (_alphabet(before) or before.isspace())
        if _EMPTY.match(sign) or selects or (unseen and not joins):
            return phrase("unseenInName", code=code_point(sign))
    return None


def _mixed(name: str) -> str | None:
    for word in _WORD.findall(unicodedata.normalize("NFC", name)):
        seen = [(alphabet, sign) for sign in word if (alphabet := _alphabet(sign))]
        if len({alphabet for alphabet, _ in seen}) > 1:
            alphabets = [alphabet for alphabet, _ in seen]
            # The stranger is the one with the fewest letters; beside as many Latin ones, it is not these.
            odd = min(sorted(set(alphabets), key=_ALPHABETS.index, reverse=True), key=alphabets.count)
            sign = next(sign for alphabet, sign in seen if alphabet == odd)
            return phrase("mixedAlphabets", word=word, letter=sign, code=code_point(sign), alphabet=odd)
    return None


def _only_looks_like(name: str, known: KnownNames) -> str | None:
    other = known.only_looks_like(name)
    if other is None:
        return None
    composed = unicodedata.normalize("NFC", name)
    signs = [sign for sign in composed if sign not in unicodedata.normalize("NFC", other)] or list(composed)
    return phrase("looksLikeAnother", name=name, other=other, letter=signs[0], code=code_point(signs[0]))


def _alphabet(letter: str) -> str:
    """The one of ``_ALPHABETS`` that ``letter`` belongs to, or nothing."""
    first = unicodedata.name(letter, "").partition(" ")[0].title()
    return first if first in _ALPHABETS and letter.isalpha() else ""
