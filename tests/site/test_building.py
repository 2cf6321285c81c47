"""Whatever way a site is built, what stands afterwards is the old site whole, or exactly what the sources say."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, unquote, urlsplit

import pytest
from mkdocs.config import load_config

from support import partnership
from support.processes import killed_at, state, states, steps
from support.sites import REGISTER, SETTINGS, build
from support.small import CLAUSE, SmallToolkit

pytestmark = pytest.mark.slow


def contents(site):
    """What stands in ``site``, but for the day on which it was built."""
    files = (path for path in site.rglob("*") if path.is_file() and not path.name.startswith("sitemap"))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def toolkit(small: SmallToolkit) -> SmallToolkit:
    small.write("mkdocs.yml", SETTINGS)
    small.write("docs/our-rules.md", "---\ntitle: Our rules\n---\n\n# Our rules\n\nWords.\n")
    small.write("docs/partnerships/index.md", REGISTER)
    small.write("docs/own.css", "p {}")
    partnership.agree(small)
    assert build(small.root, small.root / "site").returncode == 0
    return small


def edit(toolkit):
    """Take away one of everything that has a page or a file of its own, and rename and add some."""
    partnership.replace(toolkit, "publish: yes\n", "")
    (toolkit.root / "docs/our-rules.md").unlink()
    (toolkit.root / "docs/own.css").unlink()
    toolkit.write("agreements/clauses/money.md", CLAUSE.replace("title: Publicity", "title: Money"))
    toolkit.replace("agreements/clauses/publicity.md", "We name every partner", "We name each partner")


@pytest.mark.parametrize("options", [["--clean"], ["--dirty"]], ids=" ".join)
def test_a_new_process_leaves_nothing_standing_that_it_did_not_write(toolkit, tmp_path, options):
    edit(toolkit)
    site = toolkit.root / "site"
    done = build(toolkit.root, site, *options)
    assert done.returncode == 0, done.stderr
    assert build(toolkit.root, tmp_path / "clean").returncode == 0
    assert contents(site) == contents(tmp_path / "clean")
    assert not (site / "partnerships" / partnership.FOLDER.rpartition("/")[2]).exists()


def test_dirty_keeps_what_another_program_put_there(toolkit):
    site = toolkit.root / "site"
    (site / "stories").mkdir()
    (site / "stories/index.html").write_text("theirs")
    assert build(toolkit.root, site, "--dirty").returncode == 0
    assert (site / "stories/index.html").read_text() == "theirs"
    assert "stories/index.html" in json.loads((site / "offline-files.json").read_text())


FAILING = {
    "a check": {"docs/index.md": "---\ntitle: Home\n---\n\n{{ glosary() }}\n"},
    "a link to a part of our own page that is not there, which is a warning": {
        "docs/index.md": "---\ntitle: Home\n---\n\n[there](clauses/publicity.md#nowhere)\n",
        "mkdocs.yml": SETTINGS + "validation:\n  anchors: warn\n",
    },
    "a macro of the site's own": {
        "main.py": "def define_env(env):\n    env.macro(lambda: 1 / 0, 'ours')\n",
        "docs/zoo.md": "---\ntitle: Zoo\n---\n\n{{ ours() }}\n",
    },
    "a page's layout": {
        "mkdocs.yml": SETTINGS.replace("  font: false\n", "  font: false\n  custom_dir: ours\n"),
        "ours/main.html": '{% extends "base.html" %}{% block content %}{{ 1 / page.url.count("x") }}{% endblock %}',
    },
    "a hook that comes last": {
        "mkdocs.yml": SETTINGS + "hooks: [hook.py]\n",
        "hook.py": "def on_post_build(config):\n    raise OSError('no room on the disk')\n",
    },
}


@pytest.mark.parametrize(
    ("case", "option"), [*((case, "--strict") for case in FAILING), ("a page's layout", "--dirty")]
)
def test_a_build_that_fails_leaves_the_last_good_site(toolkit, case, option):
    before = contents(toolkit.root / "site")
    edit(toolkit)
    toolkit.write("docs/our-rules.md", "---\ntitle: Our rules\n---\n\n# Our rules\n\nWords.\n")
    for name, text in FAILING[case].items():
        toolkit.write(name, text)
    done = build(toolkit.root, toolkit.root / "site", option)
    assert done.returncode != 0
    assert contents(toolkit.root / "site") == before
    assert not list(toolkit.root.glob(".site.*"))


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(toolkit, tmp_path):
    site, words = toolkit.root / "site", ("--root", str(toolkit.root), "build")
    old = contents(site)
    edit(toolkit)
    assert build(toolkit.root, tmp_path / "clean").returncode == 0
    new = contents(tmp_path / "clean")
    count = steps(*words, "--site-dir", str(tmp_path / "counted"))
    stood = []
    # Where a site stands, the steps after these remove it, once it has been swapped.
    for number in [*range(0, count, count // 4), *range(count - 12, count + 12, 4)]:
        # Sweeping what the last one left would take steps, too.
        for left in toolkit.root.glob(".site.*"):
            shutil.rmtree(left)
        assert killed_at(number, *words).returncode == 9
        stood.append(contents(site))
        assert stood[-1] in (old, new), f"killed at step {number} of {count}"
    assert old in stood
    assert new in stood
    assert killed_at(10 * count, *words).returncode == 0
    assert contents(site) == new
    assert not list(toolkit.root.glob(".site.*"))


BESIDE = {
    "offline": {},
    "blog": {
        "docs/blog/index.md": "---\ntitle: Blog\n---\n\n# Blog\n",
        "docs/blog/posts/a.md": "---\ntitle: A post\ndate: 2026-01-02\n---\n\n# A post\n\nWords.\n",
    },
    "tags": {"docs/a.md": "---\ntitle: A\ntags:\n  - ours\n---\n\nWords.\n"},
    "meta": {"docs/.meta.yml": "tags: [ours]\n"},
}


@pytest.mark.parametrize("plugin", BESIDE)
def test_the_plugins_of_the_theme_work_beside_ours(toolkit, plugin):
    more = f"  - {plugin}:\n      enabled: true\n"
    toolkit.write("mkdocs.yml", SETTINGS.replace("plugins:\n", f"plugins:\n{more}"))
    for name, text in BESIDE[plugin].items():
        toolkit.write(name, text)
    site = toolkit.root / "site"
    done = build(toolkit.root, site, "--strict")
    assert done.returncode == 0, done.stderr
    assert list(nowhere(site)) == []


def nowhere(site):
    """Each link of a page in ``site`` that leads to no file there."""
    for page in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="?([^"\s>]+)', page.read_text("utf-8")):
            parts = urlsplit(link)
            if not parts.scheme and not parts.netloc and parts.path and page.name != "404.html":
                file = page.parent / unquote(parts.path)
                if not (file / "index.html" if file.is_dir() or parts.path.endswith("/") else file).is_file():
                    yield page.relative_to(site).as_posix(), link


def test_what_the_site_has_of_its_own_comes_before_ours(toolkit):
    toolkit.write("mkdocs.yml", SETTINGS.replace("  font: false\n", "  font: false\n  custom_dir: ours\n"))
    toolkit.write("ours/404.html", "Gone, says {{ config.site_name }}.")
    toolkit.write("ours/partials/nav.html", "<p>A menu of their own</p>")
    announced = '{% extends "groundrules/main.html" %}{% block announce %}We have moved.{% endblock %}'
    toolkit.write("ours/main.html", announced)
    assert build(toolkit.root, toolkit.root / "site", "--strict").returncode == 0
    assert (toolkit.root / "site/404.html").read_text("utf-8") == "Gone, says Small."
    page = (toolkit.root / "site/our-rules/index.html").read_text("utf-8")
    assert "<p>A menu of their own</p>" in page
    assert "We have moved." in page
    assert "gr-soon" in page


ORDER = """\
from mkdocs.plugins import event_priority

