# ruff: noqa: E501
"""Shapes of text that cost a careless reader dearly, each as a function from a number to the text of an agreement."""

from __future__ import annotations

from collections.abc import Callable

HEAD = """\
title: Bridge evenings
template: team
parties:
  - name: Northgate
  - name: Southgate
"""
CLAUSE = "## Publicity {#publicity}\n\n"
WORDS = "We name every partner."


def file(front: str = "", body: str = "", words: str = WORDS, head: str = HEAD) -> str:
    """An agreement with more in its front matter, in its only clause, or after it."""
    return f"---\n{head}{front}---\nThis is what we agreed.\n\n{CLAUSE}{words}\n{body}"


def many(line: str, number: int) -> str:
    """``line`` so many times, each with its number in the place of ``{n}``."""
    return "".join(line.replace("{n}", str(n)) for n in range(number))


def blanks(number: int) -> str:
    return "blanks:\n" + many('  blank {n}:\n    ask: "?"\n', number)


def nested(number: int) -> str:
    return "deep:\n" + "".join(f"{'  ' * (n % 50 + 1)}a:\n" for n in range(number))


def letters(number: int, length: int) -> str:
    """A word that no other number has."""
    return "".join(chr(97 + (number * 7919 + at * at * (number % 13 + 1)) % 26) for at in range(length))


