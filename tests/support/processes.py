"""Processes that start at once: each is forked from one that has the program loaded, and has done nothing else.

So a test can kill the program at each of its steps, or build a site with nothing in memory, and not wait for Python.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import Any

import pytest

PLUGINS = [one.module for one in entry_points(group="mkdocs.plugins") if one.name in ("groundrules", "macros")]
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(
    ["pytest", "groundrules.cli", "mkdocs.__main__", "mkdocs.commands.build", *PLUGINS, "support.warm"]
)


@cache
def _start_server() -> None:
    """Start what forks, once; it finds ``support`` where we do."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
        ensure_running()


@dataclass(frozen=True)
class Done:
    """How a process ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run(
    call: Callable[..., Any],
    *arguments: Any,
    typed: str = "",
    encoding: str = "utf-8",
    about: dict[str, str] | None = None,
    streams: dict[int, str | None] | None = None,
) -> Done:
    """Run ``call`` in a process of its own that reads ``typed``; ``call`` must be found by name in its module.

    Its terminal takes letters in ``encoding``, and ``about`` is more of its environment. Of the ``streams`` 0 to 2
    some may be another file, or closed; a pipe that nobody reads is called "|".
    """
    _start_server()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for name, text in (("in", typed), ("out", ""), ("err", "")):
            (folder / name).write_text(text, "utf-8")
        process = _SERVER.Process(target=_begin, args=(folder, call, arguments, encoding, about or {}, streams or {}))
        process.start()
        process.join()
        assert process.exitcode is not None
        out, err = ((folder / name).read_text(encoding.partition("/")[0], "replace") for name in ("out", "err"))
        return Done(process.exitcode, out, err)


def _begin(
    folder: Path,
    call: Callable[..., Any],
    arguments: tuple[Any, ...],
    encoding: str,
    about: dict[str, str],
    streams: dict[int, str | None],
) -> None:
    os.environ.update(about)
    taken = {0: str(folder / "in"), 1: str(folder / "out"), 2: str(folder / "err")}
    for number, place in (taken | streams).items():
        os.dup2(_opened(place or os.devnull, number), number)
        if place is None:
            os.close(number)
    # As Python does when it begins.
    letters, _, errors = encoding.partition("/")
    given = ((0, "r", errors), (1, "w", errors), (2, "w", "backslashreplace"))
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding=letters, errors=errors or "strict", closefd=False, buffering=1)  # noqa: SIM115
        if streams.get(number, "") is not None
        else None
        for number, mode, errors in given
    )
    try:
        call(*arguments)
    finally:
        _end()


def _opened(place: str, number: int) -> int:
    if place == "|":
        reading, writing = os.pipe()
        os.close(reading)
        return writing
    return os.open(place, os.O_RDONLY if number == 0 else os.O_WRONLY)


def _end() -> None:
    """Write what is still held back, and complain as Python does when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream and not stream.closed:
                stream.flush()
        except OSError as error:
            if sys.stderr:
                print("Exception ignored in:", repr(stream), error, file=sys.stderr)


def groundrules(*words: str, **about: Any) -> Done:
    """Run ``groundrules`` with ``words`` in a process of its own, which is ``about`` as in ``run``."""
    return run(_main, words, **about)


def _main(words: tuple[str, ...]) -> None:
    from groundrules.cli import main

    main(list(words))


def killed_at(number: int, *words: str, typed: str = "") -> Done:
    """Run ``groundrules`` with ``words``, and let it die before its step ``number`` on the disk, as by a power cut.

    It ends with 9 where it died, and with 0 where it was done before.
    """
    return run(_groundrules_until, number, words, typed=typed)


def steps(*words: str) -> int:
    """How many steps on the disk ``groundrules`` takes with ``words``."""
    done = run(_groundrules_until, None, words)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def states(folder: Path, *words: str) -> list[str]:
    """What stands in ``folder`` before each step of ``groundrules`` with ``words``, where it could die."""
    done = run(_groundrules_watched, folder, words)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("states:")[1].split()


def state(folder: Path) -> str:
    """A digest of all that stands in ``folder``: of each file its place, size and time, and which it is on the disk."""
    found = hashlib.sha256()
    for where, _, names in os.walk(folder):
        for path in (Path(where, name) for name in names):
            info = path.stat()
            found.update(f"{path} {info.st_size} {info.st_mtime_ns} {info.st_ino}\n".encode())
    return found.hexdigest()


def _groundrules_watched(folder: Path, words: tuple[str, ...]) -> None:
    seen: list[str] = []
    try:
        _groundrules(words, lambda: seen.append(state(folder)))
    finally:
        print("states:", *seen)


def _groundrules_until(number: int | None, words: tuple[str, ...]) -> None:
    done = 0

    def step() -> None:
        nonlocal done
        if done == number:
            os._exit(9)
        done += 1

    try:
        _groundrules(words, step)
    finally:
        if number is None:
            print(done)


def _groundrules(words: tuple[str, ...], step: Callable[[], None]) -> None:
    """Run ``groundrules`` with ``words``, and call ``step`` before each of its steps on the disk."""
    import builtins

    from groundrules.cli import main
    from groundrules.files import chance, stage

    chance.fresh_id = lambda: ""

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            step()
            return real(*arguments, **more)

        return call

    class Writing:
        """A file whose every write may stop in the middle."""

        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Writing:
            return self

        def __exit__(self, *_: object) -> None:
            step()
            self.file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

        def write(self, data: Any) -> Any:
            half = len(data) // 2
            step()
            self.file.write(data[:half])
            self.file.flush()
            step()
            return self.file.write(data[half:])

    real_open = open

    def opening(path: Any, mode: str = "r", *arguments: Any, **more: Any) -> Any:
        if "x" in mode or "w" in mode:
            step()
            return Writing(real_open(path, mode, *arguments, **more))
        return real_open(path, mode, *arguments, **more)

    for name in ("mkdir", "rename", "replace", "rmdir", "unlink", "fsync", "remove"):
        setattr(os, name, counted(getattr(os, name)))
    builtins.open = opening
    stage._exchange = counted(stage._exchange)
    main(list(words))
