"""The command that writes a folder from which other hosts than mkdocs build the site."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from ..checks import load_and_check
from ..files import disk
from ..files.stage import Stage
from ..model.pieces import Toolkit
from ..model.site import plugin
from ..text.problems import InvalidFiles, UserError, errors
from .shared import Place, shown


def stage(place: Place, folder: Path) -> None:
    # By its name, as each command is loaded: nothing stands higher.
    staging = import_module("groundrules.site.staging")
    target = place.root / folder
    _refuse(target, place.root, folder, staging.MADE)
    made = Stage(target)
    toolkit = _published(place)
    site = staging.Staging(toolkit)
    try:
        site.write(made.begin(), place.root / ".cache", lambda line: click.echo(line, err=True))
        made.finish()
    finally:
        made.give_up()
    click.echo(f"Wrote {shown(target)}/")
    if toolkit.site.at("hooks").items:
        click.echo("Your hooks are not among it: no other host runs them.")


def _published(place: Place) -> Toolkit:
    """The toolkit as its site shows it, with the private folder that its settings name."""
    toolkit, found = load_and_check(place.root, place.partnerships, public=True)
    own = plugin(toolkit.site, "groundrules")
    if own and (folder := own.at("partnerships").text) and not place.partnerships:
        return _published(replace(place, partnerships=place.root / folder))
    if errors(found):
        raise InvalidFiles(errors(found))
    return toolkit


def _refuse(target: Path, root: Path, folder: Path, mark: str) -> None:
    if not (root / "mkdocs.yml").is_file():
        said = "There is no mkdocs.yml here. Run this in the toolkit's own folder, or name it with --root."
        raise UserError(said, instead={"--root": "FOLDER"})
    there = os.listdir(target) if target.is_dir() else []
    ours = not there or ("mkdocs.yml" in there and disk.read(target / "mkdocs.yml").startswith(mark))
    place = target.resolve()
    if any((root / name).resolve() in (place, *place.parents) for name in ("docs", "agreements")):
        why = "is among what you write"
    elif not ours:
        why = "is not empty, and nothing was staged there"
    elif os.path.lexists(target) and not target.is_dir():
        why = "is there, and is no folder"
    else:
        return
    raise UserError(f"{shown(folder)} {why}. Name a new folder.", instead={str(folder): "FOLDER"})
