"""``groundrules uses``: what leads to a piece is said in one message, also once the piece is gone."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from support.partnership import agree
from support.small import SmallToolkit

CLAUSE = "agreements/clauses/publicity.md"
TEAM = "agreements/templates/team.md"
EXAMPLE = "agreements/examples/two-teams.md"
LEADS = [
    f"  {EXAMPLE}:5",
    "  agreements/partnerships/bridge/agreement.md:3",
    "  agreements/situations.yml:2",
    "  docs/index.md:4",
    "  mkdocs.yml:4",
]


def uses(small: SmallToolkit, name: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(small.root), "uses", name])


@pytest.fixture
def full(small: SmallToolkit) -> SmallToolkit:
    """The small toolkit with a link, a situation, a macro and a menu that lead to its template or its clause."""
    agree(small)
    small.write("agreements/situations.yml", "- situation: We start\n  page: /templates/team/\n  why: It helps.\n")
    small.write("mkdocs.yml", "site_name: Small\nnav:\n  - index.md\n  - templates/team.md\n")
    small.write("docs/index.md", '---\ntitle: Home\n---\n[Team](templates/team.md)\n\n{{ clause("publicity") }}\n')
    return small


def test_every_place_is_named(full):
    assert uses(full, "templates/team").output.splitlines() == [
        "templates/team is this toolkit's own.",
        "5 places lead to it:",
        *LEADS,
    ]


def test_a_macro_and_the_text_of_an_agreement_count(full):
    said = uses(full, "clauses/publicity").output
    assert "  docs/index.md:6\n" in said
    assert f"  {TEAM}:12\n" in said
    assert f"  {EXAMPLE}:" in said


def test_what_is_gone_is_still_found(full):
    (full.root / TEAM).unlink()
    said = uses(full, "templates/team").output
    assert said.startswith("templates/team is not here.\n5 places lead to it:\n")


def test_what_was_renamed_is_found_by_both_names(full):
    (full.root / TEAM).rename(full.root / "agreements/templates/crew.md")
    full.replace("agreements/templates/crew.md", "title: ", "formerly:\n  - team\ntitle: ")
    old, new = (uses(full, f"templates/{name}").output.splitlines() for name in ("team", "crew"))
    assert old[0] == "templates/team is called templates/crew now."
    assert old[1:] == new[1:]
    assert len(old) == 7


def check(small: SmallToolkit, *options: str) -> str:
    return CliRunner().invoke(main, ["--root", str(small.root), "check", *options]).output


def test_the_check_says_in_one_message_what_still_leads_to_what_is_gone(full):
    (full.root / TEAM).unlink()
    said = check(full).split("\n\n")[1].splitlines()
    assert said == ["templates/team is not here. 5 places still lead to it:", *LEADS]
    assert "still lead" not in check(full, "--format", "github")


def test_the_check_says_in_one_message_what_still_says_an_earlier_name(full):
    (full.root / TEAM).rename(full.root / "agreements/templates/crew.md")
    full.replace("agreements/templates/crew.md", "title: ", "formerly:\n  - team\ntitle: ")
    full.replace(EXAMPLE, "template: team", "template: crew")
    said = check(full).split("\n\n")[1].splitlines()
    assert said == ["templates/team is called templates/crew now. 4 places still lead to it:", *LEADS[1:]]


def test_one_place_is_named_by_its_own_message(small):
    small.write("docs/index.md", "---\ntitle: Home\n---\n[Team](templates/teem.md)\n")
    assert "teem" in check(small)
    assert "still lead" not in check(small)


def test_what_is_named_beside_a_mistake_is_not_called_gone(small):
    lines = "- [Home](/), [theirs](https://north.example/pres) and [press](/clauses/pres/).\n"
    small.replace(CLAUSE, "## Watch out for\n\n", "## Watch out for\n\n" + lines * 2)
    assert re.findall("(.*) is not here", check(small)) == ["clauses/pres"]


def test_a_name_that_means_nothing_is_refused(full):
    done = uses(full, "templates/teem")
    assert done.exit_code == 2
    assert 'Did you mean "templates/team"?' in done.stderr
