"""A day, as people write it in a file."""

from __future__ import annotations

import datetime
import re


def read_date(text: str) -> datetime.date | None:
    """The day that ``text`` states as year-month-day, between 1900 and 2199; ``None`` for anything else."""
    try:
        day = datetime.date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2199 else None
