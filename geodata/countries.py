"""Countries and land: as frames, by point, by distance, as regions, and under lines."""

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata._onland import metres_on_land
from geodata._regions import region, region_anchor
from geodata._store import COLUMNS, Geometries, Scale, check_scale, packed, pieces
from geodata.registry import data_path

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

WGS84: Final = "EPSG:4326"
_ROUNDING: Final = 1.000001  # a box and the shape in it may differ by a rounding


def countries(scale: str = "110m") -> "gpd.GeoDataFrame":
    """Give the countries of a scale.

    Parameters
    ----------
    scale
        ``"110m"``, ``"50m"`` or ``"10m"``: 1:110, 1:50, 1:10 million.

    Returns
    -------
    geopandas.GeoDataFrame
        ``country`` (ISO 3166-1 alpha-2; XK for Kosovo, XX for places whose sovereignty is undetermined),
        ``alpha3`` (empty for XX), ``name`` (English), ``geometry`` (MultiPolygon, EPSG:4326, cut at 180);
        sorted by ``country``. Crimea is part of UA. Places smaller than the scale shows are missing.

    Raises
    ------
    ValueError
        If the scale is unknown.

    Examples
    --------
    >>> countries("110m").set_index("country").loc["KP", "name"]
    'North Korea'
    """
    import geopandas as gpd  # noqa: PLC0415 - heavy; the functions for points do without

    held = packed(f"countries_{check_scale(scale)}.npz")
    columns = {name: held.columns[name].astype(object) for name in COLUMNS}
    return gpd.GeoDataFrame(columns, geometry=held.geometry.copy(), crs=WGS84)


def codes() -> frozenset[str]:
    """Give the codes of all countries at 1:10m without reading their shapes.

    Returns
    -------
    frozenset
        ISO 3166-1 alpha-2, ``XK`` for Kosovo and ``XX`` for undetermined territory.

    Raises
    ------
    OSError
        If the data file is missing.
    """
    with np.load(data_path("countries_10m.npz")) as held:
        return frozenset(held["country"].tolist())


def land(scale: str = "110m") -> "gpd.GeoDataFrame":
    """Give the land of a scale.

    Parameters
    ----------
    scale
        ``"110m"``, ``"50m"`` or ``"10m"``.

    Returns
    -------
    geopandas.GeoDataFrame
        ``geometry`` (Polygon, EPSG:4326, cut at 180), one row for each connected piece of land. Lakes count
        as land, the Caspian Sea as water.

    Raises
    ------
    ValueError
        If the scale is unknown.
    """
    import geopandas as gpd  # noqa: PLC0415 - heavy; the functions for points do without

    held = packed(f"land_{check_scale(scale)}.npz")
    return gpd.GeoDataFrame(geometry=shapely.get_parts(held.geometry), crs=WGS84)


def _wrapped(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lons, lats = np.broadcast_arrays(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
    return (lons + 180.0) % 360.0 - 180.0, lats


def country_at(lon: ArrayLike, lat: ArrayLike, scale: str = "10m") -> NDArray[np.str_]:
    """Name the country at each point.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326; numbers or arrays of one shape. Longitudes past 180 are wrapped. Missing
        (NaN) gives "".
    scale
        ``"110m"``, ``"50m"`` or ``"10m"``.

    Returns
    -------
    numpy.ndarray
        Alpha-2 codes in the shape of the points; "" at sea. On a border, the first code in the alphabet.
        Borders and coasts are off by up to a few kilometres: see :func:`distance_to_country_m`.

    Raises
    ------
    ValueError
        If the scale is unknown or the shapes do not fit.

    Examples
    --------
    >>> country_at([130.64, 150.0], [42.43, 0.0]).tolist()
    ['RU', '']
    """
    held = pieces(check_scale(scale))
    lons, lats = _wrapped(lon, lat)
    found = np.zeros(lons.size, dtype=held.country.dtype)
    known = np.flatnonzero(np.isfinite(lons.ravel()) & np.isfinite(lats.ravel()))
    points = shapely.points(lons.ravel()[known], lats.ravel()[known])
    point, piece = held.tree.query(points, predicate="intersects")
    order = np.argsort(held.country[piece])[::-1]  # so that the first in the alphabet is written last
    found[known[point[order]]] = held.country[piece[order]]
    return found.reshape(lons.shape)


def distance_to_country_m(lon: ArrayLike, lat: ArrayLike, code: str, scale: str = "10m") -> NDArray[np.float64]:
    """Measure how far points are from a country.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326; numbers or arrays of one shape. Longitudes past 180 are wrapped. Missing
        (NaN) gives NaN.
    code
        Country, alpha-2.
    scale
        ``"110m"``, ``"50m"`` or ``"10m"``.

    Returns
    -------
    numpy.ndarray
        Metres in the shape of the points, 0 inside. The nearest point is sought on a plane true to scale at
        the point's latitude, the distance to it is geodesic (WGS 84): good to about 1 % up to 500 km.

    Raises
    ------
    ValueError
        If the scale or the country is unknown; the message lists neighbouring codes.

    Examples
    --------
    >>> bool(distance_to_country_m(131.0, 40.5, "KP") > 0)
    True
    """
    held = pieces(check_scale(scale))
    own = held.geometry[held.country == code]
    if not len(own):
        msg = f"no country {code!r} at scale {scale!r}; codes are {', '.join(sorted(set(held.country.tolist())))}"
        raise ValueError(msg)
    lons, lats = _wrapped(lon, lat)
    distances = [_distance_m(one, other, own) for one, other in zip(lons.flat, lats.flat, strict=True)]
    return np.array(distances, dtype=np.float64).reshape(lons.shape)


def _distance_m(lon: float, lat: float, shapes: Geometries) -> float:
    if not (np.isfinite(lon) and np.isfinite(lat)):
        return float("nan")
    if shapely.intersects_xy(shapes, lon, lat).any():
        return 0.0
    from pyproj import Geod  # noqa: PLC0415 - not needed inside the country

    scale = np.array([np.cos(np.radians(min(abs(lat), 89.0))), 1.0])
    bounds = shapely.bounds(shapes) * np.tile(scale, 2)
    geod = Geod(ellps="WGS84")
    best = float("inf")
    for turn in (0.0, -360.0, 360.0):  # the country may lie across the antimeridian
        here = np.array([lon + turn, lat]) * scale
        gaps = np.maximum(np.maximum(bounds[:, :2] - here, here - bounds[:, 2:]), 0.0)
        gap = np.hypot(gaps[:, 0], gaps[:, 1])
        first = _shortest(shapes[np.argsort(gap)[:8]], here, scale)
        line = _shortest(shapes[gap <= shapely.length(first) * _ROUNDING], here, scale)  # no other shape can be nearer
        nearest = shapely.get_coordinates(line)[0] / scale
        best = min(best, geod.inv(lon, lat, nearest[0], nearest[1])[2])
    return best


def _shortest(shapes: Geometries, here: NDArray[np.float64], scale: NDArray[np.float64]) -> "BaseGeometry":
    """Draw the shortest line from one of the shapes to a point, on the scaled plane."""
    flat = shapely.transform(shapes, lambda lonlat: lonlat * scale)
    lines = shapely.shortest_line(flat, shapely.Point(here))
    return lines[np.argmin(shapely.length(lines))]


__all__ = [
    "WGS84",
    "Scale",
    "countries",
    "country_at",
    "distance_to_country_m",
    "land",
    "metres_on_land",
    "region",
    "region_anchor",
]
