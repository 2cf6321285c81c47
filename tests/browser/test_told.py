"""What the people are told of a draft is the same in the browser as in Python."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from groundrules.agreement.document.fork import Choices, make
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.told import told
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.language import Language, OwnLabels
from groundrules.model.pieces import Agreement
from groundrules.site.browser_data import template_data, told_data
from groundrules.writers.told import page
from support import REPOSITORY, our_toolkit
from support.engine import Engine

TOOLKIT = our_toolkit()
LIBRARY = SimpleNamespace(toolkit=TOOLKIT, links=Links("/templates/team-co-working/draft/"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine("engine.js", "reader.js", "told.js")
    engine.run("(words) => { globalThis.words = words; return true; }", told_data(LIBRARY))
    return engine


def same(engine: Engine, agreement: Agreement, text: str) -> str:
    """The page of ``agreement``, which stands in ``text``: both come to the same."""
    template = TOOLKIT.templates[agreement.front.template]
    spoken = template.front.model_copy(update={"language": agreement.front.language})
    data = template_data(replace(template, front=spoken), LIBRARY)
    made = "([text, data]) => GroundRules.toldPage(GroundRules.read(text).agreement, data, words)"
    here = re.sub(' data-blank="[^"]*"', "", engine.run(made, [text, data]))
    assert here == page(told(agreement, TOOLKIT)).decode()
    return here


def test_of_each_template(engine: Engine) -> None:
    for template in TOOLKIT.templates.values():
        start = make(template, TOOLKIT, Choices())
        assert '<p class="form">' in same(engine, start, agreement_source(start))


def test_of_each_example(engine: Engine) -> None:
    for name, example in TOOLKIT.examples.items():
        same(engine, example, (REPOSITORY / f"agreements/examples/{name}.md").read_text("utf-8"))


def test_of_words_of_their_own_it_asks_what_to_tell(engine: Engine) -> None:
    text = agreement_source(make(TOOLKIT.templates["team-co-working"], TOOLKIT, Choices()))
    own = text.replace("People choose whether to take part", "Everybody must come")
    agreement, _ = opened(own, "agreements/partnerships/one/agreement.md")
    assert agreement is not None
    changed = same(engine, agreement, own)
    assert "You choose whether to take part" not in changed
    assert "Consent and people's rights</span>" in changed


def test_the_words_of_a_toolkit_are_no_markup_and_have_their_places_filled(engine: Engine) -> None:
    words = {
        "from": "as of the",
        "to": "*to* the",
        "work together": "**work** as [[one]].",
        "told": "{title}, {{or}} {title}",
    }
    start = make(TOOLKIT.templates["principles"], TOOLKIT, Choices())
    spoken = start.front.model_copy(update={"language": Language("en-GB", OwnLabels({"en": words}))})
    agreement = replace(start, front=spoken)
    title = start.front.title
    said = same(engine, agreement, agreement_source(agreement))
    for one in ("<p>As of the ", " *to* the ", " **work** as [[one]].", f"<h1>{title}, {{or}} {title}</h1>"):
        assert one in said
