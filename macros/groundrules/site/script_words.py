"""The words of scripts: ``phrase("key", { name: value })`` becomes the words of one language when scripts are joined.

So nothing is looked up in a browser, and a script is as small as if its words stood in it. Where words are a table of
plurals, the value called ``count`` chooses. ``phraseParts`` gives a list of what stands between the values, and of
these, which may be elements. ``LANGUAGE`` is the tag of the language.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from string import Formatter

from babel import Locale

from ..agreement.document.labels import Labels
from ..agreement.document.language import known_locale

_CALL = re.compile(r'\bphrase(Parts)?\("([^"]+)"')
_LANGUAGE = re.compile(r"(?<![\w.])LANGUAGE\b")
_IN_BACKTICKS = re.compile(r"[\\`$]")
# A text in quotes, or a bracket, or a comma; what stands in backticks holds no others.
_SIGN = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|[()\[\]{},]')


class NoSuchWords(Exception):
    """A phrase that is not in the table, that the script gives too few values, or that cannot be read."""


def spoken(labels: Labels, key: str, values: Mapping[str, str], parts: bool = False) -> str:
    """JavaScript that says the words of ``key``, with the JavaScript of ``values`` in their places."""
    said = labels.words.get(key)
    if not said:
        raise NoSuchWords(f'"{key}" is not in the table of words.')
    for place in places(labels, key):
        if place not in values:
            raise NoSuchWords(f'"{key}" has a place {{{place}}}, for which there is no value here.')
    if isinstance(said, str):
        return _literal(said, values, parts)
    known = known_locale(labels.language)
    forms = {one: _literal(said.get(one, said["other"]), values, parts) for one in (*known.plural_form.rules, "other")}
    return _chosen(forms, values["count"], known)


def places(labels: Labels, key: str) -> list[str]:
    """The names of the places in the words of ``key``, each once."""
    said = labels.words[key]
    forms = [said] if isinstance(said, str) else said.values()
    return list(dict.fromkeys(place for one in forms for _, place, _, _ in Formatter().parse(one) if place))


def worded(text: str, labels: Labels) -> str:
    """The text of a script, with ``labels`` in the place of each phrase."""
    # Only the script's own text names the language: the words of a label stay as they are.
    own = partial(_LANGUAGE.sub, json.dumps(labels.language))
    made, end = [], 0
    for found in _CALL.finditer(text):
        if found.start() < end:  # It stands among the values of another one.
            continue
        (_, *given), after = _arguments(text, found.start() + found[0].index("("))
        values = {name: worded(value, labels) for name, value in _values(given)}
        made += [own(text[end : found.start()]), spoken(labels, found[2], values, parts=bool(found[1]))]
        end = after
    return "".join(made) + own(text[end:])


def _literal(said: str, values: Mapping[str, str], parts: bool) -> str:
    """A text in JavaScript; or a list of its parts and the values between them."""
    pieces = [(before, place) for before, place, _, _ in Formatter().parse(said)]
    if parts:
        both = (one for before, place in pieces for one in (before and json.dumps(before), place and values[place]))
        return f"[{', '.join(filter(None, both))}]"
    if not any(place for _, place in pieces):
        return json.dumps(said.format(), ensure_ascii=False)
    fixed = [(_IN_BACKTICKS.sub(r"\\\g<0>", before), place) for before, place in pieces]
    return f"`{''.join(before + (f'${{{values[place]}}}' if place else '') for before, place in fixed)}`"


def _chosen(forms: Mapping[str, str], count: str, known: Locale) -> str:
    """JavaScript that chooses among ``forms`` by ``count``: by the numbers themselves, where each is for one or two.

    In French, "many" is for millions, and for no number that is looked at here.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for number in range(200):
        numbers[known.plural_form(number)].append(number)
    others = [form for form in forms if forms[form] != forms["other"]]
    if any(len(numbers[form]) not in (1, 2) for form in others):
        all_forms = ", ".join(f"{one}: {said}" for one, said in forms.items())
        return f"({{ {all_forms} }})[new Intl.PluralRules({json.dumps(str(known).replace('_', '-'))}).select({count})]"
    tests = (f"{' || '.join(f'{count} === {one}' for one in numbers[form])} ? {forms[form]} : " for form in others)
    return f"({''.join(tests)}{forms['other']})"


def _values(given: list[str]) -> Iterator[tuple[str, str]]:
    for one in _arguments(given[0], 0)[0] if given else ():
        name, _, value = (part.strip() for part in one.partition(":"))
        yield name, value or name


def _arguments(text: str, start: int) -> tuple[list[str], int]:
    """What stands between the bracket at ``start`` and its other one, parted by commas; and where that ends."""
    found, depth, begin = [], 0, start + 1
    for sign in _SIGN.finditer(text, start):
        depth += (sign[0] in "([{") - (sign[0] in ")]}")
        if not depth or (sign[0] == "," and depth == 1):
            found.append(text[begin : sign.start()].strip())
            begin = sign.end()
        if not depth:
            return [one for one in found if one], begin
    raise NoSuchWords(f"{text[max(0, start - 20) : start + 60]!r} does not end.")
