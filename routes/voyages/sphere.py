"""Distances between many points at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RADIUS_KM: Final = 6371.0088  # mean radius, IUGG; distances on this sphere are within 0.6 % of those on WGS 84


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return directions, shape (n, 3), of points in degrees."""
    along, up = np.radians(lon), np.radians(lat)
    across = np.cos(up)
    return np.column_stack((across * np.cos(along), across * np.sin(along), np.sin(up)))


def chord_of(distance_km: float | Floats) -> Floats:
    """Return the straight line through the unit sphere under an arc in km; a half circle is the longest."""
    half = np.minimum(np.asarray(distance_km, dtype="float64") / (2 * RADIUS_KM), np.pi / 2)
    return np.asarray(2 * np.sin(half))


def distances_km(lon: Floats, lat: Floats, to_lon: Floats | float, to_lat: Floats | float) -> Floats:
    """Return great-circle distances on the mean sphere, in km, of points in degrees (haversine)."""
    up, to_up = np.radians(lat), np.radians(to_lat)
    half_up = np.sin((to_up - up) / 2)
    half_along = np.sin(np.radians(np.subtract(to_lon, lon)) / 2)
    chord = half_up * half_up + np.cos(up) * np.cos(to_up) * half_along * half_along
    return np.asarray(2 * RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))
