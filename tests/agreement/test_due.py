"""What falls due under an agreement and what is overdue; rhythms are counted by dateutil as well."""

from __future__ import annotations

import datetime
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from groundrules.agreement.document.links import Links
from groundrules.agreement.document.nodes import UsedBlank
from groundrules.agreement.review.dates import entries, next_day
from groundrules.agreement.review.due import banners, coming, overdue
from groundrules.agreement.review.status import status_of
from groundrules.checks import load_and_check
from groundrules.files.load import load
from groundrules.model.blanks.rhythm import WEEKDAYS
from groundrules.model.front import BlankDefinition
from groundrules.site.downloads import Downloads
from groundrules.site.library import Library
from groundrules.text.problems import errors
from groundrules.writers.calendars import calendar
from groundrules.writers.content import own, published
from support import partnership
from support.dated_agreement import AGREEMENT, ANSWER, NEED, record
from support.documents import document
from support.small import SmallToolkit

BEFORE, AFTER = datetime.date(2027, 1, 1), datetime.date(2028, 1, 1)
MEETING = BlankDefinition(ask="How often?", type="rhythm", calendar="Meeting")


def promises(small: SmallToolkit, public: bool = False):
    loaded = load(small.root)
    assert not errors(loaded.problems)
    return status_of(loaded.toolkit.partnerships["bridge"], loaded.toolkit, public).promises


def late(small: SmallToolkit, on: datetime.date = AFTER) -> list[str]:
    return [due.title for due in overdue(promises(small), on)]


def ahead(small: SmallToolkit, on: datetime.date = BEFORE) -> list[tuple[str, str]]:
    return [(due.day.isoformat(), due.title) for due in coming(promises(small), on)]


@pytest.fixture
def bridge(small: SmallToolkit) -> SmallToolkit:
    partnership.write(small, AGREEMENT)
    return small


# --- what is promised -----------------------------------------------------------------------------


def test_everything_with_a_day_comes_in_order(bridge):
    assert ahead(bridge) == [
        ("2027-01-12", "Meet"),
        ("2027-02-01", "Sign it"),
        ("2027-03-01", "Review it"),
        ("2027-04-01", "Write the report"),
        ("2027-05-01", "Give the keys back"),
        ("2027-06-01", "Task: Print"),
    ]


def test_what_has_passed_is_overdue_but_rows_and_rhythms_are_not(bridge):
    assert late(bridge) == ["Sign it", "Review it", "Write the report", "Give the keys back"]
    assert late(bridge, datetime.date(2027, 2, 1)) == [], "On the day itself there is still time."
    assert late(bridge, datetime.date(2027, 2, 2)) == ["Sign it"]


def test_only_so_far_ahead_as_one_asks(bridge):
    found = coming(promises(bridge), BEFORE, datetime.date(2027, 2, 1))
    assert [due.title for due in found] == ["Meet", "Sign it"]


def test_it_says_what_was_due_and_when(bridge):
    assert overdue(promises(bridge), AFTER)[1].sentence == "This was due on 1 March 2027: Review it."


def test_the_end_is_overdue_until_somebody_says_that_it_has_ended(bridge):
    partnership.replace(bridge, "publish: yes\n", "end: 2027-07-16\npublish: yes\n")
    assert overdue(promises(bridge), AFTER)[-1].sentence == (
        "The agreement ended on 16 July 2027. Write the report, or set its status to ended."
    )
    assert "The agreement ends" not in late(bridge, datetime.date(2027, 7, 16))
    partnership.replace(bridge, "publish: yes\n", "publish: yes\nstatus: ended\n")
    assert late(bridge) == []
    assert ahead(bridge) == []


# --- what settles it ------------------------------------------------------------------------------


def test_signing_is_settled_once_all_have_agreed(bridge):
    partnership.agree(bridge, AGREEMENT)
    assert "Sign it" not in late(bridge)
    assert "Sign it" not in [title for _, title in ahead(bridge)]


def test_a_new_round_has_a_day_to_sign_by_of_its_own(bridge):
    partnership.agree(bridge, AGREEMENT)
    partnership.replace(bridge, "status: agreed\n", "")
    opened = "agreed: 2026-09-02\n  - version: 2\n    opened: 2027-09-01\n    because: Too slow.\n"
    partnership.replace(bridge, "agreed: 2026-09-02\n", opened)
    assert "Sign it" not in late(bridge), "That day was the first round's."
    partnership.replace(bridge, 'sign by: "2027-02-01"', 'sign by: "2027-10-01"')
    partnership.replace(bridge, 'keys back: "2027-05-01"', 'keys back: "2027-11-11"')
    assert "Sign it" in late(bridge)
    assert ("2027-05-01", "Give the keys back") in ahead(bridge), "Until then the old words hold."
    assert "Sign it" not in [due.title for due in overdue(promises(bridge, public=True), AFTER)]


