"""``groundrules record``: the form asks, the agreement's own words stand above each question."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from groundrules.agreement.document.assemble import assemble, open_blanks
from groundrules.agreement.review.records import draft_record
from groundrules.agreement.signing.signing_state import signing_state
from groundrules.cli import main
from groundrules.files import clock
from groundrules.files.load.folders import load
from groundrules.files.load.readers import PIECE_READERS, read_record
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.pieces import History
from groundrules.text.markup.nodes import blank_key, plain
from groundrules.text.problems import errors
from groundrules.writers.word import word
from support import our_toolkit, partnership
from support.dated_agreement import AGREEMENT, NEED
from support.small import SmallToolkit

DAY = datetime.date(2027, 3, 1)
LIBRARY = our_toolkit()
KINDS = [kind for kind in LIBRARY.records if "." not in kind]

FORM = f"""\
{partnership.REVIEW_FORM}
[[#publicity]]

- Were all named, as we said?
- How was it?

## Money

[[#money]]

- Did the money last?

## About

- Which words?

[[about]]

- What do they mean?
"""
MONEY = "---\ntitle: Money\ngroup: Working together\nowner: The editors\nreviewed: 2026-11-21\n---\nWho pays.\n\n"
MONEY += "## Why agree this\n\nSo.\n\n## Ask each other\n\n- Who?\n\n## Wording\n\n### Each {#each}\n\nEach pays.\n\n"
MONEY += "## Watch out for\n\n- Debts.\n"


@pytest.fixture(autouse=True)
def _the_day_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def bridge(
    small: SmallToolkit, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> SmallToolkit:
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    small.write("agreements/records/review.md", FORM)
    small.write("agreements/clauses/money.md", MONEY)
    partnership.agree(small)
    return small


def record(small: SmallToolkit, *words: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(small.root), "record", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def text(small: SmallToolkit, name: str = "2027-03-01-review") -> str:
    return (small.root / partnership.FOLDER / f"records/{name}.md").read_text("utf-8")


def listed(small: SmallToolkit) -> list[str]:
    folder = small.root / partnership.FOLDER / "records"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# --- what is drafted ------------------------------------------------------------------------------


def test_the_agreements_own_words_stand_above_the_questions(bridge):
    result = record(bridge, "review", "bridge", "--next", "2027-09-01")
    assert result.exit_code == 0, result.output
    body = text(bridge).split("\n---\n")[1]
    assert (
        body
        == """\
A review by [[parties]].

Date: 1 March 2027.
Next review: 1 September 2027.
The words quoted here are those of version 1, agreed on 2 September 2026.

## Names {#part-1}

**How was it?**

[[how was it]]

**What we agreed in clause 1, Publicity:**

We name every partner, in alphabetical order.

**Were all named, as we said?**

[[were all named]]

**How was it?**

[[how was it 2]]

## About {#part-3}

**Which words?**

[[which words]]
"""
    )


def test_it_notes_which_words_it_quotes(bridge):
    record(bridge, "review", "bridge", "--next", "2027-09-01")
    kept = load(bridge.root).toolkit.histories["bridge"]
    front = kept.records["2027-03-01-review"].front
    assert (front.template, front.date, front.next) == ("review", DAY, datetime.date(2027, 9, 1))
    assert (front.version, front.fingerprint) == (1, kept.versions[1].front.fingerprint)
    assert front.blanks["were all named"].ask == "Were all named, as we said?"
    assert bridge.problems() == []


def test_it_quotes_the_words_in_force_and_not_those_of_today(bridge):
    partnership.replace(bridge, "order of names: alphabetical", "order of names: reverse")
    record(bridge, "review", "bridge")
    assert "in alphabetical order" in text(bridge)
    assert "reverse" not in text(bridge)


def test_a_draft_is_quoted_as_it_stands_and_asks_nothing_of_its_own(bridge):
    partnership.write(
        bridge, partnership.AGREEMENT.replace("  order of names: alphabetical\n", "").replace("answers:\n", "")
    )
    (bridge.root / partnership.FOLDER / "versions/1.md").unlink()
    record(bridge, "review", "bridge")
    assert "The words quoted here are those of 1 March 2027." in text(bridge)
    assert r"We name every partner, in \[order of names\] order." in text(bridge)
    assert "version:" not in text(bridge)
    assert "fingerprint:" not in text(bridge)


def test_what_a_concern_is_about_is_named(bridge):
    record(bridge, "review", "bridge", "--about", "publicity", "--about", "1")
    about = text(bridge).split("## About")[1]
    assert about.count("**What we agreed in clause 1, Publicity:**") == 1
    assert "[[what do they mean]]" in about


def test_phones_emails_and_private_answers_are_not_repeated(bridge):
    private = partnership.AGREEMENT.replace('example: "alphabetical"', 'example: "a"\n    private: yes')
    (bridge.root / partnership.FOLDER / "versions/1.md").unlink()
    partnership.agree(bridge, private.replace("order of names: alphabetical", "order of names: 01632 960199"))
    record(bridge, "review", "bridge")
    assert "We name every partner, in (not shown here) order." in text(bridge)
    assert "01632" not in text(bridge)


def test_a_publisher_adds_a_kind_by_adding_a_file(bridge):
    bridge.write("agreements/records/half-time.md", FORM.replace("title: Review", "title: Half time"))
    assert record(bridge, "half-time", "bridge", "--on", "2027-02-03").exit_code == 0
    assert 'title: "Half time: Bridge evenings"' in text(bridge, "2027-02-03-half-time")


def test_it_asks_in_the_agreements_language_where_the_form_was_translated(bridge):
    (bridge.root / partnership.FOLDER / "versions/1.md").unlink()
    partnership.agree(bridge, partnership.AGREEMENT.replace("template: team\n", "template: team\nlanguage: cy\n"))
    bridge.write("agreements/records/review.cy.md", FORM.replace("- Which words?", "- Pa eiriau?"))
    record(bridge, "review", "bridge")
    assert "**Pa eiriau?**\n\n[[pa eiriau]]" in text(bridge)
    assert 'template: "review"' in text(bridge)


def test_it_says_how_the_next_day_is_set_where_the_agreement_waits_for_one(bridge):
    assert "next:" not in record(bridge, "review", "bridge").output
    bridge.replace("agreements/templates/team.md", *NEED)
    partnership.write(bridge, AGREEMENT)
    assert 'add a line "next: 2027-09-01"' in record(bridge, "review", "bridge").output
    assert "next:" not in record(bridge, "review", "bridge", "--next", "2027-10-01").output


# --- nothing is lost, nothing half done -------------------------------------------------------------


def test_the_second_record_of_a_day_has_a_number(bridge):
    for _ in range(3):
        assert record(bridge, "review", "bridge").exit_code == 0
    assert listed(bridge) == ["2027-03-01-review-2.md", "2027-03-01-review-3.md", "2027-03-01-review.md"]
    assert len(load(bridge.root).toolkit.histories["bridge"].records) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["revue", "bridge"], 'There is no kind of record "revue". Did you mean "review"?'),
        (["review", "brigde"], 'There is no partnership "brigde". Did you mean "bridge"?'),
        (["review", "bridge", "--on", "31 June 2027"], '--on: "31 June 2027" is not a date: June has 30 days.'),
        (["review", "bridge", "--next", "2027-02-01"], "the next review comes after this one"),
        (["review", "bridge", "--about", "publicty"], 'has no clause "publicty". Did you mean "publicity"?'),
        (["review", "bridge", "--about", "2"], 'has no clause "2"'),
        (["plain", "bridge", "--about", "1"], 'A record of the kind "plain" is about the whole agreement'),
        (["broken", "bridge"], "agreements/records/broken.md cannot be read"),
        (["review.cy", "bridge"], 'There is no kind of record "review.cy"'),
        (["../review", "bridge"], 'There is no kind of record "../review"'),
    ],
)
def test_a_mistake_is_named_and_changes_nothing(bridge, words, says):
    bridge.write("agreements/records/plain.md", FORM.replace("[[about]]\n", ""))
    bridge.write("agreements/records/broken.md", "---\ntitle: Broken\n---\n")
    bridge.write("agreements/records/review.cy.md", FORM)
    result = record(bridge, *words)
    assert result.exit_code == 2
    assert says in result.output
    assert listed(bridge) == []


def test_a_broken_agreement_is_no_ground_to_stand_on(bridge):
    partnership.replace(bridge, "title: Bridge evenings\n", "titel: Bridge evenings\n")
    result = record(bridge, "review", "bridge")
    assert result.exit_code == 1
    assert "[unknown-key]" in result.output
    assert listed(bridge) == []


# --- as a file to fill in --------------------------------------------------------------------------


def test_the_word_file_has_a_field_for_each_answer(bridge):
    result = record(bridge, "review", "bridge", "--to", "docx")
    assert result.exit_code == 0, result.output
    content = Path("bridge-2027-03-01-review.docx").read_bytes()
    body = docx.Document(io.BytesIO(content)).element.body
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    names = [one.get(f"{namespace}val") for one in body.iter(f"{namespace}alias")]
    assert [name for name in names if name in ("how was it", "were all named", "how was it 2", "which words")] == [
        "how was it",
        "were all named",
        "how was it 2",
        "which words",
    ]
    words = "".join(one.text or "" for one in body.iter(f"{namespace}t"))
    assert "We name every partner, in alphabetical order." in words


@pytest.mark.parametrize("kind", ["docx", "odt", "md"])
def test_a_record_that_is_there_is_written_out_as_it_stands(bridge, kind):
    record(bridge, "review", "bridge")
    path = bridge.root / partnership.FOLDER / "records/2027-03-01-review.md"
    path.write_text(text(bridge).replace("[[which words]]", "Those on names."))
    before = path.read_bytes()
    assert record(bridge, "2027-03-01-review", "bridge", "--to", kind).exit_code == 0
    made = Path(f"bridge-2027-03-01-review.{kind}")
    assert kind != "md" or b"Those on names." in made.read_bytes()
    assert kind != "docx" or "Those on names." in [one.text for one in docx.Document(str(made)).paragraphs]
    assert path.read_bytes() == before
    again = record(bridge, "2027-03-01-review", "bridge", "--to", kind)
    assert (again.exit_code, "is already there, and is left as it is" in again.output) == (2, True)


def test_a_record_that_is_there_is_not_drafted_anew(bridge):
    record(bridge, "review", "bridge")
    result = record(bridge, "2027-03-01-review", "bridge", "--on", "2027-03-02", "--to", "docx")
    assert result.exit_code == 2
    assert listed(bridge) == ["2027-03-01-review.md"]


def test_no_record_is_made_when_its_file_has_no_place(bridge):
    Path("bridge-2027-03-01-review.docx").write_text("mine")
    assert record(bridge, "review", "bridge", "--to", "docx").exit_code == 2
    assert listed(bridge) == []
    assert Path("bridge-2027-03-01-review.docx").read_text() == "mine"


# --- our own forms, on every agreement we have -----------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LIBRARY.examples)
def test_every_form_suits_every_example(kind, name):
    agreement = LIBRARY.examples[name]
    form = LIBRARY.records[kind]
    about = [section.id for section in agreement.sections]
    about = about if any("about" in str(section.blocks) for section in form.sections) else []
    made = draft_record(form, kind, signing_state(agreement, History()), LIBRARY, DAY, about)
    read, found = opened(agreement_source(made), f"partnerships/x/records/{DAY}-{kind}.md", read_record)
    assert not errors(found)
    document = assemble(read)
    assert {blank_key(one) for one in open_blanks(document)} == {blank_key(one) for one in read.front.blanks}
    assert all(section.blocks for section in read.sections)
    assert word(document).startswith(b"PK")


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asks_each_question_once(kind):
    form = LIBRARY.records[kind]
    asked = [plain(item.children) for section in form.sections for block in section.blocks for item in items(block)]
    assert len(asked) == len(set(asked))
    assert all(one.endswith("?") or one.endswith("each.") for one in asked)


def items(block):
    return getattr(block, "items", ())


@settings(deadline=None, max_examples=100)
@given(answer=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_any_answer_is_quoted_as_it_reads(answer):
    base, _ = opened(partnership.AGREEMENT, "partnerships/bridge/agreement.md")
    front = base.front.model_copy(update={"answers": {"order of names": answer}})
    form, _ = opened(FORM, "agreements/records/review.md", PIECE_READERS["records"])
    made = draft_record(form, "review", signing_state(replace(base, front=front), History()), LIBRARY, DAY)
    read, found = opened(agreement_source(made), f"partnerships/bridge/records/{DAY}-review.md", read_record)
    assert not [one for one in found if one.name != "hidden-characters"]
    quoted = [plain(block.children) for block in read.sections[0].blocks if not items(block)]
    assert f"We name every partner, in {' '.join(answer.split())} order." in [" ".join(one.split()) for one in quoted]
