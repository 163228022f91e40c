"""How much of a line lies on land."""

import shapely
from shapely.geometry.base import BaseGeometry

from geodata._store import check_scale, pieces


def metres_on_land(line: BaseGeometry, scale: str = "10m") -> float:
    """Measure the part of a line that runs over land.

    Parameters
    ----------
    line
        A shapely LineString or MultiLineString, EPSG:4326; longitudes may pass 180. Empty gives 0. Edges are
        straight in lon, lat, as they are drawn: put in more vertices for a great circle.
    scale
        ``"110m"``, ``"50m"`` or ``"10m"``.

    Returns
    -------
    float
        Metres along the WGS 84 ellipsoid. Lakes count as land, the Caspian Sea and canals as the source
        has them: the Suez Canal is land.

    Raises
    ------
    ValueError
        If the scale is unknown or the geometry is no line.

    Examples
    --------
    >>> import shapely
    >>> metres_on_land(shapely.LineString([(150, 10), (160, 10)]))
    0.0
    """
    held = pieces(check_scale(scale))
    if not hasattr(line, "geom_type") or line.geom_type not in {"LineString", "LinearRing", "MultiLineString"}:
        msg = f"cannot measure {getattr(line, 'geom_type', type(line).__name__)!r}; pass a LineString"
        raise ValueError(msg)
    if line.is_empty:
        return 0.0
    parts = []
    for piece in _within_180(line):
        touched = held.tree.query(piece, predicate="intersects")
        parts += [shapely.intersection(held.geometry[index], piece) for index in sorted(touched)]
    if not parts:
        return 0.0
    from pyproj import Geod  # noqa: PLC0415 - not needed at sea

    over_land = shapely.union_all(parts)  # a stretch along a border belongs to two countries and counts once
    return float(Geod(ellps="WGS84").geometry_length(_lines(over_land)))


def _within_180(line: BaseGeometry) -> list[BaseGeometry]:
    """Cut a line at the antimeridian and turn its parts to -180 to 180."""
    west, south, east, north = line.bounds
    if west >= -180 and east <= 180:
        return [line]
    turns = range(int((west + 180) // 360), int((east + 180) // 360) + 1)
    parts = []
    for turn in turns:
        window = shapely.clip_by_rect(line, 360 * turn - 180, south - 1, 360 * turn + 180, north + 1)
        inside = [part for part in shapely.get_parts(window) if part.geom_type == "LineString" and not part.is_empty]
        parts += [shapely.transform(part, lambda lonlat, by=360.0 * turn: lonlat - [by, 0.0]) for part in inside]
    return parts


def _lines(shape: BaseGeometry) -> BaseGeometry:
    lines = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
    return shapely.MultiLineString(lines)
