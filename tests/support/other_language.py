"""A toolkit in a language that nobody speaks: its own words are made up, and the program's stand in ⟦marks⟧.

What a page shows outside the marks, and is no word of the toolkit or the theme, is English that no label holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import resources

from groundrules.agreement.document.labels import program_labels
from groundrules.agreement.document.language import known_locale
from groundrules.text.tables import table
from support.sites import SETTINGS, SmallSite

# Esperanto lends its plurals and dates, and no label of the program is in it.
TAG = "eo"
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")
# A name of a file or an address, a fingerprint, and the days of the language.
_NO_WORDS = re.compile(r"\b[\w-]+\.(?:md|docx|odt|pdf|ics|txt|html)\b|https?://\S+|gr2:\S+|\bmd\b")
# All words of the toolkit, and those that a test types.
_OWN = re.compile(r"z\w*|palo?|gruz", re.IGNORECASE)

CLAUSE = """\
---
title: Zorba
group: Gruz
sources:
  - zou
elements:
  - Zelo
owner: Zuno
reviewed: 2026-11-21
blanks:
  zimo:
    ask: "Zimo pal?"
    example: "zun pal"
  zarto:
    ask: "Zarto pal?"
    type: date
    calendar: "Zarto"
  zelo:
    ask: "Zelo pal?"
    type: choice
    choices:
      - zana
      - zena
  zilo:
    ask: "Zilo pal?"
    type: list
  zalo:
    ask: "Zalo pal?"
    type: rows
    columns:
      zun:
        ask: "Zun pal?"
      zar:
        ask: "Zar pal?"
        type: date
  zulo:
    ask: "Zulo pal?"
    type: rhythm
    calendar: "Zulo"
---
Zum palo zirt.

## Why agree this

Zum palo.

## Ask each other

- Zum pal?

## Wording

### Zana {#zana}

Zum [[zimo]] palo [[zarto]] zirt [[zelo]], [[zulo]].

[[zilo]]

[[zalo]]

### Zena {#zena}

Zum palo [[zimo]] zirt.

## Watch out for

- Zum palo.
"""
SECOND = """\
---
title: Palo
group: Gruz
sources:
  - zou
elements:
  - Zelo
owner: Zuno
reviewed: 2026-11-21
---
Palo zirt.

## Why agree this

Zum palo.

## Ask each other

- Zum pal?

## Wording

### Zum {#zum}

Zum palo zirt.

## Watch out for

- Zum palo.
"""
TEMPLATE = """\
---
title: Zirtapal
summary: Zum palo.
for: Zum.
time: Palo.
binding: Zum.
signs: Zirt.
not: Palo.
language: eo
owner: Zuno
reviewed: 2026-11-21
clauses:
  - id: zorba
    wording: zana
  - id: palo
    wording: zum
    optional: yes
needs:
  - answer: zimo
    message: Zum zimo pal.
---
Zum [[parties]] palo.
"""
CHECKLIST = """\
---
title: Zirkvo
summary: Zum palo.
owner: Zuno
reviewed: 2026-11-21
---
Zum palo.

## Zum

- Zum pal?
- Zirt pal?
"""
LETTER = """\
---
title: Zetero
summary: Zum palo.
for: Zum.
owner: Zuno
reviewed: 2026-11-21
blanks:
  zimo:
    ask: "Zimo pal?"
---
Zum [[zimo]] palo.
"""
RECORD = """\
---
title: Zapo
summary: Zum palo.
owner: Zuno
reviewed: 2026-11-21
---
Zum [[parties]] palo.

## Zum {#zum}

