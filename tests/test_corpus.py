"""Hostile texts through every door: reading, checking, the terminal, every download, the browser and the site."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import icalendar
import pypdf
import pytest
from click.testing import CliRunner, Result
from lxml import etree, html
from playwright.sync_api import Browser

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.links import Links
from groundrules.agreement.signing.fingerprint import fingerprint, with_fingerprint
from groundrules.agreement.signing.version import finished
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.files.load.readers import read_version
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.pieces import Agreement, Toolkit
from groundrules.site.browser_data import template_data
from groundrules.text.problems import UserError
from groundrules.writers.calendars import calendar
from groundrules.writers.content import own
from groundrules.writers.kinds import writers
from groundrules.writers.word import word
from support.engine import Engine
from support.engine_cases import document_html
from support.hostile_texts import KIND_OF, KINDS, Hostile, filled, table, texts
from support.sites import SmallSite, served
from support.small import SmallToolkit

OURS = "agreements/partnerships/ours/agreement.md"
KEPT = "agreements/partnerships/ours/versions/1.md"
pytestmark = pytest.mark.slow
LONGEST_ANSWER = 5000
TEXTS = [pytest.param(one, id=one.name) for one in texts()]
LINKS = Links("/templates/team/draft/")


def test_there_are_many_cases() -> None:
    assert len(texts()) + len(table("files")) >= 250
    assert len({one.name for one in texts()}) == len(texts())
    assert all(one.name in table("texts")[at]["is"] for at, one in enumerate(texts()))
    known = {*KINDS, *KIND_OF, "is", "text", "times", "font"}
    assert all(set(one) <= known for one in table("texts"))


@dataclass(frozen=True)
class Everywhere:
    """An agreement with a hostile text in all places where it may stand."""

    hostile: Hostile
    text: str
    agreement: Agreement
    toolkit: Toolkit


@pytest.fixture(scope="module", params=TEXTS)
def everywhere(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Everywhere:
    """Each text in its places; pytest runs what asks for one text together, so that it is read once for all."""
    hostile = request.param
    small = SmallToolkit(tmp_path_factory.mktemp("everywhere"))
    text = filled(hostile.text, hostile.accepted)
    small.write(OURS, in_bytes(text))
    toolkit, problems = load_and_check(small.root)
    assert problems == []
    return Everywhere(hostile, text, toolkit.partnerships["ours"], toolkit)


# --- reading and checking --------------------------------------------------------------------------


def test_a_text_stands_where_it_may_and_nowhere_else(small: SmallToolkit, everywhere: Everywhere) -> None:
    hostile = everywhere.hostile
    for place in KIND_OF:
        if hostile.refused[place]:
            small.write(OURS, in_bytes(filled(hostile.text, [place])))
            assert {one.name for one in load_and_check(small.root)[1]} == hostile.refused[place], place


@pytest.mark.parametrize("case", [pytest.param(one, id=one["is"]) for one in table("files")])
def test_a_file_is_read_or_refused(small: SmallToolkit, case: dict[str, str]) -> None:
    small.write(OURS, case["bytes"].encode("latin-1") * int(case.get("times", 1)))
    said = load_and_check(small.root)[1]
    # What the template wants besides is no matter here.
    assert {one.name for one in said} - {"left-out", "need"} == set(case.get("refused", "").split())
    assert len(said) <= 101
    for one in said:
        assert len(one.message) < 1000
        assert "\n" not in one.message
        assert not re.search(r"[\x00-\x1f\x7f]", one.message), one.message


def in_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# --- the terminal ----------------------------------------------------------------------------------


def groundrules(small: SmallToolkit, *words: str, typed: str | None = None) -> Result:
    """A command; a mistake of ours comes through as it is."""
    done = CliRunner().invoke(main, ["--root", str(small.root), *words], input=typed, catch_exceptions=False)
    assert done.exit_code in (0, 1, 2)
    assert "Traceback" not in done.output
    return done


@pytest.mark.parametrize("hostile", TEXTS)
def test_the_terminal_takes_it_or_says_why_not(small: SmallToolkit, hostile: Hostile) -> None:
    fine = hostile.refused["ANSWER"] <= {"unanswered", "joined-lines"} and len(hostile.text) <= LONGEST_ANSWER
    made = groundrules(small, "new", "team", "ours", "--set", f"order of names={hostile.text}")
    assert (made.exit_code == 0) == fine, made.output
    if fine:
        agreement, problems = opened((small.root / OURS).read_text("utf-8"), OURS)
        assert agreement is not None
        assert not problems
        assert plain(agreement.front.answers.get("order of names", "")) == plain(hostile.text)
    else:
        assert not (small.root / OURS).exists()
        groundrules(small, "new", "team", "ours")
    before = (small.root / OURS).read_bytes()
    groundrules(small, "sign", "ours", "--as", hostile.text)
    assert (small.root / OURS).read_bytes() == before
    groundrules(small, "ask", "ours", typed=f"{hostile.text}\n".encode("utf-8", "replace").decode() * 9)
    assert not [one for one in load_and_check(small.root)[1] if one.level == "error"]
    for command in (["check"], ["status"], ["diff", "ours"], ["verify", "ours"], ["upgrade", "ours"]):
        groundrules(small, *command)
    for strange in (["export", hostile.text], ["export", "ours", "--to", hostile.text], ["new", hostile.text, "x"]):
        assert groundrules(small, *strange).exit_code in (1, 2)
    groundrules(small, "new", "team", hostile.text)
    inside = {path.relative_to(small.root).parts[0] for path in small.root.rglob("*")}
    assert inside == {"agreements", "docs"}


def plain(text: str) -> str:
    """The words of a text: spaces of any kind and number are one."""
    return " ".join(text.split())


# --- downloads -------------------------------------------------------------------------------------


def _word(file: bytes) -> str:
    document = docx.Document(io.BytesIO(file))
    return "".join(document.element.itertext())


def _opendocument(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    namespace = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    for space in content.iter(f"{namespace}s", f"{namespace}tab"):
        space.text = " "
    return "".join(content.itertext())


def _markdown(file: bytes) -> str:
    agreement, problems = opened(file.decode(), OURS)
    assert agreement is not None
    assert problems == []
    return " ".join(str(one) for one in agreement.front.answers.values())


def _data(file: bytes) -> str:
    def words(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                yield from words(one)
        else:
            yield str(value)

    return " ".join(words(json.loads(file)))


# What an independent program reads in a file of each kind; of some, only that it opens.
READS = {
    "html": lambda file: "".join(html.fromstring(file).itertext()),
    "docx": _word,
    "odt": _opendocument,
    "md": _markdown,
    "json": _data,
    "pdf": lambda file: str(len(pypdf.PdfReader(io.BytesIO(file)).pages)),
    "ics": lambda file: " ".join(str(one["summary"]) for one in icalendar.Calendar.from_ical(file).walk("vevent")),
}
WHOLE = {"docx", "odt", "md", "json"}


def test_every_kind_of_download_is_opened() -> None:
    assert set(READS) == set(writers())


def test_every_download_says_it(everywhere: Everywhere) -> None:
    hostile = everywhere.hostile
    content = own(everywhere.agreement, everywhere.toolkit)
    for kind, writer in writers().items():
        if hostile.without_font and kind == "pdf":
            with pytest.raises(UserError, match="font"):
                writer.file(content)
            continue
        file = writer.file(content)
        read = plain(READS[kind](file))
        if kind in WHOLE and "ANSWER" in hostile.accepted:
            assert plain(hostile.text) in read, kind
        if kind == "ics" and "EVENT" in hostile.accepted:
            assert plain(hostile.text) in read


def test_what_is_kept_of_it_reads_the_same(everywhere: Everywhere) -> None:
    document = assemble(everywhere.agreement)
    kept, problems = opened(agreement_source(finished(document, everywhere.agreement.front, 1)), KEPT, read_version)
    assert kept is not None
    assert problems == []
    assert fingerprint(assemble(kept)) == fingerprint(document)


# --- the browser -----------------------------------------------------------------------------------

ALL = """
({ template, texts }) => texts.map((text) => {
  const { agreement, problems } = GroundRules.read(text);
  if (!agreement) return { problems };
  const document = GroundRules.assemble(agreement, template);
  return {
    problems, again: GroundRules.write(agreement), html: GroundRules.html(document),
    word: GroundRules.wordParts(document, template), ics: GroundRules.ics(agreement, template),
  };
})
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine("engine.js", "reader.js", "fingerprint.js", "exports.js")


