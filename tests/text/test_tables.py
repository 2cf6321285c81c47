"""Messages and tables stand once: what both engines say is in ``shared/``, and each use of it names all it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from groundrules.text.tables import table
from support import REPOSITORY

PACKAGE = REPOSITORY / "macros/groundrules"
MESSAGES = table("messages")


def places(words: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(words) if place}


def calls() -> Iterator[tuple[str, set[str | None]]]:
    """Each message that Python says, with what it is told."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "phrase":
                (key,) = [one.value for one in node.args if isinstance(one, ast.Constant)] or [""]
                if key:
                    yield key, {one.arg for one in node.keywords}


def test_python_says_what_is_there_and_tells_it_all():
    said = list(calls())
    assert len(said) > 100
    for key, told in said:
        assert told == places(MESSAGES[key]), key


SCRIPTS = {path: path.read_text("utf-8") for path in sorted((PACKAGE / "browser").rglob("*.js"))}


def said_by_scripts() -> set[str]:
    """Each message that a script says: in its place, or as one of the refusals that a table has."""
    text = "\n".join(SCRIPTS.values())
    imports = re.findall(r'import \{([^}]*)\} from "[./]*shared/refusals\.js"', text)
    return {*re.findall(r'\bphrase\("(\w+)"', text), *re.findall(r"\w+", " ".join(imports))}


def test_each_message_is_said_by_both():
    by_rule = {one["message"] for one in table("line_starts")}
    by_python = {key for key, _ in calls()} | by_rule
    assert set(MESSAGES) - by_python == set(MESSAGES) - said_by_scripts() - by_rule == set()


def test_scripts_tell_a_message_all_it_needs():
    for path, text in SCRIPTS.items():
        for key, told in re.findall(r"\b(\w+)\(\{ ([^{}]*) \}\)", text):
            if key in MESSAGES:
                names = set(re.findall(r"(?:^|, )(\w+)(?=[:,]|$)", told))
                assert places(MESSAGES[key]) <= names, (path, key)


def worded(text: str) -> bool:
    """Whether ``text`` is a message: words of a sentence, or the start of one."""
    plain = re.sub(r"\0|<[^>]*>", " ", text)
    return len(re.findall(r"[A-Za-z]{2,}", plain)) > 1 and bool(re.search(r"[.?:]\s*$", text)) and "<" not in text


def of_python() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(one.value if isinstance(one, ast.Constant) else "\0" for one in node.values))
    return {one for one in found if worded(one)}


def of_scripts() -> set[str]:
    """The texts between quotation marks, joined where one is added to another on the next line."""
    found = set()
    for path, text in SCRIPTS.items():
        if "core" not in path.parts:
            continue
        whole = re.sub(r'(["`]) \+\n\s*["`]', "", text)
        for _, words in re.findall(r'(["\'`])((?:\\.|(?!\1)[^\\\n])*)\1', whole):
            found.add(re.sub(r"\$\{[^}]*\}", "\0", re.sub(r"\\(.)", r"\1", words)))
    return {one for one in found if worded(one)}


def test_no_message_stands_in_both():
    python, scripts = of_python(), of_scripts()
    assert len(python) > 300
    assert len(scripts) > 5
    assert python & scripts == set()


@pytest.mark.parametrize("key", MESSAGES)
def test_no_message_of_the_table_is_written_out(key):
    words = re.sub(r"\{\w+\}", "\0", MESSAGES[key]).replace("{{", "{").replace("}}", "}")
    if worded(words):
        assert words not in of_scripts()
