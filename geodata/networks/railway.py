"""The railways of the world: routes along real lines, within the countries that may be passed."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.networks.faults import RoutingError
from geodata.networks.graph import GEOD, Floats, Graph, Ints, read_graph
from geodata.networks.paths import Leg, Subgraph, legs_between, subgraph
from geodata.networks.request import Gauges, check_codes, check_stops, gauge_breaks, with_via
from geodata.networks.route import BridgeUse, RailRoute, Snap, Stage
from geodata.networks.snap import MAX_SNAP_M, Points, nearest_nodes

if TYPE_CHECKING:
    import pandas as pd

DATA: Final = Path(__file__).resolve().parents[1] / "data"
_DETOUR: Final = 2.0  # railways are seldom more than twice the great circle; the search starts with that
_SLACK_M: Final = 200_000.0


class RailNetwork:
    """The rail network with its bridges; use :func:`geodata.networks.rail` to get the packaged one.

    Parameters
    ----------
    graph
        The network.
    bridges
        Path of the table of bridges, in the order of the bridges' numbers in the graph.
    """

    def __init__(self, graph: Graph, bridges: Path) -> None:
        self.graph = graph
        self._bridges = bridges
        self._table: pd.DataFrame | None = None
        self._parts: dict[frozenset[str] | None, Subgraph] = {}

    @classmethod
    def packaged(cls) -> "RailNetwork":
        """Read the network that comes with the package.

        Raises
        ------
        OSError
            If its files are missing.
        """
        return cls(read_graph(DATA / "rail.npz"), DATA / "rail_bridges.csv")

    def bridges(self) -> "pd.DataFrame":
        """List the breaks of the source that were bridged.

        Returns
        -------
        pandas.DataFrame
            id, lon_from, lat_from, lon_to, lat_to (degrees), length_m (geodesic), countries, rule.

        Raises
        ------
        OSError
            If the table is missing.
        """
        import pandas as pd  # noqa: PLC0415 - half of the loading time, needed by few

        if self._table is None:
            self._table = pd.read_csv(self._bridges, keep_default_na=False, dtype={"countries": str})
        return self._table.copy()

    def route(
        self,
        lon_lat: ArrayLike,
        *,
        via: ArrayLike | None = None,
        countries: Iterable[str] | None = None,
        gauges: Sequence[Gauges] | None = None,
    ) -> RailRoute:
        """Route along railways from the first stop through every other to the last.

        Parameters
        ----------
        lon_lat
            Stops in order, shape (n, 2) with n >= 2, degrees in EPSG:4326, longitude first.
        via
            Places to pass between two stops, shape (m, 2); with more than two stops put them among the stops.
        countries
            ISO 3166-1 alpha-2 codes of the countries that may be passed; all if ``None``. A node within
            2 km of one counts as inside.
        gauges
            For each pair of adjacent stops its gauge or gauges in mm, ``None`` where unknown.

        Returns
        -------
        RailRoute
            The route; the same backwards for the stops in reverse.

        Raises
        ------
        RoutingError
            If a stop has no usable track within 10 km, or cannot be reached from the one before it.
        ValueError
            If the stops, codes or gauges are malformed.

        Examples
        --------
        >>> from geodata.networks import rail
        >>> route = rail().route([(125.7361, 39.0053), (124.4033, 40.1067)], countries=["KP"])
        >>> round(route.track_m / 1000), route.countries
        (224, ('KP',))
        """
        ends = check_stops(lon_lat)
        breaks = gauge_breaks(gauges, len(ends))
        stops = ends if via is None else with_via(ends, via)
        codes = check_codes(countries)
        part = self._part(codes)
        points = [self._points(part, number, stop, codes) for number, stop in enumerate(stops)]
        lon, lat = stops.T
        apart_m = np.asarray(GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2])
        legs = legs_between(part, points, _DETOUR * apart_m + _SLACK_M)
        if isinstance(legs, int):
            raise self._unreachable(part, points, legs, stops, codes)
        return self._assemble(points, legs, codes, breaks)

    def _part(self, codes: tuple[str, ...] | None) -> Subgraph:
        key = None if codes is None else frozenset(codes)
        if key not in self._parts:
            self._parts[key] = subgraph(self.graph, key)
        return self._parts[key]

    def _points(self, part: Subgraph, number: int, stop: Floats, codes: tuple[str, ...] | None) -> Points:
        place = (float(stop[0]), float(stop[1]))
        points = part.snapper.near(*place, part.component)
        if len(points):
            return points
        usable = np.ones(len(self.graph.lon), dtype=bool) if codes is None else self.graph.nodes_in(codes)
        nearest = nearest_nodes(self.graph, place, usable)
        raise RoutingError(number, place, reason="off-network", bound_m=MAX_SNAP_M, countries=codes, nearest=nearest)

    def _unreachable(
        self, part: Subgraph, points: list[Points], number: int, stops: Floats, codes: tuple[str, ...] | None
    ) -> RoutingError:
        reached = np.unique(part.component[self.graph.tail[points[number - 1].edge]])
        place = (float(stops[number][0]), float(stops[number][1]))
        nearest = nearest_nodes(self.graph, place, np.isin(part.component, reached))
        return RoutingError(number, place, reason="no-path", bound_m=MAX_SNAP_M, countries=codes, nearest=nearest)

    def _assemble(
        self, points: list[Points], legs: list[Leg], codes: tuple[str, ...] | None, breaks: tuple[int, ...]
    ) -> RailRoute:
        graph, chosen = self.graph, [legs[0].start, *(leg.end for leg in legs)]
        snaps = tuple(
            Snap(float(near.lon[k]), float(near.lat[k]), float(near.distance_m[k]))
            for near, k in zip(points, chosen, strict=True)
        )
        pieces: list[Floats] = [np.array([snaps[0][:2]])]
        track, used, visited = [], [], []
        for number, leg in enumerate(legs):
            start, end = points[number], points[number + 1]
            edges, shares = _edges_of(graph, start, end, leg)
            track.append(float(graph.track_m[edges] @ shares))
            used.append(graph.bridge[edges[shares > 0]])
            visited += [_end_node(graph, start, leg.start), leg.nodes, _end_node(graph, end, leg.end)]
            inner = np.column_stack((graph.lon[leg.nodes], graph.lat[leg.nodes]))
            pieces.append(np.concatenate((inner, [snaps[number + 1][:2]])))
        line, at = _without_repeats(pieces)
        crossed = np.concatenate(used)
        length_m = float(GEOD.line_length(line[:, 0], line[:, 1]))
        return RailRoute(
            lon_lat=line,
            length_m=length_m,
            track_m=max(sum(track), length_m),
            snaps=snaps,
            bridges=self._uses(crossed[crossed >= 0]),
            countries=graph.countries_along(np.concatenate(visited), codes),
            gauge_breaks=breaks,
            stages=tuple(
                Stage(first, last, max(metres, _length_m(line[first : last + 1])), self._uses(bridges[bridges >= 0]))
                for (first, last), metres, bridges in zip(pairwise(at), track, used, strict=True)
            ),
        )

    def _uses(self, numbers: NDArray[np.int32]) -> tuple[BridgeUse, ...]:
        if not len(numbers):
            return ()
        rows = self.bridges().iloc[list(dict.fromkeys(numbers.tolist()))]
        return tuple(BridgeUse(str(key), float(m)) for key, m in zip(rows["id"], rows["length_m"], strict=True))


def _edges_of(graph: Graph, start: Points, end: Points, leg: Leg) -> tuple[NDArray[np.int64], Floats]:
    """Give the edges of a leg and the share of each that it runs on."""
    first, last = start.edge[leg.start], end.edge[leg.end]
    t_first, t_last = start.fraction[leg.start], end.fraction[leg.end]
    if not len(leg.nodes):
        return np.array([first]), np.array([abs(t_first - t_last)])
    share_first = t_first if graph.tail[first] == leg.nodes[0] else 1 - t_first
    share_last = t_last if graph.tail[last] == leg.nodes[-1] else 1 - t_last
    inner = graph.edges_between(leg.nodes)
    return np.concatenate(([first], inner, [last])), np.concatenate(([share_first], np.ones(len(inner)), [share_last]))


def _end_node(graph: Graph, points: Points, k: int) -> Ints:
    """Give the end of an edge that a point on it is nearer to."""
    edge = points.edge[k : k + 1]
    return graph.tail[edge] if points.fraction[k] < 0.5 else graph.head[edge]


def _length_m(line: Floats) -> float:
    return float(GEOD.line_length(line[:, 0], line[:, 1])) if len(line) > 1 else 0.0


def _without_repeats(pieces: list[Floats]) -> tuple[Floats, list[int]]:
    """Join pieces without vertices that repeat the one before; give the line and where each piece ends on it.

    The line keeps two vertices even where a route has no length.
    """
    line = np.concatenate(pieces)
    moved = np.concatenate(([True], np.any(np.diff(line, axis=0) != 0, axis=1)))
    ends = np.cumsum([len(piece) for piece in pieces]) - 1
    at = (np.cumsum(moved) - 1)[ends].tolist()
    if moved.sum() > 1:
        return line[moved], at
    return line[[0, -1]], [0] + [1] * (len(at) - 1)