# YAML words such a mistake in its own way.
OF_YAML = {"broken-yaml", "yaml-style", "not-utf-8"}


def test_the_browser_says_and_makes_the_same(engine: Engine, everywhere: Everywhere) -> None:
    hostile, agreement, toolkit = everywhere.hostile, everywhere.agreement, everywhere.toolkit
    template = template_data(toolkit.templates["team"], SimpleNamespace(toolkit=toolkit, links=LINKS))
    # A draft may hold a partner whose name is still to come.
    places = [place for place in KIND_OF if hostile.text.strip() or place != "PARTY"]
    single = [filled(hostile.text, [place]) for place in places if not hostile.refused[place] & OF_YAML]
    *each, made = engine.run(ALL, {"template": template, "texts": [*single, everywhere.text]})
    for text, found in zip(single, each, strict=True):
        said = {(one.line, one.name, one.message) for one in opened(re.sub("\r\n?", "\n", text), OURS)[1]}
        assert {(one["line"], one["name"], one["message"]) for one in found["problems"]} == said, text
    assert made["again"] == agreement_source(agreement)
    document = assemble(agreement, toolkit.title)
    assert document_html(document, LINKS) in re.sub(' data-blank="[^"]*"', "", made["html"])
    assert without_ids(made["ics"]) == without_ids(calendar(document).decode())
    with zipfile.ZipFile(io.BytesIO(word(with_fingerprint(document)))) as archive:
        for part in archive.namelist():
            assert made["word"][part] == archive.read(part).decode(), part


