"""``groundrules upgrade``: what a template has learned is proposed, and nothing is changed that nobody decided."""

from __future__ import annotations

import os
import re
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.agreement.changes.update_apply import Decision, choices
from groundrules.agreement.changes.update_compare import Behind, Proposal, behind, mark, parts, proposals
from groundrules.agreement.changes.update_write import refuse_loss
from groundrules.agreement.document.assemble import assemble
from groundrules.agreement.document.fork import Choices, files
from groundrules.agreement.signing.fingerprint import canonical_text
from groundrules.checks import load_and_check
from groundrules.cli import main
from groundrules.commands import upgrade as upgrade_command
from groundrules.model.pieces import Agreement
from groundrules.text.markup.nodes import blank_key
from groundrules.text.problems import UserError, errors
from support.fuller_toolkit import furnish
from support.histories import PARTIES, Fork, World, edited, fork, named, read_text, upgraded
from support.processes import killed_at
from support.small import SmallToolkit
from support.terminal import in_terminal

FOLDER = "agreements/partnerships/bridge"
FILE = f"{FOLDER}/agreement.md"
TAKEN = f"{FOLDER}/taken.md"
PUBLICITY = "agreements/clauses/publicity.md"
MEETINGS = "agreements/clauses/meetings.md"
LEAVING = "agreements/clauses/leaving.md"
TEMPLATE = "agreements/templates/team.md"

