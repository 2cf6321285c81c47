"""``groundrules export``: one document, any kind of file, and nothing overwritten by accident."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.agreement.document.assemble import assemble, open_blanks
from groundrules.agreement.document.fork import Choices, files
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.commands.exporting import find
from groundrules.files.load.text import opened
from groundrules.writers import writer
from groundrules.writers.content import own
from groundrules.writers.kinds import writers
from support import REPOSITORY
from support.fuller_toolkit import furnish
from support.small import SmallToolkit


@pytest.fixture
def fork(
    small: SmallToolkit, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> SmallToolkit:
    furnish(small)
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    words = ["--party", "Northgate: Ann", "--set", "notice=a <week>", "--wording", "meetings=only-a-chair"]
    result = CliRunner().invoke(main, ["--root", str(small.root), "new", "team", "bridge", *words])
    assert result.exit_code == 0, result.output
    return small


def export(small: SmallToolkit, *words: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(small.root), "export", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def main_part(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


@pytest.mark.parametrize("kind", writers())
@pytest.mark.parametrize("name", ["bridge", "team", "two-teams"])
def test_every_kind_of_every_thing(fork, name, kind):
    result = export(fork, name, "--to", kind)
    path = Path(f"{name}.{kind}")
    if writers()[kind].dated:
        assert result.exit_code == 1
        assert f'"{name}" has no dates for a calendar yet, so no file was written.' in result.output
        assert not path.exists()
        return
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 100
    first = path.read_bytes()
    assert export(fork, name, "--to", kind, "--force").exit_code == 0
    assert path.read_bytes() == first, "the same bytes from the same input"
    if kind == "json":
        json.loads(first)
    assert [one.name for one in Path().iterdir()] == [path.name]


def test_a_calendar_says_what_it_leaves_out(fork):
    def new(name: str, rhythm: str) -> str:
        words = ["new", "team", name, "--set", f"rhythm of meetings={rhythm} Tuesday from 2026-12-01"]
        return CliRunner().invoke(main, ["--root", str(fork.root), *words]).output

    doubtful = '"every second tuesday" may be read as "every other Tuesday"'
    assert doubtful in new("mill", "every second")
    result = export(fork, "mill", "--to", "ics")
    assert result.exit_code == 1
    assert doubtful in result.output
    assert "In calendars: Tuesday 1 December 2026; Tuesday 15 December 2026" in new("hall", "every other")
    assert export(fork, "hall", "--to", "ics").output.startswith("Wrote hall.ics")


def test_open_questions_make_a_form_and_none_the_finished_text(fork):
    assert "2 open questions" in export(fork, "bridge", "--to", "docx").output
    assert "<w:sdt>" in main_part(Path("bridge.docx").read_bytes())
    path = fork.root / "agreements/partnerships/bridge/agreement.md"
    path.write_text(
        path.read_text("utf-8").replace("answers:\n", 'answers:\n  chair: "Ann"\n  order of names: "age"\n')
    )
    assert export(fork, "bridge", "--to", "docx", "--force").output == "Wrote bridge.docx.\n"
    text = main_part(Path("bridge.docx").read_bytes())
    assert "<w:sdt>" not in text
    assert "a &lt;week&gt;" in text


def test_source_opens_again(fork):
    export(fork, "bridge", "--to", "md")
    kept = (fork.root / "agreements/partnerships/bridge/agreement.md").read_bytes()
    assert Path("bridge.md").read_bytes() == kept
    fork.write("agreements/partnerships/again/agreement.md", kept)
    toolkit, _ = load_and_check(fork.root)
    one, two = toolkit.partnerships["bridge"], toolkit.partnerships["again"]
    assert assemble(one).clauses == assemble(two).clauses


def test_source_of_a_template_is_what_new_makes(fork):
    result = export(fork, "team", "--to", "md", "-o", "-")
    CliRunner().invoke(main, ["--root", str(fork.root), "new", "team", "plain"])
    assert result.output == (fork.root / "agreements/partnerships/plain/agreement.md").read_text("utf-8")
    toolkit, _ = load_and_check(fork.root)
    assert result.output == files(toolkit.templates["team"], toolkit, Choices())["agreement.md"]
    agreement, problems = opened(result.output, "x/agreement.md")
    assert agreement
    assert not problems


def test_it_overwrites_only_what_it_is_told_to(fork):
    Path("bridge.md").write_text("mine")
    result = export(fork, "bridge", "--to", "md")
    assert result.exit_code == 2
    assert "already there" in result.output
    assert Path("bridge.md").read_text() == "mine"
    assert export(fork, "bridge", "-o", "bridge.md").exit_code == 0
    assert Path("bridge.md").read_text() != "mine"
    Path("bridge.md").write_text("mine")
    assert export(fork, "bridge", "--to", "md", "--force").exit_code == 0
    assert Path("bridge.md").read_text() != "mine"


def test_to_standard_output(fork):
    result = export(fork, "bridge", "--to", "docx", "-o", "-")
    assert main_part(result.stdout_bytes)
    assert list(Path().iterdir()) == []


def test_the_kind_follows_from_the_name_of_the_file(fork):
    assert export(fork, "bridge", "-o", "x.DOCX").exit_code == 0
    assert main_part(Path("x.DOCX").read_bytes())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bridge"], "--to"),
        (["bridge", "-o", "x.exe"], "--to"),
        (["bridge", "--to", "exe"], "exe"),
        (["brigde", "--to", "md"], 'Did you mean "bridge"?'),
        (["templates/bridge", "--to", "md"], "There is no template"),
        (["clauses/leaving", "--to", "md"], "is no kind of piece"),
        (["../x", "--to", "md"], "is no kind of piece"),
        (["bridge", "--to", "md", "-o", "."], "is a folder"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage(fork, words, said):
    result = export(fork, *words)
    assert result.exit_code == 2, result.output
    assert said in result.output


def test_a_name_that_may_be_two_things(fork):
    CliRunner().invoke(main, ["--root", str(fork.root), "new", "team", "team"])
    result = export(fork, "team", "--to", "md")
    assert result.exit_code == 2
    assert "partnerships/team, templates/team" in result.output
    for name in ("templates/team", "template/team", "partnerships/team"):
        assert export(fork, name, "--to", "md", "--force").exit_code == 0


def test_what_cannot_be_read_is_named_and_not_exported(fork):
    fork.replace("agreements/partnerships/bridge/agreement.md", "template:", "tmplate:")
    result = export(fork, "bridge", "--to", "docx")
    assert result.exit_code == 1
    assert "bridge/agreement.md:3: [unknown-key]" in result.output
    assert export(fork, "team", "--to", "docx").exit_code == 0
    fork.replace("agreements/clauses/leaving.md", "A partner", "<b>A partner")
    assert export(fork, "team", "--to", "md").exit_code == 1
    assert export(fork, "two-teams", "--to", "md").exit_code == 0


def test_a_place_that_cannot_be_written(fork):
    Path("file").write_text("")
    for place, why in (("nowhere/bridge.md", "nowhere is not there"), ("file/bridge.md", "file is not a folder")):
        result = export(fork, "bridge", "--to", "md", "-o", place)
        assert result.exit_code == 2
        assert f"{place}: the folder {why}. Make it first" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("wrong", "right"), [("word", "docx"), ("Doc", "docx"), (".docx", "docx"), ("docs", "docx"), ("calendar", "ics")]
)
def test_another_word_for_a_kind_of_file_names_the_right_one(fork, wrong, right):
    result = export(fork, "bridge", "--to", wrong)
    assert result.exit_code == 2
    assert f'Did you mean "{right}"?' in " ".join(result.output.split())


def test_contacts_stay_in_what_partners_export(fork):
    agreement = fork.root / "agreements/partnerships/bridge/agreement.md"
    agreement.write_text(
        agreement.read_text("utf-8").replace('contact: "Ann"', 'contact: "Ann"\n    phone: "01632 960111"')
    )
    export(fork, "bridge", "--to", "md")
    assert "01632 960111" in Path("bridge.md").read_text("utf-8")


def test_an_open_blank_is_found_wherever_it_stands(fork):
    toolkit, _ = load_and_check(fork.root)
    assert open_blanks(own(find(toolkit, "bridge"), toolkit).document) == ["order of names", "Chair"]
    assert open_blanks(own(find(toolkit, "team"), toolkit).document) == [
        *("parties", "order of names", "rhythm of meetings", "kind of meeting", "review date"),
        *("why we meet", "who comes", "tasks", "notice"),
    ]
    assert open_blanks(own(find(toolkit, "two-teams"), toolkit).document) == []


def test_without_typst_it_says_what_to_do(fork, monkeypatch):
    monkeypatch.setattr(writer, "installed", lambda library: library != "typst")
    result = export(fork, "team", "--to", "pdf")
    assert result.exit_code == 2
    assert "There is no PDF without typst" in result.output
    assert list(Path().iterdir()) == []


def test_a_pdf_whose_letters_no_font_here_has_is_not_written(fork):
    fork.replace("agreements/partnerships/bridge/agreement.md", "Northgate", "合作")
    result = export(fork, "bridge", "--to", "pdf")
    assert result.exit_code == 1
    assert "cannot show 合 作" in result.output
    assert "Noto Sans CJK" in result.output
    assert list(Path().iterdir()) == []
    assert export(fork, "bridge", "--to", "docx").exit_code == 0


@pytest.mark.parametrize("name", ["gary-police", "not-upheld", "consortium"])
def test_the_real_library(name, tmp_path):
    result = CliRunner().invoke(
        main, ["--root", str(REPOSITORY), "export", name, "-o", str(tmp_path / "x.docx")], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    assert main_part((tmp_path / "x.docx").read_bytes())
