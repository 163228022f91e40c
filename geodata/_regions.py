"""Regions made of countries: their outline and a point well inside."""

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata._store import check_scale, packed


def region(codes: Iterable[str], scale: str = "110m") -> BaseGeometry:
    """Unite countries.

    Parameters
    ----------
    codes
        Countries, alpha-2, in any order. Those too small for the scale are taken from the next finer one.
    scale
        ``"110m"`` or ``"50m"``; ``"10m"`` works but is slow to draw.

    Returns
    -------
    shapely.MultiPolygon
        EPSG:4326, cut at 180. Kept for the next call: geometries are immutable.

    Raises
    ------
    ValueError
        If no code is given, or one is unknown at every scale.

    Examples
    --------
    >>> region(["KP", "KR"]).geom_type
    'MultiPolygon'
    """
    check_scale(scale)
    return _region(tuple(sorted(set(codes))), scale)


@lru_cache(maxsize=64)
def _region(codes: tuple[str, ...], scale: str) -> BaseGeometry:
    if not codes:
        msg = "a region needs at least one country code"
        raise ValueError(msg)
    finer = {"110m": ("110m", "50m", "10m"), "50m": ("50m", "10m"), "10m": ("10m", "50m")}[scale]
    shapes = []
    missing = list(codes)
    for name in finer:
        held = packed(f"countries_{name}.npz")
        known = set(held.columns["country"].tolist()) & set(missing)
        shapes += held.geometry[np.isin(held.columns["country"], list(known))].tolist()
        missing = [code for code in missing if code not in known]
        if not missing:
            break
    if missing:
        msg = f"no country {', '.join(map(repr, missing))}; use ISO 3166-1 alpha-2 codes"
        raise ValueError(msg)
    united = shapely.union_all(shapes)
    return shapely.MultiPolygon([part for part in shapely.get_parts(united) if part.geom_type == "Polygon"])


def region_anchor(codes: Iterable[str]) -> tuple[float, float]:
    """Find a point well inside the largest part of a region, for labels and links between regions.

    Parameters
    ----------
    codes
        Countries, alpha-2.

    Returns
    -------
    tuple of float
        lon, lat in degrees, EPSG:4326, rounded to 0.01: the middle of the largest circle that fits in, on a
        plane true to scale at the part's mean latitude. The same codes always give the same point.

    Raises
    ------
    ValueError
        If no code is given, or one is unknown.

    Examples
    --------
    >>> lon, lat = region_anchor(["KP"])
    >>> 124 < lon < 131 and 37 < lat < 43
    True
    """
    return _anchor(tuple(sorted(set(codes))))


@lru_cache(maxsize=64)
def _anchor(codes: tuple[str, ...]) -> tuple[float, float]:
    parts = []
    for part in shapely.get_parts(_region(codes, "110m")):
        factor = math.cos(math.radians((part.bounds[1] + part.bounds[3]) / 2))
        parts.append((shapely.transform(part, lambda lonlat, by=factor: lonlat * [by, 1.0]), factor))
    largest, factor = max(parts, key=lambda pair: pair[0].area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.02)
    lon, lat = shapely.get_coordinates(circle)[0].tolist()
    return round(lon / factor, 2), round(lat, 2)
