"""The checks of labels: the words that a toolkit has of its own for what the program says."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale

from ..agreement.document.label_shape import Misfit, misfits
from ..agreement.document.labels import english, program_labels
from ..agreement.document.language import locale
from ..model.language import Language
from ..model.pieces import Toolkit
from ..text.problems import did_you_mean
from .registry import Found, Place, check, in_data


def missing(toolkit: Toolkit, language: Language) -> list[str]:
    """The keys of the labels that ``language`` has no words for."""
    if language.is_english:
        return []
    known = {key for one in language.line[1:] for key in (*program_labels(one), *toolkit.labels.words.get(one, ()))}
    return [key for key in english() if key not in known]


def spoken(toolkit: Toolkit) -> list[Language]:
    """The languages other than English that a toolkit has labels in, or that its pages are in."""
    own = [Language(one, toolkit.labels) for one in (str(toolkit.language), *toolkit.labels.words)]
    return [one for at, one in enumerate(own) if not one.is_english and one not in own[:at]]


@check("bad-label")
def bad_label(toolkit: Toolkit) -> Found:
    """A label in agreements/labels/ that the program never says, one that leaves out what stands in its place, or has
    a place for something else. Where a number changes the words, there are words for each category that the language
    has."""
    for name, words in toolkit.labels.words.items():
        known = locale(name)
        if known is None:
            said = f'"{name}" is not a language. Call the file like "cy.yml".'
            yield Place(f"agreements/labels/{name}.yml", 1), said
            continue
        for key, value in words.items():
            for path, said in _wrong(key, value, known):
                yield in_data(toolkit, f"labels/{name}.yml", key, *path), said


def _wrong(key: str, value: object, language: Locale) -> Iterator[Misfit]:
    meant = english().get(key)
    if meant is None:
        yield (), f'Nothing here says "{key}". {did_you_mean(key, english())}'
    else:
        yield from misfits(value, meant, language)


@check("missing-label", level="warning")
def missing_label(toolkit: Toolkit) -> Found:
    """Words that the program adds to pages and files have no translation into the toolkit's language, or one that it
    has labels in. They are shown in English."""
    for language in spoken(toolkit):
        keys = missing(toolkit, language)
        if keys and locale(language):
            name = language.line[1]
            some = ", ".join(f'"{one}"' for one in keys[:3])
            count = "1 label is" if len(keys) == 1 else f"{len(keys):,} labels are"
            yield (
                Place(f"agreements/labels/{name}.yml", 1),
                f'{count} missing in "{name}", and shown in English: {some}{", …" if len(keys) > 3 else ""}. '
                f"Run: groundrules labels {name}",
            )
