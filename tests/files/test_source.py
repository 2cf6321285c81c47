"""What our writers put into a file reads back as the same thing."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.checks import load_and_check as read_toolkit
from groundrules.files.source import agreement_source, front_matter, heading
from groundrules.model.front import AgreementFront, BlankDefinition, Column, ExampleFront, Party, Signature
from groundrules.text.frontmatter import read
from support import REPOSITORY

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

text = st.lists(
    st.sampled_from([*"'\"\\#:-?|>&*!%@`{}[], \n\t\x85\u2028\ufeff", "a", "é", "😀", "---", "no", "07700", "~"])
    | st.characters(exclude_categories=["Cs"]),
    max_size=8,
).map("".join)
key = text.filter(bool) | st.sampled_from(["a", " a", "a ", "- a", "-", "1", "no", "a: b", "a#b", "a  b", "x-", "é"])
words = text.filter(lambda one: bool(one.strip())).map(str.strip)
day = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)).map(str)
yes = st.sampled_from(["yes", "no"])


def some(values, least=0):
    return st.lists(values, min_size=least, max_size=2).map(tuple)


columns = st.builds(Column, ask=words, example=text, private=yes) | st.builds(
    Column, ask=words, type=st.just("date"), calendar=text
)
blanks = st.one_of(
    st.builds(BlankDefinition, ask=words, example=text, type=st.sampled_from(["text", "long text", "list"])),
    st.builds(BlankDefinition, ask=words, type=st.just("choice"), choices=some(words, 1)),
    st.builds(
        BlankDefinition,
        ask=words,
        type=st.just("rows"),
        columns=st.dictionaries(key, columns, min_size=1, max_size=2),
    ),
)
answers = st.one_of(
    text,
    st.lists(text, min_size=1, max_size=3),
    st.lists(st.dictionaries(key, text, min_size=1, max_size=3), min_size=1, max_size=3),
    st.lists(st.lists(text, min_size=1, max_size=2), min_size=1, max_size=2),
)
shared = {
    "title": words,
    "template": words,
    "language": text,
    "status": st.sampled_from(["draft", "agreed", "ended"]),
    "start": st.none() | day,
    "parties": some(st.builds(Party, name=words, contact=text, role=text, phone=text, email=text)),
    "blanks": st.dictionaries(key, blanks, max_size=2),
    "answers": st.dictionaries(key, answers, max_size=4),
    "left_out": some(words),
    "taken": st.dictionaries(key, text, max_size=2),
    "signatures": some(st.builds(Signature, party=words, name=words, role=text, date=day)),
    "related": some(words),
    "publish": yes,
}
fronts = st.builds(AgreementFront, **shared)
examples = st.builds(ExampleFront, **shared, summary=words, basis=words, owner=words, reviewed=day)


@QUICK
@given(fronts | examples)
def test_front_matter_reads_back_as_it_was(front):
    written = front_matter(front)
    assert "\n---" not in written
    found, findings = read(written)
    assert not findings
    assert type(front).model_validate(found.data) == front
    assert list(found.data.get("answers", {})) == list(front.answers)


def test_front_matter_looks_like_this():
    front = AgreementFront(
        title='The "big" one',
        template="team",
        start="2026-12-01",
        parties=(Party(name="Northgate", phone="07700 900123"), Party(name="Southgate")),
        blanks={"rota": BlankDefinition(ask="Who?", type="rows", columns={"day: x": Column(ask="?", private="yes")})},
        answers={"rota": [{"day: x": "Monday"}, {"day: x": "12:30"}], "names": ["a", ""], "how": "line\nline"},
        left_out=("money",),
        publish="yes",
    )
    assert (
        front_matter(front)
        == """\
title: "The \\"big\\" one"
template: "team"
start: 2026-12-01
parties:
  - name: "Northgate"
    phone: "07700 900123"
  - name: "Southgate"
blanks:
  rota:
    ask: "Who?"
    type: "rows"
    columns:
      "day: x":
        ask: "?"
        private: yes
answers:
  rota:
    - "day: x": "Monday"
    - "day: x": "12:30"
  names:
    - "a"
    - ""
  how: "line\\nline"
left out:
  - "money"
publish: yes
"""
    )


def test_an_emptied_list_stays_in_the_file():
    front = AgreementFront(title="a", template="b", answers={"names": [], "rota": [{}], "how": ""})
    data = read(front_matter(front))[0].data
    assert data["answers"] == {"names": "", "rota": [""], "how": ""}


# --- whole files ---------------------------------------------------------------------------------


def round_trip(small, name="two-teams"):
    """The source of an example as loaded, and of the same example loaded from that source."""
    first = agreement_source(read_toolkit(small.root)[0].examples[name])
    small.write(f"agreements/examples/{name}.md", first)
    return first, agreement_source(read_toolkit(small.root)[0].examples[name])


def test_source_opens_again(small):
    before = read_toolkit(small.root)[0].examples["two-teams"]
    first, second = round_trip(small)
    after = read_toolkit(small.root)[0].examples["two-teams"]
    assert first == second
    assert small.problems() == []
    assert (after.front, after.preamble_text, after.preamble) == (before.front, before.preamble_text, before.preamble)
    assert [(one.id, one.title, one.wording, one.text, one.blocks) for one in after.sections] == [
        (one.id, one.title, one.wording, one.text, one.blocks) for one in before.sections
    ]
    assert heading(after.sections[0]) == "## Publicity {#publicity wording=every-partner}"


bodies = st.lists(
    st.sampled_from(
        [*"\n\n -*>[]#`~|\t", "\n\n", "a", "One.", "- a\n", "> Why: b\n", "---\n", "## Own {#own-1}\n", "[[x]]", "é"]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies)
def test_source_is_the_same_however_odd_the_text(small, body):
    file = "agreements/examples/two-teams.md"
    text = (small.root / file).read_text("utf-8")
    front = text[: text.index("\n---\n") + 5]
    small.write(file, front + body)
    first, second = round_trip(small)
    assert first == second


@pytest.mark.parametrize("path", sorted(REPOSITORY.glob("agreements/examples/*.md")), ids=lambda path: path.stem)
def test_every_example_opens_again(path, small):
    small.write(f"agreements/examples/{path.name}", path.read_bytes())
    loaded = read_toolkit(small.root)[0].examples.get(path.stem)
    assert loaded is not None
    first, second = round_trip(small, path.stem)
    assert first == second
