"""A Python-Markdown extension: it takes a page that was drawn already as it is, with its contents list.

``groundrules stage`` writes such pages. A host that runs Python-Markdown needs no more of us than this.
"""

from __future__ import annotations

import json
import re
from typing import Any

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

_DRAWN = "groundrules-drawn "
_SIGNS = re.compile(r"<|\(|\[(?=\[)")


def staged(body: str, contents: list[dict[str, Any]]) -> str:
    """The text of a page whose HTML is ``body``; ``contents`` are as Python-Markdown's own ``toc`` has them.

    Nothing in it looks like a tag or a link, since a host may look for these before it runs any extension.
    """
    text = json.dumps({"body": body, "contents": contents}, ensure_ascii=False)
    return _DRAWN + _SIGNS.sub(lambda sign: rf"\u{ord(sign[0]):04x}", text) + "\n"


class _Take(Preprocessor):  # type: ignore[misc]
    drawn: dict[str, Any] | None = None

    def run(self, lines: list[str]) -> list[str]:
        self.drawn = json.loads(lines[0].removeprefix(_DRAWN)) if lines[0].startswith(_DRAWN) else None
        return [] if self.drawn else lines


class _Give(Postprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, take: _Take) -> None:
        super().__init__(md)
        self.take = take

    def run(self, text: str) -> str:
        if self.take.drawn is None:
            return text
        self.md.toc_tokens = self.take.drawn["contents"]
        return str(self.take.drawn["body"])


class Staged(Extension):  # type: ignore[misc]
    """Before all else takes a page, and after all else gives it back."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        take = _Take(md)
        md.preprocessors.register(take, "groundrules-take", 1000)
        md.postprocessors.register(_Give(md, take), "groundrules-give", -1000)


def makeExtension(**settings: Any) -> Staged:  # noqa: N802
    return Staged(**settings)
