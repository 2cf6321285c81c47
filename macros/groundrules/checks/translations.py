"""Checks of translations: that each stands beside its original, and still says what that says."""

from __future__ import annotations

from collections.abc import Iterator

from ..files.library import called
from ..model.pieces import GuidancePage, Toolkit
from ..model.translations import Translated, language_of, original, page_original, parts, standing, translation
from ..text.problems import did_you_mean
from .registry import Found, Place, at, check, on_line
from .walk import known


@check("missing-translation")
def missing_translation(toolkit: Toolkit) -> Found:
    """A file is named as a translation, but there is no original of that name."""
    for piece in toolkit.pieces:
        first = piece.id.partition(".")[0]
        if piece.language and piece.kind != "partnerships" and first not in known(toolkit, piece.kind):
            near = did_you_mean(first, (one for one in known(toolkit, piece.kind) if "." not in one))
            wrong = f'This is the "{piece.language}" version of "{first}.md", which does not exist. {near}'
            yield on_line(piece, 1), wrong
    for page in toolkit.guidance:
        first = page_original(page)
        if first != page.file and first and original(page, toolkit) is None:
            near = did_you_mean(first, (one.file for one in toolkit.guidance if one is not page))
            yield _at(page), f'This says that it is a translation, and "{first}" does not exist. {near}'


@check("odd-translation")
def odd_translation(toolkit: Toolkit) -> Found:
    """A translation is one of itself, the second into its language, or names a part that there is not.
    Then nobody can say what it stands for. One that does not say what it was made from is a warning."""
    seen: dict[tuple[str, str], str] = {}
    for piece in _written(toolkit):
        first, said = original(piece, toolkit), translation(piece)
        if first is None:
            if said and not (isinstance(piece, GuidancePage) and page_original(piece) != piece.file):
                wrong = 'A translation has its language in the name of its file, such as "publicity.cy.md". '
                yield _at(piece), f"{wrong}Rename it, or take this out."
            continue
        language, file = _language(piece).split("-")[0], _file(piece)
        other = seen.setdefault((_file(first), language), file)
        if language == language_of(first, toolkit).split("-")[0]:
            yield (
                _at(piece),
                f'"{_file(first)}" is written in "{language}" itself. Name another language, or remove it.',
            )
        elif other != file:
            yield _at(piece), f'"{other}" translates the same into "{language}". Keep one of the two.'
        elif said is None:
            wrong = f"This does not say what it was translated from. To note it, run {_command(piece)}."
            yield _at(piece), wrong, "warning"
        elif stands := standing(piece, toolkit):
            for name in stands.odd:
                wrong = f'The original has no part "{name}". {did_you_mean(name, parts(first))}'
                yield _at(piece, "of", name), wrong


@check("translation-behind", "warning")
def translation_behind(toolkit: Toolkit) -> Found:
    """The original has changed since it was translated, so readers of the two are told different things."""
    for piece in _written(toolkit):
        stands = standing(piece, toolkit)
        if stands and stands.behind:
            changed = f"Since it was translated, the original has changed: {', '.join(stands.behind)}."
            yield _at(piece, "of"), f"{changed} Look at these parts, then run {_command(piece)}."


def _written(toolkit: Toolkit) -> Iterator[Translated]:
    yield from (one for one in toolkit.pieces if one.kind != "partnerships")
    yield from toolkit.guidance


def _command(piece: Translated) -> str:
    name, _, language = called(_file(piece)).rpartition(".")
    return f'"groundrules translation {name} {language}"'


def _at(piece: Translated, *path: str) -> Place:
    if isinstance(piece, GuidancePage):
        return Place(piece.file, piece.lines.line("translation", *path))
    return at(piece, "translation", *path)


def _file(piece: Translated) -> str:
    return piece.file if isinstance(piece, GuidancePage) else piece.origin.file


def _language(piece: Translated) -> str:
    return called(_file(piece)).rpartition(".")[2]
