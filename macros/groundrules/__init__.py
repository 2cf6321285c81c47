"""Ground Rules: a toolkit and static site generator for partnership agreements."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def define_env(env: Any) -> None:
    """What mkdocs-macros calls for a module listed under ``modules:``."""
    from .site.macros import define_env as offer_macros

    offer_macros(env)
