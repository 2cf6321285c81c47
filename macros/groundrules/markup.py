"""The small Markdown that agreement text is written in.

What is allowed is stated in ``docs/project/formats.md``; everything else is a finding.
Text that passes means the same to any CommonMark reader, which a test proves against one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# --- the tree ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    children: tuple[Inline, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Blank:
    """``[[how often]]``; ``name`` as written, white space collapsed."""

    name: str
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """``[[#publicity]]``."""

    clause: str
    line: int = field(compare=False)


Inline = Text | Strong | Emphasis | Link | Blank | Reference


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    children: tuple[Inline, ...]
    sublist: ItemList | None
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class ItemList:
    ordered: bool
    items: tuple[Item, ...]
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """``> Why: …``; shown on the page, never numbered, signed, exported or forked."""

    label: str
    paragraphs: tuple[Paragraph, ...]
    line: int = field(compare=False)


Block = Paragraph | ItemList | Note


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not part of the stated Markdown."""

    line: int
    name: str
    message: str


def blank_key(name: str) -> str:
    """Blanks of the same key are the same blank: case and white space do not count."""
    return " ".join(name.split()).casefold()


# --- what is refused --------------------------------------------------------------------------

_HTML_REFUSED = "HTML is not allowed here. Write plain text; for the sign itself write \\<."
_RULE_REFUSED = "A line of signs would become a rule, a heading or a table. Leave it out."
_MARKER_REFUSED = 'A list item starts with a hyphen: "- ". For the sign itself write a backslash before it.'
_NOTE_REFUSED = "A note stands at the margin, with an empty line before it. For the sign itself write \\> instead."
_FENCE_REFUSED = "A block of code is not allowed in agreement text. Write it as a paragraph."

# A line made of these signs alone is, somewhere, a rule, the underline of a heading, part of a table or
# an empty list item.
_RULE = re.compile(r"[-=*_|:+~ ]+")

# What may not start a line, by its first sign: the rest of the pattern, whether the whole line goes with
# it (so that nothing further is said about it), and the message. Headings, code, tables and further kinds
# of lists would quietly change what partners agreed, so they are named.
_LINE_STARTS: dict[str, tuple[tuple[re.Pattern[str], bool, str], ...]] = {
    "`": ((re.compile(r"`{3}"), True, _FENCE_REFUSED),),
    "~": ((re.compile(r"~{3}"), True, _FENCE_REFUSED), (_RULE, True, _RULE_REFUSED)),
    "#": (
        (
            re.compile(r"#{1,6}(?: |$)"),
            False,
            "A heading is not allowed here. Write it as a paragraph, or \\# for the sign itself.",
        ),
    ),
    "*": ((_RULE, True, _RULE_REFUSED), (re.compile(r"\* "), True, _MARKER_REFUSED)),
    "+": ((_RULE, True, _RULE_REFUSED), (re.compile(r"\+ "), False, _MARKER_REFUSED)),
    "|": (
        (_RULE, True, _RULE_REFUSED),
        (
            re.compile(r"\|"),
            False,
            "A table is not allowed in agreement text. Use a blank of the type rows, or write \\|.",
        ),
    ),
    ">": ((re.compile(">"), False, _NOTE_REFUSED),),
}
_LINE_STARTS |= dict.fromkeys("-=_:", ((_RULE, True, _RULE_REFUSED),))
_LINE_STARTS |= dict.fromkeys(
    "0123456789",
    (
        (
            re.compile(r"[0-9]{1,9}\)(?: |$)"),
            False,
            'A numbered item is written with a full stop: "1. ". For the bracket itself write \\) instead.',
        ),
    ),
)

_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_SITE_PAGE = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*(?:#[A-Za-z0-9._~-]+)?")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_HTML = re.compile(r"<(?:[A-Za-z/!?]|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@)")
_SIGN = re.compile(r"[\\`*_\[<&!~]")
_BLANK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_NOT_A_NAME = re.compile(rf"[\\*_`]|~~|{_HTML.pattern}|{_ENTITY.pattern}")
_CLAUSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_BRACKETS = re.compile(r"\\.|[\[\]]", re.S)
_ADDRESS = re.compile(r"\(([^()\s<>]*)\)")
_LIKELY_ADDRESS = re.compile(r"\([^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)")
_STARS = re.compile(r"\*+")
_UNDERSCORES = re.compile(r"_+")
_BREAKS = re.compile(r"\n+")
_ITEM = re.compile(r"( *)(-|[0-9]{1,9}\.)( +|$)(.*)")
_TICK_BOX = re.compile(r"\[[ xX]\](?: |$)")
_LABEL = re.compile(r"([^\s\\`*_\[\]<>&:~][^\\`*_\[\]<>&:~]{0,39}):(?: |$)")

# Unicode's bidirectional controls: openers with the closer that each needs (UAX #9).
_BIDI = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u202d": "\u202c",
    "\u202e": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
# Characters that show nothing, or break a line unseen, and so can hide a change. The joiners (U+200C,
# U+200D) and variation selectors are needed by scripts and emoji; tags only in flags such as that of Wales.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f")
_SUSPECT = re.compile(f"{_UNSEEN.pattern[:-1]}\u202a-\u202e\u2066-\u2069]")


def hidden_characters(text: str) -> str | None:
    """Say what in ``text``, a line, cannot be seen, or ``None``."""
    if not _SUSPECT.search(text):
        return None
    unseen = _UNSEEN.search(_FLAG.sub("", text))
    if unseen:
        code = f"U+{ord(unseen[0]):04X}"
        return f"There is a character here that nobody can see ({code}). Delete it and type the words again."
    waiting: list[str] = []
    for sign in text:
        if sign in _BIDI:
            waiting.append(_BIDI[sign])
        elif sign in "\u202c\u2069" and (not waiting or waiting.pop() != sign):
            return f"A direction mark (U+{ord(sign):04X}) ends here that was never begun. Delete it."
    if waiting:
        return (
            "A direction mark begins here and does not end on this line, so the text may read in another "
            "order. Delete it."
        )
    return None


# --- blocks -----------------------------------------------------------------------------------


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
        if "\t" in text or not text.isascii() or _SUSPECT.search(text):
            self.lines = [self.settled(line, at) for at, line in enumerate(self.lines)]

    def settled(self, line: str, at: int) -> str:
        """``line`` without what can hide in it: tabs, and characters that cannot be seen."""
        if not line.strip():
            if line.strip(" \t") and not hidden_characters(line):
                self.refuse(at, "This line looks empty, but holds a space of an unusual kind. Delete what is in it.")
                return ""
            if not line.strip(" \t"):
                return ""
        hidden = hidden_characters(line)
        if hidden:
            self.find(at, "hidden-characters", hidden)
        if "\t" in line:
            self.refuse(at, "There is a tab on this line. Write a space instead.")
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
                    self.refuse(self.at, "This line is indented like code. Start it at the margin.")
                elif line[0] == " ":
                    self.refuse(self.at, "A paragraph starts at the margin. Remove the spaces.")
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
                "Without the note before it this list would join the one above. Put a sentence between them.",
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
        if not _SIGN.search(text, skip):
            words = _BREAKS.sub(" ", text[skip:]).strip(" ")
            return (Text(words),) if words else ()
        return _Inline(text, at, self).read(skip)

    def look_at_start(self, words: str, at: int) -> None:
        for pattern, whole_line, message in _LINE_STARTS[words[0]]:
            if pattern is _RULE and not _RULE.fullmatch(words):
                continue
            if pattern.match(words):
                self.refuse(at, message)
                if whole_line:
                    self.silent.add(at)
                return

    def look_at_end(self, line: str, words: str, at: int) -> None:
        slashes = len(words) - len(words.rstrip("\\"))
        if slashes % 2 or line.endswith("  "):
            self.refuse(
                at,
                "This line ends in a forced line break. Remove the spaces or the backslash at its end.",
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
                self.find(self.at, "note-spacing", "A note needs an empty line before it.")
                break
            item = _ITEM.match(line)
            if item:
                if item[2] in ("-", "1.") and item[4] and len(item[1]) < 4:
                    break
                self.refuse(
                    self.at,
                    "This line starts like a list item. Put an empty line before it, or start the list at 1. "
                    "For the sign itself write a backslash before it.",
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
                self.find(start, "note-label", 'A note starts with a label and a colon, such as "> Why: …".')
            return Note("", self.paragraphs(groups), self.first + start)
        at, lines = groups[0]
        on_first_line = lines[0][match.end() :].strip(" ")
        if not on_first_line and len(lines) == 1:
            self.find(
                start,
                "note-label",
                "This note says nothing beside its label. Write its words after the colon.",
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
                self.find(self.at, "note-spacing", "A note needs an empty line after it.")
                break
            if line[0] == " ":
                self.refuse(self.at, "A note starts at the margin. Remove the spaces.")
            words = line.lstrip(" ")[1:].removeprefix(" ")
            if not words.strip(" "):
                fresh = True
            else:
                if words.startswith("    ") or _ITEM.match(words):
                    self.refuse(self.at, "A note holds plain paragraphs: no list or code in it.")
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
            self.refuse(start, "A list starts at the margin. Remove the spaces.")
        items: list[Item] = []
        counted = True
        while match := self.next_item(column, ordered):
            number = str(len(items) + 1)
            if ordered and counted and match[2] != f"{number}.":
                self.find(
                    self.at,
                    "list-numbers",
                    f'This is item {number} of its list: write "{number}. ". '
                    f'If it is no list item, write "{match[2][:-1]}\\." instead.',
                )
                counted = False
            items.append(self.item(match, level))
        if self.at < len(self.lines) and level == 1:
            other = _ITEM.match(self.lines[self.at])
            if other and not other[1] and (other[2] != "-") != ordered:
                self.refuse(self.at, "Two lists of different kinds need a sentence between them.")
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
                    self.refuse(self.at, "Remove the empty line inside this list item.")
                self.at = at
                continue
            indent = _indent(line)
            inner = _ITEM.match(line)
            if inner and indent <= column:
                break
            if line[0] == ">":
                self.find(self.at, "note-spacing", "A note needs an empty line before it.")
                break
            if sublist:
                self.refuse(self.at, "After a list inside a list, start a new item.")
                self.silent.add(self.at)
            elif inner and level == 2:
                self.refuse(
                    self.at,
                    "Lists go one level deep: a list inside a list, no further."
                    if indent >= content
                    else "Start the items of one list below each other.",
                )
                self.silent.add(self.at)
            elif inner:
                if not content <= indent <= content + 3:
                    self.refuse(self.at, f"Indent a list inside a list by {content - column} spaces.")
                sublist = self.item_list(level=2)
                continue
            elif indent < content:
                self.refuse(
                    self.at,
                    "This line carries on a list item. Indent it to the item's text, or put an empty line before it.",
                )
            # Lines that were left out above still count, so that what is found stands on its own line.
            words += [""] * (self.at - start - len(words))
            words.append(line)
            self.at += 1
        return Item(self.inline(words, start), sublist, self.first + start)

    def look_at_item(self, match: re.Match[str]) -> None:
        words = match[4]
        if not words:
            self.refuse(self.at, "This list item is empty. Write its words on the same line.")
        elif len(match[3]) != 1:
            self.refuse(self.at, f'Write one space after "{match[2]}".')
        elif _ITEM.match(words):
            self.refuse(
                self.at,
                "A list item holds words, not another list sign. Write a backslash before it.",
            )
            self.silent.add(self.at)
        elif _TICK_BOX.match(words):
            self.refuse(self.at, "A box to tick is not written here. Leave it out, or write \\[ for the sign.")


# --- inside a line ----------------------------------------------------------------------------


class _Inline:
    """Reads the words of one block, which starts at the line ``at`` of its reader's text."""

    __slots__ = ("at", "breaks", "doubted", "in_link", "out", "pairs", "reader", "stack", "text", "words")

    def __init__(self, text: str, at: int, reader: _Reader) -> None:
        self.text = text
        self.at = at
        self.reader = reader
        self.out: list[Inline] = []
        self.words: list[str] = []
        # The emphasis that is open: its stars, where they stand, and what was read before them.
        self.stack: list[tuple[str, int, list[Inline]]] = []
        self.in_link = False
        self.doubted: set[int] = set()
        self.breaks: list[int] | None = None
        self.pairs: dict[int, int] | None = None

    def offset(self, pos: int) -> int:
        """How many lines below the first ``pos`` stands."""
        if self.breaks is None:
            self.breaks = [match.start() for match in re.finditer("\n", self.text)]
        return bisect_left(self.breaks, pos)

    def find(self, pos: int, name: str, message: str) -> None:
        at = self.at + self.offset(pos)
        if at not in self.reader.silent:
            self.reader.find(at, name, message)

    def read(self, pos: int = 0) -> tuple[Inline, ...]:
        while pos < len(self.text) and self.text[pos] in " \n":
            pos += 1
        return self.run(pos, len(self.text))

    def run(self, pos: int, end: int) -> tuple[Inline, ...]:
        text, words, search = self.text, self.words, _SIGN.search
        while match := search(text, pos, end):
            here = match.start()
            if here > pos:
                words.append(text[pos:here])
            pos = _READERS[text[here]](self, here, end)
        if pos < end:
            words.append(text[pos:end])
        while self.stack:
            stars, where, _ = self.stack[-1]
            self.doubt(where, f"{stars} is opened here and never closed. Close it, or write \\*.")
            self.reopen()
        self.flush()
        return tuple(self.out)

    def flush(self) -> None:
        """Make one text of the words read so far."""
        if self.words:
            words = _BREAKS.sub(" ", "".join(self.words))
            self.words.clear()
            if self.out and isinstance(self.out[-1], Text):
                words = self.out.pop().text + words  # type: ignore[union-attr]
            self.out.append(Text(words))

    def reopen(self) -> None:
        """Take back the innermost emphasis, which turned out to be none: its stars are only signs."""
        self.flush()
        stars, _, before = self.stack.pop()
        inside, self.out = self.out, before
        self.words.append(stars)
        if inside and isinstance(inside[0], Text):
            self.words.append(inside.pop(0).text)  # type: ignore[union-attr]
        self.flush()
        self.out.extend(inside)

    def sign(self, pos: int) -> int:
        """The sign at ``pos`` as itself."""
        self.words.append(self.text[pos])
        return pos + 1

    # --- one reader for each sign; each returns where to go on

    def backslash(self, pos: int, end: int) -> int:
        following = self.text[pos + 1 : min(pos + 2, end)]
        if following in _ESCAPABLE:
            self.words.append(following)
            return pos + 2
        return self.sign(pos)

    def backtick(self, pos: int, end: int) -> int:
        self.find(
            pos,
            "not-agreement-text",
            "Code is not allowed in agreement text. Use quotation marks, or write \\`.",
        )
        return self.sign(pos)

    def less_than(self, pos: int, end: int) -> int:
        if _HTML.match(self.text, pos):
            self.find(pos, "raw-html", _HTML_REFUSED)
        return self.sign(pos)

    def ampersand(self, pos: int, end: int) -> int:
        entity = _ENTITY.match(self.text, pos)
        if entity:
            self.find(
                pos,
                "not-agreement-text",
                f"{entity[0]} may be read as another sign. Write the sign you mean, or \\& for this one.",
            )
        return self.sign(pos)

    def exclamation(self, pos: int, end: int) -> int:
        if self.text.startswith("[", pos + 1):
            self.find(
                pos,
                "not-agreement-text",
                "A picture is not allowed in agreement text. Write \\! before the bracket.",
            )
            if not self.text.startswith("[[", pos + 1):
                self.words.append("![")
                return pos + 2
        return self.sign(pos)

    def tilde(self, pos: int, end: int) -> int:
        if self.text.startswith("~", pos + 1):
            self.find(pos, "stray-sign", "Two tildes would strike words out. Write \\~ for the sign itself.")
            self.words.append("~~")
            return pos + 2
        return self.sign(pos)

    def doubt(self, pos: int, message: str) -> None:
        """Say what is wrong with a star, once a line: a star in the wrong place upsets the next one."""
        offset = self.offset(pos)
        if offset not in self.doubted:
            self.doubted.add(offset)
            self.find(pos, "stray-sign", message)

    def stars(self, pos: int, end: int) -> int:
        run = _STARS.match(self.text, pos, end)
        assert run
        stars = run[0]
        opens, closes, doubtful = self.flanks(pos, run.end())
        if len(stars) > 2:
            self.doubt(
                pos,
                "Three or more stars in a row are not allowed. Use * or **, or write \\*.",
            )
            self.words.append(stars)
        elif doubtful:
            self.doubt(
                pos,
                "Programs differ in how they read a star beside this sign. Put a space between them.",
            )
            self.words.append(stars)
        elif closes and self.stack and self.stack[-1][0] == stars:
            self.flush()
            node: Inline = Strong(tuple(self.out)) if len(stars) == 2 else Emphasis(tuple(self.out))
            self.out = self.stack.pop()[2]
            self.out.append(node)
        elif opens and all(stars != other for other, _, _ in self.stack):
            self.flush()
            self.stack.append((stars, pos, self.out))
            self.out = []
        else:
            self.doubt(pos, "This star opens or closes nothing. Write \\* for the sign itself.")
            self.words.append(stars)
        return run.end()

    def underscores(self, pos: int, end: int) -> int:
        run = _UNDERSCORES.match(self.text, pos, end)
        assert run
        left, right, doubtful = self.flanks(pos, run.end())
        opens = left and (not right or _kind(self.text[pos - 1 : pos]) != "word")
        closes = right and (not left or _kind(self.text[run.end() : run.end() + 1]) != "word")
        if opens or closes or doubtful or len(run[0]) > 2:
            self.find(
                pos,
                "stray-sign",
                "An underscore here would be read as emphasis. Use *stars*, a blank such as [[how often]], "
                "or write \\_.",
            )
        self.words.append(run[0])
        return run.end()

    def flanks(self, pos: int, end: int) -> tuple[bool, bool, bool]:
        """Whether a run of delimiters is left-flanking, right-flanking (CommonMark), and in doubt.

        CommonMark 0.31 counts symbols such as € among the punctuation, earlier versions did not.
        """
        before, after = _kind(self.text[pos - 1 : pos] if pos else ""), _kind(self.text[end : end + 1])
        new = _flanks(before, after)
        doubtful = "symbol" in (before, after) and new != _flanks(
            *("word" if kind == "symbol" else kind for kind in (before, after))
        )
        return *new, doubtful

    def bracket(self, pos: int, end: int) -> int:
        text = self.text
        blank = _BLANK.match(text, pos, end)
        if blank:
            return self.blank(blank)
        if text.startswith("[[", pos):
            self.find(
                pos,
                "broken-blank",
                "A blank starts here and does not end. Write [[its name]] on one line, or \\[ for the sign.",
            )
            self.words.append("[[")
            return pos + 2
        closing = self.closing(pos)
        if closing is None or closing >= end:
            return self.sign(pos)
        following = text[closing + 1 : closing + 2]
        if following == ":" and (pos == 0 or text[pos - 1] == "\n"):
            self.find(
                pos,
                "not-agreement-text",
                "This would be read as a link definition and vanish. Put the colon elsewhere, or write \\[.",
            )
        elif following and following in "([":
            return self.link(pos, closing, end)
        return self.sign(pos)

    def closing(self, pos: int) -> int | None:
        """Where the bracket that is opened at ``pos`` is closed."""
        if self.pairs is None:
            self.pairs = {}
            waiting: list[int] = []
            for match in _BRACKETS.finditer(self.text):
                if match[0] == "[":
                    waiting.append(match.start())
                elif match[0] == "]" and waiting:
                    self.pairs[waiting.pop()] = match.start()
        return self.pairs.get(pos)

    def link(self, pos: int, closing: int, end: int) -> int:
        text = self.text
        address = _ADDRESS.match(text, closing + 1, end)
        if not address:
            self.find(
                pos,
                "broken-link",
                "This looks like a link, but its address is not one word in round brackets. "
                "Write [text](https://…), with %28 and %29 for round brackets in the address.",
            )
            likely = _LIKELY_ADDRESS.match(text, closing + 1, end)
            if likely and not self.in_link:
                self.words.append(text[pos : likely.end()])
                return likely.end()
            return self.sign(pos)
        if self.in_link:
            self.find(pos, "broken-link", "A link cannot stand inside a link.")
            return self.sign(pos)
        self.check_address(pos, address[1])
        self.flush()
        outside, self.out, self.stack, self.in_link = (self.out, self.stack), [], [], True
        children = self.run(pos + 1, closing)
        (self.out, self.stack), self.in_link = outside, False
        if not "".join(plain(children)).strip():
            self.find(pos, "broken-link", "This link has no text. Write [text](address).")
        self.out.append(Link(children, address[1]))
        return address.end()

    def blank(self, match: re.Match[str]) -> int:
        pos, end = match.span()
        name = " ".join(match[1].split())
        line = self.reader.first + self.at + self.offset(pos)
        if self.in_link:
            self.find(pos, "broken-link", "A blank cannot stand inside a link.")
        elif self.text.startswith("(", end):
            self.find(
                pos,
                "broken-blank",
                "A bracket right after a blank would be read as a link. Put a space between them.",
            )
        if name.startswith("#"):
            clause = name[1:].strip()
            if not _CLAUSE_ID.fullmatch(match[1][1:]):
                self.find(
                    pos,
                    "broken-blank",
                    "This reference names no clause. Write the clause's id after #: [[#publicity]].",
                )
            node: Inline = Reference(clause, line)
        else:
            if not name:
                self.find(pos, "broken-blank", "This blank has no name. Write [[what goes here]].")
            elif _NOT_A_NAME.search(name):
                self.find(
                    pos,
                    "broken-blank",
                    "The name of a blank is plain words. Leave out signs such as * _ ` \\ and HTML.",
                )
            node = Blank(name, line)
        self.flush()
        self.out.append(node)
        return end

    def check_address(self, pos: int, address: str) -> None:
        if address.startswith(_SCHEMES) and address.split(":", 1)[1].strip("/"):
            if any(sign in address for sign in "\\[]`\"'") or _ENTITY.search(address):
                self.find(
                    pos,
                    "bad-address",
                    f'"{address}" holds a sign that a link may not hold. Copy the address from the browser.',
                )
        elif not _SITE_PAGE.fullmatch(address):
            self.find(
                pos,
                "bad-address",
                f'"{address}" is not an address that may stand here. Use https:, http:, mailto:, tel:, '
                "or a page of this site such as /clauses/publicity/.",
            )


_READERS: dict[str, Callable[[_Inline, int, int], int]] = {
    "\\": _Inline.backslash,
    "`": _Inline.backtick,
    "*": _Inline.stars,
    "_": _Inline.underscores,
    "[": _Inline.bracket,
    "<": _Inline.less_than,
    "&": _Inline.ampersand,
    "!": _Inline.exclamation,
    "~": _Inline.tilde,
}


def _kind(character: str) -> str:
    """What counts beside stars: ``space`` (also no character), ``punctuation``, ``symbol`` or ``word``."""
    if not character or character.isspace():
        return "space"
    if character in _ESCAPABLE:
        return "punctuation"
    category = unicodedata.category(character)[0]
    return {"P": "punctuation", "S": "symbol"}.get(category, "word")


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    left = after != "space" and (after == "word" or before != "word")
    right = before != "space" and (before == "word" or after != "word")
    return left, right


# --- walking ----------------------------------------------------------------------------------


def inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline node in ``blocks``, notes included, parents before their children."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _below(block.children)
        elif isinstance(block, ItemList):
            yield from _in_list(block)
        else:
            yield from inlines(block.paragraphs)


def _in_list(items: ItemList) -> Iterator[Inline]:
    for item in items.items:
        yield from _below(item.children)
        if item.sublist:
            yield from _in_list(item.sublist)


def _below(children: tuple[Inline, ...]) -> Iterator[Inline]:
    for child in children:
        yield child
        if isinstance(child, Strong | Emphasis | Link):
            yield from _below(child.children)


def plain(children: tuple[Inline, ...]) -> str:
    """The words alone; a blank as ``[its name]``."""
    words = []
    for child in children:
        if isinstance(child, Text):
            words.append(child.text)
        elif isinstance(child, Blank):
            words.append(f"[{child.name}]")
        elif isinstance(child, Reference):
            words.append(f"[{child.clause}]")
        else:
            words.append(plain(child.children))
    return "".join(words)


def lone_blank(block: Block) -> Blank | None:
    """The blank that stands alone on its line, if ``block`` is one."""
    if isinstance(block, Paragraph) and len(block.children) == 1 and isinstance(block.children[0], Blank):
        return block.children[0]
    return None
