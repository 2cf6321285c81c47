"""Histories for the tests of upgrade: a library that is edited, a fork that is edited, and what people decide.

Everything is in memory. Each word that somebody wrote is one of a kind, so that a test can look for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from groundrules.agreement.changes.update_apply import Decided, Decision, decided
from groundrules.agreement.changes.update_compare import Proposal, proposals
from groundrules.agreement.changes.update_write import taken_source, write
from groundrules.agreement.document.fork import Choices, files
from groundrules.checks import checked
from groundrules.files.edit import Source
from groundrules.files.load.text import opened
from groundrules.model.about import About
from groundrules.model.front import BlankDefinition, ClauseFront, Party, TemplateFront
from groundrules.model.pieces import Agreement, Clause, Origin, Template, Toolkit, Wording
from groundrules.text.frontmatter import FrontMatter
from groundrules.text.markup.blocks import parse
from groundrules.text.problems import errors

DAY = datetime.date(2027, 3, 1)
FILE = "agreements/partnerships/bridge/agreement.md"
EDITS = ("reword", "drop", "rename", "rewording", "add", "define", "unlist")
BLANKS = ("bread", "butter", "cheese", "days", "kind", "names", "table", "tale")
PARTIES = (Party(name="Ann"), Party(name="Bo"))
ANSWERS: dict[str, Any] = {
    "text": "answer",
    "date": "2027-01-02",
    "choice": "first",
    "list": ["answer", "other"],
    "rows": [{"who": "answer", "what": "answer"}, {"who": "other"}],
    "long text": "answer",
}


@dataclass
class LibraryClause:
    title: str
    # By id, each a list of sentences; a blank stands in its own.
    wordings: dict[str, list[str]]
    formerly: list[str] = field(default_factory=list)


class World:
    """A library and the words in it; each edit makes new ones."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0
        self.version = ""
        self.preamble = [f"This is what [[parties]] agreed, {self.word('open')}."]
        self.blanks = {name: self.definition(name) for name in BLANKS}
        self.clauses: dict[str, LibraryClause] = {}
        for letter in "abcde"[: random.randint(2, 5)]:
            self.clauses[f"clause-{letter}"] = self.clause()
        self.listed = {name: random.choice(list(one.wordings)) for name, one in self.clauses.items()}

    def word(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}x"

    def definition(self, name: str) -> BlankDefinition:
        kind = {"days": "date", "kind": "choice", "names": "list", "table": "rows", "tale": "long text"}.get(name)
        more: dict[str, Any] = {}
        if kind == "choice":
            more["choices"] = ("first", "second")
        if kind == "rows":
            more["columns"] = {"who": {"ask": "Who?"}, "what": {"ask": "What?"}}
        return BlankDefinition.model_validate({"ask": f"{self.word('ask')}?", "type": kind or "text", **more})

    def sentence(self) -> str:
        words = self.word("library")
        blank = self.random.choice(BLANKS)
        if self.random.random() < 0.5:
            return f"We {words}."
        if self.blanks[blank].blank_type.alone:
            return f"[[{blank}]]"
        if self.random.random() < 0.2 and self.clauses:
            return f"We {words} as in [[#{self.random.choice(list(self.clauses))}]]."
        return f"We {words} [[{blank}]]."

    def clause(self) -> LibraryClause:
        names = ["one", "two"][: self.random.randint(1, 2)]
        return LibraryClause(
            self.word("Title"),
            {name: [self.sentence() for _ in range(self.random.randint(1, 3))] for name in names},
        )

    # --- what the editors of the library do ---

    def edit(self, kinds: tuple[str, ...] = EDITS) -> None:
        random = self.random
        kind = random.choice([*kinds, "reword", "reword"])
        name = random.choice(list(self.clauses))
        clause = self.clauses[name]
        if kind == "reword":
            if random.random() < 0.15:
                self.preamble = [f"This is what [[parties]] agreed, {self.word('open')}."]
            elif random.random() < 0.2:
                clause.title = self.word("Title")
            else:
                text = clause.wordings[random.choice(list(clause.wordings))]
                at = random.randrange(len(text) + 1)
                if len(text) > 1 and random.random() < 0.4:
                    del text[min(at, len(text) - 1)]
                elif random.random() < 0.5:
                    text[min(at, len(text) - 1)] = self.sentence()
                else:
                    text.insert(at, self.sentence())
        elif kind == "drop" and len(self.clauses) > 1:
            del self.clauses[name]
            self.listed.pop(name, None)
            self.refer(f"[[#{name}]]", "what we said")
        elif kind == "rename":
            new = self.word("clause-new-")
            self.clauses = {new if one == name else one: it for one, it in self.clauses.items()}
            self.listed = {new if one == name else one: it for one, it in self.listed.items()}
            clause.formerly.append(name)
            self.refer(f"[[#{name}]]", f"[[#{new}]]")
        elif kind == "rewording":
            old = random.choice(list(clause.wordings))
            new = self.word("wording-")
            text = clause.wordings.pop(old)
            if random.random() < 0.6 or not clause.wordings:
                clause.wordings[new] = text
            if self.listed.get(name) == old:
                self.listed[name] = next(reversed(clause.wordings))
        elif kind == "add":
            new = self.word("clause-more-")
            self.clauses[new] = self.clause()
            items = list(self.listed.items())
            items.insert(random.randrange(len(items) + 1), (new, next(iter(self.clauses[new].wordings))))
            self.listed = dict(items)
        elif kind == "unlist" and len(self.listed) > 1:
            self.listed.pop(name, None)
        elif kind == "define":
            self.define(random.choice(BLANKS))

    def refer(self, old: str, new: str) -> None:
        for one in self.clauses.values():
            for text in one.wordings.values():
                text[:] = [line.replace(old, new) for line in text]

    def define(self, name: str) -> None:
        now = self.blanks[name]
        changes: list[dict[str, Any]] = [{"ask": f"{self.word('ask')}?"}, {"example": self.word("example")}]
        if now.type == "choice":
            changes.append({"choices": (self.random.choice(["first", "third"]), "fourth")})
        if now.type == "rows":
            columns = dict(now.columns)
            columns.pop(self.random.choice(list(columns)))
            columns[self.word("column")] = next(iter(now.columns.values()))
            changes.append({"columns": columns})
        if now.type in ("text", "date"):
            changes.append({"type": self.random.choice(["text", "date", "list"])})
        self.blanks[name] = now.model_copy(update=self.random.choice(changes))

    # --- the library as the program knows it ---

    def toolkit(self) -> Toolkit:
        clauses = {name: self.loaded(name, one) for name, one in self.clauses.items()}
        front = {
            "title": "Team",
            **dict.fromkeys(("summary", "for", "time", "binding", "signs", "not", "owner"), "x"),
            "reviewed": "2026-11-21",
            "clauses": [{"id": name, "wording": wording} for name, wording in self.listed.items()],
        }
        text = "\n".join(self.preamble)
        made = TemplateFront.model_validate(front)
        template = Template("team", "", origin("agreements/templates/team.md"), made, text, parse(text)[0], 1)
        return Toolkit("", clauses=clauses, templates={"team": template}, about=About(version=self.version))

    def loaded(self, name: str, clause: LibraryClause) -> Clause:
        texts = {wording: "\n\n".join(lines) for wording, lines in clause.wordings.items()}
        used = {blank: one for blank, one in self.blanks.items() if any(f"[[{blank}]]" in t for t in texts.values())}
        front = ClauseFront.model_validate(
            {
                "title": clause.title,
                "group": "x",
                "owner": "x",
                "reviewed": "2026-11-21",
                "formerly": clause.formerly,
            }
        ).model_copy(update={"blanks": used})
        wordings = {one: Wording(one, one, text, parse(text)[0], 1) for one, text in texts.items()}
        return Clause(name, "", origin(f"agreements/clauses/{name}.md"), front, (), (), (), wordings, ())


