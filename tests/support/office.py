"""LibreOffice, which had no part in writing our files, and what it reads in them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

from groundrules.agreement.document.assemble import assemble, draft
from groundrules.agreement.document.nodes import Hole, Table
from groundrules.writers.opendocument import opendocument
from groundrules.writers.word import blank_form
from support import our_toolkit
from support.documents import ONE_PAGE, PLAIN, ROWS, document, items, paragraph, without_room

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
    toolkit = our_toolkit()
    forms = {}
    for name in ONE_PAGE:
        one_page = assemble(draft(toolkit.templates[name], toolkit))
        forms |= {f"{name}-docx.docx": blank_form(one_page), f"{name}-odt.odt": opendocument(one_page)}
    for name, content in forms.items():
        (folder / name).write_bytes(content)
        _on_letter_paper(folder / name)
    start(folder, "--convert-to", "pdf", *forms, *(f"letter-{name}" for name in forms))


def _on_letter_paper(file: Path) -> None:
    """A copy of ``file`` that somebody has set to the paper of North America, which is shorter."""
    sizes = {
        'w:w="11906" w:h="16838"': 'w:w="12240" w:h="15840"',
        'fo:page-width="210mm" fo:page-height="297mm"': 'fo:page-width="215.9mm" fo:page-height="279.4mm"',
    }
    changed = 0
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(file.with_name(f"letter-{file.name}"), "w") as copy:
        for entry in made.infolist():
            text = made.read(entry.filename).decode()
            for a4, letter in sizes.items():
                changed += text.count(a4)
                text = text.replace(a4, letter)
            copy.writestr(entry, text)
    assert changed == 1


def lines(file: Path) -> list[str]:
    return [without_room(line).strip() for line in file.read_text("utf-8-sig").splitlines()]
