"""Files that Waybill writes from the corpus: they parse, nothing in them runs, and the texts are in them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import unicodedata
import warnings
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import geopandas as gpd
import hostile_case
import openpyxl
import pytest
from corpus import LONG, SHORT, file_name, ran_in_python
from PIL import Image

import maps
import routes
from maps.figure.fonts import MissingFontWarning
from routes.formats import export_case
from routes.formats.neutral import restored

TOLD = [*SHORT, next(one for one in LONG if one.id == "long-word")]
TEXTS = {payload.id: payload.text for payload in TOLD}
KML = "{http://www.opengis.net/kml/2.2}"
GPX = "{http://www.topografix.com/GPX/1/1}"
SVG = "{http://www.w3.org/2000/svg}"
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def in_xml(text):
    """Return a text as XML 1.0 can hold it: what it cannot stands as U+FFFD, and a parser reads each line end as LF."""
    return NO_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def parsed(content):
    return ET.fromstring(content)  # noqa: S314 - our own file


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return routes.read_case(hostile_case.write(tmp_path_factory.mktemp("outputs") / "case", TOLD))


@pytest.fixture(scope="module")
def exported(case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    found = {}

    def get(suffix):
        if suffix not in found:
            found[suffix] = export_case(case, folder / f"x.{suffix}")
            assert not ran_in_python()
        return found[suffix]

    return get


def by_id(rows, key=lambda row: row["id"]):
    return {key(row)[2:]: row for row in rows if key(row)[2:] in TEXTS}


def test_geojson_holds_every_text_to_the_letter(exported):
    features = json.loads(exported("geojson").read_text("utf-8"))["features"]
    rows = {
        kind: by_id([f["properties"] for f in features if f["properties"]["waybill"] == kind])
        for kind in ("route", "event", "place")
    }
    for name, text in TEXTS.items():
        route, event, place = (rows[kind][name] for kind in ("route", "event", "place"))
        assert (
            route["title"]
            == route["note"]
            == event["title"]
            == event["carrier"]
            == event["cargo"]
            == place["name"]
            == text
        )
        claim = next(one for one in event["claims"] if one["id"] == f"c-{name}")
        assert claim["statement"] == claim["party_name"] == claim["unit"] == text
        assert text in claim["citations"][0]["citation"]
        assert route["layer_title"].endswith(text)


def test_parquet_holds_every_text_to_the_letter(exported):
    frame = gpd.read_parquet(exported("parquet"))
    rows = by_id(frame.to_dict("records"), key=lambda row: row["route"])
    assert {name: row["title"] for name, row in rows.items()} == TEXTS
    assert [
        name for name, row in rows.items() if TEXTS[name] not in row["claims"] or TEXTS[name] not in row["citations"]
    ] == []


def test_a_geopackage_holds_every_text_and_gives_the_case_back(case, exported):
    file = exported("gpkg")
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        titles = dict(database.execute("SELECT id, title FROM routes"))
        assert by_id(titles.items(), key=lambda row: row[0]) == {
            name: (f"r-{name}", text.replace("\0", "\ufffd")) for name, text in TEXTS.items()
        }
        own = dict(database.execute("SELECT name, column_name FROM waybill_columns WHERE table_name = 'events'"))
        assert {name.replace("\0", "\ufffd") for name in hostile_case.own_columns("events", TOLD).values()} <= set(own)
        for (qml,) in database.execute("SELECT styleQML FROM layer_styles"):
            parsed(qml.partition("\n")[2])
        for (said,) in database.execute("SELECT metadata FROM gpkg_metadata"):
            assert TEXTS["long-word"] in json.loads(said)["authors"]
    again = routes.read_case(file)
    assert again.texts == case.texts
    if shutil.which("ogrinfo"):
        told = subprocess.run(["ogrinfo", "-ro", "-al", "-so", file], capture_output=True, check=True)  # noqa: S607
        assert b"ERROR" not in told.stderr
        assert f"Feature Count: {len(TOLD)}".encode() in told.stdout


def test_a_workbook_holds_every_text_none_as_a_formula_and_gives_the_case_back(case, exported):
    file = exported("xlsx")
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "inlineStr"}
    assert [cell.coordinate for cell in cells if cell.hyperlink or cell.comment] == []
    risky = [cell for cell in cells if isinstance(cell.value, str) and FORMULA.match(cell.value)]
    assert len(risky) > 100
    assert [cell.coordinate for cell in risky if not cell.quotePrefix] == []
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["files"]
    assert {sheet.title for sheet in book} == {
        "about",
        "status",
        "citations",
        "case",
        "layers",
        *hostile_case.TABLES,
        "sources",
        "files",
    }
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content
            assert b"externalLink" not in content
            if name.endswith((".xml", ".rels")):
                parsed(content)
    head = {cell.value: cell.column for cell in book["routes"][1]}
    titles = {row[0].value[2:]: row[head["title"] - 1].value for row in book["routes"].iter_rows(min_row=2)}
    for name, text in TEXTS.items():
        shown = in_xml(text.replace("\r", "\n")).replace("_x000D_", "_x005F_x000D_").replace("_x0041_", "_x005F_x0041_")
        assert titles[name] == shown or (len(text) > 32_767 and titles[name][:30_000] == shown[:30_000]), name
    assert routes.read_case(file).texts == case.texts


def test_no_cell_of_a_csv_begins_a_formula_and_every_text_comes_back(exported):
    text = exported("csv").read_bytes().decode("utf-8-sig")
    csv.field_size_limit(10**6)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for cell in (cell for row in rows for cell in row.values()):
        for part in re.split("[;\t\r\n|]", cell):
            number = re.fullmatch(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?", part, re.IGNORECASE)
            assert number or not re.match("[=+\\-@\uff1d\uff0b\uff0d\uff20]", part), cell[:80]
    found = {row["route"][2:]: row for row in rows if row["claim"][:2] == "c-"}
    assert {name: restored(row["route_title"]) for name, row in found.items()} == TEXTS
    for column in ("event_title", "carrier", "cargo", "claim_statement", "claim_party", "claim_unit"):
        assert {name: restored(row[column]) for name, row in found.items()} == TEXTS


class Tags(HTMLParser):
    """The elements, attributes and texts of some HTML, as a parser of HTML sees them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.texts.append(data)


