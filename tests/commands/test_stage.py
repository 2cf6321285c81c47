"""``groundrules stage``: a folder from which another host builds the same site, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown import Markdown

from groundrules.cli import main
from groundrules.site.staged import staged
from support import partnership
from support.sites import SmallSite


def stage(site: SmallSite, folder: str = "staged") -> Result:
    return CliRunner().invoke(main, ["--root", str(site.root), "stage", folder])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(small_site: SmallSite) -> SmallSite:
    small_site.write("mkdocs.yml", (small_site.root / "mkdocs.yml").read_text("utf-8").replace("- groundrules", OFF))
    return small_site


OFF = "- groundrules:\n      downloads: false"


def test_the_same_toolkit_gives_the_same_folder_again(site: SmallSite):
    assert stage(site).exit_code == 0
    first = files(site.root / "staged")
    assert {"mkdocs.yml", "docs/clauses/publicity.md", "docs/templates/team/draft.md"} <= first.keys()
    site.write("staged/docs/clauses/gone.md", "of an earlier day")
    assert stage(site).exit_code == 0
    assert files(site.root / "staged") == first


def test_what_mkdocs_leaves_out_is_not_staged(site: SmallSite):
    site.write("mkdocs.yml", "exclude_docs: /private/\n" + (site.root / "mkdocs.yml").read_text("utf-8"))
    for name in (".hidden/notes.txt", "private/plan.pdf", "open/plan.pdf"):
        site.write(f"docs/{name}", "words")
    site.write("docs/quiet.md", "---\ntitle: Quiet\nsearch:\n  exclude: True\n---\n\n# Quiet\n\nWhispered.\n")
    assert stage(site).exit_code == 0
    staged_files = files(site.root / "staged")
    assert [name for name in staged_files if name.endswith((".txt", ".pdf"))] == ["docs/open/plan.pdf"]
    assert b"plan.pdf" in staged_files["docs/offline-files.json"]
    assert b"private" not in staged_files["docs/offline-files.json"]
    assert b"Whispered" not in staged_files["docs/search/search_index.json"]


def test_hooks_that_no_other_host_runs_are_told(site: SmallSite):
    assert "Your hooks" not in stage(site).output
    site.write("hook.py", "")
    site.write("mkdocs.yml", "hooks: [hook.py]\n" + (site.root / "mkdocs.yml").read_text("utf-8"))
    assert "Your hooks are not among it" in stage(site).output


def test_where_something_is_wrong_the_last_folder_stays(site: SmallSite):
    stage(site)
    first = files(site.root / "staged")
    site.replace("agreements/clauses/publicity.md", "title:", "titel:")
    assert stage(site).exit_code == 1
    site.replace("agreements/clauses/publicity.md", "titel:", "title:")
    site.write("docs/index.md", "---\ntitle: Home\n---\n\n# {{ git.date }}\n")
    done = stage(site)
    assert 'docs/index.md: only mkdocs knows what "git" shows' in done.output
    assert files(site.root / "staged") == first
    assert not [*site.root.glob(".staged*")]


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        (".", "is not empty, and nothing was staged there"),
        ("docs/new", "is among what you write"),
        ("mkdocs.yml", "is there, and is no folder"),
    ],
)
def test_no_folder_of_somebody_elses_is_taken(site: SmallSite, folder: str, said: str):
    before = files(site.root)
    done = stage(site, folder)
    assert done.exit_code == 2
    assert said in done.output
    assert "groundrules" in done.output.splitlines()[-1]
    assert files(site.root) == before


def test_macros_and_links_are_done_before_the_host_sees_a_page(site: SmallSite):
    page = '---\ntitle: Home\n---\n\n# Home\n\nSee [it](clauses/publicity.md#why).\n\n{{ clause("publicity") }}\n'
    site.write("docs/index.md", page)
    stage(site)
    markdown = Markdown(extensions=["groundrules.site.staged"])
    *_, text = (site.root / "staged/docs/index.md").read_text("utf-8").partition("---\n")[2].partition("---\n")
    html = markdown.convert(text)
    assert 'href="clauses/publicity/#why"' in html
    assert "{{" not in html
    assert "Whose names are used." in html
    assert [one["name"] for one in markdown.toc_tokens] == ["Home"]


def test_a_drawn_page_comes_back_to_the_byte():
    body = '<p>[[a blank]] [a](b.md) {{ x }} *no*\n\n    code &amp; <b class="c">(d)</b></p>'
    markdown = Markdown(extensions=["groundrules.site.staged", "tables"])
    assert markdown.convert(staged(body, [])) == body
    assert markdown.convert("*yes*") == "<p><em>yes</em></p>"


def test_agreements_of_a_private_folder_are_staged_as_the_site_shows_them(site: SmallSite, tmp_path: Path):
    settings = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", settings.replace(OFF, f"{OFF}\n      partnerships: private"))
    partnership.write(site)
    (site.root / "agreements/partnerships").rename(site.root / "private")
    assert stage(site).exit_code == 0
    assert [one.stem for one in (site.root / "staged/docs/partnerships").glob("*.md")]
