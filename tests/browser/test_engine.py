# ruff: noqa: E501
"""The drafting engine comes to the same bytes as Python, without a page and in a real browser."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from babel import Locale
from playwright.sync_api import Browser, Page

from groundrules.agreement.document.answers import capitalised, written
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.fork import Choices, make
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.zones import known_zones
from groundrules.agreement.signing.fingerprint import with_fingerprint
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source, plain
from groundrules.model.front import BlankDefinition
from groundrules.model.language import Language, OwnLabels
from groundrules.model.pieces import Template
from groundrules.site.assets import assets
from groundrules.site.browser_data import clause_data, library_data, locale_data, template_data
from groundrules.text.markup.nodes import blank_key
from groundrules.writers.calendars import calendar
from groundrules.writers.word import word
from support import REPOSITORY, our_toolkit, table
from support.engine import Engine
from support.engine_cases import WORDS, Plan, document_data, document_html
from support.markup_cases import cases

pytestmark = pytest.mark.slow

TOOLKIT = our_toolkit()
LINKS = Links("/templates/team-co-working/draft/")
LIBRARY = SimpleNamespace(toolkit=TOOLKIT, links=LINKS)
DRAFTS = 224
# A template's language decides how dates and lists are written, and from which side.
LANGUAGES = ("en-GB", "en-GB", "en-GB", "ar", "cy", "he", "th", "ja", "pt-BR")

# Carries out what a plan says, and gives back everything that is to be compared.
HARNESS = """
globalThis.tidy = (value) => JSON.parse(JSON.stringify(value, (key, one) => (key === "line" ? undefined : one)));
globalThis.mapOf = (entries) => Object.assign(Object.create(null), Object.fromEntries(entries));
globalThis.draft = (template, plan) => {
  const G = GroundRules;
  let a = G.forkOf(template);
  const clause = (id) => template.clauses.find((one) => one.id === id) || globalThis.library.clauses.find((one) => one.id === id);
  for (const [id, wording] of Object.entries(plan.wordings)) a = G.chooseWording(a, clause(id), wording);
  for (const id of plan.leftOut) a = G.leaveOut(a, id, template);
  for (const [key, value] of Object.entries(plan.front)) if (value) a = G.setFront(a, key, value);
  for (const [name, value] of plan.answers) a = G.setAnswer(a, name, value);
  const fork = G.write(a);
  for (const [kind, ...about] of plan.changes) {
    if (kind === "addOwn") a = G.addClause(a, { title: about[0], text: about[1] }, about[2]);
    else if (kind === "addLibrary") a = G.addClause(a, clause(about[0]), about[1]);
    else a = G[kind](a, ...about);
  }
  return { fork, ...results(template, G.write(a), a) };
};
globalThis.results = (template, text, made) => {
  const G = GroundRules;
  const again = G.read(text);
  if (!again.agreement) return { text, problems: again.problems };
  const document = G.assemble(again.agreement, template);
  const { title, start, end, parties, preamble, clauses, blanks } = document;
  return {
    text, again: G.write(again.agreement), same: !made || JSON.stringify(G.assemble(made, template)) === JSON.stringify(document), problems: again.problems,
    document: tidy({ title, start, end, parties, preamble, clauses, blanks }), html: G.html(document),
    word: G.wordParts(document, template), ics: G.ics(again.agreement, template), open: G.openPoints(again.agreement, template, "2026-11-21"),
  };
};
"""


SCRIPTS = ("engine.js", "reader.js", "fingerprint.js", "exports.js")


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine(*SCRIPTS)
    engine.engine.eval(HARNESS)
    engine.run("(library) => { globalThis.library = library; return true; }", library_data(LIBRARY))
    return engine


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    for script in SCRIPTS:
        page.add_script_tag(content=assets()[script])
    page.add_script_tag(content=HARNESS)
    page.evaluate("(library) => { globalThis.library = library; }", library_data(LIBRARY))
    yield page
    page.close()


def in_browser(page: Page, script: str, argument: Any = None) -> Any:
    """What ``Engine.run`` gives, from the page."""
    return json.loads(page.evaluate(f"(text) => JSON.stringify(({script})(JSON.parse(text)))", json.dumps(argument)))


def template_in(number: int) -> Any:
    template = list(TOOLKIT.templates.values())[number % len(TOOLKIT.templates)]
    language = LANGUAGES[number % len(LANGUAGES)]
    return replace(template, front=template.front.model_copy(update={"language": language}))


def start_of(template: Template) -> str:
    """The file that a draft of ``template`` starts as."""
    return agreement_source(make(template, TOOLKIT, Choices()))


def title_of(identity: str) -> str:
    clause = TOOLKIT.clauses.get(identity)
    return clause.front.title if clause else identity


def compare(found: dict[str, Any], text: str, name: str) -> None:
    """What the browser made of ``text``, against Python."""
    agreement, _ = opened(text, f"agreements/partnerships/{name}/agreement.md")
    assert agreement is not None
    assert found["again"] == agreement_source(agreement)
    document = assemble(agreement, title_of)
    assert found["document"] == document_data(document)
    assert document_html(document, LINKS) in re.sub(' data-blank="[^"]*"', "", found["html"])
    with zipfile.ZipFile(io.BytesIO(word(with_fingerprint(document)))) as archive:
        for part in archive.namelist():
            assert found["word"][part] == archive.read(part).decode(), part
    assert found["ics"] == calendar(document).decode()


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, DRAFTS, 16))
def test_the_same_choices_make_the_same_files(engine: Engine, first: int) -> None:
    for number in range(first, first + 16):
        template = template_in(number)
        plan = Plan(number, template, TOOLKIT)
        fork = make(template, TOOLKIT, plan.choices())
        steps = plan.steps()
        changes, changed = plan.changes(fork)
        data = template_data(template, LIBRARY)
        found = engine.run("([data, plan]) => draft(data, plan)", [data, {**steps, "changes": changes}])
        assert found["fork"] == agreement_source(fork)
        assert found["text"] == agreement_source(changed)
        assert found["same"]
        assert found["again"] == found["text"]
        name = "-".join(re.findall("[a-z0-9]+", changed.front.title.lower())) or template.id
        compare(found, found["text"], name)


@pytest.mark.parametrize("name", sorted(TOOLKIT.examples))
def test_the_worked_examples_read_the_same(engine: Engine, name: str) -> None:
    text = (REPOSITORY / f"agreements/examples/{name}.md").read_text("utf-8")
    example = TOOLKIT.examples[name]
    data = template_data(TOOLKIT.templates[example.front.template], LIBRARY)
    found = engine.run("([data, text]) => results(data, text)", [data, text])
    assert found["again"] == agreement_source(example)
    document = assemble(example, title_of)
    assert found["document"] == document_data(document)
    assert document_html(document, LINKS) in re.sub(' data-blank="[^"]*"', "", found["html"])


def test_labels_are_text_in_both(engine: Engine) -> None:
    own = OwnLabels({"en": {key: f"<u>'{key}'</u> &" for key in ("clause", "left out", "blank")}})
    template = TOOLKIT.templates["team-co-working"]
    template = replace(template, front=template.front.model_copy(update={"language": Language("en-GB", own)}))
    fork = make(template, TOOLKIT, Choices())
    text = f"{agreement_source(fork)}\nSee [[#{fork.sections[0].id}]] and [[#nowhere]].\n"
    found = engine.run("([data, text]) => results(data, text)", [template_data(template, LIBRARY), text])
    agreement, _ = opened(text, "agreements/partnerships/a/agreement.md")
    assert agreement
    front = agreement.front.model_copy(update={"language": template.front.language})
    drawn = document_html(assemble(replace(agreement, front=front), title_of), LINKS)
    assert all(f"&lt;u&gt;'{key}'&lt;/u&gt; &amp;" in drawn for key in own.words["en"])
    assert drawn in re.sub(' data-blank="[^"]*"', "", found["html"])


# --- agreement text ------------------------------------------------------------------------------

AS_GOLDEN = """(text) => {
  const { blocks, findings } = GroundRules.parse(text);
  const nodes = (all) => all.map((one) => ({
    text: () => one.text, strong: () => ({ strong: nodes(one.children) }), emphasis: () => ({ em: nodes(one.children) }),
    link: () => ({ link: nodes(one.children), to: one.address }), blank: () => ({ blank: one.name }), reference: () => ({ reference: one.clause }),
  })[one.kind]());
  const list = (one) => ({ [one.ordered ? "ol" : "ul"]: one.items.map((item) => [...nodes(item.children), ...(item.sublist ? [list(item.sublist)] : [])]) });
  const block = (one) => one.kind === "paragraph" ? { p: nodes(one.children) } : one.kind === "list" ? list(one) : { note: one.label, says: one.paragraphs.map((p) => nodes(p.children)) };
  return { tree: blocks.map(block), findings: findings.map((one) => ({ ...one, line: String(one.line) })) };
}"""


def test_the_golden_cases(engine: Engine) -> None:
    all_cases = [case for _, case in cases()]
    found = engine.run(f"(texts) => texts.map({AS_GOLDEN})", [case["text"] for case in all_cases])
    for case, one in zip(all_cases, found, strict=True):
        assert one["findings"] == (case.get("findings") or []), case
        if "tree" in case:
            assert one["tree"] == (case["tree"] or []), case


@pytest.mark.slow
def test_text_of_random_characters_reads_the_same(engine: Engine) -> None:
    from groundrules.text.markup.blocks import parse
    from support.markup_cases import as_data, findings_as_data

    signs = [
        *"\n\n\n\n  -*_[]()<>&!~#`:.\\|=+1aB",
        "**",
        "[[",
        "]]",
        "[[#",
        "](",
        "- ",
        "1. ",
        "> Why: ",
        "é",
        "€",
        "😀",
        "\t",
        "\x85",
        "\u00a0",
        "\u200b",
        "\u0301" * 16,
        "𐐨",
        "https://a.b/c",
        "\u2028",
        "\r",
        "/a/",
        "    ",
    ]
    choose = random.Random(7)
    texts = ["".join(choose.choices(signs, k=choose.randint(1, 40))) for _ in range(4000)]
    found = engine.run(f"(texts) => texts.map({AS_GOLDEN})", texts)
    for text, one in zip(texts, found, strict=True):
        blocks, findings = parse(text)
        assert one == {"tree": as_data(blocks), "findings": findings_as_data(findings)}, repr(text)


# --- files that are not right --------------------------------------------------------------------


def broken(text: str, choose: random.Random) -> str:
    kind = choose.randrange(5)
    at, to = sorted((choose.randrange(len(text)), choose.randrange(len(text))))
    if kind == 0:
        return text[:at]
    if kind == 1:
        return text[:at] + text[min(to, at + 40) :]
    signs = [
        *"\n :-#\"'&*!|>{}[]%@`~\\?,0a\t",
        "\n  ",
        "\n- ",
        ": ",
        " #",
        "---\n",
        "\x00",
        "\ufeff",
        "\x85",
        "## x {#y}\n",
        "\\x",
        "é",
        "__proto__: a\n",
        "\r\n",
    ]
    front = text.index("\n---\n", 4)
    for _ in range(choose.randint(1, 3)):
        at = choose.randrange(front) if kind < 4 else choose.randrange(len(text))
        text = text[:at] + choose.choice(signs) + text[at + choose.randint(0, 2) :]
    return text


@pytest.mark.slow
def test_a_broken_file_gets_problems_and_never_an_exception(engine: Engine) -> None:
    choose = random.Random(11)
    sources = [agreement_source(example) for example in TOOLKIT.examples.values() if len(example.sections) < 12]
    sources += [start_of(one) for one in TOOLKIT.templates.values()][:3]
    texts = [broken(choose.choice(sources), choose) for _ in range(600)]
    found = engine.run(
        """(texts) => texts.map((text) => {
          const { agreement, problems } = GroundRules.read(text);
          const unreadable = problems.some((one) => one.name === "unreadable" || !(one.line >= 1) || !one.message);
          return { text: agreement && GroundRules.write(agreement), problems, unreadable };
        })""",
        texts,
    )
    accepted = 0
    for text, one in zip(texts, found, strict=True):
        assert not one["unreadable"], one["problems"]
        assert one["text"] or one["problems"]
        agreement, problems = opened(text, "agreements/partnerships/a/agreement.md")
        if one["text"] and agreement:
            accepted += 1
            assert one["text"] == agreement_source(agreement), text
        elif one["text"] and all(problem.name != "unknown-key" for problem in problems):
            # Refused by Python for what the browser lets people mend: the problem is named there, too.
            assert one["problems"], problems
    assert accepted > 100


HOSTILE = [
    "",
    "---",
    "---\n---",
    "---\n---\n",
    "\x00",
    "PK\x03\x04",
    "{}",
    "null",
    "---\n- a\n---\n",
    "---\na\n---\n",
    "---\n__proto__:\n  polluted: yes\n---\n",
    "---\ntitle: a\ntemplate: b\nanswers:\n  __proto__: x\n  constructor: y\n---\n",
    "---\n" + "a:\n " * 20 + "\n---\n",
    "---\ntitle: &a x\ntemplate: *a\n---\n",
    '---\ntitle: "never closed\n---\n',
    "---\n? a\n: b\n---\n",
    "---\n" + "- " * 5000 + "a\n---\n",
    "---\ntitle: {a: b}\n---\n",
    "---\ntitle: |\n  a\n---\n",
    "x" * 300_000,
    "---\ntitle: a\ntemplate: b\n---\n" + "[" * 9000,
    "---\ntitle: a\ntemplate: b\n---\n" + "*a " * 3000,
    '---\ntitle: "\\ud800"\n---\n',
    "\ufeff---\r\ntitle: a\r\ntemplate: b\r\n---\r\nText.\r\n",
]


def test_a_hostile_file_does_no_harm(engine: Engine) -> None:
    found = engine.run("(texts) => texts.map((text) => GroundRules.read(text))", HOSTILE)
    assert all(one["agreement"] or one["problems"] for one in found)
    assert not any(problem["name"] == "unreadable" for one in found for problem in one["problems"])
    assert engine.run("() => [({}).polluted === undefined, Object.keys(Object.prototype).length === 0]") == [True, True]
    assert found[-1]["agreement"]["preamble"] == "Text."
    assert found[11]["agreement"]["front"]["answers"] == {"__proto__": "x", "constructor": "y"}


def test_front_matter_as_people_write_it(engine: Engine) -> None:
    text = """---
