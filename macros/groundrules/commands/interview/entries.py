"""Several entries, one after the other: those of a list, and the parties."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from ...model.front import Party
from ...text.problems import UserError
from ..terminal import say, say_numbered, sure_of, typed
from ..typed_values import party
from .prompt import Prompt, number_in
from .question import Question


class Entries(ABC):
    """Entries that people add, change and remove until an empty line ends it."""

    # What the line asks for.
    label: str
    prompt: Prompt

    @abstractmethod
    def show(self) -> list[Any]:
        """Write the entries on the screen, and return them."""

    @abstractmethod
    def keep(self, entries: list[Any]) -> None:
        """Have ``entries`` in the place of those so far."""

    @abstractmethod
    def put(self, entries: list[Any], index: int, words: str) -> None:
        """Have ``words`` as the entry ``index``, which may be a new one."""

    def change(self, entries: list[Any], index: int) -> None:
        new = typed(f"entry {index + 1}", "Write the entry anew; Enter leaves it as it is.")
        if new:
            self.put(entries, index, new)

    def ask(self) -> None:
        while True:
            entries = self.show()
            answer = self.prompt.answer(f"{self.label} (Enter: go on)")
            if not answer:
                return
            word, _, rest = answer.partition(" ")
            try:
                if answer == "/clear":
                    self.keep([])
                elif word == "/remove":
                    del entries[number_in(rest, entries)]
                    self.keep(entries)
                elif word == "/change":
                    self.change(entries, number_in(rest, entries))
                elif word == "/clear":
                    say("Write /clear alone; it takes all entries away. /remove 2 removes one.")
                else:
                    self.put(entries, len(entries), answer)
            except UserError as wrong:
                say(str(wrong))


class ListEntries(Entries):
    """The entries of a blank of the type "list"."""

    label = "add an entry"

    def __init__(self, question: Question) -> None:
        self.question = question
        self.prompt = question.prompt

    def show(self) -> list[str]:
        now = self.question.so_far()
        entries = [now] if isinstance(now, str) and now else list(now or [])
        say_numbered(entries)
        return entries

    def keep(self, entries: list[str]) -> None:
        self.question.keep(entries)

    def put(self, entries: list[str], index: int, words: str) -> None:
        entries[index : index + 1] = [words]
        if self.question.fits(entries):
            self.keep(entries)


class Parties(Entries):
    """The partners: ``so_far`` gives those so far, and ``set_parties`` keeps others in their place."""

    label = "add a party"

    def __init__(
        self, so_far: Callable[[], list[Party]], set_parties: Callable[[list[Party]], None], prompt: Prompt
    ) -> None:
        self.so_far = so_far
        self.set_parties = set_parties
        self.prompt = prompt

    def show(self) -> list[Party]:
        parties = self.so_far()
        say_numbered(map(_described, parties))
        return parties

    def keep(self, entries: list[Party]) -> None:
        self.set_parties(entries)

    def put(self, entries: list[Party], index: int, words: str) -> None:
        one = party(words)
        if sure_of(f"{_described(one)}?"):
            entries[index : index + 1] = [one]
            self.keep(entries)

    def ask(self) -> None:
        say('An organisation: "Name: contact, role". A person: "Name, role, organisation". Phone and email may follow.')
        super().ask()


def _described(party: Party) -> str:
    parts = [party.name, party.contact, party.role, party.organisation, party.phone, party.email]
    return ", ".join(filter(None, parts))
