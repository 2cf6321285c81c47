"""The page of every clause, template, agreement and checklist: what it says, and what search finds in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import jinja2
from markupsafe import Markup

from ..agreement.document.assemble import assemble, clause_in, draft, term
from ..agreement.document.labels import labels
from ..agreement.document.language import direction, written_date
from ..agreement.document.links import Links, guidance_address, in_order
from ..agreement.document.nodes import Document
from ..agreement.document.redact import hides
from ..agreement.review.dates import has_dates
from ..agreement.review.status import public_document, public_status
from ..agreement.signing.signing_state import Match, SigningState
from ..files import clock
from ..model.front import ExampleFront, Signature, Source
from ..model.pieces import Agreement, Checklist, Clause, GuidancePage, History, Piece, Template, Toolkit, address
from ..text.markup.nodes import ItemList, Reference, lone, plain
from ..writers import html
from ..writers.kinds import offered
from ..writers.writer import Button, Writer
from .page_keys import history_key


@dataclass(frozen=True)
class Heading:
    id: str
    title: str
    words: str = ""


@dataclass(frozen=True)
class Page:
    """One page, ready for a host: ``body`` is HTML, ``headings`` is its contents list and feeds search."""

    address: str
    title: str
    description: str
    tags: tuple[str, ...]
    body: str
    headings: tuple[Heading, ...]
    words: str
    source: str
    language: str


@dataclass(frozen=True)
class Mark:
    """One thing to settle in a checklist; ``key`` stays the same as long as its words do."""

    key: str
    html: Markup


@dataclass(frozen=True)
class MarkGroup:
    title: str
    link: str
    marks: tuple[Mark, ...] = ()
    text: Markup = field(default_factory=Markup)


class Library:
    """Draws pages and pieces of ``toolkit`` for one place on the site, given by ``links``."""

    def __init__(self, toolkit: Toolkit, links: Links, with_downloads: bool = True) -> None:
        self.toolkit = toolkit
        self.links = links
        self.with_downloads = with_downloads

    _SHARED = ("used", "originals", "guidance", "has_translations", "page_titles")

    def at(self, page: str) -> Library:
        """The same library, for a page that stands at another address."""
        other = Library(self.toolkit, self.links.start(page), self.with_downloads)
        for name in self._SHARED:
            getattr(self, name)
        other.__dict__.update({name: self.__dict__[name] for name in self._SHARED if name in self.__dict__})
        return other

    # --- what belongs together ---

    @cached_property
    def used(self) -> Mapping[str, list[Template | Agreement]]:
        """The published templates and agreements that hold each clause, by its id."""
        used: dict[str, list[Template | Agreement]] = defaultdict(list)
        for piece in self.toolkit.published:
            if isinstance(piece, Template):
                for entry in piece.front.clauses:
                    used[entry.id].append(piece)
            elif isinstance(piece, Agreement):
                for section in piece.sections:
                    used[section.id].append(piece)
        return used

    @cached_property
    def originals(self) -> Mapping[str, list[Piece]]:
        """Published pieces by kind, in the order of their titles; translations are left to their originals."""
        found: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.toolkit.published:
            if not piece.language:
                found[piece.kind].append(piece)
        return {kind: in_order(pieces) for kind, pieces in found.items()}

    def translations(self, piece: Piece) -> list[Piece]:
        original = piece.id.partition(".")[0]
        return (
            [
                other
                for other in self.toolkit.published
                if other.kind == piece.kind and other.id.partition(".")[0] == original and other.id != piece.id
            ]
            if self.has_translations
            else []
        )

    @cached_property
    def has_translations(self) -> bool:
        return any(piece.language for piece in self.toolkit.published)

    def named(self, sources: Iterable[str]) -> list[Source]:
        return [self.toolkit.sources[name] for name in sources if name in self.toolkit.sources]

    def matrix(self, clause: Clause) -> list[tuple[str, list[Source]]]:
        """Each element the clause covers, with the references that name it in the table of references."""
        rows = []
        for name in clause.front.elements:
            element = self.toolkit.elements.get(name)
            if element:
                rows.append((name, [source for key in element.keys for source in self.by_key(key)[:1]]))
        return rows

    def by_key(self, key: str) -> list[Source]:
        return [source for source in self.toolkit.sources.values() if source.key == key]

    def founding(self, clause: Clause) -> bool:
        return any(source.founding for source in self.named(clause.front.sources))

    # --- drawing ---

    def link(self, target: Piece | str) -> str:
        return self.links.to(target if isinstance(target, str) else address(target))

    def clause_link(self, identity: str) -> str:
        clause = self.toolkit.clauses.get(identity)
        if clause is None:
            return escape(identity)
        return f'<a href="{escape(self.link(clause))}">{escape(clause.front.title, quote=False)}</a>'

    def writer(self, language: str = "en-GB") -> html.Writer:
        return html.Writer(self.links, self.clause_link, language)

    def draw(self, layout: str, **values: Any) -> str:
        template = _LAYOUTS.get_template(layout)
        return template.render(library=self, link=self.link, **values)

    def text(self, blocks: Iterable[Any]) -> Markup:
        return Markup(self.writer().blocks(blocks))

    def questions(self, clause: Clause) -> Markup:
        return Markup(self.writer().item_list(ItemList(False, clause.questions, 0)))

    def page(self, piece: Piece) -> Page:
        """The page of ``piece``, which must be published."""
        if isinstance(piece, Clause):
            return self.clause_page(piece)
        if isinstance(piece, Template):
            return self.template_page(piece)
        if isinstance(piece, Agreement):
            return self.agreement_page(piece)
        return self.checklist_page(piece)

    def _page(
        self,
        piece: Piece,
        layout: str,
        description: str,
        headings: Sequence[Heading],
        words: str,
        language: str = "",
        **values: Any,
    ) -> Page:
        language = language or piece.language or "en-GB"
        reviewed = getattr(piece.front, "reviewed", None)
        body = self.draw(
            layout,
            piece=piece,
            front=piece.front,
            language=language,
            direction=direction(language),
            translations=self.translations(piece),
            reviewed=written_date(reviewed, "en-GB") if reviewed else "",
            **values,
        )
        return Page(
            address(piece),
            piece.front.title,
            description,
            tags(piece),
            body,
            tuple(headings),
            words,
            piece.origin.file,
            language,
        )

    def clause_page(self, clause: Clause) -> Page:
        front = clause.front
        used = self.used.get(clause.id, [])
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
        return self._page(
            clause,
            "clause.html",
            summary,
            headings,
            " ".join([summary, *front.also_called]),
            clause=clause,
            summary=self.text(clause.summary),
            why=self.text(clause.why),
            watch=self.text(clause.watch),
            questions=self.questions(clause),
            founding=self.founding(clause),
            wordings=[(w, self.text(w.blocks)) for w in clause.wordings.values()],
            templates=[one for one in used if isinstance(one, Template)],
            agreements=[one for one in used if isinstance(one, Agreement)],
            sources=self.named(front.sources),
            matrix=self.matrix(clause),
        )

    def document_headings(self, document: Document) -> list[Heading]:
        return [
            Heading(clause.id, f"{clause.number}. {clause.title}", html.words(clause.blocks))
            for clause in document.clauses
        ]

    def drawn_clauses(self, document: Document) -> list[tuple[Any, Markup, Clause | None]]:
        writer = self.writer(document.language)
        return [
            (
                clause,
                Markup(writer.blocks(clause.blocks)),
                clause_in(self.toolkit, clause.id, document.language.split("-")[0]),
            )
            for clause in document.clauses
        ]

    def template_page(self, template: Template) -> Page:
        front = template.front
        document = assemble(draft(template, self.toolkit), self.toolkit.title)
        writer = self.writer(document.language)
        optional = {entry.id for entry in front.clauses if entry.optional}
        examples = [
            one
            for one in self.originals.get("examples", [])
            if isinstance(one, Agreement) and one.front.template == template.id
        ]
        return self._page(
            template,
            "template.html",
            front.summary,
            self.document_headings(document),
            f"{front.summary} {front.for_whom}",
            document.language,
            document=document,
            preamble=Markup(writer.blocks(document.preamble)),
            examples=examples,
            optional=optional,
            clauses=self.drawn_clauses(document),
            sources=self.named(front.sources),
            labels=labels(document.language),
            downloads=self.downloads(template),
            draft="" if template.language else self.link(draft_address(template)),
        )

    def draft_page(self, template: Template, data: Mapping[str, Any]) -> Page:
        """The page for filling ``template`` in; ``data`` is what its script needs to know of it."""
        document = assemble(draft(template, self.toolkit), self.toolkit.title)
        writer = self.writer(document.language)
        originals = [one for one in self.originals.get("templates", []) if isinstance(one, Template)]
        body = self.draw(
            "draft.html",
            front=template.front,
            language=document.language,
            direction=direction(document.language),
            document=document,
            preamble=Markup(writer.blocks(document.preamble)),
            clauses=[(clause, Markup(writer.blocks(clause.blocks))) for clause in document.clauses],
            files=self.blank_forms(template),
            drafts=json.dumps({one.id: (self.link(draft_address(one)), one.front.title) for one in originals}),
            people=template.front.people,
            help=self.link_if("/guidance/fill-it-in/"),
            data=Markup(f"window.groundRulesTemplate = {script_data(data)};"),
        )
        title = f"Fill it in: {template.front.title}"
        return Page(
            draft_address(template), title, template.front.summary, (), body, (), "", template.origin.file, "en-GB"
        )

    def agreement_page(self, agreement: Agreement) -> Page:
        front = agreement.front
        example = isinstance(front, ExampleFront)
        document = self.document(agreement)
        seen = public_status(agreement, self.toolkit)
        stands = seen.where if seen else None
        writer = self.writer(document.language)
        template = self.toolkit.template(front.template)
        summary = front.summary if isinstance(front, ExampleFront) else ""
        return self._page(
            agreement,
            "agreement.html",
            summary,
            self.document_headings(document),
            f"{summary} {html.words(document.preamble)}",
            document.language,
            document=document,
            preamble=Markup(writer.blocks(document.preamble)),
            example=example,
            template=template,
            clauses=self.drawn_clauses(document),
            term=term(document),
            labels=labels(document.language),
            sources=self.named(getattr(front, "sources", ())),
            related=self.related(front.related),
            date=lambda day: written_date(day, document.language),
            day=lambda day: written_date(day, "en-GB"),
            downloads=self.downloads(agreement),
            stands=stands,
            banners=seen.banners if seen else [],
            on=clock.today(),
            behind=[self.toolkit.title(one.clause) for one in seen.behind] if seen else [],
            hides=bool(stands and hides(stands.in_force)),
            signed=signed_rows(stands) if stands else [],
            changes=self.link(changes_address(agreement)) if has_changes(agreement, self.history(agreement)) else "",
            meaning=self.link_if("/guidance/signing/"),
        )

    def history(self, agreement: Agreement) -> History:
        return self.toolkit.histories.get(agreement.id, History()) if agreement.kind == "partnerships" else History()

    def signing_state(self, agreement: Agreement) -> SigningState | None:
        seen = public_status(agreement, self.toolkit)
        return seen.where if seen else None

    def related(self, links: Iterable[str]) -> list[tuple[str, str]]:
        """Each link with the title of the page that it leads to."""
        return [(target, self.page_titles.get(target.partition("#")[0], target)) for target in links]

    @cached_property
    def page_titles(self) -> Mapping[str, str]:
        guidance = {where: str(page.front.get("title", "")) for where, page in self.guidance.items()}
        return guidance | {address(piece): piece.front.title for piece in self.toolkit.published}

    @cached_property
    def guidance(self) -> dict[str, GuidancePage]:
        return {guidance_address(page.file): page for page in self.toolkit.guidance}

    def link_if(self, target: str) -> str:
        """A link to a guidance page of this site, or nothing where the site has none at that address."""
        return self.link(target) if target.partition("#")[0] in self.guidance else ""

    # --- checklists ---

    def checklist_page(self, checklist: Checklist) -> Page:
        sections = [(section, self.mark_groups(checklist, section.blocks)) for section in checklist.sections]
        headings = [
            Heading(
                section.id or f"section-{number}",
                section.title,
                " ".join(Markup(mark.html).striptags() for group in groups for mark in group.marks),
            )
            for number, (section, groups) in enumerate(sections, 1)
        ]
        total = sum(len(group.marks) for _, groups in sections for group in groups)
        return self._page(
            checklist,
            "checklist.html",
            checklist.front.summary,
            headings,
            checklist.front.summary,
            checklist=checklist,
            intro=self.text(checklist.intro),
            total=total,
            sections=[
                (heading.id, section.title, groups)
                for heading, (section, groups) in zip(headings, sections, strict=True)
            ],
            sources=self.named(checklist.front.sources),
        )

    def mark_groups(self, checklist: Checklist, blocks: Iterable[Any]) -> list[MarkGroup]:
        """The marks of a section, in groups: paragraphs, its own items, and the questions of clauses."""
        groups: list[MarkGroup] = []
        seen: dict[str, int] = {}
        for block in blocks:
            clause = self.questions_of(block)
            if clause:
                groups.append(
                    MarkGroup(
                        clause.front.title,
                        self.link(clause),
                        tuple(self.mark(item.children, seen) for item in clause.questions),
                    )
                )
            elif isinstance(block, ItemList):
                groups.append(MarkGroup("", "", tuple(self.mark(item.children, seen) for item in block.items)))
            else:
                groups.append(MarkGroup("", "", text=self.text([block])))
        return groups

    def questions_of(self, block: Any) -> Clause | None:
        reference = lone(block, Reference)
        return self.toolkit.clauses.get(reference.clause) if reference else None

    def mark(self, children: Any, seen: dict[str, int]) -> Mark:
        words = plain(children)
        key = hashlib.sha256(words.encode()).hexdigest()[:12]
        seen[key] = seen.get(key, 0) + 1
        return Mark(key if seen[key] == 1 else f"{key}-{seen[key]}", Markup(self.writer().inline(children)))

    def offers(self, piece: Piece) -> list[tuple[Button, Writer]]:
        """The files beside the page of ``piece``, in the order in which it offers them: a button and a writer each."""
        if not self.with_downloads:
            return []
        dated = isinstance(piece, Agreement) and self.dated(piece)
        return [(button, writer) for button, writer in offered(piece) if dated or not writer.dated]

    def kinds(self, piece: Piece) -> list[str]:
        return [writer.kind for _, writer in self.offers(piece)]

    def downloads(self, piece: Piece) -> list[tuple[Button, str]]:
        """The same files: a button and a link each."""
        return [(button, self.links.download(piece, writer.kind)) for button, writer in self.offers(piece)]

    def blank_forms(self, template: Template) -> list[tuple[str, str]]:
        """The files of ``template`` for other pages than its own: what each is called there, and its link."""
        return [(button.elsewhere, link) for button, link in self.downloads(template) if button.elsewhere]

    def dated(self, agreement: Agreement) -> bool:
        """Whether ``agreement`` has a date for its partners' calendars."""
        key = self.dated_key(agreement)
        if key not in _DATED:
            self.document(agreement)
        return _DATED[key]

    def dated_key(self, agreement: Agreement) -> tuple[str, ...]:
        return agreement.id, agreement.origin.digest, history_key(self.toolkit.histories.get(agreement.id))

    def document(self, agreement: Agreement) -> Document:
        """The document that the site may show of ``agreement``: of a partnership's own, the version in force."""
        stands = self.signing_state(agreement)
        document = public_document(agreement, self.toolkit)
        # Nobody is reminded of what has ended.
        ended = stands is not None and stands.state == "ended"
        _DATED[self.dated_key(agreement)] = has_dates(document) and not ended
        return document


