"""The command line."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .commands.shared import Place, forget_output, partnerships_option, plainly, showable
from .text.problems import did_you_mean, on_one_line

# The first sentence of each command's help; the command is the function of this name, in the file of this name.
COMMANDS = {
    "check": "Name every mistake, by file and line.",
    "build": "Build the site.",
    "new": "Fork TEMPLATE for a new partnership, in a folder called NAME.",
    "ask": "Ask for each answer of the partnership NAME in turn.",
    "export": "Write the partnership, template, example or letter NAME as another kind of file.",
    "sign": "Sign today's words of the partnership NAME.",
    "verify": "Say for each signature of the partnership NAME whether it matches.",
    "agree": "Close the open round of the partnership NAME: what all have signed is then agreed.",
    "renegotiate": "Open another round of the partnership NAME, so that its words may change.",
    "diff": "Show what has changed in the agreement of the partnership NAME, clause by clause.",
    "upgrade": "Show what the template and the library of the partnership NAME have learned, and take what you decide.",
    "status": "List every partnership, or those with a NAME: where it stands, and what falls due.",
    "record": "Draft a record of KIND (review, report, concern) for the partnership NAME, "
    "from the agreement's own words.",
}


class Commands(click.Group):
    """A group whose help is in ``COMMANDS``: a command is imported only when it runs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(f'There is no command "{on_one_line(args[0])}". {did_you_mean(args[0], self.commands)}')
        name, listed, rest = super().resolve_command(ctx, args)
        return name, command(name) if name else listed, rest

    def main(self, *given: Any, **options: Any) -> Any:
        showable()
        try:
            return super().main(*given, **options)
        except OSError:
            # Nothing can be said on a terminal that takes no more.
            forget_output()
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        with plainly():
            return super().invoke(ctx)


def command(name: str) -> click.Command:
    """The command called ``name``, imported."""
    found: click.Command = getattr(import_module(f".commands.{name}", __package__), name)
    return found


@click.group(
    cls=Commands,
    commands={name: click.Command(name, help=said) for name, said in COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="groundrules", prog_name="groundrules")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("."),
    help="The toolkit's folder, if not this one.",
)
@partnerships_option
@click.pass_context
def main(context: click.Context, root: Path, partnerships: Path | None) -> None:
    """Write down what people who work together have agreed."""
    context.obj = Place(root, partnerships)
