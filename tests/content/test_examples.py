"""The worked examples between them show everything the library offers, and each hangs together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from groundrules.agreement.document.assemble import open_blanks
from groundrules.agreement.document.told import LABEL, told
from groundrules.model.front import BlankDefinition
from groundrules.model.pieces import Agreement
from groundrules.text.markup.nodes import Note
from support import our_toolkit

DAY = datetime.timedelta(days=1)
# Reports and last tasks may follow the end, but not by so long that nobody remembers.
AFTER_THE_END = 92 * DAY
# An agreement without an end date is reviewed within this time.
OPEN_ENDED = 3 * 366 * DAY
# What happens before an agreement starts, or bears another document's date.
BEFOREHAND = {
    "date to sign by",
    "date the lawful bases were checked",
    "date of the legal advice",
    "date of the information-sharing agreement",
}
# Insurance may run on for as long as the insurer likes.
OUTSIDE = {"valid until"}
GARY = ("gary-co-worker", "gary-police")
FROM_OR_ADDED = {"From the account", "Added"}


EXAMPLES = sorted(our_toolkit().examples)


def example(name: str) -> Agreement:
    return our_toolkit().examples[name]


def notes(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """The label of each note for readers, and the clause it stands in (none in the preamble)."""
    for place, blocks in [("", agreement.preamble), *((section.id, section.blocks) for section in agreement.sections)]:
        yield from ((place, block.label) for block in blocks if isinstance(block, Note) and block.label != LABEL)


def dates(agreement: Agreement) -> Iterator[tuple[str, datetime.date]]:
    """Every answered date: the name of its blank or column, and the day."""
    for name, answer in agreement.front.answers.items():
        definition = agreement.front.blanks.get(name)
        assert isinstance(definition, BlankDefinition), name
        if definition.type == "date" and answer:
            yield name, datetime.date.fromisoformat(answer)
        for column, one in definition.columns.items():
            if one.type == "date":
                yield from ((column, datetime.date.fromisoformat(row[column])) for row in answer if row.get(column))


# --- between them they show everything ------------------------------------------------------------


def test_every_template_is_used_by_an_example() -> None:
    originals = {name for name, template in our_toolkit().templates.items() if not template.language}
    assert originals - {one.front.template for one in our_toolkit().examples.values()} == set()


def test_every_wording_is_used_by_a_template_or_an_example() -> None:
    used = {(one.id, one.wording) for template in our_toolkit().templates.values() for one in template.front.clauses}
    used |= {(section.id, section.wording) for name in EXAMPLES for section in example(name).sections}
    originals = (clause for clause in our_toolkit().clauses.values() if not clause.language)
    offered = {(clause.id, wording) for clause in originals for wording in clause.wordings}
    assert offered - used == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_clause_of_an_example_carries_a_note(name: str) -> None:
    noted = {place for place, _ in notes(example(name))}
    assert [section.id for section in example(name).sections if section.id not in noted] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_people_whom_an_example_is_about_are_told_all_of_it(name: str) -> None:
    """Where partners changed a clause, they say themselves what it means for these people."""
    assert open_blanks(told(example(name), our_toolkit())) == []


# --- Gary -----------------------------------------------------------------------------------------


def test_the_two_gary_examples_point_to_each_other() -> None:
    for one, other in (GARY, GARY[::-1]):
        assert f"/examples/{other}/" in example(one).front.related


@pytest.mark.parametrize("name", GARY)
def test_the_account_and_what_was_added_are_kept_apart(name: str) -> None:
    labels = [label for _, label in notes(example(name))]
    assert set(labels) == FROM_OR_ADDED


# --- the dates hang together ----------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_signed_by_its_start(name: str) -> None:
    front = example(name).front
    assert front.start
    assert front.signatures
    late = [one for one in front.signatures if one.date > front.start]
    if any(section.wording == "many-partners" for section in example(name).sections):
        assert len(late) < len(front.signatures), "Nobody had signed when it started."
    else:
        assert late == []
    by = front.answers.get("date to sign by")
    if by:
        assert [one.party for one in front.signatures if one.date > datetime.date.fromisoformat(by)] == []
        assert datetime.date.fromisoformat(by) <= front.start


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_partner_of_an_example_has_signed(name: str) -> None:
    front = example(name).front
    assert {party.name for party in front.parties} == {one.party for one in front.signatures}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_planned_falls_in_the_time_of_the_agreement(name: str) -> None:
    front = example(name).front
    assert front.start
    last = front.end + AFTER_THE_END if front.end else front.start + OPEN_ENDED
    outside = [
        (what, day)
        for what, day in dates(example(name))
        if what not in OUTSIDE
        and (day > front.start if what in BEFOREHAND else not front.start - 31 * DAY <= day <= last)
    ]
    assert outside == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_review_comes_early_enough_to_change_something(name: str) -> None:
    front = example(name).front
    review = front.answers.get("review date")
    if review is None:
        assert "review" not in {section.id for section in example(name).sections}
        return
    assert front.start
    assert front.start < datetime.date.fromisoformat(review)
    if front.end:
        assert datetime.date.fromisoformat(review) < front.end


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_report_follows_the_evaluation(name: str) -> None:
    answers = example(name).front.answers
    look, report = answers.get("evaluation meeting date"), answers.get("end report due date")
    if look and report:
        assert datetime.date.fromisoformat(look) <= datetime.date.fromisoformat(report)
