"""Checks of what partnerships wrote down: records of reviews, reports, concerns."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Toolkit
from ..problems import Problem, did_you_mean
from .registry import check
from .walk import known, line_of


@check("unknown-form", "warning")
def unknown_form(toolkit: Toolkit) -> Iterator[Problem]:
    """A record says it was made from a form that does not exist. What waits for a record of some kind, such as a
    review, then goes on waiting."""
    forms = {identity for identity in known(toolkit, "records") if "." not in identity}
    for history in toolkit.histories.values():
        for record in history.records.values():
            if record.front.template not in forms:
                # Nothing is quoted: a public build may log this, and records are for the partners alone.
                near = did_you_mean(record.front.template, forms)
                wrong = f"The form that this record was made from is not there. {near}"
                line = line_of(record, "template")
                yield Problem(record.origin.file, line, "unknown-form", wrong, "warning")
