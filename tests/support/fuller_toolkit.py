"""What the tests of new, ask and export share: a toolkit with every type of blank, and ways to run a command."""

from __future__ import annotations

from support.small import CLAUSE, TEMPLATE, SmallToolkit

MEETINGS = """\
---
title: Meetings
group: Working together
sources:
  - ou
owner: The editors
reviewed: 2026-11-21
blanks:
  rhythm of meetings:
    ask: "How often do we meet?"
    type: rhythm
    example: "every 4 weeks on Tuesday from 2026-12-01"
    calendar: "We meet"
  kind of meeting:
    ask: "How do we meet?"
    type: choice
    choices:
      - in person
      - online
  review date:
    ask: "When do we review this?"
    type: date
    example: "2027-03-09"
  why we meet:
    ask: "What are the meetings for?"
    type: long text
  who comes:
    ask: "Who comes?"
    type: list
  tasks:
    ask: "Who does what?"
    type: rows
    columns:
      task:
        ask: "What has to be done?"
        example: "book the room"
      by when:
        ask: "By which day?"
        type: date
      how:
        ask: "In person or online?"
        type: choice
        choices:
          - in person
          - online
  chair:
    ask: "Who chairs?"
    example: "Ann"
---
When we meet.

## Why agree this

Without a date nobody meets. "Soon" is not a date.

## Ask each other

- How often?

## Wording

### Everything {#everything}

We meet [[rhythm of meetings]], [[kind of meeting]].
We review this on [[review date]], and each partner signs; see [[#publicity]].

[[why we meet]]

[[who comes]]

[[tasks]]

### Only a chair {#only-a-chair}

[[Chair]] calls a meeting when one is needed.

## Watch out for

- Meetings without an end.
"""

LEAVING = """\
---
title: Leaving
group: Working together
sources:
  - ou
owner: The editors
reviewed: 2026-11-21
blanks:
  notice:
    ask: "How long before?"
    example: "a month"
---
How a partner leaves.

## Why agree this

People leave.

## Ask each other

- How soon?

## Wording

### With notice {#with-notice}

A partner that leaves says so [[notice]] before.

## Watch out for

- Keys.
"""

EXTRA = LEAVING.replace("Leaving", "Extra").replace("notice", "extra time")


def furnish(small: SmallToolkit) -> SmallToolkit:
    small.write("agreements/clauses/meetings.md", MEETINGS)
    small.write("agreements/clauses/leaving.md", LEAVING)
    small.write("agreements/clauses/extra.md", EXTRA.replace("{#with-extra time}", "{#with-time}"))
    two = CLAUSE.replace(
        "## Watch out for",
        "### One voice {#one-voice}\n\nOne of us speaks, in [[order of names]] order.\n\n## Watch out for",
    )
    small.write("agreements/clauses/publicity.md", two)
    clauses = (
        "  - id: meetings\n    wording: everything\n  - id: leaving\n    wording: with-notice\n    optional: yes\n"
    )
    small.write(
        "agreements/templates/team.md",
        TEMPLATE.replace("needs:\n", clauses + "needs:\n  - contacts: yes\n    message: Name a contact.\n"),
    )
    small.replace("agreements/examples/two-teams.md", "blanks:\n", "left out:\n  - meetings\n  - leaving\nblanks:\n")
    assert small.problems() == [], small.problems()
    return small
