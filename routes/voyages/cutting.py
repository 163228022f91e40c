"""The reports of one vessel cut into voyages: arrays in, voyages out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from routes.voyages.order import HOUR_US, in_order, plausible
from routes.voyages.sphere import distances_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from routes.voyages.ports import Ports
    from routes.voyages.rules import Rules

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Voyage:
    """One voyage of a vessel.

    Attributes
    ----------
    departure_port, arrival_port
        Positions of ports; -1 where the reports begin or end at sea.
    rows
        Positions of its reports among those given, in order of time: from the last in the port of departure to the
        first in the port of arrival.
    declared
        Position of the last text declared before the arrival; -1 where nothing was.
    gaps
        Positions in `rows` of the last reports before gaps.
    """

    departure_port: int
    arrival_port: int
    rows: Integers
    declared: int
    gaps: Integers


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of the reports of one vessel.

    Attributes
    ----------
    voyages
        In order of time.
    repeated
        Positions of reports left out because another one of the same time was kept.
    too_fast
        Positions of reports left out because the vessel could not have got there.
    """

    voyages: tuple[Voyage, ...]
    repeated: Integers
    too_fast: Integers


@dataclass(frozen=True, slots=True)
class _Call:
    port: int
    first: int
    last: int


def voyages_of(times: Integers, lon: Floats, lat: Floats, declared: Integers, ports: Ports, rules: Rules) -> Cut:
    """Cut the reports of one vessel into voyages between ports.

    A vessel is in the nearest port within whose radius it is, and stays in it until it is a third of the radius
    outside. A stay of at least `dwell_h`, from its first to its last report within the radius, is a call. A voyage
    runs from call to call: between different ports always, back to the same port only if a report in between lies
    farther than `away_km` from it; otherwise the two calls are one. What is reported before the first call and after
    the last is a voyage whose departure or arrival is not known, if it left that port at all. A vessel that never
    moves makes no voyage.

    Parameters
    ----------
    times
        Microseconds since 1970 (UTC), shape (n,), in any order, without missing values.
    lon, lat
        Degrees, EPSG:4326, shape (n,), without missing values, longitudes within ±180.
    declared
        Position of the declared destination among texts in order, shape (n,); -1 where nothing is declared.
    ports
        Where the ports are.
    rules
        The bounds.

    Returns
    -------
    Cut
        The voyages, and which reports were left out.

    Raises
    ------
    None
        Whatever such arrays hold.
    """
    order = in_order(times, lon, lat, declared)
    possible = plausible(times[order], lon[order], lat[order], rules.speed_kn)
    kept = order[possible]
    unsent = np.setdiff1d(np.arange(len(times)), order, assume_unique=True)
    port, distance_km = ports.nearest(lon[kept], lat[kept])
    calls = _calls(times[kept], lon[kept], lat[kept], port, distance_km, ports, rules)
    found = []
    for departure, arrival, first, last in _stretches(calls, port, len(kept)):
        rows = kept[first : last + 1]
        if (lon[rows] == lon[rows[0]]).all() and (lat[rows] == lat[rows[0]]).all():
            continue
        said = declared[rows[:-1] if arrival >= 0 else rows]
        said = said[said >= 0]
        gaps = np.flatnonzero(np.diff(times[rows]) > rules.gap_h * HOUR_US)
        found.append(Voyage(departure, arrival, rows, int(said[-1]) if len(said) else -1, gaps))
    return Cut(tuple(found), unsent, order[~possible])


def _calls(
    times: Integers,
    lon: Floats,
    lat: Floats,
    port: Integers,
    distance_km: Floats,
    ports: Ports,
    rules: Rules,
) -> list[_Call]:
    """Return the stays that are calls, in order; two at one port that the vessel did not leave are one."""
    inside = np.flatnonzero((port >= 0) & (distance_km <= ports.radius_km[port]))
    if not len(inside):
        return []
    stay = np.concatenate(([0], np.cumsum(port[1:] != port[:-1])))[inside]
    begins = np.flatnonzero(np.insert(stay[1:] != stay[:-1], 0, True))
    firsts, lasts = inside[begins], inside[np.append(begins[1:], len(inside)) - 1]
    long = times[lasts] - times[firsts] >= rules.dwell_h * HOUR_US
    calls: list[_Call] = []
    for first, last in zip(firsts[long].tolist(), lasts[long].tolist(), strict=True):
        call = _Call(int(port[first]), first, last)
        if calls and calls[-1].port == call.port:
            between = slice(calls[-1].last, first + 1)
            away_km = distances_km(lon[between], lat[between], ports.lon[call.port], ports.lat[call.port])
            if away_km.max() <= rules.away_km:
                call = _Call(call.port, calls.pop().first, last)
        calls.append(call)
    return calls


def _stretches(calls: list[_Call], port: Integers, count: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield ports of departure and arrival (-1 for unknown) and the first and last report of each voyage."""
    if not calls:
        if count > 1:
            yield -1, -1, 0, count - 1
        return
    first, last = calls[0], calls[-1]
    if (port[: first.first] != first.port).any():
        yield -1, first.port, 0, first.first
    for before, after in pairwise(calls):
        yield before.port, after.port, before.last, after.first
    if (port[last.last + 1 :] != last.port).any():
        yield last.port, -1, last.last, count - 1