# More of them: EXAMPLES=20000 pytest tests/commands/test_upgrade.py -k histories
EXAMPLES = int(os.environ.get("EXAMPLES", "250"))
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def run(small: SmallToolkit, *words: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["--root", str(small.root), *words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def bridge(small: SmallToolkit) -> SmallToolkit:
    """A fork with every question answered, and a word of the partners' own in one clause."""
    furnish(small)
    said = {
        "order of names": "by age",
        "rhythm of meetings": "every week",
        "kind of meeting": "online",
        "review date": "2030-03-09",
        "why we meet": "To talk.",
        "who comes": "Ann",
        "notice": "a month",
    }
    words = [word for name, answer in said.items() for word in ("--set", f"{name}={answer}")]
    parties = ["--party", "Northgate: Ann Lee, worker", "--party", "Southgate: Bo Ray, sergeant"]
    assert run(small, "new", "team", "bridge", *parties, *words).exit_code == 0
    tasks = 'answers:\n  tasks:\n    - task: "book"\n      by when: "2027-01-02"\n      how: "online"\n'
    small.replace(FILE, "answers:\n", tasks)
    small.replace(FILE, "says so [[notice]] before.", "says so [[notice]] before, in writing.")
    assert not errors(small.problems()), small.problems()
    return small


def upgrade(small: SmallToolkit, *words: str, code: int = 0) -> str:
    """Run the command, and return what it says on one line, so that no test depends on where lines wrap."""
    result = run(small, "upgrade", "bridge", *words)
    assert result.exit_code == code, result.output
    return " ".join(result.output.replace("|", " ").split())


def at_the_terminal(small: SmallToolkit, monkeypatch: pytest.MonkeyPatch, *lines: str) -> str:
    monkeypatch.setattr(upgrade_command, "at_a_terminal", lambda: True)
    result = run(small, "upgrade", "bridge", typed="".join(f"{line}\n" for line in lines))
    assert result.exit_code == 0, result.output
    return " ".join(result.output.replace("|", " ").split())


def agreement(small: SmallToolkit) -> Agreement:
    return load_and_check(small.root)[0].partnerships["bridge"]


def text(small: SmallToolkit, file: str = FILE) -> str:
    return (small.root / file).read_bytes().decode()


def kinds(small: SmallToolkit) -> dict[str, str]:
    toolkit = load_and_check(small.root)[0]
    found = proposals(toolkit.partnerships["bridge"], toolkit.histories["bridge"].taken, toolkit)
    return {one.clause: one.kind for one in found}


def improve_publicity(small: SmallToolkit) -> None:
    small.replace(PUBLICITY, "We name every partner, in", "We name every partner and every worker, in")


def improve_leaving(small: SmallToolkit) -> None:
    small.replace(LEAVING, "A partner that leaves says so", "Whoever leaves says so")


def improve_template(small: SmallToolkit) -> None:
    small.replace(TEMPLATE, "needs:\n", "  - id: extra\n    wording: with-time\n    optional: yes\nneeds:\n")
    small.replace("agreements/examples/two-teams.md", "left out:\n", "left out:\n  - extra\n")


# --- what is proposed ----------------------------------------------------------------------------


def test_a_fresh_fork_is_up_to_date(bridge):
    before = text(bridge)
    assert "up to date with its template" in upgrade(bridge)
    assert kinds(bridge) == {}
    assert text(bridge) == before


def test_a_library_that_is_older_than_what_was_taken_offers_nothing(bridge):
    bridge.write("agreements/toolkit.yml", 'version: "2026.9"\n')
    bridge.replace(FILE, "taken:\n", 'taken:\n  library version: "2026.11"\n')
    improve_publicity(bridge)
    assert "come from version 2026.11 of the library. Here is version 2026.9, which is older" in upgrade(bridge)
    assert kinds(bridge) == {}
    bridge.write("agreements/toolkit.yml", 'version: "2027.1"\n')
    upgrade(bridge, "--take", "publicity")
    assert '\ntaken:\n  library version: "2027.1"\n' in text(bridge)


def test_what_only_the_library_changed_is_shown_word_by_word_and_taken(bridge):
    improve_publicity(bridge)
    said = upgrade(bridge)
    assert "1 thing to decide" in said
    assert "Publicity (publicity)" in said
    assert "We name every partner{+ and every worker+}, in by age order." in said
    said = upgrade(bridge, "--take", "publicity")
    assert "Taken: Publicity." in said
    assert "We name every partner and every worker, in [[order of names]] order." in text(bridge)
    assert agreement(bridge).front.answers["order of names"] == "by age"
    assert "up to date" in upgrade(bridge)


def test_the_words_to_take_read_as_they_would_in_the_agreement(bridge):
    old = "We name every partner, in [[order of names]] order."
    bridge.replace(PUBLICITY, old, "We name **every** partner, in [[order of names]] order. See [[#leaving]].")
    assert "We name every partner, in by age order.{+ See Leaving.+}" in upgrade(bridge)


def test_where_both_changed_mine_theirs_and_what_both_came_from_are_shown(bridge):
    improve_leaving(bridge)
    assert kinds(bridge) == {"leaving": "both"}
    said = upgrade(bridge)
    assert "Both came from: A partner that leaves says so a month before." in said
    assert (
        "What you changed, [-removed-] and {+added+}: A partner that leaves says so a month before{+, in writing+}."
        in said
    )
    assert "What the library changed: [-A partner that-]{+Whoever+} leaves says so a month before." in said


def test_keeping_mine_is_not_asked_again_until_the_library_changes_once_more(bridge):
    improve_leaving(bridge)
    before = canonical_text(assemble(agreement(bridge)))
    assert "Kept: Leaving." in upgrade(bridge, "--keep", "leaving")
    assert canonical_text(assemble(agreement(bridge))) == before
    assert kinds(bridge) == {}
    bridge.replace(LEAVING, "Whoever leaves", "Anybody who leaves")
    assert kinds(bridge) == {"leaving": "both"}
    assert "[-Whoever-]{+Anybody who+} leaves" in upgrade(bridge)


def test_what_is_left_for_later_is_asked_again(bridge):
    improve_leaving(bridge)
    improve_publicity(bridge)
    said = upgrade(bridge, "--take", "publicity")
    assert "Left for later: Leaving." in said
    assert kinds(bridge) == {"leaving": "both"}


def test_a_new_clause_of_the_template_is_offered_and_goes_in_its_place(bridge):
    improve_template(bridge)
    assert kinds(bridge) == {"extra": "new"}
    assert "It would say: A partner that leaves says so [extra time] before." in upgrade(bridge)
    assert "There is more to answer now, 1 question open" in upgrade(bridge, "--take", "extra")
    made = agreement(bridge)
    assert [one.id for one in made.sections] == ["publicity", "meetings", "leaving", "extra"]
    assert "extra time" in made.front.blanks
    assert not errors(bridge.problems())


def test_a_new_clause_that_is_declined_is_left_out_and_never_offered_again(bridge):
    improve_template(bridge)
    upgrade(bridge, "--keep", "extra")
    assert agreement(bridge).front.left_out == ("extra",)
    bridge.replace("agreements/clauses/extra.md", "A partner", "Each partner")
    assert kinds(bridge) == {}
    assert not errors(bridge.problems())


def test_what_was_left_out_stays_out(small):
    furnish(small)
    run(small, "new", "team", "bridge", "--without", "leaving")
    improve_leaving(small)
    assert kinds(small) == {}
    small.replace(TEMPLATE, "  - id: leaving\n    wording: with-notice\n    optional: yes\n", "")
    assert "is taken off the list of what you left out" in upgrade(small)
    upgrade(small, "--keep", "leaving")
    assert agreement(small).front.left_out == ()
    assert kinds(small) == {}


def test_a_clause_that_the_template_no_longer_lists_is_kept_and_said(bridge):
    bridge.replace(TEMPLATE, "  - id: leaving\n    wording: with-notice\n    optional: yes\n", "")
    assert "Not in the template, now or any more, and kept: Leaving." in upgrade(bridge)
    improve_leaving(bridge)
    assert kinds(bridge) == {"leaving": "both"}, "the library may still have better words"


def test_a_clause_that_the_library_dropped_is_kept_as_the_partners_own(bridge):
    bridge.replace(TEMPLATE, "  - id: leaving\n    wording: with-notice\n    optional: yes\n", "")
    bridge.replace("agreements/examples/two-teams.md", "  - leaving\n", "")
    (bridge.root / LEAVING).unlink()
    bridge.replace(FILE, "and each partner signs;", "and see [[#leaving]], and each partner signs;")
    before = canonical_text(assemble(agreement(bridge)))
    assert "The library no longer has this clause" in upgrade(bridge)
    upgrade(bridge, "--take", "leaving", code=2)
    said = upgrade(bridge, "--keep", "leaving")
    assert '"leaving" is "own-1" now' in said
    assert "## Leaving {#own-1}" in text(bridge)
    assert "[[#own-1]]" in text(bridge)
    assert canonical_text(assemble(agreement(bridge))) == before
    assert kinds(bridge) == {}
    assert not errors(bridge.problems()), bridge.problems()


def test_a_clause_with_a_new_id_is_followed_to_it(bridge):
    (bridge.root / "agreements/clauses/press.md").write_text(
        text(bridge, PUBLICITY).replace("group:", "formerly:\n  - publicity\ngroup:", 1), "utf-8"
    )
    (bridge.root / PUBLICITY).unlink()
    for file in (TEMPLATE, "agreements/examples/two-teams.md", MEETINGS):
        bridge.write(file, text(bridge, file).replace("publicity", "press"))
    before = canonical_text(assemble(agreement(bridge)))
    assert kinds(bridge) == {"publicity": "renamed"}
    said = upgrade(bridge, "--take", "publicity")
    assert '"publicity" is "press" now' in said
    assert "## Publicity {#press wording=every-partner}" in text(bridge)
    assert "see [[#press]]" in text(bridge)
    assert canonical_text(assemble(agreement(bridge))) == before
    assert kinds(bridge) == {}
    assert list(agreement(bridge).front.taken) == ["preamble", "press", "meetings", "leaving"]


def test_what_was_left_out_stays_out_under_its_new_id(small):
    furnish(small)
    run(small, "new", "team", "bridge", "--without", "leaving")
    (small.root / "agreements/clauses/parting.md").write_text(
        text(small, LEAVING).replace("group:", "formerly:\n  - leaving\ngroup:", 1), "utf-8"
    )
    (small.root / LEAVING).unlink()
    small.replace(TEMPLATE, "id: leaving", "id: parting")
    assert kinds(small) == {"leaving": "renamed"}
    upgrade(small, "--keep", "leaving")
    assert agreement(small).front.left_out == ("parting",)
    assert kinds(small) == {}


def test_a_wording_with_a_new_id_is_found_by_its_words(bridge):
    bridge.replace(PUBLICITY, "{#every-partner}", "{#all-partners}")
    bridge.replace(TEMPLATE, "wording: every-partner", "wording: all-partners")
    assert kinds(bridge) == {"publicity": "renamed"}
    upgrade(bridge, "--take", "publicity")
    assert "{#publicity wording=all-partners}" in text(bridge)
    assert kinds(bridge) == {}


def test_a_wording_that_is_gone_leaves_mine_as_it_is(bridge):
    gone = text(bridge, PUBLICITY).replace(
        "### Every partner {#every-partner}\n\nWe name every partner, in [[order of names]] order.\n\n", ""
    )
    bridge.write(PUBLICITY, gone)
    bridge.replace(TEMPLATE, "wording: every-partner", "wording: one-voice")
    assert kinds(bridge) == {"publicity": "dropped"}
    upgrade(bridge, "--keep", "publicity")
    assert "## Publicity {#publicity}\n\nWe name every partner, in" in text(bridge)
    assert kinds(bridge) == {}


def test_the_preamble_is_compared_as_well(bridge):
    bridge.replace(TEMPLATE, "This is what [[parties]] agreed.", "This is what [[parties]] have agreed.")
    assert kinds(bridge) == {"preamble": "library"}
    bridge.replace(FILE, "agreed.\n", "agreed.\n\n> Added: in June.\n")
    upgrade(bridge, "--take", "preamble")
    assert "---\nThis is what [[parties]] have agreed.\n\n> Added: in June.\n\n## Publicity" in text(bridge)


def test_words_that_both_came_to_are_no_question(bridge):
    bridge.replace(LEAVING, "says so [[notice]] before.", "says so [[notice]] before, in writing.")
    assert kinds(bridge) == {"leaving": "same"}
    assert "now has the words that you had already: Leaving." in upgrade(bridge)
    improve_publicity(bridge)
    upgrade(bridge, "--take", "publicity")
    assert kinds(bridge) == {}


def test_notes_stay_when_a_text_is_taken(bridge):
    improve_publicity(bridge)
    bridge.replace(FILE, "\n\n## Meetings", "\n\n> Added: the mayor asked.\n\n## Meetings")
    upgrade(bridge, "--take", "publicity")
    assert "and every worker, in [[order of names]] order.\n\n> Added: the mayor asked.\n\n## Meetings" in text(bridge)


def test_the_persons_order_and_own_clauses_and_remarks_stay(bridge):
    front, publicity, meetings, leaving = text(bridge).split("\n## ")
    own = "Keys {#own-1}\n\nWe lock up.\n"
    bridge.write(FILE, "\n## ".join([front, leaving, own, publicity, meetings]))
    bridge.replace(FILE, "answers:\n", "# ours\nanswers:\n")
    improve_publicity(bridge)
    improve_template(bridge)
    upgrade(bridge, "--take", "publicity", "--take", "extra")
    order = [one.id for one in agreement(bridge).sections]
    assert order == ["leaving", "extra", "own-1", "publicity", "meetings"]
    assert "# ours\nanswers:\n" in text(bridge)
    assert "We lock up." in text(bridge)


def test_line_ends_of_windows_stay(bridge):
    bridge.write(FILE, text(bridge).replace("\n", "\r\n"))
    improve_publicity(bridge)
    improve_template(bridge)
    upgrade(bridge, "--take", "publicity", "--take", "extra")
    assert "every worker" in text(bridge)
    assert text(bridge).count("\n") == text(bridge).count("\r\n")


def test_a_fork_of_a_translation_follows_the_translation(small):
    furnish(small)
    welsh = text(small, PUBLICITY).replace("We name every partner, in", "Enwn bob partner, yn nhrefn")
    small.write("agreements/clauses/publicity.cy.md", welsh)
    small.write("agreements/templates/team.cy.md", text(small, TEMPLATE).replace("signs:", "language: cy\nsigns:"))
    assert run(small, "new", "team.cy", "bridge").exit_code == 0
    assert "Enwn bob partner" in text(small)
    improve_publicity(small)
    assert kinds(small) == {}
    small.replace("agreements/clauses/publicity.cy.md", "Enwn bob partner", "Enwn bob partner a phob gweithiwr")
    assert kinds(small) == {"publicity": "library"}
    upgrade(small, "--take", "publicity")
    assert "a phob gweithiwr" in text(small)


# --- answers -------------------------------------------------------------------------------------


def test_an_answer_that_would_lose_its_place_is_a_conflict(bridge):
    bridge.replace(PUBLICITY, "We name every partner, in [[order of names]] order.", "We name every partner.")
    before = text(bridge)
    assert "these answers would lose their place: order of names: by age" in upgrade(bridge)
    said = upgrade(bridge, "--take", "publicity", code=2)
    assert '"order of names" is answered.' in said
    assert text(bridge) == before


def test_an_answer_goes_only_when_somebody_says_so_and_stays_as_a_remark(bridge):
    bridge.replace(PUBLICITY, "We name every partner, in [[order of names]] order.", "We name every partner.")
    said = upgrade(bridge, "--take-and-drop", "publicity")
    assert "order of names: by age" in said
    assert "order of names" not in agreement(bridge).front.answers
    assert '# order of names: "by age"\n---\n' in text(bridge)
    assert not errors(bridge.problems())


def test_a_column_that_is_gone_keeps_the_other_cells(bridge):
    bridge.replace(
        MEETINGS,
        '      how:\n        ask: "In person or online?"\n        type: choice\n'
        "        choices:\n          - in person\n          - online\n",
        "",
    )
    assert kinds(bridge) == {"meetings": "question"}
    assert '"how", which is not a column' in upgrade(bridge, "--take", "meetings", code=2)
    upgrade(bridge, "--take-and-drop", "meetings")
    assert agreement(bridge).front.answers["tasks"] == [{"task": "book", "by when": "2027-01-02"}]
    assert '#     how: "online"\n' in text(bridge)
    assert not errors(bridge.problems())


def test_a_choice_that_is_gone_is_a_conflict(bridge):
    bridge.replace(MEETINGS, "      - in person\n      - online\n", "      - in person\n      - by phone\n")
    said = upgrade(bridge)
    assert "choices: in person; [-online-]{+by phone+}" in said
    assert '"online" is not one of the choices' in said
    upgrade(bridge, "--take", "meetings", code=2)
    upgrade(bridge, "--keep", "meetings")
    assert agreement(bridge).front.answers["kind of meeting"] == "online"
    assert kinds(bridge) == {}


def test_a_new_question_is_proposed_and_changes_no_word(bridge):
    bridge.replace(LEAVING, "How long before?", "How long before, at least?")
    before = canonical_text(assemble(agreement(bridge)))
    assert kinds(bridge) == {"leaving": "question"}
    assert "ask: How long before{+, at least+}?" in upgrade(bridge)
    upgrade(bridge, "--take", "leaving")
    assert agreement(bridge).front.blanks["notice"].ask == "How long before, at least?"
    assert canonical_text(assemble(agreement(bridge))) == before, "also the words that the partners changed"
    assert kinds(bridge) == {}


def test_what_only_the_partners_changed_of_a_question_stays(bridge):
    bridge.replace(FILE, 'example: "a month"', 'example: "six weeks, as in our lease"')
    bridge.replace(LEAVING, "How long before?", "How long before, at least?")
    upgrade(bridge, "--take", "leaving")
    notice = agreement(bridge).front.blanks["notice"]
    assert (notice.ask, notice.example) == ("How long before, at least?", "six weeks, as in our lease")


# --- rounds --------------------------------------------------------------------------------------


@pytest.fixture
def agreed(bridge: SmallToolkit) -> SmallToolkit:
    for person in ("Ann Lee, worker, Northgate", "Bo Ray, sergeant, Southgate"):
        assert run(bridge, "sign", "bridge", "--as", person).exit_code == 0
    assert run(bridge, "agree", "bridge").exit_code == 0
    assert agreement(bridge).front.status == "agreed"
    return bridge


def test_taking_something_opens_a_round_and_leaves_what_was_agreed(agreed):
    kept = text(agreed, f"{FOLDER}/versions/1.md")
    improve_publicity(agreed)
    assert "Round 2 is open" in upgrade(agreed, "--take", "publicity")
    front = agreement(agreed).front
    assert (front.status, front.rounds[-1].version) == ("draft", 2)
    assert front.rounds[-1].because == "Keeping up with the template: Publicity."
    assert front.rounds[0].agreed
    assert len(front.signatures) == 2
    assert text(agreed, f"{FOLDER}/versions/1.md") == kept
    assert not errors(agreed.problems()), agreed.problems()


def test_the_reason_may_be_given(agreed):
    improve_publicity(agreed)
    upgrade(agreed, "--take", "publicity", "--because", "Workers were left out.")
    assert agreement(agreed).front.rounds[-1].because == "Workers were left out."


def test_a_round_that_is_open_already_keeps_its_reason(agreed):
    assert run(agreed, "renegotiate", "bridge", "--because", "Nobody came.").exit_code == 0
    improve_publicity(agreed)
    upgrade(agreed, "--take", "publicity")
    assert [one.because for one in agreement(agreed).front.rounds] == ["", "Nobody came."]


def test_what_somebody_signed_already_lapses_and_is_kept(bridge):
    assert run(bridge, "sign", "bridge", "--as", "Ann Lee, worker, Northgate").exit_code == 0
    kept = text(bridge, f"{FOLDER}/versions/1.md")
    improve_publicity(bridge)
    assert "Round 2 is open" in upgrade(bridge, "--take", "publicity")
    assert text(bridge, f"{FOLDER}/versions/1.md") == kept
    front = agreement(bridge).front
    assert [one.version for one in front.rounds] == [1, 2]
    assert [one.version for one in front.signatures] == [1]
    assert not errors(bridge.problems()), bridge.problems()


def test_declining_or_taking_a_question_opens_no_round(agreed):
    improve_publicity(agreed)
    agreed.replace(LEAVING, "How long before?", "How long before, at least?")
    said = upgrade(agreed, "--keep", "publicity", "--take", "leaving")
    assert "Round" not in said
    front = agreement(agreed).front
    assert (front.status, len(front.rounds)) == ("agreed", 1)
    assert not errors(agreed.problems())


def test_without_the_words_that_were_agreed_nothing_is_taken(agreed):
    (agreed.root / FOLDER / "versions/1.md").unlink()
    improve_publicity(agreed)
    before = text(agreed)
    assert "versions/1.md" in upgrade(agreed, "--take", "publicity", code=2)
    assert text(agreed) == before


def test_agreed_words_that_nobody_kept_are_not_changed(bridge):
    signed = "".join(
        f"  - party: {party}\n    name: {name}\n    date: 2026-09-01\n"
        for party, name in (("Northgate", "Ann"), ("Southgate", "Bo"))
    )
    bridge.replace(FILE, "taken:\n", f"status: agreed\nsignatures:\n{signed}taken:\n")
    improve_publicity(bridge)
    before = text(bridge)
    assert "Sign them first" in upgrade(bridge, "--take", "publicity", code=2)
    assert text(bridge) == before


def test_an_agreement_that_has_ended_is_left_in_peace(bridge):
    bridge.replace(FILE, "taken:\n", "status: ended\ntaken:\n")
    improve_publicity(bridge)
    before = text(bridge)
    assert "has ended" in upgrade(bridge, "--take", "publicity")
    assert text(bridge) == before


# --- without a base ------------------------------------------------------------------------------


def test_a_missing_base_is_named_and_only_matters_where_both_changed(bridge):
    improve_publicity(bridge)
    improve_leaving(bridge)
    (bridge.root / TAKEN).unlink()
    assert kinds(bridge)["publicity"] == "library", "the fork's own words are still those that were taken"
    assert kinds(bridge)["leaving"] == "no base"
    before = text(bridge)
    said = upgrade(bridge, code=1)
    assert "taken.md is missing" in said
    assert "From yours to the library's" in said
    assert text(bridge) == before
    upgrade(bridge, "--take", "publicity", "--keep", "leaving")
    assert kinds(bridge) == {}
    assert mark(parts(read_text(text(bridge, TAKEN)))["leaving"]) == agreement(bridge).front.taken["leaving"]


def test_a_base_of_another_text_does_not_count(bridge):
    improve_leaving(bridge)
    bridge.replace(TAKEN, "A partner that leaves", "Somebody who leaves")
    assert kinds(bridge) == {"leaving": "no base"}


def test_a_clause_that_notes_no_library_text_is_compared_two_ways(bridge):
    lines = text(bridge).splitlines(keepends=True)
    bridge.write(FILE, "".join(line for line in lines if not line.startswith("  leaving: ")))
    assert kinds(bridge) == {"leaving": "no base"}
    upgrade(bridge, "--keep", "leaving")
    assert kinds(bridge) == {}


def test_a_clause_that_cannot_be_read_is_named_and_nothing_is_proposed(bridge):
    bridge.write(PUBLICITY, "---\ntitle: [\n---\n")
    assert "publicity.md" in upgrade(bridge, code=1)


# --- decisions in a file -------------------------------------------------------------------------


def test_decisions_are_prepared_in_a_file(bridge):
    improve_publicity(bridge)
    improve_leaving(bridge)
    path = bridge.root / "decisions.yml"
    upgrade(bridge, "--write-decisions", str(path))
    form = path.read_text("utf-8")
    assert "# Publicity: The library has other words now." in form
    assert "\npublicity: later\n" in form
    own = 'leaving:\n  choice: take\n  text: "Whoever leaves says so [[notice]] before, in writing."\n'
    path.write_text(form.replace("publicity: later", "publicity: take").replace("leaving: later\n", own), "utf-8")
    before = text(bridge)
    assert "Taken: Publicity, Leaving." in upgrade(bridge, "--decisions", str(path), "--dry-run")
    assert text(bridge) == before
    upgrade(bridge, "--decisions", str(path))
    assert "Whoever leaves says so [[notice]] before, in writing." in text(bridge)
    assert kinds(bridge) == {}


def test_the_form_is_never_written_over_another_file(bridge):
    improve_publicity(bridge)
    bridge.write("decisions.yml", "mine")
    upgrade(bridge, "--write-decisions", str(bridge.root / "decisions.yml"), code=2)
    assert text(bridge, "decisions.yml") == "mine"


def test_all_that_is_wrong_in_the_file_is_named_at_once(bridge):
    improve_publicity(bridge)
    improve_template(bridge)
    wrong = (
        "publicty: take\nleaving: keep\nextra:\n  choice: take\n  text: mine\n"
        'publicity:\n  choice: perhaps\npreamble:\n  chioce: "take"\n'
    )
    bridge.write("d.yml", wrong)
    before = text(bridge)
    said = upgrade(bridge, "--decisions", str(bridge.root / "d.yml"), code=1)
    assert 'Did you mean "publicity"?' in said
    for words in ("d.yml:1:", "d.yml:2:", "d.yml:3:", "words of your own go with", "d.yml:6:", "d.yml:8:"):
        assert words in said
    assert text(bridge) == before


@pytest.mark.parametrize(
    "own", ["## Heading {#x}", "a\\n\\n---\\n\\nb", "<b>bold</b>", "{{ 7 * 7 }}", "[[nobody knows]]"]
)
def test_words_of_ones_own_are_agreement_text_or_refused(bridge, own):
    improve_publicity(bridge)
    bridge.write("d.yml", f'publicity:\n  choice: take and drop\n  text: "{own}"\n')
    before = text(bridge), text(bridge, TAKEN)
    upgrade(bridge, "--decisions", str(bridge.root / "d.yml"), code=1)
    assert (text(bridge), text(bridge, TAKEN)) == before


def test_unknown_clauses_and_two_decisions_are_named_at_once(bridge):
    improve_publicity(bridge)
    said = upgrade(bridge, "--take", "nope", "--take", "publicity", "--keep", "publicity", "--keep", "leaving", code=2)
    assert '"nope"' in said
    assert "decided in two ways" in said
    assert '"leaving": there is nothing to decide' in said


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--dry-run", "--take", "publicity")])
def test_a_dry_run_changes_no_byte(bridge, words):
    improve_publicity(bridge)
    improve_leaving(bridge)
    before = {path: path.read_bytes() for path in bridge.root.rglob("*") if path.is_file()}
    upgrade(bridge, *words)
    assert {path: path.read_bytes() for path in bridge.root.rglob("*") if path.is_file()} == before


# --- at the terminal -----------------------------------------------------------------------------


def test_one_after_the_other_at_the_terminal(bridge, monkeypatch):
    improve_publicity(bridge)
    improve_leaving(bridge)
    improve_template(bridge)
    said = at_the_terminal(bridge, monkeypatch, "what?", "/why", "t", "k", "/back", "", "l")
    assert "Write one of: take, keep, later." in said
    assert "So that nobody claims all the glory." in said
    assert "Taken: Publicity. Left for later: Leaving, Extra." in said
    assert kinds(bridge) == {"leaving": "both", "extra": "new"}


@pytest.mark.parametrize("end", ["q", "/quit", "\x04"])
def test_to_stop_half_way_changes_nothing(bridge, monkeypatch, end):
    improve_publicity(bridge)
    improve_leaving(bridge)
    before = text(bridge), text(bridge, TAKEN)
    assert "Nothing was changed." in at_the_terminal(bridge, monkeypatch, "t", *([end] if end != "\x04" else []))
    assert (text(bridge), text(bridge, TAKEN)) == before


def test_before_an_answer_goes_it_asks(bridge, monkeypatch):
    bridge.replace(PUBLICITY, "We name every partner, in [[order of names]] order.", "We name every partner.")
    said = at_the_terminal(bridge, monkeypatch, "t", "n", "t", "y")
    assert "Take it all the same?" in said
    assert '# order of names: "by age"' in text(bridge)


def test_a_round_is_opened_for_a_reason_that_it_asks_for(agreed, monkeypatch):
    improve_publicity(agreed)
    assert "Why is it?" in at_the_terminal(agreed, monkeypatch, "t", "Workers were left out.")
    assert agreement(agreed).front.rounds[-1].because == "Workers were left out."


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_changes_nothing(bridge):
    improve_publicity(bridge)
    improve_leaving(bridge)
    before = text(bridge), text(bridge, TAKEN)
    seen, code = in_terminal(bridge, b"t\r", b"ke\x03", command="upgrade")
    assert code == 0, seen
    assert "Nothing was changed" in seen
    assert "Traceback" not in seen
    assert (text(bridge), text(bridge, TAKEN)) == before


def test_somebody_else_changes_the_file_meanwhile(bridge, monkeypatch):
    improve_publicity(bridge)

    def edit_meanwhile(self: upgrade_command.Session) -> None:
        bridge.replace(FILE, "in writing.", "in writing, by post.")
        self.decisions["publicity"] = Decision("take")

    monkeypatch.setattr(upgrade_command.Session, "go_through", edit_meanwhile)
    monkeypatch.setattr(upgrade_command, "at_a_terminal", lambda: True)
    result = run(bridge, "upgrade", "bridge")
    assert result.exit_code == 2
    assert "changed agreement.md meanwhile" in " ".join(result.output.split())
    assert "and every worker" not in text(bridge)


# --- killed at any moment ------------------------------------------------------------------------


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_mends_it(agreed):
    improve_publicity(agreed)
    improve_leaving(agreed)
    words = ["--root", str(agreed.root), "upgrade", "bridge", "--take", "publicity", "--keep", "leaving"]
    old = text(agreed), text(agreed, TAKEN)
    states = []
    for number in range(100):
        agreed.write(FILE, old[0])
        agreed.write(TAKEN, old[1])
        result = killed_at(number, *words)
        states.append((text(agreed), text(agreed, TAKEN)))
        assert not errors(agreed.problems())
        # Nothing was half done: it is all to decide, or nothing is.
        assert kinds(agreed) in ({"publicity": "library", "leaving": "both"}, {})
        if result.returncode == 0:
            break
        assert result.returncode == 9, result.stderr
    new = states[-1]
    between = [state for state in states if state not in (old, new)]
    assert len(set(states)) == 3
    assert set(between) == {(new[0], old[1])}
    # The next run finds in the library what taken.md lacks.
    agreed.write(FILE, new[0])
    agreed.write(TAKEN, old[1])
    agreed.replace(MEETINGS, "We meet [[rhythm", "We all meet [[rhythm")
    said = " ".join(upgrade(agreed, "--keep", "meetings").split())
    assert "taken.md lacked the library's text of: Publicity" in said
    assert "It was found and stands there again." in said
    held, noted = parts(read_text(text(agreed, TAKEN))), agreement(agreed).front.taken
    assert {name: mark(one) for name, one in held.items()} == noted


# --- who is behind -------------------------------------------------------------------------------


def test_behind_says_in_which_clauses(bridge):
    improve_publicity(bridge)
    improve_template(bridge)
    toolkit = load_and_check(bridge.root)[0]
    found = behind(toolkit.partnerships["bridge"], toolkit)
    assert found == [Behind("publicity", "Publicity", "library"), Behind("extra", "Extra", "new")]
    assert behind(toolkit.examples["two-teams"], toolkit) == []


def test_who_notes_no_library_text_cannot_be_behind_it(bridge):
    front, body = text(bridge).split("taken:\n")
    bridge.write(FILE, front + body[body.index("---\n") :])
    improve_publicity(bridge)
    toolkit = load_and_check(bridge.root)[0]
    assert behind(toolkit.partnerships["bridge"], toolkit) == []


# --- thousands of histories ----------------------------------------------------------------------

WORD = re.compile(r"(?:local|localask|note)[0-9]+x")
histories = st.randoms(use_true_random=True)


def made(random: Random, local: bool = True) -> tuple[World, Fork]:
    """A library that was edited, and a fork that partners edited before."""
    world = World(random)
    one = fork(world, local)
    one = edited(world, one) if local else one
    for _ in range(random.randint(1, 6)):
        world.edit()
    return world, one


def found_in(world: World, one: Fork) -> list[Proposal]:
    return proposals(*one.read(), world.toolkit())


def chosen(random: Random, found: list[Proposal], *among: str) -> dict[str, Decision]:
    possible = {one.clause: [c for c in choices(one) if not among or c in among] or ["keep"] for one in found}
    return {one.clause: Decision(random.choice(possible[one.clause])) for one in found if choices(one)}


def without_refused_losses(world: World, one: Fork, decisions: dict[str, Decision]) -> dict[str, Decision]:
    """``decisions``, with "keep" where a taking would be refused."""
    while True:
        _, result = upgraded(world, one, decisions)
        try:
            refuse_loss(result, decisions)
            return decisions
        except UserError:
            refused = {clause for lost in result.lost for clause in lost.clauses}
            assert refused, "whoever loses an answer is told which decision takes it"
            decisions |= {clause: Decision("keep") for clause in refused if decisions[clause].choice == "take"}


@MANY
@given(histories)
def test_in_all_histories_no_local_word_and_no_answer_goes_unless_chosen(random):
    world, one = made(random)
    for _ in range(random.randint(1, 3)):
        before, _ = one.read()
        toolkit = world.toolkit()
        found = found_in(world, one)
        decisions = without_refused_losses(world, one, chosen(random, found))
        new, result = upgraded(world, one, decisions)
        after, _ = new.read()
        # Words of a clause, and of its title, may go where somebody took the library's. Notes never go.
        reworded = [one for one in found if one.kind in ("library", "both", "no base")]
        given_up = [one.mine for one in reworded if one.mine and decisions[one.clause].takes]
        free = {word for mine in given_up for word in WORD.findall(f"{mine.title} {mine.text}")}
        asked = [q for one in found for q in one.questions if one.clause in decisions and decisions[one.clause].takes]
        free |= {word for q in asked if q.disputed for word in WORD.findall(f"{q.mine.ask} {q.mine.example}")}
        gone_blanks = before.front.blanks.keys() - after.front.blanks.keys()
        free |= {word for name in gone_blanks for word in WORD.findall(before.front.blanks[name].ask)}
        assert set(WORD.findall(one.agreement)) - set(WORD.findall(new.agreement)) <= free
        # Answers stay, or were given up by name, and then a remark holds them.
        for name, given_answer in before.front.answers.items():
            if after.front.answers.get(name) != given_answer:
                lost = next(lost for lost in result.lost if lost.name == name)
                assert any(decisions[clause].choice == "take and drop" for clause in lost.clauses)
                remarks = "\n".join(line for line in new.agreement.splitlines() if line.startswith("# "))
                assert all(word in remarks for word in re.findall("(?:answer|other)[0-9]+x", str(given_answer)))
        # The order stays, and what is left undecided is as it was.
        order = [result.ids.get(section.id, section.id) for section in before.sections]
        assert [section.id for section in after.sections if section.id in order] == order
        texts = {section.id: section for section in after.sections}
        for section in before.sections:
            decision = decisions.get(section.id, Decision("later"))
            if not decision.takes and not result.ids:
                assert texts[section.id].text == section.text
                assert texts[section.id].title == section.title
        # Nothing that was right is wrong now.
        assert named(after, toolkit) <= named(before, toolkit)
        one = edited(world, new)
        world.edit()


@MANY
@given(histories)
def test_in_all_histories_declining_changes_no_word(random):
    world, one = made(random)
    before, _ = one.read()
    after = upgraded(world, one, chosen(random, found_in(world, one), "keep"))[0].read()[0]
    assert canonical_text(assemble(after)) == canonical_text(assemble(before))
    assert after.front.answers == before.front.answers
    assert after.front.blanks == before.front.blanks
    assert [one.title for one in after.sections] == [one.title for one in before.sections]


@MANY
@given(histories)
def test_in_all_histories_what_is_decided_is_not_asked_again(random):
    world, one = made(random)
    found = found_in(world, one)
    new, _ = upgraded(world, one, chosen(random, found, "take and drop", "keep"))
    assert found_in(world, new) == []
    assert upgraded(world, new, {})[0] == new
    noted = new.read()[0].front.taken
    held = new.read()[1]
    assert held is not None
    assert {name: mark(section) for name, section in parts(held).items()}.items() <= noted.items()
    # What is left for later stays just that.
    later = upgraded(world, one, {})[0]
    assert canonical_text(assemble(later.read()[0])) == canonical_text(assemble(one.read()[0]))
    assert [(it.clause, it.kind) for it in found_in(world, later)] == [
        (it.clause, it.kind) for it in found if choices(it)
    ]


@MANY
@given(histories)
def test_in_all_histories_taking_everything_makes_a_fresh_fork(random):
    world = World(random)
    one = fork(world, local=False)
    for _ in range(random.randint(1, 6)):
        world.edit(("rename", "add", "define"))
    found = found_in(world, one)
    new, _ = upgraded(world, one, chosen(random, found, "take and drop"))
    after, held = new.read()
    toolkit = world.toolkit()
    given_answers = {blank_key(name): answer for name, answer in after.front.answers.items()}
    fresh = files(toolkit.templates["team"], toolkit, Choices(parties=PARTIES, answers=given_answers))
    for mine, theirs in ((after, read_text(fresh["agreement.md"])), (held, read_text(fresh["taken.md"]))):
        assert mine is not None
        assert {name: (it.title, it.wording, it.text) for name, it in parts(mine).items()} == {
            name: (it.title, it.wording, it.text) for name, it in parts(theirs).items()
        }
        assert (mine.front.blanks, mine.front.answers) == (theirs.front.blanks, theirs.front.answers)
        assert (mine.front.taken, mine.front.left_out) == (theirs.front.taken, theirs.front.left_out)


@MANY
@given(histories)
def test_in_all_histories_an_old_base_after_a_kill_is_found_again(random):
    """``agreement.md`` was written and ``taken.md`` was not: the next run knows all that it would have known."""
    world, one = made(random)
    new, _ = upgraded(world, one, chosen(random, found_in(world, one), "take and drop", "keep"))
    killed = Fork(new.agreement, one.taken)
    again = found_in(world, killed)
    # What a blank asked is in taken.md alone; to be asked once more about that does no harm.
    assert {it.kind for it in again} <= {"question"}
    mended = upgraded(world, killed, {})[0]
    assert mended.agreement == new.agreement
    was, now = read_text(new.taken), read_text(mended.taken)
    assert parts(now).keys() == parts(was).keys()
    assert all(mark(section) == mark(parts(was)[name]) for name, section in parts(now).items())
