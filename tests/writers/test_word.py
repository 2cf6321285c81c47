"""Word files, read back by lxml and python-docx, which had no part in writing them."""

from __future__ import annotations

import datetime
import os
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from groundrules.agreement.document.assemble import assemble, draft
from groundrules.agreement.document.nodes import ClauseNumber, DocumentClause, Filled, Hole, Table
from groundrules.model.front import Party, Signature
from groundrules.text.markup.nodes import Emphasis, Link, Note, Strong, Text
from groundrules.writers.columns import PAGE_WIDTH
from groundrules.writers.printed import holdable
from groundrules.writers.word import blank_form, finished
from groundrules.writers.word_parts import date_format
from support import our_toolkit
from support.documents import (
    CHOICE,
    DATE,
    GARY,
    LONG,
    MILL_ROAD,
    ONE_PAGE,
    PLAIN,
    ROWS,
    document,
    holding,
    items,
    paragraph,
    without_room,
)
from support.office import lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GLOSSARY = "word/glossary/document.xml"
DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
NAMES = {"w": W[1:-1]}
BOTH = pytest.mark.parametrize("write", [blank_form, finished])


def part(content, name="word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(BytesIO(content)).read(name))


def words(element):
    return "".join(element.itertext(f"{W}t"))


def texts(content):
    return [without_room(words(one)) for one in part(content).iter(f"{W}p")]


def find(element, path):
    return element.xpath(path, namespaces=NAMES)


def tables(content):
    return [
        [[words(cell) for cell in find(row, "w:tc")] for row in find(table, "w:tr")]
        for table in part(content).iter(f"{W}tbl")
    ]


def controls(content):
    return {find(control, "string(w:sdtPr/w:tag/@w:val)"): control for control in part(content).iter(f"{W}sdt")}


# --- shape ------------------------------------------------------------------------------------------


@BOTH
def test_title_and_numbered_clauses_have_their_styles(write):
    shown = [(one.style.name, one.text) for one in docx.Document(BytesIO(write(document()))).paragraphs]
    assert shown[:6] == [
        ("Title", "Joint working agreement"),
        ("Normal", "We have talked this through."),
        ("Heading 1", "1. Purpose"),
        ("Normal", "We work together."),
        ("Heading 1", "2. Money"),
        ("Normal", "Each pays its own costs."),
    ]


def test_each_ordered_list_starts_at_one():
    below = items(True, "first below", "second below")
    content = finished(
        document(items(True, "a", ("b", below), "c"), items(True, "d"), items(False, ("e", items(False, "f"))))
    )
    lists = {}
    for one in part(content).iter(f"{W}p"):
        number = find(one, "string(w:pPr/w:numPr/w:numId/@w:val)")
        if number:
            style, level = find(one, "string(w:pPr/w:pStyle/@w:val)"), find(one, "string(.//w:ilvl/@w:val)")
            lists.setdefault((number, style, level), []).append(words(one))
    assert {key[1:]: entries for key, entries in lists.items() if key[1] != "ListNumber"} == {
        ("ListNumber2", "1"): ["first below", "second below"],
        ("ListBullet", "0"): ["e"],
        ("ListBullet2", "1"): ["f"],
    }
    assert [entries for key, entries in lists.items() if key[1] == "ListNumber"] == [["a", "b", "c"], ["d"]]
    numbering = part(content, "word/numbering.xml")
    for number, style, level in lists:
        if style.startswith("ListNumber"):
            start = f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val"
            assert find(numbering, start) == ["1"]


@BOTH
def test_tables_have_a_header_fit_the_page_and_keep_their_rows_whole(write):
    table = Table("contacts", ROWS, tuple(ROWS.columns), (("Mill Road", "1 May 2027", "ring"),))
    for made in part(write(document(table))).iter(f"{W}tbl"):
        rows = find(made, "w:tr")
        assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(find(row, "w:trPr/w:cantSplit") for row in rows)
        widths = [int(width) for width in find(made, "w:tblGrid/w:gridCol/@w:w")]
        assert PAGE_WIDTH - 20 <= sum(widths) <= PAGE_WIDTH
        assert min(widths) > 1000
        assert [find(row, "w:tc/w:tcPr/w:tcW/@w:w") for row in rows] == [list(map(str, widths))] * len(rows)
    assert tables(write(document(table)))[0] == [
        ["Partner", "Day", "How"],
        ["Mill Road", "1 May 2027", "ring"],
    ]


@BOTH
def test_a_sentence_stays_with_the_table_or_list_it_leads_to(write):
    table = Table("contacts", ROWS, tuple(ROWS.columns), ())
    content = write(document(paragraph("We ring:"), table, paragraph("Or:"), items(False, "b"), paragraph("Then.")))
    kept = {words(one): bool(find(one, "w:pPr/w:keepNext")) for one in part(content).iter(f"{W}p")}
    assert (kept["We ring:"], kept["Or:"], kept["Then."]) == (True, True, False)


@BOTH
def test_the_page_is_a4_and_the_footer_counts_pages(write):
    content = write(document(title="A very long title " * 20))
    section = docx.Document(BytesIO(content)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = part(content, "word/footer1.xml")
    assert find(footer, "//w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]
    assert words(footer).endswith("…Page 1 of 1")
    assert len(words(footer)) < 90


@BOTH
def test_notes_are_never_written(write):
    note = Note("Why", (paragraph("because we say so"),), 1)
    assert "because" not in "".join(texts(write(document(note, paragraph("Agreed."), preamble=(note,)))))


# --- language, properties, bytes ----------------------------------------------------------------------


@BOTH
def test_language_and_direction(write):
    english, arabic = write(document()), write(document(paragraph("اتفقنا", " على"), language="ar"))
    assert set(find(part(english, "word/styles.xml"), "//w:lang/@w:val")) == {"en-GB"}
    assert set(find(part(arabic, "word/styles.xml"), "//w:lang/@w:bidi")) == {"ar"}
    assert not find(part(english), "//w:bidi | //w:rtl | //w:bidiVisual")
    assert all(find(one, "w:pPr/w:bidi") for one in part(arabic).iter(f"{W}p"))
    assert all(find(one, "w:tblPr/w:bidiVisual") for one in part(arabic).iter(f"{W}tbl"))
    assert find(part(arabic), "//w:sectPr/w:bidi")
    assert find(part(arabic), "//w:r[w:t='اتفقنا']/w:rPr/w:rtl")
    assert not find(part(arabic), "//w:r[w:t='We have talked this through.']/w:rPr/w:rtl")
    assert find(part(write(document(paragraph(Filled("علي", "name"))))), "//w:r[w:t='علي']/w:rPr/w:rtl")


@BOTH
def test_core_properties_name_nobody(write):
    known = docx.Document(BytesIO(write(document(title="Ours & <theirs>")))).core_properties
    assert (known.title, known.language) == ("Ours & <theirs>", "en-GB")
    assert (known.author, known.last_modified_by) == ("", "")
    assert known.created == known.modified


@BOTH
def test_the_same_document_gives_the_same_bytes(write):
    content = write(document(paragraph(Hole("a", PLAIN))))
    assert write(document(paragraph(Hole("a", PLAIN)))) == content
    assert len({entry.date_time for entry in zipfile.ZipFile(BytesIO(content)).infolist()}) == 1


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("en-GB", "d MMMM yyyy"),
        ("de", "d. MMMM yyyy"),
        ("es", "d 'de' MMMM 'de' yyyy"),
        ("xx", "d MMMM yyyy"),
    ],
)
def test_date_pickers_write_dates_as_the_language_does(language, pattern):
    assert date_format(language) == pattern


# --- references and links -----------------------------------------------------------------------------


@BOTH
def test_references_lead_to_bookmarked_clauses(write):
    content = write(document(paragraph("See ", ClauseNumber("who-pays", 2, "Money"), ".")))
    names = find(part(content), "//w:bookmarkStart/@w:name")
    assert names == ["clause_preamble", "clause_purpose", "clause_who_pays"]
    starts, ends = (find(part(content), f"//w:bookmark{end}/@w:id") for end in ("Start", "End"))
    assert starts == ends == ["1", "2", "3"]
    (link,) = part(content).iter(f"{W}hyperlink")
    assert (link.get(f"{W}anchor"), words(link)) == ("clause_who_pays", "clause 2, Money")


def test_a_clause_left_out_is_named_without_a_link():
    content = finished(document(paragraph("See ", ClauseNumber("exit", 0, "Leaving"), ".")))
    assert "See Leaving (left out)." in texts(content)
    assert not list(part(content).iter(f"{W}hyperlink"))


def test_bookmarks_of_long_ids_are_short_and_differ():
    ids = ["a-very-long-name-of-a-clause-that-goes-on-and-on-" + end for end in ("one", "two")]
    clauses = tuple(DocumentClause(one, 1, "T", "w", (paragraph("x"),)) for one in ids)
    names = find(part(finished(document(clauses=clauses))), "//w:bookmarkStart/@w:name")
    assert len(set(names)) == 3
    assert all(len(name) <= 40 and name.replace("_", "a").isalnum() for name in names)


def test_links_leave_the_document_only_for_real_addresses():
    outside = ["https://example.org/a?b=c&d", "mailto:a@example.org", "tel:+44123", "https://example.org/ü x"]
    refused = ["/clauses/publicity/", "javascript:alert(1)", "http://[", "https://example.org/" + "a" * 3000]
    links = [Link((Text(f"link {number}"),), address) for number, address in enumerate(outside + refused)]
    content = finished(document(*map(paragraph, links), paragraph(links[0])))
    relations = part(content, "word/_rels/document.xml.rels")
    targets = {one.get("Id"): one.get("Target") for one in relations if one.get("TargetMode") == "External"}
    assert list(targets.values()) == [*outside[:3], "https://example.org/%C3%BC%20x"]
    identity = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    linked = [words(one) for one in part(content).iter(f"{W}hyperlink") if targets[one.get(identity)]]
    assert linked == ["link 0", "link 1", "link 2", "link 3", "link 0"]
    assert [f"link {number}" in texts(content) for number in range(4, 8)] == [True] * 4


def test_strong_words_and_emphasis_nest():
    content = finished(document(paragraph(Strong((Text("all "), Emphasis((Text("of us"),)))), " agree")))
    runs = next(one for one in docx.Document(BytesIO(content)).paragraphs if one.text == "all of us agree").runs
    assert [(bool(run.bold), bool(run.italic)) for run in runs] == [
        (True, False),
        (True, True),
        (False, False),
    ]


# --- blanks --------------------------------------------------------------------------------------------


def test_each_blank_is_a_control_of_its_kind():
    content = blank_form(
        document(
            paragraph("We meet ", Hole("How  often", PLAIN), " or ", Hole("how often", PLAIN), "."),
            paragraph(Hole("first day", DATE), Hole("letters", CHOICE)),
            paragraph(Hole("our story", LONG)),
        )
    )
    found = controls(content)
    assert list(found) == ["field:how often", "field:first day", "field:letters", "field:our story"]
    assert len(find(part(content), "//w:sdt")) == 5
    assert "\u00a0\u00a0\u00a0" in words(found["field:how often"])
    assert words(found["field:first day"]).count("/") == 2
    assert words(found["field:letters"]) == "[letters] ☐\u00a0by post ☐\u00a0by hand"
    assert len(find(found["field:our story"], ".//w:p[.//w:tab]")) == 4
    assert [without_room(words(one), CHOICE) for one in found.values()] == [
        "[how often]",
        "[first day]",
        "[letters]",
        "[our story]",
    ]
    assert find(found["field:first day"], "w:sdtPr/w:date/w:dateFormat/@w:val") == ["d MMMM yyyy"]
    choices = find(found["field:letters"], "w:sdtPr/w:dropDownList/w:listItem/@w:value")
    assert choices == ["by post", "by hand"]
    assert find(found["field:our story"], "parent::w:body")
    assert find(found["field:how often"], "parent::w:p")
    assert all(find(one, "w:sdtPr/w:showingPlcHdr") for one in found.values())
    assert len(set(find(part(content), "//w:sdtPr/w:id/@w:val"))) == 5
    assert find(found["field:how often"], ".//w:rStyle/@w:val") == ["PlaceholderText", "Room"]


REPEATED = document(
    paragraph("We start on ", Hole("start", DATE), ", here: ", Hole("where", PLAIN), ", as in ", Hole("story", LONG)),
    paragraph(Strong((Text("From "), Hole("Start", DATE), Text(" on, ")))),
    paragraph("at ", Hole("where", PLAIN), ", ", Hole("once", PLAIN), Hole("letters", CHOICE), Hole("letters", CHOICE)),
    paragraph(Hole("story", LONG)),
    Table("contacts", ROWS, tuple(ROWS.columns), ()),
    Table("Contacts", ROWS, tuple(ROWS.columns), ()),
)


def bound(content):
    """The name of the answer in the file's own data that each control shows; nothing for one that stands alone."""
    answers = part(content, "customXml/item1.xml")
    store = part(content, "customXml/itemProps1.xml").get(f"{DATA}itemID")
    found = []
    for control in part(content).iter(f"{W}sdt"):
        data = control.find(f"{W}sdtPr/{W}dataBinding")
        if data is None:
            found.append(None)
            continue
        assert data.get(f"{W}storeItemID") == store
        prefix, _, address = data.get(f"{W}prefixMappings").partition("=")
        names = {prefix.removeprefix("xmlns:"): address.strip("'")}
        (answer,) = answers.getroottree().xpath(data.get(f"{W}xpath"), namespaces=names)
        found.append(answer.get("name"))
    return found


def test_one_answer_fills_every_place():
    content = blank_form(REPEATED)
    cells = [f"contacts/{column}/{row}" for row in range(3) for column in ROWS.columns]
    texts = ["start", "where", "story", "start", "where", None, "letters", "letters", "story"]
    assert bound(content) == [*texts, *cells, *cells]
    assert set(find(part(content), "//w:sdt[.//w:dataBinding]/w:sdtPr/w:text/@w:multiLine")) == {"1"}
    # Word shows these again where an answer is taken out.
    shown = {
        find(one, "string(.//w:name/@w:val)"): without_room(words(one))
        for one in part(content, GLOSSARY).iter(f"{W}docPart")
    }
    places = find(part(content), "//w:sdtPr/w:placeholder/w:docPart/@w:val")
    assert [shown[one] for one in places[:5]] == ["[start]", "[where]", "[story]", "[start]", "[where]"]
    assert set(places) == set(shown)


def test_the_parts_of_repeated_answers_are_known_to_the_file():
    archive = zipfile.ZipFile(BytesIO(blank_form(REPEATED)))
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    assert {one.get("PartName").lstrip("/") for one in types if one.get("PartName")} <= set(archive.namelist())
    for name in archive.namelist():
        if name.endswith(".rels"):
            base = Path(name).parent.parent
            for one in etree.fromstring(archive.read(name)):
                assert os.path.normpath(base / one.get("Target")) in archive.namelist()
    assert docx.Document(BytesIO(blank_form(REPEATED))).paragraphs


@pytest.mark.parametrize("made", [blank_form(document(paragraph(Hole("a", PLAIN)))), finished(REPEATED)])
def test_nothing_is_bound_where_each_blank_stands_once(made):
    assert not [one for one in zipfile.ZipFile(BytesIO(made)).namelist() if "customXml" in one or "glossary" in one]
    assert not find(part(made), "//w:dataBinding")


def test_an_open_table_has_three_rows_of_controls():
    content = blank_form(document(Table("contacts", ROWS, tuple(ROWS.columns), ())))
    assert [len(row) for row in tables(content)[0]] == [3] * 4
    assert len(docx.Document(BytesIO(content)).tables[0].rows) == 4
    for row in find(part(content), "(//w:tbl)[1]/w:tr")[1:]:
        tags = find(row, ".//w:sdt/w:sdtPr/w:tag/@w:val")
        assert tags == ["field:contacts/partner", "field:contacts/day", "field:contacts/how"]
        assert [bool(find(row, f".//w:sdtPr/w:{kind}")) for kind in ("text", "date", "dropDownList")] == [True] * 3


def test_names_that_word_cannot_hold_are_cut_and_stay_apart():
    names = ["who keeps " + "the very long list " * 6 + end for end in ("one", "two")] + ["😀" * 60]
    content = blank_form(document(paragraph(*(Hole(name, PLAIN) for name in names))))
    for values in (find(part(content), "//w:tag/@w:val"), find(part(content), "//w:alias/@w:val")):
        assert len(set(values)) == 3
        assert all(len(value.encode("utf-16-le")) <= 128 for value in values)
    assert f"[{names[0]}][{names[1]}][{names[2]}]" in texts(content)


def test_the_finished_text_has_no_controls():
    content = finished(
        document(
            paragraph("We meet ", Filled("every week", "how often"), " at ", Hole("where", PLAIN), "."),
            Table("contacts", ROWS, tuple(ROWS.columns), ()),
        )
    )
    assert not controls(content)
    assert "We meet every week at [where]." in texts(content)
    assert [len(row) for row in tables(content)[0]] == [3] * 4


# --- parties and signatures ----------------------------------------------------------------------------


def test_the_opening_names_parties_and_days():
    made = document(parties=(MILL_ROAD, GARY), start=datetime.date(2026, 12, 1), end=datetime.date(2027, 5, 3))
    assert texts(finished(made))[1:4] == [
        "Mill Road. Contact: Asha Rao, leader, 07700 900123, a@b.org",
        "Gary Dean, Northgate, youth worker",
        "From 1 December 2026 to 3 May 2027",
    ]
    assert texts(blank_form(made))[1] == "Mill Road. Contact: Asha Rao, leader"
    assert texts(finished(document(start=datetime.date(2026, 12, 1))))[1] == "From 1 December 2026"


def test_a_blank_form_has_room_for_three_signatures():
    header, *rows = tables(blank_form(document()))[-1]
    assert header == ["Signed for", "Name", "Role", "Signature", "Date"]
    assert rows == [[""] * 5] * 3


def test_a_form_has_a_row_for_each_party_and_room_for_those_to_come():
    parties = [Party(name=f"Party {number}") for number in range(1, 7)]
    named = [[one.name, "", "", "", ""] for one in parties]
    assert tables(blank_form(document(parties=tuple(parties))))[-1][1:] == named
    assert tables(blank_form(document(parties=tuple(parties[:1]))))[-1][1:] == named[:1] + [[""] * 5] * 2


def test_a_finished_document_has_a_row_for_each_party():
    signature = Signature(party="Mill Road", name="Jo Bell", role="manager", date="2026-11-21")
    made = document(parties=(MILL_ROAD, GARY), signatures=(signature,))
    assert tables(finished(made))[-1][1:] == [
        ["Mill Road", "Jo Bell", "manager", "Signed", "21 November 2026"],
        ["Gary Dean", "Gary Dean", "youth worker", "", ""],
    ]
    assert tables(finished(document(parties=(MILL_ROAD,))))[-1][1:] == [["Mill Road", "", "", "", ""]]


# --- hostile text --------------------------------------------------------------------------------------


def structure(content):
    """Every element in order, but for what depends on the direction of the letters."""
    return [one.tag for one in part(content).iter() if one.tag not in (f"{W}rtl", f"{W}rPr")]


@BOTH
@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(codec=None), min_size=1))
def test_any_text_comes_out_as_text(write, text):
    content = write(holding(text))
    assert structure(content) == structure(write(holding("x")))
    shown = holdable(text)
    assert {shown, f"before {shown} after", f"[{shown}]", f"{shown}, Northgate, youth worker"} <= set(texts(content))
    assert tables(content)[0][1] == [shown] * 3
    for name in zipfile.ZipFile(BytesIO(content)).namelist():
        part(content, name)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a & b",
        "]]>",
        "  two  spaces ",
        "👩🏽‍🚒",
        "مرحبا",
        "a" * 5000,
        "\x00\ud800",
        "{{x}}",
    ],
)
def test_known_nasty_text(text):
    assert holdable(text) in texts(blank_form(holding(text)))
    assert docx.Document(BytesIO(blank_form(holding(text)))).paragraphs[0].text == holdable(text)