@event_priority(50)
def on_files(files, config):
    assert files.get_file_from_path("templates/team.md")

@event_priority(50)
def on_post_page(output, page, config):
    return output.replace("<!--", "<!").replace('"', "")
"""


def test_other_plugins_come_behind_ours_whatever_their_order(toolkit):
    """As redirects, which looks for pages, and minify, which takes away comments and quotes."""
    toolkit.write("mkdocs.yml", SETTINGS + "hooks: [order.py]\n")
    toolkit.write("order.py", ORDER)
    done = build(toolkit.root, toolkit.root / "site", "--strict")
    assert done.returncode == 0, done.stderr
    assert "gr-year" in (toolkit.root / "site/partnerships/index.html").read_text("utf-8")


def test_a_program_that_only_asks_is_told_where_the_site_will_be(toolkit):
    """As mike, which builds with another process, and publishes what stands there then."""
    config = load_config(str(toolkit.root / "mkdocs.yml"))
    config.plugins.on_startup(command="mike", dirty=False)
    assert config.plugins.on_config(config).site_dir == str(toolkit.root / "site")


def test_search_offline_holds_every_page(toolkit):
    toolkit.write("mkdocs.yml", SETTINGS.replace("plugins:\n", "plugins:\n  - offline\n"))
    assert build(toolkit.root, toolkit.root / "site", "--strict").returncode == 0
    script = (toolkit.root / "site/search/search_index.js").read_text("utf-8")
    assert '"location":"clauses/publicity.html"' in script


def test_a_page_of_ours_need_not_stand_in_the_menu(toolkit):
    asked = "not_in_nav: |\n  /clauses/\n  /partnerships/\n  our-rules.md\nvalidation:\n  omitted_files: warn\n"
    listed = "nav: [index.md, {Templates: templates/}, {Examples: examples/}, {Checklists: checklists/}]\n"
    toolkit.write("mkdocs.yml", SETTINGS + asked + listed)
    done = build(toolkit.root, toolkit.root / "site", "--strict")
    assert done.returncode == 0, done.stderr


def test_what_is_left_out_is_not_on_the_site(toolkit):
    toolkit.write("mkdocs.yml", SETTINGS + "exclude_docs: old.md\ndraft_docs: |\n  more/\n  !more/b.md\n")
    for name in ("old", "more/a", "more/b"):
        toolkit.write(f"docs/{name}.md", "---\ntitle: Words\n---\n\nWords.\n")
    toolkit.write("docs/old.md", "{{ kitchn }} [nowhere](nowhere.md)\n")
    site = toolkit.root / "site"
    done = build(toolkit.root, site, "--strict")
    assert done.returncode == 0, done.stderr
    assert [(site / name).exists() for name in ("old", "more/a", "more/b")] == [False, False, True]
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert not {"old/", "more/a/"} & {entry["location"] for entry in index["docs"]}


def test_at_every_step_of_a_build_the_old_site_stands_or_the_new_one(toolkit):
    site = toolkit.root / "site"
    old = state(site)
    edit(toolkit)
    seen = states(site, "--root", str(toolkit.root), "build")
    assert len(seen) > 200
    assert [*dict.fromkeys(seen)] == [old, state(site)]


def test_two_builds_at_once_do_not_meet(toolkit, tmp_path):
    edit(toolkit)
    (toolkit.root / ".cache/downloads").rename(tmp_path / "forgotten")
    assert build(toolkit.root, tmp_path / "clean").returncode == 0
    with ThreadPoolExecutor() as both:
        done = [both.submit(build, toolkit.root, toolkit.root / "site", "--strict") for _ in range(2)]
    assert [one.result().returncode for one in done] == [0, 0]
    assert contents(toolkit.root / "site") == contents(tmp_path / "clean")
    assert not list(toolkit.root.glob(".site.*"))


@pytest.mark.parametrize("folders", ["true", "false"])
def test_a_page_is_found_and_linked_to_whatever_its_file_is_called(toolkit, folders):
    name = "our räume, 100% & #1"
    toolkit.write("mkdocs.yml", f"use_directory_urls: {folders}\n{SETTINGS}")
    toolkit.write(f"docs/{name}.md", "---\ntitle: Our rooms\n---\n\n# Our rooms\n\n{{ wording('publicity') }}\n")
    related = f"related:\n  - /{quote(name)}/\n  - /{quote('our rules')}/\n"
    toolkit.write("docs/our rules.md", "---\ntitle: Our other rules\n---\n\nWords.\n")
    toolkit.replace("agreements/examples/two-teams.md", "template: team\n", f"template: team\n{related}")
    site = toolkit.root / "site"
    done = build(toolkit.root, site, "--strict")
    assert done.returncode == 0, done.stderr
    assert list(nowhere(site)) == []
    example = site / "examples" / ("two-teams/index.html" if folders == "true" else "two-teams.html")
    assert "Our rooms</a>" in example.read_text("utf-8")
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = quote(name) + ("/" if folders == "true" else ".html")
    assert {found, quote("our rules") + found[len(quote(name)) :]} <= {entry["location"] for entry in index["docs"]}
