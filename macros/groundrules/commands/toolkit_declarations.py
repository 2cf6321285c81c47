"""The commands for whoever keeps a toolkit, as somebody calls them."""

from __future__ import annotations

from pathlib import Path

import click

from . import completion as known
from .declaring import command


@command('groundrules init our-toolkit --name "Kitchens of Cork"', "groundrules init walks --template team-co-working")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--template",
    "templates",
    multiple=True,
    metavar="TEMPLATE",
    shell_complete=known.offered_templates,
    help="A template to take from the library, with what it names. Any number of times; everything if left out.",
)
@click.option("--empty", is_flag=True, help="Take nothing from the library.")
@click.option("--name", "title", metavar="TEXT", help="The name of the site; the folder's if left out.")
@click.option("--colour", default="", metavar="#RRGGBB", help="The colour of links and buttons.")
@click.option("--language", default="en", metavar="CODE", help="The language of the site's own words, such as cy.")
def init() -> None:
    """Make a toolkit of your own in FOLDER, which must be new or empty.

    It holds a home page, a menu, and a list of what it has from the library: all of it is yours to change.
    """


@command("groundrules adopt clauses/insurance", "groundrules adopt clauses/money guidance/signing")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", shell_complete=known.lendable)
def adopt() -> None:
    """Copy each piece NAME of the library into this toolkit, to be changed here.

    The copy takes the place of the library's. What it was copied from is kept, to compare with later.
    """


@command("groundrules uses clauses/publicity", "groundrules uses guidance/signing")
@click.argument("name", shell_complete=known.lendable)
def uses() -> None:
    """Say what leads to the piece or page NAME, by file and line: look here before you remove or rename it.

    It also says where the piece comes from, and what it is called now.
    """


@command(
    "groundrules translation clauses/publicity cy",
    'groundrules translation clauses/publicity cy --checked-by "Mair Jones" --on 2026-11-28',
)
@click.argument("name", shell_complete=known.lendable)
@click.argument("language", metavar="CODE")
@click.option("--by", metavar="NAME", help="Who translated it: machine, or a name.")
@click.option("--checked-by", metavar="NAME", help="The speaker who has read it beside the original.")
@click.option("--on", metavar="DATE", help="The day of that reading; today if left out.")
def translation() -> None:
    """Begin the translation of the piece or page NAME, or note who made it and who has read it.

    Where there is none yet, a file is written that holds the original's words. Where there is one, what the original
    says today is noted with --by or --checked-by; without them you are told where it stands.
    """


@command("groundrules schema .schemas")
@click.argument("folder", type=click.Path(path_type=Path))
def schema() -> None:
    """Write JSON Schemas of every kind of front matter and of the data files into FOLDER, for editors.

    They take the place of those that an earlier version wrote there.
    """


@command("groundrules labels cy", "groundrules labels fr >> agreements/labels/fr.yml")
@click.argument("language")
def labels() -> None:
    """List the words of the program that are still English in LANGUAGE, as a file of labels has them.

    Each stands behind a "#". Take that away, and write your words in place of the English ones.
    """


@command("groundrules build", "groundrules build --site-dir public")
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the site goes, if not to site/."
)
def build() -> None:
    """Build the site. It takes the place of the last one in one step, and only if nothing is wrong."""


@command("groundrules stage staged")
@click.argument("folder", type=click.Path(path_type=Path))
def stage() -> None:
    """Write a folder from which Zensical, or a host like it, builds the same site.

    It takes the place of what was staged in FOLDER before, in one step, and only if nothing is wrong.
    """
