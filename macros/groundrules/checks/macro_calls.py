"""The macros that guidance pages may call, and the check that runs each page to see whether it can be built.

A macro says where it is defined what its arguments may name. Whoever runs the checks imports that module first.
"""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jinja2
import jinja2.defaults
import jinja2.nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from ..model.pieces import GuidancePage, Toolkit
from ..model.remember import remember
from ..model.site import Setting, plugin
from ..text.frontmatter import truth
from ..text.problems import did_you_mean
from .plugins import others
from .registry import Found, Place, check
from .walk import known

Method = Callable[..., str]


@dataclass(frozen=True)
class Names:
    """What a macro's first argument may name: a ``thing`` such as a clause, by its id."""

    thing: str
    of: Callable[[Toolkit], Iterable[str]]
    # The kinds of piece that have these ids, which may be earlier ones.
    kinds: tuple[str, ...] = ()

    def current(self, toolkit: Toolkit, name: str) -> str:
        """What is called ``name``, by its name of today."""
        found = (toolkit.now_called(kind, name) for kind in self.kinds)
        return next((one for one in found if one != name), name)

    @property
    def hold_clauses(self) -> bool:
        """Whether a second argument names a clause in what the first one names."""
        return bool({"examples", "partnerships"} & {*self.kinds})


def ids(kind: str, thing: str) -> Names:
    """The ids of one kind of piece."""
    return Names(thing, lambda toolkit: known(toolkit, kind), (kind,))


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
    """A macro on a guidance page names something that does not exist, or cannot be read or worked out.
    The page is tried out here, so that no build stops at it half-way."""
    if toolkit.guidance and not MACROS:
        raise RuntimeError("No macro is known. Import groundrules.site.macros before the checks run.")
    trial = Trial(toolkit)
    for page in toolkit.guidance:
        if not trial.runs(page):
            continue
        found = sorted({*trial.odd_ids(page)} or {*_static(page, trial, toolkit)})
        for line, wrong in found or trial.run(page):
            yield Place(page.file, page.body_line + line - 1), wrong


