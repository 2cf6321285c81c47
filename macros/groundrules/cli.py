"""The command line."""

from __future__ import annotations

from pathlib import Path

import click

from . import checks
from .checks import load_and_check
from .commands.diff import diff
from .commands.fork_commands import ask, export, new
from .commands.signing_commands import agree_command, renegotiate_command, sign_command, verify_command
from .commands.status_commands import record, status
from .commands.upgrade import upgrade
from .text import problems

FORMATS = {"text": problems.as_text, "json": problems.as_json, "github": problems.as_github}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="groundrules", prog_name="groundrules")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("."),
    help="The toolkit's folder, if not this one.",
)
@click.option(
    "--partnerships",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A private folder that holds your partnerships' agreements.",
)
@click.pass_context
def main(context: click.Context, root: Path, partnerships: Path | None) -> None:
    """Write down what people who work together have agreed."""
    context.obj = (root, partnerships)


@main.command()
@click.option(
    "--format", "style", type=click.Choice(list(FORMATS)), default="text", help="How to write what was found."
)
@click.option("--words", is_flag=True, help="Look at the words as well: long sentences, hard words, reading age.")
@click.pass_obj
def check(place: tuple[Path, Path | None], style: str, words: bool) -> None:
    """Name every mistake, by file and line. Exits 1 when there is an error."""
    # The check of guidance pages knows the macros that have registered; no other command needs them.
    from .site import macros  # noqa: F401

    toolkit, found = load_and_check(*place)
    if words:
        found = sorted({*found, *checks.run(toolkit, on_request=True)})
    click.echo(FORMATS[style](found))
    if words and style == "text":
        click.echo(checks.words.figures(toolkit))
    if problems.errors(found):
        raise click.exceptions.Exit(1)


SIGNING = (sign_command, verify_command, agree_command, renegotiate_command)
for command in (new, ask, export, *SIGNING, diff, upgrade, status, record):
    main.add_command(command)
