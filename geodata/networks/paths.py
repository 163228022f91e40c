"""Shortest paths on a network, from a choice of points near one place to a choice of points near the next."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from geodata.networks.graph import Floats, Graph, Ints
from geodata.networks.snap import Points, Snapper

BRIDGE_COST: Final = 3.0
"""A metre of bridge counts as three in the choice of a path: used where the line needs it, not as a short cut."""
OFFSET_COST: Final = 3.0
"""A metre between a stop and its point on the track counts as three in the choice of that point."""


class Leg(NamedTuple):
    """A path between two points on edges: the nodes between them, in order."""

    nodes: Ints
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Subgraph:
    """The part of a network that may be used, ready for SciPy."""

    graph: Graph
    cost: Floats
    rows: csr_array
    component: NDArray[np.int32]
    snapper: Snapper


def subgraph(graph: Graph, codes: frozenset[str] | None) -> Subgraph:
    """Cut the part of a network that lies in the given countries.

    Parameters
    ----------
    graph
        The network.
    codes
        ISO 3166-1 alpha-2 codes; ``None`` for the whole network.

    Returns
    -------
    Subgraph
        Nodes keep their numbers.
    """
    edges = np.arange(len(graph.tail)) if codes is None else np.flatnonzero(graph.edges_in(codes))
    cost = np.maximum(graph.track_m, 1.0) * np.where(graph.bridge >= 0, BRIDGE_COST, 1.0)
    tail, head, size = graph.tail[edges], graph.head[edges], len(graph.lon)
    both = (np.concatenate((cost[edges], cost[edges])), (np.concatenate((tail, head)), np.concatenate((head, tail))))
    rows = csr_array(both, shape=(size, size))
    component = connected_components(rows, directed=False)[1]
    return Subgraph(graph, cost, rows, component, Snapper(graph, edges))


class _Ends(NamedTuple):
    """Ways from points onto nodes: each point reaches both nodes of its edge."""

    node: Ints
    point: NDArray[np.int64]
    cost: Floats


def _ends(part: Subgraph, points: Points) -> _Ends:
    length = part.cost[points.edge]
    numbers = np.arange(len(points))
    return _Ends(
        node=np.concatenate((part.graph.tail[points.edge], part.graph.head[points.edge])),
        point=np.concatenate((numbers, numbers)),
        cost=np.concatenate((points.fraction * length, (1 - points.fraction) * length)),
    )


class _Reach(NamedTuple):
    """What one search found: cost to each point, the end it came in by (-1: along one edge from ``source``)."""

    cost: Floats
    by: NDArray[np.int64]
    source: NDArray[np.int64]
    before: Ints
    ends: _Ends
    entry: dict[int, int]


def _search(part: Subgraph, source_cost: Floats, source: Points, target: Points, limit: float) -> _Reach:
    size = len(part.graph.lon)
    out, into = _ends(part, source), _ends(part, target)
    total = source_cost[out.point] + out.cost
    order = np.lexsort((total, out.node))
    node, first = np.unique(out.node[order], return_index=True)
    cheapest = order[first]
    rows = part.rows
    widened = csr_array(
        (
            np.concatenate((rows.data, np.maximum(total[cheapest], 1e-9))),
            np.concatenate((rows.indices, node.astype(rows.indices.dtype))),
            np.concatenate((rows.indptr, [rows.indptr[-1] + len(node)])).astype(rows.indptr.dtype),
        ),
        shape=(size + 1, size + 1),
    )
    distance, before = dijkstra(widened, indices=size, return_predecessors=True, limit=limit)
    arrival = (distance[into.node] + into.cost).reshape(2, -1)
    side = np.argmin(arrival, axis=0)
    numbers = np.arange(len(target))
    cost, by = arrival[side, numbers], side * len(target) + numbers
    came = np.zeros(len(target), dtype=np.int64)
    for k, edge in enumerate(target.edge):  # points on one edge reach each other without a node between
        for p in np.flatnonzero(source.edge == edge):
            direct = source_cost[p] + abs(source.fraction[p] - target.fraction[k]) * part.cost[edge]
            if direct <= cost[k]:
                cost[k], by[k], came[k] = direct, -1, p
    entry = dict(zip(node.tolist(), out.point[cheapest].tolist(), strict=True))
    return _Reach(cost, by, came, before, into, entry)


def _trace(reach: _Reach, end: int, virtual: int) -> Leg:
    if reach.by[end] < 0:
        return Leg(np.empty(0, dtype=np.int32), int(reach.source[end]), end)
    nodes = [int(reach.ends.node[reach.by[end]])]
    while (previous := int(reach.before[nodes[-1]])) != virtual:
        nodes.append(previous)
    return Leg(np.array(nodes[::-1], dtype=np.int32), reach.entry[nodes[-1]], end)


def legs_between(part: Subgraph, stops: list[Points], limits_m: Floats) -> list[Leg] | int:
    """Find the cheapest way through a point of every stop in turn.

    Parameters
    ----------
    part
        The usable network.
    stops
        For each stop the points that may stand for it; none of them empty.
    limits_m
        For each pair of stops a length beyond which the search need not look at first; if that finds
        nothing, all is searched again without.

    Returns
    -------
    list of Leg or int
        One leg for each pair of stops; or the number of the first stop that cannot be reached.
    """
    legs = _legs(part, stops, limits_m)
    return _legs(part, stops, np.full(len(limits_m), np.inf)) if isinstance(legs, int) else legs


def _legs(part: Subgraph, stops: list[Points], limits_m: Floats) -> list[Leg] | int:
    cost = OFFSET_COST * stops[0].distance_m
    found: list[_Reach] = []
    for number, target in enumerate(stops[1:], start=1):
        reach = _search(part, cost, stops[number - 1], target, float(cost.min() + limits_m[number - 1]))
        if not np.isfinite(reach.cost).any():
            return number
        found.append(reach)
        cost = reach.cost + OFFSET_COST * target.distance_m
    end = int(np.argmin(cost))
    legs: list[Leg] = []
    for reach in reversed(found):
        legs.append(_trace(reach, end, len(part.graph.lon)))
        end = legs[-1].start
    return legs[::-1]
