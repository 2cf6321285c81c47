"""The interview: one question after the other, each answer on disk before the next."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import click

from ..agreement.document.answers import is_empty, written
from ..agreement.document.assemble import assemble, blanks_in, open_blanks
from ..agreement.document.nodes import ClauseNumber, DocumentClause, Filled, Hole, Table
from ..model.front import BlankDefinition, Column, Party
from ..model.pieces import Section
from ..text.markup.blocks import parse
from ..text.markup.nodes import (
    Block,
    ItemList,
    Node,
    Note,
    Paragraph,
    Text,
    blank_key,
    handler,
    numbered,
    plain,
    worded,
)
from ..text.problems import InvalidFiles, UserError, on_one_line
from .fork_options import party, reason_against, why_needed
from .workspace import Desk

_ABOUT = {
    "title": BlankDefinition(ask="What do you call this agreement?"),
    "parties": BlankDefinition(ask="Who are the partners?"),
    "start": BlankDefinition(ask="From which day does it hold?", type="date", example="2026-12-01"),
    "end": BlankDefinition(ask="Until which day? Leave it open if there is none.", type="date", example="2027-07-30"),
}

HELP = """\
Enter keeps what is there and goes on. Besides answers you can write:
  /skip          go on; at a clause's heading, go on to the next clause
  /back          go back to the question before
  /clear         take this answer away
  /why           read why people agree this
  /go 4          go to clause 4; /go open goes to the next open question
  /wording       choose another wording for this clause
  /leave-out     leave this clause out
  /bring-back    bring back a clause that was left out
  /add           add a clause from the library
  /own           add a clause of your own
  /remove 2      in a list or a table: remove entry 2
  /change 2      in a list or a table: change entry 2
  /quit          stop; everything is kept
An answer that itself starts with a slash is written with two: //"""


class Stop(Exception):
    """Somebody wants to stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question; without a ``key``, a clause's heading."""

    clause: str
    key: str = ""


