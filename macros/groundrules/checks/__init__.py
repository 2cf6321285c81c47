"""The checks: one function each, named and graded by its decorator, documented by its docstring.

A check yields a place and a message for each thing that is wrong, and never stops at the first. One with
``@check_each`` is given one piece at a time; one with ``@check`` is given the whole toolkit. ``registry`` has the
places, ``walk`` has what stands in a piece's text.
To add a check, write a function with a docstring in the module that fits, decorate it, and copy a file
of ``tests/checks/`` for its failing and passing cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..files.library import ABOUT, called
from ..files.load.folders import load, nothing_thrown_away
from ..files.load.kept import Cache
from ..model.pieces import Agreement, History, Toolkit
from ..text.problems import Problem, few

# Each module registers its checks when it is imported; those that nothing else here uses are listed for that.
from . import (  # noqa: F401
    addresses,
    agreements,
    blanks,
    chooser,
    days,
    guidance,
    kept_versions,
    labels,
    library,
    macro_calls,
    needs,
    numbering,
    reading,
    records,
    renamed,
    signatures,
    site_settings,
    takes,
    translations,
    words,
)
from .registry import Check, found_in, registered


def load_and_check(
    root: Path,
    partnerships: Path | None = None,
    cache: Cache | None = None,
    public: bool = False,
    settings: Path | None = None,
) -> tuple[Toolkit, list[Problem]]:
    """The toolkit in ``root``, and everything that is wrong with it, in the order of files and lines.

    ``public`` is for builds: partnerships that are not published are left out of both.
    """
    with nothing_thrown_away():
        loaded = load(root, partnerships, cache, public, settings)
        found = set(loaded.problems)
        # Without knowing what comes from the library, nobody can say what is missing.
        known = ABOUT not in loaded.toolkit.unread
        if known and (loaded.toolkit.clauses or loaded.toolkit.templates or loaded.toolkit.guidance):
            found |= set(run(loaded.toolkit))
    return loaded.toolkit, sorted(few(found))


def run(toolkit: Toolkit, on_request: bool = False) -> list[Problem]:
    """Every problem that the checks find in ``toolkit``, in the order of files and lines.

    With ``on_request``, those that run on request only, and no others.
    """
    found = {problem for one in registered() if one.on_request == on_request for problem in one.find(toolkit)}
    if not on_request:
        found.update(*map(found_in, toolkit.pieces))
    return sorted(filter(None, (_for_who_borrows(one) if one.file in toolkit.borrowed else one for one in found)))


def _for_who_borrows(problem: Problem) -> Problem | None:
    """A problem in a file of the library, for somebody who cannot change it there; nothing if it stops nobody."""
    hint = f'This is the library\'s file. "groundrules adopt {called(problem.file)}" makes a copy that you can change.'
    return replace(problem, message=f"{problem.message} {hint}") if problem.level == "error" else None


def checked(agreement: Agreement, toolkit: Toolkit) -> list[Problem]:
    """What the checks find in ``agreement`` and its kept versions; the rest of the toolkit is not looked at."""
    alone = replace(
        toolkit,
        examples={},
        checklists={},
        guidance=(),
        situations=(),
        partnerships={agreement.id: agreement},
    )
    history = toolkit.histories.get(agreement.id, History())
    files = {agreement.origin.file, *(version.origin.file for version in history.versions.values())}
    return sorted(one for one in run(alone) if one.file in files)


def catalogue() -> Iterator[Check]:
    """Everything that can be found wrong, by name: for the reference page."""
    yield from sorted([*registered(), *reading.CHECKS], key=lambda one: one.name)
