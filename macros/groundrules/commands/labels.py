"""The command that lists the labels which a language still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from ..agreement.document.labels import english, label_heads
from ..agreement.document.language import locale
from ..checks.labels import missing
from ..files.load.folders import load
from ..model.language import Language, Words
from ..text.frontmatter import quote
from ..text.problems import UserError
from .shared import Place

# As CLDR has them, from the smallest number.
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def labels(place: Place, language: str) -> None:
    toolkit = load(place.root, place.partnerships).toolkit
    known = locale(language)
    if known is None or Language(language).is_english:
        said = f'"{language}" is not a language to translate into. Write it like "cy" or "fr".'
        raise UserError(said, instead={language: "LANGUAGE"})
    categories = [one for one in _CATEGORIES if one in {*known.plural_form.rules, "other"}]
    for head, keys in groupby(missing(toolkit, Language(language, toolkit.labels)), label_heads().get):
        click.echo(f"## {head}")
        for key in keys:
            for line in _lines(key, english()[key], categories):
                click.echo(f"# {line}")


def _lines(key: str, words: Words, categories: list[str]) -> Iterator[str]:
    if isinstance(words, str):
        yield f"{key}: {quote(words)}"
        return
    yield f"{key}:"
    yield from (f"  {one}: {quote(words.get(one, words['other']))}" for one in categories)