# --- the real templates --------------------------------------------------------------------------------

TOOLKIT = our_toolkit()


@pytest.mark.parametrize("template", TOOLKIT.templates)
def test_every_template_makes_both_files(template):
    made = assemble(draft(TOOLKIT.templates[template], TOOLKIT))
    for content in (blank_form(made), finished(made)):
        read = docx.Document(BytesIO(content))
        headings = [one.text for one in read.paragraphs if one.style.name == "Heading 1"]
        assert headings == [f"{clause.number}. {clause.title}" for clause in made.clauses]
        names = find(part(content), "//w:bookmarkStart/@w:name")
        assert len(set(names)) == len(names) == len(made.clauses) + 1
        assert set(find(part(content), "//w:hyperlink/@w:anchor")) <= set(names)
        known = set(find(part(content, "word/styles.xml"), "//w:style/@w:styleId"))
        assert set(find(part(content), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")) <= known
        numbers = set(find(part(content, "word/numbering.xml"), "//w:num/@w:numId"))
        assert set(find(part(content), "//w:numPr/w:numId/@w:val")) <= numbers


# --- another program's view --------------------------------------------------------------------------------


def test_libreoffice_reads_what_was_written(office):
    assert lines(office / "word.txt")[2:8] == ["1. Purpose", "1. a", "2. b", "1) c", "1. d", "See  [how often]"]


@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize("paper", ["", "letter-"])
@pytest.mark.parametrize("name", ONE_PAGE)
def test_a_one_page_form_has_one_page_with_its_room_to_write(office, name, paper, kind):
    assert len(PdfReader(office / f"{paper}{name}-{kind}.pdf").pages) == 1


def test_the_foot_of_each_page_names_the_version_that_was_signed():
    signed = document(version=2)
    assert words(part(finished(signed), "word/footer1.xml")).startswith("Joint working agreement, version 2")
    assert "version" not in words(part(finished(document()), "word/footer1.xml"))


def test_the_last_clause_stays_with_the_signatures():
    body = part(finished(document()))
    held = {words(one): bool(find(one, "w:pPr/w:keepNext")) for one in find(body, "//w:body/w:p")}
    assert held["2. Money"]
    assert held["Each pays its own costs."]
    assert held["Signed"]
    assert not held["We work together."]
    # What comes behind the table is its end, or the fingerprint: they stay with it too.
    assert not find(body, "//w:tbl//w:p[not(w:pPr/w:keepNext) and not(w:pPr/w:pStyle[@w:val='TableHeading'])]")
