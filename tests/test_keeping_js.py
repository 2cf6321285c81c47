"""Signing, comparing and upgrading in a real browser come to the same words and bytes as Python."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from browser_for_tests import find_browser
from conftest import REPOSITORY
from engine_cases import Plan
from playwright.sync_api import Page, sync_playwright
from test_engine_js import run

from groundrules.assemble import assemble
from groundrules.canonical import canonical_text, fingerprint
from groundrules.compare import compare
from groundrules.drafting import language_data, library_data
from groundrules.forking.fork import make
from groundrules.forking.trial import opened
from groundrules.keeping.records import draft_record, form_of
from groundrules.load.file import File
from groundrules.load.pieces import read_version
from groundrules.model import Agreement, History
from groundrules.rounds import standing
from groundrules.site import Links
from groundrules.toolkit import read
from groundrules.writers.finished import finished
from groundrules.writers.source import agreement_source

# The variable names a folder with the same scripts in another form, to test that form.
ASSETS = Path(os.environ.get("ENGINE_FOLDER", REPOSITORY / "macros" / "groundrules" / "assets"))
TOOLKIT = read(REPOSITORY)[0]
LIBRARY = SimpleNamespace(toolkit=TOOLKIT, links=Links("/your-agreement/"))
LANGUAGES = ("en-GB", "cy", "ar", "fa", "de")
SCRIPTS = ("engine.js", "signing.js", "compare.js", "records.js", "upgrade.js", "exports.js")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    found = find_browser()
    assert found, "There is no Chromium; `make test` installs one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for script in SCRIPTS:
            page.add_script_tag(path=ASSETS / script)
        page.evaluate("(all) => { window.languages = all; }", {one: language_data(one) for one in LANGUAGES})
        yield page
        browser.close()


def agreement(text: str) -> Agreement:
    made, _ = opened(text, "agreements/partnerships/ours/agreement.md")
    assert made
    return made


def planned(seed: int) -> tuple[Plan, Agreement]:
    """A fork of one of the templates, in one of the languages, with hostile answers; and a plan for changing it."""
    template = list(TOOLKIT.templates.values())[seed % len(TOOLKIT.templates)]
    language = LANGUAGES[seed % len(LANGUAGES)]
    plan = Plan(seed, replace(template, front=template.front.model_copy(update={"language": language})), TOOLKIT)
    return plan, make(plan.template, TOOLKIT, plan.choices())


def drafts(first: int, number: int) -> Iterator[str]:
    """The files of such forks, changed; in every third all answers are private."""
    for seed in range(first, first + number):
        plan, fork = planned(seed)
        changed = plan.changes(fork)[1]
        blanks = {
            name: one.model_copy(update={"private": seed % 3 == 0 or one.private})
            for name, one in changed.front.blanks.items()
        }
        yield agreement_source(replace(changed, front=changed.front.model_copy(update={"blanks": blanks})))


AS_SIGNED = """(texts) => texts.map((text) => {
  const G = window.GroundRules;
  const { agreement } = G.read(text);
  if (!agreement) return null;
  const language = window.languages[agreement.front.language];
  const document = G.assemble(agreement, { titles: {}, ...language });
  const kept = G.write(G.finished(document, agreement.front, 3));
  const read = G.read(kept);
  const again = read.agreement && [G.canonicalText(G.assemble(read.agreement, { titles: {}, ...language })), G.write(read.agreement)];
  return [G.canonicalText(document), G.fingerprint(document), kept, again];
})"""


def as_signed(text: str) -> list[Any]:
    """The canonical text, the fingerprint and the kept version; then what the latter reads as."""
    mine = agreement(text)
    document = assemble(mine)
    kept = agreement_source(finished(document, mine.front, 3))
    again = kept_version(kept)
    return [canonical_text(document), fingerprint(document), kept, [canonical_text(assemble(again)), agreement_source(again)]]


def kept_version(text: str) -> Agreement:
    file = File("agreements/partnerships/ours/versions/3.md")
    file.text = text
    file.control_signs()
    made: Agreement = read_version(file)
    return made


def same(found: list[Any], texts: list[str]) -> None:
    for one, text in zip(found, texts, strict=True):
        expected = as_signed(text)
        # No program reads a file that holds the sign of number zero, and none is signed.
        assert one == expected if "\0" not in expected[2] else one[:3] == expected[:3]
        if not any(problem.name == "hidden-characters" for problem in opened(text, "x/agreement.md")[1]):
            assert expected[3][0] == expected[0]


@pytest.mark.parametrize("first", range(0, 160, 20))
def test_generated_agreements_have_the_same_fingerprint_and_kept_version(page: Page, first: int):
    texts = list(drafts(first, 20))
    same(run(page, AS_SIGNED, texts), texts)


def test_worked_examples_have_the_same_fingerprint_and_kept_version(page: Page):
    texts = [(REPOSITORY / one.origin.file).read_text("utf-8") for one in TOOLKIT.examples.values()]
    bare = [agreement_source(agreement_of_example(text)) for text in texts]
    same(run(page, AS_SIGNED, bare), bare)


def agreement_of_example(text: str) -> Agreement:
    """A worked example as if partners had written it: without what only an example has."""
    lines, inside = [], False
    for line in text.split("\n"):
        if line == "---":
            inside = not inside
        elif inside and not line.startswith(" "):
            skipped = line.split(":")[0] in ("summary", "basis", "sources", "owner", "reviewed")
        if not (inside and line != "---" and skipped):
            lines.append(line)
    return agreement("\n".join(lines))


# --- comparing -----------------------------------------------------------------------------------

AS_COMPARED = """(pairs) => pairs.map((texts) => {
  const G = window.GroundRules;
  const [old, now] = texts.map((text) => {
    const { agreement } = G.read(text);
    return G.assemble(agreement, { titles: {}, ...window.languages[agreement.front.language] });
  });
  const { facts, preamble, clauses } = G.compare(old, now);
  return { facts, preamble, clauses };
})"""


def compared(old: str, new: str) -> dict[str, Any]:
    found = asdict(compare(assemble(agreement(old)), assemble(agreement(new))))
    for clause in found["clauses"]:
        clause["oldNumber"], clause["newNumber"] = clause.pop("old_number"), clause.pop("new_number")
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("first", range(0, 80, 20))
def test_two_versions_are_told_apart_word_by_word(page: Page, first: int):
    pairs = []
    for seed in range(first, first + 20):
        plan, fork = planned(seed)
        pairs.append([agreement_source(fork), agreement_source(plan.changes(plan.changes(fork)[1])[1])])
    texts = list(drafts(first, 10))
    # Two agreements that have nothing to do with one another.
    pairs += [list(pair) for pair in zip(texts, texts[1:], strict=False)]
    found = run(page, AS_COMPARED, pairs)
    for one, pair in zip(found, pairs, strict=True):
        assert one == compared(*pair)


# --- records -------------------------------------------------------------------------------------

AS_RECORDS = """([library, files]) => files.map(([text, versions, kind, about]) => {
  const G = window.GroundRules;
  const { agreement } = G.read(text);
  const language = window.languages[agreement.front.language];
  const kept = new Map(versions.map((one) => G.read(one).agreement).map((one) => [Number(one.front.version), one]));
  const where = G.standing(agreement, kept, language);
  const form = G.formOf(library, kind, agreement.front.language);
  return G.write(G.draftRecord(form, kind, where, library, { day: "2027-01-12", about, next: "2027-07-12" }));
})"""


@pytest.mark.parametrize("kind", sorted(TOOLKIT.records))
def test_records_are_drafted_word_for_word(page: Page, kind: str):
    day, following = datetime.date(2027, 1, 12), datetime.date(2027, 7, 12)
    files, expected = [], []
    for seed, text in enumerate(drafts(40, 25)):
        mine = agreement(text)
        versions = []
        if seed % 2:
            # Agreed as it stands.
            document = assemble(mine)
            kept = finished(document, mine.front, 1)
            versions = [agreement_source(kept)]
            if kept_version(versions[0]) is None or "\0" in versions[0]:
                continue
            mine = agreement(text.replace("---\n", "---\nrounds:\n  - version: 1\n    opened: 2026-11-01\n    agreed: 2026-11-20\n", 1))
            text = agreement_source(mine)
        history = History(versions={1: kept_version(one) for one in versions})
        about = [section.id for section in mine.sections[:2]]
        where = standing(mine, history)
        form = form_of(TOOLKIT, kind, mine.front.language)
        assert form
        expected.append(agreement_source(draft_record(form, kind, where, TOOLKIT, day, about, following)))
        files.append([text, versions, kind, about])
    assert run(page, AS_RECORDS, [library_data(LIBRARY), files]) == expected
