"""The page of a partnership: it shows what was agreed, who signed it, and nothing that is still being talked about."""

from __future__ import annotations

import json
import re
from io import BytesIO

from docx import Document
from pypdf import PdfReader

from groundrules.agreement.document.links import Links
from groundrules.checks import load_and_check
from groundrules.files.source import agreement_source
from groundrules.site.library import Library
from groundrules.site.pages import page_of
from groundrules.site.summary import agreements_json
from groundrules.writers.content import published
from groundrules.writers.pdf import pdf
from groundrules.writers.word import word
from support import partnership


def library(small):
    return Library(load_and_check(small.root)[0], Links())


def page(small):
    here = library(small)
    return page_of(here, here.toolkit.partnerships["bridge"])


def text(page):
    return " ".join(re.sub("<[^>]+>", " ", page.body).split())


def test_it_says_who_signed_these_words_and_when_they_were_agreed(small):
    words = partnership.agree(small)
    shown = text(page(small))
    assert "agreed on 2 September 2026 (version 1)" in shown
    assert "Northgate Ann Lee, Coordinator, 1 September 2026 signed these words" in shown
    assert f"Fingerprint of these words: {words}" in shown


def test_words_that_are_not_agreed_yet_stay_off_the_site(small):
    partnership.agree(small)
    partnership.replace(small, "order of names: alphabetical", "order of names: reverse")
    here = library(small)
    bridge = here.toolkit.partnerships["bridge"]
    shown = page_of(here, bridge)
    everything = shown.body + shown.words + json.dumps([heading.words for heading in shown.headings])
    everything += agreement_source(published(bridge, here.toolkit).source) + agreements_json(here)
    assert "alphabetical" in shown.body
    assert "reverse" not in everything


def test_a_new_title_is_shown_once_it_is_agreed(small):
    partnership.agree(small)
    partnership.replace(small, "title: Bridge evenings", "title: Secret evenings")
    here = Library(load_and_check(small.root, public=True)[0], Links())
    shown = page_of(here, here.toolkit.partnerships["bridge"])
    assert shown.title == "Bridge evenings"
    assert "Secret" not in shown.body + agreements_json(here)


def test_a_new_round_leaves_the_agreed_version_standing(small):
    partnership.agree(small)
    partnership.replace(small, "status: agreed\n", "")
    partnership.replace(
        small,
        "agreed: 2026-09-02\n",
        "agreed: 2026-09-02\n  - version: 2\n    opened: 2026-10-01\n    because: Secret.\n",
    )
    partnership.replace(small, "order of names: alphabetical", "order of names: reverse")
    shown = text(page(small))
    assert "The partners are working on the next version. Until they agree it, this one holds." in shown
    assert "Secret" not in shown
    assert "reverse" not in shown


def test_a_draft_that_somebody_signed_says_when_its_words_have_changed(small):
    partnership.write(small)
    words = partnership.keep(small, 1)
    signed = "signatures:\n" + partnership.signature("Northgate", "Ann Lee", "2026-09-01", 1, words)
    partnership.replace(
        small, "publish: yes\n", f"publish: yes\n{signed}rounds:\n  - version: 1\n    opened: 2026-09-01\n"
    )
    assert "Ann Lee, Coordinator, 1 September 2026 signed these words" in text(page(small))
    partnership.replace(small, "order of names: alphabetical", "order of names: reverse")
    assert "signed earlier words, which have changed since" in text(page(small))


def test_a_kept_version_that_was_edited_is_not_passed_off_as_signed(small):
    partnership.agree(small)
    small.replace(f"{partnership.FOLDER}/versions/1.md", "alphabetical", "random")
    here = library(small)
    shown = text(page_of(here.at("/"), here.toolkit.partnerships["bridge"]))
    assert "cannot be checked. The kept text of version 1 is not the one that was signed." in shown


PRIVATE = partnership.AGREEMENT.replace('    example: "alphabetical"\n', "    private: yes\n")


def test_no_fingerprint_is_shown_beside_an_answer_that_is_left_out(small):
    """A computer could try out which answer fits the fingerprint."""
    words = partnership.agree(small, PRIVATE)
    here = library(small)
    bridge = here.toolkit.partnerships["bridge"]
    shown = text(page_of(here, bridge))
    assert "it also covers answers that only the partners see" in shown
    assert "signed these words" in shown
    everything = [shown, agreement_source(published(bridge, here.toolkit).source), str(here.document(bridge))]
    assert not any(words in one or "alphabetical" in one for one in everything)


def test_word_pdf_opendocument_and_page_show_the_same_fingerprint(small):
    words = partnership.agree(small)
    here = library(small)
    document = here.document(here.toolkit.partnerships["bridge"])
    assert words in [one.text.rpartition(" ")[2] for one in Document(BytesIO(word(document))).paragraphs]
    assert words in "".join(one.extract_text() for one in PdfReader(BytesIO(pdf(document))).pages)
    assert words in page(small).body


def test_a_signature_for_other_words_is_not_written_under_todays(small):
    partnership.agree(small)
    partnership.replace(small, "order of names: alphabetical", "order of names: reverse")
    stands = library(small).signing_state(load_and_check(small.root)[0].partnerships["bridge"])
    rows = [cell.text for row in Document(BytesIO(word(stands.today))).tables[-1].rows for cell in row.cells]
    assert "Northgate" in rows
    assert "Ann Lee" not in rows


def test_a_name_that_ends_in_a_full_stop_is_followed_by_no_other(small):
    partnership.write(small, partnership.AGREEMENT.replace("name: Northgate", "name: Smith & Co."))
    shown = text(page(small)).replace(" .", ".")
    assert "Smith &amp; Co. Contact: Ann Lee" in shown
    assert "Southgate. Contact: Bo Ray" in shown
