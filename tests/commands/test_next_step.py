"""The next step of a partnership, from its state; and a command that a shell takes as it stands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from groundrules.agreement.signing.signing_state import signing_state
from groundrules.commands.next_step import next_steps
from groundrules.commands.shared import Place, quoted
from groundrules.files.load.folders import load
from support.partnership import AGREEMENT, agree, keep, replace, signature, write
from support.small import SmallToolkit

ANSWER = "answers:\n  order of names: alphabetical\n"
AGREED = "    agreed: 2026-09-02\n"
SECOND = f"{AGREED}  - version: 2\n    opened: 2026-10-01\n"
ANN, BO = 'sign bridge --as "Ann Lee, Northgate"', 'sign bridge --as "Bo Ray, Southgate"'
REOPEN = 'renegotiate bridge --because "Say why."'
AT_REST = ["export bridge --to docx", "status bridge --due 1y", REOPEN]

STATES = {
    "nothing is answered": (None, [(ANSWER, "")], ["ask bridge"]),
    "something is open": (
        None,
        [
            ("in [[order", "in [[other]] or [[order"),
            ("  order of names:\n    ask", '  other:\n    ask: "Which?"\n  order of names:\n    ask'),
        ],
        ["ask bridge --open"],
    ),
    "no party": (
        None,
        [(AGREEMENT[AGREEMENT.index("parties:") : AGREEMENT.index("blanks:")], "")],
        ["ask bridge --open"],
    ),
    "all is answered": (None, [], [ANN, BO]),
    "agreed on paper": (None, [("publish: yes", "status: agreed\npublish: yes")], AT_REST),
    "agreed": (agree, [], AT_REST),
    "changed since": (agree, [("names: alphabetical", "names: reverse")], ["diff bridge", ANN, BO]),
    "all have signed": (agree, [(AGREED, ""), ("status: agreed\n", "")], ["agree bridge"]),
    "changed under signatures": (
        agree,
        [(AGREED, ""), ("status: agreed\n", ""), ("names: alphabetical", "names: reverse")],
        [REOPEN, "diff bridge"],
    ),
    "a round without new words": (agree, [(AGREED, SECOND)], ["ask bridge", ANN, BO]),
    "a round with new words": (agree, [(AGREED, SECOND), ("names: alphabetical", "names: reverse")], [ANN, BO]),
    "ended": (agree, [("status: agreed", "status: ended")], [REOPEN]),
}


def where(small: SmallToolkit):
    toolkit = load(small.root).toolkit
    return signing_state(toolkit.partnerships["bridge"], toolkit.histories["bridge"])


def commands(steps) -> list[str]:
    return [Place(Path()).line(*one.words).removeprefix("groundrules ") for one in steps]


@pytest.mark.parametrize("state", STATES)
def test_the_next_step_of_each_state(small, state):
    begin, changes, wanted = STATES[state]
    (begin or write)(small)
    for old, new in changes:
        replace(small, old, new)
    assert commands(next_steps(where(small))) == wanted


def test_the_next_to_sign_is_whoever_has_not(small):
    write(small)
    signed = signature("Northgate", "Ann Lee", "2026-09-01", 1, keep(small, 1))
    opened = "rounds:\n  - version: 1\n    opened: 2026-09-01\n"
    replace(small, "publish: yes\n", f"publish: yes\nsignatures:\n{signed}{opened}")
    assert commands(next_steps(where(small))) == [BO]


def test_what_is_overdue_or_behind_comes_first(small):
    agree(small)
    steps = next_steps(where(small), {"review": "", "report": "2027-04-02-report"}, behind=True)
    overdue = ["record review bridge", "ask bridge --record 2027-04-02-report"]
    assert commands(steps) == [*overdue, "upgrade bridge", *AT_REST]
    assert [one.waits for one in steps] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("harbour", "harbour"),
        ("Ann Lee, youth worker", '"Ann Lee, youth worker"'),
        ("Aoife O'Brien", '"Aoife O\'Brien"'),
        ("", '""'),
        ("five $ a week!", "'five $ a week!'"),
        ('the "old" hall', "'the \"old\" hall'"),
    ],
)
def test_a_copied_word_is_read_by_a_shell_as_it_was(word, written):
    assert quoted(word) == written
    said = subprocess.run(["sh", "-c", f"printf %s {written}"], capture_output=True, text=True, check=True)
    assert said.stdout == word


def test_windows_knows_double_quotes_only(monkeypatch):
    monkeypatch.setattr("os.name", "nt")
    assert quoted('the "old" hall') == r'"the \"old\" hall"'
