"""Checks of what partners signed: signatures and rounds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from ..agreement.signing.lookalikes import folded, odd_name
from ..agreement.signing.signing_state import Standing
from ..files import clock
from ..model.front import Signature
from ..model.pieces import Agreement, History, Toolkit
from ..text.problems import Problem, did_you_mean
from .registry import check, check_each
from .signing_states import Once, standings
from .walk import line_of

Found = Iterator[Problem]

# Nothing was signed with this before; an earlier date is a slip of the pen.
EARLIEST = datetime.date(2000, 1, 1)
_FAR = datetime.timedelta(days=10 * 365)


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


_odd_signatures = Once(lambda agreement: tuple(_odd_in_themselves(agreement)))


def _odd_day(agreement: Agreement, day: datetime.date, name: str, *path: str | int) -> Found:
    """Nothing was signed or agreed on a day of another century, or on one that is still to come.

    The latter is a warning: this computer's own date may be wrong, and it may be tomorrow already elsewhere.
    """
    ahead = day - clock.today()
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
