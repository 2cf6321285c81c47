"""Text that costs a careless reader dearly: both engines say the same of it, and no more than somebody reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.signing.fingerprint import canonical_text
from groundrules.agreement.signing.version import finished
from groundrules.checks import checked, load_and_check
from groundrules.files.load.readers import read_version
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.text.problems import MAX_PROBLEMS, Problem, errors, few
from groundrules.text.tables import limit, phrase
from support.engine import Engine
from support.hostile import SHAPES, file, many
from support.partnership import FOLDER
from support.small import SmallToolkit

# What YAML says of these in Python, our own reader says in other words, or of the line before.
OTHER_WORDS = {"stray lines", "odd keys", "quoted lines"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine("engine.js", "reader.js")


def in_browser(engine: Engine, text: str) -> list[tuple[int, str, str]]:
    read = "(text) => GroundRules.read(text).problems.map((one) => [one.line, one.name, one.message])"
    return sorted(map(tuple, engine.run(read, text)))


def in_python(text: str) -> list[tuple[int, str, str]]:
    return sorted((one.line, one.name, one.message) for one in opened(text, "agreement.md")[1])


@pytest.mark.parametrize("name", sorted(SHAPES.keys() - OTHER_WORDS))
def test_both_engines_say_the_same(name: str, engine: Engine) -> None:
    text = SHAPES[name](MAX_PROBLEMS + 50)
    said = in_python(text)
    assert said == in_browser(engine, text)
    assert len(said) <= MAX_PROBLEMS + 1


@pytest.mark.parametrize(
    "text",
    [
        file(words="é" * 1000 + "\n" + "a\n" * 200_000),
        file(words="e\u0301 👩‍👩‍👧\n" * 20_000),
        file(words="a" * (limit("line") + 1)),
        SHAPES["long answer, often"](200),
        SHAPES["long names, often"](400),
        file(words="*a* b\n" * (limit("pieces") + 1)),
        file(words="[[parties]]\n" * (limit("pieces") + 1)),
        SHAPES["items"](limit("pieces") + 1),
        SHAPES["lists in lists"](limit("pieces") // 2 + 1),
        SHAPES["list answer"](500).replace("[[order]]", "[[order]]\n\n" * (limit("pieces") // 500)),
        *(SHAPES[name](limit("entries") + 1) for name in ("parties", "list answer", "table answer")),
        file(body="\n" + many("## A {#own-{n}}\n\nb\n\n", limit("entries"))),
    ],
)
def test_both_engines_refuse_what_is_too_large(text: str, engine: Engine) -> None:
    assert [name for _, name, _ in in_python(text)] == ["too-large"]
    assert in_python(text) == in_browser(engine, text)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        *((name, limit("entries")) for name in ("parties", "list answer", "table answer")),
        ("lists in lists", limit("pieces") // 2 - 2),
    ],
)
def test_both_engines_take_the_most_that_is_allowed(name: str, most: int, engine: Engine) -> None:
    text = SHAPES[name](most)
    assert "too-large" not in {found for _, found, _ in in_python(text)}
    assert in_python(text) == in_browser(engine, text)


def test_a_thousand_answers_whose_line_was_lost_are_named_once_each(engine: Engine) -> None:
    text = SHAPES["answers under blanks"](1000)
    said = in_python(text)
    assert len(said) == MAX_PROBLEMS + 1
    assert said[-1] == (1009, "too-many", phrase("andMore", count=1000 - MAX_PROBLEMS))
    assert said == in_browser(engine, text)


def test_many_mistakes_of_one_kind_hide_no_other(engine: Engine) -> None:
    text = file(many("answer {n}: a\n", 500) + "status: agred\n", "\n## Two {#publicity}\n\nA *b\n")
    names = {name for _, name, _ in in_python(text)}
    assert names == {"unknown-key", "bad-value", "duplicate-id", "stray-sign", "too-many"}
    assert in_python(text) == in_browser(engine, text)


def test_the_other_mistakes_are_counted_by_their_worst(small: SmallToolkit) -> None:
    mild = [Problem("a.md", line, "mild", "…", "warning") for line in range(1, 300)]
    hard = [Problem("a.md", line, "hard", "…") for line in range(300)]
    assert few(mild)[-1].level == "warning"
    assert few([*mild, *hard])[-1].level == "error"
    assert {one.name for one in few([*mild, hard[0]])} == {"mild", "hard", "too-many"}
    assert few(mild[:MAX_PROBLEMS]) == mild[:MAX_PROBLEMS]


def test_what_the_checks_find_is_no_more_either(small: SmallToolkit) -> None:
    small.write(f"{FOLDER}/agreement.md", file(words=many("See [[#nothing-{n}]].\n", 400)))
    found = [one for one in load_and_check(small.root)[1] if one.file == f"{FOLDER}/agreement.md"]
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].name == "too-many"


# --- what was counted anew for each mistake -------------------------------------------------------


def calls_of(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, run: Callable[[], object]) -> int:
    seen = 0
    real = getattr(owner, name)

    def counted(*given: Any, **more: Any) -> Any:
        nonlocal seen
        seen += 1
        return real(*given, **more)

    monkeypatch.setattr(owner, name, counted)
    run()
    monkeypatch.undo()
    return seen


def test_the_shape_of_front_matter_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SHAPES["unknown keys"](300)
    in_python(text)
    assert calls_of(monkeypatch, BaseModel, "model_json_schema", lambda: in_python(text)) == 0


def test_the_nearest_key_is_looked_for_as_often_as_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import groundrules.files.load.file as reading

    seen = [
        calls_of(monkeypatch, reading, "did_you_mean", lambda n=n: in_python(SHAPES["unknown keys"](n)))
        for n in (MAX_PROBLEMS, 5 * MAX_PROBLEMS)
    ]
    assert seen == [MAX_PROBLEMS, MAX_PROBLEMS]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_passes_the_check_can_be_kept_and_read_back(name: str, small: SmallToolkit, engine: Engine) -> None:
    toolkit = load_and_check(small.root)[0]
    for number in (20, 900, 9900):
        agreement, found = opened(SHAPES[name](number), f"{FOLDER}/agreement.md")
        if agreement is None or errors([*found, *checked(agreement, toolkit)]):
            continue
        document = assemble(agreement)
        kept = agreement_source(finished(document, agreement.front, 1))
        again, wrong = opened(kept, f"{FOLDER}/versions/1.md", read_version)
        assert not errors(wrong)
        assert again
        assert canonical_text(assemble(again)) == canonical_text(document)
        assert not [one for one in in_browser(engine, kept) if one[1] == "too-large"]
