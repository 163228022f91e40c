"""Lines of legs and routes: drawn by hand, great circles, links between regions; networks come from `geodata`.

Longitudes are continuous along a line and may pass 180; only files are wrapped and split (`for_files`). Lengths are
geodesic on WGS 84 (Karney 2013, through pyproj).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
from shapely import LineString, MultiLineString, get_coordinates
from shapely.geometry import shape

from routes.frames import records
from routes.routing import ROUTED_BASES, ROUTED_MODES, Routed, passages, route_rail, route_sea

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from pyproj import Geod

    from routes.case import Case

    Coordinates = NDArray[np.float64]

CRS: Final = "EPSG:4326"
MAX_SEGMENT_M: Final = 50_000.0
"""Longest piece of a densified line: on it, chord and geodesic lie under 80 m apart below 60 degrees north."""

DRAWN: Final = "drawn by hand"
GREAT_CIRCLE: Final = "great circle"
NOTIONAL: Final = "notional, region to region"
FALLBACK: Final = "straight line, not the track"
NO_NETWORK: Final = "straight from place to place; {mode} is not routed"


@dataclass(frozen=True, slots=True)
class Way:
    """How the line of a leg was made.

    Attributes
    ----------
    coordinates
        (n, 2) lon, lat, longitude continuous.
    made_by
        The words for it.
    fallback
        Whether it is only a straight stand-in.
    track_km
        Length along the track as the network gives it; NaN without one.
    problem, remedy
        Why the leg could not be routed; empty if it could or need not be.
    """

    coordinates: Coordinates
    made_by: str
    fallback: bool = False
    track_km: float = math.nan
    problem: str = ""
    remedy: str = ""


@lru_cache(maxsize=1)
def geod() -> Geod:
    """Return the WGS 84 ellipsoid."""
    from pyproj import Geod  # noqa: PLC0415 - not every command measures

    return Geod(ellps="WGS84")


def leg_lines(case: Case) -> gpd.GeoDataFrame:
    """Return the legs of a case with their lines.

    Returns
    -------
    GeoDataFrame
        The columns of `legs.csv` and: geometry (LineString, EPSG:4326, longitude continuous), length_km (geodesic, of
        that line), track_km (along the track as the rail network gives it, more than that of its generalised line;
        NaN elsewhere), made_by (how the line was made, in words), fallback (True for a straight line that stands in
        for a route), problem and remedy (why the leg could not be routed; "" if it could or need not be).

    Raises
    ------
    KeyError
        If a leg names a place that the case lacks; check the case first.
    """
    legs = case.leg_table
    stops = {*legs["from"], *legs["to"], *(name for via in legs["via"] for name in via)}
    anchors = place_points(case, stops)
    rows = records(legs)
    ways = _ways(case, rows, anchors)
    lines = [LineString(line) for line in _continued(rows, [way.coordinates for way in ways])]
    frame = gpd.GeoDataFrame(legs.copy(), geometry=gpd.GeoSeries(lines, crs=CRS, index=legs.index))
    frame["length_km"] = [length_m(way.coordinates) / 1000 for way in ways]
    for name in ("track_km", "made_by", "fallback", "problem", "remedy"):
        frame[name] = [getattr(way, name) for way in ways]
    return frame


def route_lines(case: Case) -> gpd.GeoDataFrame:
    """Return the routes of a case with their lines.

    Returns
    -------
    GeoDataFrame
        The columns of `routes.csv` and: geometry (MultiLineString of the legs in order, empty without legs,
        EPSG:4326), length_km (sum of the legs), fallback (True if any leg is a straight stand-in).
    """
    legs = case.legs.sort_values(["route", "seq"], kind="stable")
    groups = dict(iter(legs.groupby("route", sort=False)))
    table = case.route_table
    lines = [
        MultiLineString(list(groups[name].geometry)) if name in groups else MultiLineString() for name in table["id"]
    ]
    frame = gpd.GeoDataFrame(table.copy(), geometry=gpd.GeoSeries(lines, crs=CRS, index=table.index))
    frame["length_km"] = [float(groups[name]["length_km"].sum()) if name in groups else 0.0 for name in table["id"]]
    frame["fallback"] = [bool(groups[name]["fallback"].any()) if name in groups else False for name in table["id"]]
    return frame


def for_files(line: LineString | MultiLineString) -> LineString | MultiLineString:
    """Return a line with continuous longitude as RFC 7946 wants it: within ±180 and split at the antimeridian."""
    if line.is_empty or (line.bounds[0] >= -180 and line.bounds[2] <= 180):
        return line
    import antimeridian  # noqa: PLC0415 - few lines need it

    parts = line.geoms if isinstance(line, MultiLineString) else [line]
    split: list[LineString] = []
    for part in parts:
        fixed = antimeridian.fix_line_string(LineString(_wrapped(get_coordinates(part))), great_circle=False)
        split += list(fixed.geoms) if isinstance(fixed, MultiLineString) else [fixed]
    return split[0] if len(split) == 1 else MultiLineString(split)


def length_m(coordinates: Coordinates) -> float:
    """Return the geodesic length of a line of (n, 2) lon, lat in degrees, in metres."""
    return float(geod().line_length(coordinates[:, 0], coordinates[:, 1]))


def great_circle(points: Sequence[tuple[float, float]], max_segment_m: float = MAX_SEGMENT_M) -> Coordinates:
    """Return the shortest line on the ellipsoid through some points, dense enough to be drawn straight.

    Parameters
    ----------
    points
        (lon, lat) in degrees, at least two.
    max_segment_m
        Longest segment of the result in metres.

    Returns
    -------
    ndarray
        (n, 2) lon, lat; longitudes are continuous from the first point and may pass 180. Points on either side of
        the antimeridian are joined across it.
    """
    pieces: list[Coordinates] = [np.array(points[:1], dtype="float64")]
    for (lon, lat), (next_lon, next_lat) in pairwise(points):
        _, _, distance_m = geod().inv(lon, lat, next_lon, next_lat)
        inner = int(np.ceil(distance_m / max_segment_m)) - 1
        between = geod().npts(lon, lat, next_lon, next_lat, inner) if inner > 0 else []
        pieces.append(np.array([*between, (next_lon, next_lat)], dtype="float64"))
    return continuous(np.vstack(pieces))


def continuous(coordinates: Coordinates) -> Coordinates:
    """Return coordinates whose longitude never jumps by more than 180 degrees, beginning where they began."""
    steps = np.diff(coordinates[:, 0])
    turns = np.concatenate([[0.0], np.cumsum(np.round(steps / 360.0))])
    return np.column_stack([coordinates[:, 0] - 360.0 * turns, coordinates[:, 1]])


def drawn_line(document: Any) -> Coordinates:  # noqa: ANN401 - parsed JSON
    """Return the one LineString of a GeoJSON document.

    Raises
    ------
    ValueError
        If the document is not a geometry, Feature or FeatureCollection with exactly one LineString of two points.
    """
    geometry = document
    if isinstance(geometry, dict) and geometry.get("type") == "FeatureCollection":
        features = geometry.get("features")
        geometry = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(geometry, dict) and geometry.get("type") == "Feature":
        geometry = geometry.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") != "LineString":
        msg = "holds no single LineString"
        raise ValueError(msg)
    try:
        coordinates = get_coordinates(shape(geometry))
    except Exception as err:
        msg = "holds a LineString that cannot be read"
        raise ValueError(msg) from err
    low, high = np.array([-180.0, -90.0]), np.array([540.0, 90.0])
    if len(coordinates) < 2 or not ((coordinates >= low) & (coordinates <= high)).all():
        msg = "holds a LineString with fewer than two points, or with points that are not lon, lat in degrees"
        raise ValueError(msg)
    return continuous(coordinates)


def _ways(case: Case, legs: Sequence[Mapping[str, Any]], anchors: Mapping[str, tuple[float, float]]) -> list[Way]:
    """Return the lines of all legs, in the order of the table."""
    ways: dict[int, Way] = {}
    for chain in _rail_chains(legs):
        stops = [[anchors[name] for name in _stop_names(legs[number])] for number in chain]
        routed = route_rail(stops, countries_of(case, legs[chain[0]]["route"]))
        ways |= {number: _way_of(one, stop) for number, one, stop in zip(chain, routed, stops, strict=True)}
    return [ways.get(number) or _way(case, leg, anchors) for number, leg in enumerate(legs)]


def _in_order(legs: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the numbers of legs route by route, each route in its own order."""
    return sorted(range(len(legs)), key=lambda number: (legs[number]["route"], legs[number]["seq"]))


