"""The site that a build leaves behind, file by file."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from groundrules.agreement.document.labels import labels
from support import REPOSITORY
from support.sites import SETTINGS, SmallSite, build

# --- what every page carries ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("clauses/review", "agreements/clauses/review.md"),
        ("templates/principles", "agreements/templates/principles.md"),
        ("examples/gary-police", "agreements/examples/gary-police.md"),
        ("checklists/first-meeting", "agreements/checklists/first-meeting.md"),
        ("guidance/ending-well", "docs/guidance/ending-well.md"),
    ],
)
def test_a_page_leads_to_its_own_source(our_site: Path, page: str, source: str):
    text = (our_site / page / "index.html").read_text("utf-8")
    assert f'edit/main/{source}" title="Edit this page"' in text


def test_a_page_that_is_not_here_leads_on(our_site: Path):
    text = (our_site / "404.html").read_text("utf-8")
    main = text[text.index("<h1>This page is not here") : text.index("</article>")]
    assert re.findall(r"<a href=\"([^\"]*)\">", main)[:3] == ["/.", "/guidance/why-write-it-down/", "/templates/"]


@pytest.mark.parametrize("kind", ["clauses", "templates", "examples", "checklists"])
def test_every_page_says_who_looks_after_it_and_when_it_was_reviewed(our_site: Path, kind: str):
    for page in sorted((our_site / kind).glob("*/index.html")):
        if (REPOSITORY / "agreements" / kind / f"{page.parent.name}.md").exists():
            text = page.read_text("utf-8")
            said = labels(page.parent.name.partition(".")[2] or "en-GB")
            assert said["looked after by"].partition("{")[0] in text, page
            assert said["last reviewed on"].partition("{")[0] + "<time" in text, page


@pytest.mark.parametrize("kind", ["clauses", "templates", "examples", "checklists"])
def test_every_page_has_a_contents_list_whose_links_lead_somewhere(our_site: Path, kind: str):
    for source in sorted((REPOSITORY / "agreements" / kind).glob("*.md")):
        page = Outline((our_site / kind / source.stem / "index.html").read_text("utf-8"))
        assert len(page.contents) >= 1, source
        assert set(page.contents) <= set(page.ids), source


def test_the_skip_link_leads_to_the_heading(our_site: Path):
    for page in ("clauses/review", "templates/principles", "guidance/ending-well"):
        outline = Outline((our_site / page / "index.html").read_text("utf-8"))
        assert outline.skip in outline.ids, page


LOADED = re.compile(r'<(?:script [^>]*src|link rel="(?:stylesheet|icon)" href)="([^"?]*)')
WEIGHED = cache(lambda file: len(gzip.compress(file.read_bytes(), 9)))


def test_a_first_view_of_any_page_is_light(our_site: Path):
    heavy = {}
    for page in our_site.rglob("*.html"):
        named = [one for one in LOADED.findall(page.read_text("utf-8")) if "://" not in one]
        files = {our_site / one.lstrip("/") if one.startswith("/") else (page.parent / one).resolve() for one in named}
        sizes = {file.name: WEIGHED(file) for file in (page, *files)}
        if sum(sizes.values()) > 110_000:
            heavy[str(page)] = sizes
    assert heavy == {}


@pytest.mark.parametrize("page", [".", "your-agreement", "templates/principles/draft"])
def test_the_front_page_and_a_tool_do_without_what_the_theme_does_elsewhere(our_site: Path, page: str):
    scripts = re.findall(r'<script src="[./]*(.*?)[?."]', (our_site / page / "index.html").read_text("utf-8"))
    assert "assets/frame" in scripts
    assert not [one for one in scripts if "bundle" in one]


# --- macros in guidance pages --------------------------------------------------------------------

HEAD = "---\ntitle: Home\ndescription: The start.\n---\n\n"
IN_A_LIST = (
    HEAD
    + """\
# Home

- First, the wording:

    {{ wording("publicity") }}

    - deeper still: {{ clause("publicity") }}

- {{ template("team") }}
"""
)
IN_AN_ADMONITION = (
    HEAD
    + """\
# Home

!!! note "Ask"

    Before the questions.

    {{ questions("publicity") }}

    - {{ checklist("sign") }}
"""
)
IN_A_SENTENCE = (
    HEAD
    + """\
# Home

