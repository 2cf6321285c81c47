"""The commands that make, fill in and write out an agreement."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from ..agreement.document.assemble import assemble, open_blanks
from ..agreement.document.fork import files as fork_files
from ..checks import checked
from ..files import disk
from ..files.load import Loaded, load
from ..files.load.text import opened
from ..model.pieces import Agreement, Template, Toolkit
from ..text.problems import InvalidFiles, UserError, did_you_mean, errors, on_one_line
from ..writers.content import own
from ..writers.kinds import writers
from . import exporting
from .fork_options import Chooser, check_name, party
from .interview import Interview, Stop, how_many_open
from .workspace import Desk

Place = tuple[Path, Path | None]

in_partnerships = click.option(
    "--partnerships",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A private folder that holds your partnerships' agreements.",
)


@contextmanager
def plainly() -> Iterator[None]:
    """What somebody got wrong is said in a sentence, without a traceback."""
    try:
        yield
    except UserError as wrong:
        raise click.UsageError(on_one_line(str(wrong))) from None
    except InvalidFiles as broken:
        for problem in broken.problems:
            click.echo(str(problem), err=True)
        raise click.exceptions.Exit(1) from None
    except BrokenPipeError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        about = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
        click.echo(on_one_line(f"{about}this cannot be read or written: {said}."), err=True)
        raise click.exceptions.Exit(1) from None


def refuse_broken(loaded: Loaded, wanted: set[str]) -> None:
    """Stop if one of the files that are needed cannot be relied on."""
    wrong = [one for one in errors(loaded.problems) if one.file in wanted or one.name == "missing-folder"]
    if wrong:
        raise InvalidFiles(wrong)


def pairs(option: str, given: tuple[str, ...], example: str) -> list[tuple[str, str]]:
    found = []
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise UserError(f'{option} "{one}": write it as "{example}".')
        found.append((name.strip(), value.strip()))
    return found


@click.command()
@click.argument("template")
@click.argument("name")
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="PARTY",
    help='A partner: "Name", "Name: contact, role" or "Person, role, organisation". Any number of times.',
)
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='A file with a line "blank: answer" for each answer.',
)
@click.option("--set", "answers", multiple=True, metavar="BLANK=ANSWER", help="One answer. Any number of times.")
@click.option(
    "--wording", "wordings", multiple=True, metavar="CLAUSE=WORDING", help="Another wording than the template's."
)
@click.option("--without", multiple=True, metavar="CLAUSE", help="Leave out a clause that the template makes optional.")
@click.option("--from", "example", metavar="EXAMPLE", help="Begin with the clauses and wordings of a worked example.")
@in_partnerships
@click.pass_obj
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
    partnerships: Path | None,
) -> None:
    """Fork TEMPLATE for a new partnership, in a folder called NAME.

    The folder gets agreement.md, with the full wording, and taken.md, the library's text to compare with later.
    """
    root, folder = place[0], partnerships or place[1]
    with plainly():
        check_name(name)
        parent = folder or root / "agreements" / "partnerships"
        target = parent / name
        loaded = load(root, None)
        refuse_broken(loaded, set())
        toolkit = loaded.toolkit
        chooser = Chooser(one_template(loaded, template), toolkit)
        behind = chooser.like(one_example(loaded, example)) if example else []
        for clause in without:
            chooser.leave_out(clause)
        for clause, wording in pairs("--wording", wordings, "clause=wording"):
            chooser.word(clause, wording)
        for one in parties:
            chooser.add_party(party(one), "--party")
        if answers_file:
            chooser.read_answers(str(answers_file), disk.read(answers_file))
        chooser.set_words(answers)
        used = {chooser.template.origin.file, *(f"agreements/clauses/{one}.md" for one in chooser.wordings)}
        refuse_broken(loaded, used)
        made = fork_files(chooser.template, toolkit, chooser.made())
        if target.exists() or target.is_symlink():
            raise UserError(f"{shown(target)} is already there, and is left as it is. Choose another name.")
        still = open_questions(made["agreement.md"], target / "agreement.md", toolkit)
        if not folder:
            parent.mkdir(exist_ok=True)
        try:
            disk.make_folder(target, made)
        except FileExistsError:
            raise UserError(f"{shown(target)} is already there, and is left as it is. Choose another name.") from None
    say_what_is_next(target, name, still, behind, place[0], folder)


def one_template(loaded: Loaded, identity: str) -> Template:
    templates = loaded.toolkit.templates
    if identity in templates:
        return templates[identity]
    refuse_broken(loaded, {f"agreements/templates/{identity}.md"})
    raise UserError(f'There is no template "{identity}". {did_you_mean(identity, templates)}')


def one_example(loaded: Loaded, identity: str) -> Agreement:
    identity = identity.removeprefix("examples/")
    examples = loaded.toolkit.examples
    refuse_broken(loaded, {f"agreements/examples/{identity}.md"})
    if identity not in examples:
        raise UserError(f'There is no example "{identity}". {did_you_mean(identity, examples)}')
    return examples[identity]


def open_questions(text: str, path: Path, toolkit: Toolkit) -> int:
    """How many blanks of a new agreement nobody has answered; raises ``Broken`` if the check names an error."""
    agreement, found = opened(text, str(path))
    if agreement:
        found += checked(agreement, toolkit)
    if errors(found):
        raise InvalidFiles(errors(found))
    return len(open_blanks(assemble(agreement))) if agreement else 0


def say_what_is_next(
    target: Path, name: str, still: int, behind: list[str], root: Path, partnerships: Path | None
) -> None:
    start = command(root, partnerships)
    click.echo(f"Made {shown(target)}/")
    click.echo(f"  agreement.md  the whole text, with {still or 'no'} open question{'' if still == 1 else 's'}")
    click.echo("  taken.md      the library's text, to compare with when the library changes")
    if behind:
        click.echo("")
        click.echo("These clauses are the example's own and stay there, because they name its people and days:")
        for title in behind:
            click.echo(f"  {title}")
    click.echo("")
    click.echo("Next:")
    steps = [
        (f"{start} ask {name}", "answer one question after the other"),
        (f"{start} check", "see what is still open"),
        (f"{start} export {name} --to docx", "write a Word file"),
    ]
    width = max(len(line) for line, _ in steps)
    for line, why in steps:
        click.echo(f"  {line.ljust(width)}   {why}")


def command(root: Path, partnerships: Path | None) -> str:
    words = ["groundrules"]
    if root != Path("."):
        words += ["--root", str(root)]
    if partnerships:
        words += ["--partnerships", str(partnerships)]
    return shlex.join(words)


def shown(path: Path) -> str:
    return on_one_line(path.as_posix())


@click.command()
@click.argument("name")
@click.option("--open", "only_open", is_flag=True, help="Ask only what nobody has answered yet.")
@in_partnerships
@click.pass_obj
def ask(place: Place, name: str, only_open: bool, partnerships: Path | None) -> None:
    """Ask for each answer of the partnership NAME in turn.

    Every answer is kept before the next question comes. Stop when you like, with /quit or Ctrl-C, and go on later.
    """
    root, folder = place[0], partnerships or place[1]
    readable()
    with plainly():
        desk = Desk(root, folder, name.removeprefix("partnerships/"))
        again = f"{command(root, folder)} ask {desk.name}"
        try:
            if desk.agreement.front.status != "draft":
                click.echo(f"This agreement is {desk.agreement.front.status}. What you change now was not signed.")
                if not click.confirm("Go on?", default=False):
                    return
            Interview(desk, only_open).run()
        except (Stop, click.Abort, KeyboardInterrupt, EOFError):
            click.echo("")
            click.echo(f"Stopped, {how_many_open(desk)}. Everything so far is kept in {shown(desk.path)}.")
            click.echo(f"Go on with: {again}")
            return
        click.echo("")
        click.echo("Next:")
        if open_blanks(assemble(desk.agreement)):
            click.echo(f"  {again} --open")
        click.echo(f"  {command(root, folder)} check")
        click.echo(f"  {command(root, folder)} export {desk.name} --to docx")


def readable() -> None:
    """Let nothing that people paste, and no terminal's alphabet, end the interview."""
    for stream, how in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=how)
    with suppress(ImportError):
        import readline  # noqa: F401 - gives the terminal's line its editing keys


