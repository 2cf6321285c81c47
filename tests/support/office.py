"""LibreOffice, which had no part in writing our files, and what it reads in them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from groundrules.agreement.document.nodes import Hole, Table
from groundrules.writers.opendocument import opendocument
from groundrules.writers.word import blank_form
from support.documents import PLAIN, ROWS, document, items, paragraph

OFFICE = shutil.which("soffice")
FORM = document(
    items(True, "a", ("b", items(True, "c"))),
    items(True, "d"),
    paragraph("See  ", Hole("how often", PLAIN)),
    Table("contacts", ROWS, tuple(ROWS.columns), (("Mill Road", "Monday", "ring"),)),
)


def profile(folder: Path) -> Path:
    """Where LibreOffice keeps what it remembers from one start to the next."""
    return folder / "profile"


def start(folder: Path, *words: str) -> None:
    assert OFFICE
    command = [OFFICE, "--headless", "--norestore", f"-env:UserInstallation={profile(folder).as_uri()}", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


def read_the_form(folder: Path) -> None:
    """Let LibreOffice write what it reads in the form, as Word and as OpenDocument, into ``folder``."""
    (folder / "word.docx").write_bytes(blank_form(FORM))
    (folder / "opendocument.odt").write_bytes(opendocument(FORM))
    start(folder, "--convert-to", "txt:Text (encoded):UTF8", "word.docx", "opendocument.odt")


def lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text("utf-8-sig").splitlines()]
