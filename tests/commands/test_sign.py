"""Signing at the command line: who signed which words, what was kept, and what is refused."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import unicodedata

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from groundrules.agreement.signing.lookalikes import odd_name
from groundrules.agreement.signing.signatory import Signatory, signatory
from groundrules.agreement.signing.signing_state import signing_state
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.model.front import Party
from groundrules.text.problems import UserError, errors
from support import partnership
from support.processes import killed_at
from support.small import SmallToolkit
from support.terminal import PROGRAM

FOLDER = "agreements/partnerships/bridge"
FILE = f"{FOLDER}/agreement.md"
VERSION = f"{FOLDER}/versions/1.md"
TODAY = datetime.date.today().isoformat()
ANN = "Ann Lee, Coordinator, Northgate"
BO = "Bo Ray, Southgate"

AGREEMENT = """\
---
title: "Bridge evenings"   # ours
template: team
parties:
  - name: Northgate
    contact: Ann Lee
    role: Coordinator
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

> Why: they meet under the bridge.

## Publicity {#publicity wording=every-partner}

We name every partner, in [[order of names]] order.
"""


@pytest.fixture
def bridge(small: SmallToolkit) -> SmallToolkit:
    small.write(FILE, AGREEMENT)
    assert small.problems() == []
    return small


def run(small: SmallToolkit, *words: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(small.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(small: SmallToolkit, *words: str) -> str:
    result = run(small, *words)
    assert result.exit_code == 0, result.output
    return result.output


def everything(small: SmallToolkit) -> dict[str, bytes]:
    return {
        path.relative_to(small.root).as_posix(): path.read_bytes()
        for path in sorted(small.root.rglob("*"))
        if path.is_file()
    }


def refused(small: SmallToolkit, *words: str, code: int = 1) -> str:
    """What is said when nothing is done: not a byte differs afterwards."""
    before = everything(small)
    result = run(small, *words)
    assert result.exit_code == code, result.output
    assert everything(small) == before
    return result.output


def sign(small: SmallToolkit, *people: str) -> None:
    for one in people:
        done(small, "sign", "bridge", "--as", one)


def agreed(small: SmallToolkit) -> None:
    sign(small, ANN, BO)
    done(small, "agree", "bridge")


def report(small: SmallToolkit) -> dict[str, object]:
    result = run(small, "verify", "bridge", "--format", "json")
    found: dict[str, object] = json.loads(result.stdout)
    return found


def text(small: SmallToolkit, file: str = FILE) -> str:
    return (small.root / file).read_text("utf-8")


# --- the story ---------------------------------------------------------------------------------------


def test_two_parties_sign_and_agree(bridge):
    output = done(bridge, "sign", "bridge", "--as", ANN, "--on", "2026-11-02")
    shown = re.search(r"gr2:[0-9a-f]{64}", output)
    assert shown
    assert "Ann Lee, Coordinator, has signed version 1 for Northgate, on 2026-11-02." in output
    assert f"kept in      {bridge.root}/{VERSION}" in output
    assert "Still to sign: Southgate." in output
    assert '--as "Bo Ray, Southgate"' in output
    output = done(bridge, "sign", "bridge", "--as", "Bo Ray", "--on", "2026-11-03")
    assert "Everybody has signed." in output
    output = done(bridge, "agree", "bridge", "--on", "2026-11-04")
    assert "Version 1 is agreed, as of 2026-11-04." in output
    assert "export bridge --to docx" in output
    assert text(bridge) == AGREEMENT.replace("template: team\n", "template: team\nstatus: agreed\n").replace(
        "alphabetical\n---\n",
        f"""\
alphabetical
signatures:
  - party: "Northgate"
    name: "Ann Lee"
    role: "Coordinator"
    date: 2026-11-02
    version: 1
    fingerprint: "{shown[0]}"
  - party: "Southgate"
    name: "Bo Ray"
    date: 2026-11-03
    version: 1
    fingerprint: "{shown[0]}"
rounds:
  - version: 1
    opened: 2026-11-02
    agreed: 2026-11-04
