"""A form filled in by hand: the room that each blank has on paper, and its question in small print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..agreement.document.labels import labels
from ..agreement.document.language import written_date
from ..agreement.document.nodes import Block, Hole, Table
from ..model.front import Column
from ..text.markup.nodes import ItemList, Node, Paragraph, blank_key, walk
from .printed import is_box, printed

# How wide a letter is that somebody writes, in millimetres.
_LETTER = 1.8


@dataclass(frozen=True, slots=True)
class SmallPrint(Node):
    """The questions of the block beside it: the name of each blank, and what it asks."""

    asked: tuple[tuple[str, str], ...]


def room(definition: Column) -> tuple[int, ...]:
    """The rules to write one answer on, in millimetres; several for a day, none beside boxes to tick."""
    of_type = definition.blank_type
    if definition.choices:
        return ()
    least, most = of_type.room
    return of_type.parts or (min(most, max(least, int(len(definition.example) * _LETTER))),)


def boxes(definition: Column) -> tuple[str, ...]:
    """What stands beside the boxes to tick."""
    return tuple(dict.fromkeys(definition.choices))


class Questions:
    """The questions of a form, each of which stands in it once; none where they are not ``wanted``."""

    def __init__(self, language: str, wanted: bool) -> None:
        self.language = language
        self.wanted = wanted
        self.asked: set[str] = set()

    def fresh(self, blank: Hole | Table) -> bool:
        """Whether ``blank`` has not been asked for yet; from now on it has."""
        key = blank_key(blank.name)
        new = self.wanted and key not in self.asked
        self.asked.add(key)
        return new

    def beside(
        self, blocks: Iterable[Block], captions: bool = False
    ) -> Iterator[tuple[Paragraph | ItemList | Table | SmallPrint, bool]]:
        """The printed blocks and the small print of their open blanks, each with whether it must stay with the next.

        It stands below words, where these have no ``captions``, and above room for a long answer.
        """
        for block, keep in printed(blocks):
            above = isinstance(block, Table) or is_box(block)
            small = None if captions and not above else self._small_print(block)
            if small and above:
                yield small, True
            yield block, keep or (small is not None and not above)
            if small and not above:
                yield small, keep

    def _small_print(self, block: Block) -> SmallPrint | None:
        found = [one for one in walk([block]) if isinstance(one, Hole) or (isinstance(one, Table) and not one.rows)]
        said = tuple(
            (one.says if isinstance(one, Hole) else one.name, question(one.definition, self.language))
            for one in found
            if self.fresh(one)
        )
        return SmallPrint(said) if said else None


def question(definition: Column, language: str) -> str:
    """What a blank asks, with its example."""
    example = definition.blank_type.written(definition.example, lambda day: written_date(day, language))
    return f"{definition.ask} {labels(language)['for example']}: {example}" if example else definition.ask
