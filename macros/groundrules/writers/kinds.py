"""The kinds of file that an agreement can be written as: one for each module of this folder that has a ``WRITER``."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from ..model.pieces import Piece
from . import __path__ as folder
from .writer import Button, Writer


@cache
def writers() -> Mapping[str, Writer]:
    """The writers by kind, in the order in which commands offer them. All are loaded, but only when first asked for."""
    modules = [import_module(f"{__package__}.{one.name}") for one in pkgutil.iter_modules(folder)]
    found: list[Writer] = [module.WRITER for module in modules if hasattr(module, "WRITER")]
    return {one.kind: one for one in sorted(found, key=lambda one: (one.place, one.kind))}


def offered(piece: Piece) -> list[tuple[Button, Writer]]:
    """The buttons on the page of ``piece`` in their order, each with its writer, where that has what it needs."""
    found = [(button, one) for one in writers().values() if one.available and (button := one.button(piece))]
    return sorted(found, key=lambda offer: offer[0].place)
