"""Gates between cells, and which gates of a cell see each other over open water."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.build.sea_cells import UNITS_PER_DEG, Cells, Flags, Ints, degrees, join, neighbours, open_gates, split

_LEAST_DEG: Final = 0.0005  # a gate is at least some 50 m wide
_PAIRS_AT_ONCE: Final = 400_000

Floats = NDArray[np.float64]


@dataclass(eq=False)
class Gates:
    """Points (lon, lat) in the sides between two cells."""

    lon: Floats
    lat: Floats
    first: Ints
    second: Ints


@dataclass(eq=False)
class Sights:
    """Pairs of gates that see each other, with the cell they look across."""

    tail: Ints
    head: Ints
    cell: Ints


def _has_land(cells: Cells) -> NDArray[np.bool_]:
    return np.array([shape is not None for shape in cells.land], dtype=bool)


def find_gates(cells: Cells) -> Gates:
    """Find the gates of all cells."""
    first, second, ends, upright = neighbours(cells)
    mixed = _has_land(cells)
    side = np.where(upright, cells.x[first] + cells.size[first], cells.y[first] + cells.size[first])
    open_side = ~(mixed[first] | mixed[second])
    counts = np.array([open_gates(int(length)) for length in ends[:, 1] - ends[:, 0]])
    parts = []
    for number in np.unique(counts[open_side]):
        some = np.flatnonzero(open_side & (counts == number))
        for step in range(number):
            along = ends[some, 0] + (ends[some, 1] - ends[some, 0]) * (step + 0.5) / number
            parts.append((some, along))
    some, along = _shore_gates(cells, first, second, ends, upright, side, mixed)
    parts.append((some, along))
    pair = np.concatenate([part[0] for part in parts])
    along = np.concatenate([part[1] for part in parts])
    along = np.rint(along * 1024) / 1024  # the grid on which the network is written
    lon = np.where(upright[pair], degrees(side[pair], 180), degrees(along, 180))
    lat = np.where(upright[pair], degrees(along, 90), degrees(side[pair], 90))
    return Gates(lon, lat, first[pair], second[pair])


def _shore_gates(
    cells: Cells, first: Ints, second: Ints, ends: Ints, upright: Flags, side: Ints, mixed: Flags
) -> tuple[Ints, Floats]:
    shore = np.flatnonzero(mixed[first] | mixed[second])
    at = side[shore].astype(np.float64)
    low, high = ends[shore, 0].astype(np.float64), ends[shore, 1].astype(np.float64)
    up = upright[shore]
    lon = np.where(up[:, None], at[:, None], np.column_stack((low, high)))
    lat = np.where(up[:, None], np.column_stack((low, high)), at[:, None])
    owner = np.where(mixed[first[shore]], first[shore], second[shore])
    # across the antimeridian the land of the eastern neighbour starts at -180 again
    turned = (owner == second[shore]) & up & (at >= 360 * UNITS_PER_DEG)
    lon = np.where(turned[:, None], lon - 360 * UNITS_PER_DEG, lon)
    lines = shapely.linestrings(np.stack((degrees(lon, 180), degrees(lat, 90)), axis=2))
    water, origin = shapely.get_parts(shapely.difference(lines, cells.land[owner]), return_index=True)
    bounds = shapely.bounds(water)
    length = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    wide = np.flatnonzero(length >= _LEAST_DEG)
    middle = np.where(
        up[origin[wide]],
        (bounds[wide, 1] + bounds[wide, 3]) / 2 + 90,
        (bounds[wide, 0] + bounds[wide, 2]) / 2 + 180,
    )
    middle = middle * UNITS_PER_DEG
    return shore[origin[wide]], middle


def _members(gates: Gates, count: int) -> tuple[Ints, Ints]:
    """List the gates of each cell: cell numbers (sorted) and gate numbers."""
    cell = np.concatenate((gates.first, gates.second))
    gate = np.tile(np.arange(len(gates.lon)), 2)
    order = np.lexsort((gate, cell))
    assert cell.max() < count  # noqa: S101
    return cell[order], gate[order]


def _pairs(cell: Ints) -> tuple[Ints, Ints]:
    """Give all pairs of positions with the same cell; cells must be sorted."""
    _, start, count = np.unique(cell, return_index=True, return_counts=True)
    left, right = [], []
    for size in np.unique(count):
        if size < 2:
            continue
        a, b = np.triu_indices(size, 1)
        begin = start[count == size]
        left.append((begin[:, None] + a).ravel())
        right.append((begin[:, None] + b).ravel())
    return np.concatenate(left), np.concatenate(right)


def local_lon(cells: Cells, cell: Ints, lon: Floats) -> Floats:
    """Turn longitudes so that they lie in or beside a cell."""
    west = degrees(cells.x[cell], 180)
    return np.asarray(np.where(lon - west > 180, lon - 360, np.where(west - lon > 180, lon + 360, lon)))


def find_sights(cells: Cells, gates: Gates) -> tuple[Sights, Ints]:
    """Find the gates that see each other, and the cells that must be cut further.

    Returns
    -------
    tuple
        The sights, and the numbers of the cells in which gates of the same water are not joined.
    """
    mixed = _has_land(cells)
    cell, gate = _members(gates, len(cells))
    left, right = _pairs(cell)
    lon, lat = local_lon(cells, cell, gates.lon[gate]), gates.lat[gate]
    straight = ((lon[left] == lon[right]) | (lat[left] == lat[right])) & ~mixed[cell[left]]
    left, right = left[~straight], right[~straight]  # along an open side there is always another way
    seen = np.ones(len(left), dtype=bool)
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        near = np.flatnonzero(mixed[cell[left[part]]]) + start
        a, b = left[near], right[near]
        lines = shapely.linestrings(np.stack((lon[[a, b]].T, lat[[a, b]].T), axis=2))
        land = cells.land[cell[a]]
        shapely.prepare(land)
        seen[near] = ~shapely.intersects(land, lines)
    left, right = left[seen], right[seen]
    broken = _broken(cells, mixed, cell, (lon, lat), (left, right))
    return Sights(gate[left], gate[right], cell[left]), broken


def _broken(cells: Cells, mixed: Flags, cell: Ints, lonlat: tuple[Floats, Floats], seen: tuple[Ints, Ints]) -> Ints:
    size = len(cell)
    joined = connected_components(coo_array((np.ones(len(seen[0])), seen), shape=(size, size)), directed=False)[1]
    shore = np.flatnonzero(mixed)
    water, origin = shapely.get_parts(shapely.difference(cells.boxes()[shore], cells.land[shore]), return_index=True)
    points = shapely.points(*lonlat)
    which, part = shapely.STRtree(water).query(points, predicate="intersects")
    own = cell[which] == shore[origin[part]]
    which, part = which[own], part[own]
    low = np.full(len(water), size)
    high = np.full(len(water), -1)
    np.minimum.at(low, part, joined[which])
    np.maximum.at(high, part, joined[which])
    lost = np.setdiff1d(np.flatnonzero(mixed[cell]), which)  # gates on no water: cut as well
    return np.union1d(shore[origin[(high >= 0) & (low != high)]], cell[lost])


def refine(cells: Cells, say: Callable[[str], None]) -> tuple[Cells, Gates, Sights]:
    """Cut cells until the gates of every water in them are joined by sight."""
    while True:
        gates = find_gates(cells)
        sights, broken = find_sights(cells, gates)
        broken = broken[cells.size[broken] > 1]
        say(f"{len(cells)} cells, {len(gates.lon)} gates, {len(sights.tail)} sights, {len(broken)} cells to cut")
        if not len(broken):
            return cells, gates, sights
        cut = np.zeros(len(cells), dtype=bool)
        cut[broken] = True
        cells = join([cells.take(~cut), split(cells.take(cut))])
