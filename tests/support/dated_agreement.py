"""The partnership's agreement with days that it promises, and the records that settle them."""

from __future__ import annotations

from support import partnership
from support.small import SmallToolkit

BLANKS = """\
blanks:
  order of names:
    ask: "In what order?"
    example: "alphabetical"
  sign by:
    ask: "By when?"
    type: date
    calendar: "Sign it"
    settled by: signing
  review date:
    ask: "When?"
    type: date
    calendar: "Review it"
    settled by: review
  report date:
    ask: "When?"
    type: date
    calendar: "Write the report"
    settled by: report
  keys back:
    ask: "When?"
    type: date
    calendar: "Give the keys back"
  meetings:
    ask: "How often?"
    type: rhythm
    calendar: "Meet"
  tasks:
    ask: "What?"
    type: rows
    columns:
      task:
        ask: "What?"
      by:
        ask: "When?"
        type: date
        calendar: "Task"
answers:
  order of names: alphabetical
  sign by: "2027-02-01"
  review date: "2027-03-01"
  report date: "2027-04-01"
  keys back: "2027-05-01"
  meetings: "every 2 weeks on Tuesday from 2026-12-01"
  tasks:
    - task: Print
      by: "2027-06-01"
"""
TEXT = """\
We sign by [[sign by]], review on [[review date]], and report by [[report date]].
Keys go back by [[keys back]], and we meet [[meetings]].

[[tasks]]
"""
AGREEMENT = partnership.AGREEMENT.replace(
    partnership.AGREEMENT[partnership.AGREEMENT.index("blanks:") : partnership.AGREEMENT.index("publish:")], BLANKS
).replace("names]] order.\n", f"names]] order.\n{TEXT}")
RECORD = """\
---
title: A record
template: KIND
date: DAY
blanks:
  what happened:
    ask: "What happened?"
    type: long text
---
## What happened {#happened}

[[what happened]]
"""
NEED = "needs:\n", "needs:\n  - answer: review date\n    future: yes\n    message: Set a day.\n"
ANSWER = "blanks:", 'answers:\n  what happened: "It went well."\nblanks:'


def record(small: SmallToolkit, kind: str, day: str, *changes: tuple[str, str]) -> None:
    text = RECORD.replace("KIND", kind).replace("DAY", day)
    for old, new in changes:
        text = text.replace(old, new)
    small.write(f"{partnership.FOLDER}/records/{day}-{kind}.md", text)
