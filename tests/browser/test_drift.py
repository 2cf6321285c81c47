"""Python and the browser name the same mistakes in an agreement's file: the same names, lines and words."""

from __future__ import annotations

import random
import re

import pytest

from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from support import our_toolkit
from support.engine import Engine

SAMPLE = """\
---
title: Ours
template: team-co-working
start: 2026-12-01
end: 2027-12-01
parties:
- name: Northgate
  contact: Ann Lee
  role: Coordinator
- name: Ystrad
blanks:
  order of names:
    ask: In what order?
    type: choice
    choices:
    - alphabetical
    - by lot
  report:
    ask: When is the report due?
    type: date
    calendar: Report
    settled by: review
  costs:
    ask: What costs what?
    type: rows
    columns:
      what:
        ask: What?
      by when:
        ask: By when?
        type: date
answers:
  report: 2027-01-02
left out:
- money
signatures:
- party: Northgate
  name: Ann Lee
  date: 2026-12-02
  version: 1
rounds:
- version: 1
  opened: 2026-12-01
publish: no
---
We agree this. See [[#publicity]].

## Publicity {#publicity wording=plain}

Names stand in [[order of names]] order.

> Why: So that nobody comes first.

## Costs {#costs}

[[costs]]

- one
- two
"""

# A line of the sample, and what stands there instead.
CHANGES = [
    *[("start: 2026-12-01", f"start: {day}") for day in ("2026-13-01", "1.12.2026", "1850-01-01", "soon", "")],
    ("start: 2026-12-01", "start:\n- 2026-12-01"),
    ("end: 2027-12-01", "end: 2025-12-01"),
    ("end: 2027-12-01", "ends: 2027-12-01"),
    ("title: Ours", "titel: Ours"),
    ("title: Ours", "something else entirely: Ours"),
    ("title: Ours", "title:"),
    ("title: Ours", "title:\n  a: b"),
    ("title: Ours", "title: <b>Ours</b>"),
    ("title: Ours", 'title: "{{ ours }}"'),
    ("title: Ours", 'title: "O\\u200burs"'),
    ("title: Ours", 'title: Ours\n"{{ key }}": a'),
    ("template: team-co-working", "status: agred"),
    ("template: team-co-working", "template: team-co-working\nstatus: elsewhere"),
    ("template: team-co-working", "template: team-co-working\nstatus:\n- draft"),
    ("parties:", "partys:"),
    ("  contact: Ann Lee", "  contakt: Ann Lee"),
    ("  role: Coordinator", "  role:\n    a: b"),
    ("- name: Ystrad", "- nam: Ystrad"),
    ("- name: Ystrad", "- contact: Ystrad"),
    ("- name: Ystrad", "- Ystrad"),
    ("    ask: In what order?", "    example: a"),
    ("    ask: In what order?", "    ask: In what order?\n    asks: a"),
    ("    type: choice", "    type: choise"),
    ("    type: choice", "    type: text"),
    ("    type: date\n    calendar", "    type: list\n    calendar"),
    ("    calendar: Report\n", ""),
    ("    type: rows", "    type: text"),
    ("        type: date", "        type: rows"),
    ("        type: date", "        type: choice"),
    ("        ask: What?", "        question: What?"),
    ("    choices:\n    - alphabetical\n    - by lot", "    choices: alphabetical"),
    ("left out:\n- money", "left out: money"),
    ("left out:\n- money", "left out:\n- money\n-"),
    ("blanks:", "left: a\nblanks:"),
    ("answers:\n  report: 2027-01-02", "answers:\n- report"),
    ("answers:\n  report: 2027-01-02", "answers: none"),
    ("  date: 2026-12-02", "  date: yesterday"),
    ("  date: 2026-12-02", "  day: 2026-12-02"),
    ("  version: 1\nrounds", "  version: one\nrounds"),
    ("  version: 1\nrounds", "  version: 1\n  fingerprint: gr1:12\nrounds"),
    ("- version: 1\n  opened", "- version: 0\n  opened"),
    ("publish: no", "publish: maybe"),
    ("publish: no", "publish: no\npublish: no"),
    ("publish: no", "publish:\n- no"),
    ("## Costs {#costs}", "## Costs"),
    ("## Costs {#costs}", "## Costs {costs}"),
    ("## Costs {#costs}", "## {#costs}"),
    ("## Costs {#costs}", "## *Costs* {#costs}"),
    ("## Costs {#costs}", "## Costs {% if %} {#costs}"),
    ("## Costs {#costs}", "## Costs {#publicity}"),
    ("## Costs {#costs}", "## Co\u200bsts {#costs}"),
    ("## Costs {#costs}", "### Costs"),
    ("## Costs {#costs}", "## Costs {#costs}\n\n## Money {#money}"),
    ("We agree this.", "We {{ agree }} this, <b>all</b> of it."),
    ("We agree this.", "We agree\tthis.\n* So."),
    ("- two", "1. two\n# three\n```"),
    ("---\nWe agree", "We agree"),
    ("title: Ours", "title: Ours: all of it"),
    ("title: Ours", 'title: "Ours'),
    ("title: Ours", "title: &a Ours"),
    ("title: Ours", "title: !a Ours"),
    ("title: Ours", "title: [Ours]"),
    ("title: Ours", "title: Ours # and yours"),
    ("title: Ours", "title: Ours\x07"),
    ("title: Ours", "title: " + "a" * 10001),
]
READ = "(texts) => texts.map((text) => GroundRules.read(text).problems)"


