"""The macros that guidance pages call: each shows a piece of the library as one run of HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from .. import checks
from ..agreement.document.language import written_month
from ..agreement.document.links import CALENDAR, Links, guidance_address, in_order, indexes
from ..agreement.review.status import STATES, status_of
from ..checks import load_and_check
from ..checks.macro_calls import MACROS, Names, ids, macro
from ..checks.walk import known
from ..files import clock
from ..model.language import Language
from ..model.pieces import Agreement, Clause, Piece, Template, Toolkit
from ..model.site import SECTIONS
from ..text import problems
from ..writers import html
from .assets import when_used
from .browser_data import keeping_data
from .drawing import LAYOUTS, script_data
from .library import Library, tags
from .pictures import marks, shares, year_ahead


def wordings(toolkit: Toolkit, clause: str) -> Iterable[str] | None:
    return toolkit.clauses[clause].wordings if clause in toolkit.clauses else None


def clauses_held(toolkit: Toolkit, agreement: str) -> Iterable[str] | None:
    piece = toolkit.examples.get(agreement) or toolkit.partnerships.get(agreement)
    return [section.id for section in piece.sections] if piece else None


def published_agreements(toolkit: Toolkit) -> Iterable[str]:
    return {one.id for one in toolkit.published if one.kind == "partnerships"} | known(toolkit, "examples")


CLAUSES = ids("clauses", "clause")
EXAMPLES = ids("examples", "example")
AGREEMENTS = Names("published agreement", published_agreements, ("examples", "partnerships"))
CATALOGUES = Names("catalogue", lambda toolkit: SECTIONS)
# How many agreements of one state the register lists before it folds them.
MANY = 50
TABLES = Names("table", lambda toolkit: ("templates", "references"))


class Macros:
    """The macros, for the page at which ``library`` stands: each method that says what its arguments may name.

    Names are checked before anything is built, so a wrong one here is a bug and raises ``KeyError``.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.toolkit = library.toolkit

    def call(self, name: str, arguments: Iterable[Any], options: Mapping[str, Any]) -> str:
        """The piece that the macro called ``name`` shows."""
        return MACROS[name].method(self, *arguments, **options)

    @property
    def language(self) -> Language:
        return self.library.language

    def draw(self, layout: str, *values: Any) -> str:
        spoken = self.library.speaking(self.language)
        modules = (LAYOUTS.get_template(f"{name}.html").make_module(spoken) for name in ("pieces", "pictures"))
        drawn: str = next(getattr(one, layout) for one in modules if hasattr(one, layout))(*values)
        return "".join(line.strip() + " " for line in str(drawn).splitlines() if line.strip())

    @macro(CLAUSES)
    def clause(self, name: str) -> str:
        """A short card that leads to the clause."""
        clause = self._called("clauses", name)
        return self.draw("clause", clause, html.words(clause.summary), self.library.link)

    @macro(CLAUSES, wordings)
    def wording(self, name: str, wording: str = "") -> str:
        """A clause's wording; the first one if none is named."""
        clause = self._called("clauses", name)
        chosen = clause.wordings[wording or next(iter(clause.wordings))]
        return self.draw(
            "wording",
            clause.front.title,
            self.library.text(chosen.blocks),
            self.library.link(clause),
            f"{clause.front.title}: {chosen.title}",
        )

    @macro(CLAUSES)
    def questions(self, name: str) -> str:
        """What to ask each other about a clause."""
        clause = self._called("clauses", name)
        return self.draw("questions", clause.front.title, self.library.questions(clause), self.library.link(clause))

    @macro(ids("templates", "template"))
    def template(self, name: str) -> str:
        """A card that leads to the template and its blank form."""
        return self.draw("card", *self._entry(self._called("templates", name)))

    @macro(ids("checklists", "checklist"))
    def checklist(self, name: str) -> str:
        """A card that leads to the checklist."""
        return self.draw("card", *self._entry(self._called("checklists", name)))

    @macro(EXAMPLES, clauses_held)
    def example(self, name: str, clause: str = "") -> str:
        """A card that leads to a worked example, or one of its clauses as it stands there."""
        return self._agreement(self._called("examples", name), clause)

    @macro(AGREEMENTS, clauses_held)
    def agreement(self, name: str, clause: str = "") -> str:
        """A card that leads to any published agreement, or one of its clauses as it stands there."""
        names = (name, AGREEMENTS.current(self.toolkit, name))
        return self._agreement(
            next(one for one in self.toolkit.published if isinstance(one, Agreement) and one.id in names), clause
        )

    def _called(self, kind: str, name: str) -> Any:
        """The piece that ``name`` means today."""
        return getattr(self.toolkit, kind)[self.toolkit.now_called(kind, name)]

    def _agreement(self, agreement: Agreement, name: str) -> str:
        if not name:
            return self.draw("card", *self._entry(agreement))
        document = self.library.document(agreement)
        now = self.toolkit.now_called("clauses", name)
        clause = next(one for one in document.clauses if self.toolkit.now_called("clauses", one.id) == now)
        text = self.library.text(clause.blocks)
        return self.draw(
            "agreed_clause",
            clause.number,
            clause.title,
            text,
            f"{self.library.link(agreement)}#{clause.id}",
            agreement.front.title,
        )

    @macro(CATALOGUES)
    def catalogue(self, kind: str) -> str:
        """Everything of one kind; clauses by group."""
        if kind == "clauses":
            return self.draw(
                "clauses",
                [
                    (group, [(clause, html.words(clause.summary), len(clause.wordings)) for clause in clauses])
                    for group, clauses in self._groups()
                ],
                self.library.link,
            )
        return self.draw("cards", [self._entry(piece) for piece in self.library.originals.get(kind, [])])

    def _entry(self, piece: Piece) -> tuple[str, str, str, str, list[tuple[str, str]]]:
        kind = ""
        if isinstance(piece, Agreement):
            template = self.toolkit.template(piece.front.template)
            kind = template.front.title if template else ""
        elif isinstance(piece, Template):
            kind = piece.front.time
        return (
            self.library.link(piece),
            piece.front.title,
            getattr(piece.front, "summary", ""),
            kind,
            self.library.blank_forms(piece)[:1] if isinstance(piece, Template) else [],
        )

    def _groups(self) -> Iterable[tuple[Any, list[Clause]]]:
        clauses = [piece for piece in self.library.originals.get("clauses", []) if isinstance(piece, Clause)]
        for group in self.toolkit.groups:
            members = [clause for clause in clauses if clause.front.group == group.title]
            if members:
                yield group, members

    @macro(TABLES)
    def coverage(self, table: str) -> str:
        """Which template holds which clause, or which published reference names which element."""
        if table == "templates":
            templates = [piece for piece in self.library.originals.get("templates", []) if isinstance(piece, Template)]
            groups = list(self._groups())
            cells = [
                (group, zip(clauses, zip(*(marks(one, clauses) for one in templates), strict=True), strict=True))
                for group, clauses in groups
            ]
            held = shares(templates, [clauses for _, clauses in groups])
            return self.draw("coverage_templates", templates, cells, held, self.library.link)
        covering: dict[str, list[Clause]] = {}
        for _, clauses in self._groups():
            for clause in clauses:
                for element in clause.front.elements:
                    covering.setdefault(element, []).append(clause)
        keys = [
            (key, "; ".join(dict.fromkeys(source.author for source in self.library.by_key(key))))
            for key in self.toolkit.keys
        ]
        rows = [
            (element, covering.get(element.name, []), [key in element.keys for key in self.toolkit.keys])
            for element in self.toolkit.elements.values()
        ]
        return self.draw("coverage_references", keys, rows, self.library.link)

    @macro()
    def keeping(self) -> str:
        """The page on which people open, sign and compare their agreements, in the browser alone."""
        body = self.library.draw(
            "keeping.html",
            self.language,
            scripts=when_used("keeping.js", "desk.js"),
            drafts=json.dumps(self.library.drafting),
            meaning=self.library.link_if("/guidance/signing/"),
            commands=self.library.link_if("/project/commands/"),
            data=Markup(f"window.groundRulesKeeping = {script_data(keeping_data(self.library))};"),
        )
        return " ".join(line.strip() for line in body.splitlines())

    @macro()
    def register(self) -> str:
        """Every published partnership by state: its template, the version in force, what comes next."""
        on = clock.today()
        groups: dict[str, list[Any]] = {state: [] for state in STATES.values()}
        for piece in self.library.originals.get("partnerships", []):
            if isinstance(piece, Agreement):
                seen = status_of(piece, self.toolkit, public=True)
                template = self.toolkit.template(piece.front.template)
                # The library's titles: the partners' own may be words that nobody has agreed yet.
                behind = [self.toolkit.title(one.clause) for one in seen.behind]
                groups[seen.state].append((seen, template, seen.next(on), behind))
        shown = [(state, rows) for state, rows in groups.items() if rows]
        dated = any(self.library.dated(seen.agreement) for _, rows in shown for seen, *_ in rows)
        calendar = self.library.link(CALENDAR) if dated and self.library.with_downloads else ""
        return self.draw("register", shown, calendar, on, MANY)

    @macro()
    def drafts(self) -> str:
        """What the reader's browser keeps, each draft with the page on which it is open again."""
        pages, keeping = json.dumps(self.library.drafting), self.library.link_if("/your-agreement/")
        return self.draw("drafts", pages, keeping, self.library.asset("here.js", self.language))

    @macro()
    def year(self) -> str:
        """What falls due in the twelve months ahead, in all published partnerships."""
        pieces = [one for one in self.library.originals.get("partnerships", []) if isinstance(one, Agreement)]
        seen = [status_of(one, self.toolkit, public=True) for one in pieces]
        months = year_ahead(seen, clock.today()) if seen else []
        return self.draw("year", months, partial(written_month, language=self.language), self.library.link)

    @macro()
    def situations(self) -> str:
        """What people come for, each leading to the page that helps."""
        entries = [(one, self.library.link(one.page)) for one in self.toolkit.situations]
        return self.draw("situations", entries, self.library.asset("frame.js", self.language))

    @macro()
    def chooser(self) -> str:
        """Which agreement do we need? Questions that lead to a template, and say why."""
        shown = (self.toolkit.chooser, self.toolkit.templates, self.library.page_titles, self.library.link)
        return self.draw("chooser", *shown, self.library.asset("chooser.js", self.language))

    @macro()
    def sources(self) -> str:
        """Every published reference: what it says, its address, its licence, and when it was seen."""
        said, entries = self.toolkit.about.founding, list(self.toolkit.sources.items())
        if said is None:
            return self.draw("sources", [("", entries)])
        founding, others = ([one for one in entries if one[1].founding == which] for which in (True, False))
        return self.draw("sources", [(said.sources, founding), (said.others, others)])

    @macro()
    def glossary(self) -> str:
        """Terms in plain words, in alphabetical order."""
        return self.draw("glossary", sorted(self.toolkit.glossary.items(), key=lambda term: term[0].casefold()))

    @macro()
    def tags(self) -> str:
        """Every tag, with the pages that carry it."""
        tagged: dict[str, list[Piece]] = {}
        for pieces in self.library.originals.values():
            for piece in pieces:
                tagged.setdefault(tags(piece, self.library.labels(self.language))[0], []).append(piece)
        return self.draw("tags", [(tag, in_order(pieces)) for tag, pieces in sorted(tagged.items())], self.library.link)

    @macro()
    def checks(self) -> str:
        """Everything that ``groundrules check`` can find wrong."""
        return self.draw("checks", list(checks.catalogue()))


def define_env(env: Any) -> None:
    """Offer the macros to mkdocs-macros, or to any host that has its interface.

    With the ``groundrules`` plugin, the plugin's own library is used and each piece is put into the page after
    Markdown is done, so that it may stand in a list or an admonition. Without it, the HTML stands where it was called.
    """
    plugins = env.conf.get("plugins", {})
    host = plugins.get("groundrules") if hasattr(plugins, "get") else None
    here = host or SimpleNamespace(library=_own_library(Path(env.conf["docs_dir"]).parent))

    def offer(name: str) -> Callable[..., str]:
        def show(*arguments: Any, **options: Any) -> str:
            drawn = Macros(here.library.at(guidance_address(env.page.file.src_uri))).call(name, arguments, options)
            return host.place(env.page, (name, arguments, options), drawn) if host else drawn

        return show

    for name in MACROS:
        env.macro(offer(name), name)


def _own_library(root: Path) -> Library:
    toolkit, found = load_and_check(root, public=True)
    if problems.errors(found):
        raise problems.ProblemsFound(found)
    return Library(toolkit, Links(indexes=indexes(toolkit)))
