"""A site for hosts that know neither our plugin nor our macros: each page is drawn, and the host puts its frame around.

Nothing here knows mkdocs. The host needs Python-Markdown, ``staged``, and templates like those of Material.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from html import escape
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jinja2
import yaml

from ..agreement.document.links import Links, guidance_address, indexes
from ..checks.plugins import PLUGINS, Known
from ..files.load.folders import left_out
from ..model.pieces import Toolkit, address
from ..model.site import plain, plugin, plugins
from ..text.frontmatter import truth
from .assets import ON_EVERY_PAGE
from .browser_data import template_data
from .changes import changes_page
from .downloads import Downloads
from .drawing import speaker
from .languages import Languages, Version
from .library import Library, Page, changes_address, draft_address, has_changes
from .macros import Macros
from .made import made_files
from .nav import by_folder, expand
from .offline import write_worker
from .pages import draft_page, page_of
from .rendering import Renderer, sections
from .search import SearchIndex, as_json, as_script, says_all, search_entries, search_scripts
from .staged import staged
from .summary import agreements_json

# The first words of the settings, by which a folder is known for one of ours.
MADE = "# Made by groundrules stage, from a toolkit: change that, and stage again."
# Settings that the host is given as they are.
_SAME = (
    *("site_name", "site_description", "site_author", "site_url", "copyright", "use_directory_urls", "repo_url"),
    *("repo_name", "extra", "dev_addr"),
)
# What our pages do themselves, whatever the host.
_OURS = ("groundrules", "search", "macros")
_EXTENSION = "groundrules.site.staged"
# A link that leads up.
_UP = re.compile(r'(<[^>]* (?:href|src)=")\.\./')
# A link to a file of Markdown, which the host would take for one of its pages.
_MARKDOWN = re.compile(r'(<a [^>]*href="(?![a-z]+:)[^"]*)\.md("[^>]* download)')
# The host's own scripts and styles have names that nobody here knows.
_HOSTS_OWN = "assets/*"
# What our plugin tells the search box.
_SCRIPTS = """\
{% set own = config.extra.groundrules %}
{% set search_scripts = {"box": own.box | url, "finder": own.finder | url, "pages": own.pages and own.pages | url} %}
"""
# And what it tells the frame of each page, which stands in the front matter here.
_AROUND = """\
{% set own = (page.meta or {}).around or {} %}
{% set versions, this_version, remarks, remarks_in = own.versions, own.this_version, own.remarks, own.remarks_in %}
"""
_FRAME = """\
{% set around = (page.meta or {}).around or {} %}
{% set theme_in, menu_in = around.theme_in, around.menu_in %}
"""
_BLOCK = re.compile(r"{% block (?:extrahead|content) %}\n")
_SAYS = re.compile(r"{{ (say\(.*?\)) }}")


class Staging:
    """All files of a staged site, from ``toolkit``."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.toolkit = toolkit
        self.settings: dict[str, Any] = plain(toolkit.site)
        own = plugin(toolkit.site, "groundrules")
        self.search = own.at("search").text if own else ""
        asked = own.at("downloads").value if own else None
        self.downloads = True if asked is None else asked
        folders = self.settings.get("use_directory_urls") is not False
        self.library = Library(toolkit, Links("/", folders, indexes(toolkit)), self.downloads is not False)
        self.languages = Languages(self.library)
        self.renderer = Renderer(self.library, lambda here, *call: Macros(self.library.at(here)).call(*call))

    def write(self, folder: Path, kept: Path, say: Callable[[str], None]) -> None:
        """Write it all into ``folder``, which is empty; ``kept`` is a folder for what downloads were written before."""
        downloads = Downloads(kept, say)
        try:
            if self.downloads is True:
                downloads.begin(self.library)
            for place, content in self.files():
                path = folder / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
            self.finish(folder, downloads)
        finally:
            downloads.stop()

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Each file with its place in the folder."""
        yield "mkdocs.yml", f"{MADE}\n{_yaml(self.host_settings())}"
        yield from ((f"docs/{place}", content) for place, content in self.content())
        yield from ((f"overrides/{place}", content) for place, content in self.templates())

    def content(self) -> Iterator[tuple[str, str | bytes]]:
        docs, is_out = Path(self.toolkit.root, "docs"), left_out(self.toolkit.site)
        for name, content in _copied(docs):
            if not name.endswith(".md") and not is_out(name):
                yield name, content
        yield from ((name, content) for name, content in _copied(docs, *self.menus) if self.menus)
        yield from made_files(self.library)
        yield "agreements.json", agreements_json(self.library)
        yield from _files("theme", "assets/")
        yield from _stems()
        yield from _files("stage", "assets/")
        yield from self.pieces()
        yield from self.guidance()
        index = self.index()
        yield "search/search_index.json", index
        if not self.library.links.folders:
            yield "search/search_index.js", b"".join(as_script([index]))

    @cached_property
    def menus(self) -> list[str]:
        """The names of the files that hold the menu, where a plugin makes it of such: a host may know that plugin."""
        found = [own for name, _, own in plugins(self.toolkit.site) if PLUGINS.get(name, Known()).menu]
        named = [own.at(key).text for own in found for key in ("nav_file", "filename")]
        return [*filter(None, named), ".nav.yml", ".pages", "SUMMARY.md"] if found else []

    # --- pages ---

    def pieces(self) -> Iterator[tuple[str, str]]:
        for piece in self.toolkit.published:
            place = f"{piece.kind}/{piece.id}.md"
            yield place, self.page(place, self.drawn[piece.kind, piece.id], piece.origin.file)
        for beside in self.beside():
            place = f"{beside.address.strip('/')}.md"
            yield place, self.page(place, beside)

    @cached_property
    def drawn(self) -> Mapping[tuple[str, str], Page]:
        here = {(one.kind, one.id): self.library.at(address(one)) for one in self.toolkit.published}
        return {(one.kind, one.id): page_of(here[one.kind, one.id], one) for one in self.toolkit.published}

    def beside(self) -> Iterator[Page]:
        """The pages that another one leads to: for filling a template in, and of what changed in an agreement."""
        for template in self.toolkit.templates.values():
            here = self.library.at(draft_address(template))
            yield draft_page(here, template, template_data(template, self.library))
        for one in self.toolkit.partnerships.values():
            if one.front.publish and has_changes(one, self.library.history(one)):
                yield changes_page(self.library.at(changes_address(one)), one)

    def page(self, place: str, drawn: Page, source: str = "") -> str:
        parts = [_part(one.id, one.title, 2) for one in drawn.headings]
        front = {"title": escape(drawn.title), "description": escape(drawn.description)}
        contents = [_part("title", drawn.title, 1, parts)]
        edited = f"../{source}" if source and not source.startswith("..") else ""
        return self.stub(place, front | self.heard(drawn.language), drawn.body, contents, edited)

    def guidance(self) -> Iterator[tuple[str, str]]:
        for page in self.toolkit.guidance:
            place, rendered = page.file.removeprefix("docs/"), self.rendered[page.file]
            here = self.library.at(guidance_address(page.file))
            front = {**page.front, **self.heard(here.language)}
            yield place, self.stub(place, front, here.heard(rendered.body, here.language), rendered.contents, place)

    def heard(self, language: str) -> dict[str, Any]:
        """The scripts of every page that a page in this language has others for: each with that."""
        here = self.library.at("/")
        pairs = [[here.asset(name), here.asset(name, language)] for name in ON_EVERY_PAGE]
        return {"heard": found} if (found := [one for one in pairs if one[0] != one[1]]) else {}

    @cached_property
    def rendered(self) -> Mapping[str, Any]:
        return {page.file: self.renderer.render(page) for page in self.toolkit.guidance}

    def stub(self, place: str, front: dict[str, Any], body: str, contents: list[dict[str, Any]], source: str) -> str:
        """The page that the host finds at ``place``; it reads each link as one from there, and not from its address."""
        own = re.search(r' data-frame="([^"]*)"', body)
        front |= {"frame": own[1]} if own else {}
        if around := self.around(guidance_address(f"docs/{place}")):
            front["around"] = around
        edit = self.settings.get("edit_uri")
        if edit and source and f"docs/{source}".replace("docs/../", "") not in self.toolkit.borrowed:
            front["edit"] = urljoin(urljoin(f"{self.settings.get('repo_url') or ''}/", edit), source)
        if self.library.links.file(guidance_address(f"docs/{place}")).count("/") > place.count("/"):
            body = _UP.sub(r"\1", body)
        body = _MARKDOWN.sub(r"\1%2Emd\2", body)
        return f"---\n{_yaml(front)}---\n{staged(body, contents)}"

    def around(self, here: str) -> dict[str, Any]:
        """What the frame of the page at ``here`` says of its languages."""
        said = self.languages.around(here)

        def version(one: Version) -> dict[str, str]:
            return {key: getattr(one, key) for key in ("address", "language", "called", "direction")}

        found = {
            "versions": [[version(one), link] for one, link in said["versions"]],
            "this_version": version(said["this_version"]) if said["this_version"] else None,
            "remarks": [*map(str, said["remarks"])],
            **self.languages.frame(said["remarks_in"]),
        }
        return {key: value for key, value in found.items() if value} | (
            {"remarks_in": str(said["remarks_in"])} if said["remarks"] else {}
        )

    # --- search and the rest ---

    def index(self) -> bytes:
        shown = self.library.links.shown
        entries: list[dict[str, Any]] = []
        for page in self.toolkit.guidance:
            search = page.front.get("search") or {}
            place, title = shown(guidance_address(page.file)), str(page.front.get("title", ""))
            boost = {"boost": float(search["boost"])} if "boost" in search else {}
            if not truth(search.get("exclude")):
                entries += (one | boost for one in sections(self.rendered[page.file], place, title))
        written = {"config": {"lang": self.stems()}, "docs": entries}
        pieces = [
            search_entries(self.drawn[one.kind, one.id], shown(address(one)), says_all(one, self.search))
            for one in self.toolkit.published
        ]
        calls = {page.file.removeprefix("docs/"): self.rendered[page.file].calls for page in self.toolkit.guidance}
        parts = SearchIndex().complete(as_json(written).encode(), self.library, pieces, calls)
        return b"".join(parts)

    def stems(self) -> list[str]:
        own = plugin(self.toolkit.site, "search")
        asked = plain(own.at("lang")) if own else None
        asked = asked or self.theme().get("language", "en")
        return asked if isinstance(asked, list) else [asked]

    def theme(self) -> dict[str, Any]:
        theme = self.settings.get("theme") or {}
        return dict(theme) if isinstance(theme, dict) else {}

    def templates(self) -> Iterator[tuple[str, str | bytes]]:
        """The templates that the host takes in place of its own; the site's own in place of ours."""
        yield from _files("theme", ".icons/")
        partials = (f"partials/{name}" for name in ("language", "search", "tabs"))
        for name, content in _files("theme", "404.html", "main.html", "groundrules/", *partials):
            text = _SAYS.sub(self.said, content.decode())
            if name == "groundrules/main.html":
                text = _BLOCK.sub(rf"\g<0>{_AROUND}", text)
            frame = _FRAME if name.startswith("partials/") else ""
            yield name, frame + (_SCRIPTS if name == "partials/search.html" else "") + text
        yield from _files("stage", "partials/")
        if own := self.theme().get("custom_dir"):
            yield from _copied(Path(self.toolkit.root, own))

    def said(self, call: re.Match[str]) -> str:
        """What a template says in a label, in the language of each page: no host knows these."""
        expression = jinja2.Environment().compile_expression(call[1])

        def words(language: str = "") -> str:
            return json.dumps(str(expression(say=speaker(self.library.labels(language)))), ensure_ascii=False)

        frames = {one: self.languages.frame(one) for one in self.library.spoken}
        others = ", ".join(f'"{frame["theme_in"]}": {words(one)}' for one, frame in frames.items() if frame)
        return f"{{{{ ({{{others}}}[theme_in] or {words()}) | safe }}}}"

    def menu(self) -> list[Any]:
        """The whole menu; none where a plugin makes it."""
        titles = {page.file: str(page.front.get("title", "")) for page in self.toolkit.guidance}
        if nav := self.settings.get("nav"):
            return expand(nav, self.library, titles)
        return [] if self.menus else by_folder(self.toolkit, titles)

    def host_settings(self) -> dict[str, Any]:
        here = self.library.at("/")
        search = {**search_scripts("", self.library, self.search)}
        own = {key: self.settings[key] for key in _SAME if self.settings.get(key) not in (None, "")}
        styles = [here.asset("groundrules.css"), "assets/staged.css", *(self.settings.get("extra_css") or [])]
        scripts = [*map(here.asset, ON_EVERY_PAGE), *(self.settings.get("extra_javascript") or [])]
        menu = self.menu()
        return own | {
            "extra": (self.settings.get("extra") or {}) | {"groundrules": search},
            "theme": self.theme() | {"name": "material", "variant": "classic", "custom_dir": "overrides"},
            "extra_css": styles,
            "extra_javascript": scripts,
            "markdown_extensions": [_EXTENSION],
            "plugins": [{name: plain(own)} for name, _, own in plugins(self.toolkit.site) if name not in _OURS],
            "exclude_docs": f"{self.settings.get('exclude_docs') or ''}\n!/templates/\n",
            **({"nav": menu} if menu else {}),
        }

    def finish(self, folder: Path, downloads: Downloads) -> None:
        """Put the downloads in, and write what keeps the site for reading offline: the list of all that it will have.

        A host takes Markdown in docs/ for pages, so files to download in that form come with the theme.
        """
        docs = folder / "docs"
        pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
        downloads.finish(docs)
        for path in docs.rglob("*.md"):
            if (place := path.relative_to(docs).as_posix()) not in pages:
                (folder / "overrides" / place).parent.mkdir(parents=True, exist_ok=True)
                path.rename(folder / "overrides" / place)
        files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()} - pages
        site = {self.library.links.file(guidance_address(f"docs/{one}")) for one in pages}
        write_worker(docs, self.library, {*files, *site, *downloads.places, _HOSTS_OWN})


