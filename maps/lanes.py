"""Which routes share a stretch, and which place beside each other they take on it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Cells = NDArray[np.int64]

CELL_DEGREES: Final = 0.02
"""Two lines in one cell of this size (about 2 km) lie on one another at the scales of a route map."""
SHARED: Final = 0.6
"""A leg shares a stretch with another route when that route passes this part of the leg's cells."""
_ROW: Final = 1_000_000  # more cells than there are between the poles, so that every cell has a number of its own


def lanes(legs: Sequence[Mapping[str, Any]], order: Sequence[str]) -> list[tuple[int, int]]:
    """Return the lane of each leg and the number of lanes on its stretch.

    Parameters
    ----------
    legs
        Mappings with `route` and `geometry` (LineString, lon, lat); infrastructure left out, as it lies beneath.
    order
        Route ids in the order in which they take their lanes.

    Returns
    -------
    list of (lane, lanes)
        In the order of `legs`; lanes count from 0. A leg that runs the other way takes the mirrored lane, so that a
        route keeps its side of the track.
    """
    rank = {route: number for number, route in enumerate(order)}
    passed = [_cells(np.asarray(leg["geometry"].coords)) for leg in legs]
    by_route: dict[str, list[Cells]] = defaultdict(list)
    for leg, cells in zip(legs, passed, strict=True):
        by_route[leg["route"]].append(cells)
    whole = {route: np.unique(np.concatenate(parts)) for route, parts in by_route.items()}
    return [_lane(leg, cells, whole, rank) for leg, cells in zip(legs, passed, strict=True)]


def _lane(leg: Mapping[str, Any], cells: Cells, whole: Mapping[str, Cells], rank: Mapping[str, int]) -> tuple[int, int]:
    """Return the lane of one leg among the routes that pass most of its cells."""
    beside = [
        route
        for route, theirs in whole.items()
        if theirs[-1] >= cells[0] and theirs[0] <= cells[-1] and _in_sorted(cells, theirs) >= SHARED * len(cells)
    ]
    beside.sort(key=lambda route: (rank[route], route))
    lane, count = beside.index(leg["route"]), len(beside)
    start, *_, end = leg["geometry"].coords
    return (lane if start <= end else count - 1 - lane, count)


def _in_sorted(cells: Cells, others: Cells) -> int:
    """Return how many cells stand among others, both sorted."""
    at = np.searchsorted(others, cells).clip(max=len(others) - 1)
    return int((others[at] == cells).sum())


def _cells(coordinates: NDArray[np.float64]) -> Cells:
    """Return the grid cells that a line passes, without gaps, as sorted whole numbers."""
    steps = np.diff(coordinates, axis=0)
    pieces = np.maximum(1, np.ceil(np.abs(steps).max(axis=1) / CELL_DEGREES * 2)).astype(np.int64)
    ends = np.cumsum(pieces)
    share = (np.arange(ends[-1]) - np.repeat(ends - pieces, pieces)) / np.repeat(pieces, pieces)
    points = np.repeat(coordinates[:-1], pieces, axis=0) + np.repeat(steps, pieces, axis=0) * share[:, None]
    grid = np.floor(np.vstack([points, coordinates[-1:]]) / CELL_DEGREES).astype(np.int64)
    return np.unique(grid[:, 0] * _ROW + grid[:, 1])


def turns(legs: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return for each route how often it goes around the globe to lie nearest to the first route of the page.

    Two routes on either side of the antimeridian are then neighbours, and the page opens on the Pacific.
    """
    middles: dict[str, list[float]] = {}
    for leg in legs:
        west, _, east, _ = leg["geometry"].bounds
        middles.setdefault(leg["route"], []).append((west + east) / 2)
    centres = {route: sum(values) / len(values) for route, values in middles.items()}
    home = next(iter(centres.values()), 0.0)
    return {route: round((home - centre) / 360.0) for route, centre in centres.items()}
