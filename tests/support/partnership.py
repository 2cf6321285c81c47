"""A partnership's agreement in the small toolkit: written, kept as a version, signed and agreed, file by file."""

from __future__ import annotations

from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.signing.fingerprint import NAME, OLD, fingerprint
from groundrules.agreement.signing.version import finished
from groundrules.checks import load_and_check
from groundrules.files.source import agreement_source
from support.small import SmallToolkit

FOLDER = "agreements/partnerships/bridge"

AGREEMENT = """\
---
title: Bridge evenings
template: team
parties:
  - name: Northgate
    contact: Ann Lee
    phone: 01632 960144
  - name: Southgate
    contact: Bo Ray
blanks:
  order of names:
    ask: "In what order?"
    example: "alphabetical"
answers:
  order of names: alphabetical
publish: yes
---
This is what [[parties]] agreed.

## Publicity {#publicity wording=every-partner}

We name every partner, in [[order of names]] order.
"""

# A form of records: as short as one may be. Tests add what they need.
REVIEW_FORM = """\
---
title: Review
summary: What a review asks.
owner: The editors
reviewed: 2026-11-21
---
A review by [[parties]].

## Names

- How was it?
"""


def write(small: SmallToolkit, text: str = AGREEMENT) -> None:
    small.write(f"{FOLDER}/agreement.md", text)


def replace(small: SmallToolkit, old: str, new: str) -> None:
    small.replace(f"{FOLDER}/agreement.md", old, new)


def keep(small: SmallToolkit, number: int, form: str = NAME, partnership: str = "bridge") -> str:
    """Keep today's text as version ``number``, and return its fingerprint, which is of this form."""
    agreement = load_and_check(small.root)[0].partnerships[partnership]
    document = assemble(agreement, one_stop=form != OLD)
    text = agreement_source(finished(document, agreement.front, number, form))
    small.write(f"agreements/partnerships/{partnership}/versions/{number}.md", text)
    return fingerprint(document, form)


def signature(party: str, name: str, day: str, version: int, words: str) -> str:
    return (
        f"  - party: {party}\n    name: {name}\n    role: Coordinator\n    date: {day}\n"
        f'    version: {version}\n    fingerprint: "{words}"\n'
    )


def agree(small: SmallToolkit, text: str = AGREEMENT, form: str = NAME) -> str:
    """Write ``text``, and have both parties sign and agree it as version 1; returns its fingerprint."""
    write(small, text)
    words = keep(small, 1, form)
    signed = "signatures:\n" + signature("Northgate", "Ann Lee", "2026-09-01", 1, words)
    signed += signature("Southgate", "Bo Ray", "2026-09-02", 1, words)
    rounds = "rounds:\n  - version: 1\n    opened: 2026-09-01\n    agreed: 2026-09-02\n"
    replace(small, "publish: yes\n", f"publish: yes\nstatus: agreed\n{signed}{rounds}")
    return words
