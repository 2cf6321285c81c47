"""The front page, and pages that are a tool by themselves: they load little of what the theme does elsewhere."""

from __future__ import annotations

import re

_OWN = re.compile(r' data-frame="([^"]*)"')
_THEME = re.compile(r'(?<=<script src=")[^"]*/javascripts/bundle\.[^"]*(?="></script>)')


def lighter(output: str) -> str:
    """A page whose layout names a script for its frame, with that in place of the theme's script."""
    own = _OWN.search(output)
    return _THEME.sub(lambda _: own[1], output) if own else output