class Interview:
    def __init__(self, desk: Desk, only_open: bool = False) -> None:
        self.desk = desk
        self.only_open = only_open
        self.step = Step("")
        self.commands: dict[str, Callable[[str], bool]] = {
            "why": self.why,
            "go": self.go,
            "wording": self.wording,
            "leave-out": self.leave_out,
            "bring-back": self.bring_back,
            "add": self.add,
            "own": self.own,
        }

    # --- the way through ---

    def run(self) -> None:
        """Ask until the last question is done; raises ``Stop``."""
        say(f"{self.desk.agreement.front.title}: {how_many_open(self.desk)}.")
        say("Enter keeps what is there, /quit stops, /help says what else there is. Every answer is kept at once.")
        heading = None
        at: Step | None = self.steps()[0]
        while at:
            self.step = at
            if at.clause != heading:
                heading = at.clause
                self.show_heading()
            at = self.ask_one()
        say("")
        say(f"That was the last question: {how_many_open(self.desk)}.")

    def steps(self) -> list[Step]:
        """The questions to ask, in order; the present one is among them as long as it exists."""
        steps = self.all_steps()
        if self.only_open:
            wanted = [step for step in steps if step == self.step or (step.key and self.is_open(step))]
            return wanted or steps[:1]
        return steps

    def all_steps(self) -> list[Step]:
        steps = [Step("", key) for key in _ABOUT]
        seen: set[str] = set()
        for section in self.desk.agreement.sections:
            keys = [key for key in self.desk.blanks_of(section) if key not in seen]
            seen.update(keys)
            steps += [Step(section.id), *(Step(section.id, key) for key in keys)]
        return steps

    def is_open(self, step: Step) -> bool:
        front = self.desk.agreement.front
        if step.clause:
            return is_empty(self.desk.answer(step.key))
        return step.key in ("parties", "start") and not getattr(front, step.key)

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
        except _Go as go:
            return go.step
        except UserError as wrong:
            say(str(wrong))
        except InvalidFiles as broken:
            say("That cannot be kept:")
            for problem in broken.problems:
                say(f"  {problem.message}")
        return self.step

    # --- reading what people type ---

    def line(self, prompt: str = "", command: bool = True) -> str:
        """One line; a command is carried out, and leads elsewhere by an exception."""
        while True:
            text = str(click.prompt(prompt, default="", show_default=False, prompt_suffix="> ")).strip()
            if not text.startswith("/") or not command:
                return text
            if text.startswith("//"):
                return text[1:]
            word, _, rest = text[1:].partition(" ")
            word, rest = word.lower(), rest.strip()
            if word == "help":
                say(HELP)
            elif word in ("quit", "q"):
                raise Stop
            elif word == "back":
                raise _Go(self.next(-1))
            elif word == "skip":
                raise _Go(self.next() if self.step.key else self.next_heading())
            elif word in self.commands:
                if self.commands[word](rest):
                    raise _Go(self.step if self.step in self.steps() else self.nearest())
            elif word in ("clear", "remove", "change"):
                return text
            else:
                say(f'There is no "/{word}". /help lists what there is.')

    def nearest(self) -> Step | None:
        here = [step for step in self.steps() if step.clause == self.step.clause]
        return here[0] if here else self.steps()[0]

    def next_heading(self) -> Step | None:
        steps = self.steps()
        return next((step for step in steps[steps.index(self.step) + 1 :] if not step.key), None)

    # --- headings ---

    def at_heading(self) -> bool:
        steps = [step for step in self.all_steps() if step.clause == self.step.clause and step.key]
        still = sum(map(self.is_open, steps))
        answer = self.line(f"Enter: go on, {still} of {len(steps)} open" if still else "Enter: go on, nothing open")
        if answer:
            say("This is a clause's heading: Enter goes on to its questions, /help lists what else there is.")
        return not answer

    def show_heading(self) -> None:
        if not self.step.clause:
            say("")
            say("About the agreement", bold=True)
            return
        document = assemble(self.desk.agreement, self.title_of)
        clause = next(one for one in document.clauses if one.id == self.step.clause)
        say("")
        say(f"{clause.number}. {clause.title}", bold=True)
        for line in clause_lines(clause):
            say(line, indent="  | ")
        library = self.desk.clause(clause.id)
        if library:
            say(f"Why: {first_sentence(library.why)}")
            others = len(library.wordings)
            if others > 1:
                now = library.wordings.get(clause.wording)
                named = f'"{now.title}"' if now else "your own words"
                say(f"Wording: {named}, one of {others}; /wording chooses.")

    def title_of(self, identity: str) -> str:
        clause = self.desk.clause(identity)
        return clause.front.title if clause else identity

    # --- questions ---

    def at_question(self) -> bool:
        key = self.step.key
        if not self.step.clause:
            return self.about(key)
        definition = self.desk.definition(key)
        say("")
        say(definition.ask)
        kind = definition.blank_type
        if kind.structure == "table":
            return self.table(key, definition)
        if definition.example:
            say(f"For example: {definition.example}")
        if kind.structure == "list":
            return self.entries(key)
        for number, choice in enumerate(definition.choices, 1):
            say(f"  {number}. {choice}")
        now = self.desk.answer(key)
        if not is_empty(now):
            say(f"Now: {self.shown(definition, now)}")
        if kind.structure == "paragraphs":
            say("Write as many lines as you need; an empty line ends it.")
        answer = self.line(key)
        if answer == "/clear":
            self.desk.set_answer(key, "")
            return True
        if answer.startswith(("/remove", "/change")):
            say("There are no entries here; write the answer anew, or /clear it.")
            return False
        if not answer:
            return True
        if kind.structure == "paragraphs":
            answer = "\n".join([answer, *self.more_lines()])
        answer = chosen(definition, answer)
        if not self.fits(definition, answer):
            return False
        self.desk.set_answer(key, answer)
        remark = kind.remark(answer)
        if remark:
            say(remark)
        return True

    def more_lines(self) -> list[str]:
        lines = []
        while line := self.line("…", command=False):
            lines.append(line)
        return lines

    def shown(self, definition: Column, answer: Any) -> str:
        return written(definition, answer, self.desk.agreement.front.language)

    def fits(self, definition: BlankDefinition, answer: Any) -> bool:
        wrong = reason_against(definition, answer)
        if wrong:
            say(wrong)
        return not wrong

    def about(self, key: str) -> bool:
        definition = _ABOUT[key]
        say("")
        say(definition.ask)
        if key == "parties":
            return self.parties()
        if definition.example:
            say(f"For example: {definition.example}")
        front = self.desk.agreement.front
        now = getattr(front, key)
        if now:
            say(f"Now: {self.shown(definition, str(now))}")
        answer = self.line(key)
        if answer == "/clear" and key != "title":
            self.desk.set_front(key, "")
            return True
        if not answer:
            return True
        if answer.startswith("/") or not self.fits(definition, answer):
            return False
        self.desk.set_front(key, answer)
        return True

    # --- several entries ---

    def parties(self) -> bool:
        say('An organisation: "Name: contact, role". A person: "Name, role, organisation". Phone and email may follow.')

        def show() -> list[Party]:
            parties = list(self.desk.agreement.front.parties)
            for number, one in enumerate(parties, 1):
                known = [one.name, one.contact, one.role, one.organisation, one.phone, one.email]
                say(f"  {number}. {', '.join(filter(None, known))}")
            return parties

        def put(parties: list[Party], index: int, words: str) -> None:
            parties[index : index + 1] = [party(words)]
            self.desk.set_parties(parties)

        return self.several("a party", show, put, self.desk.set_parties)

    def entries(self, key: str) -> bool:
        definition = self.desk.definition(key)

        def show() -> list[str]:
            now = self.desk.answer(key)
            entries = [now] if isinstance(now, str) and now else list(now or [])
            for number, entry in enumerate(entries, 1):
                say(f"  {number}. {entry}")
            return entries

        def put(entries: list[str], index: int, words: str) -> None:
            entries[index : index + 1] = [words]
            if self.fits(definition, entries):
                self.desk.set_answer(key, entries)

        return self.several("an entry", show, put, lambda entries: self.desk.set_answer(key, entries))

    def several(
        self,
        what: str,
        show: Callable[[], list[Any]],
        put: Callable[[list[Any], int, str], None],
        keep: Callable[[list[Any]], None],
    ) -> bool:
        """Add, change and remove entries until an empty line ends it."""
        while True:
            entries = show()
            answer = self.line(f"add {what} (Enter: go on)")
            if not answer:
                return True
            word, _, rest = answer.partition(" ")
            try:
                if answer == "/clear":
                    keep([])
                elif word == "/remove":
                    del entries[number_in(rest, entries)]
                    keep(entries)
                elif word == "/change":
                    index = number_in(rest, entries)
                    new = self.line(f"entry {index + 1}", command=False)
                    if new:
                        put(entries, index, new)
                elif word == "/clear":
                    say("Write /clear alone; it takes all entries away. /remove 2 removes one.")
                else:
                    put(entries, len(entries), answer)
            except UserError as wrong:
                say(str(wrong))

    def table(self, key: str, definition: BlankDefinition) -> bool:
        first = next(iter(definition.columns))
        while True:
            rows = self.rows(key)
            for number, row in enumerate(rows, 1):
                cells = [self.shown(column, row[name]) for name, column in definition.columns.items() if row.get(name)]
                say(f"  {number}. {' | '.join(cells)}")
            column = definition.columns[first]
            say("")
            say(f"Row {len(rows) + 1}, cell by cell. {column.ask}{for_example(column)}")
            answer = self.line(f"{first} (Enter: go on)")
            if not answer:
                return True
            word, _, rest = answer.partition(" ")
            try:
                if answer == "/clear":
                    self.desk.set_answer(key, [])
                elif word == "/remove":
                    del rows[number_in(rest, rows)]
                    self.desk.set_answer(key, rows)
                elif word == "/change":
                    self.row(key, definition, number_in(rest, rows), first)
                elif self.cell(key, definition, len(rows), first, answer):
                    following = list(definition.columns)[1:]
                    if following:
                        self.row(key, definition, len(rows), following[0])
            except UserError as wrong:
                say(str(wrong))

    def rows(self, key: str) -> list[dict[str, str]]:
        return [dict(row) for row in self.desk.answer(key) or [] if isinstance(row, dict) and not is_empty(row)]

    def row(self, key: str, definition: BlankDefinition, index: int, first: str) -> None:
        """Ask for the cells of one row, from the column ``first`` on."""
        names = list(definition.columns)
        at = names.index(first)
        while at < len(names):
            column = definition.columns[names[at]]
            say(f"  {column.ask}{for_example(column)}")
            for number, choice in enumerate(column.choices, 1):
                say(f"    {number}. {choice}")
            rows = self.rows(key)
            now = rows[index].get(names[at], "") if index < len(rows) else ""
            if now:
                say(f"  Now: {self.shown(column, now)}")
            answer = self.line_in_row(f"  {names[at]}")
            if answer == "/back":
                at = max(at - 1, 0)
            elif answer == "/clear":
                self.cell(key, definition, index, names[at], "")
                at += 1
            elif not answer or self.cell(key, definition, index, names[at], answer):
                at += 1

    def line_in_row(self, prompt: str) -> str:
        """A cell: back and skip move inside the row."""
        while True:
            text = self.line(prompt, command=False)
            if text in ("/back", "/clear") or not text.startswith("/"):
                return text
            if text.startswith("//"):
                return text[1:]
            if text == "/skip":
                return ""
            if text in ("/quit", "/q"):
                raise Stop
            say("In a row: Enter keeps the cell, /back goes to the cell before, /clear empties it, /quit stops.")

    def cell(self, key: str, definition: BlankDefinition, index: int, name: str, answer: str) -> bool:
        rows = self.rows(key)
        if index >= len(rows):
            rows.append({})
            index = len(rows) - 1
        cells = {**rows[index], name: chosen(definition.columns[name], answer)}
        rows[index] = {column: cells[column] for column in definition.columns if cells.get(column)}
        if not self.fits(definition, rows):
            return False
        self.desk.set_answer(key, [row for row in rows if row])
        return True

    # --- commands: each says whether the agreement or the place in it changed ---

    def why(self, rest: str) -> bool:
        library = self.desk.clause(self.step.clause) if self.step.clause else None
        for block in library.why if library else ():
            if isinstance(block, Paragraph):
                say(plain(block.children))
        if library is None:
            say("There is no more to say about this.")
        return False

    def go(self, rest: str) -> bool:
        steps = self.steps()
        here = steps.index(self.step) if self.step in steps else 0
        if rest == "open":
            ahead = [step for step in steps[here + 1 :] + steps[:here] if step.key and self.is_open(step)]
        elif rest.isdecimal():
            sections = self.desk.agreement.sections
            number = int(rest)
            identity = sections[number - 1].id if 0 < number <= len(sections) else ""
            ahead = [step for step in steps if identity and step.clause == identity]
        else:
            ahead = [step for step in steps if step.clause == rest and rest]
        if not ahead:
            say("Nothing is open." if rest == "open" else f'There is no clause "{rest}" here. Write its number.')
            return False
        raise _Go(ahead[0])

    def wording(self, rest: str) -> bool:
        section = self.section()
        library = self.desk.clause(section.id)
        if library is None:
            raise UserError("This clause is your own: change its words in the file.")
        names = list(library.wordings)
        self.list_all(f"{library.wordings[name].title}{' (now)' if name == section.wording else ''}" for name in names)
        chosen = self.pick(rest, names, "wording")
        if not chosen or (chosen == section.wording and not self.desk.reworded(section)):
            return False
        others = [one for one in self.desk.agreement.sections if one.id != section.id]
        new = self.desk.library_section(section.id, chosen)
        if not self.sure(section, [*others, new]):
            return False
        self.desk.switch(section.id, chosen)
        self.show_heading()
        return True

    def leave_out(self, rest: str) -> bool:
        section = self.section()
        needed = why_needed(self.desk.template, self.desk.toolkit, section.id)
        if needed:
            say(f"The template needs this clause. {needed}")
            if not self.yes("Leave it out all the same?"):
                return False
        others = [one for one in self.desk.agreement.sections if one.id != section.id]
        if not others:
            raise UserError("This is the only clause. Add another one first.")
        if not self.sure(section, others):
            return False
        following = self.next_heading_after(section.id)
        self.desk.leave_out(section.id)
        say(f'"{section.title}" is left out. /bring-back brings it back.')
        raise _Go(Step(following) if following else None)

    def next_heading_after(self, identity: str) -> str:
        here = [section.id for section in self.desk.agreement.sections]
        at = here.index(identity) + 1
        return here[at] if at < len(here) else ""

    def bring_back(self, rest: str) -> bool:
        left_out = [one for one in self.desk.addable() if one in self.desk.agreement.front.left_out]
        if not left_out:
            say("No clause was left out. /add adds one from the library.")
            return False
        return self.add_from(left_out, rest)

    def add(self, rest: str) -> bool:
        return self.add_from(self.desk.addable(), rest)

    def add_from(self, names: list[str], rest: str) -> bool:
        self.list_all(f"{self.title_of(name)} ({name})" for name in names)
        identity = self.pick(rest, names, "clause")
        library = self.desk.clause(identity) if identity else None
        if library is None:
            return False
        wordings = list(library.wordings)
        listed = next((one.wording for one in self.desk.template.front.clauses if one.id == identity), wordings[0])
        wording = listed
        if len(wordings) > 1:
            self.list_all(
                f"{library.wordings[name].title}{' (usual here)' if name == listed else ''}" for name in wordings
            )
            wording = self.pick("", wordings, "wording") or listed
        self.desk.bring_in(identity, wording, self.step.clause)
        say(f'"{library.front.title}" is in.')
        raise _Go(Step(identity))

    def own(self, rest: str) -> bool:
        title = rest or self.line("its heading", command=False)
        if not title:
            return False
        say("Its text: a sentence a line. One empty line starts a new paragraph, two end it.")
        lines: list[str] = []
        while not (lines and lines[-1:] == [""] and lines[-2:-1] in ([""], [])):
            lines.append(self.line("…", command=False))
            if lines[-2:] == ["", ""]:
                break
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        if not text:
            return False
        blocks, findings = parse(text)
        for finding in findings:
            say(f"Line {finding.line}: {finding.message}")
        if findings:
            return False
        asks: dict[str, str] = {}
        known = set(map(blank_key, self.desk.agreement.front.blanks)) | set(_ABOUT)
        for blank in blanks_in(blocks):
            if blank_key(blank.name) not in known:
                known.add(blank_key(blank.name))
                asks[blank.name] = self.line(f"The question for [[{blank.name}]]", command=False) or f"{blank.name}?"
        identity = self.desk.add_own(title, text, asks, self.step.clause)
        raise _Go(Step(identity))

    def section(self) -> Section:
        if not self.step.clause:
            raise UserError("This belongs to a clause. Go on to one first, with Enter or /go 1.")
        return self.desk.section(self.step.clause)

    def sure(self, section: Section, sections: list[Section]) -> bool:
        """Ask before words or answers go that somebody wrote."""
        if self.desk.reworded(section):
            say("You changed the words of this clause; they would be gone.")
            if not self.yes("Do it all the same?"):
                return False
        lost = self.desk.homeless_after(sections)
        if lost:
            say("These answers would have no place any more:")
            for name in lost:
                say(f"  {name}: {self.shown(self.desk.definition(blank_key(name)), self.desk.answer(blank_key(name)))}")
            return self.yes("Do it all the same?")
        return True

    def yes(self, question: str) -> bool:
        return self.line(f"{question} y/n", command=False).lower() in ("y", "yes")

    def list_all(self, names: Iterable[str]) -> None:
        for number, name in enumerate(names, 1):
            say(f"  {number}. {name}")

    def pick(self, rest: str, names: list[str], what: str) -> str:
        """One of ``names``, by its number or its name; empty for none."""
        answer = rest or self.line(f"which {what} (Enter: none)", command=False)
        if answer in names or not answer:
            return answer
        return names[number_in(answer, names)]