@pytest.mark.parametrize(
    ("kind", "day", "settles"),
    [
        ("review", "2027-03-01", ["Review it"]),
        ("review", "2027-02-28", []),
        ("review", "2027-05-01", ["Review it", "Give the keys back"]),
        ("report", "2027-04-02", ["Write the report"]),
        ("concern", "2027-09-01", ["Give the keys back"]),
    ],
)
def test_a_record_on_that_day_or_later_settles_what_it_is_for(bridge, kind, day, settles):
    before = late(bridge)
    record(bridge, kind, day, ANSWER)
    assert [title for title in before if title not in late(bridge)] == settles


def test_a_record_that_nobody_has_filled_in_settles_nothing(bridge):
    before = late(bridge)
    record(bridge, "review", "2027-03-01")
    assert late(bridge) == before


@pytest.mark.parametrize(
    "change",
    [ANSWER, ("\n[[what happened]]", "\nIt went well."), ("date:", "next: 2027-12-01\ndate:")],
    ids=["an answer", "words in place of the blank", "a day for the next review"],
)
def test_one_answer_is_enough_however_it_was_written(bridge, change):
    record(bridge, "review", "2027-03-01", change)
    assert "Review it" not in late(bridge, datetime.date(2027, 6, 1))


def test_meetings_and_rows_go_on_whatever_was_written_down(bridge):
    record(bridge, "review", "2027-01-05", ANSWER)
    assert ("2027-01-12", "Meet") in ahead(bridge)
    record(bridge, "review", "2027-06-01", ANSWER)
    assert ("2027-06-01", "Task: Print") in ahead(bridge)


# --- the next review ------------------------------------------------------------------------------


@pytest.fixture
def reviewed(bridge: SmallToolkit) -> SmallToolkit:
    """The template says that the review date must lie ahead, and one review has set the next."""
    bridge.replace("agreements/templates/team.md", *NEED)
    record(bridge, "review", "2027-02-20", ("date:", "next: 2027-09-01\ndate:"))
    return bridge


def test_the_day_that_a_review_sets_takes_the_place_of_the_old_one(reviewed):
    assert [one for one in ahead(reviewed) if one[1] == "Review it"] == [("2027-09-01", "Review it")]
    assert "Review it" not in late(reviewed, datetime.date(2027, 9, 1))
    assert "Review it" in late(reviewed, datetime.date(2027, 9, 2))


def test_the_next_review_settles_that_day_in_turn(reviewed):
    record(reviewed, "review", "2027-09-03", ANSWER)
    assert "Review it" not in late(reviewed)
    record(reviewed, "review", "2027-09-04", ("date:", "next: 2027-11-01\ndate:"))
    assert [due.day for due in overdue(promises(reviewed), AFTER) if due.title == "Review it"] == [
        datetime.date(2027, 11, 1)
    ]


def test_words_that_were_agreed_later_count_more(reviewed):
    partnership.agree(reviewed, AGREEMENT.replace('review date: "2027-03-01"', 'review date: "2027-10-10"'))
    partnership.replace(reviewed, "agreed: 2026-09-02", "agreed: 2027-05-05")
    assert [one for one in ahead(reviewed) if one[1] == "Review it"] == [("2027-10-10", "Review it")]


def test_a_day_that_must_lie_ahead_needs_no_calendar_entry(bridge):
    partnership.replace(bridge, '    calendar: "Review it"\n    settled by: review\n', "")
    assert "Review date" not in late(bridge)
    bridge.replace("agreements/templates/team.md", *NEED)
    assert "Review date" in late(bridge)


# --- on the site ----------------------------------------------------------------------------------


def test_a_page_knows_beforehand_what_to_say_of_each_day(bridge):
    assert [(due.day.month, due.sentence) for due in banners(promises(bridge))][1:3] == [
        (3, "This was due on 1 March 2027: Review it."),
        (4, "This was due on 1 April 2027: Write the report."),
    ]


