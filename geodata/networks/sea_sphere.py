"""Directions on the auxiliary sphere of WGS 84, where geodesics are nearly great circles."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

Floats = NDArray[np.float64]

GEOD: Final = Geod(ellps="WGS84")
RADIUS_M: Final = 6_371_008.8  # mean radius, IUGG
_AXES: Final = GEOD.b / GEOD.a
_CHORD_M: Final = 60.0
"""How far a straight edge of a line (lon, lat) may lie from its geodesic."""
_LEAST_M, _MOST_M = 15_000.0, 150_000.0


def directions(lon_lat: ArrayLike) -> Floats:
    """Turn lon, lat in degrees, shape (n, 2), into unit vectors, shape (n, 3), of the reduced latitude."""
    lon, lat = np.radians(np.asarray(lon_lat, dtype=np.float64)).T
    reduced = np.arctan(_AXES * np.tan(np.clip(lat, -1.5707, 1.5707)))
    across = np.cos(reduced)
    return np.column_stack((across * np.cos(lon), across * np.sin(lon), np.sin(reduced)))


def lon_lat_of(vectors: Floats) -> Floats:
    """Turn vectors of any length, shape (n, 3), back into lon, lat in degrees."""
    lon = np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))
    reduced = np.arctan2(vectors[:, 2], np.hypot(vectors[:, 0], vectors[:, 1]))
    return np.column_stack((lon, np.degrees(np.arctan(np.tan(reduced) / _AXES))))


def continued(lon_lat: Floats) -> Floats:
    """Give longitudes without jumps: each within 180 degrees of the one before."""
    turned = lon_lat.copy()
    jumps = np.round(np.diff(lon_lat[:, 0]) / 360.0)
    if jumps.any():
        turned[1:, 0] -= 360.0 * np.cumsum(jumps)
    return turned


def cross(a: Floats, b: Floats) -> Floats:
    """Give the cross product of two vectors; many times faster than NumPy's for single ones."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array((ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx))


def chords_m(origin: Floats, others: Floats) -> Floats:
    """Measure great circles from one direction to others, in metres on the mean sphere."""
    half = np.sqrt(np.maximum(((others - origin) ** 2).sum(axis=-1), 0.0)) / 2
    return np.asarray(2 * RADIUS_M * np.arcsin(np.minimum(half, 1.0)))


def geodesic(start: Floats, end: Floats) -> Floats:
    """Draw a geodesic as vertices whose straight edges in lon, lat stay close to it.

    Parameters
    ----------
    start, end
        Lon, lat in degrees.

    Returns
    -------
    numpy.ndarray
        Shape (n, 2), both ends included, longitudes continuous from the start's.
    """
    length_m = GEOD.inv(start[0], start[1], end[0], end[1])[2]
    high = min(max(abs(start[1]), abs(end[1])) + min(length_m / 400_000.0, 25.0), 82.0)
    step_m = np.sqrt(8 * RADIUS_M * _CHORD_M / max(np.tan(np.radians(high)), 0.05))
    pieces = int(np.ceil(length_m / np.clip(step_m, _LEAST_M, _MOST_M)))
    if pieces < 2:
        return continued(np.array([start, end]))
    between = GEOD.inv_intermediate(start[0], start[1], end[0], end[1], npts=pieces - 1, return_back_azimuth=False)
    line = np.empty((pieces + 1, 2))
    line[0], line[-1] = start, end
    line[1:-1, 0], line[1:-1, 1] = between.lons, between.lats
    return continued(line)


def length_m(line: Floats) -> float:
    """Measure a line of lon, lat along geodesics of WGS 84, in metres."""
    return float(GEOD.line_length(line[:, 0], line[:, 1]))
