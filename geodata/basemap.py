"""The offline basemap of a page: detail where the lines are, within a budget of bytes.

:func:`basemap` gives a dict that ``json.dumps`` takes as it is::

    {
      "version": 1,
      "bytes": 412345,                  size of this dict as compact JSON in UTF-8, without this key
      "disclaimer": "...",              must be shown
      "attribution": ["...", ...],      must be shown
      "levels": [level, ...],           coarse to fine: 110m, 50m, 10m; always three, cells may be []
      "countries": [label, ...],        label points
      "seas": [label, ...],
      "cities": [label, ...]            by min_zoom, capitals first, then population
    }

    level = {"scale": "110m", "min_zoom": 0, "max_zoom": 3, "precision": 2, "cells": [cell, ...]}

    cell = {                            keys without content are left out, "box" never is
      "box":      [west, south, east, north],  degrees
      "land":     ["<polyline>", ...],  rings, not closed (join last to first)
      "coast":    [ring, first, last, ring, first, last, ...],
      "lakes":    ["<polyline>", ...],  rings, as land
      "shores":   [ring, first, last, ...],    as coast, for lakes
      "borders":  ["<polyline>", ...],  lines between countries
      "disputed": ["<polyline>", ...]   lines in dispute: draw dashed
    }

    label = {"lon": 127.9, "lat": 36.4, "min_zoom": 5, "names": {"en": "South Korea", "ko": "한국", ...}, ...}

Polylines are those of :mod:`geodata.polyline` (latitude first, differences, zigzag) with the
``precision`` of the level: divide by 10 to that power. ``names`` always has ``en`` and may have
``ko``, ``ru``, ``zh``. Countries also have ``id`` (alpha-2); seas ``id`` and ``kind`` (ocean, sea,
gulf, strait, canal); cities ``country``, ``population`` and, for capitals, ``capital: true``.
Show a label from its ``min_zoom`` on.

How to draw. At zoom z take the levels with ``min_zoom <= z``, coarse first, each over the one before
(``max_zoom`` is the last zoom at which a level is the finest one). For each level: (1) fill the ``box``
of every cell with water, all as one path, so that the coarser level does not show through; (2) fill all ``land``
rings of the level **as one path** with the non-zero rule (outer rings run counter-clockwise, holes
clockwise; cells meet exactly, so that one path has no seam where path by path would), and do not
stroke it; (3) fill ``lakes`` with water; (4) stroke ``coast`` and ``shores``: each triple is
the run of vertices ``first`` to ``last`` of ring number ``ring``, where the number of vertices
of the ring stands for its vertex 0 again; edges that cells cut are in no run, nor are those along
180 degrees; (5) stroke ``borders`` and ``disputed``. Longitudes are within -180 and 180:
a page that scrolls past 180 draws everything again shifted by 360 degrees.
Lakes are those of Natural Earth 1:50m at the finest level too.
"""

import json
import re
from collections.abc import Container, Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geodata import BOUNDARY_DISCLAIMER, registry
from geodata._cells import SCALES, LevelFile, cells_near, touched_cells
from geodata.polyline import decode

MAX_ZOOM: Final = 24  # what Leaflet can show at most; only says that the finest level has no end
_CITY_SHARE: Final = 0.12  # of the budget
_CITY_NEAR_DEG: Final = 1.5  # cities of zoom 5 and later this close to a line are named
_NEAR_DEG: Final = 0.4  # 1:10m cells this close to a line are taken with it
_AROUND_DEG: Final = 45.0  # 1:50m cells up to here are taken, the nearest first
_FINE_SHARE: Final = 0.45  # of what is left after world and labels goes to 1:10m first
_CITY: Final = re.compile(r'^\{"lon":(-?[0-9.]+),"lat":(-?[0-9.]+),"min_zoom":([0-9.]+),', re.MULTILINE)
_WORLD_ZOOM: Final = 4  # countries and seas named below this zoom are on every page


class BudgetError(ValueError):
    """The budget is too small for even the coarsest basemap."""


