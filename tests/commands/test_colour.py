"""What a terminal gets: lines that fit, and colour, which says nothing that the words do not say."""

from __future__ import annotations

import io

import click
import pytest
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.commands.terminal_colour import wanted
from groundrules.commands.terminal_width import fitted
from support.partnership import agree, replace
from support.small import SmallToolkit


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, None),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, None),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR": "0"}, False),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
    ],
)
def test_who_wants_colour(environment, said):
    assert wanted(environment) is said


@pytest.mark.parametrize(
    "words", ["check", "status", "diff bridge", "verify bridge", "status brigde", "--root x check"]
)
def test_the_words_are_the_same_with_colour(small: SmallToolkit, monkeypatch, words):
    agree(small)
    replace(small, "names: alphabetical", "names: <b>")
    if words != "check":
        replace(small, "names: <b>", "names: reverse")
    monkeypatch.chdir(small.root)
    plain, coloured = (
        CliRunner().invoke(main, words.split(), env={"FORCE_COLOR": forced}, color=True).output for forced in ("", "1")
    )
    never = CliRunner().invoke(main, words.split(), env={"FORCE_COLOR": "1", "NO_COLOR": "1"}, color=True).output
    assert "\x1b[3" in coloured
    assert click.unstyle(coloured) == never == click.unstyle(plain)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_prose_fits_a_terminal_whatever_its_colours(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = "  " + " ".join([click.style("evenings", fg="red")] * 9)
    assert [click.unstyle(line) for line in fitted(text, Terminal()).split("\n")] == [
        "  evenings evenings evenings evenings evenings evenings",
        "  evenings evenings evenings",
    ]
    assert fitted(text, io.StringIO()) == text
