"""The scripts and styles that the package ships: the files of ``browser/``, joined and made small for a phone.

The scripts in ``browser/`` are ES modules. They ship as classic scripts, which a page opened from a folder can load,
too: the modules of each stand inside one function, without the words ``import`` and ``export``. What a script takes
from another, loaded before it, goes through ``window.GroundRules``.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import resources

from ..agreement.document.labels import Labels, labels
from ..model.language import DEFAULT
from .browser_tables import module
from .script_words import NoSuchWords, worded


@dataclass(frozen=True)
class Script:
    """A script that is shipped: the modules that it is for, and the scripts that a page loads before it.

    It holds all that its modules import, except what the scripts before it hold. ``offers`` are names that others take
    from ``window.GroundRules`` once they have loaded it, without an import.
    """

    modules: str
    after: str = ""
    offers: str = ""


SCRIPTS = {
    "engine.js": Script("core/file core/source core/html core/workspace core/agreements"),
    "reader.js": Script("core/load core/renamed core/refusal_words", after="engine.js", offers="read renamedDraft"),
    "fingerprint.js": Script("core/fingerprint", after="engine.js", offers="canonicalText fingerprint"),
    "signing.js": Script(
        "core/signing core/edit", after="engine.js reader.js fingerprint.js", offers="finished oddName"
    ),
    "compare.js": Script("core/diff", after="engine.js fingerprint.js"),
    "upgrade.js": Script("core/upgrade_text core/update_apply", after="engine.js reader.js fingerprint.js compare.js"),
    "records.js": Script("core/records", after="engine.js signing.js"),
    "exports.js": Script(
        "core/word core/calendars core/standing core/occurrences",
        after="engine.js fingerprint.js",
        offers="docx ics remark signedDraft understood wordParts",
    ),
    "told.js": Script("core/told", after="engine.js", offers="toldPage"),
    "kept.js": Script("ui/odd_drafts", after="engine.js", offers="oddDrafts oldDrafts takeOver"),
    "rounds.js": Script(
        "pages/drafting/rounds", after="engine.js reader.js fingerprint.js signing.js", offers="roundsOf"
    ),
    "draft.js": Script("pages/drafting/start", after="engine.js"),
    "more.js": Script("pages/drafting/rarely", after="engine.js draft.js", offers="rarely"),
    "desk.js": Script("pages/keeping/start", after="engine.js"),
    "keeping.js": Script(
        "pages/keeping/render",
        after="engine.js desk.js reader.js fingerprint.js signing.js compare.js upgrade.js records.js",
        offers="keeping",
    ),
    "groundrules.js": Script(
        "pages/everywhere/renew pages/everywhere/theme pages/everywhere/search pages/everywhere/due"
    ),
    "checklist.js": Script("pages/reading/checklist"),
    "chooser.js": Script("pages/reading/chooser"),
    "here.js": Script("pages/reading/here"),
    "letter.js": Script("pages/reading/letter"),
    "search.js": Script("pages/searching/box"),
    "finder.js": Script("pages/searching/worker"),
    "frame.js": Script("pages/frame"),
    "offline.js": Script("pages/offline"),
    "offline-worker.js": Script("pages/offline_worker"),
}
# It may keep the pages of the folder that it stands in, so it stands at the site's root.
WORKER = "offline-worker.js"
# Of what stands here, each name is a module of its own.
PARTED = ("shared/", "core/blanks/")
STYLES = ("draft.css", "groundrules.css", "keeping.css")

_KINDS = {"css": "text/css", "js": "application/javascript"}
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_DECLARED = re.compile(r"^(export )?(?:async )?(?:function|class|const|let) ([{[][^}\]]*|\w+)", re.MULTILINE)
_NAME = re.compile(r"\w+")
_PIECE = re.compile(r"^(?=export )", re.MULTILINE)
_COMMENT = re.compile(r"^//.*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


# A script that is not the one its page asks for, by the version in the address, does not run. The page finds that out
# from the last one, or that last one asks for the page anew itself.
_OTHER = 'document.currentScript.src.match("\\\\?v=(?!{version}$)")?{instead}:{text}'
_LAST = "groundrules.js"
ON_EVERY_PAGE = (_LAST, "offline.js")
# It stands on no page, so the script that starts it is asked instead.
_APART = "finder.js"
_ANEW = '(performance.getEntriesByType("navigation")[0]||{}).type=="reload"||location.reload()'


class BrokenScript(Exception):
    """A module that cannot be joined with others; the message says which, and why."""


@dataclass(frozen=True)
class Module:
    """A module: its text, ready to be joined, and the names that it imports (by module), declares and exports."""

    path: str
    text: str
    imports: Mapping[str, list[str]]
    declares: list[str]
    exports: list[str]


def assets(said: Labels | None = None) -> dict[str, str]:
    """The text of each file that is shipped, by its name; as it was written where the minifier is not installed."""
    return _assets(said or labels(DEFAULT))


@lru_cache(maxsize=8)
def _assets(said: Labels) -> dict[str, str]:
    read = partial(_read, said=said)
    texts = {name: read(f"css/{name}") for name in STYLES} | joined(SCRIPTS, read)
    return {name: _small(name, text) for name, text in texts.items()}


def when_used(name: str, start: str) -> list[str]:
    """The scripts that a page which has loaded ``start`` adds when it needs ``name``, in order."""
    there = (*SCRIPTS[start].after.split(), start)
    return [one for one in (*SCRIPTS[name].after.split(), name) if one not in there]


def spoken_name(name: str, language: str) -> str:
    """The name of a script in a language that is not the site's."""
    stem, _, kind = name.rpartition(".")
    return f"{stem}.{language}.{kind}"


