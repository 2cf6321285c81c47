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


EASY = [
    wording
    for clause in our_toolkit().clauses.values()
    for id, wording in clause.wordings.items()
    if id == "easy-words"
]


def test_easy_words_have_one_idea_on_a_line() -> None:
    """Guidelines for Easy Read ask for at most 15 words in a sentence, and a line for each idea."""
    lines = [line for wording in EASY for line in wording.text.splitlines() if line]
    assert lines
    assert [line for line in lines if len(line.split()) > 15] == []
    assert [line for line in lines if ". " in line] == []
