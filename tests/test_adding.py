"""How many places it takes to add a type of blank, and a mark of the small Markdown: each is added to a copy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from support import REPOSITORY
from support.small import CLAUSE

PACKAGE = REPOSITORY / "macros/groundrules"

pytestmark = pytest.mark.slow

RUN = """
import json, sys
from click.testing import CliRunner
from groundrules.cli import main
json.dump([CliRunner().invoke(main, words, input=typed).output for words, typed in json.load(sys.stdin)], sys.stdout)
"""


@dataclass
class Copy:
    """A copy of the package, to which something is added."""

    folder: Path

    def add(self, place: str, changes: Mapping[str, str]) -> None:
        """Put in what each of ``changes`` says, in the one file that holds all their words: that is one place."""
        held = {path: path.read_text("utf-8") for path in self.folder.rglob(place)}
        (path,) = [path for path, text in held.items() if all(old in text for old in changes)]
        text = held[path]
        for old, new in changes.items():
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")

    def python(self, code: str, given: Any = None) -> Any:
        """What ``code`` prints as JSON, run with this copy."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(self.folder.parent), str(REPOSITORY / "tests")])},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def commands(self, root: Path, *lines: tuple[str, ...], typed: str = "") -> list[str]:
        return self.python(RUN, [[["--root", str(root), *words], typed] for words in lines])


@pytest.fixture
def copy(tmp_path) -> Copy:
    folder = tmp_path / "copy/groundrules"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__", "theme", "assets"))
    return Copy(folder)


def words_in(path: Path) -> str:
    """The words of a Word or OpenDocument file, of a PDF, or of plain text."""
    if path.suffix == ".pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
    if path.suffix not in PARTS:
        return path.read_text("utf-8")
    return re.sub("<[^>]+>", "", re.sub("<text:s [^>]+>", " ", part(path)))


PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}


