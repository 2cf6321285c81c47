"""Speed, side by side in one run: toolkits of generated agreements against stock mkdocs on the same finished text.

``make bench`` runs it at 100 agreements; ``python tests/bench.py 500 2000`` chooses the sizes, which take longer.
Cold builds run several times by turns: the median stands with the least and the most. It is a benchmark, not a test:
compare the ratios, not the seconds.
"""

from __future__ import annotations

import filecmp
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from groundrules.agreement.document.assemble import assemble, draft
from groundrules.agreement.document.nodes import Document, Table
from groundrules.checks import load_and_check
from groundrules.files.source import agreement_source
from groundrules.model.front import ExampleFront, Party
from groundrules.model.pieces import Agreement, Piece, Template, Toolkit, address
from groundrules.text.markup.nodes import ItemList, Note, Paragraph
from groundrules.writers.content import published
from groundrules.writers.html import words
from groundrules.writers.kinds import writers
from support.keystroke import milliseconds

REPOSITORY = Path(os.environ.get("BENCH_FROM", Path(__file__).parent.parent))
LONGEST = "/templates/consortium/draft/"
SIZES = (100,)
RUNS = 3
TEXT = "we meet young people share plan street evening worker manager agree review report school police"
WORDS = TEXT.split()


# --- material ---------------------------------------------------------------------------------


def generated(agreement: Agreement, number: int) -> Agreement:
    """One agreement of about 900 words, its answers made from ``number``."""
    dice = random.Random(number)

    def sentence(least: int, most: int) -> str:
        return " ".join(dice.choices(WORDS, k=dice.randint(least, most)))

    answers: dict[str, object] = {}
    for name, blank in agreement.front.blanks.items():
        if blank.type == "rows":
            answers[name] = [
                {column: cell(one.type, one.choices, dice) for column, one in blank.columns.items()} for _ in range(3)
            ]
        elif blank.type == "list":
            answers[name] = [sentence(2, 5) for _ in range(3)]
        else:
            answers[name] = (
                cell(blank.type, blank.choices, dice) if blank.type in ("date", "choice") else sentence(2, 8)
            )
    front = ExampleFront.model_construct(
        **{name: getattr(agreement.front, name) for name in type(agreement.front).model_fields}
        | {
            "title": f"Agreement {number}: {sentence(2, 4)}",
            "answers": answers,
            "parties": tuple(Party(name=f"{name} {number}", contact="Ann Lee") for name in ("Northgate", "Southgate")),
            "start": date(2026, 9, 7),
            "end": date(2027, 7, 16),
            "summary": sentence(8, 12),
            "basis": "Generated.",
            "sources": (),
            "owner": "Nobody",
            "reviewed": date(2026, 11, 21),
        }
    )
    sections = tuple(replace(one, text=f"{one.text}\n\n> Why: {sentence(8, 14)}.") for one in agreement.sections)
    return replace(agreement, id=f"agreement-{number}", front=front, sections=sections)


def cell(kind: str, choices: tuple[str, ...], dice: random.Random) -> str:
    if kind == "date":
        return f"2027-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}"
    return dice.choice(choices) if choices else " ".join(dice.choices(WORDS, k=3))


def distance_from_900_words(agreement: Agreement) -> int:
    text = [agreement.preamble, *(section.blocks for section in agreement.sections)]
    return abs(900 - sum(len(words(blocks).split()) for blocks in text))


def make_ours(root: Path, count: int) -> None:
    """Our own library and guidance, with ``count`` agreements in the place of the worked examples."""
    for name in ("docs", "agreements"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    toolkit, _ = load_and_check(root)
    start = min(
        (draft(one, toolkit) for one in toolkit.templates.values() if not one.language), key=distance_from_900_words
    )
    for number in range(count):
        source = agreement_source(generated(start, number))
        (root / "agreements/examples" / f"agreement-{number}.md").write_text(source, "utf-8")


def make_stock(root: Path, ours: Path) -> None:
    """The same pages as plain Markdown, for mkdocs with Material and macros as they come: the library's, too."""
    toolkit, _ = load_and_check(ours)
    pages = {f"library{address(piece)}index": stock_text(piece, toolkit) for piece in toolkit.published}
    for template in toolkit.templates.values():
        pages[f"library{address(template)}draft"] = stock_text(template, toolkit)
    # What our macros show stands on other pages too.
    pages |= {page.file.removesuffix(".md"): re.sub(r"{{.*?}}", "", page.body) for page in toolkit.guidance}
    for name, text in pages.items():
        path = root / "docs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: Stock\ntheme: material\nplugins: [search, macros]\n"
        "markdown_extensions: [admonition, attr_list, tables]\n"
    )


def stock_text(piece: Piece, toolkit: Toolkit) -> str:
    if isinstance(piece, Template):
        return as_markdown(assemble(draft(piece, toolkit)))
    if isinstance(piece, Agreement):
        return as_markdown(assemble(piece))
    _, _, body = Path(toolkit.root, piece.origin.file).read_text("utf-8").removeprefix("---").partition("\n---\n")
    return f"# {piece.front.title}\n\n{body}"


