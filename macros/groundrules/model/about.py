"""A toolkit as a whole: what stands in its ``toolkit.yml``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class About(BaseModel):
    """The toolkit as a whole; ``version`` is that of its words, for others who take some of them."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    version: str = ""