class _Go(Exception):
    """Go on at another question, or stop after the last."""

    def __init__(self, step: Step | None) -> None:
        super().__init__()
        self.step = step


# --- words on the screen ----------------------------------------------------------------------------


def how_many_open(desk: Desk) -> str:
    count = len(open_blanks(assemble(desk.agreement)))
    return "nothing is open" if not count else f"{count} question{'s' if count > 1 else ''} open"


def say(text: str, indent: str = "", bold: bool = False) -> None:
    width = max(min(shutil.get_terminal_size((80, 24)).columns, 90), 40)
    for line in text.split("\n"):
        start = re.match(r" *", line)
        hang = indent + " " * (len(start[0]) if start else 0)
        wrapped = textwrap.wrap(
            on_one_line(line),
            width,
            initial_indent=indent,
            subsequent_indent=hang,
            break_on_hyphens=False,
            break_long_words=False,
            drop_whitespace=True,
        ) or [indent.rstrip()]
        for one in wrapped:
            click.secho(one, bold=bold or None)


def clause_lines(clause: DocumentClause) -> list[str]:
    """The text of a clause for the screen: answers filled in, open blanks in brackets."""
    return [line for block in clause.blocks for line in handler(_LINES, block)(block)]


def _items(items: ItemList) -> list[str]:
    return [f"{'  ' * level}{mark} {_words(item.children)}" for item, level, mark in numbered(items)]


