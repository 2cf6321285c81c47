"""The language of each piece: its own, or that of the toolkit; and the labels that the toolkit has in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...model.language import DEFAULT, NO_LABELS, Language, OwnLabels
from ...model.pieces import History, Toolkit
from ...model.remember import remember
from ...text import frontmatter
from ...text.tables import phrase
from .file import File


def read_labels(file: File) -> frontmatter.FrontMatter:
    """A file of ``agreements/labels/``: words by key, each on a line of its own."""
    front, findings = frontmatter.read(file.text, 1)
    file.findings(findings)
    if isinstance(front.data, dict):
        return front
    file.problem(front.line(), "bad-value", phrase("frontMatterHoldsKeys"))
    return frontmatter.FrontMatter({})


def in_their_languages(toolkit: Toolkit, kinds: Iterable[str]) -> Toolkit:
    """``toolkit`` with the language of each piece of these ``kinds`` in its front matter.

    A partnership's agreement that names none is in English, wherever it is read: so it was signed.
    """
    # In English, without labels of its own, all stays as it was read.
    if toolkit.labels is NO_LABELS and toolkit.language == DEFAULT:
        return toolkit
    lent = toolkit.borrowed | toolkit.adopted
    changed: dict[str, Any] = {
        kind: {
            name: _spoken(one, DEFAULT if one.origin.file in lent else _own(toolkit), toolkit.labels)
            for name, one in getattr(toolkit, kind).items()
        }
        for kind in kinds
    }
    signed = {name: _spoken(one, DEFAULT, toolkit.labels) for name, one in toolkit.partnerships.items()}
    histories = {name: _history(one, toolkit.labels) for name, one in toolkit.histories.items()}
    return replace(toolkit, **changed, partnerships=signed, histories=histories)


def _own(toolkit: Toolkit) -> str:
    # Always the same object, so that what is remembered of a piece stays.
    return toolkit.site.at("theme", "language").text if toolkit.language != DEFAULT else DEFAULT


def _history(history: History, own: OwnLabels) -> History:
    return History(
        history.taken and _spoken(history.taken, DEFAULT, own),
        {number: _spoken(one, DEFAULT, own) for number, one in history.versions.items()},
        {name: _spoken(one, DEFAULT, own) for name, one in history.records.items()},
    )


@remember
def _spoken(piece: Any, otherwise: str, own: OwnLabels) -> Any:
    said = piece.front.language if "language" in piece.front.model_fields_set else piece.language
    language = Language(said or otherwise, own)
    return replace(piece, front=piece.front.model_copy(update={"language": language}))
