"""How the time grows with each hostile shape, in both engines: read, check, draw, sign, compare.

``make bench`` runs it; ``python tests/bench_hostile.py headings`` runs the shapes with that word in their name.
For each shape and size stand the slowest step, its seconds, and by how much it grew for ten times as much. A shape that
is refused says so. What takes longer than the goal is marked, and makes the program exit with 1.
"""

from __future__ import annotations

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
from support.hostile import SHAPES
from support.small import SmallToolkit

SIZES = (1_000, 10_000, 100_000)
GOAL = 2.0
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


def main() -> None:
    signal.signal(signal.SIGALRM, stop)
    wanted = sys.argv[1:]
    slow = 0
    engine = Engine(*SCRIPTS)
    engine.run(
        '(words) => { globalThis.words = { ...words, site: { root: "./", here: "", indexes: [] } }; return 1; }',
        language_data("en-GB"),
    )
    with tempfile.TemporaryDirectory() as folder:
        small = SmallToolkit(Path(folder))
        toolkit, _ = load_and_check(small.root)
        measured(SHAPES["letters, in a line"](10), toolkit, engine)
        for name, shape in SHAPES.items():
            if wanted and not any(word in name for word in wanted):
                continue
            before: dict[str, float] = {}
            line = []
            for size in SIZES:
                step, refused = measured(shape(size), toolkit, engine)
                worst, seconds = max(step.seconds.items(), key=lambda one: one[1])
                growth = f" x{seconds / before[worst]:.0f}" if before.get(worst, 0) > 0.01 else ""
                over = seconds > GOAL
                slow += over
                line.append(
                    f"{seconds:6.2f} {worst}{growth}{f' ({refused})' if refused else ''}{' TOO SLOW' if over else ''}"
                )
                before = step.seconds
                if refused == "STOPPED":
                    break
            print(f"{name:34} {' | '.join(line)}", flush=True)
    print(f"{len(SHAPES)} shapes; {slow} took longer than {GOAL} s.")
    sys.exit(slow > 0)


if __name__ == "__main__":
    main()
