"""Read and write single files so that nobody ever meets half of one.

What is written goes beside its place under a hidden name, which no other part of the toolkit reads, and
takes its place in one step. Killed at any moment, a command leaves the old text or the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such lock.
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a lock for which every other command waits, so that none writes over what another wrote just now.

    A command that is killed keeps nobody waiting. Where a system or a disk knows no such lock, nobody waits.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def read(path: Path) -> str:
    """The text of the file ``path``; raises ``OSError`` or ``UnicodeDecodeError``."""
    return path.read_bytes().decode("utf-8")


def files_below(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files in ``folder`` and below it whose names have one of these ``endings``; none if it is not there."""
    return sorted(one for one in folder.rglob("*") if one.suffix.lower() in endings)


def write(path: Path, content: str | bytes) -> None:
    """Put ``content`` into ``path``, in one step."""
    path = path.resolve()
    fresh = _beside(path)
    _remove(fresh)
    try:
        _write_new(fresh, content)
        if path.exists():
            shutil.copymode(path, fresh)
        os.replace(fresh, path)
    except BaseException:
        _remove(fresh)
        raise


def make_folder(folder: Path, contents: Mapping[str, str]) -> None:
    """Make ``folder`` with files of these ``contents``, in one step; raises ``FileExistsError``."""
    for old in folder.parent.glob(f".{folder.name}.*.new"):
        _remove(old)
    work = _beside(folder)
    try:
        os.mkdir(work)
        for name, content in contents.items():
            _write_new(work / name, content)
        if os.path.lexists(folder):
            raise FileExistsError(folder)
        os.rename(work, folder)
    finally:
        _remove(work)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def _write_new(path: Path, content: str | bytes) -> None:
    with open(path, "xb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
