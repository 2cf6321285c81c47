"""``groundrules ask NAME --record KIND``: a record is filled in like an agreement, and kept at every answer."""

from __future__ import annotations

import datetime

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from groundrules.files import clock
from support import partnership
from support.dated_agreement import AGREEMENT, NEED
from support.processes import killed_at
from support.small import SmallToolkit

DAY = datetime.date(2027, 3, 1)
RECORD = f"{partnership.FOLDER}/records/2027-03-01-review.md"
QUESTIONS = "\n- What did we find?\n"


@pytest.fixture
def bridge(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> SmallToolkit:
    monkeypatch.setattr(clock, "today", lambda: DAY)
    small.write("agreements/records/review.md", partnership.REVIEW_FORM.rstrip() + QUESTIONS)
    partnership.agree(small)
    run(small, "record", "review", "bridge")
    return small


def run(small: SmallToolkit, *words: str, typed: str = "", code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["--root", str(small.root), *words], input=typed)
    assert done.exit_code == code, done.output
    return done


def fill(small: SmallToolkit, *lines: str, record: str = "review") -> str:
    return run(small, "ask", "bridge", "--record", record, typed="".join(f"{line}\n" for line in lines)).output


def text(small: SmallToolkit) -> str:
    return (small.root / RECORD).read_text("utf-8")


def test_every_answer_is_kept_and_nothing_else_changes(bridge):
    before = text(bridge)
    output = fill(bridge, "", "Well.", "And calm.", "", "/quit")
    assert output.startswith("A review by Northgate and Southgate.\n")
    assert "Stopped, 1 question open." in output
    assert f"ask bridge --record {RECORD.split('/')[-1].removesuffix('.md')}" in output
    assert text(bridge) == before.replace(
        "date: 2027-03-01", 'answers:\n  how was it: "Well.\\nAnd calm."\ndate: 2027-03-01'
    )


def test_what_comes_next_is_said_at_the_end(bridge):
    output = fill(bridge, "", "Well.", "", "Little.", "")
    assert "That was the last question: nothing is open." in output
    assert "record 2027-03-01-review bridge --to docx" in output
    assert "renegotiate bridge" in output


def test_the_latest_of_its_kind_is_meant_and_an_earlier_one_by_its_name(bridge):
    run(bridge, "record", "review", "bridge", "--on", "2027-02-01")
    assert "how was it" in fill(bridge, "", "/quit")
    fill(bridge, "", "Earlier.", "", "/quit", record="2027-02-01-review")
    assert "Earlier." not in text(bridge)
    assert "Earlier." in (bridge.root / RECORD.replace("-03-", "-02-")).read_text("utf-8")


def test_what_an_agreement_may_not_hold_a_record_may_not_either(bridge):
    before = text(bridge)
    assert "U+200B" in fill(bridge, "", "a\u200bb", "", "/quit")
    assert text(bridge) == before


def test_a_heading_shows_what_was_agreed_and_leaves_each_question_for_later(bridge):
    bridge.write("agreements/records/review.md", partnership.REVIEW_FORM.rstrip() + "\n\n[[#publicity]]\n" + QUESTIONS)
    run(bridge, "record", "review", "bridge", "--on", "2027-02-01")
    heading, question = fill(bridge, "", "/quit", record="2027-02-01-review").split("Enter: go on")[:2]
    assert "We name every partner, in alphabetical order." in heading
    assert "How was it?" not in heading
    assert "How was it?" in question


def test_help_says_only_what_a_record_knows(bridge):
    output = fill(bridge, "", "/help", "/quit")
    assert "/clear" in output
    assert "/leave-out" not in output


def test_the_next_review_is_asked_for_where_the_agreement_waits_for_it(bridge):
    partnership.write(bridge, AGREEMENT)
    bridge.replace("agreements/templates/team.md", *NEED)
    output = fill(bridge, "", "Well.", "", "Little.", "", "2027-01-01", "1 September 2027", "")
    assert "The next review comes after this one." in output
    assert "next: 2027-09-01\n" in text(bridge)


def test_a_record_that_is_not_there_is_drafted_first(bridge):
    bridge.write("agreements/records/report.md", partnership.REVIEW_FORM)
    said = run(bridge, "ask", "bridge", "--record", "report", code=2).stderr
    assert said.endswith(f"--root {bridge.root} record report bridge\n")


@pytest.mark.slow
def test_killed_at_any_moment_it_is_the_old_record_or_the_new_one(bridge):
    before, texts = text(bridge), set()
    words = ["--root", str(bridge.root), "ask", "bridge", "--record", "review"]
    for number in range(40):
        bridge.write(RECORD, before)
        done = killed_at(number, *words, typed="\nWell.\n\n/quit\n")
        texts.add(text(bridge))
        if done.returncode == 0:
            break
        assert done.returncode == 9, done.stderr
    assert number > 4
    assert len(texts) == 2
