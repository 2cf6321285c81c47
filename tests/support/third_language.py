"""A toolkit in a language that is not English, made up for the tests: its own content is made of ``WORDS`` alone.

Its labels are the English ones in marks, so that on a page or in a file no word is left that is neither in marks nor
content. The site stands for Esperanto, since the theme has words in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from groundrules.agreement.document.labels import english
from groundrules.agreement.document.language import known_locale
from groundrules.text.frontmatter import quote
from support.partnership import keep, signature
from support.sites import SmallSite

LANGUAGE = "eo"
WORDS = ["kalo", "mirat", "tovu", "nesil", "ralom", "pendi", "sarvo", "lumek", "dortan", "vezi"]
_PLACE = re.compile(r"(\{\w+\})")

SETTINGS = """\
site_name: Kalo
theme:
  name: material
  language: eo
  font: false
extra:
  generator: false
plugins:
  - groundrules
  - search
  - macros:
      modules: [groundrules]
      on_undefined: strict
      on_error_fail: true
nav:
  - Kalo: index.md
  - Mirat: your-agreement.md
  - Tovu: guidance/signing.md
  - Nesil: guidance/fill-it-in.md
  - Ralom: reference/coverage.md
  - Kalo tovu: clauses/
  - Kalo nesil: templates/
  - Kalo ralom: examples/
  - Kalo pendi: checklists/
  - Kalo sarvo: letters/
  - Kalo lumek: partnerships/
"""

MACROS = (
    *("register", "year", "drafts", "situations", "chooser", "sources", "glossary", "tags"),
    *(f"catalogue:{kind}" for kind in ("clauses", "templates", "examples", "checklists", "letters", "partnerships")),
    *("coverage:templates", "coverage:references", "clause:tovu", "wording:tovu", "questions:tovu", "template:nesil"),
    *("checklist:pendi", "example:ralom", "agreement:lumek"),
)
_PAGE = "owner: Vezi\nreviewed: 2026-11-21\n"

CLAUSE = f"""\
---
title: Tovu
group: Sarvo
sources:
  - kalo
elements:
  - Mirat
works: "Kalo mirat."
advice: "Kalo nesil."
{_PAGE}blanks:
  kalo:
    ask: "Kalo mirat?"
    example: "tovu"
  mirat:
    ask: "Mirat nesil?"
    type: choice
    choices:
      - tovu
      - nesil
  lumek:
    ask: "Lumek?"
    type: date
    example: "2027-03-09"
    calendar: "Lumek mirat"
  ralom:
    ask: "Ralom?"
    type: rows
    columns:
      pendi:
        ask: "Pendi?"
        example: "sarvo"
      vezi:
        ask: "Vezi?"
        type: date
        calendar: "Vezi"
  dortan:
    ask: "Dortan?"
    type: long text
---
Kalo mirat tovu.

## Kalo mirat?

Nesil ralom.

> Kalo: mirat tovu.

## Tovu

- Kalo mirat?

## Nesil

### Kalo {{#kalo}}

