"""Front matter, a pydantic model for each kind of file; its JSON Schema serves editors."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from ..text.tables import phrase
from .blanks import TYPES, BlankType
from .values import Day, Digest, Fingerprint, Meaning, Number, Tag, Words, Yes, one_of, wrong

RESERVED_BLANKS = ("parties", "start", "end", "title")
# In the form of a record, alone on its line: the clauses that the record is about.
ABOUT = "about"
# Who made a translation, where no person did.
MACHINE = "machine"
# Nothing was signed or written down before this day; an earlier one is a slip of the pen.
EARLIEST = datetime.date(2000, 1, 1)


class Front(BaseModel):
    """Front matter: unknown keys are errors, and nothing is changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# --- blanks -----------------------------------------------------------------------------------


if TYPE_CHECKING:
    AnyType: TypeAlias = str
    ColumnType: TypeAlias = str
else:
    AnyType = Literal[tuple(TYPES)]
    ColumnType = Literal[tuple(name for name, one in TYPES.items() if one.in_column)]


class Column(Front):
    ask: Words
    example: str = ""
    type: ColumnType = "text"
    choices: tuple[Words, ...] = ()
    calendar: str = ""
    private: Yes = False

    @property
    def blank_type(self) -> BlankType:
        return TYPES[self.type]

    def misfit(self, answer: Any) -> str | None:
        """Why ``answer``, which is not empty, cannot stand here, or ``None``."""
        return self.blank_type.misfit(self, answer)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _goes_with_type(self, "choices")
        if self.calendar and not self.blank_type.dated:
            dated = " or ".join(f"a {name}" for name, one in TYPES.items() if one.dated)
            raise wrong(phrase("calendarWithoutDay", types=dated))
        return self


class BlankDefinition(Column):
    type: AnyType = "text"
    columns: dict[str, Column] = {}
    # What makes its day no longer overdue: "signing", or the form of a record made on that day or later.
    # If nothing is named, any record does.
    settled_by: str = Field("", alias="settled by")

    @model_validator(mode="after")
    def _is_dated(self) -> Self:
        if self.settled_by and not self.calendar:
            raise wrong(phrase("settledByWithoutCalendar"))
        return self

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        _goes_with_type(self, "columns")
        return self


def _goes_with_type(definition: Column, key: str) -> None:
    if (definition.blank_type.needs == key) != bool(getattr(definition, key)):
        names = " or ".join(name for name, one in TYPES.items() if one.needs == key)
        raise wrong(phrase("goesWithType", key=key, type=names))


