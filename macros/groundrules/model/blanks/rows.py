"""A table, each of whose columns has a type of its own."""

from __future__ import annotations

from typing import Any

from ...text.tables import phrase
from . import BlankType


class RowsType(BlankType):
    name = "rows"
    structure = "table"
    alone = True
    lines = 3
    needs = "columns"

    def misfit(self, definition: Any, answer: Any) -> str | None:
        columns = definition.columns
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            names = [f'"{name}"' for name in columns]
            named = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
            return phrase("notRows", columns=named)
        for number, row in enumerate(answer, 1):
            for name, cell in row.items():
                if name not in columns:
                    return phrase("notAColumn", row=number, column=name, columns=", ".join(columns))
                if not isinstance(cell, str):
                    return phrase("cellNotOneLine", row=number, column=name)
                wrong = columns[name].misfit(cell) if cell.strip() else None
                if wrong:
                    return phrase("cellMisfit", row=number, column=name, message=wrong)
        return None


TYPE = RowsType()