def stamped(name: str, text: str) -> tuple[str, str]:
    """The version of a file of that name, for its address, and its text with the version in it."""
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    if name.endswith(".css"):
        return version, f"{text}:root{{--version-of-{name.removesuffix('.css')}:{version}}}\n"
    if name == _APART:
        return version, f"{text}//{version}\n"
    instead = _ANEW if name.partition(".")[0] == _LAST.partition(".")[0] else "groundRulesOld=1"
    return version, _OTHER.format(version=version, instead=instead, text=text)


def _read(path: str, said: Labels | None = None) -> str:
    """The text of a file of ``browser/``, or of one name of it or of a table: ``shared/marks.js#MARKS``."""
    said = said or labels(DEFAULT)
    path, _, name = path.partition("#")
    try:
        if name and path.startswith("shared/"):
            return module(path, name, said)
        text = (resources.files("groundrules") / "browser" / path).read_text("utf-8")
        if path.endswith(".js"):
            text = worded(text, said)
        return part(path, text, name) if name else text
    except KeyError:
        raise FileNotFoundError(path) from None
    except NoSuchWords as why:
        raise BrokenScript(f"{path}: {why}") from None


def part(path: str, source: str, name: str) -> str:
    """The module of what ``name`` declares in the text of a file, each of whose declarations is exported."""
    for export, one in _DECLARED.findall(source):
        if not export:
            raise BrokenScript(f"{path}: export {one}, since a script may hold it without the rest.")
    pieces = _PIECE.split(_COMMENT.sub("", _IMPORT.sub("", source)))
    declared = {found[2]: piece for piece in pieces if (found := _DECLARED.match(piece))}
    mentioned = set(_NAME.findall(declared[name])) - {name}
    taken = [(one, other) for names, other in _IMPORT.findall(source) for one in _NAME.findall(names)]
    taken += [(one, f"./{posixpath.basename(path)}") for one in declared]
    imports = (f'import {{ {one} }} from "{other}";\n' for one, other in taken if one in mentioned)
    return "".join(imports) + declared[name]


def _small(name: str, text: str) -> str:
    try:
        import minify
    except ImportError:
        return text
    small: str = minify.string(_KINDS[name.rpartition(".")[2]], text)
    return small


def joined(scripts: Mapping[str, Script], read: Callable[[str], str]) -> dict[str, str]:
    """The text of each script; ``scripts`` stand in the order of loading, and ``read`` gives the text at a path.

    Raises BrokenScript where a module asks for what is not there, or cannot stand beside the others.
    """
    held = holdings(scripts, read)
    taken = {name: _taken(modules) for name, modules in held.items()}
    given = {}
    for name, modules in held.items():
        offers = scripts[name].offers.split()
        exports = [(module.path, one) for module in modules for one in module.exports]
        wanted = {one for other, ones in taken.items() if name in scripts[other].after.split() for one in ones}
        for one in offers:
            if one not in (export for _, export in exports):
                raise BrokenScript(f"{name} offers {one}, which none of its modules exports.")
        given[name] = [(path, one) for path, one in exports if (path, one) in wanted or one in offers]
        names = {module.path: module.declares for module in modules}
        _refuse_twice(name, names | {"an earlier script": [one for _, one in taken[name]]})
    _refuse_clashes({pair for pairs in given.values() for pair in pairs})
    return {
        name: _text(modules, [one for _, one in taken[name]], [one for _, one in given[name]])
        for name, modules in held.items()
    }


