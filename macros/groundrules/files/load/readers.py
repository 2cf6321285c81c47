"""The readers of the Markdown files, one for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from ...model.front import (
    AgreementFront,
    ChecklistFront,
    ClauseFront,
    ExampleFront,
    LetterFront,
    RecordFormFront,
    RecordFront,
    TemplateFront,
    TranslatedPage,
    VersionFront,
)
from ...model.pieces import (
    Agreement,
    Checklist,
    ChecklistSection,
    Clause,
    GuidancePage,
    RecordForm,
    Section,
    Template,
    Wording,
)
from ...text import frontmatter
from ...text.markup.nodes import Blank, Block, Item, ItemList, Reference, Wrap, blank_key, walk
from ...text.problems import did_you_mean, nearest
from ...text.tables import limit, phrase
from .file import File
from .sections import Part, has_id, name_repeated_ids, parts_of

MAX_GROWN = limit("grown")
MAX_PIECES = limit("pieces")
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
MAX_ENTRIES = limit("entries")
CLAUSE_HEADINGS = ("Why agree this", "Ask each other", "Wording", "Watch out for")


def _read_clause(file: File) -> Clause | None:
    front, lines, body, body_line = file.front_matter(ClauseFront)
    intro, parts = parts_of(file, body, body_line, (2, 3))
    parts = _called_as_here(parts)
    named, wordings = _clause_parts(file, parts)
    name_repeated_ids(file, parts)
    _name_missing_headings(file, named, body_line)
    summary = file.blocks(intro, body_line)
    if len(summary) != 1:
        file.problem(
            body_line,
            "missing-text",
            "A clause starts with one plain sentence, before its first heading: what it is for.",
        )
    if "Wording" in named and not wordings:
        file.problem(
            named["Wording"].line,
            "missing-heading",
            'There is no wording yet. Add "### Its name {#its-id}" and the text below it.',
        )
    why, watch = _under(file, named.get("Why agree this")), _under(file, named.get("Watch out for"))
    questions = only_items(file, named["Ask each other"]) if "Ask each other" in named else ()
    if "Ask each other" in named and not questions:
        file.problem(
            named["Ask each other"].line,
            "missing-text",
            'There is nothing under "Ask each other". Add questions, each starting with "- ".',
        )
    if front is None:
        return None
    identity, language = file.identity
    return Clause(identity, language, file.origin(lines), front, summary, why, questions, wordings, watch)


def _called_as_here(parts: list[Part]) -> list[Part]:
    """``parts`` under our names for the four headings of a clause, where all four have those of another language."""
    theirs = [part for part in parts if part.level == 2]
    if len(theirs) != len(CLAUSE_HEADINGS) or any(nearest(one.title, CLAUSE_HEADINGS) for one in theirs):
        return parts
    names = {one.line: title for one, title in zip(theirs, CLAUSE_HEADINGS, strict=True)}
    return [replace(part, title=names.get(part.line, part.title)) for part in parts]


def _clause_parts(file: File, parts: list[Part]) -> tuple[dict[str, Part], dict[str, Wording]]:
    """The parts of a clause by their headings, and its wordings by their ids; the first of each name counts."""
    named: dict[str, Part] = {}
    wordings: dict[str, Wording] = {}
    current = ""
    for part in parts:
        if part.level == 2:
            current = part.title
            _name_odd_heading(file, part, named)
            named.setdefault(part.title, part)
        elif current == "Wording":
            has_id(file, part, "its-id")
            blocks = file.blocks(part.text, part.body_line)
            if not blocks:
                file.problem(part.line, "missing-text", "This wording has no text. Write it below the heading.")
            wording = Wording(part.id, part.title, part.text.strip("\n"), blocks, part.line)
            wordings.setdefault(part.id, wording)
        else:
            file.problem(part.line, "bad-heading", 'Headings with ### stand under "Wording" only.')
    return named, wordings


def _name_odd_heading(file: File, part: Part, named: Mapping[str, Part]) -> None:
    if part.title not in CLAUSE_HEADINGS:
        near = did_you_mean(part.title, CLAUSE_HEADINGS)
        file.problem(part.line, "missing-heading", f'"{part.title}" is not a heading of a clause. {near}')
    elif part.title in named:
        file.problem(
            part.line, "missing-heading", f'The heading "{part.title}" stands here twice. Put both texts under one.'
        )
    if part.title == "Wording" and part.text.strip():
        file.problem(
            part.body_line,
            "missing-heading",
            'Under "Wording" comes a heading for each wording: "### Its name {#its-id}".',
        )


def _name_missing_headings(file: File, named: Mapping[str, Part], body_line: int) -> None:
    order = [title for title in named if title in CLAUSE_HEADINGS]
    missing = [f'"## {title}"' for title in CLAUSE_HEADINGS if title not in named]
    if missing:
        headings = "headings" if len(missing) > 1 else "heading"
        file.problem(body_line, "missing-heading", f"A clause needs the {headings} {', '.join(missing)}.")
    elif order != list(CLAUSE_HEADINGS):
        file.problem(
            named[order[0]].line,
            "missing-heading",
            "The headings stand in this order: " + ", ".join(CLAUSE_HEADINGS) + ".",
        )


def _under(file: File, part: Part | None) -> tuple[Block, ...]:
    """What stands under a heading of a clause; a heading that is missing was named before."""
    if part is None:
        return ()
    blocks = file.blocks(part.text, part.body_line)
    if not blocks:
        file.problem(part.line, "missing-text", f'There is nothing under "{part.title}". Write a sentence or two.')
    return blocks


def _read_template(file: File) -> Template | None:
    front, lines, body, body_line = file.front_matter(TemplateFront)
    preamble, parts = parts_of(file, body, body_line, (2,))
    for part in parts:
        file.problem(
            part.line,
            "bad-heading",
            "A template holds its preamble only. Its clauses are listed in its front matter.",
        )
    blocks = file.blocks(preamble, body_line)
    if not blocks:
        file.problem(
            body_line,
            "missing-text",
            "A template opens with a preamble: a sentence or two after the front matter.",
        )
    if front is None:
        return None
    identity, language = file.identity
    text = preamble.strip("\n")
    return Template(identity, language, file.origin(lines), front, text, blocks, body_line)


def _read_example(file: File) -> Agreement | None:
    return _read_agreement(file, ExampleFront)


def _read_letter(file: File) -> Agreement | None:
    return _read_agreement(file, LetterFront)


def read_partnership(file: File) -> Agreement | None:
    return _read_agreement(file, AgreementFront)


def _read_agreement(file: File, front_class: type[AgreementFront]) -> Agreement | None:
    front, lines, body, body_line = file.front_matter(front_class)
    preamble, parts = parts_of(file, body, body_line, (2,))
    name_repeated_ids(file, parts)
    for part in parts:
        has_id(file, part, "publicity")
    sections = []
    for part in parts:
        blocks = file.blocks(part.text, part.body_line)
        if not blocks:
            file.problem(part.line, "missing-text", phrase("clauseWithoutText"))
        text = part.text.strip("\n")
        sections.append(Section(part.id, part.title, part.wording, text, blocks, part.line))
    blocks = file.blocks(preamble, body_line)
    if front is None:
        return None
    too_much = _too_much(front, _size(file.text), [blocks, *(one.blocks for one in sections)], sections)
    if too_much:
        file.problem(1, "too-large", too_much)
        return None
    identity, language = file.identity
    return Agreement(
        identity,
        language,
        file.origin(lines),
        front,
        preamble.strip("\n"),
        blocks,
        tuple(sections),
        body_line,
    )


def _too_much(
    front: AgreementFront, size: int, texts: Iterable[tuple[Block, ...]], sections: Sequence[Section]
) -> str | None:
    """Why a text of this ``size`` would be too large once answers, names and titles stand in all their places."""
    answers = {blank_key(name): _size(given) for name, given in front.answers.items()}
    answers["parties"], answers["title"] = _size([one.name for one in front.parties]), _size(front.title)
    titles = {section.id: _size(section.title) for section in sections}
    pieces = [node for node in walk(chain.from_iterable(texts)) if isinstance(node, Blank | Reference | Wrap | Item)]
    held = [front.parties, sections, *(given for given in front.answers.values() if isinstance(given, list))]
    if max(map(len, held)) > MAX_ENTRIES:
        return phrase("tooManyEntries", most=f"{MAX_ENTRIES:,}")
    entries = {blank_key(name): len(given) for name, given in front.answers.items() if isinstance(given, list)}
    filled_in = sum(entries.get(blank_key(node.name), 0) for node in pieces if isinstance(node, Blank))
    if sum(map(len, texts)) + len(pieces) + filled_in > MAX_PIECES:
        return phrase("tooManyPieces", most=f"{MAX_PIECES:,}")
    for node in pieces:
        if isinstance(node, Blank):
            size += answers.get(blank_key(node.name), 0)
        elif isinstance(node, Reference):
            size += titles.get(node.clause, 0)
    return phrase("grownTooLarge", most=f"{MAX_GROWN:,}") if size > MAX_GROWN else None


def _size(given: Any) -> int:
    if isinstance(given, str):
        # As a kept version holds it, in which each sign may have a backslash before it.
        return len(given) + len(_SIGNS.findall(given)) + 2
    return sum(map(_size, given.values() if isinstance(given, dict) else given or ()))


def read_version(file: File) -> Agreement | None:
    file.any_sign = True
    return _read_agreement(file, VersionFront)


def read_record(file: File) -> Agreement | None:
    file.any_sign = True
    return _read_agreement(file, RecordFront)


def _read_checklist(file: File) -> Checklist | None:
    front, lines, body, body_line = file.front_matter(ChecklistFront)
    blocks, sections = _questions(file, body, body_line, "A checklist")
    if front is None:
        return None
    identity, language = file.identity
    return Checklist(identity, language, file.origin(lines), front, blocks, sections)


def _read_record_form(file: File) -> RecordForm | None:
    front, lines, body, body_line = file.front_matter(RecordFormFront)
    blocks, sections = _questions(file, body, body_line, "The form of a record")
    if front is None:
        return None
    identity, language = file.identity
    return RecordForm(identity, language, file.origin(lines), front, blocks, sections)


def _questions(
    file: File, body: str, body_line: int, what: str
) -> tuple[tuple[Block, ...], tuple[ChecklistSection, ...]]:
    """The text before the first heading, and the headings with the questions below each."""
    intro, parts = parts_of(file, body, body_line, (2,))
    name_repeated_ids(file, parts)
    sections = tuple(
        ChecklistSection(part.id, part.title, file.blocks(part.text, part.body_line), part.line) for part in parts
    )
    for section in sections:
        if not section.blocks:
            file.problem(
                section.line,
                "missing-text",
                f'There is nothing under "{section.title}". Add items, each starting with "- ".',
            )
    if not sections:
        file.problem(body_line, "missing-heading", f'{what} has at least one heading "## …" with items below it.')
    return file.blocks(intro, body_line), sections


def read_guidance(file: File) -> GuidancePage | None:
    parts = frontmatter.split(file.text)
    if parts is None:
        if file.text.startswith("---\n"):
            file.problem(1, "no-front-matter", phrase("frontMatterNeverClosed"))
            return None
        return GuidancePage(file.where, {}, frontmatter.FrontMatter({}), file.text, file.text, 1)
    front_text, body, body_line = parts
    front, findings = frontmatter.read(front_text, 2)
    file.findings(findings)
    if not isinstance(front.data, dict):
        file.problem(2, "broken-yaml", 'Front matter is lines of "key: value".')
        return None
    if findings and not front.data:
        return None
    file.values({key: front.data[key] for key in ("title", "description") if key in front.data}, front, ())
    said = file.modelled(TranslatedPage, front)
    translation = said.translation if said else None
    return GuidancePage(file.where, front.data, front, file.text, body, body_line, translation)


def only_items(file: File, part: Part) -> tuple[Item, ...]:
    blocks = file.blocks(part.text, part.body_line)
    for block in blocks:
        if not isinstance(block, ItemList):
            file.problem(
                block.line,
                "list-expected",
                f'Under "{part.title}" stand list items only, each starting with "- ".',
            )
    return tuple(item for block in blocks if isinstance(block, ItemList) for item in block.items)


PIECE_READERS: dict[str, Callable[[File], Any]] = {
    "clauses": _read_clause,
    "templates": _read_template,
    "examples": _read_example,
    "checklists": _read_checklist,
    "letters": _read_letter,
    "records": _read_record_form,
}
