"""The settings of a site: what its ``mkdocs.yml`` says, with the place of each value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# An entry of the menu such as ``Clauses: clauses/`` becomes a list of everything of that kind.
SECTIONS = ("clauses", "templates", "examples", "checklists", "letters", "partnerships")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it stands: a text, a truth or a number, or a dictionary or a list of other settings."""

    value: Any = None
    file: str = "mkdocs.yml"
    line: int = 1

    def at(self, *path: str) -> Setting:
        """What stands below these keys; nothing, if there is nothing."""
        found = self
        for key in path:
            below = found.value.get(key) if isinstance(found.value, dict) else None
            found = below if below is not None else Setting(None, found.file, found.line)
        return found

    @property
    def items(self) -> list[Setting]:
        return self.value if isinstance(self.value, list) else []

    @property
    def keys(self) -> list[str]:
        return list(self.value) if isinstance(self.value, dict) else []

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    def over(self, other: Setting) -> Setting:
        """These settings, and from ``other`` all that they say nothing of."""
        if not isinstance(self.value, dict) or not isinstance(other.value, dict):
            return self
        both = {key: self.at(key).over(below) if key in self.value else below for key, below in other.value.items()}
        return Setting({**self.value, **both}, self.file, self.line)


def plain(setting: Setting) -> Any:
    """The value alone, and what stands in it; a whole number is one again."""
    if isinstance(setting.value, dict):
        return {key: plain(setting.at(key)) for key in setting.value}
    if isinstance(setting.value, list):
        return [plain(one) for one in setting.value]
    return int(setting.text) if re.fullmatch("-?[0-9]+", setting.text) else setting.value


def plugins(site: Setting) -> Iterator[tuple[str, Setting, Setting]]:
    """Each plugin: its name, the setting that names it, and its own settings; those of a group as well."""
    listed = site.at("plugins")
    named = [(name, one, one.at(name)) for one in listed.items for name in one.keys or [one.text]]
    named += [(name, listed.at(name), listed.at(name)) for name in listed.keys]
    for name, place, own in named:
        yield name, place, own
        if name.rpartition("/")[2] == "group":
            yield from plugins(own)


def plugin(site: Setting, *names: str) -> Setting | None:
    """The settings of the first plugin of one of these names; ``None`` if there is none."""
    return next((own for name, _, own in plugins(site) if name.rpartition("/")[2] in names), None)


def menu(items: list[Setting], title: str = "") -> Iterator[tuple[str, Setting]]:
    """Each place that the menu leads to, at any depth, with its title if it has one."""
    for item in items:
        if item.text:
            yield title, item
        for key in item.keys:
            below = item.at(key)
            yield from menu(below.items or [below], "" if below.items else key)
