"""A template's page says of each clause whether it must, should or may stand in the agreement."""

from __future__ import annotations

import re

from groundrules.agreement.document.links import Links
from groundrules.site.library import Library
from groundrules.site.pages import page_of
from support import our_toolkit


def test_a_template_says_which_clauses_must_should_and_may_stand() -> None:
    template = our_toolkit().templates["memorandum"]
    body = page_of(Library(our_toolkit(), Links(), with_downloads=False), template).body
    said = dict(re.findall(r'<h2 id="([a-z-]+)">.*?<strong>(Must|Should|May)\.', body, re.S))
    optional = {entry.id for entry in template.front.clauses if entry.optional}
    needed = {need.clause for need in template.front.needs if need.clause} - optional
    assert {clause for clause, word in said.items() if word == "May"} == optional
    assert needed | {"review", "roles"} <= {clause for clause, word in said.items() if word == "Must"}
    assert "Should" in said.values()
