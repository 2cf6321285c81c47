"""The command that begins a translation, and that notes what it was made from and who has read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..agreement.document.language import locale, usual
from ..files import disk
from ..files.edit import rewrite
from ..files.library import called, library
from ..files.load.folders import load
from ..model.front import MACHINE
from ..model.pieces import GuidancePage, Toolkit
from ..model.translations import Translated, parts, standing
from ..model.translations import translation as said_of
from ..text import frontmatter
from ..text.problems import Unknown, UserError
from . import signing
from .next_step import Step, echo_steps
from .shared import Place, echo, refuse_broken, shown

# What each language has of its own.
_OWN = ("also called", "formerly")


def translation(place: Place, name: str, language: str, by: str | None, checked_by: str | None, on: str | None) -> None:
    if not locale(language):
        raise UserError(f'"{language}" is not a language. Write it like "cy" or "fr".', instead={language: "cy"})
    if on and not checked_by:
        raise UserError("--on is the day of a reading. Say who has read it, with --checked-by.", instead={"--on": ""})
    toolkit, first, path = _found(place, name, language)
    language = path.name.split(".")[-2]
    there = _pieces(toolkit).get(f"{name}.{language}")
    if there is None:
        _begin(place, first, path, language, by or MACHINE)
    elif checked_by:
        before = said_of(there)
        maker = by or (before.by if before else MACHINE)
        day = signing.day_given(on).isoformat()
        _note(path, {"by": maker, "checked by": checked_by, "checked on": day, "of": parts(first)})
        echo(f"{shown(path)}: checked by {checked_by} on {day}.")
    elif by:
        _note(path, {"by": by, "of": parts(first)})
        echo(f"{shown(path)}: translated by {by} from the original of today. Nobody has checked it yet.")
    else:
        _say(place, there, toolkit, name, language)


def _found(place: Place, name: str, language: str) -> tuple[Toolkit, Translated, Path]:
    """The toolkit, the original that is called ``name``, and the path of its translation."""
    loaded = load(place.root, place.partnerships)
    pieces = _pieces(loaded.toolkit)
    known = [one for one in pieces if "." not in one]
    if name not in known:
        raise Unknown(f'There is no original "{name}".', name, known)
    # A file that has other capitals stays the one for its language.
    there = (one.removeprefix(f"{name}.") for one in pieces if one.startswith(f"{name}."))
    tag = next((one for one in there if one.lower() == language.lower()), usual(language))
    file = f"{_file(pieces[name]).removesuffix('.md')}.{tag}.md"
    refuse_broken(loaded.problems, {file})
    return loaded.toolkit, pieces[name], place.root / file


def _pieces(toolkit: Toolkit) -> dict[str, Translated]:
    """All that can be translated, and the translations, by names such as ``clauses/publicity`` and ``index``."""
    pieces = [one for one in toolkit.pieces if one.kind != "partnerships"]
    return {called(_file(one)): one for one in (*pieces, *toolkit.guidance)}


def _file(piece: Translated) -> str:
    return piece.file if isinstance(piece, GuidancePage) else piece.origin.file


def _begin(place: Place, first: Translated, path: Path, language: str, by: str) -> None:
    """Write the original's words into the translation's file, to be translated there."""
    own = place.root / _file(first)
    front, data, body = _parted(disk.read(own if own.is_file() else library() / _file(first)))
    data = {key: value for key, value in data.items() if key not in _OWN}
    if hasattr(getattr(first, "front", None), "language"):
        data["language"] = language
    data["translation"] = {"by": by, "of": parts(first)}
    path.parent.mkdir(parents=True, exist_ok=True)
    disk.create(path, f"---\n{rewrite(front, data)}---\n{body}")
    echo(f"{shown(path)} holds the words of the original. Translate them there.")
    echo("Names of blanks may be translated, and the four headings of a clause, all or none; ids stay.")
    echo_steps(place, [Step(("check",), "see that nothing is wrong, once you have translated it")])


def _note(path: Path, said: dict[str, Any]) -> None:
    text = disk.read(path)
    front, data, body = _parted(text)
    disk.write(path, f"---\n{rewrite(front, {**data, 'translation': said})}---\n{body}", text)


def _parted(text: str) -> tuple[str, dict[str, Any], str]:
    front, body, _ = frontmatter.split(text) or ("", text, 1)
    data = frontmatter.read(front)[0].data
    return front, dict(data) if isinstance(data, dict) else {}, body


def _say(place: Place, there: Translated, toolkit: Toolkit, name: str, language: str) -> None:
    stands = standing(there, toolkit)
    if stands is None:
        echo(f"{_file(there)} does not say what it was translated from.")
    else:
        by = "a machine" if stands.by == MACHINE else stands.by
        read = f"checked by {stands.checked_by} on {stands.checked_on}" if stands.checked_by else "not yet checked"
        echo(f"{_file(there)}: translated by {by}, {read}.")
        for said, names in (("changed", stands.changed), ("not translated", stands.missing), ("gone", stands.gone)):
            if names:
                echo(f"Parts of the original, {said}: {', '.join(names)}.")
    noted = ("translation", name, language)
    echo_steps(
        place,
        [
            Step((*noted, "--checked-by", "NAME"), "note that a speaker has read all of it beside the original"),
            Step((*noted, "--by", MACHINE), "note that it was translated anew"),
        ],
    )