def basemap(lines: Iterable[Any], *, budget_bytes: int = 500_000) -> dict[str, Any]:
    """Select the basemap for a set of lines.

    Parameters
    ----------
    lines
        Where detail is wanted, each a shapely geometry, an array of shape (n, 2) in lon, lat, or bounds
        ``(west, south, east, north)``; degrees, EPSG:4326, longitudes may pass 180. Empty ones are
        skipped. Lines give less to carry than their bounds. No lines give the world alone.
    budget_bytes
        Most bytes that the result may take as compact JSON in UTF-8. Where it does not hold everything,
        the 1:10m cells go first to places with many short lines, and 1:50m cells to those nearest.

    Returns
    -------
    dict
        As the module docstring says. The same arguments give the same dict.

    Raises
    ------
    BudgetError
        If the world at 1:110m and its names do not fit.
    ValueError
        If a line is none of the three.

    Examples
    --------
    >>> page = basemap([(130.2, 42.2, 131.0, 43.4)])
    >>> [level["scale"] for level in page["levels"]]
    ['110m', '50m', '10m']
    """
    paths = [path for path in (_lonlat(line) for line in lines) if len(path)]
    with LevelFile("110m") as world, LevelFile("50m") as middle, LevelFile("10m") as fine:
        near = cells_near(paths, middle.grid, _AROUND_DEG)
        weights = touched_cells(paths, fine.grid, _NEAR_DEG)
        levels = [_level(world, world.read(list(world.sizes)), 3), _level(middle, [], 5), _level(fine, [], MAX_ZOOM)]
        page: dict[str, Any] = {
            "version": 1,
            "disclaimer": BOUNDARY_DISCLAIMER,
            "attribution": registry.attributions(),
            "levels": levels,
            **_labels(near, middle),
            "cities": _cities(near, middle, touched_cells(paths, fine.grid, _CITY_NEAR_DEG), fine, budget_bytes),
        }
        left = budget_bytes - _size(page) - len('"bytes":,') - len(str(budget_bytes))
        if left < 0:
            msg = f"budget_bytes={budget_bytes!r} is too small; give at least {budget_bytes - left}"
            raise BudgetError(msg)
        wanted = sorted(weights, key=lambda cell: (-weights[cell], cell))
        first, left_fine = _fitting(wanted, fine, int(left * _FINE_SHARE))
        spent = int(left * _FINE_SHARE) - left_fine
        around, left = _fitting(sorted(near, key=lambda cell: (near[cell], cell)), middle, left - spent)
        more, left = _fitting([cell for cell in wanted if cell not in set(first)], fine, left)
        levels[1]["cells"] = middle.read(sorted(around))
        levels[2]["cells"] = fine.read(sorted([*first, *more]))
    return {"bytes": _size(page), **page}


def decoded(level: dict[str, Any]) -> dict[str, list[NDArray[np.float64]]]:
    """Turn a level into coordinates, for figures and tests.

    Parameters
    ----------
    level
        One of ``basemap(...)["levels"]``.

    Returns
    -------
    dict
        ``boxes`` (each of shape (4,)), and arrays of shape (n, 2) in lon, lat, EPSG:4326: closed rings under
        ``land`` and ``lakes``, lines under ``coast``, ``shores``, ``borders``, ``disputed``.

    Raises
    ------
    ValueError
        If a polyline is damaged.
    """
    found: dict[str, list[NDArray[np.float64]]] = {
        name: [] for name in ("boxes", "land", "coast", "lakes", "shores", "borders", "disputed")
    }
    for cell in level["cells"]:
        found["boxes"].append(np.array(cell["box"]))
        for name in ("borders", "disputed"):
            found[name] += [decode(text, precision=level["precision"]) for text in cell.get(name, ())]
        for name, edges in (("land", "coast"), ("lakes", "shores")):
            rings = [decode(text, precision=level["precision"]) for text in cell.get(name, ())]
            closed = [np.concatenate((ring, ring[:1])) for ring in rings]
            found[name] += closed
            runs = np.array(cell.get(edges, ()), dtype=int).reshape(-1, 3).tolist()
            found[edges] += [closed[ring][start : end + 1] for ring, start, end in runs]
    return found


