"""Lines of a GPX file: its tracks, and its routes as lists of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.formats.plain.drawings import Drawings, point
from routes.formats.plain.xml import children, root_of, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from routes.formats.plain.drawings import Point


def read(file: str, content: bytes) -> Drawings:
    """Return the tracks and routes of a GPX text; waypoints are left out.

    Raises
    ------
    ExchangeError
        If it is no GPX, or declares a document type.
    """
    root = root_of(file, content, "gpx")
    drawings = Drawings(file)
    for number, track in enumerate(children(root, "trk"), start=1):
        segments = [_points(file, f"trk {number}", one, "trkpt") for one in children(track, "trkseg")]
        drawings.add(segments, _texts(track))
    for number, route in enumerate(children(root, "rte"), start=1):
        drawings.add([_points(file, f"rte {number}", route, "rtept")], _texts(route))
    waypoints = sum(1 for _ in children(root, "wpt"))
    if waypoints:
        drawings.ignored["waypoints"] = waypoints
    return drawings


def _points(file: str, where: str, element: Element, name: str) -> list[Point]:
    found = enumerate(children(element, name), start=1)
    return [point(file, f"{where} {name} {number}", one.get("lon"), one.get("lat")) for number, one in found]


def _texts(element: Element) -> dict[str, str]:
    return {name: text_of(element, name) for name in ("name", "desc", "cmt", "src", "type")}
