"""PDFs, read back by pypdf, which had no part in writing them."""

from __future__ import annotations

import logging
import shutil
import unicodedata
from importlib import resources
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from groundrules.agreement.document.assemble import assemble, draft
from groundrules.agreement.document.nodes import ClauseNumber, Hole, Table
from groundrules.agreement.document.redact import public
from groundrules.model.front import Party
from groundrules.text.markup.nodes import Emphasis, Link, Strong, Text
from groundrules.text.problems import NoFont
from groundrules.writers import pdf_fonts
from groundrules.writers.pdf import pdf
from support import our_toolkit
from support.documents import GARY, LONG, MILL_ROAD, ONE_PAGE, PLAIN, ROWS, document, holding, items, paragraph, said

pytestmark = pytest.mark.slow

TOOLKIT = our_toolkit()
HYPHEN = "\u00ad"


def read(content):
    return PdfReader(BytesIO(content))


def text(content):
    """The words on the pages. Line ends say nothing, and the footer stands between two pages."""
    return squeezed("".join(page.extract_text() for page in read(content).pages))


def squeezed(words):
    """``words`` without spaces, line ends, and the hyphens that stand only there."""
    return "".join(words.replace(HYPHEN, "").split())


def structure(content):
    """The tags of the structure tree, parents before children."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get"):
            if node.get("/S"):
                found.append(node["/S"])
            if "/K" in node:
                walk(node.raw_get("/K") if hasattr(node, "raw_get") else node["/K"])

    walk(read(content).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_it_is_tagged_and_says_what_it_is():
    root = read(pdf(document())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"].casefold() == "en-gb"
    assert read(pdf(document())).metadata.title == "Joint working agreement"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert "/H1" in structure(pdf(document()))


def test_the_same_bytes_each_time():
    assert pdf(document()) == pdf(document())


def test_lists_tables_and_references_are_tagged():
    made = document(
        items(True, "a", ("b", items(False, "c"))),
        Table("contacts", ROWS, tuple(ROWS.columns), (("Mill Road", "Monday", "ring"),)),
        paragraph(ClauseNumber("who-pays", 2, "Money"), " ", Link((Text("out"),), "https://example.org/")),
        paragraph(Strong((Text("all "), Emphasis((Text("of us"),))))),
    )
    tags = structure(pdf(made))
    assert {"/L", "/LI", "/Table", "/THead", "/TH", "/TR", "/TD", "/Link", "/Strong", "/Em"} <= set(tags)
    assert tags.count("/LI") == 3
    links = [one.get_object() for page in read(pdf(made)).pages for one in page.get("/Annots", [])]
    assert [one["/A"]["/URI"] for one in links if "/URI" in one.get("/A", {})] == ["https://example.org/"]
    assert len(links) == 2


def test_blanks_stay_blank():
    made = document(
        paragraph("We meet ", Hole("how often", PLAIN)),
        paragraph(Hole("our story", LONG)),
        Table("contacts", ROWS, tuple(ROWS.columns), ()),
        parties=(MILL_ROAD,),
    )
    found = text(pdf(made, questions=False))
    assert "Wemeet[howoften]" in found
    assert "[ourstory]" in found
    assert "07700" not in found
    assert structure(pdf(made)).count("/TR") == 4 + 4


def test_a_finished_one_names_its_signers():
    found = text(pdf(document(parties=(MILL_ROAD, GARY))))
    assert "MillRoad.Contact:AshaRao,leader,07700900123,a@b.org" in found
    assert "SignedforNameRoleSignatureDate" in found
    assert "Page1of1" in found


def test_right_to_left():
    made = pdf(document(language="ar", title="اتفاق"))
    assert read(made).trailer["/Root"]["/Lang"] == "ar"


SIGNS = st.characters(min_codepoint=0x21, max_codepoint=0x17E, exclude_categories=("Cc", "Cf", "Zs"))


@settings(deadline=None, max_examples=40)
@given(words=st.text(st.one_of(st.sampled_from("#$*_`\\<>@{}[]()=+-/~'\"&%"), SIGNS, st.just(" ")), min_size=1))
def test_any_text_comes_out_as_text(words):
    content = pdf(holding(words), questions=False)
    found = text(content)
    expected = squeezed(words)
    assert found.startswith(expected)
    assert f"before{expected}after" in found
    assert f"[{expected}]" in found
    assert found.count(expected) >= 8
    if words.strip():
        # A blank of several words is marked in two parts.
        plain, other = (
            [tag for tag in structure(one) if tag != "/Span"] for one in (content, pdf(holding("x"), questions=False))
        )
        assert plain == other


@settings(deadline=None, max_examples=25)
@given(words=st.text(st.characters(codec=None), min_size=1))
def test_any_text_is_set_or_its_letters_are_refused(words):
    try:
        assert read(pdf(holding(words))).pages
    except NoFont:
        assert any(unicodedata.category(sign)[0] in "LMN" for sign in words)


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        '#import "x.typ"',
        "= Heading",
        "- item",
        "$x$",
        "// gone?",
        "/* gone? */",
        "https://a.b",
        "@ref <label>",
        "~--...",
        "\\u{41}",
        "\"quoted\" 'single'",
        "#" * 200,
    ],
)
def test_typst_markup_is_text(words):
    assert squeezed(words) in text(pdf(holding(words)))


def test_long_words_stay_on_the_page():
    page = read(pdf(holding("x" * 900))).pages[0]
    right = []
    page.extract_text(visitor_text=lambda words, cm, tm, font, size: words and right.append(tm[4] + cm[4]))
    assert max(right) < float(page.mediabox.width)
    assert "x" * 900 in squeezed(page.extract_text())


@pytest.mark.parametrize("part", ["x" * 50, "y" * 10, "a" + "\u200d" * 30])
def test_a_long_word_of_several_runs_stays_on_the_page(part):
    made = document(paragraph(*[Text(part), Strong((Text(part),))] * 700))
    right = []
    for page in read(pdf(made)).pages:
        page.extract_text(visitor_text=lambda words, cm, tm, font, size: words and right.append(tm[4] + cm[4]))
    assert max(right) < float(page.mediabox.width)


def table_of(header, *rows):
    asked = ROWS.model_copy(update={"columns": {one: {"ask": "?"} for one in header}})
    return Table("who does what", asked, tuple(header), rows)


SIX = ("task", "who", "when", "where", "how", "notes")
WORDS_OF_CELLS = [
    "explain",
    "responsibilities",
    "to",
    "volunteers",
    "on",
    "Wednesday",
    "the",
    "safeguarding",
    "arrangements",
    "accommodation",
    "reimbursement",
    "Christopher",
    "Featherstonehaugh",
    "Bishopbriggs",
    "28.11.2026",
    "07700",
    "900123",
    "a@b.org",
    "organisations",
    "Verantwortliche",
    "WHO",
]
CELLS = st.lists(st.sampled_from(WORDS_OF_CELLS), max_size=8).map(" ".join)


def test_a_word_of_six_columns_stays_whole():
    cell = "Explain responsibilities to volunteers on Wednesday"
    row = (cell, "Christopher Featherstonehaugh", "Wednesday 2 December 2026", "Bishopbriggs", "07700 900123", "weekly")
    assert set(" ".join(row).split()) <= set(read(pdf(document(table_of(SIX, row)))).pages[0].extract_text().split())


@settings(deadline=None, max_examples=30)
@given(rows=st.integers(1, 6).flatmap(lambda many: st.lists(st.tuples(*[CELLS] * many), min_size=1, max_size=4)))
def test_no_word_that_fits_is_broken(rows):
    made = document(table_of(SIX[: len(rows[0])], *rows))
    shown = " ".join(page.extract_text() for page in read(pdf(made)).pages)
    assert HYPHEN not in shown
    shown = shown.split()
    for word in {word for row in rows for cell in row for word in cell.split()}:
        assert shown.count(word) >= sum(cell.split().count(word) for row in rows for cell in row), word


def test_the_columns_of_the_signatures_hold_long_names():
    party = Party(name="Nachbarschaftshilfeverein Charlottenburg-Wilmersdorf", organisation="Wohlfahrtsverbandsgruppe")
    shown = read(pdf(document(parties=(party, GARY)))).pages[0].extract_text()
    assert shown.split().count("Nachbarschaftshilfeverein") == 3
    assert HYPHEN not in shown


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("de", "Haftpflichtversicherungsgesellschaft", ["Verantwortung", "cherungsgesell\u00ad", "schaft"]),
        ("de", "Charlottenburg-Wilmersdorf-Nord,", ["Charlottenburg-", "Wilmersdorf-"]),
        ("en-GB", "responsibilities" * 3, ["responsibilities\u00ad", "responsibilities"]),
        ("en-GB", "x" * 60, ["xxxxxxxxxxxxxx\u00ad"]),
        ("uk", "відповідальністьвідповідальність", []),
    ],
)
def test_a_word_that_does_not_fit_is_hyphenated(language, word, parts):
    header = [f"{number} Verantwortung" for number in range(7)]
    made = document(table_of(header, (word,) * len(header)), language=language)
    shown = read(pdf(made)).pages[0].extract_text()
    assert HYPHEN in shown or "-" in word
    assert set(parts) <= set(shown.split())
    assert squeezed(shown).count(word) == len(header)


def test_an_address_that_does_not_fit_is_given_no_hyphen():
    address = "https://example.org/a-very/long/address?that=nobody&could=remember"
    row = ("Verantwortliche", "Featherstonehaugh", "accommodation", "reimbursement", "safeguarding", address)
    shown = read(pdf(document(table_of(SIX, row)))).pages[0].extract_text()
    assert set(row[:-1]) <= set(shown.split())
    assert HYPHEN not in shown
    assert address in squeezed(shown)


def test_a_sign_that_no_font_shows_is_named(caplog):
    with caplog.at_level(logging.WARNING):
        content = pdf(holding("a \U0001f469\u200d\U0001f692 \u0378 b"))
    assert "[womanfireengine]" in text(content)
    assert "[U+0378]" in text(content)
    assert b"pdfuaid:part>1<" in read(content).trailer["/Root"]["/Metadata"].get_object().get_data()
    assert "[U+0378]" in caplog.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("合作協議", ("合 作 協 議", "(Chinese, Japanese or Korean)", "Noto Sans CJK")),
        ("자원봉사", ("Chinese, Japanese or Korean", "Noto Sans CJK")),
        ("Rung with a name in it: ਹਰਪ੍ਰੀਤ", ("(Gurmukhi)", "Noto Sans Gurmukhi")),
        ("कार्यक्रम", ("(Devanagari)", "Noto Sans Devanagari")),
        ("ქართული հայերեն", ("(Georgian and Armenian)",)),
        ("ශ්‍රී and தமிழ்", ("(Sinhala and Tamil)", "Noto Sans Sinhala and Noto Sans Tamil")),
    ],
)
def test_letters_that_no_font_shows_are_never_replaced(words, said):
    with pytest.raises(NoFont) as refused:
        pdf(holding(words))
    assert all(one in str(refused.value) for one in said), refused.value


SHOWN = {
    "cy": "Dŵr, tŷ, ŵyr",
    "pl": "zażółć gęślą jaźń",
    "ro": "știință, țară",
    "vi": "Tiếng Việt, Nguyễn",
    "el": "Εθελοντές ΐ",
    "uk": "Громада їжаків",
    "he": "שלום",
    "ar": "اتفاق",
    "ur": "ٹیم، پھول، گاؤں",
}


@pytest.mark.parametrize("language", SHOWN)
def test_these_languages_need_no_other_font(language):
    pdf(document(paragraph(SHOWN[language]), title=SHOWN[language], language=language))


def test_fonts_of_a_folder_are_used_too(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_fonts, "_SHIPPED", ("Arimo",))
    with pytest.raises(NoFont, match="Noto Sans Arabic"):
        pdf(document(title="اتفاق"), tmp_path / "is not there")
    shutil.copy(str(resources.files("groundrules.writers") / "fonts" / "NotoSansArabic.ttf"), tmp_path)
    assert text(pdf(document(title="اتفاق"), tmp_path))


def test_only_fonts_of_its_own_are_in_it():
    content = pdf(document(paragraph("plain ", Strong((Text("strong"),)), " ✓ → ▲ اتفاق")))
    fonts = {
        one.get_object()["/BaseFont"] for page in read(content).pages for one in page["/Resources"]["/Font"].values()
    }
    assert {name.split("+")[1].split("-")[0] for name in fonts} <= {
        "Arimo",
        "NotoSansArabic",
        "LibertinusSerif",
        "DejaVuSansMono",
    }


ORIGINALS = [name for name, one in TOOLKIT.templates.items() if not one.language]


@pytest.mark.parametrize("name", [*ORIGINALS, *TOOLKIT.examples])
def test_every_template_and_example_says_everything(name):
    template = TOOLKIT.templates.get(name)
    made = assemble(draft(template, TOOLKIT)) if template else public(assemble(TOOLKIT.examples[name]))
    content = pdf(made, questions=False)
    pages = [page.extract_text() for page in read(content).pages]
    # What stands at the foot of each page would part a sentence that runs on to the next.
    foot = squeezed(made.title)
    everything = "".join(squeezed(page) for page in pages)
    for number in range(1, len(pages) + 1):
        everything = everything.replace(f"{foot}Page{number}of{len(pages)}", "")
    for blank in made.blanks:
        # Boxes to tick stand before the name.
        everything = everything.replace(squeezed("".join(blank.definition.choices)) or "\0", "")
    for line in said(made):
        assert squeezed(line) in everything, line


@pytest.mark.parametrize("name", ONE_PAGE)
def test_a_one_page_form_has_one_page(name):
    made = assemble(draft(TOOLKIT.templates[name], TOOLKIT))
    assert len(read(pdf(made)).pages) == 1


def test_what_two_teams_wrote_into_the_one_page_has_one_page():
    assert len(read(pdf(assemble(TOOLKIT.examples["library-saturdays"]))).pages) == 1


def test_the_form_for_teams_has_the_three_pages_that_its_situation_promises():
    made = assemble(draft(TOOLKIT.templates["team-co-working"], TOOLKIT))
    assert len(read(pdf(made)).pages) == 3
