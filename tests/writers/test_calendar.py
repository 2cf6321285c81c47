"""Calendars, read back by a small reader of our own and by dateutil's, which had no part in writing them."""

from __future__ import annotations

import datetime
import io
import re
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

import groundrules
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.nodes import UsedBlank
from groundrules.agreement.document.redact import public
from groundrules.agreement.document.zones import end_of_day, known_zones, stated
from groundrules.agreement.review.dates import has_dates
from groundrules.model.front import BlankDefinition, Signature
from groundrules.writers.calendars import calendar, calendar_of_all
from groundrules.writers.printed import holdable
from support import our_toolkit
from support.documents import document
from support.zone_table import zone_table

TOOLKIT = our_toolkit()
SHARED = Path(groundrules.__file__).parent / "shared"
MEETING = BlankDefinition(ask="How often?", type="rhythm", calendar="Partners' meeting")
REVIEW = BlankDefinition(ask="When?", type="date", calendar="Review")
TASKS = BlankDefinition(
    ask="What?",
    type="rows",
    columns={
        "task": {"ask": "What?"},
        "who": {"ask": "Who?", "private": "yes"},
        "by": {"ask": "When?", "type": "date", "calendar": "Task due"},
    },
)
TUESDAYS = "every 4 weeks on Tuesday at 14:00 from 2026-12-01"


def read(content):
    """The entries, each a mapping from property to its parameters and its value."""
    text = content.decode("utf-8")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = re.sub("\r\n[ \t]", "", text).split("\r\n")
    found, inside = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT":
            found.append(inside)
            inside = None
        elif inside is not None:
            name, value = line.split(":", 1)
            name, _, parameters = name.partition(";")
            assert name not in inside
            inside[name] = (parameters, value)
    return found


def plain(value):
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)


def made(*blanks, **changes):
    return document(blanks=tuple(UsedBlank(*one) for one in blanks), **changes)


def only(*blanks, **changes):
    (entry,) = read(calendar(made(*blanks, **changes)))
    return entry


def test_a_date_is_a_whole_day():
    entry = only(("review date", REVIEW, "2027-03-01"))
    assert entry["DTSTART"] == ("VALUE=DATE", "20270301")
    assert entry["DTEND"] == ("VALUE=DATE", "20270302")
    assert plain(entry["SUMMARY"][1]) == "Review (Joint working agreement)"


def test_a_time_has_its_zone():
    content = calendar(made(("how often", MEETING, TUESDAYS)))
    (entry,) = read(content)
    assert entry["DTSTART"] == ("TZID=Europe/London", "20261201T140000")
    assert entry["RRULE"][1] == "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"
    assert entry["DURATION"][1] == "PT1H"
    assert content.count(b"BEGIN:VTIMEZONE") == 1


@pytest.mark.parametrize(
    ("language", "named", "zone"),
    [
        ("en-IE", "", "Europe/Dublin"),
        ("fr-FR", "", "Europe/Paris"),
        ("cy", "", "Europe/London"),
        ("de-DE", "", "Europe/Berlin"),
        ("zh-Hant-TW", "", "Asia/Taipei"),
        ("en-US", "America/Denver", "America/Denver"),
        ("en-GB", "Europe/Jersey", "Europe/Jersey"),
    ],
)
def test_each_region_has_its_clock(language, named, zone):
    content = calendar(made(("how often", MEETING, TUESDAYS), language=language, time_zone=named))
    assert read(content)[0]["DTSTART"] == (f"TZID={zone}", "20261201T140000")
    assert f"TZID:{zone}\r\n".encode() in content


@pytest.mark.parametrize(("language", "named"), [("en-US", ""), ("fr", ""), ("en-GB", "Europe/Nowhere")])
def test_where_nobody_knows_the_clock_a_time_is_the_readers_own(language, named):
    content = calendar(made(("how often", MEETING, TUESDAYS), language=language, time_zone=named))
    assert read(content)[0]["DTSTART"] == ("", "20261201T140000")
    assert b"VTIMEZONE" not in content


def zone_from_the_database(zone):
    """Not from this machine, which may not know the latest laws."""
    with (resources.files("tzdata") / "zoneinfo" / zone).open("rb") as file:
        return ZoneInfo.from_file(file, zone)


