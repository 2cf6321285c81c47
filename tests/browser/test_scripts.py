"""The house of the scripts: what mirrors what, who may import whom, and how they are joined."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from groundrules.agreement.document.labels import Labels
from groundrules.agreement.document.links import Links
from groundrules.site.assets import (
    SCRIPTS,
    BrokenScript,
    Script,
    _read,
    _small,
    assets,
    holdings,
    joined,
    module_of,
    part,
)
from groundrules.site.browser_data import template_data
from groundrules.site.library import Library
from groundrules.site.script_words import NoSuchWords, worded
from support import REPOSITORY, our_toolkit

PACKAGE = REPOSITORY / "macros/groundrules"
BROWSER = PACKAGE / "browser"
FILES = sorted(path.relative_to(BROWSER).as_posix() for path in BROWSER.rglob("*.js"))
PYTHON = {path.stem for path in PACKAGE.rglob("*.py")} | {path.parent.name for path in PACKAGE.rglob("__init__.py")}
# What Python has and JavaScript has not.
ONLY_HERE = {
    "strings": "str",
    "places": "str.format",
    "maps": "dict, with any name for a key",
    "shaper": "pydantic",
    "sha256": "hashlib",
    "zip": "zipfile",
    "refusals": "the messages of the parser, whose words drafting does not load at its start",
    "refusal_words": "the words of these messages",
    "remarks": "the warnings of checks about an agreement's own text",
    "misfits": "the part of answers, and of the types of blank, that drafting does not load",
    "occurrences": "the part of the types of blank that only a calendar needs",
    "weekdays": "datetime",
    "rhythms": "the part of the type rhythm that only a calendar needs",
    "printed_word": "the part of printed that only a Word file needs, so that drafting does not load it",
}
# What a file may import, by the folder in which it stands.
MAY_IMPORT = {
    "core": {"core", "shared"},
    "ui": {"core", "ui"},
    "pages/drafting": {"core", "ui", "pages/drafting", "shared"},
    "pages/everywhere": {"ui"},
    "pages/reading": {"core", "ui", "shared"},
    "pages/searching": {"ui", "pages/searching"},
    "pages/keeping": {"core", "ui", "pages/keeping"},
    "pages": set(),
}


def room(path: str) -> str:
    folder = path.rpartition("/")[0]
    return "core" if folder.startswith("core") else folder


@pytest.mark.parametrize("path", [path for path in FILES if room(path) == "core"])
def test_what_works_without_a_page_mirrors_a_python_module(path: str):
    name = Path(path).stem
    assert name in PYTHON or name in ONLY_HERE


@pytest.mark.parametrize("path", FILES)
def test_imports_run_one_way(path: str):
    for other in module_of(path, _read(path)).imports:
        assert room(other) in MAY_IMPORT[room(path)], other


@pytest.mark.parametrize("path", FILES)
def test_no_line_is_too_long(path: str):
    lines = (BROWSER / path).read_text("utf-8").split("\n")
    assert not [number for number, line in enumerate(lines, 1) if len(line) > 120]


# What looks like words, and is said to nobody, or is the same in every language.
NOT_SAID = {
    "bring clear docx down ics leave more new open own share sign take unadd up": "what buttons do",
    "every 4 weeks on Tuesday at 14:00 from 1 December 2026": "the only words that a calendar reads",
    "Tell people": "the label of a note, as files hold it",
    "damaged checklist:": "where a browser keeps something",
    "Not all scripts came.": "an error that is caught",
    "The list of files did not come.": "an error that is caught",
}
_TEXT = re.compile(r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\\n]|\\.)*)`""")
_WORDS = re.compile(r"\b[A-Z][a-z]+ [a-z]|\b[a-z]+ [a-z]+ [a-z]+\b|[a-z]{2,} [a-z]{2,}[.:?!]$")


def own_words(source: str) -> set[str]:
    """The texts in a script that look like words for readers, but for the keys of phrases."""
    code = re.sub(r"^\s*(?://|/\*|import\b).*|\bphrase(?:Parts)?\(\"[^\"]*\"", "", source, flags=re.MULTILINE)
    texts = (re.sub(r"\$\{.*?\}|<[^>]*>", "", "".join(found)) for found in _TEXT.findall(code))
    return {one for one in texts if _WORDS.search(one)} - {*NOT_SAID}


@pytest.mark.parametrize("path", FILES)
def test_no_script_has_words_of_its_own(path: str):
    assert own_words((BROWSER / path).read_text("utf-8")) == set()


@pytest.mark.parametrize("path", FILES)
def test_no_label_stands_in_html_as_it_is(path: str):
    assert not re.findall(r">[^<`\n]*\$\{(?:phrase\(|[\w.]*labels\b)", (BROWSER / path).read_text("utf-8"))


def test_words_in_a_script_are_found():
    assert own_words('say("Nothing was kept");\nsay(phrase("Kept at noon"));\n// "No word"\n') == {"Nothing was kept"}


