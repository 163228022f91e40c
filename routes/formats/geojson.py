"""GeoJSON after RFC 7946: routes, places and events as features, each with its claims and their citations."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from shapely import MultiLineString

from routes.formats.extract import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from routes.formats.extract import Extract

DIGITS: Final = 6
"""Decimals of a coordinate: 0.1 m, and what RFC 7946 section 11.2 calls reasonable."""


def content(extract: Extract) -> bytes:
    """Return the FeatureCollection; what it is stands in the member `waybill`, as RFC 7946 section 6.1 allows."""
    features = [*map(_route(extract), extract.routes), *_places(extract), *map(_event(extract), extract.events)]
    document: dict[str, Any] = {"type": "FeatureCollection", "waybill": extract.about}
    boxes = [feature["bbox"] for feature in features if "bbox" in feature]
    if boxes:
        document["bbox"] = bounding_box(boxes)
    document["features"] = features
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n").encode()


def bounding_box(boxes: Iterable[list[float]]) -> list[float]:
    """Return the smallest box around boxes of [west, south, east, north]; west > east if it crosses the antimeridian.

    RFC 7946 section 5.2. The box leaves out the widest gap between the longitudes that are in use.
    """
    boxes = list(boxes)
    spans = sorted((west, east if west <= east else east + 360) for west, _, east, _ in boxes)
    merged = [list(spans[0])]
    for west, east in spans[1:]:
        if west <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], east)
        else:
            merged.append([west, east])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    around = [*merged, [merged[0][0] + 360, 0]]
    gaps = [(after[0] - before[1], after[0], before[1]) for before, after in pairwise(around)]
    gap, west, east = max(gaps, key=lambda one: (round(one[0], 9), one[1]))
    if gap <= 0:
        return [-180.0, south, 180.0, north]
    west, east = (value - 360 if value > 180 else value for value in (west, east))
    return [west, south, east, north]


def _feature(name: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    feature: dict[str, Any] = {"type": "Feature", "id": name}
    if geometry:
        feature["bbox"] = _box_of(geometry)
    return feature | {"geometry": geometry, "properties": _slim(properties)}


def _box_of(geometry: Mapping[str, Any]) -> list[float]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    lines = [[coordinates]] if kind == "Point" else [coordinates] if kind == "LineString" else coordinates
    return bounding_box(
        [min(x for x, _ in line), min(y for _, y in line), max(x for x, _ in line), max(y for _, y in line)]
        for line in lines
    )


def geometry_of(line: Any) -> dict[str, Any] | None:  # noqa: ANN401 - shapely publishes no types
    """Return a line, already split, as a GeoJSON geometry with at most six decimals."""
    lines = [[[round(x, DIGITS), round(y, DIGITS)] for x, y in part.coords] for part in parts_of(line)]
    if not lines:
        return None
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _route(extract: Extract) -> Any:  # noqa: ANN401 - a function of a row
    keys = ("title", "kind", "status", "exists", "illustrates", "note")

    def feature(row: Mapping[str, Any]) -> dict[str, Any]:
        legs = extract.legs[row["id"]]
        line = MultiLineString([part for leg in legs for part in parts_of(leg["geometry"])])
        leg_keys = ("seq", "from", "to", "mode", "basis", "made_by", "gauge_mm", "published_km", "note")
        return _feature(
            f"route:{row['id']}",
            geometry_of(line),
            {
                "waybill": "route",
                "id": row["id"],
                **{key: row[key] for key in keys},
                "layer": row["layer"],
                "layer_title": extract.layer_paths.get(row["layer"]),
                "modes": list(dict.fromkeys(leg["mode"] for leg in legs)),
                "countries": list(row["countries"]),
                "length_km": round(float(row["length_km"]), 1),
                "legs": [_slim({key: leg[key] for key in leg_keys}) for leg in legs],
                "events": list(row["events"]),
                **_told(extract, row),
            },
        )

    return feature


def _event(extract: Extract) -> Any:  # noqa: ANN401 - a function of a row
    points = {row["id"]: row for row in extract.places}
    lists = ("routes", "related", "declared_origin", "asserted_origin", "declared_destination", "asserted_destination")

    def feature(row: Mapping[str, Any]) -> dict[str, Any]:
        place = points.get(row["place"] or "")
        keys = ("title", "when", "kind", "place", "carrier", "cargo", "declared_cargo", "not_found", "verified", "note")
        return _feature(
            f"event:{row['id']}",
            _point(place) if place else None,
            {
                "waybill": "event",
                "id": row["id"],
                **{key: row[key] for key in keys},
                **{key: list(row[key]) for key in lists},
                "statuses": {aspect: status for aspect, status in row["statuses"].items() if status},
                **_told(extract, row),
            },
        )

    return feature


def _places(extract: Extract) -> Iterable[dict[str, Any]]:
    keys = ("id", "name", "kind", "names", "precision_m", "origin", "verified", "note")
    for row in extract.places:
        properties = {"waybill": "place", **{key: row[key] for key in keys}, "country": list(row["country"])}
        yield _feature(f"place:{row['id']}", _point(row), properties | _shared(extract))


def _point(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(float(row["lon"]), DIGITS), round(float(row["lat"]), DIGITS)]}


def _told(extract: Extract, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return denials and claims of a row."""
    return {
        "denied_by": list(row["denied_by"]),
        "denied_by_names": extract.party_names(row["denied_by"]),
        "claims": [_claim(extract, extract.claims[name]) for name in row["claims"]],
        **_shared(extract),
    }


def _shared(extract: Extract) -> dict[str, Any]:
    return {"as_known_on": extract.about["as_known_on"], "licence": extract.about["licence"]}


def _claim(extract: Extract, row: Mapping[str, Any]) -> dict[str, Any]:
    keys = (
        "id", "party", "stance", "asserted_on", "statement", "source_grade", "info_grade", "quantity", "quantity_max",
        "quantity_is", "unit", "counted_from", "derived_from", "verified", "note",
    )  # fmt: skip
    found = {key: row[key] for key in keys} | {"party_name": extract.parties.get(row["party"])}
    found |= {key: list(row[key]) for key in ("about", "evidence", "routes")}
    citations = (extract.citations[name] for name in row["sources"] if name in extract.citations)
    return _slim({**found, "citations": [_slim(dict(one)) for one in citations]})


def _slim(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what is missing."""
    empty: tuple[Any, ...] = (None, "", [], {}, ())
    return {key: value for key, value in row.items() if value not in empty and value == value}  # noqa: PLR0124 - NaN
