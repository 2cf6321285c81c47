"""The macros that guidance pages may call, and the check of what pages call them with.

A macro says where it is defined what its arguments may name. Whoever runs the checks imports that module first.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import jinja2
import jinja2.nodes

from ..model.pieces import GuidancePage, Toolkit
from ..model.remember import remember
from ..text.problems import did_you_mean
from .registry import Found, Place, check
from .walk import known

Method = Callable[..., str]


@dataclass(frozen=True)
class Names:
    """What a macro's first argument may name: a ``thing`` such as a clause, by its id."""

    thing: str
    of: Callable[[Toolkit], Iterable[str]]


def ids(kind: str, thing: str) -> Names:
    """The ids of one kind of piece."""
    return Names(thing, lambda toolkit: known(toolkit, kind))


# The ids that a second argument may name in what the first one names; ``None`` where that could not be read.
Parts = Callable[[Toolkit, str], Iterable[str] | None]


@dataclass(frozen=True)
class Macro:
    """``arguments`` are what the method calls them: one that is one of ``names``, one that is a part of it."""

    name: str
    method: Method
    arguments: tuple[str, ...]
    names: Names | None
    parts: Parts | None


MACROS: dict[str, Macro] = {}


def macro(names: Names | None = None, parts: Parts | None = None) -> Callable[[Method], Method]:
    """Register a method as the macro of the same name, with what its first and its second argument may name.

    Raises ``TypeError`` if it has another number of arguments.
    """

    def register(method: Method) -> Method:
        _, *arguments = inspect.signature(method).parameters
        if len(arguments) != sum(one is not None for one in (names, parts)):
            raise TypeError(f"macro: say what each argument of {method.__name__} may name")
        MACROS[method.__name__] = Macro(method.__name__, method, tuple(arguments), names, parts)
        return method

    return register


@check("broken-macro")
def broken_macro(toolkit: Toolkit) -> Found:
    """A macro on a guidance page names something that does not exist, or cannot be read."""
    if toolkit.guidance and not MACROS:
        raise RuntimeError("No macro is known. Import groundrules.site.macros before the checks run.")
    naming = [one.name for one in MACROS.values() if one.names]
    for page in toolkit.guidance:
        try:
            calls = _calls(page)
        except jinja2.TemplateSyntaxError as error:
            wrong = f'This macro cannot be read: {error.message}. Write it like {{{{ clause("review") }}}}.'
            yield Place(page.file, page.body_line + error.lineno - 1), wrong
            continue
        for name, call in calls:
            here = Place(page.file, page.body_line + call.lineno - 1)
            if name in MACROS:
                for wrong in _wrong_arguments(MACROS[name], call, toolkit):
                    yield here, wrong
            elif get_close_matches(name, naming, 1, 0.75):
                yield here, f'There is no macro "{name}". {did_you_mean(name, naming)}'


@remember
def _calls(page: GuidancePage) -> tuple[tuple[str, jinja2.nodes.Call], ...]:
    """What ``page`` calls by name; raises ``TemplateSyntaxError`` where it cannot be read."""
    if page.front.get("render_macros") == "false" or "{" not in page.body:
        return ()
    environment = jinja2.Environment()
    calls = environment.parse(page.body).find_all(jinja2.nodes.Call)
    return tuple((call.node.name, call) for call in calls if isinstance(call.node, jinja2.nodes.Name))


def _wrong_arguments(macro: Macro, call: jinja2.nodes.Call, toolkit: Toolkit) -> Iterator[str]:
    if macro.names is None:
        return
    given: dict[str, Any] = dict(zip(macro.arguments, call.args, strict=False))
    given |= {argument.key: argument.value for argument in call.kwargs}
    first, second = (_text(given.get(argument)) for argument in (*macro.arguments, "")[:2])
    if macro.arguments[0] not in given:
        yield f'"{macro.name}" needs a name, such as {{{{ {macro.name}("…") }}}}.'
    if first is None:
        return
    names = set(macro.names.of(toolkit))
    held = macro.parts(toolkit, first) if macro.parts else None
    if first not in names:
        yield f'There is no {macro.names.thing} "{first}". {did_you_mean(first, names)}'
    elif second and held is not None and second not in held:
        yield f'There is no "{second}" in "{first}". {did_you_mean(second, held)}'


def _text(node: jinja2.nodes.Expr | None) -> str | None:
    """The text that ``node`` is; nobody can know yet what a variable will hold."""
    return node.value if isinstance(node, jinja2.nodes.Const) and isinstance(node.value, str) else None
