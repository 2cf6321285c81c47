"""The addresses of pages on the site, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote

from ...model.pieces import Piece, Toolkit, address
from .labels import Labels

# The calendar of all published agreements.
CALENDAR = "/partnerships/all.ics"


def guidance_address(file: str) -> str:
    """The address of ``docs/guidance/our rules.md`` is ``/guidance/our%20rules/``, as mkdocs writes it."""
    folder, _, name = file.removeprefix("docs/").removesuffix(".md").rpartition("/")
    path = folder if name in ("index", "README") else f"{folder}/{name}".strip("/")
    return quote(f"/{path}/") if path else "/"


def page_at(link: str) -> str:
    """The address of the page to which ``link`` leads, however its letters are written there."""
    return quote(unquote(link.partition("#")[0]))


def addresses(toolkit: Toolkit) -> set[str]:
    """The address of every page that will be on the site."""
    return {address(piece) for piece in toolkit.published} | {guidance_address(page.file) for page in toolkit.guidance}


@dataclass(frozen=True)
class Links:
    """Makes links that work from one page, in a folder on disk as well as on a server.

    ``folders`` is mkdocs' ``use_directory_urls``; without it ``/clauses/review/`` is ``clauses/review.html``,
    except for the pages in ``indexes``.
    """

    here: str = "/"
    folders: bool = True
    indexes: frozenset[str] = frozenset()

    def start(self, page: str) -> Links:
        return Links(page, self.folders, self.indexes)

    def to(self, target: str) -> str:
        """A relative link to ``target``, an address from the site's root such as ``/clauses/review/#why``."""
        if not target.startswith("/"):
            return target
        path, sign, fragment = target.partition("#")
        if path == self.here and fragment:
            return sign + fragment
        depth = self.file(self.here).count("/")
        link = "../" * depth + self.shown(path)
        return (link or "./") + sign + fragment

    def file(self, page: str) -> str:
        """The file that holds ``page``, from the site's root."""
        path = unquote(page.strip("/"))
        if self.folders or page in self.indexes or not path:
            return f"{path}/index.html".lstrip("/")
        return f"{path}.html"

    def shown(self, path: str) -> str:
        if not path.endswith("/"):
            return path.lstrip("/")
        return path.lstrip("/") if self.folders else quote(self.file(path))

    def download(self, piece: Piece, kind: str) -> str:
        """The link to a download, which lies beside its page: ``/templates/memorandum/memorandum.docx``."""
        return self.to(f"{address(piece)}{piece.id}.{kind}")


def indexes(toolkit: Toolkit) -> frozenset[str]:
    return frozenset(
        guidance_address(page.file)
        for page in toolkit.guidance
        if page.file.rpartition("/")[2] in ("index.md", "README.md")
    )


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (piece.front.title.casefold(), piece.id))


def redirect(link: str, title: str, said: Labels) -> str:
    """The page at an old address: it leads on by itself, to the same part of the page, and says where to."""
    target, words = escape(link), escape(title)
    return (
        f'<!doctype html><html lang="{said.language}"><meta charset="utf-8">'
        f'<title>{words}</title><link rel="canonical" href="{target}">'
        '<script>location.replace(document.querySelector("link").href + location.search + location.hash)</script>'
        f'<meta http-equiv="refresh" content="0; url={target}">'
        f'<p>{escape(said["this page has moved"])} <a href="{target}">{words}</a></p></html>\n'
    )