def _once(given: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """A definition; agreements made from one template have the same ones in common, and each is kept once."""
    try:
        key = tuple(given.items())
        known = _DEFINITIONS.get(key)
    except (AttributeError, TypeError):
        return read(given)
    if known is None:
        known = _DEFINITIONS[key] = read(given)
    return known


_DEFINITIONS: dict[tuple[Any, ...], Any] = {}
Blanks = dict[str, Annotated[BlankDefinition, WrapValidator(_once)]]
Answer = str | list[str] | list[dict[str, str]]


# --- front matter, a class for each kind of file -----------------------------------------------


class Translation(Front):
    """What a translation was made of, and who answers for its words.

    ``of`` holds a digest of each part of the original, as ``translations.parts`` makes it; ``by`` is a name or
    ``MACHINE``.
    """

    by: Words
    checked_by: str = Field("", alias="checked by")
    checked_on: Day | None = Field(None, alias="checked on")
    of: dict[str, Digest] = {}

    @model_validator(mode="after")
    def _checked_by_somebody(self) -> Self:
        if bool(self.checked_by) != bool(self.checked_on):
            raise wrong('"checked by" and "checked on" stand together: who read it, and on which day.')
        if self.checked_by == MACHINE:
            raise wrong("A machine cannot check a translation. Name the speaker who has read it.")
        return self


class PageFront(Front):
    title: Words
    # Empty where it is that of the toolkit.
    language: Tag = ""
    also_called: tuple[Words, ...] = Field((), alias="also called")
    sources: tuple[Words, ...] = ()
    owner: Words
    reviewed: Day
    formerly: tuple[Words, ...] = ()
    translation: Translation | None = None


class ClauseFront(PageFront):
    group: Words
    elements: tuple[Words, ...] = ()
    works: str = ""
    advice: str = ""
    blanks: Blanks = {}
    # Blanks whose rows are steps, one after the other.
    ladders: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _has_ladders(self) -> Self:
        for name in self.ladders:
            if name not in self.blanks or self.blanks[name].type != "rows":
                raise wrong(f'"{name}" is not a blank of the type rows, so it is no ladder. Take it out of "ladders".')
        return self


class TemplateClause(Front):
    id: Words
    wording: Words
    optional: Yes = False


class Need(Front):
    """A need: what must be settled in an agreement made from a template; exactly one kind of thing."""

    model_config = one_of("clause", "answer", "contacts")

    clause: str = ""
    wording: str = ""
    answer: str = ""
    columns: tuple[Words, ...] = ()
    future: Yes = False
    contacts: Yes = False
    when: Literal["", "end"] = ""
    message: Words

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(map(bool, (self.clause, self.answer, self.contacts))) != 1:
            raise wrong("A need names one of: clause, answer, contacts.")
        if (self.wording and not self.clause) or ((self.columns or self.future) and not self.answer):
            raise wrong('"wording" goes with "clause"; "columns" and "future" go with "answer".')
        return self


class TemplateFront(PageFront):
    summary: Words
    for_whom: Words = Field(alias="for")
    time: Words
    binding: Words
    signs: Words
    not_this: Words = Field(alias="not")
    advice: str = ""
    language: Tag = "en-GB"
    # Whether the partners are people who sign for themselves, rather than organisations.
    people: Yes = False
    clauses: tuple[TemplateClause, ...]
    needs: tuple[Need, ...] = ()


class Party(Front):
    """An organisation or a person."""

    name: Words
    contact: str = ""
    role: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""


class Signature(Front):
    """A signature: ``version`` is that of a kept text, ``fingerprint`` that of its canonical form."""

    party: Words
    name: Words
    role: str = ""
    date: Day
    version: Number | None = None
    fingerprint: Fingerprint = ""


class Round(Front):
    """A round of settling and signing; what was signed in it is kept as the version of the same number."""

    version: Number
    opened: Day
    because: str = ""
    agreed: Day | None = None


class AgreementFront(Front):
    title: Words
    template: Words
    # Made at random when it was begun: the entries of its calendar are known by it.
    id: str = ""
    language: Tag = "en-GB"
    # Whose clock its times mean, where the language's region has several.
    time_zone: str = Field("", alias="time zone")
    status: Literal["draft", "agreed", "ended"] = "draft"
    start: Day | None = None
    end: Day | None = None
    parties: tuple[Party, ...] = ()
    blanks: Blanks = {}
    answers: dict[str, Any] = {}
    left_out: tuple[Words, ...] = Field((), alias="left out")
    taken: dict[str, str] = {}
    signatures: tuple[Signature, ...] = ()
    rounds: tuple[Round, ...] = ()
    related: tuple[Words, ...] = ()
    publish: Yes = False
    formerly: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise wrong(phrase("endBeforeStart"))
        return self


class ExampleFront(AgreementFront):
    summary: Words
    basis: Words
    also_called: tuple[Words, ...] = Field((), alias="also called")
    sources: tuple[Words, ...] = ()
    owner: Words
    reviewed: Day
    translation: Translation | None = None


class LetterFront(AgreementFront):
    """The front matter of a letter or a note; its ``answers`` are those of somebody who has written one."""

    template: str = ""
    summary: Words
    for_whom: Words = Field(alias="for")
    also_called: tuple[Words, ...] = Field((), alias="also called")
    sources: tuple[Words, ...] = ()
    owner: Words
    reviewed: Day
    translation: Translation | None = None


class VersionFront(AgreementFront):
    """The front matter of a kept version: what was signed, with the fingerprint it had then."""

    version: Number
    fingerprint: Fingerprint


class RecordFront(AgreementFront):
    """The front matter of a record; its ``template`` is the form that it was made from.

    ``version`` and ``fingerprint`` are those of the words that it quotes, ``next`` is the day of the next review.
    """

    date: Day
    version: Number | None = None
    fingerprint: Fingerprint = ""
    next: Day | None = None


class ChecklistFront(PageFront):
    summary: Words


class RecordFormFront(PageFront):
    summary: Words


class TranslatedPage(Front):
    """Of the front matter of a page in ``docs/``, what we read; the rest of it is for others."""

    model_config = ConfigDict(extra="ignore")

    translation: Translation | None = None


class Group(Front):
    title: Words
    summary: Words
    told: str = ""


class Source(Front):
    title: Words
    author: Words
    address: str = ""
    licence: Words
    seen: Day
    says: Words
    key: str = ""
    founding: Yes = False


class Situation(Front):
    situation: Words
    page: Words
    why: Words


class SearchWords(Front):
    """What people type: ``same`` are groups of words that mean the same, ``ignored`` are words that say nothing."""

    same: tuple[Meaning, ...] = ()
    ignored: tuple[Words, ...] = Field((), alias="leave out")


class Also(Front):
    """A second template that an answer may call for."""

    template: Words
    why: Words


class ChooserAnswer(Front):
    """One answer to a question of the chooser: it leads to a template, another page, or the ``next`` question."""

    model_config = one_of("template", "page", "next")

    answer: Words
    template: str = ""
    page: str = ""
    next: str = ""
    why: Words
    also: tuple[Also, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(map(bool, (self.template, self.page, self.next))) != 1:
            raise wrong('An answer leads to one thing: a "template", a "page", or the "next" question.')
        return self


class Question(Front):
    id: Words
    question: Words
    hint: str = ""
    answers: tuple[ChooserAnswer, ...]


class Exempt(Front):
    """An exception: what a check of words would name, and what stands on purpose."""

    file: Words
    check: Words
    words: str = ""
    why: Words
