"""Cut the water of the world into cells: large at sea, small where the coast is intricate.

A cell is a square of whole units; its gates lie where it shares open water with a neighbour. A cell
is good enough once the gates of each of its waters see each other along straight lines.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata._store import Geometries

UNITS_PER_DEG: Final = 128
"""Smallest cell: 1/128 degree, finer than the 1:10m coast (its grid is 0.0036 by 0.0017 degrees)."""
WIDTH: Final = 360 * UNITS_PER_DEG
ROOT_DEG: Final = 4
_COAST_DEG: Final = 0.5  # cells with land in them are at most this large
_GRADE: Final = 4  # a cell is at most four times as large as its neighbours, or its gates would be too many
_OPEN: Final = {4 * UNITS_PER_DEG: 4, 2 * UNITS_PER_DEG: 3, UNITS_PER_DEG: 2}  # gates on a whole open side

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(eq=False)
class Cells:
    """Cells in units: west and south edge counted from -180, -90, size, and the land in each (None: open)."""

    x: Ints
    y: Ints
    size: Ints
    land: Geometries

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.x)

    def take(self, chosen: Ints | Flags) -> "Cells":
        """Keep some of the cells."""
        return Cells(self.x[chosen], self.y[chosen], self.size[chosen], self.land[chosen])

    def boxes(self) -> Geometries:
        """Give the cells as polygons in degrees."""
        west, south = degrees(self.x, 180), degrees(self.y, 90)
        side = self.size / UNITS_PER_DEG
        return np.asarray(shapely.box(west, south, west + side, south + side))


def degrees(units: Ints | NDArray[np.float64], origin: float) -> NDArray[np.float64]:
    """Turn units into degrees."""
    return np.asarray(units, dtype=np.float64) / UNITS_PER_DEG - origin


def join(parts: list[Cells]) -> Cells:
    """Put cells together."""
    return Cells(
        np.concatenate([part.x for part in parts]),
        np.concatenate([part.y for part in parts]),
        np.concatenate([part.size for part in parts]),
        np.concatenate([part.land for part in parts]),
    )


def _fit(cells: Cells) -> Cells:
    """Keep only the land inside each cell; drop cells without water, and land without area."""
    shore = np.flatnonzero([land is not None for land in cells.land])
    boxes = cells.boxes()[shore]
    clipped = shapely.intersection(cells.land[shore], boxes)
    area, whole = shapely.area(clipped), shapely.area(boxes)
    land = cells.land.copy()
    clipped[area <= 0] = None
    land[shore] = clipped
    keep = np.ones(len(cells), dtype=bool)
    keep[shore] = area < whole * (1 - 1e-9)
    return Cells(cells.x, cells.y, cells.size, land).take(keep)


def split(cells: Cells) -> Cells:
    """Cut each cell into four."""
    half = cells.size // 2
    parts = [
        Cells(cells.x + half * right, cells.y + half * up, half, cells.land.copy()) for right in (0, 1) for up in (0, 1)
    ]
    return _fit(join(parts))


def root_cells(land: Geometries) -> Cells:
    """Start with cells of four degrees; land as polygons in degrees within -180 and 180."""
    root = ROOT_DEG * UNITS_PER_DEG
    columns, rows = WIDTH // root, 180 // ROOT_DEG
    x, y = (grid.ravel() * root for grid in np.meshgrid(np.arange(columns), np.arange(rows)))
    empty = np.full(len(x), None, dtype=object)
    cells = Cells(x, y, np.full(len(x), root), empty)
    boxes = cells.boxes()
    shapely.prepare(land)
    which, piece = shapely.STRtree(land).query(boxes, predicate="intersects")
    cut = shapely.intersection(land[piece], boxes[which])
    for number in np.unique(which):
        cells.land[number] = shapely.union_all(_polygons(cut[which == number]))
    return _fit(cells)


def _polygons(shapes: Geometries) -> Geometries:
    parts = shapely.get_parts(shapes)
    return np.asarray(parts[shapely.get_dimensions(parts) == 2])


def start_cells(land: Geometries) -> Cells:
    """Cut cells with land in them down to half a degree."""
    done: list[Cells] = []
    cells = root_cells(land)
    while len(cells):
        mixed = np.array([shape is not None for shape in cells.land])
        large = mixed & (cells.size > _COAST_DEG * UNITS_PER_DEG)
        done.append(cells.take(~large))
        cells = split(cells.take(large)) if large.any() else cells.take(large)
    return join(done)


def neighbours(cells: Cells) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    """Find pairs of cells that share a stretch of side.

    Returns
    -------
    tuple
        ``first`` and ``second`` cell of each pair, ``ends`` (n, 2) of the shared stretch in units along the side,
        and ``upright``: the side runs north, ``first`` lies west of it; else ``first`` lies south of it.
    """
    found = []
    for upright in (True, False):
        across, along = (cells.x, cells.y) if upright else (cells.y, cells.x)
        far = across + cells.size
        far = far % WIDTH if upright else far
        by_side = np.lexsort((along, across))
        keys = across[by_side].astype(np.int64) * (WIDTH + 1) + along[by_side]
        # the first neighbour starts at or before this cell's start; later ones start within it
        low = np.searchsorted(keys, far * (WIDTH + 1) + along, side="right") - 1
        high = np.searchsorted(keys, far * (WIDTH + 1) + along + cells.size, side="left")
        low = np.maximum(low, 0)
        counts = np.maximum(high - low, 0)
        first = np.repeat(np.arange(len(cells)), counts)
        offset = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
        second = by_side[low[first] + offset]
        start = np.maximum(along[first], along[second])
        end = np.minimum(along[first] + cells.size[first], along[second] + cells.size[second])
        real = (across[second] == far[first]) & (end > start)
        ends = np.column_stack((start, end))[real]
        found.append((first[real], second[real], ends, np.full(real.sum(), upright)))
    first, second, ends, sides = (np.concatenate(column) for column in zip(*found, strict=True))
    return first, second, ends, sides


def graded(cells: Cells) -> Cells:
    """Cut open cells that are much larger than a neighbour."""
    while True:
        first, second, _, _ = neighbours(cells)
        ratio = cells.size[first] / cells.size[second]
        wide = np.zeros(len(cells), dtype=bool)
        wide[first[ratio > _GRADE]] = True
        wide[second[1 / ratio > _GRADE]] = True
        if not wide.any():
            return cells
        cells = join([cells.take(~wide), split(cells.take(wide))])


def open_gates(size: int) -> int:
    """Say how many gates a whole open side between two cells of this size has."""
    return _OPEN.get(size, 1)
