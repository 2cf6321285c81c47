"""What stands on paper around the text: parties, days, signatures, page numbers; the same words in every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any
from urllib.parse import quote, urlsplit

from ..agreement.document.answers import capitalised
from ..agreement.document.assemble import open_blanks, term
from ..agreement.document.labels import labels
from ..agreement.document.language import written_date
from ..agreement.document.nodes import Block, ClauseNumber, Document, DocumentClause, Filled, Hole, Table
from ..model.front import Party, Signature
from ..text.markup.nodes import MARKS, ItemList, Link, Mark, Node, Note, Paragraph, Strong, Text, handler, lone

EMPTY_ROWS = 3
SIGNING_SHARES = (22, 20, 17, 21, 20)
SIGNING_LABELS = ("signed for", "name", "role", "signature", "date")
_LONGEST_FOOTER_TITLE = 75
# Word refuses a file with a longer address.
_LONGEST_ADDRESS = 2000
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def holdable(text: str) -> str:
    """``text`` with a visible sign for each character that no XML or PDF can hold."""
    return _UNHOLDABLE.sub("\ufffd", text)


def target(address: str) -> str:
    """``address`` as a document may hold it; empty where it leads nowhere outside the site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "mailto", "tel"):
        return ""
    safe = quote(address, safe="!#$%&'()*+,/:;=?@~-._", errors="replace")
    return safe if len(safe) <= _LONGEST_ADDRESS else ""


# --- form or finished -------------------------------------------------------------------------------


def is_form(document: Document) -> bool:
    """Whether there is something to fill in: a template, or an agreement with blanks that are still open."""
    return document.kind == "templates" or bool(open_blanks(document))


# --- the words around the clauses -------------------------------------------------------------------


def party_words(party: Party, language: str, reachable: bool) -> tuple[str, str]:
    """A party's name, and what follows it; ``reachable`` adds phone and email."""
    known = ", ".join(filter(None, [party.contact, party.role, *([party.phone, party.email] if reachable else [])]))
    text = f", {party.organisation}" if party.organisation else ""
    if known:
        text += f". {labels(language)['contact']}: {known}" if party.contact else f", {known}"
    return party.name, text


def days(document: Document) -> str:
    """``From 1 December 2026 to 3 May 2027``, or as much of it as was settled."""
    words = labels(document.language)
    start, end = term(document)
    return capitalised(" ".join(f"{word} {day}" for word, day in ((words["from"], start), (words["to"], end)) if day))


def heading(clause: DocumentClause) -> str:
    """A clause's heading, its number written out.

    References say "clause 4" in words, and so do people in later letters: numbering by the word processor
    would shift when somebody deletes a clause, and leave those words behind. Written out, it is also read
    aloud, copied and converted as it stands.
    """
    return f"{clause.number}. {clause.title}"


def is_signed(document: Document) -> bool:
    """Whether there is a place to sign: people sign agreements, not the records of their meetings."""
    return document.kind != "records"


def signing_header(document: Document) -> list[str]:
    return [labels(document.language)[label] for label in SIGNING_LABELS]


def signers(document: Document, form: bool) -> list[tuple[str, ...]]:
    """The rows of the signature block."""
    empty = [("",) * len(SIGNING_LABELS)] * EMPTY_ROWS
    if form:
        return empty
    signed = labels(document.language)["signed"]
    signatures = signatures_of(document)
    rows: list[tuple[str, ...]] = [
        (one.party, one.name, one.role, signed, written_date(one.date, document.language)) for one in signatures
    ]
    names = {one.party for one in signatures}
    for party in document.parties:
        if party.name not in names:
            person = bool(party.organisation) and not party.contact
            rows.append((party.name, *((party.name, party.role) if person else ("", "")), "", ""))
    return rows or empty


def signatures_of(document: Document) -> list[Signature]:
    """The signatures under these very words; one for other words stays away."""
    return [one for one in document.signatures if one.fingerprint in ("", document.fingerprint)]


