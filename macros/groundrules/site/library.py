"""The library of a site: what belongs together in a toolkit, with the links and files of each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from html import escape
from typing import Any

from markupsafe import Markup

from ..agreement.document.labels import Labels, has_labels, labels
from ..agreement.document.language import direction, written_date
from ..agreement.document.links import Links, addresses, guidance_address, in_order, page_at
from ..agreement.document.nodes import Document
from ..agreement.review.dates import has_dates
from ..agreement.review.status import public_document, public_status
from ..agreement.signing.signing_state import SigningState
from ..model.front import Source
from ..model.language import Language
from ..model.pieces import Agreement, Clause, GuidancePage, History, Piece, Template, Toolkit, address
from ..model.translations import in_both, language_of
from ..text.markup.nodes import ItemList, blank_key
from ..writers import html
from ..writers.beside import bilingual_kinds, bilingual_name
from ..writers.kinds import offered, writers
from ..writers.writer import Button, Writer
from .assets import ON_EVERY_PAGE, WORKER, assets, spoken_name, stamped
from .browser_data import library_data, talk_data, told_data
from .drawing import LAYOUTS, script_data, settings_said, speaker
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
    kind: str
    body: str
    headings: tuple[Heading, ...]
    words: str
    source: str
    language: str

    def without_words(self) -> Page:
        """The page without the text that only search needs."""
        return replace(self, words="", headings=tuple(replace(one, words="") for one in self.headings))


class Library:
    """Draws pages and pieces of ``toolkit`` for one place on the site, given by ``links``."""

    def __init__(self, toolkit: Toolkit, links: Links, with_downloads: bool = True) -> None:
        self.toolkit = toolkit
        self.links = links
        self.with_downloads = with_downloads

    _SHARED = ("used", "originals", "guidance", "page_titles", "spoken", "shipped")

    def at(self, page: str) -> Library:
        """The same library, for a page that stands at another address."""
        other = Library(self.toolkit, self.links.start(page), self.with_downloads)
        for name in self._SHARED:
            getattr(self, name)
        other.__dict__.update({name: self.__dict__[name] for name in self._SHARED if name in self.__dict__})
        return other

    # --- scripts and styles ---

    @cached_property
    def shipped(self) -> Mapping[str, tuple[str, str]]:
        """The scripts and styles of the site, by their names: the version and the text of each."""
        data = {
            "library.js": f"window.groundRulesLibrary={script_data(library_data(self))};\n",
            "told-words.js": f"window.groundRulesTold={script_data(told_data(self))};\n",
            "talk.js": f"window.groundRulesTalk={script_data(talk_data(self))};\n",
        }
        first = assets(self.labels())
        texts = {**first, **data}
        for language in self.spoken:
            other = assets(self.labels(language))
            said = [name for name in other if other[name] != first[name] and name != WORKER]
            texts |= {spoken_name(name, language): other[name] for name in said}
        return {name: stamped(name, text) for name, text in texts.items()}

    @cached_property
    def spoken(self) -> Sequence[Language]:
        """The languages of pages, but for that of the site."""
        pages = (*self.guidance.values(), *self.toolkit.published)
        found = dict.fromkeys(self.around(language_of(one, self.toolkit)) for one in pages)
        return [one for one in found if one != self.toolkit.language]

    def asset(self, name: str, speaks: str = "") -> str:
        """The link to a script or style, for a page in that language.

        It changes with the text, so that a page and its scripts belong together.
        """
        spoken = spoken_name(name, self.around(speaks))
        held = spoken if spoken in self.shipped else name
        return f"{self.link(f'/assets/{held}')}?v={self.shipped[held][0]}"

    def heard(self, output: str, language: str) -> str:
        """A page's HTML, with the scripts of every page in its language, and what the settings say in our words."""
        for name in ON_EVERY_PAGE:
            output = output.replace(self.asset(name), self.asset(name, language))
        return settings_said(output, self.labels(), self.labels(language))

    @property
    def language(self) -> Language:
        """The language of the guidance page that stands here; that of the toolkit, if it names none or none does."""
        page = self.guidance.get(self.links.here)
        return self.around(language_of(page, self.toolkit) if page else "")

    @cached_property
    def drafting(self) -> Mapping[str, tuple[str, str]]:
        """The link and title of each page on which a template is filled in, by the template's id and earlier ids."""
        templates = self.toolkit.templates.values()
        pages = {one.id: (self.link(draft_address(one)), one.front.title) for one in templates}
        return {old: pages[one.id] for one in templates for old in one.front.formerly} | pages

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
                    used[self.toolkit.now_called("clauses", section.id)].append(piece)
        return used

    @cached_property
    def originals(self) -> Mapping[str, list[Piece]]:
        """Published pieces by kind, in the order of their titles; translations are left to their originals."""
        found: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.toolkit.published:
            if not piece.language:
                found[piece.kind].append(piece)
        return {kind: in_order(pieces) for kind, pieces in found.items()}

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
        clause = self.toolkit.clause(identity)
        if clause is None:
            return escape(identity)
        return f'<a href="{escape(self.link(clause))}">{escape(clause.front.title, quote=False)}</a>'

    def writer(self, language: str = "", within: str = "") -> html.Writer:
        return html.Writer(self.links, self.clause_link, language or self.toolkit.language, within, self.ladders)

    @cached_property
    def ladders(self) -> frozenset[str]:
        """The blanks whose rows are steps, by their keys."""
        return frozenset(blank_key(name) for one in self.toolkit.clauses.values() for name in one.front.ladders)

    def language_of(self, piece: Piece) -> Language:
        """The language of the words of ``piece``."""
        return language_of(piece, self.toolkit)

    def around(self, language: str) -> Language:
        """The language of a page around words in ``language``: the same, if there are labels in it."""
        spoken = Language(language or self.toolkit.language, self.toolkit.labels)
        return spoken if has_labels(spoken) else self.toolkit.language

    def labels(self, language: str = "") -> Labels:
        """The words of a page around words in ``language``, or in that of the toolkit."""
        return labels(self.around(language))

    def draw(self, layout: str, speaks: str = "", **values: Any) -> str:
        """What ``layout`` makes of ``values``, with its own words in the language that it ``speaks``."""
        template = LAYOUTS.get_template(layout)
        return template.render(link=self.link, **self.speaking(speaks), **values)

    def speaking(self, speaks: str = "") -> dict[str, Any]:
        """What layouts need to speak a language, and to tell that they do."""
        around = self.around(speaks)
        return {
            "library": self,
            "asset": partial(self.asset, speaks=around),
            "say": speaker(self.labels(around)),
            "named": self.labels(around).named,
            "around": around,
            "way": direction(around),
            "day": partial(written_date, language=around),
        }

    def text(self, blocks: Iterable[Any]) -> Markup:
        return Markup(self.writer().blocks(blocks))

    def questions(self, clause: Clause) -> Markup:
        return Markup(self.writer().item_list(ItemList(False, clause.questions, 0)))

    def framed(
        self,
        piece: Piece,
        layout: str,
        description: str,
        headings: Sequence[Heading],
        words: str,
        language: str = "",
        **values: Any,
    ) -> Page:
        """The page of ``piece``, drawn with ``layout``; ``values`` are what that layout shows."""
        language = language or self.language_of(piece)
        around = self.around(language)
        reviewed = getattr(piece.front, "reviewed", None)
        body = self.draw(
            layout,
            around,
            piece=piece,
            front=piece.front,
            language=language,
            direction=direction(language),
            reviewed=written_date(reviewed, around) if reviewed else "",
            **values,
        )
        return Page(
            address(piece),
            piece.front.title,
            description,
            tags(piece, self.labels(around)),
            self.labels(around)["a clause"] if isinstance(piece, Clause) else tags(piece, self.labels(around))[0],
            body,
            tuple(headings),
            words,
            piece.origin.file,
            language,
        )

    def history(self, agreement: Agreement) -> History:
        return self.toolkit.histories.get(agreement.id, History()) if agreement.kind == "partnerships" else History()

    def signing_state(self, agreement: Agreement) -> SigningState | None:
        seen = public_status(agreement, self.toolkit)
        return seen.where if seen else None

    def related(self, links: Iterable[str]) -> list[tuple[str, str]]:
        """Each link with the title of the page that it leads to."""
        return [(target, self.page_titles.get(page_at(target), target)) for target in links]

    @cached_property
    def page_titles(self) -> Mapping[str, str]:
        guidance = {where: str(page.front.get("title", "")) for where, page in self.guidance.items()}
        return guidance | {address(piece): piece.front.title for piece in self.toolkit.published}

    @cached_property
    def guidance(self) -> dict[str, GuidancePage]:
        return {guidance_address(page.file): page for page in self.toolkit.guidance}

    def link_if(self, target: str) -> str:
        """A link to a guidance page of this site, or nothing where the site has none at that address."""
        return self.link(target) if page_at(target) in self.guidance else ""

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

    def bilingual(self, template: Template) -> list[tuple[Button, str]]:
        """The files that hold ``template`` and a translation side by side: a button and a link each."""
        pairs = [pair for pair in in_both(self.toolkit) if any(one is template for one in pair)]
        return [
            (button, self.link(f"{address(pair[0])}{bilingual_name(*pair, kind)}"))
            for pair in (pairs if self.with_downloads else ())
            for kind in bilingual_kinds()
            if (button := writers()[kind].form)
        ]

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


