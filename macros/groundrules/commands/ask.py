"""The command that asks for one answer after the other."""

from __future__ import annotations

import click

from ..agreement.document.assemble import assemble, open_blanks
from .interview.clause_menu import ClauseMenu
from .interview.interview import Interview
from .shared import Place, in_place, partnership_argument, shown
from .terminal import STOPPED, readable
from .workspace import Workspace, how_many_open


@click.command()
@partnership_argument
@click.option("--open", "only_open", is_flag=True, help="Ask only what nobody has answered yet.")
@in_place
def ask(place: Place, name: str, only_open: bool) -> None:
    """Ask for each answer of the partnership NAME in turn.

    Every answer is kept before the next question comes. Stop when you like, with /quit or Ctrl-C, and go on later.
    """
    readable()
    workspace = Workspace(place, name)
    again = f"{place.command_line()} ask {name}"
    try:
        status = workspace.agreement.front.status
        if status != "draft":
            click.echo(f"This agreement is {status}. What you change now was not signed.")
            if not click.confirm("Go on?", default=False):
                return
        Interview(workspace, ClauseMenu(workspace).commands, only_open).run()
    except STOPPED:
        click.echo("")
        click.echo(
            f"Stopped, {how_many_open(workspace.agreement)}. Everything so far is kept in {shown(workspace.path)}."
        )
        click.echo(f"Go on with: {again}")
        return
    click.echo("")
    click.echo("Next:")
    if open_blanks(assemble(workspace.agreement)):
        click.echo(f"  {again} --open")
    click.echo(f"  {place.command_line()} check")
    click.echo(f"  {place.command_line()} export {name} --to docx")
