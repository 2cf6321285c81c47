"""The shape of a label: words on one line with the places of the English ones, or such words for each plural."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from babel import Locale

from ...model.language import Words
from ...text.problems import did_you_mean

Misfit = tuple[tuple[str, ...], str]


def misfits(value: object, meant: Words, language: Locale) -> Iterator[Misfit]:
    """Why ``value`` cannot say in ``language`` what the English words ``meant`` say, each with its place in it."""
    if isinstance(meant, str):
        yield from _in_words((), value, [meant])
    elif not isinstance(value, dict) or "other" not in value:
        yield (), 'A number changes these words. Write "other: …" below the key, and a line for each other category.'
    else:
        categories = {*language.plural_form.rules, "other"}
        for category, words in value.items():
            if category not in categories:
                yield (category,), f'There is no "{category}" in this language. {did_you_mean(category, categories)}'
            else:
                yield from _in_words((category,), words, meant.values())


def _in_words(path: tuple[str, ...], value: object, meant: Iterable[str]) -> Iterator[Misfit]:
    if not isinstance(value, str) or not value.strip() or len(value.splitlines()) > 1:
        yield path, "Write the words on one line, after the colon."
        return
    wanted = [_places(words) for words in meant]
    try:
        found = _places(value)
    except ValueError:
        yield path, "A brace is opened here and never closed, or the other way round."
        return
    # Words for one thing may leave out the number.
    if found not in [*wanted, *(one - {"count"} for one in wanted if path)]:
        named = ", ".join(f"{{{one}}}" for one in sorted(wanted[0])) or "nothing in braces"
        yield path, f"These words must hold {named}, as the English ones do: {next(iter(meant))}"


def _places(words: str) -> set[str]:
    """What stands between braces: a name and, where somebody wrote one, a conversion and a format."""
    return {
        place + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        for _, place, form, conversion in Formatter().parse(words)
        if place is not None
    }
