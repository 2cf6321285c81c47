"""A table, each of whose columns has a type of its own."""

from __future__ import annotations

from typing import Any

from . import BlankType


class RowsType(BlankType):
    name = "rows"
    structure = "table"
    alone = True
    needs = "columns"

    def misfit(self, definition: Any, answer: Any) -> str | None:
        columns = definition.columns
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            names = [f'"{name}"' for name in columns]
            named = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
            return f"The answer is a list of rows, each with {named}."
        for number, row in enumerate(answer, 1):
            for name, cell in row.items():
                if name not in columns:
                    return f'Row {number} has "{name}", which is not a column. The columns are: {", ".join(columns)}.'
                if not isinstance(cell, str):
                    return f'Row {number}: "{name}" is one line of text.'
                wrong = columns[name].misfit(cell) if cell.strip() else None
                if wrong:
                    return f'Row {number}, "{name}": {wrong}'
        return None


TYPE = RowsType()
