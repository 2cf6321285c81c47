"""Word files with tracked changes: what is left of them once all changes are accepted, or all rejected.

``settled`` does that by the rules of the format, with lxml; LibreOffice does it in its own way.
"""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from lxml import etree

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.nodes import ClauseNumber, Hole, Table
from groundrules.model.front import BlankDefinition, Signature
from groundrules.text.markup.nodes import Link, Strong, Text
from groundrules.writers.tracked import tracked
from groundrules.writers.word import finished
from support import our_toolkit
from support.document_pairs import clause, of, pairs
from support.documents import GARY, MILL_ROAD, ROWS, document, holding, items, paragraph
from support.office import profile, start
from support.renumbered import CASES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W[1:-1]}
DAY = datetime.date(2027, 3, 4)


def body(content, name="word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(BytesIO(content)).read(name)).find(f"{W}body")


def find(element, path):
    return element.xpath(path, namespaces=NAMES)


def settled(content, accept):
    """The body once all changes are accepted, else rejected."""
    goes, stays = ("del", "ins") if accept else ("ins", "del")
    made = body(content)
    for row in find(made, f".//w:tr[w:trPr/w:{goes}]"):
        row.getparent().remove(row)
    for table in find(made, "w:tbl[not(w:tr)]"):
        made.remove(table)
    for run in find(made, f".//w:p//w:{goes}[w:r]"):
        run.getparent().remove(run)
    for mark in find(made, f".//w:rPr/w:{stays} | .//w:trPr/w:{stays}"):
        mark.getparent().remove(mark)
    for run in find(made, f".//w:{stays}"):
        for inside in run:
            run.addprevious(inside)
        run.getparent().remove(run)
    # A paragraph whose end went runs on into the next one.
    for ended in find(made, f".//w:p[w:pPr/w:rPr/w:{goes}]"):
        following = next((one for one in ended.itersiblings() if one.tag != f"{W}bookmarkEnd"), None)
        for run in reversed(find(ended, "*[not(self::w:pPr)][.//w:t or .//w:delText]")):
            assert following.tag == f"{W}p"
            following.insert(1, run)
        ended.getparent().remove(ended)
    return made


def reads(made):
    """Each paragraph and table in order, as people see it: style, depth, the number it counts, words."""
    counted = {}
    seen = []
    for one in made:
        if one.tag == f"{W}tbl":
            seen.append([[words(cell) for cell in find(row, "w:tc")] for row in find(one, "w:tr")])
        elif one.tag == f"{W}p":
            style = find(one, "string(w:pPr/w:pStyle/@w:val)").replace("Fingerprint", "End")
            number = find(one, "string(w:pPr/w:numPr/w:numId/@w:val)")
            counted[number] = counted.get(number, 0) + 1
            seen.append((style, counted[number] if "Number" in style else 0, words(one)))
    return seen


def words(element):
    return "".join(find(element, ".//w:t/text() | .//w:delText/text()"))


def holds_both(old, new):
    content = tracked(old, new, DAY)
    assert reads(settled(content, accept=True)) == reads(body(finished(new)))
    assert reads(settled(content, accept=False)) == reads(body(finished(old)))
    return content


def changes(content):
    """What is tracked: ``+`` and ``-`` with the words."""
    return [
        ("+" if one.tag == f"{W}ins" else "-") + words(one)
        for one in find(body(content), ".//w:p//w:ins[w:r] | .//w:p//w:del[w:r]")
    ]


# --- accepting and rejecting -----------------------------------------------------------------------


def test_words_are_changed_within_their_paragraph():
    content = holds_both(document(paragraph("We meet weekly.")), document(paragraph("We meet every month.")))
    assert changes(content) == ["-weekly", "+every month"]


def test_a_paragraph_comes_or_goes_with_its_end():
    old = document(paragraph("One."), paragraph("We pay."), paragraph("Last."))
    new = document(paragraph("One."), paragraph("Last."), paragraph("They sing."))
    made = body(holds_both(old, new))
    whole = find(made, ".//w:p[w:pPr/w:rPr/w:del or w:pPr/w:rPr/w:ins]")
    assert [words(one) for one in whole] == ["We pay.", "They sing."]


def test_rows_come_and_go_and_cells_change():
    def table(*rows):
        return document(Table("contacts", ROWS, tuple(ROWS.columns), rows), paragraph("After."))

    old = table(("Mill Road", "1 May 2027", "ring"), ("Gary", "2 May 2027", "write"))
    new = table(("Mill Road", "8 May 2027", "ring"), ("Ann Lee", "", "ring"))
    assert changes(holds_both(old, new)) == ["-1", "+8", "-Gary", "-2 May 2027", "-write", "+Ann Lee", "+ring"]
    nothing = table()
    holds_both(nothing, new)
    holds_both(new, nothing)
    holds_both(document(paragraph("After.")), new)
    holds_both(new, document(paragraph("After.")))


def test_a_table_of_other_columns_takes_the_place_of_the_old_one():
    columns = {"day": {"ask": "When?", "type": "date"}, "place": {"ask": "Where?"}}
    other = BlankDefinition(ask="When?", type="rows", columns=columns)
    old = document(Table("contacts", ROWS, tuple(ROWS.columns), (("a", "", "c"),)))
    holds_both(old, document(Table("contacts", other, ("day", "place"), (("1 May 2027", "hall"),))))


def test_clauses_come_go_and_move():
    a, b, c, d, e = (clause(name, 0) for name in "abcde")
    table = Table("contacts", ROWS, tuple(ROWS.columns), (("Mill Road", "", "ring"),))
    with_table = clause("t", 0, paragraph("We ring:"), table)
    holds_both(of(a, b, with_table, c), of(with_table, b, d, e, a))


def test_a_clause_with_another_id_keeps_its_words():
    old = of(clause("own-1", 0, paragraph("Half each."), title="Money"), clause("own-2", 0, title="Keys"))
    new = of(clause("own-1", 0, title="Dogs"), *(replace(one, id=f"own-{at}") for at, one in enumerate(old.clauses, 2)))
    made = changes(holds_both(old, new))
    assert made == ["+1. Dogs", "+Words of own-1.", "-1", "+2", "-2", "+3"]


@pytest.mark.parametrize("name", CASES)
def test_renumbered_clauses_can_be_accepted_and_rejected(name):
    old, new = (
        of(*(clause(one, 0, paragraph(said), title=title) for one, title, said in side)) for side in CASES[name][:2]
    )
    holds_both(old, new)
    holds_both(new, old)


def test_numbered_items_go_on_counting_whatever_is_accepted():
    old, new = items(True, "ring", "write", "wait"), items(True, "sit down", "ring", "wait", "go home")
    made = body(holds_both(document(old), document(new)))
    assert len(set(find(made, ".//w:numId/@w:val"))) == 1


def test_links_and_references_are_changed_inside():
    def text(address, number):
        return document(
            paragraph(
                "See ", Link((Text("our"), Strong((Text("page"),))), address), " and ", ClauseNumber("b", number, "B")
            )
        )

    content = holds_both(text("https://a.org", 2), text("https://b.org", 3))
    assert changes(content) == ["-our", "-page", "+our", "+page", "-2", "+3"]


def test_parties_days_and_signatures_are_changed():
    signed = Signature(party="Gary Dean", name="Gary Dean", date=datetime.date(2027, 1, 2))
    old = document(parties=(GARY,), start=datetime.date(2026, 12, 1))
    new = document(
        parties=(GARY, MILL_ROAD), end=datetime.date(2027, 5, 3), signatures=(signed,), fingerprint="gr1:" + "0" * 64
    )
    holds_both(old, new)
    holds_both(new, old)
    holds_both(new, replace(new, fingerprint="gr1:" + "1" * 64))


def test_emphasis_alone_is_no_change():
    old, new = document(paragraph("We must ring.")), document(paragraph("We ", Strong((Text("mu"),)), "st ring."))
    assert changes(holds_both(old, new)) == []


@pytest.mark.parametrize(("was", "now"), [("10 km", "10\u00a0km"), ("Zoe\u0308 walks", "Zoë walks"), ("a  b", "a b")])
def test_what_has_one_canonical_text_is_no_change(was, now):
    old, new = document(paragraph(f"We say {was}."), title=was), document(paragraph(f"We say {now}."), title=now)
    assert changes(tracked(old, new, datetime.date(2026, 11, 27))) == []
    old, new = document(paragraph(f"We say {was}.")), document(paragraph(f"We shout {now}."))
    assert changes(tracked(old, new, datetime.date(2026, 11, 27))) == ["-say", "+shout"]


def test_open_questions_stay_as_they_are_written():
    holds_both(document(paragraph("By ", Hole("day", ROWS))), document(paragraph("By 1 May 2027")))


@given(pairs())
@settings(max_examples=60, deadline=None)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(both):
    holds_both(*both)


# --- the file ---------------------------------------------------------------------------------------


def test_each_change_says_who_and_when_and_has_its_own_number():
    content = tracked(document(paragraph("a b"), items(False, "c")), document(paragraph("a d")), DAY, "Round 2 <&>")
    found = find(body(content), ".//w:ins | .//w:del")
    assert {one.get(f"{W}author") for one in found} == {"Round 2 <&>"}
    assert {one.get(f"{W}date") for one in found} == {"2027-03-04T00:00:00Z"}
    numbers = [one.get(f"{W}id") for one in found]
    assert len(set(numbers)) == len(numbers)


def test_the_same_texts_make_the_same_bytes():
    old, new = document(paragraph("a")), document(paragraph("b"))
    assert tracked(old, new, DAY) == tracked(old, new, DAY)
    times = {entry.date_time for entry in zipfile.ZipFile(BytesIO(tracked(old, new, DAY))).infolist()}
    assert times == {(2026, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", ["<w:p>&amp;", "a\x00b\x1f", "\ud800", "\uffff", "]]>", "\u202eevil", "x" * 5000])
def test_hostile_text_is_held_as_text(text):
    holds_both(holding("plain"), holding(text))
    holds_both(holding(text), holding("plain"))


def test_python_docx_opens_it():
    content = tracked(document(paragraph("One two."), items(True, "a")), document(paragraph("One three.")), DAY)
    shown = [one.text for one in docx.Document(BytesIO(content)).paragraphs]
    assert "1. Purpose" in shown


# --- LibreOffice ------------------------------------------------------------------------------------

# In Basic, which every LibreOffice has.
SETTLE = """
Sub Main(folder As String, names As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    For Each name In Split(names, "/")
        For Each what In Array("Accept", "Reject")
            opened = StarDesktop.loadComponentFromURL(folder &amp; name &amp; ".docx", "_blank", 0, hidden())
            frame = opened.CurrentController.Frame
            dispatcher.executeDispatch(frame, ".uno:" &amp; what &amp; "AllTrackedChanges", "", 0, Array())
            stream = createUnoService("com.sun.star.io.TextOutputStream")
            stream.setOutputStream(files.openFileWrite(folder &amp; name &amp; "-" &amp; what &amp; ".txt"))
            stream.setEncoding("UTF-8")
            parts = opened.Text.createEnumeration()
            Do While parts.hasMoreElements()
                part = parts.nextElement()
                If part.supportsService("com.sun.star.text.TextTable") Then
                    cells = part.CellNames
                    For at = 0 To UBound(cells)
                        If at &gt; 0 Then stream.writeString("|")
                        stream.writeString(part.getCellByName(cells(at)).String)
                    Next
                Else
                    stream.writeString(part.String)
                End If
                stream.writeString(Chr(10))
            Loop
            stream.closeOutput()
            opened.close(True)
        Next
    Next
    StarDesktop.terminate()
End Sub
"""
BASIC = {
    "script.xlb": '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Settle"/>'
    "</library:library>",
    "Settle.xba": '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" '
    f'script:language="StarBasic">{SETTLE}</script:module>',
}


def plainly(made):
    """The lines that LibreOffice shows of a body."""
    lines = ["|".join(cell for row in one for cell in row) if isinstance(one, list) else one[2] for one in reads(made)]
    return list(filter(None, lines))


def test_libreoffice_accepts_and_rejects_the_same(office, tmp_path):
    table = Table("contacts", ROWS, tuple(ROWS.columns), (("Mill Road", "1 May 2027", "ring"), ("Gary", "", "write")))
    fewer = replace(table, rows=(("Mill Road", "8 May 2027", "ring"), ("Ann", "", "write"), ("Bo", "", "ring")))
    examples = our_toolkit().examples
    real = assemble(examples["gary-police"])
    turned = replace(real, clauses=tuple(replace(one, number=at) for at, one in enumerate(real.clauses[::-1], 1)))
    one, two, three = clause("a", 0, paragraph("One."), table), clause("b", 0), clause("c", 0, items(True, "x", "y"))
    cases = {
        "words": (document(paragraph("We meet weekly."), table), document(paragraph("We all meet."), fewer)),
        "paragraphs": (
            document(paragraph("One."), items(True, "a", "b"), paragraph("Two.")),
            document(items(True, "b", "c"), paragraph("Two."), paragraph("Three.")),
        ),
        "clauses": (of(one, two, three), of(three, clause("d", 0), one)),
        "gone-before-a-table": (document(paragraph("We ring:"), table), document(table)),
        "new-before-a-table": (document(table), document(paragraph("We ring:"), table)),
        "other-before-a-table": (document(paragraph("We ring:"), table), document(paragraph("They say who:"), fewer)),
        "list-before-a-table": (document(items(False, "ring"), table), document(paragraph("They say who:"), fewer)),
        "no-table": (document(paragraph("x"), table, paragraph("y")), document(paragraph("x"), paragraph("y"))),
        "real": (real, turned),
    }
    for name, (old, new) in cases.items():
        (tmp_path / f"{name}.docx").write_bytes(tracked(old, new, DAY))
    for name, text in BASIC.items():
        (profile(office) / "user/basic/Standard" / name).write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
    start(office, f'macro:///Standard.Settle.Main("{tmp_path.as_uri()}/","{"/".join(cases)}")')
    for name, (old, new) in cases.items():
        for what, wanted in (("Accept", new), ("Reject", old)):
            said = (tmp_path / f"{name}-{what}.txt").read_text("utf-8").splitlines()
            # It leaves an empty paragraph where one came or went right before a table.
            assert list(filter(None, said)) == plainly(body(finished(wanted))), (name, what)