def without_ids(file: str) -> str:
    """A calendar without what a folder's name gives it."""
    return re.sub(r"(?m)^UID:.*\n", "", file)


# --- the site --------------------------------------------------------------------------------------


def test_a_site_shows_it_and_runs_none_of_it(small_site: SmallSite, browser: Browser) -> None:
    # Every download has been opened above.
    small_site.replace("mkdocs.yml", "  - groundrules\n", "  - groundrules: {downloads: false}\n")
    for number, one in enumerate(texts()):
        text = filled(one.text, one.accepted).replace("template: team\n", "template: team\npublish: yes\n", 1)
        small_site.write(f"agreements/partnerships/p{number}/agreement.md", in_bytes(text))
    small_site.build()
    pages = sorted(small_site.site.glob("partnerships/p*/index.html"))
    assert len(pages) == len(texts())
    scripts = {tuple(found) for page in pages for found in [scripts_of(page)]}
    assert len(scripts) == 1
    with served(small_site.site) as address:
        page = browser.new_page()
        wrong: list[str] = []
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith(address) else wrong.append(one.url))
        for path in pages:
            page.goto(f"{address}/{path.relative_to(small_site.site).parent.as_posix()}/")
            assert wrong == [], path
        page.close()


def scripts_of(path: Path) -> list[str]:
    """The scripts that a page loads; it holds nothing else that runs, and no address that does."""
    tree = html.fromstring(path.read_bytes())
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (path, name, value)
            assert not re.match(r"\s*(javascript|data:text/html|vbscript):?", value, re.IGNORECASE), (path, name, value)
    return [re.sub(r"^(\.\./)*", "", one.get("src") or "") for one in tree.iter("script") if one.get("src")]
