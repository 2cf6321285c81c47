"""Drawing with layouts: the package's own Jinja templates, and what they may call."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..agreement.document.answers import ended
from ..agreement.document.labels import Labels


def script_data(data: Any) -> str:
    """``data`` as JavaScript that may stand in a page: nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def speaker(labels: Labels) -> Callable[..., Markup]:
    """``say(key, …)`` for a page in the language of ``labels``: what stands in a place is plain text or ``Markup``."""

    def say(key: str, /, **about: Any) -> Markup:
        return Markup(escape(labels.pattern(key, about.get("count")))).format(**about)

    return say


# Of the settings of a new toolkit, what people see or hear: each is a label.
IN_SETTINGS = ("Switch to dark colours", "Switch to light colours", "Link to this part")


def settings_said(output: str, before: Labels, now: Labels) -> str:
    """A page's HTML, in which the attributes that the settings wrote in the one language are in the other."""
    for key in IN_SETTINGS:
        output = output.replace(f'="{before[key]}', f'="{escape(now[key])}')
    return output


def slug(words: str) -> str:
    """``words`` as the id of a heading."""
    return "-".join(re.findall(r"\w+", words.casefold()))


def _finalize(value: Any) -> Any:
    return "" if value is None else value


LAYOUTS = jinja2.Environment(
    loader=jinja2.PackageLoader(__package__, "layouts"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    finalize=_finalize,
)
LAYOUTS.filters["slug"] = slug
LAYOUTS.filters["stop"] = lambda text: "" if ended(str(text)) else "."
