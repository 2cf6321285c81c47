"""A cache of what a theme costs most, kept from one build of ``mkdocs serve`` to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jinja2
import jinja2.bccache


class ThemeCache(jinja2.BytecodeCache):
    """Keeps what a theme costs most from one build to the next: its compiled templates and the list of its files.

    Jinja checks each compiled template against its source. The list is kept only for a theme without a
    custom folder, whose files nobody edits while the site is served.
    """

    def __init__(self) -> None:
        self.compiled: dict[str, tuple[str, Any]] = {}
        self.listed: list[str] | None = None

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
            if not theme.custom_dir:
                list_templates = environment.list_templates
                environment.list_templates = partial(self.list_once, list_templates)  # type: ignore[method-assign]
            return environment

        theme.get_env = get_env

    def list_once(self, list_templates: Callable[..., list[str]], *given: Any, **named: Any) -> list[str]:
        if self.listed is None:
            self.listed = list_templates(*given, **named)
        return self.listed
