"""Checks of what partners signed: signatures and rounds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from ..agreement.signing.lookalikes import KnownNames, odd_name
from ..agreement.signing.signatory import for_several
from ..agreement.signing.signing_state import SigningState, standings
from ..agreement.signing.standing import too_early
from ..files import clock
from ..model.front import EARLIEST, Signature
from ..model.pieces import Agreement, History, Toolkit
from ..model.remember import remember
from ..text.names import fold_name, name_meant
from ..text.problems import Level
from ..text.tables import phrase
from .registry import Found, Place, at, check, check_each

_FAR = datetime.timedelta(days=10 * 365)


@check("odd-signature")
def odd_signature(toolkit: Toolkit) -> Found:
    """A signature cannot be right: its fingerprint is that of another text, its date lies in the future or in
    another century, somebody signs the same version twice, or the name only looks like a name that is known. So it is,
    mildly, with a day before that on which the words came to be."""
    for agreement in toolkit.agreements:
        yield from _odd_in_themselves(agreement)
        for index, one in enumerate(agreement.front.signatures):
            yield from _odd_day(agreement, one.date, "signatures", index, "date")
    for where in standings(toolkit):
        for index, signature in enumerate(where.agreement.front.signatures):
            other = _other_text(signature, where)
            if other:
                yield at(where.agreement, "signatures", index, "fingerprint"), other
            early = _early(signature, where)
            if early:
                yield at(where.agreement, "signatures", index, "date"), early[0], "warning"


@remember
def _odd_in_themselves(agreement: Agreement) -> tuple[tuple[Place, str], ...]:
    """What is wrong with each signature as it stands."""
    return tuple(_odd_signatures(agreement))


def _odd_signatures(agreement: Agreement) -> Iterator[tuple[Place, str]]:
    known = KnownNames(name for party in agreement.front.parties for name in (party.name, party.contact) if name)
    seen: set[tuple[str, str, int | None]] = set()
    for index, one in enumerate(agreement.front.signatures):
        for key, text in (("name", one.name), ("party", one.party)):
            why = odd_name(text, known)
            if why:
                yield at(agreement, "signatures", index, key), why
        known.add(one.name)
        if bool(one.version) != bool(one.fingerprint):
            lacks, has = ("fingerprint", "version") if one.version else ("version", "fingerprint")
            wrong = f"This signature has a {has} but no {lacks}. Give both, or neither if it is on paper."
            yield at(agreement, "signatures", index), wrong
        this = (fold_name(one.party), fold_name(one.name), one.version)
        if this in seen:
            of = f"version {one.version}" if one.version else "this"
            wrong = f'"{one.name}" has signed {of} for "{one.party}" twice. Keep one of the two.'
            yield at(agreement, "signatures", index), wrong
        seen.add(this)


def _odd_day(agreement: Agreement, day: datetime.date, *path: str | int) -> Found:
    """Nothing was signed or agreed on a day of another century, or on one that is still to come.

    The latter is a warning: this computer's own date may be wrong, and it may be tomorrow already elsewhere.
    """
    ahead = day - clock.today()
    if day < EARLIEST or ahead > _FAR:
        yield at(agreement, *path), f"{day} lies in another century. Write the day on which it happened."
    elif ahead > datetime.timedelta(days=1) and agreement.kind == "partnerships":
        yield at(agreement, *path), phrase("dayInFuture", day=day), "warning"


def _early(signature: Signature, where: SigningState) -> tuple[str, bool] | None:
    if not signature.version or signature.date < EARLIEST:
        return None
    return too_early(signature.version, signature.date, where.agreement.front.rounds)


def _other_text(signature: Signature, where: SigningState) -> str | None:
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
        yield from _odd_next_to_one_another(agreement)
        yield from _odd_beside_the_rest(agreement)
        for index, one in enumerate(agreement.front.rounds):
            for key, day in (("opened", one.opened), ("agreed", one.agreed)):
                if day:
                    yield from _odd_day(agreement, day, "rounds", index, key)


def _odd_next_to_one_another(agreement: Agreement) -> Found:
    rounds = agreement.front.rounds
    for index, (one, following) in enumerate(zip_longest(rounds, rounds[1:])):
        if following and following.version <= one.version:
            yield (
                at(agreement, "rounds", index + 1, "version"),
                f"Round {following.version} comes after round {one.version}. Each round has a higher number than the "
                "one before it.",
            )
        if following and not one.agreed and not following.because:
            yield (
                at(agreement, "rounds", index + 1),
                f"Round {one.version} and round {following.version} are both open. If this one took the other's "
                'place, say why in a line "because: …"; else remove one of the two.',
            )
        if one.agreed and one.agreed < one.opened:
            yield (
                at(agreement, "rounds", index, "agreed"),
                f"Round {one.version} was agreed on {one.agreed}, before it was opened on {one.opened}. Write the day "
                "on which each happened.",
            )
        if following and following.version > one.version and following.opened < (one.agreed or one.opened):
            yield (
                at(agreement, "rounds", index + 1, "opened"),
                f"Round {following.version} was opened on {following.opened}, before round {one.version} was "
                f"{'agreed' if one.agreed else 'opened'} on {one.agreed or one.opened}. Write the day on which each "
                "happened.",
            )


def _odd_beside_the_rest(agreement: Agreement) -> Found:
    """Where the rounds and the status, or the rounds and the signatures, say different things."""
    rounds = agreement.front.rounds
    last = rounds[-1] if rounds else None
    status = agreement.front.status
    here = at(agreement, "status") if status != "draft" else at(agreement, "rounds", len(rounds) - 1)
    if last and not last.agreed and status == "agreed":
        yield (
            here,
            f'The status is "agreed", but round {last.version} is open. Close it with "groundrules agree", or remove '
            "this line.",
        )
    if last and last.agreed and status == "draft":
        yield (
            here,
            f'Round {last.version} is agreed, but the status is not. Add the line "status: agreed", or open another '
            'round with "groundrules renegotiate".',
        )
    named = {one.version for one in rounds}
    for index, signature in enumerate(agreement.front.signatures):
        if signature.version and signature.version not in named:
            yield (
                at(agreement, "signatures", index, "version"),
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
            yield (
                at(agreement, "status"),
                f"The words have changed since version {where.agreed} was agreed, which stands until the new ones are "
                'agreed. Open a round for them with "groundrules renegotiate", or put the words back.',
            )
        elif where.round and where.changed_while_signed:
            yield (
                at(agreement, "rounds", len(agreement.front.rounds) - 1),
                f"The words have changed since version {where.round.version} was first signed. Put them back, or open "
                'another round with "groundrules renegotiate".',
            )


@check_each("no-reason", Agreement, level="warning")
def no_reason(agreement: Agreement) -> Found:
    """A round after the first does not say why it was opened. In a year, nobody will know what did not work."""
    rounds = agreement.front.rounds
    for index, (before, one) in enumerate(pairwise(rounds), 1):
        # Without a reason, the round before it would still be open, which is said elsewhere.
        if before.agreed and not one.because:
            yield (
                at(agreement, "rounds", index),
                f'Round {one.version} does not say why it was opened. Add a line "because: …" to it.',
            )


@check("unsigned")
def unsigned(toolkit: Toolkit) -> Found:
    """An agreement is said to be agreed, and a party has not signed it; or somebody signed for a party that
    it does not have."""
    for agreement in toolkit.agreements:
        versions = toolkit.histories.get(agreement.id, History()).versions if agreement.kind == "partnerships" else {}
        yield from _unsigned(agreement, {number: _parties(version) for number, version in versions.items()})


def _parties(agreement: Agreement) -> dict[str, str]:
    """The name of each party, by what tells it from others."""
    return {fold_name(party.name): party.name for party in agreement.front.parties}


def _unsigned(agreement: Agreement, kept: dict[int, dict[str, str]]) -> Found:
    """``kept`` are the parties of each kept version, which may have been others than today's."""
    front, today = agreement.front, _parties(agreement)
    for index, signature in enumerate(front.signatures):
        parties = kept.get(signature.version or 0, today)
        if fold_name(signature.party) not in parties:
            yield (
                at(agreement, "signatures", index, "party"),
                f'There is no party "{signature.party}". {name_meant(signature.party, parties.values())}',
            )
    if front.status == "agreed" and not front.rounds:
        for index, party in _without(today, front.signatures):
            yield (
                at(agreement, "parties", index),
                f'The agreement is agreed, but nobody has signed for "{party}". '
                'Add its signature, or set "status" to draft.',
            )
    signed: dict[int, list[Signature]] = {}
    for signature in front.signatures:
        signed.setdefault(signature.version or 0, []).append(signature)
    for place, one in enumerate(front.rounds):
        for _, party in _without(kept.get(one.version, {}), signed.get(one.version, ())) if one.agreed else ():
            yield (
                at(agreement, "rounds", place),
                f'Version {one.version} is agreed, but nobody has signed it for "{party}". '
                "Bring the signature back from a copy, or from git.",
            )


