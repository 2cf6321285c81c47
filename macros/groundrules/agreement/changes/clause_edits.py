"""Edits of an agreement's clauses: one is put in, taken out or given another wording.

A clause brings its blanks and takes them away again; an answer without a blank waits until the blank is back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...files.edit import Data, inserted, set_key
from ...files.source import plain
from ...model.front import BlankDefinition
from ...model.pieces import Agreement, Clause, Section, Template, Toolkit, definitions
from ...model.renamed import followed
from ...text.markup.blocks import parse
from ...text.markup.nodes import Block, blank_key
from ..document.assemble import blanks_in, text_without_notes, without_notes
from ..document.fork import digest

# The library's clause of an id, if there is one.
Library = Callable[[str], Clause | None]
_REFERENCE = re.compile(r"(?<!\\)((?:\\\\)*\[\[#)([a-z0-9-]+)(?=\]\])")


def ids_here(agreement: Agreement, toolkit: Toolkit) -> dict[str, str]:
    """The earlier ids by which ``agreement`` holds clauses, by those that the library gave them since."""
    here = {section.id for section in agreement.sections}
    return {new: old for old, new in followed(agreement, toolkit).items() if old in here}


def led_text(text: str, ids: Mapping[str, str]) -> str:
    """``text`` whose references lead to the ids that ``ids`` has for theirs."""
    return _REFERENCE.sub(lambda found: found[1] + ids.get(found[2], found[2]), text) if ids else text


def led(section: Section, ids: Mapping[str, str]) -> Section:
    text = led_text(section.text, ids)
    return section if text == section.text else replace(section, text=text, blocks=parse(text)[0])


def library_section(clause: Clause, identity: str, wording: str) -> Section:
    """A clause of the library as it stands in an agreement: without its notes."""
    chosen = clause.wordings[wording]
    blocks = without_notes(chosen.blocks)
    return Section(identity, clause.front.title, wording, text_without_notes(chosen.text), blocks, 0)


def reworded(agreement: Agreement, section: Section, clause: Clause | None) -> bool:
    """Whether the partners changed the words of ``section``, or wrote it themselves."""
    kept = agreement.front.taken.get(section.id)
    library = clause.wordings.get(section.wording) if clause else None
    own = replace(section, text=text_without_notes(section.text))
    if kept:
        return digest(own) != kept and digest(section) != kept
    return library is None or own.text != text_without_notes(library.text)


def blanks_of(agreement: Agreement, section: Section) -> list[str]:
    """The keys of the blanks that ``section`` asks for, in the order of its text."""
    known = definitions(agreement.front.blanks)
    return [key for key in dict.fromkeys(_asked(without_notes(section.blocks))) if key in known]


def homeless_after(agreement: Agreement, sections: Iterable[Section]) -> list[str]:
    """The answered blanks that none of ``sections`` asks for."""
    asked = {key for section in sections for key in _asked(section.blocks)}
    return [name for name in agreement.front.answers if blank_key(name) not in asked]


def place_of(
    agreement: Agreement, template: Template, identity: str, after: str, now_called: Callable[[str], str]
) -> int:
    """Where a clause goes: one of the template's in its place, another behind the clause ``after``."""
    here = [now_called(section.id) for section in agreement.sections]
    listed = [entry.id for entry in template.front.clauses]
    if identity in listed:
        before = [one for one in listed[: listed.index(identity)] if one in here]
        return here.index(before[-1]) + 1 if before else 0
    return here.index(now_called(after)) + 1 if now_called(after) in here else len(here)


def next_own_id(agreement: Agreement) -> str:
    """The id of a new clause of the partners' own: ``own-1``, ``own-2`` and so on."""
    here = (section.id for section in agreement.sections)
    return f"own-{1 + max((int(one[4:]) for one in here if one.startswith('own-') and one[4:].isdigit()), default=0)}"


def leave_out(data: Data, template: Template, identity: str, now_called: Callable[[str], str]) -> None:
    """Note in ``data`` that the clause is left out, and is not the library's any more."""
    listed = [entry.id for entry in template.front.clauses]
    if now_called(identity) in listed:
        out = {now_called(one) for one in [*(data.get("left out") or []), identity]}
        set_key(data, "left out", [one for one in listed if one in out])
    taken = data.get("taken") or {}
    taken.pop(identity, None)
    set_key(data, "taken", taken)


def take(data: Data, section: Section, sections: Iterable[Section]) -> None:
    """Note in ``data`` that ``section``, one of ``sections``, is the library's."""
    taken: Data = data.get("taken") or {}
    if section.id in taken:
        taken[section.id] = digest(section)
    else:
        taken = inserted(taken, section.id, digest(section), ["preamble", *(one.id for one in sections)])
    set_key(data, "taken", taken)


def settle(
    data: Data, agreement: Agreement, sections: Sequence[Section], library: Library, homeless: dict[str, Any]
) -> None:
    """Have in ``data`` the definitions that ``sections`` use, in their order, and the answers that go with them.

    An answer that loses its blank goes to ``homeless``, by key of the blank, and comes back with it.
    """
    blanks: Data = data.get("blanks") or {}
    given: Data = data.get("answers") or {}
    texts = [agreement.preamble, *(section.blocks for section in sections)]
    used = {key for blocks in texts for key in _asked(without_notes(blocks))}
    kept = {name: one for name, one in blanks.items() if blank_key(name) in used}
    new = _definitions_of(sections, library, {blank_key(name): name for name in kept})
    for name, definition in new.items():
        if name not in kept:
            kept = inserted(kept, name, plain(definition), list(new))
    for name in [name for name in given if blank_key(name) not in used]:
        homeless[blank_key(name)] = given.pop(name)
    for name in kept:
        if blank_key(name) in homeless and blank_key(name) not in map(blank_key, given):
            given = inserted(given, name, homeless.pop(blank_key(name)), list(kept))
    set_key(data, "blanks", kept)
    set_key(data, "answers", given)


def _definitions_of(sections: Iterable[Section], library: Library, names: dict[str, str]) -> dict[str, BlankDefinition]:
    """What the library says of the blanks in ``sections``; ``names`` are those that blanks have here, by key."""
    found: dict[str, BlankDefinition] = {}
    for section in sections:
        clause = library(section.id)
        defined = {blank_key(name): (name, one) for name, one in clause.front.blanks.items()} if clause else {}
        for key in _asked(without_notes(section.blocks)):
            if key in defined:
                name, definition = defined[key]
                found.setdefault(names.setdefault(key, name), definition)
    return found


def _asked(blocks: Iterable[Block]) -> list[str]:
    return [blank_key(blank.name) for blank in blanks_in(blocks)]
