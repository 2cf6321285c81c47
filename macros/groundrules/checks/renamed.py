"""The check of names that something had before. In the library's own files, they are found as these are read."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.pieces import Agreement, Toolkit
from ..model.renamed import called_now, file_now, followed, page_now
from ..model.runs import runs
from ..model.site import menu
from .guidance import renamed_links
from .macro_calls import renamed_arguments
from .registry import Found, Place, at, check, on_line

_UPGRADE = '"groundrules upgrade" writes the new name.'


@check("former-name", "warning")
def former_name(toolkit: Toolkit) -> Found:
    """Something is called by a name that it had before, and that now stands under `formerly`. It is found all the
    same; the new name is plainer to whoever reads the file."""
    if not any(toolkit.former.values()):
        return
    for file, line, old, new in toolkit.renamed:
        yield Place(file, line), _said(old, new)
    for agreement in toolkit.partnerships.values():
        yield from ((place, f"{_said(old, new)}{more}") for place, old, new, more in _in_agreement(agreement, toolkit))
    for _, entry in menu(toolkit.site.at("nav").items):
        file = file_now(toolkit, entry.text)
        if file != entry.text:
            yield Place(entry.file, entry.line), _said(*called_now(entry.text, file))
    for page in toolkit.guidance:
        for line, old, new in {*renamed_links(page, toolkit), *renamed_arguments(page, toolkit)}:
            yield Place(page.file, line), _said(old, new)


def _said(old: str, new: str) -> str:
    return f'"{old}" is called "{new}" now.'


def _in_agreement(agreement: Agreement, toolkit: Toolkit) -> Iterator[tuple[Place, str, str, str]]:
    front, renamed = agreement.front, followed(agreement, toolkit)
    template = toolkit.now_called("templates", front.template)
    if template != front.template:
        yield at(agreement, "template"), front.template, template, ""
    places = [(at(agreement, "left out", index), name) for index, name in enumerate(front.left_out)]
    places += [(on_line(agreement, section.line), section.id) for section in agreement.sections]
    for place, name in places:
        if name in renamed:
            yield place, name, renamed[name], f" {_UPGRADE}"
    held = {section.id for section in agreement.sections}
    for run in runs(agreement):
        for node in run.references:
            now = toolkit.now_called("clauses", node.clause)
            if node.clause in renamed:
                yield on_line(agreement, node.line), node.clause, now, f" {_UPGRADE}"
            elif node.clause not in held and now != node.clause:
                yield on_line(agreement, node.line), node.clause, now, ""
        for line, link in run.links:
            now = page_now(toolkit, link.address)
            if now != link.address:
                yield on_line(agreement, line), *called_now(link.address, now), ""