def test_kml_holds_every_text_and_no_markup_but_its_own(exported):
    root = parsed(exported("kml").read_bytes())
    marks = {mark.get("id"): mark for mark in root.iter(f"{KML}Placemark")}
    assert [one for one in marks if not one.startswith(("route-", "event-", "place-"))] == []
    for name, text in TEXTS.items():
        assert marks[f"event-e-{name}"].findtext(f"{KML}name") == in_xml(text), name
        assert marks[f"place-x-{name}"].findtext(f"{KML}name") == in_xml(text), name
        assert marks[f"route-r-{name}-0"].findtext(f"{KML}name").startswith(in_xml(text)), name
        balloon = marks[f"event-e-{name}"].findtext(f"{KML}description")
        assert "$[" not in balloon
        seen = Tags(balloon)
        assert {tag for tag, _ in seen.tags} == {"p", "ul", "li", "br", "a"}
        assert {address for tag, a in seen.tags if tag == "a" for address in [a["href"]]} <= {
            f"https://example.org/{one}" for one in TEXTS
        }
        assert in_xml(text) in "".join(seen.texts), name
    names = [data.get("name") for data in root.iter(f"{KML}Data")]
    assert set(names) <= {
        "title",
        "summary",
        "authors",
        "licence",
        "disclaimer",
        "id",
        "status",
        "denied_by",
        "as_known_on",
        "length_km",
        "basis",
        "when",
        *names[:20],
    }


def test_gpx_holds_every_text_and_no_element_but_its_own(exported):
    root = parsed(exported("gpx").read_bytes())
    tracks = {track.find(f"{GPX}extensions")[0].text[2:]: track for track in root.iter(f"{GPX}trk")}
    for name, text in TEXTS.items():
        assert tracks[name].findtext(f"{GPX}name") == in_xml(text), name
        assert in_xml(text) in tracks[name].findtext(f"{GPX}src"), name
    assert {text.partition("}")[2] for text in {one.tag for one in root.iter()}} <= {
        "gpx", "metadata", "name", "desc", "author", "copyright", "year", "license", "time", "wpt", "type", "src",
        "trk", "cmt", "number", "extensions", "id", "status", "denied_by", "as_known_on", "licence", "trkseg", "trkpt",
    }  # fmt: skip


@pytest.mark.parametrize("number", [0, 1])
def test_a_figure_holds_the_texts_in_every_format(tmp_path, number):
    payloads = SHORT[number::2][:70]
    case = routes.read_case(hostile_case.write(tmp_path / "case", payloads))
    root = drawn_as_svg(case, tmp_path / "a.svg")
    assert root.findtext(f"{SVG}title")
    beside = (tmp_path / "a.svg.txt").read_text("utf-8")
    assert {c for c in beside if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} == {"\n"}
    for payload in payloads:
        visible = payload.text if payload.text.isprintable() and payload.text.strip() == payload.text else ""
        assert " ".join(visible.split()) in beside, payload.id
    assert not ran_in_python()


def save(case, path, **options):
    """Draw a figure; that no font has some of these letters is said, and no fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingFontWarning)
        maps.figure(case, path, size="500x900mm", **options)


def test_a_figure_for_paper_or_a_screen_holds_nothing_that_runs(tmp_path):
    case = routes.read_case(hostile_case.write(tmp_path / "case", SHORT[::12]))
    save(case, tmp_path / "a.png", dpi=30)
    save(case, tmp_path / "a.pdf")
    with Image.open(tmp_path / "a.png") as image:
        assert image.text["Title"].startswith(SHORT[0].text)
        assert image.text.keys() == {"Title", "Description", "Software"}
    content = re.sub(rb"stream\r?\n.*?endstream", b"", (tmp_path / "a.pdf").read_bytes(), flags=re.DOTALL)
    assert re.search(rb"/(JavaScript|JS|Launch|URI|EmbeddedFile|AA|OpenAction)\b", content) is None
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True)  # noqa: S607
        assert told.stderr == b""
        assert SHORT[0].text in " ".join(told.stdout.decode().split())


def drawn_as_svg(case, path):
    save(case, path)
    root = parsed(path.read_bytes())
    own = {"svg", "title", "desc", "defs", "style", "g", "path", "clipPath", "rect", "use", "text", "image", "metadata"}
    assert {one.tag.partition("}")[2] for one in root.iter()} <= own
    attributes = {(name, value) for one in root.iter() for name, value in one.attrib.items()}
    assert [name for name, _ in attributes if name.lower().startswith("on")] == []
    links = [value for name, value in attributes if name.endswith("href")]
    assert [value for value in links if not value.startswith(("#", "data:image/png;base64,"))] == []
    return root


def test_files_of_hostile_names_are_written_where_they_should_be(tmp_path):
    case = routes.read_case(hostile_case.write(tmp_path / "case", SHORT[:2]))
    folder = tmp_path / "out"
    folder.mkdir()
    for payload in SHORT[::9]:
        export_case(case, folder / file_name(payload, ".geojson"))
    assert {one.name for one in folder.iterdir()} == {file_name(payload, ".geojson") for payload in SHORT[::9]}
