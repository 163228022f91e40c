"""Fewer vertices for a line, within a distance of all that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from routes.voyages.sphere import RADIUS_KM, distances_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_STRETCH_KM: Final = 50.0
"""A vertex is kept about every so far: on such a stretch, straight on a map and straight on the ellipsoid differ by
under 80 m below 60 degrees north (as in `routes.geometry`)."""
_KM_PER_DEGREE: Final = RADIUS_KM * np.pi / 180


def continuous(lon: Floats) -> Floats:
    """Return longitudes without jumps: each within 180 degrees of the one before, the first as it is.

    A line that would run beyond ±360, which maps do not take, is moved by a whole turn; one that goes around the world
    so often that this does not help keeps its longitudes as they are, with jumps.
    """
    turned = np.unwrap(lon, period=360.0)
    low, high = float(turned.min()), float(turned.max())
    turns = np.ceil(max(high - 360.0, 0.0) / 360.0) - np.ceil(max(-360.0 - low, 0.0) / 360.0)
    if low - 360.0 * turns < -360.0 or high - 360.0 * turns > 360.0:
        return lon
    return np.asarray(turned - 360.0 * turns)


def kept_vertices(lon: Floats, lat: Floats, tolerance_m: float) -> Integers:
    """Return which vertices of a line to keep, by Douglas and Peucker (1973) on stretches of about 50 km.

    Parameters
    ----------
    lon
        Degrees, continuous, shape (n,), n >= 2.
    lat
        Degrees, shape (n,).
    tolerance_m
        How far the line may lie from a vertex left out, in metres on the sphere; 0 leaves out only vertices that
        repeat the one before.

    Returns
    -------
    ndarray
        Positions in rising order, the first and the last included.

    Raises
    ------
    None
        Whatever finite numbers are given.
    """
    moved = np.flatnonzero((np.diff(lon) != 0) | (np.diff(lat) != 0)) + 1
    own = np.insert(moved, 0, 0)
    if tolerance_m == 0 or len(own) < 3:
        return own
    lon, lat = lon[own], lat[own]
    step_km = distances_km(lon[:-1], lat[:-1], lon[1:], lat[1:])
    stretches = np.cumsum(step_km) // _STRETCH_KM
    over = np.flatnonzero(np.diff(stretches, prepend=0.0)) + 1
    far = np.flatnonzero(step_km > _STRETCH_KM)  # a long jump, as over a gap, is a stretch of its own
    ends = np.unique(np.concatenate(([0, len(own) - 1], over, far)))
    rows, stretch = _overlapping(ends, len(own))
    # degrees of longitude shrink with latitude: each stretch is flat in its own middle
    middle = (lat[ends[:-1]] + lat[ends[1:]]) / 2
    across = np.cos(np.radians(middle))[stretch]
    flat = np.column_stack((lon[rows] * across * _KM_PER_DEGREE, lat[rows] * _KM_PER_DEGREE, rows.astype("float64")))
    lines = shapely.linestrings(flat, indices=stretch)
    thinned = shapely.simplify(lines, tolerance_m / 1000, preserve_topology=False)
    # the third coordinate carries the position of a vertex through the simplification
    places = shapely.get_coordinates(thinned, include_z=True)[:, 2]
    return np.asarray(own[np.unique(places.astype("int64"))])


def _overlapping(ends: Integers, count: int) -> tuple[Integers, Integers]:
    """Return rows and stretch numbers such that neighbouring stretches share the vertex between them."""
    inner = ends[1:-1]
    rows = np.sort(np.concatenate((np.arange(count), inner)), kind="stable")
    stretch = np.zeros(len(rows), dtype="int64")
    # an inner end stands twice in a row: once as the end of its stretch, once as the start of the next
    stretch[np.searchsorted(rows, inner, side="left") + 1] = 1
    return rows, np.cumsum(stretch)
