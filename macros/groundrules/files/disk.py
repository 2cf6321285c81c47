"""Read and write single files so that nobody ever meets half of one.

What is written goes into a hidden folder beside its place, and takes its place in one step. Killed at any moment,
a command leaves the old text or the new one. The hidden folder is for its owner alone, git ignores it, no other part
of the toolkit reads it, and the next command that writes beside it sweeps away what a dead one left.
"""

from __future__ import annotations

import errno
import os
import re
import select
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..text.problems import UserError
from ..text.tables import limit
from .holding import hold, make_held, unused

MAX_BYTES = limit("kilobytes") * 1024
# How long a pipe may say nothing.
_PATIENCE = 10
# Earlier versions called theirs ".agreement.md.4711.new".
_SCRATCH = re.compile(r"\.groundrules\.[a-z0-9_]{8}\.new|\..+\.[0-9]+\.new")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a lock for which every other command waits, so that none writes over what another wrote just now.

    A command that is killed keeps nobody waiting.
    """
    with ExitStack() as held:
        hold(folder, held)
        yield


# --- reading ------------------------------------------------------------------------------------


def read(path: Path) -> str:
    """The text of the file ``path``; raises ``UserError``, ``OSError`` or ``UnicodeDecodeError``."""
    data = read_bytes(path, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise UserError(
            f"{path.as_posix()}: this holds more than {MAX_BYTES // 1024} KB, the most that is read.", again=True
        )
    return data.decode("utf-8")


def files_below(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files in ``folder`` and below it whose names have one of these ``endings``; none if it is not there."""
    return sorted(one for one in folder.rglob("*") if one.suffix.lower() in endings)


def read_bytes(path: Path, most: int) -> bytes:
    """What the file ``path`` holds, up to one byte more than ``most``: a device, or a pipe, may never end."""
    with open(path, "rb", buffering=0, opener=_without_waiting) as file:
        data = b""
        while len(data) <= most and (piece := _next(file.fileno(), most + 1 - len(data), path)):
            data += piece
        return data


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe at once, whether or not somebody writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _next(file: int, most: int, path: Path) -> bytes:
    if stat.S_ISFIFO(os.fstat(file).st_mode) and not select.select([file], [], [], _PATIENCE)[0]:
        raise UserError(f"{path.as_posix()}: nothing comes out of this pipe. Name a file.", again=True)
    try:
        return os.read(file, most)
    except BlockingIOError:
        select.select([file], [], [])
        return os.read(file, most)


# --- writing ------------------------------------------------------------------------------------


def write(path: Path, content: str | bytes, over: str | None = None) -> None:
    """Put ``content`` into ``path``, in one step; raises ``OSError``.

    ``over`` is the text that it takes the place of: raises ``UserError`` if another stands there by now.
    """
    with _about(path):
        real = Path(os.path.realpath(path))
        if real.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if real.exists() and not real.is_file():
            # A device or a pipe has no place that something else could take.
            real.write_bytes(_bytes(content))
            return
        with _scratch(real.parent) as folder:
            fresh = folder / "new"
            _write_new(fresh, content)
            if real.exists():
                shutil.copymode(real, fresh)
            if over is not None and read(real) != over:
                raise UserError(
                    f"{path.as_posix()}: somebody changed this just now, so nothing was written. Look at it first.",
                    again=True,
                )
            os.replace(fresh, real)


def create(path: Path, content: str | bytes) -> None:
    """Put ``content`` into the new file ``path``, in one step; raises ``FileExistsError``."""
    with _about(path), _scratch(path.parent) as folder:
        fresh = folder / "new"
        _write_new(fresh, content)
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:  # A disk that gives a file one name only.
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            os.replace(fresh, path)


def make_folder(folder: Path, contents: Mapping[str, str]) -> None:
    """Make ``folder`` with files of these ``contents``, in one step; raises ``FileExistsError``."""
    with _about(folder), _scratch(folder.parent) as around:
        fresh = around / "new"
        _write_all(fresh, contents)
        if os.path.lexists(folder):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        os.rename(fresh, folder)


def fill_folder(folder: Path, contents: Mapping[str, str]) -> None:
    """Have ``folder``, which is empty or not there, hold files of these ``contents``; the last of them comes last."""
    if not folder.exists():
        make_folder(folder, contents)
        return
    with _about(folder), _scratch(folder) as around:
        _write_all(around / "new", contents)
        for name in dict.fromkeys(one.partition("/")[0] for one in contents):
            os.rename(around / "new" / name, folder / name)


def _write_all(fresh: Path, contents: Mapping[str, str]) -> None:
    os.mkdir(fresh)
    for name, content in contents.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        _write_new(fresh / name, content)


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """Let what goes wrong name ``path``, the one that people know."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write_new(path: Path, content: str | bytes) -> None:
    with open(path, "xb") as file:
        file.write(_bytes(content))
        file.flush()
        os.fsync(file.fileno())


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


# --- the hidden folder --------------------------------------------------------------------------


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A hidden folder in ``folder`` for what is being written. Its lock says that somebody still writes in it."""
    sweep(folder)
    with ExitStack() as held:
        made = make_held(lambda: Path(tempfile.mkdtemp(".new", ".groundrules.", folder)), held)
        held.callback(shutil.rmtree, made, ignore_errors=True)
        # Wherever it stands, and whatever comes to lie in it.
        (made / ".gitignore").write_text("*\n")
        yield made


def sweep(folder: Path) -> None:
    """Take away what a command that was killed left in ``folder``."""
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if _SCRATCH.fullmatch(entry.name):
                with suppress(OSError), unused(Path(entry.path)) as left:
                    if left:
                        _remove(Path(entry.path))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
