"""``groundrules ask``: every answer is in the file before the next question, and nothing else changes in it."""

from __future__ import annotations

import datetime
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.commands.shared import Place
from groundrules.commands.workspace import Workspace
from groundrules.files.edit import Source, rewrite
from groundrules.files.load.text import opened
from groundrules.files.source import Bare, entries
from groundrules.model.front import Party
from groundrules.model.pieces import Agreement
from groundrules.text import frontmatter
from groundrules.text.problems import UserError, errors
from support import partnership
from support.fuller_toolkit import furnish
from support.processes import killed_at
from support.small import SmallToolkit
from support.terminal import PROGRAM, in_terminal

FILE = "agreements/partnerships/bridge/agreement.md"
# Title, parties, start and end.
PAST_ABOUT = ["", "", "", ""]


@pytest.fixture
def fork(small: SmallToolkit) -> SmallToolkit:
    furnish(small)
    result = CliRunner().invoke(main, ["--root", str(small.root), "new", "team", "bridge"])
    assert result.exit_code == 0
    return small


def ask(small: SmallToolkit, *lines: str, options: tuple[str, ...] = ()) -> Result:
    result = CliRunner().invoke(
        main, ["--root", str(small.root), "ask", "bridge", *options], input="".join(f"{line}\n" for line in lines)
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert not errors(small.problems()), small.problems()
    return result


def agreement(small: SmallToolkit) -> Agreement:
    return load_and_check(small.root)[0].partnerships["bridge"]


def answers(small: SmallToolkit) -> dict[str, object]:
    return dict(agreement(small).front.answers)


def text(small: SmallToolkit) -> str:
    return (small.root / FILE).read_bytes().decode()


# --- going through it -----------------------------------------------------------------------------


def test_the_whole_interview(fork):
    result = ask(
        fork,
        *("Bridge evenings", "Northgate: Ann Lee", "Bo Ray, sergeant, Police", "", "2026-12-01", ""),
        *("", "by age"),
        *("", "every 4 weeks on Tuesday from 2026-12-01", "2", "2027-03-09", "To talk.", "To plan.", ""),
        *("Ann", "Bo", ""),
        *("book", "2026-12-02", "1", "tea", "", "", ""),
        *("", "a month"),
    )
    assert result.exit_code == 0, result.output
    assert "That was the last question: nothing is open." in result.output
    front = agreement(fork).front
    assert front.title == "Bridge evenings"
    assert front.parties == (
        Party(name="Northgate", contact="Ann Lee"),
        Party(name="Bo Ray", role="sergeant", organisation="Police"),
    )
    assert front.answers == {
        "order of names": "by age",
        "rhythm of meetings": "every 4 weeks on Tuesday from 2026-12-01",
        "kind of meeting": "online",
        "review date": "2027-03-09",
        "why we meet": "To talk.\nTo plan.",
        "who comes": ["Ann", "Bo"],
        "tasks": [{"task": "book", "by when": "2026-12-02", "how": "in person"}, {"task": "tea"}],
        "notice": "a month",
    }
    assert [one for one in fork.problems() if one.file == FILE] == []
    again = ask(fork, *[""] * 30)
    assert again.output.count("Now: ") == 8, again.output
    assert "Go on with" not in again.output


def test_it_writes_what_new_writes_for_the_same_answers(fork):
    ask(fork, *PAST_ABOUT, "", "by age", "/go leaving", "", "a month")
    CliRunner().invoke(
        main,
        ["--root", str(fork.root), "new", "team", "other", "--set", "order of names=by age", "--set", "notice=a month"],
    )
    assert text(fork) == (fork.root / FILE.replace("bridge", "other")).read_text("utf-8")


def test_question_reason_example_and_answer_are_shown(fork):
    output = ask(fork, *PAST_ABOUT, "", "by age", "/back", "/quit").output
    assert "1. Publicity" in output
    assert "  | We name every partner, in [order of names] order." in output
    assert "Why: So that nobody claims all the glory." in output
    assert output.count("In what order?\nFor example: alphabetical\n") == 2
    assert "Now: by age" in output


def test_an_answer_that_does_not_fit_is_asked_for_again(fork):
    result = ask(
        fork, *PAST_ABOUT, "/go meetings", "", "", "3", "online", "in May", "2027-02-30", "2027-05-01", "/quit"
    )
    assert '"in May" is not a date that can be understood.' in result.output
    assert '"2027-02-30" is not a date: February 2027 has 28 days.' in result.output
    assert result.output.count("is not one of the choices") == 1
    assert answers(fork) == {"kind of meeting": "online", "review date": "2027-05-01"}


def test_dates_of_the_agreement_are_checked_at_once(fork):
    result = ask(fork, "", "", "soon", "2026-12-01", "2026-11-01", "2027-01-01", "/quit")
    assert '"soon" is not a date' in result.output
    assert '"end" is before "start"' in result.output
    front = agreement(fork).front
    assert (str(front.start), str(front.end)) == ("2026-12-01", "2027-01-01")
    assert "start: 2026-12-01\nend: 2027-01-01\n" in text(fork)


def test_back_skip_clear_and_go(fork):
    ask(fork, *PAST_ABOUT, "", "x", "/back", "/clear", "/quit")
    assert answers(fork) == {}
    assert "answers:" not in text(fork)
    output = ask(
        fork, *PAST_ABOUT, "/skip", "/skip", "/back", "/go 1", "/go nothing", "/go 9", "/go open", "y", "/quit"
    ).output
    assert 'There is no clause "nothing" here' in output
    assert answers(fork) == {"order of names": "y"}


def test_unknown_commands_and_slashes(fork):
    output = ask(fork, *PAST_ABOUT, "huh", "", "/nonsense", "/help", "//etc/hosts", "/why", "/quit").output
    assert 'There is no "/nonsense".' in output
    assert "/leave-out" in output
    assert answers(fork) == {"order of names": "/etc/hosts"}


def test_rhythm_in_other_words_is_kept_and_said(fork):
    output = " ".join(ask(fork, *PAST_ABOUT, "/go meetings", "", "when the moon is full", "/quit").output.split())
    assert 'No calendar entry comes of these words. "when the moon is full" is not understood.' in output
    assert answers(fork) == {"rhythm of meetings": "when the moon is full"}


def test_a_rhythm_is_said_back_in_days(fork):
    rhythm = "every other Tuesday at 2pm from 2026-12-01"
    output = " ".join(ask(fork, *PAST_ABOUT, "/go meetings", "", rhythm, "/quit").output.split())
    assert "Tuesday 1 December 2026; Tuesday 15 December 2026; Tuesday 29 December 2026" in output
    assert answers(fork) == {"rhythm of meetings": "every other Tuesday at 2pm from 1 December 2026"}


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        (["1 December 2026", ""], "Tuesday 1 December 2026. Right?", "2026-12-01"),
        (["1st Dec", "y"], "Tuesday 1 December 2026. Right?", "2026-12-01"),
        (["1/12/26", "yes"], "Tuesday 1 December 2026. Right?", "2026-12-01"),
        (["next Tuesday", ""], "Tuesday 1 December 2026. Right?", "2026-12-01"),
        (["tomorrow", "n", "2 Dec", ""], "Saturday 28 November 2026. Right?", "2026-12-02"),
        (["tomorrow", "3 Dec 2026", ""], "Thursday 3 December 2026. Right?", "2026-12-03"),
        (["26-12-01", "2"], "2. Tuesday 1 December 2026", "2026-12-01"),
        (["31 June 2027", "30 June 2027", ""], '"31 June 2027" is not a date: June has 30 days.', "2027-06-30"),
    ],
)
def test_a_day_is_read_as_people_write_it_and_read_back(fork, monkeypatch, typed, said, kept):
    monkeypatch.setattr("groundrules.files.clock.today", lambda: datetime.date(2026, 11, 27))
    output = " ".join(ask(fork, "", "", *typed, "/quit").output.split())
    assert said in output
    assert str(agreement(fork).front.start) == kept


