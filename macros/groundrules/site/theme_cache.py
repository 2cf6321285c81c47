"""A cache of a theme's compiled templates, and a list of its files without its thousands of icons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import jinja2.bccache


class ThemeCache(jinja2.BytecodeCache):
    """The compiled templates of themes, for as long as the process lasts.

    Jinja checks each against its source.
    """

    compiled: dict[str, tuple[str, Any]] = {}  # noqa: RUF012

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        checksum, code = self.compiled.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.compiled[bucket.key] = (bucket.checksum, bucket.code)

    def use_in(self, theme: Any) -> None:
        make = theme.get_env

        def get_env() -> jinja2.Environment:
            environment: jinja2.Environment = make()
            environment.bytecode_cache = self
            # One build sees one text of each template; each page asks for sixty.
            environment.auto_reload = False

            def list_templates(extensions: None = None, filter_func: Callable[[str], bool] = bool) -> list[str]:
                return [name for name in _names(theme.dirs) if filter_func(name)]

            environment.list_templates = list_templates  # type: ignore[assignment]
            return environment

        theme.get_env = get_env


def _names(folders: list[str]) -> list[str]:
    """The names of the files in a theme's folders, as Jinja lists them, but for those that begin with a dot.

    mkdocs leaves these out one by one; Material has 14,000 icons in such a folder.
    """

    def below(top: str) -> Iterator[str]:
        for folder, inner, files in os.walk(top):
            inner[:] = [name for name in inner if not name.startswith(".")]
            yield from (Path(folder, name).relative_to(top).as_posix() for name in files if not name.startswith("."))

    return sorted({name for folder in folders for name in below(folder)})
