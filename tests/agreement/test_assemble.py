"""The finished document: numbered, filled, dated, and of the shape that its text has, whatever the answers."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.agreement.document.assemble import (
    assemble,
    draft,
    party_names,
    term,
    text_without_notes,
    without_notes,
)
from groundrules.agreement.document.nodes import ClauseNumber, Document, Filled, Hole, Table
from groundrules.checks import load_and_check
from groundrules.model.front import AgreementFront
from groundrules.model.pieces import Agreement, Origin, Section
from groundrules.text.frontmatter import FrontMatter
from groundrules.text.markup.blocks import parse
from groundrules.text.markup.nodes import ItemList, Note, Paragraph, Strong, Text
from support.markup_cases import cases

QUICK = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

BLANKS = {
    "how": {"ask": "?"},
    "story": {"ask": "?", "type": "long text"},
    "day": {"ask": "?", "type": "date"},
    "often": {"ask": "?", "type": "rhythm"},
    "names": {"ask": "?", "type": "list"},
    "which": {"ask": "?", "type": "choice", "choices": ["a", "b"]},
    "rota": {
        "ask": "?",
        "type": "rows",
        "columns": {"date": {"ask": "?", "type": "date"}, "who": {"ask": "?", "private": "yes"}},
    },
    "phone": {"ask": "?", "private": "yes"},
}


def agreement(*texts: str, preamble: str = "", **front: Any) -> Agreement:
    """An agreement whose clauses ``own-1``, ``own-2``, … hold ``texts``."""
    data = {"title": "Ours", "template": "team", "blanks": BLANKS, **front}
    sections = [
        Section(f"own-{number}", f"Title {number}", "", text, parse(text)[0], 1) for number, text in enumerate(texts, 1)
    ]
    return Agreement(
        "ours",
        "",
        Origin("ours.md", FrontMatter({}), ""),
        AgreementFront.model_validate(data),
        preamble,
        parse(preamble)[0],
        tuple(sections),
        1,
    )


def words(node: Any) -> str:
    """``node`` as text; answers in ‹›, holes in []."""
    match node:
        case Text(text):
            return text
        case Filled(text):
            return f"‹{text}›"
        case Hole(name):
            return f"[{name}]"
        case ClauseNumber(_, number, title):
            return f"clause {number}, {title}"
        case Table(_, _, columns, rows):
            return "\n".join(" | ".join(row) for row in (columns, *rows))
        case Note(label, paragraphs):
            return f"> {label}: " + " / ".join(map(words, paragraphs))
        case ItemList(_, items):
            return "\n".join(
                "- " + "".join(map(words, item.children)) + (f" ({words(item.sublist)})" if item.sublist else "")
                for item in items
            )
    return "".join(map(words, node.children))


def filled(text: str, language: str = "en-GB", **front: Any) -> list[str]:
    document = assemble(agreement(text, language=language, **front))
    return [words(block) for block in document.clauses[0].blocks]


@pytest.mark.parametrize(("text", "answers", "result"), [
    ("We meet [[how]].", {"how": "weekly"}, ["We meet ‹weekly›."]),
    ("[[How]] we meet. [[how]]!", {"how": "weekly"}, ["‹Weekly› we meet. ‹weekly›!"]),
    ("[[HOW]] [[ how ]]", {"How ": "weekly"}, ["‹Weekly› ‹weekly›"]),
    ("We meet [[how]].", {}, ["We meet [how]."]),
    ("We meet [[how]].", {"how": " \n"}, ["We meet [how]."]),
    ("We meet [[nobody knows]].", {}, ["We meet [nobody knows]."]),
    ("We meet [[nobody knows]].", {"nobody knows": "x"}, ["We meet ‹x›."]),
    ("On [[day]].", {"day": "2026-12-01"}, ["On ‹1 December 2026›."]),
    ("On [[day]].", {"day": "soon"}, ["On ‹soon›."]),
    ("We meet [[often]].", {"often": "every 4 weeks on Tuesday at 14:00 from 2026-12-01"},
     ["We meet ‹every 4 weeks on Tuesday at 14:00 from 1 December 2026›."]),
    ("We meet [[often]].", {"often": "when we can"}, ["We meet ‹when we can›."]),
    ("With [[names]].", {"names": ["Ann", "Bo", "Cy"]}, ["With ‹Ann, Bo and Cy›."]),
    ("With [[names]].", {"names": []}, ["With [names]."]),
    ("[[names]]", {"names": ["Ann", "", "Bo\nRay"]}, ["- ‹Ann›\n- ‹Bo Ray›"]),
    ("[[Names]]", {"names": ["ann", "bo"]}, ["- ‹Ann›\n- ‹Bo›"]),
    ("[[names]]", {"names": ["", " "]}, ["[names]"]),
    ("[[names]]", {"names": "Ann\nBo"}, ["- ‹Ann Bo›"]),
    ("- [[names]]\n  - [[how]]", {"names": ["Ann", "Bo"], "how": "x"}, ["- ‹Ann and Bo› (- ‹x›)"]),
    ("[[story]]", {"story": "One.\n\n- Two.\n"}, ["‹One.›", "‹- Two.›"]),
    ("[[story]]", {}, ["[story]"]),
    ("[[rota]]", {}, ["date | who"]),
    ("[[rota]]", {"rota": [{"date": "2026-12-01", "who": "Ann"}, {"who": " "}, {"who": "Bo\n| Ray"}]},
     ["date | who\n1 December 2026 | Ann\n | Bo | Ray"]),
    ("[[rota]]", {"rota": "tomorrow"}, ["date | who"]),
    ("See [[rota]].", {"rota": [{"date": "x", "who": "Ann"}]}, ["See ‹x Ann›."]),
    ("**[[how]]** and [a](/a/)", {"how": "**x** <b>"}, ["‹**x** <b>› and a"]),
    ("> Why: [[how]].", {"how": "so"}, ["> Why: ‹so›."]),
    ("[[which]]", {"which": "a"}, ["‹a›"]),
])  # fmt: skip
def test_blanks_are_filled(text, answers, result):
    assert filled(text, answers=answers) == result


@pytest.mark.parametrize(("language", "day", "names"), [
    ("en-GB", "1 December 2026", "Ann, Bo and Cai"),
    ("cy", "1 Rhagfyr 2026", "Ann, Bo, a Cai"),
    ("ar", "1 ديسمبر 2026", "Ann وBo وCai"),
    ("xx", "1 December 2026", "Ann, Bo and Cai"),
])  # fmt: skip
def test_dates_and_lists_follow_the_language(language, day, names):
    answers = {"day": "2026-12-01", "names": ["Ann", "Bo", "Cai"]}
    assert filled("[[day]]: [[names]].", language, answers=answers) == [f"‹{day}›: ‹{names}›."]


def test_reserved_blanks_come_from_the_front_matter():
    front = {
        "parties": [{"name": "North"}, {"name": "South"}],
        "start": "2026-12-01",
        "end": "2027-12-01",
        "answers": {"parties": "nobody", "title": "other"},
    }
    text = "[[title]]: [[parties]], [[start]] to [[end]].\n\n[[Parties]]"
    assert filled(text, **front) == [
        "‹Ours›: ‹North and South›, ‹1 December 2026› to ‹1 December 2027›.",
        "- ‹North›\n- ‹South›",
    ]
    assert filled(text) == ["‹Ours›: [parties], [start] to [end].", "[Parties]"]


def test_term_and_party_names():
    document = assemble(agreement(start="2026-12-01", parties=[{"name": "North"}, {"name": "South"}]))
    assert term(document) == ("1 December 2026", "")
    assert party_names(document) == "North and South"


def test_private_answers_are_marked():
    document = assemble(agreement("[[phone]] [[how]]", answers={"phone": "1", "how": "2"}))
    paragraph: Any = document.clauses[0].blocks[0]
    assert [node.private for node in paragraph.children if isinstance(node, Filled)] == [True, False]


def test_references_are_numbered_again_when_a_clause_is_left_out():
    def said(kept: Agreement) -> list[str]:
        document = assemble(kept, {"own-2": "The second"}.get)
        return [words(block) for block in document.preamble + document.clauses[-1].blocks]

    whole = agreement("One.", "Two.", "See [[#own-1]], [[#own-2]], [[#own-3]].", preamble="[[#own-3]]")
    assert said(whole) == ["clause 3, Title 3", "See clause 1, Title 1, clause 2, Title 2, clause 3, Title 3."]
    left = Agreement(
        *(getattr(whole, name) for name in ("id", "language", "origin", "front", "preamble_text", "preamble")),
        (whole.sections[0], whole.sections[2]),
        1,
    )
    assert said(left) == ["clause 2, Title 3", "See clause 1, Title 1, clause 0, The second, clause 2, Title 3."]


def test_a_missing_clause_is_named_by_its_id_at_least():
    assert filled("See [[#gone]].") == ["See clause 0, gone."]


def test_notes_stay_in_the_document_and_out_of_a_draft(small):
    document = assemble(agreement("One.\n\n> Why: two."))
    assert [type(block) for block in document.clauses[0].blocks] == [Paragraph, Note]
    small.replace("agreements/clauses/publicity.md", "order.\n", "order.\n\n> Why: so.\n")
    toolkit, problems = load_and_check(small.root)
    assert problems == []
    made = draft(toolkit.templates["team"], toolkit)
    assert [section.id for section in made.sections] == ["publicity"]
    assert made.sections[0].text == "We name every partner, in [[order of names]] order."
    assert list(made.front.blanks) == ["order of names"]
    assert made.preamble_text == "This is what [[parties]] agreed."


@pytest.mark.parametrize("text", [case["text"] for _, case in cases() if not case.get("findings")])
def test_text_without_notes_reads_as_the_blocks_without_notes(text):
    blocks, findings = parse(text_without_notes(text))
    assert not findings
    assert blocks == without_notes(parse(text)[0])


def test_text_without_notes_keeps_the_rest():
    assert text_without_notes("a\n\n> Why: b\n> c\n\n\nd\n\t\n> e: f\n") == "a\n\n\nd"


# --- no answer changes the document's shape -------------------------------------------------------

TEXT = """\
[[how]] and **[[how]]**, [[names]], [[day]], [[often]], [[story]]

