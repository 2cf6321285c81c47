"""Checks of what is kept beside an agreement: the texts that were signed, and the library's text as it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement.document.answers import written
from ..agreement.document.assemble import blanks_in
from ..agreement.document.fork import VERSION, digests
from ..agreement.document.nodes import Document
from ..agreement.document.redact import public
from ..agreement.signing.fingerprint import OLD, canonical_text, one_line
from ..agreement.signing.signing_state import KeptVersion, SigningState, standings
from ..model.pieces import Agreement, History, Toolkit, definitions
from ..model.remember import remember
from ..text.markup.nodes import Block, Note, blank_key
from .registry import Found, Place, at, check, on_line


@check("kept-version")
def kept_version(toolkit: Toolkit) -> Found:
    """A text that was signed is kept, word for word, and this one is missing or its words were changed: they no
    longer have the fingerprint that was noted with them, or something was added to it. It is a warning if a text
    is kept that no round names, or if a day for the calendar is not the one in the words."""
    for where in standings(toolkit):
        for number, kept in where.kept.items():
            yield from _not_as_kept(number, kept)
        yield from _missing(where, toolkit)
        named = {one.version for one in where.agreement.front.rounds} | set(_kept_texts_named(where.agreement))
        for number in [number for number in where.kept if number not in named]:
            yield (
                on_line(where.kept[number].agreement, 1),
                "No round names this text, so nobody has signed it. A signature was interrupted, perhaps: "
                "sign again, or remove the file.",
                "warning",
            )


def _not_as_kept(number: int, kept: KeptVersion) -> Found:
    if not kept.intact:
        yield (
            at(kept.agreement, "fingerprint"),
            f"These are not the words that were kept as version {number}: their fingerprint is "
            f"{kept.fingerprint}, and was {kept.noted}. Bring the file back from a copy, or from git.",
        )
    noted = getattr(kept.agreement.front, "version", number)
    if noted != number:
        yield (
            at(kept.agreement, "version"),
            f"This says that it is version {noted}, but its file is called {number}.md. Put each file back "
            "under its own name.",
        )
    yield from _added(kept.agreement)
    if kept.intact:
        yield from _other_days(kept)


def _missing(where: SigningState, toolkit: Toolkit) -> Found:
    folder = where.agreement.origin.file.removesuffix("agreement.md")
    for number, place in _kept_texts_named(where.agreement).items():
        if number not in where.kept and f"{folder}versions/{number}.md" not in toolkit.unread:
            yield (
                place,
                f"The text of version {number} is missing. Bring back the file versions/{number}.md from a copy, "
                "or from git.",
            )


def _kept_texts_named(agreement: Agreement) -> dict[int, Place]:
    """The versions that must have been kept, each with the place that says so first."""
    named: dict[int, Place] = {}
    for index, one in enumerate(agreement.front.rounds):
        if one.agreed:
            named.setdefault(one.version, at(agreement, "rounds", index, "version"))
    for index, signature in enumerate(agreement.front.signatures):
        if signature.version:
            named.setdefault(signature.version, at(agreement, "signatures", index, "version"))
    return named


_KEPT_KEYS = ("title", "template", "language", "start", "end", "parties", "blanks", "answers", "version", "fingerprint")


def _added(version: Agreement) -> Found:
    """Somebody added what no fingerprint tells of, and a reader would take for a part of what was signed."""
    keys = [(at(version, key), f'"{key}"') for key in version.origin.front.data if key not in _KEPT_KEYS]
    notes = [(on_line(version, one.line), "A note") for one in _blocks_of(version) if isinstance(one, Note)]
    for place, what in [*keys, *notes]:
        yield place, f"{what} has no place in a text that was signed. Bring the file back from a copy, or from git."


def _other_days(kept: KeptVersion) -> Found:
    """A day that the calendar takes from the answers is not the one that stands in the words.

    Only a warning: another release may write a date in other words.
    """
    front, said = kept.agreement.front, canonical_text(kept.document, OLD).casefold()
    asked = {blank_key(blank.name) for blank in blanks_in(_blocks_of(kept.agreement))}
    for name, answer in front.answers.items():
        definition = definitions(front.blanks).get(blank_key(name))
        if definition is None or not definition.calendar or blank_key(name) in asked:
            continue
        if written(definition, answer, front.language).casefold() not in said:
            yield (
                at(kept.agreement, "answers", name),
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
        now, then = (canonical_text(public(one), OLD) for one in (where.today, kept.document))
        for name, said in hidden.items():
            # Shorter answers, such as "yes", stand in any text.
            if any(len(words) > 3 and words in then and words not in now for words in said):
                yield (
                    at(where.agreement, "blanks", name),
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
            yield at(agreement, "taken"), why
            continue
        held = _digests(taken)
        for identity, digest in noted.items():
            if identity != VERSION and held.get(identity) != digest:
                yield (
                    at(agreement, "taken", identity),
                    f'taken.md does not hold the text of "{identity}" that was taken. '
                    f'Run "groundrules upgrade {agreement.id}", which looks for it, or bring back a copy.',
                )


_digests = remember(digests)