def moved(library: Library) -> dict[str, tuple[str, str]]:
    """The old addresses of pages, each with that of today and its title: also of translations, and what stands beside.

    An address at which something stands today is not among them.
    """
    toolkit = library.toolkit
    found: dict[str, tuple[str, str]] = {}
    for piece in toolkit.published:
        name, dot, language = piece.id.partition(".")
        beside = [""]
        if isinstance(piece, Template):
            beside.append("draft/")
        if isinstance(piece, Agreement) and piece.kind == "partnerships":
            beside += ["changes/"] if has_changes(piece, toolkit.histories[piece.id]) else []
        for old, now in toolkit.former[piece.kind].items():
            if now == name:
                here, there = f"/{piece.kind}/{old}{dot}{language}/", address(piece)
                found |= {f"{here}{one}": (f"{there}{one}", piece.front.title) for one in beside}
    return {here: led for here, led in found.items() if here not in addresses(toolkit)}


def tags(piece: Piece, said: Labels) -> tuple[str, ...]:
    """The tags of ``piece``, its subject or kind first, then the other words people search for."""
    if isinstance(piece, Clause):
        return (piece.front.group, *piece.front.also_called)
    if isinstance(piece, Agreement):
        return (said[{"examples": "worked example", "letters": "letter"}.get(piece.kind, "agreement")],)
    return (said["a template" if isinstance(piece, Template) else "checklist"],)


# Known from one build to the next, so that an agreement that has not changed is not assembled for it.
_DATED: dict[tuple[str, ...], bool] = {}