def _lonlat(line: object) -> NDArray[np.float64]:
    """Give the vertices of a line, or points a degree apart all over bounds."""
    if hasattr(line, "geom_type"):
        import shapely  # noqa: PLC0415 - heavy; a page made from bounds does without

        return shapely.get_coordinates(line)  # type: ignore[no-any-return]  # shapely is untyped
    numbers = np.asarray(line, dtype=np.float64)  # raises ValueError for what is no array
    if numbers.shape == (4,):
        west, south, east, north = numbers
        lons = np.arange(west, max(west, east) + 1.0, 1.0).clip(max=max(west, east))
        lats = np.arange(south, max(south, north) + 1.0, 1.0).clip(max=max(south, north))
        return np.stack(np.meshgrid(lons, lats), axis=-1).reshape(-1, 2)
    if numbers.size == 0:
        return np.empty((0, 2))
    if numbers.ndim != 2 or numbers.shape[1] != 2:
        msg = f"a line has shape {numbers.shape!r}; pass a geometry, lon-lat pairs or four bounds"
        raise ValueError(msg)
    return numbers


def _size(part: object) -> int:
    return len(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())


def _level(file: LevelFile, cells: list[dict[str, Any]], max_zoom: int) -> dict[str, Any]:
    return {
        "scale": file.scale,
        "min_zoom": file.min_zoom,
        "max_zoom": max_zoom,
        "precision": file.precision,
        "cells": cells,
    }


def _fitting(cells: Sequence[str], file: LevelFile, budget: int) -> tuple[list[str], int]:
    """Take cells in order as long as the next one fits; give them and what is left."""
    taken = []
    for cell in cells:
        size = file.sizes.get(cell)
        if size is None:  # all water: nothing to carry
            continue
        if size > budget:
            break
        taken.append(cell)
        budget -= size
    return taken, budget


def _inside(labels: list[dict[str, Any]], file: LevelFile, cells: Container[str]) -> list[bool]:
    names = file.cells_at([label["lon"] for label in labels], [label["lat"] for label in labels])
    return [name in cells for name in names]


def _labels(near: Container[str], grid: LevelFile) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for name, file in (("countries", "country_labels.json"), ("seas", "seas.json")):
        labels = _read(file)
        pairs = zip(labels, _inside(labels, grid, near), strict=True)
        found[name] = [label for label, shown in pairs if shown or label["min_zoom"] < _WORLD_ZOOM]
    return found


def _cities(
    near: Container[str], middle: LevelFile, close: Container[str], fine: LevelFile, budget_bytes: int
) -> list[dict[str, Any]]:
    """Take great cities near the lines and all cities close to them, until the cities' share is spent."""
    left = int(budget_bytes * _CITY_SHARE)
    taken = []
    # one city is one line of the file, and most are not wanted: only what decides that is read of all of them
    text = registry.data_path("cities.json").read_text(encoding="utf-8")
    lon, lat, zooms = np.array(_CITY.findall(text)).astype(np.float64).T
    near_names, close_names = middle.cells_at(lon, lat), fine.cells_at(lon, lat)
    cities = zip(text.splitlines()[1:-1], zooms.tolist(), near_names, close_names, strict=True)
    for line, zoom, near_name, close_name in cities:
        is_near, is_close = near_name in near, close_name in close
        if zoom < _WORLD_ZOOM or (zoom == _WORLD_ZOOM and is_near) or is_close:
            city: dict[str, Any] = json.loads(line.removesuffix(","))
            left -= _size(city) + 1
            if left < 0:
                break
            taken.append(city)
    return taken


def _read(name: str) -> list[dict[str, Any]]:
    labels: list[dict[str, Any]] = json.loads(registry.data_path(name).read_text(encoding="utf-8"))
    return labels


__all__ = ["MAX_ZOOM", "SCALES", "BudgetError", "basemap", "decoded"]
