"""The data of templates and of the library for the pages that work in the browser.

Dates and lists are written by babel here; in the browser engine.js only fills them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from ..agreement.document.assemble import blanks_in, clause_in, draft, text_without_notes, without_notes
from ..agreement.document.fork import VERSION, Choices, digest, make
from ..agreement.document.labels import labels
from ..agreement.document.language import DEFAULT, direction
from ..agreement.document.links import Links
from ..agreement.document.told import noted
from ..agreement.document.translated import unread
from ..files.source import plain as plain_front
from ..model.front import BlankDefinition, Need
from ..model.language import Language
from ..model.pieces import Clause, RecordForm, Section, Template, Toolkit
from ..text.markup.nodes import (
    Blank,
    Block,
    Item,
    ItemList,
    Link,
    Mark,
    Node,
    Note,
    Paragraph,
    Reference,
    Text,
    blank_key,
    handler,
    passages,
    plain,
)
from ..writers.told import STYLE
from ..writers.word_parts import date_format
from .browser_tables import page_numbers
from .locales import locale_data

Data = dict[str, Any]


class Library(Protocol):
    @property
    def toolkit(self) -> Toolkit: ...
    @property
    def links(self) -> Links: ...
    @property
    def spoken(self) -> Sequence[str]: ...


def template_data(template: Template, library: Library) -> Data:
    """The data of ``template`` for ``engine.js`` and ``draft.js``; its links lead on from where ``library`` is."""
    toolkit = library.toolkit
    start = make(template, toolkit, Choices())
    language = start.front.language or DEFAULT
    entries = [
        clause_data(clause, template.front.needs) | {"optional": entry.optional, "wording": entry.wording}
        for entry in template.front.clauses
        if (clause := clause_in(toolkit, entry.id, template.language)) and entry.wording in clause.wordings
    ]
    return {
        "id": template.id,
        "title": template.front.title,
        "titles": {identity: clause.front.title for identity, clause in toolkit.clauses.items() if not clause.language},
        "former": dict(toolkit.former["clauses"]),
        "preamble": start.preamble_text,
        "taken": {name: one for name, one in start.front.taken.items() if name in (VERSION, "preamble")},
        "clauses": entries,
        "needs": [plain_front(need) for need in template.front.needs],
        "site": site_data(library.links),
    } | language_data(language)


def language_data(language: str) -> Data:
    """The data of ``language`` that a document in it needs."""
    return {
        "language": language,
        "direction": direction(language),
        "labels": labels(language).in_documents,
        "locale": locale_data(language),
        "word": word_data(language),
    }


def library_data(library: Library) -> Data:
    """Every clause of the library; its translations, what each template lists, and the forms of records."""
    toolkit = library.toolkit
    translated: dict[str, list[Data]] = {}
    for clause in toolkit.clauses.values():
        if clause.language and clause.wordings:
            translated.setdefault(clause.language, []).append(clause_data(clause, ()))
    formerly = (one for template in toolkit.templates.values() for one in template.front.formerly)
    templates = {one: toolkit.template(one) for one in (*formerly, *toolkit.templates)}
    return {
        "clauses": [
            clause_data(clause, ()) | {"optional": True, "wording": next(iter(clause.wordings))}
            for clause in toolkit.clauses.values()
            if clause.wordings and not clause.language
        ],
        "former": dict(toolkit.former["clauses"]),
        "version": toolkit.about.words_version,
        "translated": translated,
        "templates": {one: template_parts(template, toolkit) for one, template in templates.items() if template},
        "records": {form.id: form_data(form) for form in toolkit.records.values()},
    }


def template_parts(template: Template, toolkit: Toolkit) -> Data:
    """The library's text that an agreement made from ``template`` is compared with."""
    return {
        "title": template.front.title,
        "language": template.language,
        "tag": template.front.language,
        "preamble": text_without_notes(template.preamble_text),
        "clauses": [{"id": entry.id, "wording": entry.wording} for entry in template.front.clauses],
        "needs": [plain_front(need) for need in template.front.needs],
    }


def form_data(form: RecordForm) -> Data:
    return {
        "title": form.front.title,
        "intro": nodes_data(form.intro),
        "sections": [
            {"id": section.id, "title": section.title, "blocks": nodes_data(section.blocks)}
            for section in form.sections
        ],
    }


