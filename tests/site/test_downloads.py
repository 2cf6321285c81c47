"""The files beside the pages: all that are offered are there, an unchanged one is not made again, none is private."""

from __future__ import annotations

import json
import logging
import shutil
import zipfile
from dataclasses import replace
from importlib import resources
from io import BytesIO

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.nodes import Filled, Hole, Table, UsedBlank
from groundrules.agreement.document.redact import public
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.site import downloads
from groundrules.site.downloads import Downloads
from groundrules.site.library import Library
from groundrules.site.pages import page_of
from groundrules.site.summary import agreements_json
from groundrules.text.markup.nodes import Emphasis, Item, ItemList, Strong
from groundrules.text.problems import NoFont
from groundrules.writers import writer
from groundrules.writers.data import record
from groundrules.writers.kinds import writers
from support import partnership
from support import small as small_toolkit
from support.documents import PLAIN, ROWS, document, items, paragraph

EXAMPLE = "agreements/examples/two-teams.md"
FORMS = sorted(kind for kind, one in writers().items() if one.form)
TEXTS = sorted(kind for kind, one in writers().items() if one.text and not one.dated)
TEMPLATE_FILES = [f"team.{kind}" for kind in FORMS]
EXAMPLE_FILES = [f"two-teams.{kind}" for kind in TEXTS]
DATED_FILES = [f"two-teams.{kind}" for kind, one in writers().items() if one.text and one.dated]


@pytest.fixture
def build(small, tmp_path):
    """Builds the downloads of the small toolkit as it is now, each time in a process that knows nothing."""

    def once(with_downloads=True):
        toolkit, problems = load_and_check(small.root)
        assert not [one for one in problems if one.level == "error"], problems
        said = []
        made = Downloads(tmp_path / "kept", said.append)
        library = Library(toolkit, Links(), with_downloads)
        made.begin(library)
        made.finish(tmp_path / "site")
        return library

    return once


@pytest.fixture
def made(monkeypatch):
    """The kinds of file that were really made."""
    kinds = []
    for kind, one in writers().items():
        noted = replace(one, write=lambda content, one=one: kinds.append(one.kind) or one.write(content))
        monkeypatch.setitem(writers(), kind, noted)
    return kinds


def listed(folder):
    return sorted(one.name for one in folder.iterdir())


def text_in(path):
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if path.suffix in (".docx", ".odt"):
        archive = zipfile.ZipFile(BytesIO(content))
        return "".join(archive.read(name).decode() for name in archive.namelist())
    return content.decode()


def test_every_file_that_is_offered_is_there(build, tmp_path):
    library = build()
    assert listed(tmp_path / "site/templates/team") == TEMPLATE_FILES
    assert listed(tmp_path / "site/examples/two-teams") == EXAMPLE_FILES
    offered = json.loads(agreements_json(library))
    for place in [one for kind in offered.values() for piece in kind for one in piece.get("downloads", [])]:
        assert (tmp_path / "site" / place.lstrip("/")).is_file()
    kinds = library.kinds(library.toolkit.templates["team"])
    assert sorted(kinds) == FORMS
    page = page_of(library.at("/templates/team/"), library.toolkit.templates["team"]).body
    places = [page.index(f'href="team.{kind}"') if f'href="team.{kind}"' in page else -1 for kind in kinds]
    assert places == sorted(places)


def test_an_agreement_with_dates_has_a_calendar(build, small, tmp_path):
    small.replace(EXAMPLE, "status: agreed\n", "status: agreed\nstart: 2026-09-01\nend: 2027-07-01\n")
    build()
    assert listed(tmp_path / "site/examples/two-teams") == sorted(EXAMPLE_FILES + DATED_FILES)


def test_what_has_not_changed_is_not_made_again(build, small, tmp_path, made):
    build()
    assert sorted(made) == sorted([*FORMS, *TEXTS])
    made.clear()
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*.*")}
    build()
    assert made == []
    small.replace(EXAMPLE, "order of names: alphabetical", "order of names: chosen by lot")
    build()
    assert sorted(made) == TEXTS
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == set(EXAMPLE_FILES) - {"two-teams.html"}, "No clause of the library tells anybody of it."
    assert "chosen by lot" in text_in(tmp_path / "site/examples/two-teams/two-teams.md")


