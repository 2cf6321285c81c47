"""Checks of clauses, templates and checklists, and of the data beside them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ..agreement.document import links
from ..agreement.document.assemble import clause_in
from ..agreement.document.language import locale
from ..files import clock
from ..model.front import ABOUT, RESERVED_BLANKS, Blanks
from ..model.pieces import Agreement, Clause, RecordForm, Template, Toolkit, Written, address
from ..text.frontmatter import FrontMatter
from ..text.markup.nodes import Reference
from ..text.problems import Level, Problem, did_you_mean
from .registry import check, check_each
from .walk import defined, key_of, known, line_of, runs

Found = Iterator[Problem]

# --- names that must lead somewhere -------------------------------------------------------------


@check("unknown-group")
def unknown_group(toolkit: Toolkit) -> Found:
    """A clause belongs to a group that `agreements/groups.yml` does not list, so no reader would find it."""
    groups = [group.title for group in toolkit.groups]
    if "groups.yml" in toolkit.unread:
        return
    for clause in toolkit.clauses.values():
        if clause.front.group not in groups and not clause.language:
            yield Problem(
                clause.origin.file,
                line_of(clause, "group"),
                "unknown-group",
                f'There is no group "{clause.front.group}". {did_you_mean(clause.front.group, groups)}',
            )


@check("unknown-source")
def unknown_source(toolkit: Toolkit) -> Found:
    """A source is named that `agreements/sources.yml` does not hold, so nobody could look it up."""
    if "sources.yml" in toolkit.unread:
        return
    for piece in toolkit.pieces:
        for index, source in enumerate(getattr(piece.front, "sources", ())):
            if source not in toolkit.sources:
                yield Problem(
                    piece.origin.file,
                    line_of(piece, "sources", index),
                    "unknown-source",
                    f'There is no source "{source}". {did_you_mean(source, toolkit.sources)}',
                )


@check("unknown-element")
def unknown_element(toolkit: Toolkit) -> Found:
    """A clause names an element of an agreement that is not a row of `agreements/elements.csv`."""
    if "elements.csv" in toolkit.unread:
        return
    for clause in toolkit.clauses.values():
        for index, element in enumerate(clause.front.elements):
            if element not in toolkit.elements:
                yield Problem(
                    clause.origin.file,
                    line_of(clause, "elements", index),
                    "unknown-element",
                    f'There is no row "{element}". {did_you_mean(element, toolkit.elements)}',
                )


@check("uncovered-element", "warning")
def uncovered_element(toolkit: Toolkit) -> Found:
    """No clause covers this row of `agreements/elements.csv`, though published references name it."""
    if known(toolkit, "clauses") != set(toolkit.clauses):
        return
    covered = {element for clause in toolkit.clauses.values() for element in clause.front.elements}
    for element in toolkit.elements.values():
        if element.name not in covered:
            yield Problem(
                "agreements/elements.csv",
                element.line,
                "uncovered-element",
                f'No clause covers "{element.name}". Name it under "elements" in the clause that does.',
                "warning",
            )


@check("unknown-source-key")
def unknown_source_key(toolkit: Toolkit) -> Found:
    """A source has a `key` that is no column of `agreements/elements.csv`, so its column is lost."""
    if "elements.csv" in toolkit.unread:
        return
    front = toolkit.data_lines.get("sources.yml", FrontMatter({}))
    for name, source in toolkit.sources.items():
        if source.key and source.key not in toolkit.keys:
            yield Problem(
                "agreements/sources.yml",
                front.line(name, "key"),
                "unknown-source-key",
                f'There is no column "{source.key}". {did_you_mean(source.key, toolkit.keys)}',
            )


@check("unknown-clause")
def unknown_clause(toolkit: Toolkit) -> Found:
    """A template, a checklist, a form or a reference names a clause that is not in the library."""
    clauses = {identity for identity in known(toolkit, "clauses") if "." not in identity}

    def problem(piece: Written, line: int, name: str) -> Problem:
        return Problem(
            piece.origin.file,
            line,
            "unknown-clause",
            f'There is no clause "{name}". {did_you_mean(name, clauses)}',
        )

    for template in toolkit.templates.values():
        for index, entry in enumerate(template.front.clauses):
            if entry.id not in clauses:
                yield problem(template, line_of(template, "clauses", index, "id"), entry.id)
        for index, need in enumerate(template.front.needs):
            if need.clause and need.clause not in clauses:
                yield problem(template, line_of(template, "needs", index, "clause"), need.clause)
    for piece in toolkit.pieces:
        own = {section.id for section in piece.sections} if isinstance(piece, Agreement) else set()
        for run in runs(piece):
            for node in run.references:
                if node.clause and node.clause not in clauses and node.clause not in own:
                    yield problem(piece, node.line, node.clause)


@check("unknown-wording")
def unknown_wording(toolkit: Toolkit) -> Found:
    """A template or an agreement asks for a wording that its clause does not have."""

    def look(piece: Written, line: int, identity: str, wording: str, level: Level = "error") -> Found:
        clause = clause_in(toolkit, identity, piece.language)
        # A wording without its id may be the one; that it has none was said already.
        whole = clause and clause.wordings and "" not in clause.wordings
        if clause and whole and wording and wording not in clause.wordings:
            yield Problem(
                piece.origin.file,
                line,
                "unknown-wording",
                f'The clause "{identity}" has no wording "{wording}". ' + did_you_mean(wording, clause.wordings),
                level,
            )

    for template in toolkit.templates.values():
        for index, entry in enumerate(template.front.clauses):
            yield from look(template, line_of(template, "clauses", index, "wording"), entry.id, entry.wording)
        for index, need in enumerate(template.front.needs):
            yield from look(template, line_of(template, "needs", index, "wording"), need.clause, need.wording)
    for agreement in toolkit.agreements:
        for section in agreement.sections:
            # The library may have had this wording when these partners took it.
            taken = section.id in agreement.front.taken
            yield from look(agreement, section.line, section.id, section.wording, "warning" if taken else "error")


@check_each("repeated-clause", Template)
def repeated_clause(template: Template) -> Found:
    """A template lists the same clause twice; in an agreement a clause stands once."""
    seen: set[str] = set()
    for index, entry in enumerate(template.front.clauses):
        if entry.id in seen:
            yield Problem(
                template.origin.file,
                line_of(template, "clauses", index),
                "repeated-clause",
                f'"{entry.id}" is listed twice. Keep one of the two.',
            )
        seen.add(entry.id)


@check("missing-reference")
def missing_reference(toolkit: Toolkit) -> Found:
    """A template's preamble or one of its wordings refers to a clause that the template does not hold, so
    every agreement made from it would have a hole."""
    for template in toolkit.templates.values():
        held = {entry.id for entry in template.front.clauses}

        def gone(references: tuple[Reference, ...], held: set[str] = held) -> Iterator[Reference]:
            return (one for one in references if one.clause not in held and one.clause in toolkit.clauses)

        for run in runs(template):
            for node in gone(run.references):
                yield Problem(
                    template.origin.file,
                    node.line,
                    "missing-reference",
                    f'This refers to the clause "{node.clause}", which is not in this template. '
                    "Add it, or change the sentence.",
                )
        for index, entry in enumerate(template.front.clauses):
            clause = clause_in(toolkit, entry.id, template.language)
            for run in runs(clause) if clause else ():
                for node in gone(run.references) if run.fillable and run.name == entry.wording else ():
                    yield Problem(
                        template.origin.file,
                        line_of(template, "clauses", index),
                        "missing-reference",
                        f'The wording "{entry.wording}" of "{entry.id}" refers to the clause '
                        f'"{node.clause}", which is not in this template. Add it, or choose another wording.',
                    )


@check("missing-translation")
def missing_translation(toolkit: Toolkit) -> Found:
    """A file is named as a translation, but there is no original of that name."""
    for piece in toolkit.pieces:
        original = piece.id.partition(".")[0]
        if piece.language and piece.kind != "partnerships" and original not in known(toolkit, piece.kind):
            yield Problem(
                piece.origin.file,
                1,
                "missing-translation",
                f'This is the "{piece.language}" version of "{original}.md", which does not exist. '
                + did_you_mean(original, (one for one in known(toolkit, piece.kind) if "." not in one)),
            )


@check_each("unknown-language")
def unknown_language(piece: Written) -> Found:
    """A language is named that does not exist, so nobody could write its dates or read it out."""
    language = piece.language or getattr(piece.front, "language", "")
    if language and not locale(language):
        yield Problem(
            piece.origin.file,
            line_of(piece, "language"),
            "unknown-language",
            f'"{language}" is not a language. Write it like "en-GB", "cy" or "ar".',
        )


# --- blanks -----------------------------------------------------------------------------------


@check_each("undefined-blank")
def undefined_blank(piece: Written) -> Found:
    """A blank stands in the text and nothing says what it asks for, so no form could offer it."""
    names = {*defined(piece), *(IN_FORMS if isinstance(piece, RecordForm) else RESERVED_BLANKS)}
    for run in runs(piece):
        for key, blank in run.blanks if run.fillable else ():
            if key and key not in names:
                yield Problem(
                    piece.origin.file,
                    blank.line,
                    "undefined-blank",
                    _undefined(piece, blank.name, names),
                )


# What a form may hold beside its questions.
IN_FORMS = ("parties", "title", ABOUT)


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
    for key in defined(piece).keys() - used if fillable else ():
        for name in [one for one in _names(piece) if key_of(one) == key and _BLANK_NAME.fullmatch(one)]:
            yield Problem(
                piece.origin.file,
                line_of(piece, "blanks", name),
                "unused-blank",
                f'The blank "{name}" is never used. Write [[{name}]] where it belongs, or remove it.',
                "warning" if getattr(piece.front, "status", "") == "draft" else "error",
            )


@check_each("reserved-blank")
def reserved_blank(piece: Written) -> Found:
    """The blanks parties, start, end and title are filled from the front matter. Every other
    name stands once, in words that can be written between brackets."""
    seen: dict[str, str] = {}
    for name in _names(piece):
        key = key_of(name)
        wrong = ""
        if key in RESERVED_BLANKS:
            wrong = f'"{name}" is filled from the front matter. Give this blank another name.'
        elif key in seen:
            wrong = f'"{name}" and "{seen[key]}" are the same name. Keep one of them.'
        elif not _BLANK_NAME.fullmatch(name):
            wrong = f'"{name}" cannot be the name of a blank. Use words without # and square brackets.'
        seen.setdefault(key, name)
        if wrong:
            line = line_of(piece, "blanks", name)
            yield Problem(piece.origin.file, line, "reserved-blank", wrong)


_BLANK_NAME = re.compile(r"[^\[\]#\n]+")


@check("differing-blank")
def differing_blank(toolkit: Toolkit) -> Found:
    """Two clauses define a blank of the same name differently; in an agreement it can mean one thing only."""
    first: dict[tuple[str, str], tuple[Clause, str]] = {}
    for clause in toolkit.clauses.values():
        for name, definition in clause.front.blanks.items():
            other, other_name = first.setdefault((clause.language, key_of(name)), (clause, name))
            if other.front.blanks[other_name] != definition:
                yield Problem(
                    clause.origin.file,
                    line_of(clause, "blanks", name),
                    "differing-blank",
                    f'"{name}" is defined differently in {other.origin.file}. Make both the same, or rename one.',
                )


@check_each("blank-place")
def blank_place(piece: Written) -> Found:
    """Blanks stand in wordings, agreements and preambles only. Long text and rows stand alone on a line."""
    kinds = defined(piece)
    for run in runs(piece):
        for key, blank in run.blanks:
            definition = kinds.get(key)
            if not run.fillable:
                yield Problem(
                    piece.origin.file,
                    blank.line,
                    "blank-place",
                    f'The blank "{blank.name}" stands where nobody could fill it. Write plain words here.',
                )
            elif definition and definition.blank_type.alone and not any(blank is one for one in run.alone):
                yield Problem(
                    piece.origin.file,
                    blank.line,
                    "blank-place",
                    f'"{blank.name}" is {definition.type}: it must stand alone, '
                    "with an empty line before and after it.",
                )
            elif isinstance(piece, RecordForm) and key == ABOUT and not any(blank is one for one in run.alone):
                yield Problem(
                    piece.origin.file,
                    blank.line,
                    "blank-place",
                    f'"{blank.name}" brings in whole clauses: it must stand alone, '
                    "with an empty line before and after it.",
                )


def _names(piece: Written) -> Blanks:
    """The definitions of ``piece`` by name, as written."""
    blanks: Blanks = getattr(piece.front, "blanks", {})
    return blanks


# --- addresses --------------------------------------------------------------------------------


@check("broken-site-link")
def broken_site_link(toolkit: Toolkit) -> Found:
    """A link leads to a page that this site does not have."""
    pages = links.addresses(toolkit)

    def missing(file: str, line: int, link: str) -> Found:
        page = link.partition("#")[0]
        if page not in pages and page not in toolkit.unread:
            yield Problem(
                file, line, "broken-site-link", f'There is no page "{page}" here. {did_you_mean(page, pages)}'
            )

    for piece in toolkit.pieces:
        for run in runs(piece):
            for line, node in run.links:
                if node.address.startswith("/"):
                    yield from missing(piece.origin.file, line, node.address)
        for index, link in enumerate(getattr(piece.front, "related", ())):
            yield from missing(piece.origin.file, line_of(piece, "related", index), link)
    lines = toolkit.data_lines.get("situations.yml", FrontMatter({}))
    for index, situation in enumerate(toolkit.situations):
        yield from missing("agreements/situations.yml", lines.line(index, "page"), situation.page)


@check_each("former-id")
def former_id(piece: Written) -> Found:
    """An earlier id under `formerly` is no id, so nothing can ever have stood at its address."""
    for index, old in enumerate(piece.front.formerly):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", old):
            yield Problem(
                piece.origin.file,
                line_of(piece, "formerly", index),
                "former-id",
                f'"{old}" is not an id. Write the earlier name of the file, without .md.',
            )


@check("address-taken")
def address_taken(toolkit: Toolkit) -> Found:
    """Two pages would stand at the same address, so one of them would never be seen."""
    taken: dict[str, str] = {}
    for page in toolkit.guidance:
        taken.setdefault(links.guidance_address(page.file), page.file)
    for piece in toolkit.published:
        here = address(piece)
        if here in taken:
            yield Problem(
                piece.origin.file,
                1,
                "address-taken",
                f"{taken[here]} already stands at {here}. Rename one of them.",
            )
        taken.setdefault(here, piece.origin.file)
    for piece in toolkit.published:
        for index, old in enumerate(piece.front.formerly):
            here = f"/{piece.kind}/{old}/"
            if here in taken:
                yield Problem(
                    piece.origin.file,
                    line_of(piece, "formerly", index),
                    "address-taken",
                    f'"{old}" is in use: {taken[here]} already has the address {here}. Remove it here.',
                )
            taken.setdefault(here, piece.origin.file)


# --- age --------------------------------------------------------------------------------------


@check("review-due", "warning")
def review_due(toolkit: Toolkit) -> Found:
    """Nobody has read this page through for more than a year, so it may no longer be right."""
    limit = clock.today() - datetime.timedelta(days=366)
    for piece in toolkit.pieces:
        reviewed = getattr(piece.front, "reviewed", None)
        if reviewed and reviewed < limit:
            yield Problem(
                piece.origin.file,
                line_of(piece, "reviewed"),
                "review-due",
                f'Last reviewed on {reviewed}. Read it through, then set "reviewed" to today.',
                "warning",
            )
