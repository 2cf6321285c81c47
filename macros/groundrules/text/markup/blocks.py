"""The blocks of agreement text: paragraphs, lists and notes. What is not part of the stated Markdown is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..tables import phrase, table
from .hidden import SUSPECT, hidden_characters
from .nodes import Block, Finding, Inline, Item, ItemList, Note, Paragraph, Text
from .words import BREAKS, SIGN, Words


def _line_starts() -> dict[str, list[tuple[re.Pattern[str], bool, str]]]:
    found: dict[str, list[tuple[re.Pattern[str], bool, str]]] = {}
    for one in table("line_starts"):
        for first in one["first"]:
            found.setdefault(first, []).append((re.compile(one["pattern"]), one["whole"] == "yes", one["message"]))
    return found


_LINE_STARTS = _line_starts()
_ITEM = re.compile(r"( *)(-|[0-9]{1,9}\.)( +|$)(.*)")
_TICK_BOX = re.compile(r"\[[ xX]\](?: |$)")
_LABEL = re.compile(r"([^\s\\`*_\[\]<>&:~][^\\`*_\[\]<>&:~]{0,39}):(?: |$)")


def parse(text: str, first_line: int = 1) -> tuple[tuple[Block, ...], list[Finding]]:
    """Read agreement text.

    ``first_line`` is the line of the file at which ``text`` starts.
    Returns the blocks in order and what was found wrong, in the order of lines; the blocks hold all that
    could be read. It never raises, and takes time in proportion to the length of ``text``.
    """
    reader = _Reader(text, first_line)
    blocks = tuple(reader.blocks())
    reader.look_at_lists_around_notes(blocks)
    reader.findings.sort(key=lambda finding: finding.line)
    return blocks, reader.findings


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class _Reader:
    def __init__(self, text: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.first = first_line
        self.at = 0
        self.findings: list[Finding] = []
        self.said: set[Finding] = set()
        # Lines of which enough was said: their layout, and what stands in them.
        self.tabbed: set[int] = set()
        self.silent: set[int] = set()
        if "\t" in text or not text.isascii() or SUSPECT.search(text):
            self.lines = [self.settled(line, at) for at, line in enumerate(self.lines)]

    def settled(self, line: str, at: int) -> str:
        """``line`` without what can hide in it: tabs, and characters that cannot be seen."""
        if not line.strip():
            if line.strip(" \t") and not hidden_characters(line):
                self.refuse(at, phrase("oddSpaceOnLine"))
                return ""
            if not line.strip(" \t"):
                return ""
        hidden = hidden_characters(line)
        if hidden:
            self.find(at, "hidden-characters", hidden)
        if "\t" in line:
            self.refuse(at, phrase("tabOnLine"))
            self.tabbed.add(at)
        return line.replace("\t", " ")

    def find(self, at: int, name: str, message: str) -> None:
        finding = Finding(self.first + at, name, message)
        if finding not in self.said:
            self.said.add(finding)
            self.findings.append(finding)

    def refuse(self, at: int, message: str) -> None:
        if at not in self.tabbed:
            self.find(at, "not-agreement-text", message)

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            words = line.lstrip(" ")
            if not words:
                self.at += 1
            elif words[0] == ">":
                yield self.note()
            elif len(line) - len(words) < 4 and _ITEM.match(line):
                yield self.item_list(level=1)
            else:
                if line.startswith("    "):
                    self.refuse(self.at, phrase("indentedLikeCode"))
                elif line[0] == " ":
                    self.refuse(self.at, phrase("indentedParagraph"))
                yield self.paragraph()

    def look_at_lists_around_notes(self, blocks: tuple[Block, ...]) -> None:
        """Notes are left out of forks and documents, which must not join two lists."""
        kinds: list[bool | None] = [None]
        joined: set[int] = set()
        for block in blocks:
            if isinstance(block, ItemList) and kinds == [block.ordered, None]:
                joined.add(block.line)
            if isinstance(block, Note):
                kinds = [kinds[0], None]
            else:
                kinds = [block.ordered if isinstance(block, ItemList) else None]
        if joined:
            self.findings = [one for one in self.findings if one.line not in joined or one.name != "list-numbers"]
        for line in joined:
            self.refuse(
                line - self.first,
                phrase("noteJoinsLists"),
            )

    def inline(self, lines: list[str], at: int, skip: int = 0) -> tuple[Inline, ...]:
        """Read the words of one block that starts at line ``at``, its first ``skip`` characters left out."""
        stripped = [line.strip(" ") for line in lines]
        for offset, (line, words) in enumerate(zip(lines, stripped, strict=True)):
            if words[:1] in _LINE_STARTS and at + offset not in self.silent:
                self.look_at_start(words, at + offset)
            if line[-2:] == "  " or words[-1:] == "\\":
                self.look_at_end(line, words, at + offset)
        text = stripped[0] if len(stripped) == 1 else "\n".join(stripped)
        if not SIGN.search(text, skip):
            words = BREAKS.sub(" ", text[skip:]).strip(" ")
            return (Text(words),) if words else ()
        return Words(text, at, self).read(skip)

    def look_at_start(self, words: str, at: int) -> None:
        for pattern, whole_line, message in _LINE_STARTS[words[0]]:
            if pattern.match(words):
                self.refuse(at, phrase(message))
                if whole_line:
                    self.silent.add(at)
                return

    def look_at_end(self, line: str, words: str, at: int) -> None:
        slashes = len(words) - len(words.rstrip("\\"))
        if slashes % 2 or line.endswith("  "):
            self.refuse(
                at,
                phrase("forcedLineBreak"),
            )

    def paragraph(self) -> Paragraph:
        start = self.at
        lines = [self.lines[start]]
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            words = line.lstrip(" ")
            if not words:
                break
            if words[0] == ">":
                self.find(self.at, "note-spacing", phrase("noLineBeforeNote"))
                break
            item = _ITEM.match(line)
            if item:
                if item[2] in ("-", "1.") and item[4] and len(item[1]) < 4:
                    break
                self.refuse(
                    self.at,
                    phrase("likeListItem"),
                )
                self.silent.add(self.at)
            lines.append(line)
            self.at += 1
        return Paragraph(self.inline(lines, start), self.first + start)

    # --- notes

    def note(self) -> Note:
        start = self.at
        groups = self.note_paragraphs()
        label = match = None
        if groups:
            match = _LABEL.match(groups[0][1][0])
            label = match and match[1].strip()
        if not match or not label:
            if self.first + start not in {finding.line for finding in self.findings[-2:]}:
                self.find(start, "note-label", phrase("noteWithoutLabel"))
            return Note("", self.paragraphs(groups), self.first + start)
        at, lines = groups[0]
        on_first_line = lines[0][match.end() :].strip(" ")
        if not on_first_line and len(lines) == 1:
            self.find(
                start,
                "note-label",
                phrase("noteWithoutWords"),
            )
            return Note(label, self.paragraphs(groups[1:]), self.first + start)
        first = Paragraph(self.inline(lines, at, skip=match.end()), self.first + at + (0 if on_first_line else 1))
        return Note(label, (first, *self.paragraphs(groups[1:])), self.first + start)

    def note_paragraphs(self) -> list[tuple[int, list[str]]]:
        """The lines of each paragraph of a note, and where each starts."""
        groups: list[tuple[int, list[str]]] = []
        fresh = True
        while self.at < len(self.lines) and self.lines[self.at].strip(" "):
            line = self.lines[self.at]
            if not line.lstrip(" ").startswith(">"):
                self.find(self.at, "note-spacing", phrase("noLineAfterNote"))
                break
            if line[0] == " ":
                self.refuse(self.at, phrase("indentedNote"))
            words = line.lstrip(" ")[1:].removeprefix(" ")
            if not words.strip(" "):
                fresh = True
            else:
                if words.startswith("    ") or _ITEM.match(words):
                    self.refuse(self.at, phrase("noteNotPlain"))
                if fresh:
                    groups.append((self.at, []))
                    fresh = False
                groups[-1][1].append(words.lstrip(" "))
            self.at += 1
        return groups

    def paragraphs(self, groups: list[tuple[int, list[str]]]) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(self.inline(lines, at), self.first + at) for at, lines in groups)

    # --- lists

    def item_list(self, level: int) -> ItemList:
        """Read one list; ``level`` is 2 for a list inside a list."""
        start = self.at
        first = _ITEM.match(self.lines[start])
        assert first
        column, ordered = len(first[1]), first[2] != "-"
        if level == 1 and column:
            self.refuse(start, phrase("indentedList"))
        items: list[Item] = []
        counted = True
        while match := self.next_item(column, ordered):
            number = str(len(items) + 1)
            if ordered and counted and match[2] != f"{number}.":
                self.find(
                    self.at,
                    "list-numbers",
                    phrase("otherItemNumber", number=number, written=match[2][:-1]),
                )
                counted = False
            items.append(self.item(match, level))
        if self.at < len(self.lines) and level == 1:
            other = _ITEM.match(self.lines[self.at])
            if other and not other[1] and (other[2] != "-") != ordered:
                self.refuse(self.at, phrase("listsSideBySide"))
        return ItemList(ordered, tuple(items), self.first + start)

    def next_full(self) -> int:
        """The next line, from here on, that is not empty."""
        at = self.at
        while at < len(self.lines) and not self.lines[at].strip(" "):
            at += 1
        return at

    def next_item(self, column: int, ordered: bool) -> re.Match[str] | None:
        """The next item of a list, and go there; empty lines may stand between."""
        at = self.next_full()
        match = _ITEM.match(self.lines[at]) if at < len(self.lines) else None
        if not match or len(match[1]) != column or (match[2] != "-") != ordered:
            return None
        self.at = at
        return match

    def item(self, match: re.Match[str], level: int) -> Item:
        start = self.at
        column, content = len(match[1]), match.end(2) + 1
        self.look_at_item(match)
        words = [match[4]]
        sublist: ItemList | None = None
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip(" "):
                at = self.next_full()
                if at == len(self.lines) or _indent(self.lines[at]) < content:
                    break
                if self.lines[at].lstrip(" ").startswith(">"):
                    break
                if not sublist:
                    self.refuse(self.at, phrase("emptyLineInItem"))
                self.at = at
                continue
            indent = _indent(line)
            inner = _ITEM.match(line)
            if inner and indent <= column:
                break
            if line[0] == ">":
                self.find(self.at, "note-spacing", phrase("noLineBeforeNote"))
                break
            if sublist:
                self.refuse(self.at, phrase("wordsAfterSublist"))
                self.silent.add(self.at)
            elif inner and level == 2:
                self.refuse_inner(deeper=indent >= content)
            elif inner:
                if not content <= indent <= content + 3:
                    self.refuse(self.at, phrase("sublistIndent", spaces=content - column))
                sublist = self.item_list(level=2)
                continue
            elif indent < content:
                self.refuse(
                    self.at,
                    phrase("unindentedItem"),
                )
            # Lines that were left out above still count, so that what is found stands on its own line.
            words += [""] * (self.at - start - len(words))
            words.append(line)
            self.at += 1
        return Item(self.inline(words, start), sublist, self.first + start)

    def refuse_inner(self, deeper: bool) -> None:
        if deeper:
            self.refuse(self.at, phrase("listsTooDeep"))
        else:
            self.refuse(self.at, phrase("unevenItems"))
        self.silent.add(self.at)

    def look_at_item(self, match: re.Match[str]) -> None:
        words = match[4]
        if not words:
            self.refuse(self.at, phrase("emptyItem"))
        elif len(match[3]) != 1:
            self.refuse(self.at, phrase("oneSpaceAfter", marker=match[2]))
        elif _ITEM.match(words):
            self.refuse(
                self.at,
                phrase("listInItem"),
            )
            self.silent.add(self.at)
        elif _TICK_BOX.match(words):
            self.refuse(self.at, phrase("tickBox"))
