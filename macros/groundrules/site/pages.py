"""The pages of clauses, templates, agreements and checklists: what each says, and what search finds in it."""

from __future__ import annotations

import calendar
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from ..agreement.document.assemble import assemble, clause_in, draft, term, unanswered
from ..agreement.document.labels import Labels, labels
from ..agreement.document.language import direction, known_locale, written_date
from ..agreement.document.links import page_at
from ..agreement.document.nodes import Document
from ..agreement.document.redact import hides
from ..agreement.review.status import public_status
from ..agreement.signing.signing_state import Match, SigningState
from ..files import clock
from ..model.front import ExampleFront, LetterFront, Party, Signature
from ..model.pieces import Agreement, Checklist, ChecklistSection, Clause, Piece, Template
from ..text.markup.nodes import Item, ItemList, Link, Reference, blank_key, lone, plain, walk
from ..text.names import fold_name
from ..writers import html
from .drawing import script_data
from .library import Heading, Library, Page, changes_address, draft_address, has_changes
from .pictures import life


def page_of(library: Library, piece: Piece) -> Page:
    """The page of ``piece``, which must be published."""
    if isinstance(piece, Clause):
        return clause_page(library, piece)
    if isinstance(piece, Template):
        return template_page(library, piece)
    if isinstance(piece, Agreement) and isinstance(piece.front, LetterFront):
        return letter_page(library, piece, piece.front)
    if isinstance(piece, Agreement):
        return agreement_page(library, piece)
    return checklist_page(library, piece)


def clause_page(library: Library, clause: Clause) -> Page:
    front = clause.front
    say = library.labels(library.language_of(clause)).say
    used = library.used.get(clause.id, [])
    summary = html.words(clause.summary)
    wordings = [Heading(w.id, w.title, html.words(w.blocks)) for w in clause.wordings.values()]
    headings = [
        Heading("why", say("why agree this"), html.words(clause.why)),
        Heading("questions", say("ask each other"), " ".join(plain(item.children) for item in clause.questions)),
        Heading("wording", say("wording")),
        *wordings,
        Heading("watch-out", say("watch out for"), html.words(clause.watch)),
        *([Heading("works", say("how to tell that it works"), front.works)] if front.works else []),
        *([Heading("advice", say("when to take advice"), front.advice)] if front.advice else []),
        *([Heading("used", say("where it is used"))] if used else []),
        Heading("sources", say("where it comes from")),
    ]
    founding, said = library.founding(clause), library.toolkit.about.founding
    return library.framed(
        clause,
        "clause.html",
        summary,
        headings,
        summary,
        clause=clause,
        summary=library.text(clause.summary),
        why=library.text(clause.reasons),
        provenance=library.text(clause.provenance),
        watch=library.text(clause.watch),
        questions=library.questions(clause),
        founding=founding,
        said=said and (said.from_them if founding else said.added),
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
    needed = {entry.id: _needs(library, entry.id, template) for entry in front.clauses}
    examples = [
        one
        for one in library.originals.get("examples", [])
        if isinstance(one, Agreement) and library.toolkit.template(one.front.template) is template
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
        needed=needed,
        clauses=drawn_clauses(library, document),
        sources=library.named(front.sources),
        labels=labels(document.language),
        downloads=library.downloads(template),
        bilingual=library.bilingual(template),
        draft=library.link(draft_address(template)),
    )


def _needs(library: Library, identity: str, template: Template) -> list[str]:
    """Why an agreement made from ``template`` must hold the clause ``identity``, if it must."""
    clause = clause_in(library.toolkit, identity, template.language)
    answers = {blank_key(name) for name in clause.front.blanks} if clause else set()
    needs = template.front.needs
    return [one.message for one in needs if clause and (one.clause == identity or blank_key(one.answer) in answers)]


def draft_page(library: Library, template: Template, data: Mapping[str, Any]) -> Page:
    """The page for filling ``template`` in; ``data`` is what its script needs to know of it."""
    document = assemble(draft(template, library.toolkit), library.toolkit.title)
    writer = library.writer(document.language)
    body = library.draw(
        "draft.html",
        document.language,
        front=template.front,
        language=document.language,
        direction=direction(document.language),
        document=document,
        preamble=Markup(writer.blocks(document.preamble)),
        clauses=[(clause, Markup(writer.blocks(clause.blocks))) for clause in document.clauses],
        files=library.blank_forms(template),
        drafts=json.dumps(library.drafting),
        weekdays=weekdays(library.around(document.language)),
        people=template.front.people,
        back=library.link(template),
        help=library.link_if("/guidance/fill-it-in/"),
        keeping=library.link_if("/your-agreement/"),
        data=Markup(f"window.groundRulesTemplate = {script_data(data)};"),
    )
    title = library.labels(document.language).say("fill in", title=template.front.title)
    return Page(
        draft_address(template),
        title,
        template.front.summary,
        (),
        "",
        body,
        (),
        "",
        template.origin.file,
        library.around(document.language),
    )


def weekdays(language: str) -> list[tuple[str, str]]:
    """The days of the week as a file has them, and as ``language`` has them."""
    names = known_locale(language).days["stand-alone"]["wide"]
    return [(day, names[at]) for at, day in enumerate(calendar.day_name)]


def agreement_page(library: Library, agreement: Agreement) -> Page:
    front = agreement.front
    example = isinstance(front, ExampleFront)
    document = library.document(agreement)
    seen = public_status(agreement, library.toolkit)
    stands = seen.where if seen else None
    writer, said = library.writer(document.language), library.labels(document.language)
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
        downloads=library.downloads(agreement),
        stands=stands,
        banners=seen.banners if seen else [],
        life=life(seen, library.history(agreement)) if seen else [],
        on=clock.today(),
        behind=[library.toolkit.title(one.clause) for one in seen.behind] if seen else [],
        hides=bool(stands and hides(stands.in_force)),
        signed=signed_rows(stands, said) if stands else [],
        others=other_signatures(stands, said) if stands else [],
        unsigned=unsigned_parties(document),
        changes=library.link(changes_address(agreement)) if has_changes(agreement, library.history(agreement)) else "",
        meaning=library.link_if("/guidance/signing/"),
    )


