"""The signing state of an agreement: which words were agreed, who signed what, and what has changed since.

A round is one time of settling and signing. Its first signature keeps the text as the version of the same number;
the others sign that. ``agree`` closes it. Words that are changed afterwards wait for the next round; what was
agreed stands until that is closed in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...model.front import Party, Round, Signature, VersionFront
from ...model.pieces import Agreement, History, Toolkit
from ...model.remember import remember
from ...text.tables import phrase
from ..document.assemble import assemble, open_blanks
from ..document.nodes import Document
from .fingerprint import fingerprint, with_fingerprint
from .standing import with_signatures

Match = Literal["matches", "changed", "cannot check"]
State = Literal["draft", "being signed", "agreed", "changed", "renegotiating", "ended"]


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A kept version: ``fingerprint`` is made from its words as they stand now, ``noted`` is what it had then."""

    version: int
    agreement: Agreement
    document: Document
    fingerprint: str
    noted: str

    @property
    def intact(self) -> bool:
        return self.fingerprint == self.noted


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, and what it is worth today; ``why`` says in a sentence why it cannot be checked."""

    signature: Signature
    match: Match
    why: str = ""


@dataclass(frozen=True, slots=True)
class SigningState:
    """The signing state: ``agreed`` is the number of the version in force, 0 for none; ``round`` is the open one."""

    agreement: Agreement
    today: Document
    fingerprint: str
    kept: Mapping[int, KeptVersion]
    signed: tuple[Signed, ...]
    agreed: int
    round: Round | None

    @property
    def state(self) -> State:
        if self.agreement.front.status == "ended":
            return "ended"
        if self.round:
            return "renegotiating" if self.agreed else "being signed"
        if self.agreed:
            return "agreed" if self.as_agreed else "changed"
        return "agreed" if self.agreement.front.status == "agreed" else "draft"

    @property
    def as_agreed(self) -> bool:
        """Whether today's words are those in force."""
        kept = self.kept.get(self.agreed)
        return kept is not None and kept.fingerprint == self.fingerprint

    @property
    def in_force(self) -> Document:
        """The words that people hold each other to: the version in force, or today's where none was agreed."""
        kept = self.kept.get(self.agreed)
        return kept.document if kept else self.today

    @property
    def changed_while_signed(self) -> bool:
        """Whether today's words differ from those that are being signed."""
        kept = self.kept.get(self.round.version) if self.round else None
        return kept is not None and kept.fingerprint != self.fingerprint

    def signatures(self, version: int) -> list[Signed]:
        return [one for one in self.signed if one.signature.version == version]

    def lapsed(self, one: Signed) -> bool:
        """Whether ``one`` is for today's words, but in a round that another took the place of."""
        return one.match == "matches" and one.signature.version not in (self.version, self.agreed)

    @property
    def missing(self) -> list[Party]:
        """The parties that have not signed today's words; nobody is missing from words that were agreed."""
        signed = {one.party for one in self.today.signatures}
        return [party for party in self.today.parties if party.name not in signed]

    @property
    def next_round(self) -> int:
        """The number of a round that is opened now.

        A kept text of today's words that no round names is taken up: a signature was interrupted before it.
        """
        named = {one.version for one in self.agreement.front.rounds}
        last = max([*self.kept, *named], default=0)
        spare = self.kept.get(last) if last not in named else None
        return last if spare and spare.fingerprint == self.fingerprint else last + 1

    @property
    def version(self) -> int:
        """The number that somebody who signs today's words signs."""
        rounds = self.agreement.front.rounds
        if self.round or (rounds and self.as_agreed and rounds[-1].version == self.agreed):
            return rounds[-1].version
        return self.next_round

    @property
    def open_questions(self) -> list[str]:
        """The names of the blanks in today's words that nobody has answered."""
        return open_blanks(self.today)


def signing_state(agreement: Agreement, history: History, titles: Callable[[str], str] = str) -> SigningState:
    """The signing state; ``titles`` names a clause that is referred to but was left out; no fingerprint needs it."""
    today = with_fingerprint(assemble(agreement, titles))
    now = fingerprint(today)
    signatures: dict[int, list[Signature]] = {}
    for one in agreement.front.signatures:
        signatures.setdefault(one.version or 0, []).append(one)
    kept = {
        number: _kept(number, version, signatures.get(number, ()))
        for number, version in sorted(history.versions.items())
    }
    rounds = agreement.front.rounds
    last = rounds[-1] if rounds else None
    where = SigningState(
        agreement,
        today,
        now,
        kept,
        tuple(_signed(one, kept, now) for one in agreement.front.signatures),
        max((one.version for one in rounds if one.agreed), default=0),
        last if last and not last.agreed else None,
    )
    prints = {number: one.fingerprint for number, one in kept.items()}
    return replace(where, today=with_signatures(today, agreement.front.signatures, where.version, prints))


# Only the kept texts of a history count, and no fingerprint depends on titles.
_known_standing = remember(
    lambda agreement, history: signing_state(agreement, history), lambda agreement, history: history.versions.values()
)


def standings(toolkit: Toolkit) -> Iterator[SigningState]:
    """The standing of each partnership that has rounds, kept versions or signatures of them."""
    for agreement in toolkit.partnerships.values():
        history = toolkit.histories.get(agreement.id, History())
        signed = any(one.version or one.fingerprint for one in agreement.front.signatures)
        if agreement.front.rounds or history.versions or signed:
            yield _known_standing(agreement, history)


def on_its_own(agreement: Agreement, titles: Callable[[str], str] = str) -> Document:
    """What ``agreement`` says without any history beside it: an example, or a kept version with its signatures."""
    document = with_fingerprint(assemble(agreement, titles))
    front = agreement.front
    version = front.version if isinstance(front, VersionFront) else None
    return with_signatures(document, front.signatures, version, {version: document.fingerprint} if version else {})


def _kept(number: int, version: Agreement, signatures: Iterable[Signature]) -> KeptVersion:
    assert isinstance(version.front, VersionFront)
    document = with_fingerprint(replace(assemble(version), status="agreed"))
    words = fingerprint(document)
    signed = with_signatures(document, signatures, number, {number: words})
    return KeptVersion(number, version, signed, words, version.front.fingerprint)


def _signed(signature: Signature, kept: Mapping[int, KeptVersion], now: str) -> Signed:
    if signature.version is None or not signature.fingerprint:
        return Signed(signature, "cannot check", phrase("signedOnPaper"))
    version = kept.get(signature.version)
    if version is None:
        return Signed(signature, "cannot check", phrase("versionNotKept", version=signature.version))
    if version.fingerprint != signature.fingerprint:
        why = (
            phrase("keptTextChanged", version=signature.version)
            if not version.intact
            else phrase("otherFingerprint", version=signature.version)
        )
        return Signed(signature, "cannot check", why)
    return Signed(signature, "matches" if version.fingerprint == now else "changed")
