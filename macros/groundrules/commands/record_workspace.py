"""The workspace of a record: its answers are kept as those of an agreement are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..agreement.document.assemble import assemble
from ..agreement.document.language import written_date
from ..agreement.document.nodes import Document
from ..agreement.review.records import of_kind, sets_a_day
from ..checks import checked
from ..files.load.readers import read_record
from ..files.load.text import opened
from ..model.front import RecordFront
from ..model.pieces import Agreement, Clause
from ..text.markup.nodes import Blank, Block, Strong, lone
from ..text.problems import Problem, Unknown, UserError
from .shared import Place
from .workspace import Workspace


class RecordWorkspace(Workspace):
    """A record of the partnership ``name``; ``wanted`` is its name, or the kind of which the latest is meant."""

    def __init__(self, place: Place, name: str, wanted: str) -> None:
        self.wanted = wanted
        self.record = ""
        super().__init__(place, name)

    def load(self) -> None:
        super().load()
        self.record = self.record or self._found()
        self.of = self.agreement
        self.agreement = self.history.records[self.record]

    def _found(self) -> str:
        if self.wanted in self.history.records:
            return self.wanted
        kind = self.toolkit.now_called("records", self.wanted)
        if made := of_kind(kind, self.history, self.toolkit):
            return made[-1]
        kinds = [one for one in self.toolkit.records if "." not in one]
        if kind in kinds:
            said = f'There is no record of the kind "{kind}" yet. Draft one first.'
            raise UserError(said, then=("record", kind, self.name))
        known = [*kinds, *self.history.records]
        raise Unknown(f'--record "{self.wanted}": there is no such record.', self.wanted, known)

    @property
    def path(self) -> Path:
        return self.folder / "records" / f"{self.record}.md"

    @property
    def asks_next(self) -> bool:
        """Whether a next day is to be set: not where the record's own words name it, which stay as they are."""
        front = self.agreement.front
        assert isinstance(front, RecordFront)
        if front.next:
            return written_date(front.next, front.language) not in self.agreement.preamble_text
        return sets_a_day(front.template, self.of, self.template, self.toolkit)

    def document(self) -> Document:
        """What there is to read: each question comes by itself, and its answer with it."""
        sections = tuple(replace(one, blocks=_read(one.blocks)) for one in self.agreement.sections)
        return assemble(replace(self.agreement, sections=sections))

    def clause(self, identity: str) -> Clause | None:
        """None: a record's headings are its own, whatever the library has under that name."""
        return None

    def opened(self, text: str) -> tuple[Agreement | None, list[Problem]]:
        return opened(text, self.agreement.origin.file, read_record)

    def faults(self, agreement: Agreement) -> list[Problem]:
        history = replace(self.history, records={**self.history.records, self.record: agreement})
        toolkit = replace(self.toolkit, histories={**self.toolkit.histories, self.name: history})
        following = agreement.origin.front.line("next")
        # In a file it is only odd. Nobody who is asked for the day means it.
        return [
            replace(one, level="error") if (one.name, one.line) == ("odd-record", following) else one
            for one in checked(agreement, toolkit)
        ]


def _read(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` without the questions in bold and the blanks below them."""
    pairs = zip(blocks, [*blocks[1:], None], strict=True)
    return tuple(one for one, after in pairs if not lone(one, Blank) and not (lone(one, Strong) and lone(after, Blank)))
