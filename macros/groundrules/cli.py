"""The command line."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import click

from .commands.completion import debugging
from .commands.declarations import STAGES
from .commands.declaring import COMMANDS, examples
from .commands.refusing import Typed, plainly
from .commands.shared import Folder, Place, forget_output, partnerships_option, showable
from .commands.terminal_colour import wanted
from .text.problems import Unknown, on_one_line

_TYPED = "groundrules.typed"


class Commands(click.Group):
    """A group that says what is wrong in a sentence, and nothing at all to the Tab key."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise Unknown(f'There is no command "{on_one_line(args[0])}".', args[0], self.commands, kind="--help")
        return super().resolve_command(ctx, args)

    def main(self, *given: Any, **options: Any) -> Any:
        showable()
        if "_GROUNDRULES_COMPLETE" in os.environ and not debugging():
            # The Tab key must not fill the line that somebody is typing with an error.
            sys.stderr = io.StringIO()
        try:
            with click.Context(self, color=wanted(os.environ)):
                return super().main(*given, **options)
        except OSError:
            # Nothing can be said on a terminal that takes no more.
            forget_output()
            sys.exit(1)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for stage, commands in STAGES.items():
            with formatter.section(stage):
                formatter.write_dl(list(commands.items()))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        typed = tuple(args)
        with plainly(Typed(typed, click.Context(self, parent, info_name))):
            context = super().make_context(info_name, args, parent, color=wanted(os.environ), **extra)
        context.meta[_TYPED] = typed
        return context

    def invoke(self, ctx: click.Context) -> Any:
        with plainly(Typed(ctx.meta[_TYPED], ctx)):
            return super().invoke(ctx)


def say_versions(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    """Say which program this is, and which library came with it."""
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        from .files.library import library_version

        click.echo(f"groundrules, version {version('groundrules')}\nlibrary, version {library_version()}")
        context.exit()


@click.group(
    cls=Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("groundrules new team-co-working harbour", "groundrules status"),
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=say_versions, help="Show the version."
)
@click.option(
    "--root",
    type=Folder(),
    default=Path("."),
    help="The toolkit's folder, if not this one.",
)
@partnerships_option
@click.pass_context
def main(context: click.Context, root: Path, partnerships: Path | None) -> None:
    """Write down what people who work together have agreed."""
    context.obj = Place(root, partnerships)
