"""Today, asked in one place, so that tests can hold it still."""

from __future__ import annotations

import datetime


def today() -> datetime.date:
    """The day on which the program runs, where this computer is."""
    return datetime.date.today()
