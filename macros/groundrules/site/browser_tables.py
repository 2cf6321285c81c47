"""Tables that the browser takes from Python, each of whose names is a small module of its own.

``import { MARKS } from "../shared/marks.js"`` in a script reads as if there were such a file. The joiner asks
for one name at a time, so a script holds only what it names.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from ..agreement.document.labels import Labels
from ..agreement.document.language import direction
from ..agreement.document.nodes import Document
from ..model.blanks import TYPES
from ..model.blanks.rhythm import spelt_out
from ..model.front import (
    AgreementFront,
    BlankDefinition,
    ExampleFront,
    Front,
    RecordFront,
    Translation,
    VersionFront,
)
from ..model.values import Day, Fingerprint, Number, Tag, Words, Yes
from ..text.markup.nodes import MARKS
from ..text.tables import limit, table
from ..writers.frame import Frame
from ..writers.html import TAGS
from ..writers.word_body import MARK_PROPERTIES, Body
from ..writers.word_parts import Xml, answers_frame
from .locales import locale_data
from .script_words import places, spoken

# They stand for the title and the language of a document, in the parts of a Word file that hold them.
_TITLE, _LANGUAGE = "\ue000", "\ue001"
_REFUSALS = re.compile(r'import \{([^}]*)\} from "[./]*shared/refusals\.js"')


def module(path: str, name: str, labels: Labels) -> str:
    """The text of the module that exports ``name`` of the table at ``path``; KeyError if there is none."""
    return _SPOKEN[path](name, labels) if path in _SPOKEN else _TABLES[path](name)


def _refusal(name: str, labels: Labels) -> str:
    """A message whose words come later; or ``REFUSALS``, the words of all such messages."""
    if name == "REFUSALS":
        return f"export const {name} = [{', '.join(_function(one, labels) for one in _refusals())}];\n"
    about = "about" if places(labels, name) else ""
    call = f"refusal({_refusals().index(name)}{about and f', {about}'})"
    return (
        f'import {{ refusal }} from "../core/refusals.js";\nexport const {name} = {about and f"({about}) => "}{call};\n'
    )


def _function(name: str, labels: Labels) -> str:
    """A function that says a message."""
    named = places(labels, name)
    return f"({{ {', '.join(named)} }}) => {spoken(labels, name, {one: one for one in named})}"


@cache
def _refusals() -> list[str]:
    """The messages that scripts take as refusals, and those of ``shared/line_starts.yml``."""
    scripts = (path.read_text("utf-8") for path in (Path(__file__).parent.parent / "browser/core").rglob("*.js"))
    imported = (name for text in scripts for names in _REFUSALS.findall(text) for name in re.findall(r"\w+", names))
    return sorted({*imported, *(one["message"] for one in table("line_starts"))} - {"REFUSALS"})


def _constant(name: str, value: Any) -> str:
    return f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n"


def _escaped(code: re.Match[str]) -> str:
    number = int(code[0], 16)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\u{{{number:x}}}"


def _letters(name: str) -> str:
    """Characters as they stand between the brackets of a pattern, and the tables beside them."""
    held = table("letters")[name.lower().replace("_", " ")]
    if name == "DIRECTIONS":
        pairs = [f'"\\u{one}": "\\u{end}"' for one, end in held.items()]
        return f"export const {name} = {{ {', '.join(pairs)} }};\n"
    if isinstance(held, str):
        held = re.sub("[0-9A-F]+", _escaped, held).replace(" ", "")
    return _constant(name, held)


def _limits(name: str) -> str:
    return _constant(name, limit(name.lower()))


def _line_starts(name: str) -> str:
    rows = [
        f"[{json.dumps(one['first'])}, /^{one['pattern']}/, {json.dumps(one['whole'] == 'yes')}, {one['message']}]"
        for one in table("line_starts")
    ]
    messages = sorted({one["message"] for one in table("line_starts")})
    return (
        f'import {{ {", ".join(messages)} }} from "./refusals.js";\n'
        f"export const {name} = {{}};\n"
        f"for (const [first, ...refused] of [{', '.join(rows)}])\n"
        f"  for (const one of first) ({name}[one] ||= []).push(refused);\n"
    )


def _shape(name: str) -> str:
    """What may stand in an agreement's file, whichever of its kinds it is: as the models of Python have it."""
    if name == "DEFAULTS":
        fields = {**AgreementFront.model_fields, **BlankDefinition.model_fields}
        return _constant(name, {key: fields[key].default for key in ("language", "status", "type")})
    kinds = (ExampleFront, RecordFront, VersionFront)
    made = _keyed(AgreementFront)
    keys = {key: shape for kind in kinds for key, shape in _keyed(kind)["keys"].items()}
    shape = {**made, "keys": made["keys"] | keys}
    return _constant(name, _written(shape) if name == "WRITTEN" else shape | {"known": list(made["keys"])})


def _written(shape: Any) -> Any:
    """What writing needs to know of a shape: which values stand without quotation marks, and which keys always."""
    match shape:
        case "day" | "yes" | "number":
            return "bare"
        case str() | {"of": _}:
            return "text"
        case [one]:
            return [_written(one)]
        case {"each": one}:
            return {"each": _written(one)}
    return shape | {"keys": {key: _written(one) for key, one in shape["keys"].items()}}


_SCALARS = {
    **{
        Words: "words",
        Day: "day",
        Yes: "yes",
        Number: "number",
        Fingerprint: "print",
        Any: "any",
        str: "text",
        Tag: "text",
    },
    # Nobody makes a translation in a browser.
    Translation: "any",
}


