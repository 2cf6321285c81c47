"""The plugins that people have beside ours, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.site import Setting, plugins


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a plugin; none of these gives pages something to call.

    ``keys`` are those that it reads in a page's front matter. With ``menu`` it reads the menu in its own way, by
    folders, patterns or files. With ``pages`` it makes pages for which there is no file. ``conflict`` says why it
    cannot stand beside ours, and what to do.
    """

    keys: tuple[str, ...] = ()
    menu: bool = False
    pages: bool = False
    conflict: str = ""


_NOTHING_MORE = (
    *("groundrules", "macros", "search", "tags", "offline", "redirects", "minify", "exclude", "privacy", "meta"),
    *("git-revision-date-localized", "git-revision-date", "git-authors", "group", "info", "rss", "mike", "social"),
)
PLUGINS = dict.fromkeys(_NOTHING_MORE, Known()) | {
    "awesome-nav": Known(menu=True),
    "awesome-pages": Known(menu=True),
    "literate-nav": Known(menu=True),
    "blog": Known(("date", "authors", "categories", "draft", "slug", "links", "readtime", "pin"), pages=True),
    "glightbox": Known(("glightbox", "glightbox.skip")),
    "i18n": Known(
        conflict="It makes pages of its own from every file, and ours stand for no file in docs/. "
        'Take it out. A translation of a clause is a file such as "review.cy.md"; other pages need a site for each '
        "language."
    ),
    "section-index": Known(
        conflict="It rewrites the theme's menu, which is drawn by groundrules. "
        'Take it out, and name "navigation.indexes" among the features of the theme: that does the same.'
    ),
}


def named(site: Setting) -> Iterator[tuple[str, Setting]]:
    """Each plugin of ``site`` by its own name, without that of its theme, and where it stands."""
    for name, place, _ in plugins(site):
        yield name.rpartition("/")[2], place


def known(site: Setting) -> list[Known]:
    return [PLUGINS[name] for name, _ in named(site) if name in PLUGINS]


def others(site: Setting) -> bool:
    """Whether there are plugins of which nothing is known: they may add anything, as a site's own hooks may."""
    return bool(site.at("hooks").items) or any(name not in PLUGINS for name, _ in named(site))
