"""All downloads of a site, or one part of them, written without its pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..agreement.document.links import Links, indexes
from ..checks import load_and_check
from ..site.downloads import Downloads, Part
from ..site.library import Library
from ..text.problems import InvalidFiles, errors
from .shared import Place, shown


def write_all(place: Place, folder: Path, part: tuple[int, int]) -> None:
    """Write into ``folder`` every file of this part that the site offers, each where the site has it.

    What a build would refuse is refused.
    """
    # The check of guidance pages knows the macros that have registered.
    from ..site import macros  # noqa: F401

    toolkit, found = load_and_check(place.root, place.partnerships, public=True)
    if errors(found):
        raise InvalidFiles(errors(found))
    said = click.echo if sys.stderr.isatty() else lambda *_, **__: None
    downloads = Downloads(place.root / ".cache", lambda line: said(line, err=True))
    downloads.begin(Library(toolkit, Links("/", indexes=indexes(toolkit)), True), Part(*part))
    try:
        downloads.finish(folder)
    finally:
        downloads.stop()
    count = len(downloads.files)
    click.echo(f"Wrote {count} file{'' if count == 1 else 's'} into {shown(folder)}.")