def test_a_changed_clause_makes_its_templates_anew(build, small, made):
    build()
    made.clear()
    small.replace("agreements/clauses/publicity.md", "We name every partner", "We always name every partner")
    build()
    assert sorted(made) == FORMS


def test_what_nothing_offers_any_more_is_not_kept(build, small, tmp_path):
    build()
    kept = listed(tmp_path / "kept/downloads")
    (small.root / EXAMPLE).unlink()
    build()
    assert len(listed(tmp_path / "kept/downloads")) == len(kept) - len(EXAMPLE_FILES)


def test_files_of_a_page_that_is_gone_are_named_and_those_that_stand_stay(small, tmp_path):
    made, site = Downloads(tmp_path / "kept", print), tmp_path / "site"

    def build(standing: set[str]) -> set[str]:
        made.begin(Library(load_and_check(small.root)[0], Links()))
        return made.finish(site, standing)

    assert build(set()) == set()
    standing = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    shutil.rmtree(site)
    (small.root / EXAMPLE).unlink()
    assert build(standing) == {f"examples/two-teams/{name}" for name in EXAMPLE_FILES}
    assert not site.exists()


def test_without_typst_there_is_no_pdf_and_one_warning(build, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(writer, "installed", lambda library: library != "typst")
    downloads._warn_once.cache_clear()
    with caplog.at_level(logging.WARNING):
        build()
        library = build()
    assert [one.message.count("pip install") for one in caplog.records] == [1]
    assert listed(tmp_path / "site/templates/team") == [one for one in TEMPLATE_FILES if one != "team.pdf"]
    assert "team.pdf" not in page_of(library.at("/templates/team/"), library.toolkit.templates["team"]).body


def test_without_downloads_none_is_offered(small):
    library = Library(load_and_check(small.root)[0], Links(), with_downloads=False).at("/templates/team/")
    template = library.toolkit.templates["team"]
    assert library.downloads(template) == []
    assert "download>" not in page_of(library, template).body


def test_a_writer_that_fails_stops_the_build(build, monkeypatch):
    def fail(content):
        raise RuntimeError("no room on the disk")

    monkeypatch.setitem(writers(), "odt", replace(writers()["odt"], write=fail))
    with pytest.raises(RuntimeError, match="no room"):
        build()


def test_letters_that_no_font_shows_stop_the_build_by_name(build, small):
    small.replace(EXAMPLE, "contact: Ann Lee", "contact: 李安")
    with pytest.raises(NoFont, match=f"{EXAMPLE}: .*李 安"):
        build()


def test_a_font_that_is_added_makes_all_anew(build, small, made):
    build()
    made.clear()
    font = resources.files("groundrules.writers") / "fonts" / "Arimo.ttf"
    small.write("fonts/More.ttf", font.read_bytes())
    build()
    assert sorted(made) == sorted(FORMS + TEXTS)


# --- nothing private ----------------------------------------------------------------------------------


def test_nothing_private_is_published(build, small, tmp_path):
    small.replace(
        EXAMPLE, "contact: Ann Lee", "contact: Ann Lee\n    phone: 07700 900111\n    email: ann@secret.example"
    )
    small.replace(
        EXAMPLE,
        '    example: "alphabetical"\n',
        '    example: "alphabetical"\n    private: yes\n'
        '  people to ring:\n    ask: "Who?"\n    type: rows\n    columns:\n      who:\n        ask: "Who?"\n'
        '      number:\n        ask: "Where?"\n        private: yes\n',
    )
    small.replace(
        EXAMPLE,
        "order of names: alphabetical\n",
        "order of names: hush-hush\n  people to ring:\n    - who: Bo\n      number: 07700 900222\n",
    )
    small.replace(EXAMPLE, "order.\n\n> Why", "order.\n\n[[people to ring]]\n\n> Why")
    library = build()
    example = library.toolkit.examples["two-teams"]
    shown = [text_in(path) for path in (tmp_path / "site/examples/two-teams").iterdir()]
    page = page_of(library.at("/examples/two-teams/"), example)
    about = text_in(tmp_path / "site/examples/two-teams/two-teams.html")
    for text in [
        *shown,
        page.body,
        repr(page),
        repr(library.document(example)),
        record(library.document(example)).decode(),
    ]:
        for secret in ("07700", "secret.example", "hush-hush"):
            assert secret not in text
        assert "Bo" in text or text == about
    assert "not shown here" in page.body
    # At home, for the partners themselves, everything is there.
    own = record(assemble(example)).decode()
    assert all(secret in own for secret in ("07700 900111", "07700 900222", "hush-hush", "ann@secret.example"))
    # The source is open again where something was taken out, and is still right.
    source = (tmp_path / "site/examples/two-teams/two-teams.md").read_text("utf-8")
    small.write(EXAMPLE, source)
    again = assemble(load_and_check(small.root)[0].examples["two-teams"])
    assert {blank.name: blank.answer for blank in again.blanks}["order of names"] is None


def test_private_words_are_hidden_wherever_they_stand():
    secret = Filled("hush", "name", private=True)
    hidden_rows = ROWS.model_copy(update={"private": True})
    one = document(
        paragraph(Strong((Emphasis((secret,)),)), " and ", Filled("open", "other")),
        ItemList(False, (Item((secret,), ItemList(True, (Item((secret,), None, 1),), 1), 1),), 1),
        items(False, "kept"),
        Table("people", hidden_rows, tuple(ROWS.columns), (("hush", "hush", "hush"),)),
        paragraph(Hole("where", PLAIN)),
        blanks=(UsedBlank("name", PLAIN.model_copy(update={"private": True}), "hush"), UsedBlank("where", PLAIN, None)),
    )
    shown = public(one)
    assert "hush" not in repr(shown)
    assert [blank.name for blank in shown.blanks] == ["where"]
    assert public(shown) == shown
    assert public(replace(one, clauses=())).preamble == one.preamble


# --- JSON ---------------------------------------------------------------------------------------------


def test_the_record_says_what_was_agreed():
    blank = UsedBlank("where", PLAIN, None)
    made = document(
        paragraph("We meet at ", Hole("where", PLAIN), "."),
        items(True, ("a", items(False, "b"))),
        Table("contacts", ROWS, tuple(ROWS.columns), (("x", "y", "z"),)),
        blanks=(blank,),
    )
    found = json.loads(record(made))
    assert [clause["number"] for clause in found["clauses"]] == [1, 2]
    text, entries, table = found["clauses"][0]["blocks"]
    assert text == {"type": "paragraph", "text": "We meet at [where]."}
    assert entries["items"] == [{"text": "a", "below": {"ordered": False, "items": [{"text": "b"}]}}]
    assert table["rows"] == [["x", "y", "z"]]
    assert found["blanks"] == [{"name": "where", "ask": "?", "type": "text", "answer": None}]
    assert found["start"] is None


# --- several machines ----------------------------------------------------------------------------


def files_in(folder):
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def export(small, *words):
    done = CliRunner().invoke(main, ["--root", str(small.root), "export", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_parts_together_are_the_whole_and_each_file_is_in_one(build, small, tmp_path):
    for name in "abcde":
        small.write(
            f"agreements/examples/{name}.md", small_toolkit.EXAMPLE.replace("Two teams", f"The teams of {name}")
        )
    partnership.write(small)
    build()
    parts = []
    for number in range(1, 9):
        # A machine of its own has kept nothing.
        shutil.rmtree(small.root / ".cache", ignore_errors=True)
        export(small, "--part", f"{number}/8", "-o", str(tmp_path / f"part{number}"))
        parts.append(files_in(tmp_path / f"part{number}"))
    whole = files_in(tmp_path / "site")
    assert len(whole) > 30
    assert {place: content for part in parts for place, content in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)
    assert sum(bool(part) for part in parts) > 5


def test_a_part_keeps_what_another_part_has_made(small, tmp_path):
    export(small, "--all", "-o", str(tmp_path / "all"))
    before = files_in(small.root / ".cache")
    export(small, "--part", "2/2", "-o", str(tmp_path / "some"))
    assert files_in(small.root / ".cache") == before


def test_pages_may_offer_what_is_made_elsewhere(small_site):
    small_site.replace("mkdocs.yml", "  - groundrules\n", "  - groundrules: {downloads: elsewhere}\n")
    small_site.build()
    assert "team.docx" in small_site.page("/templates/team/")
    assert not list(small_site.site.rglob("*.docx"))
    export(small_site, "--all", "-o", str(small_site.site))
    assert (small_site.site / "templates/team/team.docx").is_file()