def origin(file: str) -> Origin:
    return Origin(file, FrontMatter({}), "")


@dataclass(frozen=True)
class Fork:
    """The two files of a partnership."""

    agreement: str
    taken: str

    def read(self) -> tuple[Agreement, Agreement | None]:
        agreement = read_text(self.agreement)
        return agreement, read_text(self.taken) if self.taken else None


def read_text(text: str) -> Agreement:
    agreement, found = opened(text, FILE)
    assert agreement, found
    assert not errors(found), found
    return agreement


def fork(world: World, local: bool = True) -> Fork:
    """A fork with answers; where ``local``, with other wordings, and clauses left out."""
    random, toolkit = world.random, world.toolkit()
    chosen = dict(world.listed)
    left_out = []
    for name in list(chosen) if local else ():
        if random.random() < 0.15 and len(chosen) > 1:
            del chosen[name]
            left_out.append(name)
        else:
            chosen[name] = random.choice(list(world.clauses[name].wordings))
    given = {name: answer(world, one) for name, one in world.blanks.items() if random.random() < 0.6}
    made = files(
        toolkit.templates["team"],
        toolkit,
        Choices(
            parties=PARTIES,
            clauses=tuple(chosen.items()),
            left_out=tuple(left_out),
            answers=given,
        ),
    )
    return Fork(made["agreement.md"], made["taken.md"])


