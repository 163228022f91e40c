"""Lines of a CSV file: one a row as WKT, or one point a row with columns for longitude and latitude."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from routes import limits
from routes.documents import DocumentError, csv_rows
from routes.errors import ExchangeError
from routes.findings import shortened
from routes.formats.neutral import restored
from routes.formats.plain.drawings import NAME_KEYS, Drawings, point

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routes.formats.plain.drawings import Point

_WKT_NAMES = ("geometry", "wkt", "geom", "the_geom", "line")
_LON_NAMES = ("lon", "longitude", "lng", "long", "x")
_LAT_NAMES = ("lat", "latitude", "y")
_LINE_NAMES = ("line", "route", "track", *NAME_KEYS)
_WKT = re.compile(r"\s*(?:SRID=\d+;)?\s*(?P<kind>[A-Za-z]+)", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]")
_SRID = re.compile(r"\s*SRID=(?P<srid>\d+);\s*", re.IGNORECASE)


def read(file: str, content: bytes) -> Drawings:
    """Return the lines of a CSV text; rows that say the same of the same line are one.

    Raises
    ------
    ExchangeError
        If it is no CSV, has no columns for a line, or a cell that is none.
    """
    header, rows = _rows(file, content)
    lower = [name.lower() for name in header]
    wkt, lon, lat = (_position(lower, names) for names in (_WKT_NAMES, _LON_NAMES, _LAT_NAMES))
    drawings = Drawings(file)
    if lon is not None and lat is not None and (wkt is None or lower[wkt] == "line"):
        _add_points(drawings, header, rows, lon, lat)
    elif wkt is not None:
        _add_wkt(drawings, header, rows, wkt)
    else:
        problem = "has no column of lines"
        remedy = "name a column geometry (WKT such as LINESTRING (130.6 42.4, 131.9 43.1)), or two columns lon and lat"
        raise ExchangeError(file, problem, remedy, where="line 1", value=shortened(", ".join(header)))
    return drawings


def _rows(file: str, content: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = content[: err.start].count(b"\n") + 1
        remedy = "save the file as UTF-8 (in Excel: CSV UTF-8)"
        raise ExchangeError(file, "is not UTF-8 text", remedy, where=f"line {line}") from err
    first = _LINE_END.split(text[: limits.LINE_CELL.value], maxsplit=1)[0]
    separator = max(",;\t|", key=first.count)  # the first of them where none is there
    rows = _numbered(file, text, separator)
    header = [restored(name).strip() for name in next(rows, (1, []))[1]]
    return header, rows


def _numbered(file: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row begins, and its cells as they were before formulas were made harmless."""
    try:
        for line, row in csv_rows(text, limits.LINE_CELL, separator=separator):
            if len(row) > limits.COLUMNS.value:
                remedy = limits.COLUMNS.remedy("keep those that are needed")
                raise ExchangeError(file, f"has more than {limits.COLUMNS}", remedy, where=f"line {line}")
            if any(row):
                yield line, [restored(cell) for cell in row]
    except DocumentError as err:
        raise ExchangeError(file, err.problem, err.remedy, where=f"line {err.line}") from err


def _position(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _add_wkt(drawings: Drawings, header: Sequence[str], rows: Iterator[tuple[int, list[str]]], at: int) -> None:
    seen: set[tuple[str, str]] = set()
    for line, row in rows:
        wkt = row[at] if at < len(row) else ""
        texts = {key: cell for number, (key, cell) in enumerate(zip(header, row, strict=False)) if number != at}
        name = next((texts[key] for key in header if key.lower() in _LINE_NAMES and texts.get(key)), "")
        if (name, wkt) in seen:
            drawings.ignored["rows about a line that stands above"] += 1
            continue
        seen.add((name, wkt))
        kind = _WKT.match(wkt)
        if kind is None or kind["kind"].upper() not in {"LINESTRING", "MULTILINESTRING"}:
            # nothing else is handed to the parser, which recurses into collections as deep as they go
            drawings.ignored[f"{shortened(kind['kind'].upper()) if kind else 'empty'} geometries"] += 1
            continue
        drawings.add(_parts(drawings.file, f"line {line}: {header[at]}", wkt), texts)


def _parts(file: str, where: str, wkt: str) -> list[list[Point]]:
    remedy = "write it as WKT in degrees, such as LINESTRING (130.6 42.4, 131.9 43.1)"
    srid = _SRID.match(wkt)
    if srid and srid["srid"] != "4326":
        raise ExchangeError(file, "is not in degrees on WGS 84", "save it in EPSG:4326", where=where, value=srid[0])
    try:
        with np.errstate(invalid="ignore"):  # a coordinate that is no number is told below
            shape = shapely.from_wkt(wkt[srid.end() :] if srid else wkt)
    except shapely.errors.ShapelyError as err:
        raise ExchangeError(file, "is no line", remedy, where=where, value=wkt) from err
    lines = getattr(shape, "geoms", [shape])
    return [[point(file, where, lon, lat) for lon, lat in shapely.get_coordinates(one)] for one in lines]


def _add_points(
    drawings: Drawings, header: Sequence[str], rows: Iterator[tuple[int, list[str]]], lon: int, lat: int
) -> None:
    """Add one line a run of rows that bear one name; without a column of names all rows are one line."""
    names = _position([name.lower() for name in header], _LINE_NAMES)
    lines: dict[str, list[Point]] = {}
    for line, row in rows:
        padded = [*row, *[""] * (len(header) - len(row))]
        where = f"line {line}: {header[lon]}, {header[lat]}"
        name = "" if names is None else padded[names]
        lines.setdefault(name, []).append(point(drawings.file, where, padded[lon], padded[lat]))
    for name, points in lines.items():
        drawings.add([points], {"name": name})