Take {{ clause("publicity") }} and {{ example("two-teams") }} with you.
"""
)


@pytest.mark.parametrize("text", [IN_A_LIST, IN_AN_ADMONITION, IN_A_SENTENCE], ids=["list", "admonition", "sentence"])
def test_a_piece_may_stand_in_a_list_an_admonition_or_a_sentence(small_site: SmallSite, text: str):
    small_site.write("docs/index.md", text)
    small_site.build()
    page = small_site.page("/")
    outline = Outline(page)
    assert outline.misplaced == []
    assert "groundrulespiece" not in page
    assert "gr-" in page
    assert b"groundrulespiece" not in small_site.everything()


def test_a_piece_in_a_list_stays_in_its_item(small_site: SmallSite):
    small_site.write("docs/index.md", IN_A_LIST)
    small_site.build()
    assert ["ul", "li", "div.gr-wording"] in Outline(small_site.page("/")).nests
    assert ["ul", "li", "ul", "li", "div.gr-card"] in Outline(small_site.page("/")).nests


# --- hostile and awkward text --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("12:30", "12:30"),
        ("No", "No"),
        ('Tea & "cake" for 3 < 4 people', "Tea &amp; &#34;cake&#34; for 3 &lt; 4 people"),
        ("It's ours", "It&#39;s ours"),
    ],
)
def test_an_awkward_title_is_shown_as_it_was_written(small_site: SmallSite, title: str, shown: str):
    quoted = json.dumps(title)
    small_site.replace("agreements/examples/two-teams.md", "title: Two teams", f"title: {quoted}")
    small_site.build()
    assert f'<h1 id="title">{shown}</h1>' in small_site.page("/examples/two-teams/")


def test_jinja_in_a_title_is_refused_and_never_run(small_site: SmallSite):
    small_site.replace("agreements/examples/two-teams.md", "title: Two teams", 'title: "{{ 7*7 }}"')
    done = build(small_site.root, small_site.site)
    assert done.returncode != 0
    assert "[template-code]" in done.stdout + done.stderr
    assert not small_site.site.exists()


@pytest.mark.parametrize(
    "answer",
    [
        "<script>document.title = 'run'</script>",
        "<img src=x onerror=alert(1)>",
        "**not bold** [no link](javascript:alert(1))",
        "# no heading",
        "- no list",
        "{{ 7*7 }} {% raw %}",
        "[[order of names]]",
    ],
)
def test_an_answer_is_text_and_nothing_else(small_site: SmallSite, answer: str):
    quoted = json.dumps(answer)
    small_site.replace("agreements/examples/two-teams.md", "order of names: alphabetical", f"order of names: {quoted}")
    done = build(small_site.root, small_site.site)
    if done.returncode:  # some of it is refused before anything is built, which is as good
        assert "error" in (done.stdout + done.stderr).lower()
        assert not small_site.site.exists()
        return
    outline = Outline(small_site.page("/examples/two-teams/"))
    assert answer in outline.article
    assert "javascript:" not in " ".join(outline.links)
    assert outline.scripts_in_article == 0


# --- what stays private, and what stays ----------------------------------------------------------


def test_a_private_partnership_leaves_no_trace(small_site: SmallSite):
    example = (small_site.root / "agreements/examples/two-teams.md").read_text("utf-8")
    private = example.replace("Two teams", "Wombatville").replace("summary: Wombatville agree.\n", "")
    private = private.replace("summary: Two teams agree.\n", "").replace("basis: Invented.\n", "")
    private = private.replace("owner: The editors\n", "").replace("reviewed: 2026-11-21\n", "")
    private = private.replace("alphabetical", "wombatorder").replace("They fell out", "wombatnote")
    small_site.write("agreements/partnerships/wombatbird/agreement.md", private)
    done = build(small_site.root, small_site.site)
    assert done.returncode == 0, done.stdout + done.stderr
    assert b"wombat" not in small_site.everything().lower()
    assert not [path for path in small_site.site.rglob("*") if "wombat" in path.name.lower()]
    assert "wombat" not in (done.stdout + done.stderr).lower()


def test_the_last_good_site_stays_when_a_check_fails(small_site: SmallSite):
    small_site.build()
    before = small_site.everything()
    small_site.replace("agreements/examples/two-teams.md", "[[order of names]]", "[[order of name]]")
    done = build(small_site.root, small_site.site)
    assert done.returncode != 0
    assert "order of name" in done.stdout + done.stderr
    assert small_site.everything() == before


def test_an_old_address_leads_on(small_site: SmallSite):
    small_site.replace("agreements/clauses/publicity.md", "owner:", "formerly:\n  - credit\nowner:")
    small_site.build()
    old = small_site.page("/clauses/credit/")
    assert 'content="0; url=../../clauses/publicity/"' in old
    assert '<a href="../../clauses/publicity/">Publicity</a>' in old


def test_without_folder_addresses_every_link_leads_to_a_file(small_site: SmallSite):
    small_site.write("mkdocs.yml", f"use_directory_urls: false\n{SETTINGS}")
    small_site.write("docs/index.md", IN_A_LIST)
    small_site.build()
    for page in small_site.site.rglob("*.html"):
        if page.name == "404.html":
            continue
        for link in Outline(page.read_text("utf-8")).links:
            path = link.partition("#")[0]
            if path and ":" not in path:
                assert (page.parent / path).is_file(), f"{page.name}: {link}"


# --- reading pages -------------------------------------------------------------------------------

BLOCKS = {"div", "ul", "ol", "dl", "p", "h1", "h2", "h3", "table", "section", "article", "aside", "details", "fieldset"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """What a page is made of, as far as the tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.contents: list[str] = []
        self.misplaced: list[str] = []
        self.nests: list[list[str]] = []
        self.article = ""
        self.scripts_in_article = 0
        self.skip = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
            if "md-skip" in classes:
                self.skip = given["href"].lstrip("#")
            if any(one.startswith("nav.md-nav--secondary") for one in self.open):
                self.contents.append(given["href"].lstrip("#"))
        inside = self.inside_article()
        if tag in BLOCKS and "p" in self.open:
            self.misplaced.append(f"{tag} in p")
        if inside and tag == "script":
            self.scripts_in_article += 1
        name = ".".join([tag, *classes[:2]])
        if inside:
            start = next(index for index, one in enumerate(self.open) if one.startswith("article.md-content__inner"))
            self.nests.append([*self.open[start + 1 :], ".".join([tag, *classes[:1]])])
        if tag not in VOID:
            self.open.append(name if "md-nav--secondary" not in classes else "nav.md-nav--secondary")

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].partition(".")[0] == tag:
                del self.open[index:]
                return
        if tag == "p":
            self.misplaced.append("a stray </p>")

    def handle_data(self, data: str) -> None:
        if self.inside_article():
            self.article += data

    def inside_article(self) -> bool:
        return any(one.startswith("article.md-content__inner") for one in self.open)
