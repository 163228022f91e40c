"""The land that ships keep off: 1:10m, with the Great Lakes as water."""

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata._store import Geometries
from geodata.networks.sea_graph import SeaGraph

if TYPE_CHECKING:
    from geodata.networks.sea_sphere import Floats

CARVED_BOX: Final = (-93.0, 41.0, -75.7, 49.3)
"""West, south, east, north of the country around the Great Lakes, where lakes are water; no sea is in it."""


def carved_land(land: Geometries, basin: BaseGeometry) -> Geometries:
    """Replace the country around the Great Lakes by land that has the lakes as water.

    Parameters
    ----------
    land
        MultiPolygon (or array of them) of the 1:10m land.
    basin
        MultiPolygon that fills :data:`CARVED_BOX` up to the lakes.

    Returns
    -------
    numpy.ndarray
        Polygons, outer rings counter-clockwise.
    """
    parts = shapely.get_parts(land)
    west, south, east, north = CARVED_BOX
    home = int(np.flatnonzero(shapely.contains_xy(parts, west, south))[0])
    frame = [(west, south), (west, north), (east, north), (east, south), (west, south)]
    holes = [shapely.get_coordinates(ring) for ring in parts[home].interiors]
    parts[home] = shapely.Polygon(parts[home].exterior, [*holes, frame])
    return np.asarray(np.concatenate((parts, shapely.get_parts(basin))), dtype=object)


def basin_of(graph: SeaGraph) -> BaseGeometry:
    """Put the land around the Great Lakes together from its rings."""
    rings = np.split(graph.carved, np.cumsum(graph.carved_rings[:, 1])[:-1])
    of = graph.carved_rings[:, 0]
    groups: list[list[Floats]] = [[] for _ in range(int(of.max()) + 1)]
    for ring, owner in zip(rings, of.tolist(), strict=True):
        groups[owner].append(ring)
    return shapely.MultiPolygon([shapely.Polygon(group[0], group[1:]) for group in groups])