def _shape_of(hint: Any) -> Any:
    if hint in _SCALARS:
        return _SCALARS[hint]
    inside = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) is Literal:
        return {"of": inside}
    if get_origin(hint) is tuple:
        return [_shape_of(inside[0])]
    if get_origin(hint) is dict:
        return {"each": _shape_of(inside[1])}
    return _shape_of(inside[0]) if inside else _keyed(hint)


def _keyed(model: type[Front]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    fields = {one.alias or name: (name, one.is_required()) for name, one in model.model_fields.items()}
    return {
        "keys": {key: _shape_of(hints[name]) for key, (name, _) in fields.items()},
        "needs": [key for key, (_, needed) in fields.items() if needed],
    }


# How the twins of what a type of blank does are called in its file of ``core/blanks/``: ``dateMisfit``.
_TWINS = {
    "BLANK_TYPES": ("Type", {"written"}),
    "MISFITS": ("Misfit", {"misfit", "text_misfit"}),
    "OCCURRENCES": ("Occurrence", {"when"}),
    "REMARKS": ("Remark", {"remark"}),
}


def _blanks(name: str) -> str:
    """Each type of blank: what its class says of it, and the twins of its own methods; or the room that it has."""
    if name == "ROOMS":
        rooms = {one.name: {"room": one.room, "lines": one.lines, "parts": one.parts} for one in TYPES.values()}
        return _constant(name, rooms)
    kind, methods = _TWINS[name]
    imports, types = [], []
    for one in TYPES.values():
        facts = {"structure": one.structure, "needs": one.needs, "dated": one.dated, "isDay": one.is_day}
        said = [f"{key}: {json.dumps(value)}" for key, value in facts.items() if value and name == "BLANK_TYPES"]
        if methods & vars(type(one)).keys():
            file = type(one).__module__.rpartition(".")[2]
            first, *more = one.name.split()
            called = first + "".join(map(str.title, more)) + kind
            imports.append(f'import {{ {called} }} from "../core/blanks/{file}.js";\n')
            said.append(f"...{called}")
        types.append(f"{json.dumps(one.name)}: {{ {', '.join(said)} }}")
    return f"{''.join(imports)}export const {name} = {{ {', '.join(types)} }};\n"


def _marks(name: str) -> str:
    """What the classes of marks and the writers say of each, in the order in which a file names them."""
    marks = {
        mark.__name__.lower(): {
            "sign": mark.sign,
            "tag": TAGS[mark],
            "word": "".join(MARK_PROPERTIES[mark]),
        }
        for mark in MARKS
    }
    wanted = {"MARKS": ("sign", "tag"), "MARK_PROPERTIES": ("word",)}[name]
    return _constant(name, {kind: {key: one[key] for key in wanted} for kind, one in marks.items()})


def _rhythms(name: str) -> str:
    """What the rules of rhythms say, with their patterns spelt out and their numbers as numbers."""
    held = table("rhythms")
    ruled = {key: [one | {"pattern": spelt_out(one["pattern"])} for one in held[key]] for key in ("doubtful", "rules")}
    counted = {key: {word: int(number) for word, number in held[key].items()} for key in ("numbers", "nths")}
    units = {word: [int(one.split()[0]), one.split()[1]] for word, one in held["units"].items()}
    rows = {key: held[key].split() for key in ("months", "weekdays")}
    dates = [spelt_out(one) for one in held["dates"]]
    return _constant(name, {**ruled, **counted, **rows, "units": units, "dates": dates})


def _zones(name: str) -> str:
    return _constant(name, table("zones"))


def _locale(name: str, labels: Labels) -> str:
    """How the language of the page writes dates."""
    return _constant(name, locale_data(labels.language))


class _EmptyWord(Body):
    """A Word file before anything is written into it."""

    def content(self) -> Iterator[Xml]:
        return iter(())


def _word(name: str) -> str:
    """The parts of an empty Word file, for each direction of a text; or what answers that stand twice need besides."""
    if name == "ANSWERS_FRAME":
        return _constant(name, answers_frame())
    return _constant(name, {direction(one): _empty_word(one) for one in ("en-Latn-GB", "ar-Arab-EG")})


def page_numbers(language: str) -> str:
    """The words around the page's number at the foot of a Word file in ``language``."""
    document = Document("", "partnerships", "", language, "draft", (), None, None, (), (), ())
    return _EmptyWord(Frame(document, form=False)).footer().partition("<w:tab/></w:r>")[2].rpartition("</w:p>")[0]


def _empty_word(language: str) -> dict[str, str]:
    document = Document("", "partnerships", _TITLE, language, "draft", (), None, None, (), (), ())
    with zipfile.ZipFile(BytesIO(_EmptyWord(Frame(document, form=False)).file())) as archive:
        return {one: archive.read(one).decode().replace(language, _LANGUAGE) for one in archive.namelist()}


_TABLES = {
    "shared/rhythms.js": _rhythms,
    "shared/word.js": _word,
    "shared/zones.js": _zones,
    "shared/marks.js": _marks,
    "shared/blanks.js": _blanks,
    "shared/shape.js": _shape,
    "shared/letters.js": _letters,
    "shared/confusables.js": lambda name: _constant(name, table(name.lower())),
    "shared/limits.js": _limits,
    "shared/line_starts.js": _line_starts,
}
_SPOKEN = {"shared/refusals.js": _refusal, "shared/locale.js": _locale}
