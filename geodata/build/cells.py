"""The basemap in cells: everything the page draws, encoded once so that a render only selects."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.build.topojson import Topology
from geodata.polyline import encode_quantised

MERCATOR_LAT: Final = 85.06  # just beyond the edge of the web Mercator square, 85.0511 degrees
_WRAP_DEG: Final = 3.0  # land this close to 180 is looked at


@dataclass(frozen=True)
class LevelPlan:
    """How a scale is cut and written."""

    scale: str
    cell_deg: float
    precision: int
    min_zoom: int


# precision: 1e-4 degree is a thirtieth of the step of the 1:10m source, so a fifth digit would only cost bytes
PLANS: Final = (
    LevelPlan("110m", 360.0, 2, 0),
    LevelPlan("50m", 15.0, 3, 4),
    LevelPlan("10m", 3.0, 4, 6),
)

_EDGES: Final = {"land": "coast", "lakes": "shores"}


@dataclass(frozen=True)
class Layers:
    """What a level is made of, in degrees: land and lakes as polygons, borders as lines."""

    land: list[Any]
    lakes: list[Any]
    borders: Any
    disputed: Any


def degrees(topology: Topology, shape: BaseGeometry) -> BaseGeometry:
    """Turn grid coordinates into degrees, with the last column exactly on 180."""
    origin, step = np.array(topology.translate), np.array(topology.scale)

    def convert(grid: NDArray[np.float64]) -> NDArray[np.float64]:
        lonlat: NDArray[np.float64] = grid * step + origin
        lonlat[np.abs(lonlat[:, 0]) > 179.9999, 0] = np.copysign(180.0, lonlat[np.abs(lonlat[:, 0]) > 179.9999, 0])
        return lonlat

    return shapely.transform(shape, convert)


def joined_across_180(polygons: list[Any]) -> list[Any]:
    """Join land that the source cuts at the antimeridian, on both of its sides.

    Parameters
    ----------
    polygons
        Polygons within -180 and 180 degrees.

    Returns
    -------
    list
        The polygons, with what touches the antimeridian joined to its continuation beyond it.

    Raises
    ------
    None
        Nothing of its own.
    """
    bounds = np.array([shape.bounds for shape in polygons])
    west, east = bounds[:, 0] < -180 + _WRAP_DEG, bounds[:, 2] > 180 - _WRAP_DEG
    rest = [shape for shape, near in zip(polygons, west | east, strict=True) if not near]
    near = [shape for shape, touches in zip(polygons, west | east, strict=True) if touches]
    shifted = [
        shapely.transform(shape, lambda lonlat, by=by: lonlat + np.array([by, 0.0]))
        for by, side in ((360.0, west), (-360.0, east))
        for shape, touches in zip(polygons, side, strict=True)
        if touches
    ]
    return [*rest, *shapely.get_parts(shapely.union_all([*near, *shifted]))]


def build_level(plan: LevelPlan, layers: Layers) -> dict[str, dict[str, Any]]:
    """Encode the cells of a level.

    Parameters
    ----------
    plan
        How the level is cut and written.
    layers
        What is cut.

    Returns
    -------
    dict
        Cell id ``"column,row"`` (from -180, -90) to a cell as :mod:`geodata.basemap` describes it. Cells
        with nothing but water are left out.

    Raises
    ------
    None
        Nothing of its own.
    """
    fills = {"land": joined_across_180(layers.land), "lakes": layers.lakes}
    trees = {name: shapely.STRtree(shapes) for name, shapes in fills.items()}
    coarse: dict[tuple[str, int, int], list[Any]] = {}
    cells: dict[str, dict[str, Any]] = {}
    for row in range(max(1, round(180 / plan.cell_deg))):
        for column in range(round(360 / plan.cell_deg)):
            box = _cell_box(plan, column, row)
            if box[1] >= box[3]:
                continue
            cell: dict[str, Any] = {"box": box}
            for name, shapes in fills.items():
                key = (name, column // 8, row // 8)
                if key not in coarse:
                    region = _coarse_box(plan, column // 8, row // 8)
                    hit = trees[name].query(shapely.box(*region))
                    coarse[key] = [shapely.clip_by_rect(shapes[index], *region) for index in sorted(hit)]
                cell[name], cell[_EDGES[name]] = _rings(coarse[key], box, plan.precision)
            for name, lines in (("borders", layers.borders), ("disputed", layers.disputed)):
                cell[name] = _lines(shapely.clip_by_rect(lines, *box), plan.precision)
            filled = {name: value for name, value in cell.items() if value}
            if len(filled) > 1:
                cells[f"{column},{row}"] = filled
    return cells


def _cell_box(plan: LevelPlan, column: int, row: int) -> list[float]:
    west = -180 + column * plan.cell_deg
    south, north = -90 + row * plan.cell_deg, min(90.0, -90 + (row + 1) * plan.cell_deg)
    return [west, max(south, -MERCATOR_LAT), west + plan.cell_deg, min(north, MERCATOR_LAT)]


def _coarse_box(plan: LevelPlan, column: int, row: int) -> tuple[float, float, float, float]:
    first = _cell_box(plan, column * 8, row * 8)
    size, margin = 8 * plan.cell_deg, plan.cell_deg / 8  # a margin, so that its own cuts are in no cell
    return (first[0] - margin, first[1] - margin, first[0] + size + margin, first[1] + size + margin)


def _rings(shapes: list[Any], box: list[float], precision: int) -> tuple[list[str], list[int]]:
    """Clip polygons; give their rings encoded, and the runs of ring edges that are no cut."""
    texts: list[str] = []
    runs: list[int] = []
    clipped = shapely.clip_by_rect(np.asarray(shapes, dtype=object), *box)
    for part in shapely.get_parts(shapely.orient_polygons(clipped[~shapely.is_empty(clipped)])):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for ring in (part.exterior, *part.interiors):
            text, edges = _ring(shapely.get_coordinates(ring), box, precision)
            for first, last in edges:
                runs += [len(texts), first, last]
            texts += [text] if text else []
    return texts, runs


def _ring(lonlat: NDArray[np.float64], box: list[float], precision: int) -> tuple[str, list[tuple[int, int]]]:
    grid = np.rint(lonlat * 10.0**precision).astype(np.int64)
    keep = np.ones(len(grid), dtype=bool)
    keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    lonlat, grid = lonlat[keep][:-1], grid[keep][:-1]  # open; the page closes it
    if len(grid) < 3:
        return "", []
    sides = np.abs(lonlat[:, [0, 1, 0, 1]] - np.array(box)) < 1e-9
    cut = (sides & np.roll(sides, -1, axis=0)).any(axis=1)  # edge i runs from vertex i to i + 1
    if cut.any() and not cut.all():
        start = int(np.flatnonzero(cut)[-1]) + 1  # begin after a cut, so that no run passes the end
        grid, cut = np.roll(grid, -start, axis=0), np.roll(cut, -start)
    steps = np.diff(np.concatenate(([True], cut, [True])).astype(np.int8))
    runs = list(zip(np.flatnonzero(steps == -1).tolist(), np.flatnonzero(steps == 1).tolist(), strict=True))
    return encode_quantised(np.ascontiguousarray(grid[:, ::-1])), runs


def _lines(clipped: BaseGeometry, precision: int) -> list[str]:
    texts = []
    for line in shapely.get_parts(clipped):
        if line.geom_type != "LineString":
            continue
        grid = np.rint(shapely.get_coordinates(line) * 10.0**precision).astype(np.int64)
        keep = np.concatenate(([True], (np.diff(grid, axis=0) != 0).any(axis=1)))
        if keep.sum() > 1:
            texts.append(encode_quantised(np.ascontiguousarray(grid[keep][:, ::-1])))
    return texts


def write_level(path: Path, plan: LevelPlan, cells: dict[str, dict[str, Any]]) -> None:
    """Write a level as lines of JSON: a header with the place of each cell, then one line a cell.

    Parameters
    ----------
    path
        The ``.jsonl`` file to write.
    plan
        How the level was made.
    cells
        What :func:`build_level` gave.

    Returns
    -------
    None
        The file is written.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    lines = [json.dumps(cell, separators=(",", ":")).encode() + b"\n" for cell in cells.values()]
    starts = np.cumsum([0, *map(len, lines)]).tolist()
    header = {
        "scale": plan.scale,
        "cell_deg": plan.cell_deg,
        "precision": plan.precision,
        "min_zoom": plan.min_zoom,
        "cells": {name: [starts[index], len(lines[index])] for index, name in enumerate(cells)},
    }
    with path.open("wb") as handle:
        handle.write(json.dumps(header, separators=(",", ":")).encode() + b"\n")
        handle.writelines(lines)
