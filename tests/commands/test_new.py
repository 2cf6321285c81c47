"""``groundrules new``: a fork says everything it says, or nothing was written."""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import re

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.agreement.document.answers import settled
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.fork import Choices, digests, files, make, taken
from groundrules.checks import load_and_check, run
from groundrules.cli import main
from groundrules.commands.fork_options import ForkOptions
from groundrules.commands.typed_values import party
from groundrules.files.load.folders import load
from groundrules.files.load.kept import Cache
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.front import BlankDefinition, Party
from groundrules.text.markup.hidden import hidden_characters
from groundrules.text.problems import UserError, errors
from support import REPOSITORY, our_toolkit
from support.fuller_toolkit import furnish
from support.processes import killed_at
from support.small import SmallToolkit

# Our own toolkit, read once for all of these.
OURS = Cache()
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def full(small: SmallToolkit) -> SmallToolkit:
    return furnish(small)


def new(small: SmallToolkit, *words: str, before: tuple[str, ...] = ()) -> Result:
    result = CliRunner().invoke(main, ["--root", str(small.root), *before, "new", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def made(small: SmallToolkit, name: str = "bridge", file: str = "agreement.md") -> str:
    return (small.root / "agreements/partnerships" / name / file).read_text("utf-8")


def nothing_made(small: SmallToolkit) -> bool:
    folder = small.root / "agreements/partnerships"
    return not folder.exists() or not list(folder.iterdir())


# --- what is made --------------------------------------------------------------------------------


def test_a_fork_has_the_whole_text_and_its_own_definitions(full):
    result = new(
        full,
        "team",
        "bridge",
        "--party",
        "Northgate: Ann Lee",
        "--set",
        "chair=x",
        "--wording",
        "meetings=only-a-chair",
    )
    assert result.exit_code == 0, result.output
    assert (
        made(full)
        == f"""\
---
title: "Team agreement"
template: "team"
parties:
  - name: "Northgate"
    contact: "Ann Lee"
blanks:
  order of names:
    ask: "In what order?"
    example: "alphabetical"
  chair:
    ask: "Who chairs?"
    example: "Ann"
  notice:
    ask: "How long before?"
    example: "a month"
answers:
  chair: "x"
taken:
  preamble: "{sha("This is what [[parties]] agreed.")}"
  publicity: "{
            sha('''## Publicity {#publicity wording=every-partner}

We name every partner, in [[order of names]] order.''')
        }"
  meetings: "{
            sha('''## Meetings {#meetings wording=only-a-chair}

[[Chair]] calls a meeting when one is needed.''')
        }"
  leaving: "{
            sha('''## Leaving {#leaving wording=with-notice}

A partner that leaves says so [[notice]] before.''')
        }"
---
This is what [[parties]] agreed.

## Publicity {{#publicity wording=every-partner}}

We name every partner, in [[order of names]] order.

## Meetings {{#meetings wording=only-a-chair}}

[[Chair]] calls a meeting when one is needed.

## Leaving {{#leaving wording=with-notice}}

A partner that leaves says so [[notice]] before.
"""
    )
    folder = full.root / "agreements/partnerships"
    assert sorted(path.name for path in folder.rglob("*")) == ["agreement.md", "bridge", "taken.md"]


def sha(text: str) -> str:
    return hashlib.sha256(f"{text}\n".encode()).hexdigest()


def test_it_says_what_to_do_next(full):
    output = new(full, "team", "bridge").output
    assert "Made " in output
    assert "with 9 open questions" in output
    root = full.root
    for command in ("ask bridge", "check", "export bridge --to docx"):
        assert f"groundrules --root {root} {command}" in output
    # What it says to do can be done as it stands.
    for line in re.findall(r"^  groundrules (.*?)(?:   |$)", output, re.M):
        result = CliRunner().invoke(main, line.split(), input="/quit\n", catch_exceptions=False)
        assert result.exit_code == 0, line
    os.remove("bridge.docx")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))


