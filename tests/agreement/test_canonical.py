"""The canonical text: what reads the same has one fingerprint, what reads differently has another."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.nodes import DocumentClause, Filled, Table, UsedBlank
from groundrules.agreement.signing.fingerprint import OLD, canonical_text, fingerprint
from groundrules.agreement.signing.version import finished
from groundrules.files.load.readers import read_version
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.front import BlankDefinition, Party
from groundrules.model.pieces import Agreement
from groundrules.text.markup.hidden import hidden_characters
from groundrules.text.markup.nodes import Emphasis, ItemList, Link, Strong, Text
from groundrules.text.problems import errors
from support.documents import CHOICE, DATE, LONG, PLAIN, ROWS, document, items, paragraph

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

RHYTHM = BlankDefinition(ask="How often?", type="rhythm", calendar="We meet")
DAY = BlankDefinition(ask="When?", type="date", calendar="Review")
ENTRIES = BlankDefinition(ask="Who?", type="list")
PHONE = BlankDefinition(ask="Which number?", private="yes")
PHONES = BlankDefinition(ask="Which numbers?", type="list", private="yes")
ADDRESS = BlankDefinition(ask="Where?", type="long text", private="yes")
BLANKS = {
    "plain": PLAIN,
    "day": DATE,
    "review": DAY,
    "rhythm": RHYTHM,
    "way": CHOICE,
    "long": LONG,
    "people": ENTRIES,
    "tasks": ROWS,
    "phone": PHONE,
    "phones": PHONES,
    "address": ADDRESS,
}
# Every type of blank where it may stand: in a sentence, at its start, in emphasis, in lists of both kinds, alone.
BODY = """\
This is what [[parties]] agreed, from [[start]] to [[end]].

## One thing {#one wording=w}