---
""",
    )
    assert "We name every partner, in alphabetical order." in text(bridge, VERSION)
    assert f'fingerprint: "{shown[0]}"' in text(bridge, VERSION)
    assert "under the bridge" not in text(bridge, VERSION)
    assert bridge.problems() == []


def test_it_asks_nothing_and_says_what_to_do_next(bridge):
    output = done(bridge, "sign", "bridge", "--as", ANN)
    line = re.search(r'^  groundrules (--root \S+ sign bridge --as) "(.*)"$', output, re.M)
    assert line
    output = CliRunner().invoke(main, [*line[1].split(), line[2]]).output
    line = re.search(r"^  groundrules (--root \S+ agree bridge)$", output, re.M)
    assert line
    assert CliRunner().invoke(main, line[1].split()).exit_code == 0


def test_an_edit_afterwards_voids_nothing(bridge):
    agreed(bridge)
    bridge.replace(FILE, "We name every partner", "We never forget to name every partner")
    output = done(bridge, "verify", "bridge")
    assert "version 1 is in force" in output
    assert output.count("matches the kept text; today's words have changed since") == 2
    assert "{+never forget to +}" in output
    assert [one.name for one in bridge.problems()] == ["changed-since-signed"]
    found = report(bridge)
    assert found["state"] == "changed"
    assert {one["match"] for one in found["signatures"]} == {"changed"}


def test_layout_and_notes_are_no_change(bridge):
    agreed(bridge)
    bridge.replace(FILE, "We name every partner, in", "We  name *every*\npartner,   in")
    bridge.replace(FILE, "they meet under the bridge", "they met there")
    bridge.replace(FILE, "    contact: Bo Ray\n", "    contact: Bo Ray\n    phone: 01632 960144\n")
    assert report(bridge)["state"] == "agreed"
    assert bridge.problems() == []


def test_a_slip_in_a_name_is_said_at_once_and_can_be_taken_back(bridge):
    output = done(bridge, "sign", "bridge", "--as", "Anne Lee, Coordinator, Northgate")
    assert 'The agreement names "Ann Lee". If this was a slip' in output
    assert "was a slip" not in done(bridge, "sign", "bridge", "--as", "Cy Dee, Head of Service, Northgate")
    front, signatures, rest = re.split(r"(?<=\n)(?=signatures:|rounds:)", text(bridge))
    lines = "".join(one for one in re.split(r"(?<=\n)(?=  - )", signatures) if "Anne" not in one)
    (bridge.root / FILE).write_text(front + lines + rest, "utf-8")
    done(bridge, "sign", "bridge", "--as", "Ann Lee")
    assert bridge.problems() == []


def test_words_with_an_open_question_have_no_fingerprint_to_compare(bridge):
    bridge.replace(FILE, "  order of names: alphabetical\n", "")
    bridge.replace(FILE, "answers:\n", "")
    output = run(bridge, "verify", "bridge").output
    assert "today's words: not finished yet: 1 open" in output
    assert "gr1:" not in output


def test_a_second_round_for_a_reason(bridge):
    agreed(bridge)
    output = done(bridge, "renegotiate", "bridge", "--because", "It did not work in winter.")
    assert "Round 2 is open." in output
    assert "Version 1 stays in force until round 2 is agreed." in output
    bridge.replace(FILE, "order of names: alphabetical", "order of names: oldest first")
    output = done(bridge, "sign", "bridge", "--as", ANN)
    assert "has signed version 2" in output
    assert "Still to sign: Southgate." in output
    found = report(bridge)
    assert (found["state"], found["in force"], found["missing"]) == ("renegotiating", 1, ["Southgate"])
    assert [one["match"] for one in found["signatures"]] == ["changed", "changed", "matches"]
    assert 'Nobody has signed version 2 for "Southgate" yet.' in refused(bridge, "agree", "bridge")
    sign(bridge, BO)
    output = done(bridge, "agree", "bridge")
    assert "It takes the place of version 1, which stays in the history." in output
    assert 'because: "It did not work in winter."' in text(bridge)
    assert bridge.problems() == []
    assert sorted(path.name for path in (bridge.root / FOLDER / "versions").iterdir()) == ["1.md", "2.md"]


def test_signing_new_words_opens_a_round_of_itself(bridge):
    agreed(bridge)
    bridge.replace(FILE, "order of names: alphabetical", "order of names: oldest first")
    output = done(bridge, "sign", "bridge", "--as", ANN)
    assert "This opens round 2. Version 1 stays in force until it is agreed." in output
    assert "Nobody has said why" in output
    assert [one.name for one in bridge.problems()] == ["no-reason"]
    done(bridge, "sign", "bridge", "--as", BO, "--because", "Winter.")
    assert bridge.problems() == []
    assert "Winter." in text(bridge)


def test_a_second_round_of_the_same_words_is_signed_by_all_anew(bridge):
    agreed(bridge)
    done(bridge, "renegotiate", "bridge", "--because", "A year has passed.")
    assert report(bridge)["missing"] == ["Northgate", "Southgate"]
    agreed(bridge)
    assert report(bridge)["in force"] == 2


def test_words_that_changed_while_others_signed_are_shown(bridge):
    sign(bridge, ANN)
    bridge.replace(FILE, "order of names: alphabetical", "order of names: oldest first")
    for words in (("sign", "bridge", "--as", BO), ("agree", "bridge")):
        output = refused(bridge, *words)
        assert "the words have changed since version 1 was first signed" in output
        assert "[-alphabetical-]{+oldest first+} order." in output
        assert "renegotiate bridge --because" in output
    output = done(bridge, "renegotiate", "bridge", "--because", "Bo is older.")
    assert "Round 1 has lapsed. It was signed by Ann Lee" in output
    agreed(bridge)
    assert report(bridge)["in force"] == 2
    assert bridge.problems() == []


def test_a_reason_for_a_round_that_nobody_has_signed_takes_the_place_of_the_first(bridge):
    agreed(bridge)
    done(bridge, "renegotiate", "bridge", "--because", "One.")
    output = done(bridge, "renegotiate", "bridge", "--because", "Another.")
    assert "Round 2 was open already, and nobody has signed in it." in output
    assert "One." not in text(bridge)


def test_another_person_of_the_same_party_may_sign_too(bridge):
    agreed(bridge)
    output = done(bridge, "sign", "bridge", "--as", "Cy Dee, Head of Service, Children and Families, Northgate")
    assert "Cy Dee, Head of Service, Children and Families, has signed version 1 for Northgate" in output
    assert "Version 1 is in force, as before." in output
    assert report(bridge)["state"] == "agreed"
    assert bridge.problems() == []


def test_what_was_called_agreed_before_there_were_rounds(bridge):
    signed = "".join(
        f"  - party: {party}\n    name: {name}\n    date: 2026-09-01\n"
        for party, name in (("Northgate", "Ann Lee"), ("Southgate", "Bo Ray"))
    )
    bridge.replace(FILE, "template: team\n", f"template: team\nstatus: agreed\nsignatures:\n{signed}")
    output = done(bridge, "verify", "bridge")
    assert "called agreed, but its words were not kept" in output
    assert output.count("cannot check. It was signed without a fingerprint, on paper perhaps.") == 2
    output = done(bridge, "sign", "bridge", "--as", ANN)
    assert "It is a draft again until this round is agreed." in output
    sign(bridge, BO)
    done(bridge, "agree", "bridge")
    assert bridge.problems() == []


def test_a_partnership_in_a_private_folder(bridge, tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    (bridge.root / FOLDER).rename(private / "bridge")
    for words in (("sign", "bridge", "--as", ANN), ("sign", "bridge", "--as", BO), ("agree", "bridge")):
        done(bridge, *words, "--partnerships", str(private))
    assert (private / "bridge/versions/1.md").is_file()
    assert "matches" in done(bridge, "--partnerships", str(private), "verify", "bridge")


# --- one fingerprint, from paper -----------------------------------------------------------------------


def test_a_fingerprint_from_paper(bridge):
    agreed(bridge)
    paper = str(report(bridge)["fingerprint"])
    output = done(bridge, "verify", "bridge", "--fingerprint", f" {paper[:30].upper()} {paper[30:]}")
    assert "that of version 1" in output
    assert "that of today's words" in output
    bridge.replace(FILE, "We name", "We gladly name")
    output = done(bridge, "verify", "bridge", "--fingerprint", paper)
    assert "today's" not in output
    output = refused(bridge, "verify", "bridge", "--fingerprint", "gr1:" + "0" * 64)
    assert "No text of this agreement has this fingerprint." in output
    assert "this has 3" in refused(bridge, "verify", "bridge", "--fingerprint", "gr1:abc", code=2)
    bridge.replace(VERSION, "We name", "We hardly name")
    assert "the words of" in refused(bridge, "verify", "bridge", "--fingerprint", paper)


# --- what is refused -----------------------------------------------------------------------------------


def test_open_questions_are_all_named_with_their_words(bridge):
    bridge.replace(FILE, "order of names: alphabetical", 'order of names: ""')
    bridge.replace(FILE, "This is what [[parties]] agreed.", "This is what [[parties]] agreed on [[start]].")
    output = refused(bridge, "sign", "bridge", "--as", ANN)
    assert '[unanswered] "order of names" is not answered yet. In what order?' in output
    assert '"start" is not answered yet.' in output
    *problems, last, line = output.splitlines()
    assert (len(problems), last) == (2, "Nothing was signed. To go on:")
    assert re.fullmatch("  groundrules --root .* ask bridge --open", line)


def test_a_text_that_could_not_be_agreed_is_not_signed(bridge):
    bridge.replace("agreements/templates/team.md", "needs:", "needs:\n  - contacts: yes\n    message: Name a contact.")
    bridge.replace(FILE, "    contact: Bo Ray\n", "")
    assert "[need] Name a contact." in refused(bridge, "sign", "bridge", "--as", ANN)
    bridge.replace(FILE, "## Publicity {#publicity", "## Publicity {#publicty")
    assert "[unknown-section]" in refused(bridge, "sign", "bridge", "--as", ANN)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("1926-09-01", "another century"),
        ("2099-09-01", "lies in the future"),
        ("next week", "not a date"),
        ("2026-02-30", "not a date"),
    ],
)
def test_a_day_that_cannot_be(bridge, day, says):
    assert says in refused(bridge, "sign", "bridge", "--as", ANN, "--on", day, code=2)
    sign(bridge, ANN, BO)
    assert says in refused(bridge, "agree", "bridge", "--on", day, code=2)


@pytest.mark.parametrize("spoken", ["1 September 2026", "1st Sept. 2026", "Tuesday, 1 September 2026", "1/9/26"])
def test_a_day_is_read_as_people_say_it(bridge, spoken):
    done(bridge, "sign", "bridge", "--as", ANN, "--on", spoken)
    assert "    date: 2026-09-01\n" in text(bridge)
    done(bridge, "sign", "bridge", "--as", BO, "--on", spoken)
    done(bridge, "agree", "bridge", "--on", spoken)
    assert "    agreed: 2026-09-01\n" in text(bridge)


@pytest.mark.parametrize(
    ("spoken", "says"),
    [("31 June 2026", "30 days"), ("Monday 1 September 2026", "Tuesday"), ("tomorrow", "future")],
)
def test_a_spoken_day_that_cannot_be_is_named(bridge, spoken, says):
    assert says in refused(bridge, "sign", "bridge", "--as", ANN, "--on", spoken, code=2)


def test_nobody_agrees_before_all_have_signed(bridge):
    output = refused(bridge, "agree", "bridge", code=2)
    assert "Each party signs first" in output
    assert re.search(
        'Nothing was agreed.\nTo go on:\n  groundrules .* sign bridge --as "Ann Lee, .*Northgate"$', output.rstrip()
    )
    sign(bridge, ANN)
    output = refused(bridge, "agree", "bridge")
    assert 'Nobody has signed version 1 for "Southgate" yet.' in output
    assert re.search(
        r"\nNothing was agreed. To go on:\n  groundrules .* sign bridge --as \"Bo Ray, Southgate\"$", output.rstrip()
    )
    sign(bridge, BO)
    assert f"still being signed on {TODAY}" in refused(bridge, "agree", "bridge", "--on", "2026-01-02", code=2)
    done(bridge, "agree", "bridge")
    output = refused(bridge, "agree", "bridge", code=2)
    assert "Version 1 is agreed already." in output
    assert re.search("Nothing was agreed.\nTo go on:\n  groundrules .* export bridge --to docx$", output.rstrip())


def test_whoever_is_not_understood_is_shown_how_their_own_party_signs(bridge):
    output = refused(bridge, "sign", "bridge", "--as", "bo, worker, Southgat", code=2)
    assert output.endswith('sign bridge --as "Bo Ray, Southgate"\n')


def test_signing_twice(bridge):
    sign(bridge, ANN)
    output = refused(bridge, "sign", "bridge", "--as", "ann  lee, boss, NORTHGATE", code=2)
    assert '"Ann Lee" has signed version 1 for "Northgate" already' in output
    assert re.search(
        'Nothing was signed.\nTo go on:\n  groundrules .* sign bridge --as "Bo Ray, .*Southgate"$', output.rstrip()
    )


def test_one_person_for_both_parties_and_a_day_before_the_words(bridge):
    sign(bridge, ANN)
    output = done(bridge, "sign", "bridge", "--as", "ANN  LEE, friend, Southgate", "--on", "2026-01-02")
    several = '"ANN LEE" has signed version 1 for more than one party: "Northgate", "Southgate".'
    early = f"2026-01-02 is before {TODAY}, when round 1 was opened for these words."
    assert several in output
    assert early in output
    assert f"[one-signatory] warning: {several}" in done(bridge, "verify", "bridge")
    done(bridge, "agree", "bridge")
    bridge.replace(FILE, "We name", "We gladly name")
    for words in (["sign", "bridge", "--as", ANN], ["renegotiate", "bridge", "--because", "Better words."]):
        output = refused(bridge, *words, "--on", "2026-01-02", code=2)
        assert f"2026-01-02 is before {TODAY}, when version 1 was agreed." in output


def test_a_name_typed_in_another_way_is_the_same_and_another_is_told_by_its_character(bridge):
    bridge.write(FILE, text(bridge).replace("Northgate", "O'Brien-Zoe\u0308"))
    assert "for O'Brien-Zoë" in unicodedata.normalize(
        "NFC", done(bridge, "sign", "bridge", "--as", "Ann Lee, boss, O’Brien–Zoë")
    )
    output = refused(bridge, "sign", "bridge", "--as", "Cy Dee, boss, O'Brian-Zoë", code=2)
    assert 'That has "e" (U+0065) where this has "a" (U+0061).' in output


def test_a_renegotiation_needs_a_reason_and_something_agreed(bridge):
    output = refused(bridge, "renegotiate", "bridge", "--because", "x", code=2)
    assert "nothing to renegotiate" in output
    assert "No round was opened.\nTo go on:\n" in output
    agreed(bridge)
    assert "say why" in refused(bridge, "renegotiate", "bridge", "--because", "  ", code=2)
    assert "nobody can see" in refused(bridge, "renegotiate", "bridge", "--because", "a\u200bb", code=2)
    assert "[raw-html]" in refused(bridge, "renegotiate", "bridge", "--because", "<b>why</b>")
    assert "opens no round" in refused(
        bridge, "sign", "bridge", "--as", "Cy Dee, x, Northgate", "--because", "x", code=2
    )


def test_what_has_ended_is_not_signed(bridge):
    agreed(bridge)
    bridge.replace(FILE, "status: agreed", "status: ended")
    assert "has ended" in refused(bridge, "sign", "bridge", "--as", "Cy Dee, x, Northgate", code=2)
    assert "has ended" in refused(bridge, "agree", "bridge", code=2)
    assert "it has ended" in done(bridge, "verify", "bridge")


def test_names_that_nobody_has(bridge):
    for words, says in (
        ("Ann Lee, Coordinator, Northgte", 'Did you mean "Northgate"?'),
        ("Ann Leigh", '"Ann Leigh" is not a party'),
        ("Northgate", "say who signs"),
        (", Coordinator, Northgate", "names nobody"),
        ("", "names nobody"),
    ):
        assert says in refused(bridge, "sign", "bridge", "--as", words, code=2)
    assert 'no partnership "brige"' in refused(bridge, "sign", "brige", "--as", ANN, code=2)
    assert 'Did you mean "bridge"?' in refused(bridge, "verify", "brige", code=2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Аnn Lee, Coordinator, Northgate", "U+0410"),
        ("Ann Lee, Coordinator, Nоrthgate", "U+043E"),
        ("Во Rау, Southgate", "U+0052"),
        ("Ann \u202eeeL\u202c, Coordinator, Northgate", "U+202E"),
        ("Ann \u202eeeL, Coordinator, Northgate", "does not end"),
        ("Ann\u200b Lee, Coordinator, Northgate", "U+200B"),
        ("Ann\u200d Lee, Coordinator, Northgate", "U+200D"),
        ("Ann Iee, Coordinator, Northgate", "only looks like"),
        ("Bᴏ Ray, Southgate", "only looks like"),
    ],
)
def test_letters_that_deceive(bridge, words, says):
    assert says in refused(bridge, "sign", "bridge", "--as", words, code=2)


# --- tampering -----------------------------------------------------------------------------------------

OTHER = "gr1:" + "0" * 64


def tampered(small: SmallToolkit, name: str, says: str) -> None:
    """It is named, by check and by verify; and nothing is built on it."""
    assert any(one.name == name and says in one.message for one in errors(small.problems())), small.problems()
    output = refused(small, "verify", "bridge")
    assert f"[{name}]" in output
    assert says in output
    assert f"[{name}]" in refused(small, "sign", "bridge", "--as", "Cy Dee, x, Northgate")
    assert f"[{name}]" in refused(small, "renegotiate", "bridge", "--because", "x")


def test_an_edited_kept_version(bridge):
    agreed(bridge)
    bridge.replace(VERSION, "alphabetical order", "Northgate's order")
    tampered(bridge, "kept-version", "These are not the words that were kept as version 1")
    assert "NOT the words that were kept" in run(bridge, "verify", "bridge").output
    found = report(bridge)
    assert [one["match"] for one in found["signatures"]] == ["cannot check"] * 2
    assert not found["versions"][0]["intact"]


def test_an_edited_kept_version_with_a_fingerprint_that_fits(bridge):
    agreed(bridge)
    bridge.replace(VERSION, "alphabetical order", "Northgate's order")
    kept = report(bridge)["versions"][0]["fingerprint"]
    bridge.write(VERSION, re.sub(r"gr2:[0-9a-f]{64}", kept, text(bridge, VERSION)))
    tampered(bridge, "odd-signature", "not that of version 1, but of another text")


def test_a_kept_version_that_is_gone(bridge):
    agreed(bridge)
    (bridge.root / VERSION).unlink()
    tampered(bridge, "kept-version", "The text of version 1 is missing")
    assert "was not kept" in report(bridge)["signatures"][0]["why"]


def test_a_kept_version_that_cannot_be_read(bridge):
    agreed(bridge)
    bridge.write(VERSION, "no front matter")
    assert [one.file for one in errors(bridge.problems())] == [VERSION]
    for words in (("verify", "bridge"), ("sign", "bridge", "--as", "Cy Dee, x, Northgate")):
        assert "[no-front-matter]" in refused(bridge, *words)


def test_what_is_added_to_a_kept_version(bridge):
    agreed(bridge)
    whole = text(bridge, VERSION)
    bridge.write(VERSION, whole + "\n> Note: this does not count any more.\n")
    tampered(bridge, "kept-version", "A note has no place in a text that was signed.")
    bridge.write(VERSION, whole.replace("version: 1\n", "status: draft\nversion: 1\n"))
    tampered(bridge, "kept-version", '"status" has no place in a text that was signed.')


def test_a_day_of_the_calendar_that_the_signed_words_do_not_say(bridge):
    dated = '    example: "alphabetical"\n  review date:\n    ask: "When?"\n    type: date\n    calendar: "Review"\n'
    bridge.replace(FILE, '    example: "alphabetical"\n', dated)
    bridge.replace(FILE, "order of names: alphabetical\n", "order of names: alphabetical\n  review date: 2027-09-09\n")
    bridge.replace(FILE, "[[order of names]] order.", "[[order of names]] order, until [[review date]].")
    agreed(bridge)
    assert bridge.problems() == []
    bridge.replace(VERSION, "2027-09-09", "2037-09-09")
    assert [(one.name, one.level) for one in bridge.problems()] == [("kept-version", "warning")]
    assert 'do not say this of "review date"' in done(bridge, "verify", "bridge")


def test_a_fingerprint_for_another_text(bridge):
    agreed(bridge)
    first = re.search(r"gr2:[0-9a-f]{64}", text(bridge))
    assert first
    bridge.write(FILE, text(bridge).replace(first[0], OTHER, 1))
    tampered(bridge, "odd-signature", "This fingerprint is not that of version 1")


def test_a_signature_that_was_taken_away(bridge):
    agreed(bridge)
    bridge.write(FILE, re.sub(r'  - party: "Southgate"\n(    .*\n){4}', "", text(bridge)))
    tampered(bridge, "unsigned", 'nobody has signed it for "Southgate"')


def test_a_signature_of_another_century(bridge):
    agreed(bridge)
    bridge.write(FILE, text(bridge).replace(f"date: {TODAY}", "date: 1926-11-21", 1))
    tampered(bridge, "odd-signature", "another century")


def test_a_signature_with_a_letter_of_another_alphabet(bridge):
    agreed(bridge)
    bridge.write(FILE, text(bridge).replace('name: "Ann Lee"', 'name: "Аnn Lee"'))
    tampered(bridge, "odd-signature", "U+0410")


def test_two_rounds_open(bridge):
    sign(bridge, ANN)
    bridge.replace(FILE, "rounds:\n", f"rounds:\n  - version: 7\n    opened: {TODAY}\n")
    tampered(bridge, "odd-rounds", "open")
    bridge.replace(FILE, f"  - version: 7\n    opened: {TODAY}\n", "")
    bridge.replace(FILE, f"opened: {TODAY}\n", f"opened: {TODAY}\n  - version: 2\n    opened: {TODAY}\n")
    tampered(bridge, "odd-rounds", "Round 1 and round 2 are both open.")


def test_rounds_that_were_taken_away(bridge):
    agreed(bridge)
    bridge.write(FILE, re.sub(r"rounds:\n(  .*\n)+", "", text(bridge)).replace("status: agreed\n", ""))
    tampered(bridge, "odd-rounds", "There is no round 1")


# --- several at once -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_who_sign_at_the_same_time_wait_for_one_another(bridge):
    people = ["Cy Dee", "Di Eek", "Ed Foy", "Fay Gee"]
    command = [*PROGRAM, "--root", str(bridge.root), "sign"]
    running = [
        subprocess.Popen([*command, "bridge", "--as", f"{one}, Northgate"], stdout=subprocess.DEVNULL) for one in people
    ]
    assert [one.wait() for one in running] == [0, 0, 0, 0]
    assert sorted(re.findall('name: "(.*)"', text(bridge))) == people
    assert bridge.problems() == []


# --- killed at any moment ------------------------------------------------------------------------------


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_half_signed(bridge):
    states = set()
    for number in range(60):
        bridge.write(FILE, AGREEMENT)
        (bridge.root / VERSION).unlink(missing_ok=True)
        result = killed_at(number, "--root", str(bridge.root), "sign", "bridge", "--as", ANN)
        whole = (bridge.root / VERSION).exists()
        signed = "signatures:" in text(bridge)
        assert whole or not signed
        states.add((whole, signed))
        assert not errors(bridge.problems())
        if result.returncode == 0:
            break
        assert result.returncode == 9, result.stderr
        if not signed:
            # What was kept and not signed does no harm: it is signed now.
            assert "has signed version 1" in done(bridge, "sign", "bridge", "--as", ANN)
            assert bridge.problems() == []
            assert not (bridge.root / FOLDER / "versions/2.md").exists()
    assert number > 8
    assert states == {(False, False), (True, False), (True, True)}


def test_a_disk_that_is_full(bridge, monkeypatch):
    real = __import__("os").replace

    def full(old: str, new: str) -> None:
        if str(new).endswith("agreement.md"):
            raise OSError(28, "No space left on device", str(new))
        real(old, new)

    monkeypatch.setattr("os.replace", full)
    assert "No space left on device" in refused(bridge, "sign", "bridge", "--as", ANN)
    assert not (bridge.root / FOLDER / "versions").exists()


def test_an_edit_in_the_very_moment_is_not_signed(bridge, monkeypatch):
    """Somebody saves other words after these were kept, and before the signature is written."""
    from groundrules.files import disk

    real = disk.create

    def create(path, content):  # type: ignore[no-untyped-def]
        real(path, content)
        bridge.replace(FILE, "alphabetical\n---", "oldest first\n---")

    monkeypatch.setattr(disk, "create", create)
    result = run(bridge, "sign", "bridge", "--as", ANN)
    assert result.exit_code == 2
    assert "Somebody has changed the words just now" in result.output
    assert "signatures" not in text(bridge)
    assert "oldest first" in text(bridge)


# --- who signs -----------------------------------------------------------------------------------------

PARTIES = (
    Party(name="Northgate", contact="Ann Lee", role="Coordinator"),
    Party(name="Smith, Jones & Co", contact="Smith, Pat"),
    Party(name="Jones & Co", contact="Pat O’Neill"),
    Party(name="Ann Lee", organisation="Harbour Trust", role="youth worker"),
    Party(name="Siân Rhŷs"),
    Party(name="جمعية الأمل", contact="علي حسن"),
)


@pytest.mark.parametrize(
    ("words", "party", "name", "role"),
    [
        ("Cy Dee, Northgate", "Northgate", "Cy Dee", ""),
        ("Ann Lee, NORTHGATE", "Northgate", "Ann Lee", "Coordinator"),
        ("Ann Lee, Head, of, Service, Northgate", "Northgate", "Ann Lee", "Head, of, Service"),
        ("Cy Dee, partner, Smith,  Jones & co", "Smith, Jones & Co", "Cy Dee", "partner"),
        ("Smith, Pat, Smith, Jones & Co", "Smith, Jones & Co", "Smith, Pat", ""),
        ("Smith, Pat", "Smith, Jones & Co", "Smith, Pat", ""),
        ("Cy Dee, Jones & Co", "Jones & Co", "Cy Dee", ""),
        ("Ann Lee, nurse, Harbour Trust", "Ann Lee", "Ann Lee", "nurse"),
        ("Ann Lee, Harbour Trust", "Ann Lee", "Ann Lee", "youth worker"),
        ("Sia\u0302n Rhy\u0302s, gweithiwr, ieuenctid", "Siân Rhŷs", "Siân Rhŷs", "gweithiwr, ieuenctid"),
        ("siân rhŷs", "Siân Rhŷs", "Siân Rhŷs", ""),
        ("علي حسن، مدير، جمعية الأمل", "جمعية الأمل", "علي حسن", "مدير"),
    ],
)
def test_who_signs(words, party, name, role):
    assert signatory(words, PARTIES) == Signatory(party, name, role)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Ann Lee", 'one of: "Northgate", "Ann Lee"'),
        ("Cy Dee, manager, Harbour Trust", '"Harbour Trust" is not a party'),
        ("Ann Lee, youth worker", '"youth worker" is not a party'),
        ("Smith, Jones & Co", "say who signs"),
    ],
)
def test_who_cannot_be_told(words, says):
    with pytest.raises(UserError, match=re.escape(says)):
        signatory(words, PARTIES)
    with pytest.raises(UserError, match="names no party yet"):
        signatory(words, ())


def test_two_parties_of_one_name():
    with pytest.raises(UserError, match="2 parties are called"):
        signatory("Cy Dee, Northgate", (PARTIES[0], Party(name="northgate")))


@given(st.text(max_size=60))
def test_whatever_is_typed_names_a_party_or_is_refused(words):
    try:
        found = signatory(words, PARTIES)
    except UserError:
        return
    assert found.party in {party.name for party in PARTIES}
    assert found.name
    assert odd_name(found.name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Siân O’Neill-Łukasz",
        "Анна Smith",
        "علی‌رضا",
        "山田太郎",
        "Γιώργος",
        "Şule Çağlar",
        "D'Arcy III",
        "Կարեն",
        "अ‍मर",
        "葛\U000e0100城",
        "❤\ufe0f",
    ],
)
def test_names_as_people_have_them(name):
    assert odd_name(name, ["Ann Lee"]) is None
    assert odd_name(name, [name.upper()]) is None


@pytest.mark.parametrize("sign", "\u034f\u115f\u17b4\u200d\u2800\u3164\ufe0f\U000e0101")
def test_what_nobody_can_see_in_a_name(sign):
    assert "nobody can see" in (odd_name(f"Ann Lee{sign}") or "")


# --- links ----------------------------------------------------------------------------------------------

PAY = "Money goes to [our account](https://good.example/) \\<https://evil.example/\\>."
PAY_OTHERS = "Money goes to [our account \\<https://good.example/\\>](https://evil.example/)."
WITH_LINK = partnership.AGREEMENT.replace("We name every partner", f"{PAY}\n\nWe name every partner")


def led_elsewhere(small: SmallToolkit) -> None:
    """Change where the link starts and leads, in the agreement and in its kept version alike."""
    for file in (FILE, VERSION):
        text = (small.root / file).read_text("utf-8")
        assert text.count("Money goes to") == 1
        small.write(file, re.sub("Money goes to .*", lambda _: PAY_OTHERS, text))


def test_a_link_that_leads_elsewhere_is_not_what_was_signed(small: SmallToolkit):
    assert partnership.agree(small, WITH_LINK).startswith("gr2:")
    assert run(small, "verify", "bridge").exit_code == 0
    led_elsewhere(small)
    assert "kept-version" in run(small, "check").output
    refused = run(small, "verify", "bridge")
    assert refused.exit_code == 1
    assert "NOT the words that were kept" in refused.output


def test_an_older_signature_still_verifies_and_says_what_it_does_not_cover(small: SmallToolkit):
    assert partnership.agree(small, WITH_LINK, "gr1").startswith("gr1:")
    for _ in range(2):
        said = done(small, "verify", "bridge")
        assert said.count("matches, and today's words are the same") == 2
        assert "It covers every word and address, but not which words lead to an address." in said
        assert json.loads(done(small, "verify", "bridge", "--format", "json"))["versions"][0]["tells links"] is False
        # What it never covered is not found now, and it says so.
        led_elsewhere(small)


def test_an_older_signature_sees_a_link_that_was_changed_in_the_agreement_alone(small: SmallToolkit):
    partnership.agree(small, WITH_LINK, "gr1")
    small.replace(FILE, PAY, PAY_OTHERS)
    said = done(small, "verify", "bridge")
    assert "the words have changed since" in said
    assert "Money goes to [our account[-](-]" in said


def test_words_that_only_an_older_fingerprint_takes_for_the_same_are_others(small: SmallToolkit):
    partnership.agree(small, WITH_LINK, "gr1")
    toolkit = load_and_check(small.root)[0]
    before = toolkit.partnerships["bridge"]
    where = signing_state(before, toolkit.histories["bridge"])
    assert where.says(before)
    small.replace(FILE, PAY, PAY_OTHERS)
    assert not where.says(load_and_check(small.root)[0].partnerships["bridge"])


def test_an_older_signature_on_words_without_links_covers_all_of_them(small: SmallToolkit):
    words = partnership.agree(small, form="gr1")
    said = done(small, "verify", "bridge")
    assert "older kind" not in said
    assert f"today's words\n    {words}" in said
    small.replace(FILE, "We name every partner", "We name no partner")
    assert "today's words\n    gr2:" in done(small, "verify", "bridge")


STOPS = partnership.AGREEMENT.replace("order.", "order at [[place]].").replace(
    "  order of names: alphabetical", "  order of names: alphabetical\n  place: Mill St."
).replace("answers:", '  place:\n    ask: "Where?"\nanswers:')  # fmt: skip


def test_two_full_stops_that_were_signed_are_still_signed(small: SmallToolkit):
    """What was signed with two full stops stays as it is until it is signed anew."""
    partnership.agree(small, STOPS, "gr1")
    assert "order at Mill St.." in (small.root / VERSION).read_text("utf-8")
    assert run(small, "check").exit_code == 0
    assert done(small, "verify", "bridge").count("matches, and today's words are the same") == 2
    assert "Mill St.." in done(small, "export", "bridge", "--to", "json", "-o", "-")
    done(small, "renegotiate", "bridge", "--because", "We moved.")
    small.replace(FILE, "We name every", "We always name every")
    assert "Mill St.." not in done(small, "export", "bridge", "--to", "json", "-o", "-")
    done(small, "sign", "bridge", "--as", ANN)
    assert "order at Mill St." in (small.root / f"{FOLDER}/versions/2.md").read_text("utf-8")
    assert "Mill St.." not in (small.root / f"{FOLDER}/versions/2.md").read_text("utf-8")


def test_who_signs_last_signs_what_others_signed(small: SmallToolkit):
    """A round that was begun with the older kind of fingerprint is ended with it."""
    partnership.write(small, WITH_LINK)
    words = partnership.keep(small, 1, "gr1")
    signed = partnership.signature("Northgate", "Ann Lee", "2026-09-01", 1, words)
    partnership.replace(
        small, "publish: yes\n", f"signatures:\n{signed}rounds:\n  - version: 1\n    opened: 2026-09-01\n"
    )
    before = (small.root / VERSION).read_bytes()
    done(small, "sign", "bridge", "--as", BO)
    assert (small.root / FILE).read_text("utf-8").count(words) == 2
    assert (small.root / VERSION).read_bytes() == before
    done(small, "agree", "bridge")
    assert "version 1 is in force" in done(small, "verify", "bridge")


def test_a_party_that_ends_in_a_full_stop(small: SmallToolkit):
    partnership.write(small, partnership.AGREEMENT.replace("Southgate", "Southgate & Co."))
    said = done(small, "sign", "bridge", "--as", ANN)
    assert "Still to sign: Southgate & Co. Next:" in said


def test_a_fingerprint_of_the_older_kind_is_known_on_paper(small: SmallToolkit):
    """Paper that was printed before anybody signed has it too."""
    partnership.write(small)
    older = partnership.keep(small, 1, "gr1")
    (small.root / VERSION).unlink()
    assert "It is that of today's words." in done(small, "verify", "bridge", "--fingerprint", older)
