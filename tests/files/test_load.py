"""Reading files: nothing a person can do to them shows a traceback, and nothing is read twice for nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules import checks
from groundrules.checks import load_and_check
from groundrules.files.disk import MAX_BYTES
from groundrules.files.load.folders import load
from groundrules.files.load.kept import Cache
from groundrules.text.problems import Problem
from support.small import EXAMPLE, FILES, SmallToolkit

# --- whatever happens to a file -------------------------------------------------------------------

SIGNS = [
    *"[](){}<>*_`#|&!\\\"':-@%~=+^$\t \n\r\0",
    *("\u2028", "\u0085", "\u200b", "\u202e", "\ufeff", "é", "😀", "\v", "\x1b"),
    *(
        "[[",
        "]]",
        "](",
        "---\n",
        "...\n",
        "{{",
        "{%",
        "> ",
        "- ",
        "1. ",
        "## ",
        "{#x}",
        "  ",
        ": ",
        " #",
        "&a ",
        "*a",
        "!!x ",
    ),
]
# Every kind of file that is read.
ALL = FILES | {
    "agreements/toolkit.yml": 'library: "1"\ntakes:\n  clauses:\n    - signing\nadopted:\n  clauses/roles: "1"\n',
    "agreements/glossary.yml": 'partner: "One of those who agree."\n',
    "agreements/situations.yml": '- situation: "We start."\n  page: /clauses/publicity/\n  why: "It helps."\n',
    "agreements/partnerships/bridge/agreement.md": EXAMPLE.replace("summary: Two teams agree.\nbasis: Invented.\n", "")
    .replace("owner: The editors\nreviewed: 2026-11-21\n", "")
    .replace("status: agreed", "status: agreed\nstart: 2026-09-01\npublish: yes"),
}
Edit = tuple[str, int, int, str]
EDITS = st.tuples(
    st.sampled_from(["delete", "double", "swap", "insert", "cut", "indent"]),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.sampled_from(SIGNS),
)


def edited(text: str, edit: Edit) -> str:
    """``text`` after one slip of the hand."""
    kind, first, second, sign = edit
    lines = text.split("\n")
    here, there = first % len(lines), second % len(lines)
    if kind == "delete":
        del lines[here]
    elif kind == "double":
        lines.insert(there, lines[here])
    elif kind == "swap":
        lines[here], lines[there] = lines[there], lines[here]
    elif kind == "indent":
        lines[here] = "  " + lines[here]
    elif kind == "cut":
        return text[: first % (len(text) + 1)]
    else:
        place = first % (len(text) + 1)
        return text[:place] + sign + text[place:]
    return "\n".join(lines)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(ALL)), EDITS), min_size=1, max_size=5))
def test_no_slip_of_the_hand_shows_a_traceback(small: SmallToolkit, slips: list[tuple[str, Edit]]) -> None:
    texts = dict(ALL)
    for name, edit in slips:
        texts[name] = edited(texts[name], edit)
    for name, text in texts.items():
        small.write(name, text)
    for problem in load_and_check(small.root)[1]:
        assert (small.root / problem.file).exists(), problem
        assert 1 <= problem.line <= texts.get(problem.file, "").replace("\r", "\n").count("\n") + 1, problem
        assert "\n" not in str(problem)
        assert problem.message.rstrip()[-1] in ".?…)", problem


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(ALL)), st.binary(max_size=300), st.integers(0, 2000))
def test_no_bytes_show_a_traceback(small: SmallToolkit, name: str, data: bytes, place: int) -> None:
    whole = ALL[name].encode()
    small.write(name, whole[:place] + data + whole[place:])
    assert all(isinstance(problem, Problem) for problem in load_and_check(small.root)[1])
    small.write(name, whole)


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "---",
        "---\n---\n",
        "---\n---",
        "---\n\n---\n# x\n",
        "---\n- a\n---\n",
        "---\nword\n---\n",
        "---\ntitle: a\ntitle: b\n---\n",
        "- " * 4000,
        "[" * 9000,
        "---\n" + "a:\n" * 3000 + "---\n",
        "---\n" + "".join(" " * n + "a:\n" for n in range(400)) + "---\n",
        "---\ntitle: x\n---\n" + "[a" * 700 + "](x)" * 700,
        "---\ntitle: x\n---\n" + "".join("  " * n + "- a\n" for n in range(1200)),
        "---\ntitle: x\n---\n" + "> " * 4000,
        "x" * 100_000,
        "---\ntitle: " + "x" * 100_000 + "\n---\n",
        'a,"' + "x" * 9000,
        '"' + "a\n" * 70_000,
        "\ufeff\ufeff---\n",
        "a" * (MAX_BYTES + 1),
        "null",
        "~",
    ],
    ids=range(24),
)
def test_odd_files_are_named_and_soon(small: SmallToolkit, name: str, text: str) -> None:
    small.write(name, text)
    start = time.process_time()
    found = load_and_check(small.root)[1]
    # Nothing at all may stand in a glossary or in toolkit.yml, and anything in a guidance page.
    assert found or name.startswith(("docs/", "agreements/glossary", "agreements/toolkit"))
    assert time.process_time() - start < 5


def test_brackets_in_brackets_without_end(small: SmallToolkit) -> None:
    small.replace("agreements/clauses/publicity.md", "We name", "[a" * 900 + "](/)" * 900 + " We name")
    assert "agreements/clauses/publicity.md" in {problem.file for problem in small.problems()}


def test_a_pipe_is_not_waited_for(small: SmallToolkit) -> None:
    os.mkfifo(small.root / "agreements" / "clauses" / "pipe.md")
    assert [problem.name for problem in small.problems()] == ["unexpected-file"]


# --- lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_lines_are_counted_alike_however_they_end(small: SmallToolkit, end: str, start: str) -> None:
    small.replace("agreements/examples/two-teams.md", "We name every", "We\n*name every")
    before = small.problems()
    path = small.root / "agreements/examples/two-teams.md"
    small.write("agreements/examples/two-teams.md", start + path.read_text("utf-8").replace("\n", end))
    assert small.problems() == before != []


# --- the private folder ------------------------------------------------------------------------------


def test_a_private_folder_that_is_gone(small: SmallToolkit) -> None:
    _, found = load_and_check(small.root, small.root / "gone")
    assert [(problem.file, problem.name) for problem in found] == [("gone", "missing-folder")]


def test_with_a_private_folder_the_public_one_is_not_opened(small: SmallToolkit, tmp_path: Path) -> None:
    small.write("agreements/partnerships/broken/agreement.md", "nothing")
    (tmp_path / "private").mkdir()
    toolkit, found = load_and_check(small.root, tmp_path / "private")
    assert found == []
    assert not toolkit.partnerships


# --- the cache --------------------------------------------------------------------------------------


def test_a_file_is_read_once_while_it_stays_the_same(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    small.replace("agreements/checklists/sign.md", "- Has", "* Has")
    cache = Cache()
    first = load(small.root, cache=cache)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read again"))
    second = load(small.root, cache=cache)
    assert first.problems == second.problems != []
    assert second.toolkit.clauses["publicity"] is first.toolkit.clauses["publicity"]


def test_a_changed_file_is_read_again_and_a_gone_one_forgotten(small: SmallToolkit) -> None:
    cache = Cache()
    assert load_and_check(small.root, cache=cache)[1] == []
    small.replace("agreements/clauses/publicity.md", "[[order of names]]", "[[order of the names]]")
    names = [problem.name for problem in load_and_check(small.root, cache=cache)[1]]
    assert names == ["unused-blank", "undefined-blank"]
    (small.root / "agreements/checklists/sign.md").unlink()
    toolkit, _ = load_and_check(small.root, cache=cache)
    assert not toolkit.checklists
    assert "agreements/checklists/sign.md" not in cache.files


def test_checking_again_finds_the_same(small: SmallToolkit) -> None:
    small.replace("agreements/examples/two-teams.md", "We name", "[[What]] we name")
    toolkit = load(small.root).toolkit
    assert checks.run(toolkit) == checks.run(toolkit) != []
