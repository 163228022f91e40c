"""Which routes share a stretch, and which place beside each other they take on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from numpy.typing import NDArray

    Cells = NDArray[np.int64]

CELL_DEGREES: Final = 0.02
"""Two lines in one cell of this size (about 2 km) lie on one another at the scales of a route map."""
SHARED: Final = 0.6
"""A leg shares a stretch with another route when that route passes this part of the leg's cells."""
MOST: Final = 1500
"""Legs that are compared, each with all; so many more would take longer than the page, which draws them on canvas
(`strands.js`) and sets none beside another."""
_ROW: Final = 1_000_000  # more cells than there are between the poles, so that every cell has a number of its own


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a leg shares with the routes beside it.

    Attributes
    ----------
    beside
        Ids of the routes on the leg's track, its own among them, in the order in which they take their lanes.
    mirrored
        Whether the leg runs against the direction in which lanes are counted.
    """

    beside: tuple[str, ...]
    mirrored: bool

    def lane(self, route: str, shown: Container[str]) -> tuple[int, int]:
        """Return the lane of a route and the number of lanes while only some routes are shown; lanes count from 0.

        A leg that runs the other way takes the mirrored lane, so that a route keeps its side of the track.
        """
        beside = [name for name in self.beside if name == route or name in shown]
        lane = beside.index(route)
        return (len(beside) - 1 - lane if self.mirrored else lane, len(beside))


def stretches(legs: Sequence[Mapping[str, Any]], order: Sequence[str]) -> list[Stretch]:
    """Return for each leg the routes that share its track.

    Parameters
    ----------
    legs
        Mappings with `route` and `geometry` (LineString, lon, lat); infrastructure left out, as it lies beneath.
    order
        Route ids in the order in which they take their lanes.

    Returns
    -------
    list of Stretch
        In the order of `legs`. Of more than `MOST` legs none lies beside another.
    """
    if len(legs) > MOST:
        return [Stretch((leg["route"],), mirrored=False) for leg in legs]
    rank = {route: number for number, route in enumerate(order)}
    passed = [_cells(np.asarray(leg["geometry"].coords)) for leg in legs]
    by_route: dict[str, list[Cells]] = defaultdict(list)
    for leg, cells in zip(legs, passed, strict=True):
        by_route[leg["route"]].append(cells)
    whole = {route: np.unique(np.concatenate(parts)) for route, parts in by_route.items()}
    return [_stretch(leg, cells, whole, rank) for leg, cells in zip(legs, passed, strict=True)]


def _stretch(leg: Mapping[str, Any], cells: Cells, whole: Mapping[str, Cells], rank: Mapping[str, int]) -> Stretch:
    """Return the routes that pass most of a leg's cells."""
    beside = [
        route
        for route, theirs in whole.items()
        if theirs[-1] >= cells[0] and theirs[0] <= cells[-1] and _in_sorted(cells, theirs) >= SHARED * len(cells)
    ]
    start, *_, end = leg["geometry"].coords
    return Stretch(tuple(sorted(beside, key=lambda route: (rank[route], route))), start > end)


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