def letter_page(library: Library, letter: Agreement, front: LetterFront) -> Page:
    blank = library.writer(front.language).blocks(assemble(unanswered(letter)).preamble)
    say = library.labels(front.language).say
    written = library.writer(front.language, say("filled in")).blocks(assemble(letter).preamble)
    return library.framed(
        letter,
        "letter.html",
        front.summary,
        [
            Heading("letter", say("the words")),
            Heading("written", say("as somebody wrote it"), html.words(letter.preamble)),
        ],
        f"{front.summary} {front.for_whom}",
        front.language,
        blank=Markup(blank),
        written=Markup(written),
        related=library.related(front.related),
        sources=library.named(front.sources),
        downloads=library.downloads(letter),
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
    "matches": "has signed these words",
    "changed": "has signed earlier words",
    "cannot check": "it cannot be checked",
}


def signed_rows(stands: SigningState, said: Labels) -> list[tuple[Signature, Match, str]]:
    """Each signature that stands for what the page shows, what is known of it, and that in words."""
    worth = {_of(one.signature): one for one in stands.signed}
    rows: list[tuple[Signature, Match, str]] = []
    for signature in stands.in_force.signatures:
        one = worth[_of(signature)]
        # The page shows the version in force, not today's words.
        match: Match = "matches" if one.match == "changed" else one.match
        rows.append((signature, match, _worth(match, one.why, said)))
    return rows