def test_taken_is_the_library_text_and_opens_like_an_agreement(full):
    new(full, "team", "bridge", "--set", "notice=a week", "--without", "leaving")
    new(full, "team", "bridge2", "--set", "notice=a week")
    base, problems = opened(made(full, "bridge2", "taken.md"), "bridge2/taken.md")
    assert base
    assert not problems
    assert base.front.answers == {}
    assert base.front.parties == ()
    agreement, _ = opened(made(full, "bridge2"), "bridge2/agreement.md")
    assert agreement
    assert digests(base) == agreement.front.taken
    assert [one.text for one in base.sections] == [one.text for one in agreement.sections]
    assert base.front.blanks == agreement.front.blanks
    assert not full.problems() or not errors(full.problems())


def test_without_choices_a_fork_is_the_draft_that_the_site_offers(full):
    toolkit, _ = load_and_check(full.root)
    template = toolkit.templates["team"]
    plain = taken(template, toolkit, Choices())
    fork = make(template, toolkit, Choices())
    assert agreement_source(fork).replace(agreement_source(plain)[4:-1].split("---")[0], "")
    assert fork.sections == plain.sections
    assert fork.front.model_copy(update={"taken": {}}) == plain.front


@pytest.mark.slow
@pytest.mark.parametrize("template", sorted(path.stem for path in (REPOSITORY / "agreements/templates").glob("*.md")))
def test_every_template_can_be_forked_and_has_no_error(template, tmp_path):
    result = CliRunner().invoke(
        main, ["--root", str(REPOSITORY), "new", template, "a", "--party", "B: C", "--partnerships", str(tmp_path)]
    )
    assert result.exit_code == 0, result.output
    toolkit = load_and_check(REPOSITORY, tmp_path, OURS)[0]
    agreement = toolkit.partnerships["a"]
    mine = [one for one in run(toolkit) if one.file == agreement.origin.file]
    assert mine
    assert {one.level for one in mine} == {"warning"}
    # Agreed, every one of these is an error.
    path = tmp_path / "a" / "agreement.md"
    path.write_text(path.read_text("utf-8").replace("\nparties:", "\nstatus: agreed\nparties:", 1), "utf-8")
    toolkit = load_and_check(REPOSITORY, tmp_path, OURS)[0]
    agreed = [one for one in run(toolkit) if one.file == agreement.origin.file]
    assert {(one.name, one.message) for one in agreed} >= {(one.name, one.message) for one in mine}
    assert {one.level for one in agreed} == {"error"}
    assert "unsigned" in {one.name for one in agreed}


# --- choices -------------------------------------------------------------------------------------


def test_clauses_can_be_left_out_where_the_template_allows_it(full):
    assert new(full, "team", "bridge", "--without", "leaving").exit_code == 0
    text = made(full)
    assert 'left out:\n  - "leaving"\n' in text
    assert "notice" not in text
    assert "{#leaving" not in text
    assert not errors(full.problems())


def test_a_needed_clause_is_not_left_out_and_the_reason_is_given(full):
    result = new(full, "team", "bridge", "--without", "publicity")
    assert result.exit_code == 2
    assert "Say in what order." in result.output
    assert nothing_made(full)


def test_answers_of_every_type(full):
    full.write(
        "answers.yml",
        """\
title: "Bridge: evenings"
start: 2026-12-01
parties:
  - Northgate
  - name: "Smith, Jones & Co"
    contact: Bo
# a remark
Rhythm of  meetings: every 4 weeks on Tuesday from 2026-12-01
kind of meeting: online
review date: 2027-03-09
why we meet: "To talk.\\nTo plan."
who comes:
  - Ann
  - "  Bo  "
  - ""
tasks:
  - how: online
    task: book
  - task: ""
  - by when: 2026-12-02
""",
    )
    result = new(full, "team", "bridge", "--answers", str(full.root / "answers.yml"), "--set", "notice= a = b ")
    assert result.exit_code == 0, result.output
    assert (
        made(full).split("\nanswers:\n")[1].split("\ntaken:")[0]
        == """\
  rhythm of meetings: "every 4 weeks on Tuesday from 2026-12-01"
  kind of meeting: "online"
  review date: "2027-03-09"
  why we meet: "To talk.\\nTo plan."
  who comes:
    - "Ann"
    - "Bo"
  tasks:
    - task: "book"
      how: "online"
    - by when: "2026-12-02"
  notice: "a = b\""""
    )
    assert made(full).startswith(
        '---\ntitle: "Bridge: evenings"\ntemplate: "team"\nstart: 2026-12-01\nparties:\n  - name: "Northgate"\n'
    )
    assert 'name: "Smith, Jones & Co"' in made(full)