def as_markdown(document: Document) -> str:
    parts = [f"# {document.title}", *blocks_as_markdown(document.preamble)]
    for clause in document.clauses:
        parts += [f"## {clause.number}. {clause.title}", *blocks_as_markdown(clause.blocks)]
    return "\n\n".join(parts) + "\n"


def blocks_as_markdown(blocks: tuple[object, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            rows = [block.columns, tuple("---" for _ in block.columns), *block.rows]
            yield "\n".join("| " + " | ".join(row) + " |" for row in rows)
        elif isinstance(block, ItemList):
            yield "\n".join(
                f"{'1.' if block.ordered else '-'} {words([Paragraph(item.children, 0)])}" for item in block.items
            )
        elif isinstance(block, Note):
            yield f"> {block.label}: {words([block])}"
        elif isinstance(block, Paragraph):
            yield words([block])


# --- measuring --------------------------------------------------------------------------------

RUN = """
import os, sys, time
if "one core" in sys.argv:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from mkdocs.commands.build import build
from mkdocs.config import load_config
start = time.perf_counter()
config = load_config("mkdocs.yml", site_dir=sys.argv[1], strict=False)
config.plugins.on_startup(command="build", dirty=False)
build(config)
seconds = time.perf_counter() - start
# The peak of this program alone: that of getrusage starts at the peak of whoever started it.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print("RESULT", seconds, int(status["VmHWM"].split()[0]) / 1024)
"""

REBUILD = """
import json, pathlib, sys, time
from mkdocs.commands.build import build
from mkdocs.config import load_config
site, edited, old, new = sys.argv[1:5]
def once(dirty):
    start = time.perf_counter()
    config = load_config("mkdocs.yml", site_dir=site)
    if not dirty:
        config.plugins.on_startup(command="serve", dirty=True)
    build(config, dirty=dirty, serve_url="http://127.0.0.1:8000/")
    return time.perf_counter() - start
once(False)
times = []
path = pathlib.Path(edited)
for turn in range(5):
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new) if turn % 2 == 0 else text.replace(new, old), "utf-8")
    times.append(once(True))
print("RESULT", sorted(times)[2], 0)
"""


def run(code: str, folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of ``code``, run in ``folder`` by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    result = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    if not result:
        sys.exit(f"The build failed in {folder}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    _, seconds, megabytes = result[0].split()
    return float(seconds), float(megabytes)


HOSTS = ("zensical", "properdocs")


def other_hosts(folder: Path) -> list[Path]:
    """The programs of hosts that could take the place of mkdocs, in an environment of their own, if they install."""
    commands = [[sys.executable, "-m", "venv", str(folder)]]
    commands += [[str(folder / "bin/pip"), "install", "--quiet", *HOSTS, "mkdocs-material", "mkdocs-macros-plugin"]]
    for command in commands:
        if subprocess.run(command, capture_output=True, check=False).returncode:
            print(f"Not compared, since they do not install here: {', '.join(HOSTS)}", flush=True)
            return []
    listed = subprocess.run([folder / "bin/pip", "list"], capture_output=True, text=True, check=True).stdout
    print(", ".join(" ".join(line.split()) for line in listed.splitlines() if line.startswith(HOSTS)), flush=True)
    return [folder / "bin" / name for name in HOSTS]


def whole_command(command: list[str | Path], folder: Path) -> tuple[float, float]:
    """Seconds of a build in ``folder`` by another program, from its start to its end; it does all of it anew."""
    for made in ("site", ".cache"):
        shutil.rmtree(folder / made, ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "build"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command} failed in {folder}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return seconds, pages_of(folder / "site")


def compared(hosts: list[Path], ours: Path, stock: Path) -> dict[str, float]:
    """Whole commands on the same pages, by turns: this program, mkdocs with stock pages, and other hosts with these."""
    programs: dict[str, tuple[list[str | Path], Path]] = {
        "this": ([sys.executable, "-m", "mkdocs"], ours),
        "mkdocs": ([sys.executable, "-m", "mkdocs"], stock),
    }
    programs |= {one.name: ([one], stock) for one in hosts}
    runs = [{name: whole_command(*given) for name, given in programs.items()} for _ in range(RUNS)]
    found: dict[str, float] = {}
    for name in programs:
        found[f"whole command, {name}"] = median([one[name] for one in runs])
        found[f"pages, {name}"] = runs[0][name][1]
    return found


COMMANDS = ("check", "status", "--help")


def commands(toolkit: Path) -> dict[str, float]:
    """Seconds that commands take in ``toolkit`` as whole processes, the median of several runs."""
    program = Path(sys.executable).with_name("groundrules")
    taken: dict[str, float] = {}
    for name in COMMANDS:
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run([program, name], cwd=toolkit, capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        taken[f"groundrules {name}"] = statistics.median(times)
    return taken


def pages_of(site: Path) -> int:
    return sum(1 for _ in site.rglob("index.html"))


def differences(one: Path, other: Path) -> list[str]:
    """Files that two sites do not have in common to the byte; times of building do not count."""
    names = {str(path.relative_to(site)) for site in (one, other) for path in site.rglob("*") if path.is_file()}
    return sorted(
        name
        for name in names
        if not name.startswith("sitemap")
        and not (
            (one / name).is_file() and (other / name).is_file() and filecmp.cmp(one / name, other / name, shallow=False)
        )
    )


def documents_a_second(root: Path, most: int = 100) -> dict[str, float]:
    """How many documents one thread writes in a second, by kind; each is written once, so nothing is remembered."""
    toolkit, _ = load_and_check(root)
    names = [name for name in toolkit.examples if name.startswith("agreement-")][:most]
    contents = [published(toolkit.examples[name], toolkit) for name in names]
    rates = {}
    for kind, writer in writers().items():
        start = time.thread_time()
        for content in contents:
            writer.write(content)
        rates[f"{kind} a second"] = len(contents) / (time.thread_time() - start)
    return rates


def median(runs: list[tuple[float, float]]) -> float:
    return statistics.median(seconds for seconds, _ in runs)


def spread(runs: list[tuple[float, float]]) -> str:
    return f"{min(runs)[0]:.2f} to {max(runs)[0]:.2f}"


def measure(count: int, folder: Path, hosts: list[Path]) -> dict[str, float | int | str | list[str]]:
    ours, stock = folder / f"ours-{count}", folder / f"stock-{count}"
    make_ours(ours, count)
    make_stock(stock, ours)
    bare = ours / "mkdocs.yml"
    text = bare.read_text("utf-8")
    bare.write_text(text.replace("  - groundrules\n", "  - groundrules:\n      downloads: false\n"))
    stocks, colds = [], []
    for _ in range(RUNS):
        stocks.append(run(RUN, stock, str(folder / "stock-site")))
        # The first build of a toolkit, not the next.
        shutil.rmtree(ours / ".cache", ignore_errors=True)
        colds.append(run(RUN, ours, str(folder / "our-site")))
    seconds, stock_seconds = median(colds), median(stocks)
    others = compared(hosts, ours, stock)
    shutil.rmtree(ours / ".cache", ignore_errors=True)
    alone, _ = run(RUN, ours, str(folder / "our-site"), "one core")
    edited = ours / "agreements/examples/agreement-7.md"
    rebuild, _ = run(REBUILD, ours, str(folder / "served"), str(edited), "> Why: ", "> Why: Changed. ")
    run(RUN, ours, str(folder / "clean"))
    stale = differences(folder / "served", folder / "clean")
    bare.write_text(text)
    alone_with_downloads, _ = run(RUN, ours, str(folder / "downloads-site"), "one core")
    shutil.rmtree(ours / ".cache", ignore_errors=True)
    with_downloads, _ = run(RUN, ours, str(folder / "downloads-site"))
    again, _ = run(RUN, ours, str(folder / "downloads-site"))
    return {
        "agreements": count,
        "pages": pages_of(folder / "our-site"),
        "stock pages": pages_of(folder / "stock-site"),
        "cold": seconds,
        "stock": stock_seconds,
        "cold, least and most": spread(colds),
        "stock, least and most": spread(stocks),
        "ratio": seconds / stock_seconds,
        "one core": alone,
        "rebuild": rebuild,
        "ms a page": 1000 * seconds / count,
        "memory": max(megabytes for _, megabytes in colds),
        "stock memory": max(megabytes for _, megabytes in stocks),
        "with downloads": with_downloads,
        "with downloads, ratio": with_downloads / stock_seconds,
        "with downloads, one core": alone_with_downloads,
        "with downloads, unchanged": again,
        "stale after rebuild": stale,
        "keystroke, ms": milliseconds(folder / "our-site", LONGEST),
        "keystroke, processor 4 times slower, ms": milliseconds(folder / "our-site", LONGEST, 4),
        **others,
        **commands(ours),
        **documents_a_second(ours),
    }


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    start = time.perf_counter()
    names = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin")
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}"
    )
    print(", ".join(f"{name} {version(name)}" for name in names), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        hosts = other_hosts(Path(folder, "hosts"))
        for size in sizes:
            found = measure(size, Path(folder), hosts)
            print(
                json.dumps(
                    {key: round(value, 2) if isinstance(value, float) else value for key, value in found.items()}
                ),
                flush=True,
            )
    print(
        f"Measured in {time.perf_counter() - start:.0f} s. Goals at 500: ratio 0.25, rebuild 0.2 s, with downloads "
        "0.8, check 1.5 s, status 1 s, --help 0.15 s; keystroke 16 ms. At 2000: rebuild 0.3 s, memory 250."
    )


if __name__ == "__main__":
    main()