@pytest.mark.parametrize("zone", known_zones())
def test_a_zone_is_stated_as_its_clocks_go(zone):
    stating = "\r\n".join(["BEGIN:VCALENDAR", *stated(zone), "END:VCALENDAR", ""])
    read_back, real = tzical(io.StringIO(stating)).get(zone), zone_from_the_database(zone)
    noons = [datetime.datetime(2029, 1, 1, 12) + datetime.timedelta(days=later) for later in range(0, 1100, 3)]
    assert [one.replace(tzinfo=read_back).utcoffset() for one in noons] == [
        one.replace(tzinfo=real).utcoffset() for one in noons
    ]


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Europe/Dublin", "America/New_York", "Australia/Sydney", "Asia/Kolkata"]
)
def test_the_last_moment_of_a_day_is_that_of_the_zone(zone):
    for later in range(400):
        day = datetime.date(2027, 1, 1) + datetime.timedelta(days=later)
        assert end_of_day(zone, day) == datetime.datetime.combine(
            day, datetime.time(23, 59, 59), zone_from_the_database(zone)
        )


def test_the_table_of_zones_is_that_of_the_database():
    """If this fails after an update, write the table anew, as its script says."""
    assert (SHARED / "zones.yml").read_text("utf-8") == zone_table()


def test_what_has_ended_leaves_nothing_after_its_end():
    days = ("how often", MEETING, TUESDAYS), ("review date", REVIEW, "2027-03-01"), ("late", REVIEW, "2027-09-01")
    end = datetime.date(2027, 7, 1)
    assert not has_dates(made(*days, status="ended"))
    found = read(calendar(made(*days, status="ended", end=end)))
    assert [one["DTSTART"][1][:8] for one in found] == ["20261201", "20270301", "20270701"]
    assert "UNTIL=20270701T225959Z" in found[0]["RRULE"][1]
    # While it lasts, a day after the end is one that people look forward to: the keys go back.
    assert len(read(calendar(made(*days, end=end)))) == 4


def test_a_rhythm_stops_where_it_says_or_at_the_end_whichever_is_first():
    answer = f"{TUESDAYS} until 1 March 2027"
    assert "UNTIL=20270301T235959Z" in only(("how often", MEETING, answer))["RRULE"][1]
    end = datetime.date(2027, 1, 31)
    assert "UNTIL=20270131T235959Z" in read(calendar(made(("how often", MEETING, answer), end=end)))[0]["RRULE"][1]


def test_entries_are_known_by_the_agreements_own_key():
    """Two drafts of one title are two agreements; one that is called something else now is still the same."""
    blank = ("review date", REVIEW, "2027-03-01")
    first = only(blank, key="a1")["UID"]
    assert first == only(blank, key="a1", title="Another", id="another")["UID"]
    assert first != only(blank, key="b2")["UID"]


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("every 4 weeks on Tuesday from 2026-12-01", ["2026-12-01", "2026-12-29", "2027-01-26"]),
        ("every week on Friday from 2026-12-01", ["2026-12-04", "2026-12-11", "2026-12-18"]),
        ("every day from 2026-12-01", ["2026-12-01", "2026-12-02", "2026-12-03"]),
        ("every month from 2027-01-31", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("every 3 months from 2027-01-30", ["2027-01-30", "2027-04-30", "2027-07-30"]),
        ("every month on Tuesday from 2026-12-08", ["2026-12-08", "2027-01-12", "2027-02-09"]),
        ("every month on Tuesday from 2026-12-29", ["2026-12-29", "2027-01-26", "2027-02-23"]),
        ("every year from 2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28"]),
        ("every year on Monday from 2027-03-01", ["2027-03-01", "2028-03-06", "2029-03-05"]),
    ],
)
def test_rhythms_fall_on_their_days(answer, days):
    entry = only(("how often", MEETING, answer))
    start = datetime.datetime.strptime(entry["DTSTART"][1], "%Y%m%d")
    found = rrulestr(entry["RRULE"][1], dtstart=start)
    assert [day.date().isoformat() for day, _ in zip(found, range(3), strict=False)] == days
    assert start.date().isoformat() == days[0]


def test_meetings_stop_when_the_agreement_ends():
    end = datetime.date(2027, 7, 1)
    entries = read(calendar(made(("how often", MEETING, TUESDAYS), end=end)))
    assert "UNTIL=20270701T225959Z" in entries[0]["RRULE"][1].split(";")
    assert plain(entries[1]["SUMMARY"][1]).startswith("The agreement ends")
    whole_days = read(calendar(made(("how often", MEETING, "every day from 2027-01-01"), end=end)))
    assert "UNTIL=20270701" in whole_days[0]["RRULE"][1].split(";")
    late = read(calendar(made(("how often", MEETING, "every day from 2028-01-01"), end=end)))
    assert len(late) == 1


