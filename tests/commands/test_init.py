"""``groundrules init``: a toolkit of somebody's own, in a moment, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.agreement.document.labels import labels
from groundrules.agreement.document.links import Links
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.commands import starting
from groundrules.commands.colours import sheet, too_light
from groundrules.files.library import KINDS, lent, library, library_version
from groundrules.model.about import Takes
from groundrules.model.language import Language, OwnLabels
from groundrules.model.pieces import Toolkit
from groundrules.site.library import Library
from groundrules.site.pages import page_of
from support import our_toolkit
from support.installed import Installed
from support.processes import state, states


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def made(*words: str) -> Toolkit:
    """The toolkit that ``groundrules init kitchens`` makes with these ``words``; nothing is wrong with it."""
    done = run("init", "kitchens", *words)
    assert done.exit_code == 0, done.output
    toolkit, found = load_and_check(Path("kitchens"))
    # Words that nobody has translated are warned of, whatever was made.
    assert [one for one in found if one.name != "missing-label"] == []
    return toolkit


def files() -> list[str]:
    return sorted(path.relative_to("kitchens").as_posix() for path in Path("kitchens").rglob("*") if path.is_file())


# --- what is made --------------------------------------------------------------------------------


@pytest.mark.slow
def test_everything_comes_from_the_library_and_only_what_is_theirs_stands_in_the_folder():
    toolkit = made()
    assert {one.origin.file for one in toolkit.pieces} == {
        place for name, place in lent().items() if place.startswith("agreements/") and "/" in name and "." not in name
    }
    assert files() == [
        ".gitignore",
        "agreements/.adopted/offered.txt",
        "agreements/situations.yml",
        "agreements/toolkit.yml",
        "docs/index.md",
        "mkdocs.yml",
    ]
    assert "/agreements/partnerships/*" in Path("kitchens/.gitignore").read_text("utf-8")


def test_a_template_comes_with_its_clauses_and_with_the_pages_that_the_program_leads_to():
    toolkit = made("--template", "individual-co-working")
    assert list(toolkit.templates) == ["individual-co-working"]
    assert {one.id for one in toolkit.templates["individual-co-working"].front.clauses} <= set(toolkit.clauses)
    assert [one.page for one in toolkit.situations] == [
        "/templates/individual-co-working/",
        "/clauses/information-sharing/",
    ]
    assert [one.text for one in toolkit.site.at("nav").items[1].at("Guidance").items] == [
        "guidance/fill-it-in.md",
        "your-agreement.md",
        "guidance/signing.md",
    ]


def test_each_kind_of_the_library_can_be_taken():
    assert tuple(Takes.model_fields) == KINDS


def test_an_empty_toolkit_takes_nothing():
    toolkit = made("--empty")
    assert list(toolkit.pieces) == []
    assert [page.file for page in toolkit.guidance] == ["docs/index.md"]
    assert "Ground Rules" not in "".join(Path("kitchens", one).read_text("utf-8") for one in files())


def test_a_name_a_colour_and_a_language_are_theirs():
    site = made("--empty", "--name", 'The *Relais*: "Nord" & Sud', "--colour", "#7a1fa2", "--language", "fr").site
    assert site.at("site_name").text == 'The *Relais*: "Nord" & Sud'
    assert site.at("theme", "language").text == "fr"
    assert [one.text for one in site.at("extra_css").items] == ["assets/colours.css"]
    assert "--gr-brand: #7a1fa2;" in Path("kitchens/docs/assets/colours.css").read_text("utf-8")
    assert r"# The \*Relais\*" in Path("kitchens/docs/index.md").read_text("utf-8")


def test_it_begins_in_its_language_and_says_what_is_still_english(monkeypatch: pytest.MonkeyPatch):
    french = OwnLabels({"fr": {"Home": "Accueil", "find your way round": "Plan du site"}})
    monkeypatch.setattr(starting, "labels", lambda language: labels(Language(language, french)))
    done = run("init", "kitchens", "--empty", "--language", "fr")
    assert "groundrules --root kitchens labels fr" in done.stdout
    assert "## Plan du site" in Path("kitchens/docs/index.md").read_text("utf-8")
    assert "- Accueil: index.md" in Path("kitchens/mkdocs.yml").read_text("utf-8")
    assert "labels" not in run("init", "ours", "--empty").stdout


def test_no_page_of_theirs_says_what_is_true_of_ours_alone():
    said = our_toolkit().about.founding
    assert said is not None
    library = Library(made("--template", "individual-co-working"), Links())
    pages = "".join(page_of(library, piece).body for piece in library.toolkit.published)
    assert "Where it comes from" in pages
    assert [one for one in (said.from_them, said.added) if one.badge in pages or one.words[:20] in pages] == []


def test_a_folder_that_is_there_and_empty_is_filled():
    Path("kitchens").mkdir()
    assert made("--empty").site.at("site_name").text == "Kitchens"


def test_a_dark_page_has_a_lighter_shade():
    assert too_light("#000080") == ""
    assert "  --gr-link: #000080;" in sheet("#000080")
    assert sheet("#000080").count("#000080") == 2


# --- what is refused -----------------------------------------------------------------------------


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written():
    Path("kitchens").mkdir()
    Path("kitchens/notes.txt").write_text("mine", "utf-8")
    words = ["init", "kitchens", "--template", "teem-co-working", "--colour", "#ffee00", "--language", "frr"]
    done = run(*words)
    assert done.exit_code == 2
    for said in ("it holds notes.txt.", 'no template "teem-co-working"', "a contrast of 1.1", '"frr" is no language'):
        assert said in done.stderr
    assert done.stderr.endswith(
        '\n  groundrules init FOLDER --template team-co-working --colour "#17495a" --language fr\n'
    )
    assert files() == ["notes.txt"]


@pytest.mark.slow
def test_a_new_folder_is_whole_or_not_there():
    seen = states(Path("kitchens"), "init", "kitchens", "--empty")
    assert set(seen) == {state(Path("nowhere")), state(Path("kitchens"))}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("kitchens", "--empty", "--template", "principles"), "--empty takes nothing"),
        (("kitchens", "--colour", "purple"), 'write a colour as "#7a1fa2"'),
        (("no/where",), "The folder no is not there"),
        (("kitchens", "--empty", "--name", "<b>Bold</b>"), "HTML"),
        (("kitchens", "--empty", "--name", "{{ clause() }}"), "looks like code"),
        (("kitchens", "--empty", "--name", "two\nlines"), "one line"),
    ],
)
def test_what_cannot_be_is_refused(words, said):
    done = run("init", *words)
    assert done.exit_code != 0
    assert said in done.stderr
    assert not Path(words[0]).exists()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("new\n", "plain,individual-co-working"), ("adopt\nclauses/anne", "plain,clauses/annexes")],
)
def test_the_tab_key_knows_what_comes_from_the_library(monkeypatch, typed, offered):
    made("--template", "individual-co-working")
    monkeypatch.chdir("kitchens")
    about = {"_GROUNDRULES_COMPLETE": "bash_complete", "COMP_CWORD": "2", "COMP_WORDS": f"groundrules\n{typed}"}
    assert CliRunner().invoke(main, [], env=about, prog_name="groundrules").output.splitlines() == [offered]


# --- adopting ------------------------------------------------------------------------------------


def test_an_adopted_piece_is_theirs_and_says_where_it_comes_from(monkeypatch):
    made("--template", "individual-co-working")
    monkeypatch.chdir("kitchens")
    assert run("adopt", "clauses/insurance", "guidance/signing").exit_code == 0
    toolkit, found = load_and_check(Path())
    assert found == []
    assert not {"agreements/clauses/insurance.md", "docs/guidance/signing.md"} & toolkit.borrowed
    assert toolkit.about.adopted == {"clauses/insurance": library_version(), "guidance/signing": library_version()}
    assert toolkit.about.takes.templates == ("individual-co-working",)
    kept = Path("agreements/.adopted/agreements/clauses/insurance.md").read_text("utf-8")
    assert kept == (library() / "agreements/clauses/insurance.md").read_text("utf-8")


def test_what_is_there_is_never_written_over(monkeypatch):
    made("--template", "individual-co-working")
    monkeypatch.chdir("kitchens")
    run("adopt", "clauses/insurance")
    mine = Path("agreements/clauses/insurance.md")
    mine.write_text("mine", "utf-8")
    done = run("adopt", "clauses/insurance", "clauses/publicty")
    assert "is there already, and is yours" in done.stderr
    assert done.stderr.endswith("\n  groundrules adopt clauses/publicity\n")
    assert mine.read_text("utf-8") == "mine"
    assert not Path("agreements/clauses/publicity.md").exists()


def test_what_is_copied_stays_to_the_letter_and_leads_to_nothing_that_is_not_there(monkeypatch):
    made("--empty")
    monkeypatch.chdir("kitchens")
    related = next(name for name, place in lent().items() if "\nrelated:" in (library() / place).read_text("utf-8"))
    assert run("adopt", related).exit_code == 0
    assert Path(lent()[related]).read_bytes() == (library() / lent()[related]).read_bytes()
    assert load_and_check(Path())[1] == []


def test_a_slip_in_a_copy_is_named(monkeypatch):
    made("--template", "individual-co-working")
    monkeypatch.chdir("kitchens")
    run("adopt", "clauses/insurance")
    with Path("agreements/clauses/insurance.md").open("a", encoding="utf-8") as copy:
        copy.write("- See [pans](/clauses/pans/) and [legal status](/clauses/legal-status/).\n")
    assert [one.name for one in load_and_check(Path())[1]] == ["broken-site-link"]


# --- from the wheel alone ------------------------------------------------------------------------


def test_the_wheel_alone_makes_a_site(installed: Installed, tmp_path):
    words = ("--template", "individual-co-working", "--name", "Kitchens of Cork", "--colour", "#7a1fa2")
    installed.groundrules("init", "kitchens", *words, folder=tmp_path)
    kitchens = tmp_path / "kitchens"
    assert installed.groundrules("check", folder=kitchens).startswith("No problems.")
    installed.groundrules("new", "individual-co-working", "harbour", folder=kitchens)
    installed.groundrules("adopt", "clauses/insurance", "guidance/signing", folder=kitchens)
    installed.groundrules("build", folder=kitchens)
    pages = {path.parent.relative_to(kitchens / "site").as_posix() for path in kitchens.glob("site/**/index.html")}
    assert {"templates/individual-co-working/draft", "clauses/insurance", "your-agreement"} <= pages
    assert not [one for one in pages if one.startswith(("project", "examples", "partnerships"))]
    home = (kitchens / "site/index.html").read_text("utf-8")
    assert "Kitchens of Cork" in home
    assert 'href="assets/colours.css"' in home


def test_translations_come_into_a_toolkit_of_their_language():
    run("init", "english", "--template", "one-page-teams")
    run("init", "cymraeg", "--template", "one-page-teams", "--language", "cy")
    taken = [Path(one, "agreements/toolkit.yml").read_text("utf-8") for one in ("english", "cymraeg")]
    assert ["one-page-teams.cy" in one for one in taken] == [False, True]
