"""Exports say the same everywhere, hold nothing said later, and are what their formats ask for."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from importlib.resources import files
from itertools import pairwise
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
from builders import raw_case

import routes
from routes.case import case_from_raw
from routes.errors import ExchangeError
from routes.formats import FORMATS, export_case
from routes.formats.geojson import bounding_box
from routes.formats.gpkg_style import COLOURS, DASHES
from routes.formats.neutral import neutralised as neutral
from routes.formats.neutral import restored as plain

SUFFIXES = sorted({suffix.removeprefix(".") for suffix in FORMATS} - {"json"})
DAY = "2022-11-10"
GPX = "{http://www.topografix.com/GPX/1/1}"
KML = "{http://www.opengis.net/kml/2.2}"


def parsed(file):
    return ET.parse(file)  # noqa: S314 - our own file


def parsed_text(text):
    return ET.fromstring(text)  # noqa: S314 - our own text


@pytest.fixture(scope="module")
def built_in():
    return routes.read_case("dprk-russia")


@pytest.fixture(scope="module")
def exports(built_in, tmp_path_factory):
    """The built-in case in every format, whole and as known on the day."""
    folder = tmp_path_factory.mktemp("exports")
    for suffix in SUFFIXES:
        export_case(built_in, folder / f"whole.{suffix}")
        export_case(built_in, folder / f"known.{suffix}", known=DAY)
    return folder


def text_of(file):
    """All that a file says, as one text."""
    if file.suffix == ".parquet":
        frame = gpd.read_parquet(file)
        import pyarrow.parquet as pq  # noqa: PLC0415 - only here

        return frame.drop(columns="geometry").to_csv() + str(pq.read_schema(file).metadata)
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        told = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        from routes.formats.xlsx import read_xlsx  # noqa: PLC0415 - only here

        return "\n".join([*told, *read_xlsx(file).carried.values()])
    if file.suffix == ".gpkg":
        with closing(sqlite3.connect(file)) as database:
            return "\n".join(database.iterdump())
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_export_carries_status_denials_citations_licence_and_day(exports, suffix):
    text = text_of(exports / f"known.{suffix}")
    for told in ("asserted", "CC-BY-4.0", DAY, "KCNA"):
        assert told in text
    assert re.search(r"denied.by", text)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_said_later_is_in_the_file(built_in, exports, suffix):
    text = text_of(exports / f"known.{suffix}")
    view = routes.View(built_in, known=DAY)
    known = {claim.id for claim in view.claims}
    later = built_in.claims[~built_in.claims["id"].isin(known)]
    events = built_in.events[~built_in.events["id"].isin(view.events()["event"])]
    assert len(later) > 50
    assert [one for one in later["statement"] if one in text] == []
    assert [one for one in events["title"] if one in text] == []


@pytest.mark.parametrize("suffix", ["geojson", "csv"])
def test_only_the_chosen_parties_speak(built_in, tmp_path, suffix):
    text = text_of(export_case(built_in, tmp_path / f"by.{suffix}", by="dprk"))
    view = routes.View(built_in, by=["dprk"])
    others = built_in.claims[~built_in.claims["id"].isin([claim.id for claim in view.claims])]
    assert [one for one in others["statement"] if one in text] == []


def test_a_cut_case_is_a_sound_case(built_in, exports):
    for suffix in ("gpkg", "xlsx"):
        case = routes.read_case(exports / f"known.{suffix}")
        assert 0 < len(case.claims) < 150
        assert set(case.claims["party"]) <= set(case.parties["id"])
        view = routes.View(built_in, known=DAY)
        assert set(case.parties["id"]) == {one for claim in view.claims for one in view.record.lineage(claim.party)}


def test_layers_cut_routes_and_events(built_in, tmp_path):
    file = export_case(built_in, tmp_path / "on.geojson", on=["rail-link"])
    layers = {
        f["properties"]["layer"] for f in json.loads(file.read_text("utf-8"))["features"] if "layer" in f["properties"]
    }
    assert layers == {"rail-link-line", "rail-link-traffic", "rail-link-arms"}


def test_an_unknown_suffix_names_the_known_ones(built_in, tmp_path):
    with pytest.raises(ExchangeError, match=r"x\.shp: has no suffix .*\.geojson"):
        export_case(built_in, tmp_path / "x.shp")


# GeoJSON: RFC 7946


def walk(geometry):
    kind, coordinates = geometry["type"], geometry["coordinates"]
    return {"Point": [[coordinates]], "LineString": [coordinates], "MultiLineString": coordinates}[kind]


def test_geojson_keeps_rfc_7946(exports):
    text = (exports / "whole.geojson").read_text("utf-8")
    document = json.loads(
        text, parse_float=lambda number: number if len(number.partition(".")[2]) > 6 else float(number)
    )
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    for feature in document["features"]:
        assert {"type", "geometry", "properties"} <= feature.keys()
        for line in walk(feature["geometry"]) if feature["geometry"] else []:
            for lon, lat in line:
                assert isinstance(lon, (int, float))
                assert isinstance(lat, (int, float))
                assert -180 <= lon <= 180
                assert -90 <= lat <= 90


def crossing():
    places = [
        {"id": "a", "name": "A", "kind": "port", "lon": "170", "lat": "50"},
        {"id": "b", "name": "B", "kind": "port", "lon": "-170", "lat": "50"},
    ]
    leg = {"route": "r", "seq": "1", "from": "a", "to": "b", "mode": "air", "basis": "great-circle"}
    route = {"id": "r", "title": "R", "layer": "all", "kind": "precedent"}
    return case_from_raw(raw_case(places=places, routes=[route], legs=[leg]))


def test_a_line_over_the_antimeridian_is_split_and_its_box_crosses(tmp_path):
    document = json.loads(export_case(crossing(), tmp_path / "x.geojson").read_text("utf-8"))
    route = document["features"][0]
    east, west = route["geometry"]["coordinates"]
    assert east[-1][0] == 180
    assert west[0][0] == -180
    assert east[-1][1] == west[0][1]
    assert all(abs(a[0] - b[0]) < 180 for part in (east, west) for a, b in pairwise(part))
    assert document["bbox"][0] == 170
    assert document["bbox"][2] == -170


@pytest.mark.parametrize(
    ("boxes", "box"),
    [
        ([[1, 2, 3, 4]], [1, 2, 3, 4]),
        ([[170, 0, 180, 1], [-180, 0, -170, 1]], [170, 0, -170, 1]),
        ([[-10, 0, 10, 1], [20, 5, 30, 6]], [-10, 0, 30, 6]),
        ([[-180, 0, 180, 1]], [-180, 0, 180, 1]),
        ([[5, 5, 5, 5]], [5, 5, 5, 5]),
    ],
)
def test_the_box_leaves_out_the_widest_gap(boxes, box):
    assert bounding_box(boxes) == box


@pytest.mark.parametrize("suffix", ["kml", "gpx", "csv", "gpkg", "parquet"])
def test_other_formats_split_there_too(tmp_path, suffix):
    file = export_case(crossing(), tmp_path / f"x.{suffix}")
    if suffix == "kml":
        lines = [
            [tuple(map(float, p.split(","))) for p in c.text.split()] for c in parsed(file).iter(f"{KML}coordinates")
        ]
    elif suffix == "gpx":
        lines = [[(float(p.get("lon")), 0) for p in s] for s in parsed(file).iter(f"{GPX}trkseg")]
    elif suffix == "csv":
        rows = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
        lines = [list(part.coords) for row in rows for part in gpd.GeoSeries.from_wkt([row["WKT"]])[0].geoms]
    else:
        read = gpd.read_parquet(file) if suffix == "parquet" else gpd.read_file(file, layer="legs")
        lines = [list(part.coords) for part in read.geometry.iloc[0].geoms]
    steps = [abs(np.diff([point[0] for point in line])).max() for line in lines if len(line) > 1]
    assert len(steps) == 2
    assert max(steps) < 10


# Hostile text

HOSTILE = "<script>alert(1)</script>]]>&amp;\"'$[name]=1+1{{7*7}}\x0b\u202e"


def hostile_case():
    places = [
        {"id": "a", "name": "=A" + HOSTILE, "kind": "settlement", "lon": "130", "lat": "42", "note": HOSTILE},
        {"id": "b", "name": "@B", "kind": "settlement", "lon": "131", "lat": "42"},
    ]
    route = {"id": "r", "title": "=R" + HOSTILE, "layer": "all", "kind": "movement", "note": "+" + HOSTILE}
    leg = {"route": "r", "seq": "1", "from": "a", "to": "b", "mode": "road", "basis": "great-circle", "note": HOSTILE}
    event = {"id": "e", "title": "-E" + HOSTILE, "when": "2022-11", "routes": "r", "place": "a", "cargo": "=" + HOSTILE}
    claim = {
        "id": "c", "event": "e", "party": "p", "stance": "asserts", "asserted_on": "2022-11-02", "about": "movement",
        "statement": "\t=" + HOSTILE, "sources": "s1",
    }  # fmt: skip
    source = {"id": "s1", "title": "=" + HOSTILE, "URL": "https://example.org/?a=<b>&c='\""}
    party = {"id": "p", "name": "=P" + HOSTILE, "kind": "state"}
    tables = {
        "places": places,
        "routes": [route],
        "legs": [leg],
        "events": [event],
        "claims": [claim],
        "parties": [party],
    }
    return case_from_raw(raw_case(sources=(source,), **tables))


def test_hostile_text_is_no_markup_in_a_balloon(tmp_path):
    root = parsed(export_case(hostile_case(), tmp_path / "x.kml")).getroot()
    balloons = [element.text for element in root.iter(f"{KML}description")]
    assert any("&lt;script&gt;" in text for text in balloons)
    assert not any("<script" in text or "$[" in text for text in balloons)
    assert any('<a href="https://example.org/?a=&lt;b&gt;&amp;c=&#x27;&quot;">' in text for text in balloons)


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "'a", "a", "", "-5", "＝1", "\t", "\n=1"])
def test_what_was_put_before_a_cell_comes_off(text):
    assert plain(neutral(text)) == text
    assert text == "-5" or not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))  # a number


# What other programs make of it


def counted(file):
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo is not installed; `make browser` installs gdal-bin")
    shown = subprocess.run([ogrinfo, "-ro", "-al", "-so", str(file)], capture_output=True, text=True, check=True)
    assert "ERROR" not in shown.stderr + shown.stdout
    names = re.findall(r"^Layer name: (.*)$", shown.stdout, re.MULTILINE)
    return dict(zip(names, map(int, re.findall(r"^Feature Count: (\d+)$", shown.stdout, re.MULTILINE)), strict=True))


def test_gdal_counts_the_features_of_every_format(built_in, exports):
    drawn = len(routes.View(built_in).routes())
    events = len(routes.View(built_in).events())
    document = json.loads((exports / "whole.geojson").read_text("utf-8"))
    assert counted(exports / "whole.geojson") == {"whole": len(document["features"])}
    assert counted(exports / "whole.gpx")["tracks"] == drawn
    package = counted(exports / "whole.gpkg")
    assert (package["routes"], package["legs"]) == (len(built_in.route_table), len(built_in.leg_table))
    assert (package["claims"], package["places"]) == (len(built_in.claims), len(built_in.places))
    kml = counted(exports / "whole.kml")
    placemarks = sum(1 for _ in parsed(exports / "whole.kml").iter(f"{KML}Placemark"))
    assert sum(kml.values()) <= placemarks
    assert placemarks >= drawn + events
    assert sum(1 for f in document["features"] if f["properties"]["waybill"] == "route") == drawn


def test_kml_is_valid_against_the_schema_of_ogc(exports, tmp_path):
    from lxml import etree  # noqa: PLC0415 - comes with pykml

    schema = etree.XMLSchema(etree.parse(str(files("pykml") / "schemas" / "ogckml22.xsd")))
    for file in (exports / "whole.kml", exports / "known.kml", export_case(hostile_case(), tmp_path / "x.kml")):
        schema.assertValid(etree.parse(str(file)))


def test_parquet_reads_back_with_its_crs_and_says_what_it_is(exports):
    import pyarrow.parquet as pq  # noqa: PLC0415 - only here

    frame = gpd.read_parquet(exports / "whole.parquet")
    assert frame.crs.to_epsg() == 4326
    assert json.loads(pq.read_schema(exports / "whole.parquet").metadata[b"waybill"])["licence"] == "CC-BY-4.0"
    assert len(frame) == 184


def test_styles_in_the_geopackage_are_those_of_the_page(exports):
    style = json.loads((files("maps") / "static" / "linestyle.json").read_text("utf-8"))
    assert {mode: colours["light"] for mode, colours in style["modes"].items()} == COLOURS
    rules = {**style["statuses"], **style["bases"], **style["kinds"]}
    assert {name: [0 if x == 0.1 else x for x in dash] for name, dash in DASHES.items()} == {
        name: rule["dash"] for name, rule in rules.items()
    }
    with closing(sqlite3.connect(exports / "whole.gpkg")) as database:
        table, qml, default = database.execute(
            "SELECT f_table_name, styleQML, useAsDefault FROM layer_styles"
        ).fetchone()
    assert (table, default) == ("legs", 1)
    root = parsed_text(qml.partition("\n")[2])
    symbols = {symbol.get("name") for symbol in root.iter("symbol")}
    assert {rule.get("symbol") for rule in root.iter("rule")} == symbols


def test_every_leg_has_exactly_one_rule_of_the_style(exports):
    with closing(sqlite3.connect(exports / "whole.gpkg")) as database:
        (qml,) = database.execute("SELECT styleQML FROM layer_styles").fetchone()
        root = parsed_text(qml.partition("\n")[2])
        drawn = [
            row[0]
            for rule in root.iter("rule")
            for row in database.execute("SELECT fid FROM legs WHERE " + rule.get("filter"))  # noqa: S608 - our own
        ]
        (count,) = database.execute("SELECT count(*) FROM legs").fetchone()
    assert sorted(drawn) == list(range(1, count + 1))


def test_kml_folders_are_the_layer_tree_and_dates_are_spans(built_in, exports):
    root = parsed(exports / "whole.kml").getroot()
    parents = {
        child.get("id"): folder.get("id")
        for folder in root.iter(f"{KML}Folder")
        for child in folder.findall(f"{KML}Folder")
    }
    for layer in built_in.layers.to_dict("records"):
        if layer["parent"] and f"layer-{layer['id']}" in parents:
            assert parents[f"layer-{layer['id']}"] == f"layer-{layer['parent']}"
    begins = [element.text for element in root.iter(f"{KML}begin")]
    assert len(begins) > 20
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", text) for text in begins)


def test_the_workbook_says_what_was_derived(exports):
    book = openpyxl.load_workbook(exports / "known.xlsx", read_only=True)
    assert book.sheetnames[:3] == ["about", "status", "citations"]
    assert zipfile.is_zipfile(exports / "known.xlsx")
