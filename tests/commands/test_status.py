"""``groundrules status``: every partnership in a few lines, and an exit code that can remind people."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from groundrules.commands.days import after
from groundrules.commands.shared import Place
from groundrules.commands.status_text import as_text, entries
from groundrules.files import clock
from groundrules.files.load.folders import load
from support import partnership
from support.dated_agreement import AGREEMENT, ANSWER, record
from support.small import SmallToolkit

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _the_day_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def bridge(small: SmallToolkit) -> SmallToolkit:
    partnership.agree(small, AGREEMENT)
    return small


def status(small: SmallToolkit, *words: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(small.root), "status", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def another(small: SmallToolkit, name: str, text: str) -> None:
    small.write(f"agreements/partnerships/{name}/agreement.md", text)


def data(small: SmallToolkit, *words: str) -> dict:
    (found,) = json.loads(status(small, "--format", "json", *words).output)["partnerships"]
    return found


# --- for people -----------------------------------------------------------------------------------


def test_a_line_for_each_and_below_it_what_needs_more_words(bridge):
    draft = AGREEMENT.replace('  review date: "2027-03-01"\n', "").replace("Bridge evenings", "Mill Road")
    another(bridge, "a-mill-road-partnership-with-a-long-name", draft)
    result = status(bridge, "--on", "2027-03-02")
    assert result.output.replace(f" --root {bridge.root}", "").splitlines() == [
        "NAME                        STATE   OPEN  TO SIGN  NEXT",
        "a-mill-road-partnership-with-a-long-name",
        "                            draft      1        2  2027-03-09  Meet",
        "  Mill Road",
        "  Overdue: This was due on 1 February 2027: Sign it.",
        "  Open: review date",
        "  To sign: Northgate, Southgate",
        "  Next: groundrules ask a-mill-road-partnership-with-a-long-name --open",
        "bridge                      agreed     -        -  2027-03-09  Meet",
        "  Bridge evenings",
        "  Overdue: This was due on 1 March 2027: Review it.",
        "  Next: groundrules record review bridge",
        "",
        "2 partnerships: 1 agreed, 1 draft. Something is overdue in 2.",
    ]
    assert result.exit_code == 1


def test_nothing_overdue_is_exit_0(bridge):
    result = status(bridge)
    assert result.exit_code == 0
    assert result.output.endswith("1 partnership: 1 agreed. Nothing is overdue.\n")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (("order of names: alphabetical", "order of names: reverse"), "agreed, changed since"),
        (
            ("agreed: 2026-09-02\n", "agreed: 2026-09-02\n  - version: 2\n    opened: 2026-10-01\n"),
            "being renegotiated",
        ),
        (("status: agreed", "status: ended"), "ended"),
        (("    agreed: 2026-09-02\n", ""), "being signed"),
    ],
)
def test_the_states_in_plain_words(bridge, change, state):
    partnership.replace(bridge, *change)
    assert f" {state} " in status(bridge).output


def test_what_has_ended_waits_for_nobody(bridge):
    partnership.replace(bridge, "status: agreed", "status: ended")
    result = status(bridge, "--on", "2030-01-01")
    assert result.exit_code == 0
    assert "To sign" not in result.output
    assert "Meet" not in result.output
    assert "Nothing falls due" in status(bridge, "--on", "2026-11-20", "--due", "1y").output


def test_a_record_that_was_drafted_is_to_be_filled_in(bridge):
    record(bridge, "review", "2027-03-02")
    output = status(bridge, "bridge", "--on", "2027-03-03").output
    assert f"Next: groundrules --root {bridge.root} ask bridge --record 2027-03-02-review" in output


def test_one_that_waits_for_nobody_says_what_can_be_done(bridge):
    output = status(bridge, "bridge", "--on", "2026-11-20").output
    assert "Next:\n  groundrules" in output
    assert "export bridge --to docx" in output
    assert "Next:" not in status(bridge, "--on", "2026-11-20").output


def test_fifty_fit_a_narrow_terminal(bridge):
    for number in range(50):
        text = AGREEMENT.replace("title: Bridge", f"title: {number} Bridge").replace("evenings", "evenings " * 30)
        another(bridge, f"partnership-{number:02}", text.replace('calendar: "Meet"', f'calendar: "{"Meet " * 30}"'))
    loaded = load(bridge.root)
    found = entries(loaded, bridge.root, bridge.root / "agreements/partnerships")
    lines = click.unstyle(as_text(found, DAY, Place(Path()), 80)).splitlines()
    assert max(map(len, lines)) <= 80
    starts = [line.index("2026-12-01") for line in lines if "2026-12-01" in line]
    assert len(starts) == 51
    assert len(set(starts)) == 1, "The columns stand below one another."


def test_in_a_pipe_no_line_is_cut(bridge):
    long = "Look at who takes part, who does not, and why that is so, one by one and without haste"
    partnership.write(bridge, AGREEMENT.replace('calendar: "Meet"', f'calendar: "{long}"'))
    assert long in status(bridge).output


def test_a_title_cannot_command_the_terminal(bridge):
    partnership.replace(bridge, "- name: Southgate", '- name: "South\\u202egate"')
    assert "\u202e" not in status(bridge).output


def test_only_those_that_one_names(bridge):
    another(bridge, "mill", AGREEMENT)
    assert "bridge" not in status(bridge, "mill").output
    assert "mill" in status(bridge, "partnerships/mill").output
    wrong = status(bridge, "brigde")
    assert (wrong.exit_code, 'no partnership "brigde". Did you mean "bridge"?' in wrong.output) == (2, True)


def test_no_partnership_yet_is_no_mistake(small):
    result = status(small)
    assert result.exit_code == 0
    assert result.output.startswith("There are no partnerships here yet. To make one:\n  groundrules ")


# --- what falls due ---------------------------------------------------------------------------------


def test_what_falls_due_stands_in_the_order_of_days(bridge):
    another(bridge, "mill", AGREEMENT)
    result = status(bridge, "--due", "30d", "--on", "2027-02-10")
    assert result.output.splitlines() == [
        "Overdue:",
        "  2027-02-01  mill    This was due on 1 February 2027: Sign it.",
        "Due by 12 March 2027:",
        "  2027-02-23  bridge  Meet",
        "  2027-02-23  mill    Meet",
        "  2027-03-01  bridge  Review it",
        "  2027-03-01  mill    Review it",
    ]
    assert result.exit_code == 1


def test_nothing_due_is_said(bridge):
    result = status(bridge, "--due", "1")
    assert (result.exit_code, result.output) == (0, "Nothing falls due by 22 November 2026.\n")


@pytest.mark.parametrize(
    ("span", "last"),
    [
        ("30", "2026-12-21"),
        ("30d", "2026-12-21"),
        ("2w", "2026-12-05"),
        ("2 weeks", "2026-12-05"),
        ("3m", "2027-02-21"),
        ("1y", "2027-11-21"),
        ("0", "2026-11-21"),
    ],
)
def test_spans(span, last):
    assert after(DAY, span).isoformat() == last


def test_a_month_from_the_last_of_january_is_the_last_of_february():
    assert after(datetime.date(2027, 1, 31), "1m") == datetime.date(2027, 2, 28)


@pytest.mark.parametrize("words", [["--due", "soon"], ["--due", "-3d"], ["--due", "9999y"], ["--on", "tomorrow"]])
def test_a_span_or_day_that_is_none_is_wrong_usage(bridge, words):
    result = status(bridge, *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


# --- for programs -----------------------------------------------------------------------------------


def test_the_json_holds_everything(bridge):
    record(bridge, "review", "2027-03-01", ANSWER)
    found = data(bridge, "--on", "2027-04-02", "--due", "40d")
    assert found == {
        "name": "bridge",
        "title": "Bridge evenings",
        "state": "agreed",
        "version": 1,
        "open": [],
        "to_sign": [],
        "next": {"day": "2027-04-06", "title": "Meet"},
        "due": [{"day": "2027-04-06", "title": "Meet"}, {"day": "2027-05-01", "title": "Give the keys back"}],
        "overdue": [
            {
                "day": "2027-04-01",
                "title": "Write the report",
                "sentence": "This was due on 1 April 2027: Write the report.",
            }
        ],
        "behind": [],
        "problems": [],
    }


def test_every_key_stands_in_every_answer(bridge):
    another(bridge, "broken", "no front matter")
    both = json.loads(status(bridge, "--format", "json").output)
    assert (both["on"], both["until"]) == ("2026-11-21", None)
    one, other = both["partnerships"]
    assert list(one) == list(other)
    assert (other["name"], other["state"], other["title"], other["next"]) == ("broken", "unreadable", "", None)
    assert other["problems"][0]["name"] == "no-front-matter"


def test_it_names_the_clauses_in_which_a_fork_is_behind(bridge):
    result = CliRunner().invoke(
        main, ["--root", str(bridge.root), "new", "team", "fork", "--party", "A: Ann", "--set", "order of names=age"]
    )
    assert result.exit_code == 0, result.output
    assert data(bridge, "fork")["behind"] == []
    bridge.replace("agreements/clauses/publicity.md", "We name every partner, in", "We always name every partner, in")
    assert data(bridge, "fork")["behind"] == [{"clause": "publicity", "title": "Publicity", "kind": "library"}]
    assert "  Behind the template: Publicity\n" in status(bridge, "fork").output


# --- what is broken is not hidden ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("bridge/agreement.md", "nothing", "[no-front-matter]"),
        ("bridge/versions/1.md", "nothing", "[no-front-matter]"),
        ("bridge/records/2027-01-01-review.md", "nothing", "[no-front-matter]"),
        ("bridge/records/notes.md", "nothing", "[unexpected-file]"),
        ("bridge/agreement.md", AGREEMENT.replace("template: team", "template: taem"), '"taem". Did you mean "team"?'),
        ("empty/notes.txt", "nothing", "[missing-agreement]"),
        ("Not An Id/agreement.md", AGREEMENT, "[file-name]"),
    ],
)
def test_a_broken_partnership_is_listed_with_what_is_wrong(bridge, file, text, says):
    bridge.write(f"agreements/partnerships/{file}", text)
    result = status(bridge)
    assert result.exit_code == 1
    assert says in result.output
    assert file.partition("/")[0] in result.output
    assert says in status(bridge, "--due", "1d").output


def test_a_private_folder_is_read_from_where_it_is(bridge, tmp_path_factory):
    folder = tmp_path_factory.mktemp("private")
    (folder / "mill").mkdir()
    (folder / "mill/agreement.md").write_text(AGREEMENT)
    (folder / "broken").mkdir()
    (folder / "broken/agreement.md").write_text("nothing")
    result = status(bridge, "--partnerships", str(folder))
    assert "mill" in result.output
    assert "bridge" not in result.output
    assert "broken" in result.output
    assert "[no-front-matter]" in result.output