def _yaml(data: Any) -> str:
    # A text of a kind of its own becomes plain text.
    text: str = yaml.safe_dump(json.loads(json.dumps(data)), allow_unicode=True, sort_keys=False, width=1000)
    return text


def _part(identity: str, title: str, level: int, children: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """An entry of a contents list, as Python-Markdown has it."""
    words = escape(title)
    whole = {"level": level, "id": identity, "name": words, "html": words, "data-toc-label": ""}
    return whole | {"children": children or []}


def _copied(folder: Path, *names: str) -> Iterator[tuple[str, bytes]]:
    """The files that somebody put into ``folder``: those of these names, or all that are not hidden."""
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        asked = place.name in names if names else not any(part.startswith(".") for part in place.parts)
        if path.is_file() and not path.is_symlink() and asked:
            yield place.as_posix(), path.read_bytes()


def _files(folder: str, *starts: str) -> Iterator[tuple[str, bytes]]:
    """The files of the package below ``site/`` and ``folder`` whose places begin like this."""
    root = Path(str(resources.files(__package__))) / folder
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if path.is_file() and place.startswith(starts):
            yield place, path.read_bytes()


def _stems() -> Iterator[tuple[str, bytes]]:
    """What brings words to their stems: it comes with the theme Material, where that is installed."""
    theme = find_spec("material")
    root = Path(theme.origin or "").parent / "templates" if theme else Path()
    for pattern in ("workers/search.*.min.js", "lunr/min/*.min.js"):
        for path in sorted(root.glob(f"assets/javascripts/{pattern}")) if theme else ():
            yield path.relative_to(root).as_posix(), path.read_bytes()
