"""A case in one file, `.gpkg` or `.xlsx`, comes back to the letter; what was edited in it wins."""

from __future__ import annotations

import base64
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from datetime import date

import openpyxl
import pytest
from builders import META, raw_case
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import routes
from routes.case import case_from_raw
from routes.errors import CaseFaultsError, ExchangeError
from routes.folder import find_case
from routes.formats import export_case
from routes.writing import folder_texts

BUILT_IN = find_case("dprk-russia")
SUFFIXES = ("gpkg", "xlsx")
PLACES = [
    {"id": "a", "name": "A", "kind": "settlement", "lon": "130.10", "lat": "42"},
    {"id": "b", "name": "B", "kind": "settlement", "lon": "131.5", "lat": "42.50"},
]
ROUTE = {"id": "r", "title": "R", "layer": "all", "kind": "movement"}
LEG = {"route": "r", "seq": "1", "from": "a", "to": "b", "mode": "road", "basis": "great-circle"}
PARTY = {"id": "p", "name": "P", "kind": "state"}
EVENT = {"id": "e", "title": "E", "when": "2022-11", "routes": "r"}
CLAIM = {
    "id": "c", "event": "e", "party": "p", "stance": "asserts", "asserted_on": "2022-11-02", "about": "movement",
    "statement": "it moved", "sources": "s1",
}  # fmt: skip


def small(**changes):
    rows = {
        "places": PLACES,
        "routes": [ROUTE],
        "legs": [LEG],
        "parties": [PARTY],
        "events": [EVENT],
        "claims": [CLAIM],
    }
    return raw_case(**(rows | changes))


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def there_and_back(case, tmp_path, suffix):
    file = tmp_path / f"case.{suffix}"
    export_case(case, file)
    return routes.read_case(file)


@pytest.fixture(scope="module", params=SUFFIXES)
def exported(request, tmp_path_factory):
    file = tmp_path_factory.mktemp("exported") / f"dprk-russia.{request.param}"
    return export_case(routes.read_case("dprk-russia"), file)


def test_built_in_case_comes_back_byte_for_byte(exported, tmp_path):
    routes.read_case(exported).write(tmp_path / "back")
    assert files_of(tmp_path / "back") == files_of(BUILT_IN)


def test_a_file_is_checked_as_its_folder_is(exported):
    of_folder = [(f.level, f.column, f.value, f.problem) for f in routes.check_case("dprk-russia")]
    assert [(f.level, f.column, f.value, f.problem) for f in routes.check_case(exported)] == of_folder


def test_same_case_gives_the_same_bytes(exported, tmp_path):
    again = export_case(routes.read_case("dprk-russia"), tmp_path / exported.name)
    assert again.read_bytes() == exported.read_bytes()


