"""The words of a block: strong words, emphasis, links, blanks, references."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from typing import Protocol

from ..tables import phrase
from .nodes import MARKS, Blank, Inline, Link, Mark, Reference, Text, plain

_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_SITE_PAGE = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*(?:#[A-Za-z0-9._~-]+)?")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_HTML = re.compile(r"<(?:[A-Za-z/!?]|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@)")
# The marks by their sign, and by the character it is made of.
_MARKS: dict[str, type[Mark]] = {mark.sign: mark for mark in MARKS}
DELIMITERS = {sign[0]: sorted((one for one in _MARKS if one[0] == sign[0]), key=len) for sign in _MARKS}
# All that means something inside a line, as part of a pattern.
SPECIAL = "\\\\`_\\[<&!~" + re.escape("".join(DELIMITERS))
SIGN = re.compile(f"[{SPECIAL}]")
_BLANK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_NOT_A_NAME = re.compile(rf"[\\*_`]|~~|{_HTML.pattern}|{_ENTITY.pattern}")
_CLAUSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_BRACKETS = re.compile(r"\\.|[\[\]]", re.S)
_ADDRESS = re.compile(r"\(([^()\s<>]*)\)")
_LIKELY_ADDRESS = re.compile(r"\([^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)")
_RUNS = {sign: re.compile(f"{re.escape(sign)}+") for sign in DELIMITERS}
_UNDERSCORES = re.compile(r"_+")
BREAKS = re.compile(r"\n+")


class BlockReader(Protocol):
    """The reader of the blocks around: ``first`` is the line of the file at which its text starts."""

    first: int
    silent: set[int]

    def find(self, at: int, name: str, message: str) -> None: ...


class Words:
    """Reads the words of one block, which starts at the line ``at`` of its reader's text."""

    __slots__ = ("at", "breaks", "doubted", "in_link", "out", "pairs", "reader", "stack", "text", "words")

    def __init__(self, text: str, at: int, reader: BlockReader) -> None:
        self.text = text
        self.at = at
        self.reader = reader
        self.out: list[Inline] = []
        self.words: list[str] = []
        # The marks that are open: their signs, where they stand, and what was read before them.
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
        text, words, search = self.text, self.words, SIGN.search
        while match := search(text, pos, end):
            here = match.start()
            if here > pos:
                words.append(text[pos:here])
            pos = _READERS[text[here]](self, here, end)
        if pos < end:
            words.append(text[pos:end])
        while self.stack:
            signs, where, _ = self.stack[-1]
            self.doubt(where, phrase("markNeverClosed", sign=signs, first=signs[0]))
            self.reopen()
        self.flush()
        return tuple(self.out)

    def flush(self) -> None:
        """Make one text of the words read so far."""
        if self.words:
            words = BREAKS.sub(" ", "".join(self.words))
            self.words.clear()
            if self.out and isinstance(self.out[-1], Text):
                words = self.out.pop().text + words  # type: ignore[union-attr]
            self.out.append(Text(words))

    def reopen(self) -> None:
        """Take back the innermost mark, which turned out to be none: its signs are only signs."""
        self.flush()
        signs, _, before = self.stack.pop()
        inside, self.out = self.out, before
        self.words.append(signs)
        if inside and isinstance(inside[0], Text):
            self.words.append(inside.pop(0).text)  # type: ignore[union-attr]
        self.flush()
        self.out.extend(inside)

    def sign(self, pos: int) -> int:
        """The character at ``pos`` as itself."""
        self.words.append(self.text[pos])
        return pos + 1

    # --- one reader for each character; each returns where to go on

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
            phrase("codeInText"),
        )
        return self.sign(pos)

    def less_than(self, pos: int, end: int) -> int:
        if _HTML.match(self.text, pos):
            self.find(pos, "raw-html", phrase("htmlInText"))
        return self.sign(pos)

    def ampersand(self, pos: int, end: int) -> int:
        entity = _ENTITY.match(self.text, pos)
        if entity:
            self.find(
                pos,
                "not-agreement-text",
                phrase("entityInText", entity=entity[0]),
            )
        return self.sign(pos)

    def exclamation(self, pos: int, end: int) -> int:
        if self.text.startswith("[", pos + 1):
            self.find(
                pos,
                "not-agreement-text",
                phrase("pictureInText"),
            )
            if not self.text.startswith("[[", pos + 1):
                self.words.append("![")
                return pos + 2
        return self.sign(pos)

    def tilde(self, pos: int, end: int) -> int:
        if self.text.startswith("~", pos + 1):
            self.find(pos, "stray-sign", phrase("twoTildes"))
            self.words.append("~~")
            return pos + 2
        return self.sign(pos)

    def doubt(self, pos: int, message: str) -> None:
        """Say what is wrong with a mark, once a line: a sign in the wrong place upsets the next one."""
        offset = self.offset(pos)
        if offset not in self.doubted:
            self.doubted.add(offset)
            self.find(pos, "stray-sign", message)

    def delimiter(self, pos: int, end: int) -> int:
        """Signs that may open or close a mark."""
        sign = self.text[pos]
        run = _RUNS[sign].match(self.text, pos, end)
        assert run
        signs, known = run[0], DELIMITERS[sign]
        opens, closes, doubtful = self.flanks(pos, run.end())
        if len(signs) > len(known[-1]):
            self.doubt(pos, phrase("tooManyMarks", known=", ".join(known), first=sign))
            self.words.append(signs)
        elif signs not in _MARKS:
            self.words.append(signs)
        elif doubtful:
            self.doubt(pos, phrase("doubtfulMark", first=sign))
            self.words.append(signs)
        elif closes and self.stack and self.stack[-1][0] == signs:
            self.flush()
            node = _MARKS[signs](tuple(self.out))
            self.out = self.stack.pop()[2]
            self.out.append(node)
        elif opens and all(signs != other for other, _, _ in self.stack):
            self.flush()
            self.stack.append((signs, pos, self.out))
            self.out = []
        else:
            self.doubt(pos, phrase("strayMark", first=sign))
            self.words.append(signs)
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
                phrase("underscores"),
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
                phrase("blankNeverEnds"),
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
                phrase("linkDefinition"),
            )
        elif following and following in "([":
            return self.link(pos, closing, end)
        return self.sign(pos)

    def closing(self, pos: int) -> int | None:
        """The place at which the bracket that is opened at ``pos`` is closed."""
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
                phrase("linkWithoutAddress"),
            )
            likely = _LIKELY_ADDRESS.match(text, closing + 1, end)
            if likely and not self.in_link:
                self.words.append(text[pos : likely.end()])
                return likely.end()
            return self.sign(pos)
        if self.in_link:
            self.find(pos, "broken-link", phrase("linkInsideLink"))
            return self.sign(pos)
        self.check_address(pos, address[1])
        self.flush()
        outside, self.out, self.stack, self.in_link = (self.out, self.stack), [], [], True
        children = self.run(pos + 1, closing)
        (self.out, self.stack), self.in_link = outside, False
        if not "".join(plain(children)).strip():
            self.find(pos, "broken-link", phrase("linkWithoutText"))
        self.out.append(Link(children, address[1]))
        return address.end()

    def blank(self, match: re.Match[str]) -> int:
        pos, end = match.span()
        name = " ".join(match[1].split())
        line = self.reader.first + self.at + self.offset(pos)
        if self.in_link:
            self.find(pos, "broken-link", phrase("blankInsideLink"))
        elif self.text.startswith("(", end):
            self.find(
                pos,
                "broken-blank",
                phrase("bracketAfterBlank"),
            )
        if name.startswith("#"):
            clause = name[1:].strip()
            if not _CLAUSE_ID.fullmatch(match[1][1:]):
                self.find(
                    pos,
                    "broken-blank",
                    phrase("referenceToNothing"),
                )
            node: Inline = Reference(clause, line)
        else:
            if not name:
                self.find(pos, "broken-blank", phrase("blankWithoutName"))
            elif _NOT_A_NAME.search(name):
                self.find(
                    pos,
                    "broken-blank",
                    phrase("blankNameNotPlain"),
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
                    phrase("oddSignInAddress", address=address),
                )
        elif not _SITE_PAGE.fullmatch(address):
            self.find(
                pos,
                "bad-address",
                phrase("oddAddress", address=address),
            )


_READERS: dict[str, Callable[[Words, int, int], int]] = {
    "\\": Words.backslash,
    "`": Words.backtick,
    "_": Words.underscores,
    "[": Words.bracket,
    "<": Words.less_than,
    "&": Words.ampersand,
    "!": Words.exclamation,
    "~": Words.tilde,
    **dict.fromkeys(DELIMITERS, Words.delimiter),
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