Kalo [[kalo]] mirat [[mirat]] tovu [[lumek]]. Nesil [[#ralom]].

[[ralom]]

[[dortan]]

### Mirat {{#mirat}}

Mirat tovu.

## Ralom

- Kalo nesil.
"""
SECOND = f"""\
---
title: Ralom
group: Sarvo
formerly:
  - pendi
{_PAGE}---
Ralom mirat.

## Why agree this

Mirat.

## Ask each other

- Nesil?

## Wording

### Ralom {{#ralom}}

Ralom mirat.

## Watch out for

- Mirat.
"""
TEMPLATE = f"""\
---
title: Nesil
summary: "Kalo mirat."
for: "Kalo."
time: "Mirat."
binding: "Tovu."
signs: "Nesil."
not: "Ralom."
advice: "Pendi."
sources:
  - kalo
{_PAGE}clauses:
  - id: tovu
    wording: kalo
  - id: ralom
    wording: ralom
    optional: yes
needs:
  - answer: lumek
    future: yes
    message: "Mirat lumek."
  - clause: tovu
    message: "Kalo tovu."
---
Kalo [[parties]] mirat [[start]] tovu [[end]].
"""
AGREED = f"""\
title: TITLE
template: nesil
language: {LANGUAGE}
KEYSstart: 2026-09-01
end: 2027-09-01
parties:
  - name: Kalo
    contact: Mirat
    role: Tovu
  - name: Nesil
    organisation: Ralom
blanks:
  kalo:
    ask: "Kalo mirat?"
  mirat:
    ask: "Mirat nesil?"
    type: choice
    choices:
      - tovu
      - nesil
  lumek:
    ask: "Lumek?"
    type: date
    calendar: "Lumek mirat"
  ralom:
    ask: "Ralom?"
    type: rows
    columns:
      pendi:
        ask: "Pendi?"
      vezi:
        ask: "Vezi?"
        type: date
        calendar: "Vezi"
  dortan:
    ask: "Dortan?"
    type: long text
    private: yes
answers:
  kalo: tovu
  mirat: nesil
  lumek: 2026-10-01
  dortan: pendi
  ralom:
    - pendi: sarvo
      vezi: 2026-10-02
"""
BODY = """\
---
Kalo [[parties]] mirat [[start]].

## Tovu {#tovu wording=kalo}

Kalo [[kalo]] mirat [[mirat]] tovu [[lumek]]. Nesil [[#ralom]].

[[ralom]]

[[dortan]]
"""
RALOM = "\n## Ralom {#ralom wording=ralom}\n\nRalom mirat.\n"
_SHOWN = f"""\
summary: "Kalo."
basis: "Mirat."
status: agreed
signatures:
  - party: Kalo
    name: Mirat
    date: 2026-09-02
  - party: Nesil
    name: Nesil
    date: 2026-09-02
{_PAGE}related:
  - /clauses/tovu/
"""
EXAMPLE = (
    f"---\n{AGREED.replace('TITLE', 'Ralom').replace('KEYS', _SHOWN)}{BODY}\n> Kalo: mirat.\n{RALOM}\n> Kalo: mirat.\n"
)
PARTNERSHIP = (
    "---\n"
    + AGREED.replace("TITLE", "Lumek").replace("KEYS", "publish: yes\n")
    + BODY.replace("[[#ralom]]", "[[#tovu]]")
)
ROUNDS = """\
rounds:
  - version: 1
    opened: 2026-09-01
    agreed: 2026-09-02
  - version: 2
    opened: 2026-09-10
    because: "kalo mirat"
    agreed: 2026-09-12
"""
CHECKLIST = f"""\
---
title: Pendi
summary: "Kalo."
sources:
  - kalo
{_PAGE}---
Kalo [nesil](/templates/nesil/).

## Mirat {{#mirat}}

[[#tovu]]

- Kalo?
"""
LETTER = f"""\
---
title: Sarvo
summary: "Kalo."
for: "Mirat."
{_PAGE}related:
  - /clauses/tovu/
blanks:
  kalo:
    ask: "Kalo?"
answers:
  kalo: mirat
---
Kalo [[kalo]].
"""
FORM = f"""\
---
title: Vezi
summary: "Kalo."
{_PAGE}---
Kalo [[parties]].

## Mirat {{#mirat}}

[[#tovu]]

- Kalo mirat?
"""
DATA = {
    "groups.yml": "- title: Sarvo\n  summary: Kalo mirat.\n",
    "sources.yml": 'kalo:\n  title: "Kalo"\n  author: "Mirat"\n  address: "https://example.org/"\n  licence: "Tovu"\n'
    '  seen: "2026-11-21"\n  says: "Nesil."\n  key: "K"\nmirat:\n  title: "Mirat"\n  author: "Tovu"\n'
    '  licence: "Kalo"\n  seen: "2026-11-21"\n  says: "Ralom."\n',
    "elements.csv": "element,K,sources naming it\nMirat,x,1\n",
    "glossary.yml": 'kalo: "Mirat."\n',
    "situations.yml": '- situation: "Kalo"\n  page: "/templates/nesil/"\n  why: "Mirat."\n',
    "chooser.yml": '- id: kalo\n  question: "Kalo?"\n  hint: "Mirat."\n  answers:\n    - answer: "Tovu"\n'
    '      template: nesil\n      why: "Ralom."\n      also:\n        - template: mirat\n          why: "Vezi."\n'
    '    - answer: "Nesil"\n      next: mirat\n      why: "Pendi."\n'
    '- id: mirat\n  question: "Mirat?"\n  answers:\n    - answer: "Kalo"\n      template: mirat\n      why: "Tovu."\n',
}


def marked(words: str) -> str:
    """``words`` in marks, but for the places in them."""
    return "".join(part if _PLACE.fullmatch(part) else f"«{part}»" for part in _PLACE.split(words) if part)


def labels() -> str:
    """A file with every label in marks."""
    lines = []
    for key, words in english().items():
        if isinstance(words, str):
            lines.append(f"{key}: {quote(marked(words))}")
        else:
            lines += [f"{key}:", *(f"  {one}: {quote(marked(said))}" for one, said in words.items())]
    return "\n".join(lines) + "\n"


def locale_words() -> set[str]:
    """The names of months and days, and what stands between the things of a list."""
    known = known_locale(LANGUAGE)
    names = (name for one in (known.months, known.days) for name in one["stand-alone"]["wide"].values())
    return {
        word.casefold()
        for one in (*names, *known.list_patterns["standard"].values())
        for word in re.findall(r"\w+", one)
    }


def page(title: str, *macros: str) -> str:
    calls = (one.partition(":") for one in macros)
    shown = (f'{{{{ {name}("{about}") }}}}' if about else f"{{{{ {name}() }}}}" for name, _, about in calls)
    return f"---\ntitle: {title}\ndescription: Kalo.\n---\n\n# {title}\n\n" + "\n\n".join(shown) + "\n"


class ThirdLanguage(SmallSite):
    """The toolkit, and its site."""

    def __init__(self, root: Path, without: tuple[str, ...] = ()) -> None:
        self.root, self.site = root, root / "site"
        for name, text in _files().items():
            if name not in without:
                self.write(name, text)
        self.agree()

    def agree(self) -> None:
        """Two agreed versions, the second of which has one more clause."""
        file, signed = "agreements/partnerships/lumek/agreement.md", "signatures:\n"
        for version, day in ((1, "2026-09-02"), (2, "2026-09-12")):
            words = keep(self, version, partnership="lumek")
            signed += "".join(signature(party, party, day, version, words) for party in ("Kalo", "Nesil"))
            self.write(file, (self.root / file).read_text("utf-8") + (RALOM if version == 1 else ""))
        keys = f"publish: yes\nstatus: agreed\n{signed.replace('Coordinator', 'Tovu')}{ROUNDS}"
        self.replace(file, "publish: yes\n", keys)


def _files() -> Mapping[str, str]:
    return {
        "mkdocs.yml": SETTINGS,
        f"agreements/labels/{LANGUAGE}.yml": labels(),
        "agreements/clauses/tovu.md": CLAUSE.replace("{{#", "{#").replace("}}", "}"),
        "agreements/clauses/ralom.md": SECOND.replace("{{#", "{#").replace("}}", "}"),
        "agreements/templates/nesil.md": TEMPLATE,
        "agreements/templates/mirat.md": TEMPLATE.replace("title: Nesil", "title: Mirat"),
        "agreements/examples/ralom.md": EXAMPLE,
        "agreements/checklists/pendi.md": CHECKLIST,
        "agreements/letters/sarvo.md": LETTER,
        "agreements/records/vezi.md": FORM,
        "agreements/partnerships/lumek/agreement.md": PARTNERSHIP,
        "docs/index.md": page("Kalo", *MACROS),
        "docs/your-agreement.md": page("Mirat", "keeping"),
        "docs/guidance/signing.md": page("Tovu"),
        "docs/guidance/fill-it-in.md": page("Nesil"),
        "docs/reference/coverage.md": page("Ralom"),
        "docs/clauses/index.md": page("Kalo tovu"),
        **{f"agreements/{name}": text for name, text in DATA.items()},
    }
