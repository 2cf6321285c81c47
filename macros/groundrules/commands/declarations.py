"""Each command as somebody calls it: its arguments, its options, its help and its examples.

Nothing here loads what a command works with, so that help and the Tab key answer at once. The work is the function of
the same name, in the file of that name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from ..text.problems import FORMATS
from . import completion as known
from . import toolkit_declarations  # noqa: F401
from .declaring import command
from .file_kind import FileKind
from .part import PartOfAll
from .shared import Choice, partnership_name

# What each command is for, in the order in which an agreement lives.
STAGES = {
    "Write down what you agree": {
        "new": "Begin an agreement, from a template.",
        "ask": "Answer one question after the other.",
        "check": "Name every mistake, by file and line.",
        "export": "Write it as Word, PDF, a calendar or another file.",
    },
    "Sign it": {
        "sign": "Sign today's words.",
        "agree": "Close the round: what all have signed is agreed.",
        "verify": "Say for each signature whether it matches the words.",
    },
    "Live with it": {
        "status": "Say where each partnership stands, and what is next.",
        "record": "Draft the record of a review, a report or a concern.",
        "renegotiate": "Open another round, so that the words may change.",
        "diff": "Show what has changed.",
        "upgrade": "Take what the template has learned.",
    },
    "Keep a toolkit": {
        "init": "Make a toolkit of your own.",
        "adopt": "Copy pieces of the library, to change them.",
        "uses": "Say what leads to a piece.",
        "translation": "Begin a translation, or note who has read it.",
        "schema": "Write down which keys may stand, for editors.",
        "labels": "List the words that a language still lacks.",
        "build": "Build the site.",
        "stage": "Write the site for another host to build.",
    },
}


def partnership_argument(asked: Callable[..., None], required: bool = True) -> Callable[..., None]:
    return click.argument(
        "name",
        metavar="NAME",
        required=required,
        shell_complete=known.partnerships,
        callback=lambda context, parameter, value: value and partnership_name(value),
    )(asked)


on_option = click.option("--on", metavar="DATE", help="The day on which it happened; today if left out.")
format_option = click.option(
    "--format", "style", type=Choice(["text", "json"]), default="text", help="For people or programs."
)


@command("groundrules check", "groundrules check --words")
@click.option("--format", "style", type=Choice(list(FORMATS)), default="text", help="How to write what was found.")
@click.option("--words", is_flag=True, help="Look at the words as well: long sentences, hard words, reading age.")
@click.option("--singly", is_flag=True, help="On a terminal, name each open question, not only how many a clause has.")
def check() -> None:
    """Name every mistake, by file and line. Exits 1 when there is an error."""


@command(
    'groundrules new team-co-working harbour --party "Northgate: Ann Lee, coordinator" --party "Southgate: Bo Ray"',
    "groundrules new team-co-working pier --without publicity",
)
@click.argument("template", shell_complete=known.templates)
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
@click.option(
    "--set",
    "answers",
    multiple=True,
    metavar="BLANK=ANSWER",
    shell_complete=known.blanks,
    help="One answer. Any number of times.",
)
@click.option(
    "--wording",
    "wordings",
    multiple=True,
    metavar="CLAUSE=WORDING",
    shell_complete=known.wordings,
    help="Another wording than the template's.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=known.optional_clauses,
    help="Leave out a clause that the template makes optional.",
)
@click.option(
    "--from",
    "example",
    metavar="EXAMPLE",
    shell_complete=known.examples,
    help="Begin with the clauses and wordings of a worked example.",
)
def new() -> None:
    """Fork TEMPLATE for a new partnership, in a folder called NAME.

    The folder gets agreement.md, with the full wording, and taken.md, the library's text to compare with later.
    """


@command("groundrules ask harbour", "groundrules ask harbour --open")
@partnership_argument
@click.option("--open", "only_open", is_flag=True, help="Ask only what nobody has answered yet.")
@click.option(
    "--record",
    metavar="KIND",
    shell_complete=known.records,
    help="Fill in the latest record of this kind (review, report, concern), or the record of this name.",
)
def ask() -> None:
    """Ask for each answer of the partnership NAME in turn, or for those of a record.

    Every answer is kept before the next question comes. Stop when you like, with /quit or Ctrl-C, and go on later.
    """


@command(
    "groundrules export harbour --to docx",
    "groundrules export team-co-working --to pdf -o form.pdf",
    "groundrules export --all --part 3/8 -o downloads",
)
@click.argument("name", metavar="NAME", shell_complete=known.pieces, required=False)
@click.option("--all", "everything", is_flag=True, help="Every download that the site offers, each where it has it.")
@click.option("--part", type=PartOfAll(), help="Of all, the third part of eight, say: several machines share the work.")
@click.option("--to", "kind", type=FileKind(), help="The kind of file.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=known.files,
    help="Where to, if not NAME.KIND in this folder; - for the terminal. With --all, a folder: the site's, say.",
)
@click.option("--force", is_flag=True, help="Write over a file that is already there.")
@click.option(
    "--version",
    "number",
    type=click.IntRange(1),
    shell_complete=known.versions,
    help="A version that was signed, instead of today's text.",
)
@click.option(
    "--questions/--no-questions", default=None, help="Whether a form asks its questions in small print; a PDF does."
)
@click.option("--beside", metavar="CODE", help="The same template in another language, side by side with it: cy, say.")
def export() -> None:
    """Write the partnership, template, example or letter NAME as another kind of file, or with --all the site's.

    A document with open questions becomes a form to fill in, one without becomes the finished text.
    """


@command(
    'groundrules sign harbour --as "Ann Lee, coordinator, Northgate"',
    'groundrules sign harbour --as "Bo Ray, coordinator, Southgate"',
)
@partnership_argument
@click.option(
    "--as",
    "words",
    required=True,
    metavar="PERSON",
    shell_complete=known.signatories,
    help='Who signs: "Name, role, organisation".',
)
@on_option
@click.option("--because", default="", metavar="TEXT", help="Why there is another round, if this opens one.")
def sign() -> None:
    """Sign today's words of the partnership NAME. Asks nothing.

    The first signature of a round keeps the text; the others sign the same.
    """


@command("groundrules verify harbour", "groundrules verify harbour --format json")
@partnership_argument
@click.option("--fingerprint", "given", metavar="gr2:…", help="Say which text has this fingerprint.")
@format_option
def verify() -> None:
    """Say for each signature of the partnership NAME whether it matches. Exits 1 when something was tampered with."""


@command("groundrules agree harbour")
@partnership_argument
@on_option
def agree() -> None:
    """Close the open round of the partnership NAME: what all have signed is then agreed."""


@command('groundrules renegotiate harbour --because "Two of us moved away."')
@partnership_argument
@click.option("--because", required=True, metavar="TEXT", help="Why, in a sentence. It stays in the history.")
@on_option
def renegotiate() -> None:
    """Open another round of the partnership NAME, so that its words may change.

    What was agreed stays in force until the new round is agreed.
    """


@command("groundrules diff harbour", "groundrules diff harbour --from 1 --to docx")
@partnership_argument
@click.option(
    "--from",
    "before",
    metavar="N",
    shell_complete=known.versions_and_now,
    help='The older text: a version\'s number, or "now".',
)
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="M",
    shell_complete=known.targets,
    help='The newer one: a number, "now", or docx for Word.',
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=known.files,
    help="The Word file, if not NAME-changes.docx; - for the terminal.",
)
@click.option("--force", is_flag=True, help="Write over a Word file that is already there.")
@click.option("--format", "style", type=Choice(["text", "json"]), help="How to show what has changed.")
def diff() -> None:
    """Show what has changed in the agreement of the partnership NAME, clause by clause.

    From the version in force, or the last that was kept, to today's text. With --to docx it writes a Word file with
    tracked changes: accepting all gives the new text, rejecting all the old.
    """


@command("groundrules upgrade harbour --dry-run", "groundrules upgrade harbour --write-decisions decisions.yml")
@partial(partnership_argument, required=False)
@click.option("--library", "of_library", is_flag=True, help="Look at what was copied from the library, not at a NAME.")
@click.option("--dry-run", is_flag=True, help="Only show what there is to decide, and what would come of it.")
@click.option(
    "--decisions",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='A file with a line "clause: take", keep or later for each.',
)
@click.option(
    "--write-decisions",
    "form_file",
    type=click.Path(path_type=Path),
    help="Write such a file, to fill in, and change nothing else.",
)
@click.option(
    "--take",
    "takes",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=known.clauses,
    help="Have the library's words of this clause.",
)
@click.option(
    "--take-and-drop",
    "drops",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=known.clauses,
    help="The same, although an answer loses its place.",
)
@click.option(
    "--keep",
    "keeps",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=known.clauses,
    help="Decline what the library has for this clause.",
)
@click.option("--because", default="", metavar="TEXT", help="Why, if this opens a round of signing.")
def upgrade() -> None:
    """Show what the template and the library of the partnership NAME have learned, and take what you decide.

    Nothing is changed that nobody decided. What was agreed stays as it is; taking something opens a new round.
    """


@command("groundrules status", "groundrules status harbour --due 30d")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=known.partnerships)
@click.option(
    "--due",
    "span",
    metavar="SPAN",
    shell_complete=known.spans,
    help="List what falls due within 30d, 2w, 3m or 1y.",
)
@click.option("--on", "day", metavar="DATE", help="The day to reckon from, if not today.")
@format_option
def status() -> None:
    """List every partnership, or those with a NAME: where it stands, and what falls due.

    Exits 1 when something is overdue, or a partnership cannot be read: a job that runs every day can remind people.
    """


@command(
    "groundrules record review harbour",
    "groundrules ask harbour --record review",
    "groundrules record concern harbour --about 1 --to docx",
)
@click.argument("kind", shell_complete=known.records)
@partnership_argument
@click.option("--on", "day", metavar="DATE", help="The day of the meeting or the report, if not today.")
@click.option(
    "--about",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=known.clauses,
    help="A clause that it is about. Any number of times.",
)
@click.option("--next", "following", metavar="DATE", help="The day of the next review.")
@click.option("--to", "file_kind", type=FileKind(records=True), help="Write it as a file to fill in as well.")
def record() -> None:
    """Draft a record of KIND (review, report, concern) for the partnership NAME, from the agreement's own words.

    KIND may also be a record that is there already, such as 2027-05-03-review: --to then writes it as a file.
    """