def holdings(scripts: Mapping[str, Script], read: Callable[[str], str]) -> dict[str, list[Module]]:
    """The modules of each script, each behind those that it imports."""
    modules: dict[str, Module] = {}
    held: dict[str, list[Module]] = {}

    def behind(path: str, way: tuple[str, ...], done: set[str]) -> Iterator[Module]:
        if path in way:
            raise BrokenScript(f"{' imports '.join((*way[way.index(path) :], path))}: a circle.")
        if path in done:
            return
        if path not in modules:
            try:
                modules[path] = module_of(path, read(path))
            except FileNotFoundError:
                raise BrokenScript(f"{way[-1]} imports {path}, which is not there.") from None
        for other, names in modules[path].imports.items():
            yield from behind(other, (*way, path), done)
            for one in names:
                if one not in modules[other].exports:
                    raise BrokenScript(f"{path} imports {one} from {other}, which does not export it.")
        done.add(path)
        yield modules[path]

    for name, script in scripts.items():
        done = {module.path for other in script.after.split() for module in held[other]}
        held[name] = [module for path in script.modules.split() for module in behind(f"{path}.js", (name,), done)]
    return held


def module_of(path: str, source: str) -> Module:
    """The module at ``path``, of which ``source`` is the text."""
    imports: dict[str, list[str]] = {}
    for names, other in _IMPORT.findall(source):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), other))
        for name in _NAME.findall(names):
            imports.setdefault(f"{place}#{name}" if place.startswith(PARTED) else place, []).append(name)
    declared = [(bool(export), name) for export, names in _DECLARED.findall(source) for name in _NAME.findall(names)]
    text = _EXPORT.sub("", _IMPORT.sub("", source))
    odd = _NOT_UNDERSTOOD.search(text)
    if odd or any(" as " in names for names, _ in _IMPORT.findall(source)):
        said = odd[0] if odd else "a name imported as another"
        raise BrokenScript(
            f'{path}: {said}: write import {{ name }} from "./file.js", and export before what is declared.'
        )
    return Module(path, text, imports, [name for _, name in declared], [name for export, name in declared if export])


def _taken(modules: list[Module]) -> list[tuple[str, str]]:
    """What the modules import from others than these: the path of each, and a name."""
    here = {module.path for module in modules}
    return sorted(
        {(path, one) for module in modules for path, ones in module.imports.items() if path not in here for one in ones}
    )


def _refuse_twice(where: str, names: Mapping[str, list[str]]) -> None:
    seen: dict[str, str] = {}
    for path, ones in names.items():
        for one in ones:
            if one in seen:
                raise BrokenScript(
                    f"{one} stands twice in {where}: in {seen[one]} and in {path}. Give one another name."
                )
            seen[one] = path


def _refuse_clashes(given: Iterable[tuple[str, str]]) -> None:
    """Refuse two things of one name in ``window.GroundRules``; what is one page's own never meets another's."""
    names: dict[str, list[str]] = {}
    for path, one in sorted(given):
        names.setdefault(path, []).append(one)
    shared = {path: ones for path, ones in names.items() if not path.startswith("pages/")}
    for page in {posixpath.dirname(path) for path in names}:
        own = {path: ones for path, ones in names.items() if posixpath.dirname(path) == page}
        _refuse_twice("window.GroundRules", shared | own)


def _text(modules: list[Module], taken: list[str], given: list[str]) -> str:
    head = f"const {{ {', '.join(taken)} }} = GroundRules;\n" if taken else ""
    tail = f"Object.assign((globalThis.GroundRules ||= {{}}), {{ {', '.join(given)} }});\n" if given else ""
    return f'(() => {{\n"use strict";\n{head}{"".join(module.text for module in modules)}{tail}}})();\n'
