"""The export of a piece: which one is meant, and its content in another form."""

from __future__ import annotations

from dataclasses import replace

from ..agreement.signing.signing_state import signing_state
from ..model.pieces import Agreement, History, Template, Toolkit
from ..model.translations import in_both
from ..text.problems import Unknown, UserError
from ..writers.bilingual import BILINGUAL

_FOLDERS = ("partnerships", "templates", "examples", "letters")


def find(toolkit: Toolkit, name: str) -> Template | Agreement:
    """The partnership, template, example or letter that is called ``name``, or ``kind/name``; raises ``UserError``."""
    kind, slash, identity = name.strip("/").rpartition("/")
    folders = [folder for folder in _FOLDERS if not slash or kind in (folder, folder[:-1])]
    if not folders:
        raise Unknown(f'"{kind}" is no kind of piece.', kind, _FOLDERS, kind="partnerships")
    now = {folder: toolkit.now_called(folder, identity) for folder in folders}
    found = [f"{folder}/{now[folder]}" for folder in folders if now[folder] in getattr(toolkit, folder)]
    if not found:
        known = [each for folder in folders for each in getattr(toolkit, folder)]
        kinds = " or ".join(folder[:-1] for folder in folders)
        raise Unknown(f'There is no {kinds} "{identity}".', identity, known)
    if len(found) > 1:
        said = f'"{identity}" may be each of these: {", ".join(found)}. Write which you mean.'
        raise UserError(said, instead={name: found[0]})
    piece: Template | Agreement = getattr(toolkit, found[0].split("/")[0])[found[0].split("/")[1]]
    return piece


def kept_version(agreement: Agreement, toolkit: Toolkit, number: int) -> Agreement:
    """The text that was kept as version ``number``, with the signatures that stand for it."""
    kept = signing_state(agreement, toolkit.histories.get(agreement.id, History())).kept
    if number not in kept:
        said = f'"{agreement.id}" has no version {number}. Kept so far: {", ".join(map(str, kept)) or "none yet"}.'
        raise UserError(said, instead={"--version": str(max(kept, default=""))})
    one = kept[number]
    return replace(one.agreement, front=one.agreement.front.model_copy(update={"signatures": one.document.signatures}))


def side_by_side(piece: Template | Agreement, toolkit: Toolkit, language: str, kind: str) -> tuple[Template, Template]:
    """The template ``piece`` and the same in ``language``, the translation first; raises ``UserError``."""
    if kind not in BILINGUAL:
        said = f"--beside: only these hold two languages: {', '.join(BILINGUAL)}."
        raise UserError(said, instead={"--to": next(iter(BILINGUAL))})
    pairs = [pair for pair in in_both(toolkit) if any(one is piece for one in pair)]
    spoken = {one.front.language.split("-")[0]: pair for pair in pairs for one in pair if one is not piece}
    if language not in spoken:
        if not spoken:
            said = f'"{piece.id}" is no template with a translation. Leave --beside out.'
            raise UserError(said, instead={"--beside": ""})
        raise Unknown(f'"{piece.id}" is not there in "{language}".', language, spoken, kind="CODE")
    return spoken[language]


def sources(piece: Template | Agreement) -> set[str]:
    """The files that an export of ``piece`` is made from."""
    clauses = [entry.id for entry in piece.front.clauses] if isinstance(piece, Template) else []
    return {piece.origin.file, *(f"agreements/clauses/{identity}.md" for identity in clauses)}
