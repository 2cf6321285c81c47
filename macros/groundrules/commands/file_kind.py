"""The kind of a file, as an option names it."""

from __future__ import annotations

from ..writers.named import kinds_named
from .shared import Choice


class FileKind(Choice):
    """A kind of file. The writers are loaded when somebody asks which there are, since that takes time."""

    def __init__(self, records: bool = False) -> None:
        self.case_sensitive = True
        self.records = records

    def near(self, word: str) -> str:
        from ..writers.kinds import writers

        also = (one.kind for one in writers().values() if word.lower().lstrip(".") in (one.kind, *one.also))
        kind = next((one for one in also if one in self.choices), "")
        return kind or super().near(word)

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        return kinds_named(self.records)
