"""``groundrules labels``: what is still English in a language, as a file to fill in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from support.small import SmallToolkit


def said(small: SmallToolkit, language: str) -> str:
    done = CliRunner().invoke(main, ["--root", str(small.root), "labels", language])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_it_lists_is_a_file_of_labels_once_the_marks_are_taken_away(small: SmallToolkit) -> None:
    listed = said(small, "fo")
    assert all(line.startswith(("# ", "## ")) for line in listed.splitlines())
    small.write("agreements/labels/fo.yml", listed)
    assert [one.name for one in small.problems()] == ["missing-label"]
    small.write("agreements/labels/fo.yml", listed.replace("# ", ""))
    assert small.problems() == []
    assert said(small, "fo") == ""


def test_what_it_lists_stands_under_where_readers_meet_it(small: SmallToolkit) -> None:
    lines = said(small, "fo").splitlines()
    assert lines[lines.index("## Kinds of pieces") + 1] == '# a clause: "Clause"'
    assert "## Paragraphs, lists and notes" in lines, "what is refused has its heads, too"


def test_words_that_a_number_changes_have_a_line_for_each_way_to_count(small: SmallToolkit) -> None:
    lines = said(small, "br").splitlines()
    at = lines.index("# more agreements:")
    counted = [line.strip("# ").split(":")[0] for line in lines[at + 1 : at + 6]]
    assert counted == ["one", "two", "few", "many", "other"]


@pytest.mark.parametrize("language", ["en", "no such language"])
def test_it_lists_nothing_where_there_is_nothing_to_translate(small: SmallToolkit, language: str) -> None:
    done = CliRunner().invoke(main, ["--root", str(small.root), "labels", language])
    assert done.exit_code != 0
    assert "is not a language to translate into" in done.stderr