def fingerprint_line(document: Document) -> str:
    """What stands below the signatures, so that paper can be compared with what was kept; or nothing."""
    if not document.fingerprint:
        return ""
    return f"{labels(document.language)['fingerprint']}: {document.fingerprint}"


def footer_title(document: Document) -> str:
    title = document.title
    return title if len(title) <= _LONGEST_FOOTER_TITLE else title[: _LONGEST_FOOTER_TITLE - 1].rstrip() + "…"


def page_of_pages(document: Document) -> list[str]:
    """The words around the page's number, ``{page}``, and the number of pages, ``{pages}``."""
    pattern = labels(document.language)["page of pages"]
    return [part for part in re.split(r"(\{pages?\})", pattern) if part]


def shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column is, of 1 in all: half shared out evenly, half by how much stands in it."""
    columns = list(zip(*rows, strict=True))
    weights = [min(max(map(len, column)), 40) or 1 if len(rows) > 1 else 1 for column in columns]
    return [0.5 / len(columns) + 0.5 * weight / sum(weights) for weight in weights]


def table_header(table: Table) -> list[str]:
    return [capitalised(name) for name in table.columns]


def printed(blocks: Iterable[Block]) -> Iterator[tuple[Paragraph | ItemList | Table, bool]]:
    """The blocks that are part of the agreement, and whether each must stay with the next.

    "We ring:" stays with the table or list of whom.
    """
    shown = [block for block in blocks if not isinstance(block, Note)]
    for block, following in zip_longest(shown, shown[1:]):
        belongs = isinstance(following, ItemList | Table) or _is_box(following)
        yield block, isinstance(block, Paragraph) and belongs and not _is_box(block)


def _is_box(block: Block | None) -> bool:
    """Whether ``block`` is room for a long answer, which stays with the question above it."""
    hole = lone(block, Hole)
    return hole is not None and hole.definition.blank_type.structure in ("paragraphs", "list")


# --- words ------------------------------------------------------------------------------------------


Marks = tuple[type[Mark], ...]
STRONG: Marks = (Strong,)


def marked(marks: Marks, node: Mark) -> Marks:
    """``marks`` and that of ``node``, each once, in the order of ``MARKS``."""
    return tuple(mark for mark in MARKS if mark in marks or isinstance(node, mark))


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same; ``link`` leads outside, ``clause`` to a clause of the document."""

    text: str
    marks: Marks = ()
    link: str = ""
    clause: str = ""
    hole: bool = False


def runs(nodes: Iterable[Node], language: str, look: Run = Run("")) -> Iterator[Run]:
    """``nodes`` one after the other, each with all that it takes from those around it."""
    for node in nodes:
        yield from handler(_RUNS, node)(node, language, look)


def _words(node: Text | Filled, language: str, look: Run) -> Iterator[Run]:
    yield replace(look, text=holdable(node.text))


def _hole(node: Hole, language: str, look: Run) -> Iterator[Run]:
    yield replace(look, text=holdable(f"[{node.name}]"), hole=True)


def _clause_number(node: ClauseNumber, language: str, look: Run) -> Iterator[Run]:
    words = labels(language)
    if node.number:
        text = holdable(f"{words['clause']} {node.number}, {node.title}")
        yield replace(look, text=text, clause="" if look.link else node.id)
    else:
        yield replace(look, text=holdable(f"{node.title} ({words['left out']})"))


def _mark(node: Mark, language: str, look: Run) -> Iterator[Run]:
    return runs(node.children, language, replace(look, marks=marked(look.marks, node)))


def _link(node: Link, language: str, look: Run) -> Iterator[Run]:
    return runs(node.children, language, replace(look, link=look.link or target(node.address)))


_RUNS: Mapping[type, Callable[[Any, str, Run], Iterator[Run]]] = {
    Text: _words,
    Filled: _words,
    Hole: _hole,
    ClauseNumber: _clause_number,
    Mark: _mark,
    Link: _link,
}