def _static(page: GuidancePage, trial: Trial, toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    """What can be seen to be wrong without running the page, all of it; a run stops at the first."""
    try:
        calls = list(_calls(page, trial.environment))
    except jinja2.TemplateSyntaxError as error:
        yield error.lineno, _unreadable(error)
        return
    for name, call in calls:
        if name in MACROS:
            for wrong in _wrong_arguments(MACROS[name], call, toolkit):
                yield call.lineno, wrong
        elif name not in trial.known and not trial.has_own_macros:
            yield call.lineno, _no_macro(name)


def _calls(page: GuidancePage, environment: jinja2.Environment) -> Iterator[tuple[str, jinja2.nodes.Call]]:
    """What ``page`` calls by name, of what it does not define itself."""
    tree = environment.parse(page.body)
    free = find_undeclared_variables(tree) | environment.globals.keys()
    for call in tree.find_all(jinja2.nodes.Call):
        if isinstance(call.node, jinja2.nodes.Name) and call.node.name in free:
            yield call.node.name, call


def _unreadable(error: jinja2.TemplateSyntaxError) -> str:
    said = str(error.message).rstrip(".")
    return f'This macro cannot be read: {said}. Write it like {{{{ clause("review") }}}}. {_AS_TEXT}'


def _no_macro(name: str) -> str:
    near = get_close_matches(name, MACROS, 1, 0.7)
    return f'There is no macro "{name}". {did_you_mean(name, near) if near else _AS_TEXT}'


_AS_TEXT = "Braces that are no macro stand between {% raw %} and {% endraw %}."


def _wrong_arguments(macro: Macro, call: jinja2.nodes.Call, toolkit: Toolkit) -> Iterator[str]:
    if macro.names is None:
        return
    given: dict[str, Any] = dict(zip(macro.arguments, call.args, strict=False))
    given |= {argument.key: argument.value for argument in call.kwargs}
    first, second = (_text(given.get(argument)) for argument in (*macro.arguments, "")[:2])
    if macro.arguments[0] not in given and call.dyn_args is None and call.dyn_kwargs is None:
        yield f'"{macro.name}" needs a name, such as {{{{ {macro.name}("…") }}}}.'
    if first is not None:
        yield from _unknown(macro, macro.names, first, second, toolkit)


def _unknown(macro: Macro, names: Names, first: str, second: str | None, toolkit: Toolkit) -> Iterator[str]:
    known_ones = set(names.of(toolkit))
    first = names.current(toolkit, first)
    held = macro.parts(toolkit, first) if macro.parts else None
    if held is not None and second and names.hold_clauses:
        held, second = [toolkit.now_called("clauses", one) for one in held], toolkit.now_called("clauses", second)
    if first not in known_ones:
        yield f'There is no {names.thing} "{first}". {did_you_mean(first, known_ones)}'
    elif second and held is not None and second not in held:
        yield f'There is no "{second}" in "{first}". {did_you_mean(second, held)}'


def named_arguments(page: GuidancePage, toolkit: Toolkit) -> Iterator[tuple[int, str, str]]:
    """Each argument of a macro on ``page`` that names a piece: its line, a kind of piece that it may be of, and it."""
    try:
        calls = list(_calls(page, Trial(toolkit).environment)) if "{" in page.body else []
    except jinja2.TemplateSyntaxError:
        return
    for name, call in calls:
        names = MACROS[name].names if name in MACROS else None
        given = [_text(one) or "" for one in [*call.args, *(argument.value for argument in call.kwargs)]]
        line = page.body_line + call.lineno - 1
        yield from ((line, kind, one) for one in given[:1] for kind in (names.kinds if names else ()))
        yield from ((line, "clauses", one) for one in given[1:2] if names and names.hold_clauses)


def renamed_arguments(page: GuidancePage, toolkit: Toolkit) -> Iterator[tuple[int, str, str]]:
    """Each argument of a macro on ``page`` that is an earlier name: its line, that name, and the one of today."""
    for line, kind, name in named_arguments(page, toolkit):
        now = toolkit.now_called(kind, name)
        if now != name:
            yield line, name, now


def _text(node: jinja2.nodes.Expr | None) -> str | None:
    """The text that ``node`` is; only a run knows what a variable will hold."""
    return node.value if isinstance(node, jinja2.nodes.Const) and isinstance(node.value, str) else None


# --- running a page, to see whether it can be run ----------------------------------------------------------------

# What mkdocs-macros offers on every page, beside what a page's own front matter and the site's settings add.
_OFFERED = {
    *("config", "page", "extra", "environment", "plugin", "git", "macros", "filters", "filters_builtin"),
    *("navigation", "files", "context", "macros_info", "now", "fix_url"),
}
_FILTERS = ("pretty", "relative_url")
_SUMS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
_ID = re.compile(r"\{#\s*([\w:.-]+)\s*\}")


class Anything(jinja2.Undefined):
    """A value that nobody can know before the build: all can be asked of it, and it shows nothing."""

    def _itself(self, *_: Any, **__: Any) -> Anything:
        return self

    __getattr__ = __getitem__ = __call__ = _itself  # type: ignore[assignment]


for _operation in (*_SUMS, *(f"r{one}" for one in _SUMS), "pos", "neg"):
    setattr(Anything, f"__{_operation}__", Anything._itself)
for _operation in ("lt", "le", "gt", "ge"):
    setattr(Anything, f"__{_operation}__", lambda self, other: False)
for _operation in ("int", "float"):
    setattr(Anything, f"__{_operation}__", lambda self: 0)


class _Lenient(dict[str, Any]):
    """Filters or tests, of which the site's own macros may add any."""

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, Anything._itself)

    def __missing__(self, key: str) -> Any:
        return Anything._itself


class WrongMacro(Exception):
    """Raised in a run where a macro is given what it cannot show."""


