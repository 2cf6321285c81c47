"""Guidance pages as HTML, made without a host: macros, Markdown and links, as mkdocs makes them of the same text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..agreement.document.links import guidance_address
from ..checks.guidance import with_links_now
from ..checks.macro_calls import MACROS, Trial
from ..files.load.lost_links import guidance_without_lost_links
from ..files.load.site import PYTHON_NAME
from ..model.pieces import GuidancePage, places
from ..model.site import plain
from ..text.problems import UserError
from .library import Library
from .permalinks import name_permalinks
from .placing import Call, fill_places, mark_places, placeholder

# What mkdocs switches on by itself.
_ALWAYS = ("toc", "tables", "fenced_code")
_HEADING = re.compile(r'<h([1-6])[^>]*?\bid="([^"]*)"[^>]*>(.*?)</h\1>', re.S)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.S)
# Tags that part no words.
_WITHIN = re.compile(r"</?(?!(?:p|code|pre|li|ol|ul|sub|sup)\b)[a-z][^>]*>")


@dataclass(frozen=True)
class Rendered:
    """A guidance page: its HTML, its contents list as Python-Markdown has it, and what it called."""

    body: str
    contents: list[dict[str, Any]]
    # The same without what macros show, which search finds on its own pages.
    own: str
    calls: list[Call]


class Renderer:
    """Renders the guidance pages of ``library``, with the macros and the extensions that the site's settings name."""

    def __init__(self, library: Library, show: Callable[..., str]) -> None:
        """``show`` draws what a macro shows, given the page's address and the call."""
        self.library, self.show = library, show
        self.toolkit = library.toolkit
        self.settings = plain(self.toolkit.site)
        self.trial = Trial(self.toolkit)
        extra = self.settings.get("extra") or {}
        self.values = {"config": self.settings, "extra": extra} | extra
        self.pages = places(self.toolkit)

    @cached_property
    def extensions(self) -> dict[str, dict[str, Any]]:
        """The extensions of Markdown, each with its settings."""
        found: dict[str, dict[str, Any]] = {name: {} for name in _ALWAYS}
        listed = self.settings.get("markdown_extensions") or []
        for one in listed.items() if isinstance(listed, dict) else listed:
            named = {one: {}} if isinstance(one, str) else dict([one]) if isinstance(one, tuple) else one
            found |= {name: _resolved(settings or {}) for name, settings in named.items()}
        return found

    def render(self, page: GuidancePage) -> Rendered:
        here = guidance_address(page.file)
        calls: list[Call] = []
        placed: list[str] = []

        def offer(name: str) -> Callable[..., str]:
            def show(*arguments: Any, **options: Any) -> str:
                calls.append((name, arguments, options))
                placed.append(self.show(here, *calls[-1]))
                return placeholder(len(placed) - 1)

            return show

        text = self.current(page, {name: offer(name) for name in MACROS})
        markdown = self.markdown()
        markdown.treeprocessors.register(_Links(markdown, self, page), "groundrules-links", 0)
        html = markdown.convert(text)
        contents: list[dict[str, Any]] = getattr(markdown, "toc_tokens", [])
        own = name_permalinks(mark_places(html), _titles(contents))
        return Rendered(fill_places(own, placed), contents, own, calls)

    def current(self, page: GuidancePage, macros: dict[str, Callable[..., str]]) -> str:
        """The text of ``page`` with what its macros show, and with its links as they lead today.

        Raises ``UserError`` where only mkdocs could tell what stands there.
        """
        text = page.body
        if self.trial.runs(page) and "{" in text:
            try:
                text = self.trial.shown(page, self.values | macros)
            except NameError as error:
                said = f'{page.file}: only mkdocs knows what "{error}" shows. Take it out, and stage again.'
                raise UserError(said, again=True) from None
        if page.file in self.toolkit.adopted:
            text = guidance_without_lost_links(text, page.file, self.pages)
        return with_links_now(text, page, self.toolkit)

    def markdown(self) -> Markdown:
        try:
            return Markdown(extensions=[*self.extensions], extension_configs=self.extensions)
        except (ImportError, AttributeError, TypeError, KeyError, ValueError) as error:
            raise UserError(f"mkdocs.yml: an extension of Markdown does not work: {error}.", again=True) from None

    def link(self, url: str, page: GuidancePage) -> str:
        """The link that ``url`` on ``page``, which names a file in ``docs/``, is on the site."""
        scheme, netloc, path, query, part = urlsplit(url)
        if scheme or netloc or not path or "\x02" in url:
            return url
        folder = posixpath.dirname(page.file.removeprefix("docs/"))
        wanted = posixpath.normpath(posixpath.join(folder, unquote(path))).lstrip("/")
        here = self.library.links.start(guidance_address(page.file))
        if wanted in self.pages:
            path = here.to(guidance_address(f"docs/{wanted}"))
        elif Path(self.toolkit.root, "docs", wanted).is_file():
            path = here.to(quote(f"/{wanted}"))
        return urlunsplit(("", "", path, query, part))


class _Links(Treeprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, renderer: Renderer, page: GuidancePage) -> None:
        super().__init__(md)
        self.renderer, self.page = renderer, page

    def run(self, root: Element) -> None:
        for element in root.iter():
            key = {"a": "href", "img": "src"}.get(element.tag, "")
            if url := element.get(key):
                element.set(key, self.renderer.link(url, self.page))


def _resolved(value: Any) -> Any:
    """Settings in which each function that is named stands itself, as mkdocs reads them."""
    if isinstance(value, dict):
        return {key: _resolved(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_resolved(one) for one in value]
    if isinstance(value, str) and value.startswith(PYTHON_NAME):
        module, _, name = value.removeprefix(PYTHON_NAME).rpartition(".")
        return getattr(import_module(module), name)
    return value


def _titles(contents: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {one["id"]: unescape(one["name"]) for one in contents} | {
        identity: title for one in contents for identity, title in _titles(one["children"]).items()
    }


def sections(rendered: Rendered, location: str, title: str) -> Iterator[dict[str, Any]]:
    """The entries of a page in the search index: one for it, and one for each heading below."""
    before, *headed = _HEADING.split(_PERMALINK.sub("", rendered.own))
    found = [list(headed[at : at + 4]) for at in range(0, len(headed), 4)]
    if before.strip() or not found or found[0][0] != "1":
        found.insert(0, ["1", "", title, before])
    for number, (_, identity, words, text) in enumerate(found):
        yield {
            "location": f"{location}#{identity}" if number else location,
            "title": words.strip(),
            "text": _WITHIN.sub("", text),
        }
