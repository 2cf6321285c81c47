"""Two languages of one document, clause beside clause: which belong together, and what is said in both at once."""

from __future__ import annotations

from ..agreement.document.language import DEFAULT
from ..agreement.document.nodes import Document, DocumentClause
from ..model.pieces import Template
from .kinds import writers

# The kinds of file that can hold two languages.
KINDS = ("docx", "pdf")
Pair = tuple[DocumentClause | None, DocumentClause | None]


def clause_pairs(first: Document, second: Document) -> list[Pair]:
    """The clauses of both, in the order of ``first``; one that the other lacks stands alone."""
    others = {one.id: one for one in second.clauses}
    found: list[Pair] = [(one, others.pop(one.id, None)) for one in first.clauses]
    return found + [(None, one) for one in others.values()]


def both(words: str, others: str) -> str:
    """What stands once for both languages, such as the header of the signatures."""
    return words if words == others else f"{words} / {others}"


def bilingual_name(first: Template, second: Template, kind: str) -> str:
    """The name of the file of ``first`` and ``second``: ``one-page-teams.cy-en.docx``."""
    return f"{first.id}-{(second.front.language or DEFAULT).split('-')[0]}.{kind}"


def bilingual_kinds() -> list[str]:
    """The kinds of such files that can be written here."""
    return [kind for kind in KINDS if writers()[kind].available]
