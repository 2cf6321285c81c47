"""The fields of PDF forms, read back by pypdf, which had no part in writing them."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from groundrules.agreement.document.assemble import assemble, draft
from groundrules.agreement.document.nodes import Hole, Table
from groundrules.model.front import BlankDefinition
from groundrules.text.markup.nodes import blank_key, walk
from groundrules.writers.pdf import pdf
from support import our_toolkit
from support.documents import CHOICE, DATE, LONG, ONE_PAGE, ROWS, document, paragraph

OFTEN = BlankDefinition(ask="How often?", example="every week")
FORM = document(
    paragraph("We meet ", Hole("how often", OFTEN), " from ", Hole("first day", DATE), "."),
    paragraph("You ring us ", Hole("How often", OFTEN), ", and write ", Hole("the way", CHOICE), "."),
    paragraph(Hole("our story", LONG)),
    Table("contacts", ROWS, tuple(ROWS.columns), ()),
)


@pytest.fixture(scope="module")
def made():
    return pdf(FORM)


def fields(content):
    return [one.get_object() for one in PdfReader(BytesIO(content)).trailer["/Root"]["/AcroForm"]["/Fields"]]


def widgets(reader):
    annotations = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    return [one for one in annotations if one["/Subtype"] == "/Widget"]


def test_each_blank_is_a_field_that_says_its_question(made):
    said = {one["/T"]: one["/TU"] for one in fields(made)}
    assert list(said)[:6] == ["how often", "first day day", "first day month", "first day year", "the way", "our story"]
    assert said["how often"] == "How often? For example: every week"
    assert said["first day month"] == "When? month"
    assert {f"contacts/{column}/{row}" for column in ROWS.columns for row in range(3)} <= said.keys()
    assert said["contacts/how/1"] == "Who? How, 2 (ring, write)"
    assert said["signed/1/1"] == "Name, 1"


def test_one_answer_fills_every_place(made):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made)))
    assert len(next(one for one in fields(made) if one["/T"] == "how often")["/Kids"]) == 2
    for page in writer.pages:
        writer.update_page_form_field_values(page, {"how often": "every Monday"})
    stream = BytesIO()
    writer.write(stream)
    filled = PdfReader(stream)
    assert filled.get_form_text_fields()["how often"] == "every Monday"
    shown = [one["/AP"]["/N"].get_data() for one in widgets(filled) if "/Parent" in one and "/AS" not in one]
    assert [b"every Monday" in one for one in shown] == [True, True]


def test_choices_are_boxes_of_which_one_is_ticked(made):
    field = next(one for one in fields(made) if one["/T"] == "the way")
    assert field["/Opt"] == ["by post", "by hand"]
    assert [one.get_object()["/TU"] for one in field["/Kids"]] == ["Which? by post", "Which? by hand"]
    assert {"/0", "/Off"} == set(field["/Kids"][0].get_object()["/AP"]["/N"])


def test_each_field_is_tagged_and_in_the_order_of_the_text(made):
    reader = PdfReader(BytesIO(made))
    root = reader.trailer["/Root"]
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_number = dict(zip(parents[::2], parents[1::2], strict=True))
    for one in widgets(reader):
        tag = by_number[one["/StructParent"]].get_object()
        # Of a form element that says no role, the field is all that PDF/UA allows in it.
        (inside,) = tag["/K"]
        assert (tag["/S"], inside["/Type"], inside["/Obj"].get_object()) == ("/Form", "/OBJR", one)
    assert {page["/Tabs"] for page in reader.pages} == {"/S"}
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_what_is_typed_has_a_font_in_the_file(made):
    font = PdfReader(BytesIO(made)).trailer["/Root"]["/AcroForm"]["/DR"]["/Font"]["/Arimo"]
    assert len(font["/FontDescriptor"]["/FontFile2"].get_data()) > 10_000
    assert font["/Widths"][ord("m")] == 833
    assert "/wcircumflex" in font["/Encoding"]["/Differences"]


def test_a_finished_text_has_no_fields():
    assert "/AcroForm" not in PdfReader(BytesIO(pdf(document()))).trailer["/Root"]


def test_no_open_blank_of_a_template_is_without_a_field():
    toolkit = our_toolkit()
    team = assemble(draft(toolkit.templates["team-co-working"], toolkit))
    names = {one["/T"] for one in fields(pdf(team))}
    for clause in team.clauses:
        for node in walk(clause.blocks):
            if isinstance(node, Hole | Table):
                key = blank_key(node.name)
                assert any(name.split("/")[0] in (key, f"{key} day") for name in names), node.name


def test_a_form_without_questions_names_its_blanks():
    asked, plain = (
        " ".join(page.extract_text() for page in PdfReader(BytesIO(one)).pages)
        for one in (pdf(FORM), pdf(FORM, questions=False))
    )
    assert asked.count("How often?") == 1
    assert "How often?" not in plain
    assert plain.count("[how often]") == 1


@pytest.mark.parametrize("name", ONE_PAGE)
def test_the_questions_and_the_room_cost_no_page_of_a_one_page_form(name):
    toolkit = our_toolkit()
    one = assemble(draft(toolkit.templates[name], toolkit))
    assert len(PdfReader(BytesIO(pdf(one))).pages) == 1
