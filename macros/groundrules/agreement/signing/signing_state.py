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
from .fingerprint import NAME, OLD, canonical_text, fingerprint, form_of, tells_links, with_fingerprint
from .standing import with_signatures

Match = Literal["matches", "changed", "cannot check"]
State = Literal["draft", "being signed", "agreed", "changed", "renegotiating", "ended"]


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A kept version: ``fingerprint`` is made from its words as they stand now, ``noted`` is what it had then.

    ``as_today`` says whether today's words are the same.
    """

    version: int
    agreement: Agreement
    document: Document
    fingerprint: str
    noted: str
    as_today: bool

    @property
    def intact(self) -> bool:
        return self.fingerprint == self.noted

    @property
    def tells_links(self) -> bool:
        """Whether the fingerprint, which may be of the older kind, tells a link from words that look like one."""
        return form_of(self.noted) != OLD or tells_links(self.document)


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
        return kept is not None and kept.as_today

    @property
    def in_force(self) -> Document:
        """The words that people hold each other to: the version in force, or today's where none was agreed."""
        kept = self.kept.get(self.agreed)
        return kept.document if kept else self.today

    @property
    def changed_while_signed(self) -> bool:
        """Whether today's words differ from those that are being signed."""
        kept = self.kept.get(self.round.version) if self.round else None
        return kept is not None and not kept.as_today

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
        return last if spare and spare.as_today else last + 1

    @property
    def version(self) -> int:
        """The number that somebody who signs today's words signs."""
        rounds = self.agreement.front.rounds
        if self.round or (rounds and self.as_agreed and rounds[-1].version == self.agreed):
            return rounds[-1].version
        return self.next_round

    def says(self, agreement: Agreement) -> bool:
        """Whether ``agreement`` has the words of today."""
        return canonical_text(_assembled(agreement, form_of(self.fingerprint))) == canonical_text(self.today)

    def fingerprint_as(self, form: str) -> str:
        """The fingerprint of today's words in that form: paper from before has an older one."""
        return fingerprint(_assembled(self.agreement, form), form)

    @property
    def open_questions(self) -> list[str]:
        """The names of the blanks in today's words that nobody has answered."""
        return open_blanks(self.today)


def signing_state(agreement: Agreement, history: History, titles: Callable[[str], str] = str) -> SigningState:
    """The signing state; ``titles`` names a clause that is referred to but was left out; no fingerprint needs it."""
    forms = {NAME} | {form_of(_noted(one)) for one in history.versions.values()}
    today = {form: _assembled(agreement, form, titles) for form in forms}
    says = {form: fingerprint(document) for form, document in today.items()}
    signatures: dict[int, list[Signature]] = {}
    for one in agreement.front.signatures:
        signatures.setdefault(one.version or 0, []).append(one)
    kept = {
        number: _kept(number, version, signatures.get(number, ()), says)
        for number, version in sorted(history.versions.items())
    }
    rounds = agreement.front.rounds
    last = rounds[-1] if rounds else None
    where = SigningState(
        agreement,
        today[NAME],
        says[NAME],
        kept,
        tuple(_signed(one, kept) for one in agreement.front.signatures),
        max((one.version for one in rounds if one.agreed), default=0),
        last if last and not last.agreed else None,
    )
    signs = kept.get(where.version)
    # Words that were signed in the older form keep the fingerprint that stands on paper.
    form = form_of(signs.noted) if signs and signs.as_today else NAME
    prints = {number: one.fingerprint for number, one in kept.items()}
    return replace(
        where,
        today=with_signatures(today[form], agreement.front.signatures, where.version, prints),
        fingerprint=fingerprint(today[form], form),
    )


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
    front = agreement.front
    if not isinstance(front, VersionFront):
        return with_signatures(_assembled(agreement, NAME, titles), front.signatures, None, {})
    document = replace(_assembled(agreement, form_of(front.fingerprint), titles), version=front.version)
    return with_signatures(document, front.signatures, front.version, {front.version: document.fingerprint})


def _assembled(agreement: Agreement, form: str, titles: Callable[[str], str] = str) -> Document:
    """``agreement`` as it reads where its fingerprint is of that form."""
    return with_fingerprint(assemble(agreement, titles, one_stop=form != OLD), form)


def _noted(version: Agreement) -> str:
    assert isinstance(version.front, VersionFront)
    return version.front.fingerprint


def _kept(number: int, version: Agreement, signatures: Iterable[Signature], today: Mapping[str, str]) -> KeptVersion:
    noted = _noted(version)
    document, found, says = _words_of(version)
    signed = with_signatures(document, signatures, number, {number: found})
    return KeptVersion(number, version, signed, found, noted, as_today=says == today[form_of(noted)])


@remember
def _words_of(version: Agreement) -> tuple[Document, str, str]:
    """What a kept version says, its fingerprint in the form that was noted, and that by which it compares."""
    form = form_of(_noted(version))
    document = replace(_assembled(version, form), status="agreed")
    found = fingerprint(document, form)
    return document, found, found if form == NAME else fingerprint(document)


def _signed(signature: Signature, kept: Mapping[int, KeptVersion]) -> Signed:
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
    return Signed(signature, "matches" if version.as_today else "changed")
