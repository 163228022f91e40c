"""Every reader of files from elsewhere as one call on bytes, with the only errors that may come out of it.

Shared by the property tests, the bombs and the coverage-guided harness, which runs in a process of its own.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd

import maps.embedding
from maps.state import State
from routes import dates, routing, schema
from routes.checking.layers import check_layers
from routes.checking.references import check_references
from routes.checking.sources import check_sources
from routes.checking.values import check_values
from routes.errors import DateError, ExchangeError, ReportsError, RoutesError
from routes.folder import Reader, raw_from_reader
from routes.formats import export_case, import_case
from routes.reading import read_case
from routes.starter import write_starter
from routes.voyages.rules import Rules
from routes.voyages.tracks import voyages_and_left_out

LINES = b'{"type":"LineString","coordinates":[[130.1,42.2],[130.5,42.6]]}'
STATE = b"#v=1&z=6.0&c=42.4,130.6&on=a,b&known=2024-02-29&from=2022-09&to=2024-03&by=us&sel=e22&lang=ko"
REPORTS = b"""mmsi,time,lon,lat,destination
1,2024-01-01T00:00:00Z,130.3,42.2,VOSTOCHNY
1,2024-01-01T06:00:00Z,131.2,42.3,VOSTOCHNY
1,2024-01-01T12:00:00Z,133.0,42.7,VOSTOCHNY
2,2024-01-01 01:00,-170.5,-20.25,"A, B"
"""
PORTS = """id,name,lon,lat,locode,names,kind,radius_km
rajin,Rajin,130.3,42.2,KPRJN,ko=나진,port,12
vostochny,Vostochny,133.0,42.7,,,port,
""".encode()
# an answer of the router as it is kept
KEPT = {
    "legs": [
        {"line": "_gyoFo`rmH_ibE_ibE", "track_km": 1.5, "snaps_m": [1.0, 2.0], "gaps_m": [3.0], "passages": ["suez"],
         "exempt": [], "land_m": 0.0, "network": "seas", "strays": "", "problem": "", "remedy": ""}
    ]
}  # fmt: skip


class Given(Reader):
    """A case folder in memory."""

    def __init__(self, files):
        super().__init__(Path("given"))
        self._files = files

    def has(self, name):
        return name in self._files

    def text(self, name):
        return self._decoded(name, self._files[name])

    def drawings(self):
        return [name.partition("/")[2] for name in self._files if name.startswith("geometry/")]


def starter(folder):
    """Return the files of the starter case, written into a folder."""
    write_starter(folder)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return files | {"geometry/railway.geojson": LINES}


def seeds():
    """Return for every reader a sound file of its kind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "case"
        files = starter(folder)
        case = read_case(folder)
        for suffix in ("xlsx", "gpkg", "geojson", "kml", "gpx", "csv"):
            files[suffix] = export_case(case, Path(name) / f"case.{suffix}").read_bytes()
        files["reports.parquet"] = parquet_of(REPORTS)
    files |= {"state": STATE, "date": b"2023-09-07~/2023-10-01?", "lon-lat.csv": b"name,lon,lat\na,1,2\na,3,4\n"}
    return files | {"reports.csv": REPORTS, "ports.csv": PORTS, "cache": json.dumps(KEPT).encode()}


def parquet_of(table):
    """Return a table in CSV as Parquet."""
    out = io.BytesIO()
    pd.read_csv(io.BytesIO(table), dtype={"mmsi": str}).to_parquet(out)
    return out.getvalue()


def read(kind, content, files):
    """Read bytes as a kind of file; the project's own errors are swallowed once they are found clear.

    Parameters
    ----------
    kind
        A key of `seeds`.
    content
        The bytes.
    files
        What `seeds` gave, of which a case folder takes its other files.
    """
    try:
        _read(kind, content, files)
    except RoutesError as err:
        check_message(err)


def _read(kind, content, files):
    if kind == "state":
        text = content.decode("utf-8", "surrogateescape")
        canonical = State.parse(text).encode()
        assert State.parse(canonical).encode() == canonical
        assert not State.parse(canonical).notes
    elif kind == "date":
        span = dates.parse(content.decode("utf-8", "surrogateescape"))
        assert span.earliest is None or span.latest is None or span.earliest <= span.latest
    elif kind == "page":
        _embed(content)
    elif kind == "cache":
        _answer(content)
    elif kind.startswith(("reports.", "ports.")):
        _voyages({**files, kind: content}, "reports.parquet" if kind.endswith("parquet") else "reports.csv")
    elif kind in files and ("/" in kind or kind in {"case.toml", "sources.json"} or kind in TABLES):
        check_files({**files, kind: content})
    else:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
            file = Path(name) / f"case.{kind.rpartition('.')[2]}"
            file.write_bytes(content)
            import_case(file)
            assert [path.name for path in Path(name).iterdir()] == [file.name], "something was written beside the file"


TABLES = frozenset(table.file for table in schema.TABLES.values())


def _embed(content):
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        file = Path(name) / "map.html"
        file.write_bytes(content)
        try:
            maps.embedding.embed(file, form="html", state="z=6")
        except ValueError as err:
            assert "make" in str(err)  # noqa: PT017 - any of its errors says what to do


def _answer(content):
    """Route a leg of which such an entry is kept: what is no sound line is made anew."""
    made = routing._from_answer(KEPT["legs"][0])
    request = {"mode": "sea", "legs": [[[1, 2], [3, 4]]]}
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name, mock.patch.dict(os.environ, WAYBILL_CACHE=name):
        assert routing._kept(request, lambda: [made])[0].network == made.network
        [entry] = Path(name).iterdir()
        try:
            document = json.loads(content)
        except (ValueError, RecursionError):
            document = None
        if isinstance(document, dict):
            document["key"] = entry.stem
            content = json.dumps(document).encode()
        entry.write_bytes(content)
        [found] = routing._kept(request, lambda: [made])
    if found.coordinates is not None:
        assert np.isfinite(found.coordinates).all()
        assert len(found.coordinates) > 1
        assert np.abs(found.coordinates[:, 1]).max() <= 90


def _voyages(files, reports):
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        for one in (reports, "ports.csv"):
            Path(name, one).write_bytes(files[one])
        found = voyages_and_left_out(Path(name, reports), Path(name, "ports.csv"), rules=Rules())
        assert {path.name for path in Path(name).iterdir()} == {reports, "ports.csv"}
    for one in found.left_out:
        assert one.reports > 0
        assert one.reason.isprintable()
    assert found.voyages.geometry.is_valid.all()


def check_files(files):
    """Check a case in memory as far as cells and references go: each finding is one clear line."""
    raw = raw_from_reader(Given(files))
    found = [*raw.faults, *check_layers(raw), *check_sources(raw), *check_values(raw), *check_references(raw)]
    for finding in found:
        check_finding(finding)


def check_finding(finding):
    """Hold a finding to one line with a remedy, that a terminal shows and UTF-8 can write."""
    text = str(finding)
    assert text.isprintable()
    assert len(text) < 2_000
    assert finding.remedy
    text.encode()


def check_message(err):
    """Hold an error to a short text that names the file and what to do."""
    text = str(err)
    if isinstance(err, ReportsError):
        assert all(one.isprintable() and len(one) < 2_000 for one in err.faults)
    elif isinstance(err, ExchangeError):
        assert text.startswith(err.file)
        assert "; " in text
        assert len(text) < 2_000
    elif isinstance(err, DateError):
        assert "; " in text
        assert len(text) < 2_000
