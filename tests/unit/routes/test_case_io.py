"""Reading and writing a case folder: nothing is lost, nothing is half written."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from builders import case, raw_case
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

import routes
from routes import cells, schema
from routes.case import case_from_raw
from routes.contract import FrameContractError, validate
from routes.folder import find_case, read_folder
from routes.writing import csv_text

if TYPE_CHECKING:
    from pathlib import Path

BUILT_IN = find_case("dprk-russia")
FILES = sorted(path.relative_to(BUILT_IN) for path in BUILT_IN.rglob("*") if path.is_file())


def table_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(path: Path) -> object:
    if path.suffix == ".csv":
        return table_of(path)
    if path.suffix == ".toml":
        return tomllib.loads(path.read_text(encoding="utf-8"))
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=str)
def test_the_built_in_case_comes_back_as_it_was(file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("case") / "copy"
    routes.read_case("dprk-russia").write(folder)
    assert content(folder / file) == content(BUILT_IN / file)


def test_a_written_case_reads_as_the_same_frames(tmp_path):
    first = routes.read_case("dprk-russia")
    second = routes.read_case(first.write(tmp_path / "copy"))
    for name in ("layers", "route_table", "leg_table", "events", "claims", "parties", "measures", "sources"):
        assert getattr(first, name).equals(getattr(second, name)), name
    assert first.places.geom_equals(second.places).all()


def small_folder(path: Path) -> Path:
    case(
        places=[
            {"id": "a", "name": "A", "kind": "port", "lon": "130.295", "lat": "42.235", "my own": "kept, with a comma"}
        ],
        routes=[{"id": "r", "title": "R", "layer": "all", "kind": "movement"}],
    ).write(path)
    return path


def test_unknown_columns_are_kept_where_they_stood(tmp_path):
    folder = small_folder(tmp_path / "case")
    text = (folder / "places.csv").read_text(encoding="utf-8")
    (folder / "places.csv").write_text(
        text.replace("id,name", "id,field notes,name").replace("a,A", "a,seen,A"), encoding="utf-8"
    )

    read = case_from_raw(read_folder(folder))
    read.write(tmp_path / "copy")

    assert read.places.loc[0, "field notes"] == "seen"
    assert read.places.loc[0, "my own"] == "kept, with a comma"
    assert (tmp_path / "copy" / "places.csv").read_text(encoding="utf-8").startswith("id,field notes,name,")


HOSTILE = [
    "</script><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "=HYPERLINK(1)",
    'a"b,c\nd\re',
    "C:\\users",
    "\u202eright",
    " edge ",
    "ключ;값",
]


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1), max_size=4))
@pytest.mark.parametrize("hostile", HOSTILE)
def test_any_text_in_a_cell_comes_back_unchanged(hostile, texts):
    notes = [hostile, *texts]
    places = [
        {"id": f"p{n}", "name": note, "kind": "other", "lon": "1", "lat": "2", "note": note}
        for n, note in enumerate(notes)
    ]
    built = case(places=places)
    text = csv_text(built.places, schema.PLACES)
    faults: list = []
    again = routes.folder.parse_csv(text, "places.csv", faults)
    assert not faults
    assert [row["note"] for row in again.rows] == notes


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_numbers_come_back_as_they_were(number):
    assert cells.parse(schema.Column("n", "number"), cells.write(number)) == number


def test_a_cell_that_was_not_changed_keeps_its_letters(tmp_path):
    folder = small_folder(tmp_path / "case")
    text = (folder / "places.csv").read_text(encoding="utf-8").replace("130.295", "130.2950")
    (folder / "places.csv").write_text(text, encoding="utf-8")
    read = case_from_raw(read_folder(folder))
    read.places.loc[0, "lat"] = 42.5
    read.write(tmp_path / "copy")
    assert "130.2950,42.5," in (tmp_path / "copy" / "places.csv").read_text(encoding="utf-8")


def test_missing_values_are_missing_on_both_sides(tmp_path):
    read = case_from_raw(read_folder(small_folder(tmp_path / "case")))
    place = read.places.iloc[0]
    assert place["note"] is None
    assert place["names"] == {}
    assert place["country"] == ()
    assert place["precision_m"] != place["precision_m"]


def test_a_region_without_a_point_is_an_empty_point():
    built = case(places=[{"id": "x", "name": "X", "kind": "region", "members": "KP"}])
    assert built.places.geometry.iloc[0].is_empty
    assert built.places.crs == "EPSG:4326"


def test_writing_refuses_a_folder_that_is_no_case(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="is not a case"):
        case().write(tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"


def test_a_write_that_fails_leaves_the_old_case_whole(tmp_path, monkeypatch):
    folder = small_folder(tmp_path / "case")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full_disk(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("routes.writing.csv_text", full_disk)
    with pytest.raises(OSError, match="No space"):
        routes.case.case_from_raw(raw_case()).write(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_other_files_in_the_folder_are_kept(tmp_path):
    folder = small_folder(tmp_path / "case")
    (folder / "notes.txt").write_text("mine")
    case_from_raw(read_folder(folder)).write(folder)
    assert (folder / "notes.txt").read_text() == "mine"


def letters(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_built_in_case_comes_back_to_the_letter(tmp_path):
    routes.read_case("dprk-russia").write(tmp_path / "copy")
    assert letters(tmp_path / "copy") == letters(BUILT_IN)


def drawn_folder(path: Path) -> Path:
    """Return a case with a comment, marks of Excel, nulls, an odd layout, drawn legs and files of its author's own."""
    small_folder(path)
    (path / "geometry").mkdir()
    line = '{"type":"LineString",\n\n"coordinates":[[1.50,2],[3,4]]}'
    for name, text in {
        "case.toml": "# ours\nweight = nan\n" + (path / "case.toml").read_text(encoding="utf-8"),
        "sources.json": '[{"id":"s1","title":null,"x":NaN}, {"id":"s2"}]',
        "geometry/r.geojson": line,
        "geometry/r.2.geojson": line,
        "geometry/notes.txt": "mine",
        "geometry/r.qgz": "mine too",
    }.items():
        (path / name).write_text(text, encoding="utf-8")
    for name in ("places.csv", "events.csv"):
        text = (path / name).read_text(encoding="utf-8")
        (path / name).write_text("\ufeff" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    return path


def test_what_was_not_changed_comes_back_to_the_letter(tmp_path):
    folder = drawn_folder(tmp_path / "case")
    before = letters(folder)
    read = case_from_raw(read_folder(folder))
    read.write(folder)
    assert letters(folder) == before
    own = {"geometry/notes.txt", "geometry/r.qgz"}
    assert letters(read.write(tmp_path / "copy")) == {name: text for name, text in before.items() if name not in own}


def test_what_was_changed_is_written_and_the_rest_is_kept(tmp_path):
    folder = drawn_folder(tmp_path / "case")
    before = letters(folder)
    read = case_from_raw(read_folder(folder))
    read.sources.loc[1, "title"] = "New"
    read.places.loc[0, "name"] = "B"
    read.geometry["r.2"]["coordinates"][0][0] = 9
    read.meta["summary"] = "new"
    read.write(folder)
    after = letters(folder)
    assert {name for name in after if after[name] != before[name]} == {
        "case.toml", "places.csv", "sources.json", "geometry/r.2.geojson",
    }  # fmt: skip
    assert after["places.csv"].startswith(b"\xef\xbb\xbf")
    assert '"title": null' in after["sources.json"].decode()
    assert json.loads(after["geometry/r.2.geojson"])["coordinates"][0] == [9, 2]
    assert tomllib.loads(after["case.toml"].decode())["summary"] == "new"


def test_a_drawing_and_a_table_that_were_removed_are_removed_and_nothing_else(tmp_path):
    folder = drawn_folder(tmp_path / "case")
    (folder / "measures.csv").write_text("id,subject,what,value,unit\nm,r,length,5,km\n")
    read = case_from_raw(read_folder(folder))
    del read.geometry["r"]
    read.write(folder)
    assert sorted(path.name for path in (folder / "geometry").iterdir()) == ["notes.txt", "r.2.geojson", "r.qgz"]
    case().write(folder)
    assert not (folder / "measures.csv").exists()
    assert sorted(path.name for path in (folder / "geometry").iterdir()) == ["notes.txt", "r.qgz"]


def test_a_move_that_fails_halfway_is_undone(tmp_path, monkeypatch):
    folder = drawn_folder(tmp_path / "case")
    before = letters(folder)
    read = case_from_raw(read_folder(folder))
    read.meta["summary"] = "new"
    del read.geometry["r"]
    replace = type(folder).replace

    def fails_at_claims(self: Path, target: Path) -> Path:
        if (self.parent.name, self.name) == ("new", "claims.csv"):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(type(folder), "replace", fails_at_claims)
    with pytest.raises(OSError, match="No space"):
        read.write(folder)
    assert letters(folder) == before


def test_a_case_behind_a_link_is_written_where_it_lies(tmp_path):
    folder = drawn_folder(tmp_path / "case")
    link = tmp_path / "link"
    link.symlink_to(folder)
    read = case_from_raw(read_folder(link))
    read.places.loc[0, "name"] = "B"
    assert read.write(link) == link
    assert link.is_symlink()
    assert case_from_raw(read_folder(folder)).places.loc[0, "name"] == "B"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "link"]