# A comment.
title: 'It''s ours'   # said twice
template:   team-co-working
start: 2026-12-01
parties:
- name: Northgate
  contact: "Ann \\u00e9\\x41"
-
  name: Southgate
blanks:
  2:
    ask: Two?
  "a: b":
    ask: "one
      two

      three"
  1:
    ask: 'One?'
answers:
  1: 07700 900123
  2: no
  "a: b":
    - x
    - "y"
---
Text.
"""
    found = engine.run(
        "(text) => { const r = GroundRules.read(text); return [r.agreement && GroundRules.write(r.agreement), r.problems]; }",
        text,
    )
    agreement, problems = opened(text, "agreements/partnerships/a/agreement.md")
    assert agreement
    assert not problems
    assert found == [agreement_source(agreement), []]


# --- languages, capitals, white space -------------------------------------------------------------

NEWER = {"U+019B", "U+0264", "U+A7D3", "U+A7D5"}
TAGS = sorted(
    {
        "-".join(filter(None, (Locale.parse(one).language, Locale.parse(one).territory)))
        for one in (
            "en_GB",
            "en_US",
            "cy",
            "ar",
            "he",
            "fa",
            "ur",
            "pl",
            "pt_BR",
            "pt",
            "es",
            "fr",
            "de",
            "zh",
            "ja",
            "ko",
            "ru",
            "uk",
            "hi",
            "bn",
            "pa",
            "gu",
            "ta",
            "so",
            "tr",
            "ro",
            "lt",
            "lv",
            "hu",
            "cs",
            "sk",
            "bg",
            "el",
            "it",
            "nl",
            "sv",
            "fi",
            "th",
            "vi",
            "ka",
            "ga",
            "gd",
            "eu",
            "ca",
            "am",
            "sq",
            "hy",
            "my",
            "ne",
            "ps",
            "sw",
            "yo",
        )
    }
)


def test_dates_and_lists_read_as_in_python(engine: Engine) -> None:
    days = ["2026-01-01", "2027-12-31", "1999-09-09", "0987-06-05"]
    lists = [["a"], ["a", "b"], ["a", "b", "c"], ["{0}", "Éire", "{1}", "Ystrad"], ["$&", "$1"]]
    data = {tag: locale_data(tag) for tag in TAGS}
    found = engine.run(
        """([data, days, lists]) => Object.fromEntries(Object.entries(data).map(([tag, locale]) => [tag, [
          ...days.map((one) => GroundRules.written({ type: "date" }, one, locale)),
          ...lists.map((one) => GroundRules.written({ type: "list" }, one, locale))]]))""",
        [data, days, lists],
    )
    day, several = BlankDefinition(ask="?", type="date"), BlankDefinition(ask="?", type="list")
    for tag in TAGS:
        expected = [written(day, one, tag) for one in days] + [written(several, one, tag) for one in lists]
        assert found[tag] == expected, tag


# --- the same in a real browser --------------------------------------------------------------------


def test_a_browser_comes_to_the_same(engine: Engine, page: Page) -> None:
    plans = []
    for number in range(len(LANGUAGES)):
        template = template_in(number)
        plan = Plan(number, template, TOOLKIT)
        changes, _ = plan.changes(make(template, TOOLKIT, plan.choices()))
        plans.append([template_data(template, LIBRARY), {**plan.steps(), "changes": changes}])
    for script, argument in (
        ("(plans) => plans.map(([data, plan]) => draft(data, plan))", plans),
        (f"(texts) => texts.map({AS_GOLDEN})", [case["text"] for _, case in cases()]),
        ("(texts) => texts.map((text) => GroundRules.read(text))", HOSTILE),
    ):
        assert in_browser(page, script, argument) == engine.run(script, argument)


def test_every_character_is_taken_the_same_way(page: Page) -> None:
    """Keys, capitals and white space, for each character that Python's Unicode knows; a browser has its own."""
    import unicodedata

    signs = [chr(one) for one in range(0x110000) if unicodedata.category(chr(one)) not in ("Cn", "Cs", "Co")]
    pairs = in_browser(
        page,
        "(signs) => signs.map((one) => [GroundRules.blankKey(`a${one}b`), GroundRules.capitalised(`${one}b`), /^\\p{Uppercase}/u.test(one)])",
        signs,
    )
    wrong = [
        (f"U+{ord(sign):04X}", found)
        for sign, found in zip(signs, pairs, strict=True)
        if found != [blank_key(f"a{sign}b"), capitalised(f"{sign}b"), sign.isupper()]
    ]
    # A browser's Unicode is newer than Python's: these letters have gained a capital since.
    assert {code for code, _ in wrong} <= NEWER, wrong


