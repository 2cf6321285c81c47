"""A language as a toolkit speaks it: its tag, and the labels in it that the toolkit has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT = "en-GB"
# What stands under a key: words, or where a number changes them, words for each of CLDR's plural categories.
Words = str | Mapping[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class OwnLabels:
    """What the files in a toolkit's ``agreements/labels/`` say, by language."""

    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)


NO_LABELS = OwnLabels()


class Language(str):
    """A BCP 47 tag such as ``en-GB``. ``own`` are the labels of the toolkit that it is read or written for."""

    own: OwnLabels

    def __new__(cls, tag: str, own: OwnLabels = NO_LABELS) -> Language:
        made = super().__new__(cls, tag)
        made.own = own
        return made

    @property
    def is_english(self) -> bool:
        return self.split("-")[0] == "en"

    @property
    def line(self) -> tuple[str, ...]:
        """The names of the files that may hold words for it, the last of which wins: ``en``, ``cy``, ``cy-GB``."""
        parts = self.split("-")
        return tuple(dict.fromkeys(["en", *("-".join(parts[: at + 1]) for at in range(len(parts)))]))
