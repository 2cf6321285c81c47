"""The chooser: every way through it ends in a template, and the page reads well without any script."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from groundrules.agreement.document.links import Links, addresses, indexes
from groundrules.checks import load_and_check
from groundrules.model.front import ChooserAnswer, Question
from groundrules.model.pieces import Toolkit
from groundrules.site.library import Library
from groundrules.site.macros import Macros
from support import REPOSITORY, our_toolkit
from support.small import SmallToolkit

PAGE = "/guidance/which-agreement/"

# What people say, and the template that every one of its ways must offer.
SITUATIONS = {
    "two people tonight": ("go out together, tonight", "individual-co-working"),
    "a group makes its own rules": ("rules of its own, such as young people", "group-ground-rules"),
    "a group steers the work": ("steers work for several organisations", "terms-of-reference"),
    "share personal information": ("share personal information", "information-sharing"),
    "money through one partner": ("one partner has the grant", "consortium"),
    "responsibility for safeguarding only": (
        "only need to know who is responsible for safeguarding",
        "safeguarding-annex",
    ),
    "managers want something on paper": ("managers want something on paper", "memorandum"),
    "how we behave and decide": ("How we behave and decide", "principles"),
    "one pays another": ("one of us pays another", "heads-of-terms"),
    "conduct on the street": ("behave on the street", "street-code"),
    "something small": ("something small", "one-page-teams"),
    "who does what": ("need to know who does what", "team-co-working"),
}


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return our_toolkit()


@pytest.fixture(scope="module")
def tree(toolkit: Toolkit) -> ET.Element:
    library = Library(toolkit, Links(indexes=indexes(toolkit))).at(PAGE)
    page = Macros(library).chooser()
    for bare in (" data-chooser data-search-exclude", " data-question", " hidden"):
        page = page.replace(bare, "")
    chooser, _ = page.split("<script ")
    return ET.fromstring(chooser)


def ways(questions: tuple[Question, ...], start: Question | None = None) -> Iterator[tuple[ChooserAnswer, ...]]:
    """Every way through the questions, as the answers given on it."""
    by_id = {question.id: question for question in questions}
    for answer in (start or questions[0]).answers:
        if answer.next:
            for way in ways(questions, by_id[answer.next]):
                yield (answer, *way)
        else:
            yield (answer,)


def test_every_way_ends_in_a_template_or_a_page_soon_and_says_why(toolkit: Toolkit) -> None:
    found = list(ways(toolkit.chooser))
    assert len(found) >= 8
    for way in found:
        assert way[-1].template in toolkit.templates or way[-1].page in addresses(toolkit)
        assert len(way) <= 3, "Tired people answer three questions, no more."
        assert all(len(answer.why.split()) >= 8 for answer in way)


def test_every_template_can_be_reached(toolkit: Toolkit) -> None:
    assert {way[-1].template for way in ways(toolkit.chooser)} - {""} == {
        name for name, one in toolkit.templates.items() if not one.language
    }


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_people_come_for_leads_to_the_right_template(toolkit: Toolkit, situation: str) -> None:
    said, template = SITUATIONS[situation]
    leading = [way for way in ways(toolkit.chooser) if any(said in answer.answer for answer in way)]
    assert leading, f"No answer says: {said}"
    for way in leading:
        assert template in {way[-1].template, *(also.template for also in way[-1].also)}


def test_some_answers_say_that_one_agreement_is_not_enough(toolkit: Toolkit) -> None:
    assert sum(bool(way[-1].also) for way in ways(toolkit.chooser)) >= 4


def test_without_a_script_it_is_a_page_of_questions_with_links(toolkit: Toolkit, tree: ET.Element) -> None:
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    sections = tree.findall("section")
    assert [one.findtext("h2") for one in sections] == [one.question for one in toolkit.chooser]
    for section, question in zip(sections, toolkit.chooser, strict=True):
        answers = section.findall("ul/li")
        assert section.find("ul").get("aria-labelledby") in ids
        for item, answer in zip(answers, question.answers, strict=True):
            link = item.find("a")
            assert link.text == answer.answer
            if answer.next:
                assert link.get("href") == f"#choose-{answer.next}"
                assert link.get("href")[1:] in ids
                asked = next(one.question for one in toolkit.chooser if one.id == answer.next)
                assert item.find("p").find("span").tail.strip() == asked, "On paper, a link leads nowhere."
            else:
                assert link.get("href") == "../.." + (answer.page or f"/templates/{answer.template}/")
            text = " ".join("".join(item.itertext()).split())
            assert answer.why in text
            for also in answer.also:
                assert "You may need" in text
                assert also.why in text
                assert f"../../templates/{also.template}/" in [one.get("href") for one in item.iter("a")]


def test_only_the_buttons_wait_for_a_script(toolkit: Toolkit) -> None:
    drawn = Macros(Library(toolkit, Links())).chooser()
    assert drawn.count(" hidden") == 1
    assert '<p class="gr-buttons" hidden>' in drawn


def test_what_people_wrote_is_escaped(small: SmallToolkit) -> None:
    small.write(
        "agreements/chooser.yml",
        '- id: start\n  question: "Tea & talk < ten?"\n  answers:\n'
        '    - answer: "A & B"\n      template: team\n      why: "C & D"\n',
    )
    toolkit, problems = load_and_check(small.root)
    assert problems == []
    drawn = Macros(Library(toolkit, Links())).chooser()
    assert "Tea &amp; talk &lt; ten?" in drawn
    assert "A &amp; B" in drawn
    assert "C &amp; D" in drawn


def test_the_page_is_linked_from_where_people_start() -> None:
    for page in ("index.md", "guidance/before-you-start.md"):
        assert "which-agreement.md" in (REPOSITORY / "docs" / page).read_text("utf-8")
    assert "guidance/which-agreement.md" in (REPOSITORY / "mkdocs.yml").read_text("utf-8")