# --- what a draft starts from -----------------------------------------------------------------------

STARTS = """(data) => {
  const start = GroundRules.forkOf(data);
  const read = GroundRules.read(GroundRules.write(start)).agreement;
  return [GroundRules.write(start), JSON.stringify(tidy(start)), JSON.stringify(tidy(read))];
}"""


@pytest.mark.parametrize("name", TOOLKIT.templates)
def test_a_draft_starts_as_in_python_and_as_if_it_were_read_from_its_file(engine: Engine, name: str) -> None:
    template = TOOLKIT.templates[name]
    written, made, read = engine.run(STARTS, template_data(template, LIBRARY))
    assert written == start_of(template)
    assert json.loads(made) == json.loads(read)


def test_columns_that_are_called_by_numbers_keep_their_order(engine: Engine) -> None:
    template = next(one for one in TOOLKIT.templates.values() if make(one, TOOLKIT, Choices()).front.blanks)
    clause = next(one for one in TOOLKIT.clauses.values() if any(two.columns for two in one.front.blanks.values()))
    name, rows = next((name, one) for name, one in clause.front.blanks.items() if one.columns)
    columns = dict(zip(("what", "2027", "2026"), [next(iter(rows.columns.values()))] * 3, strict=True))
    numbered = rows.model_copy(update={"columns": columns})
    front = clause.front.model_copy(update={"blanks": {**clause.front.blanks, name: numbered}})
    data = template_data(template, LIBRARY)
    data["clauses"] = [
        clause_data(replace(clause, front=front), ()) | {"optional": False, "wording": next(iter(clause.wordings))}
    ]
    found = engine.run("(data) => GroundRules.write(GroundRules.forkOf(data))", data)
    made, _ = opened(found, "agreements/partnerships/a/agreement.md")
    assert made
    assert list(made.front.blanks[name].columns) == ["what", "2027", "2026"]


