"""From a place to the network: the nearest points on edges, not only on nodes, as edges can be long."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geodata.networks.faults import NearNode
from geodata.networks.graph import GEOD, Flags, Floats, Graph

MAX_SNAP_M: Final = 10_000.0
"""A stop further than this from any usable track is a fault."""
_SPREAD_M: Final = 1_000.0  # points this much further than the nearest one are tried too: parallel tracks, yards
_MOST: Final = 32  # points tried for a stop
_M_PER_DEG: Final = 111_320.0  # along a meridian; only ranks candidates, the distances told are geodesic
_ROUGH_DEG: Final = MAX_SNAP_M / _M_PER_DEG * 1.02


@dataclass(frozen=True, eq=False)
class Points:
    """Points on edges near to one place: edge, fraction of the way from tail to head, position, distance."""

    edge: NDArray[np.int64]
    fraction: Floats
    lon: Floats
    lat: Floats
    distance_m: Floats

    def __len__(self) -> int:
        """Count the points."""
        return len(self.edge)


class Snapper:
    """Finds points on the usable edges of a network."""

    def __init__(self, graph: Graph, edges: NDArray[np.int64]) -> None:
        self._graph = graph
        self._edges = edges
        lat_a, lat_b = graph.lat[graph.tail[edges]], graph.lat[graph.head[edges]]
        lon_a, lon_b = graph.lon[graph.tail[edges]], graph.lon[graph.head[edges]]
        self._south, self._north = np.minimum(lat_a, lat_b), np.maximum(lat_a, lat_b)
        self._west, self._east = np.minimum(lon_a, lon_b), np.maximum(lon_a, lon_b)

    def near(self, lon: float, lat: float, component: NDArray[np.int32]) -> Points:
        """Find points on edges within the bound, nearest first.

        Parameters
        ----------
        lon
            Longitude in degrees.
        lat
            Latitude in degrees.
        component
            Number of the connected part of the network that each node belongs to; each part offers
            its nearest point and others hardly further away.

        Returns
        -------
        Points
            Empty if no track is within :data:`MAX_SNAP_M`.
        """
        edges = self._edges[self._boxes(lon, lat)]
        fraction, at_lon, at_lat = self._project(lon, lat, edges)
        here = np.full(len(edges), lon), np.full(len(edges), lat)
        distance_m: Floats = np.asarray(GEOD.inv(*here, at_lon, at_lat)[2], dtype=np.float64)
        part = component[self._graph.tail[edges]]
        least = np.full(int(part.max(initial=0)) + 1, np.inf)
        np.minimum.at(least, part, distance_m)
        keep = np.flatnonzero((distance_m <= MAX_SNAP_M) & (distance_m <= least[part] + _SPREAD_M))
        keep = keep[np.argsort(distance_m[keep], kind="stable")]
        first = np.unique(part[keep], return_index=True)[1]  # the nearest point of every part stays
        order = np.union1d(np.arange(min(_MOST, len(keep))), first)
        keep = keep[order]
        return Points(edges[keep], fraction[keep], at_lon[keep], at_lat[keep], distance_m[keep])

    def _boxes(self, lon: float, lat: float) -> Flags:
        wide_deg = _ROUGH_DEG / max(np.cos(np.radians(lat)), 0.01)
        return np.asarray(
            (self._south <= lat + _ROUGH_DEG)
            & (self._north >= lat - _ROUGH_DEG)
            & (self._west <= lon + wide_deg)
            & (self._east >= lon - wide_deg)
        )

    def _project(self, lon: float, lat: float, edges: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        graph = self._graph
        lon_a, lat_a = graph.lon[graph.tail[edges]], graph.lat[graph.tail[edges]]
        lon_b, lat_b = graph.lon[graph.head[edges]], graph.lat[graph.head[edges]]
        shrink = np.cos(np.radians(lat))
        along_x, along_y = (lon_b - lon_a) * shrink, lat_b - lat_a
        reach = (lon - lon_a) * shrink * along_x + (lat - lat_a) * along_y
        fraction = np.clip(reach / np.maximum(along_x**2 + along_y**2, 1e-12), 0.0, 1.0)
        return fraction, lon_a + fraction * (lon_b - lon_a), lat_a + fraction * (lat_b - lat_a)


def nearest_nodes(graph: Graph, lon_lat: tuple[float, float], usable: Flags, *, most: int = 3) -> tuple[NearNode, ...]:
    """Name the nearest usable nodes of a network, with their distances.

    Parameters
    ----------
    graph
        The network.
    lon_lat
        Longitude and latitude in degrees.
    usable
        Marks the nodes that may be named.
    most
        How many to name.

    Returns
    -------
    tuple of NearNode
        Nearest first; empty if no node is usable.
    """
    nodes = np.flatnonzero(usable)
    lon, lat = lon_lat
    half_lon, half_lat = np.radians(graph.lon[nodes] - lon) / 2, np.radians(graph.lat[nodes] - lat) / 2
    spread = np.cos(np.radians(lat)) * np.cos(np.radians(graph.lat[nodes]))
    rank = np.sin(half_lat) ** 2 + spread * np.sin(half_lon) ** 2
    found = nodes[np.argsort(rank, kind="stable")[:most]]
    distance_m = np.atleast_1d(
        GEOD.inv(np.full(len(found), lon), np.full(len(found), lat), graph.lon[found], graph.lat[found])[2]
    )
    return tuple(
        NearNode(float(graph.lon[node]), float(graph.lat[node]), graph.codes[graph.country[node]], float(far_m))
        for node, far_m in zip(found, distance_m, strict=True)
    )
