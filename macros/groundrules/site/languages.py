"""The languages of a site: for each page the same in others, and what a reader must know of a translation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from ..agreement.document.language import direction, locale
from ..agreement.document.links import guidance_address
from ..agreement.document.translated import remarks, title_of
from ..checks.site_settings import languages
from ..model.language import Language
from ..model.pieces import GuidancePage, Piece, RecordForm, Template, Toolkit, address
from ..model.translations import language_of, original, translated
from .drawing import speaker
from .library import Library, changes_address, draft_address


@dataclass(frozen=True)
class Version:
    """A page in one language: ``called`` is what the language calls itself."""

    address: str
    language: str
    title: str

    @property
    def called(self) -> str:
        known = locale(self.language.split("-")[0])
        name = str(known.get_display_name()) if known else self.language
        return name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        return direction(self.language)


class Languages:
    """The pages of ``library`` that stand in several languages, each known by the address of any of them."""

    def __init__(self, library: Library) -> None:
        self.library, self.links, self.toolkit = library, library.links, library.toolkit
        agreements = self.toolkit.partnerships.values()
        self.pieces: dict[str, Piece | GuidancePage] = {changes_address(one): one for one in agreements}
        groups: dict[str, list[Version]] = {}
        for piece in _pages(self.toolkit):
            own = _versions(piece, self.toolkit)
            self.pieces |= dict.fromkeys((one.address for one in own), piece)
            first = original(piece, self.toolkit)
            if first and not isinstance(first, RecordForm):
                for before, one in zip(_versions(first, self.toolkit), own, strict=True):
                    groups.setdefault(before.address, [before]).append(one)
        self.versions = {one.address: group for group in groups.values() for one in group}

    def of_page(self, page: Any) -> dict[str, Any]:
        """What the frame of mkdocs' ``page`` says, if it is one."""
        drawn = getattr(page, "drawn", None)
        return self.around(drawn.address if drawn else guidance_address(page.file.src_uri) if page else "")

    def around(self, here: str) -> dict[str, Any]:
        """What the frame of the page at ``here`` says of its languages: the others, and what to know of this one."""
        group, links, piece = self.versions.get(here, []), self.links.start(here), self.pieces.get(here)
        speaks = self.library.around(language_of(piece, self.toolkit) if piece else "")
        frame = self.frame(speaks)
        return {
            "say": speaker(self.library.labels(speaks if frame else "")),
            "this_version": next((one for one in group if one.address == here), None),
            "versions": [(one, links.to(one.address)) for one in group],
            "remarks": remarks(piece, self.toolkit, speaks) if piece else (),
            "remarks_in": speaks,
            **frame,
        }

    def frame(self, speaks: Language) -> dict[str, str]:
        """Which words of the theme's stand around a page in another language than the site's, and what its menu is in;
        nothing where the theme has none."""
        known = [one for one in (speaks, speaks.split("-")[0]) if one in languages()]
        site = self.toolkit.language
        return {"theme_in": str(known[0]), "menu_in": str(site)} if known and speaks != site else {}


def unlisted(already: GitIgnoreSpec | None, toolkit: Toolkit) -> GitIgnoreSpec:
    """The pages that a menu may miss: ``already`` those, and translations, to which their originals lead."""
    places = GitIgnoreSpec.from_lines(f"/{one}" for one in translated(toolkit))
    return already + places if already else places


def _pages(toolkit: Toolkit) -> Iterator[Piece | GuidancePage]:
    yield from toolkit.published
    yield from toolkit.guidance


def _versions(piece: Piece | GuidancePage, toolkit: Toolkit) -> list[Version]:
    """The pages of ``piece``: its own, and that on which it is filled in."""
    here = guidance_address(piece.file) if isinstance(piece, GuidancePage) else address(piece)
    pages = [here, draft_address(piece)] if isinstance(piece, Template) else [here]
    return [Version(one, language_of(piece, toolkit), title_of(piece)) for one in pages]
