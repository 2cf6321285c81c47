"""The pictures that pages draw of data: what they show, in the order in which it is read aloud."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from markupsafe import escape

from groundrules.agreement.document.links import Links
from groundrules.agreement.document.nodes import Table
from groundrules.agreement.review.status import status_of
from groundrules.checks import load_and_check
from groundrules.files import clock
from groundrules.model.front import BlankDefinition, Column
from groundrules.site import pictures
from groundrules.site.library import Library
from groundrules.site.macros import Macros
from groundrules.site.pages import page_of
from groundrules.site.pictures import life
from groundrules.writers.html import Writer
from support import our_toolkit, partnership
from support.dated_agreement import AGREEMENT, RECORD

REVIEW = RECORD.replace("KIND", "review").replace("DAY", "2027-03-02")
ROUND = "agreed: 2026-09-02\n  - version: 2\n    opened: 2026-10-01\n    because: A canary.\n"


def read(html: str) -> list[str]:
    """Each item of the picture as it is read."""
    items = re.findall(r"<li[ >](?:(?!<ul).)*?</li>|<li[ >].*?</ul>.*?</li>", html, re.S)
    return [re.sub(r" ([.,:])", r"\1", " ".join(re.sub("<[^>]+>", " ", f"<{one}").split())) for one in items]


def library(small) -> Library:
    return Library(load_and_check(small.root, public=True)[0], Links("/partnerships/"))


def drawn_life(small) -> str:
    here = library(small)
    body = page_of(here, here.toolkit.partnerships["bridge"]).body
    return "".join(re.findall(r'<ol class="gr-life".*?</ol>', body, re.S))


def drawn_year(small, monkeypatch, day: datetime.date) -> str:
    monkeypatch.setattr(clock, "today", lambda: day)
    return Macros(library(small)).year()


def test_the_life_of_an_agreement_tells_what_happened_and_what_is_promised(small):
    partnership.agree(small, AGREEMENT)
    small.write(
        f"{partnership.FOLDER}/records/2027-03-02-review.md", REVIEW.replace("date:", "next: 2028-03-01\ndate:")
    )
    assert read(drawn_life(small)) == [
        "2 September 2026 Agreed: version 1",
        "2 March 2027 Reviewed",
        "1 April 2027 Due: Write the report",
        "1 May 2027 Due: Give the keys back",
        "1 March 2028 Due: Next review",
    ]


def test_a_full_mark_says_that_it_happened_and_the_line_is_as_long_as_the_time(small):
    partnership.agree(small, AGREEMENT)
    marks = re.findall(r'data-mark="(\w+)" style="--gap: (\d+)"', drawn_life(small))
    assert marks == [("yes", "180"), ("promised", "31"), ("promised", "30"), ("promised", "0")]


def test_a_record_that_sets_no_day_and_a_round_that_is_open_are_not_told(small):
    partnership.agree(small, AGREEMENT)
    before = drawn_life(small)
    small.write(f"{partnership.FOLDER}/records/2026-12-01-concern.md", REVIEW.replace("2027-03-02", "2026-12-01"))
    assert drawn_life(small) == before
    partnership.replace(small, "agreed: 2026-09-02\n", ROUND)
    assert not re.search("version 2|October|canary", drawn_life(small))


def test_what_is_only_a_draft_has_no_life_yet(small):
    partnership.write(small)
    assert drawn_life(small) == ""


def test_an_agreement_that_has_ended_promises_nothing(small):
    partnership.agree(small, AGREEMENT)
    partnership.replace(small, "status: agreed", "status: ended")
    assert read(drawn_life(small)) == ["2 September 2026 Agreed: version 1", "Ended"]


def test_the_year_ahead_has_a_box_for_each_month(small, monkeypatch):
    partnership.agree(small, AGREEMENT)
    shown = drawn_year(small, monkeypatch, datetime.date(2027, 3, 2))
    boxes = re.split(r"<li(?: data-empty)?> (?=<time)", shown)[1:]
    words = [" ".join(re.sub("<[^>]+>", " ", box).split()) for box in boxes]
    assert words[:4] == [
        "March 2027 nothing",
        "April 2027 Bridge evenings 1 Write the report",
        "May 2027 Bridge evenings 1 Give the keys back",
        "June 2027 Bridge evenings 1 Task: Print",
    ]
    assert words[-1] == "February 2028 nothing"
    assert len(words) == 12


def test_what_comes_a_few_times_a_year_stands_on_each_of_its_days(small, monkeypatch):
    often = '"every 2 weeks on Tuesday from 2026-12-01"'
    partnership.agree(small, AGREEMENT.replace(often, '"every 12 weeks on Tuesday from 2027-03-02"'))
    shown = drawn_year(small, monkeypatch, datetime.date(2027, 3, 1))
    days = re.findall(r'datetime="([^"]+)">\d+</time></strong> <span>Meet<', shown)
    assert days == ["2027-03-02", "2027-05-25", "2027-08-17", "2027-11-09", "2028-02-01"]


def test_nobody_publishes_and_no_year_is_drawn(small, monkeypatch):
    assert "<li" not in drawn_year(small, monkeypatch, datetime.date(2027, 3, 1))


@pytest.mark.parametrize("title", ['<b onclick="x">', "]]&<!--", "'\"><script>", "W" * 300])
def test_what_people_wrote_is_text_in_a_picture(small, monkeypatch, title):
    quoted = title.replace("'", "''")
    partnership.agree(small, AGREEMENT.replace('calendar: "Give the keys back"', f"calendar: '{quoted}'"))
    assert f"{escape(title)}</bdi>" in drawn_life(small)
    assert f"<span>{escape(title)}</span>" in drawn_year(small, monkeypatch, datetime.date(2027, 3, 1))


def test_the_same_day_is_told_once(small):
    partnership.agree(small, AGREEMENT.replace("2027-05-01", "2027-04-01"))
    toolkit = load_and_check(small.root)[0]
    bridge = toolkit.partnerships["bridge"]
    *_, last = life(status_of(bridge, toolkit, public=True), toolkit.histories["bridge"])
    assert [one.title for one in last.what] == ["Give the keys back", "Write the report"]


def test_a_template_has_a_square_for_each_clause_of_a_group_and_says_how_many_it_holds(small):
    shown = Macros(library(small)).coverage("templates")
    map_of_all = shown.partition('<table class="gr-coverage">')[0]
    cells = re.findall(r"<td>(.*?)</td>", map_of_all)
    toolkit = library(small).toolkit
    held = {entry.id for entry in toolkit.templates["team"].front.clauses}
    assert cells[0].count("<i ") == len(toolkit.clauses)
    assert f"{len(held)} of {len(toolkit.clauses)}" in cells[0]


# --- the ladder ------------------------------------------------------------------------------------


def test_steps_are_read_one_after_the_other_with_who_and_when():
    steps = Table(
        "Steps for a problem",
        BlankDefinition(ask="?", type="rows", columns={name: Column(ask="?") for name in ("step", "who", "by when")}),
        ("step", "who", "by when"),
        (("talk", "the two <of us>", "two days"), ("managers meet", "one from each", "")),
    )
    writer = Writer(Links(), ladders={"steps for a problem"})
    assert read(writer.blocks([steps])) == [
        "talk Who: the two &lt;of us&gt; By when: two days",
        "managers meet Who: one from each",
    ]
    still_open = replace(steps, rows=())
    assert "<table" in writer.blocks([still_open]), "Nobody can write on a ladder."


def test_a_clause_says_which_of_its_blanks_are_steps():
    assert "steps for a problem" in Library(our_toolkit(), Links()).ladders


def test_a_month_in_which_much_is_due_is_told_in_numbers(small, monkeypatch):
    partnership.agree(small, AGREEMENT)
    monkeypatch.setattr(pictures, "_MANY", 0)
    shown = drawn_year(small, monkeypatch, datetime.date(2027, 3, 2))
    assert "Bridge evenings" not in shown
    assert read(shown)[1] == "April 2027 1 agreement 1 Write the report"
