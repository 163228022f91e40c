"""The sea network as flat arrays: gates in the open water, sights between them, canals, forbidden edges."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.networks.sea_sphere import Floats, chords_m, directions

STEPS_PER_DEG: Final = 131_072
"""Gates lie on a grid of 2**-17 degrees, less than a metre."""

Ints = NDArray[np.int32]
LANDMARK_M: Final = 3_000.0  # unit of the distances to landmarks
_BOUNDS: Final = ((1.03, 30_000.0), (1.2, 200_000.0), (np.inf, 0.0))
"""The search first looks only at ways little longer than the least that is possible: share, metres more."""


class Links(NamedTuple):
    """Nodes that a point sees, how far they are, and for each the vertices between (mostly none)."""

    node: NDArray[np.int64]
    length_m: Floats
    between: tuple[Floats, ...]


@dataclass(frozen=True, eq=False)
class SeaGraph:
    """An undirected network. Edge ``i`` joins ``tail[i]`` to ``head[i]``.

    ``canal`` is the row of the exception (canal, river mouth) that an edge belongs to, or -1; ``gate_edges``
    holds for each passage the edges that cross one of its gates. ``closed`` passages were not used in measuring
    ``landmarks``: the ways from a few nodes to all. ``carved`` is land that 1:10m does not have so, as rings.
    """

    lon_lat: Floats
    tail: Ints
    head: Ints
    canal: Ints
    gate_edges: tuple[Ints, ...]
    closed: frozenset[int]
    landmarks: NDArray[np.int32]
    carved: Floats
    carved_rings: Ints

    @cached_property
    def at(self) -> Floats:
        """Give the nodes as unit vectors."""
        return directions(self.lon_lat)

    @cached_property
    def edge_m(self) -> Floats:
        """Give the lengths of the edges in metres."""
        return np.asarray(chords_m(np.zeros(3), self.at[self.tail] - self.at[self.head]))

    @cached_property
    def canal_nodes(self) -> NDArray[np.int64]:
        """Give the nodes that lie in canals and river mouths."""
        edges = self.canal >= 0
        return np.unique(np.concatenate((self.tail[edges], self.head[edges]))).astype(np.int64)

    def nodes_of(self, canal: int) -> NDArray[np.int64]:
        """Give the nodes of a canal from end to end: they are numbered in their order."""
        edges = self.canal == canal
        return np.unique(np.concatenate((self.tail[edges], self.head[edges]))).astype(np.int64)

    def path(
        self, start: Links, end: Links, ends: tuple[Floats, Floats], shut: frozenset[int]
    ) -> NDArray[np.int64] | None:
        """Find the shortest way between two points.

        Parameters
        ----------
        start, end
            What the points see.
        ends
            The points as unit vectors.
        shut
            Passages whose gates must not be crossed.

        Returns
        -------
        numpy.ndarray or None
            Nodes in order of travel; ``None`` if there is no way.
        """
        since, ahead = self._least_m(start, ends[0], shut), self._least_m(end, ends[1], shut)
        through_m = since + ahead  # no way through a node is shorter than that
        least_m = float(max(ahead[start.node].min(), chords_m(*ends)))
        barred = np.zeros(len(self.tail), dtype=bool)
        for passage in shut:
            barred[self.gate_edges[passage]] = True
        for share, more_m in _BOUNDS:
            bound_m = least_m * share + more_m
            near = through_m <= bound_m
            edges = np.flatnonzero(near[self.tail] & near[self.head] & ~barred)
            found = self._search(edges, start, end)
            if found is not None and found[0] <= bound_m:
                return found[1]
        return None

    def _least_m(self, links: Links, spot: Floats, shut: frozenset[int]) -> Floats:
        """Give a length for every node that no way from there to a point falls short of."""
        straight_m = chords_m(spot, self.at)
        if not self.closed <= shut:
            return straight_m  # the landmarks were measured with some passages closed
        first = int(np.argmin(links.length_m))
        known = self.landmarks[:, [links.node[first]]].astype(np.int32)
        apart = np.abs(self.landmarks - known).max(axis=0, initial=0)
        bent_m = (apart - 1.0) * LANDMARK_M - links.length_m[first]
        return np.asarray(np.maximum(straight_m, bent_m))

    def _search(self, edges: NDArray[np.int64], start: Links, end: Links) -> tuple[float, NDArray[np.int64]] | None:
        size = len(self.at)
        tail, head, length_m = self.tail[edges], self.head[edges], self.edge_m[edges]
        source = np.full(len(start.node), size)
        ways = (
            np.concatenate((length_m, length_m, np.maximum(start.length_m, 1e-3))),
            (np.concatenate((tail, head, source)), np.concatenate((head, tail, start.node))),
        )
        rows = csr_array(ways, shape=(size + 1, size + 1))
        far, before = dijkstra(rows, indices=size, return_predecessors=True)
        total = far[end.node] + end.length_m
        best = int(np.argmin(total))
        if not np.isfinite(total[best]):
            return None
        return float(total[best]), _trace(before, int(end.node[best]), size)


def _trace(before: Ints, last: int, source: int) -> NDArray[np.int64]:
    nodes = [last]
    while (previous := int(before[nodes[-1]])) != source:
        nodes.append(previous)
    return np.array(nodes[::-1], dtype=np.int64)


def find_landmarks(graph: SeaGraph, count: int) -> NDArray[np.int32]:
    """Measure the ways from a few nodes, far from each other, to all others.

    Parameters
    ----------
    graph
        The network, with the passages that are closed.
    count
        How many landmarks.

    Returns
    -------
    numpy.ndarray
        Shape (count, nodes), in units of :data:`LANDMARK_M`; 0 where there is no way.
    """
    size = len(graph.at)
    open_ = np.ones(len(graph.tail), dtype=bool)
    for passage in graph.closed:
        open_[graph.gate_edges[passage]] = False
    tail, head, length_m = graph.tail[open_], graph.head[open_], graph.edge_m[open_]
    rows = csr_array((np.maximum(length_m, 1e-3), (tail, head)), shape=(size, size))
    nearest = np.where(dijkstra(rows, directed=False, indices=0) < np.inf, np.inf, -1.0)
    nearest[0] = np.inf
    found, node = [], 0
    for _ in range(count + 1):
        far = dijkstra(rows, directed=False, indices=node)
        far[~np.isfinite(far)] = 0.0
        found.append(np.rint(far / LANDMARK_M).astype(np.int32))
        nearest = np.minimum(nearest, far) if node else far
        node = int(np.argmax(nearest))
    return np.array(found[1:])  # the first was only a start


def write_graph(graph: SeaGraph, path: Path) -> None:
    """Write a network as packed arrays; edges must be sorted by tail, tails below heads."""

    def steps(degrees: Floats) -> Ints:
        return np.asarray(np.diff(np.rint(degrees * STEPS_PER_DEG), prepend=0.0), dtype=np.int32)

    canal = np.flatnonzero(graph.canal >= 0).astype(np.int32)
    np.savez_compressed(
        path,
        lon=steps(graph.lon_lat[:, 0]),
        lat=steps(graph.lon_lat[:, 1]),
        tail=np.diff(graph.tail, prepend=np.int32(0)).astype(np.uint16),
        span=graph.head - graph.tail,
        canal_edge=canal,
        canal=graph.canal[canal],
        gate_edge=np.concatenate(graph.gate_edges).astype(np.int32),
        gate_count=np.array([len(edges) for edges in graph.gate_edges], dtype=np.int32),
        closed=np.array(sorted(graph.closed), dtype=np.int32),
        landmarks=np.diff(graph.landmarks, axis=1, prepend=0).astype(np.int32),
        carved_lon=steps(graph.carved[:, 0]),
        carved_lat=steps(graph.carved[:, 1]),
        carved_rings=graph.carved_rings,
    )


def read_graph(path: Path) -> SeaGraph:
    """Read a network from its packed arrays.

    Parameters
    ----------
    path
        An ``.npz`` file as :func:`write_graph` makes it.

    Returns
    -------
    SeaGraph
        The network, coordinates in EPSG:4326.

    Raises
    ------
    OSError
        If the file cannot be read.
    KeyError
        If the file lacks one of the arrays.
    """
    with np.load(path) as held:
        tail = np.cumsum(held["tail"], dtype=np.int32)
        canal = np.full(len(tail), -1, dtype=np.int32)
        canal[held["canal_edge"]] = held["canal"]
        lon_lat, carved = (
            np.column_stack([np.cumsum(held[kind + axis], dtype=np.int32) / STEPS_PER_DEG for axis in ("lon", "lat")])
            for kind in ("", "carved_")
        )
        ends = np.cumsum(held["gate_count"])[:-1]
        return SeaGraph(
            lon_lat=lon_lat,
            tail=tail,
            head=tail + held["span"].astype(np.int32),
            canal=canal,
            gate_edges=tuple(np.split(held["gate_edge"], ends)),
            closed=frozenset(held["closed"].tolist()),
            landmarks=np.cumsum(held["landmarks"], axis=1, dtype=np.int32),
            carved=carved,
            carved_rings=held["carved_rings"],
        )
