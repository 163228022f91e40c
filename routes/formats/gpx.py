"""GPX 1.1: a track for each route, a waypoint for each place and each event that has one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from routes.formats.extract import parts_of
from routes.formats.xml import add, add_if, document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from routes.formats.extract import Extract

_NAMESPACES: Final = {"": "http://www.topografix.com/GPX/1/1", "waybill": "https://waybill.invalid/exchange/1"}
_SPDX: Final = re.compile(r"[A-Za-z0-9.+-]+")


def content(extract: Extract) -> bytes:
    """Return the document."""
    root = ET.Element("gpx", version="1.1", creator=extract.about["made_with"])
    _metadata(root, extract)
    for row in extract.places:
        point = add(root, "wpt", **_at(row))
        add(point, "name", row["name"])
        add_if(point, "desc", row["note"])
        add(point, "type", f"place: {row['kind']}")
    points = {row["id"]: row for row in extract.places}
    for row in extract.events:
        if place := points.get(row["place"] or ""):
            point = add(root, "wpt", **_at(place))
            add(point, "name", row["title"])
            add(point, "desc", _words(extract, row, extract.statuses(row)))
            add_if(point, "src", extract.cited(row["claims"]))
            add(point, "type", "event")
    for number, row in enumerate(extract.routes, start=1):
        _track(root, extract, row, number)
    return document(root, _NAMESPACES)


def _metadata(root: ET.Element, extract: Extract) -> None:
    about, meta = extract.about, extract.case.meta
    head = add(root, "metadata")
    add(head, "name", about["title"])
    add(head, "desc", "\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in about.items()))
    if about.get("authors"):
        add(add(head, "author"), "name", about["authors"])
    rights = add(head, "copyright", author=about.get("authors") or about["title"])
    add(rights, "year", str(meta["updated"].year))
    if _SPDX.fullmatch(about["licence"]):
        add(rights, "license", f"https://spdx.org/licenses/{about['licence']}.html")
    add(head, "time", f"{meta['updated'].isoformat()}T00:00:00Z")


def _track(root: ET.Element, extract: Extract, row: Mapping[str, Any], number: int) -> None:
    legs = extract.legs[row["id"]]
    track = add(root, "trk")
    add(track, "name", row["title"])
    add(track, "cmt", f"{row['status']}; denied by {extract.party_names(row['denied_by']) or 'nobody'}")
    add(track, "desc", _words(extract, row, row["status"]))
    add_if(track, "src", extract.cited(row["claims"]))
    add(track, "number", number)
    add(track, "type", ", ".join(dict.fromkeys(leg["mode"] for leg in legs)))
    extensions = add(track, "extensions")
    facts = {"id": row["id"], "status": row["status"], "denied_by": extract.party_names(row["denied_by"])}
    for key, value in (
        facts | {"as_known_on": extract.about["as_known_on"], "licence": extract.about["licence"]}
    ).items():
        add(extensions, f"waybill:{key}", value)
    for part in (part for leg in legs for part in parts_of(leg["geometry"])):
        segment = add(track, "trkseg")
        for lon, lat in part.coords:
            add(segment, "trkpt", **_at({"lon": lon, "lat": lat}))


def _at(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a position; GPX leaves out +180 degrees, and -180 would send the line around the world."""
    lon = round(float(row["lon"]), 6)
    return {"lat": f"{row['lat']:.6f}", "lon": f"{min(lon, 179.999999):.6f}"}


def _words(extract: Extract, row: Mapping[str, Any], status: str) -> str:
    denied = f"denied by {extract.party_names(row['denied_by'])}" if row["denied_by"] else ""
    claims = [extract.claim_words(extract.claims[name]) for name in row["claims"]]
    day = f"as known on {extract.about['as_known_on']}; {extract.about['licence']}"
    return "\n".join(filter(None, [status, denied, row["note"], *claims, day]))
