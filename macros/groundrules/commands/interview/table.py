"""A table, asked for cell by cell."""

from __future__ import annotations

from ...agreement.document.answers import is_empty
from ..terminal import Stop, say, say_numbered, typed
from .entries import Entries
from .prompt import IN_A_ROW
from .question import Question, choice_of, for_example

Row = dict[str, str]


class Rows(Entries):
    """The rows of a blank of the type "rows"."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.prompt = question.prompt
        self.columns = question.definition.columns
        self.names = list(self.columns)
        self.label = self.names[0]

    def rows(self) -> list[Row]:
        return [dict(row) for row in self.question.so_far() or [] if isinstance(row, dict) and not is_empty(row)]

    def show(self) -> list[Row]:
        rows = self.rows()
        say_numbered(
            " | ".join(self.question.shown(column, row[name]) for name, column in self.columns.items() if row.get(name))
            for row in rows
        )
        first = self.columns[self.names[0]]
        say("")
        say(f"Row {len(rows) + 1}, cell by cell. {first.ask} {for_example(first)}".rstrip())
        return rows

    def keep(self, entries: list[Row]) -> None:
        self.question.keep(entries)

    def put(self, entries: list[Row], index: int, words: str) -> None:
        """Have ``words`` in the first cell of a row, and ask for the others."""
        if self.cell(index, self.names[0], words):
            self.ask_cells(index, 1)

    def change(self, entries: list[Row], index: int) -> None:
        self.ask_cells(index, 0)

    def ask_cells(self, index: int, at: int) -> None:
        """Ask for the cells of a row, from the column ``at`` on."""
        while at < len(self.names):
            name = self.names[at]
            column = self.columns[name]
            say(f"  {column.ask} {for_example(column)}".rstrip())
            say_numbered(column.choices, indent="    ")
            rows = self.rows()
            now = rows[index].get(name, "") if index < len(rows) else ""
            if now:
                say(f"  Now: {self.question.shown(column, now)}")
            answer = typed_in_row(f"  {name}")
            if answer == "/back":
                at = max(at - 1, 0)
            elif answer == "/clear":
                self.cell(index, name, "")
                at += 1
            elif not answer or self.cell(index, name, answer):
                at += 1

    def cell(self, index: int, name: str, answer: str) -> bool:
        """Put ``answer`` into a cell; whether it fits."""
        rows = self.rows()
        if index >= len(rows):
            rows.append({})
            index = len(rows) - 1
        column = self.columns[name]
        meant = self.question.meant(column, choice_of(column, answer)) if answer else answer
        if meant is None:
            return False
        cells = {**rows[index], name: meant}
        rows[index] = {one: cells[one] for one in self.names if cells.get(one)}
        if not self.question.fits(rows):
            return False
        self.question.keep([row for row in rows if row])
        return True


def typed_in_row(prompt: str) -> str:
    """Read a cell; back and skip move inside the row."""
    while True:
        text = typed(prompt, IN_A_ROW)
        if text in ("/back", "/clear") or not text.startswith("/"):
            return text
        if text.startswith("//"):
            return text[1:]
        if text == "/skip":
            return ""
        if text in ("/quit", "/q"):
            raise Stop
        say(IN_A_ROW)
