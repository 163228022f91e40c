"""Lines of legs along the rail and sea networks of `geodata`, with how they were made and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geodata.polyline import decode, encode
from routes import cache as kept_lines
from routes.cache import data_version
from routes.straying import stray

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from geodata.networks.route import RailRoute
    from geodata.networks.seaway import SeaRoute

    Point = tuple[float, float]

ROUTED_MODES: Final = frozenset({"rail", "sea"})
ROUTED_BASES: Final = frozenset({"network", "inferred"})
_FORMAT: Final = 3  # of the cached answers; another number makes all of them anew
_DIGITS: Final = 6  # 0.1 m; the networks themselves are good to some hundred metres


@dataclass(frozen=True, slots=True)
class Routed:
    """The line of a leg on a network, or why there is none.

    Attributes
    ----------
    coordinates
        (n, 2) lon, lat, longitude continuous; None if the leg cannot be routed.
    network
        What was routed on, with its version.
    track_km
        Length along the track as the network itself gives it, which is more than that of its generalised line; NaN
        at sea.
    snaps_m
        How far each stop was moved to the network, in order, `via` included.
    gaps_m
        Lengths of the breaks of the network that were bridged on the way.
    passages
        Straits and canals passed, in order.
    exempt
        Stretches at sea over what 1:10m shows as land, in words (canals, river mouths).
    land_m
        Metres of the line on land at 1:10m outside these stretches; 0 if all is well.
    strays
        Where the line leaves its countries, in words; "" if it does not.
    problem, remedy
        Why there is no line, and what to do; empty if there is one.
    """

    coordinates: NDArray[np.float64] | None
    network: str
    track_km: float = float("nan")
    snaps_m: tuple[float, ...] = ()
    gaps_m: tuple[float, ...] = ()
    passages: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    land_m: float = 0.0
    strays: str = ""
    problem: str = ""
    remedy: str = ""

    def in_words(self) -> str:
        """Return how the line was made, for the map."""
        parts = [self.network]
        moved = [metres for metres in self.snaps_m if metres >= 50]  # less is below the precision of the points
        if moved:
            parts.append(f"stops moved {', '.join(f'{metres / 1000:.1f}' for metres in moved)} km to it")
        if self.gaps_m:
            count = f"{len(self.gaps_m)} break{'s' if len(self.gaps_m) > 1 else ''}"
            parts.append(f"{count} of the source bridged ({sum(self.gaps_m) / 1000:.1f} km)")
        if self.exempt:
            parts.append(f"through {', '.join(self.exempt)}")
        return "; ".join(parts)


def route_rail(legs: Sequence[Sequence[Point]], countries: Sequence[str] = ()) -> list[Routed]:
    """Return the lines of rail legs that follow each other, from the cache if they were routed before.

    The legs are routed as one journey, so that one ends on the track where the next begins; if that fails, each by
    itself, so that the fault is that of its own leg.

    Parameters
    ----------
    legs
        For each leg the (lon, lat) of its ends and of the `via` between them, in order; a leg begins where the one
        before ended.
    countries
        Where the legs may go; empty means anywhere.
    """
    request = {"mode": "rail", "legs": [[list(stop) for stop in leg] for leg in legs], "countries": sorted(countries)}
    return _kept(request, lambda: _rail(legs, countries))


def route_sea(stops: Sequence[Point | str], avoid: Sequence[str] = ()) -> Routed:
    """Return the line of a sea leg, from the cache if it was routed before.

    Parameters
    ----------
    stops
        (lon, lat) of both ends, and between them places to pass and names of passages to take, in order.
    avoid
        Names of passages that it must not take.
    """
    plain = [list(stop) if isinstance(stop, tuple) else stop for stop in stops]
    request = {"mode": "sea", "legs": [plain], "avoid": sorted(avoid)}
    return _kept(request, lambda: [_sea(stops, avoid)])[0]


def _kept(request: dict[str, Any], make: Callable[[], list[Routed]]) -> list[Routed]:
    """Return the answer to a request as it was kept, or make and keep it; a broken entry is made anew."""
    name = kept_lines.key({**request, "format": _FORMAT, "data": data_version(request["mode"], "land_10m")})
    answer = kept_lines.load(name)
    try:
        if answer is not None and len(answer["legs"]) == len(request["legs"]):
            return [_from_answer(leg) for leg in answer["legs"]]
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        pass  # somebody else wrote it
    answers = [_to_answer(routed) for routed in make()]
    kept_lines.keep(name, {"legs": answers})
    return [_from_answer(one) for one in answers]  # through the same digits, so that equal inputs give equal bytes


def passages() -> dict[str, str]:
    """Return the straits, canals and river mouths that sea legs may name, by id (`suez-canal`, `malacca`)."""
    from geodata.networks import passage_ids  # noqa: PLC0415 - only where a leg names a passage

    return passage_ids()


def _rail(legs: Sequence[Sequence[Point]], countries: Sequence[str]) -> list[Routed]:
    from geodata.networks import RoutingError, rail  # noqa: PLC0415 - SciPy loads only where lines are routed

    stops = [*legs[0], *(stop for leg in legs[1:] for stop in leg[1:])]
    try:
        route = rail().route(np.array(stops, dtype="float64"), countries=list(countries) or None)
    except RoutingError as err:
        if len(legs) > 1:
            return _without_faulty(legs, countries)
        problem, _, nearest = str(err).partition("; ")
        remedy = f"{nearest}; move the stop there, draw the leg by hand, or change its via or countries"
        return [Routed(None, "railways", problem=problem, remedy=remedy)]
    ends = np.cumsum([0, *(len(leg) - 1 for leg in legs)]).tolist()
    return [_part(route, first, last, countries) for first, last in pairwise(ends)]


def _without_faulty(legs: Sequence[Sequence[Point]], countries: Sequence[str]) -> list[Routed]:
    """Return the legs of a journey of which some cannot be routed: the sound ones between these as journeys."""
    alone = [route_rail([leg], countries)[0] for leg in legs]
    found: list[Routed] = []
    for sound, run in groupby(range(len(legs)), key=lambda number: alone[number].coordinates is not None):
        numbers = list(run)
        journey = [legs[number] for number in numbers]
        whole = sound and 1 < len(numbers) < len(legs)
        found += route_rail(journey, countries) if whole else [alone[number] for number in numbers]
    return found


def _part(route: RailRoute, first: int, last: int, countries: Sequence[str]) -> Routed:
    """Return the leg between two stops of a journey."""
    stages = route.stages[first:last]
    line = route.lon_lat[stages[0].start : stages[-1].stop + 1]
    line = line if len(line) > 1 else np.repeat(line, 2, axis=0)  # two stops on one spot of the track
    return Routed(
        coordinates=np.round(line, _DIGITS),
        strays=stray(line, countries),
        network=f"{route.network} {route.version}",
        track_km=round(sum(stage.track_m for stage in stages) / 1000, 3),
        snaps_m=tuple(round(snap.distance_m) for snap in route.snaps[first : last + 1]),
        gaps_m=tuple(round(bridge.length_m) for stage in stages for bridge in stage.bridges),
    )


def _sea(stops: Sequence[Point | str], avoid: Sequence[str]) -> Routed:
    from geodata.networks import SeaRoutingError, sea  # noqa: PLC0415 - as above

    start, *via, end = stops
    if isinstance(start, str) or isinstance(end, str):
        msg = "a sea leg begins and ends at a place, not at a passage"
        raise TypeError(msg)
    try:
        route = sea().route(start, end, via=via, avoid=avoid)
    except SeaRoutingError as err:
        problem, _, remedy = str(err).partition("; ")
        return Routed(None, "sea", problem=problem, remedy=remedy or "name another port, or a passage in via")
    line = np.round(route.lon_lat, _DIGITS)
    return Routed(
        coordinates=line,
        network=route.network,
        snaps_m=tuple(round(snap.distance_m) for snap in route.snaps),
        passages=route.passages,
        exempt=tuple(dict.fromkeys(part.name for part in route.exempt)),
        land_m=_land_m(line, route),
    )


def _land_m(line: NDArray[np.float64], route: SeaRoute) -> float:
    """Return how many metres of a line lie on land, its canals and river mouths apart."""
    from shapely import linestrings  # noqa: PLC0415 - as above

    from geodata.countries import metres_on_land  # noqa: PLC0415 - as above

    free = np.ones(len(line) - 1, dtype=bool)
    for part in route.exempt:
        free[part.start : part.stop] = False
    runs = np.split(np.flatnonzero(free), np.flatnonzero(np.diff(np.flatnonzero(free)) > 1) + 1)
    return sum(metres_on_land(linestrings(line[run[0] : run[-1] + 2])) for run in runs if len(run))


def _to_answer(routed: Routed) -> dict[str, Any]:
    line = None if routed.coordinates is None else encode(routed.coordinates, precision=_DIGITS)
    track = None if routed.track_km != routed.track_km else routed.track_km
    lists = {key: list(getattr(routed, key)) for key in ("snaps_m", "gaps_m", "passages", "exempt")}
    texts = {key: getattr(routed, key) for key in ("network", "strays", "problem", "remedy")}
    return {"line": line, "track_km": track, "land_m": routed.land_m, **lists, **texts}


def _from_answer(answer: Mapping[str, Any]) -> Routed:
    """Return a routed line as it was kept.

    Raises
    ------
    AttributeError, KeyError, OverflowError, TypeError, ValueError
        If it is not one.
    """
    line = None if answer["line"] is None else decode(answer["line"], precision=_DIGITS)
    if line is not None and (len(line) < 2 or np.abs(line[:, 1]).max() > 90):
        msg = "not a line"
        raise ValueError(msg)
    return Routed(
        coordinates=line,
        track_km=float("nan") if answer["track_km"] is None else float(answer["track_km"]),
        snaps_m=tuple(float(value) for value in answer["snaps_m"]),
        gaps_m=tuple(float(value) for value in answer["gaps_m"]),
        passages=tuple(map(str, answer["passages"])),
        exempt=tuple(map(str, answer["exempt"])),
        land_m=float(answer["land_m"]),
        **{key: str(answer[key]) for key in ("network", "strays", "problem", "remedy")},
    )
