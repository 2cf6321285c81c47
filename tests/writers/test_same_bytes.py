"""The same input gives the same bytes on another machine: other fonts, another clock, language, folder and order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

OURS = resources.files("groundrules.writers") / "fonts" / "Arimo.ttf"
TESTS = Path(__file__).parent.parent
WRITE = """
import hashlib, json, sys
sys.path.insert(0, sys.argv[1])
from groundrules.writers.content import own, published
from groundrules.writers.kinds import writers
from support import our_toolkit
toolkit = our_toolkit()
pieces = [toolkit.templates["individual-co-working"], toolkit.examples["gary-police"]]
print(json.dumps({
    f"{kind} {say.__name__} {piece.id}": hashlib.sha256(writer.file(say(piece, toolkit))).hexdigest()
    for kind, writer in writers().items() for piece in pieces for say in (own, published)
}))
"""


def digests(folder: Path, **environment: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(TESTS)], cwd=folder, env=os.environ | environment, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def wider(font: bytes) -> bytes:
    """Another font of the same name, whose letters take more room."""
    at = next(at for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16) if font[at : at + 4] == b"hmtx")
    start = int.from_bytes(font[at + 8 : at + 12])
    widths = bytearray(font[start : start + 4 * 400])
    widths[1::4] = bytes((low | 0x7F) for low in widths[1::4])
    return font[:start] + bytes(widths) + font[start + len(widths) :]


@pytest.mark.slow
def test_another_machine_gives_the_same_bytes(tmp_path):
    here = digests(Path.cwd(), TZ="Europe/London", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    fonts = tmp_path / ".local/share/fonts"
    fonts.mkdir(parents=True)
    (fonts / "Arimo.ttf").write_bytes(wider(OURS.read_bytes()))
    shutil.copytree(fonts, tmp_path / ".fonts")
    other = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "tr", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}
    away = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / ".local/share"), "TYPST_FONT_PATHS": str(fonts)}
    none = {"FONTCONFIG_FILE": os.devnull, "SOURCE_DATE_EPOCH": "86400"}
    assert digests(tmp_path, **other, **away, **none) == here