[[#zorba]]

- Zum pal?
- Zirt pal?
"""
CHOOSER = """\
- id: start
  question: "Zum pal?"
  hint: "Palo."
  answers:
    - answer: "Zirt"
      template: zirtapal
      why: "Zum palo."
    - answer: "Pal"
      next: second
      why: "Zum palo."
- id: second
  question: "Zirt pal?"
  answers:
    - answer: "Zum"
      template: zirtapal
      why: "Zum palo."
"""
PAGES = {"index": "{{ drafts() }}\n", "your-agreement": "{{ keeping() }}\n", "elekti": "{{ chooser() }}\n"}
GUIDANCE = "---\ntitle: Zumo\ndescription: Zum palo.\n---\n\n# Zumo\n\n{words}"
# Without these, mkdocs names parts of the menu after folders.
MENU = ("index", "your-agreement", "elekti", "templates/zirtapal", "checklists/zirkvo", "letters/zetero")
FILES = {
    "agreements/clauses/zorba.md": CLAUSE,
    "agreements/clauses/palo.md": SECOND,
    "agreements/templates/zirtapal.md": TEMPLATE,
    "agreements/checklists/zirkvo.md": CHECKLIST,
    "agreements/letters/zetero.md": LETTER,
    "agreements/records/zapo.md": RECORD,
    "agreements/chooser.yml": CHOOSER,
    "agreements/groups.yml": "- title: Gruz\n  summary: Zum palo.\n",
    "agreements/elements.csv": "element,Z,sources naming it\nZelo,x,1\n",
    "agreements/sources.yml": "zou:\n"
    + "".join(f"  {key}: Zum\n" for key in ("title", "author", "licence", "says"))
    + "  address: https://example.org/zou\n  seen: 2026-11-21\n  key: Z\n",
    "mkdocs.yml": SETTINGS.replace("site_name: Small", "site_name: Zuna").replace(
        "name: material", f"name: material\n  language: {TAG}"
    )
    + "nav:\n"
    + "".join(f"  - Zuna: {name}.md\n" for name in MENU),
} | {f"docs/{name}.md": GUIDANCE.format(words=words) for name, words in PAGES.items()}


def labels() -> str:
    """The file of labels, in which each stands in marks."""
    lines = []
    for key, words in {**table("messages"), **program_labels("en")}.items():
        forms = {"": words} if isinstance(words, str) else words
        said = [f"{name and f'  {name}: '}{json.dumps(f'⟦{one}⟧', ensure_ascii=False)}" for name, one in forms.items()]
        lines.append(f"{json.dumps(key)}:{' ' if isinstance(words, str) else chr(10)}{chr(10).join(said)}")
    return "\n".join(lines) + "\n"


def write(toolkit: SmallSite) -> None:
    """Put the files of this toolkit in the place of those that stand there."""
    for path in sorted((toolkit.root / "agreements").rglob("*")) + sorted((toolkit.root / "docs").rglob("*")):
        if path.is_file():
            path.unlink()
    for name, text in FILES.items():
        toolkit.write(name, text)
    toolkit.write(f"agreements/labels/{TAG}.yml", labels())


def others_words() -> str:
    """What the theme and babel say in this language, and what the theme says in English all the same."""
    theme = (resources.files("material") / f"templates/partials/languages/{TAG}.html").read_text("utf-8")
    known = known_locale(TAG)
    names = (*known.months["format"]["wide"].values(), *known.days["format"]["wide"].values())
    return " ".join((*re.findall(r': "([^"]*)"', theme), *names, "kaj", "Made with Material for MkDocs"))


def english(shown: Iterable[str], allowed: str = "") -> set[str]:
    """The words in ``shown`` outside all marks that are none of the toolkit's, of the theme's, or ``allowed``."""
    known = {word.casefold() for word in _WORD.findall(f"{others_words()} {allowed}")}
    found = {word for text in shown for word in _WORD.findall(unmarked(text)) if not _OWN.fullmatch(word)}
    return {word for word in found if word.casefold() not in known}


def unmarked(text: str) -> str:
    """``text`` without what stands in marks, and without names of files."""
    while (less := _MARKED.sub(" ", text)) != text:
        text = less
    return _NO_WORDS.sub(" ", text)