def said_by_python(text: str) -> set[tuple[int, str, str]]:
    _, problems = opened(text, "agreements/partnerships/a/agreement.md")
    return {(one.line, one.name, one.message) for one in problems}


def said_in_browser(texts: list[str]) -> list[set[tuple[int, str, str]]]:
    found = Engine("engine.js", "reader.js").run(READ, texts)
    return [{(one["line"], one["name"], one["message"]) for one in problems} for problems in found]


def test_the_sample_is_right() -> None:
    assert said_by_python(SAMPLE) == said_in_browser([SAMPLE])[0] == set()


@pytest.fixture(scope="module")
def in_browser() -> dict[tuple[str, str], set[tuple[int, str, str]]]:
    assert all(old in SAMPLE for old, _ in CHANGES)
    return dict(zip(CHANGES, said_in_browser([SAMPLE.replace(*one, 1) for one in CHANGES]), strict=True))


@pytest.mark.parametrize("change", CHANGES)
def test_both_say_the_same_of_a_mistake(in_browser, change) -> None:
    said = said_by_python(SAMPLE.replace(*change, 1))
    assert said
    assert in_browser[change] == said


def damaged(text: str, choose: random.Random) -> str:
    """``text`` with a word or a line changed, as people do who type in a hurry."""
    lines = text.split("\n")
    for _ in range(choose.randint(1, 3)):
        at = choose.randrange(1, len(lines))
        words = re.findall(r"\w+", lines[at])
        kind = choose.randrange(5)
        if kind == 0 and words:
            word = choose.choice(words)
            cut = choose.randrange(len(word))
            lines[at] = lines[at].replace(word, word[:cut] + word[cut + 1 :], 1)
        elif kind == 1 and words:
            lines[at] = lines[at].replace(choose.choice(words), choose.choice(["2026-02-30", "yes", "x", "dates"]), 1)
        elif kind == 2:
            lines[at] += choose.choice([" ", " more", "\u200b", " <b>", " {{", " *", " [", "\t"])
        elif kind == 3:
            lines.insert(at, lines[choose.randrange(1, len(lines))])
        else:
            del lines[at]
    return "\n".join(lines)


# YAML words such a mistake in its own way, and may see it on another line.
OF_YAML = {"broken-yaml", "yaml-style", "duplicate-key"}


@pytest.mark.slow
def test_both_say_the_same_of_many_damaged_files() -> None:
    choose = random.Random(29)
    toolkit = our_toolkit()
    sources = [SAMPLE, *(agreement_source(one) for one in toolkit.partnerships.values())]
    texts = [damaged(choose.choice(sources), choose) for _ in range(1500)]
    compared = 0
    for text, browser in zip(texts, said_in_browser(texts), strict=True):
        python = said_by_python(text)
        if {name for _, name, _ in python | browser} & OF_YAML:
            continue
        compared += bool(python)
        assert browser == python, text
    assert compared > 400
