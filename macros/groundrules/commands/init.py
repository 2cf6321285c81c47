"""The command that makes a folder for a toolkit of somebody's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ..checks import load_and_check
from ..checks.labels import missing
from ..checks.site_settings import languages
from ..files import disk
from ..files.library import offered
from ..files.load.folders import load
from ..files.load.kept import Cache
from ..model.language import Language
from ..model.pieces import Toolkit
from ..text.problems import InvalidFiles, UserError, did_you_mean, errors, nearest
from .colours import too_light
from .next_step import Step, echo_steps
from .shared import Place, shown
from .starting import Wishes, about, files, takes

# What is wrong, the word that is, and what could stand there instead.
Wrong = tuple[str, str, str]


def init(
    place: Place,
    folder: Path,
    templates: tuple[str, ...],
    empty: bool,
    title: str | None,
    colour: str,
    language: str,
) -> None:
    target = place.root / folder
    wrong = [*_wrong_place(target, folder), *_wrong_words(title, templates, empty, colour, language)]
    if wrong:
        raise UserError(" ".join(one for one, _, _ in wrong), instead={word: right for _, word, right in wrong})
    wishes = Wishes(title or _title(target), language, colour, takes(templates, empty, language))
    contents = _tried(wishes)
    disk.fill_folder(target, contents)
    _say_what_is_next(Place(target), wishes)


def _title(target: Path) -> str:
    return target.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Our toolkit"


def _wrong_place(target: Path, folder: Path) -> Iterator[Wrong]:
    if not os.path.lexists(target):
        if not target.parent.is_dir():
            yield f"The folder {shown(target.parent)} is not there: make it first.", str(folder), folder.name
    elif not target.is_dir() or target.is_symlink():
        yield f"{shown(target)} is there, and is no folder.", str(folder), "FOLDER"
    elif there := sorted(os.listdir(target)):
        some = ", ".join(there[:3]) + (", …" if len(there) > 3 else "")
        yield f"The folder {shown(target)} is not empty: it holds {some}.", str(folder), "FOLDER"


def _wrong_words(
    title: str | None, templates: tuple[str, ...], empty: bool, colour: str, language: str
) -> Iterator[Wrong]:
    if title is not None and not (title.isprintable() and title.strip()):
        yield f'--name "{title}": write a name on one line.', "--name", "TEXT"
    if empty and templates:
        yield "--empty takes nothing from the library, so it goes with no --template.", "--empty", ""
    known = offered("templates")
    for name in templates:
        if name not in known:
            near = nearest(name, known)
            yield f'There is no template "{name}". {did_you_mean(name, known)}', name, near or "TEMPLATE"
    if colour and (why := too_light(colour)):
        yield why, "--colour", "#17495a"
    if language not in languages():
        near = nearest(language, languages())
        yield f'"{language}" is no language that the theme knows. {did_you_mean(language, languages())}', language, near


def _tried(wishes: Wishes) -> dict[str, str]:
    """The files of the new toolkit, once they were tried out; raises ``InvalidFiles`` if something is wrong."""
    # The check of guidance pages knows the macros that have registered.
    from ..site import macros  # noqa: F401

    with TemporaryDirectory() as name:
        root, cache = Path(name), Cache()
        _write(root, {"agreements/toolkit.yml": about(wishes.takes)})
        contents = files(wishes, load(root, cache=cache).toolkit)
        _write(root, contents)
        _, found = load_and_check(root, cache=cache)
    if errors(found):
        raise InvalidFiles(errors(found))
    return contents


def _write(root: Path, contents: Mapping[str, str]) -> None:
    for file, text in contents.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")


def _say_what_is_next(place: Place, wishes: Wishes) -> None:
    click.echo(f"Made {shown(place.root)}/")
    click.echo("  mkdocs.yml              the site's name, colours and menu")
    click.echo("  docs/index.md           the home page")
    click.echo("  agreements/toolkit.yml  what comes from the library")
    click.echo("")
    lacking = missing(Toolkit(str(place.root)), Language(wishes.language))
    listing = [Step(("labels", wishes.language), "list the words that are still English")] if lacking else []
    echo_steps(
        place, [*listing, Step(("check",), "see that nothing is wrong"), Step(("build",), "make the site, in site/")]
    )
