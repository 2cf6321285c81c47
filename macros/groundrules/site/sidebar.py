"""The list of pages beside each page, drawn as Material's own would be with sections closed.

Material draws it with nested Jinja macros, which takes most of the time of a large build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

# mkdocs' navigation items; this module reads them and needs nothing else of mkdocs.
Item = Any

_ARROW = '<span class="md-nav__icon md-icon"></span>'


def draw(items: Sequence[Item], page: Item | None, base: str, has_contents: bool) -> tuple[str, str]:
    """The items as HTML, in two parts: the page's own contents list belongs between them.

    ``base`` leads from the page to the site's root. The second part is empty when the page is not
    among the items, or has no contents list.
    """
    html = "".join(_Sidebar(page, base.rstrip("/") + "/", has_contents).items(items, "__nav", 1))
    before, _, after = html.partition(_CONTENTS)
    return before, after


_CONTENTS = "\0"


class _Sidebar:
    def __init__(self, page: Item | None, base: str, has_contents: bool) -> None:
        self.page = page
        self.base = base
        self.has_contents = has_contents

    def items(self, items: Sequence[Item], path: str, level: int) -> Iterator[str]:
        for number, item in enumerate(items, 1):
            if item.is_section and item.active:
                yield from self.open_section(item, f"{path}_{number}", level)
            elif item.is_section:
                yield self.closed_section(item)
            elif item is self.page:
                yield from self.this_page(item)
            else:
                link = f'<a href="{self.url(item)}" class="md-nav__link">{_words(item)}</a>'
                yield f'<li class="md-nav__item">{link}</li>'

    def url(self, item: Item) -> str:
        url: str = item.url
        return url if "//" in url or url.startswith(("/", "#")) else self.base + url

    def this_page(self, item: Item) -> Iterator[str]:
        yield '<li class="md-nav__item md-nav__item--active">'
        yield '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">'
        if self.has_contents:
            yield f'<label class="md-nav__link md-nav__link--active" for="__toc">{_words(item)}{_ARROW}</label>'
        link = 'class="md-nav__link md-nav__link--active" aria-current="page"'
        yield f'<a href="{self.url(item)}" {link}>{_words(item)}</a>'
        if self.has_contents:
            yield _CONTENTS
        yield "</li>"

    def closed_section(self, section: Item) -> str:
        first = section
        while first.is_section:
            first = first.children[0]
        link = f'<a href="{self.url(first)}" class="md-nav__link">{_words(section)}{_ARROW}</a>'
        return f'<li class="md-nav__item md-nav__item--pruned md-nav__item--nested">{link}</li>'

    def open_section(self, section: Item, path: str, level: int) -> Iterator[str]:
        top = " md-nav__item--section" if level == 1 else ""
        yield f'<li class="md-nav__item md-nav__item--active md-nav__item--nested{top}">'
        yield f'<input class="md-nav__toggle md-toggle" type="checkbox" id="{path}" checked>'
        index = next((item for item in section.children if item.is_page and item.is_index), None)
        label = f'for="{path}" id="{path}_label"' + ("" if top else ' tabindex="0"')
        if index:
            here = index is self.page
            kind = "md-nav__link md-nav__link--active" if here else "md-nav__link"
            current = ' aria-current="page"' if here else ""
            yield '<div class="md-nav__link md-nav__container">'
            yield f'<a href="{self.url(index)}" class="{kind}"{current}>{_words(section)}</a>'
            yield f'<label class="{kind}" {label}>{_ARROW}</label></div>'
        else:
            yield f'<label class="md-nav__link" {label}>{_words(section)}{_ARROW}</label>'
        yield f'<nav class="md-nav" data-md-level="{level}" aria-label="{section.title}">'
        yield f'<label class="md-nav__title" for="{path}">{_ARROW}{section.title}</label>'
        yield '<ul class="md-nav__list" data-md-scrollfix>'
        yield from self.items([item for item in section.children if item is not index], path, level + 1)
        yield "</ul></nav></li>"


def _words(item: Item) -> str:
    return f'<span class="md-ellipsis">{item.title}</span>'
