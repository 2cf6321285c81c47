"""The parts of a library's file, and what became of each in a copy: the keys of its front matter, and its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...text import frontmatter

_KEY = re.compile(r"([^\s#:-][^:]*):")
_HEADING = re.compile(r"#{2,3} (.*?)\s*(?:\{#([\w-]+)[^}]*\})?$")
_FRONT = "key "
# The key, the name and the words of a part.
Slice = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its words when it was copied (``base``), in the library of today, and in the copy; empty if it is not
    there. ``name`` is what people call it.
    """

    key: str
    name: str
    base: str
    theirs: str
    mine: str

    @property
    def open(self) -> bool:
        """Whether the library has changed it, and the copy is not like that already."""
        return self.theirs != self.base and self.theirs != self.mine

    @property
    def both(self) -> bool:
        """Whether the copy has changed it, too, so that nobody but its owner can say what it should be."""
        return self.open and self.mine != self.base


def compared(base: str, theirs: str, mine: str) -> list[Part]:
    """Each part of a copy, in its order; what only the library has stands where it has it."""
    before, now, here = ({key: (name, text) for key, name, text in _parts(one)} for one in (base, theirs, mine))
    order = list(here)
    for place, key in enumerate(now):
        if key not in order:
            above = [one for one in list(now)[:place] if one in order]
            order.insert(order.index(above[-1]) + 1 if above else 0, key)
    order += [key for key in before if key not in order]
    names = {key: name for one in (before, now, here) for key, (name, _) in one.items()}
    return [Part(key, names[key], *(one.get(key, ("", ""))[1] for one in (before, now, here))) for key in order]


def updated(parts: list[Part]) -> str:
    """The copy with the library's words where it had not changed them itself."""
    kept = [(one.key, one.theirs if one.open and not one.both else one.mine) for one in parts]
    front = "".join(f"{text}\n" for key, text in kept if text and key.startswith(_FRONT))
    body = "\n\n".join(text for key, text in kept if text and not key.startswith(_FRONT))
    return (f"---\n{front}---\n" if front else "") + body + "\n"


def _parts(text: str) -> Iterator[Slice]:
    """The key, the name and the words of each part; a key of front matter has one that says so."""
    front, body, _ = frontmatter.split(text) or ("", text, 1)
    yield from _sliced(front, _keyed, (_FRONT, "the comment at the top"))
    yield from _sliced(body, _titled, ("", "the opening words"))


def _keyed(line: str) -> tuple[str, str] | None:
    found = _KEY.match(line)
    return (_FRONT + found[1], f'"{found[1]}"') if found else None


def _titled(line: str) -> tuple[str, str] | None:
    found = _HEADING.match(line)
    return (found[2] or found[1], f'"{found[1]}"') if found else None


def _sliced(text: str, begins: Callable[[str], tuple[str, str] | None], first: tuple[str, str]) -> Iterator[Slice]:
    """``text`` in slices, each from a line that ``begins`` one; what is in a fence begins none."""
    slices: list[tuple[tuple[str, str], list[str]]] = [(first, [])]
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith("```")
        if not fenced and (start := begins(line)):
            slices.append((start, []))
        slices[-1][1].append(line)
    seen: Counter[str] = Counter()
    for (key, name), lines in slices:
        if words := "\n".join(lines).rstrip():
            seen[key] += 1
            yield f"{key}#{seen[key]}", name, words