def test_lists_and_rows_can_be_changed(fork):
    lists = ["Ann", "Bo", "/remove 9", "/remove x", "/change 2", "Bea", "/remove 1", "/clear now", ""]
    rows = [
        "a",
        "soon",
        "2026-12-01",
        "",
        "/change 1",
        "aa",
        "",
        "3",
        "online",
        "/change 1",
        "/back",
        "",
        "/skip",
        "/clear",
    ]
    more = ["c", "/what", "2026-12-03", "/back", "2026-12-04", "in person", "/remove 1", ""]
    result = ask(fork, *PAST_ABOUT, "/go meetings", *[""] * 5, *lists, *rows, *more, "/quit")
    assert answers(fork) == {
        "who comes": ["Bea"],
        "tasks": [{"task": "c", "by when": "2026-12-04", "how": "in person"}],
    }
    assert "is not a date" in result.output
    assert "In a row: Enter keeps the cell" in result.output
    ask(fork, *PAST_ABOUT, "/go meetings", *[""] * 5, "/clear", "", "/clear", "/quit")
    assert answers(fork) == {}


def test_parties_can_be_changed(fork):
    ask(fork, "", "Northgate", "a, b, c, d, e", "South", "/change 1", "Northgate: Ann", "/remove 2", "/quit")
    assert agreement(fork).front.parties == (Party(name="Northgate", contact="Ann"),)
    ask(fork, "", "/clear", "/quit")
    assert agreement(fork).front.parties == ()


