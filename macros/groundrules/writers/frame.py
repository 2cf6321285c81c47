"""The frame of a printed agreement: parties, days, signatures, page numbers; the same words in every format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..agreement.document.answers import capitalised, stopped
from ..agreement.document.assemble import open_blanks, term
from ..agreement.document.labels import Labels, labels
from ..agreement.document.language import written_date
from ..agreement.document.nodes import Document
from ..model.front import Party
from ..text.markup.nodes import Emphasis, Paragraph, Text
from .columns import Columns, columns
from .printed import EMPTY_ROWS

SIGNING_SHARES = (22, 20, 17, 21, 20)
"""How wide the columns of the signature block are where its words leave the choice, in hundredths."""
_SIGNING_LABELS = ("signed for", "name", "role", "signature", "date")
_LONGEST_FOOTER_TITLE = 75


def is_form(document: Document) -> bool:
    """Whether there is something to fill in: a template, or an agreement with blanks that are still open."""
    return document.kind == "templates" or bool(open_blanks(document))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of ``document``; a ``form`` has room to sign, and nobody's phone or email."""

    document: Document
    form: bool

    @property
    def labels(self) -> Labels:
        return labels(self.document.language)

    @property
    def remarks(self) -> list[Paragraph]:
        """What stands below the title of a translation."""
        return [Paragraph((Emphasis((Text(one),)),), 0) for one in self.document.remarks]

    @property
    def parties(self) -> list[tuple[str, str]]:
        """The name of each party, and what follows it."""
        return [(party.name, self._known(party)) for party in self.document.parties]

    def _known(self, party: Party) -> str:
        reachable = () if self.form else (party.phone, party.email)
        known = ", ".join(filter(None, [party.contact, party.role, *reachable]))
        text = f", {party.organisation}" if party.organisation else ""
        if known and party.contact:
            said = stopped(party.name + text).removeprefix(party.name)
            return f"{said} {self.labels['contact']}: {known}"
        return f"{text}, {known}" if known else text

    @property
    def days(self) -> str:
        """``From 1 December 2026 to 3 May 2027``, or as much of it as was settled."""
        start, end = term(self.document)
        days = ((self.labels["from"], start), (self.labels["to"], end))
        return capitalised(" ".join(f"{word} {day}" for word, day in days if day))

    @property
    def is_signed(self) -> bool:
        """Whether there is a place to sign: people sign agreements, not letters or the records of their meetings."""
        return self.document.kind not in ("records", "letters")

    @property
    def signing_header(self) -> list[str]:
        return [self.labels[label] for label in _SIGNING_LABELS]

    @property
    def signing_columns(self) -> Columns:
        return columns([self.signing_header, *self.signers], SIGNING_SHARES)

    @property
    def signers(self) -> list[tuple[str, ...]]:
        """The rows of the signature block: one for each signature, and one for each party that has not signed."""
        signed = self.labels["signed"]
        rows: list[tuple[str, ...]] = [
            (one.party, one.name, one.role, signed, written_date(one.date, self.document.language))
            for one in self.document.signatures
        ]
        names = {one.party for one in self.document.signatures}
        for party in self.document.parties:
            if party.name not in names:
                person = bool(party.organisation) and not party.contact
                rows.append((party.name, *((party.name, party.role) if person else ("", "")), "", ""))
        # Nobody agrees with themselves: where one party is named, others are still to come.
        wanted = EMPTY_ROWS if len(rows) < (2 if self.form else 1) else 0
        return rows + [("",) * len(_SIGNING_LABELS)] * (wanted - len(rows))

    @property
    def fingerprint(self) -> str:
        """The line below the signatures by which paper can be compared with what was kept; or nothing."""
        return f"{self.labels['fingerprint']}: {self.document.fingerprint}" if self.document.fingerprint else ""

    @property
    def footer(self) -> str:
        """The title at the foot of each page, cut where it is long, and the version."""
        title, version = self.document.title, self.document.version
        if len(title) > _LONGEST_FOOTER_TITLE:
            title = title[: _LONGEST_FOOTER_TITLE - 1].rstrip() + "…"
        return f"{title}, {self.labels['version'].format(number=version)}" if version else title

    @property
    def page_of_pages(self) -> list[str]:
        """The words around the page's number, ``{page}``, and the number of pages, ``{pages}``."""
        return [part for part in re.split(r"(\{pages?\})", self.labels["page of pages"]) if part]
