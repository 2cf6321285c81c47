"""A toolkit as a whole: what stands in its ``toolkit.yml``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Takes(_Front):
    """The names of all that a toolkit has from the library, by kind; ``data`` are data files as a whole."""

    clauses: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    checklists: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


class Said(_Front):
    """A badge at the top of a clause's page, and a sentence beside its sources."""

    badge: str
    words: str


class Founding(_Front):
    """The words about the sources that a toolkit grew out of, and about the others."""

    sources: str
    others: str
    from_them: Said = Field(alias="from them")
    added: Said


class About(_Front):
    """The toolkit as a whole.

    ``version`` is that of its words, for others who take some of them. A toolkit that speaks of the sources that it
    grew out of does so in the words of ``founding``. ``library`` is the version of the library
    from which it ``takes``. Of pieces that were copied from there,
    ``adopted`` names the version that each was copied from.
    """

    version: str = ""
    founding: Founding | None = None
    library: str = ""
    takes: Takes = Takes()
    adopted: dict[str, str] = {}

    @property
    def words_version(self) -> str:
        """The version of the words that an agreement is made from here."""
        return self.library or self.version