def test_a_list_is_set_entry_by_entry(full):
    assert new(full, "team", "bridge", "--set", "who comes=Ann", "--set", "Who  Comes=Bo, too").exit_code == 0
    assert '  who comes:\n    - "Ann"\n    - "Bo, too"\n' in made(full)


def test_the_order_in_which_answers_are_given_does_not_matter(full):
    given = ["notice=a", "review date=2027-01-01", "order of names=c"]
    new(full, "team", "one", *(word for one in given for word in ("--set", one)))
    new(full, "team", "two", *(word for one in reversed(given) for word in ("--set", one)))
    assert made(full, "one") == made(full, "two")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Northgate Youth", Party(name="Northgate Youth")),
        ("Northgate: Ann Lee", Party(name="Northgate", contact="Ann Lee")),
        (
            "Northgate: Ann Lee, lead, 01632 960111, ann@n.example",
            Party(name="Northgate", contact="Ann Lee", role="lead", phone="01632 960111", email="ann@n.example"),
        ),
        ("Ann Lee, drugs worker, Harbour", Party(name="Ann Lee", role="drugs worker", organisation="Harbour")),
        ("Ann Lee, drugs worker", Party(name="Ann Lee", role="drugs worker")),
        ("Ann, +44 1632 960111", Party(name="Ann", phone="+44 1632 960111")),
    ],
)
def test_parties(words, who):
    assert party(words) == who


@pytest.mark.parametrize("words", ["", " ", ":", ": Ann", "a, b, c, d", "A: b, c, d", "a\u202e", "x" * 20000])
def test_what_is_no_party(words):
    with pytest.raises(UserError):
        party(words)


# --- from an example -----------------------------------------------------------------------------


def test_from_an_example(full):
    full.replace("agreements/examples/two-teams.md", "wording=every-partner", "wording=one-voice")
    full.replace("agreements/examples/two-teams.md", "order of names: alphabetical", "order of names: by age")
    full.replace("agreements/examples/two-teams.md", "\n> Why", "\nAnn Lee said so.\n\n> Why")
    text = (full.root / "agreements/examples/two-teams.md").read_text("utf-8")
    full.write("agreements/examples/two-teams.md", text + "\n## Ours {#own-1}\n\nBo Ray has the key.\n\n> Why: so.\n")
    result = new(full, "team", "bridge", "--from", "two-teams")
    assert result.exit_code == 0, result.output
    assert "  Ours\n" in result.output
    agreement = load_and_check(full.root)[0].partnerships["bridge"]
    assert [(one.id, one.wording) for one in agreement.sections] == [("publicity", "one-voice")]
    assert agreement.front.left_out == ("meetings", "leaving")
    assert agreement.front.blanks["order of names"].example == "by age"
    assert agreement.front.answers == {}
    assert agreement.front.parties == ()
    assert agreement.front.signatures == ()
    assert not any(word in made(full) for word in ("Ann Lee", "Bo Ray", "Why:", "summary"))
    assert not any(word in made(full, file="taken.md") for word in ("Ann Lee", "by age"))
    assert not errors(full.problems())


@pytest.mark.slow
@pytest.mark.parametrize("example", sorted(path.stem for path in (REPOSITORY / "agreements/examples").glob("*.md")))
def test_from_every_example(example, tmp_path):
    given = our_toolkit().examples[example]
    result = CliRunner().invoke(
        main,
        [
            "--root",
            str(REPOSITORY),
            "new",
            given.front.template,
            "a",
            "--from",
            example,
            "--partnerships",
            str(tmp_path),
        ],
    )
    assert result.exit_code == 0, result.output
    agreement = load(REPOSITORY, tmp_path, OURS).toolkit.partnerships["a"]
    assert [one.id for one in agreement.sections] == [one.id for one in given.sections if not one.id.startswith("own-")]
    body = (tmp_path / "a/agreement.md").read_text("utf-8").split("\n---\n", 1)[1]
    for one in given.front.parties:
        assert not one.contact or one.contact not in body
        assert one.name not in body