# --- the Word file itself, what is open, and speed --------------------------------------------------


def test_the_word_file_opens(page: Page) -> None:
    template = TOOLKIT.templates["team-co-working"]
    data = template_data(template, LIBRARY)
    packed = page.evaluate(
        """async (data) => {
          const agreement = GroundRules.forkOf(data);
          const blob = await GroundRules.docx(GroundRules.assemble(agreement, data), data);
          const bytes = new Uint8Array(await blob.arrayBuffer());
          return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
        }""",
        data,
    )
    agreement = make(template, TOOLKIT, Choices())
    with (
        zipfile.ZipFile(io.BytesIO(base64.b64decode(packed))) as here,
        zipfile.ZipFile(io.BytesIO(word(assemble(agreement, title_of)))) as there,
    ):
        assert here.testzip() is None
        assert here.namelist() == there.namelist()
        assert all(here.read(name) == there.read(name) for name in there.namelist())


def test_what_is_open(engine: Engine) -> None:
    template = TOOLKIT.templates["individual-co-working"]
    data = template_data(template, LIBRARY)
    found = engine.run(
        "(data) => { const G = GroundRules; return G.openPoints(G.forkOf(data), data, '2026-11-21'); }",
        data,
    )
    agreement = make(template, TOOLKIT, Choices())
    keys = [one["blank"] for one in found if one["blank"]]
    assert len(keys) == len(set(keys))
    asked = {blank_key(name) for name in agreement.front.blanks}
    assert asked <= set(keys) <= asked | {"parties", "start", "end", "title"}
    order = ["preamble", *(one.id for one in agreement.sections)]
    places = [order.index(one["clause"]) for one in found]
    assert places == sorted(places)


