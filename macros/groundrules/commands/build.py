"""The command that builds the site."""

from __future__ import annotations

import os
from importlib.metadata import entry_points
from pathlib import Path

import click

from ..text.problems import UserError
from .shared import Place, in_place


@click.command()
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the site goes, if not to site/."
)
@in_place
def build(place: Place, site_dir: Path | None) -> None:
    """Build the site. It takes the place of the last one in one step, and only if nothing is wrong."""
    settings = place.root / "mkdocs.yml"
    if not settings.is_file():
        raise UserError("There is no mkdocs.yml here. Run this in the toolkit's own folder, or name it with --root.")
    if place.partnerships:
        raise UserError(
            "A site finds your agreements by mkdocs.yml. Name the folder there, under plugins: groundrules."
        )
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    words = ["build", "--strict", "--config-file", str(settings)]
    if site_dir:
        words += ["--site-dir", str(site_dir.resolve())]
    (mkdocs,) = entry_points(group="console_scripts", name="mkdocs")
    mkdocs.load().main(words, "mkdocs", standalone_mode=False)
