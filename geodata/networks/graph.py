"""A network as flat arrays: nodes with coordinates and countries, edges with the length of their track."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

GEOD: Final = Geod(ellps="WGS84")
GRID_PER_DEG: Final = 1000  # the source gives coordinates to 0.001 degree
BORDER_TOLERANCE_M: Final = 2000.0
"""A node this near to a country counts as inside it: the 1:10m borders and the 100 m grid are no finer."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Graph:
    """An undirected network; edge ``i`` joins node ``tail[i]`` to the later node ``head[i]``, sorted by both.

    ``track_m`` is the length of the line before its vertices were thinned. ``bridge`` is the row of the
    bridge that an edge is, or -1. ``country`` points into ``codes``; ``near`` lists (node, code) where a
    node is within the tolerance of a further country, ``across`` lists (edge, code) where the straight line
    of an edge passes through a country that neither of its ends is in or near.
    """

    lon: Floats
    lat: Floats
    tail: Ints
    head: Ints
    track_m: Floats
    bridge: Ints
    codes: tuple[str, ...]
    country: NDArray[np.uint8]
    near: Ints
    across: Ints

    def numbers(self, codes: Iterable[str]) -> Ints:
        """Give the positions of those country codes that the network knows."""
        wanted = set(codes)
        return np.array([n for n, code in enumerate(self.codes) if code in wanted], dtype=np.int32)

    def nodes_in(self, codes: Iterable[str]) -> Flags:
        """Mark the nodes that lie in, or within the tolerance of, one of the countries."""
        allowed = self.numbers(codes)
        inside = np.isin(self.country, allowed)
        inside[self.near[np.isin(self.near[:, 1], allowed), 0]] = True
        return inside

    def edges_in(self, codes: Iterable[str]) -> Flags:
        """Mark the edges that may be used where only these countries may be passed."""
        chosen = tuple(codes)
        inside = self.nodes_in(chosen)
        usable: Flags = inside[self.tail] & inside[self.head]
        usable[self.across[~np.isin(self.across[:, 1], self.numbers(chosen)), 0]] = False
        return usable

    def edges_between(self, nodes: Ints) -> NDArray[np.int64]:
        """Find the edges along a chain of adjacent nodes."""
        first, last = np.minimum(nodes[:-1], nodes[1:]), np.maximum(nodes[:-1], nodes[1:])
        keys = self.tail.astype(np.int64) * len(self.lon) + self.head
        return np.searchsorted(keys, first.astype(np.int64) * len(self.lon) + last)

    def countries_along(self, nodes: Ints, codes: Iterable[str] | None) -> tuple[str, ...]:
        """Name the countries of a chain of nodes in the order of travel, each once.

        Parameters
        ----------
        nodes
            Positions of nodes.
        codes
            The countries that may be passed; a node that is only near one of them counts for that one.

        Returns
        -------
        tuple of str
            ISO 3166-1 alpha-2 codes.
        """
        numbers = self.country[nodes].astype(np.int64)
        if codes is not None:
            allowed = self.numbers(codes)
            stray = np.flatnonzero(~np.isin(numbers, allowed))
            usable = self.near[np.isin(self.near[:, 1], allowed)]
            beside = dict(zip(usable[:, 0].tolist(), usable[:, 1].tolist(), strict=True))
            numbers[stray] = [beside.get(int(node), int(self.country[node])) for node in nodes[stray]]
        named = (self.codes[number] for number in dict.fromkeys(numbers.tolist()))
        return tuple(code for code in named if code)


def read_graph(path: Path) -> Graph:
    """Read a network from its packed arrays.

    Parameters
    ----------
    path
        An ``.npz`` file as :func:`write_graph` makes it.

    Returns
    -------
    Graph
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
        bridge = np.full(len(tail), -1, dtype=np.int32)
        bridge[held["bridge"]] = np.arange(len(held["bridge"]), dtype=np.int32)
        return Graph(
            lon=np.cumsum(held["lon"], dtype=np.int32) / GRID_PER_DEG,
            lat=np.cumsum(held["lat"], dtype=np.int32) / GRID_PER_DEG,
            tail=tail,
            head=tail + held["span"].astype(np.int32),
            track_m=held["track_m"].astype(np.float64),
            bridge=bridge,
            codes=tuple(held["codes"].tolist()),
            country=held["country"],
            near=held["near"].astype(np.int32),
            across=held["across"].astype(np.int32),
        )


def write_graph(graph: Graph, path: Path) -> None:
    """Write a network as packed arrays: differences of whole numbers, deflated.

    Parameters
    ----------
    graph
        The network; bridge rows must follow the order of the edges.
    path
        The ``.npz`` file to write.

    Raises
    ------
    OSError
        If the file cannot be written.
    """

    def steps(values: Floats) -> Ints:
        grid: Ints = np.rint(values * GRID_PER_DEG).astype(np.int32)
        return np.concatenate((grid[:1], grid[1:] - grid[:-1]))

    np.savez_compressed(
        path,
        lon=steps(graph.lon),
        lat=steps(graph.lat),
        tail=np.diff(graph.tail, prepend=np.int32(0)),
        span=graph.head - graph.tail,
        track_m=np.rint(graph.track_m).astype(np.int32),
        bridge=np.flatnonzero(graph.bridge >= 0).astype(np.int32),
        codes=np.array(graph.codes),
        country=graph.country,
        near=graph.near,
        across=graph.across,
    )
