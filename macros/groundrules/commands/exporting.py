"""The export of a piece: which one is meant, and its content in another form."""

from __future__ import annotations

from dataclasses import replace

from ..agreement.signing.signing_state import signing_state
from ..model.pieces import Agreement, History, Template, Toolkit
from ..text.problems import UserError, did_you_mean

_FOLDERS = ("partnerships", "templates", "examples", "letters")


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
