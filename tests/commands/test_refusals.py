"""A refusal ends with the command that goes on from there, ready to be copied."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import groundrules
from groundrules.cli import main
from support.partnership import REVIEW_FORM, agree, replace
from support.small import SmallToolkit

PACKAGE = Path(groundrules.__file__).parent
SAID_OTHERWISE = (
    # Whoever signs is told the next step of the agreement; the interview asks again.
    "agreement/signing/",
    "commands/signing.py",
    "commands/interview/",
)


@pytest.fixture
def bridge(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> SmallToolkit:
    agree(small)
    small.write("agreements/records/review.md", REVIEW_FORM)
    monkeypatch.chdir(small.root)
    return small


@pytest.mark.parametrize(
    ("typed", "goes_on"),
    [
        # A word that is nearly one: the line as it was typed, with the right one.
        ("statsu", ["status"]),
        ("--root . sing bridge --as x", ["--root . sign bridge --as x"]),
        ('sign brigde --as "Aoife O\'Brien"', ['sign bridge --as "Aoife O\'Brien"']),
        ("new teem pier", ["new team pier"]),
        ("new team pier --wording publicty=x", ["new team pier --wording publicity=x"]),
        ("new team pier --without=publicty", ["new team pier --without publicity"]),
        ("new team Pier_2", ["new team pier-2"]),
        ("check --fromat json", ["check --format json"]),
        ("export bridge --to dox", ["export bridge --to docx"]),
        ("record rview bridge", ["record review bridge"]),
        # A word that is like none: where they are listed, or a sign that somebody must choose.
        ("ask zzz", ["status"]),
        ("zzz", ["--help"]),
        ("new zzz pier", ["new TEMPLATE pier"]),
        ("export zzz --to pdf", ["export NAME --to pdf"]),
        # A word that is missing: what there is, or a sign.
        ("ask", ["ask bridge"]),
        ("upgrade", ["upgrade bridge"]),
        ("sign bridge", ['sign bridge --as "Ann Lee, Northgate"', 'sign bridge --as "Bo Ray, Southgate"']),
        ("sign", ["sign bridge --as PERSON"]),
        ("new", ["new team NAME"]),
        ("export bridge", ["export bridge --to docx"]),
        ("renegotiate bridge --because", ["renegotiate bridge --because TEXT"]),
        # A value that cannot be, and an option that is out of place.
        ("status --due never", ["status --due SPAN"]),
        ("new team pier --set a=1 --set order=2", ["new team pier --set BLANK=ANSWER --set order=2"]),
        ("export team --to pdf --version 1", ["export team --to pdf"]),
        ("export bridge --to pdf --version=9", ["export bridge --to pdf --version 1"]),
        ("check --format xml", ["check --format text"]),
        ("record review bridge --about 1", ["record review bridge"]),
        ("build", ["--root FOLDER build"]),
        ("diff bridge --to 1 --to 2", ["diff bridge --to M"]),
        ("--root nowhere check", ["--root DIRECTORY check"]),
        ("check a", ["check --help"]),
        # What is there already is gone on with.
        ("new team bridge", ["ask bridge"]),
        # What stands in the agreement decides.
        ("sign bridge --as Cy", ["export bridge --to docx"]),
        ("agree bridge", ["export bridge --to docx"]),
        ("sign bridge --as Bo --on never", ["sign bridge --as Bo --on DATE"]),
        ("renegotiate bridge --because= --on 2026-10-01", ["renegotiate bridge --because TEXT --on 2026-10-01"]),
    ],
)
def test_what_was_typed_is_put_right(bridge, typed, goes_on):
    done = CliRunner().invoke(main, shlex.split(typed))
    assert done.exit_code == 2
    assert done.stderr.split("To go on:\n")[1].splitlines() == [f"  groundrules {one}" for one in goes_on]


def test_a_file_is_to_be_put_right_before_the_same_command(bridge):
    replace(bridge, "publish: yes", "publish: perhaps")
    done = CliRunner().invoke(main, ["ask", "bridge"])
    assert done.exit_code == 1
    *problems, head, line = done.stderr.splitlines()
    assert all(one.startswith("agreements/partnerships/bridge/agreement.md:") for one in problems)
    assert (head, line) == (
        "Nothing was done. Put right what is named above, then:",
        "  groundrules ask bridge",
    )


@pytest.mark.parametrize("typed", ["status", "ask bridge"])
def test_where_there_is_no_toolkit_its_folder_is_to_be_named(tmp_path, monkeypatch, typed):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, typed.split())
    assert done.exit_code == 1
    assert done.stderr.endswith(f":\n  groundrules --root FOLDER {typed}\n  groundrules init FOLDER\n")


def refusals(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UserError":
            yield node


def goes_on(refusal: ast.Call) -> bool:
    """Whether a refusal names the next command, or begins with what it is about.

    That is an option, or a line of a file that an option names: ``"key": …``.
    """
    if refusal.keywords:
        return True
    message = refusal.args[0]
    parts = message.values if isinstance(message, ast.JoinedStr) else [message]
    start = "".join(str(one.value) if isinstance(one, ast.Constant) else f"<{ast.unparse(one)}>" for one in parts)
    return bool(re.match(r'--|<\{(option|where|what)\}>|"[^"]+": ', start))


def test_every_refusal_says_how_to_go_on():
    silent = [
        f"{path.relative_to(PACKAGE)}:{one.lineno}"
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).as_posix().startswith(SAID_OTHERWISE)
        for one in refusals(ast.parse(path.read_text("utf-8")))
        if not goes_on(one)
    ]
    assert not silent, "Give each of these `then`, `instead` or `again`."
