"""Front matter: a small part of YAML, every scalar a string, nothing lost and nothing guessed."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groundrules.text.frontmatter import quote, read, split

QUICK = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))

# Characters that mean something to YAML, or to the one who writes it, and text of any other kind.
hostile = st.lists(
    st.sampled_from([*"'\"\\#:-?|>&*!%@`{}[],~= \n\t\r\0\x07\x85\u2028\u2029\ufeff\uffff\u200b", "a", "é", "😀", "---"])
    | st.characters(exclude_categories=["Cs"]),
    max_size=12,
).map("".join)


def findings(text: str, first_line: int = 1) -> list[tuple[int, str]]:
    return [(finding.line, finding.name) for finding in read(text, first_line)[1]]


@QUICK
@given(hostile)
@example("07700 900123")
@example("\ufffe\uffff")
def test_quoted_text_reads_back(text):
    line = f"key: {quote(text)}\n"
    assert line.count("\n") == 1
    front, found = read(line)
    assert not found
    assert front.data == {"key": text}


@QUICK
@given(hostile.filter(bool))
def test_a_quoted_key_reads_back(text):
    front, found = read(f'{quote(text)}: "a"\n')
    assert not found
    assert front.data == {text: "a"}


tree = st.recursive(
    hostile,
    lambda below: (
        st.lists(below, min_size=1, max_size=3) | st.dictionaries(hostile.filter(bool), below, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def block(value, depth=0):
    """``value`` as the lines of block-style YAML, each with the path that it holds."""
    pad = "  " * depth
    if isinstance(value, dict):
        for key, below in value.items():
            scalar = isinstance(below, str)
            yield f"{pad}{quote(key)}:{' ' + quote(below) if scalar else ''}", (key,)
            if not scalar:
                yield from ((line, (key, *path)) for line, path in block(below, depth + 1))
    else:
        for index, below in enumerate(value):
            if isinstance(below, str):
                yield f"{pad}- {quote(below)}", (index,)
            else:
                (first, path), *rest = block(below, depth + 1)
                yield f"{pad}- {first.lstrip(' ')}", (index, *path)
                yield from ((line, (index, *path)) for line, path in rest)


@QUICK
@given(tree.filter(lambda value: not isinstance(value, str)), st.integers(1, 9))
def test_any_tree_reads_as_another_reader_reads_it_and_knows_its_lines(value, first):
    lines = list(block(value))
    text = "".join(line + "\n" for line, _ in lines)
    front, found = read(text, first)
    assert not found
    assert front.data == value == yaml.load(text, Loader=yaml.BaseLoader)
    for number, (_, path) in enumerate(lines, first):
        assert front.line(*path) == number


@pytest.mark.parametrize(("text", "value"), [
    ("a: 07700900123", "07700900123"),
    ("a: 12:30", "12:30"),
    ("a: no", "no"),
    ("a: ~", "~"),
    ("a: 2026-11-21", "2026-11-21"),
    ("a: 1e3", "1e3"),
    ("a:", ""),
    ("a: b#c", "b#c"),
    ("a: it's", "it's"),
    ("a: 'it''s # so'", "it's # so"),
    ('a: "b # c: d"', "b # c: d"),
    ("a: one\n  two", "one two"),
    ("a: é😀", "é😀"),
])  # fmt: skip
def test_every_scalar_is_a_string(text, value):
    front, found = read(text + "\n")
    assert not found
    assert front.data == {"a": value}


@pytest.mark.parametrize(("text", "found"), [
    ("a: &b c", [(1, "yaml-style")]),
    ("a: *b", [(1, "yaml-style")]),
    ("a: !b c", [(1, "yaml-style")]),
    ("a: [b]", [(1, "yaml-style")]),
    ("a:\n  b: {c: d}", [(2, "yaml-style")]),
    ("a: |\n  b", [(1, "yaml-style")]),
    ("a: >\n  b", [(1, "yaml-style")]),
    ("a: press #1 lead", [(1, "yaml-style")]),
    ("a: #1 on the list", [(1, "yaml-style")]),
    ("a:\n  - b\n  - #1", [(3, "yaml-style")]),
    ("? a\n: b", [(1, "yaml-style")]),
    ("? [a]\n: b", [(1, "yaml-style")]),
    ("a: b\n---\nc: d", [(2, "yaml-style")]),
    ("a: b\na: c", [(2, "duplicate-key")]),
    ("a:\n  b: c\n  d: e\n  b: f", [(4, "duplicate-key")]),
    ("a: b: c", [(1, "broken-yaml")]),
    ("a: @b", [(1, "broken-yaml")]),
    ("a:\n\t- b", [(2, "broken-yaml")]),
    ('a: "b" c', [(1, "broken-yaml")]),
    ("a: \x07", [(1, "broken-yaml")]),
    ("a: b\u2028c\nd: &e f", [(1, "hidden-characters"), (2, "yaml-style")]),
    ("\n".join(" " * depth + "a:" for depth in range(12)), [(9, "yaml-style")]),
])  # fmt: skip
def test_what_is_refused(text, found):
    assert findings(text + "\n") == found
    assert findings(text + "\n", 10) == [(line + 9, name) for line, name in found]


@pytest.mark.parametrize(
    "text", ["", "\n", "# only a comment\n", "a: b\n  # a comment\nc: 'd' # another\n", "a: # a list\n  - b\n"]
)
def test_comments_and_nothing(text):
    assert findings(text) == []


def test_an_unclosed_quotation_mark_is_explained():
    (finding,) = read('a: "b\nc: d\n')[1]
    assert "quotation mark" in finding.message


def test_lines_in_nested_lists_and_maps():
    front, _ = read("a:\n  - b: c\n    d:\n      - e\n\n      - f\n  - g: h\ni: j\n", 2)
    assert front.line("a") == 2
    assert front.line("a", 0, "b") == 3
    assert front.line("a", 0, "d", 1) == 7
    assert front.line("a", 1) == front.line("a", 1, "g") == 8
    assert front.line("i") == 9
    assert front.line("a", 0, "missing", 3) == 3
    assert front.line("missing") == 2


@pytest.mark.parametrize(("text", "parts"), [
    ("---\na: b\n---\nx\n", ("a: b\n", "x\n", 4)),
    ("---\n---\nx", ("", "x", 3)),
    ("---\na: b\n---", ("a: b\n", "", 4)),
    ("---\na\n----\nb\n---\nc\n---\n", ("a\n----\nb\n", "c\n---\n", 6)),
    ("a: b\n", None),
    ("----\n---\n", None),
    ("---\na: b\n", None),
    ("---\na: b\n--- \n", None),
    ("", None),
])  # fmt: skip
def test_split(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    "bit", ["- ", "a:\n", "[", "{", "a: ", "'", '"', "? ", "a: &a [*a]\n", "k: a\n", "- a\n", "#", "\u2028", "!", "&a "]
)
def test_hostile_text_takes_no_time(bit):
    start = time.process_time()
    read(bit * (40_000 // len(bit)))
    read("".join(" " * depth + bit + "\n" for depth in range(200)))
    assert time.process_time() - start < 2


@QUICK
@given(hostile, st.integers(1, 9))
def test_anything_may_be_read(text, first):
    front, found = read(text, first)
    assert all(finding.line >= first for finding in found)
    assert front.line() >= first