ACCENTS = "́"
Shape = Callable[[int], str]
# Within a line or a paragraph.
INSIDE: dict[str, str] = {
    "letters": "a", "stars": "*", "stars apart": "* ", "stars in words": "a*b", "strong": "**a** ", "opened": " *a",
    "opened twice": " **a *b", "tildes": "~", "underscores": "_", "underscores apart": "_a ", "backticks": "`",
    "backticks apart": "` ", "ampersands": "&", "entities": "&amp;", "brackets": "[", "brackets closed": "[a]",
    "brackets closing": "]", "blanks that never end": "[[", "links that never end": "[a](", "brackets in brackets": "[a](b",
    "round brackets": "(", "links": "[a](https://a.example) ", "odd links": "[a](b) ", "pictures": "![a](b) ",
    "angles": "<", "html": "<b>", "backslashes": "\\", "escapes": "\\*", "braces": "{", "code": "{{ a }} ",
    "pipes": "|", "bidi": "‮", "bidi pairs": "‪a‬", "bidi that never ends": "⁧",
    "accents": ACCENTS, "accents on words": f"e{ACCENTS}", "unseen": "​", "tabs": "\t", "blanks": "[[order]] ",
    "references": "[[#publicity]] ", "references to nothing": "[[#nothing-{n}]] ", "unknown blanks": "[[blank {n}]] ",
    "emoji": "👩‍👩‍👧", "colons": "a: ", "quotes": "'", "double quotes": '"', "digits": "9", "symbols": "€*",
    "arabic": "س ", "exclamations": "!", "full stops": ".", "sentences": "We meet. ", "hyphens": "a-", "hashes": "#",
    "spaces": " ", "no-break spaces": "\u00a0",
}  # fmt: skip
# A line each.
LINES: dict[str, str] = {
    "control characters": "\x01\n", "paragraphs": "a\n\n", "short lines": "a\n", "empty lines": "\n",
    "items": "- a\n", "numbers": "1. a\n", "counted": "{n}. a\n", "lists in lists": "- a\n  - b\n", "empty items": "-\n",
    "dashes": "- - a\n", "steps": "- a\n\n\n", "notes": "> Why: a\n\n", "note lines": "> a\n", "quotes in quotes": ">> a\n",
    "rules": "---\n", "tables": "| a | b |\n", "fences": "```\n", "headings": "## A {#a-{n}}\n\nb\n\n",
    "headings alike": "## A {#a}\n\nb\n\n", "headings without words": "## \n", "deep headings": "### A\n",
    "odd headings": "## *A* [[b]] <c>\n", "definitions": "[a]: b\n", "indented": "     a\n", "own blanks": "[[order]]\n\n",
    "breaks": "a  \n", "boxes": "- [ ] a\n", "unclosed headings": "## A {#\n", "items and notes": "- a\n\n> Why: b\n\n",
}  # fmt: skip
# In the front matter.
FRONT: dict[str, str] = {
    "duplicate keys": "title: a\n", "unknown keys": "answer {n}: a\n", "keys like known ones": "titel{n}: a\n",
    "remarks": "# a\n", "stray lines": "a\n", "odd keys": "? a\n",
}  # fmt: skip
PARTED: dict[str, Shape] = {
    "long line": lambda n: file(words="a " * (n // 2)),
    "blanks, defined": lambda n: file(blanks(n), words=many("[[blank {n}]]\n", n)),
    "blanks, not used": lambda n: file(blanks(n)),
    "answers": lambda n: file(blanks(n) + "answers:\n" + many('  blank {n}: "a"\n', n), words=many("[[blank {n}]]\n", n)),
    "answers to nothing": lambda n: file("answers:\n" + many('  blank {n}: "a"\n', n)),
    "answers under blanks": lambda n: file('blanks:\n  order:\n    ask: "?"\n' + many("  answer {n}: a\n", n)),
    "parties": lambda n: file(head="title: A\ntemplate: team\nparties:\n" + many("  - name: Party {n}\n", n)),
    "parties alike": lambda n: file(head="title: A\ntemplate: team\nparties:\n" + many("  - name: Party\n", n)),
    "odd parties": lambda n: file(head="title: A\ntemplate: team\nparties:\n" + many("  - nme: Party\n", n)),
    "signatures": lambda n: file(
        "signatures:\n" + many("  - party: Northgate\n    name: Ann {n}\n    date: 2026-09-01\n    version: 1\n", n)
    ),
    "rounds": lambda n: file("rounds:\n" + many("  - version: {n}\n    opened: 2026-09-01\n", n)),
    "taken": lambda n: file("taken:\n" + many('  clause-{n}: "a"\n', n)),
    "left out": lambda n: file("left out:\n" + many("  - clause-{n}\n", n)),
    "deep": lambda n: file(nested(n)),
    "deep in one line": lambda n: file("deep: " + "[" * n + "\n"),
    "dashes in one line": lambda n: file("deep:\n  " + "- " * n + "a\n"),
    "huge number": lambda n: file("publish: " + "9" * n + "\n"),
    "huge date": lambda n: file("start: 2026-09-" + "0" * n + "\n"),
    "quote that never ends": lambda n: file(head='template: team\ntitle: "' + "a\n" * n),
    "quoted lines": lambda n: file(head='template: team\ntitle: "' + "a\n" * n + '"\n'),
    "aliases": lambda n: file("a: &a b\n" + many("b{n}: *a\n", n)),
    "escapes in quotes": lambda n: file(head='template: team\ntitle: "a' + "\\n" * n + 'b"\n'),
    "list answer": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\n    type: list\nanswers:\n  order:\n' + many("    - a {n}\n", n), words="[[order]]"
    ),
    "table answer": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\n    type: rows\n    columns:\n      who:\n        ask: "?"\n'
        + "answers:\n  order:\n" + many("    - who: a {n}\n", n), words="[[order]]"
    ),
    "long answer, often": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\nanswers:\n  order: "' + "a" * 4900 + '"\n', words="[[order]]\n" * n
    ),
    "long names, often": lambda n: file(
        head="title: A\ntemplate: team\nparties:\n" + many("  - name: Party {n}\n", min(n, 9000)), words="[[parties]]\n" * n
    ),
    "long words in cells": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\n    type: rows\n    columns:\n'
        + many("      who {n}:\n        ask: a\n", 6) + "answers:\n  order:\n"
        + "".join(f"    - who {m}: {letters(n * 6 + m, 70)}\n" if not m else f"      who {m}: {letters(n * 6 + m, 70)}\n"
                  for n in range(n // 6 + 1) for m in range(6)), words="[[order]]"
    ),
    "cells": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\n    type: rows\n    columns:\n'
        + many("      who {n}:\n        ask: a\n", 20) + "answers:\n  order:\n"
        + "".join(f"    {' ' if m else '-'} who {m}: a\n" for _ in range(n // 20 + 1) for m in range(20)), words="[[order]]"
    ),
    "blanks side by side": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\nanswers:\n  order: "' + "a" * 40 + '"\n', words="[[order]]" * n
    ),
    "joiners in blanks side by side": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\nanswers:\n  order: "a' + "\u200d" * 30 + '"\n', words="[[order]]" * n
    ),
    "columns": lambda n: file(
        'blanks:\n  order:\n    ask: "?"\n    type: rows\n    columns:\n' + many("      who {n}:\n        ask: a\n", n)
    ),
    "choices": lambda n: file('blanks:\n  order:\n    ask: "?"\n    type: choice\n    choices:\n' + many("      - a {n}\n", n)),
}  # fmt: skip
SHAPES: dict[str, Shape] = {
    **{f"{name}, in a line": lambda n, one=one: file(words=many(one, n)) for name, one in INSIDE.items()},
    **{f"{name}, on lines": lambda n, one=one: file(words=many(one + "\n", n)) for name, one in INSIDE.items()},
    **{
        f"{name}, over lines": lambda n, one=one: file(words="\n".join(many(one, 999) for _ in range(n // 1000 + 1)))
        for name, one in INSIDE.items()
    },
    **{name: lambda n, one=one: file(body="\n" + many(one, n)) for name, one in LINES.items()},
    **{name: lambda n, one=one: file(many(one, n)) for name, one in FRONT.items()},
    **{
        f"{name}, in answers": lambda n, one=one: file(
            'blanks:\n  order:\n    ask: "?"\n    type: long text\nanswers:\n  order: "'
            + many(one.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t"), n) + '"\n', words="[[order]]"
        )
        for name, one in INSIDE.items()
    },
    **PARTED,
}  # fmt: skip
