"""Whatever people do, no output shows a signature that does not stand for exactly the words in it.

A history is what people do one after the other, through the real commands. Each signs under a name of their own, and
on a day of its own, so that a signature can be found in whatever is written. What a signature stands for is noted
beside, when it is made.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.links import Links
from groundrules.agreement.signing.fingerprint import canonical_text
from groundrules.agreement.signing.refusals import WordsChanged
from groundrules.agreement.signing.signing_state import SigningState, signing_state
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.commands import signing
from groundrules.commands.exporting import kept_version
from groundrules.commands.shared import Place
from groundrules.commands.workspace import Workspace
from groundrules.model.pieces import Toolkit
from groundrules.site.browser_data import language_data
from groundrules.site.library import Library
from groundrules.site.macros import Macros
from groundrules.site.pages import page_of
from groundrules.site.summary import agreements_json
from groundrules.text.problems import InvalidFiles, UserError
from groundrules.writers.content import Content, own, published
from groundrules.writers.kinds import writers
from groundrules.writers.tracked import tracked
from support.engine import Engine
from support.small import SmallToolkit

FILE = "agreements/partnerships/bridge/agreement.md"
CLAUSE = "agreements/clauses/publicity.md"
PARTIES = ("Café Zoë", "O'Brien & Sons")
NAMES = ("Zara Abara", "Yves Birch", "Xena Cole", "Will Dunn", "Vera Eady", "Uma Frost", "Tom Gray", "Sue Hill")
FIRST = datetime.date(2026, 3, 1)
ANSWERS = ("by age", "alphabetical", "random")
# The same words and names, as other computers and hands write them.
SPELLINGS = (
    (PARTIES[0], unicodedata.normalize("NFD", PARTIES[0])),
    ("every partner,", "every  partner,"),
    ("every partner,", "every\u00a0partner,"),
)
STEPS = st.one_of(
    st.tuples(st.just("sign"), st.integers(0, 1)),
    st.tuples(st.just("answer"), st.integers(0, 2)),
    st.tuples(st.just("spell"), st.integers(0, 2)),
    st.tuples(st.just("party"), st.integers(0, 3)),
    st.tuples(st.sampled_from(["agree", "renegotiate", "upgrade", "reword", "end", "same day"]), st.just(0)),
)
# What may become of who agrees: another name, one that only looks like it, nobody; or both change places.
OTHERS = ("Pier Trust", PARTIES[1].replace("O", "\u041e"), "", PARTIES[0])
ENGINE = cache(lambda: Engine("engine.js", "reader.js", "fingerprint.js", "signing.js", "exports.js"))


@dataclass
class Signed:
    """A signature, as it was made."""

    name: str
    day: datetime.date
    version: int
    words: str


@dataclass
class History:
    small: SmallToolkit
    signed: list[Signed] = field(default_factory=list)
    days: int = 0

    @property
    def toolkit(self) -> Toolkit:
        return load_and_check(self.small.root)[0]

    @property
    def where(self) -> SigningState:
        toolkit = self.toolkit
        return signing_state(toolkit.partnerships["bridge"], toolkit.histories["bridge"])

    def run(self, *words: str) -> None:
        CliRunner().invoke(main, ["--root", str(self.small.root), *words], catch_exceptions=False)

    def do(self, step: str, which: int) -> None:
        """One step; what is refused changes nothing."""
        self.days += step != "same day"
        day = FIRST + datetime.timedelta(days=self.days)
        workspace = Workspace(Place(self.small.root), "bridge")
        with suppress(UserError, InvalidFiles, WordsChanged):
            if step == "sign":
                made = signing.sign(workspace, f"{NAMES[len(self.signed)]}, {self.party(which)}", day)
                assert made.signature.version
                self.signed.append(Signed(made.signature.name, day, made.signature.version, self.words()))
            elif step == "agree":
                signing.agree(workspace, day)
            elif step == "renegotiate":
                signing.renegotiate(workspace, "It did not work.", day)
        if step == "answer":
            self.edit(lambda text: re.sub("(?<=order of names: ).*", json.dumps(ANSWERS[which]), text))
        elif step == "party":
            self.edit(lambda text: become(text, which))
        elif step == "end":
            self.edit(lambda text: re.sub("status: .*\n", "", text).replace("publish:", "status: ended\npublish:"))
        elif step == "spell":
            self.edit(lambda text: text.replace(*SPELLINGS[which], 1))
        elif step == "reword":
            old, new = "We name every partner", "We name each and every partner"
            self.edit(lambda text: text.replace(new, old) if new in text else text.replace(old, new), CLAUSE)
        elif step == "upgrade":
            self.run("upgrade", "bridge", "--take", "publicity", "--because", "Better words.")

    def party(self, which: int) -> str:
        parties = self.toolkit.partnerships["bridge"].front.parties
        return parties[which].name if which < len(parties) else PARTIES[which]

    def edit(self, change: Any, file: str = FILE) -> None:
        path = self.small.root / file
        path.write_bytes(change(path.read_bytes().decode()).encode())

    def words(self) -> str:
        return canonical_text(assemble(self.toolkit.partnerships["bridge"]))


def become(text: str, which: int) -> str:
    """The agreement with its second party as ``OTHERS`` has it, or as it was before."""
    first, second = (f'  - name: "{one}"\n' for one in PARTIES)
    other = f'  - name: "{OTHERS[which]}"\n' * bool(OTHERS[which])
    if which == len(OTHERS) - 1:
        return text.replace(first + second, "\0").replace(second + first, first + second).replace("\0", second + first)
    if second in text:
        return text.replace(second, other)
    return re.sub(f"({re.escape(first)})(?:  - name: .*\n)?", rf"\g<1>{second}", text)


def start(folder: Path) -> History:
    made = History(SmallToolkit(folder))
    parties = [word for party in PARTIES for word in ("--party", party)]
    made.run("new", "team", "bridge", *parties, "--set", "order of names=by age")
    made.edit(lambda text: text.replace('template: "team"\n', 'template: "team"\nend: 2027-05-03\npublish: yes\n'))
    assert not [one for one in made.small.problems() if one.level == "error"]
    return made


# --- what stands --------------------------------------------------------------------------------------


def standing(signed: list[Signed], where: SigningState) -> set[str]:
    """Who signed today's words, in the round that is open or was agreed last."""
    rounds = where.agreement.front.rounds
    last = rounds[-1].version if rounds else 0
    now = canonical_text(where.today)
    return {one.name for one in signed if one.words == now and one.version == last}


