"""From a place to the water, and from the water to the network."""

from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.networks.sea_graph import Links, SeaGraph
from geodata.networks.sea_sphere import GEOD, Floats, chords_m, directions, lon_lat_of
from geodata.networks.sea_water import CLEARANCE_M, Water

MAX_SHORE_M: Final = 10_000.0
"""A stop further than this from any water is a fault."""
_NEAREST: Final = 40  # nodes looked at from a point
_OFF_M: Final = (25.0, 8.0, 60.0)  # how far off the shore line a ship is put
_AROUND: Final = 24
_THIN_M: Final = 250.0  # stretches of shore tried, one after the other
_MOST_TRIED: Final = 60
_REACH_M: Final = (4_000.0, 15_000.0, 60_000.0)
_M_PER_DEG: Final = 111_320.0


class Shore(NamedTuple):
    """Where a stop meets the water, how far that is, and what can be seen from there."""

    lon: float
    lat: float
    distance_m: float
    links: Links


class Harbour:
    """Finds water beside places, and ways from there onto the network."""

    def __init__(self, graph: SeaGraph, water: Water) -> None:
        self._graph = graph
        self._water = water

    def find(self, lon: float, lat: float) -> Shore | None:
        """Find the nearest water from which ships can leave.

        Parameters
        ----------
        lon, lat
            Degrees, longitude within -180 and 180.

        Returns
        -------
        Shore or None
            ``None`` if no such water is within some 15 km; the distance is not bounded otherwise.
        """
        place = np.array([lon, lat])
        choices = [self._in_canal(place)]
        if self._water.is_wet(place):
            links = self.links(place)
            if len(links.node):
                return Shore(lon, lat, 0.0, links)
        found = self._beside(place)
        choices.append(found if found is not None else self._through_gates(place))
        near = [choice for choice in choices if choice is not None]
        return min(near, key=lambda shore: shore.distance_m, default=None)

    def _in_canal(self, place: Floats) -> Shore | None:
        nodes = self._graph.canal_nodes
        if not len(nodes):
            return None
        apart_m = chords_m(directions(place[None])[0], self._graph.at[nodes])
        best = int(np.argmin(apart_m))
        if apart_m[best] > MAX_SHORE_M * 1.01:
            return None
        node = int(nodes[best])
        links = Links(np.array([node]), np.array([0.0]), (np.empty((0, 2)),))
        return self._shore(place, self._graph.lon_lat[node], links)

    def _shore(self, place: Floats, at: Floats, links: Links) -> Shore:
        distance_m = float(GEOD.inv(place[0], place[1], at[0], at[1])[2])
        return Shore(float((at[0] + 180) % 360 - 180), float(at[1]), distance_m, links)

    def _beside(self, place: Floats) -> Shore | None:
        """Step from a place across the nearest stretch of shore behind which there is a way on."""
        scale = np.array([max(np.cos(np.radians(place[1])), 0.02), 1.0])
        land = self._water.shore_from(place, 1.5 * MAX_SHORE_M / _M_PER_DEG)
        flat = shapely.transform(land, lambda at: (at - place) * scale * _M_PER_DEG)
        coast = shapely.boundary(shapely.union_all(flat))
        if coast.is_empty:
            return None
        first = shapely.get_coordinates(shapely.shortest_line(coast, shapely.Point(0, 0)))[:1]
        edges = np.vstack((first, shapely.get_coordinates(shapely.segmentize(coast, _THIN_M))))
        apart_m = np.hypot(*edges.T)
        order = np.argsort(apart_m, kind="stable")
        order = order[apart_m[order] <= 1.3 * MAX_SHORE_M]  # beyond is the frame of the window
        tried: list[Floats] = []
        for edge in edges[order]:
            if len(tried) >= _MOST_TRIED:
                break
            if tried and np.hypot(*(np.array(tried) - edge).T).min() < 2 * _THIN_M:
                continue
            tried.append(edge)
            for spot in self._off(place, edge, scale):
                links = self.links(spot)
                if len(links.node):
                    return self._shore(place, spot, links)
        return None

    def _off(self, place: Floats, edge: Floats, scale: Floats) -> list[Floats]:
        """Step off a point of the shore, away from a place, or else to any side."""
        ahead = np.arctan2(edge[1], edge[0]) if edge.any() else 0.0
        turns = ahead + np.concatenate(([0.0], np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)))
        for off_m in _OFF_M:
            steps = edge + off_m * np.column_stack((np.cos(turns), np.sin(turns)))
            spots = place + steps / scale / _M_PER_DEG
            wet = np.flatnonzero(self._water.clear(shapely.points(spots)))
            if len(wet):
                return [spots[wet[0]]]
        return []

    def _through_gates(self, place: Floats) -> Shore | None:
        """Come from the nearest nodes of the network as near to a place as straight lines over water allow."""
        graph = self._graph
        apart_m = chords_m(directions(place[None])[0], graph.at)
        nodes = np.argsort(apart_m)[:_NEAREST]
        nodes = nodes[apart_m[nodes] < 3 * MAX_SHORE_M]
        best: Shore | None = None
        for node in nodes:
            start = graph.lon_lat[node]
            wanted = place - [np.round((place[0] - start[0]) / 360) * 360, 0]
            low, high = 0.0, 1.0
            for _ in range(12):
                middle = (low + high) / 2
                clear = self._water.is_clear(np.array([start, start + (wanted - start) * middle]))
                low, high = (middle, high) if clear else (low, middle)
            spot = start + (wanted - start) * low * 0.999
            distance_m = float(GEOD.inv(place[0], place[1], spot[0], spot[1])[2])
            if best is None or distance_m < best.distance_m:
                length_m = chords_m(directions(start[None])[0], directions(spot[None]))
                best = self._shore(place, spot, Links(np.array([node]), length_m, (np.empty((0, 2)),)))
        return best

    def links(self, spot: Floats) -> Links:
        """Find nodes that a point in the water sees, or failing that reaches around a few corners."""
        graph = self._graph
        here = directions(spot[None])[0]
        apart_m = chords_m(here, graph.at)
        nodes = np.argpartition(apart_m, _NEAREST)[:_NEAREST].astype(np.int64)
        seen = nodes[self._water.seen_from(spot, graph.lon_lat[nodes])]
        seen = seen[~np.isin(seen, graph.canal_nodes) | (apart_m[seen] < 1.0)]
        if len(seen):
            return Links(seen, apart_m[seen], (np.empty((0, 2)),) * len(seen))
        for reach_m in _REACH_M:
            found = self._around_corners(spot, here, nodes, reach_m)
            if found is not None:
                return found
        return Links(np.empty(0, dtype=np.int64), np.empty(0), ())

    def _around_corners(self, spot: Floats, here: Floats, nodes: NDArray[np.int64], reach_m: float) -> Links | None:
        """Search from corner to corner until a node comes into sight."""
        corners = self._water.corners.near(here, reach_m, CLEARANCE_M[1])
        if len(corners) > 600:
            corners = corners[np.argsort(-(corners @ here))[:600]]
        places = np.vstack((spot, lon_lat_of(corners), self._graph.lon_lat[nodes]))
        places[:, 0] -= np.round((places[:, 0] - spot[0]) / 360) * 360
        at = directions(places)
        first_node = len(corners) + 1
        far = np.full(len(places), np.inf)
        far[0] = 0.0
        before = np.zeros(len(places), dtype=np.int64)
        done = np.zeros(len(places), dtype=bool)
        while True:
            now = int(np.argmin(np.where(done, np.inf, far)))
            if done[now] or not np.isfinite(far[now]):
                return None
            done[now] = True
            if now >= first_node:
                break
            length_m = far[now] + chords_m(at[now], at)
            rest = np.flatnonzero(~done & (length_m < far))
            rest = rest[self._water.seen_from(places[now], places[rest])]
            far[rest], before[rest] = length_m[rest], now
        way = [int(before[now])]
        while way[-1] != 0:
            way.append(int(before[way[-1]]))
        between = places[way[-2::-1]] if len(way) > 1 else np.empty((0, 2))
        return Links(np.array([nodes[now - first_node]]), np.array([far[now]]), (between,))
