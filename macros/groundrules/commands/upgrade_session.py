"""One run of the upgrade: what there is to decide is shown and asked for, and what was decided is written."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from ..agreement.changes.update_apply import LATER, Choice, Decided, Decision, Lost, choices, decided
from ..agreement.changes.update_compare import Proposal, mark, outside, parts
from ..agreement.changes.update_write import opens_round, refuse_loss, reopen, taken_source, write
from ..agreement.document.answers import stopped
from ..agreement.document.assemble import assemble, open_blanks
from ..agreement.signing.signing_state import signing_state
from ..files import clock, disk
from ..files.edit import Data, Source
from ..files.source import agreement_source
from ..model.pieces import Agreement
from ..text.problems import UserError
from .next_step import Step, echo_steps, next_steps
from .shared import echo, shown
from .terminal import Stop, say, say_why, typed, yes
from .upgrade_text import in_words, lost_lines, said
from .upgrade_text import shown as lines_of
from .workspace import Workspace, how_many_open

HELP = """\
  t, take    have the library's words
  k, keep    keep yours; you are not asked again until the library changes once more
  l, later   leave it as it is, and be asked again; Enter does the same
  /why       read why people agree this
  /back      go back to the clause before
  q, /quit   stop; nothing at all is changed
Nothing is written before the last clause. Words of your own: write keep, and change them in the file."""
_WORDS: dict[str, Choice] = {"t": "take", "take": "take", "k": "keep", "keep": "keep", "l": "later", "later": "later"}


@dataclass(frozen=True, slots=True)
class Applied:
    """The result: the number of the round that was opened, 0 for none; new ids; answers that are a remark now."""

    round: int
    ids: Mapping[str, str]
    lost: tuple[Lost, ...]


class Session:
    """One run of the command: what there is to decide, and what has been decided so far."""

    def __init__(
        self, workspace: Workspace, found: list[Proposal], decisions: dict[str, Decision], because: str
    ) -> None:
        self.workspace = workspace
        self.agreement = workspace.agreement
        self.found = found
        self.open = [one for one in found if choices(one)]
        self.decisions = decisions
        self.because = because

    # --- showing ---

    def has_base(self) -> bool:
        return self.workspace.history.taken is not None or not self.agreement.front.taken

    def show_all(self) -> None:
        self.opening()
        for number, one in enumerate(self.open, 1):
            self.show(number, one)

    def opening(self) -> None:
        title = self.agreement.front.title
        if not self.has_base():
            echo(
                f"{shown(self.workspace.folder / 'taken.md')} is missing: where you changed a clause as well, "
                "nobody can say which of its words were the library's. "
                "Once you take or keep something, the file is written again.",
                error=True,
            )
        count = len(self.open)
        if not count:
            say(f"{title}: up to date with its template.")
        else:
            say(f"{title}: {count} {'thing' if count == 1 else 'things'} to decide.")
        own = outside(self.agreement, self.workspace.toolkit)
        if own:
            say(stopped(f"Not in the template, now or any more, and kept: {', '.join(own)}"))
        same = [one.title for one in self.found if not choices(one)]
        if same:
            say(stopped(f"The library now has the words that you had already: {', '.join(same)}"))

    def show(self, number: int, one: Proposal) -> None:
        say("")
        say(f"{number} of {len(self.open)}. {one.title} ({one.clause})", bold=True)
        say(said(one))
        words = in_words(self.agreement, self.workspace.title_of)
        for line, is_text in lines_of(one, words):
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
        one_by_one = ("upgrade", self.workspace.name)
        option = f"--{choices(self.open[0])[0].replace(' ', '-')}"
        click.echo(f"  {self.workspace.place.line(*one_by_one, option, first)}")
        click.echo(f"  {self.workspace.place.line(*one_by_one, '--write-decisions', 'decisions.yml')}")

    # --- asking ---

    def go_through(self) -> None:
        """Ask about one after the other; raises ``Stop``."""
        self.opening()
        if not self.open:
            return
        say("Nothing is written before the last. t takes, k keeps, l or Enter leaves it for later.")
        say("/help explains, q stops.")
        at = 0
        while at < len(self.open):
            self.show(at + 1, self.open[at])
            at = max(at + self.ask(self.open[at]), 0)
        after = self.outcome(self.decisions).agreement
        if not self.because and opens_round(self.agreement, self.workspace.history, after):
            say("")
            say("Other words were signed, so this opens a round. Why is it? Enter: to keep up with the template.")
            self.because = typed("why")

    def ask(self, one: Proposal) -> int:
        """Ask about ``one``; returns by how many to go on."""
        words = [word for word in ("take", "keep", "later") if word in choices(one)]
        while True:
            text = typed(f"{', '.join(words)} (Enter: later)").lower()
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
        return yes("Take it all the same?")

    def why(self, one: Proposal) -> None:
        say_why(self.workspace.clause(one.theirs.id if one.theirs else one.clause))

    # --- what comes of it ---

    def outcome(self, decisions: dict[str, Decision]) -> Decided:
        return decided(self.agreement, self.workspace.history.taken, self.workspace.toolkit, self.found, decisions)

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
        made = apply(self.workspace, self.agreement, self.found, self.decisions, self.because, clock.today())
        self.report(made)

    def report(self, made: Applied) -> None:
        self.say_done(self.decisions)
        for old, new in made.ids.items():
            say(f'"{old}" is "{new}" now, also where the text refers to it.')
        if made.lost:
            say("These answers have no place any more. They stand in agreement.md, as a remark:")
            for line in lost_lines(made.lost):
                say(line, indent="  ")
        if len(open_blanks(assemble(self.workspace.agreement))) > len(open_blanks(assemble(self.agreement))):
            say(f"There is more to answer now, {how_many_open(self.workspace.agreement)}.")
        if made.round:
            say(f"Round {made.round} is open: the new words are to be signed. What was agreed before stays as it is.")
        where = signing_state(self.workspace.agreement, self.workspace.history)
        steps = [one for one in next_steps(where) if one.waits]
        changes = [Step(("diff", self.workspace.name), "see what has changed")] if made.round else []
        if steps:
            echo_steps(self.workspace.place, [*changes, *steps])

    def say_done(self, decisions: dict[str, Decision]) -> None:
        heads = {"take": "Taken", "take and drop": "Taken", "keep": "Kept", "later": "Left for later"}
        done: dict[str, list[str]] = {head: [] for head in heads.values()}
        for one in self.open:
            done[heads[decisions.get(one.clause, LATER).choice]].append(one.title)
        for head, titles in done.items():
            if titles:
                say(stopped(f"{head}: {', '.join(titles)}"))


def apply(
    workspace: Workspace,
    before: Agreement,
    proposals: Sequence[Proposal],
    decisions: Mapping[str, Decision],
    because: str,
    day: datetime.date,
) -> Applied:
    """Write what was decided about ``before``, all of it at once.

    Raises ``UserError`` or ``InvalidFiles``, and then writes nothing.

    ``agreement.md`` comes first. Should the command be killed right after, ``taken.md`` is behind: what it lacks
    stands in the library, and the next upgrade finds it there.
    """
    made = decided(before, workspace.history.taken, workspace.toolkit, proposals, decisions)
    refuse_loss(made, decisions)
    opened: list[int] = []

    def edit(source: Source, data: Data) -> None:
        if workspace.agreement.origin.digest != before.origin.digest:
            raise UserError("Somebody changed agreement.md meanwhile, so nothing was written. Start again.", again=True)
        write(source, data, before, made, day)
        titles = [one.title for one in proposals if decisions.get(one.clause, LATER).takes]
        reason = stopped(f"Keeping up with the template: {', '.join(titles)}")
        opened.extend(reopen(data, before, workspace.history, made.agreement, because, reason, day))

    held = workspace.history.taken
    with workspace.locked():
        workspace.change(edit)
        text = taken_source(made, held)
        if text:
            disk.write(workspace.folder / "taken.md", text)
    return Applied(opened[-1] if opened else 0, made.ids, made.lost)


def mend(workspace: Workspace, proposals: Sequence[Proposal]) -> bool:
    """Write ``taken.md`` anew where it lacks a text that is known, as after a command that was killed; whether it did.

    A file that is missing altogether is written with the next decision.
    """
    with workspace.locked():
        agreement, held = workspace.agreement, workspace.history.taken
        made = decided(agreement, held, workspace.toolkit, proposals, {}).taken
        noted, before = agreement.front.taken, parts(held) if held else {}
        found = {name: one for name, one in parts(made).items() if mark(one) == noted.get(name)}
        lacked = [one.title for name, one in found.items() if name not in before or mark(before[name]) != noted[name]]
        if held is None or not lacked:
            return False
        path = workspace.folder / "taken.md"
        disk.write(path, agreement_source(made))
        workspace.load()
    said = stopped(f"{shown(path)} lacked the library's text of: {', '.join(lacked)}")
    say(f"{said} It was found and stands there again.")
    return True
