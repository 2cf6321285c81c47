"""Checks of blanks: that each is defined and used, under one name, where people can fill it in."""

from __future__ import annotations

import re

from ..model.front import ABOUT, RESERVED_BLANKS, Blanks
from ..model.pieces import Agreement, Clause, RecordForm, Toolkit, Written
from ..model.runs import key_of, runs
from ..text.markup.nodes import Blank
from ..text.problems import did_you_mean
from .registry import Found, at, check, check_each, on_line
from .walk import defined

# What a form may hold beside its questions.
IN_FORMS = ("parties", "title", ABOUT)
_NAME = re.compile(r"[^\[\]#\n]+")


@check_each("undefined-blank")
def undefined_blank(piece: Written) -> Found:
    """A blank stands in the text and nothing says what it asks for, so no form could offer it."""
    names = {*defined(piece), *(IN_FORMS if isinstance(piece, RecordForm) else RESERVED_BLANKS)}
    for run in runs(piece):
        for key, blank in run.blanks if run.fillable else ():
            if key and key not in names:
                yield on_line(piece, blank.line), _undefined(piece, blank.name, names)


def _undefined(piece: Written, name: str, names: set[str]) -> str:
    if isinstance(piece, RecordForm):
        return f'A form may hold the blanks {", ".join(IN_FORMS)}, not "{name}". Write a question: "- What …?"'
    if isinstance(piece, Clause | Agreement):
        return f'The blank "{name}" is not defined under "blanks". {did_you_mean(key_of(name), names)}'
    return (
        f'A preamble may hold the blanks {", ".join(RESERVED_BLANKS)}, not "{name}". '
        "Others belong in the wording of a clause."
    )


@check_each("unused-blank")
def unused_blank(piece: Written) -> Found:
    """A blank is defined and never used, so people would answer a question for nothing."""
    fillable = [run for run in runs(piece) if run.fillable]
    used = {key for run in fillable for key, _ in run.blanks}
    draft = getattr(piece.front, "status", "") == "draft"
    for name in _definitions(piece) if fillable else ():
        if key_of(name) not in used and _NAME.fullmatch(name):
            wrong = f'The blank "{name}" is never used. Write [[{name}]] where it belongs, or remove it.'
            yield at(piece, "blanks", name), wrong, "warning" if draft else "error"


@check_each("reserved-blank")
def reserved_blank(piece: Written) -> Found:
    """The blanks parties, start, end and title are filled from the front matter. Every other
    name stands once, in words that can be written between brackets."""
    seen: dict[str, str] = {}
    for name in _definitions(piece):
        key, wrong = key_of(name), ""
        if key in RESERVED_BLANKS:
            wrong = f'"{name}" is filled from the front matter. Give this blank another name.'
        elif key in seen:
            wrong = f'"{name}" and "{seen[key]}" are the same name. Keep one of them.'
        elif not _NAME.fullmatch(name):
            wrong = f'"{name}" cannot be the name of a blank. Use words without # and square brackets.'
        seen.setdefault(key, name)
        if wrong:
            yield at(piece, "blanks", name), wrong


@check("differing-blank")
def differing_blank(toolkit: Toolkit) -> Found:
    """Two clauses define a blank of the same name differently; in an agreement it can mean one thing only."""
    first: dict[tuple[str, str], tuple[Clause, str]] = {}
    for clause in toolkit.clauses.values():
        for name, definition in clause.front.blanks.items():
            other, other_name = first.setdefault((clause.language, key_of(name)), (clause, name))
            if other.front.blanks[other_name] != definition:
                there = other.origin.file
                wrong = f'"{name}" is defined differently in {there}. Make both the same, or rename one.'
                yield at(clause, "blanks", name), wrong


@check_each("blank-place")
def blank_place(piece: Written) -> Found:
    """Blanks stand in wordings, agreements and preambles only. Long text and rows stand alone on a line."""
    for run in runs(piece):
        alone = set(map(id, run.alone))
        for key, blank in run.blanks:
            if wrong := _misplaced(piece, run.fillable, id(blank) in alone, key, blank):
                yield on_line(piece, blank.line), wrong


def _misplaced(piece: Written, fillable: bool, alone: bool, key: str, blank: Blank) -> str:
    if not fillable:
        return f'The blank "{blank.name}" stands where nobody could fill it. Write plain words here.'
    definition = defined(piece).get(key)
    if definition and definition.blank_type.alone:
        why = f"is {definition.type}"
    elif isinstance(piece, RecordForm) and key == ABOUT:
        why = "brings in whole clauses"
    else:
        return ""
    return "" if alone else f'"{blank.name}" {why}: it must stand alone, with an empty line before and after it.'


def _definitions(piece: Written) -> Blanks:
    """The definitions of ``piece`` by name, as written."""
    blanks: Blanks = getattr(piece.front, "blanks", {})
    return blanks
