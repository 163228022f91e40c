"""GeoPackage: reading a case back, with what somebody edited in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from routes import cells, limits, schema
from routes.documents import json_of
from routes.errors import ExchangeError
from routes.folder import BOM
from routes.formats.gpkg import COLUMNS, FID, FILES, GEOMETRY, PREFIX, quoted, shown
from routes.formats.grids import CASE, LAYERS, SOURCES, Grid, text_from_cell
from routes.formats.reading import Content, checked_name
from routes.formats.wkb import is_plain
from routes.geometry import drawn_line, for_files
from routes.writing import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from routes.formats.grids import Cell

_MAX_STEPS: Final = 20_000  # of 10,000 instructions of SQLite each; a case needs a few hundred
_TABLES: Final = (CASE, LAYERS, *schema.TABLES, SOURCES, "about")
_ENVELOPES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes by envelope indicator; GeoPackage 1.3, 2.1.3
_CLOSE_DEG: Final = 1e-9


def read_gpkg(path: Path) -> Content:
    """Return the tables of a GeoPackage and the files that travel in it; moved points and drawn lines are taken over.

    Raises
    ------
    ExchangeError
        If it is no GeoPackage of a case, or is too large.
    """
    if path.stat().st_size > limits.GPKG.bytes:
        raise ExchangeError(path.name, f"is larger than {limits.GPKG}", limits.GPKG.remedy("split the case"))
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return _Reader(path.name, database).content()
    except (sqlite3.Error, OverflowError) as err:
        raise ExchangeError(path.name, f"is not a sound GeoPackage ({err})", "export the case anew") from err


class _Reader:
    """One open GeoPackage, whose content nobody vouches for."""

    def __init__(self, file: str, database: sqlite3.Connection) -> None:
        self.file = file
        self.database = database
        self.left = limits.GPKG.bytes
        steps = iter(range(_MAX_STEPS))
        database.execute("PRAGMA trusted_schema = OFF")
        # a column that is worked out can be a gigabyte a row
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(self.left, 2**30))
        database.set_progress_handler(lambda: next(steps, None) is None, 10_000)
        # no views, and none of the tables that code makes
        kinds = database.execute("SELECT name, type, sql FROM sqlite_master")
        self.tables = {
            name for name, kind, sql in kinds if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL")
        }

    def content(self) -> Content:
        if COLUMNS not in self.tables:
            remedy = "give one that `waybill export` made, or save its lines as GeoJSON and import that"
            raise ExchangeError(self.file, "is not a GeoPackage of a case", remedy)
        names: dict[str, dict[str, str]] = {}
        for table, column, name in self._rows(COLUMNS, ("table_name", "column_name", "name"), order="position"):
            names.setdefault(str(table), {})[str(column)] = str(name)
        grids, geometries = {}, {}
        for table in _TABLES:
            if table in self.tables and table in names:
                grids[table], geometries[table] = self._grid(table, names[table])
        carried = {}
        if FILES in self.tables:
            for name, text in self._rows(FILES, ("name", "text")):
                carried[checked_name(self.file, str(name))] = str(text or "")
        if "places" in grids:
            grids["places"] = self._moved(grids["places"], geometries["places"])
        if "legs" in grids:
            carried |= _redrawn(grids["legs"], geometries["legs"], carried)
        about = {row.get("key"): row.get("value") for row in grids["about"].rows} if "about" in grids else {}
        return Content(str(about.get("case") or ""), grids, carried, shown)

    def _rows(self, table: str, columns: tuple[str, ...], order: str = FID) -> list[tuple[Any, ...]]:
        fields = ", ".join(map(quoted, columns))
        query = f"SELECT {fields} FROM {quoted(table)} ORDER BY {quoted(order)}, {FID}"  # noqa: S608 - quoted
        rows: list[tuple[Any, ...]] = []
        most = limits.ROWS.value
        for row in self.database.execute(query):
            rows.append(row)
            self.left -= sum(len(cell) for cell in row if isinstance(cell, (str, bytes)))
            for limit, is_met in ((limits.ROWS, len(rows) > most), (limits.GPKG, self.left < 0)):
                if is_met:
                    remedy = limit.remedy("split the case")
                    raise ExchangeError(self.file, f"holds more than {limit}", remedy, where=table)
        return rows

    def _grid(self, table: str, names: Mapping[str, str]) -> tuple[Grid, list[BaseGeometry | None]]:
        """Return a table, with columns that were added to it, and its geometries."""
        there = [row[1] for row in self.database.execute(f"PRAGMA table_info({quoted(table)})")]
        if len(there) > limits.COLUMNS.value:
            remedy = limits.COLUMNS.remedy("keep those that are needed")
            raise ExchangeError(self.file, f"has more than {limits.COLUMNS}", remedy, where=table)
        if FID not in there:
            raise ExchangeError(self.file, f"has no column {FID}", "export the case anew", where=table)
        known = [column for column in names if column in there]
        own = [c for c in there if c not in names and c not in {FID, GEOMETRY} and not c.startswith(PREFIX)]
        columns = [*known, *own]
        header = tuple(names.get(column, column) for column in columns)
        has_geometry = GEOMETRY in there
        rows, lines, shapes = [], [], []
        for fid, *values in self._rows(table, (FID, *columns, *([GEOMETRY] if has_geometry else []))):
            if not isinstance(fid, int):
                raise ExchangeError(self.file, "is no number of a row", "export the case anew", where=f"{table}: {FID}")
            shapes.append(self._geometry(table, fid, values.pop()) if has_geometry else None)
            flags = table == LAYERS
            row = {
                name: _cell(value, flag=flags and name in {"on", "open"})
                for name, value in zip(header, values, strict=True)
            }
            rows.append(row)
            lines.append(fid)
        return Grid(table, header, tuple(rows), lines=tuple(lines)), shapes

    def _geometry(self, table: str, fid: int, value: Any) -> BaseGeometry | None:  # noqa: ANN401 - a cell of SQLite
        if value is None:
            return None
        try:
            if value[:2] != b"GP":
                msg = "no GeoPackage geometry"
                raise ValueError(msg)  # noqa: TRY301 - one message for all that can be wrong
            wkb = value[8 + _ENVELOPES[value[3] >> 1 & 7] :]
            if not is_plain(wkb):
                msg = "no point and no line"
                raise ValueError(msg)  # noqa: TRY301 - as above
            return shapely.from_wkb(wkb)
        except Exception as err:
            where = f"{table}: fid {fid}: {GEOMETRY}"
            raise ExchangeError(self.file, "is not a geometry", "draw it anew", where=where) from err

    def _moved(self, grid: Grid, shapes: list[BaseGeometry | None]) -> Grid:
        """Return the places with the lon and lat of points that were moved on the map."""
        rows = []
        for row, shape in zip(grid.rows, shapes, strict=True):
            new = dict(row)
            if shape is not None and shape.geom_type == "Point" and not shape.is_empty:
                at = tuple(_number(row.get(name)) for name in ("lon", "lat"))
                if not np.allclose(at, (shape.x, shape.y), rtol=0, atol=_CLOSE_DEG):
                    new |= {"lon": float(shape.x), "lat": float(shape.y)}
            rows.append(new)
        return Grid(grid.name, grid.header, tuple(rows), grid.numbers, grid.lines)


def _number(cell: Cell) -> float:
    try:
        return float(text_from_cell(cell) or "nan")
    except ValueError:
        return float("nan")


def _cell(value: Any, *, flag: bool) -> Cell:  # noqa: ANN401 - a cell of SQLite
    if flag and isinstance(value, int):
        return bool(value)
    if isinstance(value, (int, float)):
        return float(value)
    return None if value is None else value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _redrawn(legs: Grid, shapes: list[BaseGeometry | None], carried: Mapping[str, str]) -> dict[str, str]:
    """Return the geometry files of drawn legs whose line was changed on the map."""
    changed = {}
    for leg, shape in zip(legs.rows, shapes, strict=True):
        if leg.get("basis") != "drawn" or shape is None or shape.is_empty:
            continue
        names = cells.key(schema.LEGS, {key: text_from_cell(leg.get(key)) for key in ("route", "seq")})
        stems = (f"geometry/{names[0]}.{names[1]}.geojson", f"geometry/{names[0]}.geojson")
        name = next((stem for stem in stems if stem in carried), stems[0])
        line = shapely.get_coordinates(shape)
        if name in carried and _same_line(carried[name], line):
            continue
        geometry = {"type": "LineString", "coordinates": np.round(line, 6).tolist()}
        changed[name] = json_text({"type": "Feature", "properties": {}, "geometry": geometry})
    return changed


def _same_line(text: str, line: np.ndarray[Any, Any]) -> bool:
    try:
        before = shapely.get_coordinates(for_files(shapely.LineString(drawn_line(json_of(text.removeprefix(BOM))))))
    except ValueError:
        return True  # what was faulty before stays as it is, and check says so
    return before.shape == line.shape and bool(np.allclose(before, line, rtol=0, atol=_CLOSE_DEG))
