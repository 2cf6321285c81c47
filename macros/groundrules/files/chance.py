"""Chance: what is made at random, in one place, so that tests can hold it still."""

from __future__ import annotations

import secrets


def fresh_id() -> str:
    """An id that no other agreement has."""
    return secrets.token_hex(8)