def test_other_words_make_no_entry():
    assert not has_dates(made(("how often", MEETING, "when we feel like it"), ("review date", REVIEW, "in spring")))
    assert not has_dates(made(("how often", MEETING, None), ("tasks", TASKS, None), ("x", REVIEW, "")))
    assert has_dates(made(("review date", REVIEW, "2027-03-01")))
    assert read(calendar(made())) == []


def rows(*tasks):
    return [{"task": task, "who": "Ann", "by": day} for task, day in tasks]


def identities(*tasks, **changes):
    found = read(calendar(made(("tasks", TASKS, rows(*tasks)), **changes)))
    return {plain(one["SUMMARY"][1]).split(" (")[0]: one["UID"][1] for one in found}


def test_an_entry_keeps_its_id_when_it_moves():
    before = identities(("Print", "2027-01-01"), ("Invite", "2027-02-01"))
    after = identities(("Book", "2027-01-05"), ("Invite", "2027-05-01"), ("Print", "2027-01-02"))
    assert set(before) == {"Task due: Print", "Task due: Invite"}
    assert before.items() <= after.items()
    assert len(set(after.values())) == 3
    assert not set(before.values()) & set(identities(("Print", "2027-01-01"), id="other").values())


def test_rows_that_begin_alike_are_still_told_apart():
    found = read(calendar(made(("tasks", TASKS, rows(("Print", "2027-01-01"), ("Print", "2027-02-01"))))))
    assert len({one["UID"][1] for one in found}) == 2


def test_the_stamp_is_the_last_signature():
    signature = Signature(party="A", name="B", date="2026-09-03")
    entry = only(("review date", REVIEW, "2027-03-01"), signatures=(signature,))
    assert entry["DTSTAMP"][1] == "20260903T000000Z"
    one = made(("review date", REVIEW, "2027-03-01"))
    assert calendar(one) == calendar(one)


def test_what_is_published_has_nothing_private():
    secret = REVIEW.model_copy(update={"private": True})
    content = calendar(public(made(("tasks", TASKS, rows(("Print", "2027-01-01"))), ("secret", secret, "2027-03-01"))))
    assert b"Ann" not in content
    assert len(read(content)) == 1
    assert "who: Ann" in plain(only(("tasks", TASKS, rows(("Print", "2027-01-01"))))["DESCRIPTION"][1])


def test_one_calendar_holds_all_agreements():
    """Whoever follows it and the agreement's own has each entry once: the ids are the same."""
    one = made(("how often", MEETING, TUESDAYS), ("review date", REVIEW, "2027-03-01"))
    other = made(("review date", REVIEW, "2027-03-02"), id="other", title="Another; agreement")
    together = calendar_of_all([one, other], "All our agreements")
    assert read(together) == read(calendar(one)) + read(calendar(other))
    assert together.count(b"BEGIN:VTIMEZONE") == 1
    assert "X-WR-CALNAME:All our agreements" in together.decode()
    assert read(calendar_of_all([], "None")) == []


def test_nobody_is_invited():
    for example in TOOLKIT.examples.values():
        content = calendar(assemble(example))
        assert not re.search(rb"^(ORGANIZER|ATTENDEE|ATTACH|URL|VALARM)", content, re.M)


@pytest.mark.parametrize("name", TOOLKIT.examples)
def test_each_example_has_the_dates_it_says(name):
    shown = public(assemble(TOOLKIT.examples[name]))
    found = read(calendar(shown))
    assert bool(found) == has_dates(shown)
    assert len({one["UID"][1] for one in found}) == len(found)
    starts = {one["DTSTART"][1][:8] for one in found}
    for blank in shown.blanks:
        if blank.definition.calendar and blank.definition.type == "date" and blank.answer:
            assert blank.answer.replace("-", "") in starts


@settings(deadline=None, max_examples=100)
@given(text=st.text(st.characters(codec=None), min_size=1))
def test_any_text_comes_out_as_text(text):
    answer = [{"task": text, "who": text, "by": "2027-01-01"}]
    content = calendar(made(("tasks", TASKS, answer), title=text))
    (entry,) = read(content)
    assert list(entry) == list(only(("tasks", TASKS, [{"task": "x", "who": "x", "by": "2027-01-01"}])))
    kept = holdable(text).replace("\r\n", "\n").replace("\r", "\n")
    assert plain(entry["SUMMARY"][1]) == f"Task due: {kept} ({kept})"
