"""Checks of the guidance pages in ``docs/``: what mkdocs would let through."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model.pieces import GuidancePage, Toolkit, places
from ..model.remember import remember
from ..model.renamed import page_now
from ..model.site import plugin
from ..text.problems import did_you_mean
from . import plugins
from .headings import parts
from .registry import Found, Place, check
from .walk import unreadable

PAGE_KEYS = (
    "render_macros",
    "title",
    "description",
    "also called",
    "hide",
    "icon",
    "status",
    "tags",
    "search",
    "template",
    "social",
    "comments",
    "translation",
)


@check("page-front-matter")
def page_front_matter(toolkit: Toolkit) -> Found:
    """The front matter of a guidance page holds a key that nothing reads, or no title.
    A page's key may also hide a macro of the same name."""
    keys = [*PAGE_KEYS, *(key for one in plugins.known(toolkit.site) for key in one.keys)]
    sure = not plugins.others(toolkit.site)
    for page in toolkit.guidance:
        for key in page.front:
            if key not in keys and (sure or get_close_matches(key, keys, 1, 0.8)):
                yield _at(page, key), f'"{key}" is not a key of a page. {did_you_mean(key, keys)}'
        if "title" not in page.front and not _is_menu(page, toolkit):
            yield Place(page.file, 1), 'This page has no title. Add front matter with a line "title: …".'
        for key in ("title", "description"):
            wrong = _not_a_line(page, key) if key in page.front else ""
            if wrong:
                yield _at(page, key), wrong
        names = page.front.get("also called", [])
        if not isinstance(names, list) or not all(isinstance(one, str) and one.strip() for one in names):
            yield (
                _at(page, "also called"),
                '"also called" must be a list of names, each on a line of its own after "- ".',
            )


def _at(page: GuidancePage, key: str) -> Place:
    return Place(page.file, page.lines.line(key))


def _not_a_line(page: GuidancePage, key: str) -> str:
    """Why mkdocs could not show this value. It reads front matter with its own YAML, which guesses types."""
    value = page.front[key]
    if not isinstance(value, str) or not value.strip():
        return f'"{key}" must be one line of text.'
    as_written = page.text.split("\n")[page.lines.line(key) - 1].partition(":")[2].strip()
    if as_written == value and not _is_text_to_yaml(value):
        return f'"{value}" would not be read as text. Put it in double quotes.'
    return ""


def _is_text_to_yaml(value: str) -> bool:
    try:
        return isinstance(yaml.safe_load(value), str)
    except (yaml.YAMLError, ValueError):  # ValueError: a date such as 2026-13-45.
        return False


@check("broken-page-link")
def broken_page_link(toolkit: Toolkit) -> Found:
    """A link on a guidance page leads to a file that does not exist."""
    for page in toolkit.guidance:
        for line, target in _links(page):
            target = link_now(target, page, toolkit)
            wrong = _wrong_address(target) or _no_file(target, page, toolkit)
            if wrong:
                yield Place(page.file, line), wrong
            elif _is_folder(target, page, toolkit) and _is_warned_of(target, toolkit):
                name = page.file.removeprefix("docs")
                said = f'mkdocs takes this menu for a page, and a strict build stops at the link "{target}".'
                yield (
                    Place(page.file, line),
                    f'{said} Add "{name}" to exclude_docs: literate-nav reads it all the same.',
                )
            elif _left_out(target, page, toolkit):
                yield (
                    Place(page.file, line),
                    f'"{target}" is left out of the site, so this will lead nowhere.',
                    "warning",
                )


@check("broken-part-link")
def broken_part_link(toolkit: Toolkit) -> Found:
    """A link leads to a part of a guidance page that is not there, and the site's settings call that a warning.
    A strict build stops at those."""
    site = toolkit.site
    asked = site.at("validation", "links", "anchors").text or site.at("validation", "anchors").text
    extensions = {key: one.at(key) for one in site.at("markdown_extensions").items for key in one.keys}
    own = {"slugify", "separator"} & {*extensions.get("toc", site).keys}
    if asked != "warn" or own or plugins.others(site):
        return
    pages = {page.file.removeprefix("docs/"): page for page in toolkit.guidance}
    for page in toolkit.guidance:
        for line, target in _links(page):
            path, wanted = ("", page.file.removeprefix("docs/")) if target[:1] == "#" else _wanted(target, page)
            there = parts(pages[wanted]) if wanted in pages and (path or target[:1] == "#") else None
            part = urlsplit(target).fragment
            if part and there is not None and part not in there and not part.startswith("fn"):
                wrong = f'There is no part "{part}" on {pages[wanted].file}. {did_you_mean(part, there)}'
                yield Place(page.file, line), wrong


def link_now(target: str, page: GuidancePage, toolkit: Toolkit) -> str:
    """The link to the file of today for ``target`` on ``page``, which may hold an earlier name."""
    path = target.partition("#")[0]
    here = posixpath.dirname(page.file)
    wanted = posixpath.normpath(posixpath.join(here, unquote(path))).removeprefix("docs").removesuffix(".md")
    now = page_now(toolkit, f"{wanted}/")
    if not path.endswith(".md") or now == f"{wanted}/":
        return target
    return posixpath.relpath(f"docs{now[:-1]}.md", here) + target[len(path) :]


def renamed_links(page: GuidancePage, toolkit: Toolkit) -> Iterator[tuple[int, str, str]]:
    """Each link of ``page`` that holds an earlier name: its line, that name, and the one of today."""
    for line, target in _links(page):
        now = link_now(target, page, toolkit)
        if now != target:
            yield line, _name_in(target), _name_in(now)


