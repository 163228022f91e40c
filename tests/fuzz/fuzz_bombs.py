"""Small files that ask for much: each writes itself into a folder and returns what reads it."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from maps.embedding import embed
from maps.state import State
from routes import dates
from routes.formats import import_case
from routes.reading import check_case
from routes.starter import write_starter
from routes.voyages.files import open_files, pieces_of

MIB = 2**20
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    "<sheetData>{}</sheetData></worksheet>"
)


def _file(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return partial(import_case, path)


def _case(folder, name, content):
    case = write_starter(folder / "case")
    (case / name).parent.mkdir(exist_ok=True)
    (case / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return partial(check_case, case)


def _layers(count):
    chain = "".join(f'[[layer]]\nid = "l{n}"\ntitle = "x"\nparent = "l{n - 1}"\n' for n in range(1, count))
    return f'title = "x"\nlicence = "x"\nupdated = 2026-01-31\n[[layer]]\nid = "l0"\ntitle = "x"\n{chain}'


def _claims(count, last):
    rows = "".join(
        f"c{n},,railway,harbour-office,asserts,,movement,s,no,c{n - 1 if n else last},\n" for n in range(count)
    )
    return f"id,event,route,party,stance,asserted_on,about,statement,verified,derived_from,sources\n{rows}"


def _sheet(xml, folder, name="xl/worksheets/sheet1.xml", **parts):
    from fuzz_readers import seeds  # noqa: PLC0415 - the bomb tests import this module first

    out = io.BytesIO()
    parts.setdefault(name, xml)
    with zipfile.ZipFile(io.BytesIO(seeds()["xlsx"])) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in {*old.namelist(), *parts}:
            new.writestr(one, parts[one] if one in parts else old.read(one))
    return _file(folder, "case.xlsx", out.getvalue())


def _zip_of_many(folder):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for number in range(60_000):
            book.writestr(f"{number}", b"")
    return _file(folder, "case.xlsx", out.getvalue())


def _gpkg(folder, *statements, values=()):
    from fuzz_readers import seeds  # noqa: PLC0415 - as above

    path = folder / "case.gpkg"
    path.write_bytes(seeds()["gpkg"])
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement, values)
    database.close()
    return partial(import_case, path)


def _nested_wkb(depth):
    head = b"GP\0\1" + struct.pack("<i", 4326)
    return head + (struct.pack("<BII", 1, 7, 1) * depth) + shapely.to_wkb(shapely.Point(1, 2))


def _nested_lines(depth):
    return b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 5, 1) * depth


def _gpkg_with(folder, blob):
    return _gpkg(folder, "UPDATE places SET geom = ?", values=(blob,))


def _generated(folder, column):
    make = f"CREATE TABLE places (fid INTEGER PRIMARY KEY, geom BLOB, {column})"
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
    fill = f"INSERT INTO places (fid) {count} SELECT i FROM n"  # noqa: S608 - a test of such a table
    return _gpkg(folder, "DROP TABLE places", make, fill)


def _view(folder):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, i AS id FROM n"
    return _gpkg(folder, "DROP TABLE places", f"CREATE VIEW places AS {endless}")


def _parquet(folder):
    path = folder / "reports.parquet"
    table = pa.table({name: pa.repeat(pa.scalar(1.0), 60_000_000) for name in ("lon", "lat")})
    pq.write_table(table, path, row_group_size=60_000_000)
    columns = {"vessel": "lon", "time": "lon", "lon": "lon", "lat": "lat"}
    return lambda: pieces_of(open_files([path], columns), MIB)


def _page(folder, text):
    path = folder / "map.html"
    path.write_text('<meta name="generator" content="Waybill 0.1">' + text, encoding="utf-8")
    return lambda: embed(path, form="html", state="z=6")


def _many_drawings(folder):
    case = write_starter(folder / "case")
    (case / "geometry").mkdir(exist_ok=True)
    for number in range(12_000):
        (case / "geometry" / f"r{number}.geojson").touch()
    return partial(check_case, case)


def _sparse(folder, name):
    """Return the reader of a case with a file of 60 GiB of zeros, which take no room on the disk."""
    case = write_starter(folder / "case")
    with (case / name).open("wb") as file:
        file.truncate(60 * 2**30)
    return partial(check_case, case)


def _point_feature(lon):
    return f'{{"type":"LineString","coordinates":[[{lon},1],[2,2]]}}'


DIGITS = "9" * 10**6
BOMBS = {
    # XML
    "billion laughs": lambda f: _file(f, "x.kml", '<!DOCTYPE k [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]><kml>&a;</kml>"),
    "quadratic entities": lambda f: _file(f, "x.gpx", f'<!DOCTYPE g [<!ENTITY a "{"a" * 50_000}">]><gpx>{"&a;" * 50_000}</gpx>'),
    "an entity that is a file": lambda f: _file(f, "x.kml", '<!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>'),
    "xml 100,000 deep": lambda f: _file(f, "x.kml", KML.format("<Placemark>" * 10**5 + "</Placemark>" * 10**5)),
    "8 million xml elements": lambda f: _file(f, "x.gpx", "<gpx>" + "<a/>" * (8 * 10**6) + "</gpx>"),
    "markup that never closes": lambda f: _file(f, "x.kml", KML.format(f"<Placemark><description>{'&lt;a ' * 10**6}</description></Placemark>")),
    "10 million points in xml": lambda f: _file(f, "x.kml", KML.format(f"<Placemark><LineString><coordinates>{'1,2 3,4 ' * (4 * 10**6)}</coordinates></LineString></Placemark>")),
    # JSON and GeoJSON
    "json 100,000 deep": lambda f: _file(f, "x.geojson", '{"type":"x","a":' + "[" * 10**5 + "]" * 10**5 + "}"),
    "json 900 deep": lambda f: _file(f, "x.geojson", '{"type":"x","crs":' + "[" * 900 + "]" * 900 + "}"),
    "sources 900 deep": lambda f: _case(f, "sources.json", "[" * 900 + "]" * 900),
    "sources of 20 million values": lambda f: _case(f, "sources.json", "[" + "[]," * (20 * 10**6) + "[]]"),
    "a number of a million digits in json": lambda f: _file(f, "x.geojson", _point_feature(DIGITS)),
    "a float of a million digits in json": lambda f: _file(f, "x.geojson", _point_feature("1." + DIGITS)),
    "a number of 4,000 digits in json": lambda f: _file(f, "x.geojson", _point_feature("9" * 4_000)),
    "1e999 in json": lambda f: _file(f, "x.geojson", _point_feature("1e999")),
    "a drawing of huge numbers": lambda f: _case(f, "geometry/x.geojson", _point_feature("1e308")),
    "5 million points in json": lambda f: _file(f, "x.geojson", '{"type":"LineString","coordinates":[' + "[1,2],[3,4]," * (25 * 10**5) + "[1,2]]}"),
    # TOML
    "a number of a million digits in toml": lambda f: _case(f, "case.toml", f"title = {DIGITS[:900_000]}"),
    "a hexadecimal number of a million digits": lambda f: _case(f, "case.toml", f"title = 0x{'f' * 900_000}"),
    "toml arrays 100,000 deep": lambda f: _case(f, "case.toml", "title = " + "[" * 10**5 + "]" * 10**5),
    "a key of 400,000 parts": lambda f: _case(f, "case.toml", "a." * 400_000 + "a = 1"),
    "a header of 400,000 parts": lambda f: _case(f, "case.toml", "[" + '"a" . ' * 100_000 + "a]\n" + "b.c = 1\n" * 1000),
    "keys of 2,000 parts": lambda f: _case(f, "case.toml", "".join(f"b{n}{'.a' * 2_000} = 1\n" for n in range(250))),
    "a chain of 10,000 layers": lambda f: _case(f, "case.toml", _layers(10_000)),
    # CSV
    "a million columns": lambda f: _case(f, "places.csv", ",".join(map(str, range(10**6))) + "\n1\n"),
    "30 million rows": lambda f: _case(f, "events.csv", "id,title,when\n" + "a\n" * (30 * 10**6)),
    "60 million empty lines": lambda f: _case(f, "events.csv", "\n" * (60 * 10**6)),
    "900 columns of 100,000 rows": lambda f: _case(f, "events.csv", ",".join(f"c{n}" for n in range(900)) + "\n" + "a\n" * 10**5),
    "a cell of 60 MB": lambda f: _case(f, "events.csv", 'id,title,when\n"' + "a" * (60 * 10**6)),
    "a number of a million digits in a cell": lambda f: _case(f, "places.csv", f"id,name,kind,lon,lat\na,b,port,{DIGITS[:900_000]},1\n"),
    "a date of a million digits": lambda _: partial(dates.parse, DIGITS),
    "a date of a far year": lambda _: partial(dates.parse, "Y1e10"),
    "100,000 faults": lambda f: _case(f, "legs.csv", "route,seq,from,to,mode,basis\n" + "".join(f"r{n},x,a{n},b{n},m{n},b{n}\n" for n in range(10**5))),
    "100,000 ids that nothing has": lambda f: _case(f, "events.csv", "id,title,when,routes\n" + "".join(f"e{n},t,2022,rout-{n}\n" for n in range(10**5))),
    "a chain of 10,000 claims": lambda f: _case(f, "claims.csv", _claims(10_000, "")),
    "a circle of 10,000 claims": lambda f: _case(f, "claims.csv", _claims(10_000, 9_999)),
    "a million columns of lines": lambda f: _file(f, "x.csv", "wkt," + ",".join(map(str, range(10**6))) + '\n"LINESTRING (1 2, 3 4)",1\n'),
    "apostrophes without end": lambda f: _file(f, "x.csv", "wkt,name\n" + "'" * 10**6 + "," + ";'" * 10**6 + "\n"),
    "a wkt that nests": lambda f: _file(f, "x.csv", 'wkt,name\n"' + "GEOMETRYCOLLECTION(" * 10**5 + '",a\n'),
    # workbooks
    "a sheet that unpacks to a gigabyte": lambda f: _sheet(b" " * (2**30), f),
    "24 million shared strings": lambda f: _sheet(b"<sst>" + b"<si/>" * (24 * 10**6) + b"</sst>", f, "xl/sharedStrings.xml"),
    "rows as wide as a sheet": lambda f: _sheet(SHEET.format('<row><c r="ALL1"/></row>' * 10**5).encode(), f),
    "a cell in the last corner": lambda f: _sheet(SHEET.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>').encode(), f),
    "a row of a million digits": lambda f: _sheet(SHEET.format(f'<row r="{DIGITS}"><c><v>1</v></c></row>').encode(), f),
    "a cell of 4,000 digits": lambda f: _sheet(SHEET.format(f'<row r="1"><c r="A1"><v>{"9" * 4_000}</v></c></row>').encode(), f),
    "a cell of a million digits": lambda f: _sheet(SHEET.format(f'<row r="1"><c r="A1"><v>{DIGITS}</v></c></row>').encode(), f),
    "xml 100,000 deep in a sheet": lambda f: _sheet(SHEET.format("<row>" * 10**5 + "</row>" * 10**5).encode(), f),
    "xml 100,000 deep in the styles": lambda f: _sheet(b"<styleSheet>" * 10**5 + b"</styleSheet>" * 10**5, f, "xl/styles.xml"),
    "a zip of 60,000 files": _zip_of_many,
    "an entity in a part of another name": lambda f: _sheet(b"<a/>", f, **{"x.dat": b'<!DOCTYPE x [<!ENTITY a "b">]>'}),
    # GeoPackages
    "a view without end": _view,
    "a gigabyte of cells": lambda f: _generated(f, "id TEXT, name BLOB DEFAULT (zeroblob(200000))"),
    "an fid of a gigabyte": lambda f: _gpkg(f, "DROP TABLE places", "CREATE TABLE places (id TEXT, fid BLOB GENERATED ALWAYS AS (zeroblob(900000000)))", "INSERT INTO places (id) VALUES ('a'), ('b'), ('c'), ('d')"),
    "no fid": lambda f: _gpkg(f, "DROP TABLE places", "CREATE TABLE places (id TEXT)", "INSERT INTO places VALUES ('a')"),
    "geometries 10 million deep": lambda f: _gpkg_with(f, _nested_wkb(10**7)),
    "lines of lines 10 million deep": lambda f: _gpkg_with(f, _nested_lines(10**7)),
    "a line that says it has 4 billion points": lambda f: _gpkg_with(f, b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 2, 2**32 - 1)),
    # the rest
    "a state of 10 MB": lambda _: partial(State.parse, "on=" + "a," * 10**7),
    "a page of titles that never close": lambda f: _page(f, "<title>" * 10**6),
    "a page of data that never close": lambda f: _page(f, '<script type="application/json" id="waybill-data">' * 10**6),
    "a row group of 60 million rows": _parquet,
    "12,000 drawings": _many_drawings,
    "a table of 60 GiB": lambda f: _sparse(f, "claims.csv"),
    "a case.toml of 60 GiB": lambda f: _sparse(f, "case.toml"),
}  # fmt: skip


def shown(findings):
    """Return the findings that name a limit, and the first of the others."""
    lines = [str(finding) for finding in findings]
    return [*[line for line in lines if "WAYBILL_MAX" in line][:5], *lines[:20]]


def outcome(name, folder):
    """Return what comes of reading a bomb that was written: ("ok", ...), ("error", class, text)."""
    read = BOMBS[name](folder)

    def run():
        try:
            found = read()
        except Exception as err:
            return json.dumps(["error", [one.__name__ for one in type(err).__mro__], str(err)[:5_000]])
        return json.dumps(["ok", [], "\n".join(shown(found)) if isinstance(found, list) else ""])

    return run