def test_a_wording_switched_there_and_back_changes_nothing(engine: Engine) -> None:
    template = TOOLKIT.templates["team-co-working"]
    data = template_data(template, LIBRARY)
    found = engine.run(
        """(data) => {
          const G = GroundRules;
          const source = G.write(G.forkOf(data));
          return data.clauses.map((clause) => {
            let a = G.forkOf(data);
            for (const wording of clause.wordings) a = G.chooseWording(a, clause, wording.id);
            a = G.chooseWording(a, clause, clause.wording);
            const switched = G.write(a);
            a = G.bringBack(G.leaveOut(a, clause.id, data), clause, data);
            return [switched === source, G.write(a) === source];
          });
        }""",
        data,
    )
    assert found == [[True, True]] * len(data["clauses"])


def test_a_keystroke_costs_less_than_a_frame(page: Page) -> None:
    template = max(TOOLKIT.templates.values(), key=lambda one: len(one.front.clauses))
    data = template_data(template, LIBRARY)
    found = in_browser(
        page,
        """(data) => {
          const G = GroundRules;
          let agreement = G.forkOf(data);
          const name = Object.keys(agreement.front.blanks)[0];
          const times = [];
          for (let i = 0; i < 60; i++) {
            const start = performance.now();
            agreement = G.setAnswer(agreement, name, "answer " + i);
            G.html(G.assemble(agreement, data));
            times.push(performance.now() - start);
          }
          return times.slice(10).sort((a, b) => a - b)[25];
        }""",
        data,
    )
    print(f"\nset, assemble and draw {len(template.front.clauses)} clauses: {found:.2f} ms")
    assert found < 8