def under(signed: list[Signed], number: int) -> set[str]:
    return {one.name for one in signed if one.version == number}


def shown_in(text: str, signed: list[Signed]) -> set[str]:
    return {one.name for one in signed if one.name in text}


# --- every output -------------------------------------------------------------------------------------


def zipped(content: bytes) -> str:
    """All text of a Word or OpenDocument file but what is struck out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(
            archive.read("word/document.xml" if "word/document.xml" in archive.namelist() else "content.xml")
        )
    return " ".join(one.text or "" for one in root.iter() if not one.tag.endswith("}delText"))


READ = {
    "docx": zipped,
    "odt": zipped,
    "pdf": lambda content: " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages).split()
    ),
}


def written(content: Content, kinds: list[str]) -> Iterator[tuple[str, str]]:
    for kind in kinds:
        made = writers()[kind].file(content)
        yield kind, READ[kind](made) if kind in READ else made.decode()


def days_of(calendar: str, signed: list[Signed]) -> set[str]:
    """Whose days stand in a calendar as those on which it was last changed."""
    stamps = re.findall(r"DTSTAMP:(\d{8})", calendar)
    return {one.name for one in signed if f"{one.day:%Y%m%d}" in stamps}


IN_BROWSER = """([text, versions, language]) => {
  const G = GroundRules;
  const { agreement } = G.read(text);
  const kept = new Map(versions.map((one) => G.read(one).agreement).map((one) => [Number(one.front.version), one]));
  const words = { titles: {}, ...language };
  const where = G.standing(agreement, kept, words);
  const draft = G.assemble(agreement, words);
  const signed = G.signedDraft(agreement, words);
  const files = (one) => G.html(one) + G.wordParts(one, language)["word/document.xml"];
  return {
    today: files(where.today), missing: where.missing.map((one) => one.name),
    kept: Object.fromEntries([...where.kept].map(([number, one]) => [number, files(one.document)])),
    drafted: files(signed), sheet: G.html(draft), ics: G.ics(agreement, words),
  };
}"""


def in_browser(history: History) -> dict[str, Any]:
    folder = history.small.root / "agreements/partnerships/bridge/versions"
    versions = [path.read_text("utf-8") for path in sorted(folder.glob("*.md"))]
    text = (history.small.root / FILE).read_bytes().decode()
    found: dict[str, Any] = ENGINE().run(IN_BROWSER, [text, versions, language_data("en-GB")])
    return found


# Kinds that need not name everybody who has signed, if anybody.
OF_SOME = ("ics", "html")


def look_everywhere(history: History, kinds: list[str]) -> None:
    toolkit, signed, where = history.toolkit, history.signed, history.where
    bridge = toolkit.partnerships["bridge"]
    stands = standing(signed, where)
    for kind, text in written(own(bridge, toolkit), kinds):
        found = days_of(text, signed) if kind == "ics" else shown_in(text, signed)
        if kind == "md":
            # The source keeps its history: each signature says itself of which words it is.
            given = where.agreement.front.signatures
            assert {(one.name, one.version) for one in given} == {(one.name, one.version) for one in signed}
        else:
            assert found <= stands if kind in OF_SOME else found == stands, kind
    signed_parties = {one.party for one in where.today.signatures}
    assert {party.name for party in where.missing} == {one.name for one in where.today.parties} - signed_parties

    for number in where.kept:
        version = own(kept_version(bridge, toolkit, number), toolkit)
        for kind, text in written(version, [kind for kind in kinds if kind not in OF_SOME]):
            assert shown_in(text, signed) == under(signed, number), (number, kind)
        if number:
            changes = zipped(tracked(where.kept[number].document, where.today, FIRST))
            assert shown_in(changes, signed) == stands, (number, "changes")

    in_force = under(signed, where.agreed) if where.agreed else stands
    for kind, text in written(published(bridge, toolkit), [kind for kind in kinds if kind not in ("md", *OF_SOME)]):
        assert shown_in(text, signed) == in_force, ("published", kind)
    for text in dict(written(published(bridge, toolkit), ["md"])).values():
        assert shown_in(text, signed) <= in_force
    library = Library(toolkit, Links())
    page = page_of(library, bridge)
    assert shown_in(page.body, signed) == in_force
    for text in (Macros(library).register(), agreements_json(library), page.words, str(page.headings)):
        assert not shown_in(text, signed)

    found = in_browser(history)
    assert shown_in(found["today"], signed) == stands
    assert shown_in(found["drafted"], signed) <= stands
    assert shown_in(found["sheet"], signed) == set()
    assert days_of(found["ics"], signed) <= stands
    assert found["missing"] == [party.name for party in where.missing]
    for number, text in found["kept"].items():
        assert shown_in(text, signed) == under(signed, int(number))


# --- histories ----------------------------------------------------------------------------------------

BOTH = [("sign", 0), ("sign", 1), ("agree", 0)]


@given(st.lists(STEPS, max_size=9))
@example([*BOTH, ("answer", 1), ("sign", 0), ("renegotiate", 0)])
@example([*BOTH, ("spell", 0), ("spell", 2)])
@example([*BOTH, ("answer", 1), ("sign", 0), ("answer", 0), ("renegotiate", 0), ("sign", 1)])
@example([*BOTH, ("renegotiate", 0), ("sign", 1)])
@example([*BOTH, ("reword", 0), ("upgrade", 0), ("sign", 1), ("sign", 0), ("agree", 0), ("answer", 2)])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_output_shows_a_signature_for_other_words(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        history = start(Path(folder))
        for step, which in steps:
            if len(history.signed) < len(NAMES):
                history.do(step, which)
            look_everywhere(history, ["docx", "json", "ics"])
        look_everywhere(history, list(writers()))


@pytest.mark.parametrize("steps", [[], BOTH, [*BOTH, ("answer", 1), ("sign", 0)]])
def test_a_signature_on_paper_stands_only_where_no_text_was_kept(steps: list[tuple[str, int]], tmp_path: Path) -> None:
    history = start(tmp_path)
    paper = f"signatures:\n  - party: {json.dumps(PARTIES[0])}\n    name: Paula Paper\n    date: 2026-02-01\n"
    history.edit(lambda text: text.replace("publish: yes\n", f"publish: yes\n{paper}"))
    for step, which in steps:
        history.do(step, which)
    seen = [
        "Paula Paper" in text
        for _, text in written(
            own(history.toolkit.partnerships["bridge"], history.toolkit), ["docx", "odt", "pdf", "json"]
        )
    ]
    assert seen == [not history.where.kept] * 4
