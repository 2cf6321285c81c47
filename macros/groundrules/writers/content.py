"""The content of files: what those of a template or an agreement are written from, at the terminal and on the site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..agreement.document.assemble import agreement_without_notes, assemble, draft, unanswered
from ..agreement.document.fork import Choices, make
from ..agreement.document.nodes import Document
from ..agreement.document.redact import public, public_source
from ..agreement.document.told import told
from ..agreement.document.translated import remarks
from ..agreement.review.due import for_calendar
from ..agreement.review.status import public_document, public_status
from ..agreement.signing.fingerprint import with_fingerprint
from ..agreement.signing.signing_state import SigningState, on_its_own, signing_state
from ..agreement.signing.version import as_read
from ..model.front import VersionFront
from ..model.pieces import Agreement, History, Template, Toolkit
from .pdf_fonts import FOLDER
from .writer import Content


def own(piece: Template | Agreement, toolkit: Toolkit) -> Content:
    """All that ``piece`` says today, for the partners themselves."""
    if isinstance(piece, Template):
        source = draft(piece, toolkit)
        document = with_fingerprint(assemble(source, toolkit.title))
        return _remarked(
            piece,
            toolkit,
            Content(document, document, make(piece, toolkit, Choices()), fonts_of(toolkit), told=told(source, toolkit)),
        )
    if piece.kind == "letters":
        return _remarked(piece, toolkit, filled_in(unanswered(piece), toolkit))
    # What was reviewed since is no part of a version that was kept.
    today = piece.kind == "partnerships" and not isinstance(piece.front, VersionFront)
    stands = signing_state(piece, _history(piece, toolkit), toolkit.title) if today else None
    document = stands.today if stands else as_read(on_its_own(piece, toolkit.title))
    calendar = _calendar(document, piece, toolkit, stands)
    source = agreement_without_notes(piece)
    content = Content(document, calendar, source, fonts_of(toolkit), told=told(piece, toolkit))
    return _remarked(piece, toolkit, content)


def published(piece: Template | Agreement, toolkit: Toolkit) -> Content:
    """What anybody may see of ``piece``: a template's blank form; of an agreement, the version in force."""
    if isinstance(piece, Template):
        source = draft(piece, toolkit)
        document = replace(assemble(source, toolkit.title), kind="templates")
        content = Content(document, document, source, fonts_of(toolkit), told=told(source, toolkit))
        return _remarked(piece, toolkit, content)
    if piece.kind == "letters":
        return own(piece, toolkit)
    seen = public_status(piece, toolkit)
    stands = seen.where if seen else None
    document = public_document(piece, toolkit)
    in_force = stands.kept.get(stands.agreed) if stands else None
    # A kept version no longer says which words are the library's.
    today = not stands or stands.today.fingerprint == document.fingerprint
    about = public(told(piece if today or not in_force else in_force.agreement, toolkit))
    source = public_source(in_force.agreement if in_force else piece)
    if not in_force:
        source = replace(source, front=source.front.model_copy(update={"signatures": document.signatures}))
    content = Content(document, _calendar(document, piece, toolkit, stands), source, fonts_of(toolkit), told=about)
    return _remarked(piece, toolkit, content)


def filled_in(record: Agreement, toolkit: Toolkit) -> Content:
    """The record of a meeting, or a letter: what nobody signs."""
    document = assemble(record)
    return Content(document, document, record, fonts_of(toolkit))


def _remarked(piece: Template | Agreement, toolkit: Toolkit, content: Content) -> Content:
    """``content`` that says, in each of its files, what there is to know of the words of ``piece``."""
    said = remarks(piece, toolkit, content.document.language)
    if not said:
        return content
    told = replace(content.told, remarks=said) if content.told else None
    return replace(content, document=replace(content.document, remarks=said), told=told)


def fonts_of(toolkit: Toolkit) -> Path:
    """The folder for the fonts that PDFs need besides ours, whether it is there or not."""
    return Path(toolkit.root) / FOLDER


def _calendar(document: Document, agreement: Agreement, toolkit: Toolkit, stands: SigningState | None) -> Document:
    current = toolkit.partnerships.get(agreement.id)
    if current:
        # A version was kept before anybody knew that, or when, the agreement would end.
        front = current.front
        end = front.end if front.status == "ended" else document.end
        document = replace(document, key=front.id, time_zone=front.time_zone, status=front.status, end=end)
    if stands is None:
        return document
    template = toolkit.template(agreement.front.template)
    return for_calendar(document, stands, _history(agreement, toolkit), template)


def _history(agreement: Agreement, toolkit: Toolkit) -> History:
    return toolkit.histories.get(agreement.id, History())
