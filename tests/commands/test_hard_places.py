"""No terminal, disk, folder or file brings a traceback, leaves half a file, or private words that lie about."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.files import disk
from groundrules.text.problems import UserError
from support.partnership import AGREEMENT, FOLDER, REVIEW_FORM, agree, write
from support.processes import Done, groundrules, killed_at
from support.small import SmallToolkit
from support.terminal import PROGRAM

pytestmark = pytest.mark.slow

FILE = f"{FOLDER}/agreement.md"
ANN = "Ann Lee, Coordinator, Northgate"
BO = "Bo Ray, Coordinator, Southgate"


def run(small: SmallToolkit, *words: str, **about: Any) -> Done:
    done = groundrules("--root", str(small.root), *words, **about)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


def really(small: SmallToolkit, *words: str, after: str = "", **about: Any) -> None:
    """Run the program as a shell does, from a Python that has just begun."""
    line = f"{shlex.join([*PROGRAM, '--root', str(small.root), *words])} {after}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=False, timeout=60, **about)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


# --- terminals ---------------------------------------------------------------------------------------------

COMMANDS = {
    "check": ["check"],
    "verify": ["verify", "bridge"],
    "status": ["status"],
    "diff": ["diff", "bridge"],
    "export": ["export", "bridge", "--to", "md", "-o", "-"],
    "ask": ["ask", "bridge"],
    "upgrade": ["upgrade", "bridge"],
    "help": ["--help"],
    "wrong": ["export", "bridge", "--to", "Łukasz"],
    "none": ["status", "Łukasz"],
}
# What Python makes of the environment, and the environment.
ENCODINGS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "ascii": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "ascii/surrogateescape": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "utf-8": {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "20"},
}


@pytest.fixture
def polish(small: SmallToolkit) -> SmallToolkit:
    agree(small, AGREEMENT.replace("Ann Lee", "Łukasz 家").replace("Bridge", "Łukasz 👩‍👧"))
    small.replace(FILE, "We name every", "We always name “every”")
    return small


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", COMMANDS)
def test_letters_that_cannot_be_shown_are_replaced(polish: SmallToolkit, name: str, encoding: str) -> None:
    done = run(polish, *COMMANDS[name], encoding=encoding, about=ENCODINGS[encoding])
    assert done.returncode in (0, 1, 2)
    assert done.stdout or done.stderr


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_so_they_are_in_a_new_python(polish: SmallToolkit, encoding: str) -> None:
    really(polish, *COMMANDS["check"], env=os.environ | ENCODINGS[encoding])


ENDS: dict[str, dict[int, str | None]] = {
    ">&-": {1: None},
    "2>&-": {2: None},
    ">&- 2>&- <&-": {0: None, 1: None, 2: None},
    "> /dev/full": {1: "/dev/full"},
    "> /dev/full 2>&1": {1: "/dev/full", 2: "/dev/full"},
    "| head -c 1": {1: "|"},
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_terminal_that_is_closed_or_full(polish: SmallToolkit, name: str) -> None:
    for streams in ENDS.values():
        run(polish, *COMMANDS[name], streams=streams)


@pytest.mark.parametrize("after", ENDS)
def test_so_it_is_in_a_new_python(polish: SmallToolkit, after: str) -> None:
    really(polish, *COMMANDS["status"], after=after)


# --- files that are none -----------------------------------------------------------------------------------


@pytest.mark.parametrize("option", [["new", "team", "other", "--answers"], ["upgrade", "bridge", "--decisions"]])
@pytest.mark.parametrize(
    ("made", "why"),
    [
        ("/dev/zero", "more than 256 KB"),
        ("/dev/urandom", "more than 256 KB"),
        (b"a: b\n" * 60_000, "more than 256 KB"),
        (b"\xff\xfea\0", "it is not UTF-8 text"),
        (b"\xef\xbb\xbf- a\r\n", "lines of"),
        ("a loop", "does not exist"),
        ("a folder", "is a directory"),
        ("nothing", "does not exist"),
    ],
)
def test_a_file_that_is_none(small: SmallToolkit, option: list[str], made: str | bytes, why: str) -> None:
    write(small)
    path = small.root / "odd"
    if isinstance(made, bytes):
        path.write_bytes(made)
    elif made == "a loop":
        path.symlink_to(path)
    elif made == "a folder":
        path.mkdir()
    done = run(small, *option, made if isinstance(made, str) and made.startswith("/") else str(path))
    assert done.returncode in (1, 2)
    assert why in " ".join(done.stderr.split())


def test_a_pipe_is_read_to_its_end_and_an_empty_one_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"start: 2026-12-01\n")
    os.close(writing)
    assert disk.read(Path(f"/dev/fd/{reading}")) == "start: 2026-12-01\n"
    os.close(reading)
    monkeypatch.setattr(disk, "_PATIENCE", 0)
    os.mkfifo(tmp_path / "pipe")
    held = os.open(tmp_path / "pipe", os.O_RDWR)
    with pytest.raises(UserError, match="nothing comes out of this pipe"):
        disk.read(tmp_path / "pipe")
    os.close(held)


@pytest.mark.parametrize("text", ["caf\udcff", "a\nb", "a\x00b"])
def test_names_and_words_that_are_no_text(small: SmallToolkit, text: str) -> None:
    write(small)
    # As Python takes such a word from a shell, which can hold no NUL.
    given = text.replace("\0", "")
    for words in (
        ["export", given],
        ["new", "team", given],
        ["new", "team", "other", "--set", "title=" + given],
        ["new", "team", "other", "--party", given],
        ["sign", "bridge", "--as", given],
        ["renegotiate", "bridge", "--because", given],
        ["export", "bridge", "--to", "md", "-o", f"{small.root}/{given}"],
    ):
        done = run(small, *words)
        assert done.returncode in (0, 1, 2)


# --- disks and folders -------------------------------------------------------------------------------------


def left(folder: Path) -> list[str]:
    """What lies about in ``folder`` that a command made for itself."""
    return sorted(str(path) for path in folder.rglob("*") if path.name.endswith(".new"))


def test_a_device_stays_a_device(small: SmallToolkit) -> None:
    write(small)
    done = run(small, "export", "bridge", "--to", "md", "-o", "/dev/full")
    assert done.returncode == 1
    assert "/dev/full: this cannot be read or written: No space left" in done.stderr
    assert not Path("/dev/full").is_file()
    pipe = small.root / "pipe"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDWR)
    assert run(small, "export", "bridge", "--to", "md", "-o", str(pipe)).returncode == 0
    assert os.read(held, 100_000).startswith(b"---\ntitle")
    os.close(held)


WRITING = {
    "new": ["new", "team", "other"],
    "sign": ["sign", "bridge", "--as", ANN],
    "agree": ["agree", "bridge"],
    "renegotiate": ["renegotiate", "bridge", "--because", "We meet less."],
    "record": ["record", "review", "bridge"],
    "export": ["export", "bridge", "--to", "md", "-o", "out.md"],
}
NARROW = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY)); "
NARROW += "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from groundrules.cli import main; main()"


def ready(small: SmallToolkit, name: str) -> None:
    """Bring the partnership to where the command may write."""
    small.write("agreements/records/review.md", REVIEW_FORM)
    shutil.rmtree(small.root / FOLDER, ignore_errors=True)
    if name in ("record", "renegotiate"):
        agree(small)
    else:
        write(small)
    if name == "agree":
        for who in (ANN, BO):
            assert CliRunner().invoke(main, ["--root", str(small.root), "sign", "bridge", "--as", who]).exit_code == 0


def files(small: SmallToolkit) -> dict[str, str]:
    folder = small.root / "agreements/partnerships"
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def refused(small: SmallToolkit, program: list[str], name: str) -> Any:
    """The command run by ``program``, where it cannot write."""
    done = subprocess.run(
        [*program, "--root", str(small.root), *WRITING[name]], capture_output=True, check=False, cwd=small.root
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1, done.stderr
    return done


@pytest.mark.parametrize("name", WRITING)
def test_a_disk_that_is_full_keeps_what_was_there(small: SmallToolkit, name: str) -> None:
    ready(small, name)
    before = files(small)
    done = refused(small, [sys.executable, "-c", NARROW], name)
    assert b"this cannot be read or written: File too large" in done.stderr
    assert b".groundrules." not in done.stderr
    assert files(small) == before
    assert left(small.root) == []


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="root may write everywhere")
@pytest.mark.parametrize("name", WRITING)
def test_a_folder_that_may_only_be_read(small: SmallToolkit, name: str) -> None:
    ready(small, name)
    before = files(small)
    for path in (small.root, *small.root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Root may write everywhere, unless it gives that right away.
    plain = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.getuid() == 0 else []
    done = refused(small, [*plain, *PROGRAM], name)
    assert b"Permission denied" in done.stderr
    assert b".groundrules." not in done.stderr
    assert files(small) == before


# --- killed ------------------------------------------------------------------------------------------------

KILLED = {
    **{name: words for name, words in WRITING.items() if name != "export"},
    "ask": ["ask", "bridge"],
    "exports": ["export", "bridge", "--to", "md"],
}


def visible(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


@pytest.mark.parametrize("name", KILLED)
def test_killed_at_any_moment_nothing_is_half_there_and_nothing_lies_about(
    small: SmallToolkit, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = small.root / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    typed = "Łódź evenings\n/quit\n"
    words = ["--root", str(small.root), *KILLED[name]]
    subprocess.run(["git", "init", "-q", str(small.root)], check=True)
    (small.root / ".gitignore").write_text("/agreements/clauses/\n")
    whole: set[str] = set()
    texts: dict[str, set[str]] = {}
    ready(small, name)
    begun = shutil.copytree(small.root / FOLDER, tmp_path_factory.mktemp("begun") / "it")
    for number in range(80):
        shutil.rmtree(small.root / FOLDER)
        shutil.copytree(begun, small.root / FOLDER)
        shutil.rmtree(small.root / "agreements/partnerships/other", ignore_errors=True)
        for path in place.iterdir():
            if path.is_file():
                path.unlink()
        done = killed_at(number, *words, typed=typed)
        assert done.returncode in (0, 9), done.stderr
        for file, text in visible(small.root / "agreements/partnerships").items() | visible(place).items():
            texts.setdefault(file, set()).add(text)
        # What was left is for its owner alone, and git does not see it.
        for scratch in (*small.root.rglob("*.new"), *place.rglob("*.new")):
            assert scratch.stat().st_mode & 0o077 == 0
        seen = subprocess.run(
            ["git", "-C", str(small.root), "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
        )
        assert ".groundrules." not in seen.stdout
        # The next one goes on from there, and sweeps.
        again = killed_at(10_000, *words, typed=typed)
        assert again.returncode in (0, 2), again.stderr
        assert left(small.root) == []
        if done.returncode == 0:
            break
        whole.add(file)
    assert number > 6
    # The old text or the new one, or that it is not there: no third.
    assert all(len(found) <= 2 for found in texts.values()), {file: len(found) for file, found in texts.items()}


def test_what_an_earlier_version_left_is_swept_too(small: SmallToolkit) -> None:
    write(small)
    small.write(f"{FOLDER}/.agreement.md.4711.new", "01632 960144")
    small.write(f"{FOLDER}/.keep.new", "mine")
    assert run(small, "sign", "bridge", "--as", ANN).returncode == 0
    assert left(small.root) == [str(small.root / FOLDER / ".keep.new")]


def test_what_somebody_still_writes_is_left_alone(tmp_path: Path) -> None:
    with disk._scratch(tmp_path) as held:
        disk.sweep(tmp_path)
        disk.write(tmp_path / "other.md", "a")
        assert held.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["other.md"]


def test_programs_that_write_side_by_side_sweep_nothing_of_one_another(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from groundrules.files.disk import write\n"
        "for number in range(300): write(Path(sys.argv[1]) / f'{sys.argv[2]}-{number % 3}', 'words')"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(one)], stderr=subprocess.PIPE)
        for one in range(4)
    ]
    assert [one.communicate()[1] for one in started] == [b""] * 4
    assert len(list(tmp_path.iterdir())) == 12


# --- two at once -------------------------------------------------------------------------------------------


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("theirs", "utf-8")
    with pytest.raises(UserError, match="somebody changed this just now"):
        disk.write(path, "mine", over="before")
    assert path.read_text("utf-8") == "theirs"
    with pytest.raises(FileExistsError):
        disk.create(path, "mine")
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]
