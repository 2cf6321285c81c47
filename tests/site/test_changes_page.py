"""The page of changes of a published agreement: what it shows, and what it must never show."""

from __future__ import annotations

import re
from dataclasses import replace as changed

import pytest
from lxml import html

from groundrules.agreement.document.links import Links
from groundrules.checks import load_and_check
from groundrules.site.changes import changes_page
from groundrules.site.library import Library, changes_address, has_changes
from support.partnership import AGREEMENT, FOLDER, keep, replace, write
from support.small import SmallToolkit

ROUNDS = """\
rounds:
  - version: 1
    opened: 2026-09-01
    agreed: 2026-09-02
  - version: 2
    opened: 2027-01-10
    because: "two <b>names</b> were forgotten"
    agreed: 2027-01-20
"""
MEETINGS = "\n## Meetings {#own-1}\n\nWe meet weekly.\n\n- We eat.\n- We sing.\n"


@pytest.fixture
def bridge(small: SmallToolkit) -> SmallToolkit:
    """Two agreed versions, and words of today that nobody has agreed."""
    write(small, AGREEMENT + MEETINGS)
    keep(small, 1)
    replace(small, "alphabetical\npublish", "random\npublish")
    replace(small, "We meet weekly.\n\n- We eat.", "We meet every month.\n\n- We eat.")
    keep(small, 2)
    replace(small, "publish: yes\n", f"publish: yes\n{ROUNDS}")
    replace(small, "We sing", "We whisper unagreed words")
    return small


def page(small, **changes):
    toolkit, _ = load_and_check(small.root)
    agreement = changed(toolkit.partnerships["bridge"], **changes)
    library = Library(toolkit, Links()).at(changes_address(agreement))
    return changes_page(library, agreement)


def words(small):
    return " ".join(html.fromstring(page(small).body).text_content().split())


def test_it_says_when_and_why_and_marks_the_words(bridge):
    made = page(bridge)
    assert (made.address, made.title) == ("/partnerships/bridge/changes/", "Changes: Bridge evenings")
    assert [heading.id for heading in made.headings] == ["version-2", "version-1"]
    tree = html.fromstring(made.body)
    assert [one.text_content() for one in tree.iter("h2", "h3")] == [
        "Version 2",
        "Clause 1, Publicity: reworded",
        "Clause 2, Meetings: reworded",
        "Version 1",
    ]
    assert "Agreed on 20 January 2027, because: two <b>names</b> were forgotten" in words(bridge)
    marked = [(one.tag, one.text_content()) for one in tree.find(".//section").iter("del", "ins")]
    assert marked == [
        ("del", "removed: alphabetical"),
        ("ins", "added: random"),
        ("del", "removed: weekly"),
        ("ins", "added: every month"),
    ]


def test_words_that_nobody_agreed_are_not_shown(bridge):
    assert "unagreed" not in page(bridge).body
    replace(bridge, "publish: yes\n", "publish: yes\nstatus: draft\n")
    replace(bridge, "agreed: 2027-01-20\n", "agreed: 2027-01-20\n  - version: 3\n    opened: 2027-02-01\n")
    keep(bridge, 3)
    assert "unagreed" not in page(bridge).body
    assert "Version 3" not in page(bridge).body


def test_a_round_that_lapsed_is_said_and_its_words_are_not(bridge):
    keep(bridge, 3)
    rest = '  - version: 3\n    opened: 2027-02-01\n    because: "a try"\n'
    rest += "  - version: 4\n    opened: 2027-03-01\n    agreed: 2027-03-02\n"
    replace(bridge, "agreed: 2027-01-20\n", f"agreed: 2027-01-20\n{rest}")
    replace(bridge, "We whisper unagreed words", "We hum")
    keep(bridge, 4)
    said = words(bridge)
    assert "Version 3 Opened on 1 February 2027, because: a try. It was never agreed, and lapsed." in said
    assert "unagreed" not in said
    assert "Compared with version 2: Clause 2, Meetings: reworded" in said


def test_with_one_agreed_version_there_is_no_page(bridge):
    toolkit, _ = load_and_check(bridge.root)
    assert has_changes(toolkit.partnerships["bridge"], toolkit.histories["bridge"])
    (bridge.root / FOLDER / "versions/1.md").unlink()
    toolkit, _ = load_and_check(bridge.root)
    assert not has_changes(toolkit.partnerships["bridge"], toolkit.histories["bridge"])


def test_a_kept_text_that_was_changed_is_named(bridge):
    bridge.replace(f"{FOLDER}/versions/1.md", "We meet weekly.", "We meet daily.")
    assert "was changed after it was signed" in words(bridge)


# --- what is private ---------------------------------------------------------------------------------

PRIVATE = '  order of names:\n    ask: "In what order?"\n    example: "alphabetical"\n    private: yes\n'
OPEN = PRIVATE.replace("    private: yes\n", "")


