"""The mkdocs plugin: the one module that knows mkdocs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import jinja2
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler, write_file
from mkdocs.utils.templates import TemplateContext

from ..agreement.document.links import Links, guidance_address, indexes
from ..checks import load_and_check
from ..checks.guidance import with_links_now
from ..checks.macro_calls import repeatable
from ..files import clock
from ..files.load.kept import Cache
from ..files.load.lost_links import guidance_without_lost_links
from ..model.pieces import Agreement, Piece, Template, address, places
from ..text import problems
from ..writers.pdf_fonts import FOLDER
from . import sidebar
from .assets import ON_EVERY_PAGE
from .browser_data import template_data
from .builds import Builds, folder_stamps, stamp_of
from .changes import changes_page
from .downloads import Downloads
from .languages import Languages, unlisted
from .library import Library, Page, changes_address, draft_address, has_changes
from .macros import Macros
from .made import made_files
from .nav import expand
from .offline import write_worker
from .page_keys import digest, piece_key, shared_key
from .pages import draft_page, page_of
from .permalinks import name_permalinks, titles
from .placing import Call, fill_places, mark_places, placeholder
from .search import SearchIndex, as_script, leave_out_shim, says_all, search_entries, search_scripts
from .summary import agreements_json
from .theme_cache import ThemeCache
from .tool_pages import lighter

log = logging.getLogger("mkdocs.plugins.groundrules")

SEARCH = "search/search_index.json"
# Who builds. Another program, such as mike, only asks where the site will be.
_BUILDING = ("", "build", "serve", "gh-deploy")


class PluginConfig(base.Config):  # type: ignore[no-untyped-call]
    partnerships = options.Optional(options.Dir(exists=True))
    # "elsewhere": pages offer them, and "groundrules export --all" makes them.
    downloads = options.Choice((True, False, "elsewhere"), default=True)
    # "titles": of agreements only these; Pagefind, run upon the site, finds what they say.
    search = options.Choice(("whole", "titles"), default="whole")


class PieceFile(File):
    """A page that no Markdown file in ``docs/`` stands for; it counts as modified when what it shows has changed."""

    modified: bool = True

    def is_modified(self) -> bool:
        return self.modified

    def __init__(self, path: str, config: MkDocsConfig) -> None:
        listed = not (config.not_in_nav and config.not_in_nav.match_file(path))
        inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
        super().__init__(path, None, config.site_dir, config.use_directory_urls, inclusion=inclusion)
        self.generated_by = "groundrules"
        self.content_string = ""


class PiecePage(MkDocsPage):
    """A page whose title, text and contents list come from us: neither Markdown nor Jinja sees them."""

    drawn: Page

    @classmethod
    def of(cls, drawn: Page, file: File, config: MkDocsConfig) -> PiecePage:
        page = cls(escape(drawn.title), file, config)
        page.drawn = drawn
        page.edit_url = None
        return page

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {
            "title": escape(self.drawn.title),
            "description": escape(self.drawn.description),
            "render_macros": False,
            "search": {"exclude": True},
            "tags": list(self.drawn.tags),
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = self.drawn.body
        top = AnchorLink(escape(self.drawn.title), "title", 1)
        top.children = [AnchorLink(escape(one.title), one.id, 2) for one in self.drawn.headings]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = {"title"} | {one.id for one in self.drawn.headings}


class GroundRulesPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Adds a page for everything in ``agreements/``, and the downloads beside it.

    It outlives a build under ``mkdocs serve``, and remembers what it drew, so that ``--dirty`` is exact.
    """

    def __init__(self) -> None:
        self.cache = Cache(say=log.info)
        self.theme = ThemeCache()
        self.builds = Builds()
        self.command, self.dirty = "", False
        self.calls: dict[str, list[Call]] = {}
        self.index = SearchIndex()
        self.placed: list[str] = []
        self.downloads: Downloads | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Having this makes mkdocs keep the plugin, and so what it remembers, from one build to the next."""
        self.command, self.dirty = command, dirty

    # --- before anything is emptied or built ---

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.docs_dir).parent
        partnerships = Path(self.config.partnerships) if self.config.partnerships else None
        self.toolkit, found = load_and_check(
            root, partnerships, self.cache, public=True, settings=Path(config.config_file_path)
        )
        for problem in found:
            (log.error if problem.level == "error" else log.info)(str(problem))
        if problems.errors(found):
            raise Abort(f"{problems.as_text(found).splitlines()[-1]} Nothing was built.")
        self.library = self.library_for(config)
        config.not_in_nav = unlisted(config.not_in_nav, self.toolkit)
        self.downloads = self.downloads or Downloads(root / ".cache", log.info)
        self.setting = digest(
            self.toolkit.site,
            folder_stamps(config.theme.custom_dir),
            config.site_url,
            config.edit_uri,
            shared_key(self.toolkit),
            clock.today(),
        )
        self.placed = []
        self.theme.use_in(config.theme)
        here = self.library.at("/")
        config.extra_css.insert(0, here.asset("groundrules.css"))
        for script in ON_EVERY_PAGE:
            config.extra_javascript.insert(0, options.ExtraScriptValue(here.asset(script)))
        if config.nav:
            called = {page.file: str(page.front.get("title", "")) for page in self.toolkit.guidance}
            config.nav = expand(config.nav, self.library, called)
        # Before the theme, and after the folder in which the site has its own.
        config.theme.dirs.insert(bool(config.theme.custom_dir), str(Path(__file__).parent / "theme"))
        config.watch.append(str(root / "agreements"))
        if (root / FOLDER).is_dir():
            config.watch.append(str(root / FOLDER))
        if partnerships:
            config.watch.append(str(partnerships))
        if self.command in _BUILDING:
            self.begin(config, root)
        return config

    def library_for(self, config: MkDocsConfig) -> Library:
        links = Links("/", config.use_directory_urls, indexes(self.toolkit))
        return Library(self.toolkit, links, bool(self.config.downloads))

    def begin(self, config: MkDocsConfig, root: Path) -> None:
        """Let mkdocs build beside the site; with ``--dirty``, upon what this process built there."""
        place = Path(config.site_dir).resolve()
        listed = None if self.command == "serve" else root / ".cache" / f"site-{digest(place)[:12]}.txt"
        config.site_dir = str(self.builds.begin(place, listed, upon=self.dirty))

    # Before other plugins, whatever their order: some look for pages, to lead to them.
    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self.beside: set[str] = set()
        leave_out_shim(config.extra)
        if self.library.links.folders != config.use_directory_urls:  # The plugin offline changes it, after us.
            self.library = self.library_for(config)
        self.languages = Languages(self.library)
        for borrowed in (one for one in self.toolkit.guidance if one.file in self.toolkit.borrowed):
            files.append(generated(config, borrowed.file.removeprefix("docs/"), borrowed.text))
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
            key = self.guidance_key(file.src_uri)
            file.is_modified = partial(bool, self.builds.is_new(file.src_uri, key))  # type: ignore[method-assign]
        for piece in self.toolkit.published:
            files.append(self.piece_file(piece, config))
        for template in self.toolkit.templates.values():
            files.append(self.draft_file(template, config))
        for name, agreement in self.toolkit.partnerships.items():
            if agreement.front.publish and has_changes(agreement, self.toolkit.histories[name]):
                files.append(self.changes_file(agreement, config))
        for place, text in made_files(self.library):
            files.append(generated(config, place, text))
        files.append(generated(config, "agreements.json", agreements_json(self.library)))
        if self.downloads and self.config.downloads is True:
            self.downloads.begin(self.library)
        return files

    def piece_file(self, piece: Piece, config: MkDocsConfig) -> PieceFile:
        file = PieceFile(f"{piece.kind}/{piece.id}.md", config)
        here = address(piece)
        key = piece_key(piece, self.toolkit, self.setting)

        def draw() -> tuple[Page, bytes]:
            drawn, where = page_of(self.library.at(here), piece), self.library.links.shown(here)
            return drawn.without_words(), search_entries(drawn, where, says_all(piece, self.config.search))

        page = self.page(file, here, key, draw, config)
        outside = page.drawn.source.startswith("..") or page.drawn.source in self.toolkit.borrowed
        page.edit_url = urljoin(config.edit_uri, f"../{page.drawn.source}") if config.edit_uri and not outside else None
        return file

    def draft_file(self, template: Template, config: MkDocsConfig) -> PieceFile:
        """The page for filling ``template`` in. The template's own page leads to it, and search has that one."""
        data = [self.library.asset(name) for name in ("library.js", "talk.js", "told-words.js")]
        key = digest(piece_key(template, self.toolkit, self.setting), *data)
        return self.page_beside(
            draft_address(template),
            key,
            lambda library: draft_page(library, template, template_data(template, self.library)),
            config,
        )

    def changes_file(self, agreement: Agreement, config: MkDocsConfig) -> PieceFile:
        """The page of changes from one agreed version to the next; the agreement's own page leads to it."""
        key = piece_key(agreement, self.toolkit, self.setting)
        return self.page_beside(changes_address(agreement), key, partial(changes_page, agreement=agreement), config)

    def page_beside(self, here: str, key: str, draw: Callable[[Library], Page], config: MkDocsConfig) -> PieceFile:
        """A page that another one leads to, and that stands in no menu and not in search."""
        file = PieceFile(f"{here.strip('/')}.md", config)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        self.beside.add(here)
        self.page(file, here, key, lambda: (draw(self.library.at(here)), b""), config)
        return file

    def page(
        self, file: PieceFile, here: str, key: str, draw: Callable[[], tuple[Page, bytes]], config: MkDocsConfig
    ) -> PiecePage:
        drawn = self.builds.draw(here, key, draw)
        file.modified = self.builds.is_new(here, key)
        self.builds.pages[here] = key
        return PiecePage.of(drawn.page, file, config)

    # --- guidance pages ---

    def guidance_key(self, src_uri: str) -> str:
        """The digest of a guidance page: of its text, and the pieces that it showed when it was last built.

        It is empty for a page that may show something else each time, and so is always built again.
        """
        here = guidance_address(src_uri)
        page, macros = self.library.guidance.get(here), Macros(self.library.at(here))
        if page is None or not repeatable(page):
            return ""
        drawn = [macros.call(*call) for call in self.calls.get(src_uri, ())]
        return digest(self.setting, page.text, self.languages.around(here)["remarks"], *drawn)

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        self.calls[page.file.src_uri] = []
        return page

    def place(self, page: MkDocsPage, call: Call, drawn: str) -> str:
        """Keep ``drawn`` until Markdown is done; the word returned stands for it in the page's text."""
        self.calls.setdefault(page.file.src_uri, []).append(call)
        self.placed.append(drawn)
        return placeholder(len(self.placed) - 1)

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Let links to pieces that are called otherwise now lead to them."""
        guidance = self.library.guidance.get(guidance_address(page.file.src_uri))
        if guidance and guidance.file in self.toolkit.adopted:
            markdown = guidance_without_lost_links(markdown, guidance.file, places(self.toolkit))
        return with_links_now(markdown, guidance, self.toolkit) if guidance else markdown

    def on_page_content(self, content: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        if isinstance(page, PiecePage):
            return content
        self.builds.pages[page.file.src_uri] = self.guidance_key(page.file.src_uri)
        return name_permalinks(mark_places(content), titles(page.toc))

    @event_priority(100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put the pieces in, once search has seen the page, since it finds them on their own pages.

        It comes before other plugins, which may take away comments and quotes.
        """
        filled = fill_places(output, self.placed) if self.calls.get(page.file.src_uri) else output
        here = self.library.at(guidance_address(page.file.src_uri))
        return lighter(here.heard(filled, page.drawn.language if isinstance(page, PiecePage) else here.language))

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        toc = list(page.toc)
        contents = bool(toc[0].children if toc and toc[0].level == 1 else toc)
        return self.framed(context, nav, page, contents)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        return self.framed(context, context["nav"], None, False)

    def framed(self, context: TemplateContext, nav: Any, page: Any, contents: bool) -> TemplateContext:
        drawn = sidebar.draw(nav.items, page, context["base_url"], contents)
        scripts = search_scripts(context["base_url"], self.library, self.config.search)
        others = self.languages.of_page(page)
        cast(dict[str, Any], context).update(sidebar=drawn, search_scripts=scripts, **others)
        return context

    # --- afterwards ---

    @event_priority(-50)
    def _write_search(self, *, config: MkDocsConfig) -> None:
        """Complete the search index, before the plugin offline makes a script of it, at -100."""
        path = Path(config.site_dir, SEARCH)
        if path.is_file():
            drawn = [self.builds.drawn[address(piece)].entries for piece in self.toolkit.published]
            index = list(self.index.complete(path.read_bytes(), self.library, drawn, self.calls))
            with path.open("wb") as file:
                file.writelines(index)
            if not self.library.links.folders:
                write_file(b"".join(as_script(index)), str(path.with_suffix(".js")))

    @event_priority(-1000)
    def _finish(self, *, config: MkDocsConfig) -> None:
        stage = self.builds.stage
        assert stage
        if self.downloads and self.config.downloads is True:
            try:
                stage.gone |= self.downloads.finish(Path(config.site_dir), stage.standing())
            except problems.NoFont as why:
                self.downloads.stop()
                raise Abort(str(why)) from None
        if self.dirty and self.command != "serve":
            stage.keep_others()
        write_worker(Path(config.site_dir), self.library, stage.standing())
        if not _will_abort(config) and (place := self.builds.finish(self.command == "serve")):
            config.site_dir = str(place)
            log.info(f"The site is in {config.site_dir}")

    on_post_build = CombinedEvent(_write_search, _finish)

    def on_build_error(self, *, error: Exception) -> None:
        if self.downloads:
            self.downloads.stop()
        self.builds.give_up()

    def on_shutdown(self) -> None:
        """Leave nothing half-made where a build ended without a word, as mkdocs-macros ends it."""
        self.builds.give_up()

    @event_priority(-1000)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Clear away, of an earlier build, what will be written again, and what nothing stands behind any longer."""
        shown: Any = InclusionLevel.is_in_serve if self.command == "serve" else InclusionLevel.is_included
        stamps: dict[str, str] = {}
        for file in files:
            if not shown(file.inclusion):
                continue
            copied = file.abs_src_path if not file.is_documentation_page() else None
            stamps[file.dest_uri] = stamp = stamp_of(Path(copied)) if copied else ""
            if copied:
                file.is_modified = partial(bool, self.builds.files.get(file.dest_uri) != stamp)  # type: ignore[method-assign]
        written = {*config.theme.static_templates, *config.extra_templates, "sitemap.xml.gz", SEARCH}
        written |= {file.dest_uri for file in files if file.is_modified()}
        addresses = {address(piece) for piece in self.toolkit.published} | self.beside
        self.builds.clear(addresses, stamps, written)


def generated(config: MkDocsConfig, place: str, text: str) -> File:
    """A file of the site that stands nowhere in ``docs/``. mkdocs leaves out a folder called templates by itself."""
    return File.generated(config, place, content=text, inclusion=InclusionLevel.INCLUDED)


def _will_abort(config: MkDocsConfig) -> bool:
    """Whether mkdocs will stop, now that it is done, because it has warned of something and is strict."""
    counts = (one for one in logging.getLogger("mkdocs").handlers if isinstance(one, CountHandler))
    return config.strict and any(one.get_counts() for one in counts)
