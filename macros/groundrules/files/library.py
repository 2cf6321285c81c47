"""The library that comes with the program, for toolkits of other people to take from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..text import frontmatter
from . import disk

ABOUT = "toolkit.yml"
KINDS = ("clauses", "templates", "examples", "checklists", "letters", "records", "pages", "data")
# The data files that are taken as a whole, and those of which a toolkit has what its pieces name.
WHOLE = ("chooser.yml", "glossary.yml", "search.yml")
# Where a toolkit keeps the words of the library from which it copied a piece: what was changed there can be told later.
BASES = "agreements/.adopted"
# The names of all that the library had when a toolkit last looked: a file among these.
OFFERED = "offered.txt"
BY_NEED = ("groups.yml", "sources.yml", "elements.csv")
# The pages about this project itself: the library leads to them, and lends none of them.
OURS = "project/"
_PROGRAM = Path(__file__).parent.parent


def library() -> Path:
    """The folder that holds the library: in an installed program its own, in this repository the repository."""
    packed = _PROGRAM / "library"
    return packed if packed.is_dir() else _PROGRAM.parent.parent


def library_version() -> str:
    """The version of the library, apart from the program's: its words change at other times."""
    front, _ = frontmatter.read(disk.read(library() / "agreements" / ABOUT), 1)
    return str(front.data["version"])


def by_need() -> list[tuple[str, Path]]:
    """The library's data files of which a toolkit has what its pieces name: their names and paths."""
    return [(name, library() / "agreements" / name) for name in BY_NEED]


def place_of(kind: str, name: str) -> str:
    """The place, in the library and in a toolkit, of what is called ``name`` among one ``kind``."""
    if kind == "data":
        return f"agreements/{name}"
    return f"docs/{name}.md" if kind == "pages" else f"agreements/{kind}/{name}.md"


@cache
def offered(kind: str) -> dict[str, str]:
    """What the library has of one ``kind``: the names, each with its place in the library and in a toolkit."""
    folder = (library() / place_of(kind, "any")).parent
    files = disk.files_below(folder, (".md",)) if kind != "data" else (folder / name for name in WHOLE)
    names = (path.relative_to(folder).as_posix().removesuffix(".md") for path in files)
    return {
        name: place_of(kind, name) for name in names if not name.startswith(OURS) and name.partition(".")[0] != "index"
    }


@cache
def lent() -> dict[str, str]:
    """All that the library has, by names such as ``clauses/publicity``: its place there and in a toolkit."""
    return {called(place): place for kind in KINDS for place in offered(kind).values()}


def called(place: str) -> str:
    """What somebody calls the piece that stands in this ``place``: ``clauses/publicity``."""
    return place.removeprefix("agreements/").removeprefix("docs/").removesuffix(".md")


def has_page(name: str) -> bool:
    """Whether the library leads to a page that is called so."""
    return name in lent() or name.startswith(OURS)


@cache
def formerly(kind: str) -> dict[str, str]:
    """The names of today by the earlier ones, of what the library has of one ``kind``."""
    found: dict[str, str] = {}
    for name, place in offered(kind).items() if kind != "data" else ():
        parts = frontmatter.split(disk.read(library() / place))
        front = frontmatter.read(parts[0], 2)[0].data if parts else {}
        found |= dict.fromkeys((one for one in front.get("formerly", ()) if one not in offered(kind)), name)
    return found


def earlier(name: str) -> list[str]:
    """What the library called this piece before, or this translation of one."""
    kind, _, own = name.partition("/")
    now, dot, language = own.partition(".")
    known = formerly(kind) if kind in KINDS else {}
    return [f"{kind}/{was}{dot}{language}" for was, one in known.items() if one == now]
