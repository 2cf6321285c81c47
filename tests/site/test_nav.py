"""The menu, as it is made of what ``mkdocs.yml`` lists."""

from __future__ import annotations

from pathlib import Path

from groundrules.agreement.document.links import Links
from groundrules.model.pieces import Toolkit
from groundrules.site.library import Library
from groundrules.site.nav import expand


def test_a_part_with_nothing_in_it_is_left_out():
    nothing_yet = Library(Toolkit(Path()), Links())
    menu = [{"Checklists and letters": [{"Checklists": "checklists/"}, {"Letters": "letters/"}]}, {"Home": "index.md"}]
    assert expand(menu, nothing_yet, {}) == [{"Home": "index.md"}]
