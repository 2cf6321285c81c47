"""How the time grows with each hostile shape, in both engines: read, check, draw, sign, compare.

``make bench-hostile`` runs it; ``python tests/bench_hostile.py headings`` the shapes with that word in their name.
For each shape and size stand the slowest step, its seconds, and how it grew with the size: 1 is linear, 2 quadratic.
A shape that is refused says so; where a larger one is, the largest that is taken is measured as well. What takes longer
than the goal, or grows too fast, is marked and makes the program exit with 1. Last comes a step that is quadratic on
purpose: if nothing marks it, the benchmark itself is broken.
"""

from __future__ import annotations

import math
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from groundrules.agreement.changes.diff import compare
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.links import Links
from groundrules.agreement.document.nodes import Document
from groundrules.agreement.signing.fingerprint import fingerprint
from groundrules.agreement.signing.version import finished
from groundrules.checks import checked, load_and_check
from groundrules.files.load.readers import read_version
from groundrules.files.load.text import opened
from groundrules.files.source import agreement_source
from groundrules.model.pieces import Toolkit
from groundrules.site.browser_data import language_data
from groundrules.text.problems import errors
from groundrules.writers.content import own
from groundrules.writers.html import Writer
from groundrules.writers.kinds import writers
from support.engine import Engine
from support.hostile import SHAPES, Shape
from support.small import SmallToolkit

SIZES = (1_000, 10_000, 100_000)
GOAL = 2.0
# What grows by more than this power of the size is marked, unless it is done in an instant.
STEEPEST = 1.4
INSTANT = 0.2
# A step that takes longer is stopped, and the shape is not made larger.
LIMIT = 60
SCRIPTS = ("engine.js", "reader.js", "fingerprint.js", "compare.js", "exports.js")
WHERE = "agreements/partnerships/bridge/agreement.md"


class TooLong(Exception):
    pass


def stop(*_: object) -> None:
    raise TooLong


