"""Adds the letters of Unicode's confusables to ``looks like`` in ``shared/letters.yml``; what stands there stays.

Unicode's own file comes in the package confusable_homoglyphs 3.3.1. Run it by hand where that is unpacked:
``python tests/support/make_lookalikes.py confusable_homoglyphs/confusables.json``.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

from groundrules.text.tables import table
from support import REPOSITORY

FILE = REPOSITORY / "macros/groundrules/shared/letters.yml"


def is_of_a_name(letter: str) -> bool:
    """Whether ``letter`` belongs to an alphabet that names are written in, and is none that is taken apart anyway."""
    alphabet = unicodedata.name(letter, "").partition(" ")[0].title()
    known = alphabet in table("letters")["alphabets"] and letter.isalpha()
    return (
        known
        and not letter.isascii()
        and len(letter.casefold()) == 1
        and unicodedata.normalize("NFKD", letter) == letter
    )


def latin(letter: str, alike: dict[str, set[str]]) -> str:
    """The Latin letter that ``letter`` is drawn like; a small capital may be like a capital of another alphabet."""
    found = sorted((one for one in alike.get(letter, ()) if one.isascii() and one.isalpha()), reverse=True)
    return found[0] if found else ""


def rows(alike: dict[str, set[str]]) -> dict[str, str]:
    known = table("letters")["looks like"]
    made = dict(known)
    listed = {one for others in known.values() for one in others}
    for letter in sorted(filter(is_of_a_name, alike)):
        like = latin(letter, alike)
        for other in sorted({letter} | alike[letter]):
            like = like or (latin(other.upper(), alike) if len(other.upper()) == 1 else "").lower()
        if like and letter not in listed and letter.casefold() != like.casefold():
            made[like] = made.get(like, "") + letter
    return made


def main(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    alike = {
        one: {other["c"] for other in others if len(other["c"]) == 1} for one, others in data.items() if len(one) == 1
    }
    lines = "".join(f'  "{like}": "{ones}"\n' for like, ones in rows(alike).items())
    text = re.sub(r"(?<=\nlooks like:\n)(?:  .*\n)+", lambda _: lines, FILE.read_text("utf-8"))
    FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
