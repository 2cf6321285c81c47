"""Earlier names of pieces: whoever still says one means the piece of today."""

from __future__ import annotations

from .pieces import Agreement, Toolkit


def followed(agreement: Agreement, toolkit: Toolkit) -> dict[str, str]:
    """The new ids of the clauses in ``agreement``, standing or left out, to which the library gave another."""
    here = [*(section.id for section in agreement.sections), *agreement.front.left_out]
    found: dict[str, str] = {}
    for old, identity in toolkit.former["clauses"].items():
        if old in here and identity not in here and identity not in found.values():
            found[old] = identity
    return found


def page_now(toolkit: Toolkit, address: str) -> str:
    """The address of today for one such as ``/clauses/press/#why``, which may hold an earlier name."""
    page, sign, part = address.partition("#")
    _, kind, name, *rest = [*page.split("/"), "", "", ""][: max(4, page.count("/") + 1)]
    if kind not in toolkit.former or not name or not page.startswith("/"):
        return address
    original, dot, language = name.partition(".")
    return "/".join(["", kind, toolkit.now_called(kind, original) + dot + language, *rest]) + sign + part


def file_now(toolkit: Toolkit, file: str) -> str:
    """The file of today for one such as ``agreements/clauses/press.md``; a menu leaves the folder away."""
    folder = "agreements/" * file.startswith("agreements/")
    stem = file.removeprefix(folder).removesuffix(".md")
    now = page_now(toolkit, f"/{stem}/").strip("/")
    return file if now == stem.strip("/") else f"{folder}{now}.md"


def called_now(old: str, now: str) -> tuple[str, str]:
    """The earlier and the present name of a piece, from two of its addresses or files."""
    names = (one.removeprefix("agreements/").strip("/").split("/")[1].removesuffix(".md") for one in (old, now))
    return next(names), next(names)
