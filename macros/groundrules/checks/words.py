"""Checks of the words: whether tired people with little time can read them.

They run with ``groundrules check --words`` only. They look at guidance, clauses, templates, checklists, forms
and the data beside them; never at agreements, which say what partners meant them to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt

from ..agreement.document.answers import capitalised
from ..model.front import Blanks, Front
from ..model.pieces import Checklist, Clause, GuidancePage, RecordForm, Template, Toolkit
from ..text.frontmatter import FrontMatter
from ..text.markup.nodes import (
    Becomes,
    Blank,
    Block,
    ItemList,
    Node,
    Reference,
    Text,
    Wrap,
    blank_key,
    passages,
    worded,
)
from ..text.problems import Problem, did_you_mean
from .registry import check

Found = Iterator[Problem]

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
_PLAIN = [(re.compile(rf"\b(?:{pattern})(?!\w)", re.I), instead) for pattern, instead in PLAIN.items()]

# Capitals that readers know without being told.
COMMON = frozenset(("BBC", "BY", "CC", "EU", "HTML", "ID", "KB", "MIT", "NHS", "OK", "PDF", "TV", "UK", "US", "VAT"))

_SENTENCE_END = re.compile(r"(?<=[.!?…])([\"')\]]*)(?:\s*\n|\s+(?=[\"'(\[]?[A-Z0-9]))")
_NO_END = re.compile(r"\b(?:e\.g|i\.e|etc|Dr|Mr|Mrs|Ms|No|St|vs)\.$")
_WORD = re.compile(r"[^\W_](?:[\w'’.,:/@-]*\w)?", re.UNICODE)
_CAPITALS = re.compile(r"\b[A-Z]{2,}(?=s?\b)")
_QUOTED = re.compile(r'"[^"]*"')
_CODE = "Code"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``part`` is guidance, wording or other: what the figures are kept apart by."""

    file: str
    line: int
    text: str
    part: str

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.text))