def _put_behind(now: str, match: re.Match[str]) -> str:
    return f"{match[1]}{now}"


def _name_in(target: str) -> str:
    return posixpath.basename(target.partition("#")[0]).removesuffix(".md")


def with_links_now(markdown: str, page: GuidancePage, toolkit: Toolkit) -> str:
    """The text of ``page`` with its links as they lead today."""
    for target in dict.fromkeys(target for _, target in _links(page)):
        now = link_now(target, page, toolkit)
        if now != target:
            link = rf"""(\]\(\s*<?|\]:\s*<?|href\s*=\s*["']?){re.escape(target)}(?![^\s)>"'])"""
            markdown = re.sub(link, partial(_put_behind, now), markdown)
    return markdown


def _wrong_address(target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return f'"{target}" is not an address. Copy it once more.'
    if parts.scheme.lower() in ("javascript", "data", "vbscript", "file"):
        return f'A link may not start with "{parts.scheme}:". Use https:, mailto: or tel:.'
    if not parts.scheme and not parts.netloc and unquote(parts.path).startswith("/"):
        return f'"{target}" breaks when the site moves. Link to the file, such as ../clauses/review.md.'
    return ""


def _no_file(target: str, page: GuidancePage, toolkit: Toolkit) -> str:
    """Why the file that ``target`` leads to is not on the site."""
    path, wanted = _wanted(target, page)
    if not path or wanted in places(toolkit) | unreadable(toolkit) or _is_file(wanted, toolkit):
        return ""
    if _is_folder(target, page, toolkit):
        return ""
    wrong = (
        f'"{path}" leads out of docs/, so it is not on the site.'
        if wanted.startswith("../")
        else f'There is no file "{path}" to link to.'
    )
    here = posixpath.dirname(page.file.removeprefix("docs/"))
    return f"{wrong} {did_you_mean(path, (posixpath.relpath(file, here or '.') for file in places(toolkit)))}"


def _wanted(target: str, page: GuidancePage) -> tuple[str, str]:
    """The path of ``target``, empty if it leads elsewhere, and the file in ``docs/`` that it means."""
    parts = urlsplit(target)
    path = "" if parts.scheme or parts.netloc else unquote(parts.path)
    return path, posixpath.normpath(posixpath.join(posixpath.dirname(page.file.removeprefix("docs/")), path))


def linked_files(page: GuidancePage) -> Iterator[tuple[int, str]]:
    """The line of each link on ``page`` to a file in ``docs/``, and that file."""
    for line, target in _links(page):
        path, wanted = _wanted(target, page)
        if path:
            yield line, wanted


def _is_file(wanted: str, toolkit: Toolkit) -> bool:
    path = Path(toolkit.root, "docs", wanted)
    return not wanted.startswith("../") and path.is_file() and not path.is_symlink()


def _left_out(target: str, page: GuidancePage, toolkit: Toolkit) -> bool:
    path, wanted = _wanted(target, page)
    gone = bool(path) and wanted not in places(toolkit) | unreadable(toolkit) and _is_file(wanted, toolkit)
    return gone and wanted.endswith(".md") and page.file != f"docs/{wanted}"


def _is_menu(page: GuidancePage, toolkit: Toolkit) -> bool:
    """Whether ``page`` is one that the plugin literate-nav makes the menu from."""
    own = plugin(toolkit.site, "literate-nav")
    return own is not None and page.file.rpartition("/")[2] == (own.at("nav_file").text or "SUMMARY.md")


def _is_folder(target: str, page: GuidancePage, toolkit: Toolkit) -> bool:
    """Whether ``target`` stands, in such a menu, for all that is in a folder or fits a pattern."""
    _, wanted = _wanted(target, page)
    there = "" if wanted == "." else f"{wanted}/"
    folder = target.endswith("/") and any(one.startswith(there) for one in places(toolkit))
    return _is_menu(page, toolkit) and (folder or "*" in target)


def _is_warned_of(target: str, toolkit: Toolkit) -> bool:
    """Whether mkdocs warns of ``target``, which leads to no file: the site's settings say so, or its own."""
    key, usual = ("not_found", "warn") if target.endswith(".md") else ("unrecognized_links", "info")
    asked = (toolkit.site.at("validation", "links", key), toolkit.site.at("validation", key))
    return next((one.text for one in asked if one.text), usual) == "warn"


_CODE_IN_HTML = re.compile(r"""href\s*=\s*["']?\s*((?:javascript|data|vbscript|file):[^"'\s>]*)""", re.I)


@remember
def _links(page: GuidancePage) -> tuple[tuple[int, str], ...]:
    """Every link on ``page``, with its line."""
    found: list[tuple[int, str]] = []

    def walk(tokens: list[Token], line: int) -> None:
        for token in tokens:
            here = token.map[0] if token.map else line
            for name in ("href", "src"):
                target = token.attrGet(name)
                if target:
                    found.append((here, str(target)))
            if token.type in ("html_block", "html_inline"):
                found.extend((here, address) for address in _CODE_IN_HTML.findall(token.content))
            if token.children:
                walk(token.children, here)

    reader = MarkdownIt("commonmark").enable("table")
    # Without this, it would not see the links that must not be there.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    # Macros are blanked out, line by line, so that what they say is not taken for Markdown.
    quiet = re.sub(r"\{[{%#].*?[}%#]\}", lambda code: re.sub(r"[^\n]", " ", code[0]), page.body, flags=re.S)
    walk(reader.parse(quiet), 0)
    return tuple((page.body_line + line, target) for line, target in found)
