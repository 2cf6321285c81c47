"""Agreement text: its golden cases, and that what passes means the same to any CommonMark reader."""

from __future__ import annotations

import random
import re
import time
from html import escape
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from groundrules.text.markup.blocks import parse
from groundrules.text.markup.hidden import hidden_characters
from groundrules.text.markup.nodes import Blank, Paragraph, Text, blank_key, lone, plain, walk
from support.markup_cases import as_data, cases, findings_as_data

QUICK = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("case"), [pytest.param(case, id=name) for name, case in cases()])
def test_golden(case):
    blocks, findings = parse(case["text"])
    assert as_data(blocks) == case.get("tree", [])
    assert findings_as_data(findings) == case.get("findings", [])


def test_golden_cases_cover_every_name_of_a_finding():
    told = {finding["name"] for _, case in cases() for finding in case.get("findings", [])}
    assert told == {
        "bad-address",
        "broken-blank",
        "broken-link",
        "hidden-characters",
        "list-numbers",
        "not-agreement-text",
        "note-label",
        "note-spacing",
        "raw-html",
        "stray-sign",
    }


# --- against a CommonMark reader ---------------------------------------------------------------

COMMONMARK = MarkdownIt("commonmark")


def theirs(text: str) -> str:
    """What a CommonMark reader makes of ``text``; whether a list is loose does not count."""
    tokens = COMMONMARK.parse(text)
    inside: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            inside.append(token.type)
        if token.type.startswith("paragraph") and "list_item_open" in inside:
            token.hidden = True
        if token.nesting == -1:
            inside.pop()
    return settled(COMMONMARK.renderer.render(tokens, COMMONMARK.options, {}))


def ours(text: str) -> str | None:
    """What our tree says, in the same form, or ``None`` if ``text`` is refused."""
    blocks, findings = parse(text)
    return None if findings else settled("".join(map(html, as_data(blocks))))


def html(node: Any) -> str:
    def inside(nodes: list[Any]) -> str:
        return "".join(map(html, nodes))

    match node:
        case str():
            return escape(node, quote=False).replace('"', "&quot;")
        case {"p": words}:
            return f"<p>{inside(words)}</p>"
        case {"note": label, "says": paragraphs}:
            first, *rest = map(inside, paragraphs)
            return f"<blockquote><p>{'</p><p>'.join((f'{html(label)}: {first}', *rest))}</p></blockquote>"
        case {"link": words, "to": address}:
            return f'<a href="{html(COMMONMARK.normalizeLink(address))}">{inside(words)}</a>'
        case {"blank": name}:
            return f"[[{html(name)}]]"
        case {"reference": clause}:
            return f"[[#{html(clause)}]]"
    ((tag, content),) = node.items()
    if tag in ("ul", "ol"):
        return f"<{tag}>{''.join(f'<li>{inside(item)}</li>' for item in content)}</{tag}>"
    return f"<{tag}>{inside(content)}</{tag}>"


def settled(page: str) -> str:
    """``page`` without white space that says nothing: beside tags, in ``[[ ]]``, after a label."""
    page = re.sub(r"\s+", " ", page)
    page = re.sub(r"\s*(</?(?:p|ul|ol|li|blockquote)\b[^>]*>)\s*", r"\1", page)
    page = page.replace("[[ ", "[[").replace(" ]]", "]]")
    return re.sub(r"(<blockquote><p>[^<:]*?) :", r"\1:", page)


WORDS = ["word", "a", "é", "e\u0301", "السلام", "क्यों", "你好", "😀", "👩\u200d👧", "£", "€", "“", "—", "."]
SIGNS = list("*_[]()\\`<>&!#:-+.|~=\"'{}^12 \n\t@/?,;%$")
BITS = [
    *("**", "**", "*", "*", "\n\n", "  ", "    ", "- ", "\n- ", "\n  - ", "1. ", "\n1. ", "\n2. ", "\n   - "),
    *("> ", "> Why: ", "\n\n> Why: ", "\n> ", "[[how often]]", "[[", "]]", "[[#money]]", "[a](/a/)", "]("),
    *(
        "[b](https://x.org/?a=b)",
        "](/)",
        "&amp;",
        "&#35;",
        "\\*",
        "\\[",
        "\\\\",
        "---",
        "```",
        "<b>",
        "a@b.c",
    ),
    *("[x]: /u", "[ ] ", "1)", "10. ", "٣. ", "\u00a0", "\u3000", "\u2028", "_a_", "==="),
]
STARTS = [
    "",
    "",
    "",
    "- ",
    "- ",
    "1. ",
    "2. ",
    "  - ",
    "  ",
    "   - ",
    "> Why: ",
    "> ",
    ">",
    "* ",
    "# ",
    "    ",
]

anything = st.lists(st.sampled_from(WORDS + SIGNS + BITS), max_size=16).map("".join)
lines = st.lists(
    st.builds(
        str.__add__,
        st.sampled_from(STARTS),
        st.lists(st.sampled_from(["word", " ", " ", *WORDS, *BITS[:4], "[[x]]", *"_\\[]("]), max_size=6).map(
            lambda bits: "".join(bits).replace("\n", "")
        ),
    ),
    max_size=8,
).map("\n".join)
stars = st.lists(
    st.sampled_from([*("*", "**", "_", "*", "**"), *' a.("\\é£€。!~&<-[]', "[[x]]", "[", "](/)"]), max_size=14
).map("".join)
texts = anything | lines | stars


