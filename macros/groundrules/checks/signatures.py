"""Checks of what partners signed: kept versions, signatures, rounds, and the library's text as it was taken."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, zip_longest
from typing import Generic, TypeVar

from ..answers import written
from ..assemble import Document, blanks_in
from ..canonical import canonical_text, one_line
from ..forking.fork import digests
from ..lookalikes import folded, odd_name
from ..markup import Block, Note, blank_key
from ..model import Agreement, History, Signature, Toolkit, definitions
from ..problems import Problem, did_you_mean
from ..publishing import public
from ..rounds import Kept, Standing, standing
from .registry import check, check_each, today
from .walk import line_of

Found = Iterator[Problem]

# Nothing was signed with this before; an earlier date is a slip of the pen.
EARLIEST = datetime.date(2000, 1, 1)
_FAR = datetime.timedelta(days=10 * 365)


Result = TypeVar("Result")


class _Once(Generic[Result]):
    """``work``, done once for the pieces of a file, until one of them is read anew."""

    def __init__(self, work: Callable[..., Result]) -> None:
        self.work = work
        self.done: dict[str, tuple[tuple[object, ...], Result]] = {}

    def __call__(self, file: str, *pieces: object) -> Result:
        known = self.done.get(file)
        if known is None or known[0] != pieces:
            known = self.done[file] = (pieces, self.work(*pieces))
        return known[1]


def standings(toolkit: Toolkit) -> Iterator[Standing]:
    """Where each partnership stands that has rounds, kept versions or signatures of them."""
    for agreement in toolkit.partnerships.values():
        versions = toolkit.histories.get(agreement.id, History()).versions
        signed = any(one.version or one.fingerprint for one in agreement.front.signatures)
        if agreement.front.rounds or versions or signed:
            yield _standing(agreement.origin.file, agreement, versions)


_standing = _Once(lambda agreement, versions: standing(agreement, History(versions=versions)))


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


@check("odd-signature")
def odd_signature(toolkit: Toolkit) -> Found:
    """A signature cannot be right: its fingerprint is that of another text, its date lies in the future or in
    another century, somebody signs the same version twice, or the name only looks like a name that is known."""
    for agreement in toolkit.agreements:
        for index, why, key in _odd_signatures(agreement.origin.file, agreement):
            line = line_of(agreement, "signatures", index, *([key] if key else []))
            yield Problem(agreement.origin.file, line, "odd-signature", why)
        for index, one in enumerate(agreement.front.signatures):
            yield from _odd_day(agreement, one.date, "odd-signature", "signatures", index, "date")
    for where in standings(toolkit):
        for index, signature in enumerate(where.agreement.front.signatures):
            other = _other_text(signature, where)
            if other:
                line = line_of(where.agreement, "signatures", index, "fingerprint")
                yield Problem(where.agreement.origin.file, line, "odd-signature", other)


def _odd_in_themselves(agreement: Agreement) -> Iterator[tuple[int, str, str]]:
    """What is wrong with each signature as it stands: its place, the reason, and the key that is wrong."""
    known = {name: "" for party in agreement.front.parties for name in (party.name, party.contact) if name}
    seen: set[tuple[str, str, int | None]] = set()
    for index, one in enumerate(agreement.front.signatures):
        for key, text in (("name", one.name), ("party", one.party)):
            why = odd_name(text, known)
            if why:
                yield index, why, key
        known[one.name] = ""
        if bool(one.version) != bool(one.fingerprint):
            lacks, has = ("fingerprint", "version") if one.version else ("version", "fingerprint")
            yield index, f"This signature has a {has} but no {lacks}. Give both, or neither if it is on paper.", ""
        this = (folded(one.party), folded(one.name), one.version)
        if this in seen:
            of = f"version {one.version}" if one.version else "this"
            yield index, f'"{one.name}" has signed {of} for "{one.party}" twice. Keep one of the two.', ""
        seen.add(this)


_odd_signatures = _Once(lambda agreement: tuple(_odd_in_themselves(agreement)))


def _odd_day(agreement: Agreement, day: datetime.date, name: str, *path: str | int) -> Found:
    """Nothing was signed or agreed on a day of another century, or on one that is still to come.

    The latter is a warning: this computer's own date may be wrong, and it may be tomorrow already elsewhere.
    """
    ahead = day - today()
    file, line = agreement.origin.file, line_of(agreement, *path)
    if day < EARLIEST or ahead > _FAR:
        yield Problem(file, line, name, f"{day} lies in another century. Write the day on which it happened.")
    elif ahead > datetime.timedelta(days=1) and agreement.kind == "partnerships":
        why = f"{day} lies in the future. Write the day on which it happened."
        yield Problem(file, line, name, why, "warning")


def _other_text(signature: Signature, where: Standing) -> str | None:
    kept = where.kept.get(signature.version or 0)
    if kept is None or not signature.fingerprint or signature.fingerprint in (kept.noted, kept.fingerprint):
        return None
    other = next((one.version for one in where.kept.values() if one.fingerprint == signature.fingerprint), None)
    of = f"version {other}" if other else "another text"
    return (
        f"This fingerprint is not that of version {kept.version}, but of {of}. "
        "Bring the line back from a copy or from git, or remove the signature and sign again."
    )


@check("odd-rounds")
def odd_rounds(toolkit: Toolkit) -> Found:
    """The rounds of signing contradict one another, the signatures or the status: two are open at once, two
    have the same number, a signature belongs to none, or its date cannot be. A round that others signed lapses
    only when the next is opened for a reason."""
    for where in standings(toolkit):
        agreement = where.agreement
        for line, why in _odd_rounds(agreement):
            yield Problem(agreement.origin.file, line, "odd-rounds", why)
        for index, one in enumerate(agreement.front.rounds):
            for key, day in (("opened", one.opened), ("agreed", one.agreed)):
                if day:
                    yield from _odd_day(agreement, day, "odd-rounds", "rounds", index, key)


def _odd_rounds(agreement: Agreement) -> Iterator[tuple[int, str]]:
    rounds = agreement.front.rounds
    for index, (one, following) in enumerate(zip_longest(rounds, rounds[1:])):
        if following and following.version <= one.version:
            yield (
                line_of(agreement, "rounds", index + 1, "version"),
                f"Round {following.version} comes after round {one.version}. Each round has a higher number than the "
                "one before it.",
            )
        if following and not one.agreed and not following.because:
            yield (
                line_of(agreement, "rounds", index + 1),
                f"Round {one.version} and round {following.version} are both open. If this one took the other's "
                'place, say why in a line "because: …"; else remove one of the two.',
            )
        if one.agreed and one.agreed < one.opened:
            yield (
                line_of(agreement, "rounds", index, "agreed"),
                f"Round {one.version} was agreed on {one.agreed}, before it was opened on {one.opened}. Write the day "
                "on which each happened.",
            )
        if following and following.version > one.version and following.opened < (one.agreed or one.opened):
            yield (
                line_of(agreement, "rounds", index + 1, "opened"),
                f"Round {following.version} was opened on {following.opened}, before round {one.version} was "
                f"{'agreed' if one.agreed else 'opened'} on {one.agreed or one.opened}. Write the day on which each "
                "happened.",
            )
    last = rounds[-1] if rounds else None
    status = agreement.front.status
    line = line_of(agreement, "status") if status != "draft" else line_of(agreement, "rounds", len(rounds) - 1)
    if last and not last.agreed and status == "agreed":
        yield (
            line,
            f'The status is "agreed", but round {last.version} is open. Close it with "groundrules agree", or remove '
            "this line.",
        )
    if last and last.agreed and status == "draft":
        yield (
            line,
            f'Round {last.version} is agreed, but the status is not. Add the line "status: agreed", or open another '
            'round with "groundrules renegotiate".',
        )
    named = {one.version for one in rounds}
    for index, signature in enumerate(agreement.front.signatures):
        if signature.version and signature.version not in named:
            yield (
                line_of(agreement, "signatures", index, "version"),
                f'There is no round {signature.version} under "rounds". Bring its lines back from a copy, or from git.',
            )


@check("changed-since-signed", level="warning")
def changed_since_signed(toolkit: Toolkit) -> Found:
    """The words are not those that were agreed, or that others have signed in this round. What was agreed stands
    until the new words are signed and agreed in turn."""
    for where in standings(toolkit):
        agreement = where.agreement
        kept = where.kept.get(where.round.version if where.round else where.agreed)
        if kept is None or not kept.intact:
            # That is said elsewhere; whether the words have changed, nobody can tell.
            continue
        if where.state == "changed":
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "status"),
                "changed-since-signed",
                f"The words have changed since version {where.agreed} was agreed, which stands until the new ones are "
                'agreed. Open a round for them with "groundrules renegotiate", or put the words back.',
                "warning",
            )
        elif where.round and where.changed_while_signed:
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "rounds", len(agreement.front.rounds) - 1),
                "changed-since-signed",
                f"The words have changed since version {where.round.version} was first signed. Put them back, or open "
                'another round with "groundrules renegotiate".',
                "warning",
            )


@check_each("no-reason", Agreement, level="warning")
def no_reason(agreement: Agreement) -> Found:
    """A round after the first does not say why it was opened. In a year, nobody will know what did not work."""
    rounds = agreement.front.rounds
    for index, (before, one) in enumerate(pairwise(rounds), 1):
        # Without a reason, the round before it would still be open, which is said elsewhere.
        if before.agreed and not one.because:
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "rounds", index),
                "no-reason",
                f'Round {one.version} does not say why it was opened. Add a line "because: …" to it.',
                "warning",
            )


@check("unsigned")
def unsigned(toolkit: Toolkit) -> Found:
    """An agreement is said to be agreed, and a party has not signed it; or somebody signed for a party that
    it does not have."""
    for agreement in toolkit.agreements:
        versions = toolkit.histories.get(agreement.id, History()).versions if agreement.kind == "partnerships" else {}
        yield from _unsigned(agreement, {number: _parties(version) for number, version in versions.items()})


def _parties(agreement: Agreement) -> list[str]:
    return [party.name for party in agreement.front.parties]


def _unsigned(agreement: Agreement, kept: dict[int, list[str]]) -> Found:
    """``kept`` are the parties of each kept version, which may have been others than today's."""
    front = agreement.front
    for index, signature in enumerate(front.signatures):
        parties = kept.get(signature.version or 0, _parties(agreement))
        if signature.party not in parties:
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "signatures", index, "party"),
                "unsigned",
                f'There is no party "{signature.party}". {did_you_mean(signature.party, parties)}',
            )
    if front.status == "agreed" and not front.rounds:
        for index, party in _without(_parties(agreement), front.signatures):
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "parties", index),
                "unsigned",
                f'The agreement is agreed, but nobody has signed for "{party}". '
                'Add its signature, or set "status" to draft.',
            )
    for place, one in enumerate(front.rounds):
        signed = [signature for signature in front.signatures if signature.version == one.version]
        for _, party in _without(kept.get(one.version, []), signed) if one.agreed else ():
            yield Problem(
                agreement.origin.file,
                line_of(agreement, "rounds", place),
                "unsigned",
                f'Version {one.version} is agreed, but nobody has signed it for "{party}". '
                "Bring the signature back from a copy, or from git.",
            )


def _without(parties: list[str], signatures: Iterable[Signature]) -> Iterator[tuple[int, str]]:
    signed = {signature.party for signature in signatures}
    return ((index, party) for index, party in enumerate(parties) if party not in signed)


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


_digests = _Once(digests)
