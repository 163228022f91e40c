"""Cells of the basemap: which of them lines touch, and reading only those from the packaged files."""

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from geodata.registry import data_path

SCALES: Final = ("110m", "50m", "10m")


class Grid(NamedTuple):
    """Square cells counted from -180, -90."""

    cell_deg: float
    columns: int
    rows: int

    def ids(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
        """Number the cells that points lie in; longitudes are wrapped, latitudes clipped."""
        column = np.floor((lon + 180.0) / self.cell_deg).astype(np.int64) % self.columns
        row = np.clip(np.floor((lat + 90.0) / self.cell_deg).astype(np.int64), 0, self.rows - 1)
        return row * self.columns + column

    def name(self, number: int) -> str:
        """Give the name ``"column,row"`` of a numbered cell."""
        return f"{number % self.columns},{number // self.columns}"


class LevelFile:
    """A packaged level, opened for reading single cells; a context manager."""

    def __init__(self, scale: str, path: Path | None = None) -> None:
        self._handle = (path or data_path(f"basemap_{scale}.jsonl")).open("rb")
        header = json.loads(self._handle.readline())
        self._start = self._handle.tell()
        self._places: dict[str, list[int]] = header["cells"]
        self.scale: str = header["scale"]
        self.precision: int = header["precision"]
        self.min_zoom: int = header["min_zoom"]
        cell_deg = header["cell_deg"]
        self.grid = Grid(cell_deg, round(360 / cell_deg), max(1, round(180 / cell_deg)))
        self.sizes: dict[str, int] = {name: length for name, (_, length) in self._places.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handle.close()

    def cells_at(self, lon: Sequence[float], lat: Sequence[float]) -> list[str]:
        """Name the cells of points in degrees."""
        numbers = self.grid.ids(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
        return [self.grid.name(number) for number in numbers.tolist()]

    def read(self, cells: Sequence[str]) -> list[dict[str, Any]]:
        """Read cells by name, in the order given."""
        found = []
        for cell in cells:
            start, length = self._places[cell]
            self._handle.seek(self._start + start)
            found.append(json.loads(self._handle.read(length)))
        return found


def _dense(path: NDArray[np.float64], step_deg: float) -> NDArray[np.float64]:
    """Add vertices so that none is further than a step from the next."""
    if len(path) < 2:
        return path
    spans = np.abs(np.diff(path, axis=0)).max(axis=1)
    counts = np.maximum(1, np.ceil(spans / step_deg)).astype(np.int64)
    starts = np.repeat(np.arange(len(counts)), counts)
    fraction = (np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)) / counts[starts]
    between = path[starts] + (path[starts + 1] - path[starts]) * fraction[:, None]
    return np.concatenate((between, path[-1:]))


def touched_cells(paths: Sequence[NDArray[np.float64]], grid: Grid, margin_deg: float) -> dict[str, float]:
    """Weigh the cells that lines touch.

    Parameters
    ----------
    paths
        Arrays of shape (n, 2), lon, lat in degrees; longitudes may pass 180.
    grid
        The cells.
    margin_deg
        Distance from a line within which a cell counts as touched, degrees.

    Returns
    -------
    dict
        Cell name to weight: each line gives one, shared among its cells, so short lines weigh more.

    Raises
    ------
    None
        Missing coordinates are not expected here.
    """
    weights: dict[int, float] = {}
    offsets = np.array([(dx, dy) for dx in (-margin_deg, 0, margin_deg) for dy in (-margin_deg, 0, margin_deg)])
    for path in paths:
        points = (_dense(path, grid.cell_deg / 4)[:, None, :] + offsets).reshape(-1, 2)
        cells = np.unique(grid.ids(points[:, 0], points[:, 1]))
        for cell in cells.tolist():
            weights[cell] = weights.get(cell, 0.0) + 1.0 / len(cells)
    return {grid.name(cell): weight for cell, weight in weights.items()}


def cells_near(paths: Sequence[NDArray[np.float64]], grid: Grid, within_deg: float) -> dict[str, float]:
    """Measure how far cells are from lines.

    Parameters
    ----------
    paths
        Arrays of shape (n, 2), lon, lat in degrees; longitudes may pass 180.
    grid
        The cells.
    within_deg
        Cells further than this are left out, degrees.

    Returns
    -------
    dict
        Cell name to distance in degrees between the cell and the nearest cell with a line in it; 0 where a
        line is.

    Raises
    ------
    None
        Missing coordinates are not expected here.
    """
    if not paths:
        return {}
    points = np.concatenate([_dense(path, grid.cell_deg / 4) for path in paths])
    hit = np.unique(grid.ids(points[:, 0], points[:, 1]))
    every = np.arange(grid.columns * grid.rows)
    across = np.abs(every[:, None] % grid.columns - hit % grid.columns)
    across = np.minimum(across, grid.columns - across)
    up = np.abs(every[:, None] // grid.columns - hit // grid.columns)
    distance = (np.hypot(across, up) * grid.cell_deg).min(axis=1)
    return {grid.name(int(cell)): float(distance[cell]) for cell in every[distance <= within_deg]}
