"""A refusal: what somebody got wrong in a sentence, and the command that goes on from there."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import click

from ..text.problems import InvalidFiles, NoFont, UserError, did_you_mean, on_one_line
from .shared import command_line, echo, forget_output
from .terminal_colour import coloured, coloured_problem
from .terminal_width import fitted

# How many commands are shown where one of several goes on.
_MOST = 4


class Refusal(click.UsageError):
    """What is wrong, and below it each of the ``lines`` that go on."""

    def __init__(self, message: str, lines: Iterable[str]) -> None:
        super().__init__(on_one_line(message))
        self.lines = list(lines)

    def show(self, file: Any = None) -> None:
        click.echo(fitted(f"{coloured('Error:', 'wrong')} {self.message}", sys.stderr), err=True)
        echo_lines("To go on", self.lines)


def echo_lines(head: str, lines: Iterable[str]) -> None:
    click.echo(coloured(f"{head}:", "head"), err=True)
    for line in lines:
        echo(f"  {line}", error=True)


@contextmanager
def plainly(typed: Typed) -> Iterator[None]:
    """Say what somebody got wrong in a sentence, with the command that goes on, and without a traceback."""
    try:
        yield
    except NoFont as missing:
        echo(str(missing), error=True)
        _stop("Once that is put right", [typed.line])
    except UserError as wrong:
        raise Refusal(str(wrong), [typed.after(wrong)]) from None
    except InvalidFiles as broken:
        for problem in broken.problems:
            click.echo(coloured_problem(problem), err=True)
        if {one.name for one in broken.problems} == {"missing-folder"}:
            lines = [typed.put_right({"--root": "FOLDER"}, ""), command_line(["init", "FOLDER"])]
            _stop("Nothing was done. Name the toolkit's folder, or make one", lines)
        _stop("Nothing was done. Put right what is named above, then", [typed.line])
    except BrokenPipeError:
        raise
    except (OSError, UnicodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        about = os.fsdecode(error.filename) + ": " if isinstance(error, OSError) and error.filename else ""
        with suppress(OSError):
            echo(f"{about}this cannot be read or written: {said}.", error=True)
            echo_lines("Once that is put right", [typed.line])
        forget_output()
        raise click.exceptions.Exit(1) from None
    except Refusal:
        raise
    except click.UsageError as wrong:
        raise Refusal(typed.said(wrong), typed.after_usage(wrong)) from None


def _stop(head: str, lines: Iterable[str]) -> NoReturn:
    echo_lines(head, lines)
    raise click.exceptions.Exit(1) from None


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of a command as they were typed, and where the program is with them."""

    words: Sequence[str]
    context: click.Context

    @property
    def line(self) -> str:
        return command_line(self.words)

    @property
    def command(self) -> click.Command:
        known: dict[str, click.Command] = getattr(self.context.command, "commands", {})
        return known.get(self.context.invoked_subcommand or "", self.context.command)

    @property
    def options(self) -> dict[str, click.Parameter]:
        known = [*self.context.command.params, *self.command.params]
        return {option: one for one in known for option in (*one.opts, *one.secondary_opts)}

    # --- what a command refuses ---

    def after(self, wrong: UserError) -> str:
        """The command that goes on after ``wrong``."""
        if wrong.then:
            return str(self.context.obj.line(*wrong.then))
        if wrong.again:
            return self.line
        said = str(wrong)
        instead, option = wrong.instead, re.match(r"--[a-z-]+", said)
        if not instead and option and option[0] in self.options:
            instead = {option[0]: self.example(option[0])}
        return self.put_right(instead, said) if instead else self.help

    @property
    def help(self) -> str:
        name = self.command.name or ""
        before = self.words[: self.words.index(name) + 1] if name in self.words else ()
        return command_line([*before, "--help"])

    def example(self, option: str) -> str:
        one = self.options[option]
        return one.type.choices[0] if isinstance(one.type, click.Choice) else _sign(one, self.context)

    def put_right(self, instead: Mapping[str, str], said: str) -> str:
        """The line with others in place of the words that are wrong, and without those that have no other.

        ``said`` names the value that is meant of an option that stands there several times.
        """
        words = [part for one in self.words for part in (one.split("=", 1) if one.startswith("--") else [one])]
        for wrong, right in instead.items():
            words = self._option(words, wrong, right, said) if wrong in self.options else _word(words, wrong, right)
        return command_line(words)

    def _option(self, words: list[str], option: str, value: str, said: str) -> list[str]:
        size = 1 if getattr(self.options[option], "is_flag", False) else 2
        found = [at for at, word in enumerate(words) if word in self.options[option].opts]
        meant = [at for at in found if f'"{"".join(words[at + 1 : at + 2]).partition("=")[0]}"' in said] or found
        put = [option, value] if value else []
        for at in reversed(meant):
            words[at : at + size] = put if at == meant[0] else []
        if found:
            return words
        # What every command has stands before its name.
        return [*put, *words] if self.options[option] in self.context.command.params else [*words, *put]

    # --- what its declaration refuses ---

    def after_usage(self, wrong: click.UsageError) -> list[str]:
        """The commands that go on where an argument or an option is not as it was declared."""
        if isinstance(wrong, click.MissingParameter) and wrong.param and wrong.ctx:
            return self._completed(wrong.param, wrong.ctx)
        if isinstance(wrong, click.NoSuchOption):
            return [self.put_right({wrong.option_name: next(iter(wrong.possibilities or ()), "")}, "")]
        if isinstance(wrong, click.BadOptionUsage):
            return [command_line([*self.words, self.example(wrong.option_name)])]
        if isinstance(wrong, click.BadParameter) and isinstance(wrong.param, click.Option):
            option = max(wrong.param.opts, key=len)
            return [self.put_right({option: self.example(option)}, wrong.message)]
        return [self.help]

    def said(self, wrong: click.UsageError) -> str:
        """What is wrong, and where something is missing, what it may be, if that is much."""
        if isinstance(wrong, click.MissingParameter) and wrong.param and wrong.ctx:
            offered = _offered(wrong.param, wrong.ctx)
            if len(offered) > _MOST:
                return f"{wrong.format_message()} {did_you_mean('', offered)}"
        return wrong.format_message()

    def _completed(self, missing: click.Parameter, context: click.Context) -> list[str]:
        """The command with what it lacks: each of what the Tab key offers there, if that is little."""
        offered = _offered(missing, context)
        needed = [one for one in self.command.params if one.required and one.name not in context.params]
        values = offered if 0 < len(offered) <= _MOST else [_sign(missing, context)]
        rest = [word for one in needed if one is not missing for word in _given(one, _sign(one, context))]
        return [command_line([*self.words, *_given(missing, value), *rest]) for value in values]


def _offered(missing: click.Parameter, context: click.Context) -> list[str]:
    return [str(one.value) for one in missing.shell_complete(context, "")]


def _sign(one: click.Parameter, context: click.Context) -> str:
    """The word in capitals that stands for a value, without the signs that it may be left out or said again."""
    return one.make_metavar(context).strip("[].")


def _given(one: click.Parameter, value: str) -> list[str]:
    return [*(one.opts[:1] if isinstance(one, click.Option) else ()), value]


def _word(words: list[str], wrong: str, right: str) -> list[str]:
    """With ``right`` in place of the word ``wrong``, or of the part of a word that it is."""
    part = re.compile(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])")
    at = words.index(wrong) if wrong in words else next((n for n, one in enumerate(words) if part.search(one)), None)
    if at is None:
        return words
    put = part.sub(lambda _: right, words[at], count=1) if right else ""
    return [*words[:at], *filter(None, [put]), *words[at + 1 :]]
