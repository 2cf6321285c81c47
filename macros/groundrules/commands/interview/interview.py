"""The way through the questions: one after the other, back, or to another clause."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ...agreement.document.answers import is_empty
from ...text.problems import InvalidFiles, UserError
from ..terminal import say
from ..workspace import Workspace, how_many_open
from .about import AGREEMENT, About
from .asking import ask, ask_about
from .clause_text import say_clause
from .entries import Parties
from .prompt import Go, MenuCommand, Prompt, Step
from .question import Question


class Interview:
    """Asks what an agreement or a record leaves open.

    ``menu`` is what people can do with its clauses meanwhile; ``about`` is what is asked of it as a whole.
    """

    def __init__(
        self,
        workspace: Workspace,
        menu: Mapping[str, MenuCommand],
        only_open: bool = False,
        about: About = AGREEMENT,
    ) -> None:
        self.workspace = workspace
        self.about = about
        self.only_open = only_open
        self.step = Step("")
        through = {"back": self.back, "skip": self.skip, "go": self.go}
        self.prompt = Prompt(through | {word: partial(self.use_menu, command) for word, command in menu.items()})

    # --- the way through ---

    def run(self) -> None:
        """Ask until the last question is done; raises ``Stop``."""
        say(f"{self.workspace.agreement.front.title}: {how_many_open(self.workspace.agreement)}.")
        say("Enter keeps what is there, /quit stops, /help says what else there is. Every answer is kept at once.")
        if self.only_open and not self.open_steps():
            return
        heading = None
        at: Step | None = self.steps()[0]
        while at:
            self.step = at
            if at.clause != heading:
                heading = at.clause
                self.show_heading()
            at = self.ask_one()
        say("")
        say(f"That was the last question: {how_many_open(self.workspace.agreement)}.")

    def steps(self) -> list[Step]:
        """The questions to ask, in order; the present one is among them as long as it exists."""
        steps = self.all_steps()
        if self.only_open:
            ahead = self.open_steps()
            return [step for step in steps if step == self.step or step in ahead] or steps[:1]
        return steps

    def open_steps(self) -> list[Step]:
        return [step for step in self.all_steps() if step.key and self.is_open(step)]

    def all_steps(self) -> list[Step]:
        steps = [Step("", key) for key in self.about.first]
        seen: set[str] = set()
        for section in self.workspace.agreement.sections:
            keys = [key for key in self.workspace.blanks_of(section) if key not in seen]
            seen.update(keys)
            steps += [Step(section.id), *(Step(section.id, key) for key in keys)]
        return steps + [Step("", key) for key in self.about.last]

    def is_open(self, step: Step) -> bool:
        front = self.workspace.agreement.front
        if step.clause:
            return is_empty(self.workspace.answer(step.key))
        return step.key in self.about.needed and not getattr(front, step.key)

    def next(self, by: int = 1) -> Step | None:
        steps = self.steps()
        at = steps.index(self.step) + by if self.step in steps else 0
        return steps[max(at, 0)] if at < len(steps) else None

    def ask_one(self) -> Step | None:
        """Ask the present question. Returns the next one, or ``None`` after the last."""
        try:
            before = self.step
            done = self.at_heading() if not self.step.key else self.at_question()
            if self.step != before:
                return self.step
            return self.next() if done else self.step
        except Go as go:
            return go.step
        except UserError as wrong:
            say(str(wrong))
        except InvalidFiles as broken:
            say("That cannot be kept:")
            for problem in broken.problems:
                say(f"  {problem.message}")
        return self.step

    def at_heading(self) -> bool:
        steps = [step for step in self.all_steps() if step.clause == self.step.clause and step.key]
        still = sum(map(self.is_open, steps))
        answer = self.prompt.answer(
            f"Enter: go on, {still} of {len(steps)} open" if still else "Enter: go on, nothing open"
        )
        if answer:
            say("This is a clause's heading: Enter goes on to its questions, /help lists what else there is.")
        return not answer

    def show_heading(self) -> None:
        if self.step.clause:
            say_clause(self.workspace.document(), self.step.clause, self.workspace.clause(self.step.clause))
        else:
            say("")
            say(self.about.heading, bold=True)

    def at_question(self) -> bool:
        key, workspace = self.step.key, self.workspace
        front = workspace.agreement.front
        if self.step.clause:
            definition = workspace.definition(key)
            return ask(
                Question(
                    key,
                    definition,
                    front.language,
                    lambda: workspace.answer(key),
                    lambda answer: workspace.set_answer(key, answer),
                    self.prompt,
                )
            )
        if key == "parties":
            say("")
            say(self.about.asked[key].ask)
            Parties(lambda: list(workspace.agreement.front.parties), workspace.set_parties, self.prompt).ask()
            return True
        question = Question(
            key,
            self.about.asked[key],
            front.language,
            lambda: str(getattr(front, key) or ""),
            lambda answer: workspace.set_front(key, answer),
            self.prompt,
        )
        return ask_about(question, needed=key == "title")

    # --- commands that lead elsewhere ---

    def back(self, rest: str) -> None:
        raise Go(self.next(-1))

    def skip(self, rest: str) -> None:
        if self.step.key:
            raise Go(self.next())
        steps = self.steps()
        raise Go(next((step for step in steps[steps.index(self.step) + 1 :] if not step.key), None))

    def go(self, rest: str) -> None:
        steps = self.steps()
        here = steps.index(self.step) if self.step in steps else 0
        if rest == "open":
            ahead = [step for step in steps[here + 1 :] + steps[:here] if step.key and self.is_open(step)]
        elif rest.isdecimal():
            sections = self.workspace.agreement.sections
            number = int(rest)
            identity = sections[number - 1].id if 0 < number <= len(sections) else ""
            ahead = [step for step in steps if identity and step.clause == identity]
        else:
            ahead = [step for step in steps if step.clause == rest and rest]
        if ahead:
            raise Go(ahead[0])
        say("Nothing is open." if rest == "open" else f'There is no clause "{rest}" here. Write its number.')

    def use_menu(self, command: MenuCommand, rest: str) -> None:
        """Carry out a command of the menu; where the clause has changed, go on at a question that it still asks."""
        if command(self.step.clause, rest):
            raise Go(self.step if self.step in self.steps() else self.nearest())

    def nearest(self) -> Step | None:
        here = [step for step in self.steps() if step.clause == self.step.clause]
        return here[0] if here else self.steps()[0]
