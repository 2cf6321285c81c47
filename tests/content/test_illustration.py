"""The illustration of a partnership that has lived: its files hang together, and say what the guidance says of it."""

from __future__ import annotations

import datetime

import pytest
from click.testing import CliRunner

from groundrules.agreement.document.fork import digest
from groundrules.agreement.document.redact import hides
from groundrules.agreement.signing.signing_state import SigningState, signing_state
from groundrules.cli import main
from support import REPOSITORY, our_toolkit

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def where() -> SigningState:
    toolkit = our_toolkit()
    return signing_state(toolkit.partnerships["quarry-lane"], toolkit.histories["quarry-lane"])


def test_three_rounds_were_agreed_the_later_two_for_a_reason(where):
    rounds = where.agreement.front.rounds
    assert [one.version for one in rounds if one.agreed] == [1, 2, 3]
    assert [bool(one.because) for one in rounds] == [False, True, True]
    assert (where.state, where.agreed, where.as_agreed) == ("agreed", 3, True)


def test_every_kept_text_is_the_one_that_was_signed(where):
    assert all(kept.intact for kept in where.kept.values())
    assert [one.match for one in where.signed] == ["changed"] * 4 + ["matches"] * 2


def test_somebody_new_signs_from_the_second_round_on(where):
    names = {version: {one.signature.name for one in where.signatures(version)} for version in (1, 2, 3)}
    assert names[2] == names[3]
    assert len(names[2] - names[1]) == 1


def test_one_improvement_was_taken_and_one_declined(where):
    own = {section.id: digest(section) for section in where.agreement.sections}
    toolkit = our_toolkit()
    base = toolkit.histories["quarry-lane"].taken
    last_taken = {section.id: digest(section) for section in base.sections}
    taken = where.agreement.front.taken
    assert own["safeguarding"] == taken["safeguarding"] == last_taken["safeguarding"]
    assert own["publicity"] != taken["publicity"] == last_taken["publicity"]
    added = "If the concern is about a worker"
    assert added in where.in_force.clauses[7].blocks[-1].children[0].text
    assert all("worker, the lead" not in str(where.kept[version].document) for version in (1, 2))


def test_the_review_was_written_down_and_led_to_the_second_round(where):
    toolkit = our_toolkit()
    (record,) = toolkit.histories["quarry-lane"].records.values()
    assert record.front.version == 1
    assert record.front.fingerprint == where.kept[1].fingerprint
    assert record.front.date < where.agreement.front.rounds[1].opened
    assert record.front.next > DAY


def test_it_says_that_it_is_an_illustration_and_hides_nothing(where):
    for kept in where.kept.values():
        assert "illustration" in kept.document.title
        assert "illustration" in kept.document.preamble[0].children[0].text
        assert not hides(kept.document)
    for party in where.agreement.front.parties:
        assert party.phone.startswith("01632 960")
        assert party.email.endswith(".example")


def test_nothing_is_overdue_on_the_day_it_was_shipped():
    result = CliRunner().invoke(main, ["--root", str(REPOSITORY), "status", "quarry-lane", "--on", DAY.isoformat()])
    assert result.exit_code == 0, result.output
    assert "agreed" in result.output
