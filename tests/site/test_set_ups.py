"""The set-ups of "Putting it online" build, from this repository's own content.

That for a folder on a disk is what the tests of pages in a folder stand on.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import REPOSITORY
from support.sites import build

pytestmark = pytest.mark.slow

PRIVATE = "      partnerships: ../private\n"


def settings(change: str) -> str:
    text = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    if change == "private agreements":
        assert "  - groundrules\n" in text or "  - groundrules:\n" in text
        if "  - groundrules:\n" in text:
            return text.replace("  - groundrules:\n", f"  - groundrules:\n{PRIVATE}", 1)
        return text.replace("  - groundrules\n", f"  - groundrules:\n{PRIVATE}", 1)
    return text.replace("site_name:", "extra_css:\n  - assets/own.css\nsite_name:", 1)


@pytest.mark.parametrize("change", ["private agreements", "own colours"])
def test_a_documented_set_up_builds(tmp_path: Path, our_site: Path, change: str):
    root = tmp_path / "toolkit"
    shutil.copytree(our_site.parent / ".cache", root / ".cache")
    for name in ("docs", "agreements"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / "mkdocs.yml").write_text(settings(change), "utf-8")
    (root / "docs/assets/own.css").write_text('[data-md-color-scheme="default"] { --gr-brand: #7a1fa2; }\n', "utf-8")
    ours, private = root / "agreements/partnerships", tmp_path / "private"
    if change == "private agreements":
        # As the page says, each in a folder of its own, outside this one; the shipped one is not read then.
        shutil.copytree(ours / "quarry-lane", private / "northgate")
    done = build(root, root / "site", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    if change == "private agreements":
        assert (root / "site/partnerships/northgate/index.html").is_file()
        assert not (root / "site/partnerships/quarry-lane").exists()