def keeping_data(library: Library) -> Data:
    """The data that ``desk.js`` has from the start: the languages of the site's pages and templates, and the templates
    in the words of a machine."""
    toolkit, templates = library.toolkit, library.toolkit.templates.values()
    written = (template.front.language for template in templates)
    languages = dict.fromkeys([DEFAULT, library.toolkit.language, *library.spoken, *written])
    return {
        "languages": {one: language_data(Language(one, library.toolkit.labels)) for one in languages},
        "unread": [one.id for one in templates if one.language and unread(draft(one, toolkit), toolkit)],
        "site": site_data(library.links),
    }


def clause_data(clause: Clause, needs: Iterable[Need]) -> Data:
    title, identity = clause.front.title, clause.id.partition(".")[0]
    wordings = []
    for wording in clause.wordings.values():
        text = text_without_notes(wording.text)
        section = Section(identity, title, wording.id, text, without_notes(wording.blocks), 0)
        wordings.append({"id": wording.id, "title": wording.title, "text": text, "digest": digest(section)})
    keys = {blank_key(blank.name) for one in clause.wordings.values() for blank in blanks_in(one.blocks)}
    return {
        "id": identity,
        "title": title,
        "wordings": wordings,
        "blanks": {name: definition_data(one) for name, one in clause.front.blanks.items() if blank_key(name) in keys},
        "needed": next((one.message for one in needs if one.clause == identity or blank_key(one.answer) in keys), ""),
    } | ({"talk": clause.id} if clause.language else {})


def talk_data(library: Library) -> Data:
    """Why each clause matters and what to ask each other about it; it comes when somebody gets to a clause."""
    return {
        clause.id: {"why": _texts(clause.reasons), "questions": [plain(item.children) for item in clause.questions]}
        for clause in library.toolkit.clauses.values()
    }


def told_data(library: Library) -> Data:
    """What the page for the people whom the work is for is made of; it comes when somebody asks for one."""
    groups = [group.title for group in library.toolkit.groups]
    return {
        "style": STYLE,
        "groups": [group.told or group.title for group in library.toolkit.groups],
        "clauses": {
            clause.id: {
                "group": groups.index(clause.front.group),
                "wordings": {one.id: one.text for one in clause.wordings.values() if noted(one)},
            }
            for clause in library.toolkit.clauses.values()
            if clause.front.group in groups
        },
    }


def definition_data(definition: BlankDefinition) -> Data:
    """``definition`` with its columns as pairs, which keep their order in JavaScript also when they are numbers."""
    data: Data = plain_front(definition)
    return data | {"columns": list(data["columns"].items())} if "columns" in data else data


def _texts(blocks: Iterable[Block]) -> list[str]:
    """The words of each paragraph and list item."""
    return [plain(one.children) for one in passages(block for block in blocks if not isinstance(block, Note))]


def nodes_data(nodes: Iterable[Node]) -> list[Data]:
    """``nodes``, as the parser in ``engine.js`` would give them."""
    return [handler(_DATA, node)(node) for node in nodes]


_DATA: Mapping[type, Callable[[Any], Data]] = {
    Paragraph: lambda block: {"kind": "paragraph", "children": nodes_data(block.children)},
    ItemList: lambda block: {"kind": "list", "ordered": block.ordered, "items": nodes_data(block.items)},
    Item: lambda item: {
        "children": nodes_data(item.children),
        "sublist": nodes_data([item.sublist])[0] if item.sublist else None,
    },
    Note: lambda block: {"kind": "note", "label": block.label, "paragraphs": nodes_data(block.paragraphs)},
    Text: lambda node: {"kind": "text", "text": node.text},
    Blank: lambda node: {"kind": "blank", "name": node.name},
    Reference: lambda node: {"kind": "reference", "clause": node.clause},
    Link: lambda node: {"kind": "link", "children": nodes_data(node.children), "address": node.address},
    Mark: lambda node: {"kind": type(node).__name__.lower(), "children": nodes_data(node.children)},
}


# --- links, and Word files -------------------------------------------------------------------------


def site_data(links: Links) -> Data:
    return {
        "here": links.here,
        "root": "../" * links.file(links.here).count("/"),
        "folders": links.folders,
        "indexes": sorted(links.indexes),
    }


def word_data(language: str) -> Data:
    """What of a Word file only ``language`` knows; the rest of it comes with the script that writes one."""
    return {"dateFormat": date_format(language), "pages": page_numbers(language)}