def draft_address(template: Template) -> str:
    """The address at which ``template`` is filled in."""
    return f"{address(template)}draft/"


def changes_address(agreement: Agreement) -> str:
    """The address of the page of what changed in ``agreement``, if ``has_changes``."""
    return f"{address(agreement)}changes/"


def has_changes(agreement: Agreement, history: History) -> bool:
    """Whether there is something to tell: two agreed versions were kept."""
    return sum(1 for one in agreement.front.rounds if one.agreed and one.version in history.versions) > 1


def script_data(data: Any) -> str:
    """``data`` as JavaScript that may stand in a page: nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


# Known from one build to the next, so that an agreement that has not changed is not assembled for it.
_DATED: dict[tuple[str, ...], bool] = {}

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


def tags(piece: Piece) -> tuple[str, ...]:
    """The tags of ``piece``, its subject or kind first, then the other words people search for."""
    if isinstance(piece, Clause):
        return (piece.front.group, *piece.front.also_called)
    if isinstance(piece, Agreement):
        return ("Worked example" if piece.kind == "examples" else "Agreement",)
    return ("Template" if isinstance(piece, Template) else "Checklist",)


def slug(words: str) -> str:
    """``words`` as the id of a heading."""
    return "-".join(re.findall(r"\w+", words.casefold()))


def _finalize(value: Any) -> Any:
    return "" if value is None else value


_LAYOUTS = jinja2.Environment(
    loader=jinja2.PackageLoader(__package__, "layouts"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    finalize=_finalize,
)
_LAYOUTS.filters["slug"] = slug