- [[how]]
  1. [[names]]

[[how]]

[[day]]

[[often]]

[[names]]

[[story]]

[[rota]]

> Why: [[how]], [[names]].
"""
KINDS = [Paragraph, ItemList, Paragraph, Paragraph, Paragraph, ItemList, Paragraph, Table, Note]

hostile = (
    st.lists(
        st.sampled_from(
            [*"*_[]()`#>|~\\<&\t\r\x85\u2028", "- ", "1. ", "\n", "\n\n", "---", "[[how]]", "[[#own-1]]", "a", "é"]
        ),
        min_size=1,
        max_size=12,
    ).map("".join)
    | st.text(max_size=20)
).filter(lambda text: bool(text.strip()))


def shape(document: Document) -> list[Any]:
    """The kinds of everything in ``document``, without its words."""

    def kinds(node: Any) -> Any:
        if isinstance(node, Table):
            return (Table, node.columns, len(node.rows))
        if isinstance(node, ItemList):
            return [(kinds(item), item.sublist and kinds(item.sublist)) for item in node.items]
        below = getattr(node, "children", getattr(node, "paragraphs", None))
        return type(node) if below is None else (type(node), [kinds(child) for child in below])

    return [
        (clause.id, clause.number, clause.title, [kinds(block) for block in clause.blocks])
        for clause in document.clauses
    ]


@QUICK
@given(hostile)
def test_no_answer_changes_the_shape_of_the_document(text):
    def made(words: str, story: str) -> Document:
        rows = [{"date": words, "who": words}]
        answers = dict.fromkeys(("how", "day", "often"), words)
        return assemble(
            agreement(
                TEXT, "[[#own-1]] stands.", answers={**answers, "names": [words, "b"], "story": story, "rota": rows}
            )
        )

    plain, odd = made("a", "a"), made(text, " ".join(text.split()))
    assert [type(block) for block in plain.clauses[0].blocks] == KINDS
    assert shape(odd) == shape(plain)
    # Every word arrives, in every place.
    answer = " ".join(text.split())
    blocks = odd.clauses[0].blocks
    assert words(blocks[0]) == f"‹{answer}› and ‹{answer}›, ‹{answer} and b›, ‹{answer}›, ‹{answer}›, ‹{answer}›"
    assert words(blocks[2]) == f"‹{answer}›"
    assert words(blocks[5]) == f"- ‹{answer}›\n- ‹b›"
    assert blocks[7].rows == ((answer, answer),)


@QUICK
@given(hostile)
def test_long_text_becomes_paragraphs_and_nothing_else(text):
    document = assemble(agreement("Before.\n\n[[story]]\n\nAfter.", "Two.", answers={"story": text}))
    first, *middle, last = document.clauses[0].blocks
    assert (words(first), words(last)) == ("Before.", "After.")
    assert all(type(block) is Paragraph and len(block.children) == 1 for block in middle)
    assert "".join(map(words, middle)).replace("›‹", " ").strip("‹›").split() == text.strip("‹›").split()
    assert len(document.clauses) == 2


def test_strong_words_keep_their_answer_inside():
    paragraph: Any = assemble(agreement("**[[how]]**", answers={"how": "x"})).clauses[0].blocks[0]
    assert paragraph.children == (Strong((Filled("x", "how"),)),)


def test_the_term_of_a_document_is_typed():
    assert assemble(agreement(start="2026-12-01")).start == datetime.date(2026, 12, 1)