@click.command()
@click.argument("name")
@click.option("--to", "kind", type=exporting.FileKind(), help="The kind of file.")
@click.option("-o", "--output", metavar="FILE", help="Where to, if not NAME.KIND in this folder; - for the terminal.")
@click.option("--force", is_flag=True, help="Write over a file that is already there.")
@click.option("--version", "number", type=click.IntRange(1), help="A version that was signed, instead of today's text.")
@in_partnerships
@click.pass_obj
def export(
    place: Place,
    name: str,
    kind: str | None,
    output: str | None,
    force: bool,
    number: int | None,
    partnerships: Path | None,
) -> None:
    """Write the partnership, template or example NAME as another kind of file.

    A document with open questions becomes a form to fill in, one without becomes the finished text.
    """
    root, folder = place[0], partnerships or place[1]
    with plainly():
        if kind is None:
            kind = Path(output or "").suffix.removeprefix(".").lower()
            if kind not in writers():
                raise UserError(f"Say which kind of file, with --to. It may be: {', '.join(writers())}.")
        loaded = load(root, folder)
        refuse_broken(loaded, {one.file for one in loaded.problems if stands_for(one.file, name)})
        piece = exporting.find(loaded.toolkit, name)
        refuse_broken(loaded, exporting.sources(piece))
        if number:
            if not isinstance(piece, Agreement):
                raise UserError("Only a partnership's agreement has versions. Leave --version out.")
            piece = exporting.kept_version(piece, loaded.toolkit, number)
        target = Path(output or f"{piece.id}.{kind}")
        if output is None and not force and target.exists():
            raise UserError(f"{shown(target)} is already there. Use --force to write over it, or name another with -o.")
        if output not in (None, "-") and target.is_dir():
            raise UserError(f"{shown(target)} is a folder. Name a file in it.")
        content = own(piece, loaded.toolkit)
        file = writers()[kind].file(content)
        if output == "-":
            click.echo(file, nl=False)
            return
        disk.write(target, file)
    still = open_blanks(content.document)
    left = f", with {len(still)} open question{'' if len(still) == 1 else 's'}" if still else ""
    click.echo(f"Wrote {shown(target)}{left}.")


def stands_for(file: str, name: str) -> bool:
    """Whether ``file`` is one that ``name`` may mean; it may be too broken to be found by its name."""
    kind, _, identity = name.strip("/").rpartition("/")
    parts = Path(file).parts
    stem = parts[-2] if parts[-1] == "agreement.md" and len(parts) > 1 else Path(file).stem
    folder = parts[-3 if parts[-1] == "agreement.md" else -2] if len(parts) > 2 else ""
    return stem == identity and folder != "clauses" and kind.rstrip("s") in ("", folder.rstrip("s"))
