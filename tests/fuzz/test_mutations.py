"""Files that are broken in every way that a generator thinks of: only the project's own errors come out."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from functools import cache
from pathlib import Path

import fuzz_readers as readers
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routes.reading import check_case

SETTINGS = settings(max_examples=30, suppress_health_check=list(HealthCheck), print_blob=True)
SEEDS = cache(readers.seeds)
TEXTS = (
    "case.toml", "sources.json", "places.csv", "routes.csv", "legs.csv", "claims.csv", "events.csv", "parties.csv",
    "geometry/railway.geojson", "geojson", "kml", "gpx", "csv", "lon-lat.csv", "state", "date",
    "reports.csv", "ports.csv", "cache",
)  # fmt: skip

PIECES = st.sampled_from(
    [
        b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n\n", b'"', b"'", b"''", b'"""', b",",
        b";",
        b"[", b"]", b"{", b"}", b"<", b">", b"&", b"<!DOCTYPE x>", b"<![CDATA[", b"&#0;", b"=1+1", b"NaN", b"-Infinity",
        b"1e999", b"9" * 5_000, b"-0", b"0x" + b"f" * 5_000, b"null", b"true", b"../", b"%00", b"%zz", b"9999-99-99",
        b"XXXX", b"/..", b"\\ud800", b"\\u0000", b"\xe2\x80\xae", b"\x1b[2J", b"[" * 2_000, b"a." * 500, b"a" * 100_000,
    ]
)  # fmt: skip


@st.composite
def mutated(draw, content):
    """Return bytes with some pieces of them cut out, doubled or moved, and strange ones put in."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        stop = min(len(content), start + draw(st.integers(0, 40)))
        what = draw(st.sampled_from(["insert", "cut", "double", "end", "random"]))
        if what == "insert":
            content = content[:start] + draw(PIECES) + content[stop:]
        elif what == "cut":
            content = content[:start] + content[stop:]
        elif what == "double":
            content = content[:stop] + content[start:stop] * draw(st.integers(1, 50)) + content[stop:]
        elif what == "end":
            content = content[:start]
        else:
            content = content[:start] + draw(st.binary(max_size=8)) + content[stop:]
    return content


@pytest.mark.parametrize("kind", TEXTS)
@SETTINGS
@given(data=st.data())
def test_a_damaged_text_file_gives_a_clear_error(kind, data):
    files = SEEDS()
    readers.read(kind, data.draw(mutated(files[kind])), files)


NUMBERS = st.sampled_from([0, -1, 2**63, 10**400, 1e308, -1e308, float("nan"), float("inf"), 1e-320, 180.0, 540.1])
WORDS = st.sampled_from(
    ["", " ", "id", "x" * 3_000, "\ud800", "\0", "\u202e", "2022", "http://[", "first-route", "🚂", "a;b"]
)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def other_json(draw, document):
    """Return a document of which some value, deep inside or not, is another one."""
    if isinstance(document, dict) and document and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(document)))
        return {**document, key: draw(other_json(document[key]))}
    if isinstance(document, list) and document and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(document) - 1))
        return [*document[:at], draw(other_json(document[at])), *document[at + 1 :]]
    return draw(JSON)


@pytest.mark.parametrize("kind", ["sources.json", "geometry/railway.geojson", "geojson", "cache"])
@SETTINGS
@given(data=st.data())
def test_json_of_another_shape_gives_a_clear_error(kind, data):
    files = SEEDS()
    document = data.draw(other_json(json.loads(files[kind])))
    readers.read(
        kind, json.dumps(document, ensure_ascii=data.draw(st.booleans())).encode("utf-8", "surrogatepass"), files
    )


@SETTINGS
@given(data=st.data())
def test_a_case_with_strange_cells_is_checked_to_the_end(data):
    files = dict(SEEDS())
    name = data.draw(st.sampled_from(sorted(readers.TABLES & set(files))))
    lines = files[name].decode().splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    cells = lines[at].split(",")
    place = data.draw(st.integers(0, len(cells) - 1))
    cells[place] = data.draw(WORDS | NUMBERS.map(str) | st.text(max_size=20)).replace('"', "")
    lines[at] = ",".join(f'"{cell}"' if number == place else cell for number, cell in enumerate(cells))
    files[name] = "\n".join(lines).encode("utf-8", "surrogatepass")
    readers.check_files(files)


@settings(SETTINGS, max_examples=8)
@given(data=st.data())
def test_check_never_raises_for_what_stands_in_a_folder(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    files = {
        name: content
        for name, content in SEEDS().items()
        if name in readers.TABLES or ("." in name and "/" not in name)
    }
    name = data.draw(st.sampled_from(["case.toml", "sources.json", *sorted(readers.TABLES & set(files))]))
    for one, content in files.items():
        (folder / one).write_bytes(data.draw(mutated(content)) if one == name else content)
    for finding in check_case(folder):
        readers.check_finding(finding)


@settings(SETTINGS, max_examples=40)
@given(data=st.data())
def test_a_damaged_workbook_gives_a_clear_error(data):
    files = SEEDS()
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = data.draw(mutated(parts[name]) | numbers_in_cells(parts[name]))
    readers.read("xlsx", zipped(parts), files)


@st.composite
def numbers_in_cells(draw, content):
    """Return a part of a workbook whose numbers are others, in its own words for a cell."""
    value = draw(NUMBERS.map(str) | WORDS.map(lambda word: word.replace("\ud800", "").replace("\0", "")))
    kind = draw(st.sampled_from([b"n", b"s", b"d", b"b", b"e", b"inlineStr"]))
    return content.replace(b't="s"', b't="%s"' % kind).replace(b"<v>1</v>", f"<v>{value}</v>".encode())


def zipped(parts):
    """Return a zip of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