def _continued(legs: Sequence[Mapping[str, Any]], lines: Sequence[Coordinates]) -> list[Coordinates]:
    """Return lines whose longitude goes on where the leg before ended, so that no route tears at the antimeridian."""
    moved = list(lines)
    for before, number in pairwise(_in_order(legs)):
        if legs[before]["route"] == legs[number]["route"]:
            turns = np.round((moved[before][-1, 0] - lines[number][0, 0]) / 360.0)
            moved[number] = lines[number] + [360.0 * turns, 0.0]
    return moved


def _rail_chains(legs: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Return the numbers of the rail legs that follow each other without a break, journey by journey."""
    chains: list[list[int]] = []
    for number in _in_order(legs):
        leg = legs[number]
        if leg["mode"] != "rail" or leg["basis"] not in ROUTED_BASES:
            continue
        before = legs[chains[-1][-1]] if chains else None
        follows = before is not None and (before["route"], before["to"]) == (leg["route"], leg["from"])
        if follows:
            chains[-1].append(number)
        else:
            chains.append([number])
    return chains


def _stop_names(leg: Mapping[str, Any]) -> tuple[str, ...]:
    return (leg["from"], *leg["via"], leg["to"])


def _way(case: Case, leg: Mapping[str, Any], anchors: Mapping[str, tuple[float, float]]) -> Way:
    """Return the line of one leg that is not routed by rail."""
    basis, mode = leg["basis"], leg["mode"]
    stops = [anchors[name] for name in _stop_names(leg) if name in anchors]
    if basis == "drawn":
        document = case.geometry.get(geometry_stem(case, leg))
        if document is not None:
            return Way(drawn_line(document), DRAWN)
    if basis == "notional":
        return Way(great_circle(stops), NOTIONAL)
    if basis == "great-circle" or mode == "air":
        return Way(great_circle(stops), GREAT_CIRCLE)
    if mode == "sea":
        named = [anchors.get(name) or passages()[name] for name in leg["via"]]
        avoid = [passages()[name] for name in leg["avoid"]]
        return _way_of(route_sea([stops[0], *named, stops[-1]], avoid), stops)
    return Way(great_circle(stops), NO_NETWORK.format(mode=mode), fallback=True)


def _way_of(routed: Routed, stops: Sequence[tuple[float, float]]) -> Way:
    """Return the line of a routed leg; a straight one that says why if there is none."""
    if routed.coordinates is None:
        return Way(great_circle(stops), FALLBACK, fallback=True, problem=routed.problem, remedy=routed.remedy)
    if routed.land_m > 0 or routed.strays:
        problem = routed.strays or f"crosses {routed.land_m / 1000:.1f} km of land"
        remedy = "name a passage or a place in via, draw the leg by hand, or add the country to the route"
        return Way(routed.coordinates, routed.in_words(), problem=problem, remedy=remedy)
    return Way(routed.coordinates, routed.in_words(), track_km=routed.track_km)


def gauge_breaks(legs: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the places at which no gauge of the track before is one of the track after.

    Parameters
    ----------
    legs
        Rows of one route in order; legs without a gauge are passed over.
    """
    known = [(set(str(leg["gauge_mm"]).split(";")), leg) for leg in legs if leg["gauge_mm"]]
    return [leg["from"] for (before, _), (after, leg) in pairwise(known) if not before & after]


def network_credits(legs: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the attributions that a map must show for the networks on which its lines were routed."""
    modes = {leg["mode"] for leg in legs if leg["basis"] in ROUTED_BASES and not leg["fallback"]}
    if not modes & ROUTED_MODES:
        return []
    from geodata.registry import sources  # noqa: PLC0415 - only maps with routed lines

    files = {f"{mode}.npz" for mode in modes}
    entries = [entry for entry in sources() if entry["file"] in files]
    found = [one["attribution"] for entry in entries for one in (entry, *entry.get("also", ()))]
    return list(dict.fromkeys(found))


def countries_of(case: Case, route: str) -> tuple[str, ...]:
    """Return the countries that a route may pass; empty means any."""
    rows = case.route_table.loc[case.route_table["id"] == route, "countries"]
    return tuple(rows.iloc[0]) if len(rows) else ()


def leg_name(leg: Mapping[str, Any]) -> str:
    """Return what a leg is called in file names and tables: `<route>.<seq>`."""
    return f"{leg['route']}.{leg['seq']:.0f}"


def geometry_stem(case: Case, leg: Mapping[str, Any]) -> str:
    """Return the file stem of a drawn leg: `<route>.<seq>`, or `<route>` for the only leg of its route."""
    name = leg_name(leg)
    alone = int((case.leg_table["route"] == leg["route"]).sum()) == 1
    return leg["route"] if alone and name not in case.geometry else name


def place_points(case: Case, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return the (lon, lat) of some places; a region without a point takes an anchor well inside its countries.

    Places without a point or members are left out.
    """
    from geodata.countries import region_anchor  # noqa: PLC0415 - only regions need country polygons

    wanted = set(names)
    points: dict[str, tuple[float, float]] = {}
    for name, lon, lat, members in zip(*(case.places[key] for key in ("id", "lon", "lat", "members")), strict=True):
        if name in wanted and lon == lon and lat == lat:  # noqa: PLR0124 - NaN differs from itself
            points[name] = (lon, lat)
        elif name in wanted and members:
            points[name] = region_anchor(tuple(members))
    return points


def _wrapped(coordinates: Coordinates) -> Coordinates:
    """Return coordinates with longitudes brought into ±180."""
    lon = (coordinates[:, 0] + 180.0) % 360.0 - 180.0
    return np.column_stack([lon, coordinates[:, 1]])