def part(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(PARTS[path.suffix]).decode()


# --- a type of blank: one file ----------------------------------------------------------------------

AMOUNT = '''\
"""A sum of money."""

import re

from . import BlankType


class AmountType(BlankType):
    name = "amount"
    in_column = True

    def text_misfit(self, definition, text):
        if re.fullmatch("[0-9]+", text):
            return None
        return f'"{text}" is not an amount. Write it in whole pounds, such as 1200.'

    def written(self, text, date):
        return f"£{int(text):,}" if text.isdecimal() else text

    def remark(self, text):
        return "That is a lot." if len(text) > 3 else ""


TYPE = AmountType()
'''
AMOUNT_IN_BROWSER = """\
// A sum of money.

export const amountMisfit = {
  textMisfit: (definition, text) => (/^[0-9]+$/.test(text) ? null : `"${text}" is not an amount.`),
};

export const amountType = {
  written: (text) => "£" + text.replace(/(?=(?:...)+$)/g, ",").replace(/^,/, ""),
};

export const amountRemark = { remark: (text) => (text.length > 3 ? "That is a lot." : "") };
"""
BROWSER = """
import json, sys
from contextlib import closing
from support.engine import Engine
from groundrules.site.browser_data import word_data

made = Engine("engine.js", "reader.js", "fingerprint.js", "exports.js")
with closing(made.engine):
    script, text = json.load(sys.stdin)
    json.dump(made.run(script, [text, word_data("en-GB")]), sys.stdout)
"""
AGREEMENT = """---
title: Ours
template: team
blanks:
  budget:
    ask: How much?
    type: amount
answers:
  budget: 1200
---
We spend [[budget]] ++at *most*++.
"""
DRAWN = """([text, word]) => {
  const G = GroundRules;
  const { agreement, problems } = G.read(text);
  const labels = new Proxy({}, { get: () => "a" });
  const data = { id: "a", clauses: [], titles: {}, labels, locale: {}, site: {}, direction: "ltr", word };
  const document = agreement && G.assemble(agreement, data);
  const said = problems.map((one) => one.message);
  if (!agreement) return { said };
  return { said, html: G.html(document), word: G.wordParts(document, data)["word/document.xml"] };
}"""
CLAUSE_WITH_AMOUNTS = CLAUSE.replace(
    "blanks:\n",
    """\
blanks:
  budget:
    ask: "How much may we spend?"
    type: amount
  costs:
    ask: "What costs what?"
    type: rows
    columns:
      what:
        ask: "What?"
      how much:
        ask: "How much?"
        type: amount
""",
).replace("order.\n", "order.\nWe spend [[budget]].\n\n[[costs]]\n")
HTML = """
import json, sys
from pathlib import Path
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.links import Links
from groundrules.checks import load_and_check
from groundrules.site import macros  # noqa: F401 - the check of guidance pages knows the macros that have registered
from groundrules.writers.html import Writer

document = assemble(load_and_check(Path(json.load(sys.stdin)))[0].partnerships["bridge"])
json.dump(Writer(Links("/")).blocks(document.clauses[0].blocks), sys.stdout)
"""


def test_a_type_of_blank_is_one_file(copy, small, tmp_path):
    small.write("agreements/clauses/publicity.md", CLAUSE_WITH_AMOUNTS)
    (refused,) = copy.commands(small.root, ("check",))
    assert '"amount" may not stand for "type". It should be one of: choice, date, list' in refused

    (copy.folder / "model/blanks/amount.py").write_text(AMOUNT, "utf-8")

    new = ("new", "team", "--party", "Northgate: Ann Lee, Coordinator", "--set", "start=2026-12-01")
    settled = ("--set", "order of names=alphabetical")
    checked, wrong, made, asked = copy.commands(
        small.root,
        ("check",),
        (*new, "other", "--set", "budget=a lot"),
        (*new, "bridge", *settled),
        ("ask", "bridge", "--open"),
        typed="plenty\n1200\nvan\ndear\n2500\n\n",
    )
    assert checked == "No problems.\n"
    assert '"a lot" is not an amount. Write it in whole pounds, such as 1200.' in wrong
    assert "agreement.md" in made
    for said in ("How much may we spend?", '"plenty" is not an amount.', "That is a lot.", '"dear" is not an amount.'):
        assert said in asked

    kinds = {kind: tmp_path / f"bridge.{kind}" for kind in ("md", "docx", "odt", "pdf", "json")}
    copy.commands(small.root, *(("export", "bridge", "-o", str(path)) for path in kinds.values()))
    for path in (kinds["docx"], kinds["odt"], kinds["pdf"], kinds["json"]):
        assert "We spend £1,200." in words_in(path)
        assert "£2,500" in words_in(path)
    assert 'budget: "1200"' in kinds["md"].read_text("utf-8")
    html = copy.python(HTML, str(small.root))
    assert 'We spend <span class="gr-answer">£1,200</span>.' in html
    assert "<td>£2,500</td>" in html

    copy.commands(small.root, ("sign", "bridge", "--as", "Ann Lee, Coordinator, Northgate"))
    kept = (small.root / "agreements/partnerships/bridge/versions/1.md").read_text("utf-8")
    assert "We spend £1,200." in kept
    assert 'how much: "2500"' in kept


def drawn(copy: Copy, text: str) -> Any:
    return copy.python(BROWSER, [DRAWN, text])


def test_a_type_of_blank_is_one_more_file_in_the_browser(copy):
    text = AGREEMENT.replace("++", "")
    assert '"amount" may not stand for "type".' in drawn(copy, text)["said"][0]
    (copy.folder / "model/blanks/amount.py").write_text(AMOUNT, "utf-8")
    (copy.folder / "browser/core/blanks/amount.js").write_text(AMOUNT_IN_BROWSER, "utf-8")
    found = drawn(copy, text)
    assert found["said"] == []
    assert ">£1,200</span>" in found["html"]
    assert "£1,200" in found["word"]


# --- a mark: six places -----------------------------------------------------------------------------

IMPORT = {"Emphasis,": "Emphasis, Underline,"}
PLACES: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "*.py",
        {
            "# In the order in which": "class Underline(Mark):\n    __slots__ = ()\n"
            '    sign = "++"\n\n\n# In the order in which',
            "= (Strong, Emphasis)": "= (Strong, Emphasis, Underline)",
        },
    ),
    ("*.py", {'Emphasis: "em"': 'Emphasis: "em", Underline: "u"'} | IMPORT),
    (
        "*.py",
        {"    Emphasis: (element(": '    Underline: (element("u", val="single"),),\n    Emphasis: (element('} | IMPORT,
    ),
    (
        "*.py",
        {"    Emphasis: 'fo:": "    Underline: 'style:text-underline-style=\"solid\"',\n    Emphasis: 'fo:"} | IMPORT,
    ),
    ("*.typ", {"Emphasis: emph": "Emphasis: emph, Underline: underline"}),
)
GOLDEN = {"text": "We ++*always* meet [[how often]]++.", "tree": [
    {"p": ["We ", {"underline": [{"em": ["always"]}, " meet ", {"blank": "how often"}]}, "."]}
]}  # fmt: skip
READ = """
import json, sys
from support.markup_cases import as_data
from groundrules.text.markup.blocks import parse

blocks, findings = parse(json.load(sys.stdin))
json.dump([as_data(blocks), [one.message for one in findings]], sys.stdout)
"""
WRITE = """
import json, sys
from pathlib import Path
from support.documents import Filled, Text, document, paragraph
from groundrules.agreement.changes.diff import compare
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.redact import public
from groundrules.agreement.signing.fingerprint import canonical_text
from groundrules.agreement.signing.version import source_text
from groundrules.commands.interview.clause_text import clause_lines
from groundrules.site.browser_data import nodes_data
from groundrules.text.markup.blocks import parse
from groundrules.text.markup.nodes import Strong, Underline
from groundrules.writers import html
from groundrules.writers.kinds import writers
from groundrules.writers.writer import Content

phone = Filled("07700 900123", "phone", True)
plain = document(paragraph("We ring ", phone, ", 2 + 2 ++."))
marked = document(paragraph("We ", Strong((Underline((Text("ring "), phone)),)), ", 2 + 2 ++."))
source = source_text(marked.clauses[0].blocks, marked)
folder = Path(json.load(sys.stdin))
for name, written in (("marked", marked), ("plain", plain)):
    for kind in ("docx", "odt", "pdf", "json"):
        (folder / f"{name}.{kind}").write_bytes(writers()[kind].write(Content(written, written, None)))
json.dump({
    "source": source,
    "findings": [one.message for one in parse(source)[1]],
    "html": html.Writer(Links("/")).blocks(public(marked).clauses[0].blocks),
    "search": html.words(marked.clauses[0].blocks),
    "screen": clause_lines(marked.clauses[0]),
    "browser": nodes_data(parse("++a++")[0]),
    "same words": canonical_text(plain) == canonical_text(marked),
    "same parts": all(part.change == "same" for part in compare(plain, marked).clauses),
}, sys.stdout)
"""


