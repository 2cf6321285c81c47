"""Change an agreement's file, and in it only the lines that must change.

Comments, the order of keys, the way values are quoted and every other line stay as people left them.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from ..model.front import RecordFront
from ..model.pieces import Agreement, Section
from ..text import frontmatter
from .source import entries, heading, list_item, scalar

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NO_MAPPING = yaml.MappingNode("", [])
# Those of an agreement, and behind them what only a record has.
_ORDER = [field.alias or name for name, field in RecordFront.model_fields.items()]
Data = dict[str, Any]


# --- front matter -------------------------------------------------------------------------------


def rewrite(front: str, data: dict[str, Any]) -> str:
    """The front matter ``front``, changed so that it holds ``data``, which is plain.

    A key that ``front`` lacks goes after the one that stands before it in ``data``.
    """
    wanted = _read_back(data)
    if not front.strip():
        return "".join(entries(data))
    changed = _Rewriter(front).rewritten(data)
    if _holds(changed, wanted):
        return changed
    # An odd layout, such as a dash on a line of its own: write the entries that differ anew.
    now = frontmatter.read(front)[0].data
    kept = _Rewriter(front).rewritten({key: value for key, value in data.items() if now.get(key) == wanted[key]})
    changed = _Rewriter(kept).rewritten(data) if kept.strip() else ""
    return changed if _holds(changed, wanted) else "".join(entries(data))


def _holds(front: str, wanted: dict[str, Any]) -> bool:
    found, findings = frontmatter.read(front)
    return not findings and bool(found.data == wanted)


def _read_back(value: Any) -> Any:
    """``value`` as it reads once it was written: what is empty is empty text."""
    if isinstance(value, dict):
        return {key: _read_back(below) for key, below in value.items()} or ""
    if isinstance(value, list):
        return [_read_back(below) for below in value] or ""
    return str(value)


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    start: int
    end: int
    number: int
    text: str


class _Rewriter:
    """Compares front matter with what it should hold, and notes an edit for each difference."""

    def __init__(self, text: str) -> None:
        self.text = text if text.endswith("\n") else text + "\n"
        self.starts = [0]
        for line in self.text.split("\n")[:-1]:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.edits: list[_Edit] = []

    def rewritten(self, data: dict[str, Any]) -> str:
        node = yaml.compose(self.text, Loader=_LOADER)
        self.mapping(node if isinstance(node, yaml.MappingNode) else _NO_MAPPING, data)
        text = self.text
        for edit in sorted(self.edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def edit(self, start: int, end: int, text: str) -> None:
        self.edits.append(_Edit(start, end, len(self.edits), text))

    # --- places ---

    def place(self, mark: yaml.Mark) -> int:
        line: int = mark.line
        column: int = mark.column
        return self.starts[line] + column

    def after(self, node: yaml.Node) -> int:
        """The start of the line below the last line of ``node``."""
        last = node
        while not isinstance(last, yaml.ScalarNode):
            last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
        line: int = last.end_mark.line
        return self.starts[min(line + 1, len(self.starts) - 1)]

    def line(self, node: yaml.Node) -> int:
        line: int = node.start_mark.line
        return self.starts[line]

    # --- differences ---

    def mapping(self, node: yaml.MappingNode, data: dict[str, Any]) -> None:
        here = {key.value: (key, value) for key, value in node.value}
        column = node.value[0][0].start_mark.column if node.value else 0
        at = self.line(node.value[0][0]) if node.value else 0
        for key, value in data.items():
            if key in here:
                self.entry(*here[key], value, column)
                at = self.after(here[key][1])
            else:
                self.edit(at, at, _indented(entries({key: value}), column))
        for key, (name, below) in here.items():
            if key not in data:
                self.edit(self.line(name), self.after(below), "")

    def entry(self, name: yaml.Node, node: yaml.Node, value: Any, column: int) -> None:
        if _plain(node) == _read_back(value):
            return
        if isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list):
            self.scalar(node, value)
        elif isinstance(node, yaml.MappingNode) and isinstance(value, dict) and value:
            self.mapping(node, value)
        elif isinstance(node, yaml.SequenceNode) and isinstance(value, list) and value:
            self.sequence(node, value)
        else:
            self.edit(
                self.place(name.start_mark), self.after(node), _indented(entries({name.value: value}), column)[column:]
            )

    def scalar(self, node: yaml.ScalarNode, value: str) -> None:
        start, end = self.place(node.start_mark), self.place(node.end_mark)
        gap = " " if self.text[start - 1 : start] in (":", "-") else ""
        self.edit(start, end, gap + scalar(value))

    def sequence(self, node: yaml.SequenceNode, values: list[Any]) -> None:
        column = node.start_mark.column
        old = [repr(_plain(item)) for item in node.value]
        new = [repr(_read_back(value)) for value in values]
        for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            both = min(i2 - i1, j2 - j1)
            for item, value in zip(node.value[i1 : i1 + both], values[j1 : j1 + both], strict=True):
                self.item(item, value, column)
            for item in node.value[i1 + both : i2]:
                self.edit(self.line(item), self.after(item), "")
            at = self.after(node.value[i1 + both - 1]) if i1 + both else self.line(node.value[0])
            for value in values[j1 + both : j2]:
                self.edit(at, at, _indented(list_item(value), column))

    def item(self, node: yaml.Node, value: Any, column: int) -> None:
        if isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list):
            self.scalar(node, value)
        elif isinstance(node, yaml.MappingNode) and isinstance(value, dict) and _starts_alike(node, value):
            self.mapping(node, value)
        else:
            self.edit(self.line(node), self.after(node), _indented(list_item(value), column))


def _starts_alike(node: yaml.MappingNode, value: dict[str, Any]) -> bool:
    """Whether the key beside the dash stays, so that the other lines can change alone."""
    first: str = node.value[0][0].value
    return next(iter(value), None) == first


def _indented(lines: Sequence[str], column: int) -> str:
    return "".join(" " * column + line for line in lines)


# --- the whole file -----------------------------------------------------------------------------


class Source:
    """The text of an agreement's file, in the parts that change: front matter, preamble, clauses."""

    def __init__(self, text: str, agreement: Agreement) -> None:
        """``agreement`` is what was loaded from this ``text``."""
        self.moved = False
        # Lines that the front matter gains at its end.
        self.remarks: list[str] = []
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.ends = "\r\n" if "\r\n" in text else "\n"
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        parts = frontmatter.split(text)
        assert parts
        self.front, body, first = parts
        self.data: dict[str, Any] = agreement.origin.front.data
        lines = body.split("\n")
        cuts = [section.line - first for section in agreement.sections] + [len(lines)]
        self.preamble = "\n".join(lines[: cuts[0]])
        self.clauses = [
            (section.id, "\n".join(lines[start:end]))
            for section, start, end in zip(agreement.sections, cuts, cuts[1:], strict=False)
        ]

    def order(self) -> list[str]:
        return [identity for identity, _ in self.clauses]

    def put(self, section: Section, index: int) -> None:
        if index:
            name, chunk = self.clauses[index - 1]
            self.clauses[index - 1] = (name, _with_gap(chunk))
        elif self.preamble.strip():
            self.preamble = _with_gap(self.preamble)
        self.clauses.insert(index, (section.id, f"{heading(section)}\n\n{section.text}\n"))
        self.moved = True

    def replace(self, section: Section) -> None:
        index = self.order().index(section.id)
        self.remove(section.id)
        self.put(section, index)

    def remove(self, identity: str) -> None:
        del self.clauses[self.order().index(identity)]
        self.moved = True

    def text(self, data: dict[str, Any]) -> str:
        """The file's text, with ``data`` as its front matter."""
        body = "\n".join([self.preamble, *(chunk for _, chunk in self.clauses)])
        remarks = "".join(f"# {line}\n" for line in self.remarks)
        text = f"---\n{rewrite(self.front, data)}{remarks}---\n{body}"
        if self.moved:
            text = text.rstrip("\n") + "\n"
        return self.mark + text.replace("\n", self.ends)


def _with_gap(chunk: str) -> str:
    """``chunk`` with an empty line at its end."""
    return chunk.rstrip("\n") + "\n"


# --- keys ---------------------------------------------------------------------------------------


def set_key(data: Data, key: str, value: Any) -> None:
    """Set a key of front matter; a new one stands where the model has it, an empty one goes."""
    if not value:
        data.pop(key, None)
    elif key in data:
        data[key] = value
    else:
        changed = inserted(data, key, value, _ORDER)
        data.clear()
        data.update(changed)


def inserted(data: Data, key: str, value: Any, order: list[str]) -> Data:
    """``data`` with a new key, after the nearest one that stands before it in ``order``, else first."""
    names = list(data)
    before = [one for one in order[: order.index(key)] if one in names]
    index = names.index(before[-1]) + 1 if before else 0
    items = list(data.items())
    items.insert(index, (key, value))
    return dict(items)
