"""Checks of what a toolkit takes from the library."""

from __future__ import annotations

import os
from pathlib import Path

from ..files.library import ABOUT, formerly, library_version, offered, place_of
from ..model.pieces import Toolkit
from ..text.problems import did_you_mean
from .registry import Found, check, in_data


@check("not-in-library")
def not_in_library(toolkit: Toolkit) -> Found:
    """`agreements/toolkit.yml` takes something that the library does not have, or no longer under this name.
    So it would be missing from the site."""
    about = toolkit.about
    for kind, names in about.takes:
        if names and not about.library:
            line = f'Say from which version of the library, in a line: library: "{library_version()}".'
            yield in_data(toolkit, ABOUT, "takes"), line
            return
        for index, name in enumerate(names):
            here = Path(toolkit.root, place_of(kind, name))
            if name not in offered(kind) and not os.path.lexists(here):
                place, now = in_data(toolkit, ABOUT, "takes", kind, index), formerly(kind).get(name)
                if now:
                    yield place, f'The library calls "{name}" by the name "{now}" now.', "warning"
                else:
                    meant = did_you_mean(name, offered(kind))
                    yield place, f'The library has no "{name}" among its {kind}. {meant}'


_SHOWN = '"groundrules upgrade --library" shows what has changed.'


@check("library-version", "warning")
def library_has_moved(toolkit: Toolkit) -> Found:
    """The library that is installed is not the one that `agreements/toolkit.yml` names.
    What the toolkit takes from it may read otherwise now."""
    named = toolkit.about.library
    if named and named != (installed := library_version()):
        wrong = f"This names version {named} of the library, and {installed} is installed. {_SHOWN}"
        yield in_data(toolkit, ABOUT, "library"), wrong
