"""Rhythms as people write them: what a calendar makes of each, read by a library that had no part in it."""

from __future__ import annotations

import datetime
import re
from itertools import islice
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

from groundrules.agreement.document.nodes import UsedBlank
from groundrules.agreement.review.dates import entries, next_day
from groundrules.model.blanks.rhythm import TYPE, reading
from groundrules.model.front import BlankDefinition
from groundrules.writers.calendars import calendar
from support import table
from support.documents import document

CASES = table(Path(__file__).parent / "rhythms.yml")
MEETING = BlankDefinition(ask="How often?", type="rhythm", calendar="Meeting")


@pytest.mark.parametrize("text", CASES["understood"])
def test_what_people_write_is_understood(text):
    rule, time, *days = CASES["understood"][text]
    made = document(blanks=(UsedBlank("how often", MEETING, text),))
    written = calendar(made).decode()
    found = dict(re.findall(r"^(DTSTART|RRULE)[^:]*:(\S+)", written.split("VEVENT")[1], re.M))
    assert found["RRULE"] == rule
    assert found["DTSTART"][8:13] == (f"T{time.replace(':', '')}" if time else "")
    start = datetime.datetime.strptime(found["DTSTART"][:8], "%Y%m%d")
    assert [f"{day:%Y-%m-%d}" for day in islice(rrulestr(rule, dtstart=start), len(days))] == days
    assert TYPE.remark(text) == ""


@pytest.mark.parametrize("text", CASES["understood"])
def test_the_overview_counts_the_days_that_a_calendar_program_does(text):
    rule, _, first, *_ = CASES["understood"][text]
    (entry,) = entries(document(blanks=(UsedBlank("how often", MEETING, text),)))
    start = datetime.datetime.fromisoformat(first)
    days = [day.date() for day in islice(rrulestr(rule, dtstart=start), 40)]
    on, found = days[0], []
    while on and len(found) < len(days):
        on = next_day(entry, on)
        found += [on] if on else []
        on = on and on + datetime.timedelta(days=1)
    assert found == days


@pytest.mark.parametrize("text", CASES["not understood"])
def test_what_is_not_understood_is_said(text):
    assert reading(text) == CASES["not understood"][text]
    assert CASES["not understood"][text] in TYPE.remark(text)


def test_the_example_is_understood_and_keeps_ones_own_words():
    said = TYPE.remark("every other Tuesday at 14:00.")
    example = said.partition("Write it like: ")[2]
    assert example == "every other Tuesday at 14:00 from 1 December 2026"
    assert TYPE.remark(example) == ""
    assert TYPE.remark(TYPE.remark("whenever").partition("Write it like: ")[2]) == ""
