"""From stop to stop: the ways through the network, canals kept as they are, the rest pulled taut."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import shapely

from geodata.networks.sea_graph import SeaGraph
from geodata.networks.sea_passages import Passage
from geodata.networks.sea_shore import Harbour, Shore
from geodata.networks.sea_sphere import Floats, continued, directions, geodesic, length_m
from geodata.networks.sea_taut import tauten
from geodata.networks.sea_water import Walled, Water

_BESIDE_DEG: Final = 0.002  # where a passage is entered, a line starts this far off the gate
_SPOTS: Final = 401
_REDRAWN: Final = 4


class Way(NamedTuple):
    """Vertices between two stops, both included, and for each edge the canal it runs in, or -1."""

    line: Floats
    canal: list[int]
    length_m: float


class Turn(NamedTuple):
    """One way to take a stop: where it is entered and left, and the way between."""

    enter: Shore
    leave: Shore
    inner: Way
    pinned: bool


@dataclass(eq=False)
class Finder:
    """Finds ways on the network."""

    graph: SeaGraph
    water: Water
    harbour: Harbour
    canal_of: dict[tuple[int, int], int] = field(init=False)

    def __post_init__(self) -> None:
        inside = np.flatnonzero(self.graph.canal >= 0)
        ends = zip(self.graph.tail[inside].tolist(), self.graph.head[inside].tolist(), strict=True)
        self.canal_of = dict(zip(ends, self.graph.canal[inside].tolist(), strict=True))

    def way(self, start: Shore, end: Shore, forbidden: frozenset[int]) -> Way | None:
        """Find the shortest way between two points in the water."""
        origin, goal = directions([[start.lon, start.lat], [end.lon, end.lat]])
        nodes = self.graph.path(start.links, end.links, (origin, goal), forbidden)
        if nodes is None:
            return None
        first = start.links.between[int(np.flatnonzero(start.links.node == nodes[0])[0])]
        last = end.links.between[int(np.flatnonzero(end.links.node == nodes[-1])[0])][::-1]
        line = np.vstack(([start.lon, start.lat], first, self.graph.lon_lat[nodes], last, [end.lon, end.lat]))
        pairs = [(min(a, b), max(a, b)) for a, b in zip(nodes[:-1].tolist(), nodes[1:].tolist(), strict=True)]
        inside = [self.canal_of.get(pair, -1) for pair in pairs]
        canal = [-1] * (len(first) + 1) + inside + [-1] * (len(last) + 1)
        line = continued(line)
        return Way(line, canal, length_m(line))

    def turns(self, passage: Passage, canal: int) -> list[Turn]:
        """Give both ways to go through a passage; ``canal`` is negative for a strait."""
        line = self.graph.lon_lat[self.graph.nodes_of(canal)] if canal >= 0 else self._hop(passage)
        found = []
        for way in (line, line[::-1]):
            enter, leave = (self._open(spot, passage) for spot in (way[0], way[-1]))
            if enter is not None and leave is not None:
                inner = Way(way, [max(canal, -1)] * (len(way) - 1), length_m(way))
                found.append(Turn(enter, leave, inner, pinned=False))
        return found

    def _hop(self, passage: Passage) -> Floats:
        """Give a short line across the widest water of a passage's gates."""
        best, width = np.empty((0, 2)), 0.0
        for a, b in (pair for gate in passage.gates for pair in pairwise(gate)):
            spots = a + (b - a) * np.linspace(0, 1, _SPOTS)[:, None]
            wet = self.water.clear(shapely.points(spots))
            for run in np.split(np.arange(_SPOTS), np.flatnonzero(np.diff(wet)) + 1):
                wide = len(run) * float(np.hypot(*(b - a)))
                if wet[run[0]] and wide > width:
                    width = wide
                    across = np.array([-(b - a)[1], (b - a)[0]]) / np.hypot(*(b - a)) * _BESIDE_DEG
                    middle = spots[run[len(run) // 2]]
                    best = np.array([middle - across, middle + across])
        return best

    def _open(self, spot: Floats, passage: Passage) -> Shore | None:
        """Look around from one side of a passage, not through it."""
        links = self.harbour.links(spot)
        keep = [
            k
            for k, node in enumerate(links.node)
            if not passage.gates
            or passage.crossings(continued(np.vstack((spot, links.between[k], self.graph.lon_lat[node])))) == 0
        ]
        if not keep:
            return None
        some = type(links)(links.node[keep], links.length_m[keep], tuple(links.between[k] for k in keep))
        return Shore(float(spot[0]), float(spot[1]), 0.0, some)


class Stretch(NamedTuple):
    """Part of a line that runs in a canal or river mouth: number of the passage, first and last vertex."""

    canal: int
    start: int
    stop: int


def assemble(ways: Iterable[tuple[Way, bool]], water: Water | Walled) -> tuple[Floats, list[Stretch]]:
    """Pull ways taut between canals and pinned stops, and draw them as geodesics.

    Parameters
    ----------
    ways
        Each way with a mark: its end is pinned, the line must pass it.
    water
        Where the water is.

    Returns
    -------
    tuple
        The line, longitudes continuous, and the stretches in canals.
    """
    pieces: list[tuple[int, list[Floats]]] = []
    fresh = True
    for way, pinned in ways:
        for k, canal in enumerate(way.canal):
            if fresh or pieces[-1][0] != canal:
                pieces.append((canal, [way.line[k]]))
            pieces[-1][1].append(way.line[k + 1])
            fresh = False
        fresh = pinned
    line: list[Floats] = [pieces[0][1][0][None]]
    stretches, count = [], 1
    for canal, spots in pieces:
        drawn = np.array(spots) if canal >= 0 else _drawn(np.array(spots), water)
        if canal >= 0:
            stretches.append(Stretch(canal, count - 1, count + len(drawn) - 2))
        line.append(drawn[1:])
        count += len(drawn) - 1
    return continued(np.vstack(line)), stretches


def _drawn(spots: Floats, water: Water | Walled) -> Floats:
    moved = np.concatenate(([True], np.any(np.diff(spots, axis=0) != 0, axis=1)))
    taut = tauten(spots[moved], water)
    for _ in range(_REDRAWN):
        parts = [geodesic(a, b) for a, b in pairwise(taut)]
        cut = [taut[:1]]
        for corner, before, after in zip(taut[1:-1], parts[:-1], parts[1:], strict=True):
            slack = water.sees(before[-2], after[1]) and _gain_m(before[-2], corner, after[1]) > 1.0
            cut.append(np.array([before[-2], after[1]]) if slack else corner[None])
        if sum(map(len, cut)) == len(taut) - 1 or len(taut) < 3:
            break
        taut = tauten(np.vstack((*cut, taut[-1:])), water)
    parts = [geodesic(a, b)[1:] for a, b in pairwise(taut)]
    return np.vstack([spots[:1], *parts])


def _gain_m(before: Floats, corner: Floats, after: Floats) -> float:
    """Measure what leaving out a corner saves."""
    return length_m(np.array([before, corner, after])) - length_m(np.array([before, after]))
