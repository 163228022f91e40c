"""A case folder with links, pipes and strange names: nothing outside it is read or written, nothing waits."""

from __future__ import annotations

import os
import shutil

import fuzz_readers as readers
import pytest
from click.testing import CliRunner

import routes
from maps.cli import main as cli
from routes.errors import CaseFaultsError, ExchangeError
from routes.formats import import_case
from routes.reading import check_case
from routes.starter import write_starter

OTHER = "what stands in another folder"


@pytest.fixture
def case(tmp_path):
    """Return a sound case with a drawn line, beside a file that is none of its own."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text(OTHER)
    (tmp_path / "outside" / "secret.geojson").write_text(OTHER)
    folder = write_starter(tmp_path / "case")
    (folder / "geometry").mkdir(exist_ok=True)
    (folder / "geometry" / "railway.geojson").write_bytes(readers.LINES)
    return folder


def messages(folder):
    found = check_case(folder)
    for finding in found:
        readers.check_finding(finding)
    return "\n".join(map(str, found))


@pytest.mark.parametrize("name", ["case.toml", "places.csv", "sources.json", "geometry/railway.geojson"])
@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("/etc/passwd", "points outside the case folder"),
        ("../outside/secret.csv", "points outside the case folder|is missing"),
        ("../../outside/secret.csv", "points outside the case folder|is missing"),
        ("/dev/zero", "points outside the case folder"),
        ("/proc/self/environ", "points outside the case folder"),
        (".", "is not a file|points outside"),
        ("nowhere", "is missing"),
    ],
)
def test_a_link_does_not_lead_out_of_the_folder(case, name, target, word):
    (case / name).unlink()
    (case / name).symlink_to(target)
    said = messages(case)
    assert any(one in said for one in word.split("|")), said
    assert OTHER not in said
    assert "root:" not in said
    with pytest.raises(CaseFaultsError):
        routes.read_case(case)


def test_the_names_in_a_folder_elsewhere_are_not_listed(case):
    shutil.rmtree(case / "geometry")
    (case / "geometry").symlink_to("../outside")
    said = messages(case)
    assert "geometry: points outside the case folder" in said
    assert "secret" not in said


@pytest.mark.parametrize("name", ["events.csv", "geometry"])
def test_links_that_lead_back_to_themselves_end(case, name):
    shutil.rmtree(case / name) if (case / name).is_dir() else (case / name).unlink()
    (case / name).symlink_to(name)
    assert name in messages(case)


def test_a_link_to_a_file_of_the_same_folder_is_read(case):
    (case / "places.csv").rename(case / "all-places.csv")
    (case / "places.csv").symlink_to("all-places.csv")
    assert "fault" not in messages(case)


@pytest.mark.parametrize("name", ["case.toml", "legs.csv", "geometry/railway.geojson"])
def test_a_pipe_in_a_folder_is_not_waited_for(case, name):
    (case / name).unlink()
    os.mkfifo(case / name)
    assert f"fault {name}: is not a file" in messages(case)


@pytest.mark.parametrize("suffix", ["geojson", "kml", "gpx", "csv", "xlsx", "gpkg"])
def test_a_pipe_to_import_is_not_waited_for(tmp_path, suffix):
    os.mkfifo(tmp_path / f"x.{suffix}")
    with pytest.raises((ExchangeError, routes.errors.CaseNotFoundError)):
        import_case(tmp_path / f"x.{suffix}")


def test_a_pipe_to_embed_or_of_ports_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "map.html")
    shown = CliRunner().invoke(cli.main, ["embed", str(tmp_path / "map.html")])
    assert shown.exit_code == 2, shown.output
    assert "is no file but a pipe" in shown.output


@pytest.mark.parametrize(
    "name", ["\x1b[2J.geojson", "a\nfault places.csv: x; y.geojson", "\u202egnp.geojson", b"\xff\xfe.geojson"]
)
def test_the_name_of_a_file_cannot_disguise_a_message(case, name):
    path = os.path.join(os.fsencode(case / "geometry"), os.fsencode(name))  # noqa: PTH118 - names that are no text
    with open(path, "wb") as file:  # noqa: PTH123 - as above
        file.write(b"{")
    said = messages(case)
    assert "a name that cannot be shown" in said


def test_two_names_that_differ_by_case_are_two_files(case):
    (case / "geometry" / "Railway.geojson").write_bytes(b"{")
    assert "fault geometry/Railway.geojson: is not JSON" in messages(case)


def test_a_case_is_not_written_through_a_link(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text(OTHER)
    target = write_starter(tmp_path / "target")
    (target / "places.csv").unlink()
    (target / "places.csv").symlink_to("../outside/secret.csv")
    routes.read_case(write_starter(tmp_path / "whole")).write(target)
    assert (tmp_path / "outside" / "secret.csv").read_text() == OTHER


def test_a_geometry_folder_elsewhere_is_not_written_to(tmp_path):
    (tmp_path / "outside").mkdir()
    target = write_starter(tmp_path / "target")
    shutil.rmtree(target / "geometry", ignore_errors=True)
    (target / "geometry").symlink_to("../outside")
    with pytest.raises(FileExistsError, match="is not a folder of the case"):
        routes.read_case(write_starter(tmp_path / "whole")).write(target)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("name", ["WAYBILL_MAX_FILE_MIB", "WAYBILL_MAX_ROWS"])
@pytest.mark.parametrize("value", ["0", "-1", "many", "1e3", "9" * 50, "٣"])
def test_a_limit_that_is_none_is_named(case, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    shown = CliRunner().invoke(cli.main, ["check", str(case)])
    assert shown.exit_code == 2, shown.output
    assert name in shown.output


def test_an_honest_large_case_is_read_once_its_limit_is_raised(case, monkeypatch):
    (case / "places.csv").write_text((case / "places.csv").read_text() + "\n" * (2**20 + 1))
    monkeypatch.setenv("WAYBILL_MAX_FILE_MIB", "1")
    assert "WAYBILL_MAX_FILE_MIB" in messages(case)
    monkeypatch.setenv("WAYBILL_MAX_FILE_MIB", "2")
    monkeypatch.setenv("WAYBILL_MAX_ROWS", "2000000")
    assert "WAYBILL" not in messages(case)
