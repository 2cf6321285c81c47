"""The register of published partnerships, and what must never get into it."""

from __future__ import annotations

import datetime
import re

import pytest

from groundrules.agreement.document.links import Links
from groundrules.checks import load_and_check
from groundrules.files import clock
from groundrules.site import macros
from groundrules.site.library import Library
from groundrules.site.macros import Macros
from support import partnership
from support.dated_agreement import AGREEMENT, NEED, RECORD
from support.sites import REGISTER, build

DAY = datetime.date(2027, 3, 2)


@pytest.fixture(autouse=True)
def _the_day_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


def drawn(small, downloads: bool = True) -> str:
    toolkit, _ = load_and_check(small.root, public=True)
    return Macros(Library(toolkit, Links("/partnerships/"), downloads)).register()


def listed(small) -> list[str]:
    """Each state and each line below it, as a reader sees them on that day."""
    seen = re.sub(r"<span[^>]* hidden>[^<]*</span>", "", drawn(small))
    found = re.findall(r"<(?:h2|li)[ >].*?</(?:h2|li)>", seen, re.S)
    return [re.sub(r" ([.,])", r"\1", " ".join(re.sub("<[^>]+>", " ", one).split())) for one in found]


def test_it_lists_them_by_state_with_what_comes_next(small):
    partnership.agree(small, AGREEMENT)
    draft = AGREEMENT.replace("Bridge", "Mill").replace('  sign by: "2027-02-01"\n', "")
    small.write("agreements/partnerships/mill/agreement.md", draft)
    assert listed(small) == [
        "Agreed",
        "Bridge evenings Version 1 is in force. Next: 9 March 2027, Meet. "
        "This was due on 1 March 2027: Review it. Made from: Team agreement.",
        "Draft",
        "Mill evenings No version is in force yet. Next: 9 March 2027, Meet. "
        "This was due on 1 March 2027: Review it. Made from: Team agreement.",
    ]
    assert 'href="../partnerships/bridge/"' in drawn(small)


def test_it_folds_what_few_would_read_to_the_end(small, monkeypatch):
    partnership.agree(small, AGREEMENT)
    assert "<details" not in drawn(small)
    monkeypatch.setattr(macros, "MANY", 0)
    assert re.search(
        r'<details class="gr-details"><summary>1 agreement</summary>\s*<ul class="gr-register">', drawn(small)
    )


def test_a_page_that_was_built_earlier_knows_what_to_say_later(small):
    partnership.agree(small, AGREEMENT)
    assert '<span class="gr-overdue" data-due="2027-03-01">' in drawn(small)
    assert '<span class="gr-overdue" data-due="2027-04-01" hidden>' in drawn(small)


def test_it_leads_to_the_calendar_of_all(small):
    assert "all.ics" not in drawn(small)
    partnership.agree(small, AGREEMENT)
    assert 'href="../partnerships/all.ics"' in drawn(small)
    assert "all.ics" not in drawn(small, downloads=False)


def test_nobody_has_to_publish(small):
    assert "No partnership has published its agreement here." in drawn(small)
    partnership.write(small, AGREEMENT.replace("publish: yes\n", ""))
    assert "No partnership has published its agreement here." in drawn(small)


def test_of_a_review_it_uses_nothing_but_the_day_of_the_next(small):
    small.replace("agreements/templates/team.md", *NEED)
    partnership.agree(small, AGREEMENT)
    text = RECORD.replace("KIND", "review").replace("DAY", "2027-02-28").replace("date:", "next: 2027-03-05\ndate:")
    small.write(f"{partnership.FOLDER}/records/2027-02-28-review.md", text.replace("[[what happened]]", "Canary."))
    assert "Next: 5 March 2027, Review it." in listed(small)[1]
    assert "Canary" not in drawn(small)


def test_words_that_are_not_agreed_yet_stay_out_of_it(small):
    partnership.agree(small, AGREEMENT)
    partnership.replace(small, "title: Bridge evenings", "title: Secret evenings")
    partnership.replace(small, 'keys back: "2027-05-01"', 'keys back: "2027-05-22"')
    partnership.replace(small, "status: agreed\n", "")
    opened = "agreed: 2026-09-02\n  - version: 2\n    opened: 2027-01-01\n    because: A secret.\n"
    partnership.replace(small, "agreed: 2026-09-02\n", opened)
    partnership.replace(small, 'sign by: "2027-02-01"', 'sign by: "2027-05-23"')
    shown = drawn(small)
    assert listed(small)[0] == "Being renegotiated"
    assert not re.search("[Ss]ecret|2027-05-22|2027-05-23", shown)


def test_a_canary_in_a_private_agreement_or_in_any_record_sings_nowhere(small_site):
    site = small_site
    site.write("docs/partnerships/index.md", REGISTER)
    partnership.agree(site, AGREEMENT)
    canary = RECORD.replace("A record", "Siskin record").replace("What happened?", "What did the siskin do?")
    canary = canary.replace("[[what happened]]", "The siskin died.").replace("DAY", "2027-03-01")
    for kind in ("review", "concern"):
        site.write(f"{partnership.FOLDER}/records/2027-03-01-{kind}.md", canary.replace("KIND", kind))
    private = AGREEMENT.replace("publish: yes\n", "").replace("Bridge", "Siskin").replace("Review it", "Siskin review")
    site.write("agreements/partnerships/siskin/agreement.md", private)
    site.write("agreements/partnerships/siskin/records/2027-03-01-review.md", canary.replace("KIND", "siskin"))
    site.write("agreements/partnerships/siskin/records/siskin.md", "not a record")
    broken = canary.replace("template: KIND", "template: siskin\nsiskin: yes")
    site.write(f"{partnership.FOLDER}/records/2027-03-02-review.md", broken)
    site.write(f"{partnership.FOLDER}/records/2027-03-03-review.md", canary.replace("KIND", "siskin"))
    done = build(site.root, site.site, "--verbose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Bridge evenings" in site.page("/partnerships/")
    assert b"siskin" not in site.everything().lower()
    assert not [path for path in site.site.rglob("*") if "siskin" in path.name.lower()]
    assert "siskin" not in (done.stdout + done.stderr).lower()


def test_a_line_that_ends_in_a_full_stop_of_its_own_gets_no_other(small):
    partnership.agree(small, AGREEMENT.replace('calendar: "Meet"', 'calendar: "Meet at the Old Hall, Mill St."'))
    small.replace("agreements/templates/team.md", "title: Team agreement", "title: Team agreement of Smith & Co.")
    assert "9 March 2027, Meet at the Old Hall, Mill St. This was due" in listed(small)[1]
    assert listed(small)[1].endswith("Made from: Team agreement of Smith &amp; Co.")
