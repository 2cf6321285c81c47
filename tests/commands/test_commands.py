"""The table of commands: each is a declaration and a file, help and the Tab key load none, and examples work."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import COMMANDS, STAGES, main
from groundrules.files.load import kept
from groundrules.writers.kinds import writers
from groundrules.writers.named import kinds_named
from support.partnership import REVIEW_FORM, agree, replace
from support.small import FILES, SmallToolkit


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_the_file_of_its_name_and_takes_what_is_declared(name):
    work = getattr(import_module(f"groundrules.commands.{name}"), name)
    declared = {one.name for one in COMMANDS[name].params} - {"partnerships"}
    assert set(inspect.signature(work).parameters) == {"place", *declared}


def test_the_help_puts_every_command_in_a_stage_of_an_agreements_life():
    assert sorted(name for stage in STAGES.values() for name in stage) == sorted(COMMANDS)
    said = CliRunner().invoke(main, ["--help"]).output
    assert said.index("Sign it:") < said.index("  agree ") < said.index("Live with it:")
    assert "..." not in said.split("Write down", 1)[1]


def loaded(words: list[str], **environment: str) -> set[str]:
    """The modules that are loaded once the program has answered."""
    ask = (
        "import sys; from groundrules.cli import main\ntry: main(sys.argv[1:], 'groundrules')\nexcept SystemExit: pass"
    )
    said = subprocess.run(
        [sys.executable, "-c", f"{ask}\nexcept SystemExit: pass\nprint(*sys.modules)", *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    assert said.stderr == ""
    return set(said.stdout.split())


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["--help"], {}),
        (["record", "--help"], {}),
        ([], {"_GROUNDRULES_COMPLETE": "bash_complete", "COMP_WORDS": "groundrules\nsign\n", "COMP_CWORD": "2"}),
    ],
)
def test_help_and_the_tab_key_load_no_command(words, environment):
    found = loaded(words, **environment)
    assert not {f"groundrules.commands.{name}" for name in COMMANDS} & found
    assert "pydantic" not in found


def test_the_kinds_of_file_are_named_as_the_writers_name_them():
    assert kinds_named() == tuple(writers())
    assert kinds_named(records=True) == tuple(kind for kind, one in writers().items() if one.records)


# In the order of a life: each example stands on what those before it made.
STORY = (
    "check", "build", "new", "status", "ask", "export", "sign", "verify", "agree", "diff", "record", "upgrade",
    "renegotiate", "init", "adopt", "uses", "schema", "translation", "labels", "stage",
)  # fmt: skip


def examples_in(help_text: str) -> list[str]:
    return [line.strip() for line in help_text.split("For example:")[1].splitlines() if line.strip()]


def test_every_example_in_the_help_works(small: SmallToolkit, monkeypatch):
    assert set(STORY) == set(COMMANDS)
    team = FILES["agreements/templates/team.md"]
    team = team.replace("    wording: every-partner", "    wording: every-partner\n    optional: yes")
    small.write("agreements/templates/team-co-working.md", team)
    small.write("agreements/records/review.md", REVIEW_FORM)
    small.write("agreements/records/concern.md", REVIEW_FORM.replace("- How", "[[about]]\n\n- How"))
    small.write("mkdocs.yml", "")
    monkeypatch.chdir(small.root)
    monkeypatch.setattr("mkdocs.__main__.cli.main", lambda *given, **options: None)
    story = [one for name in STORY for one in examples_in(COMMANDS[name].epilog or "")]
    for line in (one.partition(" >> ")[0] for one in story):
        # Asked are the title, the partners, two days, the clause and its question.
        done = CliRunner().invoke(main, shlex.split(line)[1:], input="\n" * 5 + "alphabetical\n" * 9)
        assert done.exit_code == 0, f"{line}\n{done.output}"
    (first, second) = examples_in(main.epilog or "")
    shutil.rmtree(small.root / "agreements/partnerships/harbour")
    assert [CliRunner().invoke(main, shlex.split(one)[1:]).exit_code for one in (first, second)] == [0, 0]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["sign", ""], ["bridge"]),
        (["sign", "bridge", "--as", ""], ["Ann\\ Lee,\\ Northgate", "Bo\\ Ray,\\ Southgate"]),
        (["sign", "bridge", "--as", '"Bo'], ['"Bo Ray, Southgate']),
        (["new", "te"], ["team"]),
        (["new", "team", "x", "--set", '"ord'], ['"order of names=']),
        (["new", "team", "x", "--wording", "publicity", "=", "e"], ["every-partner"]),
        (["export", "bridge", "--version", ""], ["1"]),
        (["export", "bridge", "--to", "d"], ["docx"]),
        (["diff", "bridge", "--from", ""], ["1", "now"]),
        (["record", ""], ["review"]),
        (["record", "review", "bridge", "--about", ""], ["publicity"]),
        (["sign", "nobody", "--as", ""], []),
        (["--root", "other", "sign", ""], ["pier"]),
        (["--root", "=", "other", "sign", ""], ["pier"]),
        (["--root", "~/other", "sign", ""], ["pier"]),
        (["--root", "other", "export", "te"], ["team"]),
        (["ask", "bridge", "--record", ""], ["review"]),
        (["new", "team", "x", "--wording", "=", "publicity", "=", "e"], ["every-partner"]),
        (["export", "no"], ["note"]),
    ],
)
def test_the_tab_key_offers_what_is_there(small: SmallToolkit, monkeypatch, words, offered):
    agree(small)
    small.write("agreements/records/review.md", REVIEW_FORM)
    small.write("agreements/letters/note.md", "")
    small.write("other/agreements/partnerships/pier/agreement.md", "")
    small.write("other/agreements/templates/team.md", "")
    monkeypatch.chdir(small.root)
    monkeypatch.setenv("HOME", str(small.root))
    # A mistake must not look like a word that nobody knows.
    done = press_tab(*words, GROUNDRULES_DEBUG="1")
    assert [one.removeprefix("plain,") for one in done.stdout.splitlines() if one] == offered
    assert done.stderr == ""


def press_tab(*words: str, **environment: str) -> Result:
    given = {"_GROUNDRULES_COMPLETE": "bash_complete", "COMP_WORDS": "\n".join(["groundrules", *words])}
    return CliRunner().invoke(
        main, [], env={**given, "COMP_CWORD": str(len(words)), **environment}, prog_name="groundrules"
    )


def test_a_mistake_in_completion_shows_to_whoever_looks_for_it(small: SmallToolkit, monkeypatch):
    monkeypatch.chdir(small.root)
    monkeypatch.setattr("groundrules.files.names.agreements", lambda folder: 1 / 0)
    assert press_tab("ask", "").output.strip() == ""
    assert isinstance(press_tab("ask", "", GROUNDRULES_DEBUG="1").exception, ZeroDivisionError)


TYPED = "groundrules sign bridge --as "
ANN = "Aoife O'Brien, youth worker, Northgate"
IN_FISH = f"_GROUNDRULES_COMPLETE=fish_source groundrules | source; complete --do-complete '{TYPED}'"
# Bash and zsh complete for whoever sits at a terminal; this is what bash calls then.
IN_BASH = f"""\
eval "$(_GROUNDRULES_COMPLETE=bash_source groundrules)"
COMP_WORDS=({TYPED} ""); COMP_CWORD=4; _groundrules_completion groundrules
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("shell", "script", "offered"), [("fish", IN_FISH, ANN), ("bash", IN_BASH, re.sub(r"([ '])", r"\\\1", ANN))]
)
def test_a_real_shell_is_offered_whole_names(small: SmallToolkit, shell, script, offered):
    if shell == "fish" and not shutil.which(shell):
        pytest.skip("There is no fish here")
    agree(small)
    replace(small, "contact: Ann Lee", "contact: Aoife O'Brien\n    role: youth worker")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [shell, "-c", script], cwd=small.root, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    assert offered in done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("command", ["check", "status", "export --all"])
def test_long_work_says_to_a_person_how_far_it_is(small, command, monkeypatch, capfd):
    monkeypatch.setattr(kept, "SAY_EVERY", 0.0)
    monkeypatch.chdir(small.root)

    def said() -> str:
        main.main(command.split(), standalone_mode=False)
        return capfd.readouterr().err

    assert said() == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "Reading: 3 files\n" in said()