def _without(parties: dict[str, str], signatures: Iterable[Signature]) -> Iterator[tuple[int, str]]:
    signed = {fold_name(signature.party) for signature in signatures}
    return ((index, party) for index, (fold, party) in enumerate(parties.items()) if fold not in signed)


@check_each("same-party", Agreement)
def same_party(agreement: Agreement) -> Found:
    """Two parties have one name. Then nobody can say for which of them a signature stands, and who is still to sign.
    Capitals, white space, and the shape of apostrophes and dashes do not tell names apart."""
    seen: set[str] = set()
    for index, party in enumerate(agreement.front.parties):
        fold = fold_name(party.name)
        if fold in seen:
            # What was signed like this stays as it is, and is no reason to stop a build.
            level: Level = "warning" if agreement.front.signatures else "error"
            yield at(agreement, "parties", index, "name"), phrase("sameParty", name=party.name), level
        seen.add(fold)


@check_each("one-signatory", Agreement, level="warning")
def one_signatory(agreement: Agreement) -> Found:
    """One person has signed the same words for more than one party. That may be meant; often it is a slip, and one
    of the parties does not know what it has agreed to."""
    parties: dict[tuple[str, int | None], dict[str, str]] = {}
    last: dict[tuple[str, int | None], int] = {}
    for index, one in enumerate(agreement.front.signatures):
        person = fold_name(one.name), one.version
        signed = parties.setdefault(person, {})
        if fold_name(one.party) not in signed:
            signed[fold_name(one.party)] = one.party
            last[person] = index
    for person, signed in parties.items():
        if len(signed) > 1:
            one = agreement.front.signatures[last[person]]
            yield at(agreement, "signatures", last[person], "name"), for_several(one, signed.values())
