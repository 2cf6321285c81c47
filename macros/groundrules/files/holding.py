"""Who uses a folder: each program holds what it works in, and a dead one holds nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such lock.
    fcntl = None  # type: ignore[assignment]

_DAY = 24 * 60 * 60


def hold(folder: Path, held: ExitStack) -> None:
    """Hold ``folder`` until ``held`` is closed, once nobody else does.

    Where a system or a disk knows no such lock, nobody waits.
    """
    if fcntl is not None:
        handle = os.open(folder, os.O_RDONLY)
        held.callback(os.close, handle)
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)


def make_held(make: Callable[[], Path], held: ExitStack) -> Path:
    """The folder that ``make`` makes, held until ``held`` is closed."""
    while True:
        made = make()
        # Somebody who sweeps may have come before the lock.
        with suppress(FileNotFoundError):
            hold(made, held)
            os.stat(made)
            return made


@contextmanager
def unused(place: Path) -> Iterator[bool]:
    """Whether no program holds ``place``, a folder or a file; until the block ends, none can begin to.

    Where nobody can tell, what is a day old counts as unused. Raises ``OSError`` if nothing stands there.
    """
    with ExitStack() as held:
        yield _taken(place, held)


def _taken(place: Path, held: ExitStack) -> bool:
    old = place.stat(follow_symlinks=False).st_mtime < time.time() - _DAY
    if fcntl is None:
        return old
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    held.callback(os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return old
    return True