def test_a_case_is_written_to_the_folder_one_stands_in(tmp_path, monkeypatch):
    folder = drawn_folder(tmp_path / "case")
    monkeypatch.chdir(folder)
    case_from_raw(read_folder(folder)).write(".")
    assert (tmp_path / "case").samefile(".")


def test_permissions_are_kept(tmp_path):
    folder = drawn_folder(tmp_path / "case")
    folder.chmod(0o700)
    (folder / "claims.csv").chmod(0o600)
    case_from_raw(read_folder(folder)).write(folder)
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / "claims.csv")] == [0o700, 0o600]


def test_nothing_is_written_through_a_link(tmp_path):
    folder = drawn_folder(tmp_path / "case")
    elsewhere = tmp_path / "elsewhere"
    (folder / "geometry").rename(elsewhere)
    (folder / "geometry").symlink_to(elsewhere)
    before = letters(elsewhere)
    with pytest.raises(FileExistsError, match="geometry"):
        case().write(folder)
    assert letters(elsewhere) == before


def test_a_column_called_geometry_is_kept_where_no_frame_needs_the_name():
    built = case(events=[{"id": "e", "title": "E", "geometry": "mine"}])
    assert "mine" in csv_text(built.events, schema.EVENTS)


@pytest.mark.parametrize("where", ["source", "table", "title"])
def test_half_a_character_is_a_fault_and_nothing_is_written(tmp_path, where):
    built = case(events=[{"id": "e", "title": "\ud800" if where == "table" else "E"}])
    if where == "source":
        built.sources["title"] = pd.Series(["\ud800"], dtype="object")
    if where == "title":
        built.meta["title"] = "\ud800"
    file = {"source": "sources.json", "table": "events.csv", "title": "case.toml"}[where]
    assert any(f.is_fault and f.file == file and "half a character" in f.problem for f in built.check())
    with pytest.raises(routes.CaseFaultsError, match="half a character"):
        built.write(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_moved_geometry_is_not_lost_without_a_word(tmp_path):
    built = case(places=[{"id": "a", "name": "A", "kind": "port", "lon": "1", "lat": "2"}])
    built.places.loc[0, "geometry"] = Point(131, 43)
    with pytest.raises(routes.CaseFaultsError, match="set lon = 131 and lat = 43"):
        built.write(tmp_path / "copy")


def test_ids_with_spaces_keep_their_letters_and_mean_the_same(tmp_path):
    folder = small_folder(tmp_path / "case")
    path = folder / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\na,A", "\n a ,A"), encoding="utf-8")
    read = case_from_raw(read_folder(folder))
    assert read.places.loc[0, "id"] == "a"
    read.places.loc[0, "name"] = "B"
    read.write(folder)
    assert "\n a ,B" in path.read_text(encoding="utf-8")


def test_a_missing_case_names_the_built_in_ones():
    with pytest.raises(routes.CaseNotFoundError, match="dprk-russia"):
        routes.read_case("no-such-case")


def test_reading_a_faulty_case_raises_all_faults_at_once(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(BUILT_IN, folder)
    for name in ("places.csv", "claims.csv"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + "Bad Id\n", encoding="utf-8")
    with pytest.raises(routes.CaseFaultsError) as caught:
        routes.read_case(folder)
    assert {finding.file for finding in caught.value.findings} >= {"places.csv", "claims.csv"}


def test_the_built_in_case_keeps_the_frame_contract():
    validate(routes.read_case("dprk-russia"))


def test_the_contract_names_frame_column_and_value():
    built = case(places=[{"id": "a", "name": "A", "kind": "port", "lon": "1", "lat": "2"}])
    built.places.loc[0, "lat"] = 129.0
    built.places.loc[0, "kind"] = "harbour"
    with pytest.raises(FrameContractError, match=r"places\[0\].kind: 'harbour'") as caught:
        validate(built)
    assert "places[0].lat: 129.0" in str(caught.value)