def test_a_private_day_is_nobodys_business(bridge):
    partnership.replace(bridge, 'calendar: "Give the keys back"', 'calendar: "Give the keys back"\n    private: yes')
    assert "Give the keys back" in [promise.entry.title for promise in promises(bridge)]
    assert "Give the keys back" not in [promise.entry.title for promise in promises(bridge, public=True)]


# --- rhythms --------------------------------------------------------------------------------------


def rhythms():
    days = st.dates(datetime.date(2020, 1, 1), datetime.date(2032, 12, 31))
    unit = st.sampled_from(["day", "week", "month", "year"])
    on = st.sampled_from(["", *(f" on {day}" for day in WEEKDAYS)])
    at = st.sampled_from(["", " at 14:00"])
    return st.builds(
        lambda count, unit, on, at, first: f"every {count} {unit}s{on}{at} from {first}",
        st.integers(1, 13),
        unit,
        on,
        at,
        days,
    )


@settings(deadline=None, max_examples=400)
@given(rhythm=rhythms(), later=st.integers(-40, 4000), length=st.none() | st.integers(0, 3000))
def test_the_next_time_is_the_one_that_a_calendar_program_would_find(rhythm, later, length):
    blank = UsedBlank("how often", MEETING, rhythm)
    entry = next(entries(document(blanks=(blank,))))
    on = entry.day + datetime.timedelta(days=later)
    end = entry.day + datetime.timedelta(days=length) if length is not None else None
    (event, *_) = Calendar.from_ical(calendar(document(blanks=(blank,), end=end))).walk("VEVENT")
    start = datetime.datetime.combine(event["DTSTART"].dt, datetime.time())
    if isinstance(event["DTSTART"].dt, datetime.datetime):
        start = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    days = takewhile(lambda day: day <= on + datetime.timedelta(days=5000), (one.date() for one in rule))
    assert next_day(entry, on, end) == next((day for day in days if day >= on), None)


def days_in(calendar_file: bytes) -> dict[str, datetime.date]:
    events = Calendar.from_ical(calendar_file).walk("VEVENT")
    return {str(event["summary"]).partition(" (")[0]: event["dtstart"].dt for event in events}


def test_the_calendar_has_the_day_that_the_last_review_set(small):
    ahead = "  - answer: review date\n    future: yes\n"
    small.replace("agreements/templates/team.md", "  - answer: order of names\n", ahead)
    partnership.agree(small, AGREEMENT)
    toolkit, _ = load_and_check(small.root)
    before = days_in(calendar(own(toolkit.partnerships["bridge"], toolkit).calendar))
    assert before["Review it"] == datetime.date(2027, 3, 1)
    record(small, "review", "2027-02-28", ("date:", "next: 2028-03-01\ndate:"))
    toolkit, _ = load_and_check(small.root, public=True)
    bridge = toolkit.partnerships["bridge"]
    for made in (own(bridge, toolkit), published(bridge, toolkit)):
        assert days_in(calendar(made.calendar)) == before | {"Review it": datetime.date(2028, 3, 1)}


def test_what_has_ended_offers_no_calendar(small):
    partnership.agree(small, AGREEMENT)
    partnership.replace(small, "status: agreed", "status: ended")
    toolkit, _ = load_and_check(small.root, public=True)
    assert "ics" not in Library(toolkit, Links()).kinds(toolkit.partnerships["bridge"])


def test_one_calendar_has_the_days_of_all_published_agreements(small, tmp_path):
    partnership.agree(small, AGREEMENT)
    second = AGREEMENT.replace("Bridge", "Mill").replace("2027-03-01", "2027-03-15")
    small.write("agreements/partnerships/mill/agreement.md", second)
    private = AGREEMENT.replace("Bridge", "Quiet").replace("publish: yes\n", "")
    small.write("agreements/partnerships/quiet/agreement.md", private)
    downloads = Downloads(tmp_path / "kept", print)
    downloads.begin(Library(load_and_check(small.root, public=True)[0], Links()))
    downloads.finish(tmp_path / "site")

    def events(name: str) -> set[tuple[str, str, datetime.date]]:
        found = Calendar.from_ical((tmp_path / "site/partnerships" / name).read_bytes()).walk("VEVENT")
        return {(str(one["uid"]), str(one["summary"]), one["dtstart"].dt) for one in found}

    assert events("all.ics") == events("bridge/bridge.ics") | events("mill/mill.ics")
    assert len(events("all.ics")) > 6
