"""Every limit of `routes.limits`, set low: more is one clear error that names the limit and how to raise it."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pandas as pd
import pytest
from builders import raw_case
from test_check import CLAIM, EVENT, sound

import maps
import routes
from routes import limits
from routes.case import case_from_raw
from routes.checking import check_raw
from routes.errors import ExchangeError
from routes.formats import export_case, gpkg_reading, import_case
from routes.voyages.files import open_files, pieces_of

LINE = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}
LATER = {"asserted_on": "2022-11-03"}


def folder(tmp_path, **files):
    """Return the folder of a small case with some files written over."""
    case_from_raw(raw_case(**sound())).write(tmp_path / "case")
    for name, text in files.items():
        path = tmp_path / "case" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return routes.check_case(tmp_path / "case")


def check(**tables):
    return check_raw(raw_case(**sound(**tables)))


def exported(tmp_path, suffix):
    return export_case(routes.read_case("dprk-russia"), tmp_path / f"case.{suffix}")


def written(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def lines(tmp_path, count=1):
    document = {"type": "FeatureCollection", "features": [LINE] * count}
    return import_case(written(tmp_path, "x.geojson", json.dumps(document)))


def reports(tmp_path):
    table = pd.DataFrame({"mmsi": ["1"] * 3, "time": ["2024-01-01"] * 3, "lon": [1.0] * 3, "lat": [1.0] * 3})
    table.to_parquet(tmp_path / "r.parquet")
    return pieces_of(open_files([tmp_path / "r.parquet"], {}), 1000)


MANY = "id,name\n" + f"a,{'x' * 100_000}\n" * 8
WKT = 'id,wkt\na,"LINESTRING (1 2, 3 4)"\n'
MEETS = {
    "FILE_MIB": (1, lambda tmp: folder(tmp, places_csv=MANY * 2)),
    "FOLDER_MIB": (1, lambda tmp: folder(tmp, places_csv=MANY, routes_csv=MANY)),
    "GPKG_MIB": (1, lambda tmp: routes.read_case(exported(tmp, "gpkg"))),
    "UNPACKED_MIB": (1, lambda tmp: routes.read_case(exported(tmp, "xlsx"))),
    "PAGE_MIB": (1, lambda tmp: maps.verify(written(tmp, "map.html", "<!doctype html>" + " " * 2**20))),
    "TOML_KIB": (1, lambda tmp: folder(tmp, case_toml="# " + "x" * 2000)),
    "ROWS": (1, folder),
    "COLUMNS": (3, folder),
    "CELLS": (5, folder),
    "CELL": (10, folder),
    "LINE_CELL": (10, lambda tmp: import_case(written(tmp, "x.csv", WKT))),
    "VALUES": (2, lambda tmp: folder(tmp, sources_json='[{"id": "s1", "title": "A", "note": "B"}]')),
    "DEPTH": (2, lambda tmp: folder(tmp, sources_json='[{"id": "s1", "author": [{"family": "A"}]}]')),
    "CHAIN": (
        1,
        lambda _: check(
            claims=[CLAIM, *(CLAIM | LATER | {"id": one, "derived_from": of} for one, of in (("d", "c1"), ("f", "d")))]
        ),
    ),
    "DRAWINGS": (1, lambda tmp: folder(tmp, geometry__a_geojson="{}", geometry__b_geojson="{}")),
    "FINDINGS": (1, lambda _: check(events=[EVENT | {"when": "soon", "kind": "x"}])),
    "LINES": (1, lambda tmp: lines(tmp, 2)),
    "POINTS": (1, lines),
    "ROW_GROUP": (1, reports),
}


def test_each_limit_has_a_file_that_meets_it():
    assert sorted(limit.variable.removeprefix("WAYBILL_MAX_") for limit in limits.ALL) == sorted(MEETS)


@pytest.mark.parametrize("name", MEETS)
def test_more_than_a_limit_is_one_clear_error(name, tmp_path, monkeypatch):
    value, meet = MEETS[name]
    monkeypatch.setenv(f"WAYBILL_MAX_{name}", str(value))
    try:
        found = meet(tmp_path)
        told = [str(one) for one in found if one.is_fault] if isinstance(found, list) else []
    except ValueError as err:
        told = [str(err)]
    named = [one for one in told if f"WAYBILL_MAX_{name} (now {value})" in one]
    assert named, told
    assert str(value) in named[0].partition(";")[0]


@pytest.mark.parametrize("name", MEETS)
def test_without_a_limit_so_low_nothing_of_the_kind_is_said(name, tmp_path):
    try:
        found = MEETS[name][1](tmp_path)
        told = " ".join(map(str, found)) if isinstance(found, list) else ""
    except ValueError as err:
        told = str(err)
    assert "WAYBILL_MAX_" not in told


def test_a_geopackage_is_not_written_to_even_where_its_journal_asks_for_it(tmp_path):
    file = exported(tmp_path, "gpkg")
    (tmp_path / "sent").mkdir()
    sent = tmp_path / "sent" / "case.gpkg"
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA cache_size = 1")
    database.execute("BEGIN")
    database.execute("UPDATE claims SET note = note || 'half'")
    shutil.copy(file, sent)  # with a journal that says what to undo
    shutil.copy(f"{file}-journal", f"{sent}-journal")
    database.execute("ROLLBACK")
    database.close()
    before = sent.read_bytes()
    with pytest.raises(ExchangeError, match="not a sound GeoPackage"):
        routes.read_case(sent)
    assert sent.read_bytes() == before
    assert sorted(path.name for path in sent.parent.iterdir()) == ["case.gpkg", "case.gpkg-journal"]


def test_a_geopackage_that_works_for_long_is_stopped(tmp_path, monkeypatch):
    file = exported(tmp_path, "gpkg")
    with sqlite3.connect(file) as database:
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
            "INSERT INTO parties (id, name) SELECT 'p' || i, 'P' FROM n"
        )
    database.close()
    monkeypatch.setattr(gpkg_reading, "_MAX_STEPS", 0)
    with pytest.raises(ExchangeError, match="interrupted"):
        routes.read_case(file)
