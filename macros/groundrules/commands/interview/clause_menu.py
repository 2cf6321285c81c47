"""The menu of clauses while questions are asked: read why, choose another wording, add, leave out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...agreement.changes.clause_edits import homeless_after
from ...agreement.document.answers import written
from ...agreement.document.assemble import blanks_in
from ...agreement.document.fork import why_needed
from ...model.pieces import Clause, Section
from ...text.markup.blocks import parse
from ...text.markup.nodes import blank_key
from ...text.problems import UserError
from ..terminal import say, say_numbered, say_why, typed, yes
from ..workspace import Workspace
from .about import AGREEMENT
from .clause_text import say_clause
from .prompt import Go, MenuCommand, Step, number_in


class ClauseMenu:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.commands: Mapping[str, MenuCommand] = {
            "why": self.why,
            "wording": self.wording,
            "leave-out": self.leave_out,
            "bring-back": self.bring_back,
            "add": self.add,
            "own": self.own,
        }

    def why(self, at: str, rest: str) -> bool:
        say_why(self.workspace.clause(at) if at else None)
        return False

    def wording(self, at: str, rest: str) -> bool:
        section = self.section(at)
        library = self.workspace.clause(at)
        if library is None:
            raise UserError("This clause is your own: change its words in the file.")
        chosen = pick_wording(library, rest, section.wording, "now")
        if not chosen or (chosen == section.wording and not self.workspace.reworded(section)):
            return False
        others = [one for one in self.workspace.agreement.sections if one.id != at]
        if not self.sure(section, [*others, self.workspace.library_section(at, chosen)]):
            return False
        self.workspace.switch(at, chosen)
        say_clause(self.workspace.document(), at, self.workspace.clause(at))
        return True

    def leave_out(self, at: str, rest: str) -> bool:
        section = self.section(at)
        needed = why_needed(self.workspace.template, self.workspace.toolkit, self.workspace.now_called(at))
        if needed:
            say(f"The template needs this clause. {needed}")
            if not yes("Leave it out all the same?"):
                return False
        sections = self.workspace.agreement.sections
        others = [one for one in sections if one.id != at]
        if not others:
            raise UserError("This is the only clause. Add another one first.")
        if not self.sure(section, others):
            return False
        following = others[sections.index(section) :]
        self.workspace.leave_out(at)
        say(f'"{section.title}" is left out. /bring-back brings it back.')
        raise Go(Step(following[0].id) if following else None)

    def bring_back(self, at: str, rest: str) -> bool:
        out = {self.workspace.now_called(one) for one in self.workspace.agreement.front.left_out}
        left_out = [one for one in self.workspace.addable() if one in out]
        if not left_out:
            say("No clause was left out. /add adds one from the library.")
            return False
        return self.add_from(left_out, at, rest)

    def add(self, at: str, rest: str) -> bool:
        return self.add_from(self.workspace.addable(), at, rest)

    def add_from(self, names: list[str], at: str, rest: str) -> bool:
        say_numbered(f"{self.workspace.title_of(name)} ({name})" for name in names)
        identity = pick(rest, names, "clause")
        library = self.workspace.clause(identity) if identity else None
        if library is None:
            return False
        listed = (one.wording for one in self.workspace.template.front.clauses if one.id == identity)
        wording = next(listed, next(iter(library.wordings)))
        if len(library.wordings) > 1:
            wording = pick_wording(library, "", wording, "usual here") or wording
        self.workspace.bring_in(identity, wording, at)
        say(f'"{library.front.title}" is in.')
        raise Go(Step(identity))

    def own(self, at: str, rest: str) -> bool:
        title = rest or typed("its heading", "Write a few words; Enter adds no clause.")
        if not title:
            return False
        say("Its text: a sentence a line. One empty line starts a new paragraph, two end it.")
        text = typed_text()
        if not text:
            return False
        blocks, findings = parse(text)
        for finding in findings:
            say(f"Line {finding.line}: {finding.message}")
        if findings:
            return False
        asks: dict[str, str] = {}
        known = {*map(blank_key, self.workspace.agreement.front.blanks), *AGREEMENT.asked}
        for blank in blanks_in(blocks):
            if blank_key(blank.name) not in known:
                known.add(blank_key(blank.name))
                asks[blank.name] = (
                    typed(f"The question for [[{blank.name}]]", "Write what people are asked; Enter asks for its name.")
                    or f"{blank.name}?"
                )
        raise Go(Step(self.workspace.add_own(title, text, asks, at)))

    # --- before something goes ---

    def section(self, at: str) -> Section:
        if not at:
            raise UserError("This belongs to a clause. Go on to one first, with Enter or /go 1.")
        return self.workspace.section(at)

    def sure(self, section: Section, sections: Sequence[Section]) -> bool:
        """Ask before words or answers go that somebody wrote."""
        if self.workspace.reworded(section):
            say("You changed the words of this clause; they would be gone.")
            if not yes("Do it all the same?"):
                return False
        agreement = self.workspace.agreement
        lost = homeless_after(agreement, sections)
        if not lost:
            return True
        say("These answers would have no place any more:")
        for name in lost:
            key = blank_key(name)
            answer = written(self.workspace.definition(key), self.workspace.answer(key), agreement.front.language)
            say(f"  {name}: {answer}")
        return yes("Do it all the same?")


def pick_wording(library: Clause, rest: str, marked: str, mark: str) -> str:
    """The wording of a clause that somebody picks; beside the one called ``marked`` stands ``mark``."""
    wordings = library.wordings.items()
    say_numbered(f"{one.title}{f' ({mark})' if name == marked else ''}" for name, one in wordings)
    return pick(rest, list(library.wordings), "wording")


def pick(rest: str, names: list[str], what: str) -> str:
    """One of ``names``, by its number or its name; empty for none."""
    answer = rest or typed(f"which {what} (Enter: none)", f"Write the number or the name of a {what}.")
    if answer in names or not answer:
        return answer
    return names[number_in(answer, names)]


def typed_text() -> str:
    """Paragraphs that somebody types; two empty lines end them."""
    lines: list[str] = []
    while lines[-2:] != ["", ""] and lines != [""]:
        lines.append(typed("…", "Write a line; two empty lines end the text."))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
