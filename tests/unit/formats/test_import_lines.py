"""Lines from files that know nothing of cases become a case that can be drawn and that check says how to finish."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click import UsageError
from hypothesis import given
from hypothesis import strategies as st

import routes
from maps.cli.main import main
from maps.payload import payload
from routes.errors import ExchangeError
from routes.formats import import_case
from routes.formats.neutral import neutralised, restored

DAY = date(2026, 1, 31)
KML = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>{}</Document></kml>'
GPX = '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="t">{}</gpx>'


def feature(coordinates, of="LineString", **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": of, "coordinates": coordinates}}


def geojson(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def imported(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_case(path, updated=DAY)


LINE = [[130.64, 42.43], [131.9, 43.1]]
ONE_LINE = {
    "a.geojson": geojson(feature(LINE, name="Khasan – Vladivostok", mode="rail")),
    "a.kml": KML.format(
        "<Placemark><name>Khasan – Vladivostok</name><ExtendedData><Data name='mode'><value>rail</value></Data>"
        "</ExtendedData><LineString><coordinates>130.64,42.43,0 131.9,43.1,0</coordinates></LineString></Placemark>"
    ),
    "a.gpx": GPX.format(
        "<trk><name>Khasan – Vladivostok</name><trkseg><trkpt lat='42.43' lon='130.64'/><trkpt lat='43.1' lon='131.9'/>"
        "</trkseg></trk>"
    ),
    "a.csv": 'name,mode,geometry\nKhasan – Vladivostok,rail,"LINESTRING (130.64 42.43, 131.9 43.1)"\n',
    "points.csv": "\ufeffname;lon;lat\nKhasan – Vladivostok;130.64;42.43\nKhasan – Vladivostok;131.9;43.1\n",
}


@pytest.mark.parametrize("name", ONE_LINE)
def test_a_line_becomes_a_route_that_nobody_claims(tmp_path, name):
    case = imported(tmp_path, name, ONE_LINE[name])
    assert list(case.route_table["id"]) == ["khasan-vladivostok"]
    assert list(case.route_table["title"]) == ["Khasan – Vladivostok"]
    assert list(case.route_table["layer"]) == ["imported"]
    assert list(case.leg_table["basis"]) == ["drawn"]
    assert [list(point) for point in case.legs.geometry[0].coords] == LINE
    assert case.claims.empty
    assert case.events.empty


def test_a_case_begun_from_lines_can_be_read_checked_and_drawn(tmp_path):
    text = geojson(feature(LINE, name="One"), feature([LINE[1], [132, 44]], name="Two"))
    folder = imported(tmp_path, "lines.geojson", text).write(tmp_path / "case")
    findings = routes.check_case(folder)
    assert not [str(one) for one in findings if one.is_fault]
    told = {(one.file, one.column) for one in findings}
    assert {("case.toml", "licence"), ("places.csv", "verified"), ("routes.csv", "id"), ("legs.csv", "mode")} <= told
    document = payload(routes.read_case(folder))
    assert [row["status"] for row in document["routes"]] == ["none", "none"]


def test_ends_that_meet_are_one_place(tmp_path):
    case = imported(tmp_path, "a.geojson", geojson(feature(LINE), feature([LINE[1], [132, 44]])))
    assert case.leg_table["to"][0] == case.leg_table["from"][1]
    assert len(case.places) == 3


def test_a_line_split_at_the_antimeridian_is_one_leg_again(tmp_path):
    parts = [[[170, 50], [180, 52]], [[-180, 52], [-170, 50]]]
    case = imported(tmp_path, "a.geojson", geojson(feature(parts, "MultiLineString", name="Across")))
    assert len(case.leg_table) == 1
    assert [lon for lon, _ in case.legs.geometry[0].coords] == [170, 180, 190]
    written = case.geometry["across"]["coordinates"]
    assert all(-180 <= lon <= 180 for lon, _ in written)


def test_what_a_file_says_of_a_line_is_kept_and_takes_no_meaning_of_the_table(tmp_path):
    text = geojson(feature(LINE, name="N", description="why", kind="ferry", operator="O", length_km=12, parts=[1]))
    row = imported(tmp_path, "a.geojson", text).route_table.iloc[0]
    assert (row["note"], row["kind"], row["imported kind"]) == ("why", "movement", "ferry")
    assert (row["operator"], row["imported length_km"]) == ("O", "12")


def test_points_and_areas_are_left_out_and_counted(tmp_path, capsys):
    path = tmp_path / "a.geojson"
    path.write_text(geojson(feature(LINE), feature([1, 2], "Point"), feature([3, 4], "Point")), encoding="utf-8")
    main(["import", str(path), "-o", str(tmp_path / "case")], standalone_mode=False)
    said = capsys.readouterr()
    assert said.out.strip() == str(tmp_path / "case")
    assert "left out: 2 Point geometries" in said.err


def test_a_balloon_becomes_a_note_without_markup(tmp_path):
    mark = "<Placemark><description><![CDATA[<b>Seen</b><script>x()</script> &amp; told]]></description>{}</Placemark>"
    line = "<LineString><coordinates>1,2 3,4</coordinates></LineString>"
    case = imported(tmp_path, "a.kml", KML.format(mark.format(line)))
    assert case.route_table["note"][0] == "Seen & told"


def test_a_track_of_google_earth_is_a_line(tmp_path):
    track = "<Placemark><gx:Track><gx:coord>1 2 0</gx:coord><gx:coord>3 4 0</gx:coord></gx:Track></Placemark>"
    assert len(imported(tmp_path, "a.kml", KML.format(track)).leg_table) == 1


def test_a_ring_is_a_line_unless_it_bounds_an_area(tmp_path):
    ring = "<LinearRing><coordinates>1,2 3,2 3,4 1,2</coordinates></LinearRing>"
    area = f"<Placemark><Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon></Placemark>"
    case = imported(tmp_path, "a.kml", KML.format(f"<Placemark><name>Ring</name>{ring}</Placemark>{area}"))
    assert list(case.route_table["id"]) == ["ring"]


@pytest.mark.parametrize(
    ("crs", "is_read"),
    [
        ("EPSG:4326", True), ("urn:ogc:def:crs:EPSG::4326", True), ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("WGS 84", True), ("WGS 84 (EPSG:4326)", True),
        ("EPSG::14326", False), ("EPSG:32633 (WGS 84 / UTM zone 33N)", False), ("EPSG:3857", False),
    ],
)  # fmt: skip
def test_only_degrees_on_wgs_84_are_taken_for_such(tmp_path, crs, is_read):
    text = json.dumps(json.loads(geojson(feature(LINE))) | {"crs": {"type": "name", "properties": {"name": crs}}})
    if is_read:
        assert len(imported(tmp_path, "a.geojson", text).leg_table) == 1
    else:
        with pytest.raises(ExchangeError, match="not in degrees on WGS 84"):
            imported(tmp_path, "a.geojson", text)


def test_a_coordinate_that_is_no_number_is_told_without_a_warning_of_a_library(tmp_path):
    with pytest.raises(ExchangeError, match="nan"):
        imported(tmp_path, "a.csv", 'name,wkt\nA,"LINESTRING (1 2, nan 4)"\n')


@pytest.mark.parametrize("name", ["CON", "nul", "Com1"])
def test_a_line_gets_no_id_that_is_no_file_name_on_windows(tmp_path, name):
    case = imported(tmp_path, "a.geojson", geojson(feature(LINE, name=name)))
    assert list(case.route_table["id"]) == [f"{name.lower()}-line-1"]


def test_an_existing_case_is_not_written_over_unasked(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text(ONE_LINE["a.geojson"], encoding="utf-8")
    main(["import", str(path), "-o", str(tmp_path / "case")], standalone_mode=False)
    (tmp_path / "case" / "routes.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="--replace"):
        main(["import", str(path), "-o", str(tmp_path / "case")], standalone_mode=False)
    assert (tmp_path / "case" / "routes.csv").read_text(encoding="utf-8") == "mine"


BILLION = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml><name>&b;</name></kml>'
BAD = {
    "empty.geojson": ("", "is not JSON"),
    "list.geojson": ("[]", "not GeoJSON"),
    "deep.geojson": ("[" * 200_000, "nested deeper"),
    "nan.geojson": (geojson(feature([[float("nan"), 1], [2, 3]])), "NaN is no number"),
    "swapped.geojson": (geojson(feature([[42.43, 130.64], [43.1, 131.9]])), r"features\[0\] position 0.*swapped"),
    "metres.geojson": (geojson(feature([[5e6, 6e6], [5e6, 7e6]])), r"features\[0\] position 0.*no point in degrees"),
    "huge.geojson": (geojson(feature([[10**400, 1], [2, 3]])), "no point in degrees"),
    "true.geojson": (geojson(feature([[True, 1], [2, 3]])), "no point in degrees"),
    "words.geojson": (geojson(feature([["a", "b"], [2, 3]])), "no point in degrees"),
    "crs.geojson": (geojson(feature(LINE), crs={"properties": {"name": "EPSG:3857"}}), "EPSG:4326"),
    "odd.geojson": ('{"type": "FeatureCollection", "features": [7]}', r"features\[0\]: is not a feature"),
    "points.geojson": (geojson(feature([1, 2], "Point")), "holds no line, only 1 Point geometries"),
    "utf16.geojson": ("{}".encode("utf-16"), "is not JSON"),
    "a.kml": ("<kml", "is not XML"),
    "b.kml": (BILLION, "declares a document type"),
    "c.kml": ("<gpx/>", "not KML"),
    "d.kml": (
        KML.format("<Placemark><LineString><coordinates>1 2 3</coordinates></LineString></Placemark>"),
        "lon,lat",
    ),
    "a.gpx": (GPX.format("<trk><trkseg><trkpt lat='x' lon='1'/></trkseg></trk>"), r"trk 1 trkpt 1"),
    "b.gpx": (BILLION, "declares a document type"),
    "a.csv": ("name,shape\n1,2\n", "line 1: 'name, shape': has no column of lines"),
    "b.csv": ('wkt\n"LINESTRING (1 2, x y)"\n', "line 2: wkt"),
    "c.csv": (b"wkt\n\xff\n", "line 2: is not UTF-8"),
    "d.csv": ("wkt\n" + "GEOMETRYCOLLECTION(" * 100_000, "holds no line"),
    "e.csv": ('wkt\n"SRID=3857;LINESTRING (1 2, 3 4)"\n', "not in degrees"),
    "f.csv": ("lon,lat\n1,2\n3,north\n", "line 3: lon, lat"),
    "a.shp": ("x", "is no kind of file"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_error(tmp_path, name):
    text, message = BAD[name]
    with pytest.raises(ExchangeError, match=message) as caught:
        imported(tmp_path, name, text)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "</script><script>alert(1)</script>",
    "a\0b\x1b[2J",
    "{{ 7*7 }}",
    "\ud800",
    "../../etc",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_only_text(tmp_path, text):
    made = imported(tmp_path, "a.geojson", geojson(feature(LINE, name=text, note=text, other=text)))
    case = routes.read_case(made.write(tmp_path / "case"))
    title = case.route_table["title"][0]
    assert title.isprintable()
    assert case.route_table["id"][0].replace("-", "").isalnum()
    assert {path.name for path in (tmp_path / "case" / "geometry").iterdir()} == {
        f"{case.route_table['id'][0]}.geojson"
    }


@given(st.text(alphabet="'=+-@\t\r\n;|a 1"))
def test_a_cell_made_harmless_comes_back(text):
    safe = neutralised(text)
    assert restored(safe) == text
    assert not safe.startswith(("=", "@", "\t", "\r", "\n"))
    assert not any(f"{mark}{sign}" in safe for mark in ";\t\n|" for sign in "=+-@")


@given(st.text())
def test_any_cell_comes_back(text):
    assert restored(neutralised(text)) == text


def test_a_flat_file_of_waybill_gives_each_line_once(tmp_path):
    path = routes.export_case(routes.read_case("dprk-russia"), tmp_path / "flat.csv", known="2022-11-10")
    case = import_case(path, updated=DAY)
    assert len(case.route_table) == len(set(case.route_table["title"]))


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "kml", "gpx", "parquet", "xlsx", "csv"])
def test_a_lens_that_leaves_no_route_still_gives_a_file(tmp_path, suffix):
    lens = {"start": "2023-01-01", "end": "2023-12-31", "on": ["cover-routes"]}
    path = routes.export_case(routes.read_case("dprk-russia"), tmp_path / f"none.{suffix}", **lens)
    assert path.stat().st_size > 0
