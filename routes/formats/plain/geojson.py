"""Lines of a GeoJSON file (RFC 7946, and the older form as long as it is in degrees)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from routes.documents import DocumentError, json_of
from routes.errors import ExchangeError
from routes.findings import shortened
from routes.formats.plain.drawings import Drawings, point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.formats.plain.drawings import Point

_DEGREES = re.compile(r"(?<!\d)(CRS ?84|4326)(?!\d)|^\s*WGS ?84\s*$", re.IGNORECASE)


def read(file: str, content: bytes) -> Drawings:
    """Return the LineStrings and MultiLineStrings of a GeoJSON text.

    Raises
    ------
    ExchangeError
        If it is no GeoJSON in degrees.
    """
    document = _parsed(file, content)
    _check_crs(file, document)
    drawings = Drawings(file)
    for where, geometry, properties in _geometries(file, document):
        kind = geometry.get("type")
        if kind == "LineString":
            parts = [geometry.get("coordinates")]
        elif kind == "MultiLineString":
            parts = _listed(file, where, geometry.get("coordinates"))
        else:
            drawings.ignored[f"{shortened(str(kind or 'empty'))} geometries"] += 1
            continue
        drawings.add([_points(file, where, part) for part in parts], _texts(properties))
    return drawings


def _parsed(file: str, content: bytes) -> dict[str, Any]:
    try:
        document = json_of(content.decode("utf-8-sig"), strict=True)
    except UnicodeDecodeError as err:  # UTF-16 too
        raise ExchangeError(file, f"is not JSON ({err})", "save it as GeoJSON, UTF-8") from err
    except DocumentError as err:
        remedy = "save it as GeoJSON, UTF-8" if err.problem.startswith("is not JSON") else err.remedy
        raise ExchangeError(file, err.problem, remedy) from err
    if not isinstance(document, dict) or "type" not in document:
        raise ExchangeError(file, "is JSON, but not GeoJSON", "save it as a FeatureCollection")
    return document


def _check_crs(file: str, document: dict[str, Any]) -> None:
    crs = document.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name", named.get("code")) if isinstance(named, dict) else crs
    if crs is not None and not _DEGREES.search(str(name)):
        remedy = "save it anew in EPSG:4326 (in QGIS: Save Features As, CRS EPSG:4326)"
        raise ExchangeError(file, "is not in degrees on WGS 84", remedy, where="crs", value=json.dumps(crs))


def _geometries(file: str, document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield where a geometry stands, the geometry, and the properties of its feature."""
    features = _listed(file, "features", document.get("features")) if "features" in document else [document]
    for number, feature in enumerate(features):
        where = f"features[{number}]"
        if not isinstance(feature, dict):
            raise ExchangeError(file, "is not a feature", "save the file as a FeatureCollection", where=where)
        is_feature = feature.get("type") == "Feature"
        geometry = feature.get("geometry") if is_feature else feature
        properties = feature.get("properties") if is_feature else None
        if geometry is not None and not isinstance(geometry, dict):
            raise ExchangeError(file, "is not a geometry", "save the file as a FeatureCollection", where=where)
        yield where, geometry or {}, properties if isinstance(properties, dict) else {}


def _listed(file: str, where: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ExchangeError(file, "is not an array", "save the file as GeoJSON anew", where=where)
    return value


def _points(file: str, where: str, part: object) -> list[Point]:
    points = []
    for number, position in enumerate(_listed(file, where, part)):
        at = f"{where} position {number}"
        if not isinstance(position, list) or len(position) < 2:
            raise ExchangeError(file, "is not a position", "write each as [lon, lat]", where=at, value=str(position))
        points.append(point(file, at, position[0], position[1]))
    return points


def _texts(properties: dict[str, Any]) -> dict[str, str]:
    """Return what a feature says in words and numbers; lists and objects are left out."""
    texts = {}
    for key, value in properties.items():
        if isinstance(value, str):
            texts[key] = value
        elif isinstance(value, (bool, int, float)):
            texts[key] = json.dumps(value)
    return texts
