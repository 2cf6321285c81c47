"""The entries of a toolkit's folders; links, and names that some computers cannot hold, are named."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from ...text.problems import Problem

# The id of a piece, a clause or a part.
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I)
_UNREADABLE_NAME = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


class Listing:
    """The folders of the toolkit in ``root``; whatever is wrong with what stands there is added to ``problems``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def problem(self, path: Path | os.DirEntry[str], name: str, message: str) -> None:
        self.problems.append(Problem(self.relative(Path(path)), 1, name, message))

    def unexpected(self, path: Path | os.DirEntry[str], message: str) -> None:
        self.problem(path, "unexpected-file", message)

    def unreadable(self, path: Path, error: OSError) -> None:
        why = f"This cannot be opened: {error.strerror}. Check who may read it, then try again."
        self.problem(path, "unreadable", why)

    def relative(self, path: Path) -> str:
        try:
            near = Path(os.path.relpath(path, self.root))
        except ValueError:  # Another drive of a Windows computer.
            near = path
        return near.as_posix().encode("utf-8", "replace").decode()

    def is_link(self, path: Path | os.DirEntry[str]) -> bool:
        if path.is_symlink():
            self.problem(path, "symlink", "This is a link to another place. Put the file or folder itself here.")
            return True
        return False

    def is_a(self, wanted: str, path: Path) -> bool:
        """Whether ``path`` is there, as a ``file`` or a ``folder``; links were named already."""
        if path.is_symlink() or not path.exists():
            return False
        found = "folder" if path.is_dir() else "file"
        if found != wanted:
            self.unexpected(path, f"This must be a {wanted}, and it is a {found}.")
        return found == wanted

    def entries(
        self, folder: Path, left_out: Callable[[os.DirEntry[str]], bool] = lambda entry: False
    ) -> list[os.DirEntry[str]]:
        """The entries of ``folder`` that can be used, by name."""
        try:
            with os.scandir(folder) as found:
                fit = (e for e in found if not e.name.startswith(".") and not left_out(e))
                entries = sorted(fit, key=lambda e: e.name)
        except OSError as error:
            self.unreadable(folder, error)
            return []
        lower: dict[str, str] = {}
        fine = []
        for entry in entries:
            same = unicodedata.normalize("NFC", entry.name).casefold()
            if self.is_link(entry):
                continue
            if wrong := _wrong_name(entry.name, lower.get(same)):
                self.problem(entry, "file-name", wrong)
            else:
                lower[same] = entry.name
                fine.append(entry)
        return fine

    def good_id(self, path: Path, stem: str) -> bool:
        identity, _, language = stem.partition(".")
        if not ID.fullmatch(identity):
            wrong = (
                f'"{stem}" is not an id. Use small letters a to z, digits and single hyphens, such as "lone-working".'
            )
        elif language and not _LANGUAGE.fullmatch(language):
            wrong = f'"{language}" is not a language. An id holds no dot, except before a language such as "cy".'
        else:
            return True
        self.problem(path, "file-name", wrong)
        return False


def _wrong_name(name: str, other: str | None) -> str:
    if _WINDOWS.fullmatch(name) or _UNREADABLE_NAME.search(name):
        return f'Windows cannot hold a file named "{name}". Rename it.'
    if not name.isprintable():
        return "This name holds a character nobody can see or read. Rename it."
    if other is not None:
        return f'Only capitals or accents tell this apart from "{other}". Rename one of them.'
    return ""