class Trial:
    """Runs guidance pages to see whether they can be built: in a sandbox, and with macros that show nothing.

    What the site's own macros give is only known to the build; where a site has some, no name counts as unknown.
    """

    def __init__(self, toolkit: Toolkit) -> None:
        self.toolkit = toolkit
        self.settings = plugin(toolkit.site, "macros")
        own = self.settings or Setting()
        modules = [one.text.partition(":")[0] for one in own.at("modules").items]
        local = Path(toolkit.root, own.at("module_name").text or "main")
        self.has_own_macros = modules not in ([], ["groundrules"]) or local.is_dir() or Path(f"{local}.py").is_file()
        self.has_own_macros |= others(toolkit.site)
        markers = {key.removeprefix("j2_"): own.at(key).text for key in own.keys if key.endswith("_string")}
        lenient = self.has_own_macros or own.at("on_undefined").text in ("keep", "silent", "lax")
        self.environment = SandboxedEnvironment(
            loader=jinja2.FunctionLoader(self.source),
            undefined=Anything if lenient else jinja2.StrictUndefined,
            extensions=[one.text for one in own.at("j2_extensions").items],
            **{name: text for name, text in markers.items() if text},
        )
        self.known = {*MACROS, *_OFFERED, *toolkit.site.at("extra").keys, *self.environment.globals}
        self.environment.globals |= {name: Anything(name=name) for name in self.known - {*self.environment.globals}}
        self.environment.globals |= {name: self.stub(one) for name, one in MACROS.items()}
        self.environment.filters |= dict.fromkeys(_FILTERS, lambda value, *_: value)
        if self.has_own_macros:
            self.environment.filters = _Lenient(self.environment.filters)
            self.environment.tests = _Lenient(self.environment.tests)
        self.pages = {page.file.removeprefix("docs/"): page for page in toolkit.guidance}

    def runs(self, page: GuidancePage) -> bool:
        """Whether the site runs ``page`` at all."""
        said = truth(page.front.get("render_macros"))
        if said is False or (self.settings is None and self.toolkit.site.keys):
            return False
        return said is True or self.settings is None or self.settings.at("render_by_default").value is not False

    def odd_ids(self, page: GuidancePage) -> Iterator[tuple[int, str]]:
        """Each ``{#id}``, with its line: it would begin a comment, and swallow what follows."""
        if self.environment.comment_start_string != "{#":
            return
        try:
            for line, kind, text in self.environment.lex(page.body):
                wrong = _ID.match("{#" + text) if kind == "comment" else None
                if wrong:
                    yield line, _write_id(wrong[1])
        except jinja2.TemplateSyntaxError as error:
            lines = page.body.split("\n")
            for number in range(error.lineno, 0, -1):
                wrong = _ID.search(lines[number - 1])
                if wrong and "comment" in str(error.message):
                    yield number, _write_id(wrong[1])
                    return

    def run(self, page: GuidancePage) -> Iterator[tuple[int, str]]:
        """Run ``page``, and name what it stops at."""
        try:
            template = self.environment.get_template(page.file.removeprefix("docs/"))
            template.render({**dict.fromkeys(page.front, Anything()), **page.front})
        except jinja2.TemplateSyntaxError as error:
            yield error.lineno, _unreadable(error)
        except jinja2.TemplateNotFound as error:
            yield _line_of(error, page), f'There is no file "{error.message}" in docs/ to include.'
        except jinja2.UndefinedError as error:
            name = re.fullmatch(r"'(\w+)' is undefined", str(error.message))
            yield _line_of(error, page), _no_value(name[1], self.known) if name else _cannot_run(error)
        except WrongMacro as error:
            yield _line_of(error, page), str(error)
        except Exception as error:
            yield _line_of(error, page), _cannot_run(error)

    def shown(self, page: GuidancePage, values: dict[str, Any]) -> str:
        """The text of ``page`` with what ``values`` give; ``NameError`` where it asks for something else."""
        known = {*values, *page.front, *jinja2.defaults.DEFAULT_NAMESPACE}
        names = [*self.environment.parse(page.body).find_all(jinja2.nodes.Name)]
        made = {one.name for one in names if one.ctx != "load"}
        if strange := sorted({one.name for one in names} - made - known):
            raise NameError(strange[0])
        return self.environment.get_template(page.file.removeprefix("docs/")).render({**values, **page.front})

    def source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """The text of a page, or of a file that a page includes; of one that is no page, nothing is known."""
        own = (self.settings or Setting()).at("include_dir").text
        if name in self.pages and not own:
            return self.pages[name].body, name, lambda: True
        there = Path(self.toolkit.root, own or "docs", name).is_file()
        return ("", name, lambda: True) if there else None

    def stub(self, macro: Macro) -> Callable[..., str]:
        """What stands for ``macro`` in a run: it looks at what it is given, and shows nothing."""

        def show(*given: Any, **named: Any) -> str:
            try:
                bound = inspect.signature(macro.method).bind(None, *given, **named)
            except TypeError as error:
                raise WrongMacro(f'"{macro.name}" cannot be called like this: {error}.') from None
            first, second = [*list(bound.arguments.values())[1:], "", ""][:2]
            if macro.names and isinstance(first, str):
                for wrong in _unknown(macro, macro.names, first, second, self.toolkit):
                    raise WrongMacro(wrong)
            return ""

        return show


def _no_value(name: str, known_names: Iterable[str]) -> str:
    near = get_close_matches(name, known_names, 1, 0.7)
    return f'Nothing here is called "{name}". {did_you_mean(name, near) if near else _AS_TEXT}'


def _cannot_run(error: Exception) -> str:
    said = str(error).rstrip(".") or type(error).__name__
    return f"This cannot be worked out: {said}. {_AS_TEXT}"


def _write_id(name: str) -> str:
    return f'On a page with macros, "{{#" starts a comment. Write the id as "{{: #{name} }}".'


def _line_of(error: BaseException, page: GuidancePage) -> int:
    """The line of ``page`` at which ``error`` arose: Jinja tells Python the lines of its templates."""
    here = page.file.removeprefix("docs/")
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == here]
    return lines[-1] if lines else 1


@remember
def repeatable(page: GuidancePage) -> bool:
    """Whether ``page`` shows the same again as long as its text and what our macros show stay the same."""
    if "--8<--" in page.body:
        return False
    if truth(page.front.get("render_macros")) is False or "{" not in page.body:
        return True
    try:
        tree = jinja2.Environment().parse(page.body)
    except jinja2.TemplateSyntaxError:
        return False
    return not any(tree.find_all(_TAKE_MORE)) and find_undeclared_variables(tree) <= MACROS.keys()


_TAKE_MORE = (jinja2.nodes.Include, jinja2.nodes.Import, jinja2.nodes.FromImport, jinja2.nodes.Extends)