def test_every_file_is_shipped_once_to_a_page():
    held = {name: [module.path for module in modules] for name, modules in holdings(SCRIPTS, _read).items()}
    files = {path.partition("#")[0] for paths in held.values() for path in paths}
    assert {path for path in files if room(path) != "shared"} == set(FILES)
    for name, script in SCRIPTS.items():
        loaded = [path for one in (*script.after.split(), name) for path in held[one]]
        assert len(loaded) == len(set(loaded)), name


def loaded_by(layout: str) -> list[str]:
    """The scripts that a page loads at its start, in order, apart from those of every page."""
    text = (PACKAGE / f"site/layouts/{layout}.html").read_text("utf-8")
    return re.findall(r'<script src="{{ asset\("(.*?)"\)', text)


def test_what_drafting_loads_at_its_start_is_small():
    sizes = {name: len(gzip.compress(assets()[name].encode(), 9)) for name in loaded_by("draft")}
    assert list(sizes) == ["engine.js", "draft.js"]
    assert sum(sizes.values()) <= 26_000, sizes


def test_a_page_for_drafting_holds_no_data_that_no_script_reads():
    toolkit = our_toolkit()
    data = template_data(toolkit.templates["principles"], Library(toolkit, Links()))
    clauses = data["clauses"]
    keys = {*data, *(key for one in clauses for key in one), *(key for one in clauses for key in one["wordings"][0])}
    scripts = "".join(map(_read, FILES))
    assert {key for key in keys if not re.search(rf"\.{key}\b|[{{ ]{key}[,: ][^=]*=", scripts)} == set()


@pytest.mark.parametrize("layout", ["draft", "keeping"])
def test_pages_load_scripts_in_order(layout: str):
    *earlier, last = loaded_by(layout)
    assert SCRIPTS[last].after.split() == earlier


# --- joining ---------------------------------------------------------------------------------------

A = 'import { b } from "./b.js";\n\nexport const a = () => b;\n'
B = "export const b = 1;\n"


def test_modules_are_joined_behind_what_they_import():
    assert joined({"one.js": Script("a", offers="a")}, {"a.js": A, "b.js": B}.__getitem__) == {
        "one.js": '(() => {\n"use strict";\nconst b = 1;\n\nconst a = () => b;\n'
        "Object.assign((globalThis.GroundRules ||= {}), { a });\n})();\n"
    }


@pytest.mark.parametrize(
    ("script", "english", "welsh"),
    [
        ('say(phrase("closed"));', 'say("Closed \\"…\\"");', 'say("Ar gau");'),
        ('phrase("kept", { time: at(one, [2]) })', "`Kept at ${at(one, [2])}.`", "`${at(one, [2])}: cadw`"),
        ('phrase("kept", { time })', "`Kept at ${time}.`", "`${time}: cadw`"),
        ('phrase("kept", { time: `${a}:${b}` })', "`Kept at ${`${a}:${b}`}.`", "`${`${a}:${b}`}: cadw`"),
        ('phrase("kept", { time: phrase("closed") })', '`Kept at ${"Closed \\"…\\""}.`', '`${"Ar gau"}: cadw`'),
        ('phraseParts("kept", { time: make("b") })', '["Kept at ", make("b"), "."]', '[make("b"), ": cadw"]'),
        (
            'phrase("open", { count: all.length })',
            "(all.length === 1 ? `${all.length} is open` : `${all.length} are open`)",
            "(all.length === 2 ? `${all.length} dau` : `${all.length} arall`)",
        ),
        ("LANGUAGE", '"en-GB"', '"cy-GB"'),
    ],
)
def test_words_stand_in_scripts_in_the_language_of_the_page(script: str, english: str, welsh: str):
    words = {
        "en-GB": {
            "closed": 'Closed "…"',
            "kept": "Kept at {time}.",
            "open": {"one": "{count} is open", "other": "{count} are open"},
        },
        "cy-GB": {"closed": "Ar gau", "kept": "{time}: cadw", "open": {"two": "{count} dau", "other": "{count} arall"}},
    }
    said = {tag: worded(script, Labels(tag, some)) for tag, some in words.items()}
    assert said == {"en-GB": english, "cy-GB": welsh}


def test_what_stands_in_a_label_never_becomes_code():
    said = Labels("en-GB", {"kept": "US${{alert(1)}} `LANGUAGE` \\ {time}"})
    assert worded('phrase("kept", { time: LANGUAGE })', said) == ('`US\\${alert(1)} \\`LANGUAGE\\` \\\\ ${"en-GB"}`')


def test_a_plural_that_no_small_number_has_is_chosen_by_the_browser():
    forms = {"one": "{count} jour", "many": "{count} de jours", "other": "{count} jours"}
    script = worded('phrase("days", { count })', Labels("fr", {"days": forms}))
    assert "many: `${count} de jours`" in script
    assert script.endswith('[new Intl.PluralRules("fr").select(count)]')
    without = worded('phrase("days", { count })', Labels("fr", {"days": {**forms, "many": forms["other"]}}))
    assert without == "(count === 0 || count === 1 ? `${count} jour` : `${count} jours`)"


