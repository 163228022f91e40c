"""Pull a line taut: the shortest one that keeps to the water and passes the land on the same sides."""

from collections import deque
from itertools import pairwise
from typing import Final

import numpy as np
import shapely

from geodata.networks.sea_sphere import Floats, chords_m, cross, directions, lon_lat_of
from geodata.networks.sea_water import CLEARANCE_M, Corners, Walled, Water

_POLE: Final = np.array([0.0, 0.0, 1.0])
_LEAST_GAIN_M: Final = 5.0
_LEAST_CUT_M: Final = 50.0
_SHARES: Final = (0.9, 0.3, 0.1)
_HALVINGS: Final = 6
_SHORT_DEG: Final = 0.05  # a geodesic this short is straight
_PATIENCE: Final = 12  # steps for each vertex on average; a line needs two or three


def tauten(line: Floats, water: Water | Walled) -> Floats:
    """Pull a line taut between its ends.

    Parameters
    ----------
    line
        Shape (n, 2), lon, lat in degrees, in the water.
    water
        Where the water is.

    Returns
    -------
    numpy.ndarray
        Shape (m, 2): the ends and the corners the line bends around; between them it runs along
        geodesics that touch no land.
    """
    drawable = _drawable(line, water)
    ways = (_skip(drawable, water), _skip(drawable[::-1], water)[::-1])
    short = min(ways, key=_length_m)  # the same for both directions of travel
    return _without(_bent(short, water), water) if len(short) > 2 else short


def _length_m(line: Floats) -> float:
    at = directions(line)
    return float(chords_m(at[:-1], at[1:]).sum())


def _drawable(line: Floats, water: Water | Walled) -> Floats:
    """Halve straight edges in lon, lat until the geodesics along them touch no land."""
    kept = [line[0]]
    todo = [(end, 0) for end in line[:0:-1]]
    while todo:
        end, depth = todo.pop()
        start = kept[-1]
        end = end - [np.round((end[0] - start[0]) / 360.0) * 360.0, 0.0]
        if depth >= _HALVINGS or np.abs(end - start).max() < _SHORT_DEG or water.sees(start, end):
            kept.append(end)
        else:
            todo += [(end, depth + 1), ((start + end) / 2, depth + 1)]
    return np.array(kept)


def _skip(line: Floats, water: Water | Walled) -> Floats:
    """Leave out vertices that need not be passed, looking ahead in growing strides."""
    kept, here, last = [0], 0, len(line) - 1
    while here < last:
        good, stride = here + 1, 2
        while here + stride <= last and water.sees(line[here], line[here + stride]):
            good, stride = here + stride, stride * 2
        low, high = good, min(here + stride, last + 1)
        while high - low > 1:
            middle = (low + high) // 2
            if water.sees(line[here], line[middle]):
                low = middle
            else:
                high = middle
        here = low
        kept.append(here)
    return line[kept]


def _chain(a: Floats, v: Floats, b: Floats, corners: Floats) -> Floats:
    """Wrap a string from ``a`` to ``b`` around corners in the triangle with ``v``, on the side of ``v``."""
    if not len(corners):
        return corners
    centre = a + v + b  # on the plane that touches the sphere here, great circles are straight
    centre = centre / np.linalg.norm(centre)
    right = cross(_POLE, centre)
    right = right / np.linalg.norm(right)
    up = cross(centre, right)
    all_of = np.vstack((a, b, corners))
    flat = np.column_stack((all_of @ right, all_of @ up)) / (all_of @ centre)[:, None]
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(flat)))[:-1]
    number = {tuple(point): n for n, point in reversed(list(enumerate(flat.tolist())))}
    ring = [number[tuple(point)] for point in hull.tolist()]
    if 0 not in ring or 1 not in ring:
        return corners[:0]
    begin = ring.index(0)
    ring = ring[begin:] + ring[:begin]
    end = ring.index(1)
    one, other = ring[1:end], ring[:end:-1]
    if one and other:  # a corner lies a hair beyond the line from a to b
        tip = np.array([v @ right, v @ up]) / (v @ centre)
        across = flat[1] - flat[0]
        height = (across[0] * (flat[:, 1] - flat[0, 1]) - across[1] * (flat[:, 0] - flat[0, 0])) * (
            across[0] * (tip[1] - flat[0, 1]) - across[1] * (tip[0] - flat[0, 0])
        )
        return np.asarray(all_of[max(one, other, key=lambda some: height[some].max())])
    return np.asarray(all_of[one or other])


def _step(corners: Corners, water: Water | Walled, at: list[Floats], place: list[Floats], i: int) -> bool:
    """Replace vertex ``i`` by the corners that hold the line there; say whether anything changed."""
    a, v, b = at[i - 1], at[i], at[i + 1]
    was_m = float(chords_m(v, a) + chords_m(v, b))
    for clearance_m in CLEARANCE_M:
        chain = _chain(a, v, b, corners.inside(a, v, b, clearance_m))
        points = np.vstack((a, chain, b))
        gain_m = was_m - float(chords_m(points[:-1], points[1:]).sum())
        if gain_m < _LEAST_GAIN_M:
            break
        new = list(lon_lat_of(chain))
        route = [place[i - 1], *new, place[i + 1]]
        if all(water.sees(p, q) for p, q in pairwise(route)):
            at[i : i + 1] = list(chain)
            place[i : i + 1] = new
            return True
    return _cut_corner(water, at, place, i)


def _cut_corner(water: Water | Walled, at: list[Floats], place: list[Floats], i: int) -> bool:
    """Go straight from before vertex ``i`` to after it: past the other side of an islet, for one."""
    a, v, b = at[i - 1], at[i], at[i + 1]
    legs = np.linalg.norm([a - v, b - v], axis=1)
    for share in _SHARES:
        reach = share * legs.min() / legs
        pair = np.array([v + (a - v) * reach[0], v + (b - v) * reach[1]])
        pair /= np.linalg.norm(pair, axis=1, keepdims=True)
        gain_m = float(chords_m(v, pair).sum() - chords_m(pair[0], pair[1]))
        if gain_m < _LEAST_CUT_M:
            return False
        spots = list(lon_lat_of(pair))
        ways = ((spots[0], spots[1]), (place[i - 1], spots[0]), (spots[1], place[i + 1]))
        if all(water.sees(*way) for way in ways):
            at[i : i + 1] = list(pair)
            place[i : i + 1] = spots
            return True
    return False


def _bent(line: Floats, water: Water | Walled) -> Floats:
    place, at = list(line), list(directions(line))
    marks: list[object] = [object() for _ in place]
    todo = deque(marks[1:-1])
    steps = _PATIENCE * len(place) + 200
    while todo and steps:
        steps -= 1
        mark = todo.popleft()
        if mark not in marks:
            continue
        i = marks.index(mark)
        before = len(at)
        if not 0 < i < before - 1 or not _step(water.corners, water, at, place, i):
            continue
        fresh: list[object] = [object() for _ in range(len(at) - before + 1)]
        marks[i : i + 1] = fresh
        again = [marks[i - 1], *fresh, marks[i + len(fresh)]]
        todo.extend(m for m in again if m is not marks[0] and m is not marks[-1] and m not in todo)
    return np.array(place)


def _without(line: Floats, water: Water | Walled) -> Floats:
    """Drop every vertex whose neighbours see each other."""
    kept = list(line)
    i = 1
    while i < len(kept) - 1:
        if water.sees(kept[i - 1], kept[i + 1]):
            del kept[i]
            i = max(i - 1, 1)
        else:
            i += 1
    return np.array(kept)