def test_hints_from_answers_of_every_type(full):
    text = BlankDefinition(ask="?", example="old")
    from groundrules.agreement.document.fork import hinted

    assert hinted(text, "new").example == "new"
    assert hinted(text, "") == text
    assert hinted(BlankDefinition(ask="?", type="list"), ["a", "b"]).example == "a; b"
    rows = BlankDefinition.model_validate(
        {"ask": "?", "type": "rows", "columns": {"x": {"ask": "?"}, "y": {"ask": "?", "example": "k"}}}
    )
    changed = hinted(rows, [{"x": ""}, {"x": "1"}]).columns
    assert (changed["x"].example, changed["y"].example) == ("1", "k")


# --- what is refused -----------------------------------------------------------------------------

REFUSED = [
    (["taem", "bridge"], 'Did you mean "team"?'),
    (["team", "North Gate"], 'such as "north-gate"'),
    (["team", "../x"], "cannot be the name"),
    (["team", "con"], "cannot be the name"),
    (["team", "a.b"], "cannot be the name"),
    (["team", ""], "cannot be the name"),
    (["team", "é"], "cannot be the name"),
    (["team", "a" * 300], "300 characters"),
    (["team", "bridge", "--set", "ordr of names=x"], 'Did you mean "order of names"?'),
    (["team", "bridge", "--set", "order of names"], "blank=answer"),
    (["team", "bridge", "--set", "notice=a", "--set", "notice=b"], "set twice"),
    (["team", "bridge", "--set", "tasks=x"], "table"),
    (["team", "bridge", "--set", "parties=x"], "--party"),
    (["team", "bridge", "--set", "review date=31 June 2027"], "June has 30 days"),
    (["team", "bridge", "--set", "review date=26-12-01"], "2001-12-26 or 2026-12-01"),
    (["team", "bridge", "--set", "kind of meeting=by pigeon"], "not one of the choices"),
    (["team", "bridge", "--set", "chair=Ann"], "another wording"),
    (["team", "bridge", "--without", "leaving", "--set", "notice=Ann"], "left out"),
    (["team", "bridge", "--set", "start=2026-12-02", "--set", "end=2026-12-01"], '"end" is before "start"'),
    (["team", "bridge", "--set", "start=soon"], "is not a date"),
    (["team", "bridge", "--set", "title= "], "empty"),
    (["team", "bridge", "--set", "notice=a\u200bb"], "nobody can see"),
    (["team", "bridge", "--set", "notice=" + "é" * 9000], "9000 characters"),
    (["team", "bridge", "--wording", "meetings=evrything"], 'Did you mean "everything"?'),
    (["team", "bridge", "--wording", "meetigns=everything"], 'Did you mean "meetings"?'),
    (["team", "bridge", "--wording", "meetings"], "clause=wording"),
    (["team", "bridge", "--without", "leaving", "--wording", "leaving=with-notice"], "left out"),
    (["team", "bridge", "--without", "leavin"], 'Did you mean "leaving"?'),
    (["team", "bridge", "--from", "two-temas"], 'Did you mean "two-teams"?'),
    (["team", "bridge", "--party", "A", "--party", "A: B"], "named twice"),
    (["team", "bridge", "--party", ":"], "is not a party"),
    (["team", "bridge", "--answers", "nowhere.yml"], "nowhere.yml"),
    (["team", "bridge", "--partnerships", "nowhere"], "nowhere"),
    (["team"], "Missing argument"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(words)[:60] for words, _ in REFUSED])
def test_wrong_usage(full, words, said):
    result = new(full, *words)
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert nothing_made(full)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("chair: x\nordre of names: a\n", ":2: [bad-answer]"),
        ("notice: a\nnotice: b\n", ":2: [duplicate-key]"),
        ("- a\n", ":1: [bad-value]"),
        ("tasks: book\n", ":1: [bad-answer]"),
        ("tasks:\n  - tsak: book\n", "is not a column"),
        ("notice:\n  - a\n", "not a list"),
        ("parties:\n  - nmae: A\n", "A party has: name"),
        ("notice: [a\n", ":1: "),
        ("start:\n  - a\n", "one line of text"),
        (b"notice: \xff\n", "not UTF-8"),
    ],
)
def test_answers_that_cannot_be_read(full, text, said):
    full.write("answers.yml", text)
    result = new(full, "team", "bridge", "--answers", str(full.root / "answers.yml"))
    assert result.exit_code == 1, result.output
    assert said in result.output
    assert nothing_made(full)


