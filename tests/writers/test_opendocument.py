"""OpenDocument files, read back by lxml and LibreOffice, which had no part in writing them."""

from __future__ import annotations

import datetime
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from groundrules.agreement.document.assemble import assemble, draft
from groundrules.agreement.document.nodes import ClauseNumber, Filled, Hole, Table
from groundrules.agreement.document.redact import public
from groundrules.model.front import Signature
from groundrules.text.markup.nodes import Emphasis, Link, Note, Strong, Text
from groundrules.writers.opendocument import opendocument
from groundrules.writers.printed import holdable
from support import our_toolkit
from support.documents import (
    DATE,
    GARY,
    LONG,
    MILL_ROAD,
    PLAIN,
    ROWS,
    document,
    holding,
    items,
    paragraph,
    said,
    without_room,
)
from support.office import lines

TOOLKIT = our_toolkit()
NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "text", "table", "meta")
} | {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
OFFICE = f"{{{NAMES['office']}}}"
TEXT = f"{{{NAMES['text']}}}"
SPACES = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


def part(content, name="content.xml"):
    return etree.fromstring(zipfile.ZipFile(BytesIO(content)).read(name))


def find(element, path):
    return element.xpath(path, namespaces=NAMES)


def words(element):
    """What a reader shows: spaces, tabs and line ends are elements."""
    found = element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            found += " " * int(child.get(f"{TEXT}c", "1"))
        else:
            found += SPACES.get(child.tag) or words(child)
        found += child.tail or ""
    return found


def texts(content):
    return [without_room(words(one)) for one in find(part(content), "//text:p | //text:h")]


def tables(content):
    return [
        [[words(cell) for cell in find(row, "table:table-cell/text:p")] for row in find(table, ".//table:table-row")]
        for table in find(part(content), "//table:table")
    ]


def shown(text):
    return holdable(text).replace("\r\n", "\n").replace("\r", "\n")


def test_the_package_is_in_order_and_always_the_same():
    content = opendocument(document())
    archive = zipfile.ZipFile(BytesIO(content))
    first, *others = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    assert {one.date_time for one in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = part(content, "META-INF/manifest.xml").xpath("//m:file-entry/@m:full-path", namespaces={"m": namespace})
    assert set(listed) == {"/"} | {one.filename for one in others} - {"META-INF/manifest.xml"}
    assert content == opendocument(document())


def test_title_and_numbered_clauses_have_their_styles():
    content = opendocument(document())
    paragraphs = find(part(content), "//office:text/text:p | //office:text/text:h")
    assert [(one.get(f"{TEXT}style-name"), words(one)) for one in paragraphs][:6] == [
        ("Title", "Joint working agreement"),
        ("Standard", "We have talked this through."),
        ("Heading_20_1", "1. Purpose"),
        ("Standard", "We work together."),
        ("Heading_20_1", "2. Money"),
        # What is signed stays with the signatures.
        ("Kept", "Each pays its own costs."),
    ]
    assert find(part(content, "meta.xml"), "string(//dc:title)") == "Joint working agreement"
    assert find(part(content, "meta.xml"), "string(//dc:language)") == "en-GB"


def test_language_and_direction():
    styles = part(opendocument(document(language="ar-EG")), "styles.xml")
    assert find(styles, "//style:default-style/style:text-properties/@fo:language") == ["ar"]
    assert find(styles, "//style:default-style/style:text-properties/@fo:country") == ["EG"]
    assert set(find(styles, "//@style:writing-mode")) == {"rl-tb"}
    assert set(find(part(opendocument(document()), "styles.xml"), "//@style:writing-mode")) == {"lr-tb"}


def test_one_answer_fills_every_place():
    content = opendocument(
        document(
            paragraph("We start on ", Hole("start", DATE), " at ", Hole("where", PLAIN)),
            paragraph(Hole("story", LONG)),
            paragraph("Since ", Strong((Hole("Start", DATE),)), ", as in ", Hole("story", LONG)),
        )
    )
    values = {
        one.get(f"{TEXT}name"): one.get(f"{OFFICE}string-value")
        for one in find(part(content), "//text:user-field-decl")
    }
    fields = [one.get(f"{TEXT}name") for one in find(part(content), "//text:user-field-input")]
    assert [values[one] for one in fields] == ["[start]", "[story]", "[start]", "[story]"]
    assert "We start on [start] at [where]" in texts(content)
    finished = opendocument(document(paragraph(Filled("a", "b"), Filled("a", "b"))))
    assert not find(part(finished), "//text:user-field-decls")


def test_pages_are_numbered():
    footer = find(part(opendocument(document()), "styles.xml"), "//style:footer/text:p")[0]
    assert words(footer) == "Joint working agreement\tPage 1 of 1"
    assert find(footer, "count(text:page-number | text:page-count)") == 2


def test_lists_restart_and_nest():
    content = opendocument(document(items(True, "a", ("b", items(False, "c"))), items(True, "d")))
    lists = find(part(content), "//office:text/text:list")
    assert [one.get(f"{TEXT}continue-numbering") for one in lists] == ["false", "false"]
    assert [one.get(f"{TEXT}style-name") for one in find(lists[0], "descendant-or-self::text:list")] == [
        "Numbers",
        "Bullets",
    ]
    assert [words(one) for one in find(lists[0], ".//text:p")] == ["a", "b", "c"]


def test_an_open_table_has_a_header_and_three_rows_to_fill_in():
    content = opendocument(document(Table("contacts", ROWS, tuple(ROWS.columns), ())))
    assert tables(content)[0] == [["Partner", "Day", "How"], *[["", "", ""]] * 3]
    (header,) = find(part(content), "(//table:table)[1]/table:table-header-rows/table:table-row")
    assert [words(one) for one in find(header, ".//text:p")] == ["Partner", "Day", "How"]


def test_open_blanks_are_marked():
    content = opendocument(document(paragraph("We meet ", Hole("how often", PLAIN)), paragraph(Hole("story", LONG))))
    assert "[how often]" in [words(one) for one in find(part(content), "//text:span[@text:style-name='Blank']")]
    assert [words(one) for one in find(part(content), "//text:p[@text:style-name='Answer']")] == [
        "[story]" + "\n\t" * 4
    ]
    assert len(find(part(content), "//text:span[@text:style-name='Room']")) == 1 + 4


def test_parties_days_and_signatures():
    signature = Signature(party="Mill Road", name="Jo Bell", role="manager", date="2026-11-21")
    made = document(
        parties=(MILL_ROAD, GARY),
        start=datetime.date(2026, 12, 1),
        end=datetime.date(2027, 5, 3),
        signatures=(signature,),
    )
    assert texts(opendocument(made))[1:4] == [
        "Mill Road. Contact: Asha Rao, leader, 07700 900123, a@b.org",
        "Gary Dean, Northgate, youth worker",
        "From 1 December 2026 to 3 May 2027",
    ]
    assert tables(opendocument(made))[-1] == [
        ["Signed for", "Name", "Role", "Signature", "Date"],
        ["Mill Road", "Jo Bell", "manager", "Signed", "21 November 2026"],
        ["Gary Dean", "Gary Dean", "youth worker", "", ""],
    ]
    form = tables(opendocument(document(paragraph(Hole("x", PLAIN)), parties=(GARY, MILL_ROAD))))[-1]
    assert form[1:] == [["Gary Dean", "Gary Dean", "youth worker", "", ""], ["Mill Road", "", "", "", ""]]


def test_links_and_references():
    content = opendocument(
        document(
            paragraph(Link((Text("outside"),), "https://example.org/?a=1&b"), Link((Text("no"),), "javascript:x")),
            paragraph(ClauseNumber("who-pays", 2, "Money"), ClauseNumber("exit", 0, "Leaving")),
        )
    )
    links = find(part(content), "//text:a")
    assert [(words(one), one.get(f"{{{NAMES['xlink']}}}href")) for one in links] == [
        ("outside", "https://example.org/?a=1&b"),
        ("clause 2, Money", "#clause-who-pays"),
    ]
    assert "clause-who-pays" in find(part(content), "//text:bookmark/@text:name")
    assert "clause 2, MoneyLeaving (left out)" in texts(content)


def test_strong_words_and_emphasis_nest():
    content = opendocument(document(paragraph(Strong((Text("all "), Emphasis((Text("of us"),)))), " agree")))
    spans = find(part(content), "//text:span")
    assert [(words(one), one.get(f"{TEXT}style-name")) for one in spans] == [
        ("all ", "Strong"),
        ("of us", "StrongEmphasis"),
    ]


def test_notes_are_never_written():
    assert "fell out" not in "".join(texts(opendocument(document(Note("Why", (paragraph("they fell out"),), 1)))))


@settings(deadline=None, max_examples=100)
@given(text=st.text(st.characters(codec=None), min_size=1))
def test_any_text_comes_out_as_text(text):
    content = opendocument(holding(text))
    plain = (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break")
    structure = [
        [one.tag for one in part(opendocument(holding(t))).iter() if one.tag not in plain] for t in (text, "x")
    ]
    assert structure[0] == structure[1]
    expected = shown(text)
    assert {expected, f"before {expected} after", f"[{expected}]"} <= set(texts(content))
    assert tables(content)[0][1] == [expected] * 3
    for name in zipfile.ZipFile(BytesIO(content)).namelist()[1:]:
        part(content, name)


ORIGINALS = [name for name, one in TOOLKIT.templates.items() if not one.language]


@pytest.mark.parametrize("name", [*ORIGINALS, *TOOLKIT.examples])
def test_every_template_and_example_says_everything(name):
    template = TOOLKIT.templates.get(name)
    made = assemble(draft(template, TOOLKIT)) if template else public(assemble(TOOLKIT.examples[name]))
    content = opendocument(made)
    everything = without_room("\n".join(texts(content)), *(one.definition for one in made.blanks))
    place = 0
    for line in said(made):
        place = everything.find(line, place)
        assert place >= 0, line
    known = set(find(part(content, "styles.xml"), "//@style:name")) | set(find(part(content), "//@style:name"))
    assert set(find(part(content), "//@text:style-name | //@table:style-name")) <= known
    assert set(find(part(content), "//text:a/@xlink:href[starts-with(., '#')]")) <= {
        f"#{one}" for one in find(part(content), "//text:bookmark/@text:name")
    }


def test_libreoffice_reads_what_was_written(office):
    read = lines(office / "opendocument.txt")
    assert read[:3] == ["Joint working agreement", "We have talked this through.", "1. Purpose"]
    assert read[3:8] == ["1. a", "2. b", "1) c", "1. d", "See  [how often]"]
    assert {"Partner", "Mill Road", "Monday", "Signed for"} <= {cell for line in read for cell in line.split("\t")}
