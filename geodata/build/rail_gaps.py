"""Breaks in the lines of a network, and the rule by which they are bridged.

A line is broken where a track ends, the track it ran into begins again, and no way round is short:

* **seam**: a dead end and any node of the network at most 250 m apart (the grid of the source is 100 m);
* **gap**: two dead ends at most 3 km apart, each further than 5 km from any border, where a break may be meant.

In both, every dead end must point at the other node within 60 degrees over its last kilometre, both nodes
must be in the same country, and the way round must be longer than 10 km and than 10 times the gap.
Shorter ones come first, each dead end is used once, and a bridge counts as track for all later ones.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.build.rail_source import Lines, Neighbours, shortest_km
from geodata.networks.graph import GEOD

SEAM_M: Final = 250.0
GAP_M: Final = 3000.0
BORDER_MARGIN_M: Final = 5000.0
DETOUR_KM: Final = 10.0
DETOUR_TIMES: Final = 10.0
AIM_DEG: Final = 60.0
_TAIL_KM: Final = 1.0
_RADIUS_M: Final = 6_371_000.0


class Bridge(NamedTuple):
    """A bridge between two nodes."""

    tail: int
    head: int
    length_m: float
    rule: str


def dead_ends(lines: Lines) -> NDArray[np.int64]:
    """List the nodes that have one edge only."""
    return np.flatnonzero(np.bincount(np.concatenate((lines.tail, lines.head)), minlength=len(lines.lon)) == 1)


def find_bridges(lines: Lines, country: NDArray[np.uint8], bordering: NDArray[np.int64]) -> list[Bridge]:
    """Find the breaks of a network that the rule of this module bridges.

    Parameters
    ----------
    lines
        The network.
    country
        Country number of every node; 0 if none.
    bordering
        Dead ends within :data:`BORDER_MARGIN_M` of another country.

    Returns
    -------
    list of Bridge
        By node numbers, tail < head.
    """
    neighbours: Neighbours = [{} for _ in lines.lon]
    for a, b, m in zip(lines.tail.tolist(), lines.head.tolist(), lines.track_m.tolist(), strict=True):
        neighbours[a][b] = neighbours[b][a] = m / 1000
    aims = {n: _aim(lines, neighbours, n) for n in dead_ends(lines).tolist()}
    barred = set(bordering.tolist())
    used: set[int] = set()
    bridges = []
    for far_m, a, b in _pairs(lines, list(aims)):
        rule = _rule(far_m, a, b, aims=aims, barred=barred)
        if rule is None or used & {a, b} or country[a] != country[b] or not country[a]:
            continue
        if not all(_points_at(lines, aims, n, other) for n, other in ((a, b), (b, a)) if n in aims):
            continue
        limit_km = max(DETOUR_KM, DETOUR_TIMES * far_m / 1000)
        if b not in neighbours[a] and shortest_km(neighbours, a, b, limit_km) is None:
            neighbours[a][b] = neighbours[b][a] = far_m / 1000
            used |= {a, b} & set(aims)
            bridges.append(Bridge(min(a, b), max(a, b), far_m, rule))
    return sorted(bridges)


def _rule(far_m: float, a: int, b: int, *, aims: dict[int, float], barred: set[int]) -> str | None:
    if far_m <= SEAM_M:
        return "seam"
    open_country = not {a, b} & barred
    return "gap" if far_m <= GAP_M and a in aims and b in aims and open_country else None


def _pairs(lines: Lines, tips: list[int]) -> list[tuple[float, int, int]]:
    """List pairs of a dead end and a node within the bounds, nearest first."""
    ends = np.array(tips)
    lon, lat = np.radians(lines.lon), np.radians(lines.lat)
    xyz = _RADIUS_M * np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    everywhere, at_ends = cKDTree(xyz), cKDTree(xyz[ends])
    found = {tuple(sorted((int(ends[i]), int(ends[j])))) for i, j in at_ends.query_pairs(GAP_M * 1.01)}
    for end, nodes in zip(ends.tolist(), everywhere.query_ball_point(xyz[ends], SEAM_M * 1.01), strict=True):
        found |= {tuple(sorted((end, int(node)))) for node in nodes if node != end}
    a, b = np.array(sorted(found), dtype=np.int64).reshape(-1, 2).T
    far_m = np.asarray(GEOD.inv(lines.lon[a], lines.lat[a], lines.lon[b], lines.lat[b])[2])
    return sorted(zip(far_m.tolist(), a.tolist(), b.tolist(), strict=True))


def _aim(lines: Lines, neighbours: Neighbours, end: int) -> float:
    """Give the bearing in which a dead end points, seen along its last kilometre."""
    node, before, run_km = end, -1, 0.0
    while run_km < _TAIL_KM:
        onward = [other for other in neighbours[node] if other != before]
        if len(onward) != 1:
            break
        run_km += neighbours[node][onward[0]]
        before, node = node, onward[0]
    return float(GEOD.inv(lines.lon[node], lines.lat[node], lines.lon[end], lines.lat[end])[0])


def _points_at(lines: Lines, aims: dict[int, float], end: int, other: int) -> bool:
    bearing = GEOD.inv(lines.lon[end], lines.lat[end], lines.lon[other], lines.lat[other])[0]
    return bool(abs((aims[end] - bearing + 180) % 360 - 180) <= AIM_DEG)