@settings(SETTINGS, max_examples=40)
@given(data=st.data())
def test_a_geopackage_with_strange_cells_gives_a_clear_error(data, tmp_path_factory):
    files = SEEDS()
    path = Path(tmp_path_factory.mktemp("gpkg")) / "case.gpkg"
    path.write_bytes(files["gpkg"])
    database = sqlite3.connect(path)
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    table = data.draw(st.sampled_from(sorted(name for name in tables if not name.startswith("sqlite_"))))
    column = data.draw(st.sampled_from([row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]))
    value = data.draw(st.none() | st.binary(max_size=60) | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text())
    try:
        database.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))  # noqa: S608 - a test of such a table
        database.commit()
    except (sqlite3.Error, UnicodeEncodeError):
        pass  # SQLite itself refuses it
    database.close()
    readers.read("gpkg", data.draw(st.just(path.read_bytes()) | mutated(path.read_bytes())), files)


@pytest.mark.parametrize("changes", [{"line": -1}, {"line": "??~~~~~~~"}, {"track_km": 10**400}, {"snaps_m": 3}, None])
def test_an_answer_that_somebody_else_kept_is_made_anew(changes):
    legs = [changes and readers.KEPT["legs"][0] | changes]
    readers.read("cache", json.dumps({"legs": legs}).encode(), {})


@settings(SETTINGS, max_examples=40)
@given(data=st.data())
def test_damaged_reports_in_parquet_give_a_clear_error(data):
    files = SEEDS()
    readers.read("reports.parquet", data.draw(mutated(files["reports.parquet"])), files)


@SETTINGS
@given(data=st.data())
def test_reports_and_ports_with_strange_cells_are_read_to_the_end(data):
    files = SEEDS()
    kind = data.draw(st.sampled_from(["reports.csv", "ports.csv"]))
    lines = [line.split(",") for line in files[kind].decode().splitlines()]
    row = data.draw(st.sampled_from(lines))
    place = data.draw(st.integers(0, len(row) - 1))
    row[place] = data.draw(WORDS | NUMBERS.map(str) | st.text(max_size=20))
    readers.read(kind, "\n".join(",".join(line) for line in lines).encode("utf-8", "surrogatepass"), files)


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", '"x"', '{"view": []}', '{"view": 7}', "[" * 100_000, "{", '{"a":' * 100_000, "9" * 5_000],
)
def test_a_damaged_page_is_not_embedded_and_says_so(text):
    generator = '<meta name="generator" content="Waybill 0.1"><title>x</title>'
    page = f'{generator}<script type="application/json" id="waybill-data">{text}</script>'
    readers.read("page", page.encode(), {})
