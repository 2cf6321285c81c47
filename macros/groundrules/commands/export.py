"""The command that writes an agreement or a template as another kind of file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ..agreement.document.assemble import open_blanks
from ..agreement.document.links import Links, indexes
from ..agreement.review.dates import has_dates
from ..files.load.folders import load
from ..model.pieces import Agreement, Template
from ..text.problems import InvalidFiles, UserError, errors
from ..writers.beside import bilingual_name
from ..writers.bilingual import BILINGUAL
from ..writers.content import own
from ..writers.kinds import writers
from ..writers.writer import Content
from . import exporting
from .days import remark
from .refusing import echo_lines
from .shared import Place, echo, how_far, needed, output_path, refuse_beside, refuse_broken, shown, write_output


def export(
    place: Place,
    name: str | None,
    everything: bool,
    part: tuple[int, int] | None,
    kind: str | None,
    output: str | None,
    force: bool,
    number: int | None,
    questions: bool | None,
    beside: str | None,
) -> None:
    if everything or part:
        one_file = {"--to": kind, "--version": number, "--force": force, "--questions": questions}
        one_file |= {"--beside": beside, name or "": name}
        refuse_beside("--all", one_file)
        return _write_all(place, Path(output or "downloads"), part or (1, 1))
    name = needed(name)
    if kind is None:
        kind = Path(output or "").suffix.removeprefix(".").lower()
        if kind not in writers():
            said = f"Say which kind of file, with --to. It may be: {', '.join(writers())}."
            raise UserError(said, instead={"--to": "docx"})
    loaded = load(place.root, place.partnerships)
    refuse_broken(loaded.problems, {one.file for one in loaded.problems if stands_for(one.file, name)})
    piece = exporting.find(loaded.toolkit, name)
    refuse_broken(loaded.problems, exporting.sources(piece))
    if number:
        if not isinstance(piece, Agreement):
            said = "Only a partnership's agreement has versions. Leave --version out."
            raise UserError(said, instead={"--version": ""})
        piece = exporting.kept_version(piece, loaded.toolkit, number)
    if beside:
        pair = exporting.side_by_side(piece, loaded.toolkit, beside, kind)
        first, second = (replace(own(one, loaded.toolkit), questions=questions) for one in pair)
        return _write_one(output, bilingual_name(*pair, kind), BILINGUAL[kind](first, second), force)
    target = output_path(output, f"{piece.id}.{kind}", force)
    content = replace(own(piece, loaded.toolkit), questions=questions)
    if writers()[kind].dated:
        _say_dates(place, name, piece, content)
    if not write_output(target, output, writers()[kind].file(content), force):
        return
    still = open_blanks(content.document)
    left = f", with {len(still)} open question{'' if len(still) == 1 else 's'}" if still else ""
    click.echo(f"Wrote {shown(target)}{left}.")


def _say_dates(place: Place, name: str, piece: Template | Agreement, content: Content) -> None:
    """Say what there is to know of the dates of a calendar; where there are none, there is no file."""
    for blank in content.calendar.blanks:
        if isinstance(blank.answer, str) and (said := remark(blank.definition, blank.answer)):
            echo(f"{blank.name}: {said}", error=True)
    if not has_dates(content.calendar):
        echo(f'"{name}" has no dates for a calendar yet, so no file was written.', error=True)
        if piece.kind == "partnerships":
            echo_lines("To go on", [place.line("ask", piece.id)])
        raise click.exceptions.Exit(1)


def _write_one(output: str | None, usual: str, made: bytes, force: bool) -> None:
    target = output_path(output, usual, force)
    if write_output(target, output, made, force):
        click.echo(f"Wrote {shown(target)}.")


def _write_all(place: Place, folder: Path, part: tuple[int, int]) -> None:
    """Write into ``folder`` every file of this part that the site offers, each where the site has it.

    What a build would refuse is refused.
    """
    # What one file does without. The check of guidance pages knows the macros that have registered.
    from ..checks import load_and_check
    from ..files.load.kept import Cache
    from ..site import macros  # noqa: F401
    from ..site.downloads import Downloads, Part
    from ..site.library import Library

    toolkit, found = load_and_check(place.root, place.partnerships, Cache(say=how_far()), public=True)
    if errors(found):
        raise InvalidFiles(errors(found))
    downloads = Downloads(place.root / ".cache", how_far())
    downloads.begin(Library(toolkit, Links("/", indexes=indexes(toolkit)), True), Part(*part))
    try:
        downloads.finish(folder)
    finally:
        downloads.stop()
    count = len(downloads.files)
    click.echo(f"Wrote {count} file{'' if count == 1 else 's'} into {shown(folder)}.")


def stands_for(file: str, name: str) -> bool:
    """Whether ``file`` is one that ``name`` may mean; it may be too broken to be found by its name."""
    kind, _, identity = name.strip("/").rpartition("/")
    parts = Path(file).parts
    stem = parts[-2] if parts[-1] == "agreement.md" and len(parts) > 1 else Path(file).stem
    folder = parts[-3 if parts[-1] == "agreement.md" else -2] if len(parts) > 2 else ""
    return stem == identity and folder != "clauses" and kind.rstrip("s") in ("", folder.rstrip("s"))
