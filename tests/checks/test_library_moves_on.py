"""The library changes, and days pass: what partners agreed still stands, and nobody's site stops building."""

from __future__ import annotations

import datetime

import pytest

from groundrules.commands.shared import Place
from groundrules.commands.signing import sign
from groundrules.commands.workspace import Workspace
from groundrules.text.problems import InvalidFiles, errors
from support import partnership
from support.small import CLAUSE, SmallToolkit

TEMPLATE = "agreements/templates/team.md"
PUBLICITY = "agreements/clauses/publicity.md"


@pytest.fixture
def agreed(small: SmallToolkit) -> SmallToolkit:
    """An agreed partnership that notes what it took from the library."""
    noted = f'taken:\n  publicity: "{"0" * 64}"\n'
    partnership.agree(small, partnership.AGREEMENT.replace("publish: yes\n", f"{noted}publish: yes\n"))
    return small


def said(small: SmallToolkit) -> set[str]:
    """What is said about the partnership, none of which may be an error."""
    found = [one for one in small.problems() if one.file.startswith(partnership.FOLDER)]
    assert errors(found) == []
    return {one.name for one in found}


def test_its_template_may_gain_a_clause_that_everybody_needs(agreed):
    agreed.write("agreements/clauses/names.md", CLAUSE.replace("order of names", "order of logos"))
    agreed.replace(
        TEMPLATE, "    wording: every-partner", "    wording: every-partner\n  - id: names\n    wording: every-partner"
    )
    agreed.replace(TEMPLATE, "needs:", "needs:\n  - clause: names\n    message: Say whose names are used.")
    assert said(agreed) >= {"left-out", "need"}


def test_a_wording_may_get_another_id(agreed):
    for file in (PUBLICITY, TEMPLATE, "agreements/examples/two-teams.md"):
        agreed.replace(file, "every-partner", "everybody")
    assert "unknown-wording" in said(agreed)


def test_a_clause_may_get_another_id(agreed):
    agreed.write("agreements/clauses/credit.md", CLAUSE.replace("owner:", "formerly:\n  - publicity\nowner:"))
    (agreed.root / PUBLICITY).unlink()
    for file in (TEMPLATE, "agreements/examples/two-teams.md", "agreements/checklists/sign.md"):
        agreed.replace(file, "publicity", "credit")
    agreed.replace("docs/index.md", "publicity", "credit")
    assert said(agreed) == {"former-name", "missing-taken"}


def test_the_template_itself_may_get_another_id(agreed):
    text = (agreed.root / TEMPLATE).read_text("utf-8")
    agreed.write("agreements/templates/teams.md", text.replace("owner:", "formerly:\n  - team\nowner:"))
    (agreed.root / TEMPLATE).unlink()
    agreed.replace("agreements/examples/two-teams.md", "template: team", "template: teams")
    assert "unknown-template" not in said(agreed)
    assert Workspace(Place(agreed.root), "bridge").template.id == "teams"


def test_what_the_template_gained_keeps_nobody_from_signing(small):
    noted = f'taken:\n  publicity: "{"0" * 64}"\n'
    partnership.write(small, partnership.AGREEMENT.replace("publish: yes\n", f"{noted}publish: yes\n"))
    small.write("agreements/clauses/names.md", CLAUSE.replace("order of names", "order of logos"))
    listed = "    wording: every-partner"
    small.replace(TEMPLATE, listed, f"{listed}\n  - id: names\n{listed}")
    signed = sign(Workspace(Place(small.root), "bridge"), "Ann Lee, Coordinator, Northgate", datetime.date(2026, 9, 1))
    assert signed.signature.version == 1


DATED = partnership.AGREEMENT.replace("order of names: alphabetical", "order of names: 2020-01-01")


def test_a_day_may_pass(small):
    partnership.agree(small, DATED)
    small.replace(TEMPLATE, "    message: Say", "    future: yes\n    message: Say")
    assert "need" in said(small)


def test_nobody_agrees_a_day_that_has_passed(small):
    partnership.write(small, DATED)
    small.replace(TEMPLATE, "    message: Say", "    future: yes\n    message: Say")
    with pytest.raises(InvalidFiles) as refused:
        sign(Workspace(Place(small.root), "bridge"), "Ann Lee, Coordinator, Northgate", datetime.date(2026, 9, 1))
    assert {one.name for one in refused.value.problems} == {"need"}


def test_a_mistake_in_the_library_is_not_taken_for_one_in_the_agreement(small):
    """Even where a folder of the library has the partnership's name."""
    partnership.agree(small)
    (small.root / partnership.FOLDER).rename(small.root / "agreements/partnerships/checklists")
    small.replace("agreements/checklists/sign.md", "[[#publicity]]", "[[#nothing]]")
    small.write("agreements/checklists/broken.md", "no front matter")
    assert Workspace(Place(small.root), "checklists").agreement.front.title == "Bridge evenings"
