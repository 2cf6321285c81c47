"""Which signatures stand for which words. All that shows, prints or counts a signature asks here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...model.front import Round, Signature
from ...text.names import fold_name
from ...text.tables import phrase
from ..document.assemble import open_blanks
from ..document.nodes import Document


def standing_signatures(
    document: Document, signatures: Iterable[Signature], version: int | None, kept: Mapping[int, str]
) -> tuple[Signature, ...]:
    """Those of ``signatures`` that stand for exactly the words of ``document``.

    They name the party as the document does. ``version`` is what its words are signed as, ``kept`` has the fingerprint
    of each kept text. One on paper has no fingerprint: it stands only where no text was ever kept. Nothing stands for
    words with open questions.
    """
    if open_blanks(document):
        return ()
    parties = {fold_name(party.name): party.name for party in document.parties}
    return tuple(
        one.model_copy(update={"party": party})
        for one in signatures
        if (party := parties.get(fold_name(one.party))) and _stands(one, document.fingerprint, version, kept)
    )


def _stands(one: Signature, words: str, version: int | None, kept: Mapping[int, str]) -> bool:
    if not one.version:
        return not one.fingerprint and not kept
    return bool(words) and one.version == version and one.fingerprint == words == kept.get(one.version)


def with_signatures(
    document: Document, signatures: Iterable[Signature], version: int | None, kept: Mapping[int, str]
) -> Document:
    standing = standing_signatures(document, signatures, version, kept)
    signed = version if version and any(one.version for one in standing) else document.version
    return replace(document, signatures=standing, version=signed)


def too_early(version: int, day: datetime.date, rounds: Sequence[Round]) -> tuple[str, bool] | None:
    """Why the words of ``version`` can hardly have been signed on ``day``, and whether they cannot at all.

    No words came to be before those were agreed whose place they took. Words for which a round was opened may have
    been signed on paper before that. Rounds whose days contradict one another, which is said elsewhere, prove nothing.
    """
    if not _orderly(rounds):
        return None
    before = max((one for one in rounds if one.version < version and one.agreed), key=_number, default=None)
    if before and before.agreed and day < before.agreed:
        said = phrase("signedBeforeAgreed", day=day, agreed=before.agreed, before=before.version, version=version)
        return said, True
    opened = next((one.opened for one in rounds if one.version == version), None)
    if opened and day < opened:
        return phrase("signedBeforeOpened", day=day, opened=opened, version=version), False
    return None


def _orderly(rounds: Iterable[Round]) -> bool:
    days = [day for one in rounds for day in (one.opened, one.agreed) if day]
    return days == sorted(days)


def _number(one: Round) -> int:
    return one.version
