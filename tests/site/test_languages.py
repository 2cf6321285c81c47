"""Pages in several languages lead to one another, and say who has read a translation; so do the files made of it."""

from __future__ import annotations

import importlib.util
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from groundrules.agreement.document.labels import labels
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.translated import remarks, unread
from groundrules.cli import main
from groundrules.files.load.folders import load
from groundrules.site.browser_data import keeping_data
from groundrules.site.languages import Languages
from groundrules.site.library import Library
from groundrules.writers.bilingual import BILINGUAL
from groundrules.writers.content import own, published
from groundrules.writers.kinds import writers
from support import our_toolkit
from support.partnership import agree
from support.small import SmallToolkit

DRAFT = labels("cy")["machine draft"]


@pytest.fixture
def welsh(small: SmallToolkit) -> SmallToolkit:
    """The small toolkit, with everything that its template needs in Welsh, too."""
    for name in ("templates/team", "clauses/publicity", "index"):
        assert run(small, "translation", name, "cy").exit_code == 0
    return small


def run(small: SmallToolkit, *words: str):
    return CliRunner().invoke(main, ["--root", str(small.root), *words])


def toolkit(small: SmallToolkit):
    return load(small.root).toolkit


def around(small: SmallToolkit, here: str):
    return Languages(Library(toolkit(small), Links())).around(here)


@pytest.mark.parametrize("here", ["/templates/team", "/templates/team.cy", "/clauses/publicity.cy"])
def test_a_page_leads_to_each_of_its_languages_by_the_name_that_the_language_has_for_itself(welsh, here):
    both = [(one.called, one.language, target) for one, target in around(welsh, f"{here}/")["versions"]]
    original = here.removesuffix(".cy").strip("/")
    assert both == [("English", "en-GB", f"../../{original}/"), ("Cymraeg", "cy", f"../../{original}.cy/")]


def test_the_page_on_which_a_template_is_filled_in_leads_to_the_other_one(welsh):
    (_, english), (_, other) = around(welsh, "/templates/team.cy/draft/")["versions"]
    assert (english, other) == ("../../../templates/team/draft/", "../../../templates/team.cy/draft/")


def test_a_front_page_has_a_translation_too(welsh):
    assert [target for _, target in around(welsh, "/")["versions"]] == ["./", "index.cy/"]
    assert around(welsh, "/index.cy/")["remarks"][0].startswith(DRAFT)


@pytest.mark.parametrize("here", ["", "changes/"])
def test_the_pages_of_an_agreement_speak_its_language(welsh, here):
    agree(welsh)
    welsh.replace("agreements/partnerships/bridge/agreement.md", "template: team", "template: team.cy\nlanguage: cy")
    said = around(welsh, f"/partnerships/bridge/{here}")
    assert (said["theme_in"], said["menu_in"], said["remarks_in"]) == ("cy", "en-GB", "cy")


def test_an_original_says_nothing_of_translations(welsh):
    assert around(welsh, "/clauses/publicity/")["remarks"] == ()


def test_a_translation_says_who_has_read_it_and_what_has_changed_since(welsh):
    run(welsh, "translation", "clauses/publicity", "cy", "--checked-by", "Mair Jones", "--on", "2026-11-20")
    welsh.replace("agreements/clauses/publicity.md", "Logos have rules", "Some logos have rules")
    here = toolkit(welsh)
    assert remarks(here.clauses["publicity.cy"], here, "en-GB") == (
        "Translation checked by Mair Jones on 20 November 2026.",
        "Out of date: since it was translated, the original has changed. Changed are: Watch out for.",
    )


@pytest.mark.parametrize("kind", ["docx", "odt", "pdf", "md", "json", "html"])
def test_every_file_of_a_machine_draft_says_so(welsh, kind):
    here = toolkit(welsh)
    made = writers()[kind].file(published(here.templates["team.cy"], here))
    assert DRAFT.replace(" ", "") in words_of(made, kind).replace(" ", "").replace("\n", "")


def words_of(made: bytes, kind: str) -> str:
    if kind == "docx":
        return "".join(one.text for one in Document(BytesIO(made)).paragraphs)
    if kind == "pdf":
        return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    if kind == "odt":
        import zipfile

        return zipfile.ZipFile(BytesIO(made)).read("content.xml").decode()
    return "".join(json.loads(made)["remarks"]) if kind == "json" else made.decode()