def _table(table: Table) -> list[str]:
    return [" | ".join(row) for row in table.rows] or [f"[{table.name}: {', '.join(table.columns)}]"]


_LINES: Mapping[type, Callable[[Any], list[str]]] = {
    Paragraph: lambda block: [_words(block.children)],
    ItemList: _items,
    Table: _table,
    Note: lambda block: [],
}
_SAID: Mapping[type, Callable[[Any], str]] = {
    Text: lambda node: node.text,
    Filled: lambda node: node.text,
    Hole: lambda node: f"[{node.name}]",
    ClauseNumber: lambda node: f"clause {node.number}, {node.title}" if node.number else f"{node.title} (left out)",
}


def _words(children: Iterable[Node]) -> str:
    return worded(children, _SAID)


def first_sentence(blocks: Iterable[Block]) -> str:
    """The first sentence of a clause's reasons."""
    for block in blocks:
        if isinstance(block, Paragraph):
            text = plain(block.children)
            match = re.match(r".+?[.!?](?=\s+[\"“‘(]?[A-Z0-9]|$)", text, re.S)
            return match[0] if match else text
    return ""


def for_example(column: Column) -> str:
    return f" For example: {column.example}" if column.example else ""


def chosen(definition: Column, answer: str) -> str:
    """The choice that a number stands for; other answers as they are."""
    if definition.choices and answer.isdecimal() and 0 < int(answer) <= len(definition.choices):
        return definition.choices[int(answer) - 1]
    if definition.choices:
        with suppress(StopIteration):
            return next(one for one in definition.choices if one.casefold() == answer.casefold())
    return answer


def number_in(text: str, entries: list[Any]) -> int:
    if text.isdecimal() and 0 < int(text) <= len(entries):
        return int(text) - 1
    if not entries:
        raise UserError("There is no entry yet.")
    raise UserError(f"Write a number from 1 to {len(entries)}.")
