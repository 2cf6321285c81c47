"""``groundrules diff``: what it shows, between which texts, and the Word file that it writes."""

from __future__ import annotations

import json
import re
import zipfile

import docx
import pytest
from click.testing import CliRunner

from groundrules.cli import main
from support.small import SmallToolkit

FILE = "agreements/partnerships/bridge/agreement.md"
AGREEMENT = """\
---
title: "Bridge evenings"
template: team
parties:
  - name: Northgate
    contact: Ann Lee
  - name: Southgate
    contact: Bo Ray
blanks:
  order of names:
    ask: "In what order?"
    example: "alphabetical"
answers:
  order of names: alphabetical
---
This is what [[parties]] agreed.

## Publicity {#publicity wording=every-partner}

We name every partner, in [[order of names]] order.

## Meetings {#own-1}

We meet weekly. See [[#publicity]].

## Food {#own-2}

- We share a meal.
"""


@pytest.fixture
def bridge(small: SmallToolkit) -> SmallToolkit:
    small.write(FILE, AGREEMENT)
    assert small.problems() == []
    return small


def run(small, *words):
    result = CliRunner().invoke(main, ["--root", str(small.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(small, *words):
    result = run(small, *words)
    assert result.exit_code == 0, result.output
    return result.output


def agree(small, day):
    for person in ("Ann Lee, Northgate", "Bo Ray, Southgate"):
        done(small, "sign", "bridge", "--as", person, "--on", day)
    done(small, "agree", "bridge", "--on", day)


@pytest.fixture
def lived(bridge: SmallToolkit) -> SmallToolkit:
    """Agreed, changed and agreed again for a reason, and changed once more."""
    agree(bridge, "2026-01-05")
    bridge.replace(FILE, "We meet weekly.", "We meet every month.")
    bridge.replace(FILE, "## Food {#own-2}\n\n- We share a meal.\n", "")
    done(bridge, "renegotiate", "bridge", "--because", "nobody came every week.", "--on", "2026-02-01")
    agree(bridge, "2026-02-03")
    bridge.replace(FILE, "order of names: alphabetical", "order of names: random")
    return bridge


def test_it_shows_what_changed_clause_by_clause_and_why(lived):
    assert done(lived, "diff", "bridge", "--from", "1", "--to", "2") == (
        "Bridge evenings: from version 1, agreed on 2026-01-05, to version 2, agreed on 2026-02-03\n"
        "[-so-] was removed, {+so+} was added; … stands for lines that stay.\n"
        "Version 2, because: nobody came every week.\n"
        "\n"
        "Clause 2, Meetings: reworded\n"
        "  We meet [-weekly-]{+every month+}. See clause 1, Publicity.\n"
        "\n"
        "Clause 3, Food: removed\n"
        "  - [-We share a meal.-]\n"
    )


def test_if_nothing_is_named_it_goes_from_the_version_in_force_to_today(lived):
    shown = done(lived, "diff", "bridge")
    assert "from version 2, agreed on 2026-02-03, to today's text" in shown
    assert "We name every partner, in [-alphabetical-]{+random+} order." in shown
    assert "Meetings" not in shown
    assert shown == done(lived, "diff", "bridge", "--from", "2", "--to", "now")


def test_before_anything_is_agreed_it_goes_from_what_was_signed_last(bridge):
    done(bridge, "sign", "bridge", "--as", "Ann Lee, Northgate", "--on", "2026-01-05")
    bridge.replace(FILE, "weekly", "daily")
    assert "from version 1, to today's text" in done(bridge, "diff", "bridge")


def test_a_clause_that_only_moved_is_said_to_have_moved(lived):
    agree_text = (lived.root / FILE).read_text("utf-8")
    head, publicity, meetings = agree_text.partition("## Publicity")[0], *agree_text.split("## ")[1:]
    lived.write(FILE, f"{head}## {meetings.strip()}\n\n## {publicity.strip()}\n".replace("random", "alphabetical"))
    shown = done(lived, "diff", "bridge")
    assert [line for line in shown.splitlines() if line.startswith("Clause")] == [
        "Clause 1, Meetings: moved from 2 to 1"
    ]
    assert "+}" not in shown.split("stay.")[1]


def test_no_difference_is_said(lived):
    assert (
        done(lived, "diff", "bridge", "--from", "1", "--to", "1")
        == "Bridge evenings: version 1 and version 1 say the same.\n"
    )


def test_backwards_it_takes_away_what_was_added(lived):
    assert "We meet [-every month-]{+weekly+}." in done(lived, "diff", "bridge", "--from", "2", "--to", "1")


def test_data_for_other_programs(lived):
    found = json.loads(done(lived, "diff", "bridge", "--from", "1", "--to", "2", "--format", "json"))
    assert (found["from"], found["to"], found["same"]) == (1, 2, False)
    assert [one["because"] for one in found["rounds"]] == ["nobody came every week."]
    meetings, food = found["changed"]
    assert (meetings["kind"], meetings["name"], meetings["change"], meetings["moved"]) == (
        "clause",
        "own-1",
        "reworded",
        False,
    )
    assert [(one["kind"], one["text"]) for one in meetings["lines"][0]["pieces"]] == [
        ("equal", "We meet "),
        ("removed", "weekly"),
        ("added", "every month"),
        ("equal", ". See clause 1, Publicity."),
    ]
    assert (food["change"], food["old number"], food["new number"]) == ("removed", 3, 0)


def test_colour_is_for_terminals_alone_and_the_marks_stay(lived):
    plain = done(lived, "diff", "bridge")
    assert "\x1b" not in plain
    coloured = CliRunner().invoke(main, ["--root", str(lived.root), "diff", "bridge"], color=True).output
    assert "\x1b[31m[-alphabetical-]" in coloured
    assert "\x1b[32m{+random+}" in coloured


def test_what_would_steer_a_terminal_is_made_visible(lived):
    lived.replace(FILE, "order of names: random", 'order of names: "a\\u001b[2Jb"')
    result = run(lived, "diff", "bridge")
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "7"), '--from "7": there is no such version. It may be "now", or a kept one: 1, 2.'),
        (("--to", "0"), '--to "0": there is no such version.'),
        (("--to", "pdf"), '--to "pdf": there is no such version.'),
        (("--to", "1", "--to", "2"), '--to names two texts: "1" and "2".'),
        (("-o", "x.txt"), "-o and --force go with --to docx."),
        (("--to", "docx", "--format", "json"), "--format goes with what is shown"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(lived, words, said):
    result = run(lived, "diff", "bridge", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_an_agreement_without_versions_says_how_to_get_one(bridge):
    result = run(bridge, "diff", "bridge")
    assert result.exit_code == 2
    assert re.search(r'To go on:\n  groundrules .* sign bridge --as "Ann Lee, Northgate"\n$', result.output)
    assert run(bridge, "diff", "bridge", "--from", "now").exit_code == 0


def test_a_kept_text_that_was_tampered_with_is_named(lived):
    lived.replace("agreements/partnerships/bridge/versions/1.md", "We meet weekly.", "We meet daily.")
    result = run(lived, "diff", "bridge", "--from", "1")
    assert "versions/1.md: these words were changed after they were signed." in result.output


# --- Word ------------------------------------------------------------------------------------------


def test_a_word_file_is_written_beside(lived, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    said = done(lived, "diff", "bridge", "--from", "1", "--to", "2", "--to", "docx")
    assert said == "Wrote bridge-changes.docx, from version 1 to version 2.\n"
    with zipfile.ZipFile("bridge-changes.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert "<w:delText>weekly</w:delText>" in text
    assert 'w:date="2026-02-03T00:00:00Z"' in text
    assert any("We meet" in one.text for one in docx.Document("bridge-changes.docx").paragraphs)
    again = run(lived, "diff", "bridge", "--to", "docx")
    assert again.exit_code == 2
    assert "bridge-changes.docx is already there" in again.output
    done(lived, "diff", "bridge", "--to", "docx", "--force")


def test_the_word_file_may_be_called_anything(lived, tmp_path):
    done(lived, "diff", "bridge", "-o", str(tmp_path / "ours.docx"))
    assert zipfile.is_zipfile(tmp_path / "ours.docx")
    assert (
        CliRunner()
        .invoke(main, ["--root", str(lived.root), "diff", "bridge", "--to", "docx", "-o", "-"])
        .stdout_bytes.startswith(b"PK")
    )
