"""The colours of a site, from one that somebody chose; text stays legible on them."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]

# Text needs this contrast, after the Web Content Accessibility Guidelines 2.2, 1.4.3.
_ENOUGH = 4.5
_LIGHT_PAGE, _DARK_PAPER = (0xF6, 0xF8, 0xF7), (0x18, 0x22, 0x26)
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)

_SHEET = """\
/* The colours of this site. "default" is the light scheme, "slate" the dark one. */
[data-md-color-scheme="default"] {{
  --gr-brand: {light};
  --gr-link: {light};
}}

[data-md-color-scheme="slate"] {{
  --gr-brand: {dark};
  --gr-link: {dark};
}}

[data-md-color-scheme] {{
  --md-footer-bg-color: {footer};
  --md-footer-bg-color--dark: {below};
}}
"""


def too_light(colour: str) -> str:
    """Why ``colour`` cannot be that of a site; empty if it can."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return f'--colour "{colour}": write a colour as "#7a1fa2".'
    contrast = _contrast(_read(colour), _LIGHT_PAGE)
    if contrast < _ENOUGH:
        return f'--colour "{colour}": on a light page this has a contrast of {contrast:.1f}, and text needs {_ENOUGH}.'
    return ""


def sheet(colour: str) -> str:
    """The styles that give a site this ``colour``, in a lighter shade where the page is dark."""
    chosen = _read(colour)
    shades = (_mixed(chosen, _WHITE, step / 20) for step in range(21))
    dark = next(shade for shade in shades if _contrast(shade, _DARK_PAPER) >= 2 * _ENOUGH)
    footer, below = _mixed(chosen, _BLACK, 0.35), _mixed(chosen, _BLACK, 0.55)
    return _SHEET.format(light=colour.lower(), dark=_written(dark), footer=_written(footer), below=_written(below))


def _read(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    shares = (part / 255 for part in colour)
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
