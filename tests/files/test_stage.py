"""A folder takes its place whole: whatever stops the program, the old one stands there or the new one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from groundrules.files import stage
from groundrules.files.stage import Stage


def fill(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path):
    fill(tmp_path / "site", a="old", gone="old")
    return tmp_path / "site"


def build(place, listed=None, keep_others=False, **files):
    one = Stage(place, listed)
    fill(one.begin(), **files)
    if keep_others:
        one.keep_others()
    one.finish()


@pytest.fixture(params=["in one step", "in two steps", "file by file"])
def system(request, monkeypatch):
    """A computer that can swap two folders, one that can only move them, and one where the place is a mounted disk."""
    if request.param != "in one step":
        monkeypatch.setattr(stage, "_exchange", lambda one, other: False)
    if request.param == "file by file":
        monkeypatch.setattr(os, "rename", refuse)
    return request.param


def refuse(*_):
    raise OSError("busy")


def test_the_new_folder_takes_the_place_of_the_old(place, system):
    build(place, a="new", b="new")
    assert contents(place) == {"a": "new", "b": "new"}
    assert [one.name for one in place.parent.iterdir()] == ["site"]


def test_there_need_be_no_old_folder(tmp_path, system):
    build(tmp_path / "far" / "site", a="new")
    assert contents(tmp_path / "far" / "site") == {"a": "new"}


def test_a_build_that_is_given_up_changes_nothing(place):
    one = Stage(place)
    fill(one.begin(), a="half")
    one.give_up()
    assert contents(place) == {"a": "old", "gone": "old"}
    assert [one.name for one in place.parent.iterdir()] == ["site"]


def test_what_is_hidden_moves_on_unless_a_build_wrote_it(place, tmp_path):
    (place / ".git").mkdir()
    fill(place / ".git", HEAD="main")
    listed = tmp_path / "kept" / "list"
    build(place, listed, a="new", **{".well-known": "ours"})
    assert contents(place) == {"a": "new", ".git/HEAD": "main", ".well-known": "ours"}
    build(place, listed, a="newer")
    assert contents(place) == {"a": "newer", ".git/HEAD": "main"}


def test_on_request_what_others_put_there_stays_and_only_that(place, tmp_path):
    listed = tmp_path / "list"
    build(place, listed, a="new", b="new")
    fill(place / "other", tool="theirs")
    build(place, listed, keep_others=True, a="newer")
    assert contents(place) == {"a": "newer", "other/tool": "theirs"}


def test_without_a_list_only_folders_that_the_new_one_has_are_ours(place):
    fill(place / "other", tool="theirs")
    one = Stage(place)
    fill(one.begin() / "clauses", new="new")
    fill(place / "clauses", old="old")
    one.keep_others()
    one.finish()
    assert contents(place) == {"clauses/new": "new", "other/tool": "theirs", "a": "old", "gone": "old"}


def test_what_a_dead_program_left_is_swept_and_what_a_living_one_uses_is_not(place):
    fill(place.with_name(".site.1.new"), a="dead")
    living = Stage(place)
    living.fresh = place.with_name(".site.2.new")
    living.begin()
    build(place, a="new")
    assert sorted(one.name for one in place.parent.iterdir()) == [".site.2.new", "site"]
    living.give_up()


def test_a_swap_that_stopped_half_way_is_undone(place):
    os.rename(place, place.with_name(".site.1.old"))
    one = Stage(place)
    one.begin()
    one.give_up()
    assert contents(place) == {"a": "old", "gone": "old"}


def test_upon_a_folder_only_what_is_new_or_gone_changes(place):
    fill(place / "far", stays="old", written="old")
    untouched = (place / "a").stat().st_ino
    one = Stage(place)
    fresh = one.begin(upon={"a", "gone", "far/stays", "far/written"})
    assert contents(fresh) == {}
    fill(fresh / "far", written="new", added="new")
    one.gone |= {"gone", "far/written"}
    assert one.standing() == {"a", "far/stays", "far/written", "far/added"}
    assert contents(place)["far/written"] == "old"
    one.finish()
    assert contents(place) == {"a": "old", "far/stays": "old", "far/written": "new", "far/added": "new"}
    assert (place / "a").stat().st_ino == untouched
    assert [one.name for one in place.parent.iterdir()] == ["site"]


def test_upon_a_folder_a_file_may_become_a_folder_and_the_other_way_round(place):
    fill(place / "far", page="old")
    one = Stage(place)
    fill(one.begin(upon={"a", "gone", "far/page"}) / "a", page="new")
    fill(one.fresh, far="new")
    one.gone |= {"a", "far/page"}
    one.finish()
    assert contents(place) == {"a/page": "new", "far": "new", "gone": "old"}


def test_upon_a_folder_a_build_that_is_given_up_changes_nothing(place):
    one = Stage(place)
    fill(one.begin(upon={"a", "gone"}), a="half")
    one.gone.add("gone")
    one.give_up()
    assert contents(place) == {"a": "old", "gone": "old"}


def test_a_place_that_is_a_link_stays_one(place, tmp_path):
    (tmp_path / "link").symlink_to(place)
    build(tmp_path / "link", a="new")
    assert (tmp_path / "link").is_symlink()
    assert contents(place) == {"a": "new"}


def test_programs_that_begin_side_by_side_sweep_nothing_of_one_another(tmp_path):
    program = (
        "import sys; from pathlib import Path; from groundrules.files.stage import Stage\n"
        "for _ in range(400):\n"
        "    one = Stage(Path(sys.argv[1]) / 'site')\n"
        "    (one.begin() / 'a').write_text('words')\n"
        "    one.give_up()\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stderr=subprocess.PIPE) for _ in range(4)
    ]
    assert [one.communicate()[1] for one in started] == [b""] * 4
    assert list(tmp_path.iterdir()) == []
