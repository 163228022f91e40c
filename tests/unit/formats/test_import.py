"""Plain lines from elsewhere become a case that renders and that `check` explains how to finish."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import routes
from maps.cli import main as cli
from routes.errors import ExchangeError
from routes.formats import import_case

LINE = [[130.1, 42.2], [130.5, 42.6], [131, 43]]
FILES = {
    "x.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": "Тест A"},
                    "geometry": {"type": "LineString", "coordinates": LINE},
                },
                {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [1, 2]}},
                {"type": "Feature", "properties": {}, "geometry": None},
            ],
        }
    ),
    "x.kml": (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Тест A</name><LineString><coordinates>'
        "130.1,42.2,5 130.5,42.6 131,43</coordinates></LineString></Placemark></Document></kml>"
    ),
    "x.gpx": (
        '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Тест A</name><trkseg><trkpt lat="42.2" lon="130.1"/>'
        '<trkpt lat="42.6" lon="130.5"/><trkpt lat="43" lon="131"/></trkseg></trk></gpx>'
    ),
    "x.csv": 'name,WKT\r\nТест A,"LINESTRING (130.1 42.2, 130.5 42.6, 131 43)"\r\n',
}


def run(*arguments):
    return CliRunner().invoke(cli.main, list(map(str, arguments)))


def written(tmp_path, name, text):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.parametrize("name", FILES)
def test_a_line_becomes_a_route_with_a_drawn_leg(tmp_path, name):
    case = import_case(written(tmp_path, name, FILES[name]))
    assert case.route_table["title"].tolist() == ["Тест A"]
    assert case.route_table["layer"].tolist() == ["imported"]
    assert case.leg_table["basis"].tolist() == ["drawn"]
    assert case.places["kind"].tolist() == ["waypoint", "waypoint"]
    assert [list(point) for point in case.legs.geometry[0].coords] == LINE
    assert len(case.claims) == 0


@pytest.mark.parametrize("name", FILES)
def test_it_can_be_written_checked_and_rendered(tmp_path, name):
    file = written(tmp_path, name, FILES[name])
    assert run("import", file, "-o", tmp_path / "case").exit_code == 0
    checked = run("check", tmp_path / "case")
    assert checked.exit_code == 0
    for word in ("licence: 'to be settled'", "has no event and no claim", "mode: 'unknown'", "write an SPDX id"):
        assert word in checked.stdout
    assert run("render", tmp_path / "case", "-o", tmp_path / "map.html").exit_code == 0


@pytest.mark.parametrize("suffix", ["geojson", "kml", "gpx", "csv"])
def test_own_exports_can_be_imported_as_lines(tmp_path, suffix):
    file = routes.export_case(routes.read_case("dprk-russia"), tmp_path / f"x.{suffix}")
    case = import_case(file)
    case.write(tmp_path / "case")
    assert len(case.leg_table) >= 184
    assert not [finding for finding in routes.check_case(tmp_path / "case") if finding.is_fault]


def test_lines_that_meet_share_a_place_and_ids_are_made_unique(tmp_path):
    rows = 'name,WKT\nsame,"LINESTRING (1 1, 2 2)"\nsame,"LINESTRING (2 2, 3 3)"\n'
    case = import_case(written(tmp_path, "x.csv", rows))
    assert case.route_table["id"].tolist() == ["same", "same-2"]
    assert len(case.places) == 3


def test_the_apostrophe_of_a_neutral_cell_comes_off(tmp_path):
    case = import_case(written(tmp_path, "x.csv", 'name,WKT\n\'=1+1,"LINESTRING (1 1, 2 2)"\n'))
    assert case.route_table["title"].tolist() == ["=1+1"]


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path):
    file = written(tmp_path, "x.csv", FILES["x.csv"])
    assert run("import", file, "-o", tmp_path / "case").exit_code == 0
    again = run("import", file, "-o", tmp_path / "case")
    assert again.exit_code == 2
    assert "--replace" in again.stderr
    assert run("import", file, "-o", tmp_path / "case", "--replace").exit_code == 0


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>'
BAD = {
    "bomb.kml": (BOMB, "declares a document type"),
    "bomb.gpx": (BOMB.replace("kml", "gpx"), "declares a document type"),
    "outside.kml": ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><kml/>', "declares a document type"),
    "broken.kml": ("<kml>", "is not XML"),
    "deep.geojson": ("[" * 200_000, "nested deeper"),
    "deeper.geojson": (
        '{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}",
        "nested deeper",
    ),
    "broken.geojson": ("{", "is not JSON"),
    "list.geojson": ("[1]", "not GeoJSON"),
    "no.geojson": ('{"type":"FeatureCollection","features":[]}', "holds no line"),
    "metres.geojson": (
        '{"type":"LineString","coordinates":[[500000,4649776],[500001,4649777]]}',
        r"features\[0\] position 0: '500000 ",
    ),
    "text.geojson": ('{"type":"LineString","coordinates":[["a","b"],[1,2]]}', "is no point in degrees"),
    "nan.geojson": ('{"type":"LineString","coordinates":[[NaN,1],[1,2]]}', "NaN is no number"),
    "word.csv": ("name,WKT\na,LINESTRING (x y)\n", "line 2: WKT: .*is no line"),
    "none.csv": ("name\na\n", "has no column of lines"),
    "latin.csv": ("name,WKT\né,x\n".encode("latin-1"), "line 2: is not UTF-8"),
    "words.kml": (
        "<kml><Placemark><name>a</name><LineString><coordinates>a,b c</coordinates></LineString></Placemark></kml>",
        "is not a coordinate",
    ),
    "bare.gpx": (
        '<gpx><trk><trkseg><trkpt lat="1"/><trkpt lat="1" lon="x"/></trkseg></trk></gpx>',
        "is no point in degrees",
    ),
    "x.shp": ("", "is no kind of file that holds lines"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_error(tmp_path, name):
    text, message = BAD[name]
    file = written(tmp_path, name, text)
    with pytest.raises(ExchangeError, match=message) as caught:
        import_case(file)
    assert str(caught.value).startswith(f"{name}: ")
    assert "; " in str(caught.value)
    shown = run("import", file, "-o", tmp_path / "case")
    assert (shown.exit_code, (tmp_path / "case").exists()) == (2, False)


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYBILL_MAX_FILE_MIB", "1")
    with pytest.raises(ExchangeError, match=r"is larger than 1 MiB; .* WAYBILL_MAX_FILE_MIB"):
        import_case(written(tmp_path, "x.csv", " " * (2**20 + 1)))


def test_export_of_a_state_is_what_the_page_shows_there(tmp_path):
    out = tmp_path / "x.geojson"
    shown = run("export", "dprk-russia", "-o", out, "--state", "#known=2022-11&on=rail-link&by=dprk&from=2022")
    assert shown.exit_code == 0, shown.stderr
    about = json.loads(out.read_text("utf-8"))["waybill"]
    assert about["as_known_on"] == "2022-11-30"
    assert about["layers"] == "rail-link"
    assert about["happened"] == "2022-01-01/.."
    assert "dprk" in about["as_told_by"]


@pytest.mark.parametrize("suffix", ["gpkg", "xlsx"])
def test_a_part_of_a_case_is_not_written_over_the_whole(tmp_path, suffix):
    """`--replace` silently lost what an export with `--known` or `--by` had left out."""
    folder = tmp_path / "case"
    routes.read_case("dprk-russia").write(folder)
    whole = len(routes.read_case(folder).claims)
    cut = tmp_path / f"cut.{suffix}"
    assert run("export", folder, "-o", cut, "--known", "2022-11-10", "--by", "dprk", "--by", "russia").exit_code == 0

    refused = run("import", cut, "-o", folder, "--replace")
    assert refused.exit_code == 2
    assert "cut to known 2022-11-10, by dprk russia" in refused.stderr
    assert "--replace-with-cut" in refused.stderr
    assert len(routes.read_case(folder).claims) == whole

    elsewhere = run("import", cut, "-o", tmp_path / "part")
    assert elsewhere.exit_code == 0
    assert "warning" in elsewhere.stderr
    assert run("check", tmp_path / "part").exit_code == 0
    assert run("import", cut, "-o", folder, "--replace-with-cut").exit_code == 0
    assert len(routes.read_case(folder).claims) < whole


def test_a_part_of_a_part_says_all_that_it_was_cut_to(tmp_path):
    parts = [tmp_path / "a.gpkg", tmp_path / "b.gpkg", tmp_path / "c.gpkg"]
    run("export", "dprk-russia", "-o", parts[0], "--by", "dprk")
    run("export", parts[0], "-o", parts[1], "--known", "2022-11-10")
    run("export", parts[1], "-o", parts[2])
    marks = [routes.read_case(part).meta["cut"] for part in parts]
    assert [sorted(mark) for mark in marks] == [["by"], ["by", "known"], ["by", "known"]]


def test_an_export_that_was_cut_says_so_to_its_readers(tmp_path):
    for given, said in ((["--known", "2022-11-10"], True), ([], False)):
        out = tmp_path / "x.geojson"
        run("export", "dprk-russia", "-o", out, *given)
        assert ("part of the case" in json.loads(out.read_text("utf-8"))["waybill"].get("cut", "")) is said
