"""Checks of the words: whether tired people with little time can read them.

They run with ``groundrules check --words`` only. They look at guidance, clauses, templates, checklists, forms
and the data beside them; never at agreements, which say what partners meant them to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from ..model.front import Exempt
from ..model.pieces import Toolkit
from ..text.problems import did_you_mean
from .registry import Finder, Found, check, in_data
from .sentences import WORD, Sentence, sentences

MOST_WORDS = 25
HIGHEST_GRADE = 9.0
# Shorter texts are not graded: one long word would decide.
FEWEST_GRADED = 80
# Shorter lines are labels and cries more often than sentences; they would flatter the figures.
FULL_SENTENCE = 6

# What to write instead: a word, or a sentence that says it.
PLAIN = {
    r"shall": "must",
    r"it (?:is|was|has been|will be) (?:agreed|decided|noted|understood|recognised) that": 'Say who: "we agree".',
    r"hereby|herein|hereinafter|hereto|thereof|therein|aforementioned|whereas": "Leave it out.",
    r"the part(?:y|ies) (?:agrees?|shall|will|must|may)": 'Write "we".',
    r"in order to": "to",
    r"ensur(?:e|es|ed|ing) that": 'Say who does what, or write "make sure".',
    r"as appropriate|where appropriate|as necessary": "Say when, or who decides.",
    r"prior to": "before",
    r"subsequent to": "after",
    r"pursuant to|in accordance with": 'Write "under", or "as … says".',
    r"in the event (?:of|that)": "if",
    r"in respect of|with regard to|with respect to|in relation to": "about",
    r"notwithstanding": "even if",
    r"utili[sz](?:e|es|ed|ing|ation)": "use",
    r"commenc(?:e|es|ed|ing|ement)": "start",
    r"terminat(?:e|es|ed|ing|ion)": "end",
    r"endeavours?": "try",
    r"facilitat(?:e|es|ed|ing)": "help",
    r"leverag(?:e|es|ed|ing)": "use",
    r"going forward": "from now on",
    r"stakeholders?": "Say who they are.",
    r"robust": "Say what makes it strong.",
    r"and/or": "Choose one of the two.",
    r"youths": "young people",
}

# Words that count two partners where three or six may sign, and what fits any number.
_PARTNERS = "partners|teams|organisations|workers|managers"
FOR_TWO = {
    rf"(?:we|us) both|both of us|both (?:{_PARTNERS})": "each of us",
    r"either of us|either (?:partner|team|organisation)": "one of us",
    r"neither of us|neither (?:partner|team|organisation)": "none of us",
    rf"the two of us|(?:the|our|these) two (?:{_PARTNERS})": "all of us",
    r"the other(?: (?:partner|team|organisation)|(?= (?:in writing|waits|answers|may|must)\b|[.,;]))": "another",
    r"(?:on|from) (?:each side|both sides)": "at each partner",
}


def _table(words: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"\b(?:{pattern})(?!\w)", re.I), instead) for pattern, instead in words.items()]


_PLAIN, _FOR_TWO = _table(PLAIN), _table(FOR_TWO)

# Capitals that readers know without being told.
COMMON = frozenset(("BBC", "BY", "CC", "EU", "HTML", "ID", "KB", "MIT", "NHS", "OK", "PDF", "TV", "UK", "US", "VAT"))

_CAPITALS = re.compile(r"\b[A-Z]{2,}(?=s?\b)")
_QUOTED = re.compile(r'"[^"]*"')


# --- what stands on purpose ---------------------------------------------------------------------


WordFinder = Callable[[Toolkit], Iterator[tuple[Sentence, str]]]

# The checks of words by name, and what each finds before anything is let stand.
_RAW: dict[str, WordFinder] = {}


def words_check(name: str) -> Callable[[WordFinder], Finder]:
    """Register a check of words, which yields a sentence for the place; an exception quotes words of that sentence."""

    def register(function: WordFinder) -> Finder:
        def find(toolkit: Toolkit) -> Found:
            for sentence, message in function(toolkit):
                if not any(_lets_stand(one, name, sentence) for one in toolkit.exceptions):
                    yield sentence, message

        find.__doc__ = function.__doc__
        _RAW[name] = function
        return check(name, "warning", on_request=True)(find)

    return register


def _lets_stand(one: Exempt, name: str, sentence: Sentence) -> bool:
    return one.check == name and one.file == sentence.file and one.words.casefold() in sentence.text.casefold()


@words_check("long-sentence")
def long_sentence(toolkit: Toolkit) -> Iterator[tuple[Sentence, str]]:
    """A sentence has more than 25 words. Readers lose the thread of it, above all on a phone. A blank counts
    as its example, and a list item as a sentence of its own. Runs with `--words` only."""
    for one in sentences(toolkit):
        if one.words > MOST_WORDS:
            wrong = f'This sentence has {one.words} words; {MOST_WORDS} is the most: "{_start(one.text)}" Make it two.'
            yield one, wrong


@words_check("plain-words")
def plain_words(toolkit: Toolkit) -> Iterator[tuple[Sentence, str]]:
    """Words from offices and contracts slow readers down and hide who does what: "shall", "in order to", "it is
    agreed that". Each has a plain word to stand in for it. What stands in double quotes is talked about, not used,
    and counts for nothing. Runs with `--words` only."""
    for one in sentences(toolkit):
        for said, instead in _used(one, _PLAIN):
            advice = instead if instead.endswith(".") else f'Write "{instead}" instead.'
            yield one, f'"{said}" makes hard reading. {advice}'


@words_check("only-two")
def only_two(toolkit: Toolkit) -> Iterator[tuple[Sentence, str]]:
    """A wording counts two partners: "we both", "neither of us". Three or six may sign it, too, and then it says
    something else or nothing. Words for any number also fit two. Runs with `--words` only."""
    for one in sentences(toolkit):
        if one.part == "wording":
            for said, instead in _used(one, _FOR_TWO):
                yield one, f'"{said}" fits two partners only. Write "{instead}", or say it for any number.'


def _used(one: Sentence, words: list[tuple[re.Pattern[str], str]]) -> Iterator[tuple[str, str]]:
    """Each of these words that the sentence uses, and what to write instead."""
    used = _QUOTED.sub(" ", one.text)
    for pattern, instead in words:
        for match in pattern.finditer(used):
            yield match[0], instead


@words_check("unexplained-abbreviation")
def unexplained_abbreviation(toolkit: Toolkit) -> Iterator[tuple[Sentence, str]]:
    """Capitals such as ICO mean nothing to a reader who has not met them. Each file that uses some explains
    them once, as in "the Information Commissioner's Office (ICO)". Those in the glossary, and a few that
    everybody knows, need no explanation. Runs with `--words` only."""
    known = set(COMMON)
    for term in toolkit.glossary:
        known.update(_CAPITALS.findall(term))
    for _, group in groupby(sentences(toolkit), key=lambda one: one.file):
        here = list(group)
        text = "\n".join(one.text for one in here)
        said: set[str] = set()
        for one in here:
            for short in _CAPITALS.findall(one.text):
                if short in known or short in said or _explained(short, text):
                    continue
                said.add(short)
                yield one, f'"{short}" is never explained here. Write it out once: "its full name ({short})".'


def _explained(short: str, text: str) -> bool:
    return bool(re.search(rf"\w \({short}\)|\b{short} \([a-z]|\b{short}, the [A-Z]", text))


@words_check("reading-age")
def reading_age(toolkit: Toolkit) -> Iterator[tuple[Sentence, str]]:
    """The words and sentences of a file are harder than US grade 9, by the Flesch-Kincaid formula, counting
    sentences of six words or more. A formula knows nothing about sense: reread the page, and let it stand in
    `agreements/exceptions.yml` if it reads well. It needs the library pyphen, and files of at least 80 words.
    Runs with `--words` only."""
    if _hyphenator() is None:
        wrong = "There is no pyphen to count syllables. Run: pip install 'groundrules[words]'"
        yield Sentence("agreements", 1, "", ""), wrong
        return
    for _, group in groupby(sentences(toolkit), key=lambda one: one.file):
        here = [one for one in group if one.words >= FULL_SENTENCE]
        if sum(one.words for one in here) < FEWEST_GRADED:
            continue
        reached = grade(here)
        if reached is not None and reached > HIGHEST_GRADE:
            wrong = f"This reads at US grade {reached:.1f}; {HIGHEST_GRADE:.0f} is the most. Try shorter words."
            yield replace(here[0], text=" ".join(one.text for one in here)), wrong


@check("unused-exception", "warning", on_request=True)
def unused_exception(toolkit: Toolkit) -> Found:
    """An exception in `agreements/exceptions.yml` lets nothing stand: what it was for is gone, or it names
    another check or another file. Runs with `--words` only."""
    raw = {name: list(find(toolkit)) for name, find in _RAW.items() if toolkit.exceptions}
    for index, one in enumerate(toolkit.exceptions):
        if one.check not in raw:
            wrong = f'There is no check of words "{one.check}". {did_you_mean(one.check, raw)}'
            yield in_data(toolkit, "exceptions.yml", index, "check"), wrong
        # What has no words says that its check could not be made.
        elif not any(_lets_stand(one, one.check, found) or not found.text for found, _ in raw[one.check]):
            wrong = "Nothing here needs this exception any more. Remove it."
            yield in_data(toolkit, "exceptions.yml", index), wrong


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


# --- figures ------------------------------------------------------------------------------------


_VOWELS = re.compile(r"[aeiouy]+")
# The e of "name", "named" and "names" is silent; that of "table", "wanted" and "changes" is not.
_SILENT = re.compile(r"(?<=[^aeiouy])(?<![^aeiouyl]l)(?:e|(?<![dt])ed|(?<![cghsxz])es)$")


@cache
def _hyphenator() -> Any:
    """The British hyphenation dictionary, or ``None`` where pyphen is not installed."""
    try:
        from pyphen import Pyphen
    except ImportError:
        return None
    return Pyphen(lang="en_GB")


@cache
def syllables(word: str) -> int:
    """The number of syllables in an English word, at least 1.

    Hyphenation alone misses them where no line may break ("about", "money"), in one word of ten. So each part of the
    hyphenated word counts once for each run of vowels in it, silent ends aside. Held against the CMU pronouncing
    dictionary, that is wrong for one word in 200 of our own texts: "everybody" gets one too many, "telephone" one too
    few. Numbers and abbreviations count as one, however they are said.
    """
    parts = (
        part
        for run in re.findall(r"[a-z]+", re.sub(r"['’]", "", word.lower()))
        for part in _hyphenator().inserted(run).split("-")
    )
    return max(1, sum(max(1, len(_VOWELS.findall(_SILENT.sub("", part)))) for part in parts))


def grade(of: Iterable[Sentence]) -> float | None:
    """The Flesch-Kincaid grade of these sentences: the years at school in the US that they ask for.

    ``None`` without pyphen, or without words. The formula is from Kincaid, Fishburne, Rogers and Chissom (1975),
    "Derivation of new readability formulas for Navy enlisted personnel", Research Branch Report 8-75.
    """
    read = [words for one in of if (words := WORD.findall(one.text))]
    if _hyphenator() is None or not read:
        return None
    words = [word for sentence in read for word in sentence]
    return 0.39 * len(words) / len(read) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def figures(toolkit: Toolkit) -> str:
    """One line: how hard guidance and wordings are to read, and how long their sentences."""
    parts = []
    for part, called in (("guidance", "Guidance"), ("wording", "wordings")):
        all_lines = [one for one in sentences(toolkit) if one.part == part]
        full = [one for one in all_lines if one.words >= FULL_SENTENCE]
        if full:
            both = f"{_figure(full)} ({_figure(all_lines)} with short lines)"
            parts.append(f"{called}: {both}")
    return "; ".join(parts) + ". Goal: below grade 9 and 15 words." if parts else "There is nothing to read."


def _figure(some: list[Sentence]) -> str:
    reached = grade(some)
    mean = sum(one.words for one in some) / len(some)
    return (f"grade {reached:.1f}, " if reached is not None else "") + f"{mean:.1f} words a sentence"
