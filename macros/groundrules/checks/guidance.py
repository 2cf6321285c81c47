"""Checks of the guidance pages in ``docs/``: what mkdocs would let through."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
import jinja2.nodes
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model.pieces import GuidancePage, Toolkit
from ..text.problems import Problem, did_you_mean
from .registry import check
from .walk import known

Found = Iterator[Problem]

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
CATALOGUES = ("clauses", "templates", "examples", "checklists", "partnerships")
COVERAGES = ("templates", "references")


@check("page-front-matter")
def page_front_matter(toolkit: Toolkit) -> Found:
    """The front matter of a guidance page holds a key that nothing reads, or no title.
    A page's key may also hide a macro of the same name."""
    for page in toolkit.guidance:
        for key in page.front:
            line = page.lines.line(key)
            if key not in PAGE_KEYS:
                yield Problem(
                    page.file,
                    line,
                    "page-front-matter",
                    f'"{key}" is not a key of a page. {did_you_mean(key, PAGE_KEYS)}',
                )
        if "title" not in page.front:
            yield Problem(
                page.file,
                1,
                "page-front-matter",
                'This page has no title. Add front matter with a line "title: …".',
            )
        for key in ("title", "description"):
            wrong = _not_a_line(page, key) if key in page.front else ""
            if wrong:
                yield Problem(page.file, page.lines.line(key), "page-front-matter", wrong)


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
    broken = {f"docs{page[:-1]}.md" if page.startswith("/") else page for page in toolkit.unread}
    generated = {f"docs/{piece.kind}/{piece.id}.md" for piece in toolkit.published}
    root = Path(toolkit.root)
    for page in toolkit.guidance:
        for line, target in _links(page.body, page.body_line):
            try:
                parts = urlsplit(target)
            except ValueError:
                yield Problem(page.file, line, "broken-page-link", f'"{target}" is not an address. Copy it once more.')
                continue
            if parts.scheme.lower() in ("javascript", "data", "vbscript", "file"):
                yield Problem(
                    page.file,
                    line,
                    "broken-page-link",
                    f'A link may not start with "{parts.scheme}:". Use https:, mailto: or tel:.',
                )
            if parts.scheme or parts.netloc or not parts.path:
                continue
            path = unquote(parts.path)
            if path.startswith("/"):
                yield Problem(
                    page.file,
                    line,
                    "broken-page-link",
                    f'"{target}" breaks when the site moves. Link to the file, such as ../clauses/review.md.',
                )
                continue
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(page.file), path))
            if wanted in pages or wanted in generated or wanted in broken:
                continue
            if not wanted.startswith("docs/") or not (root / wanted).is_file() or (root / wanted).is_symlink():
                near = [posixpath.relpath(file, posixpath.dirname(page.file)) for file in pages | generated]
                wrong = (
                    f'There is no file "{path}" to link to.'
                    if wanted.startswith("docs/")
                    else f'"{path}" leads out of docs/, so it is not on the site.'
                )
                yield Problem(page.file, line, "broken-page-link", f"{wrong} {did_you_mean(path, near)}")


_CODE_IN_HTML = re.compile(r"""href\s*=\s*["']?\s*((?:javascript|data|vbscript|file):[^"'\s>]*)""", re.I)


@lru_cache(maxsize=5000)
def _links_of(body: str) -> tuple[tuple[int, str], ...]:
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
    walk(reader.parse(body), 0)
    return tuple(found)


