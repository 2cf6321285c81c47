"""The program in a real terminal, with somebody who types."""

from __future__ import annotations

import math
import os
import pty
import select
import signal
import sys
import time

from support.small import SmallToolkit

PROGRAM = [sys.executable, "-c", "from groundrules.cli import main; main()"]


def in_terminal(small: SmallToolkit, *typed: bytes, command: str = "ask") -> tuple[str, int]:
    """Run ``command`` in a terminal, type each piece after the one before was answered, and see how it ends."""
    child, terminal = pty.fork()
    if child == 0:
        # Tests that run in the background inherit a Ctrl-C that does nothing.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.execv(sys.executable, [*PROGRAM, "--root", str(small.root), command, "bridge"])
    seen = b""
    until = time.monotonic() + 90

    def read_until(prompts: float) -> None:
        nonlocal seen
        while seen.count(b"> ") < prompts and time.monotonic() < until:
            if select.select([terminal], [], [], 5)[0]:
                try:
                    seen += os.read(terminal, 10_000)
                except OSError:
                    return
            elif prompts == math.inf and typed[-1].endswith(b"\x03"):
                # Python misses a Ctrl-C in the moment between a prompt and the waiting; people press it again.
                os.write(terminal, b"\x03")

    for number, piece in enumerate(typed, 1):
        read_until(number)
        os.write(terminal, piece)
    read_until(math.inf)
    if time.monotonic() >= until:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return seen.decode("utf-8", "replace"), os.waitstatus_to_exitcode(status)