def split(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of ``text``, each with the number of line ends before it."""
    start = 0
    ends = [match for match in _SENTENCE_END.finditer(text) if not _NO_END.search(text[: match.start()])]
    for last, end in [(match.end(1), match.end()) for match in ends] + [(len(text), len(text))]:
        sentence = " ".join(text[start:last].split())
        if sentence:
            yield text.count("\n", 0, start), sentence
        start = end


# --- what there is to read ----------------------------------------------------------------------


# The toolkit that was read last, and its sentences: every check asks for the same ones.
_LAST: list[tuple[Toolkit, tuple[Sentence, ...]]] = []


def sentences(toolkit: Toolkit) -> tuple[Sentence, ...]:
    """Every sentence that a reader of the toolkit meets, partners' agreements aside."""
    if not _LAST or _LAST[0][0] is not toolkit:
        _LAST[:] = [(toolkit, tuple(_sentences(toolkit)))]
    return _LAST[0][1]


def _sentences(toolkit: Toolkit) -> Iterator[Sentence]:
    for page in toolkit.guidance:
        yield from _page(page)
    pieces: tuple[Clause | Template | Checklist | RecordForm, ...] = (
        *toolkit.clauses.values(),
        *toolkit.templates.values(),
        *toolkit.checklists.values(),
        *toolkit.records.values(),
    )
    for piece in pieces:
        if piece.language and not piece.language.startswith("en"):
            continue
        yield from _piece(piece)
    for name, data in (
        ("groups.yml", toolkit.groups),
        ("sources.yml", toolkit.sources),
        ("glossary.yml", toolkit.glossary),
        ("situations.yml", toolkit.situations),
        ("chooser.yml", toolkit.chooser),
    ):
        front = toolkit.data_lines.get(name, FrontMatter({}))
        for path, text in _values(data, ()):
            if path[-1] in _PROSE_KEYS or name == "glossary.yml":
                yield from _from(f"agreements/{name}", front.line(*path), text, "other")


def _from(file: str, line: int, text: str, part: str) -> Iterator[Sentence]:
    for below, sentence in split(text):
        yield Sentence(file, line + below, sentence, part)


_PROSE_KEYS = frozenset(
    [
        "summary",
        "for",
        "time",
        "binding",
        "signs",
        "not",
        "advice",
        "message",
        "ask",
        "situation",
        "why",
        "question",
        "hint",
        "answer",
        "says",
    ]
)


def _values(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in ``value``, with the keys that lead to it in the file."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Front):
        for name, field in type(value).model_fields.items():
            yield from _values(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _values(below, (*path, key))
    elif isinstance(value, tuple):
        for index, below in enumerate(value):
            yield from _values(below, (*path, index))


def _piece(piece: Clause | Template | Checklist | RecordForm) -> Iterator[Sentence]:
    file, front = piece.origin.file, piece.origin.front
    for path, text in _values(piece.front, ()):
        if path[-1] in _PROSE_KEYS:
            yield from _from(file, front.line(*path), text, "other")

    def read(blocks: Iterable[Block], part: str, blanks: Blanks | None = None) -> Iterator[Sentence]:
        for line, text in _texts(blocks, {blank_key(name): one.example for name, one in (blanks or {}).items()}):
            yield from _from(file, line, text, part)

    if isinstance(piece, Clause):
        questions = (ItemList(False, piece.questions, 1),) if piece.questions else ()
        for blocks in (piece.summary, piece.why, questions, piece.watch):
            yield from read(blocks, "other")
        for wording in piece.wordings.values():
            yield from read(wording.blocks, "wording", piece.front.blanks)
    elif isinstance(piece, Template):
        yield from read(piece.preamble, "wording")
    else:
        yield from read(piece.intro, "other")
        for section in piece.sections:
            yield from read(section.blocks, "other")


def _texts(blocks: Iterable[Block], examples: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Each paragraph and list item with its line; a blank reads as its example."""
    for one in passages(blocks):
        yield one.line, _said(one.children, examples)


def _said(nodes: tuple[Node, ...], examples: dict[str, str]) -> str:
    if len(nodes) == 1 and isinstance(nodes[0], Blank | Reference):
        return ""  # Alone on its line: a list, a table or the questions of a clause stand here.

    def example(blank: Blank) -> str:
        words = examples.get(blank_key(blank.name)) or blank.name
        return capitalised(words) if blank.name[:1].isupper() else words

    said: Becomes = {
        Text: lambda node: node.text,
        Blank: example,
        Reference: lambda node: "clause 4",
        Wrap: lambda node: _said(node.children, examples),
    }
    return worded(nodes, said)


_READER = MarkdownIt("commonmark").enable("table")


def _page(page: GuidancePage) -> Iterator[Sentence]:
    description = page.front.get("description")
    if isinstance(description, str):
        yield from _from(page.file, page.lines.line("description"), description, "guidance")
    body = page.body
    if page.front.get("render_macros") != "false":
        # Macros are blanked out, line by line.
        body = re.sub(r"\{[{%#].*?[}%#]\}", lambda code: re.sub(r"[^\n]", " ", code[0]), body, flags=re.S)
    for token in _READER.parse(body):
        if token.type != "inline" or token.map is None:
            continue
        said = []
        for child in token.children or ():
            if child.type == "text":
                said.append(child.content)
            elif child.type == "code_inline":
                said.append(_CODE)
            elif child.type in ("softbreak", "hardbreak"):
                said.append("\n")
        yield from _from(page.file, page.body_line + token.map[0], "".join(said), "guidance")


# --- what stands on purpose ---------------------------------------------------------------------


def _let_stand(toolkit: Toolkit, problem: Problem, text: str) -> bool:
    return any(
        one.file == problem.file and one.check == problem.name and one.words.casefold() in text.casefold()
        for one in toolkit.exceptions
    )


NAMES = ("long-sentence", "plain-words", "unexplained-abbreviation", "reading-age")


def words_check(name: str) -> Callable[[Callable[[Toolkit], Iterator[tuple[Problem, str]]]], Any]:
    """Register a check of words, which yields each problem with the text that an exception must quote."""

    def register(function: Callable[[Toolkit], Iterator[tuple[Problem, str]]]) -> Any:
        def find(toolkit: Toolkit) -> Found:
            return (problem for problem, text in function(toolkit) if not _let_stand(toolkit, problem, text))

        find.__doc__ = function.__doc__
        _RAW.append(function)
        return check(name, "warning", on_request=True)(find)

    return register


_RAW: list[Callable[[Toolkit], Iterator[tuple[Problem, str]]]] = []


@words_check("long-sentence")
def long_sentence(toolkit: Toolkit) -> Iterator[tuple[Problem, str]]:
    """A sentence has more than 25 words. Readers lose the thread of it, above all on a phone. A blank counts
    as its example, and a list item as a sentence of its own. Runs with `--words` only."""
    for one in sentences(toolkit):
        if one.words > MOST_WORDS:
            wrong = f'This sentence has {one.words} words; {MOST_WORDS} is the most: "{_start(one.text)}" Make it two.'
            yield Problem(one.file, one.line, "long-sentence", wrong, "warning"), one.text


@words_check("plain-words")
def plain_words(toolkit: Toolkit) -> Iterator[tuple[Problem, str]]:
    """Words from offices and contracts slow readers down and hide who does what: "shall", "in order to", "it is
    agreed that". Each has a plain word to stand in for it. What stands in double quotes is talked about, not used,
    and counts for nothing. Runs with `--words` only."""
    for one in sentences(toolkit):
        used = _QUOTED.sub(" ", one.text)
        for pattern, instead in _PLAIN:
            for match in pattern.finditer(used):
                advice = instead if instead.endswith(".") else f'Write "{instead}" instead.'
                wrong = f'"{match[0]}" makes hard reading. {advice}'
                yield Problem(one.file, one.line, "plain-words", wrong, "warning"), one.text


@words_check("unexplained-abbreviation")
def unexplained_abbreviation(toolkit: Toolkit) -> Iterator[tuple[Problem, str]]:
    """Capitals such as ICO mean nothing to a reader who has not met them. Each file that uses some explains
    them once, as in "the Information Commissioner's Office (ICO)". Those in the glossary, and a few that
    everybody knows, need no explanation. Runs with `--words` only."""
    known = set(COMMON)
    for term in toolkit.glossary:
        known.update(_CAPITALS.findall(term))
    for file, group in groupby(sentences(toolkit), key=lambda one: one.file):
        here = list(group)
        text = "\n".join(one.text for one in here)
        said: set[str] = set()
        for one in here:
            for short in _CAPITALS.findall(one.text):
                if short in known or short in said or _explained(short, text):
                    continue
                said.add(short)
                wrong = f'"{short}" is never explained here. Write it out once: "its full name ({short})".'
                yield Problem(file, one.line, "unexplained-abbreviation", wrong, "warning"), one.text


def _explained(short: str, text: str) -> bool:
    return bool(re.search(rf"\w \({short}\)|\b{short} \([a-z]|\b{short}, the [A-Z]", text))


@words_check("reading-age")
def reading_age(toolkit: Toolkit) -> Iterator[tuple[Problem, str]]:
    """The words and sentences of a file are harder than US grade 9, by the Flesch-Kincaid formula, counting
    sentences of six words or more. A formula knows nothing about sense: reread the page, and let it stand in
    `agreements/exceptions.yml` if it reads well. It needs the library pyphen, and files of at least 80 words.
    Runs with `--words` only."""
    if _hyphenator() is None:
        wrong = "There is no pyphen to count syllables. Run: pip install 'groundrules[words]'"
        yield Problem("agreements", 1, "reading-age", wrong, "warning"), ""
        return
    for file, group in groupby(sentences(toolkit), key=lambda one: one.file):
        here = [one for one in group if one.words >= FULL_SENTENCE]
        if sum(one.words for one in here) < FEWEST_GRADED:
            continue
        reached = grade(here)
        if reached is not None and reached > HIGHEST_GRADE:
            wrong = f"This reads at US grade {reached:.1f}; {HIGHEST_GRADE:.0f} is the most. Try shorter words."
            yield Problem(file, here[0].line, "reading-age", wrong, "warning"), " ".join(one.text for one in here)


@check("unused-exception", "warning", on_request=True)
def unused_exception(toolkit: Toolkit) -> Found:
    """An exception in `agreements/exceptions.yml` lets nothing stand: what it was for is gone, or it names
    another check or another file. Runs with `--words` only."""
    front = toolkit.data_lines.get("exceptions.yml", FrontMatter({}))
    raw = [found for find in _RAW if toolkit.exceptions for found in find(toolkit)]
    for index, one in enumerate(toolkit.exceptions):
        if one.check not in NAMES:
            wrong = f'There is no check of words "{one.check}". {did_you_mean(one.check, NAMES)}'
            line = front.line(index, "check")
        elif any(
            problem.file == one.file and problem.name == one.check and one.words.casefold() in text.casefold()
            for problem, text in raw
        ) or (one.check == "reading-age" and _hyphenator() is None):
            continue
        else:
            wrong, line = "Nothing here needs this exception any more. Remove it.", front.line(index)
        yield Problem("agreements/exceptions.yml", line, "unused-exception", wrong, "warning")


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
    read = [words for one in of if (words := _WORD.findall(one.text))]
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