def test_name_of_the_case_travels(exported):
    assert routes.read_case(exported).name == "dprk-russia"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_line_ends_marks_and_comments_come_back(tmp_path, suffix):
    folder = tmp_path / "case"
    shutil.copytree(BUILT_IN, folder)
    for name in ("claims.csv", "places.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text("\ufeff" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    with (folder / "case.toml").open("a", encoding="utf-8") as file:
        file.write("# last word\n")
    before = files_of(folder)
    there_and_back(routes.read_case(folder), tmp_path, suffix).write(tmp_path / "back")
    assert files_of(tmp_path / "back") == before


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
AWKWARD = [
    "=1+1",
    "+a",
    "-a",
    "@a",
    "\ta",
    "\ra",
    "'x",
    "_x0041_",
    "a\x0bb",
    "a\x00b",
    "#N/A",
    "true",
    "1e5",
    " lead",
    "𝟙",
]


def filled(text, otherwise):
    """Return a text for a cell that must not be blank: white space alone is no value in any form of a case."""
    return text if text.strip() else otherwise


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(notes=["", "\r", "\r", "\r"], own="")
@given(notes=st.lists(texts | st.sampled_from(AWKWARD), min_size=4, max_size=4), own=texts)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_text_comes_back(tmp_path, suffix, notes, own):
    case = case_from_raw(
        small(
            places=[{**PLACES[0], "note": notes[0], "fid": own, "WB_x": own}, PLACES[1]],
            events=[{**EVENT, "title": filled(notes[1], "E"), "cargo": notes[2]}],
            claims=[{**CLAIM, "statement": filled(notes[3], "s"), "quantity": "12.50", "unit": "t"}],
        )
    )
    back = there_and_back(case, tmp_path, suffix)
    assert folder_texts(back) == folder_texts(case)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("length", [32_767, 32_768, 100_000])
def test_a_text_longer_than_a_cell_comes_back(tmp_path, suffix, length):
    case = case_from_raw(small(events=[{**EVENT, "note": "n" * length}]))
    assert there_and_back(case, tmp_path, suffix).events["note"][0] == "n" * length


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_values_of_every_kind_in_the_case_file_come_back(tmp_path, suffix):
    meta = META | {
        "authors": ["A; B", "C"], "own": {"deep": {"x": 1.5}, "day": date(2022, 1, 2)}, "numbers": [1, 2],
        "view": {"on": ["all"], "known": date(2022, 11, 10)}, "a.b": "dotted",
        "layer": [{"id": "all", "title": "All", "on": False, "colour": 3}],
    }  # fmt: skip
    raw = small()
    case = case_from_raw(raw_case(meta=meta, **{name: list(table.rows) for name, table in raw.tables.items()}))
    back = there_and_back(case, tmp_path, suffix)
    assert back.meta == case.meta
    assert folder_texts(back) == folder_texts(case)


def edited_book(file, sheet, row, column, value):
    book = openpyxl.load_workbook(file)
    cells = book[sheet]
    head = [cell.value for cell in cells[1]]
    cell = cells.cell(row, head.index(column) + 1)
    cell.value = value
    book.save(file)


def test_an_edited_cell_of_a_workbook_wins_and_other_files_stay(tmp_path):
    file = export_case(routes.read_case("dprk-russia"), tmp_path / "case.xlsx")
    edited_book(file, "parties", 2, "note", "edited by hand")
    routes.read_case(file).write(tmp_path / "back")
    back, before = files_of(tmp_path / "back"), files_of(BUILT_IN)
    assert {name for name in before if back[name] != before[name]} == {"parties.csv"}
    old, new = before["parties.csv"].decode().splitlines(), back["parties.csv"].decode().splitlines()
    assert [number for number, (a, b) in enumerate(zip(old, new, strict=True)) if a != b] == [1]
    assert new[1].endswith("edited by hand")


def test_an_edited_title_layer_and_source_win(tmp_path):
    file = export_case(routes.read_case("dprk-russia"), tmp_path / "case.xlsx")
    edited_book(file, "case", 2, "value", "Another title")
    edited_book(file, "layers", 2, "on", value=False)
    edited_book(file, "sources", 2, "title", "Another source")
    case = routes.read_case(file)
    assert case.meta["title"] == "Another title"
    assert not case.layers["on"][0]
    assert case.sources["title"][0] == "Another source"


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "said"),
    [
        ("case", 2, "type", "words", "case: row 2: type: 'words': is not a type"),
        ("case", 4, "value", "soon", "case: row 4: value: 'soon': is not a TOML value"),
        ("layers", 2, "on", "perhaps", "layers: row 2: on: 'perhaps': is neither true nor false"),
    ],
)
def test_an_edit_that_says_nothing_is_refused_with_its_cell(tmp_path, sheet, row, column, value, said):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    edited_book(file, sheet, row, column, value)
    with pytest.raises(ExchangeError) as caught:
        routes.read_case(file)
    assert said in str(caught.value)


def test_a_key_that_is_a_value_and_a_table_is_refused(tmp_path):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    for column, value in {"key": "title.short", "type": "text", "value": "T"}.items():
        edited_book(file, "case", 5, column, value)
    with pytest.raises(ExchangeError, match=r"row 5: 'title.short': stands both as a value and as a table"):
        routes.read_case(file)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sources.json", "{", "files: sources.json"),
        ("sources.json", "{}", "is no list of sources"),
        ("case.toml", "title =", "files: case.toml"),
        ("case.toml", "layer = [1]", "has layers without ids"),
    ],
)
def test_a_damaged_file_that_travels_is_told_with_what_to_do(tmp_path, name, content, said):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(file)["files"].iter_rows()]
    row = next(number for number, cells in enumerate(rows, start=1) if cells[0] == name)
    edited_book(file, "files", row, rows[0][2], base64.b64encode(zlib.compress(content.encode())).decode())
    with pytest.raises(ExchangeError, match="export the case anew, or remove what travels") as caught:
        routes.read_case(file)
    assert said in str(caught.value)


def test_an_edited_cell_of_a_geopackage_wins(tmp_path):
    file = export_case(routes.read_case("dprk-russia"), tmp_path / "case.gpkg")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE claims SET note = 'edited' WHERE fid = 1")
        database.execute("ALTER TABLE claims ADD COLUMN checked_by TEXT")
        database.execute("UPDATE claims SET checked_by = 'me' WHERE fid = 2")
    database.close()
    case = routes.read_case(file)
    assert case.claims["note"][0] == "edited"
    assert case.claims["checked_by"][1] == "me"


def test_a_point_moved_on_the_map_moves_the_place(tmp_path):
    file = export_case(case_from_raw(small()), tmp_path / "case.gpkg")
    with sqlite3.connect(file) as database:
        blob = bytearray(database.execute("SELECT geom FROM places WHERE fid = 1").fetchone()[0])
        blob[-16:] = __import__("struct").pack("<2d", 129.5, 41.5)
        database.execute("UPDATE places SET geom = ? WHERE fid = 1", [bytes(blob)])
    database.close()
    place = routes.read_case(file).places.iloc[0]
    assert (place["lon"], place["lat"]) == (129.5, 41.5)