def answer(world: World, definition: BlankDefinition) -> Any:
    def own(value: Any) -> Any:
        if isinstance(value, str):
            return world.word(value) if value in ("answer", "other") else value
        if isinstance(value, list):
            return [own(one) for one in value]
        return {name: own(cell) for name, cell in value.items()}

    if definition.type == "rows":
        return [{name: world.word("answer") for name in definition.columns} for _ in range(2)]
    if definition.type == "choice":
        return definition.choices[0]
    return own(ANSWERS[definition.type])


def edited(world: World, one: Fork) -> Fork:
    """What partners do in their own file, with an editor."""
    random = world.random
    front, body = one.agreement.split("\n---\n", 1)
    head, *sections = body.split("\n\n## ")
    for index in range(len(sections)):
        chance = random.random()
        if chance < 0.25:
            sections[index] = f"{sections[index].rstrip()}\n\nWe also {world.word('local')}.\n"
        elif chance < 0.35:
            title, _, rest = sections[index].partition(" {#")
            sections[index] = f"{title} {world.word('local')} {{#{rest}"
        elif chance < 0.45:
            sections[index] = sections[index].replace("We ", f"We {world.word('local')} ")
        if random.random() < 0.15:
            sections[index] = f"{sections[index].rstrip()}\n\n> Added: {world.word('note')}\n"
    if random.random() < 0.2:
        random.shuffle(sections)
    if random.random() < 0.2 and "{#own-1}" not in body:
        own = f"Ours {{#own-1}}\n\nWe {world.word('local')}."
        sections.insert(random.randrange(len(sections) + 1), own)
    if random.random() < 0.15:
        head = f"{head}\n\nAnd {world.word('local')}."
    if random.random() < 0.1:
        head = f"{head}\n\n> Added: {world.word('note')}"
    if random.random() < 0.2 and 'ask: "ask' in front:
        before, _, after = front.partition('ask: "ask')
        front = f'{before}ask: "{world.word("localask")} ask{after}'
    body = "\n\n## ".join([head, *(section.strip("\n") for section in sections)])
    taken = "" if random.random() < 0.03 else one.taken
    return Fork(f"{front}\n---\n{body}\n", taken)


def upgraded(
    world: World, one: Fork, decisions: Mapping[str, Decision], found: list[Proposal] | None = None
) -> tuple[Fork, Decided]:
    """Both files after an upgrade, without looking whether an answer is lost."""
    toolkit = world.toolkit()
    agreement, taken = one.read()
    listed = proposals(agreement, taken, toolkit) if found is None else found
    made = decided(agreement, taken, toolkit, listed, decisions)
    source = Source(one.agreement, agreement)
    data = _copy(source.data)
    write(source, data, agreement, made, DAY)
    changed = source.text(data)
    return Fork(changed, taken_source(made, taken) or one.taken), made


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(below) for key, below in value.items()}
    return [_copy(below) for below in value] if isinstance(value, list) else value


def named(agreement: Agreement, toolkit: Toolkit) -> set[tuple[str, str]]:
    alone = replace(toolkit, partnerships={agreement.id: agreement})
    return {(one.name, one.message) for one in errors(checked(agreement, alone))}
