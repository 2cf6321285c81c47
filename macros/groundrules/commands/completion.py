"""The words that the Tab key offers. Whatever goes wrong, it offers none: a shell is no place for an error.

``GROUNDRULES_DEBUG=1`` lets the error show, for whoever looks for a mistake in here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, add_completion_class, split_arg_string

from ..files import names
from ..files.library import lent, offered
from .shared import Place, as_words, partnership_name

Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


class _Typed:
    """What somebody has typed so far: the place, and the arguments and options before the word that is asked for."""

    def __init__(self, context: click.Context) -> None:
        # Before an option that lacks its value, click leaves the arguments where they are.
        arguments = [one.name or "" for one in context.command.params if isinstance(one, click.Argument)]
        self.given = {**context.params, **dict(zip(arguments, context.args, strict=False))}
        before = context.find_root().params
        self.place = Place(
            Path(before.get("root") or "."), self.given.get("partnerships") or before.get("partnerships")
        )

    @property
    def folder(self) -> Path:
        """The folder of the partnership that was named."""
        return self.place.folder / partnership_name(self.given["name"])

    @property
    def agreement(self) -> Path:
        return self.folder / "agreement.md"

    @property
    def template(self) -> list[dict[str, str]]:
        """The clauses of the template that was named."""
        entries: list[dict[str, str]] = self.front("templates", self.given["template"]).get("clauses", [])
        return entries

    def front(self, kind: str, name: str) -> Any:
        return names.front(names.piece(self.place.root, kind, name))


def debugging() -> bool:
    return bool(os.environ.get("GROUNDRULES_DEBUG"))


def _offers(words: Callable[[_Typed], Iterable[str]]) -> Offer:
    def offer(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            return [CompletionItem(one) for one in words(_Typed(context)) if one.startswith(begun)]
        except Exception:
            if debugging():
                raise
            return []

    return offer


def files(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(begun, type="file")]


@_offers
def offered_templates(typed: _Typed) -> Iterable[str]:
    return offered("templates")


@_offers
def lendable(typed: _Typed) -> Iterable[str]:
    return (name for name, place in lent().items() if not (typed.place.root / place).exists())


@_offers
def partnerships(typed: _Typed) -> Iterable[str]:
    return names.agreements(typed.place.folder)


@_offers
def templates(typed: _Typed) -> Iterable[str]:
    return names.pieces(typed.place.root, "templates")


@_offers
def examples(typed: _Typed) -> Iterable[str]:
    return names.pieces(typed.place.root, "examples")


@_offers
def pieces(typed: _Typed) -> Iterable[str]:
    found = [one for kind in ("templates", "examples", "letters") for one in names.pieces(typed.place.root, kind)]
    return dict.fromkeys([*names.agreements(typed.place.folder), *found])


@_offers
def records(typed: _Typed) -> Iterable[str]:
    """The kinds, and the records that are there: those of the partnership, if one was named."""
    named = typed.given.get("name")
    folders = [typed.folder] if named else [typed.place.folder / one for one in names.agreements(typed.place.folder)]
    there = [name for folder in folders for name in names.stems(folder / "records")]
    return dict.fromkeys([*names.pieces(typed.place.root, "records"), *there])


@_offers
def clauses(typed: _Typed) -> Iterable[str]:
    """The clauses of the agreement, and those of its template that it does not have."""
    template = names.front(typed.agreement).get("template", "")
    listed = [one["id"] for one in typed.front("templates", template).get("clauses", [])]
    return dict.fromkeys([*names.parts(typed.agreement), *listed])


@_offers
def optional_clauses(typed: _Typed) -> Iterable[str]:
    return (one["id"] for one in typed.template if one.get("optional") in ("yes", "true"))


@_offers
def wordings(typed: _Typed) -> Iterable[str]:
    for one in typed.template:
        for wording in names.parts(names.piece(typed.place.root, "clauses", one["id"])):
            yield f"{one['id']}={wording}"


@_offers
def blanks(typed: _Typed) -> Iterable[str]:
    asked = (blank for one in typed.template for blank in typed.front("clauses", one["id"]).get("blanks", {}))
    return dict.fromkeys(f"{blank}=" for blank in ("title", "start", "end", *asked))


@_offers
def signatories(typed: _Typed) -> Iterable[str]:
    """What to write after ``--as`` for each partner; first for those who have not signed."""
    front = names.front(typed.agreement)
    signed = {one["party"] for one in front.get("signatures", [])}
    parties = sorted(front.get("parties", []), key=lambda one: one["name"] in signed)
    return (as_words(**party) for party in parties)


def _kept(typed: _Typed) -> list[str]:
    return sorted(names.stems(typed.folder / "versions"), key=int)


versions = _offers(_kept)
versions_and_now = _offers(lambda typed: [*_kept(typed), "now"])
targets = _offers(lambda typed: [*_kept(typed), "now", "docx"])
spans = _offers(lambda typed: ["30d", "2w", "3m", "1y"])


# --- bash -------------------------------------------------------------------------------------------


class _Bash(BashComplete):
    """Bash breaks words at "=" and ":", and puts what it is given into the line as it stands: it needs its quotes.

    They must come through the script that bash runs, and what ends in "=" goes on without a space.
    """

    source_template = BashComplete.source_template.replace("read type", "read -r type").replace(
        "COMPREPLY+=($value)", 'COMPREPLY+=("$value"); [[ $value == *= ]] && compopt -o nospace'
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        words: list[str] = []
        before = ""
        for word in os.environ["COMP_WORDS"].split("\n")[1 : int(os.environ["COMP_CWORD"]) + 1]:
            if word == "=" and words and words[-1].startswith("--"):
                # What follows is the option's value.
                words.append("")
            elif words and not words[-1].startswith("-") and (word in _BREAKS or before in _BREAKS):
                words[-1] += word
            else:
                words.append(word)
            before = word
        self.begun = words[-1] if words else ""
        self.kept_by_bash = len(self.begun) - len(before if before not in _BREAKS else "")
        *args, last = [plain(word) for word in words] or [""]
        return args, last

    def format_completion(self, item: CompletionItem) -> str:
        if item.type == "plain" and isinstance(item.value, str):
            quote = self.begun[:1]
            if quote == '"':
                item.value = quote + re.sub(r'(["$`\\])', r"\\\1", item.value)
            elif quote == "'":
                item.value = quote + item.value.replace("'", r"'\''")
            else:
                item.value = re.sub(r"([^\w@%+=:,./-])", r"\\\1", item.value)[self.kept_by_bash :]
        return super().format_completion(item)


_BREAKS = ("=", ":")


def plain(word: str) -> str:
    """A word of the line without its quotes, which may not be closed yet."""
    return "".join(split_arg_string(word))


add_completion_class(_Bash)


# --- fish -------------------------------------------------------------------------------------------


class _Fish(FishComplete):
    """Fish takes the kind of word that stands before the first comma. The word may have more of them."""

    source_template = FishComplete.source_template.replace("string split ", "string split --max 1 ")


add_completion_class(_Fish)