@QUICK
@given(texts)
@example("\u00a0")
@example("1. >a")
@example("- > Why: a")
@example('"_"a"_"')
@example("<_@b")
@example("[[how often]](/a/)")
@example("[how\noften]: /a/")
@example("٣. a")
@example("`` [[`a`]] ``")
@example("> *a*b: c")
@example("- a\n  - b\n c")
@example("*a [b](/)*")
def test_what_passes_means_the_same_to_a_commonmark_reader(text):
    said = ours(text)
    assert said is None or said == theirs(text)


@pytest.mark.parametrize("text", [case["text"] for _, case in cases() if not case.get("findings")])
def test_golden_cases_mean_the_same_to_a_commonmark_reader(text):
    assert ours(text) == theirs(text)


def letters(text: str) -> str:
    """``text`` without ASCII punctuation and numbers, which may be markup, and without white space."""
    return "".join(sign for sign in text if sign.isalpha() or (ord(sign) > 0x7F and not sign.isspace()))


def said(node: Any) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(map(said, node))
    return "".join(said(value) for key, value in node.items() if key != "to")


@QUICK
@given(texts)
def test_every_letter_arrives(text):
    blocks, findings = parse(text)
    if not findings and "(/a/)" not in text and "x.org" not in text:
        assert letters(said(as_data(blocks))) == letters(text)


@QUICK
@given(texts | st.text(max_size=60), st.integers(1, 50))
def test_findings_and_nodes_stand_on_lines_of_the_text(text, first):
    blocks, findings = parse(text, first)
    last = first + text.count("\n")
    assert all(first <= finding.line <= last for finding in findings)
    assert findings == sorted(findings, key=lambda finding: finding.line)
    assert len(set(findings)) == len(findings)
    source = text.split("\n")
    for node in walk(blocks):
        if isinstance(node, Blank):
            assert "[[" in source[node.line - first]
    for block in blocks:
        assert source[block.line - first].strip(" ")


# --- hostile text ------------------------------------------------------------------------------

HUGE = 40_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "bit",
    [
        *(
            "[",
            "]",
            "*",
            "**",
            "_",
            "\\",
            "`",
            "<",
            "&",
            "!",
            "~",
            "#",
            "|",
            "-",
            "+",
            "1",
            " ",
            "\n",
            "\t",
            ">",
        ),
        *(
            "> ",
            "- ",
            "1. ",
            "a\n",
            "- a\n",
            "- a\n\n",
            "- a\n  - b\n",
            "> a\n",
            "[[",
            "[[a]]",
            "[[a]]\n",
            "]]",
        ),
        *(
            "[a](",
            "[a](/)",
            "[](",
            "](",
            "![",
            "[[[a]]",
            "a*",
            "*a ",
            "*a**b",
            "\\*",
            "&amp;",
            "<1",
            "<a@",
            "\u202e",
        ),
        *(
            "\u200b",
            "\u00a0",
            "\u00a0\n",
            "[a]: b\n",
            "---\n",
            "-- ",
            "- - ",
            "* * ",
            "a: ",
            "~~",
            "|-",
            "[a](()",
            "_a",
        ),
    ],
)
def test_hostile_text_takes_no_time(bit):
    text = bit * (HUGE // len(bit))
    for whole in (text, text + "x", "> Why: " + text, "- " + text, "---" + text + "x"):
        start = time.process_time()
        parse(whole)
        assert time.process_time() - start < 2


@pytest.mark.parametrize("text", [
    "\n".join("  " * depth + "- a" for depth in range(440)),
    "\n".join("> " * depth + "a" for depth in range(440)),
    "[a" * 20_000 + "](/)" * 20_000,
    "- a" + "\n" * 100_000 + "  b",
    "- a\n" + "\n  b" * 50_000,
    "**a *b " * 30_000 + "c* d**" * 30_000,
    " ".join(f"&a{n};" for n in range(20_000)),
])  # fmt: skip
def test_deep_text_takes_no_time(text):
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 2


def test_random_text_never_raises():
    chance = random.Random(7)
    signs = "".join(WORDS + SIGNS + BITS)
    for _ in range(300):
        parse("".join(chance.choice(signs) for _ in range(300)))


# --- the small functions -----------------------------------------------------------------------


def test_blank_key():
    assert blank_key(" Order  of\u00a0Names ") == "order of names"


def test_lone_blank():
    (block,), _ = parse("[[names]]")
    assert lone(block, Blank) == Blank("names", 1)
    for text in ("[[names]].", "- [[names]]", "a", "> Why: [[names]]"):
        assert lone(parse(text)[0][0], Blank) is None


def test_plain():
    (block,), _ = parse("a **b [[c]]** [d *e*](/) [[#f]]")
    assert isinstance(block, Paragraph)
    assert plain(block.children) == "a b [c] d e [f]"


def test_walking_goes_through_everything_in_order():
    blocks, _ = parse("a\n\n- **b**\n  - c\n\n> Why: d")
    assert [node.text for node in walk(blocks) if isinstance(node, Text)] == ["a", "b", "c", "d"]


def test_the_first_line_counts_from_where_the_text_starts():
    (block,), findings = parse("\na\n[[b]] <b>", 10)
    assert block.line == 11
    assert [node.line for node in walk((block,)) if isinstance(node, Blank)] == [12]
    assert [finding.line for finding in findings] == [12]


@pytest.mark.parametrize("text", ["plain", "می\u200cخواهم", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "\u2066a\u2069", "tab\there", "❤\ufe0f"])
def test_nothing_is_hidden(text):
    assert hidden_characters(text) is None


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2028", "\u2029", "\x85", "\x00", "\u2062", "\ud800"])
def test_what_is_hidden_is_named(sign):
    assert f"U+{ord(sign):04X}" in (hidden_characters(f"a{sign}b") or "")