@pytest.mark.parametrize("title", ["<b>x</b>", "{{ x }}"])
def test_a_title_that_would_be_an_error_is_refused_before_anything_is_written(full, title):
    result = new(full, "team", "bridge", "--set", f"title={title}")
    assert result.exit_code == 1, result.output
    assert nothing_made(full)


def test_it_never_overwrites(full):
    new(full, "team", "bridge", "--set", "notice=first")
    before = made(full)
    result = new(full, "team", "bridge", "--set", "notice=second")
    assert result.exit_code == 2
    assert "already there" in result.output
    assert made(full) == before
    folder = full.root / "agreements/partnerships"
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("nowhere")
    (folder / "file").write_text("x")
    for name in ("empty", "link", "file"):
        assert new(full, "team", name).exit_code == 2


def test_a_broken_template_or_clause_is_named_and_nothing_made(full):
    full.replace("agreements/clauses/leaving.md", "A partner", "<b>A partner")
    result = new(full, "team", "bridge")
    assert result.exit_code == 1
    assert "agreements/clauses/leaving.md:" in result.output
    assert nothing_made(full)
    assert new(full, "team", "bridge", "--without", "leaving").exit_code == 0, "what is left out does no harm"
    full.write("agreements/templates/team.md", "x")
    assert new(full, "team", "other").exit_code == 1


def test_mistakes_elsewhere_do_no_harm(full):
    full.write("agreements/clauses/other.md", "broken")
    assert new(full, "team", "bridge").exit_code == 0


def test_a_folder_that_is_no_toolkit(tmp_path):
    result = CliRunner().invoke(main, ["--root", str(tmp_path), "new", "team", "bridge"])
    assert result.exit_code == 1
    assert "[missing-folder]" in result.output


