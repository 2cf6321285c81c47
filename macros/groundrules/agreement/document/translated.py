"""The standing of a translation in words: who made it, who has read it, and whether its original has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.front import MACHINE
from ...model.pieces import Agreement, Clause, GuidancePage, Template, Toolkit
from ...model.translations import Standing, Translated, standing
from .assemble import clause_in, text_without_notes
from .labels import labels
from .language import written_date, written_list


def remarks(piece: Translated, toolkit: Toolkit, language: str) -> tuple[str, ...]:
    """What a reader must know of the words of ``piece``, a sentence each; nothing where they are an original's."""
    found = [(one, stands) for one in _shown(piece, toolkit) if (stands := standing(one, toolkit))]
    return tuple(_remarks(found, language))


def unread(agreement: Agreement, toolkit: Toolkit) -> list[str]:
    """The clauses of ``agreement`` whose words are still those of a machine, which no speaker has read."""
    found = ((one, standing(one, toolkit)) for one in _unchanged(agreement, toolkit))
    return [one.front.title for one, stands in found if stands and stands.unread]


def _shown(piece: Translated, toolkit: Toolkit) -> Iterator[Translated]:
    """``piece``, and the clauses that it shows in the library's words."""
    yield piece
    if isinstance(piece, Template):
        clauses = (clause_in(toolkit, entry.id, piece.language) for entry in piece.front.clauses)
        yield from (one for one in clauses if one)
    elif isinstance(piece, Agreement):
        yield from _unchanged(piece, toolkit)


def _unchanged(agreement: Agreement, toolkit: Toolkit) -> Iterator[Template | Clause]:
    """The template and the clauses of the library whose words stand in ``agreement`` as they are."""
    language = agreement.front.language.split("-")[0]
    template = toolkit.template(agreement.front.template)
    if template and template.language and _same(template.preamble_text, agreement.preamble_text):
        yield template
    for section in agreement.sections:
        clause = clause_in(toolkit, section.id, language)
        if clause and clause.language and any(_same(one.text, section.text) for one in clause.wordings.values()):
            yield clause


def _same(text: str, other: str) -> bool:
    return text_without_notes(text) == text_without_notes(other)


def _remarks(found: Sequence[tuple[Translated, Standing]], language: str) -> Iterator[str]:
    say = labels(language).say
    standings = [stands for _, stands in found]
    if any(one.unread for one in standings):
        yield say("machine draft")
    for name in dict.fromkeys(one.by for one in standings if not one.checked_by and one.by != MACHINE):
        yield say("translated by", name=name)
    for name, day in dict.fromkeys((one.checked_by, one.checked_on) for one in standings if one.checked_on):
        yield say("checked by", name=name, day=written_date(day, language))
    behind = [(title_of(one), stands.behind) for one, stands in found if stands.behind]
    if behind:
        parts = [_part(one, language) for one in behind[0][1]] if len(found) == 1 else [title for title, _ in behind]
        yield say("out of date", parts=written_list(parts, language))


def _part(name: str, language: str) -> str:
    """A part of a piece, as people call it."""
    kind, _, rest = name.partition(" ") if name.startswith("wording ") else (name, "", "")
    said = labels(language).words.get(kind)
    return f"{said} {rest}".strip() if isinstance(said, str) else name


def title_of(piece: Translated) -> str:
    return str(piece.front.get("title", "")) if isinstance(piece, GuidancePage) else piece.front.title