def test_a_mark_is_six_places(copy, tmp_path):
    assert len(PLACES) + len(["its golden case"]) <= 6
    for place, changes in PLACES:
        copy.add(place, changes)
    assert copy.python(READ, GOLDEN["text"]) == [GOLDEN["tree"], []]
    assert copy.python(READ, "++a")[1] == ["++ is opened here and never closed. Close it, or write \\+."]
    assert copy.python(READ, "1 + 1, +44, C\\+\\+") == [[{"p": ["1 + 1, +44, C++"]}], []]

    assert copy.python(WRITE, str(tmp_path)) == {
        "source": "We **++ring [[phone]]++**, 2 \\+ 2 \\+\\+.",
        "findings": [],
        "html": '<p>We <strong><u>ring <span class="gr-answer">(not shown here)</span></u></strong>, 2 + 2 ++.</p>',
        "search": "We ring 07700 900123, 2 + 2 ++.",
        "screen": ["We ring 07700 900123, 2 + 2 ++."],
        "browser": [
            {
                "kind": "paragraph",
                "children": [{"kind": "underline", "children": [{"kind": "text", "text": "a"}]}],
            }
        ],
        "same words": True,
        "same parts": True,
    }
    for kind in ("docx", "odt", "pdf"):
        marked, plain = (tmp_path / f"{name}.{kind}" for name in ("marked", "plain"))
        assert words_in(marked) == words_in(plain)
        assert marked.read_bytes() != plain.read_bytes()
    assert '<w:b/><w:bCs/><w:u w:val="single"/>' in part(tmp_path / "marked.docx")
    assert 'text:style-name="StrongUnderline"' in part(tmp_path / "marked.odt")
    assert (tmp_path / "marked.json").read_bytes() == (tmp_path / "plain.json").read_bytes()


def test_the_browser_takes_a_mark_from_these_places(copy):
    for place, changes in PLACES:
        copy.add(place, changes)
    found = drawn(copy, AGREEMENT.replace("    type: amount\n", ""))
    assert found["said"] == []
    assert "<u>at <em>most</em></u>" in found["html"]
    assert '<w:u w:val="single"/>' in found["word"]
    assert drawn(copy, AGREEMENT.replace("*++.", "*."))["said"][-1] == (
        "++ is opened here and never closed. Close it, or write \\+."
    )


def test_a_mark_that_nobody_writes_is_named(copy):
    copy.add(*PLACES[0])
    with pytest.raises(AssertionError, match=r"Unhandled: It is not said here what becomes of this: Underline\."):
        copy.python(
            "from groundrules.agreement.document.links import Links\n"
            "from groundrules.text.markup.blocks import parse\n"
            "from groundrules.writers.html import Writer\n"
            "Writer(Links('/')).blocks(parse('++a++')[0])"
        )
