"""Where each partnership stands, worked out once for all checks that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from ..agreement.signing.signing_state import Standing, standing
from ..model.pieces import History, Toolkit

Result = TypeVar("Result")


class Once(Generic[Result]):
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


_standing = Once(lambda agreement, versions: standing(agreement, History(versions=versions)))
