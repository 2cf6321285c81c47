"""Checks of the guidance pages in ``docs/``: what mkdocs would let through."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model.pieces import GuidancePage, Toolkit
from ..model.remember import remember
from ..text.problems import did_you_mean
from .registry import Found, Place, check

PAGE_KEYS = (
    "render_macros",
    "title",
    "description",
    "hide",
    "icon",
    "status",
    "tags",
    "search",
    "template",
    "social",
    "comments",
)


@check("page-front-matter")
def page_front_matter(toolkit: Toolkit) -> Found:
    """The front matter of a guidance page holds a key that nothing reads, or no title.
    A page's key may also hide a macro of the same name."""
    for page in toolkit.guidance:
        for key in page.front:
            if key not in PAGE_KEYS:
                yield _at(page, key), f'"{key}" is not a key of a page. {did_you_mean(key, PAGE_KEYS)}'
        if "title" not in page.front:
            yield Place(page.file, 1), 'This page has no title. Add front matter with a line "title: …".'
        for key in ("title", "description"):
            wrong = _not_a_line(page, key) if key in page.front else ""
            if wrong:
                yield _at(page, key), wrong


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
    pages = {page.file for page in toolkit.guidance}
    pages |= {f"docs/{piece.kind}/{piece.id}.md" for piece in toolkit.published}
    broken = {f"docs{page[:-1]}.md" if page.startswith("/") else page for page in toolkit.unread}
    for page in toolkit.guidance:
        for line, target in _links(page):
            wrong = _wrong_address(target) or _no_file(target, page, pages, broken, Path(toolkit.root))
            if wrong:
                yield Place(page.file, line), wrong


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


def _no_file(target: str, page: GuidancePage, pages: set[str], broken: set[str], root: Path) -> str:
    """Why the file that ``target`` leads to is not on the site; ``pages`` are, and ``broken`` would be."""
    parts = urlsplit(target)
    path, here = unquote(parts.path), posixpath.dirname(page.file)
    wanted = posixpath.normpath(posixpath.join(here, path))
    if parts.scheme or parts.netloc or not parts.path or wanted in pages or wanted in broken:
        return ""
    if wanted.startswith("docs/") and (root / wanted).is_file() and not (root / wanted).is_symlink():
        return ""
    wrong = (
        f'There is no file "{path}" to link to.'
        if wanted.startswith("docs/")
        else f'"{path}" leads out of docs/, so it is not on the site.'
    )
    return f"{wrong} {did_you_mean(path, (posixpath.relpath(file, here) for file in pages))}"


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
