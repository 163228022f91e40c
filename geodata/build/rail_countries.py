"""A country for every node of a network, and the borders that straight edges cut."""

from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata._store import Pieces
from geodata.build.rail_source import Lines
from geodata.networks.graph import BORDER_TOLERANCE_M, GEOD, Floats, Ints

OFFSHORE_M: Final = 30_000.0
"""A node at sea (tunnel, bridge, small island) belongs to the nearest country up to this distance."""
_M_PER_DEG: Final = 110_574.0  # the shortest degree of latitude, so that nothing is missed


class Places(NamedTuple):
    """Countries of nodes and edges; see :class:`geodata.networks.graph.Graph`."""

    codes: tuple[str, ...]
    country: NDArray[np.uint8]
    near: Ints
    across: Ints


def places_of(lines: Lines, pieces: Pieces) -> Places:
    """Find the countries of a network.

    Parameters
    ----------
    lines
        The network.
    pieces
        Country polygons in EPSG:4326.

    Returns
    -------
    Places
        A node that no country is within :data:`OFFSHORE_M` of has the code ``""``.
    """
    codes, number = np.unique(np.concatenate(([""], pieces.country)), return_inverse=True)
    piece_number = number[1:].astype(np.int32)
    everywhere = np.arange(len(lines.lon))
    found = _near(lines, pieces, everywhere, BORDER_TOLERANCE_M)
    adrift = np.setdiff1d(everywhere, found.node)
    offshore = _near(lines, pieces, adrift, OFFSHORE_M)
    node, piece = np.concatenate((found.node, offshore.node)), np.concatenate((found.piece, offshore.piece))
    distance_m, code = np.concatenate((found.distance_m, offshore.distance_m)), piece_number[piece]
    country = np.zeros(len(lines.lon), dtype=np.uint8)
    order = np.lexsort((code, distance_m, node))
    first = order[np.unique(node[order], return_index=True)[1]]
    country[node[first]] = code[first]
    close = (distance_m <= BORDER_TOLERANCE_M) & (code != country[node])
    near = np.unique(np.column_stack((node[close], code[close])), axis=0).astype(np.int32)
    return Places(tuple(codes.tolist()), country, near, _across(lines, pieces, piece_number, country, near))


def beside_borders(
    lines: Lines, pieces: Pieces, places: Places, nodes: NDArray[np.int64], reach_m: float
) -> NDArray[np.int64]:
    """Pick the nodes that have another country than their own within a distance.

    Parameters
    ----------
    lines
        The network.
    pieces
        Country polygons in EPSG:4326.
    places
        Countries of the nodes.
    nodes
        Node numbers to choose from.
    reach_m
        The distance in metres.

    Returns
    -------
    numpy.ndarray
        Node numbers.
    """
    found = _near(lines, pieces, nodes, reach_m)
    own = np.array(places.codes)[places.country[found.node]]
    return np.unique(found.node[pieces.country[found.piece] != own])


class _Found(NamedTuple):
    node: NDArray[np.int64]
    piece: NDArray[np.int64]
    distance_m: Floats


def _near(lines: Lines, pieces: Pieces, nodes: NDArray[np.int64], reach_m: float) -> _Found:
    """Pair nodes with the polygons that they are in or near, with distances."""
    points = shapely.points(lines.lon[nodes], lines.lat[nodes])
    shrink = np.maximum(np.cos(np.radians(np.minimum(np.abs(lines.lat[nodes]) + 0.5, 89.0))), 0.05)
    at, piece = pieces.tree.query(points, predicate="dwithin", distance=reach_m / _M_PER_DEG / shrink)
    foot = shapely.get_coordinates(shapely.shortest_line(points[at], pieces.geometry[piece]))[1::2]
    far_m = np.asarray(GEOD.inv(lines.lon[nodes[at]], lines.lat[nodes[at]], foot[:, 0], foot[:, 1])[2])
    kept = far_m <= reach_m
    return _Found(nodes[at[kept]], piece[kept], far_m[kept])


def _across(lines: Lines, pieces: Pieces, piece_number: Ints, country: NDArray[np.uint8], near: Ints) -> Ints:
    """List (edge, country) where a straight edge runs deeper than the tolerance through a third country."""
    ends = np.stack((lines.tail, lines.head))
    chords = shapely.linestrings(np.stack((lines.lon[ends].T, lines.lat[ends].T), axis=-1))
    known: dict[int, set[int]] = {}
    for node, code in near.tolist():
        known.setdefault(node, set()).add(code)
    edge, piece = pieces.tree.query(chords, predicate="intersects")
    foreign = (piece_number[piece] != country[ends[0, edge]]) & (piece_number[piece] != country[ends[1, edge]])
    found = set()
    for k, p in zip(edge[foreign].tolist(), piece[foreign].tolist(), strict=True):
        code = int(piece_number[p])
        inner = shapely.intersection(chords[k], pieces.geometry[p])
        long_m = shapely.length(inner) * _M_PER_DEG * np.cos(np.radians(lines.lat[ends[0, k]]))
        beside = known.get(int(ends[0, k]), set()) | known.get(int(ends[1, k]), set())
        if long_m > BORDER_TOLERANCE_M and code not in beside:
            found.add((k, code))
    return np.array(sorted(found), dtype=np.int32).reshape(-1, 2)
