"""The pages of clauses, templates, agreements and checklists: what each says, and what search finds in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ..agreement.document.assemble import assemble, clause_in, draft, term
from ..agreement.document.labels import labels
from ..agreement.document.language import direction, written_date
from ..agreement.document.nodes import Document
from ..agreement.document.redact import hides
from ..agreement.review.status import public_status
from ..agreement.signing.signing_state import Match, SigningState
from ..files import clock
from ..model.front import ExampleFront, Signature
from ..model.pieces import Agreement, Clause, Piece, Template
from ..text.markup.nodes import plain
from ..writers import html
from .checklist_page import checklist_page
from .drawing import script_data
from .library import Heading, Library, Page, changes_address, draft_address, has_changes


def page_of(library: Library, piece: Piece) -> Page:
    """The page of ``piece``, which must be published."""
    if isinstance(piece, Clause):
        return clause_page(library, piece)
    if isinstance(piece, Template):
        return template_page(library, piece)
    if isinstance(piece, Agreement):
        return agreement_page(library, piece)
    return checklist_page(library, piece)


def clause_page(library: Library, clause: Clause) -> Page:
    front = clause.front
    used = library.used.get(clause.id, [])
    summary = html.words(clause.summary)
    wordings = [Heading(w.id, w.title, html.words(w.blocks)) for w in clause.wordings.values()]
    headings = [
        Heading("why", "Why agree this", html.words(clause.why)),
        Heading("questions", "Ask each other", " ".join(plain(item.children) for item in clause.questions)),
        Heading("wording", "Wording"),
        *wordings,
        Heading("watch-out", "Watch out for", html.words(clause.watch)),
        *([Heading("advice", "When to take advice", front.advice)] if front.advice else []),
        *([Heading("used", "Where it is used")] if used else []),
        Heading("sources", "Where it comes from"),
    ]
    return library.framed(
        clause,
        "clause.html",
        summary,
        headings,
        " ".join([summary, *front.also_called]),
        clause=clause,
        summary=library.text(clause.summary),
        why=library.text(clause.why),
        watch=library.text(clause.watch),
        questions=library.questions(clause),
        founding=library.founding(clause),
        wordings=[(w, library.text(w.blocks)) for w in clause.wordings.values()],
        templates=[one for one in used if isinstance(one, Template)],
        agreements=[one for one in used if isinstance(one, Agreement)],
        sources=library.named(front.sources),
        matrix=library.matrix(clause),
    )


def template_page(library: Library, template: Template) -> Page:
    front = template.front
    document = assemble(draft(template, library.toolkit), library.toolkit.title)
    writer = library.writer(document.language)
    optional = {entry.id for entry in front.clauses if entry.optional}
    examples = [
        one
        for one in library.originals.get("examples", [])
        if isinstance(one, Agreement) and one.front.template == template.id
    ]
    return library.framed(
        template,
        "template.html",
        front.summary,
        document_headings(library, document),
        f"{front.summary} {front.for_whom}",
        document.language,
        document=document,
        preamble=Markup(writer.blocks(document.preamble)),
        examples=examples,
        optional=optional,
        clauses=drawn_clauses(library, document),
        sources=library.named(front.sources),
        labels=labels(document.language),
        downloads=library.downloads(template),
        draft="" if template.language else library.link(draft_address(template)),
    )


def draft_page(library: Library, template: Template, data: Mapping[str, Any]) -> Page:
    """The page for filling ``template`` in; ``data`` is what its script needs to know of it."""
    document = assemble(draft(template, library.toolkit), library.toolkit.title)
    writer = library.writer(document.language)
    originals = [one for one in library.originals.get("templates", []) if isinstance(one, Template)]
    body = library.draw(
        "draft.html",
        front=template.front,
        language=document.language,
        direction=direction(document.language),
        document=document,
        preamble=Markup(writer.blocks(document.preamble)),
        clauses=[(clause, Markup(writer.blocks(clause.blocks))) for clause in document.clauses],
        files=library.blank_forms(template),
        drafts=json.dumps({one.id: (library.link(draft_address(one)), one.front.title) for one in originals}),
        people=template.front.people,
        help=library.link_if("/guidance/fill-it-in/"),
        data=Markup(f"window.groundRulesTemplate = {script_data(data)};"),
    )
    title = f"Fill it in: {template.front.title}"
    return Page(draft_address(template), title, template.front.summary, (), body, (), "", template.origin.file, "en-GB")


def agreement_page(library: Library, agreement: Agreement) -> Page:
    front = agreement.front
    example = isinstance(front, ExampleFront)
    document = library.document(agreement)
    seen = public_status(agreement, library.toolkit)
    stands = seen.where if seen else None
    writer = library.writer(document.language)
    template = library.toolkit.template(front.template)
    summary = front.summary if isinstance(front, ExampleFront) else ""
    return library.framed(
        agreement,
        "agreement.html",
        summary,
        document_headings(library, document),
        f"{summary} {html.words(document.preamble)}",
        document.language,
        document=document,
        preamble=Markup(writer.blocks(document.preamble)),
        example=example,
        template=template,
        clauses=drawn_clauses(library, document),
        term=term(document),
        labels=labels(document.language),
        sources=library.named(getattr(front, "sources", ())),
        related=library.related(front.related),
        date=lambda day: written_date(day, document.language),
        day=lambda day: written_date(day, "en-GB"),
        downloads=library.downloads(agreement),
        stands=stands,
        banners=seen.banners if seen else [],
        on=clock.today(),
        behind=[library.toolkit.title(one.clause) for one in seen.behind] if seen else [],
        hides=bool(stands and hides(stands.in_force)),
        signed=signed_rows(stands) if stands else [],
        changes=library.link(changes_address(agreement)) if has_changes(agreement, library.history(agreement)) else "",
        meaning=library.link_if("/guidance/signing/"),
    )


def document_headings(library: Library, document: Document) -> list[Heading]:
    return [
        Heading(clause.id, f"{clause.number}. {clause.title}", html.words(clause.blocks)) for clause in document.clauses
    ]


def drawn_clauses(library: Library, document: Document) -> list[tuple[Any, Markup, Clause | None]]:
    writer = library.writer(document.language)
    return [
        (
            clause,
            Markup(writer.blocks(clause.blocks)),
            clause_in(library.toolkit, clause.id, document.language.split("-")[0]),
        )
        for clause in document.clauses
    ]


_MATCHES: Mapping[Match, str] = {
    "matches": "signed these words",
    "changed": "signed earlier words, which have changed since",
    "cannot check": "cannot be checked",
}


def signed_rows(stands: SigningState) -> list[tuple[Signature, Match, str]]:
    """Each signature under what the page shows, whether it is for these words, and that in words."""
    rows: list[tuple[Signature, Match, str]] = []
    for one in stands.signed:
        match = one.match
        if stands.agreed:
            if one.signature.version != stands.agreed:
                continue
            # The page shows the version in force, not today's words.
            match = "matches" if match == "changed" else match
        rows.append((one.signature, match, f"{_MATCHES[match]}. {one.why}" if one.why else _MATCHES[match]))
    return rows
