"""Build sites and serve them, for the tests that look at what readers get."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from mkdocs.__main__ import cli

from support import REPOSITORY
from support.processes import Done, run
from support.small import SmallToolkit

SETTINGS = """\
site_name: Small
edit_uri: https://example.org/edit/main/docs/
theme:
  name: material
  font: false
  features: [content.action.edit]
plugins:
  - groundrules
  - search
  - macros:
      modules: [groundrules]
      on_undefined: strict
      on_error_fail: true
markdown_extensions: [admonition]
"""


REGISTER = """\
---
title: Partnerships
description: Who works together.
---

# Partnerships

{{ register() }}

{{ year() }}
"""


class SmallSite(SmallToolkit):
    """The small toolkit with a site of its own."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.write("mkdocs.yml", SETTINGS)
        self.site = root / "site"

    def build(self) -> None:
        done = build(self.root, self.site, "--strict")
        assert done.returncode == 0, done.stdout + done.stderr

    def page(self, address: str) -> str:
        return (self.site / address.strip("/") / "index.html").read_text("utf-8")

    def everything(self) -> bytes:
        return b"\n".join(path.read_bytes() for path in sorted(self.site.rglob("*")) if path.is_file())


def build(root: Path, site: Path, *options: str) -> Done:
    """Build the site of the toolkit in ``root`` into ``site``, as a publisher would."""
    words = ("build", "-f", str(root / "mkdocs.yml"), "-d", str(site), *options)
    return run(_mkdocs, *words, about={"EDIT_URI": "https://example.org/edit/main/docs/"})


def _mkdocs(*words: str) -> None:
    cli.main(list(words), prog_name="mkdocs")


def build_ours(root: Path, settings: str = "", before: Path | None = None) -> None:
    """Copy the toolkit of this repository to ``root``, and build its site into ``root/site``.

    What is kept by content from one build to the next is that of ``before``.
    """
    for name in ("docs", "agreements"):
        shutil.copytree(REPOSITORY / name, root / name)
    if before:
        shutil.copytree(before / ".cache", root / ".cache")
    (root / "mkdocs.yml").write_text(settings + (REPOSITORY / "mkdocs.yml").read_text("utf-8"), "utf-8")
    done = build(root, root / "site", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr


def once_for_all(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that ``make`` has filled once for all who run tests side by side; nobody may change it."""
    here = factory.getbasetemp()
    folder = (here.parent if "PYTEST_XDIST_WORKER" in os.environ else here) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that closes a page hangs up in the middle of an answer; that is no error."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which ``site`` can be visited."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
