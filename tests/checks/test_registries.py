"""A check and a macro are two places each: a made-up one of either, registered here, is found everywhere by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from groundrules.checks import catalogue, macro_calls, registry
from groundrules.checks.macro_calls import Names, macro
from groundrules.checks.registry import Found, at, check
from groundrules.cli import main
from groundrules.model.pieces import Toolkit
from groundrules.site.macros import MACROS, Macros
from support.small import SmallToolkit

MKDOCS = """\
site_name: Small
theme: material
plugins:
  - groundrules:
      downloads: false
  - macros:
      modules: [groundrules]
      on_undefined: strict
      on_error_fail: true
"""


def checked(small: SmallToolkit) -> list[str]:
    return CliRunner().invoke(main, ["--root", str(small.root), "check"]).output.splitlines()


def built(small: SmallToolkit, folder: Path, page: str) -> str:
    """The page of ``docs/guide.md`` with this text, on a real site."""
    small.write("mkdocs.yml", MKDOCS)
    small.write("docs/guide.md", f"---\ntitle: Guide\n---\n# Guide\n\n{page}\n")
    config = load_config(str(small.root / "mkdocs.yml"), site_dir=str(folder))
    build(config)
    # mkdocs keeps a plugin for the whole process, and what was made up here is gone afterwards.
    config.plugins["groundrules"].calls.clear()
    return (folder / "guide/index.html").read_text("utf-8")


# --- a check: a function, and its cases -----------------------------------------------------------


@pytest.fixture
def loud_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_CHECKS", [*registry.registered()])

    @check("loud-title")
    def loud(toolkit: Toolkit) -> Found:
        """A title shouts, or asks for an answer that a title cannot get."""
        for clause in toolkit.clauses.values():
            if clause.front.title.endswith("!"):
                yield at(clause, "title"), "This title shouts."
            if clause.front.title.endswith("?"):
                yield at(clause, "title"), "This title asks.", "warning"


@pytest.mark.usefixtures("loud_title")
def test_a_new_check_is_in_the_catalogue_and_on_its_page(small: SmallToolkit, tmp_path_factory) -> None:
    (found,) = [one for one in catalogue() if one.name == "loud-title"]
    assert (found.level, found.why.split(",")[0]) == ("error", "A title shouts")
    page = built(small, tmp_path_factory.mktemp("site"), "{{ checks() }}")
    assert re.search(r'<dt id="loud-title"><code>loud-title</code></dt>\s*<dd>A title shouts,', page)


@pytest.mark.usefixtures("loud_title")
@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Publicity!", ["2: [loud-title] This title shouts.", "1 error, 0 warnings."]),
        ("Publicity?", ["2: [loud-title] warning: This title asks.", "0 errors, 1 warning."]),
        ("Publicity", ["No problems."]),
    ],
)
def test_a_new_check_says_its_own_name_and_level(small: SmallToolkit, title: str, said: list[str]) -> None:
    small.replace("agreements/clauses/publicity.md", "title: Publicity\n", f"title: {title}\n")
    assert [line.removeprefix("agreements/clauses/publicity.md:") for line in checked(small)] == said


# --- a macro: a method that says what its arguments name, and its drawing -------------------------


@pytest.fixture
def flag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MACROS, "flag", None)
    stripes = {"tricolour": ["red", "white", "blue"], "plain": ["white"]}

    @macro(Names("flag", lambda toolkit: stripes), lambda toolkit, name: stripes.get(name))
    def flag(self: Macros, name: str, stripe: str = "") -> str:
        """A flag, or one of its stripes."""
        return self.draw("card", "#flag", f"The flag {name}", stripe or "all stripes")


@pytest.mark.usefixtures("flag")
@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('flag("tricolor")', 'There is no flag "tricolor". Did you mean "tricolour"?'),
        ('flag("tricolour", "bleu")', 'There is no "bleu" in "tricolour". Did you mean "blue"?'),
        (
            'flag("tricolour", stripe="pink")',
            'There is no "pink" in "tricolour". It should be one of: blue, red, white.',
        ),
        ("flag()", '"flag" needs a name, such as {{ flag("…") }}.'),
        ('flagg("plain")', 'There is no macro "flagg". Did you mean "flag"?'),
    ],
)
def test_a_new_macro_is_checked(small: SmallToolkit, call: str, said: str) -> None:
    small.replace("docs/index.md", "See [", "{{ " + call + " }} [")
    assert checked(small)[0] == f"docs/index.md:8: [broken-macro] {said}"


@pytest.mark.usefixtures("flag")
def test_a_new_macro_is_offered_to_pages_and_must_be_explained(small: SmallToolkit, tmp_path_factory) -> None:
    page = built(small, tmp_path_factory.mktemp("site"), '{{ flag("tricolour", stripe="blue") }}')
    assert "The flag tricolour" in page
    assert "<p>blue</p>" in page
    # The test of the docs asks for a line about each of these.
    assert "flag" in MACROS


def test_a_macro_must_say_what_each_argument_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macro_calls, "MACROS", {})
    with pytest.raises(TypeError, match="say what each argument of flag may name"):

        @macro()
        def flag(self: Macros, name: str) -> str:
            return name


def test_pages_are_never_checked_without_knowing_the_macros(
    small: SmallToolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(macro_calls, "MACROS", {})
    with pytest.raises(RuntimeError, match=r"Import groundrules\.site\.macros"):
        small.problems()
