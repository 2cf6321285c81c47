"""The command that forks a template for a new partnership."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ..agreement.document.assemble import assemble, open_blanks
from ..agreement.document.fork import files as fork_files
from ..checks import checked
from ..files import chance, disk
from ..files.load.folders import Loaded, load
from ..files.load.text import opened
from ..model.pieces import Agreement, Template, Toolkit
from ..text.problems import InvalidFiles, Unknown, errors
from .fork_options import ForkOptions, check_name
from .next_step import Step, echo_steps
from .shared import Place, already_there, pairs, refuse_broken, shown
from .typed_values import party


def new(
    place: Place,
    template: str,
    name: str,
    parties: tuple[str, ...],
    answers_file: Path | None,
    answers: tuple[str, ...],
    wordings: tuple[str, ...],
    without: tuple[str, ...],
    example: str | None,
) -> None:
    check_name(name)
    loaded = load(place.root, None)
    refuse_broken(loaded.problems, set())
    options = ForkOptions(one_template(loaded, template), loaded.toolkit)
    behind = options.like(one_example(loaded, example)) if example else []
    for clause in without:
        options.leave_out(clause)
    for clause, wording in pairs("--wording", wordings, "clause=wording"):
        options.word(clause.strip(), wording.strip())
    for one in parties:
        options.add_party(party(one), "--party")
    if answers_file:
        options.read_answers(str(answers_file), disk.read(answers_file))
    options.set_words(answers)
    used = {options.template.origin.file, *(f"agreements/clauses/{one}.md" for one in options.wordings)}
    refuse_broken(loaded.problems, used)
    target = place.folder / name
    made = fork_files(options.template, loaded.toolkit, replace(options.made(), id=chance.fresh_id()))
    if target.exists() or target.is_symlink():
        raise already_there(target, "Choose another name, or go on with it.", then=("ask", target.name))
    still = open_questions(made["agreement.md"], target / "agreement.md", loaded.toolkit)
    make_folder(place, target, made)
    say_what_is_next(place, target, still, behind)


def one_template(loaded: Loaded, identity: str) -> Template:
    templates = loaded.toolkit.templates
    if template := loaded.toolkit.template(identity):
        return template
    refuse_broken(loaded.problems, {f"agreements/templates/{identity}.md"})
    raise Unknown(f'There is no template "{identity}".', identity, templates, kind="TEMPLATE")


def one_example(loaded: Loaded, identity: str) -> Agreement:
    identity = loaded.toolkit.now_called("examples", identity.removeprefix("examples/"))
    examples = loaded.toolkit.examples
    refuse_broken(loaded.problems, {f"agreements/examples/{identity}.md"})
    if identity not in examples:
        raise Unknown(f'There is no example "{identity}".', identity, examples, kind="EXAMPLE")
    return examples[identity]


def open_questions(text: str, path: Path, toolkit: Toolkit) -> int:
    """How many blanks of a new agreement nobody has answered.

    Raises ``InvalidFiles`` if the checks name an error.
    """
    agreement, found = opened(text, str(path))
    if agreement:
        found += checked(agreement, toolkit)
    if errors(found):
        raise InvalidFiles(errors(found))
    return len(open_blanks(assemble(agreement))) if agreement else 0


def make_folder(place: Place, target: Path, contents: dict[str, str]) -> None:
    if place.partnerships is None:
        place.folder.mkdir(exist_ok=True)
    try:
        disk.make_folder(target, contents)
    except FileExistsError:
        raise already_there(target, "Choose another name, or go on with it.", then=("ask", target.name)) from None


def say_what_is_next(place: Place, target: Path, still: int, behind: list[str]) -> None:
    name = target.name
    click.echo(f"Made {shown(target)}/")
    click.echo(f"  agreement.md  the whole text, with {still or 'no'} open question{'' if still == 1 else 's'}")
    click.echo("  taken.md      the library's text, to compare with when the library changes")
    if behind:
        click.echo("")
        click.echo("These clauses are the example's own and stay there, because they name its people and days:")
        for title in behind:
            click.echo(f"  {title}")
    click.echo("")
    steps = [
        Step(("ask", name), "answer one question after the other"),
        Step(("check",), "see what is still open"),
        Step(("export", name, "--to", "docx"), "write a Word file"),
    ]
    echo_steps(place, steps)
