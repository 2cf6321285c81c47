"""Checks of addresses: that links lead to a page of this site, and that each page has an address of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..agreement.document import links
from ..model.pieces import Toolkit, Written, address
from ..model.renamed import page_now
from ..model.runs import runs
from ..text.problems import did_you_mean
from .registry import Found, Place, at, check, check_each, in_data, on_line


@check("broken-site-link")
def broken_site_link(toolkit: Toolkit) -> Found:
    """A link leads to a page that this site does not have."""
    pages = links.addresses(toolkit)
    for place, link in _links(toolkit):
        page = link.partition("#")[0]
        if links.page_at(page_now(toolkit, page)) not in pages and page not in toolkit.unread:
            yield place, f'There is no page "{page}" here. {did_you_mean(page, pages)}'


def _links(toolkit: Toolkit) -> Iterator[tuple[Place, str]]:
    """Every link to a page of the site, and where it stands."""
    for piece in toolkit.pieces:
        for run in runs(piece):
            for line, node in run.links:
                if node.address.startswith("/"):
                    yield on_line(piece, line), node.address
        for index, link in enumerate(getattr(piece.front, "related", ())):
            yield at(piece, "related", index), link
    for index, situation in enumerate(toolkit.situations):
        yield in_data(toolkit, "situations.yml", index, "page"), situation.page
    for index, question in enumerate(toolkit.chooser):
        for number, answer in enumerate(question.answers):
            if answer.page:
                yield in_data(toolkit, "chooser.yml", index, "answers", number, "page"), answer.page


@check_each("former-id")
def former_id(piece: Written) -> Found:
    """An earlier id under `formerly` is no id, so nothing can ever have stood at its address."""
    for index, old in enumerate(piece.front.formerly):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", old):
            wrong = f'"{old}" is not an id. Write the earlier name of the file, without .md.'
            yield at(piece, "formerly", index), wrong


@check("address-taken")
def address_taken(toolkit: Toolkit) -> Found:
    """Two pages would stand at the same address, so one of them would never be seen."""
    taken: dict[str, str] = {}
    for page in toolkit.guidance:
        taken.setdefault(links.guidance_address(page.file), page.file)
    for piece in toolkit.published:
        here = address(piece)
        if here in taken:
            yield on_line(piece, 1), f"{taken[here]} already stands at {here}. Rename one of them."
        taken.setdefault(here, piece.origin.file)
    for piece in toolkit.published:
        for index, old in enumerate(piece.front.formerly):
            here = f"/{piece.kind}/{old}/"
            if here in taken:
                wrong = f'"{old}" is in use: {taken[here]} already has the address {here}. Remove it here.'
                yield at(piece, "formerly", index), wrong
            taken.setdefault(here, piece.origin.file)