def test_faults_name_the_sheet_and_the_row_of_the_workbook(tmp_path):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    edited_book(file, "places", 3, "lon", "east")
    with pytest.raises(CaseFaultsError, match=r"fault case\.xlsx\[places\]:3: lon: 'east': is not a number"):
        routes.read_case(file)


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x","y")'])
def test_a_formula_is_refused_with_its_cell(tmp_path, formula):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    edited_book(file, "places", 2, "note", formula)
    with pytest.raises(ExchangeError, match=r"case\.xlsx: places![A-Z]+2: .*is a formula; paste its value"):
        routes.read_case(file)


def test_a_workbook_has_equal_bytes_with_and_without_lxml(tmp_path):
    """openpyxl writes with lxml where somebody has installed it, in another spelling of XML."""
    pytest.importorskip("lxml")
    code = "import sys, routes, routes.formats as f; f.export_case(routes.read_case('dprk-russia'), sys.argv[1])"
    files = [tmp_path / "with.xlsx", tmp_path / "without.xlsx"]
    for file, lxml in zip(files, ("True", "False"), strict=True):
        environment = os.environ | {"OPENPYXL_LXML": lxml}
        subprocess.run([sys.executable, "-c", code, str(file)], env=environment, check=True, timeout=120)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    places = [{**PLACES[0], "note": text, "name": text} for text in ["=1+1"]] + [PLACES[1]]
    file = export_case(case_from_raw(small(places=places)), tmp_path / "case.xlsx")
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
    cell = openpyxl.load_workbook(file)["places"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_numbers_are_numbers_headers_are_frozen_and_files_are_hidden(exported):
    if exported.suffix != ".xlsx":
        pytest.skip("a GeoPackage has no panes")
    book = openpyxl.load_workbook(exported)
    places = book["places"]
    head = [cell.value for cell in places[1]]
    assert isinstance(places.cell(2, head.index("lon") + 1).value, float)
    assert {sheet.freeze_panes for sheet in book if sheet.title != "files"} == {"B2"}
    assert book["files"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is not a"), (b"PK\x03\x04", "is not a"), (b"SQLite format 3\x00" + b"\x01" * 200, "is not a")],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_no_such_file_is_one_clear_error(tmp_path, suffix, content, message):
    file = tmp_path / f"x.{suffix}"
    file.write_bytes(content)
    with pytest.raises(ExchangeError, match=message):
        routes.read_case(file)


def rezipped(file, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    file.write_bytes(out.getvalue())


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    rezipped(file, **{"docProps/app.xml": b" " * (2**20 + 1)})
    monkeypatch.setenv("WAYBILL_MAX_UNPACKED_MIB", "1")
    with pytest.raises(ExchangeError, match=r"unpacks to more than 1 MiB; .* WAYBILL_MAX_UNPACKED_MIB"):
        routes.read_case(file)


def test_a_workbook_that_defines_entities_is_refused(tmp_path):
    file = export_case(case_from_raw(small()), tmp_path / "case.xlsx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'
    rezipped(file, **{"xl/workbook.xml": bomb})
    with pytest.raises(ExchangeError, match="declares a document type"):
        routes.read_case(file)


@pytest.mark.parametrize("name", ["../evil.csv", "geometry/../../x.geojson", "/etc/passwd", "geometry/a/b.geojson"])
def test_a_file_that_travels_cannot_leave_the_folder(tmp_path, name):
    file = export_case(case_from_raw(small()), tmp_path / "case.gpkg")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE waybill_files SET name = ? WHERE fid = 1", [name])
    database.close()
    with pytest.raises(ExchangeError, match="is no file of a case"):
        routes.read_case(file)


def test_a_view_in_place_of_a_table_is_not_read(tmp_path):
    file = export_case(case_from_raw(small()), tmp_path / "case.gpkg")
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE claims")
        database.execute("CREATE VIEW claims AS SELECT * FROM events")
    database.close()
    with pytest.raises(ExchangeError, match="has no table 'claims'"):
        routes.read_case(file)


def test_an_edit_without_the_hidden_files_is_read_from_the_tables(tmp_path):
    case = case_from_raw(small())
    file = export_case(case, tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(file)
    del book["files"]
    book.save(file)
    back = routes.read_case(file)
    assert back.claims.equals(case.claims)
    assert back.meta == case.meta


def test_an_old_file_stays_whole_if_writing_fails(tmp_path, monkeypatch):
    file = tmp_path / "case.xlsx"
    file.write_bytes(b"old")

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("routes.output.os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        export_case(case_from_raw(small()), file)
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["case.xlsx"]
