"""Plain lines from elsewhere: the lines of a GeoJSON, KML, GPX or CSV file, with their names and nothing else."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely.geometry import shape

from routes.errors import ExchangeError
from routes.folder import BOM
from routes.formats.extract import parts_of
from routes.formats.flat import plain
from routes.formats.xml import local, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from numpy.typing import NDArray

MAX_FILE_BYTES: Final = 64 * 2**20
MAX_POINTS: Final = 2_000_000
_CELL_LIMIT: Final = 32 * 2**20  # characters; a long line as WKT
_NAMES: Final = ("route_title", "name", "title", "label", "id")
_LONGEST_NAME: Final = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line from elsewhere.

    Attributes
    ----------
    name
        Its name; "" if it has none.
    parts
        (n, 2) lon, lat in degrees of each part, at least two points.
    """

    name: str
    parts: tuple[NDArray[np.float64], ...]


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a file, in order; points and areas in it are passed over.

    Raises
    ------
    ExchangeError
        If it cannot be read, is too large, or holds no line.
    OSError
        If it cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        problem = f"is larger than {MAX_FILE_BYTES // 2**20} MiB"
        raise ExchangeError(path.name, problem, "simplify its lines, or split it")
    readers = {".geojson": _geojson, ".json": _geojson, ".kml": _kml, ".gpx": _gpx, ".csv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        remedy = f"give one that ends in .gpkg, .xlsx, {', '.join(readers)}"
        raise ExchangeError(path.name, "has no suffix of a format that Waybill reads", remedy)
    lines = [line for line in reader(path.name, path.read_bytes()) if line.parts]
    if not lines:
        raise ExchangeError(path.name, "holds no line", "draw its routes as lines; points and areas are no routes")
    if sum(len(part) for line in lines for part in line.parts) > MAX_POINTS:
        raise ExchangeError(path.name, f"has more than {MAX_POINTS} points", "simplify its lines")
    return lines


def _line(file: str, where: str, name: object, parts: list[Any]) -> Line:
    """Return a line after checking that its points are lon, lat in degrees."""
    checked = []
    for part in parts:
        points = np.asarray(part, dtype="float64")
        points = points[:, :2] if points.ndim == 2 and points.shape[1] >= 2 else np.empty((0, 2))
        if len(points) < 2:
            continue
        bad = ~((np.abs(points[:, 0]) <= 540) & (np.abs(points[:, 1]) <= 90))
        if bad.any():
            lon, lat = points[int(np.argmax(bad))]
            remedy = "write WGS 84 degrees, longitude first; in GIS programs export with EPSG:4326"
            raise ExchangeError(file, "is not a longitude and latitude", remedy, where=where, value=f"{lon:g} {lat:g}")
        if (points != points[0]).any():
            checked.append(points)
    return Line(str(name if name is not None else "").strip()[:_LONGEST_NAME], tuple(checked))


def _text(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as err:
        line = content[: err.start].count(b"\n") + 1
        raise ExchangeError(file, "is not UTF-8 text", "save it as UTF-8", where=f"line {line}") from err


def _geojson(file: str, content: bytes) -> Iterator[Line]:
    try:
        document = json.loads(_text(file, content))
    except (json.JSONDecodeError, RecursionError) as err:
        problem = "is nested too deeply" if isinstance(err, RecursionError) else f"is not JSON ({err})"
        raise ExchangeError(file, problem, "export it anew as GeoJSON") from err
    kind = document.get("type") if isinstance(document, dict) else None
    features = document.get("features") if kind == "FeatureCollection" else [document]
    if not isinstance(features, list) or kind is None:
        raise ExchangeError(file, "is not GeoJSON", "give a FeatureCollection, a Feature or a geometry")
    for number, feature in enumerate(features):
        where = f"features[{number}]"
        geometry = (
            feature.get("geometry") if isinstance(feature, dict) and feature.get("type") == "Feature" else feature
        )
        if not isinstance(geometry, dict) or geometry.get("type") not in {
            "LineString",
            "MultiLineString",
            "GeometryCollection",
        }:
            continue
        properties = feature.get("properties")
        name = _name(properties if isinstance(properties, dict) else {})
        try:
            parts = [part for one in _flat(geometry) for part in parts_of(shape(one))]
            coordinates = [np.asarray(part.coords) for part in parts]
        except Exception as err:  # whatever shapely makes of it
            raise ExchangeError(
                file, "is not a line", "give it numbers, two or more points a line", where=where
            ) from err
        yield _line(file, where, name, coordinates)


def _flat(geometry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the lines of a geometry; those of a collection one level down."""
    if geometry["type"] != "GeometryCollection":
        return [geometry]
    return [one for one in geometry.get("geometries", ()) if one.get("type") in {"LineString", "MultiLineString"}]


def _name(values: Mapping[str, Any]) -> str:
    lower = {str(key).lower(): value for key, value in values.items()}
    return next((str(lower[key]) for key in _NAMES if lower.get(key) not in (None, "")), "")


def _kml(file: str, content: bytes) -> Iterator[Line]:
    for mark in (one for one in parse(file, content).iter() if local(one) == "Placemark"):
        name = next((child.text for child in mark if local(child) == "name"), "")
        where = f"Placemark {name!r}"
        parts = []
        for element in mark.iter():
            if local(element) == "LineString":
                texts = [child.text or "" for child in element if local(child) == "coordinates"]
                parts.append([_numbers(file, where, one.split(",")) for one in " ".join(texts).split()])
        yield _line(file, where, name, parts)


def _gpx(file: str, content: bytes) -> Iterator[Line]:
    for track in parse(file, content):
        kind = local(track)
        if kind not in {"trk", "rte"}:
            continue
        name = next((child.text for child in track if local(child) == "name"), "")
        segments = [track] if kind == "rte" else [child for child in track if local(child) == "trkseg"]
        where = f"{kind} {name!r}"
        yield _line(file, where, name, [_points(file, where, segment) for segment in segments])


def _points(file: str, where: str, segment: Element) -> list[list[float]]:
    points = (point for point in segment if local(point) in {"trkpt", "rtept"})
    return [_numbers(file, where, [point.get("lon", ""), point.get("lat", "")]) for point in points]


def _numbers(file: str, where: str, texts: list[str]) -> list[float]:
    try:
        return [float(texts[0]), float(texts[1])]
    except (ValueError, IndexError) as err:
        value = ",".join(texts)
        raise ExchangeError(file, "is not a position", "write longitude,latitude", where=where, value=value) from err


def _csv(file: str, content: bytes) -> Iterator[Line]:
    """Yield the lines of a table with WKT; rows that repeat a line, as in Waybill's own flat file, give it once."""
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.DictReader(io.StringIO(_text(file, content), newline=""))
    column = next(
        (name for name in reader.fieldnames or () if name and name.lower() in {"wkt", "geometry", "geom"}), None
    )
    if column is None:
        remedy = "name a column WKT and write each line as LINESTRING (lon lat, lon lat)"
        raise ExchangeError(file, "has no column with lines", remedy, where="row 1")
    seen = set()
    try:
        for row in reader:
            text = plain(row[column] or "").strip()
            values = {key: plain(value) for key, value in row.items() if key and isinstance(value, str)}
            key = (values.get("route") or _name(values), text)
            if not text or key in seen:
                continue
            seen.add(key)
            where = f"row {reader.line_num}: {column}"
            try:
                geometry = shapely.from_wkt(text)
            except shapely.errors.GEOSException as err:
                remedy = "write LINESTRING (lon lat, lon lat)"
                raise ExchangeError(file, "is not WKT", remedy, where=where, value=text) from err
            if geometry.geom_type in {"LineString", "MultiLineString"}:
                yield _line(file, where, _name(values), [np.asarray(part.coords) for part in parts_of(geometry)])
    except csv.Error as err:
        raise ExchangeError(file, f"is not CSV ({err})", "save it with commas", where=f"row {reader.line_num}") from err
