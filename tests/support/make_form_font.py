"""Makes the font of letters typed into PDF forms, and what a PDF says of it, of our Arimo.

An answer may be in any letters, but a field names one font, whose letters have 256 numbers at most. It has Windows'
Western alphabet and, at numbers that this leaves free, what Welsh, Polish, Turkish and Romanian have besides; programs
take other letters from fonts of their own. Needs ``pip install fonttools``; run it by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.agl import UV2AGL
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WRITERS = Path(__file__).parents[2] / "macros/groundrules/writers"
MORE = dict(
    zip(
        (*range(1, 9), 11, 12, *range(14, 32), 127, 129, 141, 143),
        "ŴŵŶŷĄąĆćĘęŁłŃńŚśŹźŻżČčĞğİıŞşȚțĂă",
        strict=True,
    )
)
UNUSED = {127, 129, 141, 143, 144, 157}


def main() -> None:
    western = {code: bytes([code]).decode("cp1252") for code in range(32, 256) if code not in UNUSED}
    letters = western | MORE
    font = instancer.instantiateVariableFont(TTFont(WRITERS / "fonts/Arimo.ttf"), {"wght": 400})
    options = subset.Options(layout_features=[], hinting=False, glyph_names=False, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "meta", "gasp"]
    made = subset.Subsetter(options)
    made.populate(text="".join(letters.values()))
    made.subset(font)
    font.save(WRITERS / "form_font.ttf")
    glyphs, size = font.getBestCmap(), font["head"].unitsPerEm
    widths = {code: round(font["hmtx"][glyphs[ord(letter)]][0] * 1000 / size) for code, letter in letters.items()}
    said = {
        "widths": [widths.get(code, 0) for code in range(256)],
        "names": {code: UV2AGL.get(ord(letter), f"uni{ord(letter):04X}") for code, letter in MORE.items()},
    }
    (WRITERS / "form_font.json").write_text(json.dumps(said) + "\n")


if __name__ == "__main__":
    sys.exit(main())
