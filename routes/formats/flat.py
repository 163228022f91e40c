"""CSV: one flat file of routes, events and claims, one row a claim, with the line as WKT; no cell runs as a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shapely import MultiLineString, Point, to_wkt

from routes import cells
from routes.folder import BOM
from routes.formats.extract import ASPECTS, parts_of
from routes.formats.neutral import neutralised
from routes.writing import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.formats.extract import Extract

_CLAIM: Final = (
    "party", "stance", "asserted_on", "about", "statement", "evidence", "source_grade", "info_grade", "quantity",
    "quantity_max", "quantity_is", "unit", "counted_from", "derived_from", "verified",
)  # fmt: skip
HEADER: Final = (
    "route", "route_title", "layer", "kind", "modes", "status", "route_denied_by", "length_km",
    "event", "event_title", "when", "place", "carrier", "cargo", *(f"{name}_status" for name in ASPECTS), "denied_by",
    "claim", *(f"claim_{name}" for name in _CLAIM), "citations", "as_known_on", "licence", "WKT",
)  # fmt: skip


def content(extract: Extract) -> bytes:
    """Return the file as UTF-8 with the mark by which Excel knows it."""
    lines = [csv_line(HEADER)]
    lines += [csv_line(neutralised(cells.write(row.get(name))) for name in HEADER) for row in _rows(extract)]
    return (BOM + "".join(lines)).encode()


def _rows(extract: Extract) -> Iterator[dict[str, Any]]:
    """Yield a row for every claim on an event of a route, on a route itself, and on an event without route."""
    shared = {"as_known_on": extract.about["as_known_on"], "licence": extract.about["licence"]}
    events = {row["id"]: row for row in extract.events}
    told: set[str] = set()
    for route in extract.routes:
        head = _route(extract, route) | shared
        on_events = {claim for name in route["events"] for claim in events[name]["claims"]}
        own = [name for name in route["claims"] if name not in on_events]
        rows = [
            head | _event(extract, events[name]) | claim
            for name in route["events"]
            for claim in _claims(extract, events[name], route)
        ]
        rows += [head | _claim(extract, name) for name in own]
        told.update(route["events"])
        yield from rows or [head]
    points = {row["id"]: row for row in extract.places}
    for name, event in events.items():
        if name not in told:
            place = points.get(event["place"] or "")
            at = {"WKT": to_wkt(Point(place["lon"], place["lat"]), rounding_precision=6)} if place else {}
            claims = list(_claims(extract, event, None)) or [{}]
            yield from (shared | _event(extract, event) | claim | at for claim in claims)


def _route(extract: Extract, row: Mapping[str, Any]) -> dict[str, Any]:
    legs = extract.legs[row["id"]]
    line = MultiLineString([part for leg in legs for part in parts_of(leg["geometry"])])
    return {
        "route": row["id"],
        "route_title": row["title"],
        "layer": extract.layer_paths.get(row["layer"]),
        "kind": row["kind"],
        "modes": tuple(dict.fromkeys(leg["mode"] for leg in legs)),
        "status": row["status"],
        "route_denied_by": extract.party_names(row["denied_by"]),
        "length_km": round(float(row["length_km"]), 1),
        "WKT": to_wkt(line, rounding_precision=6),
    }


def _event(extract: Extract, row: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("when", "place", "carrier", "cargo")
    statuses = {f"{name}_status": row["statuses"][name] for name in ASPECTS}
    head = {"event": row["id"], "event_title": row["title"], "denied_by": extract.party_names(row["denied_by"])}
    return head | {key: row[key] for key in keys} | statuses


def _claims(extract: Extract, event: Mapping[str, Any], route: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    for name in event["claims"]:
        if route is None or name in route["claims"]:
            yield _claim(extract, name)


def _claim(extract: Extract, name: str) -> dict[str, Any]:
    row = extract.claims[name]
    found = {f"claim_{key}": row[key] for key in _CLAIM} | {
        "claim_party": extract.parties.get(row["party"], row["party"])
    }
    return {"claim": name, **found, "citations": extract.cited([name])}
