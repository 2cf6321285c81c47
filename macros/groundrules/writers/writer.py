"""The declaration of a kind of download: its module in this folder holds one ``WRITER``, and nothing else lists it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import util
from pathlib import Path

from ..agreement.document.nodes import Document
from ..model.pieces import Agreement, Piece, Template
from ..text.problems import UserError


@dataclass(frozen=True, slots=True)
class Content:
    """What the files of one piece are written from.

    ``document`` is what people read and sign; ``calendar`` is the same with the day of the next review as the last
    one set it; ``told`` is for the people whom the work is for; ``source`` opens again. ``fonts`` is the folder of
    more fonts for its PDF. Whether a form has its ``questions`` in small print is for its writer to say, if nobody
    does: on paper it has, on a screen not.
    """

    document: Document
    calendar: Document
    source: Agreement
    fonts: Path | None = None
    questions: bool | None = None
    told: Document | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """The link to a file, in the row on a page: its place there, and what it says.

    ``elsewhere`` is what it says where the template's own page is not around it: on cards, and on the page for
    filling it in. Without that it is not offered there.
    """

    place: int
    label: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """A kind of download; ``kind`` is the ending of its files, ``place`` its place among the choices of commands.

    Pages of templates offer it if it has a button ``form``, and pages of agreements if it has one for the ``text``;
    where ``dated``, only of an agreement with dates. ``records`` says that it may stand for a letter, or the record of
    a meeting.

    ``libraries`` are the packages that write for it: a new version of one makes its files anew. ``missing`` is said
    where one that the program can do without is not installed. ``also`` are other words that people have for it.
    """

    kind: str
    place: int
    write: Callable[[Content], bytes]
    form: Button | None = None
    text: Button | None = None
    dated: bool = False
    records: bool = False
    libraries: tuple[str, ...] = ()
    missing: str = ""
    also: tuple[str, ...] = ()

    @property
    def available(self) -> bool:
        return all(map(installed, self.libraries))

    def file(self, content: Content) -> bytes:
        """The file of ``content``; raises ``UserError`` where a library is not installed."""
        if not self.available:
            raise UserError(self.missing, again=True)
        return self.write(content)

    def button(self, piece: Piece) -> Button | None:
        """How the page of ``piece`` offers it, if it does."""
        if piece.kind == "letters" and not self.records:
            return None
        return self.form if isinstance(piece, Template) else self.text if isinstance(piece, Agreement) else None


@cache
def installed(library: str) -> bool:
    return util.find_spec(library) is not None