def test_words_for_the_tests_are_hostile() -> None:
    assert any(one.startswith("<script>") for one in WORDS)
    assert clause_data(TOOLKIT.clauses["money"], ())["wordings"]


RHYTHMS = table(REPOSITORY / "tests/agreement/rhythms.yml")
OFTEN = BlankDefinition(ask="How often?", type="rhythm", calendar="Meeting")
WITH_RHYTHM = """---
title: "Night walks"
template: "team-co-working"
id: "k1"
language: "LANGUAGE"
time zone: "ZONE"
status: STATUS
END
blanks:
  often:
    ask: "How often?"
    type: rhythm
    calendar: "Meeting"
answers:
  often: "RHYTHM"
---
We meet [[often]].

## One {#one}

Text.
"""


def calendars_of(engine: Engine, **about: str) -> tuple[str, str]:
    text = WITH_RHYTHM
    for key in ("LANGUAGE", "ZONE", "STATUS", "END", "RHYTHM"):
        text = text.replace(key, about.get(key.lower(), {"LANGUAGE": "en-GB", "STATUS": "draft"}.get(key, "")))
    text = text.replace('time zone: ""\n', "").replace("\n\nblanks:", "\nblanks:")
    agreement, problems = opened(text, "agreements/partnerships/walks/agreement.md")
    assert agreement, problems
    found = engine.run(
        "([template, text]) => results(template, text).ics", [template_data(template_in(0), LIBRARY), text]
    )
    return found, calendar(assemble(agreement)).decode()


