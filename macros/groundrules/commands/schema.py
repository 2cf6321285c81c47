"""The command that writes JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path

import click

from ..files import disk
from ..model.schemas import MADE, schemas
from ..text.problems import UserError
from .shared import Place, shown


def schema(place: Place, folder: Path) -> None:
    target, made = place.root / folder, schemas()
    if theirs := [name for name in made if (target / name).exists() and MADE not in disk.read(target / name)]:
        raise UserError(f"{shown(target / theirs[0])} is there, and is yours.", instead={str(folder): "FOLDER"})
    target.mkdir(parents=True, exist_ok=True)
    for name, (files, text) in made.items():
        disk.write(target / name, text)
        click.echo(f"{shown(target / name)}  for {files}")
