"""The workspace of a partnership: read its agreement, change it, and have each change on disk at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..agreement.changes import clause_edits
from ..agreement.changes.update_apply import notes
from ..agreement.document.assemble import assemble, blanks_in, clause_in, open_blanks
from ..agreement.document.nodes import Document
from ..agreement.signing.open_round import open_round, opens_round
from ..agreement.signing.signing_state import signing_state
from ..checks import checked
from ..files import clock, disk
from ..files.edit import Data, Source, inserted, set_key
from ..files.load.folders import load
from ..files.load.kept import Cache
from ..files.load.text import opened
from ..files.source import Bare, plain
from ..model.front import BlankDefinition, Party
from ..model.pieces import Agreement, Clause, History, Section, Template, Toolkit, definitions
from ..text.markup.nodes import blank_key
from ..text.problems import InvalidFiles, Problem, Unknown, UserError, did_you_mean, errors
from .shared import Place, refuse_broken


class Workspace:
    def __init__(self, place: Place, name: str) -> None:
        self.place = place
        self.folder = place.folder / name
        self.name = name
        self.cache = Cache()
        # Answers that lost their place; they come back with their blank.
        self.homeless: dict[str, Any] = {}
        self.is_locked = False
        # Why words that people signed are changed. The change that makes others of them opens a round.
        self.reason = ""
        self.load()

    # --- reading ---

    def load(self) -> None:
        loaded = load(self.place.root, self.place.partnerships, self.cache)
        self.toolkit: Toolkit = loaded.toolkit
        known = self.toolkit.partnerships
        here = self.folder.resolve()
        wrong = [one for one in errors(loaded.problems) if (self.place.root / one.file).resolve().is_relative_to(here)]
        if wrong:
            raise InvalidFiles(wrong)
        if self.name not in known:
            refuse_broken(loaded.problems, set())
            raise Unknown(f'There is no partnership "{self.name}".', self.name, known, then=("status",))
        self.agreement: Agreement = known[self.name]
        self.history: History = self.toolkit.histories[self.name]
        template = self.toolkit.template(self.agreement.front.template)
        if template is None:
            templates = self.toolkit.templates
            line = self.agreement.origin.front.line("template")
            said = f'There is no template "{self.agreement.front.template}". '
            said += did_you_mean(self.agreement.front.template, templates)
            raise InvalidFiles([Problem(self.agreement.origin.file, line, "unknown-template", said)])
        self.template: Template = template

    @property
    def path(self) -> Path:
        return self.folder / "agreement.md"

    def definition(self, key: str) -> BlankDefinition:
        return definitions(self.agreement.front.blanks)[key]

    def answer(self, key: str) -> Any:
        given = self.agreement.front.answers
        return next((value for name, value in given.items() if blank_key(name) == key), "")

    def clause(self, identity: str) -> Clause | None:
        return clause_in(self.toolkit, identity, self.template.language)

    def now_called(self, identity: str) -> str:
        return self.toolkit.now_called("clauses", identity)

    def section(self, identity: str) -> Section:
        return next(section for section in self.agreement.sections if section.id == identity)

    def title_of(self, identity: str) -> str:
        """The title of a clause of the library; of another its id."""
        clause = self.clause(identity)
        return clause.front.title if clause else identity

    def document(self) -> Document:
        return assemble(self.agreement, self.title_of)

    def blanks_of(self, section: Section) -> list[str]:
        """The keys of the blanks that ``section`` asks for, in the order of its text."""
        return clause_edits.blanks_of(self.agreement, section)

    def addable(self) -> list[str]:
        """The clauses of the library that are not in the agreement; those of its template first."""
        here = {self.now_called(section.id) for section in self.agreement.sections}
        listed = [entry.id for entry in self.template.front.clauses]
        others = [identity for identity in self.toolkit.clauses if identity not in listed and "." not in identity]
        return [identity for identity in [*listed, *others] if identity not in here and self.clause(identity)]

    def reworded(self, section: Section) -> bool:
        """Whether the partners changed the words of ``section``, or wrote it themselves."""
        return clause_edits.reworded(self.agreement, section, self.clause(section.id))

    # --- writing ---

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold this partnership's lock, so that other commands that change it wait; read first what they wrote."""
        if self.is_locked:
            yield
            return
        with disk.locked(self.folder):
            self.is_locked = True
            for folder in (self.folder.parent, self.folder, self.folder / "versions", self.folder / "records"):
                disk.sweep(folder)
            try:
                self.fresh()
                yield
            finally:
                self.is_locked = False

    def change(
        self,
        edit: Callable[[Source, Data], None],
        base: Section | None = None,
        seen: Callable[[], Any] = lambda: None,
    ) -> None:
        """Let ``edit`` change the file as it stands on disk now, see that it is right, and keep it.

        ``base`` is a clause of the library that ``taken.md`` gains. ``seen`` is what somebody looked at who decided
        this: raises ``UserError`` if it is another by now.
        """
        before = seen()
        with self.locked():
            if seen() != before:
                raise UserError(
                    "Somebody else has changed this meanwhile, so yours was not kept. Look at what stands there now, "
                    "and write yours again if it is still right.",
                    then=("diff", self.name),
                )
            self._change(edit, base)

    def opened(self, text: str) -> tuple[Agreement | None, list[Problem]]:
        """What ``text`` would be as this file, and what is wrong with how it is written."""
        return opened(text, self.agreement.origin.file)

    def faults(self, agreement: Agreement) -> list[Problem]:
        """What the checks find in ``agreement``, which is to stand in this file."""
        return checked(agreement, self.toolkit)

    def as_seen(self) -> str:
        """The agreement as a whole: what somebody looked at who decides about a clause."""
        return self.agreement.origin.digest

    def _change(self, edit: Callable[[Source, Data], None], base: Section | None) -> None:
        text = self.fresh()
        source = Source(text, self.agreement)
        data = deepcopy(source.data)
        edit(source, data)
        changed = source.text(data)
        if changed == text:
            return
        agreement, found = self.opened(changed)
        where = signing_state(self.agreement, self.history) if self.reason else None
        if agreement and where and opens_round(where) and not where.says(agreement):
            open_round(data, where, clock.today(), self.reason)
            changed = source.text(data)
            agreement, found = self.opened(changed)
        before = {(one.name, one.message) for one in self.faults(self.agreement)}
        if agreement:
            found += [one for one in self.faults(agreement) if (one.name, one.message) not in before]
        if errors(found):
            raise InvalidFiles(errors(found))
        if base:
            self.keep_base(base)
        disk.write(self.path, changed, over=text)
        self.load()

    def fresh(self) -> str:
        """The file's text, and ``agreement`` made from it: somebody may have changed it in an editor."""
        text = disk.read(self.path)
        now, _ = self.opened(text)
        if now is None or now.origin.digest != self.agreement.origin.digest:
            self.load()
            text = disk.read(self.path)
        return text

    def keep_base(self, base: Section) -> None:
        """Put the library's clause into ``taken.md``.

        This comes first. Should the command be killed right after, it does no harm: a clause of ``taken.md``
        counts only if its digest stands in the agreement, under "taken".
        """
        path = self.folder / "taken.md"
        if not path.is_file():
            return
        text = disk.read(path)
        agreement, _ = opened(text, str(path))
        clause = self.clause(base.id)
        if agreement is None or clause is None:
            return
        source = Source(text, agreement)
        data = deepcopy(source.data)
        if base.id in source.order():
            source.replace(base)
        else:
            source.put(base, len(source.order()))
        used = {blank_key(blank.name) for blank in blanks_in(base.blocks)}
        new = {name: plain(one) for name, one in clause.front.blanks.items() if blank_key(name) in used}
        set_key(data, "blanks", {**(data.get("blanks") or {}), **new})
        disk.write(path, source.text(data), over=text)

    # --- answers and front matter ---

    def set_answer(self, key: str, value: Any) -> None:
        """Answer the blank ``key``; an empty answer takes the old one away."""

        def edit(source: Source, data: Data) -> None:
            given = data.get("answers") or {}
            name = next((name for name in given if blank_key(name) == key), "")
            if not value:
                given.pop(name, None)
            elif name:
                given[name] = value
            else:
                own = next(one for one in data["blanks"] if blank_key(one) == key)
                given = inserted(given, own, value, list(data["blanks"]))
            set_key(data, "answers", given)

        self.change(edit, seen=lambda: self.answer(key))

    def set_front(self, key: str, value: str) -> None:
        def edit(source: Source, data: Data) -> None:
            if value:
                set_key(data, key, value if key == "title" else Bare(value))
            else:
                data.pop(key, None)

        self.change(edit, seen=lambda: getattr(self.agreement.front, key))

    def set_parties(self, parties: Iterable[Party]) -> None:
        kept = [plain(one) for one in parties]
        self.change(lambda source, data: set_key(data, "parties", kept), seen=lambda: self.agreement.front.parties)

    # --- clauses ---

    def library_section(self, identity: str, wording: str) -> Section:
        clause = self.clause(identity)
        assert clause
        section = clause_edits.library_section(clause, identity, wording)
        return clause_edits.led(section, clause_edits.ids_here(self.agreement, self.toolkit))

    def switch(self, identity: str, wording: str) -> None:
        """Give a clause another wording; the notes below it stay."""
        section = self.library_section(identity, wording)
        kept = replace(section, text="\n\n".join([section.text, *notes(self.section(identity).text)]))

        def edit(source: Source, data: Data) -> None:
            source.replace(kept)
            sections = [kept if one.id == identity else one for one in self.agreement.sections]
            self.settle(data, sections)
            clause_edits.take(data, section, sections)

        self.change(edit, section, self.as_seen)

    def leave_out(self, identity: str) -> None:
        def edit(source: Source, data: Data) -> None:
            source.remove(identity)
            clause_edits.leave_out(data, self.template, identity, self.now_called)
            self.settle(data, [one for one in self.agreement.sections if one.id != identity])

        self.change(edit, seen=self.as_seen)

    def bring_in(self, identity: str, wording: str, after: str) -> None:
        """Add a clause of the library: one of the template's in its place, another behind the clause ``after``."""
        section = self.library_section(identity, wording)
        index = clause_edits.place_of(self.agreement, self.template, identity, after, self.now_called)

        def edit(source: Source, data: Data) -> None:
            source.put(section, index)
            left_out = [one for one in data.get("left out") or [] if self.now_called(one) != identity]
            set_key(data, "left out", left_out)
            sections = list(self.agreement.sections)
            sections.insert(index, section)
            self.settle(data, sections)
            clause_edits.take(data, section, sections)

        self.change(edit, section, self.as_seen)

    def add_own(self, title: str, text: str, asks: dict[str, str], after: str) -> str:
        """Add a clause of the partners' own; ``asks`` are the questions of its new blanks. Returns its id."""
        section = Section(clause_edits.next_own_id(self.agreement), title, "", text, (), 0)
        index = clause_edits.place_of(self.agreement, self.template, section.id, after, self.now_called)

        def edit(source: Source, data: Data) -> None:
            source.put(section, index)
            new = {name: {"ask": ask} for name, ask in asks.items()}
            set_key(data, "blanks", {**(data.get("blanks") or {}), **new})

        self.change(edit, seen=self.as_seen)
        return section.id

    def settle(self, data: Data, sections: list[Section]) -> None:
        clause_edits.settle(data, self.agreement, sections, self.clause, self.homeless)


def how_many_open(agreement: Agreement) -> str:
    count = len(open_blanks(assemble(agreement)))
    return "nothing is open" if not count else f"{count} question{'s' if count > 1 else ''} open"
