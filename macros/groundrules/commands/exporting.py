"""The export of a piece: which one is meant, and its content in another form."""

from __future__ import annotations

from dataclasses import replace

from ..agreement.signing.signing_state import signing_state
from ..model.pieces import Agreement, History, Template, Toolkit
from ..text.problems import UserError, did_you_mean
from ..text.tables import phrase
from ..writers.kinds import writers
from .shared import Choice

_FOLDERS = ("partnerships", "templates", "examples", "letters")


class FileKind(Choice):
    """A kind of file. The writers are loaded when somebody asks which there are, since that takes time."""

    def __init__(self, records: bool = False) -> None:
        self.case_sensitive = True
        self.records = records

    def meant(self, word: str) -> str:
        also = (one.kind for one in writers().values() if word.lower().lstrip(".") in (one.kind, *one.also))
        kind = next((one for one in also if one in self.choices), "")
        return phrase("didYouMean", word=kind) if kind else super().meant(word)

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(one.kind for one in writers().values() if one.records or not self.records)


def find(toolkit: Toolkit, name: str) -> Template | Agreement:
    """The partnership, template, example or letter that is called ``name``, or ``kind/name``; raises ``UserError``."""
    kind, slash, identity = name.strip("/").rpartition("/")
    folders = [folder for folder in _FOLDERS if not slash or kind in (folder, folder[:-1])]
    if not folders:
        raise UserError(f'"{kind}" is none of: {", ".join(_FOLDERS)}.')
    now = {folder: toolkit.now_called(folder, identity) for folder in folders}
    found = [f"{folder}/{now[folder]}" for folder in folders if now[folder] in getattr(toolkit, folder)]
    if not found:
        known = [each for folder in folders for each in getattr(toolkit, folder)]
        raise UserError(
            f'There is no {" or ".join(folder[:-1] for folder in folders)} "{identity}". '
            + did_you_mean(identity, known)
        )
    if len(found) > 1:
        raise UserError(f'"{identity}" may be each of these: {", ".join(found)}. Write which you mean.')
    piece: Template | Agreement = getattr(toolkit, found[0].split("/")[0])[found[0].split("/")[1]]
    return piece


def kept_version(agreement: Agreement, toolkit: Toolkit, number: int) -> Agreement:
    """The text that was kept as version ``number``, with the signatures that stand for it."""
    kept = signing_state(agreement, toolkit.histories.get(agreement.id, History())).kept
    if number not in kept:
        known = ", ".join(map(str, kept)) or "none yet"
        raise UserError(f'"{agreement.id}" has no version {number}. Kept so far: {known}.')
    one = kept[number]
    return replace(one.agreement, front=one.agreement.front.model_copy(update={"signatures": one.document.signatures}))


def sources(piece: Template | Agreement) -> set[str]:
    """The files that an export of ``piece`` is made from."""
    clauses = [entry.id for entry in piece.front.clauses] if isinstance(piece, Template) else []
    return {piece.origin.file, *(f"agreements/clauses/{identity}.md" for identity in clauses)}