def _links(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    # Macros are blanked out, line by line, so that what they say is not taken for Markdown.
    quiet = re.sub(r"\{[{%#].*?[}%#]\}", lambda code: re.sub(r"[^\n]", " ", code[0]), body, flags=re.S)
    return ((first_line + line, target) for line, target in _links_of(quiet))


def _named(those: Callable[[Toolkit], Iterable[str]], thing: str) -> Callable[[Toolkit, str], str | None]:
    def look(toolkit: Toolkit, name: str) -> str | None:
        names = set(those(toolkit))
        return None if name in names else f'There is no {thing} "{name}". {did_you_mean(name, names)}'

    return look


# What the first argument of each macro must name.
_ARGUMENTS: dict[str, Callable[[Toolkit, str], str | None]] = {
    "clause": _named(lambda toolkit: known(toolkit, "clauses"), "clause"),
    "wording": _named(lambda toolkit: known(toolkit, "clauses"), "clause"),
    "questions": _named(lambda toolkit: known(toolkit, "clauses"), "clause"),
    "template": _named(lambda toolkit: known(toolkit, "templates"), "template"),
    "agreement": _named(
        lambda toolkit: (
            {one.id for one in toolkit.published if one.kind == "partnerships"} | known(toolkit, "examples")
        ),
        "published agreement",
    ),
    "example": _named(lambda toolkit: known(toolkit, "examples"), "example"),
    "checklist": _named(lambda toolkit: known(toolkit, "checklists"), "checklist"),
    "catalogue": _named(lambda toolkit: CATALOGUES, "catalogue"),
    "coverage": _named(lambda toolkit: COVERAGES, "table"),
}


# The macros whose names nobody should take for a misspelt one.
_OTHERS = ("situations", "chooser", "sources", "glossary", "tags", "checks", "register")


@check("broken-macro")
def broken_macro(toolkit: Toolkit) -> Found:
    """A macro on a guidance page names something that does not exist, or cannot be read."""
    environment = jinja2.Environment()
    for page in toolkit.guidance:
        if page.front.get("render_macros") == "false" or "{" not in page.body:
            continue
        try:
            tree = environment.parse(page.body)
        except jinja2.TemplateSyntaxError as error:
            yield Problem(
                page.file,
                page.body_line + error.lineno - 1,
                "broken-macro",
                f'This macro cannot be read: {error.message}. Write it like {{{{ clause("review") }}}}.',
            )
            continue
        for call in tree.find_all(jinja2.nodes.Call):
            if not isinstance(call.node, jinja2.nodes.Name):
                continue
            if call.node.name in _ARGUMENTS:
                yield from _wrong_arguments(page, call, call.node.name, toolkit)
            elif call.node.name not in _OTHERS and get_close_matches(call.node.name, _ARGUMENTS, 1, 0.75):
                yield Problem(
                    page.file,
                    page.body_line + call.lineno - 1,
                    "broken-macro",
                    f'There is no macro "{call.node.name}". {did_you_mean(call.node.name, _ARGUMENTS)}',
                )


def _wrong_arguments(page: GuidancePage, call: jinja2.nodes.Call, macro: str, toolkit: Toolkit) -> Found:
    line = page.body_line + call.lineno - 1
    given = dict(zip(("name", _SECOND.get(macro, "")), call.args, strict=False))
    given |= {argument.key: argument.value for argument in call.kwargs}
    names = {key: value.value for key, value in given.items() if isinstance(value, jinja2.nodes.Const)}
    first = next(iter(given.values()), None)
    if first is None:
        yield Problem(page.file, line, "broken-macro", f'"{macro}" needs a name, such as {{{{ {macro}("…") }}}}.')
    if not isinstance(first, jinja2.nodes.Const) or not isinstance(first.value, str):
        return
    wrong = _ARGUMENTS[macro](toolkit, first.value)
    second = names.get(_SECOND.get(macro, ""))
    if wrong:
        yield Problem(page.file, line, "broken-macro", wrong)
    elif isinstance(second, str) and second:
        yield from _wrong_part(page, line, _held(toolkit, macro, first.value), first.value, second)


# What the second argument of a macro is called, and where it is looked for.
_SECOND = {"wording": "wording", "example": "clause", "agreement": "clause"}


def _held(toolkit: Toolkit, macro: str, name: str) -> list[str] | None:
    """The ids that the second argument may name, or ``None`` when the first leads to nothing that was read."""
    if macro == "wording":
        return list(toolkit.clauses[name].wordings) if name in toolkit.clauses else None
    piece = toolkit.examples.get(name) or toolkit.partnerships.get(name)
    return [section.id for section in piece.sections] if piece else None


def _wrong_part(page: GuidancePage, line: int, held: list[str] | None, name: str, part: str) -> Found:
    if held is not None and part not in held:
        yield Problem(page.file, line, "broken-macro", f'There is no "{part}" in "{name}". {did_you_mean(part, held)}')
