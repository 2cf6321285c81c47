"""Checks of ``mkdocs.yml``: what a strict build stops at, and what cannot stand beside our pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from pathspec.gitignore import GitIgnoreSpec

from ..files.disk import files_below
from ..model.pieces import Toolkit, places
from ..model.renamed import file_now
from ..model.site import SECTIONS, Setting, menu
from ..model.translations import translated
from ..text.problems import did_you_mean
from . import plugins
from .registry import Found, Place, check
from .walk import unreadable

_KEYS = (
    *("INHERIT", "site_name", "nav", "exclude_docs", "draft_docs", "not_in_nav", "site_url", "site_description"),
    *("site_author", "theme", "docs_dir", "site_dir", "copyright", "dev_addr", "use_directory_urls", "repo_url"),
    *("repo_name", "edit_uri_template", "edit_uri", "extra_css", "extra_javascript", "extra_templates"),
    *("markdown_extensions", "strict", "remote_branch", "remote_name", "extra", "plugins", "hooks", "watch"),
    "validation",
)
_INSTANT = (
    "It swaps pages without loading them, and checklists, drafts and the chooser then stay dead. Take this line out."
)


@check("broken-menu")
def broken_menu(toolkit: Toolkit) -> Found:
    """The menu, `nav` in `mkdocs.yml`, names a page that does not exist, or leaves out one that it must hold.
    A strict build stops there. A page that is left out of the site is a warning: readers would not find it."""
    site = toolkit.site
    if site.at("nav").items and not plugins.others(site) and not any(one.pages for one in plugins.known(site)):
        yield from _not_there(toolkit)
        yield from _not_listed(toolkit)


def _not_there(toolkit: Toolkit) -> Found:
    pages, docs = places(toolkit), Path(toolkit.root, "docs")
    own_way = any(one.menu for one in plugins.known(toolkit.site))
    absolute = _level(toolkit.site, "absolute_links")
    for title, place in menu(toolkit.site.at("nav").items):
        target = place.text
        path = _page(toolkit, place)
        if urlsplit(target).scheme or target.startswith("//") or (own_way and re.search(r"\*|/$|^\.\.\.", target)):
            continue
        if target.startswith("/") and absolute != "relative_to_docs":
            if absolute == "warn":
                yield _at(place), f'"{target}" breaks when the site moves. Name the file, such as "guide.md".'
        elif path in SECTIONS and not (title and target.endswith("/")):
            yield _at(place), f'A list of all {path} is written with a title: "{path.capitalize()}: {path}/".'
        elif path not in pages | unreadable(toolkit) | {*SECTIONS} and not (docs / path).is_file():
            yield _at(place), f'There is no page "{target}" for the menu. {did_you_mean(target, pages)}'
        elif path not in pages and path.endswith(".md") and (docs / path).is_file() and path not in unreadable(toolkit):
            yield _at(place), f'"{target}" is left out of the site, so this will lead nowhere.', "warning"


def _not_listed(toolkit: Toolkit) -> Found:
    """Pages that stand in no menu, where the site's settings ask for that."""
    site = toolkit.site
    if _level(site, "omitted_files") != "warn" or any(one.menu for one in plugins.known(site)):
        return
    there = {_page(toolkit, place) for _, place in menu(site.at("nav").items)}
    may_miss = GitIgnoreSpec.from_lines(site.at("not_in_nav").text.splitlines())
    written = {page.file.removeprefix("docs/") for page in toolkit.guidance}
    missing: dict[str, list[str]] = {}
    for page in sorted(places(toolkit) - there - translated(toolkit)):
        kind, _, name = page.rpartition("/")
        ours = kind in SECTIONS and (name == "index.md" or page not in written)
        if not may_miss.match_file(page) and not (ours and kind in there):
            missing.setdefault(kind if ours else page, []).append(page)
    for name, pages in missing.items():
        if name in SECTIONS:
            listed = f'"{name.capitalize()}: {name}/"'
            yield _at(site.at("nav")), f"The menu has no place for {pages[0]}. Add {listed}, or name it in not_in_nav."
        else:
            yield _at(site.at("nav")), f"The menu has no place for {name}. Add it, or name it in not_in_nav."


def _page(toolkit: Toolkit, place: Setting) -> str:
    """The page that an entry of the menu names, as it is called now."""
    return file_now(toolkit, str(PurePosixPath(place.text.lstrip("/"))))


def _level(site: Setting, name: str) -> str:
    """How grave the site calls such a thing in its menu."""
    return site.at("validation", "nav", name).text or site.at("validation", name).text


def _at(setting: Setting) -> Place:
    return Place(setting.file, setting.line)


@check("site-setting")
def site_setting(toolkit: Toolkit) -> Found:
    """A line of `mkdocs.yml` stops the build, or switches on something that our pages cannot work with.
    Such are a misspelt key, a file that is not there, a plugin or a feature of the theme."""
    site = toolkit.site
    for one in site.at("theme", "features").items:
        if one.text.startswith("navigation.instant"):
            yield _at(one), f'"{one.text}" cannot be used here. {_INSTANT}'
    for name, place in plugins.named(site):
        known = plugins.PLUGINS.get(name)
        if known and known.conflict:
            yield _at(place), f'The plugin "{name}" cannot stand beside groundrules. {known.conflict}'
        elif not known and name not in _installed():
            meant = did_you_mean(name, {*_installed(), *plugins.PLUGINS})
            yield _at(place), f'No plugin "{name}" is installed. {meant}'
    for key in site.keys:
        if key not in _KEYS:
            yield _at(site.at(key)), f'mkdocs knows no setting "{key}". {did_you_mean(key, _KEYS)}'
    language = site.at("theme", "language")
    if language.text and not site.at("theme", "custom_dir").text and language.text not in languages():
        yield _at(language), f'The theme has no language "{language.text}". {did_you_mean(language.text, languages())}'
    edit = site.at("edit_uri")
    if edit.text and not site.at("repo_url").text and not re.match(r"https?://[^/]", edit.text):
        yield _at(edit), f'"{edit.text}" is not a whole address. Begin it with https://, or set repo_url.'
    for file, folder in _files(site):
        if not Path(toolkit.root, folder, file.text).exists():
            yield _at(file), f'There is no "{file.text}" in {folder or "this folder"}. Check how it is spelt.'


@cache
def languages() -> frozenset[str]:
    """The languages of the theme's own words."""
    theme = find_spec(next(one.value for one in entry_points(group="mkdocs.themes", name="material")))
    folders = (Path(one, "partials/languages") for one in (theme.submodule_search_locations if theme else None) or ())
    return frozenset(path.stem for folder in folders for path in files_below(folder, (".html",)))


@cache
def _installed() -> frozenset[str]:
    """The names of the plugins that mkdocs finds in this Python; looking goes through every package."""
    return frozenset(one.name.rpartition("/")[2] for one in entry_points(group="mkdocs.plugins"))


def _files(site: Setting) -> Iterator[tuple[Setting, str]]:
    """Each file or folder that is named, and where it should stand."""
    folder = site.at("theme", "custom_dir")
    yield from ((one, "") for one in (folder, *site.at("hooks").items) if one.text)
    yield from ((one, "docs") for one in site.at("extra_templates").items if one.text)
