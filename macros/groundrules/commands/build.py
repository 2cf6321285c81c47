"""The command that builds the site."""

from __future__ import annotations

import logging
import os
from importlib.metadata import entry_points
from pathlib import Path

from ..text.problems import UserError
from .shared import Place


def build(place: Place, site_dir: Path | None) -> None:
    settings = place.root / "mkdocs.yml"
    if not settings.is_file():
        said = "There is no mkdocs.yml here. Run this in the toolkit's own folder, or name it with --root."
        raise UserError(said, instead={"--root": "FOLDER"})
    if place.partnerships:
        said = "A site finds your agreements by mkdocs.yml. Name the folder there, under plugins: groundrules."
        raise UserError(said, instead={"--partnerships": ""})
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    words = ["build", "--strict", "--config-file", str(settings)]
    if site_dir:
        words += ["--site-dir", str(site_dir.resolve())]
    # What it says of itself at each build hides what the build says.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
    (mkdocs,) = entry_points(group="console_scripts", name="mkdocs")
    mkdocs.load().main(words, "mkdocs", standalone_mode=False)
