"""Drafts to compare: the same choices made in Python and in the browser, and Python's results as plain data."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from html import escape
from typing import Any

from groundrules.agreement.document.answers import settled
from groundrules.agreement.document.assemble import blanks_in, clause_in, text_without_notes, without_notes
from groundrules.agreement.document.fork import VERSION, Choices, digest, make
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.nodes import ClauseNumber, Document, Filled, Hole, Table
from groundrules.files.source import plain
from groundrules.model.front import BlankDefinition, Party
from groundrules.model.pieces import Agreement, Section, Template, Toolkit
from groundrules.text.days import read_date
from groundrules.text.markup.blocks import parse
from groundrules.text.markup.hidden import hidden_characters
from groundrules.text.markup.nodes import ItemList, Link, Mark, Note, Paragraph, Text, blank_key
from groundrules.writers.html import Writer

WORDS = [
    "alphabetical",
    "Explain responsibilities to volunteers on Wednesday",
    "Nachbarschaftshilfevereinsvorsitzende, https://example.org/a/long/address",
    "合作協議 Ệ e\u0301 한국어 👩‍🚒 WHO—Ünïcode",
    "  Ann   Lee ",
    "every 4 weeks on Tuesday at 14:00 from 2026-12-01",
    "every month from 2026-12-31",
    "Every 2 years on Monday, starting 2026-01-05",
    "every day on friday at 9.30 from 2027-02-28",
    "2027-03-09",
    "2028-02-29",
    "2027-02-30",
    "line one\nline two\n\n  line three",
    "a\r\nb\x0bc\x85d\u2028e\x1cf\x1fg",
    "tab\there",
    "<script>alert('x')</script>",
    "<b>&amp; &lt; \"quoted\" 'single'",
    "**bold** *em* _u_ `code` ~~s~~",
    "# heading",
    "- item",
    "1. item",
    "> Why: note",
    "[text](https://example.org)",
    "[[how often]] [[#money]]",
    "{{ 7 * 7 }}",
    "{% x %}",
    "key: value # comment",
    "- & * ! | > ' \" % @ ` {a} [b]",
    "\\N \\n \\u0041 \\",
    "C:\\New; a, b",
    "~",
    "no",
    "07700 900123",
    "'",
    '"',
    "---",
    "...",
    "__proto__",
    "constructor",
    "]]>",
    "  ",
    "",
    "x" * 1500,
    "долгий ответ " * 60,
    "يجتمع الشركاء كل أسبوع",
    "שלום עולם",
    "مرحبا world 123",
    "कितनी बार",
    "多久一次",
    "სად?",
    "ἀρχή ΟΔΟΣ",
    "ß Straße",
    "ﬁne",
    "ǆungla",
    "İstanbul ısı",
    "ŉ",
    "é e\u0301",
    "👩‍👩‍👧‍👦 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "𝒜𝓃𝓃 𐐨",
    "\u00a0nbsp\u00a0",
    "\ufeffbom",
    "\u202eevil",
    "\u200fmark",
    "a\u0000b\u0007c",
    "\ufffe",
    "Ynys",
    "Ŵyl",
    "gwener",
    "$& $1 $$",
    "%E2 100%",
    "\u3000wide\u3000",
]
SENTENCES = [
    "We meet often.",
    "We meet [[how often we really meet]].",
    "See [[#money]] and [[#nowhere]].",
    "**Strong** and *soft* words.",
    "Look at [the page](https://example.org/a?b=c&d='e') first.",
    "Write to [us](mailto:a@example.org).",
    "[Money](/clauses/money/#why) matters.",
    "A character \\* and \\[ and \\<.",
    "> Why: because *we* said so.",
    "> Added: by [[parties]].\n>\n> And more [[start]].",
    "- one\n- two **strong**\n  - inner [[who looks after it]]\n- three",
    "1. first\n2. second\n   1. inner",
    "[[Names of all]]",
    "[[parties]]",
    "Мы встречаемся часто.",
    "نلتقي كل أسبوع.",
    "Ünïcode \U0001f600 words.",
    "[[__proto__]] and [[constructor]] and [[2]].",
    "[[Straße]] [[ΟΔΟΣ]] [[İ]].",
    "**[[title]]** from [[Start]] to [[END]].",
    "One line\nand another\nand [[a name over here]].",
    "**bold *both* bold**",
    "[*soft* link](https://example.org/ünï)",
    '[a](https://ex℀mple.org/) [b](http://a.b/%zz"q)',
    "~~wrong~~",
    "# wrong",
    "{{ wrong }}",
    "a_b_c 5 < 6 & 7 > 2.",
]
TITLES = [
    "Lone work",
    "A «title» – with é",
    "عنوان",
    "Say & mean: <5",
    "2. Numbers",
    "Wrong {#x}",
    "**Wrong**",
    " spaced   out ",
]


class Plan:
    """What somebody chooses, as data that both sides carry out."""

    def __init__(self, seed: int, template: Template, toolkit: Toolkit) -> None:
        self.random = random.Random(seed)
        self.template = template
        self.toolkit = toolkit
        listed = template.front.clauses
        self.left_out = [one.id for one in listed if self.chance(0.15)]
        self.wordings = {one.id: self.wording(one.id) if self.chance(0.3) else one.wording for one in listed}
        self.title = " ".join(self.words().split()) if self.chance(0.5) else ""
        if re.search(r"<[a-z]|\{\{|\{%", self.title) or any(map(hidden_characters, self.title.split("\n"))):
            self.title = ""
        self.start = self.random.choice([None, "2026-12-01"])
        self.end = self.random.choice([None, "2027-07-16", "2028-02-29"])
        self.parties = [self.party() for _ in range(self.random.randint(0, 4))]
        self.answers: dict[str, Any] = {}

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def words(self) -> str:
        return self.random.choice(WORDS)

    def wording(self, identity: str) -> str:
        clause = clause_in(self.toolkit, identity, self.template.language)
        assert clause
        return self.random.choice(list(clause.wordings))

    def party(self) -> dict[str, str]:
        keys = ("contact", "role", "organisation", "phone", "email")
        made = {key: " ".join(self.words().split()) for key in keys if self.chance(0.4)}
        name = " ".join(self.words().split()) or "Northgate"
        return {"name": name, **{key: made[key] for key in keys if made.get(key)}}

    def answer(self, definition: BlankDefinition) -> Any:
        if definition.type == "rows":
            return [
                {column: self.cell(one) for column, one in definition.columns.items() if self.chance(0.8)}
                for _ in range(self.random.randint(0, 4))
            ]
        if definition.type == "list" and self.chance(0.9):
            return [self.words() for _ in range(self.random.randint(0, 4))]
        return self.cell(definition)

    def cell(self, definition: Any) -> str:
        if definition.type == "date" and self.chance(0.7):
            return self.random.choice(["2027-03-09", "2026-11-30", "1999-01-01"])
        if definition.type == "rhythm" and self.chance(0.7):
            return self.random.choice([one for one in WORDS if one.lower().startswith("every")])
        if definition.type == "choice" and self.chance(0.7):
            return self.random.choice(definition.choices)
        return self.words()

    def choices(self) -> Choices:
        clauses = tuple((one, wording) for one, wording in self.wordings.items() if one not in self.left_out)
        bare = Choices(
            title=self.title,
            start=read_date(self.start or ""),
            end=read_date(self.end or ""),
            parties=tuple(Party(**one) for one in self.parties),
            clauses=clauses,
            left_out=tuple(one.id for one in self.template.front.clauses if one.id in self.left_out),
        )
        blanks = make(self.template, self.toolkit, bare).front.blanks
        self.answers = {name: self.answer(one) for name, one in blanks.items() if self.chance(0.75)}
        given = {blank_key(name): value for name, value in self.answers.items()}
        return replace(bare, answers=given)

    def steps(self) -> dict[str, Any]:
        return {
            "leftOut": self.left_out,
            "wordings": {one: wording for one, wording in self.wordings.items() if one not in self.left_out},
            "front": {"title": self.title, "start": self.start, "end": self.end, "parties": self.parties},
            "answers": list(self.answers.items()),
        }

    # --- further changes, which Python's commands do not know all of

    def changes(self, agreement: Agreement) -> tuple[list[list[Any]], Agreement]:
        """Changes for the browser to make, and ``agreement`` after the same ones."""
        made: list[list[Any]] = []
        known = dict(agreement.front.blanks)
        for _ in range(self.random.randint(1, 5)):
            sections = list(agreement.sections)
            here = [one.id for one in sections]
            kind = self.random.choice(["text", "text", "own", "library", "move"])
            after = self.random.choice([*here, ""])
            index = here.index(after) + 1 if after else len(here)
            taken = dict(agreement.front.taken)
            left_out = agreement.front.left_out
            if kind == "text" and here:
                place = self.random.randrange(len(here))
                text = self.text(sections[place].text)
                made.append(["setText", here[place], text])
                if _right(text):
                    sections[place] = _section(here[place], sections[place].title, sections[place].wording, text)
            elif kind == "own":
                title, text = self.random.choice(TITLES), self.text("We add this.")
                made.append(["addOwn", title, text, after])
                if _right(text) and not re.search(r"[{*]", title):
                    number = 1 + max((int(one[4:]) for one in here if one.startswith("own-")), default=0)
                    sections.insert(index, _section(f"own-{number}", " ".join(title.split()), "", text))
            elif kind == "library":
                clause = self.random.choice([one for one in self.toolkit.clauses.values() if not one.language])
                made.append(["addLibrary", clause.id, after])
                if clause.id not in here:
                    identity = clause.id
                    clause = clause_in(self.toolkit, identity, self.template.language) or clause
                    listed = {one.id: one.wording for one in self.template.front.clauses}
                    wording = clause.wordings[listed.get(identity, next(iter(clause.wordings)))]
                    new = _section(identity, clause.front.title, wording.id, text_without_notes(wording.text))
                    sections.insert(index, new)
                    taken[identity] = digest(new)
                    left_out = tuple(one for one in left_out if one != identity)
                    keys = {blank_key(name) for name in known}
                    known |= {n: one for n, one in clause.front.blanks.items() if blank_key(n) not in keys}
            elif here:
                by = self.random.choice([-2, -1, 1, 3])
                made.append(["move", after or here[0], by])
                at = here.index(after or here[0])
                one = sections.pop(at)
                sections.insert(min(max(at + by, 0), len(sections)), one)
            agreement = _settled(agreement, sections, known, taken, left_out)
            known = dict(agreement.front.blanks)
            for name, definition in agreement.front.blanks.items():
                if self.chance(0.1):
                    value = self.answer(definition)
                    made.append(["setAnswer", name, value])
                    agreement = _answered(agreement, name, value)
        return made, agreement

    def text(self, old: str) -> str:
        kept = [old] if self.chance(0.6) else []
        return "\n\n".join(kept + [self.random.choice(SENTENCES) for _ in range(self.random.randint(1, 3))])


def _right(text: str) -> bool:
    blocks, findings = parse(text)
    return bool(blocks) and not findings and "{{" not in text


def _section(identity: str, title: str, wording: str, text: str) -> Section:
    return Section(identity, title, wording, text.strip("\n"), parse(text.strip("\n"))[0], 0)


def _settled(agreement: Agreement, sections: list[Section], known: Any, taken: Any, left_out: Any) -> Agreement:
    """Definitions and answers in the order in which the text first uses them."""
    defined = {blank_key(name): (name, one) for name, one in reversed(known.items())}
    blanks: dict[str, BlankDefinition] = {}
    done = {"parties", "start", "end", "title"}
    for text in [*(one.text for one in sections), agreement.preamble_text]:
        for blank in blanks_in(without_notes(parse(text)[0])):
            key = blank_key(blank.name)
            if key not in done:
                done.add(key)
                name, one = defined.get(key, (blank.name, BlankDefinition(ask=blank.name)))
                blanks[name] = one
    answers = {name: agreement.front.answers[name] for name in blanks if name in agreement.front.answers}
    order = ["preamble", *(one.id for one in sections)]
    front = agreement.front.model_copy(
        update={
            "blanks": blanks,
            "answers": answers,
            "taken": {one: taken[one] for one in (VERSION, *order) if one in taken},
            "left_out": left_out,
        }
    )
    return replace(agreement, front=front, sections=tuple(sections))


def _answered(agreement: Agreement, name: str, value: Any) -> Agreement:
    answers = dict(agreement.front.answers) | {name: settled(agreement.front.blanks[name], value)}
    kept = {one: answers[one] for one in agreement.front.blanks if answers.get(one)}
    return replace(agreement, front=agreement.front.model_copy(update={"answers": kept}))


# --- Python's results as plain data ---------------------------------------------------------------


def document_data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "start": str(document.start or ""),
        "end": str(document.end or ""),
        "parties": [plain(one) for one in document.parties],
        "preamble": [_block(one) for one in document.preamble],
        "clauses": [
            {
                "id": one.id,
                "number": one.number,
                "title": one.title,
                "wording": one.wording,
                "blocks": [_block(block) for block in one.blocks],
            }
            for one in document.clauses
        ],
        "blanks": [
            {"name": one.name, "definition": plain(one.definition)}
            | ({} if one.answer is None else {"answer": one.answer})
            for one in document.blanks
        ],
    }


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "children": _nodes(block.children)}
    if isinstance(block, ItemList):
        return _list(block)
    if isinstance(block, Table):
        return {
            "kind": "table",
            "name": block.name,
            "definition": plain(block.definition),
            "columns": list(block.columns),
            "rows": [list(row) for row in block.rows],
        }
    assert isinstance(block, Note)
    return {"kind": "note", "label": block.label, "paragraphs": [_block(one) for one in block.paragraphs]}


def _list(items: ItemList) -> dict[str, Any]:
    return {
        "kind": "list",
        "ordered": items.ordered,
        "items": [
            {"children": _nodes(one.children), "sublist": _list(one.sublist) if one.sublist else None}
            for one in items.items
        ],
    }


def _nodes(nodes: Any) -> list[dict[str, Any]]:
    return [_node(one) for one in nodes]


def _node(node: Any) -> dict[str, Any]:
    if isinstance(node, Text):
        return {"kind": "text", "text": node.text}
    if isinstance(node, Filled):
        stop = {"stop": node.stop} if node.stop else {}
        return {"kind": "filled", "text": node.text, "name": node.name, "private": node.private} | stop
    if isinstance(node, Hole):
        return {"kind": "hole", "name": node.name, "says": node.says, "definition": plain(node.definition)}
    if isinstance(node, ClauseNumber):
        return {"kind": "number", "id": node.id, "number": node.number, "title": node.title}
    if isinstance(node, Link):
        return {"kind": "link", "children": _nodes(node.children), "address": node.address}
    assert isinstance(node, Mark)
    return {"kind": type(node).__name__.lower(), "children": _nodes(node.children)}


def document_html(document: Document, links: Links) -> str:
    """The clauses as the site draws them, each in a section."""
    writer = Writer(links, language=document.language)
    clauses = "".join(
        f'<section data-clause="{one.id}"><h2 id="{one.id}">{one.number}. {escape(one.title, quote=False)}</h2>'
        f"{writer.blocks(one.blocks)}</section>"
        for one in document.clauses
    )
    return f'<section data-clause="preamble">{writer.blocks(document.preamble)}</section>{clauses}'
