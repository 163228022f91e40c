"""The sea of the world: the shortest lines over water, through the passages that may be used."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from geodata._store import Geometries, packed
from geodata.networks.sea_faults import SeaRoutingError
from geodata.networks.sea_graph import SeaGraph, read_graph
from geodata.networks.sea_land import CARVED_BOX, basin_of, carved_land
from geodata.networks.sea_legs import Finder, Stretch, Turn, Way, assemble
from geodata.networks.sea_passages import Passages
from geodata.networks.sea_shore import MAX_SHORE_M, Harbour, Shore
from geodata.networks.sea_sphere import Floats, length_m
from geodata.networks.sea_water import Walled, Water

DATA: Final = Path(__file__).resolve().parents[1] / "data"
NETWORK: Final = "water of Natural Earth 1:10m, canals and river mouths of MARNET (searoute)"
VERSION: Final = "1"
Place = tuple[float, float]


class Snap(NamedTuple):
    """Where a stop meets the water."""

    lon: float
    lat: float
    distance_m: float


class Exempt(NamedTuple):
    """A stretch over what 1:10m draws as land: vertices ``start`` to ``stop`` (included) of the line.

    ``kind`` is ``canal``, ``river-mouth``, ``strait`` or ``lake``.
    """

    name: str
    kind: str
    start: int
    stop: int


@dataclass(frozen=True, eq=False)
class SeaRoute:
    """A route over water.

    Attributes
    ----------
    lon_lat
        The line, shape (n, 2), degrees in EPSG:4326, longitudes continuous: they may pass 180. It starts and
        ends in the water and runs along geodesics, with vertices close enough for straight edges.
    length_m
        Geodesic length of the line on WGS 84, in metres.
    snaps
        For each place among the stops, in order, the water it was moved to and how far that is.
    passages
        Names of the straits, canals and river mouths passed, in order of travel.
    exempt
        Stretches over what the 1:10m land does not show as water.
    network, version
        What was routed on.
    """

    lon_lat: Floats
    length_m: float
    snaps: tuple[Snap, ...]
    passages: tuple[str, ...]
    exempt: tuple[Exempt, ...]
    network: str = field(default=NETWORK)
    version: str = field(default=VERSION)


class SeaNetwork:
    """The sea; use :func:`geodata.networks.sea` to get the packaged one.

    Parameters
    ----------
    graph
        The network.
    land
        Polygons of the land, outer rings counter-clockwise.
    passages
        Straits, canals and river mouths, numbered as in the network.
    """

    def __init__(self, graph: SeaGraph, land: Geometries, passages: Passages) -> None:
        self.water = Water(land)
        self.passages = passages
        self._harbour = Harbour(graph, self.water)
        self._finder = Finder(graph, self.water, self._harbour)
        self._shores: dict[Place, Shore | None] = {}
        self._held: dict[int, list[Turn]] = {}

    @classmethod
    def packaged(cls) -> "SeaNetwork":
        """Read the network that comes with the package.

        Raises
        ------
        OSError
            If its files are missing.
        """
        graph = read_graph(DATA / "sea.npz")
        land = carved_land(packed("land_10m.npz").geometry, basin_of(graph))
        return cls(graph, land, Passages.read(DATA / "sea_passages.csv", DATA / "sea_canals.csv"))

    def route(
        self, origin: Place, destination: Place, via: Iterable[Place | str] = (), avoid: Iterable[str] = ()
    ) -> SeaRoute:
        """Give the shortest route over water.

        Parameters
        ----------
        origin, destination
            Longitude and latitude in degrees; each is moved to the nearest water, 10 km at most.
        via
            Places (lon, lat) to pass, and names of passages to go through, in order of travel.
        avoid
            Names of passages not to go through. The Arctic passages and the Corinth Canal are used only
            where ``via`` names them, or a stop lies in waters behind them.

        Returns
        -------
        SeaRoute
            The route; nearly the same backwards for the ends in reverse.

        Raises
        ------
        SeaRoutingError
            If a place is more than 10 km from any water that ships can reach, if there is no way that is
            allowed, or if a passage is unknown.
        ValueError
            If coordinates are no longitude and latitude.

        Examples
        --------
        >>> from geodata.networks import sea
        >>> route = sea().route((130.295, 42.235), (132.345, 42.868))
        >>> 182 < route.length_m / 1000 < 215
        True
        """
        stops = [origin, *self._named(via), destination]
        places = [np.array(stop) for stop in stops if not isinstance(stop, int)]
        wanted = {stop for stop in stops if isinstance(stop, int)}
        closed = self.passages.closed(places) - wanted
        forbidden = frozenset(closed | {n for name in avoid for n in self.passages.numbers(name)})
        turns = [self._turns(number, stop) for number, stop in enumerate(stops)]
        chosen, ways = self._best(turns, stops, forbidden)
        line, stretches = self._draw(chosen, ways, stops, forbidden)
        snaps = tuple(
            Snap(turn.enter.lon, turn.enter.lat, turn.enter.distance_m)
            for turn, stop in zip(chosen, stops, strict=True)
            if not isinstance(stop, int)
        )
        names = self._names(line, stretches)
        return SeaRoute(line, length_m(line), snaps, names, self._exempt(line, stretches))

    def _draw(
        self, chosen: list[Turn], ways: list[Way], stops: list[Place | int], forbidden: frozenset[int]
    ) -> tuple[Floats, list[Stretch]]:
        """Draw the line; where pulling it taut took it out of a passage that was asked for, hold it there."""
        gates = [self.passages.all[n].lines for n in sorted(forbidden) if self.passages.all[n].gates]
        water = Walled(self.water, np.array(gates, dtype=object))
        wanted = [stop for stop in stops if isinstance(stop, int)]
        while True:
            parts = [(chosen[0].inner, False)]
            for turn, way in zip(chosen[1:], ways, strict=True):
                parts += [(way, turn.pinned), (turn.inner, turn.pinned)]
            line, stretches = assemble([part for part in parts if len(part[0].line) > 1], water)
            held = {*self.passages.crossed(line, wanted), *(n for n in wanted if not self.passages.all[n].gates)}
            lost = [k for k, stop in enumerate(stops) if isinstance(stop, int) and stop not in held]
            if not lost or all(chosen[k].pinned for k in lost):
                return line, stretches
            chosen = [turn._replace(pinned=turn.pinned or k in lost) for k, turn in enumerate(chosen)]

    def _named(self, via: Iterable[Place | str]) -> Iterable[Place | int]:
        for stop in via:
            if isinstance(stop, str):
                yield from self.passages.numbers(stop)
            else:
                yield stop

    def _turns(self, number: int, stop: Place | int) -> list[Turn]:
        if isinstance(stop, int):
            if stop not in self._held:
                passage = self.passages.all[stop]
                self._held[stop] = self._finder.turns(passage, stop - len(self.passages.gated))
            return self._held[stop]
        shore = self._shore(number, stop)
        spot = np.array([[shore.lon, shore.lat]])
        return [Turn(shore, shore, Way(spot, [], 0.0), pinned=True)]

    def _shore(self, number: int, stop: Place) -> Shore:
        lon, lat = (float(value) for value in stop)
        if not (abs(lon) <= 360 and abs(lat) <= 90):
            msg = f"stop {number}: {stop!r} is no longitude, latitude in degrees; write longitude first"
            raise ValueError(msg)
        key = ((lon + 180.0) % 360.0 - 180.0, lat)
        if key not in self._shores:
            self._shores[key] = self._harbour.find(*key)
        shore = self._shores[key]
        if shore is not None and shore.distance_m <= MAX_SHORE_M:
            return shore
        far = "" if shore is None else f"; the nearest is {shore.distance_m / 1000:.1f} km away at "
        where = "" if shore is None else f"{shore.lon:.3f},{shore.lat:.3f}"
        msg = (
            f"stop {number} at {lon:.4f},{lat:.4f} has no water that ships can reach within "
            f"{MAX_SHORE_M / 1000:g} km{far}{where}; give the port's own point, or the mouth of its river"
        )
        near = {} if shore is None else {"distance_m": shore.distance_m, "nearest": (shore.lon, shore.lat)}
        raise SeaRoutingError(msg, reason="off-water", stop=number, lon_lat=(lon, lat), **near)  # type: ignore[arg-type]

    def _best(
        self, turns: list[list[Turn]], stops: list[Place | int], forbidden: frozenset[int]
    ) -> tuple[list[Turn], list[Way]]:
        """Choose for each passage the direction in which the whole way is shortest."""
        reached: list[tuple[float, list[Turn], list[Way]]] = [(0.0, [turn], []) for turn in turns[0]]
        for number, (before, after) in enumerate(pairwise(stops), start=1):
            shut = forbidden | {stop for stop in (before, after) if isinstance(stop, int)}
            further = []
            for turn in turns[number]:
                options = []
                for cost, chosen, ways in reached:
                    way = self._finder.way(chosen[-1].leave, turn.enter, shut)
                    if way is not None:
                        total = cost + way.length_m + turn.inner.length_m
                        options.append((total, [*chosen, turn], [*ways, way]))
                if options:
                    further.append(min(options, key=lambda option: option[0]))
            if not further:
                raise self._no_path(number, stops, forbidden)
            reached = further
        _, chosen, ways = min(reached, key=lambda option: option[0])
        return chosen, ways

    def _no_path(self, number: int, stops: list[Place | int], forbidden: frozenset[int]) -> SeaRoutingError:
        stop = stops[number]
        names = tuple(sorted(self.passages.all[n].name for n in forbidden))
        spot = None if isinstance(stop, int) else (float(stop[0]), float(stop[1]))
        where = self.passages.all[stop].name if isinstance(stop, int) else f"{stop[0]:.4f},{stop[1]:.4f}"
        msg = (
            f"stop {number} ({where}) cannot be reached over water from the stop before it; not used: "
            f"{', '.join(names)}; another sea may need another leg, or a passage named in via"
        )
        return SeaRoutingError(msg, reason="no-path", stop=number, lon_lat=spot, passages=names)

    def _names(self, line: Floats, stretches: list[Stretch]) -> tuple[str, ...]:
        gated = len(self.passages.gated)
        found = [(stretch.start, self.passages.carried[stretch.canal].name) for stretch in stretches]
        for number in self.passages.crossed(line, range(gated)):
            passage = self.passages.all[number]
            low, high = 1, len(line) - 1  # the first vertex by which the line has gone through
            while low < high:
                middle = (low + high) // 2
                if passage.crossings(line[: middle + 1]):
                    high = middle
                else:
                    low = middle + 1
            found.append((low, passage.name))
        return tuple(dict.fromkeys(name for _, name in sorted(found)))

    def _exempt(self, line: Floats, stretches: list[Stretch]) -> tuple[Exempt, ...]:
        marked = []
        free = np.ones(len(line) - 1, dtype=bool)
        for canal, start, stop in stretches:
            passage = self.passages.carried[canal]
            marked.append(Exempt(passage.name, passage.kind, start, stop))
            free[start:stop] = False
        west, south, east, north = CARVED_BOX
        lon = (line[:, 0] + 180) % 360 - 180
        inside = (lon > west) & (lon < east) & (line[:, 1] > south) & (line[:, 1] < north)
        lake = np.flatnonzero(free & inside[:-1] & inside[1:])
        runs = np.split(lake, np.flatnonzero(np.diff(lake) > 1) + 1)
        marked.extend(Exempt("Great Lakes", "lake", int(run[0]), int(run[-1]) + 1) for run in runs if len(run))
        return tuple(sorted(marked, key=lambda part: part.start))