def other_signatures(stands: SigningState, said: Labels) -> list[str]:
    """What there is to say of each signature that the page leaves out, because it is for other words.

    Of those for an earlier version nothing is said: its place was taken.
    """
    shown = {_of(one) for one in stands.in_force.signatures}
    return [
        said["has signed in a round that lapsed"] if stands.lapsed(one) else _worth(one.match, one.why, said)
        for one in stands.signed
        if _of(one.signature) not in shown and (not stands.agreed or one.signature.version == stands.agreed)
    ]


def unsigned_parties(document: Document) -> list[Party]:
    signed = {one.party for one in document.signatures}
    return [party for party in document.parties if party.name not in signed]


def _worth(match: Match, why: str, said: Labels) -> str:
    worth = said[_MATCHES[match]]
    return f"{worth}. {said.told(why)}" if why else worth


def _of(signature: Signature) -> tuple[str, str, int | None]:
    return fold_name(signature.party), fold_name(signature.name), signature.version


# --- checklists -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """One thing to settle in a checklist; ``key`` tells its words, then the headings that it stands under.

    So the same words under two headings are two questions, and a mark finds its words under another heading.
    """

    key: str
    html: Markup


@dataclass(frozen=True)
class MarkGroup:
    title: str
    link: str
    marks: tuple[Mark, ...] = ()
    text: Markup = field(default_factory=Markup)


def checklist_page(library: Library, checklist: Checklist) -> Page:
    seen: Counter[str] = Counter()
    sections = [(section, mark_groups(library, section, checklist.language, seen)) for section in checklist.sections]
    headings = [
        Heading(
            section.id or f"section-{number}",
            section.title,
            " ".join(Markup(mark.html).striptags() for group in groups for mark in group.marks),
        )
        for number, (section, groups) in enumerate(sections, 1)
    ]
    total = sum(len(group.marks) for _, groups in sections for group in groups)
    return library.framed(
        checklist,
        "checklist.html",
        checklist.front.summary,
        headings,
        checklist.front.summary,
        checklist=checklist,
        intro=library.text(checklist.intro),
        form=form_of(library, checklist),
        total=total,
        sections=[
            (heading.id, section.title, groups) for heading, (section, groups) in zip(headings, sections, strict=True)
        ],
        sources=library.named(checklist.front.sources),
    )


def form_of(library: Library, checklist: Checklist) -> tuple[str, str] | None:
    """The link and title of the form that the opening words lead to, to be filled in as people go through it."""
    targets = (page_at(one.address) for one in walk(checklist.intro) if isinstance(one, Link))
    pages = (library.drafting.get(one.removeprefix("/templates/").strip("/")) for one in targets)
    return next(filter(None, pages), None)


def mark_groups(library: Library, section: ChecklistSection, language: str, seen: Counter[str]) -> list[MarkGroup]:
    """The marks of a section, in groups: paragraphs, its own items, and the questions of clauses."""
    groups: list[MarkGroup] = []

    def add(title: str, link: str, items: Iterable[Item]) -> None:
        under = f"{section.title}\0{title}" if title else section.title
        groups.append(MarkGroup(title, link, tuple(mark(library, item.children, under, seen) for item in items)))

    for block in section.blocks:
        clause = questions_of(library, block, language)
        if clause:
            add(clause.front.title, library.link(clause), clause.questions)
        elif isinstance(block, ItemList):
            add("", "", block.items)
        else:
            groups.append(MarkGroup("", "", text=library.text([block])))
    return groups


def questions_of(library: Library, block: Any, language: str) -> Clause | None:
    reference = lone(block, Reference)
    return clause_in(library.toolkit, reference.clause, language) if reference else None


def mark(library: Library, children: Any, under: str, seen: Counter[str]) -> Mark:
    words, place = (hashlib.sha256(text.encode()).hexdigest() for text in (plain(children), under))
    key = f"{words[:12]}.{place[:6]}"
    seen[key] += 1
    return Mark(key if seen[key] == 1 else f"{key}-{seen[key]}", Markup(library.writer().inline(children)))
