"""Checks of what a caller asks of a network."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from geodata.networks.graph import Floats

_CODE: Final = re.compile(r"[A-Z]{2}")

Gauges = int | Sequence[int] | None
"""Gauge in mm, several on one line for dual gauge, ``None`` where unknown."""


def check_stops(lon_lat: ArrayLike) -> Floats:
    """Return stops as an array of shape (n, 2), n >= 2, in degrees.

    Raises
    ------
    ValueError
        If they have another shape or are no longitudes and latitudes.
    """
    stops = np.asarray(lon_lat, dtype=np.float64)
    if stops.ndim != 2 or stops.shape[1] != 2 or len(stops) < 2:
        msg = f"stops have shape {stops.shape!r}; give at least two rows of longitude, latitude"
        raise ValueError(msg)
    return _check_degrees(stops)


def with_via(ends: Floats, via: ArrayLike) -> Floats:
    """Put the places to pass between two stops.

    Raises
    ------
    ValueError
        If there are more than two stops or the places are no longitudes and latitudes.
    """
    between = np.asarray(via, dtype=np.float64).reshape(-1, 2)
    if len(ends) != 2:
        msg = f"via was given with {len(ends)!r} stops; with more than two, put those places among the stops"
        raise ValueError(msg)
    return np.concatenate((ends[:1], _check_degrees(between), ends[1:]))


def check_codes(countries: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return country codes sorted, each once; ``None`` stays ``None``.

    Raises
    ------
    ValueError
        If one is no ISO 3166-1 alpha-2 code in capitals, or none is given.
    """
    if countries is None:
        return None
    codes = tuple(sorted({countries} if isinstance(countries, str) else set(countries)))
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong or not codes:
        msg = f"countries {wrong or codes!r}: write ISO 3166-1 alpha-2 codes such as 'KP'"
        raise ValueError(msg)
    return codes


def gauge_breaks(gauges: Sequence[Gauges] | None, stops: int) -> tuple[int, ...]:
    """Find the stops at which no gauge of the track before is one of the track after.

    Parameters
    ----------
    gauges
        For each pair of adjacent stops its gauge or gauges; an unknown one is never a break.
    stops
        How many stops there are.

    Returns
    -------
    tuple of int
        Positions of stops.

    Raises
    ------
    ValueError
        If there is not one entry for each pair.
    """
    if gauges is None:
        return ()
    if len(gauges) != stops - 1:
        msg = f"{len(gauges)!r} gauges for {stops!r} stops; give one for each pair of adjacent stops"
        raise ValueError(msg)
    sets = [set() if gauge is None else {gauge} if isinstance(gauge, int) else set(gauge) for gauge in gauges]
    changes = enumerate(pairwise(sets), start=1)
    return tuple(stop for stop, (before, after) in changes if before and after and not before & after)


def _check_degrees(places: Floats) -> Floats:
    wrong = ~((np.abs(places[:, 0]) <= 180) & (np.abs(places[:, 1]) <= 90))
    if wrong.any():
        msg = f"{places[wrong].tolist()!r} are no longitude, latitude in degrees; write longitude first"
        raise ValueError(msg)
    return places
