"""The pieces of a toolkit: plain data that ``load`` makes once and nobody changes afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, ClassVar

from ..text.frontmatter import FrontMatter
from ..text.markup.nodes import Block, Item, Note, blank_key
from .about import About
from .front import (
    AgreementFront,
    BlankDefinition,
    Blanks,
    ChecklistFront,
    ClauseFront,
    ExampleFront,
    Exempt,
    Group,
    LetterFront,
    Question,
    RecordFormFront,
    RecordFront,
    SearchWords,
    Situation,
    Source,
    TemplateFront,
    Translation,
)
from .language import DEFAULT, NO_LABELS, Language, OwnLabels
from .remember import Remembering, remember
from .site import Setting


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a piece: the file, its front matter's lines, and a digest of its bytes."""

    file: str
    front: FrontMatter
    digest: str


@dataclass(frozen=True, slots=True)
class Wording:
    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Clause(Remembering):
    kind: ClassVar[str] = "clauses"
    id: str
    language: str
    origin: Origin
    front: ClauseFront
    summary: tuple[Block, ...]
    why: tuple[Block, ...]
    questions: tuple[Item, ...]
    wordings: Mapping[str, Wording]
    watch: tuple[Block, ...]

    @property
    def reasons(self) -> tuple[Block, ...]:
        """Why to agree this, without the notes of who says so: many clauses stand on one page, and they repeat them."""
        return tuple(block for block in self.why if not isinstance(block, Note))

    @property
    def provenance(self) -> tuple[Block, ...]:
        """The notes among the reasons: what a source tells."""
        return tuple(block for block in self.why if isinstance(block, Note))


@dataclass(frozen=True, slots=True)
class Template(Remembering):
    kind: ClassVar[str] = "templates"
    id: str
    language: str
    origin: Origin
    front: TemplateFront
    preamble_text: str
    preamble: tuple[Block, ...]
    body_line: int


@dataclass(frozen=True, slots=True)
class Section:
    """One clause as it stands in an agreement."""

    id: str
    title: str
    wording: str
    text: str
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Agreement(Remembering):
    """A partnership's own agreement, or what is written like one, as ``front`` says: an example, a record, a letter."""

    id: str
    language: str
    origin: Origin
    front: AgreementFront
    preamble_text: str
    preamble: tuple[Block, ...]
    sections: tuple[Section, ...]
    body_line: int

    @property
    def kind(self) -> str:
        if isinstance(self.front, RecordFront):
            return "records"
        if isinstance(self.front, LetterFront):
            return "letters"
        return "examples" if isinstance(self.front, ExampleFront) else "partnerships"


