"""The words that the program adds to what people write, in the language of the reader.

``shared/labels/en.yml`` has them all, ``shared/messages.yml`` those that come with a reason why something is refused.
Other languages, and a toolkit's own ``agreements/labels/``, have what they have; the rest stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ...model.language import Language, OwnLabels, Words
from ...text import frontmatter
from ...text.tables import Phrase, table
from .label_shape import misfits
from .language import known_locale

# What a document says wherever it is written, in Python or in the browser.
IN_DOCUMENTS = (
    *("clause", "left out", "not shown", "between", "from", "to", "contact", "version", "fingerprint", "page of pages"),
    *("signed", "signed for", "name", "role", "organisation", "signature", "date", "day", "month", "year"),
    *("blank", "parties", "start", "end", "title", "askParties", "askStart", "askEnd", "askTitle", "for example"),
    *("ends", "next review", "agreed words", "quoted version", "quoted today"),
    *("told", "work together", "told more", "told whom", "told form"),
)


@dataclass(frozen=True, eq=False)
class Labels:
    """All words in one language; ``words`` has them by key."""

    language: str
    words: Mapping[str, Words]

    def __getitem__(self, key: str) -> str:
        words = self.words[key]
        assert isinstance(words, str)
        return words

    def pattern(self, key: str, count: int | None = None) -> str:
        """The words of ``key``, with their places in braces; where a number changes them, those for ``count``."""
        words = self.words[key]
        if isinstance(words, str):
            return words
        assert count is not None
        return words.get(known_locale(self.language).plural_form(count), words["other"])

    def say(self, key: str, /, **about: object) -> str:
        """The words of ``key``; ``about`` stands where it names it in braces."""
        count = about.get("count")
        return self.pattern(key, count if isinstance(count, int) else None).format(**about)

    def named(self, words: str) -> str:
        """What something is called that has its English ``words`` as its key; a name that we do not know stays."""
        return self[words] if words in self.words else words

    def told(self, words: str) -> str:
        """``words`` in this language, if they are a message of ``shared/messages.yml``."""
        return self.say(words.key, **words.about) if isinstance(words, Phrase) else words

    @property
    def in_documents(self) -> dict[str, str]:
        return {key: self[key] for key in IN_DOCUMENTS}


def labels(language: str) -> Labels:
    """The words in ``language``; a ``Language`` has a toolkit's own before those of the program."""
    spoken = language if isinstance(language, Language) else Language(language)
    return _labels(str(spoken), spoken.own)


def has_labels(language: Language) -> bool:
    """Whether there is a word in ``language``, or it is English."""
    own = language.own.words
    return language.is_english or any(program_labels(one) or one in own for one in language.line[1:])


@lru_cache(maxsize=64)
def _labels(tag: str, own: OwnLabels) -> Labels:
    words: dict[str, Words] = dict(table("messages"))
    for name in Language(tag).line:
        words |= {**program_labels(name), **_fitting(own.words.get(name, {}), name)}
    return Labels(tag, words)


def _fitting(own: Mapping[str, Words], name: str) -> dict[str, Words]:
    """Of a toolkit's ``own`` words those that can be said; a check names the others, and they go no further."""
    meant, known = english(), known_locale(name)
    return {key: words for key, words in own.items() if key in meant and not any(misfits(words, meant[key], known))}


def english() -> dict[str, Words]:
    """Every label and message in English, by key."""
    messages: dict[str, Words] = table("messages")
    return {**program_labels("en"), **messages}


@cache
def program_labels(name: str) -> dict[str, Words]:
    """The program's own words in a language, as far as it has them."""
    if not name.replace("-", "").isalnum():
        return {}
    file = resources.files("groundrules") / "shared" / "labels" / f"{name}.yml"
    words: dict[str, Words] = frontmatter.read(file.read_text("utf-8"))[0].data if file.is_file() else {}
    return words


def label_heads() -> dict[str, str]:
    """The remark below which each label stands in English: it says where readers meet it."""
    heads, head = {}, ""
    for file in ("labels/en.yml", "messages.yml"):
        for line in resources.files("groundrules").joinpath("shared", file).read_text("utf-8").splitlines():
            if line.startswith("#"):
                head = line.removeprefix("# ")
            elif line and not line.startswith(" "):
                heads[line.partition(":")[0]] = head
    return heads
