"""Countries and land as packed polygons."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.build.features import Feature, country_table, polygon
from geodata.build.topojson import Topology, parts

PIECE_DEG: Final = 4.0
_COARSE: Final = 5  # pieces of a coarse cell per side; cutting twice is many times faster


def clean(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Unite polygons on the whole-number grid and make the result valid.

    Parameters
    ----------
    shapes
        Shapely polygons in grid coordinates.

    Returns
    -------
    shapely.MultiPolygon
        Valid, with whole-number coordinates.

    Raises
    ------
    None
        Parts that collapse on the grid vanish.
    """
    snapped = shapely.set_precision(np.asarray(shapes, dtype=object), grid_size=1.0)
    united = shapely.union_all(snapped, grid_size=1.0)
    whole = [part for part in shapely.get_parts(united) if part.geom_type == "Polygon"]
    return shapely.orient_polygons(shapely.normalize(shapely.MultiPolygon(whole)))


def country_shapes(topology: Topology, features: list[Feature]) -> dict[str, Any]:
    """Unite the territories of each country code.

    Parameters
    ----------
    topology
        Decoded ``countries-*.json``.
    features
        Its territories.

    Returns
    -------
    dict
        Country code to MultiPolygon in grid coordinates, sorted by code.

    Raises
    ------
    None
        Territories smaller than the grid (Vatican City) are left out.
    """
    gathered: dict[str, list[Any]] = {}
    for feature in features:
        gathered.setdefault(feature.country, []).extend(polygon(topology, part) for part in feature.polygons)
    shapes = {code: clean(gathered[code]) for code in sorted(gathered)}
    return {code: shape for code, shape in shapes.items() if not shape.is_empty}


def land_shapes(topology: Topology) -> BaseGeometry:
    """Give all land as one valid MultiPolygon in grid coordinates."""
    land = topology.objects["land"]
    geometries = land["geometries"] if land["type"] == "GeometryCollection" else [land]
    return clean([polygon(topology, part) for geometry in geometries for part in parts(geometry)])


def _grid_boxes(bounds: NDArray[np.float64], width: float, height: float) -> list[Any]:
    west, south, east, north = bounds
    return [
        shapely.box(column * width, row * height, (column + 1) * width, (row + 1) * height)
        for row in range(int(south // height), int(north // height) + 1)
        for column in range(int(west // width), int(east // width) + 1)
    ]


def _cut(shape: BaseGeometry, width: float, height: float) -> list[Any]:
    boxes = np.asarray(_grid_boxes(shapely.bounds(shape), width, height), dtype=object)
    shapely.prepare(shape)
    hit = boxes[shapely.intersects(shape, boxes)]
    cut = shapely.get_parts(shapely.intersection(shape, hit, grid_size=1.0))
    return [part for part in cut if part.geom_type == "Polygon" and not part.is_empty]


def piece_shapes(topology: Topology, shapes: dict[str, Any]) -> dict[str, Any]:
    """Cut countries along a grid of about :data:`PIECE_DEG` degrees.

    Parameters
    ----------
    topology
        Where the grid step comes from.
    shapes
        Country code to MultiPolygon in grid coordinates.

    Returns
    -------
    dict
        Country code to MultiPolygon of the pieces, which touch along the cuts.

    Raises
    ------
    None
        Nothing of its own.
    """
    width, height = (round(PIECE_DEG / step) for step in topology.scale)
    pieces: dict[str, Any] = {}
    for code, shape in shapes.items():
        coarse = [cell for part in shapely.get_parts(shape) for cell in _cut(part, width * _COARSE, height * _COARSE)]
        fine = [cell for part in coarse for cell in _cut(part, width, height)]
        pieces[code] = shapely.normalize(shapely.multipolygons(fine))
    return pieces


def write_packed(path: Path, topology: Topology, shapes: dict[str, Any]) -> None:
    """Write polygons in the format of :mod:`geodata._store`.

    Parameters
    ----------
    path
        The ``.npz`` file to write.
    topology
        Where the transform comes from.
    shapes
        Country code to MultiPolygon in grid coordinates; the code ``""`` stands for land as a whole.

    Returns
    -------
    None
        The file is written.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    table = country_table()
    geometry = np.asarray(list(shapes.values()), dtype=object)
    _, coordinates, offsets = shapely.to_ragged_array(geometry)
    grid = np.rint(coordinates).astype(np.int32)
    ring_sizes, polygon_sizes, feature_sizes = (np.diff(offset).astype(np.int32) for offset in offsets)
    columns: dict[str, NDArray[np.str_]] = {}
    if "" not in shapes:
        columns["country"] = np.array(list(shapes))
        columns["alpha3"] = np.array([table[code]["alpha3"] for code in shapes])
        columns["name"] = np.array([table[code]["name"] for code in shapes])
    np.savez_compressed(
        path,
        dx=np.diff(grid[:, 0], prepend=np.int32(0)),
        dy=np.diff(grid[:, 1], prepend=np.int32(0)),
        ring_sizes=ring_sizes,
        polygon_sizes=polygon_sizes,
        feature_sizes=feature_sizes,
        transform=np.array([*topology.scale, *topology.translate]),
        **columns,  # type: ignore[arg-type]  # numpy types the keyword as bool because of allow_pickle
    )