@dataclass(frozen=True, slots=True)
class History:
    """The history that a partnership keeps beside its agreement.

    ``taken`` is the library's text as it was taken, ``versions`` are the kept texts by number (each with a
    ``VersionFront``), ``records`` are those of meetings by the name of their file (each with a ``RecordFront``).
    """

    taken: Agreement | None = None
    versions: Mapping[int, Agreement] = field(default_factory=dict)
    records: Mapping[str, Agreement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChecklistSection:
    id: str
    title: str
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Checklist(Remembering):
    kind: ClassVar[str] = "checklists"
    id: str
    language: str
    origin: Origin
    front: ChecklistFront
    intro: tuple[Block, ...]
    sections: tuple[ChecklistSection, ...]


@dataclass(frozen=True, slots=True)
class RecordForm(Remembering):
    """The form of a kind of record; a reference alone on its line brings in what the agreement says there."""

    kind: ClassVar[str] = "records"
    id: str
    language: str
    origin: Origin
    front: RecordFormFront
    intro: tuple[Block, ...]
    sections: tuple[ChecklistSection, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """A row of ``elements.csv``: an element of an agreement, and the keys of the references that name it."""

    name: str
    keys: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class GuidancePage(Remembering):
    """A Markdown file in ``docs/``; mkdocs renders it, we only check it."""

    file: str
    front: Mapping[str, Any]
    lines: FrontMatter
    text: str
    body: str
    body_line: int
    translation: Translation | None = None


@dataclass(frozen=True)
class Toolkit(Remembering):
    """The toolkit: everything that was loaded. The ids of translations end in ``.`` and a language."""

    root: str
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    examples: Mapping[str, Agreement] = field(default_factory=dict)
    partnerships: Mapping[str, Agreement] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    letters: Mapping[str, Agreement] = field(default_factory=dict)
    records: Mapping[str, RecordForm] = field(default_factory=dict)
    # By the id of the partnership.
    histories: Mapping[str, History] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    elements: Mapping[str, Element] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    situations: tuple[Situation, ...] = ()
    search: SearchWords = field(default_factory=SearchWords)
    chooser: tuple[Question, ...] = ()
    exceptions: tuple[Exempt, ...] = ()
    about: About = field(default_factory=About)
    guidance: tuple[GuidancePage, ...] = ()
    site: Setting = field(default_factory=Setting)
    labels: OwnLabels = NO_LABELS
    # The files that are the library's, by the place that each would have here.
    borrowed: frozenset[str] = frozenset()
    # The files here that were copied from the library.
    adopted: frozenset[str] = frozenset()
    data_lines: Mapping[str, FrontMatter] = field(default_factory=dict)
    # Where the library says an earlier name of a piece, though it was read as if it said the name of today: the file,
    # the line, and both names.
    renamed: tuple[tuple[str, int, str, str], ...] = ()
    # What exists but could not be read: addresses of pieces, and names of data files.
    unread: frozenset[str] = frozenset()

    @property
    def language(self) -> Language:
        """The language of the toolkit's own words, and of its pages where they say nothing else."""
        said = self.site.at("theme", "language").text
        return Language(DEFAULT if said in ("", "en") else said, self.labels)

    @property
    def former(self) -> Mapping[str, Mapping[str, str]]:
        """The name of today by the earlier one, for each kind of piece; one that is in use again is no earlier name."""
        return _former(self)

    def now_called(self, kind: str, name: str) -> str:
        """The name of today of the piece of that ``kind`` that was called ``name``; that name itself if none was."""
        return self.former[kind].get(name, name)

    def template(self, name: str) -> Template | None:
        """The template that is or was called ``name``."""
        return self.templates.get(self.now_called("templates", name))

    def clause(self, name: str) -> Clause | None:
        """The clause that is or was called ``name``."""
        return self.clauses.get(self.now_called("clauses", name))

    def title(self, clause: str) -> str:
        """The title of the clause that has or had this id; the id itself where the library has none."""
        known = self.clause(clause)
        return known.front.title if known else clause

    @property
    def agreements(self) -> Iterator[Agreement]:
        return chain(self.examples.values(), self.partnerships.values())

    @property
    def published(self) -> Iterator[Piece]:
        """Everything that gets a page: no private partnership, no translation that nobody has reviewed."""
        public = (agreement for agreement in self.partnerships.values() if agreement.front.publish)
        return chain(
            self.clauses.values(),
            self.templates.values(),
            self.examples.values(),
            self.checklists.values(),
            self.letters.values(),
            public,
        )

    @property
    def pieces(self) -> Iterator[Written]:
        return chain(
            self.clauses.values(),
            self.templates.values(),
            self.agreements,
            self.checklists.values(),
            self.letters.values(),
            self.records.values(),
        )


Piece = Clause | Template | Agreement | Checklist
# What is checked: all that has a page, and the forms of records, which have none.
Written = Piece | RecordForm


@remember
def _former(toolkit: Toolkit) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind in ("clauses", "templates", "examples", "checklists", "letters", "records", "partnerships"):
        pieces, names = getattr(toolkit, kind), found.setdefault(kind, {})
        for piece in pieces.values():
            # A translation goes by its original's names. Of two that claim one, which is an error, the first has it.
            for old in piece.front.formerly if "." not in piece.id else ():
                if old not in pieces and f"/{kind}/{old}/" not in toolkit.unread:
                    names.setdefault(old, piece.id)
    return found


@remember
def places(toolkit: Toolkit) -> frozenset[str]:
    """Every page that will be on the site, by the place in ``docs/`` that it has for mkdocs."""
    written = {page.file.removeprefix("docs/") for page in toolkit.guidance}
    return frozenset(written | {f"{address(piece).strip('/')}.md" for piece in toolkit.published})


def address(piece: Piece) -> str:
    """The address of the page of ``piece``, from the site's root."""
    return f"/{piece.kind}/{piece.id}/"


def definitions(blanks: Blanks) -> dict[str, BlankDefinition]:
    """``blanks`` by key, as used to look them up."""
    return {blank_key(name): definition for name, definition in blanks.items()}
