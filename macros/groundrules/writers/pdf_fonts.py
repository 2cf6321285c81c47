"""The fonts of PDFs: those that come with the program, and those of one folder; never the machine's own.

So the same input gives the same bytes everywhere, and what a PDF cannot show is the same everywhere too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from ..files.disk import files_below
from ..text.problems import NoFont

FOLDER = "fonts"
"""The folder for more fonts, beside ``agreements/``."""
_SHIPPED = ("Arimo", "Noto Sans Arabic")
ENDINGS = (".ttf", ".otf", ".ttc", ".otc")

_CJK = ("Chinese, Japanese or Korean", "Noto Sans CJK")
_OTHER_NAMES = dict.fromkeys(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HALFWIDTH", "FULLWIDTH"), _CJK) | {
    "TIBETAN": ("Tibetan", "Noto Serif Tibetan"),
    "CANADIAN": ("Canadian Aboriginal", "Noto Sans Canadian Aboriginal"),
    "MATHEMATICAL": ("Mathematical", "Noto Sans Math"),
    **{name: (name.capitalize(), "Noto Sans") for name in ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER")},
}
_SCRIPT = re.compile(
    "(.+?) (?:(?:CAPITAL|SMALL|VOWEL|CONSONANT|INDEPENDENT|DEPENDENT|SUBJOINED|UNIFIED|COMPATIBILITY) )*"
    "(?:LETTER|SYLLAB|LIGATURE|SIGN|MARK|DIGIT|NUMBER|VOWEL|IDEOGRAPH|CONSONANT|TONE|ACCENT)"
)
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Fonts:
    """The folders that typst looks into, and the names of the fonts there, in the order in which they are tried."""

    folders: tuple[str, ...]
    families: tuple[str, ...]


def fonts_of(folder: Path | None) -> Fonts:
    """The fonts that come with the program, and behind them those of ``folder``, if there is one."""
    import typst

    shipped = str(resources.files(__package__) / "fonts")
    if not folder or not files_below(folder, ENDINGS):
        return Fonts((shipped,), _SHIPPED)
    given = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]).families()
    more = tuple(sorted(set(given).difference(_SHIPPED)))
    return Fonts((shipped, str(folder)), _SHIPPED + more)


def refuse_letters(unshown: Iterable[str]) -> None:
    """Raise ``NoFont`` if there is a letter or a figure among ``unshown``: in its place no other may stand on paper."""
    letters = [sign for sign in dict.fromkeys("".join(unshown)) if _is_letter(sign)]
    if not letters:
        return
    names: dict[tuple[str, str], None] = dict.fromkeys(map(_script, letters))
    more = " and others" if len(letters) > _MOST_SHOWN else ""
    raise NoFont(
        f"The PDF cannot show {' '.join(letters[:_MOST_SHOWN])}{more}: no font here has these letters"
        f" ({' and '.join(script for script, _ in names)}). Get {' and '.join(font for _, font in names)}"
        f' from fonts.google.com/noto, and put the files into the folder "{FOLDER}" beside "agreements".'
        " Word and OpenDocument files need no font here."
    )


def _is_letter(sign: str) -> bool:
    kind = unicodedata.category(sign)
    # These the program's own fonts have; what is not shown is a mark around one, as around the figure on a key.
    if sign.isascii():
        return False
    return (kind[0] == "L" or kind in ("Mn", "Mc", "Nd", "Nl")) and not unicodedata.name(sign, "").startswith(
        "VARIATION"
    )


def _script(letter: str) -> tuple[str, str]:
    """What the script of ``letter`` is called, and a font that has it."""
    name = unicodedata.name(letter, "LATIN")
    found = _SCRIPT.match(name)
    script = found[1] if found else name.split()[0]
    return _OTHER_NAMES.get(script.split()[0]) or (script.title(), f"Noto Sans {script.title()}")