def test_only_what_is_open(fork):
    ask(fork, *PAST_ABOUT, "", "x", "/quit")
    output = ask(fork, "North", "", "", "weekly", "/quit", options=("--open",)).output
    assert "In what order?" not in output
    assert answers(fork) == {"order of names": "x", "rhythm of meetings": "weekly"}


# --- clauses --------------------------------------------------------------------------------------


def test_another_wording(fork):
    before = agreement(fork).front.taken
    output = ask(
        fork, *PAST_ABOUT, "/go meetings", "", "monthly", "/wording", "2", "n", "/wording 2", "y", "", "Ann", "/quit"
    ).output
    assert "rhythm of meetings: monthly" in output
    now = agreement(fork)
    assert now.sections[1].wording == "only-a-chair"
    assert now.front.answers == {"chair": "Ann"}
    assert list(now.front.blanks) == ["order of names", "chair", "notice"]
    assert now.front.taken["meetings"] != before["meetings"]
    assert same_as_new(fork, "--wording", "meetings=only-a-chair", "--set", "chair=Ann")


def test_answers_come_back_with_their_blanks(fork):
    ask(fork, *PAST_ABOUT, "/go meetings", "", "monthly", "/wording 2", "y", "/wording 1", "/quit")
    assert answers(fork) == {"rhythm of meetings": "monthly"}
    assert same_as_new(fork, "--set", "rhythm of meetings=monthly")


def test_leave_out_and_bring_back(fork):
    ask(fork, *PAST_ABOUT, "/go leaving", "/leave-out", "/quit")
    assert same_as_new(fork, "--without", "leaving")
    output = ask(fork, *PAST_ABOUT, "/go meetings", "/leave-out", "n", "/leave-out", "y", "/quit").output
    assert "The template needs this clause." in output
    assert agreement(fork).front.left_out == ("meetings", "leaving")
    ask(fork, *PAST_ABOUT, "/bring-back", "1", "1", "/bring-back leaving", "/quit")
    assert same_as_new(fork)
    assert agreement(fork).front.left_out == ()


def same_as_new(fork: SmallToolkit, *words: str) -> bool:
    CliRunner().invoke(main, ["--root", str(fork.root), "new", "team", "other", *words])
    folder = fork.root / FILE.replace("bridge/agreement.md", "other")
    same = (folder / "agreement.md").read_text("utf-8") == text(fork)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    return same


