"""The command that copies pieces of the library into the toolkit, to be changed there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from ..files import disk
from ..files.edit import rewrite
from ..files.library import ABOUT, BASES, lent, library, library_version
from ..files.load.folders import load
from ..files.load.lost_links import guidance_without_lost_links, is_there, without_lost_links
from ..files.source import plain
from ..model.pieces import places
from ..text import frontmatter
from ..text.problems import InvalidFiles, UserError, did_you_mean, errors, nearest
from .next_step import Step, echo_steps
from .shared import Place, shown


def adopt(place: Place, names: tuple[str, ...]) -> None:
    wrong = list(_wrong(place, names))
    if wrong:
        raise UserError(" ".join(message for message, _, _ in wrong), instead={word: near for _, word, near in wrong})
    loaded = load(place.root, place.partnerships)
    about = f"agreements/{ABOUT}"
    if broken := [one for one in errors(loaded.problems) if one.file == about]:
        raise InvalidFiles(broken)
    here, data = places(loaded.toolkit), {"library": library_version(), **plain(loaded.toolkit.about)}
    for name in names:
        file = lent()[name]
        text = disk.read(library() / file)
        data = {**data, "adopted": {**data.get("adopted", {}), name: library_version()}}
        _write(place.root / BASES / file, text)
        _write(place.root / about, rewrite(_read(place.root / about), data))
        _write(place.root / file, _fitting(text, file, here))
        click.echo(f"Copied {shown(place.root / file)}")
    echo_steps(place, [Step(("check",), "see that nothing is wrong, once you have changed it")])


def _wrong(place: Place, names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with each name, that name, and what could stand there instead."""
    for name in names:
        if name not in lent():
            yield f'The library has no "{name}". {did_you_mean(name, lent())}', name, nearest(name, lent()) or "NAME"
        elif os.path.lexists(path := place.root / lent()[name]):
            yield f"{shown(path)} is there already, and is yours.", name, ""


def _fitting(text: str, file: str, here: frozenset[str]) -> str:
    """The text of the library's ``file``, without what leads to pages that are not here."""
    if file.startswith("docs/"):
        return guidance_without_lost_links(text, file, here)
    text = "\n".join(without_lost_links(line, here) for line in text.split("\n"))
    front, body, _ = frontmatter.split(text) or ("", text, 1)
    data = frontmatter.read(front)[0].data if front else {}
    lost = [one for one in data.get("related", ()) if not is_there(one, here)]
    if not lost:
        return text
    data["related"] = [one for one in data["related"] if one not in lost]
    return f"---\n{rewrite(front, {key: value for key, value in data.items() if value})}---\n{body}"


def _read(path: Path) -> str:
    return disk.read(path) if path.is_file() else ""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    disk.write(path, text)
