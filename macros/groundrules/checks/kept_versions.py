"""Checks of what is kept beside an agreement: the texts that were signed, and the library's text as it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement.document.answers import written
from ..agreement.document.assemble import blanks_in
from ..agreement.document.fork import digests
from ..agreement.document.nodes import Document
from ..agreement.document.redact import public
from ..agreement.signing.fingerprint import canonical_text, one_line
from ..agreement.signing.signing_state import Kept
from ..model.pieces import Agreement, History, Toolkit, definitions
from ..text.markup.nodes import Block, Note, blank_key
from ..text.problems import Problem
from .registry import check
from .signing_states import Once, standings
from .walk import line_of

Found = Iterator[Problem]


def _version_file(agreement: Agreement, version: int) -> str:
    return f"{agreement.origin.file.removesuffix('agreement.md')}versions/{version}.md"


@check("kept-version")
def kept_version(toolkit: Toolkit) -> Found:
    """A text that was signed is kept, word for word, and this one is missing or its words were changed: they no
    longer have the fingerprint that was noted with them, or something was added to it. It is a warning if a text
    is kept that no round names, or if a day for the calendar is not the one in the words."""
    for where in standings(toolkit):
        agreement = where.agreement
        for number, kept in where.kept.items():
            file = kept.agreement.origin.file
            noted = getattr(kept.agreement.front, "version", number)
            if not kept.intact:
                yield Problem(
                    file,
                    line_of(kept.agreement, "fingerprint"),
                    "kept-version",
                    f"These are not the words that were kept as version {number}: their fingerprint is "
                    f"{kept.fingerprint}, and was {kept.noted}. Bring the file back from a copy, or from git.",
                )
            if noted != number:
                yield Problem(
                    file,
                    line_of(kept.agreement, "version"),
                    "kept-version",
                    f"This says that it is version {noted}, but its file is called {number}.md. Put each file back "
                    "under its own name.",
                )
            yield from _added(kept.agreement)
            if kept.intact:
                yield from _other_days(kept)
        missing: dict[int, int] = {}
        for index, one in enumerate(agreement.front.rounds):
            if one.agreed:
                missing.setdefault(one.version, line_of(agreement, "rounds", index, "version"))
        for index, signature in enumerate(agreement.front.signatures):
            if signature.version:
                missing.setdefault(signature.version, line_of(agreement, "signatures", index, "version"))
        for number, line in missing.items():
            if number not in where.kept and _version_file(agreement, number) not in toolkit.unread:
                yield Problem(
                    agreement.origin.file,
                    line,
                    "kept-version",
                    f"The text of version {number} is missing. Bring back the file versions/{number}.md from a copy, "
                    "or from git.",
                )
        named = {one.version for one in agreement.front.rounds} | set(missing)
        for number in [number for number in where.kept if number not in named]:
            yield Problem(
                where.kept[number].agreement.origin.file,
                1,
                "kept-version",
                "No round names this text, so nobody has signed it. A signature was interrupted, perhaps: "
                "sign again, or remove the file.",
                "warning",
            )


_KEPT_KEYS = ("title", "template", "language", "start", "end", "parties", "blanks", "answers", "version", "fingerprint")


def _added(version: Agreement) -> Found:
    """Somebody added what no fingerprint tells of, and a reader would take for a part of what was signed."""
    notes = [block.line for block in _blocks_of(version) if isinstance(block, Note)]
    keys = [(line_of(version, key), f'"{key}"') for key in version.origin.front.data if key not in _KEPT_KEYS]
    for line, what in [*keys, *((line, "A note") for line in notes)]:
        why = f"{what} has no place in a text that was signed. Bring the file back from a copy, or from git."
        yield Problem(version.origin.file, line, "kept-version", why)


def _other_days(kept: Kept) -> Found:
    """A day that the calendar takes from the answers is not the one that stands in the words.

    Only a warning: another release may write a date in other words.
    """
    front, said = kept.agreement.front, canonical_text(kept.document).casefold()
    asked = {blank_key(blank.name) for blank in blanks_in(_blocks_of(kept.agreement))}
    for name, answer in front.answers.items():
        definition = definitions(front.blanks).get(blank_key(name))
        if definition is None or not definition.calendar or blank_key(name) in asked:
            continue
        if written(definition, answer, front.language).casefold() not in said:
            yield Problem(
                kept.agreement.origin.file,
                line_of(kept.agreement, "answers", name),
                "kept-version",
                f'The words of version {kept.version} do not say this of "{name}", and its calendar would. '
                "Bring the file back from a copy, or from git.",
                "warning",
            )


def _blocks_of(agreement: Agreement) -> list[Block]:
    return [*agreement.preamble, *(block for section in agreement.sections for block in section.blocks)]


@check("still-shown")
def still_shown(toolkit: Toolkit) -> Found:
    """An answer is marked as private, and the version in force, which the site shows, says it in its words: it was
    signed before. Nothing is built until the partnership is unpublished, or a new version is agreed."""
    for where in standings(toolkit):
        kept = where.kept.get(where.agreed)
        hidden = dict(_private_words(where.today)) if where.agreement.front.publish and kept else {}
        if not kept or not hidden:
            continue
        now, then = canonical_text(public(where.today)), canonical_text(public(kept.document))
        for name, said in hidden.items():
            # Shorter answers, such as "yes", stand in any text.
            if any(len(words) > 3 and words in then and words not in now for words in said):
                yield Problem(
                    where.agreement.origin.file,
                    line_of(where.agreement, "blanks", name),
                    "still-shown",
                    f'"{name}" is private, but version {kept.version}, which the site shows, says it. Set "publish" '
                    "to no until a version without it is agreed. If everybody may know it, it need not be private.",
                )


def _private_words(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Each blank that the site does not show, or not all of, and the words that it hides."""
    for blank in document.blanks:
        columns = blank.definition.columns
        if blank.definition.private:
            yield blank.name, [one_line(written(blank.definition, blank.answer, document.language))]
        elif any(column.private for column in columns.values()) and isinstance(blank.answer, list):
            cells = [
                str(row.get(name, ""))
                for row in blank.answer
                if isinstance(row, dict)
                for name in columns
                if columns[name].private
            ]
            yield blank.name, [one_line(cell) for cell in cells]


@check("missing-taken", level="warning")
def missing_taken(toolkit: Toolkit) -> Found:
    """An agreement notes which text of the library it took, and `taken.md` does not hold that text. Nothing that
    was agreed is lost, but what the library changes later can only be compared with the agreement itself."""
    for agreement in toolkit.partnerships.values():
        noted = agreement.front.taken
        taken = toolkit.histories.get(agreement.id, History()).taken
        file = f"{agreement.origin.file.removesuffix('agreement.md')}taken.md"
        if not noted or file in toolkit.unread:
            continue
        if taken is None:
            why = "The file taken.md is missing. Bring it back from a copy, or from git."
            yield Problem(agreement.origin.file, line_of(agreement, "taken"), "missing-taken", why, "warning")
            continue
        held = _digests(file, taken)
        for identity, digest in noted.items():
            if held.get(identity) != digest:
                yield Problem(
                    agreement.origin.file,
                    line_of(agreement, "taken", identity),
                    "missing-taken",
                    f'taken.md does not hold the text of "{identity}" that was taken. Bring the file back from a copy, '
                    "or from git.",
                    "warning",
                )


_digests = Once(digests)