def test_add_from_the_library(fork):
    ask(fork, *PAST_ABOUT, "/add", "extra", "", "soon", "/quit")
    now = agreement(fork)
    assert [one.id for one in now.sections] == ["publicity", "extra", "meetings", "leaving"]
    assert now.front.answers == {"extra time": "soon"}
    assert list(now.front.taken) == ["preamble", "publicity", "extra", "meetings", "leaving"]
    base, problems = opened((fork.root / FILE).with_name("taken.md").read_text("utf-8"), "bridge/taken.md")
    assert base
    assert not problems
    assert "extra" in [one.id for one in base.sections]
    assert "extra time" in base.front.blanks


def test_a_clause_of_ones_own(fork):
    ask(
        fork,
        *(
            *PAST_ABOUT,
            "/own",
            "Our dogs",
            "Dogs stay [[where dogs stay]].",
            "They **never** bark.",
            "",
            "Not once.",
            "",
            "",
        ),
        *(
            "Where do dogs stay?",
            "",
            "at home",
            "/own A second",
            "Text.",
            "",
            "",
            "/own Bad <b>",
            "Text.",
            "",
            "",
            "/quit",
        ),
    )
    now = agreement(fork)
    assert [(one.id, one.title, one.text) for one in now.sections if one.id[:3] == "own"] == [
        ("own-1", "Our dogs", "Dogs stay [[where dogs stay]].\nThey **never** bark.\n\nNot once."),
        ("own-2", "A second", "Text."),
    ]
    assert now.front.blanks["where dogs stay"].ask == "Where do dogs stay?"
    assert now.front.answers == {"where dogs stay": "at home"}
    output = ask(fork, *PAST_ABOUT, "/go own-1", "/wording", "/leave-out", "n", "/leave-out", "y", "y", "/quit").output
    assert "This clause is your own" in output
    assert "own-1" not in text(fork)
    assert "own-1" not in agreement(fork).front.left_out


@pytest.mark.parametrize("words", ["---", "# Heading", "<b>x</b>", "| a |", "{{ x }}", "[x](javascript:1)"])
def test_words_that_are_no_agreement_text_are_refused(fork, words):
    before = text(fork)
    ask(fork, *PAST_ABOUT, "/own", "Ours", words, "", "", "/quit")
    assert text(fork) == before


def test_words_that_people_changed_are_not_lost_unasked(fork):
    fork.replace(FILE, "A partner that leaves says so", "Whoever leaves says so in writing")
    changed = text(fork)
    assert "You changed the words" in ask(fork, *PAST_ABOUT, "/go leaving", "/leave-out", "n", "/quit").output
    assert text(fork) == changed


def test_notes_survive_another_wording(fork):
    fork.replace(FILE, "We meet [[rhythm", "> Added: we fell out.\n\nWe meet [[rhythm")
    ask(fork, *PAST_ABOUT, "/go meetings", "/wording 2", "/quit")
    assert "calls a meeting when one is needed.\n\n> Added: we fell out.\n\n## Leaving" in text(fork)


def test_every_wording_of_every_clause_can_be_switched_to_and_back(fork):
    workspace = Workspace(Place(fork.root), "bridge")
    before = text(fork)
    for section in workspace.agreement.sections:
        clause = workspace.clause(section.id)
        for wording in [*(clause.wordings if clause else ()), section.wording]:
            workspace.switch(section.id, wording)
    assert text(fork) == before


# --- what is in the file already -------------------------------------------------------------------