def test_who_signs_a_machines_words_is_told_once_and_may_sign(welsh):
    agree(welsh)
    place = "agreements/partnerships/bridge/agreement.md"
    assert "A machine" not in run(welsh, "sign", "bridge", "--as", "Ann Lee, Northgate").output
    welsh.replace(place, "template: team", "template: team.cy\nlanguage: cy")
    said = run(welsh, "sign", "bridge", "--as", "Bo Ray, Southgate", "--because", "cy").output
    assert said.count("A machine wrote these words") == 1


def test_words_that_partners_changed_are_no_longer_a_machines(welsh):
    here = toolkit(welsh)
    draft = own(here.templates["team.cy"], here).source
    assert unread(draft, here) == ["Team agreement", "Publicity"]
    welsh.replace("agreements/clauses/publicity.cy.md", "We name every partner,", "Rydym yn enwi pob partner,")
    assert unread(draft, toolkit(welsh)) == ["Team agreement"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", BILINGUAL)
def test_two_languages_stand_clause_beside_clause_the_translation_first(kind):
    here = our_toolkit()
    first, second = (published(here.templates[name], here) for name in ("one-page-teams.cy", "one-page-teams"))
    made = BILINGUAL[kind](first, second)
    assert made == BILINGUAL[kind](first, second)
    wanted = ["1. Diben a nodau", "1. Purpose and aims", "2. Rolau a chyfrifoldebau", "2. Roles and responsibilities"]
    if kind == "docx":
        tables = Document(BytesIO(made)).tables[1:3]
        assert [cell.paragraphs[0].text for one in tables for cell in one.rows[0].cells] == wanted
    else:
        found = PdfReader(BytesIO(made)).pages[0].extract_text()
        assert sorted(wanted, key=found.index) == wanted


def test_a_template_and_its_translation_are_exported_together_from_either(welsh, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run(welsh, "export", "team", "--beside", "cy", "--to", "docx").output == "Wrote team.cy-en.docx.\n"
    assert "is already there" in run(welsh, "export", "team.cy", "--beside", "en", "--to", "docx").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("team", "--beside", "fr", "--to", "docx"), '"team" is not there in "fr".'),
        (("two-teams", "--beside", "cy", "--to", "docx"), "is no template with a translation."),
        (("team", "--beside", "cy", "--to", "md"), "only these hold two languages: docx, pdf."),
    ],
)
def test_what_is_not_there_in_two_languages_is_refused(welsh, words, said):
    assert said in run(welsh, "export", *words).output


def test_the_page_on_which_people_sign_knows_the_templates_in_a_machines_words(welsh):
    assert keeping_data(Library(toolkit(welsh), Links()))["unread"] == ["team.cy"]
    for name in ("templates/team", "clauses/publicity"):
        run(welsh, "translation", name, "cy", "--checked-by", "Mair Jones")
    assert keeping_data(Library(toolkit(welsh), Links()))["unread"] == []


def theme_words(language: str) -> dict[str, str]:
    """What Material says in a language, by key."""
    theme = importlib.util.find_spec("material")
    assert theme
    assert theme.origin
    text = Path(theme.origin).with_name("templates").joinpath(f"partials/languages/{language}.html").read_text("utf-8")
    return dict(re.findall(r'"([\w.]+)": "([^"]*)"', text))


@pytest.mark.slow
@pytest.mark.parametrize("page", ["index.cy", "templates/team-co-working.cy", "templates/team-co-working.cy/draft"])
def test_the_frame_of_a_page_speaks_its_language(our_site, page):
    english, welsh = theme_words("en"), theme_words("cy")
    text = (our_site / page / "index.html").read_text("utf-8")
    assert '<html lang="cy"' in text
    assert f'title="{labels("cy")["Switch to dark colours"]}"' in text
    assert '="Link to this part' not in text
    assert [key for key in ("header", "nav", "search", "search.reset", "tabs") if f'="{welsh[key]}"' not in text] == []
    assert [one for one in {*english.values()} - {"en", "ltr"} if f'="{one}"' in text] == []
    assert f'data-failed="{labels("cy")["search did not come"]}"' in text
    assert '<ul class="md-tabs__list" lang="en-GB">' in text