@pytest.mark.parametrize("script", ['phrase("lost")', 'phrase("kept")', 'phrase("kept", { time: a('])
def test_a_phrase_that_cannot_be_said_is_refused(script: str):
    with pytest.raises(NoSuchWords):
        worded(script, Labels("en-GB", {"kept": "Kept at {time}."}))


def test_a_script_holds_of_a_type_of_blank_what_it_names():
    source = (
        'import { b, c } from "./b.js";\n\nexport const mine = () => b;\n\n'
        "// Not for c.\nexport const aType = { written: mine };\n\nexport const aMisfit = { misfit: c };\n"
    )
    assert part("core/blanks/a.js", source, "aType") == (
        'import { mine } from "./a.js";\nexport const aType = { written: mine };\n\n'
    )
    assert part("core/blanks/a.js", source, "mine") == ('import { b } from "./b.js";\nexport const mine = () => b;\n\n')
    with pytest.raises(KeyError):
        part("core/blanks/a.js", source, "other")
    with pytest.raises(BrokenScript, match=r"core/blanks/a\.js: export mine, since"):
        part("core/blanks/a.js", source.replace("export const mine", "const mine"), "aType")


def test_a_script_takes_what_an_earlier_one_holds():
    made = joined({"one.js": Script("b"), "two.js": Script("a", after="one.js")}, {"a.js": A, "b.js": B}.__getitem__)
    assert "Object.assign((globalThis.GroundRules ||= {}), { b });" in made["one.js"]
    assert made["two.js"] == '(() => {\n"use strict";\nconst { b } = GroundRules;\n\nconst a = () => b;\n})();\n'


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ('import { c } from "./b.js";\n', B, "a.js imports c from b.js, which does not export it."),
        ('import { c } from "./b.js";\n', "const c = 1;\n", "a.js imports c from b.js, which does not export it."),
        ('import { c } from "./c.js";\n', B, "a.js imports c.js, which is not there."),
        (A, 'import { a } from "./a.js";\nexport const b = a;\n', "a.js imports b.js imports a.js: a circle."),
        (A + "const b = 2;\n", B, "b stands twice in one.js: in b.js and in a.js. Give one another name."),
        ('import * as b from "./b.js";\n', B, 'a.js: import * as b from "./b.js";: write'),
        ('import { b as c } from "./b.js";\n', B, "a.js: a name imported as another: write"),
        ("export default 1;\n", B, "a.js: export default 1;: write"),
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(a: str, b: str, said: str):
    files = {"a.js": a, "b.js": b}

    def read(path: str) -> str:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    with pytest.raises(BrokenScript, match=re.escape(said)):
        joined({"one.js": Script("a")}, read)


# --- the linter ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("core/a.js", "export const a = () => b;\n", "no-undef"),
        ("core/a.js", "export const a = () => window.name;\n", "no-undef"),
        ("core/a.js", "const a = 1;\n", "no-unused-vars"),
        ("core/a.js", 'import { a } from "./b.js";\na = 2;\n', "no-import-assign"),
        ("core/a.js", "export const a = (one) => { if (one === NaN) return 1; };\n", "use-isnan"),
        ("core/a.js", "\n" * 401, "max-lines"),
        ("core/a.js", 'import { b } from "./b.js";\nexport const a = () => b;\n', "no-cycle"),
    ],
)
def test_the_linter_finds_a_planted_fault(tmp_path: Path, path: str, text: str, rule: str):
    core = tmp_path / "browser/core"
    core.mkdir(parents=True)
    (core / "b.js").write_text('import { a } from "./a.js";\nexport const b = () => a;\n')
    (tmp_path / "browser" / path).write_text(text)
    linter = Path(sys.executable).parent / "oxlint"
    found = subprocess.run(
        [linter, "-c", REPOSITORY / ".oxlintrc.json", "browser"], cwd=tmp_path, capture_output=True, text=True
    )
    assert found.returncode == 1
    assert f"({rule})" in found.stdout, found.stdout


# The library that makes scripts small may put a name that is taken apart before those that it needs.
MOVED = (
    "const f = (p) => { const a = p.x; const b = a === 1; const { c } = (b && g(a)) || {}; return [a, b, c]; };\nf();\n"
)


def test_no_small_script_uses_a_name_before_it_is_there(tmp_path: Path):
    settings = tmp_path / "settings.json"
    wanted = {"functions": False, "classes": False, "variables": False}
    settings.write_text(
        json.dumps({"categories": {"correctness": "off"}, "rules": {"no-use-before-define": ["error", wanted]}})
    )
    texts = {name: text for name, text in assets().items() if name.endswith(".js")} | {
        "moved.js": _small("a.js", MOVED)
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    linter = Path(sys.executable).parent / "oxlint"
    found = subprocess.run([linter, "-f", "unix", "-c", settings, tmp_path], capture_output=True, text=True).stdout
    assert set(re.findall(r"[a-z-]+\.js(?=:)", found)) == {"moved.js"}, found
