"""Lengths drawn beside lengths published: the table of `waybill measure`."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from routes.frames import records
from routes.geometry import geod, leg_name, length_m, place_points
from routes.routing import ROUTED_BASES, route_rail, route_sea

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routes.case import Case

KM: Final = {"km": 1.0, "m": 0.001, "mi": 1.609344, "nmi": 1.852}
"""Kilometres in each unit: the international mile and nautical mile."""

_LINES: Final = ROUTED_BASES | {"drawn"}
_DETOUR: Final = 3.0
"""Legs of other routes that make more than so many times the straight line lead elsewhere and measure nothing here."""
COLUMNS: Final = (
    "id", "subject", "from", "to", "what", "published_km", "published_max_km", "drawn_km", "track_km",
    "drawn_ratio", "track_ratio", "straight_km", "by", "sources", "note",
)  # fmt: skip


def measure_case(case: Case) -> pd.DataFrame:
    """Return every published length of a case beside the line that the map draws.

    Returns
    -------
    DataFrame
        One row a published figure: id (of the measure, or `<route>.<seq>` for a leg's own), subject, from, to, what;
        published_km and published_max_km (in km whatever the unit); drawn_km (geodesic length of the drawn line),
        track_km (along the track as the rail network gives it); their ratios to the published figure (to the nearer
        end of a range); straight_km (geodesic between the ends); by (the legs that were added up, or how the stretch
        was routed for this table); sources; note. NaN where there is nothing to compare.
    """
    legs = records(case.legs)
    lines = [leg for leg in legs if not leg["fallback"] and leg["basis"] in _LINES]
    points = place_points(case, case.places["id"])
    rows = [_measure(case, row, lines, points) for row in records(case.measures)]
    rows += [_leg(leg, points) for leg in legs if leg["published_km"] == leg["published_km"]]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    figures = [name for name in COLUMNS if name.endswith(("_km", "_ratio"))]
    return frame.astype(dict.fromkeys(figures, "float64"))


def _measure(
    case: Case, row: Mapping[str, Any], legs: Sequence[Mapping[str, Any]], points: Mapping[str, tuple[float, float]]
) -> dict[str, Any]:
    factor = KM[row["unit"]]
    drawn = track = straight = math.nan
    by = ""
    start, end = row["from"], row["to"]
    if start in points and end in points and "region" not in {_kind(case, start), _kind(case, end)}:
        straight = geod().inv(*points[start], *points[end])[2] / 1000
        drawn, track, by = _stretch(case, row, legs, points)
    compared = (
        row["what"] == "length"
    )  # a distance is set against the straight line, and the drawn one stands beside it
    return _row(
        {key: row[key] for key in ("id", "subject", "from", "to", "what", "sources", "note")},
        (row["value"] * factor, row["value_max"] * factor),
        (drawn, track, straight),
        by,
        compared=compared,
    )


def _leg(leg: Mapping[str, Any], points: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    name = leg_name(leg)
    straight = geod().inv(*points[leg["from"]], *points[leg["to"]])[2] / 1000
    about = {"id": name, "subject": leg["route"], "what": "length", "sources": (leg["published_source"] or "",)}
    drawn = math.nan if leg["fallback"] else leg["length_km"]
    ends = {key: leg[key] for key in ("from", "to", "note")}
    return _row(about | ends, (leg["published_km"], math.nan), (drawn, leg["track_km"], straight), name)


def _row(
    about: dict[str, Any],
    published: tuple[float, float],
    found: tuple[float, float, float],
    by: str,
    *,
    compared: bool = True,
) -> dict[str, Any]:
    low, high = published
    drawn, track, straight = found
    return about | {
        "published_km": low,
        "published_max_km": high,
        "drawn_km": drawn,
        "track_km": track,
        "drawn_ratio": _ratio(drawn, low, high) if compared else math.nan,
        "track_ratio": _ratio(track, low, high) if compared else math.nan,
        "straight_km": straight,
        "by": by,
    }


def _ratio(found: float, low: float, high: float) -> float:
    """Return a length over the nearest figure of a published range."""
    if high != high:  # noqa: PLR0124 - NaN differs from itself
        return found / low
    return found / min(max(found, low), high)


def _stretch(
    case: Case, row: Mapping[str, Any], legs: Sequence[Mapping[str, Any]], points: Mapping[str, tuple[float, float]]
) -> tuple[float, float, str]:
    """Return drawn and track length between two places, and what was added up.

    The legs of the subject come first; where one end lies off that route, the rest is routed from its nearest stop.
    Then the legs of all routes, unless they go a long way round; last, a rail stretch that no leg covers is routed as
    a whole.
    """
    start, end = row["from"], row["to"]
    own = [leg for leg in legs if leg["route"] == row["subject"]]
    stops = {leg[side] for leg in own for side in ("from", "to")}
    if len(stops & {start, end}) == 1:
        here, off = (start, end) if start in stops else (end, start)
        nearest = min(stops, key=lambda stop: geod().inv(*points[stop], *points[off])[2])
        rest = _routed(case, points, nearest, off)
        chain = _chain(own, here, nearest)
        return _sum(chain, rest[0]), _sum(chain, rest[1], "track_km"), f"{_names(chain)}, and {rest[2]} from {nearest}"
    for among in (own, legs):
        chain = _chain(among, start, end)
        straight = geod().inv(*points[start], *points[end])[2] / 1000
        if chain and (among is own or _sum(chain) <= _DETOUR * straight):
            return _sum(chain), _sum(chain, key="track_km"), _names(chain)
    return _routed(case, points, start, end)


def _sum(chain: Sequence[Mapping[str, Any]], rest: float = 0.0, key: str = "length_km") -> float:
    return rest + sum(float(leg[key]) for leg in chain)


def _names(chain: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(map(leg_name, chain))


def _routed(case: Case, points: Mapping[str, tuple[float, float]], start: str, end: str) -> tuple[float, float, str]:
    """Return the lengths of a stretch routed for the table: at sea between canal ends, by rail elsewhere."""
    countries = dict(zip(case.places["id"], case.places["country"], strict=True))
    allowed = tuple(dict.fromkeys([*countries[start], *countries[end]]))
    by_sea = "canal" in {_kind(case, start), _kind(case, end)}
    ends = [points[start], points[end]]
    routed = route_sea(ends) if by_sea else route_rail([ends], allowed)[0]
    if routed.coordinates is None:
        return math.nan, math.nan, routed.problem
    return length_m(routed.coordinates) / 1000, routed.track_km, f"routed by {'sea' if by_sea else 'rail'}"


def _kind(case: Case, place: str) -> str:
    return str(case.places.loc[case.places["id"] == place, "kind"].iloc[0])


def _chain(legs: Sequence[Mapping[str, Any]], start: str, end: str) -> list[Mapping[str, Any]]:
    """Return the shortest chain of legs between two places, in either direction; empty if there is none."""
    around: dict[str, list[tuple[str, int]]] = {}
    for number, leg in enumerate(legs):
        around.setdefault(leg["from"], []).append((leg["to"], number))
        around.setdefault(leg["to"], []).append((leg["from"], number))
    reached: dict[str, tuple[float, list[int]]] = {}
    waiting: list[tuple[float, str, list[int]]] = [(0.0, start, [])]
    while waiting:
        length, place, numbers = heapq.heappop(waiting)
        if place == end:
            return [legs[number] for number in numbers]
        if place in reached:
            continue
        reached[place] = (length, numbers)
        for neighbour, number in around.get(place, ()):
            heapq.heappush(waiting, (length + legs[number]["length_km"], neighbour, [*numbers, number]))
    return []