def test_comments_order_and_style_survive(fork):
    old = text(fork)
    marked = old.replace('title: "Team agreement"', "# our own remark\ntitle: 'Team: agreement'  # as they call it")
    marked = marked.replace("  chair:", "  # about the chair\n  chair:").replace(
        "blanks:\n", "publish: no\nblanks:\n\n"
    )
    fork.write(FILE, marked)
    ask(fork, *PAST_ABOUT, "", "by age", "/go leaving", "", "a month", "/quit")
    added = 'answers:\n  order of names: "by age"\n  notice: "a month"\n'
    assert text(fork) == marked.replace("taken:\n", added + "taken:\n")
    ask(fork, "Other", *PAST_ABOUT[1:], "", "/clear", "/quit")
    assert text(fork) == marked.replace("'Team: agreement'", '"Other"').replace(
        "taken:\n", 'answers:\n  notice: "a month"\ntaken:\n'
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_windows_files_stay_windows_files(fork, mark):
    fork.write(FILE, mark + text(fork).replace("\n", "\r\n"))
    before = text(fork)
    ask(fork, *PAST_ABOUT, "", "by age", "/quit")
    assert text(fork) == before.replace("taken:\r\n", 'answers:\r\n  order of names: "by age"\r\ntaken:\r\n')


def test_somebody_else_changes_the_file_meanwhile(fork):
    workspace = Workspace(Place(fork.root), "bridge")
    fork.replace(FILE, 'title: "Team agreement"', 'title: "Another name"')
    workspace.set_answer("notice", "a week")
    assert 'title: "Another name"' in text(fork)
    assert '  notice: "a week"\n' in text(fork)


def test_a_broken_file_is_named_and_left_alone(fork):
    fork.write(FILE, text(fork).replace("template:", "tmplate:"))
    before = text(fork)
    result = CliRunner().invoke(main, ["--root", str(fork.root), "ask", "bridge"], input="\n\n")
    assert result.exit_code == 1
    assert f"{FILE}:3: [unknown-key]" in result.output
    assert text(fork) == before


def test_no_such_partnership(fork):
    result = CliRunner().invoke(main, ["--root", str(fork.root), "ask", "brigde"])
    assert result.exit_code == 2
    assert 'Did you mean "bridge"?' in result.output


def test_an_agreed_text_is_not_changed_by_accident(fork):
    fork.replace(FILE, "template:", "status: agreed\ntemplate:")
    before = text(fork)
    result = CliRunner().invoke(main, ["--root", str(fork.root), "ask", "bridge"], input="\nOther\n")
    assert "This is agreed. Changing its words opens a new round, and everybody signs again." in result.output
    assert "Nothing was changed." in result.output
    assert text(fork) == before


@pytest.fixture
def agreed(small: SmallToolkit) -> SmallToolkit:
    partnership.agree(small)
    return small


def test_changing_what_was_agreed_opens_a_round_for_a_reason(agreed):
    result = ask(agreed, "Two moved away", *PAST_ABOUT, "", "by age", "/quit")
    assert "Agreed on 2 September 2026, as version 1. Changing its words opens a new round" in result.output
    by_hand = SmallToolkit(agreed.root / "other")
    partnership.agree(by_hand)
    CliRunner().invoke(main, ["--root", str(by_hand.root), "renegotiate", "bridge", "--because", "Two moved away"])
    by_hand.replace(FILE, "order of names: alphabetical", 'order of names: "by age"')
    assert agreement(agreed).front == agreement(by_hand).front


def test_changing_what_some_have_signed_says_whose_signatures_lapse(agreed):
    agreed.replace(FILE, "    agreed: 2026-09-02\n", "")
    agreed.replace(FILE, "status: agreed\n", "")
    result = ask(agreed, "We erred", *PAST_ABOUT, "", "by age", "", "/quit")
    assert "Signed as version 1 by Ann Lee (Northgate), Bo Ray (Southgate), and not agreed yet." in " ".join(
        result.output.split()
    )
    assert [(one.version, one.because) for one in agreement(agreed).front.rounds] == [(1, ""), (2, "We erred")]


def test_looking_through_what_was_agreed_opens_no_round(agreed):
    before = text(agreed)
    ask(agreed, "Only looking", *PAST_ABOUT, "/quit")
    assert text(agreed) == before


# --- stopping ------------------------------------------------------------------------------------


def test_the_end_of_what_is_piped_in_is_a_way_to_stop(fork):
    result = ask(fork, *PAST_ABOUT, "", "by age")
    assert result.exit_code == 0
    assert "verything so far is kept" in result.output
    assert answers(fork) == {"order of names": "by age"}


def test_bytes_that_are_no_text_are_refused(fork):
    process = subprocess.run(
        [*PROGRAM, "--root", str(fork.root), "ask", "bridge"],
        input=b"\n\n\n\n\n\xff\xfe\n\x1b[31mred\nfine\n",
        capture_output=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.count(b"nobody can see") == 2
    assert answers(fork) == {"order of names": "fine"}


def test_ctrl_c_in_a_terminal_loses_nothing(fork):
    seen, code = in_terminal(fork, b"\r", b"\r", b"\r", b"\r", b"\r", "nach Größe\r".encode(), b"half an ans\x03")
    assert code == 0, seen
    assert "Traceback" not in seen
    assert "verything so far is kept" in seen
    assert answers(fork) == {"order of names": "nach Größe"}


@pytest.mark.slow
def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(fork):
    before = text(fork)
    taken = (fork.root / FILE).with_name("taken.md")
    base = taken.read_text("utf-8")
    typed = "\n".join([*PAST_ABOUT, "", "by age", "/add extra", "/quit", ""])
    texts = set()
    for number in range(60):
        fork.write(FILE, before)
        taken.write_text(base, "utf-8")
        result = killed_at(number, "--root", str(fork.root), "ask", "bridge", typed=typed)
        texts.add(text(fork))
        assert not errors(fork.problems())
        if result.returncode == 0:
            break
        assert result.returncode == 9, result.stderr
    assert number > 8
    assert len(texts) == 3
    assert sorted(path.name for path in taken.parent.iterdir() if not path.name.startswith(".")) == [
        "agreement.md",
        "taken.md",
    ]


def test_a_signal_ends_it_like_ctrl_c(fork):
    process = subprocess.Popen(
        [*PROGRAM, "--root", str(fork.root), "ask", "bridge"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.write(b"\n\n\n\n\nby age\n")
    process.stdin.flush()
    until = time.monotonic() + 60
    while "by age" not in text(fork) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert b"Traceback" not in said


# --- only the lines that change --------------------------------------------------------------------

keys = st.sampled_from(["a", "b", "c d", "- e", "f: g", "é"])
words = st.sampled_from(["x", "y z", "", "line\nline", 'say "no" # x', "12:30", "- a", "é😀"])
leaves = words | st.just(Bare("2026-12-01"))
values = st.recursive(
    leaves,
    lambda below: st.lists(below, min_size=1, max_size=3) | st.dictionaries(keys, below, min_size=1, max_size=3),
    max_leaves=8,
)
data = st.dictionaries(keys, values, min_size=1, max_size=4)


def empty_as_text(value):
    if isinstance(value, dict):
        return {key: empty_as_text(below) for key, below in value.items()} or ""
    if isinstance(value, list):
        return [empty_as_text(below) for below in value] or ""
    return str(value)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data, data, st.randoms(use_true_random=False))
def test_front_matter_becomes_what_it_should_hold(old, new, random):
    # Some of the old entries stay.
    new = {**new, **{key: value for key, value in old.items() if random.random() < 0.5}}
    front = "# first\n" + "".join(f"{line}" for line in entries(old)) + "# last\n"
    changed = rewrite(front, new)
    assert frontmatter.read(changed)[0].data == empty_as_text(new)
    assert not frontmatter.read(changed)[1]
    kept = [line for key in old if key in new and new[key] == old[key] for line in entries({key: old[key]})]
    assert [line for line in kept if line not in changed.splitlines(keepends=True)] == []
    assert rewrite(front, old) == front


@pytest.mark.parametrize(
    ("old", "new", "then"),
    [
        ('a: "1" # c\nb: 2\n', {"a": "1", "b": "3"}, 'a: "1" # c\nb: "3"\n'),
        ('a: "1" # c\n', {"a": "2"}, 'a: "2" # c\n'),
        ("a:\n- x\n# c\n- y\n", {"a": ["x", "y", "z"]}, 'a:\n- x\n# c\n- y\n- "z"\n'),
        ("a:\n  - x\n  # c\n  - y\n", {"a": ["y"]}, "a:\n  # c\n  - y\n"),
        (
            "a:\n    - k: 1\n      l: 2\n    - k: 3\n",
            {"a": [{"k": "1", "l": "4"}, {"k": "3"}]},
            'a:\n    - k: 1\n      l: "4"\n    - k: 3\n',
        ),
        ("a:\n", {"a": "1"}, 'a: "1"\n'),
        ("a: x\n\n# about b\nb: y\n", {"a": "x", "n": "1", "b": "y"}, 'a: x\nn: "1"\n\n# about b\nb: y\n'),
        ("a:\n  -\n    k: 1\nb: 'x'\n", {"a": [{"l": "1"}], "b": "x"}, None),
        ('a: "x\n  y"\nb: 1\n', {"a": "z", "b": "1"}, 'a: "z"\nb: 1\n'),
        ("a: 1", {"a": "2"}, 'a: "2"\n'),
        ("", {"a": "2"}, 'a: "2"\n'),
    ],
)
def test_only_the_lines_that_change(old, new, then):
    changed = rewrite(old, new)
    assert frontmatter.read(changed)[0].data == new
    if then:
        assert changed == then


def test_a_file_that_is_not_changed_stays_to_the_letter(fork):
    odd = text(fork).replace("\n\n## Meetings", "\n## Meetings") + "\n\n\n"
    loaded, _ = opened(odd, FILE)
    assert loaded
    source = Source(odd, loaded)
    assert source.text(source.data) == odd


def test_the_reader_of_the_tests_knows_no_more_than_yaml():
    assert yaml.safe_load(rewrite("a: 1\n", {"a": "12:30"})) == {"a": "12:30"}


def test_a_link_to_another_place_is_not_followed(fork, tmp_path_factory):
    folder = fork.root / "agreements/partnerships"
    other = tmp_path_factory.mktemp("other")
    (folder / "bridge").rename(other / "real")
    (folder / "bridge").symlink_to(other / "real")
    result = CliRunner().invoke(main, ["--root", str(fork.root), "ask", "bridge"], input="Other\n")
    assert result.exit_code != 0
    assert "Other" not in Path(other / "real/agreement.md").read_text("utf-8")


# --- help, and what two people do at once --------------------------------------------------------


@pytest.mark.parametrize("word", ["?", "help", "/help", "HELP", "/?"])
def test_help_is_no_answer_anywhere(fork, word):
    before = text(fork)
    output = ask(fork, word, "", word, "", word, "/own", word, "", "/add", word, "", "/quit").output
    assert text(fork) == before
    assert output.count("Enter keeps what is there and goes on.") >= 3
    assert "Write a few words; Enter adds no clause." in output


def test_what_somebody_else_answered_meanwhile_is_not_written_over(fork):
    from groundrules.commands.shared import Place
    from groundrules.commands.workspace import Workspace

    one, other = (Workspace(Place(fork.root), "bridge") for _ in range(2))
    one.set_answer("order of names", "by age")
    with pytest.raises(UserError, match="Somebody else has changed this meanwhile"):
        other.set_answer("order of names", "by size")
    assert answers(fork) == {"order of names": "by age"}
    other.set_answer("review date", "2027-05-01")
    other.set_answer("order of names", "by size")
    assert answers(fork) == {"order of names": "by size", "review date": "2027-05-01"}
    one.set_parties([Party(name="Ann")])
    with pytest.raises(UserError, match="changed this meanwhile"):
        other.set_parties([Party(name="Bo")])
    fork.write(FILE, text(fork) + "\nWe meet.\n")
    with pytest.raises(UserError, match="changed this meanwhile"):
        one.leave_out("publicity")
    assert "We meet." in text(fork)


def test_it_ends_with_what_signs_the_agreement(fork):
    CliRunner().invoke(main, ["--root", str(fork.root), "new", "team", "pier", "--party", "Ann Lee, worker, Northgate"])
    done = CliRunner().invoke(main, ["--root", str(fork.root), "ask", "pier"], input="\n" * 40)
    assert done.output.endswith('sign pier --as "Ann Lee, worker, Northgate"\n      sign it, once nothing is open\n')


def test_with_nothing_open_it_asks_nothing_and_leads_on(small):
    partnership.write(small)
    output = ask(small, options=("--open",)).output
    assert "title>" not in output
    assert "sign bridge --as" in output
    assert "sign bridge --as" in ask(small, "/quit").output
