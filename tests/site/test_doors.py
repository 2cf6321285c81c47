"""Seven readers find their page from home, and the answer soon."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from support import our_toolkit

# Who comes, the situation that home shows them, and some words of the answer.
READERS = {
    "a worker before a first shift": ("Two of us go out together tonight", "signal"),
    "a manager who was asked for an agreement": ("has asked us for an agreement", "Which parts may we change?"),
    "a sergeant": ("I am a police officer", "takes no power or duty from an officer"),
    "a trustee whose partner let them down": (
        "has not done what it promised",
        "take legal advice before you hold back",
    ),
    "the chair of a steering group": ("We run a steering group", "How many must be there"),
    "a young person": ("What did they agree about me", "You may ask to see it."),
    "a group with no organisation": ("no organisation behind us", "whoever signs may have to keep the promise"),
}
SOON = 300


class Article(HTMLParser):
    """The words of a page's article, and where its links lead."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        text = page.read_text("utf-8")
        self.feed(text[text.index("<article") : text.index("</article>")])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attributes).get("href") or "")

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.mark.parametrize("reader", READERS)
def test_home_leads_each_reader_to_a_page_that_answers_soon(our_site: Path, reader: str):
    said, answer = READERS[reader]
    [page] = [one.page.strip("/") for one in our_toolkit().situations if said in one.situation]
    assert f"{page}/" in Article(our_site / "index.html").links
    beginning = " ".join(Article(our_site / page / "index.html").words[:SOON])
    assert answer.lower() in beginning.lower()
