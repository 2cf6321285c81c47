"""The command that keeps a fork up with its template: it proposes, and people decide."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..agreement.changes.update_apply import LATER, Choice, Decided, Decision, Lost, choices, decided
from ..agreement.changes.update_compare import Proposal, outside, proposals
from ..agreement.document.assemble import assemble, open_blanks
from ..files import clock, disk
from ..files.load import load
from ..text.markup.nodes import Paragraph, plain
from ..text.problems import UserError, on_one_line
from . import upgrade_decisions as prepared
from .fork_commands import Place, command, in_partnerships, plainly, readable, refuse_broken, shown
from .interview import Stop, how_many_open, say
from .upgrade_text import lost_lines, said
from .upgrade_text import shown as lines_of
from .upgrade_write import Applied, apply, opens_round, refuse_loss
from .workspace import Desk

HELP = """\
  t, take    have the library's words
  k, keep    keep yours; you are not asked again until the library changes once more
  l, later   leave it as it is, and be asked again; Enter does the same
  /why       read why people agree this
  /back      go back to the clause before
  q, /quit   stop; nothing at all is changed
Nothing is written before the last clause. Words of your own: write keep, and change them in the file."""
_WORDS: dict[str, Choice] = {"t": "take", "take": "take", "k": "keep", "keep": "keep", "l": "later", "later": "later"}


@click.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Only show what there is to decide, and what would come of it.")
@click.option(
    "--decisions",
    "decisions_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='A file with a line "clause: take", keep or later for each.',
)
@click.option(
    "--write-decisions",
    "form_file",
    type=click.Path(path_type=Path),
    help="Write such a file, to fill in, and change nothing else.",
)
@click.option("--take", "takes", multiple=True, metavar="CLAUSE", help="Have the library's words of this clause.")
@click.option(
    "--take-and-drop", "drops", multiple=True, metavar="CLAUSE", help="The same, although an answer loses its place."
)
@click.option("--keep", "keeps", multiple=True, metavar="CLAUSE", help="Decline what the library has for this clause.")
@click.option("--because", default="", metavar="TEXT", help="Why, if this opens a round of signing.")
@in_partnerships
@click.pass_obj
def upgrade(
    place: Place,
    name: str,
    dry_run: bool,
    decisions_file: Path | None,
    form_file: Path | None,
    takes: tuple[str, ...],
    drops: tuple[str, ...],
    keeps: tuple[str, ...],
    because: str,
    partnerships: Path | None,
) -> None:
    """Show what the template and the library of the partnership NAME have learned, and take what you decide.

    Nothing is changed that nobody decided. What was agreed stays as it is; taking something opens a new round.
    """
    root, folder = place[0], partnerships or place[1]
    readable()
    with plainly():
        desk = Desk(root, folder, name.removeprefix("partnerships/"))
        if desk.agreement.front.status == "ended":
            click.echo("This agreement has ended, so there is nothing to keep up with.")
            return
        refuse_broken(load(root, folder, desk.cache), sources(desk))
        found = proposals(desk.agreement, desk.history.taken, desk.toolkit)
        open_ones = [one for one in found if choices(one)]
        decisions = prepared.from_file(str(decisions_file), disk.read(decisions_file), found) if decisions_file else {}
        options: list[tuple[Choice, tuple[str, ...]]] = [("take", takes), ("take and drop", drops), ("keep", keeps)]
        decisions = prepared.from_options(options, found, decisions)
        given = decisions_file is not None or any(clauses for _, clauses in options)
        session = Session(desk, found, decisions, because, command(root, folder))
        if form_file and open_ones:
            write_form(form_file, open_ones)
            return
        if given and not dry_run:
            session.finish()
            return
        if dry_run or not at_a_terminal():
            session.show_all()
            if given:
                refuse_loss(session.outcome(decisions), decisions)
                session.say_done(decisions)
                say("Nothing was changed: this was a dry run.")
            elif open_ones:
                session.say_how()
            if not session.has_base():
                raise click.exceptions.Exit(1)
            return
        try:
            session.go_through()
        except (Stop, click.Abort, KeyboardInterrupt, EOFError):
            click.echo("")
            click.echo("Stopped. Nothing was changed.")
            return
        session.finish()


def at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def sources(desk: Desk) -> set[str]:
    """The files of the library that the agreement is compared with."""
    entries = [entry.id for entry in desk.template.front.clauses]
    here = {*entries, *(section.id for section in desk.agreement.sections)}
    known = {clause.origin.file for one in here if (clause := desk.clause(one))}
    return {desk.template.origin.file, *known, *(f"agreements/clauses/{one}.md" for one in here)}


def write_form(path: Path, open_ones: Sequence[Proposal]) -> None:
    if path.exists():
        raise UserError(f"{shown(path)} is already there, and is left as it is. Choose another name.")
    disk.write(path, prepared.form(open_ones, {one.clause: f"{one.title}: {said(one)}" for one in open_ones}))
    click.echo(f"Wrote {shown(path)}. Fill it in, and name it with --decisions.")


class Session:
    """One run of the command: what there is to decide, and what has been decided so far."""

    def __init__(
        self, desk: Desk, found: list[Proposal], decisions: dict[str, Decision], because: str, start: str
    ) -> None:
        self.desk = desk
        self.agreement = desk.agreement
        self.found = found
        self.open = [one for one in found if choices(one)]
        self.decisions = decisions
        self.because = because
        # What this command starts with, here.
        self.start = start

    # --- showing ---

    def has_base(self) -> bool:
        return self.desk.history.taken is not None or not self.agreement.front.taken

    def show_all(self) -> None:
        self.opening()
        for number, one in enumerate(self.open, 1):
            self.show(number, one)

    def opening(self) -> None:
        title = self.agreement.front.title
        if not self.has_base():
            click.echo(
                on_one_line(
                    f"{shown(self.desk.folder / 'taken.md')} is missing: where you changed a clause as well, "
                    "nobody can say which of its words were the library's. "
                    "Once you take or keep something, the file is written again."
                ),
                err=True,
            )
        count = len(self.open)
        if not count:
            say(f"{title}: up to date with its template.")
        else:
            say(f"{title}: {count} {'thing' if count == 1 else 'things'} to decide.")
        own = outside(self.agreement, self.desk.toolkit)
        if own:
            say(f"Not in the template, now or any more, and kept: {', '.join(own)}.")
        same = [one.title for one in self.found if not choices(one)]
        if same:
            say(f"The library now has the words that you had already: {', '.join(same)}.")

    def show(self, number: int, one: Proposal) -> None:
        say("")
        say(f"{number} of {len(self.open)}. {one.title} ({one.clause})", bold=True)
        say(said(one))
        for line, is_text in lines_of(one):
            say(line, indent="  | " if is_text else "")
        lost = self.lost_by(one, {})
        if lost:
            say("Taking it, these answers would lose their place:")
            for line in lost_lines(lost):
                say(line, indent="  ")

    def say_how(self) -> None:
        say("")
        say("Nothing was changed. Decide at the terminal, one after the other, or say it at once:")
        first = self.open[0].clause
        click.echo(f"  {self.start} upgrade {self.desk.name} --{choices(self.open[0])[0]} {first}")
        click.echo(f"  {self.start} upgrade {self.desk.name} --write-decisions decisions.yml")

    # --- asking ---

    def go_through(self) -> None:
        """Ask about one after the other; raises ``Stop``."""
        self.opening()
        if not self.open:
            return
        say("Nothing is written before the last. t takes, k keeps, l leaves it for later; /help explains, q stops.")
        at = 0
        while at < len(self.open):
            self.show(at + 1, self.open[at])
            at = max(at + self.ask(self.open[at]), 0)
        after = self.outcome(self.decisions).agreement
        if not self.because and opens_round(self.agreement, self.desk.history, after):
            say("")
            say("Other words were signed, so this opens a round. Why is it? Enter: to keep up with the template.")
            self.because = self.line("why")

    def ask(self, one: Proposal) -> int:
        """Ask about ``one``; returns by how many to go on."""
        words = [word for word in ("take", "keep", "later") if word in choices(one)]
        while True:
            text = self.line(", ".join(words)).lower()
            bare = text.removeprefix("/")
            if bare in ("q", "quit"):
                raise Stop
            if text == "/back":
                return -1
            if bare in ("why", "help", "?"):
                self.why(one) if bare == "why" else say(HELP)
                continue
            choice = _WORDS.get(bare, "later" if not bare else None)
            if choice not in choices(one):
                say(f"Write one of: {', '.join(words)}. /help explains.")
                continue
            if choice == "take" and not self.sure(one):
                continue
            lost = choice == "take" and self.lost_by(one, self.decisions)
            self.decisions[one.clause] = Decision("take and drop" if lost else choice or "later")
            return 1

    def sure(self, one: Proposal) -> bool:
        lost = self.lost_by(one, self.decisions)
        if not lost:
            return True
        say("These answers would lose their place. They would stay in the file, as a remark:")
        for line in lost_lines(lost):
            say(line, indent="  ")
        return self.line("Take it all the same? y/n").lower() in ("y", "yes")

    def line(self, prompt: str) -> str:
        return str(click.prompt(prompt, default="", show_default=False, prompt_suffix="> ")).strip()

    def why(self, one: Proposal) -> None:
        library = self.desk.clause(one.theirs.id if one.theirs else one.clause)
        for block in library.why if library else ():
            if isinstance(block, Paragraph):
                say(plain(block.children))
        if library is None:
            say("There is no more to say about this.")

    # --- what comes of it ---

    def outcome(self, decisions: dict[str, Decision]) -> Decided:
        return decided(self.agreement, self.desk.history.taken, self.desk.toolkit, self.found, decisions)

    def lost_by(self, one: Proposal, before: dict[str, Decision]) -> list[Lost]:
        """The answers that taking ``one``, after what was decided ``before``, takes the place away from."""
        if "take" not in choices(one):
            return []
        without = {clause: decision for clause, decision in before.items() if clause != one.clause}
        known = [lost.name for lost in self.outcome(without).lost]
        made = self.outcome({**without, one.clause: Decision("take")})
        return [lost for lost in made.lost if lost.name not in known]

    def finish(self) -> None:
        """Write what was decided, all at once, and say what came of it."""
        made = apply(self.desk, self.agreement, self.found, self.decisions, self.because, clock.today())
        self.report(made)

    def report(self, made: Applied) -> None:
        self.say_done(self.decisions)
        for old, new in made.ids.items():
            say(f'"{old}" is "{new}" now, also where the text refers to it.')
        if made.lost:
            say("These answers have no place any more. They stand in agreement.md, as a remark:")
            for line in lost_lines(made.lost):
                say(line, indent="  ")
        if len(open_blanks(assemble(self.desk.agreement))) > len(open_blanks(assemble(self.agreement))):
            say(f"There is more to answer now, {how_many_open(self.desk)}:")
            click.echo(f"  {self.start} ask {self.desk.name} --open")
        if made.round:
            say(f"Round {made.round} is open: the new words are to be signed. What was agreed before stays as it is.")
            say("Next:")
            click.echo(f"  {self.start} diff {self.desk.name}")
            click.echo(f'  {self.start} sign {self.desk.name} --as "Name, role, organisation"')

    def say_done(self, decisions: dict[str, Decision]) -> None:
        heads = {"take": "Taken", "take and drop": "Taken", "keep": "Kept", "later": "Left for later"}
        done: dict[str, list[str]] = {head: [] for head in heads.values()}
        for one in self.open:
            done[heads[decisions.get(one.clause, LATER).choice]].append(one.title)
        for head, titles in done.items():
            if titles:
                say(f"{head}: {', '.join(titles)}.")
