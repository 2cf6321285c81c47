"""The fields of a PDF form: named, tagged, and with the question as what a screen reader says.

Typst has no fields yet. So the layout makes a link of each place for one, and here the link becomes the field: it
stands in the right place of the page, the tab order and the tags by then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..agreement.document.labels import labels
from ..agreement.document.nodes import Hole
from ..model.front import BlankDefinition, Column
from ..text.markup.nodes import blank_key
from .by_hand import question
from .printed import holdable

if TYPE_CHECKING:
    from pikepdf import Object, Pdf, Stream

PLACE = "field:"
"""What the address of a link begins with that is to become a field; what people link to never does."""
_PARTS = ("day", "month", "year")
_MULTILINE, _RADIO, _IN_UNISON = 1 << 12, 1 << 15, 1 << 25
# Letters fill the height of their field, and become smaller until all of them fit.
_LOOK = "/Arimo 0 Tf 0 g"
_TICK = b"q 1.2 w 0.12 0.31 0.37 RG 2 5 m 4 2.5 l 8 8 l S Q"
_BOX = [0, 0, 10, 10]


@dataclass(slots=True)
class _Field:
    """One answer: its name, what it asks, the ``choices`` of boxes to tick, and its places in the file."""

    name: str
    says: str
    lines: bool = True
    choices: tuple[str, ...] = ()
    places: list[Object] = field(default_factory=list)

    def whole(self, file: Pdf) -> Object:
        """The field itself, with its one place in it, or above its several places."""
        from pikepdf import Array, Dictionary, Name, String

        said: dict[str, Any] = {"/T": String(self.name), "/TU": String(self.says)}
        if self.choices:
            said |= {"/FT": Name.Btn, "/Ff": _RADIO | _IN_UNISON, "/Opt": Array(map(String, self.choices))}
        else:
            said |= {"/FT": Name.Tx, "/DA": String(_LOOK), "/Ff": _MULTILINE if self.lines else 0}
        if len(self.places) == 1 and not self.choices:
            self.places[0].update(said)
            return self.places[0]
        made = file.make_indirect(Dictionary(said | {"/Kids": Array(self.places)}))
        for place in self.places:
            place.Parent = made
        return made


class Fields:
    """The fields that a layout has places for; one that is asked for again is the same field."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.known: dict[str, _Field] = {}
        self.targets: list[tuple[_Field, int]] = []

    def _place(self, found: _Field, choice: int = 0) -> str:
        kept = self.known.setdefault(found.name, found)
        self.targets.append((kept, choice))
        return f"{PLACE}{len(self.targets) - 1}"

    def text(self, name: str, definition: BlankDefinition) -> str:
        return self._place(_Field(_name(name), question(definition, self.language)))

    def rules(self, hole: Hole, count: int) -> list[str]:
        """The places for an answer on ``count`` rules: one field, or one for each part of a day."""
        if count == 1:
            return [self.text(hole.name, hole.definition)]
        words = labels(self.language)
        return [
            self._place(_Field(f"{_name(hole.name)} {part}", f"{hole.definition.ask} {words[part]}", lines=False))
            for part in _PARTS[:count]
        ]

    def cell(self, key: str, says: str, definition: Column | None = None) -> str:
        if definition and definition.choices:
            says += f" ({', '.join(definition.choices)})"
        return self._place(_Field(_name(key), says))

    def choice(self, name: str, definition: BlankDefinition, choices: tuple[str, ...]) -> list[str]:
        says = question(definition, self.language)
        return [self._place(_Field(_name(name), says, choices=choices), at) for at in range(len(choices))]

    def put_into(self, made: bytes) -> bytes:
        """The PDF ``made`` with the fields in their places; the same bytes each time."""
        if not self.targets:
            return made
        # Here, since nothing but a form needs it.
        import pikepdf

        with pikepdf.open(BytesIO(made)) as file:
            self._take_places(file)
            file.Root.AcroForm = file.make_indirect(
                pikepdf.Dictionary(
                    Fields=pikepdf.Array([one.whole(file) for one in self.known.values() if one.places]),
                    DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Arimo=_font(file))),
                    DA=pikepdf.String(_LOOK),
                )
            )
            stream = BytesIO()
            file.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return stream.getvalue()

    def _take_places(self, file: Pdf) -> None:
        from pikepdf import Dictionary, Name, String

        tags = dict(_numbered(file.Root.StructTreeRoot.ParentTree))
        ticks = _ticks(file)
        for page in file.pages:
            for place in page.obj.get("/Annots", ()):
                address = str(place.get("/A", Dictionary()).get("/URI", ""))
                if not address.startswith(PLACE):
                    continue
                found, choice = self.targets[int(address.removeprefix(PLACE))]
                for key in ("/A", "/Border", "/Contents"):
                    del place[key]
                place.Subtype = Name.Widget
                place.P = page.obj
                says = found.says
                if found.choices:
                    says += f" {found.choices[choice]}"
                    place.AS = Name.Off
                    place.AP = Dictionary(N=Dictionary({f"/{choice}": ticks[True], "/Off": ticks[False]}))
                place.TU = String(says)
                tag = tags[int(place.StructParent)]
                tag.S = Name.Form
                tag.Alt = String(says)
                found.places.append(place)


def _numbered(tree: Object) -> Iterator[tuple[int, Object]]:
    """The entries of a number tree."""
    held = list(tree.get("/Nums", ()))
    yield from ((int(number), entry) for number, entry in zip(held[::2], held[1::2], strict=True))
    for below in tree.get("/Kids", ()):
        yield from _numbered(below)


def _font(file: Pdf) -> Object:
    """The font of letters that are typed, whole, so that programs can write with it."""
    from pikepdf import Array, Dictionary, Name

    folder = resources.files(__package__)
    said = json.loads((folder / "form_font.json").read_text())
    differences: list[Any] = []
    for code, name in said["names"].items():
        differences += [int(code), Name(f"/{name}")]
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.Arimo,
        Flags=32,
        FontBBox=[-203, -212, 1000, 878],
        ItalicAngle=0,
        Ascent=905,
        Descent=-212,
        CapHeight=688,
        StemV=80,
        FontFile2=file.make_stream((folder / "form_font.ttf").read_bytes()),
    )
    return file.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name.Arimo,
            FirstChar=0,
            LastChar=255,
            Widths=said["widths"],
            FontDescriptor=file.make_indirect(described),
            Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences)),
        )
    )


def _ticks(file: Pdf) -> dict[bool, Stream]:
    """How a box to tick looks inside, ticked and not: the box itself is on the page."""
    from pikepdf import Dictionary, Name

    looks = {ticked: file.make_stream(_TICK if ticked else b"") for ticked in (True, False)}
    for look in looks.values():
        look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=_BOX, Resources=Dictionary()))
    return looks


def _name(key: str) -> str:
    """A field's name: a full stop in one would make two of it."""
    return holdable(blank_key(key)).replace(".", "\u2024")
