"""What a browser prints, read back by pypdf: an agreement on as few pages as its PDF, and nothing of the tool."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from support.documents import ONE_PAGE


@pytest.fixture(scope="module")
def printed(our_site, browser):
    """A function that prints a page of our site and gives the words of each sheet of paper."""
    page = browser.new_page()

    def print_it(address, paper="A4"):
        page.goto(f"{our_site.as_uri()}/{address}/index.html")
        page.wait_for_selector("body:not(:has([data-draft])), [data-live]", state="attached")
        made = page.pdf(format=paper, prefer_css_page_size=False)
        return [sheet.extract_text() for sheet in PdfReader(BytesIO(made)).pages]

    yield print_it
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ONE_PAGE)
@pytest.mark.parametrize("page", ["", "/draft"])
def test_a_one_page_form_is_one_page(printed, name, page, paper):
    (sheet,) = printed(f"templates/{name}{page}", paper)
    assert "Signature" in sheet
    for tool in ("Fill it in", "Save", "Word form", "Where it comes from", "Next"):
        assert tool not in sheet


def test_a_long_form_and_an_example_have_not_twice_the_pages_of_their_pdf(printed, our_site):
    for address, name in (("templates/team-co-working", "team-co-working"), ("examples/joint-patrol", "joint-patrol")):
        sheets = printed(address)
        assert len(sheets) <= len(PdfReader(our_site / address / f"{name}.pdf").pages) + 1
        # The words that are signed stand on the page of the signatures.
        assert "Signing up" in next(sheet for sheet in sheets if "Signed for" in sheet)