def private_bridge(small, first=PRIVATE, second=PRIVATE):
    write(small, (AGREEMENT + MEETINGS).replace(OPEN, first).replace("alphabetical\npublish", "zebra\npublish"))
    keep(small, 1)
    replace(small, "order of names: zebra", "order of names: wombat")
    if first != second:
        replace(small, first, second)
    keep(small, 2)
    replace(small, "publish: yes\n", f"publish: yes\n{ROUNDS}")


def test_a_private_answer_that_changed_is_not_told(small):
    private_bridge(small)
    body = page(small).body
    assert not re.search("zebra|wombat|01632", body)
    assert "Clause 1, Publicity: changed An answer that is not shown here has changed." in words(small)


def test_an_answer_stays_private_when_its_clause_has_another_id(small):
    """Version 1 gave openly what today's text keeps to the partners, in a clause that has another id by then."""
    write(small, (AGREEMENT + MEETINGS).replace(PRIVATE, OPEN).replace("alphabetical\npublish", "zebra\npublish"))
    keep(small, 1)
    replace(small, "We meet weekly.", "We meet every month.")
    replace(small, "{#publicity wording=every-partner}", "{#own-2}")
    replace(small, "We name every partner, in", "We always name every partner, in")
    replace(small, "order of names: zebra", "order of names: wombat")
    keep(small, 2)
    replace(small, "order of names: wombat", "order of names: heron")
    replace(small, "publish: yes\n", f"publish: yes\n{ROUNDS}")
    assert "zebra" in page(small).body
    replace(small, OPEN, PRIVATE)
    replace(small, "{#own-2}", "{#own-3}")
    assert not re.search("zebra|wombat|heron", page(small).body)


def test_clauses_that_were_renumbered_are_the_same(bridge):
    bridge.replace(
        f"{FOLDER}/versions/2.md",
        "## Meetings {#own-1}",
        "## Keys {#own-1}\n\nAsha holds them.\n\n## Meetings {#own-2}",
    )
    said = words(bridge)
    assert "Clause 2, Keys: added" in said
    assert "Clause 3, Meetings: reworded" in said
    assert "Renumbered: clause 2 is 3 now." in said


def test_a_private_answer_whose_accents_are_written_otherwise_has_not_changed(small):
    private_bridge(small)
    replace(small, "order of names: wombat", "order of names: Zoe\u0308")
    keep(small, 1)
    replace(small, "Zoe\u0308", "Zo\u00eb")
    keep(small, 2)
    assert "An answer that is not shown here has changed" not in words(small)


def test_a_private_answer_is_known_however_its_accents_are_written(small):
    private_bridge(small)
    replace(small, "order of names: wombat", "order of names: Zoe\u0308 only")
    replace(small, "We meet weekly.", "We meet as Zoe\u0308 only.")
    keep(small, 1)
    replace(small, "We meet as Zoe\u0308 only.", "We meet weekly.")
    keep(small, 2)
    assert "Zo" not in page(small).body


def test_an_answer_that_was_public_once_is_not_told_either(small):
    private_bridge(small, first=OPEN)
    body = page(small).body
    assert not re.search("zebra|wombat", body)
    assert "Clause 1, Publicity: reworded Its words are not shown" in words(small)


def test_nor_is_one_that_stood_in_another_clause(small):
    write(small, AGREEMENT.replace("alphabetical\npublish", "zebra\npublish") + MEETINGS)
    keep(small, 1)
    replace(small, OPEN, PRIVATE)
    replace(small, "in [[order of names]] order", "fairly")
    replace(small, "We meet weekly.", "We meet weekly, in [[order of names]] order.")
    keep(small, 2)
    replace(small, "publish: yes\n", f"publish: yes\n{ROUNDS}")
    assert "zebra" not in page(small).body


def test_private_columns_and_tables_stay_away(small):
    columns = '    type: rows\n    columns:\n      who:\n        ask: "Who?"\n'
    columns += '      phone:\n        ask: "Which?"\n        private: yes\n'
    people = f'  our people:\n    ask: "Who?"\n{columns}answers:\n  our people:\n    - who: Ann\n      phone: zebra\n'
    write(small, AGREEMENT.replace("answers:\n", people))
    replace(small, "in [[order of names]] order.", "in [[order of names]] order.\n\n[[our people]]")
    keep(small, 1)
    replace(small, "phone: zebra", "phone: wombat")
    keep(small, 2)
    replace(small, "publish: yes\n", f"publish: yes\n{ROUNDS}")
    assert not re.search("zebra|wombat", page(small).body)
    assert "An answer that is not shown here has changed." in words(small)


@pytest.mark.parametrize("because", ["We grew", "We grew."])
def test_a_reason_ends_in_one_full_stop(bridge, because):
    replace(bridge, '"two <b>names</b> were forgotten"', because)
    assert "because: We grew.</p>" in page(bridge).body
