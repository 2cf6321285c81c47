"""The files of an agreement after an update: its own text and ``taken.md``, once people have decided.

Only the lines that must change do. An answer that lost its place stays in the file, as a remark. Words that somebody
signed or agreed stay where they are kept: other words wait for a round of their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ...files.edit import Data, Source, set_key
from ...files.source import agreement_source, entries, heading, plain
from ...model.pieces import Agreement, History
from ...text.problems import UserError
from ...text.tables import phrase
from ..signing.open_round import open_round
from ..signing.signing_state import signing_state
from .update_apply import LATER, Decided, Decision


def write(source: Source, data: Data, before: Agreement, made: Decided, since: datetime.date) -> None:
    """Put what was decided into the file of ``before``."""
    after = made.agreement
    if after.preamble_text != before.preamble_text:
        source.preamble, source.moved = f"{after.preamble_text}\n", True
    old_ids = {new: old for old, new in made.ids.items()}
    old = {section.id: section for section in before.sections}
    for index, section in enumerate(after.sections):
        was = old.get(old_ids.get(section.id, section.id))
        if was is None:
            source.put(section, index)
        elif was.text != section.text:
            source.remove(was.id)
            source.put(section, index)
        elif heading(was) != heading(section):
            _, _, text = source.clauses[index][1].partition("\n")
            source.clauses[index] = (section.id, f"{heading(section)}\n{text}")
    own = data.get("blanks") or {}
    known = before.front.blanks
    blanks = {name: own[name] if known.get(name) == one else plain(one) for name, one in after.front.blanks.items()}
    set_key(data, "blanks", blanks)
    set_key(data, "answers", after.front.answers)
    set_key(data, "left out", list(after.front.left_out))
    set_key(data, "taken", after.front.taken)
    if made.lost:
        source.remarks.append(phrase("earlierAnswers", day=since))
        source.remarks += [line.rstrip("\n") for one in made.lost for line in entries({one.name: one.answer})]


def taken_source(made: Decided, now: Agreement | None) -> str:
    """What is to stand in ``taken.md``; empty if it says that already."""
    texts = [(one.preamble_text, one.sections, one.front.blanks) for one in (made.taken, now) if one]
    said = [(preamble, [(heading(one), one.text) for one in sections], blanks) for preamble, sections, blanks in texts]
    return "" if said[1:] == said[:1] else agreement_source(made.taken)


def refuse_loss(made: Decided, decisions: Mapping[str, Decision]) -> None:
    """Raise ``UserError`` if an answer would lose its place and nobody said that it may."""
    unsaid = [
        one
        for one in made.lost
        if not any(decisions.get(clause, LATER).choice == "take and drop" for clause in one.clauses)
    ]
    if unsaid:
        said = " ".join(
            f'"{one.name}" is answered. {one.why} To take the text all the same, say "take and drop" '
            + "for {}.".format(" or ".join(f'"{clause}"' for clause in one.clauses))
            for one in unsaid
        )
        raise UserError(said, instead={"--take": "", "--take-and-drop": unsaid[0].clauses[0]})


def opens_round(before: Agreement, history: History, after: Agreement) -> bool:
    """Whether the words of ``after`` are others than those of ``before``, and there was signing already."""
    was = signing_state(before, history)
    return was.state != "draft" and was.fingerprint != signing_state(after, history).fingerprint


def reopen(
    data: Data,
    before: Agreement,
    history: History,
    after: Agreement,
    because: str,
    reason: str,
    day: datetime.date,
) -> list[int]:
    """Open a round in ``data`` if somebody signed or agreed other words than those of ``after``; its number, if so.

    ``reason`` is noted where nobody gave one.
    """
    if not opens_round(before, history, after):
        return []
    was, now = signing_state(before, history), signing_state(after, history)
    kept = was.kept.get(was.agreed)
    if not was.agreed and before.front.status == "agreed":
        raise UserError(
            "This is agreed, and its words stand nowhere but in agreement.md. Sign them first, with "
            '"groundrules sign", so that they are kept; or set "status" to draft.',
            then=("sign", before.id, "--as", "Name, role, organisation"),
        )
    if was.agreed and not (kept and kept.intact):
        raise UserError(
            f"The text of version {was.agreed}, which was agreed, is missing or was changed. Bring the file "
            f"versions/{was.agreed}.md back first, from a copy or from git.",
            then=("verify", before.id),
        )
    noted = was.round.because if was.round and was.round.version not in was.kept else ""
    return [open_round(data, now, day, because or noted or reason)]
