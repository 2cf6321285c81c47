"""A part of all, as an option names it: 3/8 is the third of eight."""

from __future__ import annotations

import re
from typing import Any

import click

from ..text.problems import UserError


class PartOfAll(click.ParamType[tuple[int, int]]):
    name = "part"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "N/ALL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", str(value))
        number, of = map(int, found.groups()) if found else (0, 0)
        if not 1 <= number <= of:
            said = f'--part "{value}": write which part, and of how many, such as 1/8 to 8/8.'
            raise UserError(said, instead={"--part": "1/8"})
        return number, of
