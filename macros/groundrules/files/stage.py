"""A folder that is made beside its place, and takes that place in one step.

Whoever looks there finds the old folder whole or the new one, whenever the program that makes it is killed. Each
program makes its own, so two may be at it at once. What a dead one left is swept by the next.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from glob import escape
from pathlib import Path

from .disk import write
from .holding import make_held, unused


class Stage:
    """The folder that is being made for ``place``; ``fresh`` is where it stands until then.

    The file ``listed``, if there is one, says what was written into ``place``, so that nothing else need ever be
    removed. Hidden files such as ``.git`` move on to each new folder, as mkdocs leaves them, too.
    """

    def __init__(self, place: Path, listed: Path | None = None) -> None:
        self.place = place.resolve()
        self.listed = listed
        self.written: set[str] | None = None
        self.others: set[str] = set()
        # Of a folder that others stand upon: what it holds, and what of that goes.
        self.stood: set[str] | None = None
        self.gone: set[str] = set()
        if listed and listed.is_file():
            self.written = set(os.fsdecode(listed.read_bytes()).split("\n"))
        self.fresh = self.place.with_name(f".{self.place.name}.{os.getpid()}.new")
        self.old = self.fresh.with_suffix(".old")
        self.held = ExitStack()

    def begin(self, upon: set[str] | None = None) -> Path:
        """Make the fresh folder, which is empty.

        With ``upon``, the names of all files in ``place``, these stay unless they are written again or ``gone``. Then
        the place changes file by file, so nobody else may be looking there; it takes no longer where much stands.
        """
        self._bring_back()
        self._sweep()
        self.stood = upon
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            make_held(self._make, self.held)
        except OSError:  # Nobody may write beside the place.
            self.fresh = make_held(lambda: Path(tempfile.mkdtemp()), self.held)
        return self.fresh

    def _make(self) -> Path:
        self.fresh.mkdir()
        return self.fresh

    def keep_others(self) -> None:
        """Take into the fresh folder what somebody else put into the old one; what is hidden moves on by itself."""
        new = _files(self.fresh)
        there = {name for name in _files(self.place) if not name.startswith(".")}
        self.others = there - new - self._ours(new)
        for name in sorted(self.others):
            (self.fresh / name).parent.mkdir(parents=True, exist_ok=True)
            _link(str(self.place / name), str(self.fresh / name))

    def standing(self) -> set[str]:
        """The names of all files that will stand in the place, as far as they are written now."""
        return _files(self.fresh) | ((self.stood or set()) - self.gone)

    def finish(self) -> None:
        """Let the fresh folder take its place."""
        new = self.standing() - self.others
        # Killed in between, the next build still knows all that may stand there.
        self._list(new | (self.written or set()))
        if self.stood is not None:
            # What goes makes room: a file may become a folder, or the other way round.
            for name in self.stood - new:
                (self.place / name).unlink(missing_ok=True)
            _pour(self.fresh, self.place)
        else:
            self._replace()
        self._list(new)
        self.give_up()

    def _replace(self) -> None:
        if self.place.is_dir():
            shutil.copymode(self.place, self.fresh)
        if _exchange(self.fresh, self.place):
            self.old = self.fresh
        elif not self._swap():
            _pour(self.fresh, self.place)
            _keep_only(_files(self.fresh), self.place)
            self.old = self.fresh
        self._clear(self.old)

    def _ours(self, new: set[str]) -> set[str]:
        """What earlier builds wrote; without a list, all that stands in a folder of which the new site has one."""
        if self.written is not None:
            return self.written
        tops = {name.partition("/")[0] for name in new}
        return {name for name in _files(self.place) if name.partition("/")[0] in tops}

    def _list(self, names: set[str]) -> None:
        self.written = names
        if self.listed:
            self.listed.parent.mkdir(parents=True, exist_ok=True)
            write(self.listed, os.fsencode("\n".join(sorted(names))))

    def give_up(self) -> None:
        """Remove the fresh folder, and leave the place as it is."""
        shutil.rmtree(self.fresh, ignore_errors=True)
        self.held.close()

    def _swap(self) -> bool:
        """Swap the folders in two steps; ``False`` where the place cannot be moved, because a disk is mounted there."""
        try:
            if self.place.is_dir():
                os.rename(self.place, self.old)
            os.rename(self.fresh, self.place)
        except OSError:
            self._bring_back()
            return False
        return True

    def _bring_back(self) -> None:
        """Put the last folder back where a swap in two steps stopped after the first."""
        left = sorted(self._left("old"), key=lambda one: one.stat().st_mtime)
        if left and not self.place.exists():
            os.rename(left[-1], self.place)

    def _sweep(self) -> None:
        for left in [*self._left("new"), *self._left("old")]:
            with suppress(OSError), unused(left) as free:
                if free or left in (self.fresh, self.old):
                    self._clear(left)

    def _left(self, kind: str) -> Iterator[Path]:
        return self.place.parent.glob(f".{escape(self.place.name)}.*.{kind}")

    def _clear(self, left: Path) -> None:
        """Remove a folder that is not used any more, once what is hidden in it has moved on."""
        ours = {name.partition("/")[0] for name in self.written or ()}
        for one in left.glob(".*") if self.place.is_dir() else ():
            if one.name not in ours and not os.path.lexists(self.place / one.name):
                os.rename(one, self.place / one.name)
        shutil.rmtree(left, ignore_errors=True)


def _files(folder: Path) -> set[str]:
    top = len(os.path.join(folder, ""))
    return {
        os.path.join(where, name)[top:].replace(os.sep, "/") for where, _, names in os.walk(folder) for name in names
    }


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders take each other's place in one step; ``False`` where the system knows no such step."""
    if not sys.platform.startswith("linux") or not one.is_dir() or not other.is_dir():
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    here, exchange = -100, 2
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _pour(fresh: Path, place: Path) -> None:
    """Put what stands in ``fresh`` into ``place``, each file in one step."""
    place.mkdir(exist_ok=True)
    for source in sorted(fresh.rglob("*")):
        target = place / source.relative_to(fresh)
        if source.is_dir() != target.is_dir():
            _remove(target)
        if source.is_dir():
            target.mkdir(exist_ok=True)
        else:
            beside = target.with_name(f".{target.name}.{os.getpid()}.new")
            shutil.copyfile(source, beside)
            os.replace(beside, target)


def _keep_only(names: set[str], place: Path) -> None:
    """Remove all else from ``place`` but what is hidden at its top."""
    for path in sorted(place.rglob("*"), reverse=True):
        relative = path.relative_to(place)
        if relative.parts[0].startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif relative.as_posix() not in names:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