class Steps:
    """The seconds of each step, by its name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, name: str, call: Callable[[], Any]) -> Any:
        start = time.process_time()
        signal.alarm(LIMIT)
        try:
            return call()
        finally:
            signal.alarm(0)
            self.seconds[name] = time.process_time() - start


def html(document: Document) -> str:
    writer = Writer(Links("/partnerships/bridge/"))
    return writer.blocks([*document.preamble, *(block for clause in document.clauses for block in clause.blocks)])


def in_python(text: str, toolkit: Toolkit, step: Steps) -> str:
    """Go through what people do with a file; returns why it is refused, if it is."""
    agreement, found = step("read", lambda: opened(text, WHERE))
    if agreement:
        found += step("check", lambda: checked(agreement, toolkit))
    if agreement is None or errors(found):
        return errors(found)[0].name
    document = step("assemble", lambda: assemble(agreement))
    step("html", lambda: html(document))
    step("fingerprint", lambda: fingerprint(document))
    step(
        "compare",
        lambda: compare(
            document, assemble(opened(text.replace("a", "b").replace("We", "They"), WHERE)[0] or agreement)
        ),
    )
    kept = step("keep", lambda: agreement_source(finished(document, agreement.front, 1)))
    step("read back", lambda: opened(kept, WHERE, read_version))
    content = step("content", lambda: own(agreement, toolkit))
    for kind, writer in writers().items():
        step(kind, lambda writer=writer: writer.file(content))  # type: ignore[misc]
    return ""


IN_BROWSER = {
    "browser reads": "(text) => { globalThis.read = GroundRules.read(text); const a = read.agreement;"
    "return [read.problems.length, !!a] }",
    "browser draws": "() => { globalThis.drawn = GroundRules.assemble(read.agreement, { titles: {}, ...words });"
    "return GroundRules.html(drawn).length }",
    "browser fingerprints": "() => GroundRules.fingerprint(drawn)",
    "browser writes": "() => !!GroundRules.wordParts(drawn, { titles: {}, ...words })",
}


def in_browser(text: str, engine: Engine, step: Steps) -> None:
    found = [0, True]
    for name, script in IN_BROWSER.items():
        if name == "browser reads":
            found = step(name, lambda script=script: engine.run(script, text))
        elif found[1] and not found[0]:
            step(name, lambda script=script: engine.run(script))


def measured(text: str, toolkit: Toolkit, engine: Engine) -> tuple[Steps, str]:
    step = Steps()
    try:
        refused = in_python(text, toolkit, step)
        in_browser(text, engine, step)
    except TooLong:
        refused = "STOPPED"
    return step, refused


def largest_taken(shape: Shape, taken: int, refused: int, toolkit: Toolkit) -> int:
    """About the largest size of ``shape`` that is no error, between one that is taken and one that is refused."""
    while refused > taken * 1.05:
        middle = round(math.sqrt(taken * refused))
        agreement, found = opened(shape(middle), WHERE)
        if agreement and not errors([*found, *checked(agreement, toolkit)]):
            taken = middle
        else:
            refused = middle
    return taken


class Row:
    """What is known of one shape: the steps at the size before, and what was said of each size."""

    def __init__(self) -> None:
        self.size = 0
        self.before: dict[str, float] = {}
        self.said: list[str] = []
        self.marked = 0

    def add(self, size: int, step: Steps, refused: str, shown: str = "") -> None:
        worst, seconds = max(step.seconds.items(), key=lambda one: one[1])
        steepest, power = max(((name, self.power(size, name, step)) for name in step.seconds), key=lambda one: one[1])
        marks = [" TOO SLOW"] if seconds > GOAL else []
        if power > STEEPEST:
            marks.append(f" {steepest} GROWS TOO FAST")
        self.marked += len(marks)
        growth = f" ^{power:.1f}" if power else ""
        self.said.append(f"{shown}{seconds:6.2f} {worst}{growth}{f' ({refused})' if refused else ''}{''.join(marks)}")
        self.size, self.before = size, step.seconds

    def power(self, size: int, name: str, step: Steps) -> float:
        """By which power of the size a step grew; 0 where that cannot be told."""
        now, before = step.seconds[name], self.before.get(name, 0)
        if now < INSTANT or before < 0.001 or size < self.size * 1.5:
            return 0
        return math.log(now / before) / math.log(size / self.size)


def of_shape(shape: Shape, toolkit: Toolkit, engine: Engine) -> Row:
    row = Row()
    taken = 0
    for size in SIZES:
        step, refused = measured(shape(size), toolkit, engine)
        if refused == "too-large" and taken:
            most = largest_taken(shape, taken, size, toolkit)
            row.add(most, *measured(shape(most), toolkit, engine), f"at most {most:,}: ")
            taken = 0
        row.add(size, step, refused)
        if refused == "STOPPED":
            break
        taken = 0 if refused else size
    return row


def planted() -> Row:
    """A step that is quadratic on purpose."""
    row = Row()
    for size in SIZES:
        step = Steps()
        step("planted", lambda text="a" * size: sum(text[at:].count("b") for at in range(len(text))))  # type: ignore[misc]
        row.add(size, step, "")
    return row


def main() -> None:
    signal.signal(signal.SIGALRM, stop)
    wanted = sys.argv[1:]
    chosen = {name: one for name, one in SHAPES.items() if not wanted or any(word in name for word in wanted)}
    engine = Engine(*SCRIPTS)
    engine.run(
        '(words) => { globalThis.words = { ...words, site: { root: "./", here: "", indexes: [] } }; return 1; }',
        language_data("en-GB"),
    )
    marked = 0
    with tempfile.TemporaryDirectory() as folder:
        toolkit, _ = load_and_check(SmallToolkit(Path(folder)).root)
        measured(SHAPES["letters, in a line"](10), toolkit, engine)
        for name, shape in chosen.items():
            row = of_shape(shape, toolkit, engine)
            marked += row.marked > 0
            print(f"{name:34} {' | '.join(row.said)}", flush=True)
    check = planted()
    print(f"{'quadratic on purpose':34} {' | '.join(check.said)}")
    print(f"{len(chosen)} shapes; {marked} took longer than {GOAL} s or grew too fast.")
    sys.exit("The step that is quadratic on purpose was not marked." if not check.marked else marked > 0)


if __name__ == "__main__":
    main()