We meet [[rhythm]], **[[plain]]**, and *see [[#two]]* on [[day]].
[[Plain]] is what [[people]] do by [[way]]; [[review]] comes later, and [[phone]] is rung.

- [[plain]]
- [[Plain]] and **[[day]]**
  1. [[phone]]
  2. [[people]] [link](https://example.org/a_b)
- [[phone]]

1. [[plain]]
2. *[[plain]]*[[plain]]

## Two {#two}

[[long]]

[[people]]

A sentence between.

[[phones]]

[[address]]

[[phone]]

[[plain]]

[[tasks]]

[[review]]

> Why: a note.
"""

HOSTILE = [
    *(
        "- a",
        "1. May",
        "12) x",
        "* b",
        "+ c",
        "# d",
        "> e",
        "> Why: f",
        "---",
        "===",
        "***",
        "| g | h |",
        "```",
        "~~~",
        ":",
    ),
    *("*", "**", "_", "__", "[", "]", "[[plain]]", "[[", "]]", "[[#two]]", "[a](b)", "![i](j)", "<b>", "</b>", "&amp;"),
    *(
        "{{ x }}",
        "{% y %}",
        "{#two}",
        "\\",
        "\\*",
        "`",
        "~~k~~",
        "~",
        "!",
        "\t",
        "\n",
        "\n\n",
        "  ",
        " ",
        "\u00a0",
        "\u3000",
    ),
    *(
        "😀",
        "👩\u200d👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "e\u0301",
        "é",
        "ﬁ",
    ),
    *(
        "Llŷn",
        "w\u0302",
        "مرحبا بكم",
        "علی‌رضا",
        "\u2067نعم\u2069",
        "نعم، لا.",
        "שלום",
        "日本語",
        "a.",
        "Yes. No! Well? So",
        "...",
        "%",
    ),
    *(
        "x",
        "y z",
        '"q"',
        "'",
        "’",
        "07700 900123",
        "no",
        "12:30",
        "a: b",
        "a #b",
        "@",
        "$&",
        "gr1:",
        "(not shown here)",
    ),
    *("2026-12-01", "İ", "ß", "ŉ", "ΐ", "ǰ", "\u0307", "\u0301x"),
]
words = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs")), max_size=6), max_size=6
).map("".join)
words_or_spaced = words | st.lists(st.sampled_from(HOSTILE), max_size=5).map(" ".join)


def readable(text: str) -> bool:
    """What a file may hold at all: ``load`` refuses the rest."""
    return all(hidden_characters(line) is None for line in text.split("\n"))


good = words_or_spaced.map(lambda text: text if readable(text) else "x")
filled = good.map(lambda text: text if text.strip() else "y")
answers = st.fixed_dictionaries(
    {
        "plain": filled,
        "day": st.sampled_from(["2026-12-01", "2027-01-31"]),
        "review": st.sampled_from(["2026-12-01", "2027-01-31"]),
        "rhythm": filled | st.just("every 4 weeks on Tuesday at 14:00 from 2026-12-01"),
        "way": st.sampled_from(["by post", "by hand"]),
        "long": filled,
        "people": st.lists(good, min_size=1, max_size=4).map(
            lambda all_: all_ if any(one.strip() for one in all_) else ["z"]
        ),
        "tasks": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "partner": good,
                    "day": st.sampled_from(["", "2026-12-01"]),
                    "how": st.sampled_from(["", "ring"]),
                },
            ),
            min_size=1,
            max_size=3,
        ).map(lambda rows: rows if any(cell.strip() for row in rows for cell in row.values()) else [{"how": "ring"}]),
        "phone": filled,
        "phones": st.lists(good, min_size=1, max_size=3).map(
            lambda all_: all_ if any(one.strip() for one in all_) else ["z"]
        ),
        "address": filled,
    }
)
parties = st.lists(
    st.builds(Party, name=filled, contact=good, role=good, organisation=good, phone=st.just("01632 960144")), max_size=3
)


def agreement(given_answers: dict[str, object], partners: list[Party], language: str = "en-GB") -> Agreement:
    text = f"---\ntitle: T\ntemplate: team\nlanguage: {language}\nstart: 2026-12-01\nend: 2027-12-01\n---\n{BODY}"
    made, found = opened(text, "agreements/partnerships/bridge/agreement.md")
    assert made
    assert not errors(found), found
    front = made.front.model_copy(update={"answers": given_answers, "blanks": BLANKS, "parties": tuple(partners)})
    return replace(made, front=front)


@MANY
@given(answers, parties, st.sampled_from(["en-GB", "cy", "ar", "fa"]))
@example({"plain": "- a", "day": "2026-12-01", "review": "2026-12-01", "rhythm": "1. x", "way": "by post",
          "long": "- a\n\n# b\n> Why: c", "people": ["1. a", "- b", "*"], "tasks": [{"partner": "| a"}], "phone": "*",
          "phones": ["- a", ""], "address": "a\nb"}, [], "en-GB")  # fmt: skip
def test_the_kept_text_says_what_was_signed(given_answers, partners, language):
    """Whatever people answer, the finished text reads back to the same canonical text, without a complaint."""
    whole = agreement(given_answers, partners, language)
    # Written and read as any agreement's file is; what the readers refuse there can never be signed.
    again, found = opened(agreement_source(whole), whole.origin.file)
    assume(again is not None and not errors(found))
    document = assemble(again)
    text = agreement_source(finished(document, again.front, 1))
    kept, found = opened(text, "agreements/partnerships/bridge/versions/1.md", read_version)
    assert not found, (found, text)
    assert kept
    assert canonical_text(assemble(kept)) == canonical_text(document)
    assert kept.front.fingerprint == fingerprint(document)


# --- what reads differently ------------------------------------------------------------------------------


def clauses(*parts):
    return tuple(
        DocumentClause(f"c{number}", number, title, "w", blocks) for number, (title, *blocks) in enumerate(parts, 1)
    )


def table(*rows, name="contacts"):
    given_rows = [dict(zip(ROWS.columns, row, strict=True)) for row in rows]
    return {
        "clauses": clauses(("A", Table(name, ROWS, tuple(ROWS.columns), rows))),
        "blanks": (UsedBlank(name, ROWS, given_rows),),
    }


def nested(*below):
    return ItemList(False, (replace(items(False, "a").items[0], sublist=items(*below)), *items(False, "c").items), 1)


ALL_DIFFERENT = {
    "a paragraph": document(paragraph("a b")),
    "two paragraphs": document(paragraph("a"), paragraph("b")),
    "a list": document(items(False, "a", "b")),
    "a list of one": document(items(False, "a b")),
    "a numbered list": document(items(True, "a", "b")),
    "the other order": document(items(True, "b", "a")),
    "a list inside a list": document(nested(False, "b")),
    "a numbered list inside a list": document(nested(True, "b")),
    "no list inside it": document(items(False, "a", "b", "c")),
    "a paragraph like a list": document(paragraph("- a"), paragraph("- b")),
    "a paragraph like a numbered list": document(paragraph("1. a"), paragraph("2. b")),
    "a table": document(**table(("a", "b", ""))),
    "the same cells elsewhere": document(**table(("a", "", "b"))),
    "one cell": document(**table(("a b", "", ""))),
    "two rows": document(**table(("a", "", ""), ("b", "", ""))),
    "the table of another blank": document(**table(("a", "b", ""), name="tasks")),
    "no capital": document(paragraph("A b")),
    "an accent": document(paragraph("á b")),
    "no space": document(paragraph("ab")),
    "a full stop": document(paragraph("a b.")),
    "a link": document(paragraph(Link((Text("a b"),), "https://example.org"))),
    "a link elsewhere": document(paragraph(Link((Text("a b"),), "https://example.net"))),
    "another title": document(paragraph("a b"), title="Another"),
    "a party": document(paragraph("a b"), parties=(Party(name="N"),)),
    "a party's contact": document(paragraph("a b"), parties=(Party(name="N", contact="A"),)),
    "a party's role": document(paragraph("a b"), parties=(Party(name="N", role="A"),)),
    "a party's organisation": document(paragraph("a b"), parties=(Party(name="N", organisation="A"),)),
    "two parties": document(paragraph("a b"), parties=(Party(name="N"), Party(name="S"))),
    "two parties, turned round": document(paragraph("a b"), parties=(Party(name="S"), Party(name="N"))),
    "a start": document(paragraph("a b"), start=datetime.date(2026, 12, 1)),
    "an end": document(paragraph("a b"), end=datetime.date(2026, 12, 1)),
    "another preamble": document(paragraph("a b"), preamble=(paragraph("We have not."),)),
    "words in the preamble": document(preamble=(paragraph("We have talked this through."), paragraph("a b"))),
    "two clauses": document(clauses=clauses(("A", paragraph("a")), ("B", paragraph("b")))),
    "words moved to the other": document(clauses=clauses(("A", paragraph("a"), paragraph("b")), ("B",))),
    "clauses turned round": document(clauses=clauses(("B", paragraph("b")), ("A", paragraph("a")))),
    "one clause": document(clauses=clauses(("A", paragraph("a"), paragraph("B"), paragraph("b")))),
    "another clause's title": document(clauses=clauses(("A", paragraph("a")), ("C", paragraph("b")))),
    "a title like a paragraph": document(clauses=clauses(("A", paragraph("a"), paragraph("2. B"), paragraph("b")))),
}  # fmt: skip


def test_what_reads_differently_has_another_fingerprint():
    seen: dict[str, str] = {}
    for name, one in ALL_DIFFERENT.items():
        text = canonical_text(one)
        assert text not in seen, f"{name} and {seen.get(text)}"
        seen[text] = name


signs = st.sampled_from(["a", "b", "\t", "\n", " ", "- ", "1.", "|", "1.\tA", "[a]", "<b>", "gr1", "table\t"])
lines = st.lists(signs, max_size=4).map("".join)
blocks = st.one_of(
    lines.map(lambda text: paragraph(text)),
    st.tuples(st.booleans(), st.lists(lines, min_size=1, max_size=3)).map(lambda one: items(one[0], *one[1])),
)
texts = st.lists(st.tuples(lines, st.lists(blocks, max_size=3)), min_size=1, max_size=3)


def plain(parts):
    """The structure as a reader sees it."""

    def line(text):
        return " ".join(text.split())

    def block(one):
        if isinstance(one, ItemList):
            return (one.ordered, [line(item.children[0].text) for item in one.items])
        return line(one.children[0].text)

    return [(line(title), [block(one) for one in below]) for title, below in parts]


@MANY
@given(texts, texts)
def test_no_two_texts_have_one_fingerprint(one, other):
    made = [document(clauses=clauses(*((title, *below) for title, below in parts))) for parts in (one, other)]
    assert (fingerprint(made[0]) == fingerprint(made[1])) == (plain(one) == plain(other))


# --- what reads the same -----------------------------------------------------------------------------------


@MANY
@given(filled)
def test_how_it_was_typed_makes_no_difference(text):
    """White space inside a line, how an accent is encoded, emphasis, and whether a blank gave the words."""
    first = document(paragraph("x ", text, " y"), items(False, text), title=text)
    for typed in (
        unicodedata.normalize("NFD", text),
        unicodedata.normalize("NFC", text),
        f"  {text}\u00a0",
        text.replace(" ", " \t\n"),
    ):
        again = document(paragraph("x ", typed, " y"), items(False, typed), title=typed)
        assert canonical_text(again) == canonical_text(first)
    marked = document(
        paragraph("x ", Strong((Emphasis((Text(text),)),)), " y"),
        ItemList(False, (replace(items(False, "").items[0], children=(Filled(text, "name"),)),), 1),
        title=text,
    )
    assert canonical_text(marked) == canonical_text(first)


@pytest.mark.parametrize(
    "again",
    [
        BODY.replace("\n", "\n\n", 1),
        BODY.replace("**[[plain]]**", "[[plain]]"),
        BODY.replace("> Why: a note.", "> Why: another note."),
        BODY.replace("\n\n> Why: a note.\n", "\n"),
        BODY.replace("We meet", "We\nmeet"),
        BODY.replace("wording=w", "wording=other"),
        BODY.replace("- [[plain]]\n- ", "- [[plain]]\n\n- "),
    ],
)
def test_how_it_was_saved_makes_no_difference(again):
    front = "---\ntitle: T\ntemplate: team\n---\n"
    first, _ = opened(front + BODY, "agreements/partnerships/bridge/agreement.md")
    assert first
    for text in (again, again.replace("\n", "\r\n"), "\ufeff" + again):
        head = "\ufeff" if text.startswith("\ufeff") else ""
        other, _ = opened(head + front + text.removeprefix("\ufeff"), first.origin.file)
        assert other
        assert fingerprint(assemble(other)) == fingerprint(assemble(first))


def test_phones_and_emails_are_not_signed():
    """A new number is no new agreement."""
    without = document(parties=(Party(name="N", contact="A"),))
    also = document(parties=(Party(name="N", contact="A", phone="01632 960144", email="a@b.org"),))
    assert fingerprint(also) == fingerprint(without)


def test_the_form_is_fixed():
    """The fingerprint of a text that anybody can type: it must be the same in ten years, and in the browser."""
    made = document(
        paragraph("We meet."), items(True, "a", "b"), title="Night walks", parties=(Party(name="N", role="r"),)
    )
    assert canonical_text(made) == (
        "gr2\ntitle\tNight walks\nparty\tN\t\t\tr\nstart\t\nend\t\nWe have talked this through.\n"
        "1.\tPurpose\nWe meet.\n\t1.\ta\n\t2.\tb\n2.\tMoney\nEach pays its own costs.\n"
    )
    assert fingerprint(made) == "gr2:560ceb354092fe2a93c6dbe8c634f9366de79bdb0e5f7b82e87c85ccf7571983"
    assert fingerprint(made, OLD) == "gr1:736457210bdf8fccd1276bfff7a44c6a274e93954445d77bef3a242f5ccd91ea"
