"""Which piece is meant, and its content in another form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..agreement.document.assemble import agreement_without_notes, assemble, draft
from ..agreement.document.fork import Choices, files
from ..agreement.document.nodes import Document
from ..agreement.review.due import for_calendar
from ..agreement.review.status import overview
from ..agreement.signing.fingerprint import with_fingerprint
from ..files.source import agreement_source
from ..model.pieces import Agreement, Template, Toolkit
from ..text.problems import UserError, did_you_mean

KINDS = ("docx", "odt", "pdf", "md", "json", "ics")
_FOLDERS = ("partnerships", "templates", "examples")
Writer = Callable[[Document], bytes]


def find(toolkit: Toolkit, name: str) -> Template | Agreement:
    """The partnership, template or example that is called ``name``, or ``kind/name``."""
    kind, slash, identity = name.strip("/").rpartition("/")
    folders = [folder for folder in _FOLDERS if not slash or kind in (folder, folder[:-1])]
    if not folders:
        raise UserError(f'"{kind}" is none of: {", ".join(_FOLDERS)}.')
    found = [f"{folder}/{identity}" for folder in folders if identity in getattr(toolkit, folder)]
    if not found:
        known = [each for folder in folders for each in getattr(toolkit, folder)]
        raise UserError(
            f'There is no {" or ".join(folder[:-1] for folder in folders)} "{identity}". '
            + did_you_mean(identity, known)
        )
    if len(found) > 1:
        raise UserError(f'"{identity}" may be each of these: {", ".join(found)}. Write which you mean.')
    piece: Template | Agreement = getattr(toolkit, found[0].split("/")[0])[identity]
    return piece


def kept_version(agreement: Agreement, toolkit: Toolkit, number: int) -> Agreement:
    """The text that was kept as version ``number``, with the signatures under it."""
    versions = toolkit.histories[agreement.id].versions if agreement.id in toolkit.histories else {}
    if number not in versions:
        known = ", ".join(map(str, sorted(versions))) or "none yet"
        raise UserError(f'"{agreement.id}" has no version {number}. Kept so far: {known}.')
    version = versions[number]
    signatures = tuple(one for one in agreement.front.signatures if one.version == number)
    return replace(version, front=version.front.model_copy(update={"signatures": signatures}))


def sources(piece: Template | Agreement) -> set[str]:
    """The files that an export of ``piece`` is made from."""
    clauses = [entry.id for entry in piece.front.clauses] if isinstance(piece, Template) else []
    return {piece.origin.file, *(f"agreements/clauses/{identity}.md" for identity in clauses)}


def document(piece: Template | Agreement, toolkit: Toolkit) -> Document:
    return with_fingerprint(assemble(draft(piece, toolkit) if isinstance(piece, Template) else piece, toolkit.title))


def content(piece: Template | Agreement, toolkit: Toolkit, kind: str) -> bytes:
    if kind == "md":
        if isinstance(piece, Template):
            return files(piece, toolkit, Choices())["agreement.md"].encode()
        return agreement_source(agreement_without_notes(piece)).encode()
    writer = writers().get(kind)
    if writer is None:
        raise UserError(f"This version cannot write {kind} yet. It can write: {', '.join([*writers(), 'md'])}.")
    written = document(piece, toolkit)
    if kind == "ics" and isinstance(piece, Agreement) and toolkit.partnerships.get(piece.id) is piece:
        seen = overview(piece, toolkit)
        template = toolkit.template(piece.front.template)
        written = for_calendar(written, seen.where, toolkit.histories[piece.id], template)
    return writer(written)


def writers() -> Mapping[str, Writer]:
    """A writer for each kind but ``md``; imported late, because some are slow to start."""
    from ..writers.kinds import WRITERS

    return WRITERS
