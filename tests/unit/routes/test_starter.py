"""The case that `waybill init` writes: it works as it is, and nothing is overwritten or half written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from maps.cli import main as cli
from routes import read_case, starter
from routes.reading import check_case
from routes.starter import write_starter

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str):
    return CliRunner().invoke(cli.main, list(arguments))


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_case_has_no_faults_and_shows_what_a_case_can_say(tmp_path):
    folder = write_starter(tmp_path / "mine")
    assert [finding for finding in check_case(folder) if finding.is_fault] == []
    routes, _ = read_case(folder).status()
    assert dict(zip(routes["route"], routes["status"], strict=True)) == {
        "railway": "infrastructure",
        "declared": "evidenced",
        "claimed": "alleged",
    }
    assert list(routes.set_index("route").loc["claimed", "denied_by"]) == ["teapot-line"]


def test_the_case_says_in_every_file_that_people_see_that_it_is_invented(tmp_path):
    folder = write_starter(tmp_path / "mine")
    for name in ("case.toml", "events.csv", "parties.csv", "places.csv", "sources.json"):
        assert "nvented" in (folder / name).read_text(encoding="utf-8"), name


def test_a_new_folder_is_made_with_the_folders_above_it_and_nothing_else_is_left(tmp_path):
    folder = write_starter(tmp_path / "a" / "b")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert texts(folder) == texts(starter.FILES)
    assert folder.stat().st_mode & 0o777 == 0o777 & ~_umask()


def test_an_empty_folder_is_filled_and_remains_the_same_folder(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    before = folder.stat().st_ino
    write_starter(folder)
    assert folder.stat().st_ino == before
    assert texts(folder) == texts(starter.FILES)


@pytest.mark.parametrize("exists", [False, True])
def test_a_failure_leaves_nothing_behind(tmp_path, monkeypatch, exists):
    folder = tmp_path / "mine"
    if exists:
        folder.mkdir()
    written, sync = [], os.fsync

    def fail_at_the_third(descriptor):
        written.append(descriptor)
        if len(written) == 3:
            msg = "disk full"
            raise OSError(msg)
        return sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail_at_the_third)
    with pytest.raises(OSError, match="disk full"):
        write_starter(folder)
    assert list(tmp_path.rglob("*")) == ([folder] if exists else [])


def test_the_command_prints_the_folder_and_says_what_to_do_next(tmp_path):
    result = run("init", str(tmp_path / "mine"))
    assert result.exit_code == 0
    assert result.stdout.strip() == str(tmp_path / "mine")
    assert "waybill check" in result.stderr
    assert run("check", str(tmp_path / "mine")).exit_code == 0


def test_a_folder_with_something_in_it_is_refused_with_one_clear_line(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    result = run("init", str(tmp_path / "mine"))
    assert result.exit_code == 2
    assert "is not empty" in result.stderr.splitlines()[-1]
    assert texts(tmp_path / "mine") == {"notes.txt": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "mine").write_text("mine")
    assert run("init", str(tmp_path / "mine")).exit_code == 2
    assert (tmp_path / "mine").read_text() == "mine"


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
