"""``groundrules schema``: what an editor is told of front matter is true of all that we ship, and marks a slip."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from groundrules.files.load.data import DATA_READERS
from groundrules.files.load.readers import PIECE_READERS
from groundrules.model.schemas import schemas
from groundrules.text.frontmatter import read, split
from support import REPOSITORY
from support.json_schema import as_an_editor_reads, slips
from support.small import FILES, SmallToolkit

SCHEMAS = {files: json.loads(text) for files, text in schemas().values()}
TEAM = "agreements/templates/team.md"
CLAUSE = "agreements/clauses/publicity.md"
EXAMPLE = "agreements/examples/two-teams.md"


def schema(small: SmallToolkit, folder: str = ".schemas") -> Result:
    return CliRunner().invoke(main, ["--root", str(small.root), "schema", folder])


def front_matter(text: str) -> str:
    parts = split(text)
    return parts[0] if parts else text


def test_every_kind_of_file_has_one():
    below = {files.removeprefix("agreements/").removesuffix("/*.md") for files in SCHEMAS}
    assert {one for one in below if "*" not in one} == {*PIECE_READERS, *DATA_READERS} - {"elements.csv"}


@pytest.mark.parametrize("files", SCHEMAS)
def test_all_that_we_ship_fits(files):
    found = sorted(REPOSITORY.glob(files))
    # A record is private, and no library ships one.
    assert found or files.endswith("/records/*.md")
    for path in found:
        text = front_matter(path.read_text("utf-8"))
        for data in (as_an_editor_reads(text), read(text)[0].data):
            assert [*slips(data, SCHEMAS[files])] == [], path


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CLAUSE, "reviewed: 2026", "reveiwed: 2026", ["required", "/reveiwed additionalProperties"]),
        (CLAUSE, "    example:", "    exmaple:", ["/blanks/order of names/exmaple additionalProperties"]),
        (CLAUSE, "reviewed: 2026-11-21", "reviewed: 21 November", ["/reviewed pattern"]),
        (CLAUSE, "owner: The editors", "owner:\n  - The editors", ["/owner type"]),
        (CLAUSE, "owner: The editors", "owner:", ["/owner type"]),
        (CLAUSE, "sources:\n  - ou", "sources: ou", ["/sources type"]),
        (CLAUSE, "    example:", "    type: dat\n    example:", ["/blanks/order of names/type enum"]),
        (TEAM, "    wording: every-partner\n", "", ["/clauses/0 required"]),
        (TEAM, "    wording: every-partner\n", "    wording: a\n    optional: maybe\n", ["/clauses/0/optional enum"]),
        (TEAM, "  - answer: order of names\n    message", "  - message", ["/needs/0 oneOf"]),
        (EXAMPLE, "    contact: Ann Lee", "    contract: Ann Lee", ["/parties/0/contract additionalProperties"]),
    ],
)
def test_a_slip_is_marked(file, old, new, said):
    assert old in FILES[file]
    data = as_an_editor_reads(front_matter(FILES[file].replace(old, new)))
    assert sorted(slips(data, SCHEMAS[str(Path(file).parent / "*.md")])) == sorted(said)


def test_values_without_quotes_are_text_here(small):
    small.replace(CLAUSE, "owner: The editors", "owner: 2026\nworks: true\nadvice:")
    assert small.problems() == []
    data = as_an_editor_reads(front_matter((small.root / CLAUSE).read_text("utf-8")))
    assert (data["owner"], data["works"], data["advice"]) == (2026, True, None)
    assert [*slips(data, SCHEMAS["agreements/clauses/*.md"])] == []


def test_every_kind_has_a_title_and_every_key_an_explanation():
    for one in models(SCHEMAS):
        assert one["title"]
        assert [key for key, value in one["properties"].items() if not value.get("description")] == []


def models(schema: Any) -> list[dict[str, Any]]:
    here = [schema] if isinstance(schema, dict) and isinstance(schema.get("properties"), dict) else []
    return here + [found for below in (schema.values() if isinstance(schema, dict) else ()) for found in models(below)]


def test_the_settings_for_an_editor_name_them_all():
    page = (REPOSITORY / "docs/project/own-toolkit.md").read_text("utf-8")
    settings = json.loads(page.split("```json\n")[1].split("```")[0])
    assert settings == {"yaml.schemas": {f".schemas/{name}": files for name, (files, _) in schemas().items()}}


def test_they_are_written_and_written_again(small):
    lines = schema(small).output.splitlines()
    assert any(one.endswith("clauses.json  for agreements/clauses/*.md") for one in lines)
    assert len(lines) == len(SCHEMAS) == len(list((small.root / ".schemas").iterdir()))
    small.replace(".schemas/clauses.json", "A clause", "Something older")
    assert schema(small).exit_code == 0
    assert "A clause" in (small.root / ".schemas/clauses.json").read_text("utf-8")


def test_what_is_somebody_elses_stays(small):
    small.write("ours/toolkit.json", "{}")
    done = schema(small, "ours")
    assert "toolkit.json is there, and is yours." in done.stderr
    assert [one.name for one in (small.root / "ours").iterdir()] == ["toolkit.json"]
