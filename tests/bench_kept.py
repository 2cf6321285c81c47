"""How time and memory grow with what a partnership keeps: versions of 100 KB each, and records.

``make bench-kept`` runs it; ``python tests/bench_kept.py records`` measures those alone. Beside the seconds of each
step stand how they grew for about three times as much, and the most memory of the program so far: 3 is linear,
9 quadratic.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from groundrules.agreement.changes.diff import compare
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.links import Links
from groundrules.agreement.signing.fingerprint import fingerprint
from groundrules.agreement.signing.signing_state import signing_state
from groundrules.agreement.signing.version import finished
from groundrules.checks import run
from groundrules.commands.status_text import entries
from groundrules.files.load.folders import load
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.site.changes import changes_page
from groundrules.site.library import Library
from groundrules.site.pages import page_of
from groundrules.site.summary import agreements_json
from groundrules.writers.content import published
from groundrules.writers.kinds import writers
from support.partnership import AGREEMENT, FOLDER, REVIEW_FORM, signature
from support.small import SmallToolkit

SIZES = {"versions": (33, 100, 300), "records": (333, 1000, 3000)}
# What grows more than this for three times as much is marked, unless it is done in an instant.
STEEPEST = 5
INSTANT = 0.2
WORDS = ["we", "meet", "young", "people", "share", "plan", "street", "evening", "worker", "agree", "review", "report"]
RECORD = """\
---
title: "Review {number}"
template: review
date: {day}
parties:
  - name: Northgate
  - name: Southgate
blanks:
  how was it:
    ask: "How was it?"
    type: long text
answers:
  how was it: "{words}"
---
A review by [[parties]].

## Names {{#names}}

**How was it?**

[[how was it]]
"""


def sentence(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=60)).capitalize() + "."


def text(version: int, paragraphs: int = 270) -> str:
    """The agreement, in which each version changed one more of its paragraphs."""
    made = [sentence(at) for at in range(paragraphs)]
    for turn in range(version):
        made[turn * 7 % paragraphs] = sentence(1000 + turn)
    wording = "We name every partner, in [[order of names]] order."
    return AGREEMENT.replace(wording, "\n\n".join([wording, *made]))


def keep_versions(small: SmallToolkit, count: int) -> None:
    signed, rounds = "signatures:\n", "rounds:\n"
    for number in range(1, count + 1):
        agreement, _ = opened(text(number), f"{FOLDER}/agreement.md")
        assert agreement
        document = assemble(agreement)
        small.write(f"{FOLDER}/versions/{number}.md", agreement_source(finished(document, agreement.front, number)))
        month, why = f"{2000 + number // 12}-{number % 12 + 1:02}", '    because: "It did not work."\n' * (number > 1)
        rounds += f"  - version: {number}\n    opened: {month}-01\n    agreed: {month}-03\n{why}"
        for party in ("Northgate", "Southgate"):
            signed += signature(party, f"{party} Lee", f"{month}-02", number, fingerprint(document))
    small.write(
        f"{FOLDER}/agreement.md",
        text(count).replace("publish: yes\n", f"publish: yes\nstatus: agreed\n{signed}{rounds}"),
    )


def keep_records(small: SmallToolkit, count: int) -> None:
    small.write(f"{FOLDER}/agreement.md", AGREEMENT)
    small.write("agreements/records/review.md", REVIEW_FORM)
    for number in range(count):
        day = f"{2010 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        record = RECORD.format(number=number, day=day, words=sentence(number))
        small.write(f"{FOLDER}/records/{day}-review.md", record)


def steps(small: SmallToolkit) -> dict[str, tuple[float, int]]:
    """The seconds and megabytes of each thing that is done with a partnership's folder."""
    found: dict[str, tuple[float, int]] = {}

    def step(name: str, call: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = call()
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        found[name] = time.process_time() - start, int(status["VmHWM"].split()[0]) // 1024
        return result

    loaded = step("load", lambda: load(small.root))
    toolkit = loaded.toolkit
    wrong = [*loaded.problems, *step("check", lambda: run(toolkit))]
    assert not wrong, wrong[0]
    agreement = toolkit.partnerships["bridge"]
    step("status", lambda: entries(loaded, small.root, small.root / "agreements/partnerships"))
    library = Library(toolkit, Links("/partnerships/bridge/"))
    stands = step("verify", lambda: signing_state(agreement, library.history(agreement), toolkit.title))
    if stands.kept:
        first, *_, last = (one.document for one in stands.kept.values())
        step("diff", lambda: compare(first, last))
        step("page of changes", lambda: changes_page(library, agreement))
    step("page", lambda: page_of(library, agreement))
    step("agreements.json", lambda: agreements_json(library))
    content = step("content", lambda: published(agreement, toolkit))
    for kind, writer in writers().items():
        step(kind, lambda writer=writer: writer.write(content))  # type: ignore[misc]
    return found


def main() -> None:
    marked = 0
    for kind, sizes in SIZES.items():
        if sys.argv[1:] and kind not in sys.argv[1:]:
            continue
        before: dict[str, tuple[float, int]] = {}
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                small = SmallToolkit(Path(folder))
                (keep_versions if kind == "versions" else keep_records)(small, size)
                found = steps(small)
            print(f"{size} {kind}")
            for name, (seconds, megabytes) in found.items():
                growth = seconds / max(before[name][0], 0.001) if name in before else 0
                steep = growth > STEEPEST and seconds > INSTANT
                marked += steep
                grew = f"  x{growth:.1f}" if growth else ""
                print(
                    f"  {name:16} {seconds:6.2f} s {megabytes:5} MB{grew}{'  GROWS TOO FAST' if steep else ''}",
                    flush=True,
                )
            before = found
    sys.exit(marked > 0)


if __name__ == "__main__":
    main()