@pytest.mark.parametrize("text", [*RHYTHMS["understood"], *RHYTHMS["not understood"]])
def test_rhythms_are_understood_alike(engine: Engine, text: str) -> None:
    found, expected = calendars_of(engine, rhythm=text.replace('"', "'"))
    assert found == expected
    remark = engine.run("([definition, text]) => GroundRules.remark(definition, text)", [plain(OFTEN), text])
    assert remark == OFTEN.blank_type.remark(text)


@pytest.mark.parametrize("zone", known_zones())
def test_zones_are_stated_alike(engine: Engine, zone: str) -> None:
    for end in ("2027-03-28", "2027-07-01", "2027-12-31"):
        about = {"zone": zone, "end": f"end: {end}", "rhythm": "every week at 14:00 to 15:30 from 2026-12-01"}
        found, expected = calendars_of(engine, **about)
        assert f"TZID={zone}" in expected
        assert found == expected


@pytest.mark.parametrize("status", ["draft", "agreed", "ended"])
@pytest.mark.parametrize("end", ["", "end: 2026-11-01", "end: 2027-07-01"])
@pytest.mark.parametrize("language", ["en-IE", "fr-FR", "gd", "en-US", "en", "zh-Hant-TW"])
def test_the_end_and_the_region_count_alike(engine: Engine, status: str, end: str, language: str) -> None:
    found, expected = calendars_of(
        engine, status=status, end=end, language=language, rhythm="every 2 weeks at 9am from 2026-12-01"
    )
    assert found == expected
    after_end = end == "end: 2026-11-01" or (status == "ended" and not end)
    assert ("RRULE:FREQ=WEEKLY" in expected) is not after_end