def test_a_private_folder(full, tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    assert new(full, "team", "one", "--partnerships", str(private)).exit_code == 0
    result = new(full, "team", "two", before=("--partnerships", str(private)))
    assert f"--partnerships {private}" in result.output
    assert sorted(os.listdir(private)) == ["one", "two"]
    assert nothing_made(full)


def test_a_folder_that_may_not_be_written_to(full, tmp_path_factory, monkeypatch):
    def refused(path, *_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    private = tmp_path_factory.mktemp("private")
    monkeypatch.setattr(os, "mkdir", refused)
    result = new(full, "team", "one", "--partnerships", str(private))
    assert result.exit_code == 1
    assert "this cannot be read or written: Permission denied." in result.output
    assert os.listdir(private) == []


# --- days and rhythms ----------------------------------------------------------------------------


def test_a_day_is_read_as_people_write_it_and_said_back(full, monkeypatch, tmp_path):
    monkeypatch.setattr("groundrules.files.clock.today", lambda: datetime.date(2026, 11, 27))
    file = tmp_path / "answers.yml"
    file.write_text('end: "31 July 2027"\ntasks:\n  - task: Print\n    by when: "tomorrow"\n')
    result = new(
        full, "team", "bridge", "--answers", str(file), "--set", "start=1st Dec", "--set", "review date=1/6/27"
    )
    assert result.exit_code == 0, result.output
    for said in (
        "Saturday 31 July 2027",
        "Saturday 28 November 2026",
        "Tuesday 1 December 2026",
        "Tuesday 1 June 2027",
    ):
        assert f": {said}." in result.output
    front = load(full.root).toolkit.partnerships["bridge"].front
    assert (str(front.start), str(front.end)) == ("2026-12-01", "2027-07-31")
    assert front.answers["review date"] == "2027-06-01"
    assert front.answers["tasks"] == [{"task": "Print", "by when": "2026-11-28"}]


def test_a_new_agreement_has_an_id_of_its_own(full, monkeypatch):
    monkeypatch.undo()
    for name in ("one", "two"):
        assert new(full, "team", name).exit_code == 0
    found = load(full.root).toolkit.partnerships
    assert re.fullmatch("[0-9a-f]{16}", found["one"].front.id)
    assert found["one"].front.id != found["two"].front.id


# --- killed at any moment ------------------------------------------------------------------------


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_no_half_folder(full):
    words = ["--root", str(full.root), "new", "team", "bridge", "--set", "notice=a"]
    whole: dict[str, str] = {}
    folder = full.root / "agreements/partnerships"
    for number in range(100):
        result = killed_at(number, *words)
        seen = [path.name for path in folder.iterdir()] if folder.exists() else []
        if "bridge" in seen:
            now = {path.name: path.read_text("utf-8") for path in (folder / "bridge").iterdir()}
            assert sorted(now) == ["agreement.md", "taken.md"]
            whole = whole or now
            assert now == whole
            assert not errors(full.problems())
            if result.returncode == 0:
                break
            for path in (folder / "bridge").iterdir():
                path.unlink()
            (folder / "bridge").rmdir()
        else:
            assert result.returncode == 9, result.stderr
            assert all(name.startswith(".") for name in seen), seen
            assert not errors(full.problems())
    assert number > 8
    assert [path.name for path in folder.iterdir()] == ["bridge"], "what was left over is swept away"


# --- hostile answers -----------------------------------------------------------------------------

HOSTILE = [
    *("<script>", "{{x}}", "{% x %}", "---", "\n", "- a", "1. ", "# ", "[[notice]]", "[[", "]]", "|", "*", "_", "`"),
    *("\\", '"', "'", ": ", " #", "&amp;", "!", "@", "%", "é", "עִבְרִית", "😀", "\u200d", "no", "07700", "=", "~", ">"),
    *("\t", " ", "$&", "$1", "\\1"),
]
signs = st.lists(
    st.sampled_from(HOSTILE) | st.characters(exclude_categories=["Cs"]),
    max_size=12,
).map("".join)


@QUICK
@given(signs, signs, signs)
def test_an_answer_comes_out_as_it_went_in_or_is_refused(small, one, two, three):
    if not (small.root / "agreements/clauses/leaving.md").exists():
        furnish(small)
    toolkit, _ = load_and_check(small.root)
    options = ForkOptions(toolkit.templates["team"], toolkit)
    given = {"notice": one, "why we meet": two, "who comes": [three, one], "tasks": [{"task": two}, {"task": three}]}
    kept = {}
    refused = []
    for name, value in given.items():
        try:
            options.set(name, value, name)
            kept[name] = value
        except UserError as wrong:
            texts = [value] if isinstance(value, str) else [*map(str, value)] if name == "who comes" else [two, three]
            refused.append((texts, str(wrong)))
    for texts, wrong in refused:
        assert any(hidden_characters(line) for text in texts for line in text.split("\n")), wrong
    written = files(options.template, toolkit, options.made())
    for name, text in written.items():
        small.write(f"agreements/partnerships/bridge/{name}", text)
    after, found = load_and_check(small.root)
    assert not errors(found), found
    agreement = after.partnerships["bridge"]
    assert agreement_source(agreement) == written["agreement.md"]
    definitions = agreement.front.blanks
    assert agreement.front.answers == {n: a for n, v in kept.items() if (a := settled(definitions[n], v))}
    assert [one.text for one in agreement.sections] == [one.text for one in options.library().sections]
    shown = repr(assemble(agreement))
    for text in (kept.get("notice", ""), *kept.get("who comes", ())):
        assert repr(" ".join(text.split()))[1:-1] in shown or "'" in text or '"' in text


names = st.text(max_size=12) | st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(names)
def test_a_name_is_good_for_every_computer_or_refused(small, name):
    if "\0" in name or name.startswith("-"):
        return
    result = new(small, "team", "--", name) if name.startswith("-") else new(small, "team", name)
    folder = small.root / "agreements/partnerships"
    if result.exit_code == 0:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert (folder / name / "agreement.md").is_file()
    else:
        assert result.exit_code == 2
    assert not errors(small.problems())
