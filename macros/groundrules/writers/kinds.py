"""The kinds of file that an agreement can be written as, each by a writer that knows only the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..agreement.document.nodes import Document
from .calendars import calendar
from .data import record
from .opendocument import opendocument
from .pdf import pdf
from .printed import is_form
from .word import blank_form, finished


def word(document: Document) -> bytes:
    """A form where there is something to fill in, else the finished text."""
    return blank_form(document) if is_form(document) else finished(document)


WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": word,
    "odt": opendocument,
    "pdf": pdf,
    "ics": calendar,
    "json": record,
}
