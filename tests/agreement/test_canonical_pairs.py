"""The canonical text reads back as what it was made of; so what differs has another, and what is the same the same.

Made-up documents are read back, changed in one thing that means something, or typed in another way.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.nodes import ClauseNumber, DocumentClause, Filled, Hole, Table
from groundrules.agreement.signing.fingerprint import OLD, canonical_text, clause_words, tells_links
from groundrules.files.load.text import opened
from groundrules.model.front import BlankDefinition, Party
from groundrules.text.markup.nodes import Emphasis, Item, ItemList, Link, Paragraph, Strong, Text, Wrap
from support.documents import PLAIN, document, paragraph

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

# --- documents of every mark, whose words hold all that a mark is written with ----------------------------

BAITS = [
    *("[", "]", "](", "[[", "]]", "[[name]]", "\\", "\\\\", "\\[", "(", ")", "<", ">", "\\n", "{", "}", "*", "_", "`"),
    *("[a](https://a.example/)", " <https://a.example/>", "clause 1, A", "- ", "1.", "1.\t", "|", "table", "\t", "\n"),
    *("gr2", "title", "party", "> ", "# ", "&amp;", "%20", "e", "\u0301", "\u0338", "é", "\u00a0", "  ", "\u3000"),
    *("한", "ᄒ", "ᅡ", "مرحبا", "日本", "\u2067א\u2069", "a", "b c", "."),
]
words = st.lists(st.sampled_from(BAITS), max_size=4).map("".join)
said = words.filter(lambda text: text.strip() != "")
addresses = st.sampled_from(
    [
        "https://a.example/",
        "https://a.example/b",
        "mailto:a@b.example",
        "/clauses/review/",
        "https://a.example/é",
        "https://a.example/é",
        "https://a.example/%C3%A8",
        "https://a.example/?a=1&b=2#c",
        "https://a.example/)",
    ]
)
leaves = st.one_of(
    words.map(Text),
    words.map(lambda text: Filled(text, "name")),
    words.map(lambda name: Hole(name, PLAIN)),
    st.builds(ClauseNumber, st.just("a"), st.integers(0, 2), words),
)
marks = st.one_of(
    leaves,
    st.lists(said.map(Text), min_size=1, max_size=2).map(lambda inside: Emphasis(tuple(inside))),
    st.builds(lambda inside, to: Link((Strong((Text(inside),)),), to), said, addresses),
)
inline = st.lists(marks, max_size=4).map(tuple)


def lists(level: int = 1) -> st.SearchStrategy[ItemList]:
    below = st.none() | lists(level + 1) if level < 2 else st.none()
    one = st.builds(lambda children, sublist: Item(children, sublist, 1), inline, below)
    return st.builds(lambda ordered, all_: ItemList(ordered, tuple(all_), 1), st.booleans(), st.lists(one, min_size=1))


def table(name: str, columns: list[str], rows: list[list[str]]) -> Table:
    definition = BlankDefinition(ask="?", type="rows", columns=dict.fromkeys(columns, PLAIN))
    whole = [tuple((row + [""] * len(columns))[: len(columns)]) for row in rows]
    return Table(name, definition, tuple(columns), tuple(row for row in whole if any(cell.strip() for cell in row)))


names = words.map(lambda text: f"N{text}")
tables = st.builds(table, names, st.lists(names, min_size=1, max_size=3, unique=True), st.lists(st.lists(words)))
blocks = st.lists(inline.map(lambda all_: Paragraph(all_, 1)) | lists() | tables, max_size=4).map(tuple)
parties = st.lists(st.builds(Party, name=said, organisation=words, contact=words, role=words), max_size=2).map(tuple)
days = st.none() | st.just(datetime.date(2026, 12, 1))


def clauses(parts: Any) -> tuple[DocumentClause, ...]:
    return tuple(DocumentClause(f"c{at}", at, title, "w", below) for at, (title, below) in enumerate(parts, 1))


documents = st.builds(
    lambda title, who, start, end, preamble, parts: document(
        title=title, parties=who, start=start, end=end, preamble=preamble, clauses=clauses(parts)
    ),
    said,
    parties,
    days,
    days,
    blocks,
    st.lists(st.tuples(words, blocks), min_size=1, max_size=3),
)

# --- what a document says, worked out from its tree alone ---------------------------------------------------


def line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def characters(nodes: Any, address: str | None = None) -> Any:
    """Each character with the address that it leads to; a blank that is open counts as one."""
    for node in nodes:
        if isinstance(node, Wrap):
            yield from characters(node.children, node.address if isinstance(node, Link) else address)
        elif isinstance(node, Hole):
            yield ("blank", node.name), address
        else:
            text = clause_words(node) if isinstance(node, ClauseNumber) else node.text
            yield from ((sign, None if sign.isspace() else address) for sign in text)


def spoken(nodes: Any) -> list[Any]:
    """The words in ``nodes`` and where they lead, with one space for any white space."""
    found: list[Any] = []
    for sign, address in characters(nodes):
        space = isinstance(sign, str) and sign.isspace()
        if not (space and (not found or found[-1][0] == " ")):
            found.append((" " if space else sign, address))
    if found and found[-1][0] == " ":
        found.pop()
    for at in range(1, len(found) - 1):
        # A space between words of one link is a part of it.
        if found[at][0] == " " and found[at - 1][1] == found[at + 1][1]:
            found[at] = " ", found[at - 1][1]
    return [
        (key[0], [line(one[1]) for one, _ in run], encoded(key[1]))
        if key[0] == "blank"
        else ("words", unicodedata.normalize("NFC", "".join(one for one, _ in run)), encoded(key[1]))
        for key, run in (
            (key, list(run))
            for key, run in groupby(found, lambda one: ("blank" if isinstance(one[0], tuple) else "words", one[1]))
        )
    ]


def encoded(address: str | None) -> str | None:
    keeps = address is None or all("!" <= sign <= "~" and sign not in "()[]\\" for sign in address)
    if keeps:
        return address
    assert address
    return "".join(
        sign if "!" <= sign <= "~" and sign not in "()[]\\" else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in address
    )


def flat(items: ItemList, level: int = 1) -> Any:
    for number, item in enumerate(items.items, 1):
        yield "item", level, number if items.ordered else "-", spoken(item.children)
        if item.sublist:
            yield from flat(item.sublist, level + 1)


def shown(name: str) -> str:
    text = line(name)
    return unicodedata.normalize("NFC", text[:1].upper() + text[1:])


def meant(all_: Any) -> list[Any]:
    """The blocks; of two lists of bullets beside one another nobody can say that they are two."""
    found: list[Any] = []
    for block in all_:
        if isinstance(block, ItemList):
            found += flat(block)
        elif isinstance(block, Table):
            rows = [[line(cell) for cell in row] for row in block.rows]
            found.append(("table", shown(block.name), [shown(one) for one in block.columns], rows))
        else:
            found.append(("paragraph", spoken(block.children)))
    return found


def meaning(one: Any) -> Any:
    return {
        "title": line(one.title),
        "parties": [[line(text) for text in (p.name, p.organisation, p.contact, p.role)] for p in one.parties],
        "days": [day.isoformat() if day else "" for day in (one.start, one.end)],
        "preamble": meant(one.preamble),
        "clauses": [(line(clause.title), meant(clause.blocks)) for clause in one.clauses],
    }


# --- and from its canonical text alone ------------------------------------------------------------------------

PIECE = re.compile(
    r"\[\[(?P<blank>(?:[^\\\[\]]|\\.)*)\]\]|\[(?P<link>(?:[^\\\[\]]|\\.|\[\[.*?\]\])*)\]\((?P<to>[^()]*)\)"
    r"|(?P<words>(?:[^\\\[\]]|\\.)+)"
)


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def decoded_words(text: str, address: str | None = None) -> list[Any]:
    found: list[Any] = []
    at = 0
    while at < len(text):
        piece = PIECE.match(text, at)
        assert piece, text[at:]
        if piece["blank"] is not None:
            if found and found[-1][0] == "blank" and found[-1][2] == address:
                found[-1][1].append(unescaped(piece["blank"]).strip())
            else:
                found.append(("blank", [unescaped(piece["blank"]).strip()], address))
        elif piece["words"] is not None:
            found.append(("words", unescaped(piece["words"]), address))
        else:
            found += decoded_words(piece["link"], piece["to"])
        at = piece.end()
    return found


def decoded_blocks(lines: list[str]) -> list[Any]:
    found: list[Any] = []
    for one in lines:
        kind, *cells = one.split("\t")
        if not cells:
            found.append(("paragraph", decoded_words(kind)))
        elif kind == "table":
            found.append(("table", cells[0], None, []))
        elif kind == "|" and found[-1][2] is None:
            found[-1] = (*found[-1][:2], cells, [])
        elif kind == "|":
            found[-1][3].append(cells)
        else:
            level = next(at for at, cell in enumerate([kind, *cells]) if cell)
            mark, text = [kind, *cells][level:]
            found.append(("item", level, "-" if mark == "-" else int(mark[:-1]), decoded_words(text)))
    return found


def decoded(text: str) -> Any:
    assert text.endswith("\n")
    name, title, *lines = text[:-1].split("\n")
    assert name == "gr2"
    parties = []
    while lines[0].startswith("party\t"):
        parties.append(lines.pop(0).split("\t")[1:])
    days = [lines.pop(0).split("\t")[1] for _ in range(2)]
    parts: list[tuple[str, list[str]]] = [("", [])]
    for one in lines:
        if re.match(rf"{len(parts)}\.\t", one):
            parts.append((one.split("\t")[1], []))
        else:
            parts[-1][1].append(one)
    return {
        "title": title.split("\t")[1],
        "parties": parties,
        "days": days,
        "preamble": decoded_blocks(parts[0][1]),
        "clauses": [(heading, decoded_blocks(below)) for heading, below in parts[1:]],
    }


@MANY
@given(documents)
def test_the_canonical_text_reads_back_as_what_it_was_made_of(one):
    """So no two documents that say different things have the same: it would read back as both."""
    assert decoded(canonical_text(one)) == meaning(one)


def test_the_older_form_did_not_tell_a_link_from_words_that_look_like_one():
    """So what was signed with it is known by ``tells_links``."""
    link = document(paragraph("Pay ", Link((Text("us"),), "https://a.example/"), " <https://b.example/>."))
    other = document(paragraph("Pay ", Link((Text("us <https://a.example/>"),), "https://b.example/"), "."))
    typed = document(paragraph("Pay us <https://a.example/> <https://b.example/>."))
    assert len({canonical_text(one, OLD) for one in (link, other, typed)}) == 1
    assert len({canonical_text(one) for one in (link, other, typed)}) == 3
    assert not any(map(tells_links, (link, other, typed)))
    assert tells_links(document(paragraph("1 < 2, see [a](b) and <c>.")))


# --- one meaningful thing less, more or elsewhere -------------------------------------------------------------

A, B = Text("our account"), Text("at the bank")
HERE, THERE = "https://good.example/", "https://evil.example/"
TABLE = table("contacts", ["who", "how"], [["Ann", "phone"], ["Bo", ""]])
ONE = document(
    Paragraph((Text("Pay to "), Link((A,), HERE), Text(" "), B, Text(".")), 1),
    ItemList(
        True,
        (
            Item((Text("look"),), ItemList(False, (Item((Text("back"),), None, 1),), 1), 1),
            Item((Text("plan"),), None, 1),
        ),
        1,
    ),
    TABLE,
    title="Night walks",
    parties=(Party(name="North", contact="Ann", role="lead"), Party(name="South", organisation="Trust")),
    start=datetime.date(2026, 12, 1),
)


def first(*children: Any) -> Any:
    return lambda blocks: (Paragraph((Text("Pay to "), *children), 1), *blocks[1:])


def listed(change: Any) -> Any:
    return lambda blocks: (blocks[0], change(blocks[1]), blocks[2])


def tabled(**changes: Any) -> Any:
    return lambda blocks: (*blocks[:2], replace(blocks[2], **changes))


LOOK, PLAN = ONE.clauses[0].blocks[1].items
BELOW = {
    "the link leads elsewhere": first(Link((A,), THERE), Text(" "), B, Text(".")),
    "the link ends later": first(Link((A, Text(" "), B), HERE), Text(".")),
    "the link starts later": first(Text("our "), Link((Text("account"),), HERE), Text(" "), B, Text(".")),
    "the link ends earlier": first(Link((Text("our"),), HERE), Text(" account "), B, Text(".")),
    "the other words are the link": first(A, Text(" "), Link((B,), HERE), Text(".")),
    "there is no link": first(A, Text(" "), B, Text(".")),
    "the link is typed": first(Text("[our account](https://good.example/) "), B, Text(".")),
    "the link is typed as it was": first(Text("our account <https://good.example/> "), B, Text(".")),
    "a second link": first(Link((A,), HERE), Text(" "), Link((B,), THERE), Text(".")),
    "its address is spelt with another accent": first(Link((A,), HERE + "e\u0301"), Text(" "), B, Text(".")),
    "its address is spelt with an accent": first(Link((A,), HERE + "é"), Text(" "), B, Text(".")),
    "a blank is open": first(Link((A,), HERE), Text(" "), Hole("at the bank", PLAIN), Text(".")),
    "a blank is typed": first(Link((A,), HERE), Text(" [[at the bank]].")),
    "bullets": listed(lambda one: replace(one, ordered=False)),
    "numbers below": listed(
        lambda one: replace(one, items=(replace(LOOK, sublist=replace(LOOK.sublist, ordered=True)), PLAN))
    ),
    "no list below": listed(lambda one: replace(one, items=(replace(LOOK, sublist=None), LOOK.sublist.items[0], PLAN))),
    "below the other": listed(
        lambda one: replace(one, items=(replace(LOOK, sublist=None), replace(PLAN, sublist=LOOK.sublist)))
    ),
    "the other order": listed(lambda one: replace(one, items=(PLAN, LOOK))),
    "an item is typed": listed(lambda one: Paragraph((Text("1. look"),), 1)),
    "a cell elsewhere": tabled(rows=(("Ann", "phone"), ("", "Bo"))),
    "one row": tabled(rows=(("Ann", "phone"), ("Bo", ""))[:1]),
    "rows turned round": tabled(rows=TABLE.rows[::-1]),
    "columns turned round": tabled(columns=("how", "who"), rows=tuple(row[::-1] for row in TABLE.rows)),
    "another column": tabled(columns=("who", "whom")),
    "another table": tabled(name="tasks"),
    "a row is a header": tabled(columns=("Ann", "phone"), rows=(("who", "how"), ("Bo", ""))),
    "the table is typed": lambda blocks: (*blocks[:2], paragraph("| who | how |"), paragraph("| Ann | phone |")),
}
AROUND = {
    "another title": {"title": "Night walk"},
    "a party less": {"parties": ONE.parties[:1]},
    "parties turned round": {"parties": ONE.parties[::-1]},
    "the role is the contact": {"parties": (Party(name="North", contact="lead", role="Ann"), ONE.parties[1])},
    "the organisation is the contact": {"parties": (ONE.parties[0], Party(name="South", contact="Trust"))},
    "the party is two": {"parties": (Party(name="North"), Party(name="Ann", role="lead"), ONE.parties[1])},
    "another day": {"start": datetime.date(2026, 12, 2)},
    "the last day": {"start": None, "end": datetime.date(2026, 12, 1)},
    "a paragraph less": {"preamble": ()},
    "a paragraph is parted": {"preamble": (paragraph("We have talked"), paragraph("this through."))},
    "the preamble is a clause": {
        "preamble": (),
        "clauses": clauses([("We have talked this through.", ()), ("Purpose", ONE.clauses[0].blocks)]),
    },
    "the heading is a paragraph": {"clauses": clauses([("", (paragraph("Purpose"), *ONE.clauses[0].blocks))])},
    "the clause is two": {
        "clauses": clauses([("Purpose", ONE.clauses[0].blocks[:1]), ("", ONE.clauses[0].blocks[1:])])
    },
}


def changed(name: str) -> Any:
    one = replace(ONE, clauses=ONE.clauses[:1])
    if name in AROUND:
        return replace(one, **AROUND[name])
    return replace(one, clauses=(replace(one.clauses[0], blocks=BELOW[name](one.clauses[0].blocks)),))


def test_what_differs_in_one_meaningful_thing_has_another_text():
    seen = {canonical_text(replace(ONE, clauses=ONE.clauses[:1])): "as it was"}
    for name in [*BELOW, *AROUND]:
        text = canonical_text(changed(name))
        assert text not in seen, f"{name}: {seen.get(text)}"
        seen[text] = name


@MANY
@given(st.lists(said, min_size=2, max_size=5), st.data())
def test_a_link_that_starts_ends_or_leads_elsewhere_makes_another_text(parts, data):
    """Any words of a sentence may be links: another choice of them is another text."""
    to = st.lists(st.sampled_from([None, HERE, THERE]), min_size=len(parts), max_size=len(parts))

    def sentence(places: list[str | None]) -> Any:
        nodes = [
            Text(one) if place is None else Link((Text(one),), place) for one, place in zip(parts, places, strict=True)
        ]
        return document(Paragraph((*nodes, Text(" x")), 1))  # fmt: skip

    one, other = sentence(data.draw(to)), sentence(data.draw(to))
    assert (canonical_text(one) == canonical_text(other)) == (meaning(one) == meaning(other))


# --- the same, typed otherwise --------------------------------------------------------------------------------

WRITTEN = """\
We pay [our account](https://good.example/a_b) on the day, *each* month.
Ring Zoë \\[at home\\] or see [[#two]]; the rest is [[rest]].

- one **thing**
- another
  1. below

## One {#one wording=w}

[[tasks]]

It costs < 5 a [ month ](/clauses/money/).

## Two {#two}

1. first
2. second
"""
FRONT = """\
---
title: "Zoë's walks"
template: team
blanks:
  rest:
    ask: "What?"
  tasks:
    ask: "Which?"
    type: rows
    columns:
      who:
        ask: "Who?"
answers:
  rest: "shared by both, Zoë says"
  tasks:
    - who: "Zoë"
---
"""
LINK = "[our account](https://good.example/a_b)"
TYPED = {
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "accents together": lambda text: unicodedata.normalize("NFC", text),
    "lines broken elsewhere": lambda text: text.replace("on the day, ", "on the day,\n"),
    "lines joined": lambda text: text.replace("month.\nRing", "month. Ring"),
    "two spaces": lambda text: text.replace("the rest", "the  rest"),
    "a space that does not break": lambda text: text.replace("the rest", "the\u00a0rest"),
    "more empty lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "other ends of lines": lambda text: text.replace("\n", "\r\n"),
    "no emphasis": lambda text: text.replace("*each*", "each").replace("**thing**", "thing"),
    "emphasis inside the link": lambda text: text.replace("[our account]", "[our **account**]"),
    "a space inside the link": lambda text: text.replace(f"{LINK} on", "[our account ](https://good.example/a_b)on"),
    "the link in two": lambda text: text.replace(LINK, LINK.replace(" ", LINK[len("[our account") :] + "[ ")),
    "more backslashes": lambda text: text.replace("It costs < 5", "It costs \\< 5").replace(
        "month.\nRing", "month\\.\nRing"
    ),
    "an empty line between items": lambda text: text.replace("\n2. second", "\n\n2. second"),
    "another wording": lambda text: text.replace("wording=w", "wording=other"),
    "the blank is spelt otherwise": lambda text: text.replace("[[rest]]", "[[ reST ]]"),
    "the blank of a table with a capital": lambda text: text.replace("[[tasks]]", "[[Tasks]]"),
    "the answer as words": lambda text: text.replace("[[rest]]", "shared by both, Zoë says"),
    "the reference as words": lambda text: text.replace("[[#two]]", "clause 2, Two"),
    "a note": lambda text: text.replace("## Two", "> Why: it helps.\n\n## Two"),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_says_the_same_has_one_text(name: str):
    typed = TYPED[name](FRONT + WRITTEN)
    assert typed != FRONT + WRITTEN or name == "accents together"
    assert canonical_text(read(typed)) == canonical_text(read(FRONT + WRITTEN))


def read(text: str) -> Any:
    made, found = opened(text, "agreements/partnerships/bridge/agreement.md")
    assert made
    assert not found, found
    return assemble(made)


@MANY
@given(documents)
def test_how_a_document_is_typed_makes_no_difference(one):
    """Accents apart, more white space, and emphasis around everything."""

    def typed(nodes: Any) -> Any:
        return tuple(Strong((retyped(node),)) for node in nodes)

    def retyped(node: Any) -> Any:
        if isinstance(node, Wrap):
            return replace(node, children=typed(node.children))
        if isinstance(node, Text | Filled):
            return replace(node, text=unicodedata.normalize("NFD", node.text).replace(" ", " \t\n"))
        return node

    def block(block: Any) -> Any:
        if isinstance(block, Paragraph):
            return replace(block, children=typed(block.children))
        if isinstance(block, ItemList):
            return replace(block, items=tuple(map(item, block.items)))
        return block

    def item(one: Any) -> Any:
        return replace(one, children=typed(one.children), sublist=one.sublist and block(one.sublist))

    parts = tuple(replace(clause, blocks=tuple(map(block, clause.blocks))) for clause in one.clauses)
    again = replace(one, clauses=parts, preamble=tuple(map(block, one.preamble)))
    assert canonical_text(again) == canonical_text(one)
