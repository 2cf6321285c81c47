"""The files that hold a piece in two languages, side by side; by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .pdf import pdf
from .word_beside import word_beside
from .writer import Content

# What both languages are written with: the content of the one that stands first, and that of the other.
BILINGUAL: Mapping[str, Callable[[Content, Content], bytes]] = {
    "docx": lambda first, second: word_beside(first.document, second.document, first.questions is True),
    "pdf": lambda first, second: pdf(first.document, first.fonts, first.questions is not False, beside=second.document),
}
