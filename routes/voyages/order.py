"""The reports of one vessel put in order, and those left out that cannot all be true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from routes.voyages.rules import SLACK_KM
from routes.voyages.sphere import distances_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

HOUR_US: Final = 3_600_000_000
_KM_PER_NM: Final = 1.852
_SINGLE: Final = 3
_LOOK_BACK: Final = 64
"""So many runs back a chain is sought, which bounds the work on noise."""


def in_order(times: Integers, lon: Floats, lat: Floats, declared: Integers) -> Integers:
    """Return the positions of reports in order of time, one for each time.

    Of several reports of one time the first by declared destination (those with one before those without), longitude
    and latitude is kept: a choice that does not depend on the order in which they are given.

    Parameters
    ----------
    times
        Microseconds, shape (n,).
    lon, lat
        Degrees, shape (n,).
    declared
        Position of the declared text among texts in order, shape (n,); -1 where nothing is declared.

    Returns
    -------
    ndarray
        Positions, shape (m,), m <= n.

    Raises
    ------
    None
        Whatever finite numbers are given.
    """
    order = np.argsort(times, kind="stable")
    sorted_times = times[order]
    same = sorted_times[1:] == sorted_times[:-1]
    if not same.any():
        return order
    tied = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False))
    rows = order[tied]
    last = np.iinfo("int64").max
    keys = (lat[rows], lon[rows], np.where(declared[rows] < 0, last, declared[rows]), times[rows])
    order[tied] = rows[np.lexsort(keys)]
    return np.asarray(order[np.insert(~same, 0, True)])


def plausible(times: Integers, lon: Floats, lat: Floats, speed_kn: float) -> NDArray[np.bool_]:
    """Return which reports one vessel can have sent: as many as can be true together.

    The reports are cut into runs at each impossible jump, and the three reports on either side of it are runs of one.
    Of all chains of runs in which each can be reached from the one before at this speed, the one with the most reports
    is kept. So a wrong position is left out wherever it stands, also where a gap in reporting makes it possible from
    one side, and of two vessels that share an id the one that reports more is kept.

    Parameters
    ----------
    times
        Microseconds in rising order, shape (n,).
    lon, lat
        Degrees, shape (n,).
    speed_kn
        Bound in knots; a jump of less than 1 km is always possible.

    Returns
    -------
    ndarray of bool
        Shape (n,).

    Raises
    ------
    None
        Whatever finite numbers are given.
    """
    count = len(times)
    jumps = np.flatnonzero(_impossible(times, lon, lat, slice(None, -1), slice(1, None), speed_kn)) + 1
    if not len(jumps):
        return np.ones(count, dtype=bool)
    around = (jumps[:, None] + np.arange(-_SINGLE, _SINGLE + 1)).ravel()
    starts = np.unique(np.clip(np.append(around, 0), 0, count - 1))
    stops = np.append(starts[1:], count)
    total, before = (stops - starts).astype("int64"), np.full(len(starts), -1)
    for run in range(1, len(starts)):
        earlier = np.arange(max(0, run - _LOOK_BACK), run)
        there = np.full(len(earlier), starts[run])
        reached = earlier[~_impossible(times, lon, lat, stops[earlier] - 1, there, speed_kn)]
        if len(reached):
            # of equal chains the one that was met last
            before[run] = reached[len(reached) - 1 - np.argmax(total[reached][::-1])]
            total[run] += total[before[run]]
    kept = np.zeros(count, dtype=bool)
    run = int(np.argmax(total))
    while run >= 0:
        kept[starts[run] : stops[run]] = True
        run = int(before[run])
    return kept


def _impossible(
    times: Integers, lon: Floats, lat: Floats, before: slice | Integers, after: slice | Integers, speed_kn: float
) -> NDArray[np.bool_]:
    distance_km = distances_km(lon[before], lat[before], lon[after], lat[after])
    hours = (times[after] - times[before]) / HOUR_US
    return np.asarray(distance_km > SLACK_KM + speed_kn * _KM_PER_NM * hours)
