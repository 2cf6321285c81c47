"""The public part of an agreement, which the site may show: no private answer, no phone, no email.

One step for everything that is published, pages and downloads alike; ``export`` on the command line, where
partners write out their own agreement, leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...model.front import BlankDefinition, Party, Signature, VersionFront
from ...model.pieces import Agreement, definitions
from ...text.markup.nodes import Becomes, blank_key, mapped
from .assemble import agreement_without_notes, assemble
from .labels import labels
from .nodes import Block, Document, Filled, Table, UsedBlank


def public(document: Document) -> Document:
    """``document`` as the site shows it.

    The fingerprint covers what is not shown. Beside the rest of the text it would let a computer try out which
    phone number was left out, so it is left out with it.
    """
    redactor = _Redactor(document.language)
    hidden = hides(document)
    return replace(
        document,
        parties=_without_contacts(document.parties),
        preamble=redactor.blocks(document.preamble),
        clauses=tuple(replace(clause, blocks=redactor.blocks(clause.blocks)) for clause in document.clauses),
        blanks=tuple(_public_blank(blank) for blank in document.blanks if not blank.definition.private),
        signatures=tuple(map(_without_fingerprint, document.signatures)) if hidden else document.signatures,
        fingerprint="" if hidden else document.fingerprint,
    )


def public_dates(document: Document) -> Document:
    """``document`` for whoever looks at its dates alone: the text is left as it is, and is not for showing."""
    return replace(document, blanks=_public_blanks(document))


def _public_blanks(document: Document) -> tuple[UsedBlank, ...]:
    return tuple(_public_blank(blank) for blank in document.blanks if not blank.definition.private)


def hides(document: Document) -> bool:
    """Whether the site leaves out an answer that stands in ``document``."""
    return any(
        blank.definition.private or any(column.private for column in blank.definition.columns.values())
        for blank in document.blanks
    )


def public_source(agreement: Agreement) -> Agreement:
    """The public part of an agreement's source: a private answer becomes an open blank again; notes stay behind."""
    front = agreement.front
    known = definitions(front.blanks)
    answers: dict[str, Any] = {}
    for name, answer in front.answers.items():
        definition = known.get(blank_key(name))
        if definition is None or not definition.private:
            answers[name] = _public_answer(definition, answer)
    changes: dict[str, Any] = {"parties": _without_contacts(front.parties), "answers": answers}
    if isinstance(front, VersionFront) and hides(assemble(agreement)):
        changes["fingerprint"] = ""
    shown = front.model_copy(update=changes)
    return agreement_without_notes(replace(agreement, front=shown))


def _without_contacts(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(party.model_copy(update={"phone": "", "email": ""}) for party in parties)


def _without_fingerprint(signature: Signature) -> Signature:
    return signature.model_copy(update={"fingerprint": "", "version": None})


def _public_blank(blank: UsedBlank) -> UsedBlank:
    return replace(
        blank,
        definition=_public_definition(blank.definition),
        answer=_public_answer(blank.definition, blank.answer),
    )


def _public_definition(definition: BlankDefinition) -> BlankDefinition:
    if not any(column.private for column in definition.columns.values()):
        return definition
    columns = {name: column for name, column in definition.columns.items() if not column.private}
    return definition.model_copy(update={"columns": columns})


def _public_answer(definition: BlankDefinition | None, answer: Any) -> Any:
    private = {name for name, column in definition.columns.items() if column.private} if definition else set()
    if not private or not isinstance(answer, list):
        return answer
    return [
        {name: cell for name, cell in row.items() if name not in private} if isinstance(row, dict) else row
        for row in answer
    ]


class _Redactor:
    def __init__(self, language: str) -> None:
        self.words = labels(language)["not shown"]
        self.becomes: Becomes = {Table: self.table, Filled: self.filled}

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(mapped(block, self.becomes) for block in blocks)

    def table(self, table: Table) -> Table:
        definition = table.definition
        if definition.private:
            # What nobody may see looks like a table that nobody has filled in, but is not an open one.
            rows: tuple[tuple[str, ...], ...] = ((self.words, *("" for _ in table.columns[1:])),) if table.rows else ()
            return replace(table, rows=rows)
        shown = [at for at, name in enumerate(table.columns) if not definition.columns[name].private]
        if len(shown) == len(table.columns):
            return table
        return replace(
            table,
            definition=_public_definition(definition),
            columns=tuple(table.columns[at] for at in shown),
            rows=tuple(tuple(row[at] for at in shown) for row in table.rows),
        )

    def filled(self, node: Filled) -> Filled:
        return replace(node, text=self.words + node.stop, private=False, stop="") if node.private else node
